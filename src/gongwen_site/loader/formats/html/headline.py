"""The headline of a news page: the heading that the page's own title begins with or holds, else that title without the site."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongwen_site.loader.formats.html.article import squeezed
from gongwen_site.loader.formats.html.page import Block, Page
from gongwen_site.records.reading import Printed

SUFFIX = re.compile(r"\s*(?:_+|\|+|--+|——+|\s[-–—·]\s|-(?=[^-]{2,14}$)|–)\s*")
"""What parts a page's title from the names of its channel and site."""

_TITLE_NAME = re.compile(r"title|headline|biaoti|标题")
_TITLES = {"og:title": 0, "twitter:title": 1, "articletitle": 1, "title": 2}
_LONGEST, _SHORTEST = 120, 4
_LINK_SHARE = 0.5
_TITLES_READ = 8  # a head says its title in as many ways at most
_TITLE_READ = 1_000  # characters of one


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, and the blocks that show it, the chosen one first; none where only the head says it."""

    words: Printed
    places: tuple[int, ...]


def _titles(page: Page) -> list[Printed]:
    """Return what the head says of the title, the most explicit first."""
    metas = sorted((meta for meta in page.metas if meta.name in _TITLES), key=lambda meta: _TITLES[meta.name])
    return [Printed(text=meta.content, line=meta.line) for meta in metas if meta.content][:_TITLES_READ]


def find_headline(page: Page, visible: Sequence[int]) -> Headline | None:
    """Return the headline: the heading that the page's own title begins with or holds, else that title without the site."""
    titles = _titles(page)
    wanted = [squeezed(title.text[:_TITLE_READ]).rstrip(".…") for title in titles]
    best: tuple[float, int] | None = None
    for place in visible:
        block = page.blocks[place]
        words = squeezed(block.text)
        if not _SHORTEST <= len(words) <= _LONGEST:
            continue
        rank = _heading_rank(block)
        match = max((_agreement(words, title) for title in wanted), default=0.0)
        linked = block.linked > len(block.text) * _LINK_SHARE
        if match == 0 and not (rank == 3 and len(words) >= 6 and not linked):
            continue
        if linked and rank < 2:
            continue
        score = match * 10 + rank - (2 if linked else 0) - (6 if match == 0 else 0)
        if best is None or score > best[0]:
            best = (score, place)
    if best is not None and (best[0] >= 5 or not wanted):
        block = page.blocks[best[1]]
        words = squeezed(block.text)
        others = tuple(
            place
            for place in visible
            if squeezed(page.blocks[place].text) == words and _heading_rank(page.blocks[place])
        )
        return Headline(Printed(text=block.text, line=block.line), tuple(dict.fromkeys((best[1], *others))))
    for title in titles:
        stripped = without_site(title.text)
        if stripped:
            return Headline(Printed(text=stripped, line=title.line), ())
    return None


def _heading_rank(block: Block) -> int:
    """Return how much the element looks like a title's: 3 a first heading, 2 another or one by its name, 0 not at all."""
    if block.element.heading:
        return 3 if block.element.heading == "h1" else 2
    around = (block.element, block.element.parent)
    return 2 if any(element and _TITLE_NAME.search(element.name) for element in around) else 0


def _agreement(words: str, title: str) -> float:
    """Return how well a heading agrees with the page's title: 1 where the title begins with it, less where it holds it."""
    if not title:
        return 0.0
    if title.startswith(words):
        return 0.6 + 0.4 * min(1.0, len(words) / max(8, 0.6 * len(title)))
    if words.startswith(title) and len(title) >= 8:
        return 0.9
    if len(words) >= 8 and words in title:
        return 0.6 + 0.2 * len(words) / len(title)
    return 0.0


def without_site(title: str) -> str:
    """Return a page's title without the names of its channel and site."""
    pieces = [piece.strip() for piece in SUFFIX.split(title) if piece.strip()]
    if not pieces:
        return title.strip()
    first = pieces[0]
    if len(first) < 5:
        return max(pieces, key=len)
    return first
