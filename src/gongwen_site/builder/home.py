"""The home page: what the archive is, how much of it there is, and the ways in."""

from urllib.parse import quote

from gongwen_site.builder import paths
from gongwen_site.builder.browse_views import Figure, HomeView, TodayView, Way
from gongwen_site.builder.charts import chart_of
from gongwen_site.builder.facet_pages import papers_table
from gongwen_site.builder.facets import by_size
from gongwen_site.builder.lists import Lister
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.tilemap import tile_map
from gongwen_site.builder.views import IndexView, Link

_NEWEST = 6
_PLACES = 9
_TOPICS = 30
_PAPERS = 15
_CHART_HEIGHT = 132


def home_page(publication: Publication, lister: Lister) -> Page:
    """Return the home page."""
    path, catalogue, display, say = paths.HOME, publication.catalogue, publication.display, publication.say
    root = paths.root_of(path)
    years = sorted(date for date in catalogue.dates if len(date) == 4)
    places = [(region, articles) for region, articles in by_size(catalogue.regions) if "/" in region]
    topics = by_size(catalogue.topics)
    quoted, several = _examples(publication, root)
    figures = [
        Figure(value=display.number(len(catalogue.articles)), name=say("home.articles"), href=root + paths.DATES),
        Figure(
            value=display.number(len(publication.archive.ledgers)), name=say("home.dumps"), href=root + paths.SOURCES
        ),
        Figure(value=display.number(len(places)), name=say("home.places"), href=root + paths.REGIONS),
    ]
    if years:
        span = years[0] if len(years) == 1 else f"{years[0]}—{years[-1]}"
        figures.append(Figure(value=span, name=say("home.years"), href=root + paths.DATES))
    view = HomeView(
        description=publication.config.description,
        figures=tuple(figures),
        quoted=quoted,
        several=several,
        map=tile_map(publication, root),
        places=IndexView(
            heading=say("home.place_index"),
            links=tuple(
                Link(
                    text=region.rsplit("/", 1)[-1],
                    href=root + paths.region(publication.vocabulary.region_address(region)),
                    count=display.number(len(articles)),
                )
                for region, articles in places[:_PLACES]
            ),
            more=Link(text=say("home.all_places", n=display.number(len(places))), href=root + paths.REGIONS),
        ),
        chart=chart_of(
            catalogue.articles,
            display,
            height=_CHART_HEIGHT,
            address=lambda slot: root + paths.date(slot),
            name=publication.config.title,
            by_month=True,
        ),
        chart_link=Link(text=display.date(years[0]), href=root + paths.date(years[0]))
        if len(years) == 1
        else Link(text=say("date.years"), href=root + paths.DATES),
        today=_today(publication, root),
        newest=lister.rows(catalogue.articles[:_NEWEST], root),
        ways=_ways(publication, root),
        topics=IndexView(
            heading=say("home.topic_count", n=len(topics)),
            links=tuple(
                Link(text=name, href=publication.topic_link(root, name).href, count=display.number(len(articles)))
                for name, articles in topics[:_TOPICS]
            ),
            more=Link(text=say("list.all"), href=root + paths.TOPICS) if len(topics) > _TOPICS else None,
        ),
        papers=papers_table(publication, root, most=_PAPERS),
    )
    return publication.page(
        path,
        "home.html",
        view,
        heading=publication.config.title,
        section="home",
        description=publication.config.description,
        searchable=False,
    )


def _today(publication: Publication, root: str) -> TodayView | None:
    """Return the way to the same day in other years. The build knows no today: a script finds it among the `days`."""
    known = publication.catalogue.anniversaries
    if not known:
        return None
    bits = [sum(1 << (day - 1) for day in range(1, 32) if f"{month:02}-{day:02}" in known) for month in range(1, 13)]
    return TodayView(
        text=publication.say("date.on_this_day"),
        href=root + paths.ANNIVERSARIES,
        days=" ".join(f"{number:x}" for number in bits),
        found=publication.phrases.word("home.today"),
    )


def _examples(publication: Publication, root: str) -> tuple[Link | None, Link | None]:
    """Return a quoted search and one for two words, both of which this archive can answer."""
    topics = publication.vocabulary.topics
    texts = [f"{card.title} {card.beginning}" for card in publication.archive.cards]
    words = []
    for name, _ in by_size(publication.catalogue.topics):
        for word in topics[name].words if name in topics else ():
            if any(word in text for text in texts):
                words.append(word)
                break
        if len(words) == _TOPICS:
            break
    if not words:
        return None, None
    say = publication.say
    quoted = say("search.quoted", word=words[0])
    both = next(
        (
            f"{a} {b}"
            for a in words[1:4]
            for b in words[1:]
            if a != b and any(a in text and b in text for text in texts)
        ),
        None,
    )
    return _query(quoted, root), _query(both, root) if both else None


def _query(text: str, root: str) -> Link:
    return Link(text=text, href=f"{root}{paths.SEARCH}?q={quote(text, safe='')}")


def _ways(publication: Publication, root: str) -> tuple[Way, ...]:
    say, catalogue = publication.say, publication.catalogue
    ways = []
    shown = {dump: articles for dump, articles in catalogue.dumps.items() if publication.dumps.lines(dump) is not None}
    if shown:
        dump, articles = by_size(shown)[0]
        ways.append(
            Way(
                text=say("ways.dump", n=len(articles)),
                href=root + paths.source(dump),
                note=say("ways.dump_note"),
            )
        )
    doubtful = publication.archive.open_doubts()
    if doubtful:
        name = min(doubtful, key=lambda name: (-len(doubtful[name]), name))
        ways.append(Way(text=say("ways.doubts"), href=root + paths.article(name), note=say("ways.doubts_note")))
    ways.append(Way(text=say("ways.data"), href=root + paths.DATA, note=say("ways.data_note")))
    return tuple(ways)
