"""What can go wrong, as data and as exceptions.

Bad *content* is data: a `Diagnostic` is collected and the work goes on. An exception is raised only where a verb cannot
go on, and carries the diagnostics that say why::

    GongwenError
    ├── ConfigError       gongwen.yaml or a vocabulary file cannot be used
    ├── FixError          a fix file beside a dump cannot be applied
    ├── RecordError       a record under articles/ breaks the schema
    ├── TemplateError     a template cannot be rendered
    └── UsageError        the command was called wrongly (exit 2)

A diagnostic names a code and parameters, never a sentence: the sentences stand in `wording/<language>/diagnostics.yaml`,
so that they can be translated and every code documented.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Errors make a verb exit 1; notes never do."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place a person can open: a file as they know it, and a 1-based line where there is one."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One thing a person should know. `code` is a key of `diagnostics.yaml`, `params` fill its message."""

    code: str
    severity: Severity
    location: Location | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


def error(code: str, location: Location | None = None, **params: str | int) -> Diagnostic:
    """Return an error diagnostic."""
    return Diagnostic(code=code, severity=Severity.ERROR, location=location, params=params)


def note(code: str, location: Location | None = None, **params: str | int) -> Diagnostic:
    """Return a note: worth saying, no reason to fail."""
    return Diagnostic(code=code, severity=Severity.NOTE, location=location, params=params)


class GongwenError(Exception):
    """A verb cannot go on. `diagnostics` say why, in the reader's words once rendered; never empty."""

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = (
            (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        )
        super().__init__("; ".join(f"{d.location or ''} {d.code} {dict(d.params)}" for d in self.diagnostics))

    def __reduce__(self) -> tuple[type["GongwenError"], tuple[tuple[Diagnostic, ...]]]:
        """Come back from another process as what it is."""
        return type(self), (self.diagnostics,)


class ConfigError(GongwenError):
    """gongwen.yaml or a vocabulary file cannot be used."""


class FixError(GongwenError):
    """A fix file beside a dump cannot be applied."""


class RecordError(GongwenError):
    """A record under articles/ breaks the schema."""


class TemplateError(GongwenError):
    """A template cannot be rendered."""


class UsageError(GongwenError):
    """The command was called wrongly; exit 2."""
