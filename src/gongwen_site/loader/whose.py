"""Whose is a headline that stands below a text without a clear edge: told by the words on either side of it.

A headline shares its words with its own text. One that shares them with the text above has sunk into it; one that
shares them with the text below alone opens that.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice, takewhile

from gongwen_site.loader.cohesion import Fit
from gongwen_site.loader.headlines import without_tag
from gongwen_site.loader.marks import BODY, BYLINES, Mark, Sort
from gongwen_site.loader.stretch import Opened

_AHEAD = 6  # paragraphs below a headline that tell what it speaks of
_FOREIGN = 0.2  # so much more of its words a headline has from the text below it than from the one above it
_STRANGE = 0.06  # shares fewer words than that with a text: is not its headline
_OWN = 0.15  # shares more: is its headline, though it stands below some of it
_SUNK_BELOW = 3  # paragraphs above a headline that would have to hold its words, were it theirs
_SUNK_DEEP = 6  # paragraphs below which a headline seldom sinks
_SEEN = 80  # lines looked through for an edge
_HEADLINE = 7  # characters: shorter lines head sections
_BEHIND = 40  # paragraphs above a line that are compared with those below it
_ALONE = 0.4  # so much more of its words a line by itself must have from below, to be a headline
_COMMON, _COMMON_HEADED = 0.06, 0.04  # two parts of one article share more words than that
_SECTION = 4  # paragraphs above a heading that its article has, introduction and all


class Whose:
    """Answers for the lines of one page. `run` are short lines below the text `now`, `end` is the index behind them."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks

    def parts(self, now: Opened, run: Sequence[Mark], end: int) -> bool:
        """Return whether a line by itself parts two articles: it speaks of the text below alone, which is another's.

        Only a text that has its headline and its names may be whole above it. One whose sections have headings is
        asked for more, since each heading speaks of its own section.
        """
        if len(run) > 1 or not now.head or not now.signed or run[0].line.length < _HEADLINE:
            return False
        behind = _behind(now)
        ahead = [mark.folded for mark in self._ahead(end)]
        words = run[0].folded
        if not behind or not ahead or self._fit.share(words, ahead) - self._fit.share(words, behind) < _ALONE:
            return False
        below_names = (mark for mark in now.head if any(mark.number > name.number for name in now.byline))
        headed = any(mark.sort is Sort.SHORT for mark in (*below_names, *now.body, *self._to_edge(end)))
        if headed and len(behind) < _SECTION:
            return False  # an introduction shares little with any section
        return self._fit.common(behind, ahead) < (_COMMON_HEADED if headed else _COMMON)

    def sank(self, now: Opened, run: Sequence[Mark], end: int) -> bool:
        """Return whether a headline inside a text that lacks one is that text's own rather than the next one's.

        Under a byline that still lacks its headline it is, unless it speaks of what stands below it alone. In a text
        that nobody signs it is only where it speaks of what stands above it.
        """
        behind = _behind(now)
        ahead = [mark.folded for mark in self._ahead(end)]
        words = "|".join(without_tag(mark.folded) for mark in run)
        above, below = self._fit.share(words, behind), self._fit.share(words, ahead)
        if not now.signed:
            return bool(ahead) and above >= _OWN
        if below - above < _FOREIGN:
            return True
        if len(behind) >= _SUNK_DEEP:
            return False
        return above >= _STRANGE or len(behind) < _SUNK_BELOW

    def displaced(self, now: Opened, run: Sequence[Mark], end: int) -> bool:
        """Return whether the headlines at the page's top stand above a text by chance, whose own is sunk into it."""
        behind = _behind(now)
        ahead = [mark.folded for mark in self._ahead(end)]
        if now.index or not behind or not ahead or len(behind) >= _SUNK_DEEP:
            return False
        titles = [without_tag(mark.folded) for mark in now.head if mark.sort is Sort.SHORT]
        words = "|".join(without_tag(mark.folded) for mark in run)
        strange = all(self._fit.share(title, behind + ahead) < _STRANGE for title in titles[-1:])
        return strange and self._fit.share(words, behind) >= _STRANGE

    def _ahead(self, start: int) -> list[Mark]:
        """Return the first paragraphs from there to the next edge."""
        return [mark for mark in self._to_edge(start) if mark.sort is Sort.PARAGRAPH][:_AHEAD]

    def _to_edge(self, start: int) -> list[Mark]:
        """Return the lines from there to the next names, lead-in or colophon, or to the headline above them."""
        found = list(
            takewhile(
                lambda mark: mark.sort not in {*BYLINES, Sort.COLOPHON, Sort.LEAD_IN, Sort.SIGN_OFF},
                islice(self._marks, start, start + _SEEN),
            )
        )
        while found and found[-1].sort is Sort.SHORT:
            found.pop()
        return found

    @cached_property
    def _fit(self) -> Fit:
        return Fit(mark.folded for mark in self._marks if mark.sort in BODY)


def _behind(now: Opened) -> list[str]:
    """Return the last paragraphs of the text at hand."""
    return [mark.folded for mark in now.body if mark.sort in BODY][-_BEHIND:]
