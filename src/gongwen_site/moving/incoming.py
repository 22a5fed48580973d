"""What is read of one row or post: a record that is on its way into the archive."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from gongwen_site.errors import Diagnostic, Location, RecordError, note
from gongwen_site.moving.slots import Making, Slot, Texts
from gongwen_site.records.article import Article
from gongwen_site.records.frontmatter import parse_record, render_record

OWN = "gongwen"
"""The column or parameter in which a record travels whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A row or post as a record. `key` is what it is known by within its source, `name` what its file may be called.

    The article has an id only if it came from an archive of this program, else an empty one.
    """

    key: str
    name: str
    place: Location
    article: Article
    is_draft: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def laid_over(making: Making, slot: Slot, new: Texts, base: Article | None) -> None:
    """Take what a source says, unless it only repeats what the record says that travels with it."""
    if new if base is None else slot.said(new) != slot.said(slot.view(base)):
        slot.take(making, new)


def titled(making: Making, otherwise: Iterable[str]) -> None:
    """Supply a title where there is none: the first of these texts that says anything."""
    if not making.article.title:
        title = next(text for text in otherwise if text)
        making.put(title=title, title_supplied=True)
        making.notes.append(note("import-title-supplied", making.place, title=title))


def checked(text: str, place: Location) -> Article:
    """Return the record that travelled whole. Raises `RecordError` at its place in the source."""
    try:
        return parse_record(text, place.file)
    except RecordError as failure:
        raise RecordError(replace(one, location=place) for one in failure.diagnostics) from failure


def settled(article: Article, place: Location) -> Article:
    """Return an article as a record file gives it back. Raises `RecordError` at its place in the source."""
    named: Any = article if article.id else replace(article, id="a0000000")
    return replace(checked(render_record(named), place), id=article.id)
