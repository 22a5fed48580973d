"""A written index against itself and against the records: every file there and unchanged, every article in it."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.search.format import digest, read_json, read_manifest


def check_index(folder: Path, articles: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the index in `folder`, which should hold just the `articles`, by their ids."""
    try:
        return tuple(_problems(folder, frozenset(articles)))
    except GongwenError as failure:
        return failure.diagnostics


def _problems(folder: Path, articles: frozenset[str]) -> Iterator[Diagnostic]:
    manifest = read_manifest(folder)
    rows: list[dict[str, Any]] = [row for name in manifest["blocks"].values() for row in read_json(folder, name)]
    names = [manifest["index"], manifest["facets"], *manifest["blocks"].values(), *(row["text"] for row in rows)]
    for name in names:
        file = folder / name
        if not file.is_file() or digest(file.read_bytes()) not in file.name:
            yield error("index-damaged", Location(file=str(file)))
    if {row["id"] for row in rows} != articles or manifest["documents"] != len(articles):
        place = Location(file=str(folder))
        yield error("index-stale", place, indexed=len(rows), records=len(articles))
