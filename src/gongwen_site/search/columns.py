"""Facts of documents in blocks of columns, and back: how long bodies are, and what answers are narrowed and counted by.

Twin, for reading: `static/js/search/columns.js`. Blocks are so large that most archives have one of each kind.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any, Generic, TypeVar

from gongwen_site.search.format import (
    FACETS,
    FEW_BITS,
    MANY_BITS,
    RESTS,
    SIZES,
    STRETCH_SIZE,
    read_varints,
    unzigzag,
    varints,
    zigzag,
)
from gongwen_site.search.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document can be narrowed by.

    `date` is a number that keeps the order of days, 0 if unknown; the others are places in the catalogue.
    """

    date: int
    paper: int | None
    regions: tuple[int, ...]
    topics: tuple[int, ...]


_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def date_number(date: str | None) -> int:
    """Return (year·13 + month)·32 + day of YYYY, YYYY-MM or YYYY-MM-DD, parts that are missing 0; 0 of anything else."""
    found = _DATE.fullmatch(date or "")
    if found is None:
        return 0
    year, month, day = (int(part or 0) for part in found.groups())
    return (year * 13 + month) * 32 + day


def date_text(number: int) -> str:
    """Return the date whose `date_number` is given; empty for 0."""
    if not number:
        return ""
    months, day = divmod(number, 32)
    year, month = divmod(months, 13)
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def size_bits(blocks: int) -> int:
    """Return how many binary digits sizes keep in an archive of so many blocks."""
    return MANY_BITS if blocks <= 1 else FEW_BITS


def size_of(length: int, bits: int) -> int:
    """Return the size of a length: a whole number that grows with it, and keeps its `bits` highest binary digits.

    It is the length itself where it has no more; so Lucene keeps lengths in a byte (SmallFloat.intToByte4).
    """
    dropped = max(0, length.bit_length() - bits)
    return (dropped << (bits - 1)) + (length >> dropped)


def lengths_of(size: int, bits: int) -> tuple[int, int]:
    """Return the least and the greatest length of a size."""
    dropped = max(0, (size >> (bits - 1)) - 1)
    kept = size - (dropped << (bits - 1))
    return kept << dropped, ((kept + 1) << dropped) - 1


def pack_sizes(block: int, bits: int, bodies: Mapping[int, int]) -> bytes:
    """Return a block of sizes: their lowest bytes, then those above. `bodies` holds at least the block's documents."""
    return _planes([size_of(bodies.get(number, 0), bits) for number in _numbers(block)])


def pack_rests(block: int, bits: int, bodies: Mapping[int, int]) -> bytes:
    """Return a block of what lengths exceed the least of their size by, laid out as sizes are."""
    lengths = [bodies.get(number, 0) for number in _numbers(block)]
    return _planes([length - lengths_of(size_of(length, bits), bits)[0] for length in lengths])


def _planes(values: Sequence[int]) -> bytes:
    count = max(1, -(-max(values).bit_length() // 8))
    return b"".join(bytes(value >> 8 * plane & 0xFF for value in values) for plane in range(count))


def read_planes(content: bytes, block: int) -> dict[int, int]:
    """Return the size, or the rest, for each number of a block. Raises ValueError if it is damaged."""
    if not content or len(content) % STRETCH_SIZE:
        raise ValueError(len(content))
    planes = (content[start : start + STRETCH_SIZE] for start in range(0, len(content), STRETCH_SIZE))
    values = (sum(byte << 8 * place for place, byte in enumerate(row)) for row in zip(*planes, strict=True))
    return dict(zip(_numbers(block), values, strict=True))


def pack_facets(block: int, rows: Mapping[int, Facts]) -> bytes:
    """Return a block of facets, of which `rows` holds at least the block's documents."""
    numbers = _numbers(block)
    present = [rows[number] for number in numbers if number in rows]
    dates = [row.date for row in present]
    return b"".join(
        (
            bytes(number in rows for number in numbers),
            varints(zigzag(date - before) for before, date in zip([0, *dates], dates, strict=False)),
            varints(0 if row.paper is None else row.paper + 1 for row in present),
            varints(len(row.regions) for row in present),
            varints(len(row.topics) for row in present),
            varints(place for row in present for place in row.regions),
            varints(place for row in present for place in row.topics),
        )
    )


def read_facets(content: bytes, block: int) -> dict[int, Facts]:
    """Return the documents of a block, ascending by number. Raises ValueError or IndexError if it is damaged."""
    numbers = [number for number, there in zip(_numbers(block), content, strict=False) if there]
    count = len(numbers)
    values = read_varints(content, STRETCH_SIZE)

    def column(length: int) -> tuple[int, ...]:
        found = tuple(islice(values, length))
        if len(found) < length:
            raise ValueError(block)
        return found

    dates = accumulate(map(unzigzag, column(count)))
    papers, region_counts, topic_counts = column(count), column(count), column(count)
    regions = [column(length) for length in region_counts]
    topics = [column(length) for length in topic_counts]
    return {
        number: Facts(date=date, paper=paper - 1 if paper else None, regions=named, topics=told)
        for number, date, paper, named, told in zip(numbers, dates, papers, regions, topics, strict=True)
    }


_Block = TypeVar("_Block")


class Blocks(Generic[_Block]):
    """Blocks of one kind, read on need. Every method raises GongwenError for a file missing or damaged."""

    def __init__(
        self,
        store: Store,
        folder: str,
        digests: Sequence[str],
        read: Callable[[bytes, int], Mapping[int, _Block]],
    ) -> None:
        self._store = store
        self._folder = folder
        self._digests = digests
        self._read = read
        self._loaded: dict[int, Mapping[int, _Block]] = {}

    def prepare(self, numbers: Iterable[int]) -> None:
        """Read the blocks of some documents."""
        self._prepare_blocks({number // STRETCH_SIZE for number in numbers})

    def prepare_all(self) -> None:
        """Read all blocks."""
        self._prepare_blocks(range(len(self._digests)))

    def of(self, number: int) -> _Block:
        """Return what the block of a document, which was prepared, says of it."""
        return self._loaded[number // STRETCH_SIZE][number]

    def _reader(self, block: int) -> Callable[[bytes], Mapping[int, _Block]]:
        return lambda content: self._read(content, block)

    def _prepare_blocks(self, blocks: Iterable[int]) -> None:
        for block in blocks:
            if block not in self._loaded and self._digests[block]:
                name = f"{self._folder}/{self._digests[block]}.bin"
                self._loaded[block] = self._store.decoded(name, self._reader(block))


class Bodies:
    """How long bodies are, in terms: within bounds, by their sizes; whole, by their texts or by what sizes leave out."""

    def __init__(self, store: Store, manifest: Mapping[str, Any]) -> None:
        self._sizes = Blocks(store, SIZES, manifest["sizes"], read_planes)
        self._rests = Blocks(store, RESTS, manifest["rests"], read_planes)
        self._bits: int = manifest["size_bits"]
        self._told: dict[int, int] = {}
        self.has_rests = bool(manifest["rests"])
        """Whether all lengths can be had whole."""

    def prepare(self, numbers: Iterable[int]) -> None:
        """Read the sizes of some documents."""
        self._sizes.prepare(numbers)

    def prepare_whole(self, numbers: Sequence[int]) -> None:
        """Read the sizes of some documents and what these leave out. Only if the archive has it."""
        self._sizes.prepare(numbers)
        self._rests.prepare(numbers)

    def take(self, number: int, length: int) -> None:
        """Take in how long the body of a document is."""
        self._told[number] = length

    def length(self, number: int) -> int:
        """Return how long the body of a document is, which was taken in or prepared whole."""
        told = self._told.get(number)
        return self.least(number) + self._rests.of(number) if told is None else told

    def least(self, number: int) -> int:
        """Return how long it is at least, by its size."""
        return lengths_of(self._sizes.of(number), self._bits)[0]

    def most(self, number: int) -> int:
        """Return how long it is at most, by its size."""
        return lengths_of(self._sizes.of(number), self._bits)[1]


class Facets(Blocks[Facts]):
    """What documents can be narrowed by."""

    def __init__(self, store: Store, manifest: Mapping[str, Any]) -> None:
        super().__init__(store, FACETS, manifest["facets"], read_facets)

    def all_numbers(self) -> list[int]:
        """Return the numbers of all documents, ascending."""
        self.prepare_all()
        return [number for block in sorted(self._loaded) for number in self._loaded[block]]


def _numbers(block: int) -> range:
    return range(block * STRETCH_SIZE, (block + 1) * STRETCH_SIZE)
