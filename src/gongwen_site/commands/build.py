"""`gongwen build`: articles/ to _site/, whole or not at all.

The new site is made beside the old one and takes its place when every page and the index are written. If anything
fails on the way, the old site stays as it was.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from gongwen_site.builder.build import BuildReport, render_site
from gongwen_site.commands.custody import articles_read, site_changed
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.staging import MARK, discard_new, new_site, swap_in
from gongwen_site.commands.workforce import processes
from gongwen_site.config import checked_base_url
from gongwen_site.errors import Diagnostic, GongwenError, Location, error, note
from gongwen_site.records.archive import read_archive
from gongwen_site.records.disclosure import disclosed
from gongwen_site.search.index import IndexReport, write_index

_LARGE = 900 * 10**6
"""Bytes past which a site comes near what GitHub Pages holds, 1 GB (docs.github.com, GitHub Pages limits)."""
_MANY = 1500
"""Articles from which on an index is made by several processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What `build` wrote. `index` is None where no search was asked for; `found` is what an earlier command had left."""

    output: str
    site: BuildReport
    index: IndexReport | None
    found: tuple[Diagnostic, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that a person should know."""
        if self.bytes <= _LARGE:
            return (*self.found, *self.site.diagnostics)
        articles = max(1, self.site.articles)
        size = note("site-large", size=self.bytes // 10**6, each=f"{self.bytes / articles / 1000:.1f}")
        return (*self.found, *self.site.diagnostics, size)

    @property
    def bytes(self) -> int:
        """How much the site takes, its index included."""
        return self.site.bytes + (self.index.bytes if self.index else 0)


def build(
    folders: Folders,
    *,
    base_url: str | None = None,
    search: bool = True,
    watch: Callable[[int], None] = lambda _done: None,
    jobs: int = 1,
) -> SiteReport:
    """Build the site of an archive. Raises GongwenError, the old site untouched, if a record or template is broken.

    `watch` is told after each page how many are written. The index of a large archive is made by up to `jobs` processes.
    """
    if base_url is not None:
        base_url = checked_base_url(base_url)
    if not folders.articles.is_dir():
        raise GongwenError(error("articles-missing", Location(file=str(folders.articles))))
    output = folders.output.resolve()
    with articles_read(folders.articles, "build") as undone, site_changed(output, "build") as left:
        report = _build(folders, output, base_url=base_url, search=search, watch=watch, jobs=jobs)
    return replace(report, found=(*undone, *left))


def _build(
    folders: Folders, output: Path, *, base_url: str | None, search: bool, watch: Callable[[int], None], jobs: int
) -> SiteReport:
    _refuse_foreign(output)
    config = folders.config()
    if base_url is not None:
        config = replace(config, base_url=base_url)
    archive = disclosed(read_archive(folders.articles), config.disclosure)
    vocabulary = folders.vocabulary()
    try:
        staging = new_site(output)
        site = render_site(
            archive, vocabulary, config, seeds=folders.seeds, output=staging, root=folders.root, watch=watch
        )
        index = None
        if search:
            with index_workers(len(archive.articles), jobs) as executor:
                index = write_index(
                    archive, vocabulary, staging / "search", full_width=config.full_width, executor=executor
                )
        (staging / MARK).touch()
        swap_in(output)
    except OSError as failure:
        place = Location(file=str(failure.filename or output))
        raise GongwenError(error("file-unwritable", place, reason=failure.strerror or str(failure))) from failure
    finally:
        discard_new(output)
    return SiteReport(output=str(folders.output), site=site, index=index)


@contextmanager
def index_workers(articles: int, jobs: int) -> Iterator[Executor | None]:
    """Give what makes the parts of an index of so many articles; None where starting processes would cost more than it saves.

    Raises GongwenError if one of them is lost.
    """
    if jobs == 1 or articles < _MANY:
        yield None
        return
    try:
        with processes(jobs) as executor:
            yield executor
    except BrokenExecutor as failure:
        raise GongwenError(error("worker-lost")) from failure


def _refuse_foreign(output: Path) -> None:
    """Replace nothing that this program did not write."""
    if not output.exists() or (output / MARK).exists():
        return
    if not output.is_dir() or any(output.iterdir()):
        raise GongwenError(error("output-foreign", Location(file=str(output))))
