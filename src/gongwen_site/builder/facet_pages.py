"""Regions, topics and newspapers: the entry page of each, a page and a feed for every value, and for what has none."""

from collections.abc import Callable, Iterator

from gongwen_site.builder import paths
from gongwen_site.builder.charts import chart_of
from gongwen_site.builder.facets import Articles, by_size, counted, is_inferred, regions_of, span_of
from gongwen_site.builder.lists import Grouping, Lister
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.tilemap import tile_map
from gongwen_site.builder.views import ChartView, FacetView, IndexView, Link, OverviewView, RowView, TableView

_CHART_HEIGHT = 104
_RAIL_LENGTH = 15


def region_pages(publication: Publication, lister: Lister) -> Iterator[Page]:
    """Yield the map, every region with articles, and the articles of no region."""
    path, say = paths.REGIONS, publication.say
    root = paths.root_of(path)
    heading = say("nav.regions")
    catalogue = publication.catalogue
    places = sum("/" in region for region in catalogue.regions)
    view = OverviewView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("region.summary", provinces=len(catalogue.regions) - places, places=places),
        map=tile_map(publication, root),
        indexes=tuple(
            index
            for province, articles in by_size(catalogue.regions)
            if "/" not in province and (index := _divisions(publication, province, articles, root, with_none=False))
        ),
    )
    yield publication.page(path, "overview.html", view, heading=heading, section="regions")
    children = _children(publication)
    for region in sorted(catalogue.regions):
        yield from _region(publication, lister, region, children.get(region, ()))
    yield from _unknown(lister, paths.REGIONS, "regions", "unknown.region", catalogue.without_region)


def _children(publication: Publication) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for unit in publication.vocabulary.regions.by_path.values():
        parent, _, _ = unit.path.rpartition("/")
        children.setdefault(parent, []).append(unit.path)
    return children


def _region(publication: Publication, lister: Lister, region: str, children: list[str] | tuple[()]) -> Iterator[Page]:
    say, display = publication.say, publication.display
    articles = publication.catalogue.regions[region]
    base = paths.region(publication.vocabulary.region_address(region))
    name = region.rsplit("/", 1)[-1]
    own = sum(region in article.regions for article in articles)
    summary = _summary(publication, articles)
    if own < len(articles):
        summary += say("region.own", own=display.count(own), below=display.count(len(articles) - own))

    def crumbs(root: str) -> tuple[Link, ...]:
        regions = Link(text=say("nav.regions"), href=root + paths.REGIONS)
        return publication.crumbs(root, regions, *publication.region_crumbs(root, region, here=True))

    def division(root: str) -> IndexView | None:
        return _divisions(publication, region, articles, root, children=tuple(children))

    yield from _facet(
        publication,
        lister,
        base,
        articles,
        name=name,
        section="regions",
        summary=summary,
        crumbs=crumbs,
        division=division,
        rail=("topics", "papers"),
    )


def _divisions(
    publication: Publication,
    region: str,
    articles: Articles,
    root: str,
    *,
    children: tuple[str, ...] = (),
    with_none: bool = True,
) -> IndexView | None:
    depth = region.count("/") + 1
    below = counted(
        articles,
        lambda article: {p for p in regions_of(article) if p.count("/") == depth and p.startswith(f"{region}/")},
    )
    named = {path for path, _ in below}
    rest = [path.rsplit("/", 1)[-1] for path in children if path not in named]
    if not below and not rest:
        return None
    links = tuple(
        Link(
            text=path.rsplit("/", 1)[-1],
            href=root + paths.region(publication.vocabulary.region_address(path)),
            count=publication.display.number(count),
        )
        for path, count in below
    )
    heading = publication.say("region.divisions") if with_none else region
    none = publication.say("region.none", names="、".join(rest)) if rest and with_none else None
    return IndexView(heading=heading, links=links, none=none)


def topic_pages(publication: Publication, lister: Lister) -> Iterator[Page]:
    """Yield the list of topics, every topic with articles, and the articles of no topic."""
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
    yield publication.page(path, "overview.html", view, heading=heading, section="topics")
    for name in sorted(groups):
        topic = publication.vocabulary.topics.get(name)
        base = paths.topic(publication.vocabulary.topic_slug(name))

        def crumbs(root: str, name: str = name) -> tuple[Link, ...]:
            topics = Link(text=say("nav.topics"), href=root + paths.TOPICS)
            broader = reversed(publication.vocabulary.broader_topics(name))
            above = (publication.topic_link(root, broad) for broad in broader)
            return publication.crumbs(root, topics, *above, Link(text=name))

        def division(root: str, name: str = name) -> IndexView | None:
            return _narrower_topics(publication, name, root)

        summary = _summary(publication, groups[name])
        own = sum(name in article.topics for article in groups[name])
        if own < len(groups[name]):
            summary += say("topic.own", own=display.count(own), below=display.count(len(groups[name]) - own))

        yield from _facet(
            publication,
            lister,
            base,
            groups[name],
            name=name,
            section="topics",
            summary=summary,
            note=topic.note if topic else None,
            crumbs=crumbs,
            division=division,
            rail=("regions", "papers"),
        )
    yield from _unknown(lister, paths.TOPICS, "topics", "unknown.topic", publication.catalogue.without_topic)


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


def paper_pages(publication: Publication, lister: Lister) -> Iterator[Page]:
    """Yield the table of newspapers, every newspaper with articles, and the articles of none."""
    path, say = paths.PAPERS, publication.say
    root = paths.root_of(path)
    groups = publication.catalogue.papers
    heading = say("nav.papers")
    view = OverviewView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("paper.summary", n=len(groups)),
        table=papers_table(publication, root),
    )
    yield publication.page(path, "overview.html", view, heading=heading, section="papers")
    for name in sorted(groups):
        paper = publication.vocabulary.papers.get(name)
        base = paths.paper(publication.vocabulary.paper_slug(name))

        def crumbs(root: str, name: str = name) -> tuple[Link, ...]:
            return publication.crumbs(root, Link(text=say("nav.papers"), href=root + paths.PAPERS), Link(text=name))

        yield from _facet(
            publication,
            lister,
            base,
            groups[name],
            name=name,
            section="papers",
            summary=_summary(publication, groups[name]),
            note=say("paper.place", place=paper.place) if paper and paper.place else None,
            crumbs=crumbs,
            division=lambda _root: None,
            rail=("regions", "topics"),
        )
    yield from _unknown(lister, paths.PAPERS, "papers", "unknown.paper", publication.catalogue.without_paper)


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
    if not articles:
        return ()
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
    summary: str,
    crumbs: Callable[[str], tuple[Link, ...]],
    division: Callable[[str], IndexView | None],
    rail: tuple[str, ...],
    note: str | None = None,
) -> Iterator[Page]:
    feed, grouping = base + paths.FEED, lister.by_time(articles)
    for page in lister.pages(base, articles, grouping):
        first = page.number == 1
        view = FacetView(
            crumbs=crumbs(page.root),
            heading=name,
            summary=summary,
            note=note if first else None,
            links=(Link(text=publication.say("footer.feed"), href=page.root + feed),),
            division=division(page.root) if first else None,
            chart=_chart(lister, base, articles, grouping, name=name, root=page.root) if first else None,
            list=page.view,
            rail=rail_of(publication, articles, rail, page.root) if first else (),
        )
        description = publication.say("facet.description", name=name, summary=summary)
        yield publication.page(
            page.path, "facet.html", view, heading=name, section=section, description=description, feed=feed
        )


def _chart(
    lister: Lister, base: str, articles: Articles, grouping: Grouping, *, name: str, root: str
) -> ChartView | None:
    anchors = {heading[1:]: place for heading, place in lister.anchors(base, articles, grouping).items()}

    def address(slot: str) -> str | None:
        found = next((place for date, place in anchors.items() if date.startswith(slot)), None)
        return root + found if found else None

    return chart_of(articles, lister.publication.display, height=_CHART_HEIGHT, address=address, name=name)


def rail_of(publication: Publication, articles: Articles, kinds: tuple[str, ...], root: str) -> tuple[IndexView, ...]:
    """Return the topics, newspapers or provinces of articles, with counts, for the margin of a list."""
    display = publication.display
    found = []
    for kind in kinds:
        if kind == "topics":
            pairs = counted(articles, lambda article: publication.vocabulary.with_broader(article.topics))
            links = [(publication.topic_link(root, name), count) for name, count in pairs]
        elif kind == "papers":
            pairs = counted(articles, lambda article: (article.source,) if article.source else ())
            links = [(publication.paper_link(root, name), count) for name, count in pairs]
        else:
            pairs = counted(articles, lambda article: {path.split("/")[0] for path in article.regions})
            links = [(publication.region_crumbs(root, path)[0], count) for path, count in pairs]
        if links:
            shown = tuple(
                Link(text=link.text, href=link.href, count=display.number(count))
                for link, count in links[:_RAIL_LENGTH]
            )
            rest = len(links) - len(shown)
            more = Link(text=publication.say("list.more", n=rest)) if rest else None
            found.append(IndexView(heading=publication.say(f"nav.{kind}"), links=shown, more=more))
    return tuple(found)


def _unknown(lister: Lister, parent: str, section: str, key: str, articles: Articles) -> Iterator[Page]:
    publication = lister.publication
    name = publication.say(key)
    base = parent + paths.UNKNOWN
    for page in lister.pages(base, articles, lister.by_time(articles)):
        overview = Link(text=publication.say(f"nav.{section}"), href=page.root + parent)
        view = FacetView(
            crumbs=publication.crumbs(page.root, overview, Link(text=name)),
            heading=name,
            summary=_summary(publication, articles),
            list=page.view,
        )
        yield publication.page(page.path, "facet.html", view, heading=name, section=section)
