"""Text to runs, runs to terms: what the index stores and what a query asks for. Twin: `static/js/search/analyze.js`.

A *run* is a maximal stretch of Han characters, or one Latin word or number kept whole (f-16, covid-19, 12:30, 3.14,
c++). A *term* is what the index is keyed by. The specification is section 1 of `docs/search-format.md`. Only the build cuts
text to words: `terms.py`.
"""

import re
import unicodedata
from operator import add

from gongwen_site.chinese.typography import HAN
from gongwen_site.search.folding import Folding

SPACE = " \t\n\r\f\v\u2028\u2029"
"""White space that is left after `normalise`, as the body of a character class; `\\s` differs between the languages."""

# Characters without a width: soft hyphens, zero-width spaces and joiners, direction marks, variation selectors.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_HAN_RUN = re.compile(rf"[{HAN}]+")
_LETTER = rf"(?:(?![{HAN}])\w)"
_JOINT = r"(?:[-.'’&/@+]|(?<=[0-9])[:,](?=[0-9]))"
_LATIN = rf"{_LETTER}+(?:{_JOINT}{_LETTER}+)*(?:\+{{1,2}}|#)?"
LATIN_RUN = re.compile(_LATIN)
_RUN = re.compile(rf"[{HAN}]+|{_LATIN}")
_PART = re.compile(rf"{_LETTER}+")


def normalise(text: str) -> str:
    """Return `text` without invisible characters, in NFKC and lower case: full width, ligatures and case are one."""
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).lower()


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
