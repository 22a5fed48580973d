"""`gongwen build`: articles/ to _site/, whole or not at all, and no more of it than what has changed.

A whole site is made beside the old one and takes its place. Where an earlier build is remembered, only what has changed
since is made, staged, and put into its place. Both ways give the same bytes. If anything fails, the old site stays as it was.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from gongwen_site.builder.build import diagnostics_of
from gongwen_site.builder.cards import Card
from gongwen_site.builder.data import Whole
from gongwen_site.builder.paths import article, file_of
from gongwen_site.builder.products import Edition
from gongwen_site.builder.related import Earlier
from gongwen_site.builder.report import BuildReport
from gongwen_site.builder.stacks import Stacks
from gongwen_site.commands.collection import Collection, collect
from gongwen_site.commands.custody import articles_read, site_changed
from gongwen_site.commands.ground import digest_of_ground, digest_of_program
from gongwen_site.commands.indexing import Beside, Index, index_key, index_site, remember_tally, workers
from gongwen_site.commands.laps import Laps
from gongwen_site.commands.making import Recipe, make_here, making_elsewhere
from gongwen_site.commands.memory import Copy, Memory, Stamp, Summary, recall, remember, verified
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.press import Press, Printed
from gongwen_site.commands.report import SiteReport
from gongwen_site.commands.staging import MARK, Staged, discard_new, new_site, swap_in
from gongwen_site.commands.unchanged import look, mark_of, memory_file
from gongwen_site.commands.workforce import are_copies
from gongwen_site.config import checked_base_url
from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.wording import wording

Keep = Callable[[Stacks, Edition], object]
"""What takes the edition that a site was built of, and whence its records are read."""


def build(
    folders: Folders,
    *,
    base_url: str | None = None,
    search: bool = True,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
    jobs: int = 1,
    cache: bool = True,
    verify: bool = False,
    late_index: bool = False,
    executor: Executor | None = None,
    keep: Keep | None = None,
) -> SiteReport:
    """Build the site of an archive. Raises GongwenError, the old site untouched, if a record or template is broken.

    `watch` is told now and then how many files are made, and of how many. Large work is done by up to `jobs` processes, or by
    `executor` if there is one, that many tasks at a time; neither changes a byte. Without `cache` nothing is known of an
    earlier build, and nothing remembered of this one; to `verify` is to trust no stamp of a file and to read the site itself,
    so that whatever became of it is mended. With a `late_index` a site that has a search index keeps it as it is, and the next
    build without makes it anew. What the site was built of is told to `keep` once it is in place.
    """
    if base_url is not None:
        base_url = checked_base_url(base_url)
    if not folders.articles.is_dir():
        raise GongwenError(error("articles-missing", Location(file=str(folders.articles))))
    output = folders.output.resolve()
    with articles_read(folders.articles, "build") as undone, site_changed(output, "build") as left:
        _refuse_foreign(output)
        work = _Work(folders, output, base_url, search, jobs, cache, verify, watch, late_index, executor, keep)
        try:
            with _seldom_collected():
                report = work.run()
        except OSError as failure:
            place = Location(file=str(failure.filename or output))
            raise GongwenError(error("file-unwritable", place, reason=failure.strerror or str(failure))) from failure
    return replace(report, found=(*undone, *left))


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for reference cycles seldom: most of what is made lives as long as the build, and none of it is in one."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True)
class _Work:
    """One build."""

    folders: Folders
    output: Path
    base_url: str | None
    search: bool
    jobs: int
    cache: bool
    verify: bool
    watch: Callable[[int, int], None]
    late_index: bool
    executor: Executor | None
    keep: Keep | None

    def run(self) -> SiteReport:
        folders, laps = self.folders, Laps()
        config = folders.config()
        if self.base_url is not None:
            config = replace(config, base_url=self.base_url)
        seen = look(folders, self.base_url, search=self.search)
        stamps = seen.articles
        program = digest_of_program() + repr(config.disclosure).encode()
        ground = digest_of_ground(folders.root, config.base_url, self.search)
        memory = self._memory(program, ground)
        stacks = Stacks(folder=folders.articles, disclosure=config.disclosure)
        words = wording(config.language, folders.root)
        vocabulary = folders.vocabulary()
        laps.passed("look")
        anew = len(stamps) - (len(memory.records) if memory.copies else 0)
        with ExitStack() as closing:
            executor = closing.enter_context(self._workers(anew))
            collection = collect(stacks, stamps, memory, executor, ahead=2 * self.jobs)
            laps.passed("read")
            recipe = Recipe(
                stacks=stacks,
                records=tuple(collection.records.values()),
                heads=tuple(collection.heads.values()),
                vocabulary=vocabulary,
                config=config,
                words=words,
                seeds=folders.seeds,
                root=folders.root,
            )
            edition = recipe.edition(_earlier(memory))
            laps.passed("plan")
            inherit = self.executor is None and executor is not None and are_copies(executor)
            if inherit:
                executor = self._copied_again(closing, anew)
            with _staging(self.output, whole=not memory.copies) as staging:
                printed = self._print(memory, recipe, edition, staging.folder, executor, inherit=inherit)
                laps.passed("render")
                if inherit:
                    executor = self._copied_again(closing, anew)
                index, beside = self._index(memory, collection, recipe, staging.folder, executor)
                laps.passed("index")
                stamp = _stamp_of(printed, index)
                (staging.folder / MARK).write_bytes(stamp)
                removed = staging.remove(memory, printed, index)
                staging.commit()
        diagnostics = diagnostics_of(edition)
        copies = printed.copies.values()
        site = BuildReport(
            articles=len(recipe.records),
            pages=sum(copy.is_page for copy in copies),
            files=len({file for file, _ in printed.copies}),
            bytes=sum(copy.size for copy in copies),
            diagnostics=diagnostics,
        )
        changed = len(printed.changed) + len(removed)
        report = SiteReport(
            output=str(folders.output), site=site, index=index.report if index else None, changed=changed
        )
        if self.cache:
            is_late = index is not None and index.key != self._index_key(collection)
            summary = Summary(b"" if is_late else seen.signature, stamp, report.remembered())
            self._remember(summary, _memory_of(collection, stamps, printed, index, (program, ground)))
            if index is not None and beside is not None:
                with suppress(OSError):  # without it the next index is made anew
                    remember_tally(self._tally_file(), self.output, index, beside)
        laps.passed("write")
        if self.keep is not None:
            self.keep(stacks, edition)
        return replace(report, seconds=laps.seconds)

    def _memory(self, program: bytes, ground: bytes) -> Memory:
        """Return what is remembered, as far as it still holds: cards of the same program, copies on the same ground."""
        found = recall(memory_file(self.folders, self.output)) if self.cache else None
        if found is None or found[1].program != program:
            return Memory()
        summary, memory = found
        if memory.ground == ground and mark_of(self.output) == summary.stamp:
            return verified(memory, self.output) if self.verify else memory
        return Memory(records=memory.records, ledgers=memory.ledgers)

    def _workers(self, anew: int) -> AbstractContextManager[Executor | None]:
        return nullcontext(self.executor) if self.executor else workers(anew, self.jobs)

    def _copied_again(self, closing: ExitStack, anew: int) -> Executor | None:
        """Return copies of this process as it is by now, which know what it knows and hold nothing of their own yet."""
        closing.close()
        return closing.enter_context(self._workers(anew))

    def _print(
        self,
        memory: Memory,
        recipe: Recipe,
        edition: Edition,
        staging: Path,
        executor: Executor | None,
        *,
        inherit: bool,
    ) -> Printed:
        """Stage what has changed of an edition. The workers of an executor `inherit` it, or plan it by the `recipe`."""
        batches = tuple(edition.batches())
        press = Press(
            staging=staging,
            output=self.output,
            known={name: Copy(*copy) for name, copy in memory.copies.items()},
            wholes={file: Whole(*kept) for file, kept in memory.wholes.items()},
            notes=memory.notes,
            watch=self.watch,
        )
        if executor is None:
            return press.run(edition, batches, make_here)
        products = chain.from_iterable(batches) if inherit else None
        with making_elsewhere(executor, recipe.edition, products, jobs=self.jobs, folder=self._scratch()) as make:
            return press.run(edition, batches, make)

    def _index(
        self, memory: Memory, collection: Collection, recipe: Recipe, site: Path, executor: Executor | None
    ) -> tuple[Index | None, Beside | None]:
        """Return the index and, if any of it is made, what is to be kept beside it."""
        if not self.search:
            return None, None
        key, known = self._index_key(collection), Index.recalled(memory.index) if memory.copies else None
        if known is not None and (known.key == key or self.late_index):
            return known, None
        tallied = None if self.verify else self._tally_file()
        return index_site(
            recipe, key, known, self.output, site, tallied=tallied, executor=executor, scratch=self._scratch()
        )

    def _scratch(self) -> Path | None:
        """Return where workers find what they share: the system's own place if they are processes of this machine."""
        if self.executor is None:
            return None
        self.folders.cache.mkdir(parents=True, exist_ok=True)
        return self.folders.cache

    def _tally_file(self) -> Path:
        return memory_file(self.folders, self.output).with_suffix(".tally")

    def _index_key(self, collection: Collection) -> bytes:
        file = self.folders.articles / REGISTER
        return index_key(collection, file.read_bytes() if file.is_file() else b"")

    def _remember(self, summary: Summary, memory: Memory) -> None:
        with suppress(OSError):  # without it the next build takes longer
            remember(memory_file(self.folders, self.output), summary, memory)


def _memory_of(
    collection: Collection,
    stamps: Mapping[str, Stamp],
    printed: Printed,
    index: Index | None,
    stood: tuple[bytes, bytes],
) -> Memory:
    """Return what is to be remembered; `stood` are the digests of the program and of the ground."""
    records, ledgers = collection.remembered(stamps)
    return Memory(
        program=stood[0],
        ground=stood[1],
        records=records,
        ledgers=ledgers,
        copies={(file, piece): tuple(copy) for (file, piece), copy in printed.copies.items()},
        wholes={file: (whole.size, whole.sha256) for file, whole in printed.wholes.items()},
        notes=printed.notes,
        index=index.remembered() if index else (),
    )


def _earlier(memory: Memory) -> Earlier | None:
    """Return what an earlier build found of which articles are related."""
    if not memory.notes:
        return None
    cards = (Card._make(kept[2]) for kept in memory.records.values())
    known = {card.id: card for card in cards}
    files = {name: file_of(article(name)) for name in known}
    return Earlier(known, {name: memory.notes[file] for name, file in files.items() if file in memory.notes})


class _Staging:
    """Where what has changed waits: in a whole new site, or beside the old one."""

    def __init__(self, output: Path, folder: Path, staged: Staged | None) -> None:
        self._output, self.folder, self._staged = output, folder, staged

    def remove(self, memory: Memory, printed: Printed, index: Index | None) -> list[str]:
        """Let go what the site had and has no more; return these files."""
        if self._staged is None:
            return []
        before = {file for file, _ in memory.copies} | set(
            known.files if (known := Index.recalled(memory.index)) else ()
        )
        now = {file for file, _ in printed.copies} | set(index.files if index else ())
        gone = sorted(before - now)
        for file in gone:
            self._staged.remove(file)
        return gone

    def commit(self) -> None:
        """Put it into place. Raises OSError."""
        if self._staged is None:
            swap_in(self._output)
        else:
            self._staged.commit()


@contextmanager
def _staging(output: Path, *, whole: bool) -> Iterator[_Staging]:
    if not whole:
        with Staged(output) as staged:
            yield _Staging(output, staged.folder, staged)
        return
    try:
        yield _Staging(output, new_site(output), None)
    finally:
        discard_new(output)


def _stamp_of(printed: Printed, index: Index | None) -> bytes:
    """Return what marks a site that holds just this."""
    digest = blake2b(index.key if index else b"", digest_size=16)
    for (file, piece), copy in sorted(printed.copies.items()):
        digest.update(f"{file}\0{piece}\0".encode() + copy.digest)
    return digest.hexdigest().encode() + b"\n"


def _refuse_foreign(output: Path) -> None:
    """Replace nothing that this program did not write."""
    if not output.exists() or (output / MARK).exists():
        return
    if not output.is_dir() or any(output.iterdir()):
        raise GongwenError(error("output-foreign", Location(file=str(output))))
