"""What a verb says: results to stdout, progress and diagnostics to stderr, all of it safe to print."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from enum import Enum
from io import TextIOWrapper
from math import ceil
from time import monotonic
from typing import Any

import click

from gongwen_site.errors import Diagnostic, Severity
from gongwen_site.wording import wording

_WORDS = wording()
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a dump may hold and a terminal would obey: escape sequences, changes of direction."""
_COLUMNS = 120
_STEP = 0.2
"""Seconds after which a terminal's line of progress is written anew."""
_PLAIN_STEP = 10.0
"""Seconds after which a line is written where there is no terminal."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How a verb speaks: `quiet` keeps notes to itself, `verbose` tells more, `as_json` prints the report as JSON."""

    quiet: bool
    verbose: bool
    as_json: bool

    def result(self, text: str) -> None:
        """Print a line of the result."""
        click.echo(_printable(text))

    def styled(self, text: str) -> None:
        """Print a line of the result that brings its own colours, its words having been made safe."""
        click.echo(text, color=self.has_colour)

    @property
    def has_colour(self) -> bool:
        """Whether the result goes to a terminal whose owner wants colours (https://no-color.org)."""
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        """How many columns the result has: those of the terminal, a fixed number elsewhere."""
        return shutil.get_terminal_size((_COLUMNS, 24)).columns if sys.stdout.isatty() else _COLUMNS

    def aside(self, text: str) -> None:
        """Print a line of progress or comment."""
        if not self.quiet:
            click.echo(_printable(text), err=True)

    def progress(self, key: str) -> Callable[[int, int], None]:
        """Return what is told how far long work has come, `done` of `total`, and shows it with its rate and the time left.

        On a terminal one line is rewritten, elsewhere a plain line is written now and then.
        """
        begun = monotonic()
        shown = begun
        is_line_open = False

        def watch(done: int, total: int) -> None:
            nonlocal shown, is_line_open
            now = monotonic()
            if self.quiet:
                return
            if is_line_open and done >= total:
                click.echo("\x1b[K", err=True, nl=False)
                is_line_open = False
            elif done < total and now - shown >= (_STEP if sys.stderr.isatty() else _PLAIN_STEP):
                shown = now
                rate = done / (now - begun)
                left = ceil((total - done) / rate) if rate else "?"
                text = _WORDS.say(key, done=done, total=total, rate=round(rate), left=left)
                is_line_open = sys.stderr.isatty()
                click.echo(f"\r{text}\x1b[K\r" if is_line_open else text, err=True, nl=not is_line_open)

        return watch

    def diagnostics(self, diagnostics: Iterable[Diagnostic]) -> int:
        """Print diagnostics, errors always; return the exit code that they ask for."""
        code = 0
        for diagnostic in diagnostics:
            failed = diagnostic.severity is Severity.ERROR
            code |= failed
            if failed or not self.quiet:
                mark = _WORDS.say("error_mark" if failed else "note_mark")
                click.echo(_printable(f"{mark}{_WORDS.message(diagnostic)}"), err=True)
        return code

    def report(self, report: object) -> None:
        """Print a report as one JSON object."""
        click.echo(json.dumps(plain(report), ensure_ascii=False, indent=2))


def speak_utf8() -> None:
    """Let the streams carry Chinese whatever the locale says; what cannot be encoded is escaped, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding=None if sys.stdin.isatty() else "utf-8", errors="replace")


def plain(value: object) -> Any:
    """Return dataclasses, enumerations and paths as what JSON knows; a diagnostic also says its message."""
    if isinstance(value, Diagnostic):
        place = value.location
        return {
            "code": value.code,
            "severity": value.severity.value,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "message": _WORDS.sentence(value),
        }
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _printable(text: str) -> str:
    return _UNSAFE.sub("\ufffd", text)
