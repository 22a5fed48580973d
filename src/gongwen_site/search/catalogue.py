"""All names of an archive with what is counted over the whole of it: regions, topics, newspapers, months.

Names stand in the order in which documents first name them, so that a new name moves none, and blocks of facets, which
give names by their places, stay as they are.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from gongwen_site.search.columns import Facts, date_number
from gongwen_site.vocabulary.vocabulary import Vocabulary

NEWEST = 20
"""Documents that a blank query shows first: a page of results."""


class Listed(Protocol):
    """What is listed of an article: the article itself tells it, and so do other things that stand for it."""

    @property
    def date(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def regions(self) -> tuple[str, ...]: ...
    @property
    def topics(self) -> tuple[str, ...]: ...


class CatalogueWriter:
    """Takes articles in, ascending by number, and gives each its row of facets; then the catalogue of all."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._regions: dict[str, int] = {}
        self._topics: dict[str, int] = {}
        self._papers: dict[str, int] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._dates: list[tuple[int, int]] = []
        self._above = cache(self._broader)

    def row(self, number: int, article: Listed) -> Facts:
        """Count an article in; return its row."""
        regions = dict.fromkeys(above for path in article.regions for above in with_ancestors(path))
        topics = dict.fromkeys(above for topic in article.topics for above in self._above(topic))
        papers = [article.source] if article.source else []
        for kind, names, places in (
            ("region", regions, self._regions),
            ("topic", topics, self._topics),
            ("paper", papers, self._papers),
        ):
            for name in names:
                places.setdefault(name, len(places))
                self._counts[kind, name] += 1
            self._counts[kind, ""] += not names
        self._counts["month", (article.date or "")[:7]] += 1
        date = date_number(article.date)
        self._dates.append((date, number))
        return Facts(
            date=date,
            paper=self._papers[article.source] if article.source else None,
            regions=tuple(self._regions[path] for path in article.regions),
            topics=tuple(self._topics[name] for name in article.topics),
        )

    def catalogue(self) -> dict[str, Any]:
        """Return the value that the file `catalogue` holds."""
        newest = sorted(self._dates, key=lambda dated: (-dated[0], dated[1]))[:NEWEST]
        return {
            "regions": [[path, self._counts["region", path]] for path in self._regions],
            "topics": [[name, self._counts["topic", name]] for name in self._topics],
            "broader": [self._place_above(name) for name in self._topics],
            "papers": [[name, self._counts["paper", name]] for name in self._papers],
            "months": sorted(
                [month, count] for (kind, month), count in self._counts.items() if kind == "month" and count
            ),
            "unknown": [self._counts[kind, ""] for kind in ("region", "topic", "paper")],
            "newest": [number for _, number in newest],
        }

    def spelling(self, pinyin: Callable[[str], str]) -> dict[str, list[str]]:
        """Return the value that the file `spelling` holds."""
        return {
            "regions": [pinyin(path.rpartition("/")[2]) for path in self._regions],
            "papers": [pinyin(name) for name in self._papers],
        }

    def _place_above(self, topic: str) -> int:
        *_, name = ("", *self._above(topic)[:-1])
        return self._topics.get(name, -1)

    def _broader(self, topic: str) -> tuple[str, ...]:
        """Return the topics that a topic lies in, the broadest first, and itself last."""
        chain = [topic]
        while (entry := self._vocabulary.topics.get(chain[0])) and entry.broader and entry.broader not in chain:
            chain.insert(0, entry.broader)
        return tuple(chain)


def with_ancestors(path: str) -> list[str]:
    """Return the paths of the regions that a region lies in, the widest first, and its own last."""
    names = path.split("/")
    return ["/".join(names[: depth + 1]) for depth in range(len(names))]


def read_pinyin(name: str) -> str:
    """Return the syllables of a name, without tones, with spaces between.

    A character that is read in several ways is read as its word is: 重庆 chong qing.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - reads its tables for a second; only a build needs them

    return " ".join(lazy_pinyin(name)).lower()
