"""Article to `Card`: what lists, counts, feeds and neighbours need of an article, so that whole ones need not be held.

A card is made of plain values alone, as are those of a library's catalogue; it is what a build keeps of each record.
"""

import re
from typing import NamedTuple

from gongwen_site.builder.people import authors
from gongwen_site.records.article import Article, DateCertainty, LineRange
from gongwen_site.records.keeper import keeper_keys

BEGINNING = 160
"""Characters of an article's text that its card repeats, at most: the longest beginning that any list shows."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)


class Card(NamedTuple):
    """One article, as lists know it; fields are those of the record but for these.

    `file` is its record's path below the articles folder; `authors` whom a feed names; `dump` and `lines` where it was
    read, `""` and empty for one that a person wrote. `beginning` has one character more than `BEGINNING` where the text
    goes on, `characters` counts the whole of it without white space; `has_body` is false for a picture story. `theirs` are
    the keys that a person decided, `rules` the codes of the rules that its evidence names.
    """

    id: str
    file: str
    title: str
    title_supplied: bool
    kicker: str | None
    deck: str | None
    authors: tuple[str, ...]
    source: str | None
    date: str | None
    inferred: bool
    page: str | None
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    reprint_of: str | None
    reviewed: str | None
    dump: str
    lines: tuple[LineRange, ...]
    beginning: str
    characters: int
    has_body: bool
    theirs: tuple[str, ...]
    rules: tuple[str, ...]


def card_of(article: Article, file: str) -> Card:
    """Return the card of an article, whose record is `file`."""
    read = article.provenance
    text = text_of(article)
    return Card(
        id=article.id,
        file=file,
        title=article.title,
        title_supplied=article.title_supplied,
        kicker=article.kicker,
        deck=article.deck,
        authors=authors(article),
        source=article.source,
        date=article.date,
        inferred=article.date_certainty is DateCertainty.INFERRED,
        page=article.page,
        regions=article.regions,
        topics=article.topics,
        keywords=article.keywords,
        reprint_of=article.reprint_of,
        reviewed=article.reviewed,
        dump=read.seed if read else "",
        lines=tuple(read.lines) if read else (),
        beginning=" ".join(text.split())[: BEGINNING + 1],
        characters=len("".join(text.split())),
        has_body=bool(article.body),
        theirs=tuple(sorted(keeper_keys(article))),
        rules=_rules(article),
    )


def text_of(article: Article) -> str:
    """Return the words of an article's body, heading marks and escapes taken away; those of its captions where it has none."""
    return plain_text(article.body) or " ".join(caption.text for caption in article.captions)


def plain_text(body: str) -> str:
    """Return the words of a Markdown body: heading marks and escapes taken away."""
    return _ESCAPED.sub(r"\1", _HEADING.sub("", body))


def _rules(article: Article) -> tuple[str, ...]:
    told = article.evidence
    several = (told.date, told.source, *told.regions.values(), *told.topics.values())
    return tuple(sorted({reason.rule for reasons in several for reason in reasons}))
