"""Where one text ends and another begins, told by their words alone: for two articles run together without an edge."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_COMPARED = 2_000  # characters of a paragraph that are compared
_LEAST = 1  # paragraphs on either side


def pairs_of(text: str) -> frozenset[str]:
    """Return the character pairs of a text, marks and blanks left out."""
    letters = "".join(character for character in text if character.isalnum())
    return frozenset(a + b for a, b in pairwise(letters))


def best_cut(paragraphs: Sequence[str], *, least: int = 0) -> int | None:
    """Return the index of the paragraph that begins the second text: where fewest rare words stand on both sides.

    The weight of the words shared is divided by the product of the two lengths: what chance alone would share.

    None where either side would have fewer than two paragraphs or `least` characters. Time grows with the length.
    """
    if len(paragraphs) < 2 * _LEAST:
        return None
    sets = [pairs_of(paragraph[:_COMPARED]) for paragraph in paragraphs]
    total = Counter(pair for pairs in sets for pair in pairs)
    weight = {pair: math.log(1 + len(sets) / count) for pair, count in total.items() if count > 1}
    left: Counter[str] = Counter()
    shared = 0.0
    above, whole = 0, sum(len(paragraph) for paragraph in paragraphs)
    best: tuple[float, int] | None = None
    for index, pairs in enumerate(sets[:-1]):
        for pair in pairs & weight.keys():
            left[pair] += 1
            if left[pair] == 1:
                shared += weight[pair]
            if left[pair] == total[pair]:
                shared -= weight[pair]
        above += len(paragraphs[index])
        size = min(index + 1, len(sets) - index - 1)
        if size >= _LEAST and min(above, whole - above) >= least:
            score = shared / (above * (whole - above))
            if best is None or score < best[0]:
                best = (score, index + 1)
    return best[1] if best else None
