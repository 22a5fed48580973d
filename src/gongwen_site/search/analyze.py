"""Text to runs, runs to terms: what the index stores and what a query asks for. Twin: `static/js/search/analyze.js`.

A *run* is a maximal stretch of Han characters, or one Latin word or number kept whole (f-16, covid-19, 12:30, 3.14,
c++). A *term* is what the index is keyed by. The specification is section 1 of `docs/search-format.md`. `Analyzer` has
no twin: only the build cuts text to words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import add

from gongwen_site.chinese.typography import HAN
from gongwen_site.chinese.words import Segmenter
from gongwen_site.search.folding import Folding

SPACE = " \t\n\r\f\v\u2028\u2029"
"""White space that is left after `normalise`, as the body of a character class; `\\s` differs between the languages."""

# Characters without a width: soft hyphens, zero-width spaces and joiners, direction marks, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_HAN_RUN = re.compile(rf"[{HAN}]+")
_LETTER = rf"(?:(?![{HAN}])\w)"
_JOINT = r"(?:[-.'’&/@+]|(?<=[0-9])[:,](?=[0-9]))"
_LATIN = rf"{_LETTER}+(?:{_JOINT}{_LETTER}+)*(?:\+{{1,2}}|#)?"
_LATIN_RUN = re.compile(_LATIN)
_RUN = re.compile(rf"[{HAN}]+|{_LATIN}")
_PART = re.compile(rf"{_LETTER}+")


def normalise(text: str) -> str:
    """Return `text` without invisible characters, in NFKC and lower case: full width, ligatures and case are one."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()


def runs(text: str) -> list[str]:
    """Return the runs of a normalised text, in order."""
    return _RUN.findall(text)


def is_han(run: str) -> bool:
    """Return whether a run is of Han characters."""
    return bool(_HAN_RUN.match(run))


def plain(text: str, folding: Folding | None = None) -> str:
    """Return the runs of `text` with one space between: the form in which a phrase is looked for, whatever parts it."""
    normalised = normalise(text)
    return " ".join(runs(folding.fold(normalised) if folding else normalised))


def bigrams(run: str) -> list[str]:
    """Return the pairs of neighbouring characters of a Han run; none of a single character."""
    return list(map(add, run, run[1:]))


def parts(run: str) -> list[str]:
    """Return the words of two letters or more inside a Latin run that holds several: iso and iec of iso/iec."""
    found = _PART.findall(run)
    return [part for part in found if len(part) > 1 and part != run]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the index stores of some texts: how often each term occurs, and each word of Han runs.

    The words' counts guide how a query is cut. `folded`: the characters that folding changed.
    """

    terms: Counter[str]
    words: Counter[str]
    folded: frozenset[str]


class Analyzer:
    """Cuts texts to terms. `names` are those of the vocabularies: looked up whole wherever they stand."""

    def __init__(self, folding: Folding, names: Iterable[str] = (), *, segmenter: Segmenter | None = None) -> None:
        self._folding = folding
        self._segmenter = segmenter or Segmenter()
        self._names: dict[str, list[str]] = {}
        for name in sorted({folding.fold(normalise(name)) for name in names}):
            if len(name) > 2 and _HAN_RUN.fullmatch(name):
                self._names.setdefault(name[:2], []).append(name)

    def analyze(self, texts: Iterable[str]) -> Analysis:
        """Return the terms and words of some texts.

        Of a Han run: every bigram; every jieba word of three characters or more, and every name at each place where
        jieba gives no such word; every word of one character; the last character. A two-character word is a bigram. With
        the last character, every character of a run begins some term, so that one character can be looked up. Of a
        Latin run: itself and its parts.
        """
        normalised = normalise("\n".join(texts))
        text = self._folding.fold(normalised)
        # Each Han run on a line: all runs are cut in one call, and no pair or name reaches across a line break.
        lines = "".join([f"{run}\n" for run in _HAN_RUN.findall(text)])
        words = self._segmenter.cut(lines)
        long = [word for word in words if len(word) > 2]
        if any(len(word) > 3 for word in long):  # only such a word holds others of three characters
            long = [word for word in self._segmenter.cut_for_search(lines) if len(word) > 2]
        terms = Counter([pair for pair in map(add, lines, lines[1:]) if "\n" not in pair])
        named = self._unsaid_names(lines, terms, long)
        terms.update(long)
        terms.update([word for word in words if len(word) == 1 and word != "\n"])
        terms.update([word[-1] for word, following in pairwise(words) if following == "\n" and len(word) > 1])
        latin = _LATIN_RUN.findall(text)
        for run in (*latin, *named):
            terms[run] += 1
        terms.update([part for run in latin if not run.isalnum() for part in parts(run)])  # most runs are one word
        counted = Counter(words)
        del counted["\n"]
        counted.update(named)
        folded = [] if text == normalised else [was for was, now in zip(normalised, text, strict=True) if was != now]
        return Analysis(terms, counted, frozenset(folded))

    def _unsaid_names(self, lines: str, pairs: Counter[str], said: list[str]) -> list[str]:
        """Return the names that stand in a text, each as often as it stands there and is not said."""
        near = [name for head in self._names.keys() & pairs.keys() for name in self._names[head] if name in lines]
        return [name for name in near for _ in range(lines.count(name) - said.count(name))]
