"""Who made an article: writers apart from photographers, and whom a citation names.

A correspondent (通讯员) or an intern (实习生) writes as a reporter does. Who only took the pictures is the author of a picture
story, and of no text.
"""

import re
from dataclasses import dataclass, replace

from gongwen_site.records.article import Article, Person

_PICTURES = re.compile(r"摄|图")
_WORDS = re.compile(r"文|写|采访|采编")
_BARE = re.compile(r"(?:摄|摄影|图|图片|供图|摄影报道)")
_OWN = re.compile(r"^本[报刊网社台站]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """People named together: those of the same office, in printed order.

    `office` is outlet and role as printed: 新甘肃·甘肃日报记者. `took_pictures` where that has to be said after the names,
    since the role does not.
    """

    office: str
    names: tuple[str, ...] = ()
    took_pictures: bool = False


def is_photographer(person: Person) -> bool:
    """Tell whether a person took the pictures and wrote no words: 摄影, but not 文/图."""
    role = person.role or ""
    return bool(_PICTURES.search(role)) and not _WORDS.search(role)


def mentions(article: Article) -> tuple[Mention, ...]:
    """Return the mentions of an article's byline: writers in printed order, then photographers."""
    writers = [person for person in article.byline if not is_photographer(person)]
    photographers = [person for person in article.byline if is_photographer(person)]
    captions = "" if article.body else " ".join(caption.text for caption in article.captions)
    found: list[Mention] = []
    for person in (*writers, *photographers):
        mention = _mention(person, captions)
        last = found[-1] if found else None
        if last and mention.names and (last.office, last.took_pictures) == (mention.office, mention.took_pictures):
            found[-1] = replace(last, names=last.names + mention.names)
        else:
            found.append(mention)
    return tuple(found)


def _mention(person: Person, captions: str) -> Mention:
    name, outlet, role = person.name or "", person.outlet or "", person.role or ""
    names = (name,) if name else ()
    if name and _BARE.fullmatch(role):
        return Mention(office=outlet, names=names, took_pictures=True)
    credited = bool(name) and re.search(rf"{re.escape(name)}\s*摄", captions) is not None
    return Mention(office=outlet + role, names=names, took_pictures=credited and not is_photographer(person))


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
