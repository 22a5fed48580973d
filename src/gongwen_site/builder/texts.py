"""Pages of words rather than records: about, rights, search before any script, 404."""

from gongwen_site.builder import paths
from gongwen_site.builder.facet_pages import papers_table
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.reports import Report, report_link
from gongwen_site.builder.views import BasketView, Link, NoticeView, SearchView, TextView
from gongwen_site.resources import bundles_folder
from gongwen_site.wording.forms import fill

START = "start.js"
"""The bundle that stands in the search page itself."""

_PAPERS = 15


def about_page(publication: Publication) -> Page:
    """Return the page on method and coverage."""
    path, say, catalogue = paths.ABOUT, publication.say, publication.catalogue
    root = paths.root_of(path)
    heading = say("footer.about")
    numbers = {
        "articles": publication.display.number(len(catalogue.articles)),
        "dumps": publication.display.number(len(publication.archive.ledgers)),
        "dated": publication.display.number(len(catalogue.articles) - len(catalogue.without_date)),
        "span": publication.display.span(catalogue.articles) or say("unknown.date"),
        "doubts": publication.display.number(sum(map(len, publication.archive.open_doubts().values()))),
    }
    view = TextView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        sections=_sections(publication, "about", description=publication.config.description, **numbers),
        table=papers_table(publication, root, most=_PAPERS),
        links=(
            Link(text=say("dump.all"), href=root + paths.SOURCES),
            Link(text=say("footer.data"), href=root + paths.DATA),
            Link(text=say("footer.rights"), href=root + paths.RIGHTS),
        ),
    )
    description = say("about.description", title=publication.config.title)
    return publication.page(path, "text.html", view, heading=heading, description=description)


def rights_page(publication: Publication) -> Page:
    """Return the page on rights and contact."""
    path, say = paths.RIGHTS, publication.say
    root = paths.root_of(path)
    heading = say("footer.rights")
    contact = publication.config.contact
    reach = (Link(text=contact, href=report_link(publication, Report())),) if contact else ()
    view = TextView(
        crumbs=publication.crumbs(root, Link(text=say("footer.about"), href=root + paths.ABOUT), Link(text=heading)),
        heading=heading,
        sections=_sections(
            publication,
            "rights",
            rights=publication.config.rights or say("footer.rights_line"),
            extent=_extent(publication),
            contact=say("rights_contact.some") if contact else say("rights_contact.none"),
        ),
        links=(
            *reach,
            Link(text=say("footer.corrections"), href=root + paths.CORRECTIONS),
            Link(text=say("footer.about"), href=root + paths.ABOUT),
        ),
    )
    description = say("rights.description", title=publication.config.title)
    return publication.page(path, "text.html", view, heading=heading, description=description)


def _extent(publication: Publication) -> str:
    """Return how much of the texts is published, and of which newspapers it is more or less."""
    config, say = publication.config, publication.say
    others = [name for name, extent in config.text_of.items() if extent is not config.text]
    said = say(f"extent.{config.text}", n=config.excerpt_length)
    if not others:
        return said
    titles = publication.archive.by_id
    names = (publication.display.title(titles[name]).text if name in titles else name for name in others)
    return said + say(f"extent.but_{config.text}", n=config.excerpt_length, names=say("extent.between").join(names))


def _sections(publication: Publication, key: str, **params: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (section["heading"], tuple(fill(paragraph, params) for paragraph in section["paragraphs"]))
        for section in publication.phrases.tree[key]["sections"]
    )


def basket_page(publication: Publication) -> Page:
    """Return the page of the basket of citations, which a script fills in the reader's browser."""
    path, say = paths.BASKET, publication.say
    heading = say("basket.name")
    view = BasketView(
        crumbs=publication.crumbs(paths.root_of(path), Link(text=heading)),
        summary=say("basket.summary", title=publication.config.title),
    )
    return publication.page(path, "basket.html", view, heading=heading, indexed=False)


def search_page(publication: Publication) -> Page:
    """Return the search page as it is before any script runs."""
    path, say = paths.SEARCH, publication.say
    root = paths.root_of(path)
    view = SearchView(
        start=(bundles_folder() / START).read_text(encoding="utf-8").strip(),
        browse=tuple(
            Link(text=say(f"nav.{name}"), href=root + address)
            for name, address in (
                ("dates", paths.DATES),
                ("regions", paths.REGIONS),
                ("topics", paths.TOPICS),
                ("papers", paths.PAPERS),
            )
        ),
    )
    return publication.page(
        path,
        "search.html",
        view,
        heading=say("nav.search"),
        section="search",
        description=say("search.description", title=publication.config.title),
        searchable=False,
    )


def not_found_page(publication: Publication) -> Page:
    """Return 404.html, which is shown at any address: its links begin with the path that the site is served under."""
    root = paths.base_path(publication.config.base_url)
    view = NoticeView(
        crumbs=publication.crumbs(root),
        heading=publication.say("notice.missing"),
        text=publication.say("notice.missing_text"),
        links=tuple(
            Link(text=publication.say(f"nav.{name}"), href=root + address)
            for name, address in (
                ("home", paths.HOME),
                ("dates", paths.DATES),
                ("regions", paths.REGIONS),
                ("topics", paths.TOPICS),
                ("papers", paths.PAPERS),
            )
        ),
        is_searching=True,
    )
    return publication.page(
        paths.NOT_FOUND,
        "notice.html",
        view,
        heading=view.heading,
        description=view.text,
        indexed=False,
        searchable=False,
        root=root,
    )
