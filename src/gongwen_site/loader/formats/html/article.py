"""The parts of an article, as found on a page, to a draft and the fate of every line of the file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gongwen_site.chinese.typography import fold
from gongwen_site.loader.bylines import parse_lead_in, parse_people
from gongwen_site.loader.context import people_of
from gongwen_site.loader.formats.html.page import Block, Page
from gongwen_site.loader.layout import ANALYSED, Line
from gongwen_site.loader.lines import is_short, mark
from gongwen_site.loader.marks import Mark, Sort
from gongwen_site.loader.sentences import ends_sentence
from gongwen_site.loader.supplied import supplied_title
from gongwen_site.records.article import Dateline, Person
from gongwen_site.records.reading import Doubt, Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_BRIEF = 60  # characters of body below which a text without picture is worth a look
_HEADING = 40
_LONGEST_AUTHOR = 60
_AS_PRINTED = 24  # an author's field that is no names in the grammar of bylines is taken whole up to this length
_PARTS_OF_FIELD = re.compile(r"[,，;；|丨/]")


@dataclass(slots=True, kw_only=True)
class Parts:
    """What a reader found of one article. `fates` are roles and rule of blocks by their index on the page."""

    title: Printed | None = None
    kicker: Printed | None = None
    deck: Printed | None = None
    author: Printed | None = None
    source: Printed | None = None
    date: Printed | None = None
    page: Printed | None = None
    editor: Printed | None = None
    url: Printed | None = None
    keywords: Printed | None = None
    body: list[int] = field(default_factory=list)
    captions: list[Printed] = field(default_factory=list)
    fates: dict[int, tuple[tuple[Role, ...], str]] = field(default_factory=dict)
    trailers: list[tuple[int, int, str]] = field(default_factory=list)
    people: tuple[Person, ...] = ()


def squeezed(text: str) -> str:
    """Return a text for comparison: half width, without white space and quotation marks' forms."""
    return re.sub(r"\s+", "", fold(text)).translate(str.maketrans("“”‘’—–", "\"\"''--"))


def marked(block: Block, number: int = 1) -> Mark:
    """Return what a block looks like by itself, as a line of a text dump would."""
    text = block.text
    folded = fold(text if len(text) <= 2 * ANALYSED else text[:ANALYSED] + text[-ANALYSED:])
    return mark([Line(number=number, text=text, folded=folded, gap=0)])[0]


def compose(seed: Seed, page: Page, articles: Sequence[Parts]) -> Reading:
    """Return the reading of a page: its articles, and every line that they do not take as furniture or markup."""
    fates = _Fates()
    drafts = [_draft(page, parts, index, fates) for index, parts in enumerate(articles)]
    taken = {place for parts in articles for place in parts.fates}
    for place, block in enumerate(page.blocks):
        if place not in taken:
            fates.add(block.lines, (Role.FURNITURE,), "outside-text", None)
    return Reading(seed=seed, drafts=tuple(drafts), line_roles=fates.of(seed.text))


class _Fates:
    """Roles by line and article. Many blocks may stand on one line: the first that says something of it gives the rule."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int | None], tuple[dict[Role, None], str]] = {}

    def add(self, lines: Iterable[int], roles: Iterable[Role], rule: str, draft: int | None) -> None:
        for line in lines:
            self._found.setdefault((line, draft), ({}, rule))[0].update(dict.fromkeys(roles))

    def of(self, text: str) -> tuple[LineRole, ...]:
        covered = {line for line, _ in self._found}
        for number, words in enumerate(text.split("\n"), 1):
            if number not in covered and words.strip():
                self._found[number, None] = ({Role.FURNITURE: None}, "markup")
        merged: list[LineRole] = []
        order = sorted(self._found.items(), key=lambda item: (item[0][0], item[0][1] is None, item[0][1] or 0))
        for (line, draft), (roles, rule) in order:
            last = merged[-1] if merged else None
            told = tuple(roles)
            if (
                last
                and last.last == line - 1
                and (last.roles, last.rule, last.draft) == (told, rule, draft) == ((Role.FURNITURE,), rule, None)
            ):
                merged[-1] = LineRole(first=last.first, last=line, roles=told, rule=rule)
            else:
                merged.append(LineRole(first=line, last=line, roles=told, rule=rule, draft=draft))
        return tuple(merged)


def _draft(page: Page, parts: Parts, index: int, fates: _Fates) -> Draft:
    blocks = page.blocks
    marks = {place: marked(blocks[place]) for place in parts.body}
    people, people_lines, named = _people(page, parts, marks)
    body = []
    for order, place in enumerate(parts.body):
        block = blocks[place]
        kind = _kind(page, parts, order, marks)
        body.append(Paragraph(kind=kind, parts=(Printed(text=block.text, line=block.line),)))
        roles = [Role.HEADING if kind == "heading" else Role.BODY]
        lead = parse_lead_in(marks[place].folded) if marks[place].sort is Sort.LEAD_IN else None
        if lead and lead.place:
            roles.insert(0, Role.DATELINE)
        if place in named:
            roles.insert(0, Role.BYLINE)
        rule = "heading-line" if kind == "heading" else "html-text"
        parts.fates[place] = (tuple(roles), rule)
    title = parts.title or _supplied(parts, body)
    for place, (roles_of, rule) in parts.fates.items():
        fates.add(blocks[place].lines, roles_of, rule, None if roles_of == (Role.FURNITURE,) else index)
    for first, last, rule in parts.trailers:
        fates.add(range(first, last + 1), (Role.TRAILER,), rule, index)
    for caption in parts.captions:
        fates.add((caption.line,), (Role.CAPTION,), "html-caption", index)
    doubts = [Doubt(code="untitled")] if parts.title is None else []
    if not people:
        doubts.append(Doubt(code="no-byline"))
    if body and not parts.captions and sum(len(paragraph.text) for paragraph in body) < _BRIEF:
        doubts.append(Doubt(code="brief"))
    return Draft(
        title=title,
        title_supplied=parts.title is None,
        kicker=parts.kicker,
        deck=parts.deck,
        byline=people,
        byline_lines=people_lines,
        source=parts.source,
        date=parts.date,
        page=parts.page,
        editor=parts.editor,
        url=parts.url,
        dateline=_dateline(marks, parts),
        body=tuple(body),
        captions=tuple(parts.captions),
        doubts=tuple(doubts),
    )


def _supplied(parts: Parts, body: Sequence[Paragraph]) -> Printed:
    first = body[0].parts[0] if body else (parts.captions or [Printed(text="—", line=1)])[0]
    return Printed(text=supplied_title(first.text, fold(first.text)), line=first.line)


def _kind(page: Page, parts: Parts, order: int, marks: dict[int, Mark]) -> Literal["paragraph", "heading"]:
    """Tell a section heading: a heading element, or a short line that runs of text enclose."""
    place = parts.body[order]
    block, found = page.blocks[place], marks[place]
    if order == len(parts.body) - 1 or len(block.text) > _HEADING or ends_sentence(found.folded):
        return "paragraph"
    if block.element.heading:
        return "heading"
    if found.sort not in {Sort.SHORT, Sort.SECTION} or not is_short(found.line):
        return "paragraph"
    following = [marks[other] for other in parts.body[order + 1 : order + 3]]
    if not any(other.line.length > _HEADING for other in following):
        return "paragraph"
    emphasised = block.strong >= len(block.text) - 2
    return "heading" if emphasised or (order > 0 and not block.after_image) else "paragraph"


def _people(
    page: Page, parts: Parts, marks: dict[int, Mark]
) -> tuple[tuple[Person, ...], tuple[int, ...], frozenset[int]]:
    """Return who wrote it: the author's own line or field, a lead-in, lines of names in the text, brackets at its end."""
    if parts.people and parts.author is not None:
        return parts.people, (parts.author.line,), frozenset()
    if parts.author is not None and (people := people_of_field(parts.author.text)) and any(p.name for p in people):
        return people, (parts.author.line,), frozenset()
    sorts = (
        [place for place, found in marks.items() if found.sort is Sort.LEAD_IN][:1],
        [place for place, found in marks.items() if found.sort in {Sort.BYLINE, Sort.NAMES}],
        [place for place, found in marks.items() if found.sort is Sort.SIGN_OFF],
        [place for place, found in marks.items() if found.sort is Sort.PARAGRAPH][-1:],
    )
    for places in sorts:
        named = [(place, found) for place in places if (found := people_of(marks[place]))]
        if any(person.name for _, found in named for person in found):
            lines = tuple(page.blocks[place].line for place, _ in named)
            people = tuple(dict.fromkeys(person for _, found in named for person in found))
            return people, lines, frozenset(place for place, _ in named)
    if parts.author is not None and (people := people_of_field(parts.author.text)):
        return people, (parts.author.line,), frozenset()
    return (), (), frozenset()


def people_of_field(text: str) -> tuple[Person, ...]:
    """Return the people of a field that says author: by the grammar of bylines, else as it is written."""
    folded = " ".join(fold(text).split())
    if not folded or len(folded) > _LONGEST_AUTHOR * 4:
        return ()
    people = parse_people(folded)
    if people:
        return people
    bare = folded.strip("()[]【】 ")
    people = parse_people(bare)
    if people:
        return people
    if len(bare) <= _AS_PRINTED and not re.search(r"[。!?:]|https?", bare):
        return tuple(Person(name=name) for part in _PARTS_OF_FIELD.split(bare) if (name := part.strip()))
    return parse_people(bare, strict=False)


def _dateline(marks: dict[int, Mark], parts: Parts) -> Dateline | None:
    found = next((found for found in marks.values() if found.sort is Sort.LEAD_IN), None)
    lead = parse_lead_in(found.folded) if found else None
    if lead is None or not lead.place:
        return None
    day = re.fullmatch(r"(\d{1,2})月(\d{1,2})日", lead.date or "")
    sent = f"{parts.date.text[:4]}-{int(day[1]):02d}-{int(day[2]):02d}" if day and parts.date else None
    return Dateline(place=lead.place, date=sent)
