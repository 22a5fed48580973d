"""The text of dumps, as the ledgers number its lines."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from gongwen_site.builder.holdings import LedgerHead
from gongwen_site.errors import Diagnostic, Location, note

TABLES = (".jsonl", ".csv")
"""Suffixes of dumps whose "lines" are rows."""


@lru_cache(maxsize=1000)
def is_table(dump: str) -> bool:
    """Tell whether a dump's numbers count rows rather than lines of text."""
    return PurePosixPath(dump).suffix.lower() in TABLES


@dataclass(frozen=True, slots=True)
class DumpTexts:
    """Reads the dumps that the ledgers describe, each once."""

    folder: Path
    heads: Mapping[str, LedgerHead]
    _read: dict[str, tuple[str, ...] | Diagnostic] = field(default_factory=dict)

    def lines(self, dump: str) -> tuple[str, ...] | None:
        """Return the lines of a dump from 1 at index 0; None if it has no ledger, is a table or cannot be shown."""
        if dump not in self.heads or is_table(dump):
            return None
        found = self._found(dump)
        return None if isinstance(found, Diagnostic) else found

    def problem(self, dump: str) -> Diagnostic | None:
        """Return why a dump's text cannot be shown."""
        found = self._found(dump) if dump in self.heads and not is_table(dump) else ()
        return found if isinstance(found, Diagnostic) else None

    def count(self, dump: str) -> int:
        """Return how many lines of a dump are shown."""
        return len(self.lines(dump) or ())

    def state(self, dump: str) -> tuple[str, ...]:
        """Return what says which text of a dump is shown, or why none is."""
        if dump not in self.heads or is_table(dump):
            return ()
        problem = self.problem(dump)
        return ("", self.heads[dump].sha256) if problem is None else (problem.code,)

    def _found(self, dump: str) -> tuple[str, ...] | Diagnostic:
        if dump not in self._read:
            self._read[dump] = _lines_of(self.folder / dump, self.heads[dump])
        return self._read[dump]


def _lines_of(path: Path, ledger: LedgerHead) -> tuple[str, ...] | Diagnostic:
    place = Location(file=ledger.dump)
    try:
        data = path.read_bytes()
    except OSError:
        return note("dump-not-shown-missing", place)
    if hashlib.sha256(data).hexdigest() != ledger.sha256:
        return note("dump-not-shown-changed", place)
    try:
        text = data.decode(ledger.encoding, errors="replace")  # broken bytes are shown as the loader read them
    except LookupError:
        return note("dump-not-shown-encoding", place, encoding=ledger.encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return tuple(text.removesuffix("\n").split("\n"))
