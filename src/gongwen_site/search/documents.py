"""Archive to documents: of each article what is indexed, what a result shows, and what it can be narrowed by.

The text is what a reader sees: paragraphs without their Markdown, half-width punctuation restored where the site does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gongwen_site.chinese.typography import restore_full_width
from gongwen_site.records.article import Article, DateCertainty
from gongwen_site.records.register import Register
from gongwen_site.search.format import FIELDS


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
        return sum(len(word) for text in self.paragraphs or self.captions for word in text.split())

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


def fields_of(document: Document) -> list[str]:
    """Return the texts of all fields, in their order, as they are indexed: what a field has several of, a line each."""
    return ["\n".join(document.texts(name)) for name, _ in FIELDS]


class Identified(Protocol):
    """What stands for an article."""

    @property
    def id(self) -> str: ...


_Known = TypeVar("_Known", bound=Identified)


def number_articles(articles: Sequence[_Known], register: Register) -> list[tuple[int, _Known]]:
    """Return articles with their document numbers, ascending. Records that the register does not know come last, by id."""
    numbers = register.number_of()
    unknown = sorted((article for article in articles if article.id not in numbers), key=lambda article: article.id)
    known = ((numbers[article.id], article) for article in articles if article.id in numbers)
    return [*sorted(known, key=lambda numbered: numbered[0]), *enumerate(unknown, len(numbers))]


def read_document(number: int, article: Article, *, full_width: bool) -> Document:
    """Return an article as search sees it; `full_width` restores half-width punctuation as the site's pages do."""

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
        paragraphs=tuple(shown(text) for text in body_paragraphs(article.body)),
        captions=tuple(shown(caption.text) for caption in article.captions),
    )


_MARKDOWN = MarkdownIt("commonmark", {"html": False})

# Bodies as the loader writes them: a paragraph a line, some headings, every mark escaped. Reading them so is a hundred
# times faster than CommonMark; whatever a person wrote otherwise goes to the parser whole. A test holds them equal.
_PLAIN = re.compile(
    r"(?:## )?(?![#>+\-=~|:\s]|[0-9]{1,9}[.)])"
    r"(?:[^\\`*_\[\]<>&#\s\x00]|\\[!-/:-@\[-`{-~]|&(?![#\w])|[ \u3000\u00a0]+(?=\S))+"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def body_paragraphs(body: str) -> list[str]:
    """Return the paragraphs and headings of a Markdown body as a reader sees them."""
    blocks = body.strip("\n").split("\n\n")
    if all(map(_PLAIN.fullmatch, blocks)):
        return [_ESCAPED.sub(r"\1", block.removeprefix("## ")) for block in blocks]
    return list(_parsed_paragraphs(body))


def _parsed_paragraphs(body: str) -> Iterator[str]:
    for token in _MARKDOWN.parse(body):
        if token.type == "inline":
            yield "".join(_words(child) for child in token.children or ())
        elif token.type in {"code_block", "fence"}:
            yield token.content


def _words(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content
