"""The history of a folder as git has it. The one module that calls git; no build depends on it."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gongwen_site.errors import GongwenError, Location, error

_COMMIT = "\x01"
"""Begins what git prints of a commit; no path or raw line of a difference does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One step of the branch that is checked out: `date` (YYYY-MM-DD) is when it was made.

    `files` has the files that it changed, by their paths below the folder: the names of the old and the new content.
    """

    name: str
    date: str
    files: Mapping[str, tuple[str | None, str | None]]


def read_commits(folder: Path) -> tuple[Commit, ...]:
    """Return the commits that changed a folder, the oldest first; of merges what they brought into the branch.

    Raises GongwenError if git is missing or the folder has no history.
    """
    out = _git(
        folder,
        "log",
        "--reverse",
        "--first-parent",
        "-m",
        "--raw",
        "-z",
        "--relative",
        "--no-abbrev",
        "--no-renames",
        "--no-show-signature",
        "--no-color",
        f"--format={_COMMIT}%H %cs",
        "--",
        ".",
    )
    found: list[tuple[str, str, dict[str, tuple[str | None, str | None]]]] = []
    tokens = iter(os.fsdecode(out).split("\0"))
    for token in tokens:
        text = token.lstrip("\n")
        if text.startswith(_COMMIT):
            name, date = text.removeprefix(_COMMIT).split()
            found.append((name, date, {}))
        elif text.startswith(":"):
            _, _, old, new, _ = text.split(" ")
            found[-1][2][next(tokens)] = (_content(old), _content(new))
    return tuple(Commit(name=name, date=date, files=files) for name, date, files in found)


def _content(name: str) -> str | None:
    return name if name.strip("0") else None


def has_changes(folder: Path) -> bool:
    """Tell whether records of a folder were changed since the last commit."""
    names = os.fsdecode(_git(folder, "status", "--porcelain", "-z", "--no-renames", "--", ".")).split("\0")
    return any(name.endswith(".md") for name in names)


class Contents:
    """Reads what commits name, each from git's own store."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def text(self, name: str) -> str | None:
        """Return a file's text; None if git lacks it, as in a shallow clone, or it is not UTF-8."""
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:
            return None
        asked.write(f"{name}\n".encode())
        asked.flush()
        head = told.readline().split()
        if len(head) != 3:
            return None
        content = told.read(int(head[2]))
        told.read(1)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None


@contextmanager
def contents(folder: Path) -> Iterator[Contents]:
    """Open git's store for reading."""
    command = ["git", "-C", str(folder), "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - no shell
        yield Contents(process)


def _git(folder: Path, *arguments: str) -> bytes:
    place = Location(file=str(folder))
    command = ["git", "-c", "core.quotePath=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"})  # noqa: S603 - no shell
    except FileNotFoundError as failure:
        raise GongwenError(error("git-missing", place)) from failure
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GongwenError(error("git-no-history", place, reason=said[0] if said else str(done.returncode)))
    return done.stdout
