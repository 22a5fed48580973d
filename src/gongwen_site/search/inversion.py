"""Documents to postings, in bounded memory: a run of documents is inverted and spilled sorted, then all runs are merged.

A run knows nothing of the others, so runs may be made in any order and process; merged by term, and by run within a
term, they give what one inversion of all documents would give.
"""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from gongwen_site.search.analyze import Analyzer
from gongwen_site.search.documents import Document
from gongwen_site.search.format import BODY, FIELDS, TITLE, utf16, varint

_BATCH = 4096
"""Terms of a run that are in memory at once while runs are merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is known of a run besides its postings, which lie in `file`.

    `lengths` gives for each document, by its number, the number of terms in each field; `words` counts all words;
    `folded` holds the characters that folding changed.
    """

    file: Path
    lengths: dict[int, tuple[int, ...]]
    words: int
    folded: frozenset[str]


Term = tuple[str, int, bytes]
"""A term, how often jieba cut it as a word, and its postings as the format has them."""


def invert(
    documents: Iterable[Document],
    analyzer: Analyzer,
    file: Path,
    tell: Callable[[Document, tuple[int, ...]], None] = lambda _document, _lengths: None,
) -> Run:
    """Write the postings of some documents, ascending by number, into `file`, sorted by term. Raises OSError.

    `tell` is told of each how long its fields are.
    """
    codes: _Codes = {}
    words: Counter[str] = Counter()
    lengths = {}
    folded: set[str] = set()
    for document in documents:
        analyses = [analyzer.analyze(document.texts(name)) for name, _ in FIELDS]
        lengths[document.number] = tuple(analysis.terms.total() for analysis in analyses)
        tell(document, lengths[document.number])
        for analysis in analyses:
            words.update(analysis.words)
            folded |= analysis.folded
        _post(codes, document.number, [analysis.terms for analysis in analyses], lengths[document.number])
    _write_run(file, codes, words)
    return Run(file=file, lengths=lengths, words=words.total(), folded=frozenset(folded))


def merge(runs: Sequence[Run]) -> Iterator[Term]:
    """Yield all terms of runs, ascending in UTF-16 order; runs ascend by the numbers of their documents."""
    readers = [_Reader(run.file) for run in runs]
    readers = [reader for reader in readers if reader.fill()]
    while readers:
        # Up to the first end of a batch no term is missing.
        bound = min(reader.keys[-1] for reader in readers)
        found: dict[str, _Record] = {}
        for reader in readers:
            for term, record in reader.take(bound):
                found[term] = _chained(found[term], record) if term in found else record
        readers = [reader for reader in readers if reader.fill()]
        for term in sorted(found, key=utf16):
            count, code, _, rest = found[term]
            yield term, count, varint(code + 4) + rest


_Codes = dict[str, int | list[int]]
"""The postings of each term of a run: the one code of most terms, or a list.

A code is what the format starts a posting with, the number in the place of the step; further numbers follow as the format
has them.
"""


def _post(codes: _Codes, number: int, counts: list[Counter[str]], lengths: Sequence[int]) -> None:
    """Add a document, the lengths of its fields known, to the codes of its terms."""
    once, often, headline, several = (number << 2 | kind for kind in range(4))
    body = counts[BODY]
    for term in set().union(*(counted for field, counted in enumerate(counts) if field != BODY)):
        places = [(field, counted[term]) for field, counted in enumerate(counts) if term in counted]
        body.pop(term, None)
        if places == [(TITLE, 1)]:
            _extend(codes, term, headline, lengths[TITLE])
        else:
            told = [sum([1 << field for field, _ in places])]
            for field, count in places:
                told.append(count)
                if field != BODY:
                    told.append(lengths[field])
            _extend(codes, term, several, *told)
    for term, count in body.items():
        if count > 1:
            _extend(codes, term, often, count)
            continue
        # Written out: nearly all postings come this way.
        known = codes.get(term)
        if known is None:
            codes[term] = once
        elif isinstance(known, int):
            codes[term] = [known, once]
        else:
            known.append(once)


def _extend(codes: _Codes, term: str, *added: int) -> None:
    known = codes.get(term)
    if isinstance(known, list):
        known += added
    elif known is not None:
        codes[term] = [known, *added]
    else:
        codes[term] = added[0] if len(added) == 1 else list(added)


class _Varints(dict[int, bytes]):
    """Varints that were asked for before: looking one up costs a quarter of making it."""

    def __missing__(self, value: int) -> bytes:
        made = self[value] = varint(value)
        return made


_FOLLOWING = tuple(2 * mask.bit_count() - (mask >> BODY & 1) for mask in range(1 << len(FIELDS)))
"""How many numbers follow a mask of fields: of each how often, and of each but the body how long."""

_Record = tuple[int, int, int, bytes]
"""How often a term is a word; the code of its first document, which another run's last may come before; the number of its
last; and its postings, but for the start of the first."""


def _encode(codes: int | list[int], varints: _Varints) -> tuple[int, int, bytes]:
    """Return the first code; the last document's number; the postings but for the first code."""
    if isinstance(codes, int):
        return codes, codes >> 2, b""
    out = []
    following = iter(codes)
    before = codes[0] & ~3
    for code in following:
        out.append(varints[code - before])
        kind = code & 3
        if not kind:
            before = code
            continue
        before = code - kind
        value = next(following)
        out.append(varints[value])
        if kind == 3:
            out += [varints[next(following)] for _ in range(_FOLLOWING[value])]
    return codes[0], before >> 2, b"".join(out[1:])


def _chained(record: _Record, following: _Record) -> _Record:
    """Return the records of a term in two runs as one: only the second's first step is another."""
    count, code, last, rest = record
    more, head, end, tail = following
    return count + more, code, end, b"".join((rest, varint(head - (last << 2)), tail))


def _write_run(file: Path, codes: _Codes, words: Counter[str]) -> None:
    # Batches of columns: their sizes, then the columns end to end.
    terms = sorted(codes, key=utf16)
    varints = _Varints()
    with file.open("wb") as out:
        for start in range(0, len(terms), _BATCH):
            batch = terms[start : start + _BATCH]
            heads, lasts, rests = zip(*(_encode(codes[term], varints) for term in batch), strict=True)
            numbers = array("L", [words.get(term, 0) for term in batch])
            for column in (heads, lasts, map(len, rests)):
                numbers.extend(column)
            joined = "\n".join(batch).encode()
            postings = b"".join(rests)
            array("L", (len(batch), len(joined), len(postings))).tofile(out)
            out.write(joined)
            numbers.tofile(out)
            out.write(postings)


class _Reader:
    """Reads a run a batch at a time."""

    def __init__(self, file: Path) -> None:
        self._batches = _read_run(file)
        self.keys: list[bytes] = []
        self._terms: list[str] = []
        self._records: list[_Record] = []
        self._at = 0

    def fill(self) -> bool:
        """Have a term at hand; return whether there is one."""
        if self._at == len(self._terms):
            self._terms, self._records = next(self._batches, ([], []))
            self.keys = [utf16(term) for term in self._terms]
            self._at = 0
        return bool(self._terms)

    def take(self, bound: bytes) -> Iterable[tuple[str, _Record]]:
        """Return the terms at hand up to `bound` in UTF-16 order, and leave them behind."""
        start = self._at
        self._at = bisect_right(self.keys, bound, start)
        return zip(self._terms[start : self._at], self._records[start : self._at], strict=True)


def _read_run(file: Path) -> Iterator[tuple[list[str], list[_Record]]]:
    sizes = array("L")
    with file.open("rb") as run:
        while head := run.read(3 * sizes.itemsize):
            count, text_size, postings_size = array("L", head)
            terms = run.read(text_size).decode().split("\n")
            numbers = array("L")
            numbers.fromfile(run, 4 * count)
            words, codes, lasts, lengths = (numbers[place * count : (place + 1) * count] for place in range(4))
            postings = run.read(postings_size)
            ends = list(accumulate(lengths))
            rests = [postings[start:end] for start, end in zip((0, *ends), ends, strict=False)]
            yield terms, list(zip(words, codes, lasts, rests, strict=True))
