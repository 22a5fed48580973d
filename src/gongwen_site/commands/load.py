"""`gongwen load`: seeds/ to articles/.

Each dump is read, tagged, matched to what the archive holds of it and written; then the next. A table is read through
once and then taken in part by part, so that memory does not grow with its texts. All of it holds, or nothing: a load that
is stopped is undone, at once or by the next command.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from gongwen_site.builder.addresses import addresses_of
from gongwen_site.commands.custody import articles_changed
from gongwen_site.commands.fixes import FixFiles, FixText, find_fix_files, read_fix_file
from gongwen_site.commands.load_report import DumpReport, LoadReport
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.preparation import Prepared, Rules, Unread, prepare, prepare_elsewhere
from gongwen_site.commands.reprints import find_reprints, marked_reprint
from gongwen_site.commands.shelf import Shelf, open_shelf
from gongwen_site.commands.stocktaking import Moved, withdraw
from gongwen_site.commands.survey import Look, Survey, Tally
from gongwen_site.commands.unchanged import look_at_dumps, remember_load
from gongwen_site.commands.workforce import in_order, processes
from gongwen_site.errors import Diagnostic, GongwenError, Location, RecordError, error, note
from gongwen_site.loader.formats.rows import UnreadRows
from gongwen_site.loader.read import cut_parts, unreadable_characters
from gongwen_site.loader.seeds import Table, iter_dump_files, iter_dumps, passed_over
from gongwen_site.records.accession import accession, left_over, record_of
from gongwen_site.records.addresses import FILE_NAME as ADDRESSES
from gongwen_site.records.addresses import missing_from
from gongwen_site.records.archive import read_addresses
from gongwen_site.records.article import Article
from gongwen_site.records.identity import Known, match, words_of_draft
from gongwen_site.records.journal import Journal
from gongwen_site.records.keeper import Difference, keeper_keys
from gongwen_site.records.ledger import LedgerLine
from gongwen_site.records.reading import Seed
from gongwen_site.records.storage import LedgerWriter, append_addresses
from gongwen_site.vocabulary.vocabulary import Vocabulary

_LITTLE = 500_000
"""Bytes of dumps that are read sooner than another process is ready to help."""


def load(
    folders: Folders,
    watch: Callable[[int, int], None] = lambda _done, _total: None,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
) -> LoadReport:
    """Read every dump and write records, ledgers and register. Raises GongwenError where nothing can be done at all.

    `watch` is told after each dump how many are done, and of how many. Dumps are read and tagged by up to `jobs`
    processes, or by `executor` if there is one, that many at a time; neither changes a byte.
    """
    if not folders.seeds.is_dir():
        raise GongwenError(error("seeds-missing", Location(file=str(folders.seeds))))
    vocabulary = folders.vocabulary()
    rules = Rules(vocabulary, folders.home(vocabulary))
    seen = look_at_dumps(folders)
    with articles_changed(folders.articles, "load") as (journal, found):
        report = _load(folders, rules, journal, watch, jobs=jobs, executor=executor)
        is_written = journal.is_begun
    if not is_written or not report.diagnostics:
        # Another load would then say the same of the same files.
        remember_load(folders, seen, report)
    return replace(report, diagnostics=(*found, *report.diagnostics))


def _load(
    folders: Folders,
    rules: Rules,
    journal: Journal,
    watch: Callable[[int, int], None],
    *,
    jobs: int,
    executor: Executor | None,
) -> LoadReport:
    shelf = open_shelf(folders.articles, journal)
    withdrawn = withdraw(shelf)
    fixes = find_fix_files(folders.seeds)
    files = list(iter_dump_files(folders.seeds))
    moved = Moved(shelf, {path.relative_to(folders.seeds).as_posix() for path in files})
    tasks = _tasks(folders.seeds, fixes, lambda seed: seed.path in shelf.entries_of or moved.may_be(seed))
    reports, seeds = [], []
    with _preparation(rules, jobs, executor, files) as prepared_of:
        for (number, dump), steps in groupby(prepared_of(tasks), key=lambda step: (step[0].number, step[0].dump)):
            watch(number, len(files))
            if isinstance(dump, Diagnostic):
                shelf.diagnostics.append(dump)
                continue
            seeds.append(dump.seed)
            moved.follow(dump.seed)
            shelf.diagnostics += dump.said
            reports.append(_load_dump(shelf, dump, steps))
    shelf.diagnostics += (*passed_over(folders.seeds), *fixes.without_dump(seeds))
    _mark_reprints(shelf)
    shelf.write_register()
    _enter_addresses(shelf, reports, rules.vocabulary)
    return LoadReport(dumps=tuple(reports), withdrawn=withdrawn, diagnostics=tuple(shelf.diagnostics))


def _enter_addresses(shelf: Shelf, reports: Iterable[DumpReport], vocabulary: Vocabulary) -> None:
    """Enter the addresses of lists and dumps that are new, so that they stay when they have no articles any more."""
    file = shelf.folder / ADDRESSES
    try:
        known = read_addresses(shelf.folder)
    except RecordError as failure:
        shelf.diagnostics += failure.diagnostics
        return
    dumps = {report.dump: (report.lines, report.articles) for report in reports}
    new = missing_from(known, addresses_of((slip.groups for slip in shelf.slips.values()), dumps, vocabulary))
    if new:
        append_addresses(shelf.journal, file, new)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dump:
    """A dump on its way into the archive. `seed` is without its text; `said` is what is to be said of its fix file.

    `is_known` tells whether the archive may hold articles of it, which its drafts are to be matched to.
    """

    found: Seed | Table
    seed: Seed
    fix: FixText | None
    said: tuple[Diagnostic, ...]
    is_known: bool

    @property
    def is_in_parts(self) -> bool:
        # A fix file speaks of a table as a whole.
        return isinstance(self.found, Table) and self.fix is None

    def parts(self) -> Iterator[UnreadRows | Seed]:
        """Yield the dump, or the parts of a table. Raises OSError."""
        if not isinstance(self.found, Table):
            yield self.found
        elif self.fix is not None:
            yield self.found.whole()
        else:
            yield from cut_parts(self.found)

    def words_of(self, indices: Collection[int]) -> Iterator[tuple[int, str]]:
        """Yield the words of some drafts, each with the draft's index, for which the dump is read once more."""
        wanted = frozenset(indices)
        readings = (Unread(text=part, fix=self.fix).read()[0] for part in self.parts())
        drafts = (draft for reading in readings for draft in reading.drafts)
        return ((index, words_of_draft(draft)) for index, draft in enumerate(drafts) if index in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What a task is for: the dump by its number, or why that cannot be read; whether it is only looked through."""

    number: int
    dump: _Dump | Diagnostic
    is_look: bool = False


_Steps = Iterator[tuple[_Step, Prepared | None]]


def _tasks(folder: Path, fixes: FixFiles, is_known: Callable[[Seed], bool]) -> Iterator[tuple[_Step, Unread | None]]:
    """Yield what is to be done for each dump, in order."""
    for number, found in enumerate(iter_dumps(folder), 1):
        if isinstance(found, Diagnostic):
            yield _Step(number=number, dump=found), None
            continue
        seed = replace(found.seed if isinstance(found, Table) else found, text="")
        file, said = fixes.of(seed)
        dump = _Dump(found=found, seed=seed, fix=read_fix_file(file), said=said, is_known=is_known(seed))
        if dump.is_in_parts and dump.is_known:
            # What the rows are is asked of all of them at once, and only then are they tagged.
            step = _Step(number=number, dump=dump, is_look=True)
            yield from ((step, Unread(text=part, is_traced=True, is_described=False)) for part in dump.parts())
        step = _Step(number=number, dump=dump)
        is_traced = not dump.is_in_parts
        yield from ((step, Unread(text=part, fix=dump.fix, is_traced=is_traced)) for part in dump.parts())


@contextmanager
def _preparation(
    rules: Rules, jobs: int, executor: Executor | None, files: Iterable[Path]
) -> Iterator[Callable[[Iterable[tuple[_Step, Unread | None]]], _Steps]]:
    """Give what does the tasks, one after another in this process where they are few."""
    if executor is not None:
        yield partial(in_order, executor, partial(prepare_elsewhere, rules.packed()), ahead=2 * jobs)
    elif jobs == 1 or _is_little(files):
        yield lambda tasks: ((step, None if unread is None else prepare(rules, unread)) for step, unread in tasks)
    else:
        with processes(jobs) as own:
            yield partial(in_order, own, partial(prepare_elsewhere, rules.packed()), ahead=2 * jobs)


def _is_little(files: Iterable[Path]) -> bool:
    size = 0
    with suppress(OSError):  # whatever has gone since it was listed
        for path in files:
            size += path.stat().st_size
    return size < _LITTLE


def _load_dump(shelf: Shelf, dump: _Dump, steps: _Steps) -> DumpReport:
    """Take a dump in, unless that would cost what the archive holds of it."""
    place = Location(file=dump.seed.path)
    known = shelf.known(dump.seed)
    survey, parts, problems = _survey(dump, steps)
    taken = _Taken(articles=len(known.records))
    # What a keeper has corrected must not fall back to what the rules say because of a slip of the pen.
    is_left = bool(problems) and dump.seed.path in shelf.ledgers and shelf.ledgers[dump.seed.path].fix is not None
    if not is_left and not survey.tally.lost:
        taken = _take_in(shelf, dump, survey, parts, known)
    shelf.diagnostics += (*problems, *survey.diagnostics)
    if isinstance(dump.found, Table) and dump.found.broken and dump.is_in_parts:
        shelf.diagnostics.append(unreadable_characters(dump.seed.path, dump.found.first_broken, dump.found.broken))
    if is_left:
        shelf.diagnostics.append(note("fix-dump-left", place))
        return _report_of_ledger(shelf, dump.seed, next(parts).look, taken)
    if problems:
        shelf.diagnostics.append(note("fix-not-applied", place))
    if not survey.drafts:
        shelf.diagnostics.append(note("dump-without-article", place))
    if lost := survey.tally.lost:  # the loader broke its promise: say so and leave what the archive holds of this dump
        shelf.diagnostics.append(error("line-lost", replace(place, line=lost[0]), count=len(lost)))
    shelf.diagnostics += taken.diagnostics
    return _report(dump.seed, survey.tally, taken)


def _survey(dump: _Dump, steps: _Steps) -> tuple[Survey, Iterator[Prepared], tuple[Diagnostic, ...]]:
    """Return what is seen of a dump before it is taken in, its parts, and what its fix file cannot do.

    A table of which the archive holds nothing is not looked through first: what is seen of it grows as it is taken in.
    """
    survey = Survey()
    passes = (
        (prepared for _, prepared in several if prepared is not None)
        for _, several in groupby(steps, key=lambda step: step[0].is_look)
    )
    parts = next(passes)
    if not dump.is_in_parts:
        whole = next(parts)
        survey.add(whole.look)
        return survey, iter((whole,)), whole.problems
    if not dump.is_known:
        return survey, _seen(parts, survey), ()
    for part in parts:
        survey.add(part.look)
    return survey, next(passes), ()


def _seen(parts: Iterable[Prepared], survey: Survey) -> Iterator[Prepared]:
    """Yield parts that are seen for the first time, up to one of which a line is lost."""
    for part in parts:
        survey.add(part.look)
        if survey.tally.lost:
            return
        yield part


@dataclass(slots=True, kw_only=True)
class _Taken:
    """How many articles a dump has, by what happened to them, and how many doubts; what is to be said of it."""

    articles: int = 0
    created: int = 0
    changed: int = 0
    doubts: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)


def _take_in(shelf: Shelf, dump: _Dump, survey: Survey, parts: Iterable[Prepared], known: Known) -> _Taken:
    """Take a dump into the archive, part by part: entries of the register, records, at last the ledger."""
    seed, taken, start = dump.seed, _Taken(), 0
    names = match(tuple(survey.traces), seed.sha256, known, dump.words_of)
    differences: list[Diagnostic] = []
    with LedgerWriter() as ledger:
        for part in parts:
            if part.description is None:
                continue
            count = len(part.description.drafts)
            own = {index: names[start + index] for index in range(count) if start + index in names}
            start += count
            found = accession(part.description, own, known)
            shelf.append(*found.entries)
            for record in found.records:
                is_changed = shelf.put(record, _path(shelf, seed, record.article))
                taken.changed += is_changed and record.article.id not in found.created
            differences += (
                _difference(shelf.file(name), difference)
                for name, several in found.differences.items()
                for difference in several
            )
            ledger.add(found.ledger)
            taken.articles += len(found.records) + len(found.standing)
            taken.created += len(found.created)
            taken.doubts += len(found.ledger.doubts)
        if survey.tally.lost:
            return taken
        left = left_over(seed.sha256, survey.traces, names, known)
        shelf.append(*left.entries)
        for name in left.superseded:
            shelf.remove(name)
            taken.diagnostics.append(note("record-superseded", Location(file=seed.path), id=name))
        for name in left.orphaned:
            taken.diagnostics.append(note("record-orphaned", Location(file=str(shelf.file(name))), id=name))
        taken.diagnostics += differences
        ledger.write(shelf.journal, shelf.ledger_file(seed.path))
    return taken


def _mark_reprints(shelf: Shelf) -> None:
    """Write into each record what it repeats, where that has changed and a person has not decided it."""
    for name, original in find_reprints(_in_order(shelf)):
        slip = shelf.slips[name]
        if slip.reprint_of != original and slip.sha256:
            article = shelf.record(name)
            if "reprint_of" not in keeper_keys(article):
                shelf.put(record_of(marked_reprint(article, original)), shelf.file(name))


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


def _report_of_ledger(shelf: Shelf, seed: Seed, look: Look, taken: _Taken) -> DumpReport:
    """Return the report of a dump that is left as the archive has it."""
    tally = Tally()
    fates: list[LedgerLine] = []
    for ledger in shelf.ledger(seed.path):
        fates += ledger.lines
        taken.doubts += len(ledger.doubts)
    tally.count(look.printed, fates)
    return _report(seed, tally, taken)


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
