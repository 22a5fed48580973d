"""Archive to the files under `<site>/search/`, in one pass over the articles and one over their terms.

Articles are taken a run at a time: read as documents, inverted, their texts written. Runs lie on disk until all are
there; merged by term they are cut to shards as they come. So memory is bounded by the size of a run, and not by the
archive; and runs may be made elsewhere at the same time, without a byte of difference.
"""

import gc
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article
from gongwen_site.search.analyze import Analyzer
from gongwen_site.search.catalogue import CatalogueWriter, read_pinyin
from gongwen_site.search.columns import pack_facets, pack_sizes, size_bits
from gongwen_site.search.documents import Document, number_articles, read_document
from gongwen_site.search.folding import Folding, opencc_folding
from gongwen_site.search.format import (
    BODY,
    FACETS,
    FIELDS,
    FORMAT_VERSION,
    LUNR_VERSION,
    MANIFEST,
    PAGES,
    SHARDS,
    SIZES,
    STRETCH_SIZE,
    TEXTS,
    canonical,
    digest,
    pack,
)
from gongwen_site.search.inversion import Run, invert, merge
from gongwen_site.search.shards import cut_pages, cut_shards
from gongwen_site.search.texts import printed, text_of
from gongwen_site.vocabulary.vocabulary import Vocabulary

RUN_SIZE = 1024
"""Document numbers of one run: what is in memory at a time."""
_AHEAD = 4
"""Runs that an executor is given before the first is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What `write_index` wrote; size in bytes, compressed."""

    documents: int
    terms: int
    files: int
    bytes: int


def write_index(
    archive: Archive,
    vocabulary: Vocabulary,
    folder: Path,
    *,
    full_width: bool = True,
    executor: Executor | None = None,
    run_size: int = RUN_SIZE,
) -> IndexReport:
    """Write the index of an archive into `folder`, which is made if missing. Raises OSError.

    `full_width` restores half-width punctuation in what results show, as the site's pages do. The runs are made by
    `executor` if there is one; neither it nor `run_size` changes a byte.
    """
    files = _Files(folder)
    for name in (PAGES, SHARDS, SIZES, FACETS, TEXTS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    folding = opencc_folding()
    numbered = number_articles(archive)
    with TemporaryDirectory(prefix="gongwen-search-") as spilled:
        tasks = (
            _Task(
                articles=tuple(articles),
                full_width=full_width,
                folding=folding,
                names=vocabulary_names(vocabulary),
                texts=folder / TEXTS,
                file=Path(spilled) / str(place),
            )
            for place, articles in groupby(numbered, key=lambda pair: pair[0] // run_size)
        )
        made = list(_each(tasks, executor))
        runs = [run for run, _ in made]
        for _, sizes in made:
            files.count += len(sizes)
            files.bytes += sum(sizes)
        shards = _Shards(runs)
        with _uncollected():
            pages = _write_directory(files, shards)

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
        "longest": shards.longest,
        "total": weight_of(sum(run.words for run in runs)),
        "block_size": STRETCH_SIZE,
        "size_bits": bits,
        "folded": _table(folding.of(frozenset().union(*(run.folded for run in runs)))),
        "catalogue": files.write_named("catalogue-", canonical(catalogue.catalogue())),
        "spelling": files.write_named("spelling-", canonical(catalogue.spelling(read_pinyin))),
        "folding": files.write_named("folding-", canonical(_table(folding.onto(shards.characters)))),
        "sizes": block_files(SIZES, lambda block: pack_sizes(block, bits, bodies)),
        "facets": block_files(FACETS, lambda block: pack_facets(block, facets)),
        "pages": pages,
    }
    files.write(MANIFEST, canonical(manifest))
    return IndexReport(documents=len(numbered), terms=shards.terms, files=files.count, bytes=files.bytes)


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
    sizes: list[int] = []

    def write_text(document: Document, lengths: tuple[int, ...]) -> None:
        content = pack(printed(text_of(document, lengths[BODY])))
        (task.texts / f"{document.number}.bin").write_bytes(content)
        sizes.append(len(content))

    documents = (read_document(number, article, full_width=task.full_width) for number, article in task.articles)
    with _uncollected():
        return invert(documents, Analyzer(task.folding, task.names), task.file, write_text), sizes


def _each(tasks: Iterable[_Task], executor: Executor | None) -> Iterator[tuple[Run, list[int]]]:
    if executor is None:
        yield from map(_make, tasks)
        return
    waiting: deque[Future[tuple[Run, list[int]]]] = deque()
    for task in tasks:
        waiting.append(executor.submit(_make, task))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Shards:
    """The entries of all terms, and what is learnt on the way past them."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self.terms = 0
        self.longest = 0
        self.characters: set[str] = set()

    def entries(self) -> Iterator[tuple[str, int, bytes]]:
        weights: dict[int, int] = {}
        for term, count, postings in merge(self._runs):
            self.terms += 1
            self.characters.add(term[0])
            if count and len(term) > self.longest:
                self.longest = len(term)
            if count not in weights:
                weights[count] = weight_of(count)
            yield term, weights[count], postings


class _Files:
    """Writes files into a folder and counts them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.bytes = 0

    def write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)
        self.count += 1
        self.bytes += len(content)

    def write_named(self, stem: str, content: bytes) -> str:
        name = digest(content)
        self.write(f"{stem}{name}.bin", pack(content))
        return name


def _write_directory(files: _Files, shards: _Shards) -> list[tuple[str, str]]:
    named = ((shard.first, files.write_named(f"{SHARDS}/", shard.content)) for shard in cut_shards(shards.entries()))
    return [(page.first, files.write_named(f"{PAGES}/", page.content)) for page in cut_pages(named)]


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
