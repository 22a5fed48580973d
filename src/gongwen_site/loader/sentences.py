"""How printed text begins, ends and breaks: the tests that tell a column break from a paragraph's end."""

import re

from gongwen_site.chinese.typography import HAN
from gongwen_site.chinese.words import Segmenter

_CLOSED = re.compile(r"(?:[。!?…;:)]|\.{3,}|——|”|’|」|』|》|】)$")
_SENTENCE_END = re.compile(r"[。!?…](?:[”’」』)])*$|\.{3,}[”’」』)]*$")
_BEGINS_INSIDE = re.compile(r"^[、,。;:!?)”’》」』]")
_OPENERS = re.compile(
    r"^(?:今年|近年|去年|当年|目前|如今|近日|日前|截至|此外|同时|其中|随后|当天|当时|前两天|前几天|前不久|不久前|最近|据|为了|为[^\s]{4,},|\d{1,4}年|\d+月\d+日)[^\s]{0,60}[,;]"
)
_DANGLING = re.compile(
    r"(?:[、的地得和与及或将把被让使向从对在为以并而且但却由至到是还又再也很更越没那其此每]|时任|提出|表示|指出|认为|介绍|告诉|组织|通过|进行|开展|实现|推动|要求)$"
)
_REST = frozenset("的了着们地得性化者般等里上中下内外时后前间型级式率区市县省局厅员人名个位项条次年月日元")
_TAIL_RUN = re.compile(rf"[{HAN}]{{1,4}}$")
_HEAD_RUN = re.compile(rf"^[{HAN}]{{1,4}}")


def is_open(text: str) -> bool:
    """Return whether a paragraph stops without any closing mark: the rest may stand after a column break."""
    return bool(text) and not _CLOSED.search(text)


def ends_sentence(text: str) -> bool:
    """Return whether the text ends with a sentence's end, closing quotes included."""
    return bool(_SENTENCE_END.search(text))


def begins_inside(text: str) -> bool:
    """Return whether the text begins with a mark that no sentence begins with."""
    return bool(_BEGINS_INSIDE.match(text))


def opens_like_sentence(text: str) -> bool:
    """Return whether the text begins as running text does and headings do not: 今年以来, …"""
    return bool(_OPENERS.match(text))


def dangles(text: str) -> bool:
    """Return whether the last word asks for another: 的, 和, 提出."""
    return bool(_DANGLING.search(text))


def unbalanced(text: str) -> bool:
    """Return whether a quotation or bracket is opened and not closed, or closed and not opened."""
    return any(text.count(a) != text.count(b) for a, b in (("“", "”"), ("《", "》"), ("(", ")")))


class WordCrossing:
    """The test for a column break: does a dictionary word run from the end of one line into the next (职|工)?

    And, from the same dictionary, whether a few characters are a word rather than a name.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def is_word(self, text: str) -> bool:
        """Return whether the dictionary knows the text as one word."""
        return self._segmenter.cut_known(text) == [text]

    def goes_on(self, before: str, after: str) -> bool:
        """Return whether `after` is the rest of a sentence whose first line is `before`, by the words at the break.

        A word crosses it, whatever it leaves; or the second line begins with what only follows a word: 的, 了, 着.
        """
        rest = _HEAD_RUN.match(after[:4])
        if rest is not None and self._segmenter.cut_known(rest[0])[0] in _REST:
            return True
        return self._crossing(before, after) is not None

    def __call__(self, before: str, after: str) -> bool:
        """Return whether a word crosses and leaves a lone character on either side of the break."""
        found = self._crossing(before, after)
        if found is None:
            return False
        left, right = (self._segmenter.cut_known(part) for part in found)
        return len(left[-1]) == 1 or len(right[0]) == 1

    def _crossing(self, before: str, after: str) -> tuple[str, str] | None:
        """Return the characters on either side of the break where a word runs over it."""
        tail, head = _TAIL_RUN.search(before[-4:]), _HEAD_RUN.match(after[:4])
        if tail is None or head is None:
            return None
        position = 0
        for word in self._segmenter.cut_known(tail[0] + head[0]):
            if position < len(tail[0]) < position + len(word):
                return tail[0], head[0]
            position += len(word)
        return None
