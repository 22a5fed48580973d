"""A site's changes beside it, and then in their place: the old site or the new, whatever stops the program, and wherever.

A whole site is made in a folder of its own and takes the old one's place by two renames; `recover` undoes the first if
the second was not reached. Of a site that changes in part, the changed files wait in a folder beside it. Once the list of
what goes away is there, too, the change holds: `recover` does what is left of it. Before that, nothing has happened.
A loss of power is not provided for: nothing waits for the disk.
"""

import hashlib
import json
import os
import shutil
from contextlib import suppress
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

MARK = ".gongwen-site"
"""A file in every site that this program wrote: what a build may replace."""

_NEW, _OLD, _CHANGES = "new", "old", "changes"
_FILES, _LIST = "files", "list"


class Recovery(Enum):
    """What was done about a build that was stopped."""

    FINISHED = "finished"
    UNDONE = "undone"


class Staged:
    """Changed files of a site, on their way there. As a context it discards what was not committed.

    Files may be written with `write` or straight into `folder`, at their paths relative to the site. What is kept elsewhere
    of what a site holds should be named in a file of the site (`MARK`), which changes with it.
    """

    def __init__(self, output: Path) -> None:
        """Begin with nothing. `output` is the site's folder, symbolic links resolved. Raises OSError."""
        self._output = output
        self._changes = _beside(output, _CHANGES)
        _delete(self._changes)
        self.folder = self._changes / _FILES
        self.folder.mkdir(parents=True)
        self._removed: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not (self._changes / _LIST).exists():
            _delete(self._changes)

    def write(self, path: str, content: bytes) -> None:
        """Stage a file. Raises OSError."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def remove(self, path: str) -> None:
        """Let a file go, unless one of this name is staged; a folder that has no more files goes with it."""
        self._removed.add(path)

    def commit(self) -> None:
        """Let the change hold, and put everything in its place. Raises OSError.

        If that is raised with the list written, `is_unfinished` and the next `recover` ends what was begun.
        """
        removed = sorted(path for path in self._removed if not (self.folder / path).is_file())
        beside = self._changes / f"{_LIST}.writing"
        beside.write_bytes(_list_of(removed))
        beside.rename(self._changes / _LIST)
        _finish(self._output)


def new_site(output: Path) -> Path:
    """Return an empty folder to make a whole site in, which `swap_in` puts into its place. Raises OSError."""
    folder = _beside(output, _NEW)
    _delete(folder)
    folder.mkdir(parents=True)
    return folder


def discard_new(output: Path) -> None:
    """Remove what `new_site` gave, if it is still there."""
    _delete(_beside(output, _NEW))


def swap_in(output: Path) -> None:
    """Put the new site in the old one's place. Raises OSError."""
    old = _beside(output, _OLD)
    _delete(old)
    if output.exists():
        output.rename(old)
    try:
        _beside(output, _NEW).rename(output)
    except OSError:
        with suppress(OSError):
            old.rename(output)
        raise
    _delete(old)


def is_unfinished(output: Path) -> bool:
    """Tell whether a site is not what it should be, since a build was stopped while it put things into their places."""
    return _listed(output) or _is_swapped_half(output)


def recover(output: Path) -> Recovery | None:
    """Finish or undo what a stopped build left beside a site; None where there was nothing. Raises OSError.

    Only for who holds the site's lock. May itself be stopped and called again.
    """
    if _is_swapped_half(output):
        _beside(output, _OLD).rename(output)
        _delete_left(output)
        return Recovery.UNDONE
    if _listed(output) and (output / MARK).exists():
        _finish(output)
        return Recovery.FINISHED
    return Recovery.UNDONE if _delete_left(output) else None


def _is_swapped_half(output: Path) -> bool:
    return (_beside(output, _OLD) / MARK).exists() and not output.exists()


def _delete_left(output: Path) -> bool:
    left = [folder for part in (_NEW, _OLD, _CHANGES) if (folder := _beside(output, part)).exists()]
    for folder in left:
        _delete(folder)
    # The old site is deleted last of all: with the new one in its place, nothing was left undone.
    return any(not folder.name.endswith(_OLD) for folder in left)


def _list_of(removed: list[str]) -> bytes:
    text = json.dumps(removed, ensure_ascii=True).encode()
    return b"%s\n%s\n" % (text, hashlib.sha256(text).hexdigest().encode())


def _read_list(changes: Path) -> list[str] | None:
    """Return the paths that go away; None where there is no list, or not the whole of it."""
    try:
        text, digest = (changes / _LIST).read_bytes().split(b"\n")[:2]
    except (FileNotFoundError, ValueError):
        return None
    if hashlib.sha256(text).hexdigest().encode() != digest:
        return None
    removed: list[str] = json.loads(text)
    return removed


def _listed(output: Path) -> bool:
    return _read_list(_beside(output, _CHANGES)) is not None


def _finish(output: Path) -> None:
    """Do what is left to do: every step may have been done before."""
    changes = _beside(output, _CHANGES)
    for path in _read_list(changes) or ():
        target = output / path
        if target.is_file():  # not so where the change was begun before: a new folder may have its name
            target.unlink()
        _prune(target.parent, output)
    staged = changes / _FILES
    for file in sorted(path for path in staged.rglob("*") if not path.is_dir()):
        target = output / file.relative_to(staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, target)  # noqa: PTH105 - Path.replace reads like str.replace here
    _delete(changes)


def _prune(folder: Path, top: Path) -> None:
    """Remove a folder without files, and the folders above it that have no more."""
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _beside(output: Path, part: str) -> Path:
    return output.with_name(f".{output.name}.{part}")


def _delete(folder: Path) -> None:
    """Delete a folder. What makes it a list of changes or a site goes first: a part of one must not pass for the whole."""
    for name in (_LIST, MARK):
        (folder / name).unlink(missing_ok=True)
    if folder.exists():
        shutil.rmtree(folder)
