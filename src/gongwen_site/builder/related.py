"""Which articles belong together: those that share rare topics and regions."""

from collections import Counter
from collections.abc import Mapping

from gongwen_site.builder.facets import Articles, Catalogue, regions_of
from gongwen_site.records.article import Article

_SHOWN = 4
_NEAR = 40
"""How far to either side, in each shared list, others are looked at."""


def related_to(article: Article, catalogue: Catalogue, places: Mapping[str, int]) -> Articles:
    """Return up to four articles that share most with `article`, rare topics and regions counting more.

    `places` is the place of every article in `catalogue.articles`; of equals the nearer in time comes first.
    """
    scores: Counter[str] = Counter()
    found: dict[str, Article] = {}
    here = places[article.id]
    for groups, keys in ((catalogue.topics, article.topics), (catalogue.regions, regions_of(article))):
        for key in keys:
            group = groups[key]
            weight = 1000 // len(group)
            for other in _near(group, here, places):
                if other.id != article.id:
                    scores[other.id] += weight
                    found[other.id] = other
    best = sorted(scores.items(), key=lambda pair: (-pair[1], abs(places[pair[0]] - here), pair[0]))
    return tuple(found[name] for name, _ in best[:_SHOWN])


def _near(group: Articles, here: int, places: Mapping[str, int]) -> Articles:
    if len(group) <= 2 * _NEAR:
        return group
    low, high = 0, len(group)
    while low < high:
        middle = (low + high) // 2
        if places[group[middle].id] < here:
            low = middle + 1
        else:
            high = middle
    return group[max(0, low - _NEAR) : low + _NEAR]
