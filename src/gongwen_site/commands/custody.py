"""Who may change an archive's folders now, and in what state they are found: what was stopped is undone or finished first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongwen_site.commands import staging
from gongwen_site.commands.lock import held
from gongwen_site.commands.staging import Recovery
from gongwen_site.errors import Diagnostic, GongwenError, Location, error, note
from gongwen_site.records import journal as journals
from gongwen_site.records.journal import Journal, Undone

_MOMENT = 10.0
"""Seconds within which a build has put its files into their places, or has been stopped in it."""


@contextmanager
def articles_changed(folder: Path, verb: str) -> Iterator[tuple[Journal, list[Diagnostic]]]:
    """Let nobody else read or change an articles folder while it is changed by a journal; it is made if missing.

    All changes hold at the end, or none if anything is raised; an OSError becomes a GongwenError then. The diagnostics
    tell what an earlier command had left. Raises GongwenError if another is at work.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise GongwenError(_refused(failure, folder)) from failure
    with held(folder, _lock_of_articles(folder), verb):
        found = _mended(folder)
        journal = Journal(folder, verb)
        try:
            yield journal, found
            journal.commit()
        except OSError as failure:
            raise GongwenError((_refused(failure, folder), *_undone(journal))) from failure
        except GongwenError as failure:
            raise type(failure)((*failure.diagnostics, *_undone(journal))) from failure
        except BaseException:
            _undone(journal)
            raise


@contextmanager
def articles_read(folder: Path, verb: str) -> Iterator[tuple[Diagnostic, ...]]:
    """Let nobody change an articles folder while it is read. Raises GongwenError if somebody is at it.

    The diagnostics tell what an earlier command had left. A folder that is missing is no error here.
    """
    found: list[Diagnostic] = []
    while True:
        if journals.is_left(folder):
            with held(folder, _lock_of_articles(folder), verb):
                found += _mended(folder)
        with held(folder, _lock_of_articles(folder), verb, shared=True):
            if not journals.is_unfinished(folder):
                yield tuple(found)
                return


@contextmanager
def site_changed(output: Path, verb: str) -> Iterator[tuple[Diagnostic, ...]]:
    """Let nobody else change a site; its parent folder is made if missing. `output` has its symbolic links resolved.

    The diagnostics tell what an earlier command had left. Raises GongwenError if another is at work.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise GongwenError(_refused(failure, output)) from failure
    with held(output, _lock_of_site(output), verb):
        yield _recovered(output)


def site_found(output: Path, verb: str) -> tuple[Diagnostic, ...]:
    """Make sure that a site may be read, which a build may be putting into place; tell what was done about it.

    Raises GongwenError if that build takes too long, or if it was stopped and cannot be undone.
    """
    output = output.resolve()
    if not staging.is_unfinished(output):
        return ()
    with held(output, _lock_of_site(output), verb, patience=_MOMENT):
        return _recovered(output)


def _lock_of_articles(folder: Path) -> Path:
    return folder / ".lock"


def _lock_of_site(output: Path) -> Path:
    return output.with_name(f".{output.name}.lock")


def _mended(folder: Path) -> list[Diagnostic]:
    try:
        return _told(journals.roll_back(folder), folder)
    except OSError as failure:
        raise GongwenError(_unfinished(failure, folder)) from failure


def _undone(journal: Journal) -> list[Diagnostic]:
    try:
        return _told(journal.roll_back(), journal.folder)
    except OSError as failure:
        return [_unfinished(failure, journal.folder)]


def _told(undone: Undone | None, folder: Path) -> list[Diagnostic]:
    if undone is None:
        return []
    return [
        note("articles-undone", Location(file=str(folder)), verb=undone.verb),
        *(note("edit-kept", Location(file=str(path))) for path in undone.left),
    ]


def _recovered(output: Path) -> tuple[Diagnostic, ...]:
    place = Location(file=str(output))
    try:
        done = staging.recover(output)
    except OSError as failure:
        raise GongwenError(error("site-unfinished", place, reason=failure.strerror or str(failure))) from failure
    if done is None:
        return ()
    return (note("site-finished", place) if done is Recovery.FINISHED else note("site-undone", place),)


def _refused(failure: OSError, folder: Path) -> Diagnostic:
    place = Location(file=str(failure.filename or folder))
    return error("system-refused", place, reason=failure.strerror or str(failure))


def _unfinished(failure: OSError, folder: Path) -> Diagnostic:
    return error("articles-unfinished", Location(file=str(folder)), reason=failure.strerror or str(failure))
