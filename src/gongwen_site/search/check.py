"""A written index against itself and against the records: every file there and unchanged, every article in it."""

from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.search.columns import Facets
from gongwen_site.search.format import FACETS, PAGES, RESTS, SHARDS, SIZES, digest, utf16
from gongwen_site.search.shards import read_page, read_shard
from gongwen_site.search.store import Store
from gongwen_site.search.texts import Documents


def check_index(folder: Path, articles: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the index in `folder`, which should hold just the `articles`, by their ids."""
    store = Store(folder, keep=False)
    try:
        manifest = store.manifest()
        damaged = tuple(_damaged(store, manifest))
        return damaged or tuple(_stale(store, manifest, frozenset(articles)))
    except GongwenError as failure:
        return failure.diagnostics


def _damaged(store: Store, manifest: dict[str, Any]) -> Iterator[Diagnostic]:
    for kind in ("catalogue", "spelling", "folding"):
        yield from _changed(store, f"{kind}-{manifest[kind]}.bin", manifest[kind])
    for folder in (SIZES, RESTS, FACETS):
        for name in manifest[folder]:
            if name:
                yield from _changed(store, f"{folder}/{name}.bin", name)
    yield from _misplaced(store, manifest)


def _misplaced(store: Store, manifest: dict[str, Any]) -> Iterator[Diagnostic]:
    """Every page and shard, and that their terms ascend through all of them and begin where the directory says."""
    terms: list[str] = []
    for page_first, page in manifest["pages"]:
        file = f"{PAGES}/{page}.bin"
        yield from _changed(store, file, page)
        for first, shard in store.decoded(file, read_page):
            name = f"{SHARDS}/{shard}.bin"
            yield from _changed(store, name, shard)
            entries = store.decoded(name, read_shard)
            terms = [*terms[-1:], *(entry.term for entry in entries)]
            ascend = all(utf16(before) < utf16(after) for before, after in pairwise(terms))
            if not entries or entries[0].term != first or not ascend or utf16(first) < utf16(page_first):
                yield from store.damaged(name).diagnostics


def _changed(store: Store, name: str, expected: str) -> Iterator[Diagnostic]:
    if digest(store.read(name)) != expected:
        yield from store.damaged(name).diagnostics


def _stale(store: Store, manifest: dict[str, Any], articles: frozenset[str]) -> Iterator[Diagnostic]:
    documents = Documents(store)
    indexed = {documents.text(number).get("id") for number in Facets(store, manifest).all_numbers()}
    if indexed != articles or manifest["documents"] != len(articles):
        yield error("index-stale", Location(file=str(store.folder)), indexed=len(indexed), records=len(articles))
