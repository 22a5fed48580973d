"""Which articles belong together: those that share keywords, topics and regions.

Each share weighs the same in every archive: no count of this one enters, and of what many articles have only those near in
time are looked at. So the time is linear in the articles, and one edited article changes the lists of few others.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from gongwen_site.builder.cards import Card
from gongwen_site.builder.facets import Articles

MOST = 4
"""Related articles of one article."""
_NEAR = 16
"""How many articles with the same keyword, to either side in time, are looked at."""
_NEAR_IN_KIND = 6
"""The same for a topic or a region, which say less."""
_COMPARED = 24
"""Of those that share keywords so many, the best, are compared in topics and regions too."""
_BY_RANK = (9, 8, 7, 6, 5, 4, 4, 4)
"""What a keyword weighs by its rank, which is by jieba's fixed table; a longer or headlined one weighs more."""
_LONG = 4
_IN_TITLE = 3
_TOPICS = 12
"""What the same topics weigh; a part of them their Dice coefficient's part."""
_BY_DEPTH = (0, 2, 6, 9)
"""What the same main region weighs: province, prefecture, county."""
_AGES = 10**7
"""More days than lie between any two articles."""
_MANY = 10
"""Of so many articles one may have changed for earlier lists to be worth a look."""
_ENOUGH = 10
"""What shares less is not related. One topic of two and the same province is enough, a common word of both is not."""

_Weighed = tuple[int, int]
"""An article by its place in time, and what a keyword weighs in it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier build found: the `cards` of then by id, and the ids of the articles `related` to each."""

    cards: Mapping[str, Card]
    related: Mapping[str, tuple[str, ...]]


class Relations:
    """The articles of an archive, by what they share. What an `earlier` build found is taken for found where it holds."""

    def __init__(self, articles: Iterable[Card], earlier: Earlier | None = None) -> None:
        self._articles = sorted(articles, key=_order)
        self._places = {article.id: place for place, article in enumerate(self._articles)}
        self._by_keyword: dict[str, list[_Weighed]] = {}
        self._by_kind: dict[str, list[_Weighed]] = {}
        self._versions: dict[str, list[Card]] = {}
        self._topics = [frozenset(article.topics) for article in self._articles]
        self._regions = [article.regions[0].split("/") if article.regions else [] for article in self._articles]
        self._days = [_days(article) for article in self._articles]
        for place, article in enumerate(self._articles):
            for word, weight in _weights(article).items():
                self._by_keyword.setdefault(word, []).append((place, weight))
            for kind in _kinds(article):
                self._by_kind.setdefault(kind, []).append((place, 0))
            if article.reprint_of is not None:
                self._versions.setdefault(article.reprint_of, []).append(article)
        self._found: dict[str, Articles] = {}
        if earlier is not None:
            self._take_over(earlier)

    def _take_over(self, earlier: Earlier) -> None:
        """Keep the lists that no changed, new or missing article can have moved."""
        now = {article.id: article for article in self._articles}
        changed = [
            card
            for name in now.keys() | earlier.cards.keys()
            for card, other in ((now.get(name), earlier.cards.get(name)), (earlier.cards.get(name), now.get(name)))
            if card is not None and (other is None or _inputs(card) != _inputs(other))
        ]
        if len(changed) * _MANY > len(now):
            return
        moved = {card.id for card in changed}.union(*map(self._near, changed))
        for name, ids in earlier.related.items():
            if name in now and name not in moved and all(other in now for other in ids):
                self._found[name] = tuple(now[other] for other in ids)

    def _near(self, article: Card) -> set[str]:
        """Return the articles that have one in sight, or would if it were there: it stands or stood among theirs."""
        here = bisect_left(self._articles, _order(article), key=_order)
        groups = [(self._by_keyword.get(word, []), _NEAR) for word in _weights(article)]
        groups += [(self._by_kind.get(kind, []), _NEAR_IN_KIND) for kind in _kinds(article)]
        found: set[str] = set()
        for group, near in groups:
            middle = bisect_left(group, (here, 0))
            # One more to either side: whoever comes or goes moves the others by one place.
            around = group[max(0, middle - near - 2) : middle + near + 2]
            found.update(self._articles[place].id for place, _ in around)
        return found

    def related(self, article: Card) -> Articles:
        """Return up to four articles that share most with one, of equals the nearer in time first; none of its reprints."""
        if article.id not in self._found:
            self._found[article.id] = self._related(article)
        return self._found[article.id]

    def _related(self, article: Card) -> Articles:
        here = self._places[article.id]
        scored = []
        for place, shared in self._candidates(article, here).items():
            score = shared + self._shared_kinds(here, place)
            if score >= _ENOUGH:
                days = abs(self._days[place] - self._days[here])
                scored.append((-score, days, self._articles[place].id, place))
        chosen: dict[str, Card] = {}
        for *_, place in sorted(scored):
            other = self._articles[place]
            if _original(other) != _original(article):
                chosen.setdefault(_original(other), other)
            if len(chosen) == MOST:
                break
        return tuple(chosen.values())

    def reprints(self, article: Card) -> Articles:
        """Return the articles that are reprints of one, in order of time."""
        return tuple(self._versions.get(article.id, ()))

    def _candidates(self, article: Card, here: int) -> Mapping[int, int]:
        """Return the articles to compare with the one at `here`, by place, with what their shared keywords weigh."""
        scores: dict[int, int] = {}
        for word, weight in _weights(article).items():
            for place, its in _around(self._by_keyword[word], here, _NEAR):
                scores[place] = scores.get(place, 0) + weight + its
        scores.pop(here, None)
        # By what they share; of equals the nearer in time first, and not by places: one article more would change these.
        days, today = self._days, self._days[here]
        best = sorted(scores, key=lambda place: abs(days[place] - today) - scores[place] * _AGES)[:_COMPARED]
        alike = chain.from_iterable(_around(self._by_kind[kind], here, _NEAR_IN_KIND) for kind in _kinds(article))
        return {place: scores.get(place, 0) for place in chain(best, (place for place, _ in alike)) if place != here}

    def _shared_kinds(self, here: int, there: int) -> int:
        """Return what the topics and the main region that two articles share weigh."""
        score = 0
        mine, its = self._topics[here], self._topics[there]
        if mine and its:
            score += 2 * _TOPICS * len(mine & its) // (len(mine) + len(its))
        depth = 0
        for one, other in zip(self._regions[here], self._regions[there], strict=False):
            if one != other:
                break
            depth += 1
        return score + _BY_DEPTH[min(depth, len(_BY_DEPTH) - 1)]


def _order(article: Card) -> tuple[str, str]:
    return article.date or "", article.id


def _inputs(article: Card) -> tuple[object, ...]:
    """Return what of an article decides what is related to it, and what it is related to."""
    return (
        article.date,
        article.title,
        article.keywords,
        article.topics,
        article.regions[:1],
        article.reprint_of,
    )


def _around(group: Sequence[_Weighed], here: int, near: int) -> Sequence[_Weighed]:
    """Return the entries of an ascending list within `near` of where the place `here` stands in it."""
    if len(group) <= near:
        return group
    middle = bisect_left(group, (here, 0))
    return group[max(0, middle - near) : middle + near + 1]


def _weights(article: Card) -> dict[str, int]:
    return {
        word: rank + min(max(0, len(word) - 2), _LONG) + (_IN_TITLE if word in article.title else 0)
        for word, rank in zip(article.keywords, _BY_RANK, strict=False)
    }


def _kinds(article: Card) -> Iterator[str]:
    yield from (f"topic {topic}" for topic in article.topics)
    yield from (f"region {path}" for path in article.regions[:1])


def _days(article: Card) -> int:
    """Return a date as a number that grows by about one a day; of a month or year alone its beginning."""
    numbers = [int(part) for part in (article.date or "0").split("-")]
    year, month, day = (*numbers, 1, 1)[:3]
    return (year * 12 + month) * 31 + day


def _original(article: Card) -> str:
    return article.reprint_of or article.id
