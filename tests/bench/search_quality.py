"""How well search finds what is known to be there: recall in the first ten, and mean reciprocal rank, by kind of query.

The queries of the first seed may have been looked at while the ranking was made; those of the others were held out::

    python tests/bench/search_quality.py --corpus FILE.jsonl.xz --articles 10000 --seed 1 --seed 2
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from known_items import KINDS, KnownItem, KnownItems, read_corpus

from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article
from gongwen_site.records.register import Register
from gongwen_site.search.index import write_index
from gongwen_site.search.query import SearchIndex
from gongwen_site.vocabulary.load import load_vocabulary

LOOKED_AT = 10
EACH = 40
SEEDS = (1, 2)

Engine = Callable[[str], Sequence[int]]
"""A query to the places of the best articles, best first."""


def our_engine(articles: Sequence[Article], folder: Path) -> Engine:
    """Return our own search over an index of `articles` in `folder`, which is written if it is not there."""
    if not (folder / "manifest.json").exists():
        archive = Archive(articles=tuple(articles), register=Register(), ledgers={}, files={})
        write_index(archive, load_vocabulary(None), folder)
    index = SearchIndex(folder)
    places = {article.id: place for place, article in enumerate(articles)}
    return lambda query: [places[found.id] for found in index.search(query, LOOKED_AT).results]


def recall_and_rank(found: Sequence[int], item: KnownItem) -> tuple[float, float]:
    """Return the share of the relevant articles among those found, and one over the rank of the first, 0 if there is none."""
    ranks = [place for place, article in enumerate(found[:LOOKED_AT], 1) if article in item.relevant]
    return len(ranks) / len(item.relevant), 1 / ranks[0] if ranks else 0.0


def table(
    items: Iterable[KnownItem], engine: Engine, say: Callable[[str], None] | None = None
) -> dict[str, tuple[float, float]]:
    """Return recall and mean reciprocal rank for each kind, and for all; `say` is told of each query that falls short."""
    scores: dict[str, list[tuple[float, float]]] = {}
    for item in items:
        found = engine(item.query)
        recall, rank = recall_and_rank(found, item)
        if say and (recall < 1 or rank < 1):
            say(f"{item.kind}\t{item.query}\trecall {recall:.2f}\trank {rank:.2f}\t{item.relevant}\t{list(found)[:5]}")
        for kind in (item.kind, "all"):
            scores.setdefault(kind, []).append((recall, rank))
    return {
        kind: (sum(recall for recall, _ in found) / len(found), sum(rank for _, rank in found) / len(found))
        for kind, found in scores.items()
    }


def as_markdown(columns: dict[str, dict[str, tuple[float, float]]]) -> str:
    """Return a table with a row a kind and a column an engine or seed: recall in the first ten / mean reciprocal rank."""
    head = f"| recall@{LOOKED_AT} / MRR | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns)
    rows = (
        f"| {kind} | " + " | ".join("{:.3f} / {:.3f}".format(*column[kind]) for column in columns.values()) + " |"
        for kind in (*KINDS, "all")
    )
    return "\n".join((head, *rows))


def measure(work: Path, *, runs: int, articles: int, corpus: Path | None) -> str:
    """Return the table of our own search over `articles` of a corpus, for each seed."""
    del runs  # the same on each run
    if corpus is None:
        return "search_quality: --corpus is needed"
    drawn = read_corpus(corpus, articles)
    return as_markdown(by_seed(drawn, our_engine(drawn, work / "search"), SEEDS))


def by_seed(
    articles: Sequence[Article], engine: Engine, seeds: Iterable[int], say: Callable[[str], None] | None = None
) -> dict[str, dict[str, tuple[float, float]]]:
    """Return a column a seed."""
    source = KnownItems(articles)
    return {
        f"seed {seed}": table((item for kind in KINDS for item in source.draw(kind, EACH, seed)), engine, say)
        for seed in seeds
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, action="append", dest="seeds")
    parser.add_argument("--index", type=Path, help="where the index is or shall be kept")
    parser.add_argument("--misses", action="store_true", help="print each query that falls short")
    options = parser.parse_args()
    articles = read_corpus(options.corpus, options.articles)
    with tempfile.TemporaryDirectory(prefix="gongwen-bench-") as work:
        engine = our_engine(articles, options.index or Path(work) / "search")
        print(as_markdown(by_seed(articles, engine, options.seeds or SEEDS, print if options.misses else None)))


if __name__ == "__main__":
    main()
