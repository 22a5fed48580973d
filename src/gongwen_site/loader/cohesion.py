"""Where one text ends and another begins, told by their words alone: for two articles run together without an edge."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from operator import or_

_COMPARED = 2_000  # characters of a paragraph that are compared


def pairs_of(text: str) -> frozenset[str]:
    """Return the character pairs of a text, marks and blanks left out."""
    letters = "".join(character for character in text if character.isalnum())
    return frozenset(a + b for a, b in pairwise(letters))


class Fit:
    """How much texts of one page have in common: shares of their character pairs, those of few paragraphs counting more."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._count = 0
        self._frequency: Counter[str] = Counter()
        for paragraph in paragraphs:
            self._frequency.update(pairs_of(paragraph[:_COMPARED]))
            self._count += 1

    def share(self, words: str, paragraphs: Iterable[str]) -> float:
        """Return the share, 0 to 1, of the words' weight that the paragraphs hold."""
        wanted = pairs_of(words)
        held = frozenset[str]().union(*(pairs_of(paragraph[:_COMPARED]) for paragraph in paragraphs))
        whole = self._weigh(wanted)
        return self._weigh(wanted & held) / whole if whole else 0.0

    def shares_at_cuts(self, words: str, paragraphs: Sequence[str]) -> list[tuple[float, float]]:
        """Return the shares of the words' weight above and below each place where the paragraphs can be cut."""
        wanted = pairs_of(words)
        whole = self._weigh(wanted)
        held = [wanted & pairs_of(paragraph[:_COMPARED]) for paragraph in paragraphs]
        above, below = list(accumulate(held, or_))[:-1], list(accumulate(reversed(held), or_))[-2::-1]
        return [
            (self._weigh(one) / whole, self._weigh(other) / whole) if whole else (0.0, 0.0)
            for one, other in zip(above, below, strict=True)
        ]

    def common(self, some: Iterable[str], others: Iterable[str]) -> float:
        """Return the share, 0 to 1, of the smaller text's weight that both hold."""
        sides = [frozenset[str]().union(*(pairs_of(text[:_COMPARED]) for text in side)) for side in (some, others)]
        whole = min(self._weigh(side) for side in sides)
        return self._weigh(sides[0] & sides[1]) / whole if whole else 0.0

    def _weigh(self, pairs: frozenset[str]) -> float:
        # Exact sums, since a set has no order that every run shares.
        return math.fsum(math.log(1 + self._count / max(1, self._frequency[pair])) for pair in pairs)


def best_cut(paragraphs: Sequence[str], *, least: int = 0) -> int | None:
    """Return the index of the paragraph that begins the second text: where `cut_costs` are least.

    None where either side would have fewer than two paragraphs or `least` characters. Time grows with the length.
    """
    above, whole = 0, sum(len(paragraph) for paragraph in paragraphs)
    best: tuple[float, int] | None = None
    for index, cost in cut_costs(paragraphs).items():
        above += len(paragraphs[index - 1])
        if min(above, whole - above) >= least and (best is None or cost < best[0]):
            best = (cost, index)
    return best[1] if best else None


def cut_costs(paragraphs: Sequence[str]) -> dict[int, float]:
    """Return what it costs to cut a text before each paragraph but the first, ascending: the rare words on both sides.

    Their weight is divided by the product of the two lengths: what chance alone would share.
    """
    sets = [pairs_of(paragraph[:_COMPARED]) for paragraph in paragraphs]
    total = Counter(pair for pairs in sets for pair in pairs)
    weight = {pair: math.log(1 + len(sets) / count) for pair, count in total.items() if count > 1}
    left: Counter[str] = Counter()
    shared = 0.0
    above, whole = 0, sum(len(paragraph) for paragraph in paragraphs)
    costs: dict[int, float] = {}
    for index, pairs in enumerate(sets[:-1]):
        for pair in pairs & weight.keys():
            left[pair] += 1
            if left[pair] == 1:
                shared += weight[pair]
            if left[pair] == total[pair]:
                shared -= weight[pair]
        above += len(paragraphs[index])
        costs[index + 1] = shared / (above * (whole - above)) if 0 < above < whole else math.inf
    return costs
