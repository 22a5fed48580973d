"""What `gongwen build` says, and the same as plain values, by which it is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongwen_site.builder.report import BuildReport
from gongwen_site.errors import Diagnostic, Location, Severity, note
from gongwen_site.search.report import IndexReport

_LARGE = 900 * 10**6
"""Bytes past which a site comes near what GitHub Pages holds, 1 GB (docs.github.com, GitHub Pages limits)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What the site is. `index` is None where no search was asked for; `found` is what an earlier command had left.

    `changed` is how many files were written or removed, `seconds` how long each station took, empty if there was nothing to
    do; `bytes` is how much the site takes, its index included.
    """

    output: str
    site: BuildReport
    index: IndexReport | None
    changed: int
    found: tuple[Diagnostic, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    bytes: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bytes", self.site.bytes + (self.index.bytes if self.index else 0))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that a person should know."""
        if self.bytes <= _LARGE:
            return (*self.found, *self.site.diagnostics)
        articles = max(1, self.site.articles)
        size = note("site-large", size=self.bytes // 10**6, each=f"{self.bytes / articles / 1000:.1f}")
        return (*self.found, *self.site.diagnostics, size)

    def remembered(self) -> tuple[Any, ...]:
        """Return the report as plain values, without what holds for one command alone."""
        site, index = self.site, self.index
        told = tuple(plain(diagnostic) for diagnostic in site.diagnostics)
        counts = (site.articles, site.pages, site.files, site.bytes)
        return counts, told, (index.documents, index.terms, index.files, index.bytes) if index else None

    @classmethod
    def recalled(cls, kept: tuple[Any, ...], output: str) -> "SiteReport":
        """Return the report that was remembered, of a site in which nothing has changed since."""
        (articles, pages, files, size), told, index = kept
        diagnostics = tuple(diagnostic_of(*kept) for kept in told)
        site = BuildReport(articles=articles, pages=pages, files=files, bytes=size, diagnostics=diagnostics)
        report = None
        if index is not None:
            report = IndexReport(documents=index[0], terms=index[1], files=index[2], bytes=index[3])
        return cls(output=output, site=site, index=report, changed=0)


def plain(diagnostic: Diagnostic) -> tuple[Any, ...]:
    """Return a diagnostic as plain values."""
    place = diagnostic.location
    where = (place.file, place.line) if place else None
    return diagnostic.code, diagnostic.severity.value, where, tuple(diagnostic.params.items())


def diagnostic_of(code: str, severity: str, where: tuple[str, int | None] | None, params: Any) -> Diagnostic:
    """Return the diagnostic that plain values tell of."""
    place = Location(file=where[0], line=where[1]) if where else None
    return Diagnostic(code=code, severity=Severity(severity), location=place, params=dict(params))
