"""Dates: all years, a calendar for each, a list for every month and day, the same day in all years; and the gaps."""

from collections.abc import Callable, Iterator
from functools import cache

from gongwen_site.builder import paths
from gongwen_site.builder.browse_views import CalendarView, FacetView, OverviewView
from gongwen_site.builder.calendars import calendar_of, calendar_of_all_years
from gongwen_site.builder.charts import chart_of
from gongwen_site.builder.coverage import coverage_of, day_gaps, month_gaps
from gongwen_site.builder.facet_pages import rail_of, search_link
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.lists import TIGHT, Grouping, Lister, ListPage
from gongwen_site.builder.publication import Page, Planned, Publication
from gongwen_site.builder.views import IndexView, Link

_CHART_HEIGHT = 132
_MANY_YEARS = 20
"""Articles of a day in all years from which on each has one line."""
_LENGTHS = {4: "year", 7: "month", 10: "day"}


def date_pages(publication: Publication, lister: Lister) -> Iterator[Planned]:
    """Yield the overview, then every year, month and day with articles, anniversaries, and what has no date."""
    yield publication.overview(paths.DATES, lambda: _overview(publication))
    dates = sorted(publication.catalogue.dates)
    days = [date for date in dates if len(date) == 10]
    ends = (days[0], days[-1]) if days else ("", "")
    for length in _LENGTHS:
        same = [date for date in dates if len(date) == length]
        for index, date in enumerate(same):
            before = same[index - 1] if index else None
            after = same[index + 1] if index + 1 < len(same) else None
            yield from _date(publication, lister, date, (before, after), ends)
    yield publication.overview(paths.ANNIVERSARIES, lambda: _all_anniversaries(publication))
    known = sorted(publication.catalogue.anniversaries)
    for place, day in enumerate(known):
        around = (known[place - 1], known[(place + 1) % len(known)]) if len(known) > 1 else ()
        yield from _anniversary(publication, lister, day, around)
    yield from _undated(publication, lister)


def _overview(publication: Publication) -> Page:
    path, say, display = paths.DATES, publication.say, publication.display
    root = paths.root_of(path)
    heading = say("nav.dates")
    years = sorted((date for date in publication.catalogue.dates if len(date) == 4), reverse=True)
    undated = Link(
        text=say("unknown.date"),
        href=root + paths.DATES + paths.UNKNOWN,
        count=display.number(len(publication.catalogue.without_date)),
    )
    links = [
        Link(
            text=display.date(year),
            href=root + paths.date(year),
            count=display.number(len(publication.catalogue.dates[year])),
        )
        for year in years
    ]

    def date_address(slot: str) -> str:
        return root + paths.date(slot)

    articles, title = publication.catalogue.articles, publication.config.title
    coverage = coverage_of(publication, articles, date_address, name=title)
    view = OverviewView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("date.summary", years=len(years), span=display.span(articles) or ""),
        links=(Link(text=say("date.on_this_day"), href=root + paths.ANNIVERSARIES), undated),
        chart=chart_of(articles, display, height=_CHART_HEIGHT, address=date_address, name=title, by_month=True),
        coverage=coverage,
        gaps=month_gaps(publication, articles),
        indexes=() if coverage else (IndexView(heading=say("date.years"), links=tuple(links)),),
    )
    return publication.page(path, "overview.html", view, heading=heading, section="dates")


def _date(
    publication: Publication, lister: Lister, date: str, around: tuple[str | None, str | None], ends: tuple[str, str]
) -> Iterator[Planned]:
    display, say = publication.display, publication.say
    articles = publication.catalogue.dates[date]
    kind = _LENGTHS[len(date)]
    grouping: Grouping = {"year": lister.by_month_of_year, "month": lister.by_day, "day": lister.by_paper}[kind]
    if kind == "day":
        articles = _paper_by_paper(articles)
    heading = display.date(date, weekday=True)
    base = paths.date(date)
    months = len(articles) > TIGHT if kind == "year" else False
    # Where a year has many articles its months list them; only what has no month is left to the year itself.
    listed = tuple(article for article in articles if len(article.date or "") == len(date)) if months else articles

    def made(page: ListPage) -> Page:
        links = [
            Link(text=say(f"date.{word}", date=display.date(other)), href=page.root + paths.date(other))
            for word, other in zip(("before", "after"), around, strict=True)
            if other is not None
        ]
        if kind == "day":
            day = say("date.month_day", month=int(date[5:7]), day=int(date[8:]))
            address = page.root + paths.anniversary(date[5:])
            links.append(Link(text=say("date.anniversary", day=day), href=address))
        within = {"from": date, "to": date}
        links.append(search_link(publication, within, page.root))
        first = page.number == 1
        view = FacetView(
            crumbs=_crumbs(publication, date, page.root),
            heading=heading,
            summary=_summary(publication, articles, kind),
            links=tuple(links),
            division=_months(publication, date, page.root) if months and first else None,
            calendar=_calendar(publication, date, page.root) if first else None,
            gaps=day_gaps(publication, date, ends) if kind == "year" and first else None,
            list=page.view if listed else None,
            rail=rail_of(publication, articles, ("regions", "topics", "papers"), page.root, within) if first else (),
        )
        return publication.page(page.path, "facet.html", view, heading=heading, section="dates")

    told = (around, ends if kind == "year" else ())
    yield from lister.pages(base, listed, grouping, made, *told, of=articles, dates_once=True, counts=True)


def _months(publication: Publication, year: str, root: str) -> IndexView:
    groups, display = publication.catalogue.dates, publication.display
    links = tuple(
        Link(
            text=display.month_name(int(key[5:])),
            href=root + paths.date(key),
            count=display.number(len(groups[key])),
        )
        for key in (f"{year}-{month:02}" for month in range(1, 13))
        if key in groups
    )
    return IndexView(heading=publication.say("monthly.heading"), links=links)


def _calendar(publication: Publication, date: str, root: str) -> CalendarView | None:
    """Return the calendar of a year, or of a month with a day that is known."""
    if len(date) == 4:
        return calendar_of(publication, int(date), root)
    view = calendar_of(publication, int(date[:4]), root, (int(date[5:7]),)) if len(date) == 7 else None
    return view if view and not view.months[0].bare else None


def _crumbs(publication: Publication, date: str, root: str) -> tuple[Link, ...]:
    display = publication.display
    links = [Link(text=publication.say("nav.dates"), href=root + paths.DATES)]
    shows: tuple[tuple[int, Callable[[str], str]], ...] = (
        (4, display.date),
        (7, lambda part: display.month_name(int(part[5:]))),
        (10, lambda part: publication.say("date.day_name", day=int(part[8:]))),
    )
    for length, show in shows:
        if length <= len(date):
            part = date[:length]
            links.append(Link(text=show(part), href=root + paths.date(part) if length < len(date) else None))
    return publication.crumbs(root, *links)


def _summary(publication: Publication, articles: Articles, kind: str) -> str:
    count = publication.display.count(len(articles))
    if kind == "day":
        papers = len({article.source for article in articles if article.source})
        unnamed = sum(article.source is None for article in articles)
        key = "day_summary" if not unnamed else "day_mixed_summary" if papers else "exact_summary"
        return publication.say(
            f"date.{key}", count=count, papers=papers, unnamed=publication.display.count(unnamed), days=1
        )
    days = len({article.date for article in articles if len(article.date or "") == 10})
    vague = sum(len(article.date or "") < 10 for article in articles)
    if not vague:
        return publication.say("date.exact_summary", count=count, days=days)
    return publication.say("date.range_summary", count=count, days=days, vague=publication.display.count(vague))


def _all_anniversaries(publication: Publication) -> Page:
    path, say = paths.ANNIVERSARIES, publication.say
    root = paths.root_of(path)
    heading = say("date.on_this_day")
    groups = publication.catalogue.anniversaries
    view = OverviewView(
        crumbs=publication.crumbs(root, Link(text=say("nav.dates"), href=root + paths.DATES), Link(text=heading)),
        heading=heading,
        summary=say("date.on_summary", days=len(groups)),
        calendar=calendar_of_all_years(publication, root),
    )
    return publication.page(path, "overview.html", view, heading=heading, section="dates")


def _anniversary(publication: Publication, lister: Lister, day: str, around: tuple[str, ...]) -> Iterator[Planned]:
    say = publication.say
    articles = publication.catalogue.anniversaries[day]
    shown = say("date.month_day", month=int(day[:2]), day=int(day[3:]))
    heading = say("date.anniversary", day=shown)
    base = paths.anniversary(day)
    jumps = cache(lambda: lister.jumps(base, articles, lister.by_year))

    def made(page: ListPage) -> Page:
        view = FacetView(
            crumbs=publication.crumbs(
                page.root,
                Link(text=say("nav.dates"), href=page.root + paths.DATES),
                Link(text=say("date.on_this_day"), href=page.root + paths.ANNIVERSARIES),
                Link(text=shown),
            ),
            heading=heading,
            summary=say("facet.undated", count=publication.display.count(len(articles))),
            links=tuple(
                Link(
                    text=say(f"date.{word}", date=say("date.month_day", month=int(other[:2]), day=int(other[3:]))),
                    href=page.root + paths.anniversary(other),
                )
                for word, other in zip(("before", "after"), around, strict=False)
            ),
            jumps=jumps()(page),
            list=page.view,
        )
        return publication.page(page.path, "facet.html", view, heading=heading, section="dates")

    yield from lister.pages(base, articles, lister.by_year, made, around, counts=True, tight_from=_MANY_YEARS)


def _paper_by_paper(articles: Articles) -> Articles:
    return tuple(sorted(articles, key=lambda article: (article.source is None, article.source or "")))


def _undated(publication: Publication, lister: Lister) -> Iterator[Planned]:
    name = publication.say("unknown.date")
    articles = _paper_by_paper(publication.catalogue.without_date)

    def made(page: ListPage) -> Page:
        dates = Link(text=publication.say("nav.dates"), href=page.root + paths.DATES)
        view = FacetView(
            crumbs=publication.crumbs(page.root, dates, Link(text=name)),
            heading=name,
            summary=publication.say("facet.undated", count=publication.display.count(len(articles))),
            list=page.view,
        )
        return publication.page(page.path, "facet.html", view, heading=name, section="dates")

    yield from lister.pages(paths.DATES + paths.UNKNOWN, articles, lister.by_paper, made)
