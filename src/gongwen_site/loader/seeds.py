"""seeds/ to `Seed`, and to `Table` what is read row by row: walk, read, decode.

A file that cannot be read becomes a diagnostic, never an exception.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongwen_site.errors import Diagnostic, Location, error, note
from gongwen_site.loader.decoding import Decoding, decode, find_decoding, text_blocks
from gongwen_site.records.reading import Seed

SUFFIXES = (".txt", ".html", ".htm", ".md", ".jsonl", ".csv")
"""What is taken for a dump. `<dump>.fix.yaml` lies beside a dump and is none."""
_FIXES = ".fix.yaml"
_TABLES = (".jsonl", ".csv")
_BLOCK = 1 << 18  # bytes
_LONGEST_NAME = 240  # bytes: file systems take 255, and a ledger's name is longer than its dump's


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table on disk, looked through but not held; `seed` says all of it but its text.

    `broken` counts the characters that could not be decoded, the first of them in the line `first_broken`.
    """

    seed: Seed
    file: Path
    decoding: Decoding
    broken: int = 0
    first_broken: int = 0

    def text(self) -> Iterator[str]:
        """Yield the text by blocks. Raises OSError."""
        return text_blocks(_blocks(self.file), self.decoding)

    def whole(self) -> Seed:
        """Return the table with its text. Raises OSError."""
        seed = self.seed
        return Seed(path=seed.path, sha256=seed.sha256, encoding=seed.encoding, text="".join(self.text()))


def iter_seeds(folder: Path) -> Iterator[Seed | Diagnostic]:
    """Yield every dump under `folder` in the order of its path, or the reason why it cannot be read."""
    for path in iter_dump_files(folder):
        yield read_seed_file(path, path.relative_to(folder).as_posix())


def iter_dumps(folder: Path) -> Iterator[Seed | Table | Diagnostic]:
    """Yield what `iter_seeds` does, but tables without their text."""
    for path in iter_dump_files(folder):
        name = path.relative_to(folder).as_posix()
        yield open_table(path, name) if path.suffix.lower() in _TABLES else read_seed_file(path, name)


def iter_dump_files(folder: Path) -> Iterator[Path]:
    """Yield the dump files under `folder`, subfolders included, hidden files left out."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    visible = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    yield from sorted(visible, key=lambda path: path.relative_to(folder).as_posix())


def passed_over(folder: Path) -> Iterator[Diagnostic]:
    """Yield a note on each kind of file under `folder` that is no dump and belongs to none, at the first of its files."""
    others: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        is_own = path.suffix.lower() in SUFFIXES or path.name.endswith(_FIXES)
        if not is_own and not any(part.startswith(".") for part in name.parts) and path.is_file():
            others.setdefault(path.suffix.lower(), []).append(str(path))
    for suffix, paths in sorted(others.items()):
        yield note("dump-kind-unread", Location(file=min(paths)), suffix=suffix, count=len(paths))


def read_seed_file(path: Path, name: str) -> Seed | Diagnostic:
    """Return the dump at `path` under its relative `name`, or the reason why it cannot be read."""
    place = Location(file=str(path))
    try:
        data = path.read_bytes()
    except OSError as failure:
        return error("file-unreadable", place, reason=failure.strerror or "")
    decoded = decode(data)
    if decoded is None:
        return error("dump-not-text", place)
    text, encoding = decoded
    if not text.strip():
        return note("dump-empty", place)
    return _bad_name(name, place) or Seed(
        path=name, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding, text=text
    )


def open_table(path: Path, name: str) -> Table | Diagnostic:
    """Return the table at `path` under its relative `name`, or the reason why it cannot be read."""
    place = Location(file=str(path))
    try:
        sha256, size = _digest(path)
        decoding = find_decoding(lambda: _blocks(path), size)
        if decoding is None:
            return error("dump-not-text", place)
        is_blank, line, broken, first_broken = True, 1, 0, 0
        for block in text_blocks(_blocks(path), decoding):
            is_blank = is_blank and not block.strip()
            if "\ufffd" in block:
                first_broken = first_broken or line + block.count("\n", 0, block.index("\ufffd"))
                broken += block.count("\ufffd")
            line += block.count("\n")
    except OSError as failure:
        return error("file-unreadable", place, reason=failure.strerror or "")
    if is_blank:
        return note("dump-empty", place)
    seed = Seed(path=name, sha256=sha256, encoding=decoding.encoding, text="")
    return _bad_name(name, place) or Table(
        seed=seed, file=path, decoding=decoding, broken=broken, first_broken=first_broken
    )


def _bad_name(name: str, place: Location) -> Diagnostic | None:
    try:
        name.encode()
    except UnicodeEncodeError:
        return error("dump-bad-name", place)
    if any(len(part.encode()) > _LONGEST_NAME for part in name.split("/")):
        return error("dump-name-long", place, most=_LONGEST_NAME // 3)
    return None


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _digest(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file and its size in bytes."""
    digest, size = hashlib.sha256(), 0
    for block in _blocks(path):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size
