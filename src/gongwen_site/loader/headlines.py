"""Short lines to headlines: which of them are sure to be one, and which is kicker, headline, deck."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.marks import Mark, Sort

_TAG = re.compile(r"[^\s(]\((?![左右上中下一二三四五六七八九十\d]+\))[^()]{2,24}\)$")
_DECK_WORDS = re.compile(r"(?:见闻|纪实|侧记|综述|纪事|启示|扫描|观察|手记|札记|访谈|记|报告|解读)$")
_DASH = ("——", "--", "—")
_STANDING = re.compile(rf"^[{HAN}]{{2,4}}$")
HEAD_LINES = 3
"""A headline has at most kicker, headline and deck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The lines of one headline, each in its part. `rest` did not fit in."""

    kicker: Mark | None = None
    title: Mark
    deck: Mark | None = None
    rest: tuple[Mark, ...] = ()


def has_tag(text: str) -> bool:
    """Return whether a headline carries its column in brackets: …（以案说法）."""
    return bool(_TAG.search(text))


def without_tag(text: str) -> str:
    """Return a headline without its column in brackets, whose words are not the text's."""
    return _TAG.sub(lambda match: match[0][0], text)


def is_tight(mark: Mark, usual: int) -> bool:
    """Return whether a line stands closer to the one before it than lines of this dump mostly do."""
    return mark.line.gap < usual


def is_sure(run: Sequence[Mark], usual: int) -> bool:
    """Return whether a run of short lines shows by itself that it is a headline and no section heading."""
    shorts = [mark for mark in run if mark.sort is Sort.SHORT]
    if any(has_tag(mark.folded) for mark in shorts) or any(mark.sort is Sort.UNIT for mark in run):
        return True
    return any(is_tight(lower, usual) or lower.folded.startswith("——") for _upper, lower in pairwise(shorts))


def atoms(run: Sequence[Mark], usual: int) -> tuple[tuple[Mark, ...], ...]:
    """Return a run of short lines cut to what surely belongs together: tight lines, a deck with its dash, a kicker with its."""
    groups: list[list[Mark]] = []
    for mark in run:
        joined = (
            bool(groups)
            and len(groups[-1]) < HEAD_LINES
            and Sort.NOTE not in {mark.sort, groups[-1][-1].sort}
            and (
                is_tight(mark, usual)
                or mark.folded.startswith(_DASH)
                or groups[-1][-1].folded.endswith(_DASH)
                or mark.sort is Sort.UNIT
            )
        )
        if joined:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return tuple(tuple(group) for group in groups)


def arrange(lines: Sequence[Mark]) -> Head:
    """Return one to three (further ones in `rest`) short lines as kicker, headline and deck."""
    dashed = next((place for place, mark in enumerate(lines) if place and mark.folded.startswith(_DASH)), None)
    if dashed is not None:
        above = lines[: dashed - 1]
        return Head(
            kicker=above[-1] if above else None,
            title=lines[dashed - 1],
            deck=lines[dashed],
            rest=(*above[:-1], *lines[dashed + 1 :]),
        )
    kept, rest = list(lines[:HEAD_LINES]), tuple(lines[HEAD_LINES:])
    deck = kept.pop() if len(kept) > 1 and _is_deck(kept[-1], kept[-2]) else None
    if len(kept) == HEAD_LINES:  # no line of the three looks like a deck
        deck = kept.pop()
    title = kept.pop()
    kicker = kept.pop() if kept else None
    if kicker is not None and has_tag(kicker.folded) and not has_tag(title.folded) and deck is None:
        return Head(title=kicker, deck=title, rest=rest)
    return Head(kicker=kicker, title=title, deck=deck, rest=rest)


def is_standing_head(kicker: Mark, title: Mark) -> bool:
    """Return whether the line above a headline is a column's name (热议) rather than a kicker: a word or two, no more."""
    return bool(_STANDING.match(kicker.folded)) and len(title.folded) > 2 * len(kicker.folded)


def _is_deck(line: Mark, above: Mark) -> bool:
    text = line.folded
    if has_tag(text) or above.folded.endswith((*_DASH, ":")):
        return False
    return bool(_DECK_WORDS.search(text)) or has_tag(above.folded)
