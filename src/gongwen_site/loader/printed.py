"""What a dump prints about itself: newspaper, date and page number in mastheads, trailers, source lines and bylines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.bylines import paper_of
from gongwen_site.loader.context import people_of
from gongwen_site.loader.lines import MASTHEAD, PAGE_LINE, editor_of, source_of
from gongwen_site.loader.marks import BYLINES, Mark, Sort
from gongwen_site.records.article import Person
from gongwen_site.records.reading import Printed

_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)\s*[年\-./]\s*(?P<m>\d{1,2})\s*[月\-./]\s*(?P<d>\d{1,2})")
_TRAILER_PAPER = re.compile(rf"\s(?P<page>[A-Z]?\d{{1,3}})\s+[A-Z]?\d{{1,3}}\s+(?P<paper>[{HAN}]{{2,12}}(?:报|刊))\s")
_URL = re.compile(r"https?://[A-Za-z0-9./?=&_%#~-]{4,200}?\.(?:s?html?|php|aspx?)")
_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is printed, each at its line; None where it is not."""

    source: Printed | None = None
    date: Printed | None = None
    edition: Printed | None = None
    page: Printed | None = None
    editor: Printed | None = None
    url: Printed | None = None


def normal_date(text: str) -> str | None:
    """Return the first full date in a text as YYYY-MM-DD."""
    for match in _DATE.finditer(text):
        month, day = int(match["m"]), int(match["d"])
        if 1 <= month <= 12 and 1 <= day <= _MONTHS[month - 1]:
            return f"{match['y']}-{month:02d}-{day:02d}"
    return None


def read_facts(marks: Iterable[Mark]) -> Facts:
    """Return what trailers, mastheads, source and date lines print. A trailer is believed before a masthead."""
    found: dict[str, Printed] = {}
    ordered = sorted(marks, key=lambda mark: (_TRUST.get(mark.sort, len(_TRUST)), mark.number))
    for mark in ordered:
        for key, text in _said(mark).items():
            found.setdefault(key, Printed(text=text, line=mark.number))
    return Facts(**found)


_TRUST = {Sort.TRAILER: 0, Sort.MASTHEAD: 1, Sort.SOURCE: 2, Sort.DATE: 3, Sort.EDITOR: 4}


def _said(mark: Mark) -> dict[str, str]:
    text = mark.folded
    said: dict[str, str | None] = {}
    match mark.sort:
        case Sort.TRAILER:
            said["date"] = normal_date(text)
            if place := _TRAILER_PAPER.search(text):
                said["source"], said["page"] = place["paper"], place["page"].lstrip("0")
            if url := _URL.search(text):
                said["url"] = url[0]
        case Sort.MASTHEAD:
            if head := MASTHEAD.match(text):
                said["source"] = head["paper"]
                said["date"] = normal_date(head["date"])
                said["page"] = (head["page"] or "").lstrip("0")
                said["edition"] = head["edition"] if head["page"] else None
        case Sort.FURNITURE:
            if mark.rule == "page-line" and (place := PAGE_LINE.match(text)):
                said["page"], said["edition"] = place["page"].lstrip("0"), place["edition"]
        case Sort.SOURCE:
            said["source"] = source_of(text)
        case Sort.DATE:
            said["date"] = normal_date(text)
        case Sort.EDITOR:
            said["editor"] = editor_of(text)
    return {key: value for key, value in said.items() if value}


def own_paper(marks: Sequence[Mark]) -> Printed | None:
    """Return the newspaper that its own reporters' bylines print, if all that name one name the same."""
    named: dict[str, int] = {}
    for mark in marks:
        if mark.sort in BYLINES or mark.sort is Sort.LEAD_IN:
            for person in people_of(mark):
                if paper := _paper(person):
                    named.setdefault(paper, mark.number)
    if len(named) != 1:
        return None
    ((paper, line),) = named.items()
    return Printed(text=paper, line=line)


def _paper(person: Person) -> str | None:
    return paper_of(person.outlet)
