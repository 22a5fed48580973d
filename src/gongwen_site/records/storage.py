"""The files of an archive that are not records: what is appended to, and what comes in parts."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from gongwen_site.records.addresses import Address, render_addresses
from gongwen_site.records.journal import Journal
from gongwen_site.records.ledger import Ledger
from gongwen_site.records.ledger_text import SECTIONS, render_head, section_head
from gongwen_site.records.register import Entry, render_entries

_HELD = 1 << 20
"""Bytes of a ledger's section that are held before they go to a temporary file."""


def append_entries(journal: Journal, path: Path, entries: Iterable[Entry]) -> None:
    """Append lines to the register at `path`, which is made with its header if missing. Raises OSError."""
    _append(journal, path, partial(render_entries, entries))


def append_addresses(journal: Journal, path: Path, entries: Iterable[Address]) -> None:
    """Append lines to the list of published addresses, which is made with its header if missing. Raises OSError."""
    _append(journal, path, partial(render_addresses, entries))


def _append(journal: Journal, path: Path, render: Callable[..., str]) -> None:
    old = path.read_bytes() if path.exists() else b""
    end = b"" if not old or old.endswith(b"\n") else b"\n"  # a person's editor may have left it out
    journal.write(path, old + end + render(header=not old).encode())


class LedgerWriter:
    """Writes a ledger that comes in parts, none of which is held: `add` each, then `write`. Raises OSError."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._sections: dict[str, IO[bytes]] = {}
        for section in SECTIONS:
            spool = tempfile.SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115 - the stack closes it
            self._sections[section] = self._open.enter_context(spool)
        self._head = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def add(self, part: Ledger) -> None:
        """Take in a part of the ledger. What it says of the dump is the same in all parts."""
        self._head = render_head(part)
        for section, render in SECTIONS.items():
            self._sections[section].write(render(part).encode())

    def write(self, journal: Journal, path: Path) -> None:
        """Write the ledger that the parts are, unless the file holds it already."""
        journal.write_parts(path, self._blocks)

    def _blocks(self) -> Iterator[bytes]:
        yield self._head.encode()
        for section, items in self._sections.items():
            yield section_head(section, is_empty=not items.seek(0, os.SEEK_END)).encode()
            items.seek(0)
            while block := items.read(_HELD):
                yield block
