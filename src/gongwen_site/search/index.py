"""Archive to the files under `<site>/search/`, in one pass over the articles and one over their terms.

Articles are taken a run at a time: read as documents, inverted, their texts written. Runs lie on disk until all are
there; merged by ranges of terms they are cut to shards as they come. So memory is bounded by the size of a run and of a
range, and not by the archive; and all but the cutting may be done elsewhere at the same time, without a byte of difference.
"""

import gc
import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article, Reasons
from gongwen_site.search.catalogue import CatalogueWriter, read_pinyin
from gongwen_site.search.columns import pack_facets, pack_rests, pack_sizes, size_bits
from gongwen_site.search.documents import number_articles, read_document
from gongwen_site.search.folding import Folding, opencc_folding
from gongwen_site.search.format import (
    BODY,
    FACETS,
    FIELDS,
    FORMAT_VERSION,
    LUNR_VERSION,
    MANIFEST,
    PAGES,
    RESTS,
    SHARDS,
    SIZES,
    STRETCH_SIZE,
    TEXTS,
    canonical,
    digest,
    pack,
)
from gongwen_site.search.inversion import Run, Stretch, lengths_of, merge, ranges, spill
from gongwen_site.search.report import IndexReport
from gongwen_site.search.shards import Slice, cut_pages, cut_shards, entry_of
from gongwen_site.search.terms import Analyzer
from gongwen_site.search.texts import printed, text_of
from gongwen_site.vocabulary.vocabulary import Vocabulary

RUN_CHARACTERS = 500_000
"""Characters of articles in one run: what is in memory at a time, about 300 bytes for each."""
_RUN_ARTICLES = 1_000
_STORED = 256
"""Shards that are written at once."""
_AHEAD = 4
"""Tasks that an executor is given before the first is waited for."""


def write_index(
    archive: Archive,
    vocabulary: Vocabulary,
    folder: Path,
    *,
    full_width: bool = True,
    executor: Executor | None = None,
    run_characters: int = RUN_CHARACTERS,
) -> IndexReport:
    """Write the index of an archive into `folder`, which is made if missing. Raises OSError.

    `full_width` restores half-width punctuation in what results show, as the site's pages do. The work is done by
    `executor` if there is one; neither it nor `run_characters` changes a byte.
    """
    files = _Files(folder)
    for name in (PAGES, SHARDS, SIZES, RESTS, FACETS, TEXTS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    folding = opencc_folding()
    numbered = number_articles(archive)
    with TemporaryDirectory(prefix="gongwen-search-") as spilled:
        tasks = (
            _Task(
                articles=articles,
                full_width=full_width,
                folding=folding,
                names=vocabulary_names(vocabulary),
                texts=folder / TEXTS,
                file=Path(spilled) / str(place),
            )
            for place, articles in enumerate(_portions(numbered, run_characters))
        )
        runs = []
        for run, sizes in _each(_make, tasks, executor):
            runs.append(run)
            files.count += len(sizes)
            files.bytes += sum(sizes)
        learnt = _Learnt()
        with _uncollected():
            pages = _write_directory(files, learnt.from_all(_each(_merge, ranges(runs), executor)), executor)

    catalogue = CatalogueWriter(vocabulary)
    facets = {number: catalogue.row(number, article) for number, article in numbered}
    lengths = {number: row for run in runs for number, row in run.lengths.items()}

    present = {number // STRETCH_SIZE for number in facets}
    blocks = range(max(present, default=-1) + 1)
    bits = size_bits(len(blocks))

    def block_files(folder: str, packed: Callable[[int], bytes]) -> list[str]:
        """Return the digest of each block, empty for one without documents."""
        return [files.write_named(f"{folder}/", packed(block)) if block in present else "" for block in blocks]

    bodies = {number: row[BODY] for number, row in lengths.items()}
    totals = [sum(column) for column in zip(*lengths.values(), strict=True)] or [0] * len(FIELDS)
    manifest = {
        "format": FORMAT_VERSION,
        "lunr": LUNR_VERSION,
        "documents": len(numbered),
        "fields": [[name, boost, total] for (name, boost), total in zip(FIELDS, totals, strict=True)],
        "longest": learnt.longest,
        "total": weight_of(sum(run.words for run in runs)),
        "block_size": STRETCH_SIZE,
        "size_bits": bits,
        "folded": _table(folding.of(frozenset().union(*(run.folded for run in runs)))),
        "catalogue": files.write_named("catalogue-", canonical(catalogue.catalogue())),
        "spelling": files.write_named("spelling-", canonical(catalogue.spelling(read_pinyin))),
        "folding": files.write_named("folding-", canonical(_table(folding.onto(learnt.characters)))),
        "sizes": block_files(SIZES, lambda block: pack_sizes(block, bits, bodies)),
        "rests": block_files(RESTS, lambda block: pack_rests(block, bits, bodies)) if len(blocks) == 1 else [],
        "facets": block_files(FACETS, lambda block: pack_facets(block, facets)),
        "pages": pages,
    }
    files.write(MANIFEST, canonical(manifest))
    return IndexReport(documents=len(numbered), terms=learnt.terms, files=files.count, bytes=files.bytes)


@cache
def weight_of(count: int) -> int:
    """Return 1 + 4·log2 of a count, rounded, at most 255; 0 of none.

    Whole numbers, so that both languages find the same route through a run.
    """
    return min(1 + round(4 * math.log2(count)), 255) if count else 0


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no reference cycles: nothing here makes any, and looking through so many lists costs a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _portions(numbered: Iterable[tuple[int, Article]], characters: int) -> Iterator[tuple[tuple[int, Article], ...]]:
    """Yield articles in portions of about so many characters, without what search does not read."""
    portion: list[tuple[int, Article]] = []
    size = 0
    for number, article in numbered:
        portion.append((number, replace(article, extra={}, evidence=Reasons(), provenance=None)))
        size += len(article.body)
        if size >= characters or len(portion) == _RUN_ARTICLES:
            yield tuple(portion)
            portion, size = [], 0
    if portion:
        yield tuple(portion)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """All that a run is made of, wherever it is made."""

    articles: tuple[tuple[int, Article], ...]
    full_width: bool
    folding: Folding
    names: tuple[str, ...]
    texts: Path
    file: Path


def _make(task: _Task) -> tuple[Run, list[int]]:
    """Return a run, and the sizes of the text files."""
    with _uncollected():
        documents = [read_document(number, article, full_width=task.full_width) for number, article in task.articles]
        analyzer = Analyzer(task.folding, task.names)
        counts = analyzer.count(["\n".join(document.texts(name)) for document in documents for name, _ in FIELDS])
        lengths = lengths_of(counts, len(documents))
        sizes = [
            _write(f"{task.texts}/{document.number}.bin", pack(printed(text_of(document, row[BODY]))))
            for document, row in zip(documents, lengths, strict=True)
        ]
        numbers = (document.number for document in documents)
        return spill(counts, dict(zip(numbers, lengths, strict=True)), task.file), sizes


_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def _each(work: Callable[[_Given], _Made], tasks: Iterable[_Given], executor: Executor | None) -> Iterator[_Made]:
    """Yield what becomes of each task, in order."""
    if executor is None:
        yield from map(work, tasks)
        return
    waiting: deque[Future[_Made]] = deque()
    for task in tasks:
        waiting.append(executor.submit(work, task))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Learnt:
    """What is learnt of all terms on the way past them."""

    def __init__(self) -> None:
        self.terms = 0
        self.longest = 0
        self.characters: set[str] = set()

    def from_all(self, found: Iterable["_Range"]) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of all ranges with their entries."""
        for stretch in found:
            self.terms += len(stretch.entries)
            self.longest = max(self.longest, stretch.longest)
            self.characters |= stretch.characters
            yield from stretch.entries


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """The terms of a range with their entries, and what is learnt on the way past them."""

    entries: list[tuple[str, bytes]]
    longest: int
    characters: frozenset[str]


def _merge(stretches: tuple[Stretch, ...]) -> _Range:
    """Return what some stretches of all runs hold. The first entry is as if no term came before it."""
    with _uncollected():
        before = ""
        entries = []
        terms = merge(stretches)
        for term, count, postings in terms:
            entries.append((term, entry_of(term, before, weight_of(count), postings)))
            before = term
        return _Range(
            entries=entries,
            longest=max((len(term) for term, count, _ in terms if count), default=0),
            characters=frozenset(term[0] for term, _, _ in terms),
        )


class _Files:
    """Writes files into a folder and counts them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.bytes = 0

    def write(self, name: str, content: bytes) -> None:
        self.bytes += _write(f"{self.folder}/{name}", content)
        self.count += 1

    def write_named(self, stem: str, content: bytes) -> str:
        name = digest(content)
        self.write(f"{stem}{name}.bin", pack(content))
        return name


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _write(path: str, content: bytes) -> int:
    """Write a file; return its size. Without the layers of `open`, which cost as much as a small file itself."""
    file = os.open(path, _NEW, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
    return len(content)


def _write_directory(
    files: _Files, entries: Iterable[tuple[str, bytes]], executor: Executor | None
) -> list[tuple[str, str]]:
    cut = cut_shards(entries)
    batches = iter(lambda: (f"{files.folder}/{SHARDS}", tuple(islice(cut, _STORED))), (f"{files.folder}/{SHARDS}", ()))
    named = []
    for stored in _each(_store, batches, executor):
        for first, name, size in stored:
            named.append((first, name))
            files.bytes += size
            files.count += 1
    return [(page.first, files.write_named(f"{PAGES}/", page.content)) for page in cut_pages(named)]


def _store(task: tuple[str, tuple[Slice, ...]]) -> list[tuple[str, str, int]]:
    """Write shards into a folder; return of each its first term, its digest and the size of its file."""
    folder, shards = task
    stored = []
    for shard in shards:
        name = digest(shard.content)
        stored.append((shard.first, name, _write(f"{folder}/{name}.bin", pack(shard.content))))
    return stored


def _table(folding: Folding) -> tuple[str, str]:
    return folding.traditional, folding.simplified


def vocabulary_names(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names that are looked up whole: of regions, zones, topics and newspapers, by all that they are called."""
    regions, papers = vocabulary.regions, vocabulary.papers.values()
    return (
        *dict.fromkeys(region.name for region in regions.by_path.values()),
        *regions.aliases,
        *regions.zones,
        *vocabulary.topics,
        *(name for paper in papers for name in (paper.name, *paper.aliases)),
    )
