"""A line with what it looks like: the common currency of the loader's stations."""

from dataclasses import dataclass
from enum import StrEnum

from gongwen_site.loader.layout import Line
from gongwen_site.records.article import Person


class Sort(StrEnum):
    """What a line looks like, before it is known whose it is."""

    FURNITURE = "furniture"
    TRAILER = "trailer"
    MASTHEAD = "masthead"
    COLOPHON = "colophon"  # 本版责编…, 版式设计…: closes a page
    PAGE_CREDIT = "page_credit"
    CONTINUATION = "continuation"
    SOURCE = "source"
    DATE = "date"
    EDITOR = "editor"
    NOTE = "note"  # 编者按
    NOTE_END = "note_end"  # ——编者
    SIGN_OFF = "sign_off"  # (作者单位…), (…采访整理)
    BYLINE = "byline"
    NAMES = "names"
    SPEAKER = "speaker"
    UNIT = "unit"
    LEAD_IN = "lead_in"  # a paragraph that begins with 本报讯…
    CAPTION = "caption"
    SECTION = "section"  # 一、…
    ITEM = "item"  # 6 …
    SHORT = "short"  # a headline, kicker, deck or section heading
    PARAGRAPH = "paragraph"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line, its sort and the rule that said so. `ordinal` of a numbered heading, `repeats` the line it repeats."""

    line: Line
    sort: Sort
    rule: str
    people: tuple[Person, ...] = ()
    ordinal: int | None = None
    repeats: int | None = None

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def folded(self) -> str:
        return self.line.folded


BYLINES = frozenset({Sort.BYLINE, Sort.NAMES, Sort.SPEAKER})
BODY = frozenset({Sort.PARAGRAPH, Sort.LEAD_IN})
HEADINGS = frozenset({Sort.SECTION, Sort.ITEM})
ASIDE = frozenset({Sort.PAGE_CREDIT, Sort.FURNITURE, Sort.MASTHEAD, Sort.TRAILER, Sort.REPEATED, Sort.EDITOR})
"""Sorts that neither belong to an article's text nor close one."""
