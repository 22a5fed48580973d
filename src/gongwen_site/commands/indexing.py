"""The search index of a site: changed where articles have, made anew where many have, else left where it lies."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongwen_site.builder.keys import key_of
from gongwen_site.builder.stacks import Catalogued
from gongwen_site.commands.collection import Collection
from gongwen_site.commands.making import Recipe
from gongwen_site.commands.workforce import processes
from gongwen_site.errors import GongwenError, error
from gongwen_site.records.archive import read_register
from gongwen_site.records.article import Article
from gongwen_site.search.documents import number_articles
from gongwen_site.search.format import MANIFEST
from gongwen_site.search.index import Given, Made, write_index_of
from gongwen_site.search.patch import UnlikeError, patch_index
from gongwen_site.search.report import IndexReport
from gongwen_site.search.tally import Tally, keep, kept

FOLDER = "search"
_MANY = 1500
"""Articles from which on an index is made by several processes."""
_FEW, _SHARE = 8, 0.025
"""How many articles may have changed, and which part of all besides, for the index to be changed and not made anew."""


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


_Numbered = list[tuple[int, Catalogued]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is kept beside an index so that it can be changed in part: its tally, the digests of its records by number."""

    tally: Tally
    digests: dict[int, bytes]


def index_key(collection: Collection, register: bytes) -> bytes:
    """Return the key of the index of an archive: of its records, and of the register, which numbers them."""
    return key_of(register, b"".join(record.digest for record in collection.records.values()))


def index_site(
    recipe: Recipe,
    key: bytes,
    old: Index | None,
    site: Path,
    staging: Path,
    *,
    tallied: Path | None,
    executor: Executor | None,
    scratch: Path | None = None,
) -> tuple[Index, Beside]:
    """Make the files of an archive's index below `staging`, but for those that `old`, which lies in `site`, has already.

    `tallied` is what `remember_tally` wrote of the old index, None to make all anew. What comes with the index is to be
    written there once it is in its place. `scratch` is where an executor finds what its tasks share. Raises GongwenError, OSError.
    """
    numbered = _numbered(recipe)
    made = None
    if old is not None and tallied is not None and (beside := _recalled(tallied, old, site)):
        made = _patched(recipe, numbered, old, beside, site=site, staging=staging)
    is_patched = made is not None
    if made is None:
        made = write_index_of(
            [(number, record.card) for number, record in numbered],
            (Given(number, record.card.file, record.card.characters) for number, record in numbered),
            recipe.stacks.article,
            recipe.vocabulary,
            staging / FOLDER,
            full_width=recipe.config.full_width,
            executor=executor,
            scratch=scratch,
        )
    files = {f"{FOLDER}/{name}": size for name, size in made.sizes.items()}
    index = Index(key=key, files=files, report=made.report)
    if old is not None and not is_patched:
        _drop_unchanged(index, staging, site)
    return index, Beside(tally=made.tally, digests={number: record.digest for number, record in numbered})


def _recalled(tallied: Path, old: Index, site: Path) -> Beside | None:
    """Return what is kept beside an index, None if there is nothing that belongs to it."""
    found = kept(tallied)
    if found is None:
        return None
    (key, manifest, digests), tally = found
    if key != old.key or manifest != _digest_of_manifest(site):
        return None
    return Beside(tally=tally, digests=digests)


def _patched(
    recipe: Recipe, numbered: _Numbered, old: Index, beside: Beside, *, site: Path, staging: Path
) -> Made | None:
    """Make what has changed of an index; None where all has to be made anew."""
    was, now = beside.digests, {number: record.digest for number, record in numbered}
    changed = {number for number in now.keys() | was.keys() if now.get(number) != was.get(number)}
    if len(changed) > _FEW + len(now) * _SHARE:
        return None
    cards = [(number, record.card) for number, record in numbered]
    articles: dict[int, Article | None] = dict.fromkeys(changed)
    articles.update((number, recipe.stacks.article(card.file)) for number, card in cards if number in changed)
    sizes = {name.removeprefix(f"{FOLDER}/"): size for name, size in old.files.items()}
    try:
        return patch_index(
            Made(sizes=sizes, tally=beside.tally),
            site / FOLDER,
            staging / FOLDER,
            numbered=cards,
            changed=articles,
            vocabulary=recipe.vocabulary,
            full_width=recipe.config.full_width,
        )
    except UnlikeError:
        return None


def remember_tally(file: Path, site: Path, index: Index, beside: Beside) -> None:
    """Keep what belongs to an index, which is in its place now. Raises OSError."""
    keep(file, beside.tally, (index.key, _digest_of_manifest(site), beside.digests))


def _numbered(recipe: Recipe) -> _Numbered:
    register = read_register(recipe.stacks.folder)
    records = {record.card.id: record for record in recipe.records}
    numbered = number_articles([record.card for record in recipe.records], register)
    return [(number, records[card.id]) for number, card in numbered]


def _digest_of_manifest(site: Path) -> bytes:
    """Return the digest of the manifest of a site's index; of nothing if there is none."""
    try:
        content = (site / FOLDER / MANIFEST).read_bytes()
    except OSError:
        content = b""
    return hashlib.sha256(content).digest()


def _drop_unchanged(index: Index, staging: Path, site: Path) -> None:
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
