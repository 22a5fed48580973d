"""`gongwen export --to`: all records in the form of another program, so that a keeper can leave with everything.

It is the keeper's own move and nothing to publish: texts are whole, whatever the site shows of them.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongwen_site.commands.custody import articles_read
from gongwen_site.commands.move_in import COLLECTIONBUILDER
from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, UsageError, error
from gongwen_site.moving.collectionbuilder import written_table
from gongwen_site.moving.hugo import written_post
from gongwen_site.records.archive import read_archive
from gongwen_site.records.article import Article

TABLE = "articles.csv"
_UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReport:
    """What was written: the folder, how many files and articles. The diagnostics tell what an earlier command had left."""

    folder: str
    files: int
    articles: int
    diagnostics: tuple[Diagnostic, ...] = ()


def move_out(folders: Folders, kind: str, target: Path) -> MoveReport:
    """Write all records into a new or empty folder, or nothing. Raises GongwenError."""
    for kept in (folders.articles, folders.seeds):
        if target.resolve().is_relative_to(kept.resolve()):
            raise UsageError(error("export-inside", Location(file=str(target)), folder=str(kept)))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise GongwenError(error("folder-not-empty", Location(file=str(target))))
    with articles_read(folders.articles, "export") as undone:
        articles = read_archive(folders.articles).articles
    beside = target.resolve().with_name(f".{target.resolve().name}.{os.getpid()}")
    try:
        beside.mkdir(parents=True)
        files = 0
        for name, text in _files(kind, articles):
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            files += 1
        if target.exists():
            target.rmdir()
        beside.rename(target.resolve())
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return MoveReport(folder=str(target), files=files, articles=len(articles), diagnostics=undone)


def _files(kind: str, articles: tuple[Article, ...]) -> Iterator[tuple[str, str]]:
    if kind == COLLECTIONBUILDER:
        yield TABLE, written_table(articles)
        return
    for article in articles:
        yield f"{(article.date or _UNDATED).split('-')[0]}/{article.id}.md", written_post(article)
