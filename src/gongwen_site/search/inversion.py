"""Documents to postings, in bounded memory: a run of documents is inverted and spilled, then all runs are merged.

A run knows nothing of the others, so runs may be made in any order and process. All that begins with some characters is
merged by itself, in any process too; by term, and by run within a term, that gives what one inversion would give.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gongwen_site.search.format import BODY, FIELDS, TITLE, utf16
from gongwen_site.search.terms import Counts, Numbers, starts_of, utf16_rank
from gongwen_site.search.varints import Bytes, encoded, gathered, sizes_of

RANGE = 100_000
"""Records that are merged at once, unless more begin with one character."""

_RECORD = np.dtype([(name, "<i8") for name in ("text", "rest", "words", "code", "last")])
"""A term in a run. Where its text and its postings begin in the file's columns of these; how often it is a word; the code of
its first document, which another run's last may come before; the number of its last. The postings lack that first code."""

Records = NDArray[np.void]
Term = tuple[str, int, bytes]
"""A term, how often jieba cut it as a word, and its postings as the format has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is known of a run besides its records, which lie in `file`.

    `lengths` gives for each document, by its number, the number of terms in each field; `words` counts all words;
    `folded` holds the characters that folding changed, in how many texts. `terms[n]` records are of terms that begin with a character whose
    rank in UTF-16 is `heads[n]`, ascending.
    """

    file: Path
    lengths: dict[int, tuple[int, ...]]
    words: int
    folded: dict[str, int]
    heads: tuple[int, ...]
    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The records of a run from `start` up to `stop`, of `count` in all."""

    file: Path
    count: int
    start: int
    stop: int


def lengths_of(counts: Counts, documents: int) -> list[tuple[int, ...]]:
    """Return for each document how many terms each of its fields has."""
    totals = np.bincount(counts.places, counts.counts, documents * len(FIELDS)).astype(np.int64)
    return [tuple(row) for row in totals.reshape(documents, len(FIELDS)).tolist()]


def spill(counts: Counts, lengths: dict[int, tuple[int, ...]], file: Path) -> Run:
    """Write the postings of some documents into `file`. Raises OSError.

    `counts` has the terms of each document's fields, a text each, in the order of `lengths`, which ascends by number.
    """
    told = np.array([*lengths.values()], np.int64)
    codes, lasts, sizes, postings = _postings(counts, np.array([*lengths], np.int64), told)
    texts = [term.encode() for term in counts.terms]
    records = np.zeros(len(texts) + 1, _RECORD)
    records["text"][1:] = np.cumsum([len(text) for text in texts])
    records["rest"][1:] = np.cumsum(sizes)
    for name, column in (("words", counts.words), ("code", codes), ("last", lasts)):
        records[name][:-1] = column
    with file.open("wb") as out:
        records.tofile(out)
        out.write(b"".join(texts))
        postings.tofile(out)
    heads = utf16_rank(np.array([ord(term[0]) for term in counts.terms], np.uint32))
    starts = starts_of(heads)
    return Run(
        file=file,
        lengths=lengths,
        words=int(counts.words.sum()),
        folded=counts.folded,
        heads=tuple(heads[starts].tolist()),
        terms=tuple(np.diff(np.append(starts, len(heads))).tolist()),
    )


Coded = tuple[int, bytes]
"""A posting apart from the number of its document: the two lowest bits of its code, and what follows the code."""


def coded(counts: Counts, lengths: tuple[int, ...]) -> dict[str, Coded]:
    """Return the posting of each term of one document. `counts` has the terms of its fields, a text each."""
    kinds, _, sizes, postings = _postings(counts, np.zeros(1, np.int64), np.array([lengths], np.int64))
    content, ends = postings.tobytes(), np.cumsum(sizes).tolist()
    return {
        term: (kind, content[start:end])
        for term, kind, (start, end) in zip(counts.terms, kinds.tolist(), pairwise([0, *ends]), strict=True)
    }


def _postings(counts: Counts, numbers: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers, Numbers, Bytes]:
    """Return of each term the code of its first document, the number of its last, and how many bytes the rest takes; and that.

    `numbers` and `lengths` are of the documents that `counts` counts the fields of; `lengths` has a column a field.
    """
    documents, fields = np.divmod(counts.places, len(FIELDS))
    begins = np.append([True], documents[1:] != documents[:-1])[: len(documents)]
    begins[counts.starts[:-1]] = True
    posts = np.flatnonzero(begins)  # the first row of each posting
    rows = np.diff(np.append(posts, len(documents)))
    heads = np.searchsorted(posts, counts.starts[:-1])  # the first posting of each term

    alone, field, count = rows == 1, fields[posts], counts.counts[posts]
    kinds = np.full(len(posts), 3)
    kinds[alone & (field == BODY)] = 0
    kinds[alone & (field == BODY) & (count > 1)] = 1
    kinds[alone & (field == TITLE) & (count == 1)] = 2
    number = numbers[documents[posts]]
    codes = number << 2 | kinds

    # A posting's numbers: its code; a mask, where it has one; of each row how often, and of each but the body how long.
    has_count = np.repeat((kinds == 1) | (kinds == 3), rows)
    has_length = fields != BODY
    widths = has_count.astype(np.int64) + has_length
    ends = np.cumsum(widths + _lead(posts, kinds, len(documents)))
    at = ends - widths
    values = np.empty(int(ends[-1]) if len(ends) else 0, np.int64)
    start = at[posts] - 1 - (kinds == 3)
    values[start] = codes - np.append(0, number[:-1] << 2)[: len(codes)]
    several = np.flatnonzero(kinds == 3)
    values[start[several] + 1] = np.bitwise_or.reduceat(1 << fields, posts)[several]
    values[at[has_count]] = counts.counts[has_count]
    values[ends[has_length] - 1] = lengths[documents[has_length], fields[has_length]]

    rest = np.ones(len(values), bool)
    rest[start[heads]] = False
    values[start[heads]] = 0
    sizes = sizes_of(values)
    by_term = np.add.reduceat(sizes * rest, start[heads])
    lasts = number[np.append(heads[1:], len(posts)) - 1]
    return codes[heads], lasts, by_term, encoded(values[rest], sizes[rest])


def _lead(posts: Numbers, kinds: Numbers, rows: int) -> Numbers:
    """Return of each row how many numbers come before it: of a posting's first row its code, and perhaps its mask."""
    lead = np.zeros(rows, np.int64)
    lead[posts] = 1 + (kinds == 3)
    return lead


def ranges(runs: Sequence[Run], records: int = RANGE) -> Iterator[tuple[Stretch, ...]]:
    """Yield what can be merged by itself: stretches of all runs that hold the same terms, ascending, of about so many records."""
    counted: dict[int, int] = {}
    for run in runs:
        for head, terms in zip(run.heads, run.terms, strict=True):
            counted[head] = counted.get(head, 0) + terms
    bounds, taken = [], 0
    for head in sorted(counted):
        if taken and taken + counted[head] > records:
            bounds.append(head)
            taken = 0
        taken += counted[head]
    ends = [_borders(run, bounds) for run in runs]
    for place in range(len(bounds) + 1 if counted else 0):
        stretches = (
            Stretch(file=run.file, count=borders[-1], start=borders[place], stop=borders[place + 1])
            for run, borders in zip(runs, ends, strict=True)
        )
        yield tuple(stretch for stretch in stretches if stretch.start < stretch.stop)


def _borders(run: Run, bounds: Sequence[int]) -> list[int]:
    """Return where in a run's records each range begins, and where the last one ends."""
    ends = np.append(0, np.cumsum(run.terms, dtype=np.int64))
    places = np.searchsorted(np.array(run.heads, np.int64), np.array(bounds, np.int64))
    return [0, *ends[places].tolist(), int(ends[-1])]


def merge(stretches: Iterable[Stretch]) -> list[Term]:
    """Return the terms of some stretches, ascending in UTF-16 order; runs ascend by the numbers of their documents."""
    known: dict[str, int] = {}
    numbers, records, contents = [], [], []
    base = 0
    for stretch in stretches:
        terms, found, content = _read(stretch)
        numbers += [known.setdefault(term, len(known)) for term in terms]
        found["rest"] += base - found["rest"][0]
        base += len(content)
        records.append(found)
        contents.append(content)
    ascending = sorted(known, key=utf16)
    rank = np.empty(len(known), np.int64)
    rank[[known[term] for term in ascending]] = np.arange(len(known))
    of_term = rank[numbers]
    order = np.argsort(of_term, kind="stable")
    sizes = np.concatenate([np.diff(found["rest"]) for found in records])[order]
    row = np.concatenate([found[:-1] for found in records])[order]

    first = starts_of(of_term[order])
    before = np.append(0, row["last"][:-1])
    before[first] = -1
    steps = row["code"] - (before << 2)
    step_sizes = sizes_of(steps)
    step_bytes = encoded(steps, step_sizes)
    # Of each record the first step, then the rest of its postings.
    starts = np.column_stack((np.cumsum(step_sizes) - step_sizes, row["rest"] + len(step_bytes))).ravel()
    pieces = np.column_stack((step_sizes, sizes)).ravel()
    postings = gathered(np.concatenate([step_bytes, *contents]), starts, pieces).tobytes()
    ends = np.cumsum(np.add.reduceat(step_sizes + sizes, first)).tolist()
    words = np.add.reduceat(row["words"], first).tolist()
    return [
        (term, count, postings[start:end])
        for term, count, (start, end) in zip(ascending, words, pairwise([0, *ends]), strict=True)
    ]


def _read(stretch: Stretch) -> tuple[list[str], Records, Bytes]:
    """Return the terms of a stretch, their records and one more, where the last ends; and their postings."""
    with stretch.file.open("rb") as file:
        file.seek(stretch.count * _RECORD.itemsize)
        (end,) = np.fromfile(file, _RECORD, 1)
        file.seek(stretch.start * _RECORD.itemsize)
        records = np.fromfile(file, _RECORD, stretch.stop - stretch.start + 1)
        texts_at = (stretch.count + 1) * _RECORD.itemsize
        borders = records["text"].tolist()
        file.seek(texts_at + borders[0])
        texts = file.read(borders[-1] - borders[0])
        file.seek(texts_at + int(end["text"] + records["rest"][0]))
        postings = np.fromfile(file, np.uint8, int(records["rest"][-1] - records["rest"][0]))
    shift = borders[0]
    terms = [texts[start - shift : stop - shift].decode() for start, stop in pairwise(borders)]
    return terms, records, postings
