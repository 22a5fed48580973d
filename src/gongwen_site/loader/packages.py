"""Stories to stories: pieces that a page prints under one headline are one article.

Two forms are known by their shape alone. A roundup: a standing head without text of its own, and below it briefs, each
with a headline and a lead-in. A package: a headline that carries its column or its deck, a short introduction that
nobody signs, and signed pieces below it whose headlines are all alike and carry neither.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gongwen_site.loader.headlines import has_tag, is_sure, is_tight
from gongwen_site.loader.marks import BYLINES, Mark, Sort
from gongwen_site.loader.matching import Story
from gongwen_site.loader.stretch import Stretch

_STANDING_HEAD = 8  # characters
_BRIEFS = 3
_BRIEF = 400  # characters
_PIECES = 2
_INTRODUCTION = 450  # characters
_IN_PLACE = "headline-in-place"


def gather(stories: Sequence[Story], usual: int) -> list[Story]:
    """Return the stories of a page, those of one roundup or package as one. `usual` is the page's usual gap."""
    found: list[Story] = []
    index = 0
    while index < len(stories):
        roundup = _roundup(stories, index, usual)
        package = _package(stories, index, usual)
        if roundup:
            head = _standing_head(stories[index], usual)
            pieces = [replace(stories[index], head=stories[index].head[1:]), *stories[index + 1 : roundup]]
            found.append(_one(head, pieces, stories[index]))
        elif package:
            opening = stories[index]
            found.append(_one(opening.head, [replace(opening, head=()), *stories[index + 1 : package]], opening))
        else:
            found.append(stories[index])
        index = max(index + 1, roundup, package)
    return found


def _one(head: Sequence[Mark], pieces: Sequence[Story], first: Story) -> Story:
    """Return the pieces as one story under `head`; their headlines and names stand in its text."""
    stretches: list[Stretch] = []
    for piece in pieces:
        for place, stretch in enumerate(piece.stretches):
            own = [*(piece.head if not place else ()), *piece.stray] if not place else []
            lines = {mark.number: mark for mark in (*own, *stretch.unit, *stretch.byline, *stretch.body)}
            stretches.append(
                replace(stretch, head=(), unit=(), byline=(), body=tuple(lines[number] for number in sorted(lines)))
            )
    return Story(stretches=tuple(stretches), head=tuple(head), rule=first.rule, overlap=first.overlap)


# Roundups


def _standing_head(story: Story, usual: int) -> tuple[Mark, ...]:
    head = story.head
    if story.rule != _IN_PLACE or len(head) != 2 or any(mark.sort is not Sort.SHORT for mark in head):
        return ()
    upper, lower = head
    stands = upper.line.length <= _STANDING_HEAD < lower.line.length and not has_tag(upper.folded)
    return (upper,) if stands and not is_tight(lower, usual) else ()


def _is_brief(story: Story) -> bool:
    text = [mark for stretch in story.stretches for mark in stretch.body]
    led = bool(text) and text[0].sort is Sort.LEAD_IN
    return (
        led
        and sum(mark.line.length for mark in text) <= _BRIEF
        and not any(stretch.byline for stretch in story.stretches)
    )


def _roundup(stories: Sequence[Story], index: int, usual: int) -> int:
    """Return the index behind a roundup's last brief, 0 where none begins."""
    if not _standing_head(stories[index], usual) or not _is_brief(stories[index]):
        return 0
    end = index + 1
    while end < len(stories) and _is_brief(stories[end]) and _alone(stories[end]):
        end += 1
    return end if end - index >= _BRIEFS else 0


def _alone(story: Story) -> bool:
    return story.rule == _IN_PLACE and len(story.head) == 1 and not has_tag(story.head[0].folded)


# Packages


def _package(stories: Sequence[Story], index: int, usual: int) -> int:
    """Return the index behind a package's last piece, 0 where none begins."""
    if not _opens_package(stories[index], usual):
        return 0
    end = index + 1
    while (
        end < len(stories) and _is_piece(stories[end], usual) and len(stories[end].head) == len(stories[index + 1].head)
    ):
        end += 1
    return end if end - index > _PIECES else 0


def _opens_package(story: Story, usual: int) -> bool:
    if not story.head or not (is_sure(story.head, usual) or any(has_tag(mark.folded) for mark in story.head)):
        return False
    text = [mark for stretch in story.stretches for mark in stretch.body]
    signed = any(stretch.signed for stretch in story.stretches)
    plain = all(mark.sort in {Sort.PARAGRAPH, Sort.NOTE_END} for mark in text)
    return bool(text) and plain and not signed and sum(mark.line.length for mark in text) <= _INTRODUCTION


def _is_piece(story: Story, usual: int) -> bool:
    first = story.stretches[0]
    if story.rule != _IN_PLACE or not story.head or not first.byline or not first.body:
        return False
    named_above = first.byline[0].sort in BYLINES and first.byline[0].number < first.body[0].number
    loose = not any(is_tight(lower, usual) for _upper, lower in pairwise(story.head))
    return named_above and loose and not is_sure(story.head, usual)
