"""The articles folder while it is being loaded: of each record only what later steps need, the rest stays on disk."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import intern

from gongwen_site.builder.addresses import Groups
from gongwen_site.commands.hand_written import give_ids
from gongwen_site.commands.reprints import marked_reprint
from gongwen_site.errors import Diagnostic, Location, RecordError, error
from gongwen_site.records.accession import Record
from gongwen_site.records.archive import (
    iter_ledger_files,
    iter_record_files,
    read_ledger_parts,
    read_register,
    read_text,
)
from gongwen_site.records.article import Article
from gongwen_site.records.frontmatter import parse_record, render_record
from gongwen_site.records.identity import Known, earlier_of, fingerprint
from gongwen_site.records.journal import Journal
from gongwen_site.records.ledger import Ledger, ledger_path
from gongwen_site.records.reading import Seed
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.records.register import Entry
from gongwen_site.records.storage import append_entries

_AT_HAND = 500
"""Records that are held after they were read, since the next step may ask for them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What the shelf keeps of a record: its file, the digest of what that holds, where it was read, what it repeats.

    `dump`, `sha256` and `line` are empty in a record that a person wrote. `words` is the digest of the words by which a
    reprint is known, None where they are too few to say anything; `groups` decide in which lists it stands.
    """

    path: str
    text: bytes
    dump: str
    sha256: str
    line: int
    words: bytes | None
    reprint_of: str | None
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerHead:
    """What the shelf keeps of a ledger."""

    dump: str
    sha256: str
    fix: str | None
    path: Path


class Shelf:
    """The articles folder: what it holds now, and what was said of it."""

    def __init__(
        self, folder: Path, entries: Mapping[str, Entry], diagnostics: list[Diagnostic], journal: Journal
    ) -> None:
        self.folder = folder
        self.journal = journal
        self.entries = dict(entries)
        self.entries_of: dict[str, dict[str, Entry]] = {}
        self.ledgers: dict[str, LedgerHead] = {}
        self.slips: dict[str, Slip] = {}
        self.untouchable: set[str] = set()
        self.diagnostics = diagnostics
        self._at_hand: dict[str, Article] = {}
        self._new: list[Entry] = []
        for entry in self.entries.values():
            self.entries_of.setdefault(entry.dump, {})[entry.id] = entry

    def append(self, *entries: Entry) -> None:
        """Append lines to the register, which `write_register` writes."""
        for entry in entries:
            self.entries[entry.id] = entry
            self.entries_of.setdefault(entry.dump, {})[entry.id] = entry
        self._new += entries

    def write_register(self) -> None:
        """Write what was appended."""
        if self._new:
            append_entries(self.journal, self.folder / REGISTER, self._new)
            self._new.clear()

    def file(self, name: str) -> Path:
        """Return the file of a record."""
        return self.folder / self.slips[name].path

    def record(self, name: str) -> Article:
        """Return a record as its file holds it. Raises `RecordError` if it was broken since the load began."""
        if name not in self._at_hand:
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            path = self.file(name)
            self._at_hand[name] = parse_record(read_text(path, str(path)), str(path))
        return self._at_hand[name]

    def known(self, seed: Seed) -> Known:
        """Return what the archive holds of one dump."""
        entries = dict(self.entries_of.get(seed.path, {}))
        slips = {name: self.slips[name] for name in entries if name in self.slips}
        return Known(
            records=_Records(self, slips),
            earlier=earlier_of(self.ledger(seed.path)),
            entries=entries,
            is_taken=self.entries.__contains__,
            stands=self._stands,
            first_lines={name: slip.line for name, slip in slips.items() if slip.sha256 == seed.sha256},
        )

    def ledger(self, dump: str) -> Iterator[Ledger]:
        """Yield the ledger of a dump in parts, nothing where there is none."""
        if dump in self.ledgers:
            yield from read_ledger_parts(self.ledgers[dump].path)

    def ledger_file(self, dump: str) -> Path:
        """Return where the ledger of a dump belongs."""
        return self.folder / ledger_path(dump)

    def put(self, record: Record, path: Path) -> bool:
        """Write a record unless it says the same already; a file that a person formatted is then left as it is."""
        name = record.article.id
        if name in self.untouchable:
            return False
        slip = self.slips.get(name)
        if slip is not None and (slip.text == _digest(record.text) or self.record(name) == record.article):
            return False
        self.journal.write(path, record.text.encode())
        self._at_hand.pop(name, None)
        self.enter(record, path)
        return True

    def enter(self, record: Record, path: Path) -> None:
        """Take note of a record whose file holds its text."""
        article, read = record.article, record.article.provenance
        self.slips[article.id] = Slip(
            path=str(path.relative_to(self.folder)),
            text=_digest(record.text),
            dump=intern(read.seed) if read else "",
            sha256=intern(read.sha256) if read else "",
            line=read.lines[0][0] if read and read.lines else 0,
            words=record.fingerprint,
            reprint_of=article.reprint_of,
            groups=Groups.of(article),
        )

    def remove(self, name: str) -> None:
        """Delete a record."""
        self.journal.remove(self.file(name))
        del self.slips[name]
        self._at_hand.pop(name, None)

    def _stands(self, article: Article, text: str) -> bool:
        """Tell whether a record's file holds an article just as the rules read it, but for what it is a reprint of."""
        slip = self.slips[article.id]
        if slip.reprint_of is not None:
            text = render_record(marked_reprint(article, slip.reprint_of))
        return slip.text == _digest(text)


class _Records(Mapping[str, Article]):
    """The records of one dump, each read from its file when it is asked for."""

    def __init__(self, shelf: Shelf, names: Mapping[str, Slip]) -> None:
        self._shelf, self._names = shelf, names

    def __getitem__(self, name: str) -> Article:
        if name not in self._names:
            raise KeyError(name)
        return self._shelf.record(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def open_shelf(folder: Path, journal: Journal) -> Shelf:
    """Read what the articles folder holds. A broken record is reported and left alone; nothing takes its place."""
    register = read_register(folder)
    given, diagnostics = give_ids(folder, register, journal)
    shelf = Shelf(folder, register.latest, list(diagnostics), journal)
    shelf.append(*given)
    for path in iter_ledger_files(folder):
        for part in read_ledger_parts(path):
            shelf.ledgers[part.dump] = LedgerHead(dump=part.dump, sha256=part.sha256, fix=part.fix, path=path)
    for path in iter_record_files(folder):
        try:
            text = read_text(path, str(path))
            article = parse_record(text, str(path))
        except RecordError as failure:
            shelf.diagnostics += failure.diagnostics
            shelf.untouchable |= _ids_in(path)
            continue
        if article.id in shelf.slips:
            other = str(shelf.file(article.id))
            shelf.diagnostics.append(error("id-twice", Location(file=str(path)), id=article.id, other=other))
            shelf.untouchable.add(article.id)
            continue
        shelf.enter(Record(article=article, text=text, fingerprint=fingerprint(article)), path)
    return shelf


def _ids_in(path: Path) -> set[str]:
    """Return every id that a broken record may be about."""
    try:
        head = path.read_bytes()[:2000].decode(errors="replace")
    except OSError:
        head = ""  # the name of a record's file ends in its id
    words = f"{path.name}\n{head}"
    return set(re.findall(r"\b[a-z][a-z0-9]{7}\b", words))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
