"""Who made an article: writers apart from photographers, and whom a citation names.

A correspondent (通讯员) or an intern (实习生) writes as a reporter does. Who only took the pictures is the author of a picture
story, and of no text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongwen_site.records.article import Article, Person

_PICTURES = re.compile(r"摄|图")
_WORDS = re.compile(r"文|写|采访|采编")
_BARE = re.compile(r"(?:摄|摄影|图|图片|供图|摄影报道)")
_OWN = re.compile(r"^本[报刊网社台站]|^[编采]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """People named together: those of the same office, in printed order.

    `office` is outlet and role as printed: 新甘肃·甘肃日报记者. `bare` where all that is said of photographers is that they
    took the pictures: `office` is then their outlet alone.
    """

    office: str
    names: tuple[str, ...] = ()
    bare: bool = False


def is_photographer(person: Person) -> bool:
    """Tell whether a person took the pictures and wrote no words: 摄影, but not 文/图."""
    role = person.role or ""
    return bool(_PICTURES.search(role)) and not _WORDS.search(role)


def mentions(people: Iterable[Person]) -> tuple[Mention, ...]:
    """Return the mentions of a byline: writers in printed order, then photographers."""
    people = tuple(people)
    writers = (person for person in people if not is_photographer(person))
    photographers = (person for person in people if is_photographer(person))
    return (*_mentions(writers, pictures=False), *_mentions(photographers, pictures=True))


def _mentions(people: Iterable[Person], *, pictures: bool) -> Iterator[Mention]:
    waiting: tuple[str, bool, list[str]] | None = None
    for person in people:
        bare = pictures and bool(person.name) and bool(_BARE.fullmatch(person.role or ""))
        office = (person.outlet or "") + ("" if bare else person.role or "")
        if waiting is not None and waiting[:2] == (office, bare) and person.name:
            waiting[2].append(person.name)
            continue
        if waiting is not None:
            yield Mention(office=waiting[0], bare=waiting[1], names=tuple(waiting[2]))
        waiting = (office, bare, [person.name] if person.name else [])
    if waiting is not None:
        yield Mention(office=waiting[0], bare=waiting[1], names=tuple(waiting[2]))


def authors(article: Article) -> tuple[str, ...]:
    """Return the names that an article is cited by: its writers; the photographers of a picture story."""
    named = [person for person in article.byline if person.name]
    writers = [person for person in named if not is_photographer(person)]
    if not writers and not article.body:
        writers = named
    return tuple(dict.fromkeys(person.name for person in writers if person.name))


def institution(article: Article) -> str | None:
    """Return the body that an article is cited by where its byline names a body and nobody: 新华社记者."""
    if any(person.name for person in article.byline):
        return None
    outlets = (person.outlet for person in article.byline if person.outlet and not _OWN.match(person.outlet))
    return next(outlets, None)
