"""`gongwen check`: the built site against itself and against the records."""

import json
from dataclasses import dataclass
from pathlib import Path

from gongwen_site.builder.check import check_site
from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.records.archive import Archive, read_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was looked at and what was found."""

    pages: int
    articles: int
    diagnostics: tuple[Diagnostic, ...]


def check(folders: Folders) -> CheckReport:
    """Check links, ids and the search index of a site against the records. Raises GongwenError if there is no site."""
    site = folders.output
    if not (site / "index.html").is_file():
        raise GongwenError(error("site-missing", Location(file=str(site))))
    archive = read_archive(folders.articles)
    found = [*check_site(site), *_check_articles(site, archive), *_check_index(site, archive)]
    pages = sum(path.is_file() for path in site.rglob("*.html"))
    return CheckReport(pages=pages, articles=len(archive.articles), diagnostics=tuple(found))


def _check_articles(site: Path, archive: Archive) -> list[Diagnostic]:
    return [
        error("page-missing", Location(file=str(site / "a" / name / "index.html")), id=name)
        for name in archive.register.latest
        if not (site / "a" / name / "index.html").is_file()
    ]


def _check_index(site: Path, archive: Archive) -> list[Diagnostic]:
    manifest = site / "search" / "manifest.json"
    if not manifest.is_file():
        return []  # built without search
    count = json.loads(manifest.read_text(encoding="utf-8")).get("documents")
    if count != len(archive.articles):
        return [error("index-stale", Location(file=str(manifest)), indexed=str(count), records=len(archive.articles))]
    return []
