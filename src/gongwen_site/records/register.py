"""The register `articles/ids.csv`: every id ever given, append-only, so that two branches can be merged line by line.

Columns: id, dump, first line (0 where there is no dump), state. A change of state is a further line for the same id;
the last one counts. The order of first mention is the document number.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gongwen_site.errors import Location, RecordError, error

FILE_NAME = "ids.csv"
HEADER = ("id", "dump", "line", "state")


class State(StrEnum):
    """What an address stands for."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"  # its record was deleted by a person
    SUPERSEDED = "superseded"  # better rules read its lines as part of another article


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    id: str
    dump: str
    line: int
    state: State


@dataclass(frozen=True, slots=True)
class Register:
    """All lines, in order. `latest` maps an id to its last line, in the order of first mention."""

    entries: tuple[Entry, ...] = ()
    latest: Mapping[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "latest", {entry.id: entry for entry in self.entries})

    def number_of(self) -> dict[str, int]:
        """Return each id's document number, from 0."""
        return {name: number for number, name in enumerate(self.latest)}


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALPHABET = _LETTERS + "0123456789"


def mint(dump: str, line: int, title: str, is_taken: Callable[[str], bool]) -> str:
    """Return a new id from SHA-256 of dump path, first line and normalised headline; a counter resolves collisions."""
    headline = re.sub(r"\s+", "", unicodedata.normalize("NFKC", title))
    counter = 0
    while True:
        digest = hashlib.sha256(f"{dump}\n{line}\n{headline}\n{counter}".encode()).digest()
        number = int.from_bytes(digest[:16])
        number, letter = divmod(number, len(_LETTERS))
        name = _LETTERS[letter]
        for _ in range(7):
            number, index = divmod(number, len(_ALPHABET))
            name += _ALPHABET[index]
        if not is_taken(name):
            return name
        counter += 1


def render_entries(entries: Iterable[Entry], *, header: bool) -> str:
    """Return lines of the register as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(HEADER)
    writer.writerows((entry.id, entry.dump, entry.line, entry.state.value) for entry in entries)
    return out.getvalue()


def parse_register(text: str, file: str) -> Register:
    """Return the register that a file holds. Raises `RecordError`."""
    entries = []
    rows = csv.reader(io.StringIO(text))
    for row in rows:
        if not row or tuple(row) == HEADER:  # a merge may leave the header twice
            continue
        try:
            name, dump, line, state = row
            if not re.fullmatch(r"[a-z][a-z0-9]{7}", name):
                raise ValueError(name)
            entries.append(Entry(name, dump, int(line), State(state)))
        except ValueError as failure:
            raise RecordError(error("register-damaged", Location(file=file, line=rows.line_num))) from failure
    return Register(tuple(entries))
