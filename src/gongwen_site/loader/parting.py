"""Stretches signed twice, above and below, are two articles run together: they are parted where their words part."""

from collections.abc import Sequence
from dataclasses import replace

from gongwen_site.loader.cohesion import best_cut
from gongwen_site.loader.marks import Mark, Sort
from gongwen_site.loader.stretch import Page, Stretch

_ARTICLE = 80
"""Characters that a text found by its words alone must have."""


def part(page: Page) -> Page:
    """Return the page with every stretch signed by one byline only."""
    parts: list[Stretch] = []
    place_of: list[int] = []  # the last part of each stretch
    for stretch in page.stretches:
        resumes = place_of[stretch.resumes] if stretch.resumes is not None else None
        parts += _split(replace(stretch, resumes=resumes))
        place_of.append(len(parts) - 1)
    return replace(page, stretches=tuple(parts))


def _split(stretch: Stretch) -> tuple[Stretch, ...]:
    if not stretch.second_byline and not stretch.signed_inside:
        return (stretch,)
    texts = [place for place, mark in enumerate(stretch.body) if mark.sort is Sort.PARAGRAPH]
    cut_at = best_cut([stretch.body[place].folded for place in texts], least=_ARTICLE)
    place = texts[cut_at] if cut_at is not None else 0
    head = place
    while head and stretch.body[head - 1].sort is Sort.SHORT:
        head -= 1
    above, below = stretch.body[:head], stretch.body[place:]
    if stretch.signed_inside and head == place:
        return (stretch,)  # names at a paragraph's end are no proof without a headline
    if min(_length(above), _length(below)) < _ARTICLE:
        return (replace(stretch, byline=stretch.byline + stretch.second_byline, second_byline=()),)
    edge = stretch.body[head].number
    first = replace(
        stretch,
        body=above,
        captions=tuple(mark for mark in stretch.captions if mark.number < edge),
        closed=True,
        second_byline=(),
        signed_inside=False,
    )
    second = Stretch(
        opening="words-part",
        head=stretch.body[head:place],
        byline=stretch.second_byline,
        body=below,
        captions=tuple(mark for mark in stretch.captions if mark.number > edge),
        closed=True,
    )
    return (first, second)


def _length(marks: Sequence[Mark]) -> int:
    return sum(mark.line.length for mark in marks)
