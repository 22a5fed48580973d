"""`gongwen load`: seeds/ to articles/.

Each dump is read, tagged, matched to what the archive holds of it and written; then the next. The register is written
before the records that it names, so that an id, once given, is never given again.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongwen_site.commands.fixes import find_fix_files, read_with_fixes
from gongwen_site.commands.hand_written import give_ids
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.reprints import mark_reprints
from gongwen_site.errors import Diagnostic, GongwenError, Location, RecordError, error, note
from gongwen_site.loader.seeds import iter_dump_files, iter_seeds
from gongwen_site.records.accession import Accession, Known, accession
from gongwen_site.records.archive import iter_record_files, read_ledgers, read_register, read_text
from gongwen_site.records.article import Article
from gongwen_site.records.frontmatter import parse_record, render_record
from gongwen_site.records.given import with_given
from gongwen_site.records.keeper import Difference
from gongwen_site.records.ledger import Ledger, ledger_path, render_ledger
from gongwen_site.records.reading import Reading, Seed
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.records.register import Entry, State
from gongwen_site.records.storage import append_entries, write_if_changed
from gongwen_site.tagging.tag import tag_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpReport:
    """What became of one dump: its lines, those with words, and the articles by what happened to them."""

    dump: str
    lines: int
    lines_with_words: int
    articles: int
    created: int
    changed: int
    doubts: int
    roles: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What `load` did. `withdrawn` are the ids whose record a person had deleted since the last load."""

    dumps: tuple[DumpReport, ...]
    withdrawn: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Shelf:
    """The articles folder while it is being loaded: what it holds now, and what was said of it."""

    folder: Path
    entries: dict[str, Entry]
    ledgers: dict[str, Ledger]
    diagnostics: list[Diagnostic]
    entries_of: dict[str, dict[str, Entry]] = field(default_factory=dict)
    records: dict[str, Article] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    untouchable: set[str] = field(default_factory=set)

    def append(self, *entries: Entry) -> None:
        """Append lines to the register, in memory and on disk."""
        if not entries:
            return
        for entry in entries:
            self.entries[entry.id] = entry
            self.entries_of.setdefault(entry.dump, {})[entry.id] = entry
        append_entries(self.folder / REGISTER, entries)

    def known(self, dump: str) -> Known:
        """Return what the archive holds of one dump."""
        entries = dict(self.entries_of.get(dump, {}))
        records = {name: self.records[name] for name in entries if name in self.records}
        return Known(
            records=records, ledger=self.ledgers.get(dump), entries=entries, is_taken=self.entries.__contains__
        )

    def put(self, article: Article, path: Path) -> bool:
        """Write a record unless it says the same already; a file that a person formatted is then left as it is."""
        if article.id in self.untouchable or self.records.get(article.id) == article:
            return False
        write_if_changed(path, render_record(article))
        self.records[article.id] = article
        self.files[article.id] = path
        return True


def load(folders: Folders, watch: Callable[[int, int], None] = lambda _done, _total: None) -> LoadReport:
    """Read every dump and write records, ledgers and register. Raises GongwenError where nothing can be done at all.

    `watch` is told after each dump how many are done, and of how many.
    """
    if not folders.seeds.is_dir():
        raise GongwenError(error("seeds-missing", Location(file=str(folders.seeds))))
    vocabulary = folders.vocabulary()
    home = folders.home(vocabulary)
    shelf = _open(folders.articles)
    withdrawn = _withdraw(shelf)
    fixes = find_fix_files(folders.seeds)
    dumps = [path.relative_to(folders.seeds).as_posix() for path in iter_dump_files(folders.seeds)]
    moved = _Moved(shelf, set(dumps))
    reports, seeds = [], []
    for done, found in enumerate(iter_seeds(folders.seeds), 1):
        watch(done, len(dumps))
        if isinstance(found, Diagnostic):
            shelf.diagnostics.append(found)
            continue
        seeds.append(replace(found, text=""))
        moved.follow(found)
        file, said = fixes.of(found)
        reading, problems = read_with_fixes(found, file)
        shelf.diagnostics += (*said, *problems, *reading.diagnostics)
        ledger = shelf.ledgers.get(found.path)
        if problems and ledger is not None and ledger.fix is not None:
            # What a keeper has corrected must not fall back to what the rules say because of a slip of the pen.
            shelf.diagnostics.append(note("fix-dump-left", Location(file=found.path)))
            reports.append(
                _report(reading, ledger, articles=len(shelf.known(found.path).records), created=0, changed=0)
            )
            continue
        if problems:
            shelf.diagnostics.append(note("fix-not-applied", Location(file=found.path)))
        if not reading.drafts:
            shelf.diagnostics.append(note("dump-without-article", Location(file=found.path)))
        tags = with_given(reading, tag_reading(reading, vocabulary, home=home))
        reports.append(_shelve(shelf, accession(reading, tags, shelf.known(found.path)), reading))
    shelf.diagnostics += fixes.without_dump(seeds)
    for article in mark_reprints(shelf.records, {name: number for number, name in enumerate(shelf.entries)}):
        shelf.put(article, shelf.files[article.id])
    return LoadReport(dumps=tuple(reports), withdrawn=withdrawn, diagnostics=tuple(shelf.diagnostics))


def _open(folder: Path) -> _Shelf:
    """Read what the articles folder holds. A broken record is reported and left alone; nothing takes its place."""
    folder.mkdir(parents=True, exist_ok=True)
    register = read_register(folder)
    register, diagnostics = give_ids(folder, register)
    shelf = _Shelf(folder, dict(register.latest), read_ledgers(folder), list(diagnostics))
    for entry in register.latest.values():
        shelf.entries_of.setdefault(entry.dump, {})[entry.id] = entry
    for path in iter_record_files(folder):
        try:
            article = parse_record(read_text(path, str(path)), str(path))
        except RecordError as failure:
            shelf.diagnostics += failure.diagnostics
            shelf.untouchable |= _ids_in(path)
            continue
        if article.id in shelf.files:
            other = str(shelf.files[article.id])
            shelf.diagnostics.append(error("id-twice", Location(file=str(path)), id=article.id, other=other))
            shelf.untouchable.add(article.id)
            continue
        shelf.records[article.id] = article
        shelf.files[article.id] = path
    return shelf


def _ids_in(path: Path) -> set[str]:
    """Return every id that a broken record may be about."""
    try:
        head = path.read_bytes()[:2000].decode(errors="replace")
    except OSError:
        head = ""  # the name of a record's file ends in its id
    words = f"{path.name}\n{head}"
    return set(re.findall(r"\b[a-z][a-z0-9]{7}\b", words))


class _Moved:
    """Dumps that lie under another path than they did: the same bytes, so the same articles."""

    def __init__(self, shelf: _Shelf, present: Collection[str]) -> None:
        self._shelf = shelf
        self._gone: dict[str, list[Ledger]] = {}
        for ledger in shelf.ledgers.values():
            if ledger.dump not in present:
                self._gone.setdefault(ledger.sha256, []).append(ledger)

    def follow(self, seed: Seed) -> None:
        """Give a dump that is new here the articles of one that is gone and was the same."""
        shelf, gone = self._shelf, self._gone.get(seed.sha256)
        if not gone or seed.path in shelf.ledgers:
            return
        before = gone.pop(0)
        ledger = replace(before, dump=seed.path)
        shelf.append(*(replace(entry, dump=seed.path) for entry in shelf.entries_of.pop(before.dump, {}).values()))
        write_if_changed(shelf.folder / ledger_path(seed.path), render_ledger(ledger))
        (shelf.folder / ledger_path(before.dump)).unlink(missing_ok=True)
        del shelf.ledgers[before.dump]
        shelf.ledgers[seed.path] = ledger
        shelf.diagnostics.append(note("dump-renamed", Location(file=seed.path), old=before.dump))


def _withdraw(shelf: _Shelf) -> tuple[str, ...]:
    """Enter in the register which records a person deleted, and which came back.

    A ledger is written after the records that it names: an id in none was given by a load that was stopped.
    """
    present = shelf.files.keys() | shelf.untouchable
    written = {article.id for ledger in shelf.ledgers.values() for article in ledger.articles}
    changes = []
    for entry in shelf.entries.values():
        had_record = entry.id in written or not entry.dump
        if entry.state is State.ACTIVE and entry.id not in present and had_record:
            changes.append(replace(entry, state=State.WITHDRAWN))
        elif entry.state is not State.ACTIVE and entry.id in shelf.files:
            changes.append(replace(entry, state=State.ACTIVE))
    strangers = [
        Entry(name, article.provenance.seed if article.provenance else "", 0, State.ACTIVE)
        for name, article in sorted(shelf.records.items())
        if name not in shelf.entries
    ]
    shelf.append(*changes, *strangers)
    withdrawn = tuple(entry.id for entry in changes if entry.state is State.WITHDRAWN)
    shelf.diagnostics += [
        note("record-withdrawn", Location(file=shelf.entries[name].dump or str(shelf.folder)), id=name)
        for name in withdrawn
    ]
    return withdrawn


def _shelve(shelf: _Shelf, taken: Accession, reading: Reading) -> DumpReport:
    seed = reading.seed
    lost = taken.ledger.unaccounted(reading.lines)
    if lost:  # the loader broke its promise: say so and leave what the archive holds of this dump as it is
        shelf.diagnostics.append(error("line-lost", Location(file=seed.path, line=lost[0]), count=len(lost)))
        return _report(reading, taken.ledger, articles=len(taken.articles), created=len(taken.created), changed=0)
    shelf.append(*taken.entries)
    changed = 0
    for article in taken.articles:
        path = shelf.files.get(article.id) or shelf.folder / _file_name(seed, article)
        changed += shelf.put(article, path) and article.id not in taken.created
    for name in taken.superseded:
        shelf.files.pop(name).unlink()
        shelf.records.pop(name)
        shelf.diagnostics.append(note("record-superseded", Location(file=seed.path), id=name))
    for name in taken.orphaned:
        shelf.diagnostics.append(note("record-orphaned", Location(file=str(shelf.files[name])), id=name))
    for name, differences in taken.differences.items():
        shelf.diagnostics += [_difference(shelf.files[name], difference) for difference in differences]
    write_if_changed(shelf.folder / ledger_path(seed.path), render_ledger(taken.ledger))
    shelf.ledgers[seed.path] = taken.ledger
    return _report(reading, taken.ledger, articles=len(taken.articles), created=len(taken.created), changed=changed)


def _difference(path: Path, difference: Difference) -> Diagnostic:
    """Return a note that shows where the keeper's words and the new reading differ."""
    shown = difference.shown()
    changes = "".join(f"\n    {line}" for line in shown.lines)
    return note("reading-differs", Location(file=str(path)), key=difference.key, count=shown.count, changes=changes)


def _file_name(seed: Seed, article: Article) -> Path:
    """Return where a new record goes: a folder a dump, its first line in the name, so that a listing follows the dump."""
    line = article.provenance.lines[0][0] if article.provenance else 0
    return Path(seed.path).with_suffix("") / f"{line:04d}-{article.id}.md"


def _report(reading: Reading, ledger: Ledger, *, articles: int, created: int, changed: int) -> DumpReport:
    roles: dict[str, int] = {}
    for line in ledger.lines:
        printed = sum(bool(text.strip()) for text in reading.lines[line.first - 1 : line.last])
        for role in line.roles:
            roles[role.value] = roles.get(role.value, 0) + printed
    return DumpReport(
        dump=reading.seed.path,
        lines=len(reading.lines),
        lines_with_words=sum(bool(line.strip()) for line in reading.lines),
        articles=articles,
        created=created,
        changed=changed,
        doubts=len(ledger.doubts),
        roles=roles,
    )
