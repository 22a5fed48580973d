"""Word segmentation: one jieba dictionary behind one class, so that no module-level state leaks.

rjieba, where installed, gives the same words ten times sooner; that is only used on runs of Han characters, where a
test holds it equal to jieba. Both are asked for Han runs only: everything else is cut by our own rule.
"""

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, groupby

from gongwen_site.chinese.typography import HAN

_UNLIKE = re.compile(r"([^\n])\1\1|[^\n\u4e00-\u9fd5〇]")
"""Where the two engines part: a character three times running (报工工|工工 and 报工|工工工), and what jieba itself takes for no
Han character and never joins to a word (𠮷|𠮷 and 𠮷𠮷)."""
_HAN_RUN = re.compile(rf"[{HAN}]+")
_LONGEST = 400
"""Han characters that are cut at once: jieba's time for guessed words grows with the square of a run, and no prose has one so long."""


def han_runs(text: str) -> Iterator[re.Match[str]]:
    """Yield the maximal runs of Han characters in `text`."""
    return _HAN_RUN.finditer(text)


class Segmenter:
    """Cuts runs of Han characters to words.

    `fast=False` insists on jieba itself, as the equality test and a machine without rjieba do.
    """

    def __init__(self, *, fast: bool = True) -> None:
        self._cut, self._cut_known, self._knows = _engine(fast=fast)

    def cut(self, runs: str) -> list[str]:
        """Return the words of Han runs, one run a line, in order; each line break is a word. Joined they are the runs."""
        return self._cut(runs)

    def cut_known(self, run: str) -> list[str]:
        """Return the words of one Han run by the dictionary alone: no word is guessed from characters."""
        return self._cut_known(run)

    def knows(self, word: str) -> bool:
        """Return whether the dictionary holds a word."""
        return self._knows(word)


_Cut = Callable[[str], list[str]]


@cache
def _engine(*, fast: bool) -> tuple[_Cut, _Cut, Callable[[str], bool]]:
    if fast:
        try:
            import rjieba  # noqa: PLC0415
        except ImportError:
            pass
        else:
            return _by_either(rjieba.cut), _remembering(lambda run: rjieba.cut(run, hmm=False)), rjieba.has_word
    import jieba  # noqa: PLC0415 - costs half a second; a verb that needs no words must not pay it

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    return (
        _by_line(_remembering(tokenizer.lcut)),
        _remembering(lambda run: tokenizer.lcut(run, HMM=False)),
        lambda word: bool(tokenizer.FREQ.get(word)),
    )


def _by_either(cut: _Cut) -> _Cut:
    """Return what cuts by `cut`, but by jieba itself where the two are not alike."""
    slow = _by_line(lambda piece: _engine(fast=False)[0](piece) if _UNLIKE.search(piece) else cut(piece))

    def cut_either(runs: str) -> list[str]:
        words: list[str] = []
        for is_plain, group in groupby(runs.split("\n"), key=_is_plain):
            words += (cut if is_plain else slow)("\n".join(group))
            words.append("\n")
        return words[:-1]

    return cut_either


def _is_plain(run: str) -> bool:
    return len(run) <= _LONGEST and not _UNLIKE.search(run)


def _by_line(cut: _Cut) -> _Cut:
    """Return what cuts line by line, each a run, a long one in pieces; to either engine a line break is a word of its own."""

    def cut_lines(runs: str) -> list[str]:
        words: list[str] = []
        for run in runs.split("\n"):
            for piece in _pieces(run):
                words += cut(piece)
            words.append("\n")
        return words[:-1]

    return cut_lines


def _pieces(run: str) -> Iterator[str]:
    return (run[start : start + _LONGEST] for start in range(0, len(run), _LONGEST))


def _remembering(cut: _Cut) -> _Cut:
    # Nearly half of all Han runs in news text are repeats, and jieba is slow enough for one to be worth remembering.
    remembered = lru_cache(maxsize=100_000)(lambda run: tuple(cut(run)))
    return lambda run: list(remembered(run))


def join_spans(words: Sequence[str], spans: Iterable[tuple[int, int]], *, remains: str) -> list[str]:
    """Return the words of a text, each of `spans` (start, end; ascending, apart) as one word.

    `remains` stands for what a span leaves of a word that it cuts into. This does the work of a user dictionary, and the
    same for any engine's words.
    """
    text = "".join(words)
    borders = (0, *accumulate(map(len, words)))
    joined: list[str] = []
    done = 0
    for start, end in (*spans, (len(text), len(text))):
        first = bisect_left(borders, done)
        last = bisect_right(borders, start) - 1
        if first > last:  # what is between two spans lies within one word
            joined += [remains] if start > done else []
        else:
            joined += [remains] if done < borders[first] else []
            joined += words[first:last]
            joined += [remains] if borders[last] < start else []
        if end > start:
            joined.append(text[start:end])
        done = end
    return joined
