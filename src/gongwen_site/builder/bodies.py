"""An article's body with, for each paragraph, the lines of the dump that it stands on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from gongwen_site.builder import paths
from gongwen_site.builder.holdings import Holdings
from gongwen_site.builder.markdown import Block, blocks_of
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import BlockView, LineLink
from gongwen_site.records.article import Article
from gongwen_site.records.ledger import Ledger, LedgerLine
from gongwen_site.records.reading import Role

Lines = tuple[int, ...]
_TEXT = frozenset({Role.BODY, Role.HEADING})
_BREAK = re.compile(r"\n{2,}")


def body_lines(lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    """Return those of a ledger's lines that are of bodies or section headings."""
    return [line for line in lines if _TEXT.intersection(line.roles) and Role.REPEATED not in line.roles]


def block_lines(article: Article, entries: Iterable[LedgerLine], text: tuple[str, ...] | None) -> tuple[Lines, ...]:
    """Return the lines of each block of a body in reading order, as the ledger tells them.

    A line that joins another belongs to its block; a line that holds a heading and text makes two. `text` is the dump,
    whose blank lines make none.
    """
    if article.provenance is None:
        return ()
    ranges = article.provenance.lines

    def place(number: int) -> tuple[int, int]:
        return next((i for i, (first, last) in enumerate(ranges) if first <= number <= last), len(ranges)), number

    found: list[list[int]] = []
    block_of: dict[int, list[int]] = {}
    numbered = [(number, entry) for entry in entries for number in range(entry.first, entry.last + 1)]
    for number, entry in sorted(numbered, key=lambda pair: place(pair[0])):
        if text is not None and (number > len(text) or not text[number - 1].strip()):
            continue
        if number == entry.first and entry.joins in block_of:
            block_of[number] = block_of[entry.joins]
            block_of[number].append(number)
            continue
        block_of[number] = [number]
        if _TEXT.issubset(entry.roles):
            found.append([number])
        found.append(block_of[number])
    return tuple(tuple(block) for block in found)


def _shown(archive: Holdings, article: Article, groups: tuple[Lines, ...]) -> tuple[Lines, ...]:
    """Return the lines of the blocks that are published: of an excerpt those of its beginning."""
    excerpt = archive.excerpts.get(article.id)
    if excerpt is None or excerpt.blocks != len(groups):
        return groups
    return groups[: len(_BREAK.split(article.body.strip("\n")))] if article.body else ()


def paragraph_addresses(publication: Publication, ledger: Ledger) -> Mapping[int, str]:
    """Return, for every line of a dump that is part of a paragraph, the address of that paragraph."""
    found: dict[int, str] = {}
    archive, text = publication.archive, publication.dumps.lines(ledger.dump)
    entries: dict[str | None, list[LedgerLine]] = {}
    for entry in body_lines(ledger.lines):
        entries.setdefault(entry.article, []).append(entry)
    for card in publication.catalogue.dumps.get(ledger.dump, ()):
        article = archive.read(card.id)
        groups = _shown(archive, article, block_lines(article, entries.get(card.id, ()), text))
        if len(groups) == len(blocks_of(article.body, publication.display.text)):
            for number, group in enumerate(groups, 1):
                for line in group:
                    found.setdefault(line, f"{paths.article(card.id)}#p{number}")
    return found


def body_views(
    publication: Publication, article: Article, entries: Iterable[LedgerLine], root: str
) -> tuple[BlockView, ...]:
    """Return the blocks of an article's body, with their lines where body and ledger agree on their number."""
    blocks = blocks_of(article.body, publication.display.text)
    dump = article.provenance.seed if article.provenance else ""
    text = publication.dumps.lines(dump)
    origin = _Origin(publication, dump, text or (), root)
    groups = _shown(publication.archive, article, block_lines(article, entries, text))
    known = text is not None and len(groups) == len(blocks)
    lines: Iterable[Lines | None] = groups if known else [None] * len(blocks)
    return tuple(
        _block_view(origin, block, number, own)
        for number, (block, own) in enumerate(zip(blocks, lines, strict=True), 1)
    )


@dataclass(frozen=True, slots=True)
class _Origin:
    """The dump that a body stands in, as seen from a page at `root`."""

    publication: Publication
    dump: str
    text: tuple[str, ...]
    root: str

    def href(self, line: int) -> str:
        return self.root + paths.source_line(self.dump, line)


def _block_view(origin: _Origin, block: Block, number: int, lines: Lines | None) -> BlockView:
    say = origin.publication.say
    html, ref = block.html, None
    if lines:
        shown = "+".join(str(line) for line in lines)
        ref = LineLink(text=say("body.line", line=shown), href=origin.href(lines[0]))
        if block.text is not None and len(lines) > 1:
            html = _with_seams(origin, block.text, lines)
    return BlockView(kind=block.kind, number=number, id=f"p{number}", html=html, ref=ref)


def _with_seams(origin: _Origin, shown: str, lines: Lines) -> Markup:
    """Return a paragraph with a mark wherever the dump broke it; without one where the words cannot be found."""
    say, display = origin.publication.say, origin.publication.display
    html, start = Markup(), 0
    for before, after in pairwise(lines):
        part = display.text(origin.text[before - 1].strip())
        # Width is restored by what stands around a mark, so the two may differ at the seam itself.
        if len(shown) <= start + len(part) or shown[start : start + len(part) - 1] != part[:-1]:
            return escape(shown)
        html += escape(shown[start : start + len(part)])
        html += Markup('<a class="seam" href="{}" title="{}"><span class="sr">{}</span></a>').format(
            origin.href(after), say("body.seam", before=before, after=after), say("body.seam_read", after=after)
        )
        start += len(part)
    return html + escape(shown[start:])
