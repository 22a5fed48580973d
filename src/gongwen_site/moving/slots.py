"""What a column or parameter of another program is in a record: how it is shown there, and what is made of it here.

A source that this program wrote carries the record whole besides; there a slot counts only where it no longer shows what
the record says, because a person changed it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.records.article import Article, DateCertainty, Person
from gongwen_site.records.dates import is_date
from gongwen_site.records.fields import FIELDS, Kind
from gongwen_site.vocabulary.vocabulary import Vocabulary

Texts = tuple[str, ...]
JOINT = "; "
"""Stands between the texts of a list where there is only room for one."""

_DATE = re.compile(
    r"(?P<year>\d{4})(?:\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?)?\s*月?|年)?"
    r"(?P<time>[T ]\s*\d{1,2}:\d{2}.*)?",
    re.ASCII | re.DOTALL,
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_PARTS = re.compile(r"\s*[;；]\s*")
_NOT_GIVEN = {"id", "title", "title_supplied", "date", "reprint_of", "reviewed", "status"}
"""Keys that no source gives by their own name: decided here, or shown by a slot of their own."""

PLAIN = tuple(one.name for one in FIELDS if one.kind in {Kind.TEXT, Kind.PAGE} and one.name not in _NOT_GIVEN)
"""Keys of one text that a column or parameter of the same name fills."""
LISTS = tuple(one.name for one in FIELDS if one.kind is Kind.TEXTS)
"""Keys of several texts that a column or parameter of the same name fills."""


class Making:
    """A record that is being made of a row or post."""

    def __init__(self, base: Article | None, place: Location, vocabulary: Vocabulary) -> None:
        """Begin with the record that travelled whole, or with nothing."""
        self.base = self.article = base or Article(id="", title="")
        self.place = place
        self.notes: list[Diagnostic] = []
        self.vocabulary = vocabulary

    def put(self, **changes: Any) -> None:
        """Set keys of the record."""
        self.article = replace(self.article, **changes)

    def keep(self, name: str, text: str) -> None:
        """Set a key of `extra`; without a text take it away."""
        extra = {key: value for key, value in self.article.extra.items() if key != name}
        self.put(extra={**self.article.extra, name: text} if text else extra)

    def region(self, text: str) -> str | None:
        """Return the path of the region that is called so in full, None if none or several are."""
        return _paths_by_name(self.vocabulary).get(text)


@lru_cache(maxsize=1)
def _paths_by_name(vocabulary: Vocabulary) -> dict[str, str]:
    regions = vocabulary.regions
    counts = Counter(region.name for region in regions.by_path.values())
    unique = {region.name: path for path, region in regions.by_path.items() if counts[region.name] == 1}
    whole = {path.replace("/", ""): path for path in regions.by_path}
    return {**unique, **whole, **regions.aliases, **{path: path for path in regions.by_path}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A column or parameter: `keys` of the record are shown in it by `view` and made of it by `take`.

    `is_written` is False where the record is shown in another one already.
    """

    name: str
    keys: Texts
    view: Callable[[Article], Texts]
    take: Callable[[Making, Texts], None]
    is_list: bool = False
    is_written: bool = True

    def said(self, texts: Texts) -> str:
        """Return texts in the form in which they are compared: as they read when they were cut apart once more."""
        text = JOINT.join(texts).replace("\r\n", "\n").strip()
        return JOINT.join(parts_of(text)) if self.is_list else text


def parts_of(text: str) -> Texts:
    """Return the texts of a list that stands in one."""
    return tuple(part for part in _PARTS.split(text.strip()) if part)


def title_slot() -> Slot:
    """Return the slot of the headline."""

    def take(making: Making, texts: Texts) -> None:
        making.put(title=_line(texts), title_supplied=False)

    return Slot(name="title", keys=("title",), view=lambda article: (article.title,), take=take)


def text_slot(key: str, *, is_written: bool = True) -> Slot:
    """Return the slot of a key that is one text, under its own name."""
    return Slot(
        name=key,
        keys=(key,),
        view=lambda article: _given(getattr(article, key)),
        take=lambda making, texts: making.put(**{key: _line(texts) or None}),
        is_written=is_written,
    )


def list_slot(key: str, *, is_written: bool = True) -> Slot:
    """Return the slot of a key that is several texts, under its own name."""
    return Slot(
        name=key,
        keys=(key,),
        view=lambda article: getattr(article, key),
        take=lambda making, texts: making.put(**{key: tuple(dict.fromkeys(texts))}),
        is_list=True,
        is_written=is_written,
    )


def extra_slot(name: str) -> Slot:
    """Return the slot of what no key of a record is for."""
    return Slot(
        name=name,
        keys=("extra",),
        view=lambda article: _given(article.extra.get(name)),
        take=lambda making, texts: making.keep(name, JOINT.join(texts).strip()),
    )


def people_slot(name: str, *, is_written: bool = True) -> Slot:
    """Return the slot of the byline: each person by name, a nameless one by outlet and role."""

    def take(making: Making, texts: Texts) -> None:
        known = {_person(one): one for one in making.article.byline}
        making.put(byline=tuple(known.get(text) or Person(name=text) for text in texts))

    return Slot(
        name=name,
        keys=("byline",),
        view=lambda article: tuple(_person(one) for one in article.byline),
        take=take,
        is_list=True,
        is_written=is_written,
    )


def subject_slot(name: str, *keys: str, is_written: bool = True) -> Slot:
    """Return the slot of topics or keywords or both: what the vocabulary has as a topic is one, the rest are keywords."""

    def view(article: Article) -> Texts:
        return tuple(text for key in keys for text in getattr(article, key))

    def take(making: Making, texts: Texts) -> None:
        article, shown = making.article, view(making.base)
        gone = set(shown) - set(texts)
        new = [text for text in texts if text not in shown]
        topics = (text for text in new if text in making.vocabulary.topics)
        words = (text for text in new if text not in making.vocabulary.topics)
        making.put(topics=_without(article.topics, gone, topics), keywords=_without(article.keywords, gone, words))

    return Slot(name=name, keys=keys, view=view, take=take, is_list=True, is_written=is_written)


def location_slot(name: str, *, is_written: bool = True) -> Slot:
    """Return the slot of places: regions and zones by the vocabulary's names, what is neither stays in `extra`."""

    def view(article: Article) -> Texts:
        return (*article.regions, *article.zones, *filter(None, article.extra.get(name, "").split(JOINT)))

    def take(making: Making, texts: Texts) -> None:
        article, shown = making.article, view(making.base)
        gone = set(shown) - set(texts)
        regions, zones, rest = list[str](), list[str](), list[str]()
        for text in texts:
            if text in {*making.base.regions, *making.base.zones}:
                continue
            if (path := making.region(text)) is not None:
                regions.append(path)
            elif text in making.vocabulary.regions.zones:
                zones.append(text)
            else:
                rest.append(text)
        making.put(
            regions=_without(article.regions, gone, regions),
            zones=_without(article.zones, gone, zones),
        )
        making.keep(name, JOINT.join(rest))
        if rest:
            making.notes.append(note("import-place-unknown", making.place, place=JOINT.join(rest), key=name))

    return Slot(name=name, keys=("regions", "zones"), view=view, take=take, is_list=True, is_written=is_written)


def date_slot(*, whole: bool = False) -> Slot:
    """Return the slot of the date; `whole` shows a day even where only year or month are known, and nothing that is none."""

    def view(article: Article) -> Texts:
        date, written = article.date, article.extra.get("date")
        if not whole:
            return _given(written or date)
        if date is None:
            return ()
        return (written,) if written and _MOMENT.match(written) else ("-".join((*date.split("-"), "01", "01")[:3]),)

    def take(making: Making, texts: Texts) -> None:
        text = _line(texts)
        date = date_of(text)
        making.put(date=date, date_certainty=DateCertainty.KEEPER if date else None)
        says_more = bool(text) and (date is None or ":" in text)
        making.keep("date", text if says_more else "")
        if text and date is None:
            making.notes.append(note("import-date-unread", making.place, value=text))

    return Slot(name="date", keys=("date", "date_certainty"), view=view, take=take)


def date_of(text: str) -> str | None:
    """Return a date as a record writes it, None if the text is none: 2024年5月6日, 2024/5, 2024-05-06T10:00:00+08:00."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    parts = (match["month"], match["day"])
    date = "-".join((match["year"], *(part.zfill(2) for part in parts if part)))
    return date if is_date(date) else None


def _person(person: Person) -> str:
    return person.name or f"{person.outlet or ''}{person.role or ''}"


def _line(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())


def _given(text: str | None) -> Texts:
    return (text,) if text else ()


def _without(old: Texts, gone: set[str], new: Iterable[str]) -> Texts:
    return tuple(dict.fromkeys((*(text for text in old if text not in gone), *new)))
