"""Every headline has a text: one that found none claims its own out of a text that holds two.

Where nothing marks the edge between two articles, the second's headline, displaced to the page's top, is left over. The
text that it speaks of then is part of another's, and begins or ends where the two have least in common.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from gongwen_site.loader.cohesion import Fit, cut_costs
from gongwen_site.loader.headlines import atoms, without_tag
from gongwen_site.loader.marks import BODY, Mark, Sort
from gongwen_site.loader.matching import Story, match
from gongwen_site.loader.stretch import Page, Stretch

_SHARE = 0.3
"""So much of its words a headline must find in the part that it claims."""
_GAIN = 0.35
"""So much more the two headlines must find in their own parts than in each other's."""
_EVEN = 0.05
"""Cuts that differ by less are as good: the words shared by the two parts decide between them."""
_PART = 100
"""Characters that either part must have."""
_HEADLINE = 5
"""Characters: what is shorter names a column, of which no text speaks."""
_STRETCHES, _PARAGRAPHS, _CLAIMS = 40, 200, 8
"""Larger pages and texts than a newspaper has, and more headlines left over, are not looked through."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text cut before the paragraph at `place` of its body."""

    gain: float
    stretch: Stretch
    place: int


def claim(page: Page) -> Page:
    """Return the page, texts cut in two where a headline that has none claims a part."""
    if not 0 < len(page.stretches) <= _STRETCHES:
        return page
    fit = Fit(mark.folded for stretch in page.stretches for mark in stretch.body if mark.sort in BODY)
    refused: set[int] = set()
    for _ in range(_CLAIMS):
        stories = match(page)
        lost = next((group for group in _left_over(stories, page.usual) if group[0].number not in refused), None)
        if lost is None:
            break
        cut = _best(lost, stories, fit)
        parted = _with(page, cut) if cut is not None else page
        if cut is not None and _untitled(match(parted)) <= _untitled(stories):
            page = parted
        else:
            refused.add(lost[0].number)
    return page


def _untitled(stories: Iterable[Story]) -> int:
    return sum(not story.head for story in stories)


def _left_over(stories: Iterable[Story], usual: int) -> list[tuple[Mark, ...]]:
    return [
        group
        for story in stories
        for group in atoms(story.stray, usual)
        if all(mark.sort is Sort.SHORT for mark in group) and len(_words(group)) >= _HEADLINE
    ]


def _best(lost: Sequence[Mark], stories: Sequence[Story], fit: Fit) -> _Cut | None:
    cuts = [
        cut
        for story in stories
        for stretch in story.stretches
        if not stretch.picture_story and (cut := _cut(_words(lost), _words(story.head), stretch, fit)) is not None
    ]
    return max(cuts, key=lambda cut: cut.gain, default=None)


def _words(marks: Iterable[Mark]) -> str:
    return "|".join(without_tag(mark.folded) for mark in marks)


def _cut(lost: str, own: str, stretch: Stretch, fit: Fit) -> _Cut | None:
    """Return the cut of a text that gives the lost headline the best part, the text's own the other."""
    places = [place for place, mark in enumerate(stretch.body) if mark.sort in BODY]
    texts = [stretch.body[place].folded for place in places]
    if not 1 < len(texts) <= _PARAGRAPHS or fit.share(lost, texts) < _SHARE:
        return None
    lengths = list(accumulate(map(len, texts)))
    gains: dict[int, float] = {}
    cuts = zip(fit.shares_at_cuts(lost, texts), fit.shares_at_cuts(own, texts), strict=True)
    for index, (here, there) in enumerate(cuts, 1):
        if min(lengths[index - 1], lengths[-1] - lengths[index - 1]) < _PART:
            continue
        gain = (here[1] - here[0]) + (there[0] - there[1])
        part = here[1] if gain > 0 else here[0]
        gains[index] = abs(gain) if part >= _SHARE and abs(here[1] - here[0]) >= _SHARE - _EVEN else 0.0
    best = max(gains.values(), default=0.0)
    if best < _GAIN:
        return None
    costs = cut_costs(texts)
    index = min((index for index, gain in gains.items() if gain >= best - _EVEN), key=lambda index: costs[index])
    return _Cut(gain=best, stretch=stretch, place=places[index])


def _with(page: Page, cut: _Cut) -> Page:
    """Return the page with one of its texts cut; headings and names go where they stand."""
    stretch, place = cut.stretch, cut.place
    head = place
    while head and stretch.body[head - 1].sort is Sort.SHORT:
        head -= 1
    edge = stretch.body[head].number
    first = replace(
        stretch,
        body=stretch.body[:head],
        byline=tuple(mark for mark in stretch.byline if mark.number < edge),
        captions=tuple(mark for mark in stretch.captions if mark.number < edge),
        closed=True,
        introduces=False,
    )
    second = Stretch(
        opening="claimed",
        body=stretch.body[head:],
        byline=tuple(mark for mark in stretch.byline if mark.number > edge),
        captions=tuple(mark for mark in stretch.captions if mark.number > edge),
        closed=True,
        introduces=stretch.introduces,
    )
    at = next(index for index, other in enumerate(page.stretches) if other is stretch)
    stretches = (*page.stretches[:at], first, second, *page.stretches[at + 1 :])
    return replace(page, stretches=tuple(_moved(other, at) for other in stretches))


def _moved(stretch: Stretch, at: int) -> Stretch:
    """A text that goes on with one at or behind the cut goes on with the later part."""
    if stretch.resumes is None or stretch.resumes < at:
        return stretch
    return replace(stretch, resumes=stretch.resumes + 1)
