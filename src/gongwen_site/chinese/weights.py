"""How much a word says: jieba's own tables of inverse document frequency and parts of speech.

Both are files of the jieba package, made once over a large corpus that is not this archive. So a word weighs the same
in every archive, and one edited article changes the weight of no other's words.
"""

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MEDIAN = 11.9547675029
"""The median of jieba's table, which jieba itself gives a word that the table lacks."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The two tables. `frequencies` are inverse document frequencies as printed there, 0.88 to 13.9."""

    frequencies: dict[str, str]
    kinds: dict[str, str]

    def of(self, word: str) -> float:
        """Return the inverse document frequency of a word; of one that the table lacks the median of the table."""
        printed = self.frequencies.get(word)
        return MEDIAN if printed is None else float(printed)

    def kind(self, word: str) -> str | None:
        """Return the part of speech of a word, by the tags of ICTCLAS: n, vn, nr …; None if jieba does not know it."""
        return self.kinds.get(word)


@cache
def weights() -> Weights:
    """Return jieba's tables, read at the first call: it costs a third of a second, and most verbs need no weights."""
    folder = _jieba()
    words = (folder / "analyse" / "idf.txt").read_text(encoding="utf-8").split()
    frequencies = dict(zip(words[::2], words[1::2], strict=True))
    entries = (folder / "dict.txt").read_text(encoding="utf-8").split()
    kinds = dict(zip(entries[::3], entries[2::3], strict=True))
    return Weights(frequencies, kinds)


def _jieba() -> Path:
    # Found without being imported: where rjieba cuts the words, jieba itself is never needed.
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name="jieba")
    return Path(spec.origin).parent
