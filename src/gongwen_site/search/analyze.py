"""Text to runs, runs to terms: what the index stores and what a query asks for. Twin: `static/js/search/analyze.js`.

A *run* is a maximal stretch of Han characters, or one Latin word or number kept whole (f-16, covid-19, 12:30, 3.14,
c++). A *term* is what the index is keyed by. The specification is section 1 of `docs/search-format.md`. `Analyzer` has
no twin: only the build cuts text to words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
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
_RUN = re.compile(rf"[{HAN}]+|{_LETTER}+(?:{_JOINT}{_LETTER}+)*(?:\+{{1,2}}|#)?")
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
    """What the index stores of some texts: `terms`, and the `words` of Han runs, whose counts guide how a query is cut.

    Both hold repetitions, in no meaningful order. `folded`: whether folding changed a character.
    """

    terms: tuple[str, ...]
    words: tuple[str, ...]
    folded: bool


class Analyzer:
    """Cuts texts to terms. `names` are those of the vocabularies: looked up whole wherever they stand."""

    def __init__(self, folding: Folding, names: Iterable[str] = (), *, segmenter: Segmenter | None = None) -> None:
        self._folding = folding
        self._segmenter = segmenter or Segmenter()
        self._names: dict[str, list[str]] = {}
        for name in sorted({folding.fold(normalise(name)) for name in names}):
            if len(name) > 2 and _HAN_RUN.fullmatch(name):
                self._names.setdefault(name[:3], []).append(name)

    def analyze(self, texts: Iterable[str]) -> Analysis:
        """Return the terms and words of some texts.

        Of a Han run: every bigram; every jieba word of three characters or more, and every name at each place where
        jieba gives no such word; every word of one character; the last character. A two-character word is a bigram. With
        the last character, every character of a run begins some term, so that one character can be looked up. Of a
        Latin run: itself and its parts.
        """
        normalised = normalise("\n".join(texts))
        text = self._folding.fold(normalised)
        terms: list[str] = []
        han: list[str] = []
        for run in runs(text):
            if run[0] > "\u3006" and _HAN_RUN.match(run):
                han.append(run)
                terms += map(add, run, run[1:])
            else:
                terms.append(run)
                if not run.isalnum():  # most runs are one word
                    terms += parts(run)
        lines = "\n".join((*han, ""))  # each run ends in a line break
        words = self._segmenter.cut_lines(lines) if lines else []
        inside = self._segmenter.cut_lines_for_search(lines) if lines else []
        long = [word for word in inside if len(word) > 2]
        extra = list(self._unsaid_names(lines, long))
        terms += long
        terms += extra
        terms += [word for word in words if len(word) == 1 and word != "\n"]
        ends = [before for before, word in pairwise(words) if word == "\n"]
        terms += [word[-1] for word in ends if len(word) > 1]
        counted = [word for word in words if word != "\n"] + extra
        return Analysis(tuple(terms), tuple(counted), text != normalised)

    def _unsaid_names(self, lines: str, said: list[str]) -> Iterator[str]:
        """Yield names for as many places as they stand at and are not said there."""
        if not self._names:
            return
        heads = map(add, map(add, lines, lines[1:]), lines[2:])
        places = [place for place, head in enumerate(heads) if head in self._names]
        found = [
            name for place in places for name in self._names[lines[place : place + 3]] if lines.startswith(name, place)
        ]
        if not found:
            return
        for name in dict.fromkeys(found):
            for _ in range(found.count(name) - said.count(name)):
                yield name
