"""Two states of a record to what a person changed in it, key by key, in words."""

from collections.abc import Iterable, Iterator
from typing import Any

from gongwen_site.records.article import Article, DateCertainty, Dateline, Person
from gongwen_site.records.comparison import compare
from gongwen_site.records.fields import BODY, DIGESTED
from gongwen_site.records.keeper import keeper_keys
from gongwen_site.wording import wording

_WORDS = wording()
_ALONE = {"date_certainty": "date", "title_supplied": "title"}
"""Keys of which nothing is said where the other, which they belong to, changed too."""
_LISTS = frozenset({"regions", "zones", "places", "topics", "keywords"})
_LONGEST = 60


def differences(before: Article, after: Article, *, every_key: bool = False) -> str | None:
    """Return what a person changed between two states of a record, as a sentence; None if only rules rewrote it.

    The digests tell the keeper's hand; `every_key` is for changes that a fix file made.
    """
    theirs = frozenset(DIGESTED) if every_key else keeper_keys(before) | keeper_keys(after)
    changed = [key for key in DIGESTED if key in theirs and getattr(before, key) != getattr(after, key)]
    parts = [
        part
        for key in changed
        if _ALONE.get(key) not in changed
        for part in _key(key, getattr(before, key), getattr(after, key))
    ]
    return _WORDS.say("correction_between").join(parts) or None


def _key(key: str, old: Any, new: Any) -> Iterator[str]:
    name = _WORDS.cli["keys"][key]
    if key == BODY:
        yield from _text(name, old.split("\n\n"), new.split("\n\n"))
    elif key == "captions":
        yield from _text(name, [caption.text for caption in old], [caption.text for caption in new])
    elif key in _LISTS:
        yield from _list(name, old, new)
    elif key == "extra":
        for column in dict.fromkeys((*old, *new)):
            if old.get(column) != new.get(column):
                yield from _value(f"{name} {column}", old.get(column), new.get(column))
    else:
        yield from _value(name, _shown(old), _shown(new))


def _value(name: str, old: str | None, new: str | None) -> Iterator[str]:
    if old and new:
        yield _WORDS.say("correction_changed", name=name, old=_cut(old), new=_cut(new))
    elif new:
        yield _WORDS.say("correction_given", name=name, new=_cut(new))
    elif old:
        yield _WORDS.say("correction_taken", name=name, old=_cut(old))


def _list(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    added = [value for value in new if value not in old]
    removed = [value for value in old if value not in new]
    if added:
        yield _WORDS.say("correction_added", name=name, values=_joined(added))
    if removed:
        yield _WORDS.say("correction_removed", name=name, values=_joined(removed))
    if not added and not removed:
        yield _WORDS.say("correction_ordered", name=name, values=_joined(new))


def _text(name: str, old: list[str], new: list[str]) -> Iterator[str]:
    found = compare(old, new)
    places, before = [], None
    for line in (*found.lines, ""):
        sign, text = line[:1], line[2:]
        if before is not None and sign != "+":
            places.append(_WORDS.say("correction_place_taken", old=before))
            before = None
        if sign == "-":
            before = text
        elif sign == "+":
            given = _WORDS.say("correction_place_given", new=text)
            places.append(given if before is None else _WORDS.say("correction_place_changed", old=before, new=text))
            before = None
        elif line:
            places.append(line)
    between = _WORDS.say("correction_place_between")
    yield _WORDS.say("correction_text", name=name, count=found.count, places=between.join(places))


def _shown(value: Any) -> str | None:
    if isinstance(value, DateCertainty):
        return str(_WORDS.cli["certainties"][value.value])
    if isinstance(value, bool):
        return _WORDS.say("correction_yes") if value else None
    if isinstance(value, Dateline):
        return " ".join(part for part in (value.place, value.date) if part) or None
    if isinstance(value, tuple):
        return _joined(_person(person) for person in value) or None
    return value or None


def _person(person: Person) -> str:
    return " ".join(part for part in (person.outlet, person.role, person.name) if part)


def _joined(values: Iterable[str]) -> str:
    return _WORDS.say("list_comma").join(values)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
