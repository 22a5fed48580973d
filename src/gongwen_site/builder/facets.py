"""Cards to `Catalogue`: the groups that pages are made of, each newest first, and their counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongwen_site.builder.cards import Card
from gongwen_site.vocabulary.vocabulary import Vocabulary

Articles = tuple[Card, ...]
"""Articles by their cards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All groups of articles, each newest first but those of a dump, which are in the order of the register.

    Keys are a region's path, that of every region it lies in, a topic, every broader one, a newspaper, a dump;
    `dates` has every year, month and day (2024, 2024-11, 2024-11-05), `anniversaries` 11-05.
    """

    articles: Articles
    regions: Mapping[str, Articles]
    topics: Mapping[str, Articles]
    papers: Mapping[str, Articles]
    dates: Mapping[str, Articles]
    anniversaries: Mapping[str, Articles]
    dumps: Mapping[str, Articles]
    without_region: Articles
    without_topic: Articles
    without_paper: Articles
    without_date: Articles


def catalogue_of(cards: Articles, vocabulary: Vocabulary) -> Catalogue:
    """Return the groups of an archive, whose `cards` are in the order of the register. `vocabulary` says which topics are parts of broader ones."""
    newest_first = tuple(sorted(cards, key=lambda article: article.date or "", reverse=True))
    return Catalogue(
        articles=newest_first,
        regions=_grouped(newest_first, regions_of),
        topics=_grouped(newest_first, lambda article: vocabulary.with_broader(article.topics)),
        papers=_grouped(newest_first, lambda article: (article.source,) if article.source else ()),
        dates=_grouped(newest_first, dates_of),
        anniversaries=_grouped(newest_first, lambda a: (a.date[5:],) if a.date and len(a.date) == 10 else ()),
        dumps=_grouped(cards, lambda a: (a.dump,) if a.dump else ()),
        without_region=tuple(article for article in newest_first if not article.regions),
        without_topic=tuple(article for article in newest_first if not article.topics),
        without_paper=tuple(article for article in newest_first if not article.source),
        without_date=tuple(article for article in newest_first if not article.date),
    )


def regions_of(article: Card) -> tuple[str, ...]:
    """Return the paths of an article's regions and of all regions that these lie in."""
    return tuple(dict.fromkeys(path for region in article.regions for path in with_ancestors(region)))


def with_ancestors(path: str) -> Iterator[str]:
    """Yield the path of a region from its province down: 甘肃省, 甘肃省/定西市."""
    names = path.split("/")
    for depth in range(1, len(names) + 1):
        yield "/".join(names[:depth])


def dates_of(article: Card) -> tuple[str, ...]:
    """Return the year, month and day of an article, as far as they are known."""
    return tuple(article.date[:length] for length in (4, 7, 10) if len(article.date) >= length) if article.date else ()


def counted(articles: Iterable[Card], keys: Callable[[Card], Iterable[str]]) -> list[tuple[str, int]]:
    """Return how many articles have each key: the most first, equal ones by name."""
    counts = Counter(key for article in articles for key in keys(article))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def by_size(groups: Mapping[str, Articles]) -> list[tuple[str, Articles]]:
    """Return groups, the largest first, equal ones by name."""
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def span_of(articles: Iterable[Card]) -> tuple[str, str] | None:
    """Return the earliest and the latest date of articles as recorded, None if none is dated."""
    dates = sorted(article.date for article in articles if article.date)
    return (dates[0], dates[-1]) if dates else None


def is_inferred(article: Card) -> bool:
    """Tell whether an article's date is inferred."""
    return article.inferred


def _grouped(articles: Articles, keys: Callable[[Card], Iterable[str]]) -> dict[str, Articles]:
    groups: dict[str, list[Card]] = {}
    for article in articles:
        for key in keys(article):
            groups.setdefault(key, []).append(article)
    return {key: tuple(group) for key, group in groups.items()}
