"""Stretches to stories: which headline belongs to which text, as one assignment over the whole page.

A headline that stands in its place has that in its favour; one at the page's top or inside another text is matched by
the words that it shares with a text. Words are compared as character pairs, rare ones counting more.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongwen_site.loader.cohesion import pairs_of
from gongwen_site.loader.headlines import HEAD_LINES, atoms, has_tag, is_sure, without_tag
from gongwen_site.loader.marks import BODY, Mark, Sort
from gongwen_site.loader.stretches import Page, Stretch

IN_PLACE = 0.45
"""What standing right above a text is worth, in shares of common words."""
NEAR = 0.3
"""The same for a headline with another below it, or above a text that nothing shows to be an article of its own."""
INSIDE = 0.2
"""What standing inside a text without a headline is worth, if no other short line of its shape stands there."""
SURE = 0.6
"""The same, if the line shows by itself that it is a headline."""
ONE_OF_MANY = 0.25
"""Of several like lines inside a text each is rather a section heading: so much of its share counts."""
AT_LEAST = 0.1
"""A headline away from its text must share at least this much with it."""
ELSEWHERE = 0.3
"""A line that stands above one text must share this much with another to be its headline."""
BETTER_BY = 0.15
_COMPARED = 30_000  # characters of a text that are compared
_ASSIGNED = 60  # more headlines or texts than this are left where they stand

_TEXT = BODY | {Sort.CAPTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article: its stretches in order, its headline's lines, and how the headline was found.

    `rule` is in-place, inside-text, by-words or untitled; `overlap` in percent of the headline's words.
    """

    stretches: tuple[Stretch, ...]
    head: tuple[Mark, ...]
    rule: str
    overlap: int
    stray: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one headline, above or inside the stretch `home`; None where it stands above no text.

    `inside` is empty for a headline above a text, else sure, lone or many: how it stands out there.
    """

    lines: tuple[Mark, ...]
    home: int | None
    inside: str = ""


class Overlap:
    """Shares of common words between headlines and the texts of one page."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [pairs_of(text[:_COMPARED]) for text in texts]
        self._frequency = Counter(pair for text in self._texts for pair in text)

    def __call__(self, words: str, index: int) -> float:
        """Return the share, 0 to 1, of the words' weight that text `index` holds."""
        weights = {pair: self._weight(pair) for pair in pairs_of(words)}
        whole = sum(weights.values())
        return sum(weight for pair, weight in weights.items() if pair in self._texts[index]) / whole if whole else 0.0

    def _weight(self, pair: str) -> float:
        return math.log(1 + len(self._texts) / max(1, self._frequency[pair]))


def _words(marks: Iterable[Mark]) -> str:
    return "|".join(without_tag(mark.folded) if mark.sort is Sort.SHORT else mark.folded for mark in marks)


def match(page: Page) -> tuple[Story, ...]:
    """Return the page's articles, each with its headline."""
    stretches = page.stretches
    if not stretches:
        return ()
    overlap = Overlap(_words(mark for mark in (*s.body, *s.captions) if mark.sort in _TEXT) for s in stretches)
    blocks = _blocks(page, overlap)
    if max(len(blocks), len(stretches)) <= _ASSIGNED:
        pairs = _assign(
            [[_score(block, index, stretches, overlap) for index in range(len(stretches))] for block in blocks]
        )
    else:
        pairs = {
            number: block.home for number, block in enumerate(blocks) if block.home is not None and not block.inside
        }
    return _stories(page, blocks, pairs, overlap)


def _blocks(page: Page, overlap: Overlap) -> list[_Block]:
    blocks: list[_Block] = []
    small = len(page.stretches) <= _ASSIGNED
    for index, stretch in enumerate(page.stretches):
        blocks += _head_blocks(atoms(stretch.head, page.usual), index, page, overlap if small else None)
        if not stretch.head and not stretch.picture_story and not stretch.continuation:
            blocks += _inner_blocks(stretch, index, page.usual)
    return blocks + [_Block(atom, None) for atom in atoms(page.loose, page.usual)]


def _inner_blocks(stretch: Stretch, index: int, usual: int) -> list[_Block]:
    runs = _inner_runs(stretch)
    shapes = Counter(len(run) for run in runs)

    def stands_out(run: tuple[Mark, ...]) -> str:
        if is_sure(run, usual) or (len(run) > 1 and shapes[len(run)] == 1):
            return "sure"
        return "lone" if len(runs) == 1 else "many"

    return [_Block(run, index, stands_out(run)) for run in runs]


def _inner_runs(stretch: Stretch) -> list[tuple[Mark, ...]]:
    runs: list[list[Mark]] = [[]]
    for mark in stretch.body:
        if mark.sort is Sort.SHORT:
            runs[-1].append(mark)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if 0 < len(run) <= HEAD_LINES]


def _head_blocks(groups: Sequence[tuple[Mark, ...]], home: int, page: Page, overlap: Overlap | None) -> list[_Block]:
    """Lines above one text that rather speak of another are headlines of their own."""
    if not groups:
        return []
    aims = [_aim(group, home, page, overlap) for group in groups] if overlap is not None else [home] * len(groups)
    blocks: list[_Block] = []
    aim_before: int | None = None
    for group, aim in zip(groups, aims, strict=True):
        tagged = (
            bool(blocks) and any(has_tag(m.folded) for m in group) and any(has_tag(m.folded) for m in blocks[-1].lines)
        )
        apart = tagged or group[0].sort is Sort.NOTE or bool(blocks and blocks[-1].lines[0].sort is Sort.NOTE)
        if blocks and aim == aim_before and not apart and len(blocks[-1].lines) + len(group) <= HEAD_LINES:
            blocks[-1] = _Block(blocks[-1].lines + group, home)
        else:
            blocks.append(_Block(group, home))
        aim_before = aim
    return blocks


def _aim(group: tuple[Mark, ...], home: int, page: Page, overlap: Overlap) -> int:
    words = _words(group)
    shares = [overlap(words, index) for index in range(len(page.stretches))]
    best = max(
        (index for index, stretch in enumerate(page.stretches) if not stretch.head and not stretch.picture_story),
        key=lambda index: (shares[index], -index),
        default=home,
    )
    return best if shares[best] >= max(ELSEWHERE, shares[home] + BETTER_BY) else home


def _score(block: _Block, index: int, stretches: Sequence[Stretch], overlap: Overlap) -> float:
    share = overlap(_words(block.lines), index)
    stretch = stretches[index]
    if block.home == index:
        if not block.inside:
            if block.lines[0].sort is Sort.NOTE:
                return 2.0
            last = block.lines[-1] is stretch.head[-1]
            return share + (IN_PLACE if last and _wants_title(stretch) else NEAR)
        if not _wants_title(stretch):
            return 0.0
        return {"sure": share + SURE, "lone": share + INSIDE}.get(block.inside, share * ONE_OF_MANY)
    if block.inside or stretch.picture_story or stretch.continuation or share < AT_LEAST:
        return 0.0
    return share


def _wants_title(stretch: Stretch) -> bool:
    """Return whether a text is known to be an article of its own, so that a line inside may be its headline."""
    return stretch.signed or stretch.closed


def _assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return the pairing row → column of the greatest total; pairs of no worth are left out (Kuhn-Munkres, O(n³))."""
    if not scores:
        return {}
    rows, columns = len(scores), len(scores[0])
    size = max(rows, columns)
    cost = [[-scores[i][j] if i < rows and j < columns else 0.0 for j in range(size)] for i in range(size)]
    potential_row, potential_column = [0.0] * (size + 1), [0.0] * (size + 1)
    owner, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0] = row
        column = 0
        least, used = [math.inf] * (size + 1), [False] * (size + 1)
        while owner[column]:
            used[column] = True
            here, delta, following = owner[column], math.inf, 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[here - 1][j - 1] - potential_row[here] - potential_column[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    potential_row[owner[j]] += delta
                    potential_column[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    pairs = {owner[column] - 1: column - 1 for column in range(1, columns + 1) if 0 < owner[column] <= rows}
    return {row: column for row, column in sorted(pairs.items()) if scores[row][column] > 0}


def _stories(page: Page, blocks: Sequence[_Block], pairs: dict[int, int], overlap: Overlap) -> tuple[Story, ...]:
    stretches = page.stretches
    titled = {column: blocks[row] for row, column in pairs.items()}
    stray: dict[int, list[Mark]] = {}
    for row, block in enumerate(blocks):
        if row not in pairs and not block.inside:
            stray.setdefault(len(stretches) - 1 if block.home is None else block.home, []).extend(block.lines)
    groups: list[list[int]] = []
    for index, stretch in enumerate(stretches):
        if groups and index not in titled and stretch.resumes is not None:
            home = next((g for g in reversed(groups) if stretch.resumes in g), groups[-1])
            home.append(index)
        elif groups and (
            _introduced(groups[-1], index, stretches, titled) or _completes(groups[-1], index, stretches, titled)
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    stories = []
    for group in groups:
        column = next((index for index in group if index in titled), None)
        found = titled[column] if column is not None else None
        lines = found.lines if found else ()
        share = overlap(_words(lines), column) if column is not None else 0.0
        stories.append(
            Story(
                stretches=tuple(stretches[index] for index in group),
                head=lines,
                rule=_rule(found, column, group),
                overlap=round(100 * share),
                stray=tuple(mark for index in group for mark in stray.get(index, ())),
            )
        )
    return tuple(stories)


def _introduced(group: Sequence[int], index: int, stretches: Sequence[Stretch], titled: dict[int, _Block]) -> bool:
    """Return whether the text before is an editor's introduction to this one, which has no headline of its own."""
    if index != group[-1] + 1 or not stretches[group[-1]].introduces or group[-1] not in titled:
        return False
    own = titled.get(index)
    if own is not None and own.inside == "many":
        del titled[index]
        own = None
    return own is None


def _completes(group: Sequence[int], index: int, stretches: Sequence[Stretch], titled: dict[int, _Block]) -> bool:
    """Return whether a text is the rest of the one before it, into which its headline has sunk.

    The headline above the rest then is the whole's: the first part had none, and one of the two has the names.
    """
    before, after = stretches[group[-1]], stretches[index]
    if index != group[-1] + 1 or before.picture_story or before.continuation or before.closed or after.signed_above:
        return False
    if index not in titled:
        return before.signed and any(number in titled and titled[number].home == index for number in group)
    if titled[index].home != index or titled[index].inside or any(number in titled for number in group):
        return False
    return bool(after.byline) is not before.signed


def _rule(block: _Block | None, column: int | None, group: Sequence[int]) -> str:
    if block is None:
        return "untitled"
    if block.inside or (column is not None and column != group[0] and block.home == column):
        return "headline-inside-text"
    return "headline-in-place" if block.home == column else "headline-by-words"
