"""A published address never dies: a notice, and ways on, at every one whose list or dump is no longer there."""

from collections.abc import Collection, Iterator
from urllib.parse import quote

from gongwen_site.builder import paths
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.views import Link, NoticeView
from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.records.addresses import FILE_NAME, Address, latest


def retired_pages(publication: Publication, written: Collection[str]) -> Iterator[Page]:
    """Yield a notice for every page that was published and is not among the addresses `written`."""
    for entry in latest(publication.archive.addresses).values():
        for number in range(1, entry.pages + 1):
            path = paths.numbered(entry.address, number)
            if path not in written:
                yield _notice(publication, entry, path, written)


def retired_feeds(publication: Publication, written: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield address, page and name of every feed that was published and is no longer, for those who follow it."""
    for entry in latest(publication.archive.addresses).values():
        has_feed = entry.address.startswith((paths.PAPERS, paths.REGIONS, paths.TOPICS)) and entry.name
        if has_feed and entry.address not in written:
            yield entry.address + paths.FEED, entry.address, entry.name


def _notice(publication: Publication, entry: Address, path: str, written: Collection[str]) -> Page:
    say, root = publication.say, paths.root_of(path)
    kind = entry.address.split("/", 1)[0]
    name = publication.display.date(entry.name) if kind == "date" and entry.name else entry.name.replace("/", " ")
    if kind == "on":
        name = say("date.month_day", month=int(entry.name[:2]), day=int(entry.name[3:]))
    here = _successor(publication, kind, entry, written)
    if path != entry.address and entry.address in written:
        key, here = "shorter", entry.address
    else:
        key = "moved" if here else "emptied" if kind != "source" else "removed"
    links = [Link(text=name or say(f"unknown.{kind}"), href=root + here)] if here else []
    links += [Link(text=text, href=root + address) for text, address in _ways_on(publication, kind, entry, written)]
    if entry.name and kind != "source":
        links.append(Link(text=say("notice.search", name=name), href=f"{root}{paths.SEARCH}?q={quote(name)}"))
    above = "dates" if kind == "on" else f"{kind}s"
    section = Link(
        text=say("dump.all" if kind == "source" else f"nav.{above}"), href=root + above.removesuffix("s") + "/"
    )
    view = NoticeView(
        crumbs=publication.crumbs(root, section, Link(text=name or say(f"unknown.{kind}"))),
        heading=name or say(f"unknown.{kind}"),
        text=say(f"notice.{key}_text"),
        links=tuple(links),
    )
    return publication.page(path, "notice.html", view, heading=view.heading, description=view.text, indexed=False)


def _successor(publication: Publication, kind: str, entry: Address, written: Collection[str]) -> str | None:
    """Return where that which an address stood for is now: a slug that changed, a dump that was renamed."""
    if kind == "source":
        address = _renamed(publication, entry.name)
    else:
        facet = next((facet for facet in publication.facets if facet.kind == kind), None)
        address = facet.address(entry.name) if facet and entry.name in facet.groups else None
    return address if address != entry.address and address in written else None


def _renamed(publication: Publication, dump: str) -> str | None:
    """Return the address of the dump that has the articles of one that is gone."""
    register = publication.archive.register
    for entry in register.entries:
        now = register.latest[entry.id].dump
        if entry.dump == dump and now not in ("", dump):
            return paths.source(now)
    return None


def _ways_on(
    publication: Publication, kind: str, entry: Address, written: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the lists above one, the nearest first: the prefecture, the province, all regions."""
    parts = entry.name.split("-" if kind == "date" else "/")
    if kind in {"date", "region"} and entry.name:
        for depth in range(len(parts) - 1, 0, -1):
            if kind == "date":
                above = "-".join(parts[:depth])
                text, address = publication.display.date(above), paths.date(above)
            else:
                above = "/".join(parts[:depth])
                text, address = parts[depth - 1], paths.region(publication.vocabulary.region_address(above))
            if address in written:
                yield text, address
    if kind == "topic":
        for name in publication.vocabulary.broader_topics(entry.name):
            address = paths.topic(publication.vocabulary.topic_slug(name))
            if address in written:
                yield name, address
    if kind == "source":
        yield publication.say("dump.all"), paths.SOURCES
    else:
        kind = "date" if kind == "on" else kind
        yield publication.say(f"nav.{kind}s"), f"{kind}/"


def unregistered(publication: Publication) -> Iterator[Diagnostic]:
    """Yield a note if lists are about to be published whose addresses are not kept; none of an archive that keeps none."""
    known = latest(publication.archive.addresses)
    groups = [facet.address(name) for facet in publication.facets for name in sorted(facet.groups)]
    new = [address for address in groups if address not in known]
    if known and new:
        yield note("addresses-missing", Location(file=FILE_NAME), count=len(new), address=new[0])
