"""What changed in the folders since the last load: records that a person deleted or wrote, dumps under another name."""

from collections.abc import Collection
from dataclasses import replace

from gongwen_site.commands.shelf import LedgerHead, Shelf
from gongwen_site.errors import Location, note
from gongwen_site.records.archive import read_ledger_parts
from gongwen_site.records.reading import Seed
from gongwen_site.records.register import Entry, State
from gongwen_site.records.storage import LedgerWriter


def withdraw(shelf: Shelf) -> tuple[str, ...]:
    """Enter in the register which records a person deleted, and which came back; return the ids of the deleted ones."""
    missing = [
        entry
        for entry in shelf.entries.values()
        if entry.state is State.ACTIVE and entry.id not in shelf.slips and entry.id not in shelf.untouchable
    ]
    written = _in_ledgers(shelf) if any(entry.dump for entry in missing) else set()
    deleted = {entry.id for entry in missing if entry.id in written or not entry.dump}
    changes = []
    for entry in shelf.entries.values():
        if entry.id in deleted:
            changes.append(replace(entry, state=State.WITHDRAWN))
        elif entry.state is not State.ACTIVE and entry.id in shelf.slips:
            changes.append(replace(entry, state=State.ACTIVE))
    strangers = [
        Entry(name, shelf.slips[name].dump, 0, State.ACTIVE)
        for name in sorted(shelf.slips.keys() - shelf.entries.keys())
    ]
    shelf.append(*changes, *strangers)
    withdrawn = tuple(entry.id for entry in changes if entry.state is State.WITHDRAWN)
    shelf.diagnostics += [
        note("record-withdrawn", Location(file=shelf.entries[name].dump or str(shelf.folder)), id=name)
        for name in withdrawn
    ]
    return withdrawn


def _in_ledgers(shelf: Shelf) -> set[str]:
    """Return the ids that a ledger names.

    An id in none was never shown with its lines: a table was refused half-way, or the ledger is lost. Nobody deleted it.
    """
    return {
        article.id
        for head in shelf.ledgers.values()
        for part in read_ledger_parts(head.path)
        for article in part.articles
    }


class Moved:
    """Dumps that lie under another path than they did: the same bytes, so the same articles."""

    def __init__(self, shelf: Shelf, present: Collection[str]) -> None:
        self._shelf = shelf
        self._gone: dict[str, list[LedgerHead]] = {}
        for ledger in shelf.ledgers.values():
            if ledger.dump not in present:
                self._gone.setdefault(ledger.sha256, []).append(ledger)

    def may_be(self, seed: Seed) -> bool:
        """Tell whether a dump may be one that is gone."""
        return seed.sha256 in self._gone

    def follow(self, seed: Seed) -> None:
        """Give a dump that is new here the articles of one that is gone and was the same."""
        shelf, gone = self._shelf, self._gone.get(seed.sha256)
        if not gone or seed.path in shelf.ledgers:
            return
        before = gone.pop(0)
        shelf.append(*(replace(entry, dump=seed.path) for entry in shelf.entries_of.pop(before.dump, {}).values()))
        path = shelf.ledger_file(seed.path)
        with LedgerWriter() as ledger:
            for part in read_ledger_parts(before.path):
                ledger.add(replace(part, dump=seed.path))
            ledger.write(shelf.journal, path)
        shelf.journal.remove(before.path)
        del shelf.ledgers[before.dump]
        shelf.ledgers[seed.path] = replace(before, dump=seed.path, path=path)
        shelf.diagnostics.append(note("dump-renamed", Location(file=seed.path), old=before.dump))
