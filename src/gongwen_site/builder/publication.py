"""What all pages share, and the frame of each: `Publication` and `Page`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from gongwen_site.builder import paths
from gongwen_site.builder.display import Display, Phrases
from gongwen_site.builder.dump_text import DumpTexts
from gongwen_site.builder.facets import Articles, Catalogue
from gongwen_site.builder.holdings import Holdings
from gongwen_site.builder.keys import Marks
from gongwen_site.builder.related import Earlier
from gongwen_site.builder.views import FeedLink, Link, NavEntry, PageView, SiteView
from gongwen_site.builder.withheld import Withheld
from gongwen_site.config import Config
from gongwen_site.vocabulary.vocabulary import Vocabulary
from gongwen_site.wording import Wording

_SECTIONS = (
    ("home", paths.HOME),
    ("dates", paths.DATES),
    ("regions", paths.REGIONS),
    ("topics", paths.TOPICS),
    ("papers", paths.PAPERS),
    ("search", paths.SEARCH),
)
_FOOTER = (
    ("data", paths.DATA),
    ("basket", paths.BASKET),
    ("corrections", paths.CORRECTIONS),
    ("feed", paths.FEED),
    ("about", paths.ABOUT),
    ("rights", paths.RIGHTS),
)
PRINTED_LANGUAGE = "zh-CN"
"""The language of the texts, whatever that of the words around them."""
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One HTML page to be: its address, its template, what the template sees."""

    path: str
    template: str
    frame: PageView
    view: object


def _nothing() -> None:
    """Return what there is to note of most pages."""


class Planned(Protocol):
    """A page that is to be made if it is wanted."""

    @property
    def path(self) -> str:
        """Its address."""

    @property
    def indexed(self) -> bool:
        """Whether search engines are to list it."""

    def make(self) -> Page:
        """Return it. Raises GongwenError."""

    def inputs(self) -> tuple[object, ...]:
        """Return the plain values that decide what it says."""

    def note(self) -> tuple[str, ...] | None:
        """Return what the next build is to know of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPage:
    """A page that is planned one by one."""

    path: str
    make: Callable[[], Page]
    inputs: Callable[[], tuple[object, ...]]
    indexed: bool = True
    note: Callable[[], tuple[str, ...] | None] = _nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way of grouping articles: its groups by name, the names that a vocabulary lists, the address of each."""

    kind: str
    groups: Mapping[str, Articles]
    listed: frozenset[str]
    address: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The archive as it is about to be published."""

    archive: Holdings
    catalogue: Catalogue
    vocabulary: Vocabulary
    config: Config
    wording: Wording
    display: Display
    dumps: DumpTexts
    withheld: Withheld
    marks: Marks = field(default_factory=Marks)
    earlier: Earlier | None = None
    navs: dict[tuple[str, str | None], tuple[NavEntry, ...]] = field(default_factory=dict)
    footers: dict[str, tuple[NavEntry, ...]] = field(default_factory=dict)
    version: str

    @property
    def phrases(self) -> Phrases:
        """The words of the pages."""
        return self.display.phrases

    @property
    def base(self) -> str | None:
        """The whole address of the site, if it is known."""
        return paths.whole_base(self.config.base_url)

    def say(self, key: str, **params: object) -> str:
        """Return words of the pages."""
        return self.phrases.say(key, **params)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """Regions, topics and newspapers."""
        vocabulary, catalogue = self.vocabulary, self.catalogue
        return (
            Facet(
                kind="region",
                groups=catalogue.regions,
                listed=frozenset(vocabulary.regions.by_path),
                address=lambda name: paths.region(vocabulary.region_address(name)),
            ),
            Facet(
                kind="topic",
                groups=catalogue.topics,
                listed=frozenset(vocabulary.topics),
                address=lambda name: paths.topic(vocabulary.topic_slug(name)),
            ),
            Facet(
                kind="paper",
                groups=catalogue.papers,
                listed=frozenset(vocabulary.papers),
                address=lambda name: paths.paper(vocabulary.paper_slug(name)),
            ),
        )

    def site_view(self) -> SiteView:
        """Return what is the same on every page."""
        return SiteView(
            title=self.config.title,
            seal=self.config.seal_text,
            subtitle=self.config.subtitle,
            language=self.config.language,
            rights=self.config.rights or self.say("footer.rights_line"),
        )

    def page(
        self,
        path: str,
        template: str,
        view: object,
        *,
        heading: str,
        section: str | None = None,
        description: str | None = None,
        feed: str | None = None,
        indexed: bool = True,
        searchable: bool = True,
        root: str | None = None,
    ) -> Page:
        """Return a page within its frame, described by its view's `summary` where nothing else is said.

        `feed` is the address of the list's own feed.
        """
        root = paths.root_of(path) if root is None else root
        number = paths.number_of(path)
        name = heading if number == 1 else f"{heading} · {self.say('pager.number', page=number)}"
        if description is None and (summary := getattr(view, "summary", None)) is not None:
            description = self.say("facet.description", name=name, summary=summary)
        feeds = [FeedLink(type=ATOM, title=self.config.title, href=root + paths.FEED)]
        if feed is not None:
            own, title = root + feed, f"{heading} · {self.config.title}"
            json_feed = own.removesuffix(paths.FEED) + paths.JSON_FEED
            feeds[:0] = [
                FeedLink(type=ATOM, title=title, href=own),
                FeedLink(type=JSON_FEED, title=title, href=json_feed),
            ]
        frame = PageView(
            title=name if name == self.config.title else f"{name} · {self.config.title}",
            heading=heading,
            root=root,
            description=description,
            canonical=self.base + path if self.base and indexed else None,
            indexed=indexed,
            searchable=searchable,
            feeds=tuple(feeds),
            nav=self._nav(root, section),
            footer=self._footer(root),
        )
        return Page(path=path, template=template, frame=frame, view=view)

    def _nav(self, root: str, section: str | None) -> tuple[NavEntry, ...]:
        """Return the navigation, which is the same on all pages of a section that lie so deep in the site."""
        if (root, section) not in self.navs:
            self.navs[root, section] = tuple(
                NavEntry(text=self.say(f"nav.{name}"), href=root + address, current=name == section)
                for name, address in _SECTIONS
            )
        return self.navs[root, section]

    def _footer(self, root: str) -> tuple[NavEntry, ...]:
        if root not in self.footers:
            self.footers[root] = tuple(
                NavEntry(text=self.say(f"footer.{name}"), href=root + address) for name, address in _FOOTER
            )
        return self.footers[root]

    def everything(self) -> tuple[object, ...]:
        """Return what changes when anything does that is said of the archive as a whole."""
        archive, log = self.archive, self.archive.corrections
        heads = tuple((dump, head.digest, self.dumps.state(dump)) for dump, head in sorted(archive.heads.items()))
        return self.marks.shown(archive.cards), heads, tuple(map(repr, log)), len(archive.register.latest)

    def overview(self, path: str, make: Callable[[], Page]) -> Planned:
        """Return a page that is made of what all articles are counted by."""
        return PlannedPage(path=path, make=make, inputs=lambda: (self.marks.counted(self.catalogue.articles),))

    def crumbs(self, root: str, *links: Link) -> tuple[Link, ...]:
        """Return the way to a page, from the home page on."""
        return (Link(text=self.say("nav.home"), href=root), *links)

    def region_crumbs(self, root: str, path: str, *, here: bool = False) -> tuple[Link, ...]:
        """Return a region's path as links; the last is plain text where it is the page itself."""
        names = path.split("/")
        links = []
        for depth, name in enumerate(names, 1):
            address = paths.region(self.vocabulary.region_address("/".join(names[:depth])))
            links.append(Link(text=name, href=None if here and depth == len(names) else root + address))
        return tuple(links)

    def paper_link(self, root: str, name: str) -> Link:
        """Return a newspaper with the address of its page."""
        return Link(text=name, href=root + paths.paper(self.vocabulary.paper_slug(name)))

    def topic_link(self, root: str, name: str) -> Link:
        """Return a topic with the address of its page."""
        return Link(text=name, href=root + paths.topic(self.vocabulary.topic_slug(name)))
