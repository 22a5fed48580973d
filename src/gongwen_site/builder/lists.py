"""Articles to lists: rows under headings, fifty a page."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup

from gongwen_site.builder import paths
from gongwen_site.builder.cards import Card
from gongwen_site.builder.facets import Articles, is_inferred
from gongwen_site.builder.publication import Page, Planned, PlannedPage, Publication
from gongwen_site.builder.render import Renderer
from gongwen_site.builder.views import GroupView, ItemView, Link, ListView, PagerEntry, PagerView

PER_PAGE = paths.ARTICLES_PER_PAGE
"""Articles on one page of a list."""
TIGHT = 200
"""Lists longer than this give one line to an article."""
_WORTH_A_MONTH = 3
"""Articles to a month from which on months are worth a heading of their own."""
_SUB = 120
_NEAR = 2
_MANY_PAGES = 10
"""Pages from which on the first one links to all."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a run of a list. `lead` stands in the margin before the label."""

    id: str
    label: str
    lead: str | None = None


Grouping = Callable[[Card], Heading | None]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: its number, address, way to the top, and what stands on it."""

    number: int
    path: str
    root: str
    view: ListView


@dataclass(frozen=True, slots=True)
class Lister:
    """Makes the lists of a publication."""

    publication: Publication
    renderer: Renderer
    _months: dict[tuple[str | None, bool], Heading] = field(default_factory=dict)

    def row(self, article: Card, root: str, *, dated: bool = True, tight: bool = False) -> Markup:
        """Return an article's row for a page at `root`; `dated=False` leaves the date out, `tight` all but one line."""
        return self.renderer.item(article.id, lambda: self._item(article), root, dated=dated, tight=tight)

    def rows(self, articles: Articles, root: str) -> ListView:
        """Return a short list without headings."""
        rows = tuple(self.row(article, root) for article in articles)
        return ListView(
            groups=(GroupView(id=None, lead=None, label=None, count=None, rows=rows),), tight=False, pager=None
        )

    def pages(
        self,
        base: str,
        articles: Articles,
        grouping: Grouping,
        make: Callable[[ListPage], Page],
        *inputs: object,
        of: Articles | None = None,
        dates_once: bool = False,
        counts: bool = False,
        tight_from: int = TIGHT,
    ) -> Iterator[Planned]:
        """Yield the pages of a list at `base`; an empty list has one. `make` sets a page of the list in the page around it.

        `inputs` are plain values that decide what stands around the list besides what its articles say, or those that it is a part `of`.

        `dates_once` prints a date only where it changes, `counts` the size of each group beside its heading; a list of
        more than `tight_from` gives one line to an article.
        """
        rows = _Rows(self, base, articles, grouping, dates_once, counts, len(articles) > tight_from)
        marks = self.publication.marks
        for number in range(1, rows.last + 1):

            def told(number: int = number) -> tuple[object, ...]:
                return (
                    *inputs,
                    rows.last,
                    marks.counted(articles if of is None else of),
                    marks.shown(rows.part(number)),
                )

            def made(number: int = number) -> Page:
                return make(rows.page(number))

            yield PlannedPage(path=paths.numbered(base, number), make=made, inputs=told)

    def anchors(self, base: str, articles: Articles, grouping: Grouping) -> dict[str, str]:
        """Return where each group of a list at `base` begins, by the id of its heading."""
        found: dict[str, str] = {}
        for index, article in enumerate(articles):
            heading = grouping(article)
            if heading is not None and heading.id not in found:
                found[heading.id] = f"{paths.numbered(base, index // PER_PAGE + 1)}#{heading.id}"
        return found

    def jumps(self, base: str, articles: Articles, grouping: Grouping) -> Callable[[ListPage], tuple[Link, ...]]:
        """Return what gives each page of a list by time the years of the list, each with the place where it begins.

        Years that stand on the page itself have no address; a list of one page or one year has none.
        """
        if len(articles) <= PER_PAGE:
            return lambda _page: ()
        years: dict[str, str] = {}
        for heading, place in self.anchors(base, articles, grouping).items():
            if heading[0] in "ym":
                years.setdefault(heading[1:5], place)
        if len(years) < 2:
            return lambda _page: ()

        def on(page: ListPage) -> tuple[Link, ...]:
            part = articles[(page.number - 1) * PER_PAGE : page.number * PER_PAGE]
            here = {article.date[:4] for article in part if article.date}
            return tuple(
                Link(text=year, href=None if year in here else _nearer(base, page, place))
                for year, place in years.items()
            )

        return on

    def by_time(self, articles: Articles) -> Grouping:
        """Return how a list is parted: by month, or by year where it spans years and a month holds an article or two."""
        months = {article.date[:7] for article in articles if article.date}
        years = {month[:4] for month in months}
        is_sparse = len(years) > 1 and len(articles) < _WORTH_A_MONTH * len(months)
        return self.by_year if is_sparse else self.by_month

    def by_month(self, article: Card) -> Heading:
        """Group by year and month."""
        return self._by_month(article, with_year=True)

    def by_month_of_year(self, article: Card) -> Heading:
        """Group by month, within a year."""
        return self._by_month(article, with_year=False)

    def by_day(self, article: Card) -> Heading:
        """Group by day, within a month."""
        say = self.publication.say
        if not article.date or len(article.date) < 10:
            return Heading("vague", say("date.only_month"))
        shown = self.publication.display.date(article.date, weekday=True)
        return Heading(
            f"d{article.date[8:]}", shown.split(" ")[-1], lead=say("date.day_name", day=int(article.date[8:]))
        )

    def by_paper(self, article: Card) -> Heading:
        """Group by newspaper."""
        name = article.source
        if not name:
            return Heading("unknown", self.publication.say("unknown.paper"))
        return Heading(self.publication.vocabulary.paper_slug(name), name)

    def by_year(self, article: Card) -> Heading:
        """Group by year."""
        if not article.date:
            return Heading("undated", self.publication.say("unknown.date"))
        return Heading(f"y{article.date[:4]}", self.publication.display.date(article.date[:4]))

    def _by_month(self, article: Card, *, with_year: bool) -> Heading:
        key = (article.date and article.date[:7], with_year)
        if key not in self._months:
            self._months[key] = self._month_heading(article, with_year=with_year)
        return self._months[key]

    def _month_heading(self, article: Card, *, with_year: bool) -> Heading:
        say, display = self.publication.say, self.publication.display
        if not article.date:
            return Heading("undated", say("unknown.date"))
        lead = display.date(article.date[:4]) if with_year else None
        if len(article.date) == 4:
            return Heading(f"y{article.date}", say("date.only_year"), lead=lead)
        return Heading(f"m{article.date[:7]}", display.month_name(int(article.date[5:7])), lead=lead)

    def _item(self, article: Card) -> ItemView:
        publication, root = self.publication, Renderer.item_root()
        display = publication.display
        sub = article.kicker or article.deck
        if article.title_supplied and not sub:
            sub = display.excerpt(article, _SUB)
            if not article.has_body and article.characters:
                sub = publication.say("list.picture", text=sub)
        regions: tuple[Link, ...] = ()
        if article.regions:
            regions = publication.region_crumbs(root, article.regions[0])
        return ItemView(
            href=root + paths.article(article.id),
            title=display.title(article),
            date=article.date,
            inferred=is_inferred(article),
            sub=display.text(sub) if sub else None,
            source=article.source,
            regions=regions,
            length=display.length(article),
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """A list cut into pages. `headings` is filled when the first of them is made."""

    lister: Lister
    base: str
    articles: Articles
    grouping: Grouping
    dates_once: bool
    counts: bool
    tight: bool
    headings: list[Heading | None] = field(default_factory=list)
    sizes: Counter[str] = field(default_factory=Counter)

    @property
    def last(self) -> int:
        return max(1, -(-len(self.articles) // PER_PAGE))

    def part(self, number: int) -> Articles:
        return self.articles[(number - 1) * PER_PAGE : number * PER_PAGE]

    def page(self, number: int) -> ListPage:
        if self.articles and not self.headings:
            self.headings.extend(map(self.grouping, self.articles))
            self.sizes.update(heading.id for heading in self.headings if heading)
        path = paths.numbered(self.base, number)
        root = paths.root_of(path)
        headings = self.headings[(number - 1) * PER_PAGE : number * PER_PAGE]
        pairs = zip(headings, self.part(number), strict=True)
        groups = tuple(
            self._group(heading, [article for _, article in run], root)
            for heading, run in groupby(pairs, key=lambda pair: pair[0])
        )
        per_page = self.lister.publication.say("pager.articles", n=PER_PAGE)
        pager = pager_of(self.lister.publication, self.base, number, self.last, per_page)
        return ListPage(number, path, root, ListView(groups=groups, tight=self.tight, pager=pager))

    def _group(self, heading: Heading | None, articles: list[Card], root: str) -> GroupView:
        rows = tuple(
            self.lister.row(
                article,
                root,
                dated=not (self.dates_once and index and article.date == articles[index - 1].date),
                tight=self.tight,
            )
            for index, article in enumerate(articles)
        )
        return GroupView(
            id=heading.id if heading else None,
            lead=heading.lead if heading else None,
            label=heading.label if heading else None,
            count=self.lister.publication.display.count(self.sizes[heading.id]) if heading and self.counts else None,
            rows=rows,
        )


def nearby(base: str, place: str) -> str:
    """Return the address of a `place` in a list at `base` as seen from the list's first page."""
    return place.removeprefix(base) or "./"


def _nearer(base: str, page: ListPage, place: str) -> str:
    return nearby(base, place) if page.number == 1 else page.root + place


def pager_of(publication: Publication, base: str, number: int, last: int, per_page: str) -> PagerView | None:
    """Return the page numbers of a list at `base`, None if it has one page. `per_page` says how much a page holds."""
    if last == 1:
        return None
    root = paths.root_of(paths.numbered(base, number))

    def href(page: int) -> str:
        return root + paths.numbered(base, page)

    shown = sorted({1, last, *range(max(1, number - _NEAR), min(last, number + _NEAR) + 1)})
    entries = []
    for index, page in enumerate(shown):
        if index and page - shown[index - 1] > 1:
            entries.append(PagerEntry(text=None))
        entries.append(PagerEntry(text=str(page), href=None if page == number else href(page)))
    return PagerView(
        previous=href(number - 1) if number > 1 else None,
        next=href(number + 1) if number < last else None,
        entries=tuple(entries),
        summary=publication.say("pager.summary", page=number, pages=last, per_page=per_page),
        all=tuple(Link(text=str(page), href=f"page/{page}/" if page > 1 else None) for page in range(1, last + 1))
        if number == 1 and last > _MANY_PAGES
        else (),
    )
