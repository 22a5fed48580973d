"""Regions, topics and newspapers: the entry page of each, a page and a feed for every value, and for what has none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import urlencode

from gongwen_site.builder import paths
from gongwen_site.builder.browse_views import FacetView, OverviewView, UnitsView
from gongwen_site.builder.charts import chart_of
from gongwen_site.builder.coverage import coverage_of, month_gaps
from gongwen_site.builder.facets import Articles, by_size, counted, is_inferred, regions_of, span_of
from gongwen_site.builder.lists import PER_PAGE, Grouping, Lister, ListPage, nearby
from gongwen_site.builder.publication import Page, Planned, Publication
from gongwen_site.builder.tilemap import regions_off_the_map, tile_map, unit_tiles
from gongwen_site.builder.views import IndexView, Link, RowView, TableView

_CHART_HEIGHT = 104
_RAIL_LENGTH = 15
_KEYS = {"topics": "topic", "papers": "paper", "regions": "region"}
"""What a rail narrows a search by."""


def region_pages(publication: Publication, lister: Lister) -> Iterator[Planned]:
    """Yield the map, every region with articles, and the articles of no region."""
    yield publication.overview(paths.REGIONS, lambda: _regions(publication))
    children = _children(publication)
    for region in sorted(publication.catalogue.regions):
        yield from _region(publication, lister, region, children.get(region, ()))
    yield from _unknown(lister, paths.REGIONS, "regions", "unknown.region", publication.catalogue.without_region)


def _regions(publication: Publication) -> Page:
    path, say = paths.REGIONS, publication.say
    root = paths.root_of(path)
    heading = say("nav.regions")
    catalogue = publication.catalogue
    places = sum("/" in region for region in catalogue.regions)
    view = OverviewView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("region.summary", provinces=len(catalogue.regions) - places, places=places),
        links=_unknown_link(publication, root + path, "unknown.region", catalogue.without_region),
        map=tile_map(publication, root),
        indexes=tuple(_province(publication, name, root) for name in _provinces(publication)),
    )
    return publication.page(path, "overview.html", view, heading=heading, section="regions")


def _children(publication: Publication) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for unit in publication.vocabulary.regions.by_path.values():
        parent, _, _ = unit.path.rpartition("/")
        children.setdefault(parent, []).append(unit.path)
    return children


def _region(publication: Publication, lister: Lister, region: str, children: Sequence[str]) -> Iterator[Planned]:
    say, display = publication.say, publication.display
    articles = publication.catalogue.regions[region]
    base = paths.region(publication.vocabulary.region_address(region))
    name = region.rsplit("/", 1)[-1]

    def summary() -> str:
        own = sum(region in article.regions for article in articles)
        text = _summary(publication, articles)
        if own < len(articles):
            text += say("region.own", own=display.count(own), below=display.count(len(articles) - own))
        return text

    def crumbs(root: str) -> tuple[Link, ...]:
        regions = Link(text=say("nav.regions"), href=root + paths.REGIONS)
        return publication.crumbs(root, regions, *publication.region_crumbs(root, region, here=True))

    def units(root: str) -> UnitsView | None:
        return unit_tiles(publication, children, root)

    yield from _facet(
        publication,
        lister,
        base,
        articles,
        name=name,
        section="regions",
        summary=summary,
        crumbs=crumbs,
        units=units,
        rail=("topics", "papers"),
        within={"region": region},
    )


def _provinces(publication: Publication) -> list[str]:
    """Return the regions at the top that have articles, the largest first, those off the map last."""
    others = regions_off_the_map(publication)
    known = [path for path, _ in by_size(publication.catalogue.regions) if "/" not in path and path not in others]
    return known + others


def _province(publication: Publication, province: str, root: str) -> IndexView:
    """Return the prefectures of a province that have articles."""
    groups, display = publication.catalogue.regions, publication.display

    def link(path: str, count: int) -> Link:
        address = paths.region(publication.vocabulary.region_address(path))
        return Link(text=path.rsplit("/", 1)[-1], href=root + address, count=display.number(count))

    below = counted(
        groups[province],
        lambda article: {p for p in regions_of(article) if p.count("/") == 1 and p.startswith(f"{province}/")},
    )
    return IndexView(
        heading=province,
        link=link(province, len(groups[province])),
        links=tuple(link(path, count) for path, count in below),
        none=None if below else publication.say("region.undivided"),
    )


def topic_pages(publication: Publication, lister: Lister) -> Iterator[Planned]:
    """Yield the list of topics, every topic with articles, and the articles of no topic."""
    yield publication.overview(paths.TOPICS, lambda: _topics(publication))
    for name in sorted(publication.catalogue.topics):
        yield from _topic(publication, lister, name)
    yield from _unknown(lister, paths.TOPICS, "topics", "unknown.topic", publication.catalogue.without_topic)


def _topics(publication: Publication) -> Page:
    path, say, display = paths.TOPICS, publication.say, publication.display
    root = paths.root_of(path)
    groups = publication.catalogue.topics
    heading = say("nav.topics")
    links = tuple(
        Link(text=name, href=publication.topic_link(root, name).href, count=display.number(len(articles)))
        for name, articles in by_size(groups)
    )
    unused = [name for name in publication.vocabulary.topics if name not in groups]
    view = OverviewView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("topic.summary", n=len(groups)),
        indexes=(
            IndexView(
                heading=heading,
                links=(
                    *links,
                    *_unknown_link(publication, root + path, "unknown.topic", publication.catalogue.without_topic),
                ),
                none=say("topic.none", names="、".join(unused)) if unused else None,
            ),
        ),
    )
    return publication.page(path, "overview.html", view, heading=heading, section="topics")


def _topic(publication: Publication, lister: Lister, name: str) -> Iterator[Planned]:
    say, display = publication.say, publication.display
    articles = publication.catalogue.topics[name]
    topic = publication.vocabulary.topics.get(name)

    def crumbs(root: str) -> tuple[Link, ...]:
        topics = Link(text=say("nav.topics"), href=root + paths.TOPICS)
        broader = reversed(publication.vocabulary.broader_topics(name))
        above = (publication.topic_link(root, broad) for broad in broader)
        return publication.crumbs(root, topics, *above, Link(text=name))

    def summary() -> str:
        own = sum(name in article.topics for article in articles)
        text = _summary(publication, articles)
        if own < len(articles):
            text += say("topic.own", own=display.count(own), below=display.count(len(articles) - own))
        return text

    yield from _facet(
        publication,
        lister,
        paths.topic(publication.vocabulary.topic_slug(name)),
        articles,
        name=name,
        section="topics",
        summary=summary,
        note=topic.note if topic else None,
        crumbs=crumbs,
        division=lambda root: _narrower_topics(publication, name, root),
        rail=("beside", "regions", "papers"),
        within={"topic": name},
    )


def _narrower_topics(publication: Publication, name: str, root: str) -> IndexView | None:
    """Return the topics right below a topic that have articles."""
    groups = publication.catalogue.topics
    below = {
        other.name: groups[other.name]
        for other in publication.vocabulary.topics.values()
        if other.broader == name and other.name in groups
    }
    links = tuple(
        Link(
            text=other,
            href=publication.topic_link(root, other).href,
            count=publication.display.number(len(articles)),
        )
        for other, articles in by_size(below)
    )
    return IndexView(heading=publication.say("topic.narrower"), links=links) if links else None


def paper_pages(publication: Publication, lister: Lister) -> Iterator[Planned]:
    """Yield the table of newspapers, every newspaper with articles, and the articles of none."""
    yield publication.overview(paths.PAPERS, lambda: _papers(publication))
    for name in sorted(publication.catalogue.papers):
        yield from _paper(publication, lister, name)
    yield from _unknown(lister, paths.PAPERS, "papers", "unknown.paper", publication.catalogue.without_paper)


def _papers(publication: Publication) -> Page:
    path, say = paths.PAPERS, publication.say
    root = paths.root_of(path)
    groups = publication.catalogue.papers
    heading = say("nav.papers")
    view = OverviewView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("paper.summary", n=len(groups)),
        links=_unknown_link(publication, root + path, "unknown.paper", publication.catalogue.without_paper),
        table=papers_table(publication, root),
    )
    return publication.page(path, "overview.html", view, heading=heading, section="papers")


def _paper(publication: Publication, lister: Lister, name: str) -> Iterator[Planned]:
    say, articles = publication.say, publication.catalogue.papers[name]
    paper = publication.vocabulary.papers.get(name)

    def crumbs(root: str) -> tuple[Link, ...]:
        return publication.crumbs(root, Link(text=say("nav.papers"), href=root + paths.PAPERS), Link(text=name))

    yield from _facet(
        publication,
        lister,
        paths.paper(publication.vocabulary.paper_slug(name)),
        articles,
        name=name,
        section="papers",
        summary=lambda: _summary(publication, articles),
        note=say("paper.place", place=paper.place) if paper and paper.place else None,
        crumbs=crumbs,
        rail=("regions", "topics"),
        within={"paper": name},
        is_coverage_open=True,
    )


def papers_table(publication: Publication, root: str, *, most: int | None = None) -> TableView:
    """Return the newspapers with their place, the time they span and the number of their articles.

    `most` is how many of the largest are shown where the page has other things to say.
    """
    say, display, vocabulary = publication.say, publication.display, publication.vocabulary

    def row(link: Link, articles: Articles, place: str | None) -> RowView:
        span = span_of(articles)
        ends = [article for article in articles if span and article.date in span]
        return RowView(
            link=link,
            cells=(place or "", display.span(articles) or say("unknown.date")),
            inferred=any(is_inferred(article) for article in ends),
            count=display.number(len(articles)),
            count_href=f"{link.href}#list",
        )

    rows = []
    papers = by_size(publication.catalogue.papers)
    for name, articles in papers[:most]:
        paper = vocabulary.papers.get(name)
        rows.append(row(publication.paper_link(root, name), articles, paper.place if paper else None))
    if without := publication.catalogue.without_paper:
        link = Link(text=say("unknown.paper"), href=root + paths.PAPERS + paths.UNKNOWN)
        rows.append(row(link, without, None))
    heads = (say("paper.name"), say("paper.place_head"), say("paper.span"), say("paper.count"))
    rest = len(papers) - len(papers[:most])
    more = Link(text=say("list.more", n=rest), href=root + paths.PAPERS) if rest else None
    return TableView(caption=say("nav.papers"), heads=heads, rows=tuple(rows), more=more)


def _summary(publication: Publication, articles: Articles) -> str:
    count, span = publication.display.count(len(articles)), publication.display.span(articles)
    return (
        publication.say("facet.summary", count=count, span=span)
        if span
        else publication.say("facet.undated", count=count)
    )


def _unknown_link(publication: Publication, base: str, key: str, articles: Articles) -> tuple[Link, ...]:
    count = publication.display.number(len(articles))
    return (Link(text=publication.say(key), href=base + paths.UNKNOWN, count=count),)


def _facet(
    publication: Publication,
    lister: Lister,
    base: str,
    articles: Articles,
    *,
    name: str,
    section: str,
    summary: Callable[[], str],
    crumbs: Callable[[str], tuple[Link, ...]],
    rail: tuple[str, ...],
    within: Mapping[str, str],
    division: Callable[[str], IndexView | None] = lambda _root: None,
    units: Callable[[str], UnitsView | None] = lambda _root: None,
    note: str | None = None,
    is_coverage_open: bool = False,
) -> Iterator[Planned]:
    """Yield the pages of a group of articles. `within` is what narrows a search to them."""
    feed, grouping = base + paths.FEED, lister.by_time(articles)
    place_of = cache(lambda: _place_of(lister, base, articles, grouping))
    jumps = cache(lambda: lister.jumps(base, articles, grouping))
    summed_up = cache(summary)

    def made(page: ListPage) -> Page:
        first = page.number == 1
        covered = first and (is_coverage_open or len(articles) > PER_PAGE)
        said, address = summed_up(), place_of() if first else _nowhere
        view = FacetView(
            crumbs=crumbs(page.root),
            heading=name,
            summary=said,
            note=note if first else None,
            links=(
                Link(text=publication.say("footer.feed"), href=page.root + feed),
                search_link(publication, within, page.root),
            ),
            division=division(page.root) if first else None,
            units=units(page.root) if first else None,
            chart=chart_of(articles, publication.display, height=_CHART_HEIGHT, address=address, name=name)
            if first
            else None,
            coverage=coverage_of(publication, articles, address, name=name) if covered else None,
            gaps=month_gaps(publication, articles) if first and is_coverage_open else None,
            jumps=jumps()(page) if not first else (),
            list=page.view,
            rail=rail_of(publication, articles, rail, page.root, within) if first else (),
        )
        return publication.page(page.path, "facet.html", view, heading=name, section=section, feed=feed)

    yield from lister.pages(base, articles, grouping, made)


def _place_of(lister: Lister, base: str, articles: Articles, grouping: Grouping) -> Callable[[str], str | None]:
    """Return what finds the place in a list where a month or year begins, as seen from the list's first page."""
    found: dict[str, str] = {}
    for heading, place in lister.anchors(base, articles, grouping).items():
        # y2024, m2024-11; a year's articles begin with those of its last month
        found.setdefault(heading[1:], nearby(base, place))
        found.setdefault(heading[1:5], nearby(base, place))
    return lambda slot: found.get(slot) or found.get(slot[:4])


def _nowhere(_slot: str) -> None:
    """Return no place: the later pages of a list draw nothing that leads into it."""


def search_link(publication: Publication, within: Mapping[str, str], root: str) -> Link:
    """Return the way into a search among some articles."""
    return Link(text=publication.say("facet.search"), href=_search(within, root))


def _search(within: Mapping[str, str], root: str) -> str:
    return f"{root}{paths.SEARCH}?{urlencode(within)}"


def rail_of(
    publication: Publication, articles: Articles, kinds: tuple[str, ...], root: str, within: Mapping[str, str]
) -> tuple[IndexView, ...]:
    """Return the topics, newspapers or provinces of articles, with counts, for the margin of a list.

    A count leads to a search narrowed to it, `within` what narrows it to the articles; `beside` are the topics of
    articles of one topic that they have besides it.
    """
    display, vocabulary = publication.display, publication.vocabulary
    found = []
    for kind in kinds:
        if kind in {"topics", "beside"}:
            pairs = counted(articles, lambda article: vocabulary.with_broader(article.topics))
            links = [(publication.topic_link(root, name), count) for name, count in pairs]
            kept = within.get("topic", "")
            family = {kept, *vocabulary.broader_topics(kept)}
            family |= {name for name in vocabulary.topics if kept in vocabulary.broader_topics(name)}
            links = [(link, count) for link, count in links if link.text not in family]
        elif kind == "papers":
            pairs = counted(articles, lambda article: (article.source,) if article.source else ())
            links = [(publication.paper_link(root, name), count) for name, count in pairs]
        else:
            pairs = counted(articles, lambda article: {path.split("/")[0] for path in article.regions})
            links = [(publication.region_crumbs(root, path)[0], count) for path, count in pairs]
        if links:
            shown = tuple(
                Link(
                    text=link.text,
                    href=link.href,
                    count=display.number(count),
                    # A search goes by one topic: where there is one already, none narrows it further.
                    count_href=None if kind == "beside" else _search({**within, _KEYS[kind]: link.text}, root),
                )
                for link, count in links[:_RAIL_LENGTH]
            )
            rest = len(links) - len(shown)
            more = Link(text=publication.say("list.more", n=rest), href=_search(within, root)) if rest else None
            heading = publication.say("topic.beside" if kind == "beside" else f"nav.{kind}")
            found.append(IndexView(heading=heading, links=shown, more=more))
    return tuple(found)


def _unknown(lister: Lister, parent: str, section: str, key: str, articles: Articles) -> Iterator[Planned]:
    publication = lister.publication
    name = publication.say(key)
    base = parent + paths.UNKNOWN
    grouping = lister.by_time(articles)
    jumps = cache(lambda: lister.jumps(base, articles, grouping))
    summed_up = cache(lambda: _summary(publication, articles))

    def made(page: ListPage) -> Page:
        overview = Link(text=publication.say(f"nav.{section}"), href=page.root + parent)
        view = FacetView(
            crumbs=publication.crumbs(page.root, overview, Link(text=name)),
            heading=name,
            summary=summed_up(),
            jumps=jumps()(page),
            list=page.view,
        )
        return publication.page(page.path, "facet.html", view, heading=name, section=section)

    yield from lister.pages(base, articles, grouping, made)
