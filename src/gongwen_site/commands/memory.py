"""What one build remembers for the next: which files it was made of and what each became, in one file of the cache.

Everything in it can be had anew from the archive: a file that is missing, damaged, of another version of the program or of
another site is no memory, and the next build is a whole one. Only its time depends on it, never a byte of the site.
"""

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from os import DirEntry, scandir
from pathlib import Path
from typing import Any, NamedTuple

_HEAD = b"gongwen-site build memory 3\n"
_DIGEST = hashlib.sha256().digest_size
_PASSED = (".", "__pycache__")
NEVER_FRESH = 1 << 63
"""The moment of looking for whom no file is too fresh."""
_FRESH = 20_000_000
"""Nanoseconds: a file that was written so shortly before it was looked at may change without its time telling."""


class Stamp(NamedTuple):
    """By what a file is taken for the one that was read before, without reading it again: size, time (ns), inode."""

    size: int
    time: int
    inode: int


class Copy(NamedTuple):
    """What became of a product, or piece of one: its key, its size in bytes and their digest; whether it is a page."""

    key: bytes
    size: int
    digest: bytes
    is_page: bool


class Summary(NamedTuple):
    """What is asked first. `signature` tells whether anything may have changed, empty if it cannot tell.

    `stamp` is what the site itself is marked with; `report` what was said of it, as plain values.
    """

    signature: bytes
    stamp: bytes
    report: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was found and made. All values are plain ones: numbers, text, bytes, tuples and dictionaries of these.

    `program` and `ground` are what every card and every page depends on; `records` and `ledgers` are by path, each with its
    stamp; `copies` by file and piece; `wholes` and `notes` by file.
    """

    program: bytes = b""
    ground: bytes = b""
    records: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    ledgers: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    copies: dict[tuple[str, int], tuple[Any, ...]] = field(default_factory=dict)
    wholes: dict[str, tuple[int, str]] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    index: tuple[Any, ...] = ()


_NAMES = tuple(Memory.__slots__)


def remember(file: Path, summary: Summary, memory: Memory) -> None:
    """Write a memory, whole or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.writing")
    with beside.open("wb") as opened:
        opened.write(_HEAD)
        # Part by part: while marshal is at work no other thread is.
        for value in (tuple(summary), *(getattr(memory, name) for name in _NAMES)):
            part = marshal.dumps(value, 4)
            opened.write(len(part).to_bytes(8) + hashlib.sha256(part).digest())
            opened.write(part)
    beside.replace(file)


def recall_summary(file: Path) -> Summary | None:
    """Return what is asked first of what a build remembered, None if there is nothing that can be relied on."""
    parts = _parts(file, 1)
    return Summary(*parts[0]) if parts else None


def recall(file: Path) -> tuple[Summary, Memory] | None:
    """Return what a build remembered, None if there is nothing that can be relied on."""
    parts = _parts(file, 1 + len(_NAMES))
    if parts is None:
        return None
    return Summary(*parts[0]), Memory(**dict(zip(_NAMES, parts[1:], strict=True)))


def verified(memory: Memory, site: Path) -> Memory:
    """Return a memory without what the files of a site do not bear out, in which no stamp of a file holds."""
    held: dict[str, list[tuple[Any, tuple[Any, ...]]]] = {}
    for (file, piece), copy in sorted(memory.copies.items()):
        held.setdefault(file, []).append(((file, piece), copy))
    copies = {name: copy for file, pieces in held.items() if _is_as_made(site / file, pieces) for name, copy in pieces}
    index = memory.index
    if index and any(not _is_so_large(site / file, size) for file, size in index[1].items()):
        index = ()
    records = {path: ((), *kept[1:]) for path, kept in memory.records.items()}
    ledgers = {path: ((), *kept[1:]) for path, kept in memory.ledgers.items()}
    return replace(memory, records=records, ledgers=ledgers, copies=copies, index=index)


def _is_as_made(path: Path, pieces: Iterable[tuple[Any, tuple[Any, ...]]]) -> bool:
    try:
        with path.open("rb") as opened:
            for _, copy in pieces:
                known = Copy(*copy)
                if digest_of(opened.read(known.size)) != known.digest:
                    return False
            return not opened.read(1)
    except OSError:
        return False


def _is_so_large(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def digest_of(content: bytes) -> bytes:
    """Return the digest by which the bytes of a product are compared."""
    return hashlib.blake2b(content, digest_size=12).digest()


def _parts(file: Path, count: int) -> list[Any] | None:
    found = []
    try:
        with file.open("rb") as opened:
            if opened.read(len(_HEAD)) != _HEAD:
                return None
            for _ in range(count):
                size = int.from_bytes(opened.read(8))
                digest = opened.read(_DIGEST)
                part = opened.read(size)
                # marshal trusts its input: nothing is read that was not written here, and whole.
                if hashlib.sha256(part).digest() != digest:
                    return None
                found.append(marshal.loads(part))  # noqa: S302 - see above
    except (OSError, ValueError, EOFError, TypeError, OverflowError, MemoryError):
        return None
    return found


def stamps_below(folder: Path, looked: int) -> dict[str, Stamp]:
    """Return the stamps of all files below a folder by relative path, in a fixed order; none of hidden ones or caches.

    A file in place of the folder is the only one, and its path empty. `looked` is the moment (ns) of looking: a file written
    just before it gets a stamp that no file has.
    """
    if folder.is_file():
        return {"": _stamp(folder, looked)}
    return {path: _stamp(entry, looked) for path, entry in _files(str(folder), "")}


def signature_of(parts: Iterable[Mapping[str, Stamp]], *options: object) -> bytes:
    """Return the digest of everything that a build looks at, empty if some of it is too fresh to be told by its stamp."""
    digest = hashlib.blake2b(repr(options).encode(), digest_size=16)
    for part in parts:
        for path, stamp in part.items():
            if not stamp.time:
                return b""
            digest.update(b"%s\0%d %d %d\n" % (path.encode("utf-8", "surrogateescape"), *stamp))
        digest.update(b"\n")
    return digest.digest()


def _files(folder: str, prefix: str) -> Iterator[tuple[str, "DirEntry[str]"]]:
    entries: list[DirEntry[str]] = []
    with suppress(FileNotFoundError, PermissionError, NotADirectoryError), scandir(folder) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(_PASSED)), key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry


def stamp_of(file: Path) -> Stamp:
    """Return the stamp of a file that is looked at again and again."""
    return _stamp(file, NEVER_FRESH)


def _stamp(entry: "DirEntry[str] | Path", looked: int) -> Stamp:
    try:
        status = entry.stat()
    except OSError:
        return Stamp(0, 0, 0)
    if status.st_mtime_ns > looked - _FRESH:
        return Stamp(0, 0, 0)
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)
