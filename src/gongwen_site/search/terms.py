"""Many texts to counted terms at once, by numpy: what the index stores. The specification is section 1 of `docs/search-format.md`.

A text is an array of code points here, a pair of neighbouring characters a number, and counting is sorting: a run of
documents costs a few dozen calls, whatever it holds. Only words of three characters or more, and Latin runs, are ever
strings of their own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gongwen_site.chinese.typography import HAN
from gongwen_site.chinese.words import Segmenter
from gongwen_site.search.analyze import INVISIBLE, LATIN_RUN, normalise, parts
from gongwen_site.search.folding import Folding

Codes = NDArray[np.uint32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_END = "\0"
"""Stands behind each text. It is the least of all characters, and parts runs like any other that is no letter."""
_BREAK = ord("\n")
_UNICODE = 0x110000
_SURROGATES, _PRIVATE = 0xD800, 0xE000
_HAN_RUNS = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Counts:
    """How often each term stands in each of some texts, in rows: by term, then by text.

    The terms are grouped by their first characters, which ascend in UTF-16 order. Those of `terms[n]` are the rows from
    `starts[n]` up to `starts[n + 1]`: `places` says in which text, `counts` how often; `words[n]`, how often the term was
    cut as a word. `folded`: the characters that folding changed, in how many texts.
    """

    terms: list[str]
    starts: Numbers
    words: Numbers
    places: Numbers
    counts: Numbers
    folded: dict[str, int]

    def by_text(self, texts: int) -> list[Counter[str]]:
        """Return the terms of each text."""
        found: list[Counter[str]] = [Counter() for _ in range(texts)]
        for place, term, count in zip(self.places.tolist(), self._spelt(), self.counts.tolist(), strict=True):
            found[place][term] = count
        return found

    def _spelt(self) -> Iterator[str]:
        for term, rows in zip(self.terms, np.diff(self.starts).tolist(), strict=True):
            yield from [term] * rows


class Analyzer:
    """Cuts texts to terms. `names` are those of the vocabularies: looked up whole wherever they stand."""

    def __init__(self, folding: Folding, names: Iterable[str] = (), *, segmenter: Segmenter | None = None) -> None:
        self._fold = _all_codes()
        self._fold[_codes(folding.traditional)] = _codes(folding.simplified)
        self._segmenter = segmenter or Segmenter()
        self._inside: dict[str, tuple[str, ...]] = {}
        folded = {folding.fold(normalise(name)) for name in names}
        self._names = _Names(sorted(name for name in folded if len(name) > 2 and _HAN_RUNS.fullmatch(name)))

    def count(self, texts: Sequence[str]) -> Counts:
        """Return the terms of some texts.

        Of a Han run: every bigram; every jieba word of three characters or more, with the dictionary's words of three
        characters inside it; every name as often as it stands there and is not among those; every word of one character;
        the last character. A two-character word is a bigram. With the last character, every character of a run begins
        some term, so that one character can be looked up. Of a Latin run: itself and its parts.
        """
        normal = _codes(_normalised(texts))
        codes = self._fold[normal]
        places = np.cumsum(codes == 0) - (codes == 0)
        folded = _spread(normal, places, np.flatnonzero(codes != normal))
        is_han = _are_han(codes)
        after_han = np.concatenate(([False], is_han[:-1] & ~is_han[1:]))
        terms = _Terms(codes)
        # Each Han run on a line: all runs are cut in one call, and no pair or name reaches across a line break.
        lines = is_han | after_han
        self._take_han(terms, np.where(is_han, codes, _BREAK)[lines], places[lines])
        between = ~is_han | np.concatenate(([False], ~is_han[:-1] & is_han[1:]))
        _take_latin(terms, _text(np.where(is_han, _BREAK, codes)[between]), places[between])
        return terms.counted(len(texts), folded)

    def _take_han(self, terms: "_Terms", lines: Codes, places: Numbers) -> None:
        text = _text(lines)
        words = self._segmenter.cut(text)
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        starts = np.cumsum(lengths) - lengths
        is_break = lines == _BREAK
        begins_pair = np.zeros(len(lines), bool)
        begins_pair[starts[lengths == 2]] = True
        is_single = np.zeros(len(lines), bool)
        is_single[starts[lengths == 1]] = True
        is_single &= ~is_break

        pairs = np.flatnonzero(~is_break[:-1] & ~is_break[1:])
        terms.add_characters(places[pairs], lines[pairs], lines[pairs + 1], begins_pair[pairs])
        singles = np.flatnonzero(is_single)
        terms.add_characters(places[singles], lines[singles], None, np.ones(len(singles), bool))
        last = np.flatnonzero(~is_break[:-1] & is_break[1:] & ~is_single[:-1])
        terms.add_characters(places[last], lines[last], None, np.zeros(len(last), bool))

        where = np.flatnonzero(lengths > 2)
        long = [words[place] for place in where.tolist()]
        said = list(zip(places[starts[where]].tolist(), long, strict=True))
        inside = [(place, part) for place, word in said if len(word) > 3 for part in self._inside_of(word)]
        named = self._names.unsaid(text, lines, places, said + inside)
        terms.add_strings(said, is_word=True)
        terms.add_strings(inside, is_word=False)
        terms.add_strings(named, is_word=True)

    def _inside_of(self, word: str) -> tuple[str, ...]:
        """Return the words of three characters inside a longer one, as jieba's `cut_for_search` gives them."""
        found = self._inside.get(word)
        if found is None:
            spans = (word[start : start + 3] for start in range(len(word) - 2))
            found = self._inside[word] = tuple(span for span in spans if self._segmenter.knows(span))
        return found


class _Names:
    """Names of three Han characters or more, found by their first two."""

    def __init__(self, names: Sequence[str]) -> None:
        first, second = (_codes("".join([name[place] for name in names])) for place in (0, 1))
        self._by_head: dict[int, list[str]] = {}
        for name, head in zip(names, _pairs(first, second).tolist(), strict=True):
            self._by_head.setdefault(head, []).append(name)
        self._all = frozenset(names)
        self._heads = np.array(sorted(self._by_head), np.int64)
        self._first, self._second = np.zeros(_UNICODE, bool), np.zeros(_UNICODE, bool)
        self._first[first] = self._second[second] = True

    def unsaid(
        self, text: str, lines: Codes, places: Numbers, said: Iterable[tuple[int, str]]
    ) -> list[tuple[int, str]]:
        """Return the names that stand in some texts, each as often as it stands there and is not said."""
        left = Counter(self._standing(text, lines, places))
        left.subtract(pair for pair in said if pair[1] in self._all)
        return [pair for pair, count in left.items() for _ in range(count)]

    def _standing(self, text: str, lines: Codes, places: Numbers) -> Iterator[tuple[int, str]]:
        near = np.flatnonzero(self._first[lines[:-1]] & self._second[lines[1:]])
        heads = _pairs(lines[near], lines[near + 1])
        found = np.isin(heads, self._heads)
        near, heads = near[found], heads[found]
        ends: dict[str, int] = {}
        for start, head, place in zip(near.tolist(), heads.tolist(), places[near].tolist(), strict=True):
            for name in self._by_head[head]:
                if text.startswith(name, start) and ends.get(name, 0) <= start:
                    ends[name] = start + len(name)
                    yield place, name


class _Terms:
    """Occurrences of terms, each a number that ascends by the term's first character and then by what follows.

    A character has the number of its place in the alphabet of the texts, in UTF-16 order, from 1. A term's number is that
    of its first character, then that of its second, 0 for none; for another term, its place among those, behind them all.
    """

    def __init__(self, codes: Codes) -> None:
        alphabet = _alphabet(codes)
        self._alphabet = alphabet[np.argsort(utf16_rank(alphabet), kind="stable")]
        self._place = np.zeros(_UNICODE, np.int64)
        self._place[self._alphabet] = np.arange(len(alphabet))
        self._strings: dict[str, int] = {}
        self._taken: list[tuple[Numbers, Numbers, Numbers, Flags]] = []

    def add_characters(self, places: Numbers, first: Codes, second: Codes | None, is_word: Flags) -> None:
        """Take in terms of one character or two, each in the text at its place."""
        following = np.zeros(len(first), np.int64) if second is None else self._place[second]
        self._taken.append((places, self._place[first], following, is_word))

    def add_strings(self, found: Sequence[tuple[int, str]], *, is_word: bool) -> None:
        """Take in other terms, each with the place of its text."""
        if not found:
            return
        places, terms = zip(*found, strict=True)
        known = self._strings
        numbers = np.array([known.setdefault(term, len(known)) for term in terms], np.int64)
        firsts = self._place[_codes("".join([term[0] for term in terms]))]
        self._taken.append(
            (np.array(places, np.int64), firsts, numbers + len(self._alphabet), np.full(len(found), is_word))
        )

    def counted(self, texts: int, folded: dict[str, int]) -> Counts:
        """Return all that was taken in, counted."""
        places, firsts, others, is_word = (np.concatenate(column) for column in zip(*self._taken, strict=True))
        width = len(self._alphabet) + len(self._strings)
        # One number each, so that one sort brings all occurrences of a term in a text together.
        occurrences = np.sort((((firsts * width + others) * texts + places) << 1) | is_word)
        rows = starts_of(occurrences >> 1)
        keys = occurrences[rows] >> 1
        numbers, places = np.divmod(keys, texts)
        starts = starts_of(numbers)
        words = np.add.reduceat(occurrences & 1, rows[starts]) if len(starts) else starts
        return Counts(
            terms=self._spelt(numbers[starts], width),
            starts=np.append(starts, len(rows)),
            words=words,
            places=places,
            counts=np.diff(np.append(rows, len(occurrences))),
            folded=folded,
        )

    def _spelt(self, numbers: Numbers, width: int) -> list[str]:
        firsts, others = np.divmod(numbers, width)
        letters, strings = [*map(chr, self._alphabet.tolist())], [*self._strings]
        letters[0] = ""  # no second character
        size = len(letters)
        return [
            letters[first] + letters[other] if other < size else strings[other - size]
            for first, other in zip(firsts.tolist(), others.tolist(), strict=True)
        ]


def _take_latin(terms: _Terms, text: str, places: Numbers) -> None:
    runs = [(match.start(), match[0]) for match in LATIN_RUN.finditer(text)]
    where = places[[start for start, _ in runs]].tolist() if runs else []
    found = [(place, run) for place, (_, run) in zip(where, runs, strict=True)]
    terms.add_strings(found, is_word=False)
    joined = ((place, run) for place, run in found if not run.isalnum())  # most runs are one word
    terms.add_strings([(place, part) for place, run in joined for part in parts(run)], is_word=False)


def utf16_rank(codes: Codes) -> Numbers:
    """Return numbers in whose order characters stand in UTF-16: those beyond the first plane come before U+E000."""
    wide = codes.astype(np.int64)
    return np.where(wide >= 0x10000, wide - 0x10000 + _SURROGATES, wide + (wide >= _PRIVATE) * _UNICODE)


# Most of what NFKC changes in Chinese text is one full-width character for one; what is left to change is in few lines.
_WIDE = "".join(map(chr, (0x3000, *range(0xFF01, 0xFF5F))))
_NARROW = unicodedata.normalize("NFKC", _WIDE)


def _normalised(texts: Iterable[str]) -> str:
    """Return the texts as `normalise` gives them, each with `_END` behind it."""
    text = INVISIBLE.sub("", "".join([text.replace(_END, " ") + _END for text in texts]))
    narrowed = _text(_narrowing()[_codes(text)])
    return "\n".join([unicodedata.normalize("NFKC", line) for line in narrowed.split("\n")]).lower()


@cache
def _narrowing() -> Codes:
    table = _all_codes()
    table[_codes(_WIDE)] = _codes(_NARROW)
    return table


def _are_han(codes: Codes) -> Flags:
    """Return of each character whether it is Han."""
    alphabet = _alphabet(codes)
    table = np.zeros(_UNICODE, bool)
    for run in _HAN_RUNS.finditer(_text(alphabet)):
        table[alphabet[run.start() : run.end()]] = True
    return table[codes]


def _alphabet(codes: Codes) -> Codes:
    """Return the characters that stand somewhere, ascending."""
    there = np.zeros(_UNICODE, bool)
    there[codes] = True
    return np.flatnonzero(there).astype(np.uint32)


def _all_codes() -> Codes:
    return np.arange(_UNICODE, dtype=np.uint32)


def _spread(codes: Codes, places: Numbers, at: Numbers) -> dict[str, int]:
    """Return of the characters that stand at some places in how many texts they do."""
    pairs = np.unique(places[at] << 21 | codes[at])
    found, counts = np.unique(pairs & (1 << 21) - 1, return_counts=True)
    return dict(zip(map(chr, found.tolist()), counts.tolist(), strict=True))


def _pairs(first: Codes, second: Codes) -> Numbers:
    """Return one number for two characters."""
    return first.astype(np.int64) << 21 | second


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False)


def _text(codes: Codes) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def starts_of(ascending: Numbers) -> Numbers:
    """Return where each new value begins."""
    return np.flatnonzero(np.concatenate((np.ones(min(len(ascending), 1), bool), ascending[1:] != ascending[:-1])))
