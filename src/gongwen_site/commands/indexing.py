"""The search index of a site: made anew where any article has changed, else left where it lies."""

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongwen_site.builder.keys import key_of
from gongwen_site.commands.collection import Collection
from gongwen_site.commands.press import Recipe
from gongwen_site.commands.workforce import processes
from gongwen_site.errors import GongwenError, error
from gongwen_site.records.archive import read_archive
from gongwen_site.records.disclosure import disclosed
from gongwen_site.search.index import write_index
from gongwen_site.search.report import IndexReport

FOLDER = "search"
_MANY = 1500
"""Articles from which on an index is made by several processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index in a site: what it was made of, its files with their sizes by path below the site, its report."""

    key: bytes
    files: dict[str, int]
    report: IndexReport

    def remembered(self) -> tuple[object, ...]:
        """Return the index as plain values."""
        report = self.report
        return self.key, self.files, (report.documents, report.terms, report.files, report.bytes)

    @classmethod
    def recalled(cls, kept: tuple[Any, ...]) -> "Index | None":
        """Return the index that was remembered, None if there was none."""
        if not kept:
            return None
        key, files, (documents, terms, count, size) = kept
        return cls(key=key, files=files, report=IndexReport(documents=documents, terms=terms, files=count, bytes=size))


def index_key(collection: Collection, register: bytes) -> bytes:
    """Return the key of the index of an archive: of its records, and of the register, which numbers them."""
    return key_of(register, b"".join(record.digest for record in collection.records.values()))


def index_site(recipe: Recipe, site: Path, key: bytes, executor: Executor | None) -> Index:
    """Make the index of an archive below `site`. Raises GongwenError, OSError."""
    config = recipe.config
    archive = disclosed(read_archive(recipe.stacks.folder), config.disclosure)
    report = write_index(archive, recipe.vocabulary, site / FOLDER, full_width=config.full_width, executor=executor)
    found = (path for path in (site / FOLDER).rglob("*") if path.is_file())
    files = {path.relative_to(site).as_posix(): path.stat().st_size for path in found}
    return Index(key=key, files=files, report=report)


def drop_unchanged(index: Index, staging: Path, site: Path) -> None:
    """Delete from a folder of staged files those of an index that the site has already."""
    for file, size in index.files.items():
        old, new = site / file, staging / file
        with suppress(FileNotFoundError):
            if old.stat().st_size == size and old.read_bytes() == new.read_bytes():
                new.unlink()


@contextmanager
def workers(articles: int, jobs: int) -> Iterator[Executor | None]:
    """Give what does the work on so many articles; None where starting processes would cost more than it saves.

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
