"""Facts of documents in blocks of columns, and back: field lengths, and what answers are narrowed and counted by.

Twin, for reading: `static/js/search/columns.js`. Lengths stand in small blocks, for few documents. Sizes, which are lengths
of bodies nearly, and facets stand in blocks so large that most archives have one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any, Generic, TypeVar

from gongwen_site.search.format import (
    BLOCK_SIZE,
    BODY,
    FACETS,
    FIELDS,
    LENGTHS,
    SIZES,
    STRETCH_SIZE,
    read_varints,
    unzigzag,
    varints,
    zigzag,
)
from gongwen_site.search.store import Store

NO_LENGTHS = (0,) * len(FIELDS)


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


def pack_lengths(block: int, lengths: Mapping[int, tuple[int, ...]]) -> bytes:
    """Return a block of lengths, of which `lengths` holds at least those of the block's documents."""
    rows = [lengths.get(number, NO_LENGTHS) for number in _numbers(block, BLOCK_SIZE)]
    return b"".join(varints(column) for column in zip(*rows, strict=True))


def read_lengths(content: bytes, block: int) -> dict[int, tuple[int, ...]]:
    """Return the lengths of the fields for each number of a block. Raises ValueError or IndexError if it is damaged."""
    values = list(read_varints(content))
    if len(values) != BLOCK_SIZE * len(FIELDS):
        raise ValueError(len(values))
    columns = (values[start : start + BLOCK_SIZE] for start in range(0, len(values), BLOCK_SIZE))
    return dict(zip(_numbers(block, BLOCK_SIZE), zip(*columns, strict=True), strict=True))


def pack_sizes(block: int, lengths: Mapping[int, tuple[int, ...]]) -> bytes:
    """Return a block of sizes, a byte a number, of which `lengths` holds at least those of the block's documents."""
    bodies = (lengths.get(number, NO_LENGTHS)[BODY] for number in _numbers(block, STRETCH_SIZE))
    return bytes(length.bit_length() for length in bodies)


def read_sizes(content: bytes, block: int) -> dict[int, float]:
    """Return for each number of a block about how long its body is. Raises ValueError if it is damaged."""
    return dict(zip(_numbers(block, STRETCH_SIZE), map(_size, content), strict=True))


def _size(digits: int) -> float:
    """Return the middle of what has so many binary digits."""
    return 0.75 * (1 << digits) if digits else 0.0


def pack_facets(block: int, rows: Mapping[int, Facts]) -> bytes:
    """Return a block of facets, of which `rows` holds at least the block's documents."""
    numbers = _numbers(block, STRETCH_SIZE)
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
    numbers = [number for number, there in zip(_numbers(block, STRETCH_SIZE), content, strict=False) if there]
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
        size: int,
        read: Callable[[bytes, int], Mapping[int, _Block]],
    ) -> None:
        self._store = store
        self._folder = folder
        self._digests = digests
        self._size = size
        self._read = read
        self._loaded: dict[int, Mapping[int, _Block]] = {}

    def prepare(self, numbers: Iterable[int]) -> None:
        """Read the blocks of some documents."""
        self._prepare_blocks({number // self._size for number in numbers})

    def prepare_all(self) -> None:
        """Read all blocks."""
        self._prepare_blocks(range(len(self._digests)))

    def of(self, number: int) -> _Block:
        """Return what the block of a document, which was prepared, says of it."""
        return self._loaded[number // self._size][number]

    def _reader(self, block: int) -> Callable[[bytes], Mapping[int, _Block]]:
        return lambda content: self._read(content, block)

    def _prepare_blocks(self, blocks: Iterable[int]) -> None:
        for block in blocks:
            if block not in self._loaded and self._digests[block]:
                name = f"{self._folder}/{self._digests[block]}.bin"
                self._loaded[block] = self._store.decoded(name, self._reader(block))


class Lengths(Blocks[tuple[int, ...]]):
    """How long the fields of documents are, in terms; also of single documents that their texts tell of."""

    def __init__(self, store: Store, manifest: Mapping[str, Any]) -> None:
        super().__init__(store, LENGTHS, manifest["lengths"], BLOCK_SIZE, read_lengths)
        self._told: dict[int, tuple[int, ...]] = {}

    def take(self, number: int, lengths: Sequence[int]) -> None:
        """Take in the lengths of a document."""
        self._told[number] = tuple(lengths)

    def of(self, number: int) -> tuple[int, ...]:
        """Return the lengths of a document that is prepared or was taken in."""
        told = self._told.get(number)
        return super().of(number) if told is None else told


class Sizes(Blocks[float]):
    """About how long documents are: the body to a third, other fields as they are on average."""

    def __init__(self, store: Store, manifest: Mapping[str, Any]) -> None:
        super().__init__(store, SIZES, manifest["sizes"], STRETCH_SIZE, read_sizes)
        self._averages = tuple(total / max(manifest["documents"], 1) for _, _, total in manifest["fields"])

    def about(self, number: int) -> tuple[float, ...]:
        """Return the lengths of a document that is prepared, nearly."""
        return (*self._averages[:BODY], self.of(number), *self._averages[BODY + 1 :])


class Facets(Blocks[Facts]):
    """What documents can be narrowed by."""

    def __init__(self, store: Store, manifest: Mapping[str, Any]) -> None:
        super().__init__(store, FACETS, manifest["facets"], STRETCH_SIZE, read_facets)

    def all_numbers(self) -> list[int]:
        """Return the numbers of all documents, ascending."""
        self.prepare_all()
        return [number for block in sorted(self._loaded) for number in self._loaded[block]]


def _numbers(block: int, size: int) -> range:
    return range(block * size, (block + 1) * size)
