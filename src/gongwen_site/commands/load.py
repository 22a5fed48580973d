"""`gongwen load`: seeds/ to articles/.

Each dump is read, tagged, matched to what the archive holds of it and written; then the next. A table is read through
once and then taken in part by part, so that memory does not grow with its texts. The register is written before the
records that it names, so that an id, once given, is never given again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gongwen_site.commands.fixes import find_fix_files, read_with_fixes
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.reprints import find_reprints, marked_reprint
from gongwen_site.commands.shelf import Shelf, open_shelf
from gongwen_site.commands.stocktaking import Moved, withdraw
from gongwen_site.commands.survey import Dump, Survey, Tally, survey
from gongwen_site.errors import Diagnostic, GongwenError, Location, error, note
from gongwen_site.loader.read import read_parts, unreadable_characters
from gongwen_site.loader.seeds import Table, iter_dump_files, iter_dumps
from gongwen_site.records.accession import accession, left_over
from gongwen_site.records.article import Article
from gongwen_site.records.given import with_given
from gongwen_site.records.identity import Known, match
from gongwen_site.records.keeper import Difference, keeper_keys
from gongwen_site.records.ledger import LedgerLine
from gongwen_site.records.reading import Reading, Seed, Tags
from gongwen_site.records.storage import LedgerWriter
from gongwen_site.tagging.tag import tag_reading

_Tag = Callable[[Reading], tuple[Tags, ...]]


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


def load(folders: Folders, watch: Callable[[int, int], None] = lambda _done, _total: None) -> LoadReport:
    """Read every dump and write records, ledgers and register. Raises GongwenError where nothing can be done at all.

    `watch` is told after each dump how many are done, and of how many.
    """
    if not folders.seeds.is_dir():
        raise GongwenError(error("seeds-missing", Location(file=str(folders.seeds))))
    vocabulary = folders.vocabulary()
    home = folders.home(vocabulary)

    def tag(reading: Reading) -> tuple[Tags, ...]:
        return with_given(reading, tag_reading(reading, vocabulary, home=home))

    shelf = open_shelf(folders.articles)
    withdrawn = withdraw(shelf)
    fixes = find_fix_files(folders.seeds)
    dumps = [path.relative_to(folders.seeds).as_posix() for path in iter_dump_files(folders.seeds)]
    moved = Moved(shelf, set(dumps))
    reports, seeds = [], []
    for done, found in enumerate(iter_dumps(folders.seeds), 1):
        watch(done, len(dumps))
        if isinstance(found, Diagnostic):
            shelf.diagnostics.append(found)
            continue
        seed = replace(found.seed if isinstance(found, Table) else found, text="")
        seeds.append(seed)
        moved.follow(seed)
        file, said = fixes.of(seed)
        shelf.diagnostics += said
        reports.append(_load_dump(shelf, found, file, tag))
    shelf.diagnostics += fixes.without_dump(seeds)
    _mark_reprints(shelf)
    return LoadReport(dumps=tuple(reports), withdrawn=withdrawn, diagnostics=tuple(shelf.diagnostics))


def _load_dump(shelf: Shelf, found: Seed | Table, fix: Path | None, tag: _Tag) -> DumpReport:
    """Read a dump and take it in, unless that would cost what the archive holds of it."""
    dump, problems = _read(found, fix)
    place = Location(file=dump.seed.path)
    known = shelf.known(dump.seed)
    read = survey(dump, with_traces=bool(known.entries))
    shelf.diagnostics += (*problems, *read.diagnostics)
    if isinstance(found, Table) and found.broken:
        shelf.diagnostics.append(unreadable_characters(dump.seed.path, found.first_broken, found.broken))
    if problems and dump.seed.path in shelf.ledgers and shelf.ledgers[dump.seed.path].fix is not None:
        # What a keeper has corrected must not fall back to what the rules say because of a slip of the pen.
        shelf.diagnostics.append(note("fix-dump-left", place))
        return _report_of_ledger(shelf, dump, known)
    if problems:
        shelf.diagnostics.append(note("fix-not-applied", place))
    if not read.drafts:
        shelf.diagnostics.append(note("dump-without-article", place))
    if lost := read.tally.lost:  # the loader broke its promise: say so and leave what the archive holds of this dump
        shelf.diagnostics.append(error("line-lost", replace(place, line=lost[0]), count=len(lost)))
        return _report(dump.seed, read.tally, _Taken(articles=len(known.records)))
    return _report(dump.seed, read.tally, _take_in(shelf, dump, read, known, tag))


def _read(found: Seed | Table, fix: Path | None) -> tuple[Dump, tuple[Diagnostic, ...]]:
    """Return a dump and what its fix file cannot do. A table is read by parts but for a fix file, which speaks of all."""
    if isinstance(found, Table) and fix is None:
        return Dump(seed=found.seed, parts=lambda: read_parts(found)), ()
    reading, problems = read_with_fixes(found.whole() if isinstance(found, Table) else found, fix)
    return Dump(seed=reading.seed, parts=lambda: (reading,)), problems


@dataclass(slots=True, kw_only=True)
class _Taken:
    """How many articles a dump has, by what happened to them, and how many doubts."""

    articles: int = 0
    created: int = 0
    changed: int = 0
    doubts: int = 0


def _take_in(shelf: Shelf, dump: Dump, read: Survey, known: Known, tag: _Tag) -> _Taken:
    """Take a dump into the archive, part by part: entries of the register, records, at last the ledger."""
    seed, taken, start = dump.seed, _Taken(), 0
    names = match(read.traces, seed.sha256, known, dump.words_of)
    differences: list[Diagnostic] = []
    with LedgerWriter() as ledger:
        for part in dump.parts():
            own = {index: names[start + index] for index in range(len(part.drafts)) if start + index in names}
            start += len(part.drafts)
            found = accession(part, tag(part), own, known)
            shelf.append(*found.entries)
            for article in found.articles:
                is_changed = shelf.put(article, _path(shelf, seed, article))
                taken.changed += is_changed and article.id not in found.created
            differences += (
                _difference(shelf.file(name), difference)
                for name, several in found.differences.items()
                for difference in several
            )
            ledger.add(found.ledger)
            taken.articles += len(found.articles) + len(found.standing)
            taken.created += len(found.created)
            taken.doubts += len(found.ledger.doubts)
        left = left_over(seed.sha256, read.traces, names, known)
        shelf.append(*left.entries)
        for name in left.superseded:
            shelf.remove(name)
            shelf.diagnostics.append(note("record-superseded", Location(file=seed.path), id=name))
        for name in left.orphaned:
            shelf.diagnostics.append(note("record-orphaned", Location(file=str(shelf.file(name))), id=name))
        shelf.diagnostics += differences
        ledger.write(shelf.ledger_file(seed.path))
    return taken


def _mark_reprints(shelf: Shelf) -> None:
    """Write into each record what it repeats, where that has changed and a person has not decided it."""
    for name, original in find_reprints(_in_order(shelf)):
        slip = shelf.slips[name]
        if slip.reprint_of != original and slip.sha256:
            article = shelf.record(name)
            if "reprint_of" not in keeper_keys(article):
                shelf.put(marked_reprint(article, original), shelf.file(name))


def _in_order(shelf: Shelf) -> Iterator[tuple[str, bytes | None]]:
    """Yield the id of each record with the digest of its words, by document number."""
    for name in shelf.entries:
        if name in shelf.slips:
            yield name, shelf.slips[name].words


def _difference(path: Path, difference: Difference) -> Diagnostic:
    """Return a note that shows where the keeper's words and the new reading differ."""
    shown = difference.shown()
    changes = "".join(f"\n    {line}" for line in shown.lines)
    return note("reading-differs", Location(file=str(path)), key=difference.key, count=shown.count, changes=changes)


def _path(shelf: Shelf, seed: Seed, article: Article) -> Path:
    """Return where a record lies or goes: a folder a dump, its first line in the name, so that a listing follows it."""
    if article.id in shelf.slips:
        return shelf.file(article.id)
    line = article.provenance.lines[0][0] if article.provenance else 0
    return shelf.folder / Path(seed.path).with_suffix("") / f"{line:04d}-{article.id}.md"


def _report_of_ledger(shelf: Shelf, dump: Dump, known: Known) -> DumpReport:
    """Return the report of a dump that is left as the archive has it."""
    tally, taken = Tally(), _Taken(articles=len(known.records))
    fates: list[LedgerLine] = []
    for ledger in shelf.ledger(dump.seed.path):
        fates += ledger.lines
        taken.doubts += len(ledger.doubts)
    for part in dump.parts():
        tally.count(part.lines, fates, first=part.first)
    return _report(dump.seed, tally, taken)


def _report(seed: Seed, tally: Tally, taken: _Taken) -> DumpReport:
    return DumpReport(
        dump=seed.path,
        lines=tally.lines,
        lines_with_words=tally.lines_with_words,
        articles=taken.articles,
        created=taken.created,
        changed=taken.changed,
        doubts=taken.doubts,
        roles=tally.roles,
    )
