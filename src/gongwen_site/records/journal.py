"""Changes to the files of a folder, all of them or none: what was there before is kept until the last one is made.

The journal lies in the folder itself, so that it goes where that goes; git is told to pass it by. Before a file is
replaced or deleted its old content is kept there, by a hard link where there can be one, and a line is added to the list:
the kept file, the digest of what is written now, the path. Content is written beside and moved into place, so that the
kept file stays as it was. The changes hold when the list is deleted.

A journal with a list is of somebody who was stopped: `roll_back` brings back what was there. A file that is neither as it
was nor as it was written since is a person's, and stays.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = ".journal"
_LIST = "list"
_GONE = ""
"""The digest of a file that is not there."""


class Journal:
    """Changes to the files of one folder. Nothing is made before the first change."""

    def __init__(self, folder: Path, verb: str) -> None:
        """Begin with nothing changed. `verb` is what `roll_back` says was stopped."""
        self.folder = folder
        self._verb = verb
        self._own = folder / FOLDER
        self._list: int | None = None
        self._kept = 0

    def write(self, path: Path, data: bytes) -> bool:
        """Write a file unless it holds just that; tell whether it was written. Raises OSError."""
        return self.write_parts(path, lambda: (data,))

    def write_parts(self, path: Path, parts: Callable[[], Iterable[bytes]]) -> bool:
        """Write a file as `write` does. `parts` gives its content each time that it is called."""
        digest = _digest(parts())
        is_there = path.exists()
        if is_there and _digest_of(path) == digest:
            return False
        self._note(path, digest, is_there=is_there)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = _beside(path)
        with beside.open("wb") as file:
            file.writelines(parts())
        os.replace(beside, path)  # noqa: PTH105 - Path.replace reads like str.replace here
        return True

    def remove(self, path: Path) -> None:
        """Delete a file. Raises OSError."""
        self._note(path, _GONE, is_there=True)
        path.unlink()

    @property
    def is_begun(self) -> bool:
        """Tell whether anything was changed."""
        return self._list is not None

    def commit(self) -> None:
        """Let the changes hold. Raises OSError."""
        if self._list is not None:
            self._close()
            (self._own / _LIST).unlink()
            shutil.rmtree(self._own, ignore_errors=True)

    def roll_back(self) -> "Undone | None":
        """Undo the changes, as `roll_back` does."""
        self._close()
        return roll_back(self.folder)

    def _close(self) -> None:
        if self._list is not None:
            os.close(self._list)
            self._list = None

    def _note(self, path: Path, digest: str, *, is_there: bool) -> None:
        """Keep what a file holds, and take down what it is going to hold."""
        if self._list is None:
            self._list = _begin(self._own, self._verb)
        kept = ""
        if is_there:
            self._kept += 1
            kept = str(self._kept)
            _keep(path, self._own / kept)
        _write_line(self._list, [kept, digest, path.relative_to(self.folder).as_posix()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was undone: the verb that was stopped, and the files that stay since a person changed them meanwhile."""

    verb: str
    left: tuple[Path, ...]


def is_unfinished(folder: Path) -> bool:
    """Tell whether somebody was stopped while the folder was being changed, or is changing it now."""
    return (folder / FOLDER / _LIST).exists()


def is_left(folder: Path) -> bool:
    """Tell whether anything of a journal is there, if only what was not cleared away any more."""
    return (folder / FOLDER).exists()


def roll_back(folder: Path) -> Undone | None:
    """Undo the changes of a journal that was left; None where there is none. Raises OSError.

    Only for who holds the folder's lock. May itself be stopped and called again.
    """
    own = folder / FOLDER
    if not is_unfinished(folder):
        shutil.rmtree(own, ignore_errors=True)
        return None
    verb, noted = _read_list(own / _LIST)
    left = tuple(folder / path for path, change in noted.items() if not _undo(own, folder / path, folder, change))
    (own / _LIST).unlink()
    shutil.rmtree(own, ignore_errors=True)
    return Undone(verb=verb, left=left)


@dataclass(slots=True)
class _Change:
    """What became of a file: where its old content is kept, empty if it had none; the digests of what was written."""

    kept: str
    digests: list[str] = field(default_factory=list)


def _undo(own: Path, path: Path, top: Path, change: _Change) -> bool:
    """Bring a file back unless it is back already; tell whether it is as it was."""
    _beside(path).unlink(missing_ok=True)
    kept = own / change.kept
    if change.kept and not os.path.lexists(kept):
        return True  # it was brought back before
    now = _digest_of(path) if path.is_file() else _GONE
    before = _digest_of(kept) if change.kept else _GONE
    if now not in {before, *change.digests}:
        return False
    if now != before and change.kept:
        _move(kept, path)
    elif not change.kept:
        path.unlink(missing_ok=True)
        _prune(path.parent, top)
    return True


def _begin(own: Path, verb: str) -> int:
    own.mkdir(exist_ok=True)
    (own / ".gitignore").write_text("*\n", encoding="utf-8")
    lines = os.open(own / _LIST, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
    try:
        _write_line(lines, [verb])
    except OSError:
        os.close(lines)
        raise
    return lines


def _write_line(lines: int, items: list[str]) -> None:
    rest = json.dumps(items).encode() + b"\n"
    while rest:  # a disk that is nearly full takes a part, and then refuses
        rest = rest[os.write(lines, rest) :]


def _read_list(file: Path) -> tuple[str, dict[str, _Change]]:
    """Return the verb, and what became of each file, the last one first."""
    verb, noted = "?", dict[str, _Change]()
    for items in _lines(file):
        if len(items) == 1:
            verb = items[0]
        else:
            kept, digest, path = items
            noted.setdefault(path, _Change(kept)).digests.append(digest)
    return verb, dict(reversed(noted.items()))


def _lines(file: Path) -> Iterator[list[str]]:
    with file.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):  # else it was being written, and what it tells of was not yet done
                yield json.loads(line)


def _keep(path: Path, kept: Path) -> None:
    kept.unlink(missing_ok=True)
    try:
        if path.is_symlink():
            shutil.copyfile(path, kept)
        else:
            kept.hardlink_to(path)
    except OSError:  # a file system without hard links; or the disk is full, and this fails, too
        shutil.copyfile(path, kept)


def _move(kept: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(kept, path)  # noqa: PTH105 - as above
    except OSError:  # a folder that lies on another disk
        shutil.copyfile(kept, _beside(path))
        os.replace(_beside(path), path)  # noqa: PTH105 - as above


def _prune(folder: Path, top: Path) -> None:
    """Remove a folder without files, and the folders above it that have no more."""
    with suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.writing")


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
