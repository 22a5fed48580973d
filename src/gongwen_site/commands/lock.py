"""One writer at a time: locks that the system frees when their holder ends, however it ends.

flock(2), and not a library: a build reads the articles that a load must not change meanwhile, several builds may read at
once, and what is held tells by whom. Where the system or the file system has no such locks, none are taken.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gongwen_site.errors import Diagnostic, GongwenError, Location, error

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without flock
    fcntl = None  # type: ignore[assignment]

_ours: set[int] = set()
"""The open files by which this process holds locks."""


def _let_go() -> None:
    """Close in a copy of this process what it holds: a lock ends with its holder, and not with the last copy."""
    for lock in _ours:
        os.close(lock)
    _ours.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)

_PAUSE = 0.05
_MOST_SAID = 100
"""Bytes of a lock file that are looked at."""


@contextmanager
def held(folder: Path, file: Path, verb: str, *, shared: bool = False, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock of a folder, a `file` that is there only while it is held.

    Whoever holds it `shared` lets others do so, too. Raises GongwenError, which says who holds it, if it cannot be had
    within so many seconds.
    """
    lock = _acquire(folder, file, shared=shared, until=time.monotonic() + patience)
    try:
        if lock is not None:
            _ours.add(lock)
            with suppress(OSError):  # what stands there is for a message only
                os.ftruncate(lock, 0)
                os.pwrite(lock, f"{os.getpid()} {verb}".encode(), 0)
        yield
    finally:
        if lock is not None:
            _release(file, lock)


def _acquire(folder: Path, file: Path, *, shared: bool, until: float) -> int | None:
    while (lock := _open(file)) is not None:
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as failure:
            holder = os.pread(lock, _MOST_SAID, 0)
            os.close(lock)
            if time.monotonic() >= until:
                raise GongwenError(_busy(folder, holder)) from failure
            time.sleep(_PAUSE)
            continue
        except OSError:  # a file system without locks
            os.close(lock)
            return None
        if _is_still(file, lock):
            return lock
        os.close(lock)  # its last holder deleted it just then
    return None


def _open(file: Path) -> int | None:
    """Return the open file; None where there can be none: whoever may not write here needs no lock against itself."""
    if fcntl is None:
        return None
    for way in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with suppress(OSError):
            return os.open(file, way, 0o666)
    return None


def _is_still(file: Path, lock: int) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), file.stat())
    except OSError:
        return False


def _release(file: Path, lock: int) -> None:
    _ours.discard(lock)
    try:
        with suppress(OSError):
            fcntl.flock(
                lock, fcntl.LOCK_EX | fcntl.LOCK_NB
            )  # fails while others share it: the last one deletes the file
            if _is_still(file, lock):
                file.unlink()
    finally:
        os.close(lock)


def _busy(folder: Path, holder: bytes) -> Diagnostic:
    process, _, verb = holder.decode(errors="replace").partition(" ")
    return error("folder-busy", Location(file=str(folder)), process=process or "?", verb=verb or "?")
