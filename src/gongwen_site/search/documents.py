"""Archive to documents: of each article what is indexed, what a result shows, and what it can be narrowed by.

The text is what a reader sees: paragraphs without their Markdown, half-width punctuation restored where the site does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gongwen_site.chinese.typography import restore_full_width
from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article, DateCertainty

FIELDS: tuple[tuple[str, int], ...] = (("title", 4), ("deck", 2), ("body", 1), ("byline", 2), ("facet", 1))
"""The fields of the index with their boosts. `deck` holds kicker, deck and standing head, `body` captions too, `byline`
names with their roles and outlets, `facet` the names of regions, zones, places, topics, keywords and newspaper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as search sees it. `number` is its place in the register; it never changes."""

    number: int
    id: str
    title: str
    title_supplied: bool
    kicker: str | None
    deck: str | None
    standing_head: str | None
    byline: tuple[str, ...]
    paper: str | None
    date: str | None
    inferred: bool
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    labels: tuple[str, ...]
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]

    @property
    def url(self) -> str:
        """The article's page, relative to the site."""
        return f"a/{self.id}/"

    @property
    def characters(self) -> int:
        """How long the body is, or the captions where there is no body; white space not counted."""
        texts = self.paragraphs or self.captions
        return sum(not character.isspace() for text in texts for character in text)

    def texts(self, field: str) -> tuple[str, ...]:
        """Return the texts of one field of the index."""
        match field:
            case "title":
                return (self.title,)
            case "deck":
                return tuple(text for text in (self.standing_head, self.kicker, self.deck) if text)
            case "body":
                return (*self.paragraphs, *self.captions)
            case "byline":
                return self.byline
            case _:
                return self.labels


def read_documents(archive: Archive, *, full_width: bool) -> tuple[Document, ...]:
    """Return the documents of an archive, ascending by number. Records that no register knows come last."""
    numbers = archive.register.number_of()
    following = len(numbers)
    found = []
    for article in archive.articles:
        number = numbers.get(article.id)
        if number is None:
            number, following = following, following + 1
        found.append(_document(article, number, full_width=full_width))
    return tuple(sorted(found, key=lambda document: document.number))


def _document(article: Article, number: int, *, full_width: bool) -> Document:
    def shown(text: str) -> str:
        return restore_full_width(text) if full_width else text

    def shown_or_none(text: str | None) -> str | None:
        return shown(text) if text else None

    regions = (part for path in article.regions for part in path.split("/"))
    source = (article.source,) if article.source else ()
    labels = (*regions, *article.zones, *article.places, *article.topics, *article.keywords, *source)
    return Document(
        number=number,
        id=article.id,
        title=shown(article.title),
        title_supplied=article.title_supplied,
        kicker=shown_or_none(article.kicker),
        deck=shown_or_none(article.deck),
        standing_head=shown_or_none(article.standing_head),
        byline=tuple(text for p in article.byline for text in (p.outlet, p.role, p.name) if text),
        paper=article.source,
        date=article.date,
        inferred=article.date_certainty is DateCertainty.INFERRED,
        regions=article.regions,
        topics=article.topics,
        labels=tuple(dict.fromkeys(labels)),
        paragraphs=tuple(shown(text) for text in _paragraphs(article.body)),
        captions=tuple(shown(caption.text) for caption in article.captions),
    )


_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def _paragraphs(body: str) -> Iterator[str]:
    for token in _MARKDOWN.parse(body):
        if token.type == "inline":
            yield "".join(_words(child) for child in token.children or ())
        elif token.type in {"code_block", "fence"}:
            yield token.content


def _words(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content
