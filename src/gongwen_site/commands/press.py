"""Products to files: what has changed is made, here or by an executor, and staged; what has not is left where it lies."""

import gc
import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gongwen_site.builder.build import edition_of
from gongwen_site.builder.data import DATA_FILES, Whole, data_files_of
from gongwen_site.builder.holdings import LedgerHead
from gongwen_site.builder.products import Edition, Name, Product
from gongwen_site.builder.related import Earlier
from gongwen_site.builder.stacks import Catalogued, Stacks
from gongwen_site.commands.memory import Copy, digest_of
from gongwen_site.commands.workforce import in_order
from gongwen_site.config import Config
from gongwen_site.errors import Diagnostic, GongwenError
from gongwen_site.vocabulary.vocabulary import Vocabulary
from gongwen_site.wording import Wording

PART = 50
"""Products that are made as one task."""


class Made(NamedTuple):
    """A product that was made: its name, its key, its bytes, and what the next build is to know of it."""

    name: Name
    key: bytes
    content: bytes
    note: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that an edition is made of, so that it can be had elsewhere: what is large is read from the folders there."""

    stacks: Stacks
    records: tuple[Catalogued, ...]
    heads: tuple[LedgerHead, ...]
    vocabulary: Vocabulary
    config: Config
    words: Wording
    seeds: Path
    root: Path | None

    def edition(self, earlier: Earlier | None = None) -> Edition:
        """Return the edition, for which what an `earlier` build found may be known. Raises GongwenError."""
        holdings = self.stacks.holdings(self.records, self.heads)
        return edition_of(
            holdings, self.vocabulary, self.config, self.words, seeds=self.seeds, root=self.root, earlier=earlier
        )


Making = Callable[[Sequence[Product]], Iterator[Made]]
"""What makes products, in their order."""


def make_here(products: Iterable[Product]) -> Iterator[Made]:
    """Make products one by one. Raises GongwenError."""
    for product in products:
        yield _made(product)


def _made(product: Product) -> Made:
    return Made(product.name, product.key(), product.make(), product.note() if product.note else None)


def making_elsewhere(executor: Executor, recipe: Path, jobs: int) -> Making:
    """Return what has products made by an executor, each part by the edition that the file `recipe` tells of."""

    def make(products: Sequence[Product]) -> Iterator[Made]:
        waiting = iter(products)
        parts = iter(lambda: tuple(islice(waiting, PART)), ())
        tasks = ((part, tuple(p.name for p in part if not p.is_ready) or None) for part in parts)
        for part, result in in_order(executor, partial(_make_part, str(recipe)), tasks, ahead=2 * jobs):
            made = {}
            if isinstance(result, tuple):
                raise GongwenError(result)
            for done in result or ():
                made[done.name] = done
            for product in part:
                yield made.get(product.name) or _made(product)

    return make


def _make_part(recipe: str, names: tuple[Name, ...]) -> list[Made] | tuple[Diagnostic, ...]:
    """Return products by their names, or why they cannot be made: diagnostics can be sent where exceptions cannot."""
    try:
        products = _products(recipe)
        return list(make_here(products[name] for name in names))
    except GongwenError as failure:
        return failure.diagnostics


@lru_cache(maxsize=1)
def _products(recipe: str) -> dict[Name, Product]:
    gc.unfreeze()  # a worker of a cluster outlives one recipe
    read: Recipe = pickle.loads(Path(recipe).read_bytes())  # noqa: S301 - written by the program itself
    products = {product.name: product for product in read.edition().products()}
    gc.freeze()  # nothing in it is looked at for reference cycles again
    return products


@dataclass(slots=True)
class Printed:
    """What the site holds now: a copy of each product by file and piece, the data files' sizes and checksums.

    `changed` are the files that were staged, `notes` what the next build is to know of them.
    """

    copies: dict[tuple[str, int], Copy] = field(default_factory=dict)
    wholes: dict[str, Whole] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Stages the files of a site in `staging`. `known` are the copies of the site as it lies in `output`, if any."""

    staging: Path
    output: Path
    known: Mapping[tuple[str, int], Copy]
    wholes: Mapping[str, Whole]
    notes: Mapping[str, tuple[str, ...]]
    watch: Callable[[int, int], None]

    def run(self, edition: Edition, make: Making) -> Printed:
        """Make and stage what has changed. Raises GongwenError, OSError."""
        printed = Printed()
        products = list(edition.products())
        self._stage(products, make, printed)
        data = {file: printed.wholes[file] for file in data_files_of(edition.publication.archive)}
        self._stage(list(edition.descriptions(data)), make_here, printed)
        return printed

    def _stage(self, products: Sequence[Product], make: Making, printed: Printed) -> None:
        wanted = [product for product in products if not self._is_known(product)]
        changed = {product.name for product in wanted}
        made = iter(make(wanted))
        count = 0
        for file, group in groupby(products, key=lambda product: product.name.file):
            pieces = list(group)
            if not any(piece.name in changed for piece in pieces) and not self._has_more(pieces):
                printed.copies.update((piece.name, self.known[piece.name]) for piece in pieces)
                if file in self.wholes:
                    printed.wholes[file] = self.wholes[file]
                if file in self.notes:
                    printed.notes[file] = self.notes[file]
                continue
            contents = (next(made) if piece.name in changed else None for piece in pieces)
            self._write(file, pieces, contents, printed)
            count += sum(piece.name in changed for piece in pieces)
            self.watch(count, len(wanted))

    def _is_known(self, product: Product) -> bool:
        copy = self.known.get(product.name)
        return copy is not None and copy.key == product.key()

    def _has_more(self, pieces: Sequence[Product]) -> bool:
        """Tell whether the file had more pieces than it has now."""
        return bool(self.known) and (pieces[0].name.file, len(pieces)) in self.known

    def _write(self, file: str, pieces: Sequence[Product], contents: Iterable[Made | None], printed: Printed) -> None:
        """Write a file to the staging folder, unless it says what it said before; unchanged pieces come from the site."""
        whole, size, is_same = hashlib.sha256(), 0, True
        path = f"{self.staging}/{file}"
        is_open = len(pieces) > 1 or file in DATA_FILES
        before = 0
        with ExitStack() as closing:
            opened: BinaryIO | None = None
            for product, made in zip(pieces, contents, strict=True):
                known = self.known.get(product.name)
                if made is None:
                    assert known is not None  # noqa: S101 - or it would have been made
                    content, key = self._old(file, before, known.size), known.key
                else:
                    content, key = made.content, made.key
                    if made.note is not None:
                        printed.notes[file] = made.note
                before += known.size if known else 0
                digest = digest_of(content)
                is_same = is_same and known is not None and known.digest == digest
                printed.copies[product.name] = Copy(key, len(content), digest, product.is_page)
                size += len(content)
                if is_same and not is_open:
                    return
                if is_open:
                    whole.update(content)
                opened = opened or closing.enter_context(_opened(path))
                opened.write(content)
        if file in DATA_FILES:
            printed.wholes[file] = Whole(size, whole.hexdigest())
        printed.changed.append(file)

    def _old(self, file: str, start: int, size: int) -> bytes:
        with (self.output / file).open("rb") as opened:
            opened.seek(start, os.SEEK_SET)
            return opened.read(size)


def _opened(path: str) -> BinaryIO:
    """Return a file opened to be written; most folders have no other file, so that each is made as it is needed."""
    try:
        return open(path, "wb")  # noqa: PTH123 - thousands of them; closed by who asked for it
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        return open(path, "wb")  # noqa: PTH123
