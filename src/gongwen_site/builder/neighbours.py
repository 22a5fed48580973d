"""The articles that stood beside one: before and after it in its dump, on its page of the newspaper, on its day."""

from collections.abc import Iterable, Iterator

from gongwen_site.builder import paths
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import Link, NeighboursView, NeighbourView
from gongwen_site.records.article import Article

_DAY = len("2024-11-05")
_DIGITS = 9

Place = tuple[Articles, int]
"""A group of articles in their order, and where in it one stands, from 0."""


class Neighbourhood:
    """The order in which articles stood: in each dump as it came, on each day by newspaper and page."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._in_dump = dict(_places(publication.catalogue.dumps.values()))
        dates = publication.catalogue.dates.items()
        days = [tuple(sorted(group, key=self._printed_order)) for day, group in dates if len(day) == _DAY]
        self._in_day = dict(_places(days))
        pages: dict[tuple[str | None, ...], list[Article]] = {}
        for article in (article for group in days for article in group):
            if article.source and article.page:
                pages.setdefault((article.date, article.source, article.page), []).append(article)
        self._in_page = dict(_places(map(tuple, pages.values())))

    def place_in_dump(self, article: Article) -> int:
        """Return an article's place among those of its dump, from 0; 0 for one that came from none."""
        return self._in_dump[article.id][1] if article.id in self._in_dump else 0

    def view(self, article: Article, root: str) -> NeighboursView | None:
        """Return what stood beside an article, None where nothing did: each neighbour once, by its nearest bond."""
        shown = {article.id}
        pairs = []
        for key, places in (("dump", self._in_dump), ("page", self._in_page), ("day", self._in_day)):
            if article.id not in places:
                continue
            before, after = _beside(*places[article.id])
            pair = (
                self._neighbour(before, f"{key}_previous") if before and before.id not in shown else None,
                self._neighbour(after, f"{key}_next") if after and after.id not in shown else None,
            )
            shown.update(other.id for other in (before, after) if other)
            if any(pair):
                pairs.append(pair)
        days = tuple(self._days(article, root))
        return NeighboursView(pairs=tuple(pairs), days=days) if pairs or days else None

    def _days(self, article: Article, root: str) -> Iterator[Link]:
        if article.id not in self._in_day or article.date is None:
            return
        say, display = self._publication.say, self._publication.display
        group, day = self._in_day[article.id][0], article.date[5:]
        if len(group) > 1:
            text = say("neighbours.day", date=display.date(article.date), count=display.count(len(group)))
            yield Link(text=text, href=root + paths.date(article.date))
        shown = say("date.month_day", month=int(day[:2]), day=int(day[3:]))
        count = display.count(len(self._publication.catalogue.anniversaries[day]))
        text = say("neighbours.anniversary", day=shown, count=count)
        yield Link(text=text, href=root + paths.anniversary(day))

    def _neighbour(self, other: Article, key: str) -> NeighbourView:
        return NeighbourView(
            note=self._publication.say(f"neighbours.{key}"),
            title=self._publication.display.title(other).text,
            href=paths.beside(other.id),
        )

    def _printed_order(self, article: Article) -> tuple[bool, str, int, str, str, int, str]:
        """Return what articles of a day are sorted by; page 10 comes after page 9."""
        source, page = article.source or "", article.page or ""
        number = "".join(character for character in page if character.isdecimal())[:_DIGITS]
        dump = article.provenance.seed if article.provenance else ""
        return not source, source, int(number or 0), page, dump, self.place_in_dump(article), article.id


def _places(groups: Iterable[Articles]) -> Iterator[tuple[str, Place]]:
    for group in groups:
        for place, article in enumerate(group):
            yield article.id, (group, place)


def _beside(group: Articles, place: int) -> tuple[Article | None, Article | None]:
    return group[place - 1] if place else None, group[place + 1] if place + 1 < len(group) else None
