"""Text to lines: what is printed, its number, the blank lines before it, and a bounded copy for analysis."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gongwen_site.chinese.typography import fold

ANALYSED = 2_000
"""Rules see at most this many characters of a line's start and as many of its end: no line can make a rule slow."""

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A non-blank line. `text` is printed and stripped; `folded` has half-width punctuation, its middle cut if long.

    `gap` counts the blank lines before it, 0 for the first line. `number` is 1-based.
    """

    number: int
    text: str
    folded: str
    gap: int

    @property
    def length(self) -> int:
        return len(self.text)


def lay_out(text: str) -> tuple[Line, ...]:
    """Return the non-blank lines of a dump. A line of invisible characters alone has an empty text."""
    lines: list[Line] = []
    blank = 0
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            blank += 1
            continue
        printed = raw.strip().strip(_INVISIBLE).strip()
        lines.append(Line(number=number, text=printed, folded=_folded(printed), gap=blank if lines else 0))
        blank = 0
    return tuple(lines)


def _folded(text: str) -> str:
    if len(text) > 2 * ANALYSED:
        text = text[:ANALYSED] + text[-ANALYSED:]
    return fold(text)


def usual_gap(lines: Iterable[Line]) -> int:
    """Return the number of blank lines that mostly stands between lines; the smaller one where two are as frequent."""
    counts = Counter(line.gap for line in list(lines)[1:])
    return min(counts, key=lambda gap: (-counts[gap], gap)) if counts else 0
