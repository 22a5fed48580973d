"""What a dump was read as, before anything is tagged: the station between loader and tagging.

`Seed` is the dump's text, `Draft` one article in it, `LineRole` what became of one line, `Reading` all of it together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from gongwen_site.errors import Diagnostic
from gongwen_site.records.article import Dateline, Evidence, LineRange, Person


class Role(StrEnum):
    """What a line of a dump is. A line may hold several."""

    HEADLINE = "headline"  # 主题
    KICKER = "kicker"  # 引题
    DECK = "deck"  # 副题
    STANDING_HEAD = "standing_head"  # 栏目
    BYLINE = "byline"  # 署名
    UNIT = "unit"  # a speaker's unit or place under the headline
    DATELINE = "dateline"  # 电头
    BODY = "body"
    HEADING = "heading"  # 小标题
    CAPTION = "caption"  # 图片说明
    PORTRAIT = "portrait"  # a speaker's portrait caption, which is the byline too
    SOURCE = "source"  # 来源
    DATE = "date"  # a printed publication date
    TRAILER = "trailer"  # the enpproperty values of an e-paper
    MASTHEAD = "masthead"  # 报头: paper, date, page number of the whole page
    EDITOR = "editor"  # 责任编辑
    PAGE_CREDIT = "page_credit"  # 本版图片由…摄
    CONTINUATION = "continuation"  # 上接、下转
    FURNITURE = "furniture"  # navigation, footer, advertisement of the web or printed page
    UNREADABLE = "unreadable"  # a row of a table that holds no article
    REPEATED = "repeated"  # an exact repetition of an earlier line, not taken into an article
    DROPPED = "dropped"  # left out by the keeper's fix file, which says why


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A dump as it lies under seeds/: `path` is relative to that folder, with forward slashes; `text` is decoded."""

    path: str
    sha256: str
    encoding: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Words as printed, at their line of the dump."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of a body: a paragraph or a section heading, joined over column breaks. `parts` are its printed lines."""

    kind: Literal["paragraph", "heading"]
    parts: tuple[Printed, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A reason to look again, never a score. `code` is a key of the wording's `doubts`."""

    code: str
    line: int | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a fix file says of a draft over the rules that tag it: values by key of the record, None for none.

    `lines` holds the line of the dump beside which a value is given, where it is given for one article; `settled` the codes
    of the doubts that the keeper has looked at.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as read from a dump, untagged. `date` and `source` are printed ones only, normalised (2024-11-05)."""

    title: Printed
    title_supplied: bool = False
    kicker: Printed | None = None
    deck: Printed | None = None
    standing_head: Printed | None = None
    unit: Printed | None = None
    byline: tuple[Person, ...] = ()
    byline_lines: tuple[int, ...] = ()
    source: Printed | None = None
    date: Printed | None = None
    edition: Printed | None = None
    page: Printed | None = None
    dateline: Dateline | None = None
    editor: Printed | None = None
    url: Printed | None = None
    body: tuple[Paragraph, ...] = ()
    captions: tuple[Printed, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    given: Given = Given()

    @property
    def lines(self) -> tuple[LineRange, ...]:
        """Line ranges of the body in reading order; of the captions where there is no body; else of the title."""
        numbers = [part.line for paragraph in self.body for part in paragraph.parts]
        numbers = numbers or [caption.line for caption in self.captions] or [self.title.line]
        ranges: list[LineRange] = []
        for number in numbers:
            if ranges and 0 <= number - ranges[-1][1] <= MAX_GAP:
                ranges[-1] = (ranges[-1][0], number)
            else:
                ranges.append((number, number))
        return tuple(ranges)


MAX_GAP = 2
"""Lines at most this far apart are one range: a paragraph, a blank line, a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRole:
    """What became of the lines `first`..`last`: their roles, the rule that decided, the draft by index where it is one's.

    `joins` names the line whose paragraph this one continues; `repeats` the line that it repeats; `note` is a keeper's.
    """

    first: int
    last: int
    roles: tuple[Role, ...]
    rule: str
    draft: int | None = None
    joins: int | None = None
    repeats: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A dump read whole. `source`, `date` and `page` are those of a masthead, which hold for every draft of the page.

    `rows` is set for a table, whose line numbers are row numbers; `fix` is the SHA-256 of the fix file applied, if any.
    A long table is read in parts, each a reading of its own: `first` is the number of a part's first row.
    """

    seed: Seed
    drafts: tuple[Draft, ...]
    line_roles: tuple[LineRole, ...]
    source: Printed | None = None
    date: Printed | None = None
    page: Printed | None = None
    rows: tuple[str, ...] | None = None
    first: int = 1
    fix: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def lines(self) -> Sequence[str]:
        """What a line number counts: the rows of a table, the lines of any other dump."""
        return self.rows if self.rows is not None else self.seed.text.split("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What tagging adds to one draft: each value with its reasons, but for keywords, which are the article's own words."""

    source: str | None = None
    source_evidence: tuple[Evidence, ...] = ()
    date: str | None = None
    date_inferred: bool = False
    date_evidence: tuple[Evidence, ...] = ()
    regions: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    zones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
