"""articles/ to the pages that `hugo/` has Hugo make of the same articles, by the program's engine and `templates/`.

A page for each article, lists of twenty by region, topic and month, what leads to them, home, sitemap, Atom feed. Records
are read, pages made, given out and put into their place as `gongwen build` does it; the pages alone are the bench's own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple, cast

from gongwen_site.builder.cards import Card
from gongwen_site.builder.holdings import Holdings
from gongwen_site.builder.keys import Marks, key_of
from gongwen_site.builder.markdown import blocks_of
from gongwen_site.builder.products import Batch, Name, Piece, Product
from gongwen_site.builder.publication import Page
from gongwen_site.builder.render import Renderer
from gongwen_site.builder.stacks import Catalogued, Stacks
from gongwen_site.builder.views import ItemView, PageView, SiteView
from gongwen_site.commands.making import Making
from gongwen_site.commands.press import Press, Printed
from gongwen_site.records.article import Person
from gongwen_site.wording import wording

BASE = "https://example.org"
TITLE = "试库"
PER_PAGE = 20
BATCH = 50
_TEMPLATES = Path(__file__).parent / "templates"
_KINDS = {"region_nodes": "地区", "topics": "主题", "months": "按月"}


class Link(NamedTuple):
    """A name that leads somewhere."""

    text: str
    href: str


class Frame(NamedTuple):
    """What every page has of its own."""

    title: str
    description: str
    canonical: str


class Item(NamedTuple):
    """An article in a list."""

    href: str
    title: str
    date: str
    source: str
    deck: str
    topics: tuple[Link, ...]


class Addresses:
    """The addresses of regions and topics, by the order in which articles name them; a region's way down to it."""

    def __init__(self) -> None:
        self.regions: dict[str, str] = {}
        self.topics: dict[str, str] = {}

    def add(self, regions: Iterable[str], topics: Iterable[str]) -> None:
        """Take down what an article names."""
        for region in regions:
            for above in levels_of(region):
                self.regions.setdefault(above, f"r{len(self.regions):05d}")
        for topic in topics:
            self.topics.setdefault(topic, f"t{len(self.topics):03d}")


def levels_of(region: str) -> list[str]:
    """Return a region with all that it lies in, the widest first."""
    names = region.split("/")
    return ["/".join(names[:depth]) for depth in range(1, len(names) + 1)]


def named(people: Iterable[Person]) -> str:
    """Return the names of a byline, as one text."""
    return " ".join(person.name for person in people if person.name)


def date_of(date: str | None) -> str:
    """Return a date of which the day, the month or all may be unknown as a whole one."""
    return f"{date or '1900'}-01-01"[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRecipe:
    """All that the pages are made of, so that they can be made elsewhere."""

    stacks: Stacks
    records: tuple[Catalogued, ...]

    def edition(self) -> "ListSite":
        """Return the site."""
        return ListSite(self.stacks.holdings(self.records, ()))


class ListPress(Press):
    """Stages what such a site has: nothing that describes finished files."""

    __slots__ = ()

    def run_pages(self, batches: Sequence[Batch], make: Making) -> Printed:
        """Make and stage everything."""
        printed = Printed()
        self.stage(batches, make, printed)
        return printed


class ListSite:
    """The pages of an archive."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._marks = Marks()
        seal = SiteView(title=TITLE, seal="", subtitle="", language="zh-CN", rights="")
        self._renderer = Renderer(seal, wording("zh-CN"), (_TEMPLATES,))
        self._addresses = Addresses()
        cards = sorted(holdings.cards, key=lambda card: card.file)
        for card in cards:
            self._addresses.add(card.regions, card.topics)
        cards.sort(key=lambda card: card.title)
        cards.sort(key=lambda card: date_of(card.date), reverse=True)
        self._cards = cards
        self._crumbs = {name: self._way_to(name) for name in self._addresses.regions}
        self._topics = {name: Link(name, f"/topics/{slug}/") for name, slug in self._addresses.topics.items()}

    def batches(self) -> Iterator[Batch]:
        """Yield all files, so many at a time."""
        waiting = iter(self.products())
        return iter(lambda: tuple(islice(waiting, BATCH)), ())

    def products(self) -> Iterator[Product]:
        """Yield all files."""
        cards, key = self._cards, self._marks.shown
        yield self._page("", "home.html", partial(self._rows, cards[:PER_PAGE]), partial(key, cards[:PER_PAGE]))
        for place, card in enumerate(cards):
            newer = cards[place - 1] if place else None
            older = cards[place + 1] if place + 1 < len(cards) else None
            near = tuple((other.file, other.title) for other in (older, newer) if other)
            inputs = partial(key_of, self._holdings.digests[card.id], near)
            path = _address(card)[1:]
            make = partial(self._article, card, older, newer)
            yield self._page(path, "article.html", make, inputs, title=card.title, description=card.deck)
        groups = self._groups()
        for kind, name in _KINDS.items():
            sizes = [(link, len(members)) for link, _, members in groups[kind]]
            inputs = partial(key_of, tuple((*link, size) for link, size in sizes))
            yield self._page(f"{kind}/", "overview.html", partial(_overview, name, sizes), inputs, title=name)
            for link, crumbs, members in groups[kind]:
                yield from self._list(link, crumbs, members)
        yield self._page(
            "feed.xml",
            "feed.xml",
            lambda: [self._entry(card) for card in cards[:PER_PAGE]],
            partial(key, cards[:PER_PAGE]),
        )
        yield self._page("sitemap.xml", "sitemap.xml", partial(self._places, groups), partial(key, cards))

    def _page(
        self,
        path: str,
        template: str,
        make: Callable[[], object],
        key: Callable[[], bytes],
        *,
        title: str = TITLE,
        description: str | None = None,
        canonical: str | None = None,
    ) -> Product:
        frame = Frame(title, description or TITLE, f"{BASE}/{path if canonical is None else canonical}")

        def made() -> bytes:
            # The frame and the rows of the program's own pages say more: its renderer takes any.
            page = Page(path=path, template=template, frame=cast("PageView", frame), view=make())
            return self._renderer.page(page).encode()

        file = f"{path}index.html" if not path or path.endswith("/") else path
        return Piece(name=Name(file, 0), make=made, key=key, is_page=True)

    def _article(self, card: Card, older: Card | None, newer: Card | None) -> Mapping[str, object]:
        article = self._holdings.read(card.id)
        date = date_of(card.date)
        return {
            "crumbs": [self._crumbs[region] for region in card.regions],
            "title": card.title,
            "deck": card.deck or "",
            "byline": named(article.byline),
            "source": card.source or "",
            "date": date,
            "day": f"{date[:4]}年{int(date[5:7])}月{int(date[8:])}日",
            "topics": [self._topics[topic] for topic in card.topics],
            "blocks": blocks_of(article.body, str),
            "older": older and Link(older.title, _address(older)),
            "newer": newer and Link(newer.title, _address(newer)),
        }

    def _list(self, link: Link, crumbs: Sequence[Link], members: Sequence[Card]) -> Iterator[Product]:
        base, last = link.href[1:], -(-len(members) // PER_PAGE)
        for number in range(1, last + 1):
            part = members[(number - 1) * PER_PAGE : number * PER_PAGE]
            view = {
                "crumbs": crumbs,
                "heading": link.text,
                "count": len(members),
                "number": number,
                "last": last,
                "previous": _numbered(link.href, number - 1) if number > 1 else None,
                "next": _numbered(link.href, number + 1) if number < last else None,
            }
            make = partial(self._list_view, view, part)
            key = partial(key_of, len(members), self._marks.shown(part))
            yield self._page(_numbered(base, number), "list.html", make, key, title=link.text, canonical=base)

    def _list_view(self, view: Mapping[str, object], part: Sequence[Card]) -> Mapping[str, object]:
        return {**view, "rows": self._rows(part)}

    def _rows(self, cards: Iterable[Card]) -> list[str]:
        return [
            self._renderer.item(
                card.id, lambda card=card: cast("ItemView", self._item(card)), "", dated=True, tight=False
            )
            for card in cards
        ]

    def _item(self, card: Card) -> Item:
        topics = tuple(self._topics[topic] for topic in card.topics)
        return Item(_address(card), card.title, date_of(card.date), card.source or "", card.deck or "", topics)

    def _entry(self, card: Card) -> Mapping[str, str]:
        return {
            "title": card.title,
            "address": BASE + _address(card),
            "date": date_of(card.date),
            "author": named(self._holdings.read(card.id).byline),
            "summary": card.deck or "",
        }

    def _groups(self) -> Mapping[str, list[tuple[Link, Sequence[Link], list[Card]]]]:
        """Return for each kind of list the lists: their name and address, the way to them, their articles."""
        found: dict[str, defaultdict[str, list[Card]]] = {kind: defaultdict(list) for kind in _KINDS}
        for card in self._cards:
            for above in dict.fromkeys(level for region in card.regions for level in levels_of(region)):
                found["region_nodes"][above].append(card)
            for topic in card.topics:
                found["topics"][topic].append(card)
            found["months"][date_of(card.date)[:7]].append(card)
        regions = ((self._crumbs[name][-1], self._crumbs[name], cards) for name, cards in found["region_nodes"].items())
        topics = ((self._topics[name], (), cards) for name, cards in found["topics"].items())
        months = ((Link(name, f"/months/{name}/"), (), cards) for name, cards in found["months"].items())
        return {
            kind: sorted(lists, key=lambda each: each[0].href)
            for kind, lists in zip(_KINDS, (regions, topics, months), strict=True)
        }

    def _way_to(self, region: str) -> list[Link]:
        names = self._addresses.regions
        return [Link(above.rpartition("/")[2], f"/region_nodes/{names[above]}/") for above in levels_of(region)]

    def _places(self, groups: Mapping[str, list[tuple[Link, Sequence[Link], list[Card]]]]) -> list[tuple[str, str]]:
        lists = [(link.href, "") for kind in _KINDS for link, _, _ in groups[kind]]
        pages = [(f"/{kind}/", "") for kind in _KINDS]
        articles = [(_address(card), date_of(card.date)) for card in self._cards]
        return [(BASE + path, date) for path, date in (("/", ""), *pages, *lists, *articles)]


def _overview(name: str, sizes: Sequence[tuple[Link, int]]) -> Mapping[str, object]:
    return {"heading": name, "entries": sizes}


def _address(card: Card) -> str:
    return f"/a/{card.file.removesuffix('.md')}/"


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}page/{number}/"
