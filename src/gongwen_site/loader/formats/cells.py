"""CSV text to rows of cells (RFC 4180), forgiving: a quotation mark that nobody closed costs no other row.

A quoted cell ends at a mark that a delimiter or the line's end follows. Where there is none before another cell's mark,
the quotation is taken for a slip and the cell ends with its line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongwen_site.loader.formats.facts import column_of

DELIMITERS = (",", "\t", ";", "，", "；", "|")
_LOOK_AHEAD = 8
"""Characters within which a cell's quotation mark opens; blanks may stand before it."""
HEADER_REACH = 100_000
"""Characters of a text within which its header is looked for."""


def delimiter_of(text: str) -> str:
    """Return what parts the cells: the mark by which the first row names most columns."""
    header = next((line for line in text[:HEADER_REACH].split("\n") if line.strip()), "")
    known = {mark: sum(column_of(cell) is not None for cell in header.split(mark)) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: (known[mark], header.count(mark), -DELIMITERS.index(mark)))


class _Window:
    """Text that comes in blocks, of which only what is still to be read is held."""

    def __init__(self, blocks: Iterable[str]) -> None:
        self._blocks = iter(blocks)
        self.text = ""
        self.is_whole = False

    def widen(self, at: int) -> None:
        """Drop what lies before `at` and read on, by more the longer the cell at hand: none is read over and over."""
        parts = [self.text[at:]]
        wanted = max(1, len(parts[0]))
        while wanted > 0 and not self.is_whole:
            block = next(self._blocks, None)
            if block is None:
                self.is_whole = True
            else:
                parts.append(block)
                wanted -= len(block)
        self.text = "".join(parts)


def read_cells(blocks: Iterable[str], delimiter: str = ",") -> Iterator[tuple[list[str], bool]]:
    """Yield each row's cells, and whether its quotation marks are in order. A blank line is a row without cells.

    `blocks` are the text in pieces, cut anywhere.
    """
    window, forms = _Window(blocks), _Forms(delimiter)
    row: list[str] = []
    at, right = 0, True
    while True:
        found = forms.cell(window.text, at, is_whole=window.is_whole)
        if found is None:
            if window.is_whole:
                break
            window.widen(at)
            at = 0
            continue
        row.append(found.text)
        at, right = found.end + 1, right and found.is_right
        if found.ends_row:
            yield ([] if row == [""] else row), right
            row, right = [], True
    if row:  # the text ends with a delimiter, behind which there is an empty cell
        yield [*row, ""], right


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's words, where its delimiter stands, whether it is the row's last, whether its marks are in order."""

    text: str
    end: int
    ends_row: bool
    is_right: bool


class _Forms:
    """The forms of a cell, for one delimiter."""

    def __init__(self, delimiter: str) -> None:
        mark = re.escape(delimiter)
        self._delimiter = delimiter
        self._opened = re.compile(r'[ \t]*"(?>[^"]++|"")*+"[ \t]*')
        self._proper = re.compile(rf'[ \t]*"(?P<cell>(?>[^"]++|"")*+)"[ \t]*(?=(?P<end>{mark}|\n|\Z))')
        self._slipped = re.compile(rf'[ \t]*"(?P<cell>[^\n]*?)"[ \t]*(?=(?P<end>{mark}|\n|\Z))')
        self._plain = re.compile(rf"(?P<cell>[^\n{mark}]*+)(?=(?P<end>{mark}|\n|\Z))")

    def cell(self, text: str, at: int, *, is_whole: bool) -> _Cell | None:
        """Return the cell at a place. None where there is no more, or where the rest of the text may decide otherwise."""
        if at >= len(text) or (not is_whole and len(text) - at < _LOOK_AHEAD):
            return None
        quoted = text.startswith('"', at) or text[at : at + _LOOK_AHEAD].lstrip(" ").startswith('"')
        match = self._proper.match(text, at) if quoted else None
        if match is not None and (is_whole or match.end() < len(text)):
            return self._found(match, match["cell"].replace('""', '"'), is_right=True)
        if quoted and not is_whole:
            opened = self._opened.match(text, at)
            if opened is None or opened.end() == len(text) or text.find("\n", at) < 0:
                return None
        match = self._slipped.match(text, at) if quoted else None
        if match is not None:
            return self._found(match, match["cell"].replace('""', '"'), is_right=False)
        match = self._plain.match(text, at)
        if match is None or (not is_whole and match.end() == len(text)):
            return None
        cell = match["cell"].lstrip().removeprefix('"') if quoted else match["cell"]
        return self._found(match, cell, is_right=not quoted)

    def _found(self, match: re.Match[str], cell: str, *, is_right: bool) -> _Cell:
        return _Cell(cell, match.end(), match["end"] != self._delimiter, is_right)
