"""Archive to the files under `<site>/search/`, in one pass over the articles and one over their terms.

Articles are taken a run at a time: read as documents, inverted, their texts written. Runs lie on disk until all are
there; merged by ranges of terms they are cut to shards as they come. So memory is bounded by the size of a run and of a
range, and not by the archive; and all but the cutting may be done elsewhere at the same time, without a byte of difference.
"""

import gc
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article, Reasons
from gongwen_site.search.catalogue import Listed, read_pinyin
from gongwen_site.search.documents import fields_of, number_articles, read_document
from gongwen_site.search.files import Files, write
from gongwen_site.search.folding import Folding, opencc_folding
from gongwen_site.search.format import BODY, FACETS, FIELDS, PAGES, RESTS, SHARDS, SIZES, TEXTS, digest, pack
from gongwen_site.search.inversion import Run, Stretch, lengths_of, merge, ranges, spill
from gongwen_site.search.report import IndexReport
from gongwen_site.search.shards import Slice, cut_pages, cut_shards, entry_of
from gongwen_site.search.tally import COMMON, Kept, Tally, digest_of, weight_of
from gongwen_site.search.terms import Analyzer
from gongwen_site.search.texts import printed, text_of
from gongwen_site.search.whole import write_whole
from gongwen_site.vocabulary.vocabulary import Vocabulary

RUN_CHARACTERS = 500_000
"""Characters of articles in one run: what is in memory at a time, about 300 bytes for each."""
_RUN_ARTICLES = 1_000
_STORED = 256
"""Shards that are written at once."""
_AHEAD = 4
"""Tasks that an executor is given before the first is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An index that was made: the sizes of its files by their names, and what is kept beside it."""

    sizes: dict[str, int]
    tally: Tally

    @property
    def report(self) -> IndexReport:
        """What is said of it."""
        return IndexReport(
            documents=len(self.tally.documents),
            terms=self.tally.terms,
            files=len(self.sizes),
            bytes=sum(self.sizes.values()),
        )


class Given(NamedTuple):
    """An article that is to be indexed: its document number, what it is read of, about how many characters it has."""

    number: int
    source: Any
    characters: int


def write_index(
    archive: Archive,
    vocabulary: Vocabulary,
    folder: Path,
    *,
    full_width: bool = True,
    executor: Executor | None = None,
    scratch: Path | None = None,
    run_characters: int = RUN_CHARACTERS,
) -> Made:
    """Write the index of an archive that is in memory into `folder`; the rest as `write_index_of` has it."""
    numbered = number_articles(archive.articles, archive.register)
    given = (
        Given(number, replace(article, extra={}, evidence=Reasons(), provenance=None), len(article.body))
        for number, article in numbered  # without what search does not read
    )
    return write_index_of(
        numbered,
        given,
        _itself,
        vocabulary,
        folder,
        full_width=full_width,
        executor=executor,
        scratch=scratch,
        run_characters=run_characters,
    )


def write_index_of(
    numbered: Sequence[tuple[int, Listed]],
    given: Iterable[Given],
    read: Callable[[Any], Article],
    vocabulary: Vocabulary,
    folder: Path,
    *,
    full_width: bool = True,
    executor: Executor | None = None,
    scratch: Path | None = None,
    run_characters: int = RUN_CHARACTERS,
) -> Made:
    """Write the index of numbered articles into `folder`, which is made if missing. Raises OSError, and what `read` does.

    They are `given` in the order of their numbers by what `read` makes articles of, wherever that is done. `full_width`
    restores half-width punctuation in what results show, as the site's pages do. The work is done by `executor` if there is
    one, which finds what its tasks share in `scratch`, else in the system's temporary folder; neither it nor `run_characters`
    changes a byte.
    """
    files = Files(lambda name, content: write(f"{folder}/{name}", content))
    for name in (PAGES, SHARDS, SIZES, RESTS, FACETS, TEXTS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    folding = opencc_folding()
    with TemporaryDirectory(prefix="gongwen-search-", dir=scratch) as spilled:
        tasks = (
            _Task(
                given=portion,
                read=read,
                full_width=full_width,
                folding=folding,
                names=vocabulary_names(vocabulary),
                texts=folder / TEXTS,
                file=Path(spilled) / str(place),
            )
            for place, portion in enumerate(_portions(given, run_characters))
        )
        runs = []
        documents: dict[int, Kept] = {}
        for run, sizes, kept in _each(_make, tasks, executor):
            runs.append(run)
            files.sizes.update((f"{TEXTS}/{number}.bin", size) for number, size in sizes)
            documents.update(kept)
        learnt = _Learnt()
        with _uncollected():
            pages = _write_directory(files, folder, learnt.from_all(_each(_merge, ranges(runs), executor)), executor)

    columns = zip(*(row for run in runs for row in run.lengths.values()), strict=True)
    tally = Tally(
        folding=(folding.traditional, folding.simplified),
        terms=learnt.terms,
        words=sum(run.words for run in runs),
        lengths=dict(learnt.lengths),
        heads=dict(learnt.heads),
        folded=dict(sum((Counter(run.folded) for run in runs), Counter())),
        common=learnt.common,
        totals=[sum(column) for column in columns] or [0] * len(FIELDS),
        documents=documents,
    )
    write_whole(files, numbered, tally, pages, vocabulary=vocabulary, folding=folding, pinyin=read_pinyin)
    return Made(sizes=files.sizes, tally=tally)


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


def _portions(given: Iterable[Given], characters: int) -> Iterator[tuple[Given, ...]]:
    """Yield articles in portions of about so many characters."""
    portion: list[Given] = []
    size = 0
    for one in given:
        portion.append(one)
        size += one.characters
        if size >= characters or len(portion) == _RUN_ARTICLES:
            yield tuple(portion)
            portion, size = [], 0
    if portion:
        yield tuple(portion)


def _itself(article: Article) -> Article:
    return article


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """All that a run is made of, wherever it is made."""

    given: tuple[Given, ...]
    read: Callable[[Any], Article]
    full_width: bool
    folding: Folding
    names: tuple[str, ...]
    texts: Path
    file: Path


def _make(task: _Task) -> tuple[Run, list[tuple[int, int]], list[tuple[int, Kept]]]:
    """Return a run; by the numbers of documents, the sizes of the text files, and what is kept."""
    with _uncollected():
        documents = [read_document(one.number, task.read(one.source), full_width=task.full_width) for one in task.given]
        analyzer = Analyzer(task.folding, task.names)
        texts = [fields_of(document) for document in documents]
        counts = analyzer.count([text for fields in texts for text in fields])
        lengths = lengths_of(counts, len(documents))
        numbers = [document.number for document in documents]
        sizes = [
            write(f"{task.texts}/{document.number}.bin", pack(printed(text_of(document, row[BODY]))))
            for document, row in zip(documents, lengths, strict=True)
        ]
        kept = [kept_of(fields, row) for fields, row in zip(texts, lengths, strict=True)]
        run = spill(counts, dict(zip(numbers, lengths, strict=True)), task.file)
        return run, list(zip(numbers, sizes, strict=True)), list(zip(numbers, kept, strict=True))


def kept_of(fields: list[str], lengths: tuple[int, ...]) -> Kept:
    """Return what is kept of a document whose fields have these texts, of so many terms."""
    return Kept(lengths[BODY], fields[-1], digest_of(fields))


_Work = TypeVar("_Work")
_Made = TypeVar("_Made")


def _each(work: Callable[[_Work], _Made], tasks: Iterable[_Work], executor: Executor | None) -> Iterator[_Made]:
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
        self.lengths: Counter[int] = Counter()
        self.heads: Counter[str] = Counter()
        self.common: dict[str, int] = {}

    def from_all(self, found: Iterable["_Range"]) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of all ranges with their entries."""
        for stretch in found:
            self.terms += len(stretch.entries)
            self.lengths += stretch.lengths
            self.heads += stretch.heads
            self.common |= stretch.common
            yield from stretch.entries


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """The terms of a range with their entries, and what is learnt on the way past them, as a `Tally` has it."""

    entries: list[tuple[str, bytes]]
    lengths: Counter[int]
    heads: Counter[str]
    common: dict[str, int]


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
            lengths=Counter([len(term) for term, count, _ in terms if count]),
            heads=Counter([term[0] for term, _, _ in terms]),
            common={term: count for term, count, _ in terms if count >= COMMON},
        )


def _write_directory(
    files: Files, folder: Path, entries: Iterable[tuple[str, bytes]], executor: Executor | None
) -> list[tuple[str, str]]:
    cut = cut_shards(entries)
    batches = iter(lambda: (f"{folder}/{SHARDS}", tuple(islice(cut, _STORED))), (f"{folder}/{SHARDS}", ()))
    named = []
    for stored in _each(_store, batches, executor):
        for first, name, size in stored:
            named.append((first, name))
            files.sizes[f"{SHARDS}/{name}.bin"] = size
    return [(page.first, files.write_named(f"{PAGES}/", page.content)) for page in cut_pages(named)]


def _store(task: tuple[str, tuple[Slice, ...]]) -> list[tuple[str, str, int]]:
    """Write shards into a folder; return of each its first term, its digest and the size of its file."""
    folder, shards = task
    stored = []
    for shard in shards:
        name = digest(shard.content)
        stored.append((shard.first, name, write(f"{folder}/{name}.bin", pack(shard.content))))
    return stored


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
