"""An article record: what stands in one file under articles/.

Text is as printed. Unknown is `None` or an empty tuple, never an empty string and never an unmarked guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LineRange = tuple[int, int]
"""First and last line of a dump, 1-based, both included."""


class DateCertainty(StrEnum):
    """How the publication date is known."""

    PRINTED = "printed"
    INFERRED = "inferred"
    KEEPER = "keeper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One entry of a byline, in printed order. 本报记者 without a name has a role and an outlet only."""

    name: str | None = None
    role: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """电头: where and when the report was sent, apart from its publication."""

    place: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Words under a picture of the article, as printed, credit included."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for a tag: the rule that fired and the words it saw, at their line of the dump where known."""

    rule: str
    words: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why the record says what it says, for what is inferred or tagged."""

    date: tuple[Evidence, ...] = ()
    source: tuple[Evidence, ...] = ()
    regions: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    topics: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the article was read: the dump, its lines in reading order, and one digest for each key as loaded."""

    seed: str
    sha256: str
    lines: tuple[LineRange, ...]
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. Field names are the keys of the front matter; `body` is the Markdown below it."""

    id: str
    title: str
    title_supplied: bool = False
    kicker: str | None = None
    deck: str | None = None
    standing_head: str | None = None
    byline: tuple[Person, ...] = ()
    source: str | None = None
    date: str | None = None
    date_certainty: DateCertainty | None = None
    edition: str | None = None
    page: str | None = None
    dateline: Dateline | None = None
    regions: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    editor: str | None = None
    url: str | None = None
    archived_url: str | None = None
    accessed: str | None = None
    reprint_of: str | None = None
    reviewed: str | None = None
    status: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    evidence: Reasons = field(default_factory=Reasons)
    provenance: Provenance | None = None
    body: str = ""
