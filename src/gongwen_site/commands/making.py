"""Products to bytes: made here one by one, or elsewhere in batches, by workers that know the same edition."""

import gc
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from gongwen_site.builder.build import edition_of
from gongwen_site.builder.holdings import LedgerHead
from gongwen_site.builder.products import Batch, Edition, Name, Product
from gongwen_site.builder.related import Earlier
from gongwen_site.builder.stacks import Catalogued, Stacks
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
