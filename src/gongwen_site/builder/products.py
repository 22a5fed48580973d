"""Publication to `Product`: every file of the site that is to be, each with what decides its bytes, made when asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, Protocol

from gongwen_site.builder import paths
from gongwen_site.builder.articles import PlannedArticle, Shelf, article_proof, notices
from gongwen_site.builder.cards import Card
from gongwen_site.builder.corrections import corrections_feed, corrections_json_feed, corrections_page
from gongwen_site.builder.data import PART, Whole, data_files_of, data_page, data_part, description_files
from gongwen_site.builder.date_pages import date_pages
from gongwen_site.builder.dumps import dump_pages
from gongwen_site.builder.facet_pages import paper_pages, region_pages, topic_pages
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.feeds import feed_files, retired_feed_files, site_files
from gongwen_site.builder.home import home_page
from gongwen_site.builder.keys import key_of
from gongwen_site.builder.lists import Lister
from gongwen_site.builder.publication import Planned, PlannedPage, Publication
from gongwen_site.builder.render import Renderer
from gongwen_site.builder.retired import retired_feeds, retired_pages
from gongwen_site.builder.scripts import BUNDLE, MODULES, with_words
from gongwen_site.builder.styles import minified
from gongwen_site.builder.texts import START, about_page, basket_page, not_found_page, rights_page, search_page
from gongwen_site.resources import static_files

STYLE, OWN_STYLE = "css/gongwen.css", "css/own.css"
"""The style sheet, and an archive's additions to it, which are sent at its end."""


class Name(NamedTuple):
    """A product's file, and which piece of it: nearly all files are one piece, 0."""

    file: str
    piece: int


class Product(Protocol):
    """A file of the site, or a piece of one."""

    @property
    def name(self) -> Name:
        """Which it is. The pieces of a file come one after another, though not without others between them."""

    @property
    def is_page(self) -> bool:
        """Whether it is a page that people read, and no file for programs."""

    @property
    def is_ready(self) -> bool:
        """Whether it need not be sent elsewhere to be made."""

    def make(self) -> bytes:
        """Return its bytes. Raises GongwenError."""

    def key(self) -> bytes:
        """Return what changes whenever its bytes may."""

    def note(self) -> tuple[str, ...] | None:
        """Return what the next build is to know of it."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page as a product."""

    name: Name
    _planned: Planned
    _renderer: Renderer
    is_page = True
    is_ready = False

    def make(self) -> bytes:
        """Return its HTML. Raises GongwenError."""
        return self._renderer.page(self._planned.make()).encode()

    def key(self) -> bytes:
        """Return what changes whenever what it says does."""
        return key_of(self._planned.path, *self._planned.inputs())

    def note(self) -> tuple[str, ...] | None:
        """Return what is planned to be known of it."""
        return self._planned.note()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is no page, or one that is made already."""

    name: Name
    make: Callable[[], bytes]
    key: Callable[[], bytes]
    is_page: bool = False
    is_ready: bool = False

    def note(self) -> None:
        """Nothing needs to be known of it."""


Batch = tuple[Product, ...]
"""Products that are best made in one place, one after another: what they are made of is at hand there."""
_BATCH = 50
"""Products in a batch of those that share nothing in particular."""


@dataclass(frozen=True, slots=True)
class Edition:
    """All products of a publication, in a fixed order, but for those that describe finished files: `descriptions`."""

    publication: Publication
    shelf: Shelf
    renderer: Renderer
    root: Path | None

    def products(self) -> Iterator[Product]:
        """Yield the products."""
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[Batch]:
        """Yield the products in batches. The data of articles come with their pages: then each record is read once for both."""
        publication, lister = self.publication, Lister(self.publication, self.renderer)
        indexed: list[str] = [paths.DATA]
        written: set[str] = set()

        def pages(planned: Iterable[Planned]) -> Iterator[Product]:
            for page in planned:
                written.add(page.path)
                if page.indexed:
                    indexed.append(page.path)
                yield HtmlPage(Name(paths.file_of(page.path), 0), page, self.renderer)

        yield from _batched(pages(self._front(lister)))
        cards, data_files = publication.archive.cards, data_files_of(publication.archive)
        for piece, start in enumerate(range(0, max(1, len(cards)), PART)):
            part = cards[start : start + PART]
            articles = (PlannedArticle(publication, self.shelf, card) for card in part)
            data = (self._data(file, piece, part, data_files) for file in data_files)
            yield (*pages(articles), *data)
        yield from _batched(
            pages(
                chain(
                    notices(publication),
                    dump_pages(publication),
                    date_pages(publication, lister),
                    region_pages(publication, lister),
                    topic_pages(publication, lister),
                    paper_pages(publication, lister),
                )
            )
        )
        yield from _batched(self._rest(indexed, written))

    def descriptions(self, data: Mapping[str, Whole]) -> Iterator[Product]:
        """Yield the products that tell sizes and checksums of the finished data files."""
        files = description_files(self.publication, data)
        for path, content in files.items():
            yield self._always(path, content)
        sizes = {path: whole.size for path, whole in data.items()}
        page = data_page(self.publication, sizes | {path: len(content) for path, content in files.items()})
        yield self._always(page.path, self.renderer.page(page).encode(), is_page=True)

    def proof(self, card: Card) -> bytes:
        """Return the page of one of the articles as its record is by now, `card`; what links to it knows nothing of that.

        Raises GongwenError.
        """
        return self.renderer.page(article_proof(self.publication, self.shelf, card)).encode()

    def _front(self, lister: Lister) -> Iterator[Planned]:
        """Yield the pages that an archive has one of each."""
        publication = self.publication
        everything = cache(publication.everything)
        for path, make, indexed in (
            (paths.HOME, partial(home_page, publication, lister), True),
            (paths.SEARCH, partial(search_page, publication), True),
            (paths.BASKET, partial(basket_page, publication), False),
            (paths.CORRECTIONS, partial(corrections_page, publication), True),
            (paths.ABOUT, partial(about_page, publication), True),
            (paths.RIGHTS, partial(rights_page, publication), True),
            (paths.NOT_FOUND, partial(not_found_page, publication), False),
        ):
            yield PlannedPage(path=path, make=make, inputs=everything, indexed=indexed)

    def _data(self, file: str, piece: int, cards: Articles, data_files: tuple[str, ...]) -> Product:
        publication = self.publication

        def key() -> bytes:
            digests = publication.archive.digests
            return key_of(data_files, publication.withheld.inputs, b"".join(digests[card.id] for card in cards))

        make = partial(data_part, publication, file, cards, first=piece == 0)
        return Piece(name=Name(file, piece), make=make, key=key)

    def _rest(self, indexed: Sequence[str], written: AbstractSet[str]) -> Iterator[Product]:
        """Yield what follows from which pages there are, and what is no page; `indexed` and `written` are addresses."""
        publication = self.publication
        for page in retired_pages(publication, written):
            yield self._always(page.path, self.renderer.page(page).encode(), is_page=True)
        for path, inputs, make in feed_files(publication):
            yield Piece(name=Name(path, 0), make=make, key=partial(_key, inputs))
        for path, content in (
            *retired_feed_files(publication, retired_feeds(publication, written)),
            corrections_feed(publication),
            corrections_json_feed(publication),
            *site_files(publication, indexed),
        ):
            yield self._always(path, content)
        yield from self._static()

    def _always(self, path: str, content: bytes, *, is_page: bool = False) -> Product:
        """Return a product that is made each time, since that costs no more than to tell whether it has changed."""
        return Piece(
            name=Name(paths.file_of(path), 0),
            make=lambda: content,
            key=lambda: key_of(content),
            is_page=is_page,
            is_ready=True,
        )

    def _static(self) -> Iterator[Product]:
        files = static_files(self.root)
        own_style = files.pop(OWN_STYLE, None)
        for name, file in sorted(files.items()):
            if name.startswith((*MODULES, f"js/{START}")):
                continue
            content = file.read_bytes()
            if name == BUNDLE:
                publication = self.publication
                content = with_words(content.decode(), publication.wording, publication.config.title).encode()
            if name.endswith(".css"):
                css = content.decode("utf-8-sig")
                if name == STYLE and own_style:
                    css = f"{css}\n{own_style.read_text(encoding='utf-8-sig')}"
                content = minified(css).encode()
            yield self._always(paths.ASSETS + name, content)


def _key(inputs: Callable[[], tuple[object, ...]]) -> bytes:
    return key_of(*inputs())


def _batched(products: Iterable[Product]) -> Iterator[Batch]:
    waiting = iter(products)
    return iter(lambda: tuple(islice(waiting, _BATCH)), ())
