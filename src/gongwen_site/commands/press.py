"""Products to files: what has changed is made, here or by an executor, and staged; what has not is left where it lies."""

import gc
import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple, Self

from gongwen_site.builder.build import edition_of
from gongwen_site.builder.data import DATA_FILES, Whole, data_files_of
from gongwen_site.builder.holdings import LedgerHead
from gongwen_site.builder.products import Batch, Edition, Name, Product
from gongwen_site.builder.related import Earlier
from gongwen_site.builder.stacks import Catalogued, Stacks
from gongwen_site.commands.memory import Copy, digest_of
from gongwen_site.commands.workforce import in_order
from gongwen_site.config import Config
from gongwen_site.errors import Diagnostic, GongwenError
from gongwen_site.vocabulary.vocabulary import Vocabulary
from gongwen_site.wording import Wording


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


Making = Callable[[Sequence[Batch]], Iterator[Made]]
"""What makes products, in their order."""


def make_here(batches: Iterable[Batch]) -> Iterator[Made]:
    """Make products one by one. Raises GongwenError."""
    return map(_made, chain.from_iterable(batches))


def _made(product: Product) -> Made:
    return Made(product.name, product.key(), product.make(), product.note())


_at_hand: dict[str, dict[Name, Product]] = {}
"""The products of an edition by the file that tells of it: a process makes one edition after another."""


@contextmanager
def making_elsewhere(
    executor: Executor,
    recipe: Callable[[], Edition],
    products: Iterable[Product] | None,
    *,
    jobs: int,
    folder: Path | None,
) -> Iterator[Making]:
    """Give what has batches made by an executor, so many `jobs` at a time.

    Its workers inherit the `products` if they are copies of this process that are still to be made, else they plan the same
    edition by the `recipe`, which they find in `folder`.
    """
    with TemporaryDirectory(prefix="gongwen-build-", dir=folder) as shared:
        file = Path(shared) / "recipe"
        if products is not None:
            _at_hand[str(file)] = {product.name: product for product in products}
        else:
            file.write_bytes(pickle.dumps(recipe, pickle.HIGHEST_PROTOCOL))
        try:
            yield partial(_make_elsewhere, executor, str(file), 2 * jobs)
        finally:
            _at_hand.clear()


def _make_elsewhere(executor: Executor, recipe: str, ahead: int, batches: Sequence[Batch]) -> Iterator[Made]:
    tasks = ((batch, tuple(p.name for p in batch if not p.is_ready) or None) for batch in batches)
    for batch, result in in_order(executor, partial(_make_batch, recipe), tasks, ahead=ahead):
        if isinstance(result, tuple):
            raise GongwenError(result)
        made = iter(result or ())
        for product in batch:
            yield _made(product) if product.is_ready else next(made)


def _make_batch(recipe: str, names: tuple[Name, ...]) -> list[Made] | tuple[Diagnostic, ...]:
    """Return products by their names, or why they cannot be made: diagnostics can be sent where exceptions cannot."""
    try:
        products = _products(recipe)
        return [_made(products[name]) for name in names]
    except GongwenError as failure:
        return failure.diagnostics


def _products(recipe: str) -> dict[Name, Product]:
    if recipe not in _at_hand:
        _at_hand.clear()
        gc.unfreeze()  # a worker of a cluster outlives one recipe
        edition: Callable[[], Edition] = pickle.loads(Path(recipe).read_bytes())  # noqa: S301 - written by the program itself
        _at_hand[recipe] = {product.name: product for product in edition().products()}
        gc.freeze()  # nothing in it is looked at for reference cycles again
    return _at_hand[recipe]


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

    def run(self, edition: Edition, batches: Sequence[Batch], make: Making) -> Printed:
        """Make and stage what has changed of an edition's `batches`, and what describes it. Raises GongwenError, OSError."""
        printed = Printed()
        self.stage(batches, make, printed)
        data = {file: printed.wholes[file] for file in data_files_of(edition.publication.archive)}
        self.stage([tuple(edition.descriptions(data))], make_here, printed)
        return printed

    def stage(self, batches: Sequence[Batch], make: Making, printed: Printed) -> None:
        """Make and stage what has changed of some products, and take down what becomes of all. Raises GongwenError, OSError."""
        wanted = [tuple(product for product in batch if not self._is_known(product)) for batch in batches]
        made = iter(make(wanted))
        changed = {product.name for batch in wanted for product in batch}
        pieces = {p.name.file: p.name.piece + 1 for batch in batches for p in batch if p.name.piece}
        touched = {name.file for name in changed} | self._longer(pieces)
        count, growing = 0, dict[str, _Growing]()
        with ExitStack() as closing:
            for product in chain.from_iterable(batches):
                file = product.name.file
                if file not in touched:
                    self._leave(product.name, printed)
                    continue
                is_new = product.name in changed
                content = next(made) if is_new else None
                if content is not None and file not in pieces and file not in DATA_FILES:
                    self._write(product, content, printed)
                else:
                    if file not in growing:
                        growing[file] = closing.enter_context(_Growing(f"{self.staging}/{file}", self.output / file))
                    self._add(growing[file], product, content, printed)
                    if product.name.piece + 1 == pieces.get(file, 1):
                        printed.wholes[file] = growing.pop(file).close()
                        printed.changed.append(file)
                count += is_new
                self.watch(count, len(changed))

    def _is_known(self, product: Product) -> bool:
        copy = self.known.get(product.name)
        return copy is not None and copy.key == product.key()

    def _longer(self, pieces: Mapping[str, int]) -> set[str]:
        """Return the files that had more pieces than they have now."""
        return {file for file, piece in self.known if piece and piece >= pieces.get(file, 1)}

    def _leave(self, name: Name, printed: Printed) -> None:
        """Take down that a product is as it was."""
        printed.copies[name] = self.known[name]
        if name.file in self.wholes:
            printed.wholes[name.file] = self.wholes[name.file]
        if name.file in self.notes:
            printed.notes[name.file] = self.notes[name.file]

    def _write(self, product: Product, made: Made, printed: Printed) -> None:
        """Write a file of one piece to the staging folder, unless it says what it said before."""
        file = product.name.file
        copy = self._take_down(product, made, printed)
        known = self.known.get(product.name)
        if known is None or known.digest != copy.digest:
            with _opened(f"{self.staging}/{file}") as opened:
                opened.write(made.content)
            printed.changed.append(file)

    def _add(self, growing: "_Growing", product: Product, made: Made | None, printed: Printed) -> None:
        """Write the next piece of a file to the staging folder; one that is as it was comes from the site."""
        known = self.known.get(product.name)
        if made is None:
            assert known is not None  # noqa: S101 - or it would have been made
            growing.add_old(known.size)
            printed.copies[product.name] = known
            return
        self._take_down(product, made, printed)
        growing.add(made.content, known.size if known else 0)

    def _take_down(self, product: Product, made: Made, printed: Printed) -> Copy:
        if made.note is not None:
            printed.notes[product.name.file] = made.note
        copy = Copy(made.key, len(made.content), digest_of(made.content), product.is_page)
        printed.copies[product.name] = copy
        return copy


class _Growing:
    """A file of several pieces as it is staged; `old` is the same file as the site has it."""

    def __init__(self, path: str, old: Path) -> None:
        self._opened, self._old = _opened(path), old
        self._passed = 0
        self._size, self._whole = 0, hashlib.sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def add(self, content: bytes, instead: int = 0) -> None:
        """Write a piece, which stands for so many bytes of the old file."""
        self._passed += instead
        self._size += len(content)
        self._whole.update(content)
        self._opened.write(content)

    def add_old(self, size: int) -> None:
        """Write the next piece of the old file again."""
        with self._old.open("rb") as opened:
            opened.seek(self._passed, os.SEEK_SET)
            self.add(opened.read(size), size)

    def close(self) -> Whole:
        """Finish the file. Raises OSError."""
        self._opened.close()
        return Whole(self._size, self._whole.hexdigest())


def _opened(path: str) -> BinaryIO:
    """Return a file opened to be written; most folders have no other file, so that each is made as it is needed."""
    try:
        return open(path, "wb")  # noqa: PTH123 - thousands of them; closed by who asked for it
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        return open(path, "wb")  # noqa: PTH123
