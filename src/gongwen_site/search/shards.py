"""Terms to shards, shards to pages, and back. Twin, for reading: `static/js/search/shards.js`.

Where a shard or a page ends is decided by what stands there, so that a new article moves no border but near its own
terms: nearly all files keep their names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from zlib import crc32

from gongwen_site.search.format import BODY, TITLE, read_varint, varint

SHARD_LEAST, SHARD_MOST, SHARD_SPREAD = 256, 2048, 1024
"""Bytes of a shard: none that is followed by another is smaller than the first unless the next term is too big for it;
none is larger than the second unless it holds one term; between them an end is due every so many bytes."""
PAGE_LEAST, PAGE_MOST, PAGE_SPREAD = 32, 256, 128
"""Entries of a page, likewise."""
DIGEST_BYTES = 6


class Entry(NamedTuple):
    """A term in a shard: its weight as a word, and its postings as the format has them."""

    term: str
    weight: int
    postings: bytes


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of terms, or of shards: the first term, and the bytes of the file."""

    first: str
    content: bytes


def entry_of(term: str, before: str, weight: int, postings: bytes) -> bytes:
    """Return the entry of a term that stands behind another in a shard; `before` is empty for the first."""
    shared = 0
    for mine, other in zip(term, before, strict=False):
        if mine != other:
            break
        shared += 1
    rest = term[shared:].encode()
    return b"".join((varint(shared), varint(len(rest)), rest, _BYTES[weight], varint(len(postings)), postings))


def cut_shards(entries: Iterable[tuple[str, bytes]]) -> Iterator[Slice]:
    """Yield the shards of terms that ascend in UTF-16 order, each with its entry behind the term before it."""
    shard: list[bytes] = []
    size = 0
    first = ""
    for term, following in entries:
        entry = following
        if size and (
            size + len(entry) > SHARD_MOST or (size >= SHARD_LEAST and crc32(term.encode()) % SHARD_SPREAD < len(entry))
        ):
            yield Slice(first, b"".join(shard))
            shard, size = [], 0
            entry = _as_first(term, entry)
        if not size:
            first = term
        shard.append(entry)
        size += len(entry)
    if shard:
        yield Slice(first, b"".join(shard))


_BYTES = tuple(bytes((value,)) for value in range(256))


def _as_first(term: str, entry: bytes) -> bytes:
    """Return a term's entry as it is at the beginning of a shard."""
    _, at = read_varint(entry, 0)
    size, at = read_varint(entry, at)
    text = term.encode()
    return b"".join((varint(0), varint(len(text)), text, entry[at + size :]))


def cut_pages(shards: Iterable[tuple[str, str]]) -> Iterator[Slice]:
    """Yield the pages of the directory, of each shard's first term and digest. The first page's first term is empty."""
    page = bytearray()
    first, count = "", 0
    for term, digest in shards:
        text = term.encode()
        if count >= PAGE_MOST or (count >= PAGE_LEAST and crc32(text) % PAGE_SPREAD == 0):
            yield Slice(first, bytes(page))
            page.clear()
            first, count = term, 0
        page += varint(len(text)) + text + bytes.fromhex(digest)
        count += 1
    if page:
        yield Slice(first, bytes(page))


def read_shard(content: bytes) -> list[Entry]:
    """Return the entries of a shard. Raises ValueError or IndexError if it is damaged."""
    return [*iter_shard(content)]


def iter_shard(content: bytes) -> Iterator[Entry]:
    """Yield the entries of a shard, as far as they are asked for. Raises ValueError or IndexError if it is damaged."""
    term = ""
    at = 0
    while at < len(content):
        shared, at = read_varint(content, at)
        length, at = read_varint(content, at)
        term = term[:shared] + content[at : at + length].decode()
        at += length
        weight = content[at]
        size, at = read_varint(content, at + 1)
        if at + size > len(content):
            raise ValueError(term)
        yield Entry(term, weight, content[at : at + size])
        at += size


def read_page(content: bytes) -> list[tuple[str, str]]:
    """Return the first terms of the shards of a page, with their digests. Raises ValueError or IndexError."""
    found = []
    at = 0
    while at < len(content):
        length, at = read_varint(content, at)
        end = at + length + DIGEST_BYTES
        if end > len(content):
            raise ValueError(length)
        found.append((content[at : at + length].decode(), content[at + length : end].hex()))
        at = end
    return found


class Posting(NamedTuple):
    """A document that holds a term: the bits of the fields that do, how often each does, and how many terms each has.

    The length of the body is not told, but 0.
    """

    number: int
    mask: int
    counts: tuple[int, ...]
    lengths: tuple[int, ...]


def read_postings(content: bytes) -> Iterator[Posting]:
    """Yield the postings of a term, ascending by number. Raises ValueError or IndexError if they are damaged."""
    number = -1
    at = 0
    while at < len(content):
        value, at = read_varint(content, at)
        number += value >> 2
        match value & 3:
            case 0:
                yield Posting(number, 1 << BODY, (1,), (0,))
            case 1:
                count, at = read_varint(content, at)
                yield Posting(number, 1 << BODY, (count,), (0,))
            case 2:
                length, at = read_varint(content, at)
                yield Posting(number, 1 << TITLE, (1,), (length,))
            case _:
                mask = content[at]
                at += 1
                counts, lengths = [], []
                for field in bits(mask):
                    count, at = read_varint(content, at)
                    length, at = (0, at) if field == BODY else read_varint(content, at)
                    counts.append(count)
                    lengths.append(length)
                yield Posting(number, mask, tuple(counts), tuple(lengths))


@cache
def bits(mask: int) -> tuple[int, ...]:
    """Return the places of the bits that are set, ascending."""
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)
