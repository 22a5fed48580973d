"""The one table of a record's keys: their order on disk, their kind, and whether the keeper's hand is watched.

Codec, digests, exported data and documentation are all driven by it; a test holds it equal to `Article`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a key is written and read."""

    TEXT = "text"
    FLAG = "flag"
    DATE = "date"  # YYYY, YYYY-MM or YYYY-MM-DD
    PAGE = "page"  # a number or a label such as A05
    CERTAINTY = "certainty"
    TEXTS = "texts"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTIONS = "captions"
    EXTRA = "extra"
    EVIDENCE = "evidence"
    PROVENANCE = "provenance"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter. `digested`: an edit by a person is noticed and kept."""

    name: str
    kind: Kind
    digested: bool = True


FIELDS: tuple[Field, ...] = (
    Field("id", Kind.TEXT, digested=False),
    Field("title", Kind.TEXT),
    Field("title_supplied", Kind.FLAG),
    Field("kicker", Kind.TEXT),
    Field("deck", Kind.TEXT),
    Field("standing_head", Kind.TEXT),
    Field("byline", Kind.BYLINE),
    Field("source", Kind.TEXT),
    Field("date", Kind.DATE),
    Field("date_certainty", Kind.CERTAINTY),
    Field("edition", Kind.TEXT),
    Field("page", Kind.PAGE),
    Field("dateline", Kind.DATELINE),
    Field("regions", Kind.TEXTS),
    Field("zones", Kind.TEXTS),
    Field("places", Kind.TEXTS),
    Field("topics", Kind.TEXTS),
    Field("keywords", Kind.TEXTS),
    Field("captions", Kind.CAPTIONS),
    Field("editor", Kind.TEXT),
    Field("url", Kind.TEXT),
    Field("archived_url", Kind.TEXT),
    Field("accessed", Kind.TEXT),
    Field("reprint_of", Kind.TEXT),
    Field("reviewed", Kind.TEXT, digested=False),
    Field("status", Kind.TEXT, digested=False),
    Field("extra", Kind.EXTRA),
    Field("evidence", Kind.EVIDENCE, digested=False),
    Field("provenance", Kind.PROVENANCE, digested=False),
)

BODY = "body"
"""The digest key of the text below the front matter."""

DIGESTED: tuple[str, ...] = (*(f.name for f in FIELDS if f.digested), BODY)
