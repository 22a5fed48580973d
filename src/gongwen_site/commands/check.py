"""`gongwen check`: the built site against itself and against the records."""

from dataclasses import dataclass
from pathlib import Path

from gongwen_site.builder.check import check_site
from gongwen_site.builder.paths import file_of
from gongwen_site.commands.custody import articles_read, site_found
from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.records.addresses import latest
from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.search.check import check_index
from gongwen_site.search.format import MANIFEST


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was looked at and what was found."""

    pages: int
    articles: int
    diagnostics: tuple[Diagnostic, ...]


def check(folders: Folders) -> CheckReport:
    """Check links, ids and the search index of a site against the records. Raises GongwenError if there is no site."""
    site = folders.output
    left = site_found(site, "check")
    if not (site / "index.html").is_file():
        raise GongwenError(error("site-missing", Location(file=str(site))))
    with articles_read(folders.articles, "check") as undone:
        archive = read_archive(folders.articles)
    found = [*left, *undone, *check_site(site), *_check_articles(site, archive), *_check_index(site, archive)]
    pages = sum(path.is_file() for path in site.rglob("*.html"))
    return CheckReport(pages=pages, articles=len(archive.articles), diagnostics=tuple(found))


def _check_articles(site: Path, archive: Archive) -> list[Diagnostic]:
    return [
        error("page-missing", Location(file=str(site / "a" / name / "index.html")), id=name)
        for name in archive.register.latest
        if not (site / "a" / name / "index.html").is_file()
    ] + [
        error("address-gone", Location(file=str(site / file_of(address))))
        for address in latest(archive.addresses)
        if not (site / file_of(address)).is_file()
    ]


def _check_index(site: Path, archive: Archive) -> tuple[Diagnostic, ...]:
    folder = site / "search"
    # A site that was built without search has the page of that name and no manifest.
    return check_index(folder, archive.by_id) if (folder / MANIFEST).is_file() else ()
