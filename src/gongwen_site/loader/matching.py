"""Stretches to stories: which headline belongs to which text, as one assignment over the whole page.

A headline that stands in its place has that in its favour; one at the page's top or inside another text is matched by
the words that it shares with a text. Words are compared as character pairs, rare ones counting more.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongwen_site.loader.cohesion import pairs_of
from gongwen_site.loader.headlines import HEAD_LINES, atoms, has_tag, is_sure, is_tight, without_tag
from gongwen_site.loader.marks import BODY, Mark, Sort
from gongwen_site.loader.stretch import Page, Stretch

IN_PLACE = 0.45
"""What standing right above a text is worth, in shares of common words."""
NEAR = 0.3
"""The same for a headline with another below it, or above a text that nothing shows to be an article of its own."""
AWAY = 0.25
"""What it is worth for a text without headline that one stands above no text: a section heading never does."""
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
_WINDOW = 60  # texts whose headlines are matched together: more than a page ever holds
_CANDIDATES = 12  # headlines above or inside one text that are matched; further ones stay where they stand

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
    Only those `asked` are matched.
    """

    lines: tuple[Mark, ...]
    home: int | None
    inside: str = ""
    asked: bool = True


class Overlap:
    """Shares of common words between headlines and the texts of one page."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [pairs_of(text[:_COMPARED]) for text in texts]
        self._frequency = Counter(pair for text in self._texts for pair in text)
        # Each headline is asked of every text: its pairs, their weights and the sum of these.
        self._weighed: dict[str, tuple[frozenset[str], dict[str, float], float]] = {}

    def __call__(self, words: str, index: int) -> float:
        """Return the share, 0 to 1, of the words' weight that text `index` holds."""
        if words not in self._weighed:
            pairs = pairs_of(words)
            weights = {pair: self._weight(pair) for pair in pairs}
            self._weighed[words] = pairs, weights, math.fsum(weights.values())
        pairs, weights, whole = self._weighed[words]
        common = pairs & self._texts[index]
        # Exact sums, since a set has no order that every run shares.
        return math.fsum([weights[pair] for pair in common]) / whole if common and whole else 0.0

    def _weight(self, pair: str) -> float:
        return math.log(1 + len(self._texts) / max(1, self._frequency[pair]))


def _words(marks: Iterable[Mark]) -> str:
    return "|".join(without_tag(mark.folded) if mark.sort is Sort.SHORT else mark.folded for mark in marks)


def match(page: Page) -> tuple[Story, ...]:
    """Return the page's articles, each with its headline. A dump of many pages is matched by windows of it."""
    stories: list[Story] = []
    for start in range(0, len(page.stretches), _WINDOW):
        end = min(start + _WINDOW, len(page.stretches))
        window = Page(
            stretches=tuple(_within(stretch, start) for stretch in page.stretches[start:end]),
            loose=page.loose if end == len(page.stretches) else (),
            aside=(),
            usual=page.usual,
        )
        stories += _match_window(window)
    return tuple(stories)


def _within(stretch: Stretch, start: int) -> Stretch:
    if stretch.resumes is None or not start:
        return stretch
    return replace(stretch, resumes=stretch.resumes - start if stretch.resumes >= start else None)


def _match_window(page: Page) -> tuple[Story, ...]:
    stretches = page.stretches
    overlap = Overlap(_words(mark for mark in (*s.body, *s.captions) if mark.sort in _TEXT) for s in stretches)
    blocks = _blocks(page, overlap)
    asked = [number for number, block in enumerate(blocks) if block.asked]
    words = [_words(blocks[number].lines) for number in asked]
    scores = [
        [_score(blocks[number], said, index, stretches, overlap) for number, said in zip(asked, words, strict=True)]
        for index in range(len(stretches))
    ]
    pairs = {asked[column]: row for row, column in _assign(scores).items()}
    return _stories(page, blocks, pairs, overlap)


def _blocks(page: Page, overlap: Overlap) -> list[_Block]:
    blocks: list[_Block] = []
    for index, stretch in enumerate(page.stretches):
        blocks += _head_blocks(atoms(stretch.head, page.usual), index, page, overlap)
        if not stretch.head and not stretch.picture_story and not stretch.continuation:
            blocks += _inner_blocks(stretch, index, page.usual)
    loose = atoms(page.loose, page.usual)
    return blocks + [_Block(atom, None, asked=place < _CANDIDATES) for place, atom in enumerate(loose)]


def _inner_blocks(stretch: Stretch, index: int, usual: int) -> list[_Block]:
    runs = _inner_runs(stretch, usual)
    shapes = Counter(len(run) for run in runs)

    def stands_out(run: tuple[Mark, ...]) -> str:
        if is_sure(run, usual) or (len(run) > 1 and shapes[len(run)] == 1):
            return "sure"
        return "lone" if len(runs) == 1 else "many"

    blocks = [_Block(run, index, stands_out(run)) for run in runs]
    if len(blocks) > _CANDIDATES:
        blocks = [block for block in blocks if block.inside == "sure"]
    return blocks[:_CANDIDATES]


def _inner_runs(stretch: Stretch, usual: int) -> list[tuple[Mark, ...]]:
    runs: list[list[Mark]] = [[]]
    for mark in stretch.body:
        if mark.sort is Sort.SHORT:
            runs[-1].append(mark)
        elif runs[-1]:
            runs.append([])
    # Where two of them end in a dash, both head sections: neither is a kicker.
    dashed = [run for run in runs if len(run) > 1 and run[0].folded.endswith("——") and not is_tight(run[1], usual)]
    if len(dashed) > 1:
        runs = [run[1:] if run in dashed else run for run in runs]
    return [part for run in runs for part in _headlines_of(run, usual)]


def _headlines_of(run: list[Mark], usual: int) -> list[tuple[Mark, ...]]:
    """A headline that shows itself as one among section headings stands for itself; what ends in a dash heads the text."""
    if len(run) > 1 and (sure := [group for group in atoms(run, usual) if is_sure(group, usual)]):
        return sure
    while len(run) > 1 and run[-1].folded.endswith("——"):
        run = run[:-1]
    return [tuple(run)] if 0 < len(run) <= HEAD_LINES else []


def _head_blocks(groups: Sequence[tuple[Mark, ...]], home: int, page: Page, overlap: Overlap) -> list[_Block]:
    """Lines above one text that rather speak of another are headlines of their own."""
    if not groups:
        return []
    far, groups = groups[:-_CANDIDATES], groups[-_CANDIDATES:]
    aims = [_aim(group, home, page, overlap) for group in groups]
    blocks: list[_Block] = []
    gathered = home == 0 and page.sets_close and any(is_sure(group, page.usual) for group in groups)
    aim_before: int | None = None
    for group, aim in zip(groups, aims, strict=True):
        tagged = (
            bool(blocks) and any(has_tag(m.folded) for m in group) and any(has_tag(m.folded) for m in blocks[-1].lines)
        )
        noted = group[0].sort is Sort.NOTE or bool(blocks and blocks[-1].lines[0].sort is Sort.NOTE)
        # A loose line below a headline with its column is no deck of it; nor is one among those at the top where the page sets parts close.
        closed = bool(blocks) and len(groups) > 1 and has_tag(blocks[-1].lines[-1].folded)
        apart = tagged or noted or closed or gathered
        if blocks and aim == aim_before and not apart and len(blocks[-1].lines) + len(group) <= HEAD_LINES:
            blocks[-1] = _Block(blocks[-1].lines + group, home)
        else:
            blocks.append(_Block(group, home))
        aim_before = aim
    return [*(_Block(group, home, asked=False) for group in far), *blocks]


def _aim(group: tuple[Mark, ...], home: int, page: Page, overlap: Overlap) -> int:
    words = _words(group)
    shares = [overlap(words, index) for index in range(len(page.stretches))]
    best = max(
        (index for index, stretch in enumerate(page.stretches) if not stretch.head and not stretch.picture_story),
        key=lambda index: (shares[index], -index),
        default=home,
    )
    return best if shares[best] >= max(ELSEWHERE, shares[home] + BETTER_BY) else home


def _score(block: _Block, words: str, index: int, stretches: Sequence[Stretch], overlap: Overlap) -> float:
    stretch = stretches[index]
    if block.home != index and (block.inside or stretch.picture_story or stretch.continuation):
        return 0.0
    share = overlap(words, index)
    if block.home == index:
        if not block.inside:
            if block.lines[0].sort is Sort.NOTE:
                return 2.0
            last = block.lines[-1] is stretch.head[-1]
            return share + (IN_PLACE if last and _wants_title(stretch) else NEAR)
        if not _wants_title(stretch):
            return 0.0
        return {"sure": share + SURE, "lone": share + INSIDE}.get(block.inside, share * ONE_OF_MANY)
    if share < AT_LEAST:
        return 0.0
    if stretch.head:
        return share
    return share + (AWAY if _stands_away(block, stretches) else 0.0)


def _stands_away(block: _Block, stretches: Sequence[Stretch]) -> bool:
    """Return whether a headline stands above no text of its own, but above another headline or the page's end."""
    return block.home is None or block.lines[-1] is not stretches[block.home].head[-1]


def _wants_title(stretch: Stretch) -> bool:
    """Return whether a text is known to be an article of its own, so that a line inside may be its headline."""
    return stretch.signed or stretch.closed


def _assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return the pairing row → column of the greatest total, worthless pairs left out.

    Most headlines are worth something to one text or two. What no pair links is assigned apart: thousands of small
    assignments cost what the pairs cost, one of thousands of rows the cube of it.
    """
    found: dict[int, int] = {}
    for rows, columns in _linked(scores):
        if len(rows) == len(columns) == 1:
            found[rows[0]] = columns[0]
            continue
        part = _assign_all([[max(0.0, scores[row][column]) for column in columns] for row in rows])
        found.update({rows[row]: columns[column] for row, column in part.items()})
    return dict(sorted(found.items()))


def _linked(scores: Sequence[Sequence[float]]) -> list[tuple[list[int], list[int]]]:
    """Return the rows and columns that pairs of some worth link, directly or over others, each ascending."""
    of_row = [[column for column, score in enumerate(row) if score > 0] for row in scores]
    of_column: dict[int, list[int]] = {}
    for row, linked in enumerate(of_row):
        for column in linked:
            of_column.setdefault(column, []).append(row)
    seen: set[int] = set()
    parts = []
    for first, linked in enumerate(of_row):
        if first in seen or not linked:
            continue
        rows, columns, ahead = {first}, set[int](), [first]
        while ahead:
            for column in of_row[ahead.pop()]:
                if column not in columns:
                    columns.add(column)
                    ahead += [row for row in of_column[column] if row not in rows]
                    rows.update(of_column[column])
        seen |= rows
        parts.append((sorted(rows), sorted(columns)))
    return parts


def _assign_all(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return the pairing of the greatest total by the Hungarian method with shortest augmenting paths.

    Time grows with rows² · columns.
    """
    rows, columns = len(scores), len(scores[0]) if scores else 0
    if not columns:
        return {}
    width = columns + rows  # a row may stay alone
    cost = [[-score for score in row] + [0.0] * rows for row in scores]
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (width + 1)
    owner, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        column = 0
        least, used, free = [math.inf] * (width + 1), [0], list(range(1, width + 1))
        while True:
            here, delta, following = owner[column], math.inf, 0
            costs, height = cost[here - 1], of_row[here]
            for other in free:
                reduced = costs[other - 1] - height - of_column[other]
                if reduced < least[other]:
                    least[other], way[other] = reduced, column
                else:
                    reduced = least[other]
                if reduced < delta:
                    delta, following = reduced, other
            for other in used:
                of_row[owner[other]] += delta
                of_column[other] -= delta
            for other in free:
                least[other] -= delta
            column = following
            if not owner[column]:
                break
            used.append(column)
            free.remove(column)
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    pairs = {owner[column] - 1: column - 1 for column in range(1, columns + 1) if owner[column]}
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
    if own is not None and own.inside in {"many", "lone"}:
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
