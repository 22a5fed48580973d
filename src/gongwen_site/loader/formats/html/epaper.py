"""E-paper articles as Founder's systems and their kin publish them.

The truth stands in a comment: `<!--enpproperty <date>…</date><author>…<title>…<introtitle>…<subtitle>… /enpproperty-->`,
`introtitle` the kicker and `subtitle` the deck; the text between `<!--enpcontent-->` and `<!--/enpcontent-->`, or in
`<founder-content>`. What the template shows above the text (paper, page, sometimes the date of another day in a comment)
is believed only where the comment says nothing.
"""

import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gongwen_site.chinese.typography import HAN, fold
from gongwen_site.loader.bylines import has_credit, parse_byline
from gongwen_site.loader.formats.facts import normalised_date
from gongwen_site.loader.formats.html.article import Parts, marked, squeezed
from gongwen_site.loader.formats.html.markup import unescape
from gongwen_site.loader.formats.html.page import Element, Note, Page
from gongwen_site.loader.marks import Sort
from gongwen_site.loader.printed import normal_date
from gongwen_site.records.reading import Printed, Role

_FIELD_BEGINS = re.compile(r"<(?P<name>[a-zA-Z]+)>")
_FIELD_ENDS = re.compile(r"</(?P<name>[a-zA-Z]+)\s*+>")
_TAGS = re.compile(r"<[^<>]{0,2000}>|<!\[CDATA\[|\]\]>")
_PAPER = re.compile(rf"《(?P<quoted>[{HAN}]{{2,14}})》|(?P<plain>[{HAN}]{{2,12}}(?:报|刊|周刊))(?=[\s(\d]|$)")
_SPELLED_PAGE = re.compile(r"第\s*(?P<number>[A-Z]?\d{1,3})\s*版|(?P<bare>[A-Z]?\d{1,3})\s*版")
_PICTURE_HOLDER = re.compile(r"pictitle|att-content|attachment|caption|picture|\bpic|tupian|图片|\bimg", re.IGNORECASE)
_LONGEST_CAPTION = 400
_HEADER = 12  # blocks above the text that may say paper, page and author
_AUTHOR_LABEL = re.compile(r"^(?:作者|记者|文)\s*[:/]\s*")


def is_epaper(page: Page) -> bool:
    """Return whether the page carries an e-paper's comment, or the marks around its text."""
    return any(_has_fields(note) or note.text.strip() == "enpcontent" for note in page.notes)


def read_epaper(page: Page) -> tuple[Parts, ...]:
    """Return the articles of an e-paper page: mostly one; none if its marks hold no text and no title."""
    properties = [note for note in page.notes if _has_fields(note)]
    ranges = list(_content_ranges(page))
    if len(properties) > 1 and len(properties) == len(ranges):
        pairs: list[tuple[Note | None, tuple[int, int] | None]] = list(zip(properties, ranges, strict=True))
    else:
        pairs = [(properties[0] if properties else None, ranges[0] if ranges else None)]
    found = []
    for place, (note, content) in enumerate(pairs):
        above = pairs[place - 1][1] if place else None
        parts = _article(page, note, content, above[1] if above else 0)
        if parts.body or parts.title is not None:
            found.append(parts)
    return tuple(found)


def _content_ranges(page: Page) -> Iterator[tuple[int, int]]:
    """Yield where texts begin and end in the source."""
    start: int | None = None
    for note in page.notes:
        word = note.text.strip().lower()
        if word.startswith("enpcontent") and start is None:
            start = note.at
        elif word.startswith("/enpcontent") and start is not None:
            yield start, note.at
            start = None
    if start is not None:
        yield start, max((block.at + 1 for block in page.blocks), default=start)
        return
    held = _founder_elements(page)
    inside = [block for block in page.blocks if block.element.number in held]
    if inside:
        yield inside[0].at, inside[-1].at + 1


def _founder_elements(page: Page) -> set[int]:
    """Return the elements of a text whose marks were lost in saving: `<founder-content>`, `id="ozoom"`."""
    found: set[int] = set()
    for element in page.elements:
        within = element.parent is not None and element.parent.number in found
        if within or element.tag == "founder-content" or element.name == "ozoom":
            found.add(element.number)
    return found


def _has_fields(note: Note) -> bool:
    return "enpproperty" in note.text and next(_field_spans(note.text), None) is not None


def _field_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of what stands between `<name>` and the next `</name>`, none inside another."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for match in _FIELD_ENDS.finditer(text):
        ends.setdefault(match["name"], []).append(match.span())
    done = 0
    for match in _FIELD_BEGINS.finditer(text):
        spans = ends.get(match["name"], [])
        place = bisect_left(spans, (match.end(), 0))
        if match.start() >= done and place < len(spans):
            start, done = spans[place]
            yield match["name"], match.end(), start


def _fields(note: Note) -> Mapping[str, Printed]:
    found: dict[str, Printed] = {}
    line, seen = note.line, 0
    for name, start, end in _field_spans(note.text):
        line += note.text.count("\n", seen, start)
        seen = start
        value = " ".join(unescape(_TAGS.sub(" ", unescape(note.text[start:end]))).split())
        if value:
            found.setdefault(name.lower(), Printed(text=value, line=line))
    return found


def _article(page: Page, note: Note | None, content: tuple[int, int] | None, above: int) -> Parts:
    fields = _fields(note) if note else {}
    parts = Parts(
        title=fields.get("title"),
        kicker=fields.get("introtitle"),
        deck=fields.get("subtitle"),
        author=fields.get("author"),
        url=fields.get("url"),
    )
    if note:
        parts.trailers.append((note.line, note.last_line, "enpproperty"))
    if "date" in fields and (day := normalised_date(fields["date"].text)):
        parts.date = Printed(text=day, line=fields["date"].line)
    inside = _shown(page, *content) if content else []
    _heads(page, parts, content, above)
    header = [place for place in (_shown(page, above, content[0]) if content else ()) if place not in parts.fates]
    header = header[-_HEADER:]
    _header(page, parts, header)
    _text(page, parts, inside)
    if content is not None:
        first, last = (bisect_left(page.images, at, key=lambda image: image.at) for at in (content[0] - 1, content[1]))
        shown = page.images[first:last]
        parts.captions += [Printed(text=image.caption, line=image.line) for image in shown]
    return parts


def _shown(page: Page, start: int, end: int) -> list[int]:
    """Return the blocks for readers that begin between two places of the source."""
    first, last = (bisect_left(page.blocks, at, key=lambda block: block.at) for at in (start, end))
    return [place for place in range(first, last) if not page.blocks[place].hidden]


def _heads(page: Page, parts: Parts, content: tuple[int, int] | None, above: int) -> None:
    """Lead kicker, title and deck back to where the page shows them; read them there if no comment says them."""
    places = _shown(page, above, content[0] if content else sys.maxsize)
    for name, role in (("title", Role.HEADLINE), ("kicker", Role.KICKER), ("deck", Role.DECK)):
        said: Printed | None = getattr(parts, name)
        if said is None:
            continue
        words = squeezed(said.text)
        shown = [
            place
            for place in places
            if place not in parts.fates
            and len(text := squeezed(page.blocks[place].text)) > 1
            and (text == words or (text in words and len(text) > 3 and not page.blocks[place].linked))
        ]
        for place in shown:
            parts.fates[place] = ((role,), "html-head")
        if shown:
            setattr(parts, name, Printed(text=said.text, line=page.blocks[shown[-1]].line))
    if parts.title is not None:
        return
    by_tag = {"h1": "title", "h3": "kicker", "h2": "deck"}
    role_of = {"title": Role.HEADLINE, "kicker": Role.KICKER, "deck": Role.DECK}
    for place in places:
        block = page.blocks[place]
        name = by_tag.get(block.element.heading, "")
        if name and getattr(parts, name) is None and not block.linked:
            setattr(parts, name, Printed(text=block.text, line=block.line))
            parts.fates[place] = ((role_of[name],), "html-head")


def _header(page: Page, parts: Parts, places: Sequence[int]) -> None:
    """Take paper, page, date and author from the lines above the text."""
    author = squeezed(parts.author.text) if parts.author else ""
    for place in reversed(places):
        block = page.blocks[place]
        text = fold(block.text[:300])
        roles: list[Role] = []
        day, paper, number = normal_date(text), _PAPER.search(text), _SPELLED_PAGE.search(text)
        if day and (paper or number or len(text) < 40):
            parts.date = parts.date or Printed(text=day, line=block.line)
            roles.append(Role.DATE)
        if paper and (day or number) and parts.source is None:
            parts.source = Printed(text=paper["quoted"] or paper["plain"], line=block.line)
            roles.append(Role.SOURCE)
        if number and (day or paper) and parts.page is None:
            parts.page = Printed(text=(number["number"] or number["bare"]).lstrip("0"), line=block.line)
        if author and author in squeezed(block.text):
            roles.insert(0, Role.BYLINE)
            parts.author = Printed(text=parts.author.text if parts.author else "", line=block.line)
            author = ""
        elif parts.author is None and paper and parse_byline(text[: paper.start()].strip()):
            parts.author = Printed(text=text[: paper.start()].strip(), line=block.line)
            roles.insert(0, Role.BYLINE)
        elif not roles and parts.author is None and marked(block).sort in {Sort.BYLINE, Sort.NAMES}:
            parts.author = Printed(text=_AUTHOR_LABEL.sub("", block.text), line=block.line)
            roles.append(Role.BYLINE)
        if roles:
            parts.fates[place] = (tuple(roles), "html-head")


def _picture_holders(page: Page, places: Sequence[int]) -> set[int]:
    """Return the elements within those that hold a picture's words. One around most of the words is the text's own."""
    sizes: Counter[int] = Counter()
    holding: dict[
        int, Element
    ] = {}  # a page may have thousands of articles: only what holds some of these words is asked
    for place in places:
        block = page.blocks[place]
        sizes[block.element.number] += len(block.text)
        for element in block.element.ancestors():
            if element.number in holding:
                break
            holding[element.number] = element
    for number in sorted(holding, reverse=True):
        parent = holding[number].parent
        if parent is not None:
            sizes[parent.number] += sizes[number]
    most = max(_LONGEST_CAPTION, sizes[0] / 2)
    found: set[int] = set()
    for _, element in sorted(holding.items()):
        within = element.parent is not None and element.parent.number in found
        if within or (_PICTURE_HOLDER.search(element.name) and sizes[element.number] <= most):
            found.add(element.number)
    return found


def _text(page: Page, parts: Parts, places: Sequence[int]) -> None:
    pictures = _picture_holders(page, places)
    for place in places:
        block = page.blocks[place]
        found = marked(block)
        in_picture = block.element.number in pictures
        if in_picture or (found.sort is Sort.CAPTION and has_credit(found.folded)):
            parts.captions.append(Printed(text=block.text, line=block.line))
            parts.fates[place] = ((Role.CAPTION,), "html-caption")
        elif found.sort is Sort.CONTINUATION:
            parts.fates[place] = ((Role.CONTINUATION,), found.rule)
        elif found.sort is Sort.EDITOR:
            parts.editor = parts.editor or Printed(text=block.text, line=block.line)
            parts.fates[place] = ((Role.EDITOR,), found.rule)
        elif found.sort is Sort.PAGE_CREDIT:
            parts.fates[place] = ((Role.PAGE_CREDIT,), found.rule)
        else:
            parts.body.append(place)
