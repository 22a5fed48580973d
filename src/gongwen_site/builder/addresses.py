"""Addresses of all lists and dumps of an archive, as `load` enters them in the list of those that were published."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from sys import intern
from typing import NamedTuple, Self

from gongwen_site.builder import paths
from gongwen_site.builder.dump_text import is_table
from gongwen_site.builder.facets import with_ancestors
from gongwen_site.records.addresses import Address
from gongwen_site.records.article import Article
from gongwen_site.vocabulary.vocabulary import Vocabulary


class Groups(NamedTuple):
    """What decides in which lists an article stands."""

    date: str | None
    source: str | None
    regions: tuple[str, ...]
    topics: tuple[str, ...]

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return what decides in which lists an article stands."""
        regions, topics = tuple(map(intern, article.regions)), tuple(map(intern, article.topics))
        return cls(article.date and intern(article.date), article.source and intern(article.source), regions, topics)


def addresses_of(
    articles: Iterable[Groups], dumps: Mapping[str, tuple[int, int]], vocabulary: Vocabulary
) -> tuple[Address, ...]:
    """Return the addresses of all lists and dumps of an archive. `dumps` has the lines and the articles of each dump."""
    dates, days, papers, regions, topics = (Counter[str]() for _ in range(5))
    for article, count in Counter(articles).items():
        date = article.date or ""
        dates.update(dict.fromkeys((date[:length] for length in (4, 7, 10) if len(date) >= length), count))
        if len(date) == 10:
            days[date[5:]] += count
        papers[article.source or ""] += count
        regions.update(dict.fromkeys((p for path in article.regions or ("",) for p in with_ancestors(path)), count))
        topics.update(dict.fromkeys(vocabulary.with_broader(article.topics) or ("",), count))
        dates[""] += 0 if date else count
    kinds: tuple[tuple[str, Counter[str], Callable[[str], str]], ...] = (
        (paths.DATES, dates, paths.date),
        ("", days, paths.anniversary),
        (paths.PAPERS, papers, lambda name: paths.paper(vocabulary.paper_slug(name))),
        (paths.REGIONS, regions, lambda name: paths.region(vocabulary.region_address(name))),
        (paths.TOPICS, topics, lambda name: paths.topic(vocabulary.topic_slug(name))),
    )
    found = [
        Address(address(name) if name else base + paths.UNKNOWN, _pages(count, paths.ARTICLES_PER_PAGE), name)
        for base, counts, address in kinds
        for name, count in counts.items()
        if count
    ]
    found += [
        Address(paths.source(dump), _pages(count if is_table(dump) else lines, paths.LINES_PER_PAGE), dump)
        for dump, (lines, count) in dumps.items()
    ]
    return tuple(sorted(found))


def _pages(count: int, most: int) -> int:
    return max(1, -(-count // most))
