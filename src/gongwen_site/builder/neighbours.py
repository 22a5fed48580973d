"""The articles that stood beside one: before and after it in its dump, on its page of the newspaper, on its day."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongwen_site.builder import paths
from gongwen_site.builder.cards import Card
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import Link, NeighboursView, NeighbourView

_DAY = len("2024-11-05")
_DIGITS = 9

Place = tuple[Articles, int]
"""A group of articles in their order, and where in it one stands, from 0."""


_BONDS = ("dump", "page", "day")
"""What holds neighbours together, the nearest first."""


class Neighbours(NamedTuple):
    """What stood `beside` an article, by bond and side (dump_previous); how many are of its `day`, in all `years`."""

    beside: tuple[tuple[str, Card], ...]
    day: int
    years: int


class Neighbourhood:
    """The order in which articles stood: in each dump as it came, on each day by newspaper and page."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._in_dump = dict(_places(publication.catalogue.dumps.values()))
        dates = publication.catalogue.dates.items()
        days = [tuple(sorted(group, key=self._printed_order)) for day, group in dates if len(day) == _DAY]
        self._in_day = dict(_places(days))
        pages: dict[tuple[str | None, ...], list[Card]] = {}
        for article in (article for group in days for article in group):
            if article.source and article.page:
                pages.setdefault((article.date, article.source, article.page), []).append(article)
        self._in_page = dict(_places(map(tuple, pages.values())))

    def place_in_dump(self, article: Card) -> int:
        """Return an article's place among those of its dump, from 0; 0 for one that came from none."""
        return self._in_dump[article.id][1] if article.id in self._in_dump else 0

    def of(self, article: Card) -> Neighbours:
        """Return what stood beside an article: each neighbour once, by its nearest bond."""
        shown = {article.id}
        found = []
        for key, places in zip(_BONDS, (self._in_dump, self._in_page, self._in_day), strict=True):
            if article.id not in places:
                continue
            around = zip(("previous", "next"), _beside(*places[article.id]), strict=True)
            new = [(f"{key}_{side}", other) for side, other in around if other and other.id not in shown]
            shown.update(other.id for _, other in new)
            found += new
        if article.id not in self._in_day or article.date is None:
            return Neighbours(tuple(found), 0, 0)
        years = self._publication.catalogue.anniversaries[article.date[5:]]
        return Neighbours(tuple(found), len(self._in_day[article.id][0]), len(years))

    def view(self, article: Card, root: str) -> NeighboursView | None:
        """Return the neighbours of an article as its page shows them, None where there are none."""
        around = self.of(article)
        views = {key: self._neighbour(other, key) for key, other in around.beside}
        pairs = ((views.get(f"{key}_previous"), views.get(f"{key}_next")) for key in _BONDS)
        shown = tuple(pair for pair in pairs if any(pair))
        days = tuple(self._days(article, around, root))
        return NeighboursView(pairs=shown, days=days) if shown or days else None

    def _days(self, article: Card, around: Neighbours, root: str) -> Iterator[Link]:
        if not around.day or article.date is None:
            return
        say, display, day = self._publication.say, self._publication.display, article.date[5:]
        if around.day > 1:
            text = say("neighbours.day", date=display.date(article.date), count=display.count(around.day))
            yield Link(text=text, href=root + paths.date(article.date))
        shown = say("date.month_day", month=int(day[:2]), day=int(day[3:]))
        text = say("neighbours.anniversary", day=shown, count=display.count(around.years))
        yield Link(text=text, href=root + paths.anniversary(day))

    def _neighbour(self, other: Card, key: str) -> NeighbourView:
        return NeighbourView(
            note=self._publication.say(f"neighbours.{key}"),
            title=self._publication.display.title(other).text,
            href=paths.beside(other.id),
        )

    def _printed_order(self, article: Card) -> tuple[bool, str, int, str, str, int, str]:
        """Return what articles of a day are sorted by; page 10 comes after page 9."""
        source, page = article.source or "", article.page or ""
        number = "".join(character for character in page if character.isdecimal())[:_DIGITS]
        return not source, source, int(number or 0), page, article.dump, self.place_in_dump(article), article.id


def _places(groups: Iterable[Articles]) -> Iterator[tuple[str, Place]]:
    for group in groups:
        for place, article in enumerate(group):
            yield article.id, (group, place)


def _beside(group: Articles, place: int) -> tuple[Card | None, Card | None]:
    return group[place - 1] if place else None, group[place + 1] if place + 1 < len(group) else None
