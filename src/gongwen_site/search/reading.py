"""What a reader typed, taken apart without any index. Twin: `static/js/search/reading.js`.

The grammar is section 4 of `docs/search-format.md`: pieces between spaces or quotes, exclusions, fields, filters. What
could not be read is said in notes, never raised: every text is a query.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from gongwen_site.search.analyze import SPACE, is_han, normalise, runs


class Kind(StrEnum):
    """What a piece of a query demands."""

    WORDS = "words"
    EXACT = "exact"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a query that asks for text. `field`: "" (anywhere), "title" or "author".

    `prefix`: its last run may go on (cov, covid-19). `quoted` tells an excluded quote from excluded words. `typed` is
    the stretch of the normalised query that it was read from.
    """

    kind: Kind
    field: str
    runs: tuple[str, ...]
    prefix: bool
    quoted: bool
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A stretch of a query that narrows the answer. `field`: "region", "topic", "paper" or "date".

    `first` and `last` are those of a date, YYYY, YYYY-MM or YYYY-MM-DD, empty where it is open; `value` is a name.
    """

    field: str
    value: str
    excluded: bool
    first: str
    last: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in the catalogue. `kind`: "region" (a path), "topic" or "paper"."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that was not read as typed. `typed` is the stretch that it is about, `field` its field.

    Of `pinyin`, `read` is what is searched instead; of `pinyin` and `names`, `names` are the names it may stand for.
    """

    code: str
    typed: str
    field: str = ""
    read: str = ""
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A query taken apart. `blank`: nothing was typed, as against something that holds no letter."""

    blank: bool
    pieces: tuple[Piece, ...] = ()
    filters: tuple[Filter, ...] = ()
    notes: tuple[Note, ...] = ()


FIELDS = {
    "标题": "title",
    "標題": "title",
    "title": "title",
    "作者": "author",
    "author": "author",
    "地区": "region",
    "地區": "region",
    "region": "region",
    "主题": "topic",
    "主題": "topic",
    "topic": "topic",
    "报纸": "paper",
    "報紙": "paper",
    "paper": "paper",
    "日期": "date",
    "date": "date",
}
"""What may stand before a colon, and the field or filter that it names."""

FILTERS = ("region", "topic", "paper", "date")

_HEAD = re.compile(rf"(-*)(?:({'|'.join(FIELDS)}):)?")
_CURLY = re.compile('["“”]')
_CLOSING = {"「": "」", "『": "』"}
_DATE = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2}))?)?[年月日号]?")
_BETWEEN = re.compile(r"\.{2,}|[~—–至到]+")
_MONTHS, _DAYS = range(1, 13), range(1, 32)


def read(text: str) -> Reading:
    """Return a query's pieces, filters and notes. Never fails: what cannot be read is passed over and noted."""
    text = normalise(text)
    read_as = [_part(stretch) for stretch in _stretches(text)]
    if read_as and isinstance(read_as[-1], Piece) and _may_go_on(read_as[-1]):
        read_as[-1] = replace(read_as[-1], prefix=True)
    typed = text.strip(SPACE)
    notes = [part for part in read_as if isinstance(part, Note)]
    if typed and not any(read_as):
        notes.append(Note(code="unreadable", typed=typed))
    return Reading(
        blank=not typed,
        pieces=tuple(part for part in read_as if isinstance(part, Piece)),
        filters=tuple(part for part in read_as if isinstance(part, Filter)),
        notes=tuple(notes),
    )


def read_range(value: str) -> tuple[str, str] | None:
    """Return the first and last date of `value`, either empty where the range is open; None if it is no date."""
    ends = [end.strip(SPACE) for end in _BETWEEN.split(value, maxsplit=1)]
    dates = [_date(end) for end in ends]
    if not any(dates) or any(end and not date for end, date in zip(ends, dates, strict=True)):
        return None
    first, last = dates[0], dates[-1]
    # A last date known in part reaches to its end, so 2023-05..2023 is no range turned round.
    return (last, first) if first and last and first > f"{last}~" else (first, last)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    refused: bool
    field: str
    value: str
    quoted: bool
    typed: str


def _stretches(text: str) -> Iterator[_Stretch]:
    at = 0
    while at < len(text):
        if text[at] in SPACE:
            at += 1
            continue
        start = at
        head = _HEAD.match(text, start)
        minus, field = head.groups() if head else ("", None)
        # A minus sign within a word or right after a quote is a hyphen.
        refused = bool(minus) and (start == 0 or text[start - 1] in SPACE)
        if head and (refused or not minus):
            at = head.end()
        else:
            field = None
        closing = _closing(text, at)
        if closing is None:
            value, at = text[at : (end := _end_of_bare(text, at))], end
        else:
            value, at = text[at + 1 : closing], closing + 1
        yield _Stretch(
            refused=refused,
            field=FIELDS[field] if field else "",
            value=value,
            quoted=closing is not None,
            typed=text[start:at],
        )


def _closing(text: str, at: int) -> int | None:
    """Return the place of the mark that closes the quote at `at`; None if none begins there or it is never closed."""
    mark = text[at : at + 1]
    if mark in _CLOSING:
        found = text.find(_CLOSING[mark], at + 1)
        return found if found >= 0 else None
    if mark and _CURLY.match(mark):
        match = _CURLY.search(text, at + 1)
        return match.start() if match else None
    return None


def _end_of_bare(text: str, at: int) -> int:
    while at < len(text) and text[at] not in SPACE and _closing(text, at) is None:
        at += 1
    return at


def _part(stretch: _Stretch) -> Piece | Filter | Note | None:
    found = tuple(runs(stretch.value))
    if not found:
        return Note(code="empty-field", typed=stretch.typed, field=stretch.field) if stretch.field else None
    if stretch.field in FILTERS:
        return _filter(stretch)
    kind = Kind.NOT if stretch.refused else Kind.EXACT if stretch.quoted else Kind.WORDS
    return Piece(kind=kind, field=stretch.field, runs=found, prefix=False, quoted=stretch.quoted, typed=stretch.typed)


def _filter(stretch: _Stretch) -> Filter | Note:
    value = stretch.value.strip(SPACE)
    ends = read_range(value) if stretch.field == "date" else ("", "")
    if ends is None:
        return Note(code="unreadable-date", typed=stretch.typed, field="date")
    return Filter(
        field=stretch.field, value=value, excluded=stretch.refused, first=ends[0], last=ends[1], typed=stretch.typed
    )


def _may_go_on(piece: Piece) -> bool:
    last = piece.runs[-1]
    return piece.kind is Kind.WORDS and not is_han(last) and len(last) > 1


def _date(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        return ""
    year, month, day = match.groups()
    if int(month or 1) not in _MONTHS or int(day or 1) not in _DAYS:
        return ""
    return "-".join(part.zfill(2) for part in (year, month, day) if part)
