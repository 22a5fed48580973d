"""Text to runs, runs to terms: what the index stores and what a query asks for. Twin: `static/js/search/analyze.js`.

A *run* is a maximal stretch of Han characters, or one Latin word or number kept whole (f-16, covid-19, 12:30, 3.14,
c++). A *term* is what the index is keyed by. The specification is section 1 of `docs/search-format.md`.
"""

import re
import unicodedata
from collections.abc import Iterable

from gongwen_site.chinese.typography import HAN
from gongwen_site.chinese.words import Segmenter

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


def plain(text: str) -> str:
    """Return the runs of `text` with one space between: the form in which a phrase is looked for, whatever parts it."""
    return " ".join(runs(normalise(text)))


def bigrams(run: str) -> list[str]:
    """Return the pairs of neighbouring characters of a Han run; none of a single character."""
    return [run[i : i + 2] for i in range(len(run) - 1)]


def parts(run: str) -> list[str]:
    """Return the words of two letters or more inside a Latin run that holds several: iso and iec of iso/iec."""
    found = _PART.findall(run)
    return [part for part in found if len(part) > 1 and part != run]


def terms(text: str, segmenter: Segmenter) -> list[str]:
    """Return the terms that the index stores for a text, repetitions included.

    Of a Han run: every bigram, every jieba word of three characters or more, every word of one character, and the last
    character. A two-character word is a bigram. With the last character, every character of a run begins some term, so
    that one character can be looked up. Of a Latin run: itself and its parts.
    """
    found: list[str] = []
    for run in runs(normalise(text)):
        if is_han(run):
            cut = segmenter.cut(run)
            found += bigrams(run)
            found += (word for word in segmenter.cut_for_search(run) if len(word) > 2)
            found += (word for word in cut if len(word) == 1)
            if len(cut[-1]) > 1:
                found.append(run[-1])
        else:
            found.append(run)
            found += parts(run)
    return found


def words(texts: Iterable[str], segmenter: Segmenter) -> list[str]:
    """Return the words that jieba cuts texts to, Han runs only: their counts guide how a query is cut."""
    return [word for text in texts for run in runs(normalise(text)) if is_han(run) for word in segmenter.cut(run)]
