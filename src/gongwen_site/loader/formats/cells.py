"""CSV text to rows of cells (RFC 4180), forgiving: a quotation mark that nobody closed costs no other row.

A quoted cell ends at a mark that a delimiter or the line's end follows. Where there is none before another cell's mark,
the quotation is taken for a slip and the cell ends with its line.
"""

import re
from collections.abc import Iterator

from gongwen_site.loader.formats.facts import column_of

DELIMITERS = (",", "\t", ";", "，", "；", "|")


def delimiter_of(text: str) -> str:
    """Return what parts the cells: the mark by which the first row names most columns."""
    header = next((line for line in text[:100_000].split("\n") if line.strip()), "")
    known = {mark: sum(column_of(cell) is not None for cell in header.split(mark)) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: (known[mark], header.count(mark), -DELIMITERS.index(mark)))


def read_cells(text: str, delimiter: str = ",") -> Iterator[tuple[list[str], bool]]:
    """Yield each row's cells, and whether its quotation marks are in order. A blank line is a row without cells."""
    mark = re.escape(delimiter)
    proper = re.compile(rf'[ \t]*"(?P<cell>(?>[^"]++|"")*+)"[ \t]*(?=(?P<end>{mark}|\n|\Z))')
    slipped = re.compile(rf'[ \t]*"(?P<cell>[^\n]*?)"[ \t]*(?=(?P<end>{mark}|\n|\Z))')
    plain = re.compile(rf"(?P<cell>[^\n{mark}]*+)(?=(?P<end>{mark}|\n|\Z))")
    row: list[str] = []
    at, right = 0, True
    while at < len(text):
        quoted = text.startswith('"', at) or text[at : at + 8].lstrip(" ").startswith('"')
        match = proper.match(text, at) if quoted else None
        if quoted and match is None:
            right = False
            match = slipped.match(text, at)
        if match is None:
            match = plain.match(text, at)
            if match is None:
                break
            cell = match["cell"].lstrip().removeprefix('"') if quoted else match["cell"]
        else:
            cell = match["cell"].replace('""', '"')
        row.append(cell)
        at = match.end() + 1
        if match["end"] != delimiter:
            yield ([] if row == [""] else row), right
            row, right = [], True
        elif at == len(text):
            row.append("")
    if row:
        yield row, right
