"""Publication to `Product`: every file of the site that is to be, each with what decides its bytes, made when asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from gongwen_site.builder import paths
from gongwen_site.builder.articles import Shelf, article_pages, article_proof
from gongwen_site.builder.cards import Card
from gongwen_site.builder.corrections import corrections_feed, corrections_json_feed, corrections_page
from gongwen_site.builder.data import PART, Whole, data_files_of, data_page, data_part, description_files
from gongwen_site.builder.date_pages import date_pages
from gongwen_site.builder.dumps import dump_pages
from gongwen_site.builder.facet_pages import paper_pages, region_pages, topic_pages
from gongwen_site.builder.feeds import feed_files, retired_feed_files, site_files
from gongwen_site.builder.home import home_page
from gongwen_site.builder.keys import key_of
from gongwen_site.builder.lists import Lister
from gongwen_site.builder.publication import Planned, Publication
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A file of the site, or a piece of one: `make` gives its bytes, `key` changes whenever these may.

    The pieces of a file follow one another. `is_page` tells the pages that people read from the files for programs;
    one that `is_ready` need not be sent elsewhere to be made. `note` is what the next build is to know of it.
    """

    name: Name
    make: Callable[[], bytes]
    key: Callable[[], bytes]
    is_page: bool = False
    is_ready: bool = False
    note: Callable[[], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """All products of a publication, in a fixed order, but for those that describe finished files: `descriptions`."""

    publication: Publication
    shelf: Shelf
    renderer: Renderer
    root: Path | None

    def products(self) -> Iterator[Product]:
        """Yield the products. What `make` and `key` do besides is remembered by whoever asks for several."""
        publication = self.publication
        indexed, written = [paths.DATA], set()
        for planned in self._pages():
            written.add(planned.path)
            if planned.indexed:
                indexed.append(planned.path)
            yield self._page(planned)
        for page in retired_pages(publication, written):
            yield self._always(page.path, self.renderer.page(page).encode(), is_page=True)
        cards = publication.archive.cards
        data_files = data_files_of(publication.archive)
        for file in data_files:
            for piece, start in enumerate(range(0, max(1, len(cards)), PART)):
                part = cards[start : start + PART]
                digests = (publication.archive.digests[card.id] for card in part)
                yield Product(
                    name=Name(file, piece),
                    make=partial(data_part, publication, file, part, first=piece == 0),
                    key=partial(key_of, data_files, publication.withheld.inputs, b"".join(digests)),
                )
        for path, inputs, make in feed_files(publication):
            yield Product(name=Name(path, 0), make=make, key=cache(partial(_key, inputs)))
        for path, content in (
            *retired_feed_files(publication, retired_feeds(publication, written)),
            corrections_feed(publication),
            corrections_json_feed(publication),
            *site_files(publication, indexed),
        ):
            yield self._always(path, content)
        yield from self._static()

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

    def _pages(self) -> Iterator[Planned]:
        publication = self.publication
        lister = Lister(publication, self.renderer)
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
            yield Planned(path=path, make=make, inputs=everything, indexed=indexed)
        yield from article_pages(publication, self.shelf)
        yield from dump_pages(publication)
        yield from date_pages(publication, lister)
        yield from region_pages(publication, lister)
        yield from topic_pages(publication, lister)
        yield from paper_pages(publication, lister)

    def _page(self, planned: Planned) -> Product:
        return Product(
            name=Name(paths.file_of(planned.path), 0),
            make=lambda: self.renderer.page(planned.make()).encode(),
            key=cache(lambda: key_of(planned.path, *planned.inputs())),
            is_page=True,
            note=planned.note,
        )

    def _always(self, path: str, content: bytes, *, is_page: bool = False) -> Product:
        """Return a product that is made each time, since that costs no more than to tell whether it has changed."""
        return Product(
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
