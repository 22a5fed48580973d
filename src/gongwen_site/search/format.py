"""The files of the index as they lie on disk: names, compression, numbers. Specified in `docs/search-format.md`."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

FORMAT_VERSION = 2
"""Raised when a reader of the old files would misread the new ones."""

LUNR_VERSION = "2.3.9"

MANIFEST = "manifest.json"
PAGES, SHARDS, SIZES, RESTS, FACETS, TEXTS = "pages", "shards", "sizes", "rests", "facets", "text"
"""Folders of the files that there are many of."""

STRETCH_SIZE = 16_384
"""Documents in one block of sizes or of facets. A document's block is its number divided by this, rounded down."""

MANY_BITS, FEW_BITS = 4, 2
"""How many of the highest binary digits of a body's length its size keeps: of an archive of one block, and of a larger one,
so that the sizes of all documents can be fetched. Of one block there is another file with the digits left out."""

FIELDS: tuple[tuple[str, int], ...] = (("title", 4), ("deck", 2), ("body", 1), ("byline", 2), ("facet", 1))
"""The fields of the index with their boosts. `deck` holds kicker, deck and standing head, `body` captions too, `byline`
names with their roles and outlets, `facet` the names of regions, zones, places, topics, keywords and newspaper."""

TITLE, BODY = 0, 2
"""Places in `FIELDS` of the fields whose postings have a short form."""


def canonical(value: Any) -> bytes:
    """Return JSON that is the same bytes for the same value: no spaces, keys in the order given, UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def digest(content: bytes) -> str:
    """Return the 12 hexadecimal digits that stand in a file's name: a name's content never changes."""
    return hashlib.sha256(content).hexdigest()[:12]


def pack(content: bytes) -> bytes:
    """Return `content` as gzip, the same bytes on every system: no time, no name, system unknown (RFC 1952)."""
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    body = deflate.compress(content) + deflate.flush()
    ends = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + body + ends


def unpack(packed: bytes) -> bytes:
    """Return what `pack` was given. Raises `zlib.error` if the bytes are damaged, cut off or followed by others."""
    inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    content = inflate.decompress(packed)
    if not inflate.eof or inflate.unused_data:
        raise zlib.error
    return content


def varint(value: int) -> bytes:
    """Return a whole number from 0 up as unsigned LEB128."""
    if value < 0x80:
        return _SINGLE[value]
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


_SINGLE = tuple(bytes((value,)) for value in range(0x80))


def varints(values: Iterable[int]) -> bytes:
    """Return whole numbers one after another, each as `varint`."""
    return b"".join(map(varint, values))


def read_varint(content: bytes, at: int) -> tuple[int, int]:
    """Return the number at a place and the place behind it. Raises IndexError where the bytes end before it does."""
    byte = content[at]
    at += 1
    if byte < 0x80:
        return byte, at
    value, shift = byte & 0x7F, 7
    while True:
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def read_varints(content: bytes, at: int = 0) -> Iterator[int]:
    """Yield the numbers from a place on. Raises IndexError where the bytes end in the midst of one."""
    while at < len(content):
        value, at = read_varint(content, at)
        yield value


def zigzag(value: int) -> int:
    """Return 0, 1, 2, 3, 4 … for 0, −1, 1, −2, 2 …: a whole number as one that `varint` takes."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def unzigzag(value: int) -> int:
    """Return what `zigzag` was given."""
    return -((value + 1) >> 1) if value & 1 else value >> 1


def utf16(term: str) -> bytes:
    """Return the key by which JavaScript sorts strings."""
    return term.encode("utf-16-be", "surrogatepass")
