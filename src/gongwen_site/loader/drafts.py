"""Stories to drafts and the fate of their lines: who wrote, what the title is, which roles each line has."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gongwen_site.loader.bylines import LEAD_IN, parse_lead_in
from gongwen_site.loader.context import SECTION_NAMES, people_of
from gongwen_site.loader.headlines import Head, arrange, is_standing_head
from gongwen_site.loader.marks import Mark, Sort
from gongwen_site.loader.matching import Story
from gongwen_site.loader.printed import Facts
from gongwen_site.loader.repair import Block, Body, repair
from gongwen_site.loader.sentences import WordCrossing
from gongwen_site.loader.supplied import supplied_title
from gongwen_site.records.article import Dateline, Person
from gongwen_site.records.reading import Doubt, Draft, LineRole, Paragraph, Printed, Role

_BRIEF = 60  # characters of body below which a text without picture is worth a look

_ROLE_OF = {
    Sort.FURNITURE: Role.FURNITURE,
    Sort.TRAILER: Role.TRAILER,
    Sort.MASTHEAD: Role.MASTHEAD,
    Sort.COLOPHON: Role.EDITOR,
    Sort.EDITOR: Role.EDITOR,
    Sort.PAGE_CREDIT: Role.PAGE_CREDIT,
    Sort.CONTINUATION: Role.CONTINUATION,
    Sort.SOURCE: Role.SOURCE,
    Sort.DATE: Role.DATE,
    Sort.REPEATED: Role.REPEATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A draft and the roles of the lines that it is made of."""

    draft: Draft
    roles: tuple[LineRole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    people: tuple[Person, ...] = ()
    lines: dict[int, None] = field(default_factory=dict)  # an ordered set: asked of every line of a body


@dataclass(slots=True)
class _Roles:
    """The roles of one draft's lines, as they are found out."""

    draft: int
    found: dict[int, LineRole] = field(default_factory=dict)

    def add(self, mark: Mark, *roles: Role, rule: str | None = None, joins: int | None = None) -> None:
        self.found[mark.number] = LineRole(
            first=mark.number, last=mark.number, roles=roles, rule=rule or mark.rule, draft=self.draft, joins=joins
        )


def draft_story(
    story: Story, index: int, crosses: WordCrossing, *, facts: Facts | None = None, known_title: str | None = None
) -> Result:
    """Return the draft of a story, the `index`-th of its dump. `facts` are those printed for this article alone."""
    facts = facts or Facts()
    head = _head(story.head, known_title)
    kept = {mark.number for mark in story.head} - {mark.number for mark in (head.rest if head else ())}
    text = [mark for stretch in story.stretches for mark in stretch.body if mark.number not in kept]
    inside = {mark.number for mark in text}
    text = [*(mark for mark in (*story.stray, *(head.rest if head else ())) if mark.number not in inside), *text]
    byline_marks = [mark for stretch in story.stretches for mark in stretch.byline]
    breaks = [mark.number for mark in byline_marks if mark.sort is Sort.SPEAKER]
    body = repair(text, breaks, crosses)
    captions = [mark for stretch in story.stretches for mark in stretch.captions]
    picture_story = not text
    names = _names(byline_marks, text, captions if picture_story else ())
    title, supplied = _title(head, body, captions, story)
    units = [mark for stretch in story.stretches for mark in stretch.unit]
    standing = head.kicker if head and head.kicker and is_standing_head(head.kicker, head.title) else None
    draft = Draft(
        title=title,
        title_supplied=supplied,
        kicker=_printed(head.kicker if head and not standing else None),
        standing_head=_printed(standing),
        deck=_printed(head.deck if head else None),
        unit=_printed(units[0] if units else None),
        byline=names.people,
        byline_lines=tuple(names.lines),
        source=facts.source,
        date=facts.date,
        edition=facts.edition,
        page=facts.page,
        editor=facts.editor,
        url=facts.url,
        dateline=_dateline(text, facts.date),
        body=tuple(_paragraph(block) for block in body.blocks),
        captions=tuple(Printed(text=mark.line.text, line=mark.number) for mark in captions),
        doubts=_doubts(story, head, body, names, captions),
    )
    roles = _Roles(index)
    _head_roles(roles, head, story.rule)
    for mark in units:
        roles.add(mark, Role.UNIT)
    for mark in byline_marks:
        roles.add(mark, *((Role.PORTRAIT, Role.BYLINE) if mark.sort is Sort.SPEAKER else (Role.BYLINE,)))
    for block in body.blocks:
        _block_roles(roles, block, names)
    for mark in captions:
        roles.add(mark, Role.CAPTION, *((Role.BYLINE,) if mark.number in names.lines else ()))
    for stretch in story.stretches:
        for mark in stretch.continuation:
            roles.add(mark, Role.CONTINUATION)
    return Result(draft=draft, roles=tuple(roles.found.values()))


def aside_role(mark: Mark, owners: Mapping[int, int], draft: int | None = None) -> LineRole:
    """Return the role of a line outside all text. A repetition belongs to the article of the line that it repeats."""
    if mark.repeats is not None:
        draft = owners.get(mark.repeats)
    return LineRole(
        first=mark.number,
        last=mark.number,
        roles=(_ROLE_OF.get(mark.sort, Role.FURNITURE),),
        rule=mark.rule,
        draft=draft,
        repeats=mark.repeats,
    )


# Titles


def _head(lines: Sequence[Mark], known_title: str | None) -> Head | None:
    if not lines:
        return None
    if known_title:
        squeezed = _squeeze(known_title)
        for place, mark in enumerate(lines):
            if len(mark.folded) >= 4 and squeezed.endswith(_squeeze(mark.folded)):
                above, below = lines[:place], lines[place + 1 :]
                return Head(
                    kicker=above[-1] if above else None,
                    title=mark,
                    deck=below[0] if below else None,
                    rest=(*above[:-1], *below[1:]),
                )
    return arrange(lines)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _title(head: Head | None, body: Body, captions: Sequence[Mark], story: Story) -> tuple[Printed, bool]:
    if head is not None:
        return Printed(text=head.title.line.text, line=head.title.number), False
    marks = [mark for block in body.blocks if block.kind == "paragraph" for mark in block.marks[:1]]
    marks = marks or [block.marks[0] for block in body.blocks] or list(captions)
    marks = marks or [mark for stretch in story.stretches for mark in (*stretch.byline, *stretch.continuation)]
    first = next((mark for mark in marks if mark.line.length and re.search(r"\w", mark.folded)), marks[0])
    return Printed(text=supplied_title(first.line.text, first.folded), line=first.number), True


# People


def _names(byline: Sequence[Mark], text: Sequence[Mark], credited: Sequence[Mark]) -> _Names:
    """The first place that names somebody: byline, lead-in, picture credit, bylines inside, brackets at the end."""
    leads = [mark for mark in text if mark.sort is Sort.LEAD_IN][:1]
    inner = [mark for mark in text if mark.sort in {Sort.BYLINE, Sort.NAMES} or mark.rule == SECTION_NAMES]
    ends = [mark for mark in text if mark.sort is Sort.SIGN_OFF]
    last = [mark for mark in text if mark.sort is Sort.PARAGRAPH][-1:]
    for marks in (byline, leads, credited, inner, ends, last):
        people = [(mark, people_of(mark)) for mark in marks]
        if any(found for _mark, found in people):
            return _Names(
                people=tuple(person for _mark, found in people for person in found),
                lines={mark.number: None for mark, found in people if found},
            )
    return _Names()


def _dateline(text: Sequence[Mark], date: Printed | None) -> Dateline | None:
    lead_in = next((mark for mark in text if mark.sort is Sort.LEAD_IN), None)
    lead = parse_lead_in(lead_in.folded) if lead_in else None
    if lead is None or not lead.place:
        return None
    sent = None
    day = re.fullmatch(r"(?:(\d{1,2})月)?(\d{1,2})日", lead.date or "")
    if day and day[1] and date is not None:
        sent = f"{date.text[:4]}-{int(day[1]):02d}-{int(day[2]):02d}"
    return Dateline(place=lead.place, date=sent)


# Body


def _paragraph(block: Block) -> Paragraph:
    return Paragraph(
        kind=block.kind, parts=tuple(Printed(text=mark.line.text, line=mark.number) for mark in block.marks)
    )


def _printed(mark: Mark | None) -> Printed | None:
    return Printed(text=mark.line.text, line=mark.number) if mark is not None else None


# Roles


def _head_roles(roles: _Roles, head: Head | None, rule: str) -> None:
    if head is None:
        return
    roles.add(head.title, Role.HEADLINE, rule=rule)
    if head.kicker is not None:
        standing = is_standing_head(head.kicker, head.title)
        roles.add(
            head.kicker, Role.STANDING_HEAD if standing else Role.KICKER, rule="standing-head" if standing else rule
        )
    if head.deck is not None:
        roles.add(head.deck, Role.DECK, rule=rule)


def _block_roles(roles: _Roles, block: Block, names: _Names) -> None:
    if block.kind == "heading":
        roles.add(block.marks[0], Role.HEADING, rule=block.rule)
        return
    for place, mark in enumerate(block.marks):
        found = [Role.BODY]
        if mark.sort is Sort.LEAD_IN:
            lead = LEAD_IN.match(mark.folded[:220])
            if lead and lead["place"]:
                found.insert(0, Role.DATELINE)
        if mark.number in names.lines:
            found.insert(0, Role.BYLINE) if mark.sort is Sort.LEAD_IN else found.append(Role.BYLINE)
        rule = "column-break" if place else (block.rule if len(block.marks) == 1 else mark.rule)
        roles.add(mark, *found, rule=rule, joins=block.marks[place - 1].number if place else None)


def _doubts(story: Story, head: Head | None, body: Body, names: _Names, captions: Sequence[Mark]) -> tuple[Doubt, ...]:
    found: list[Doubt] = []
    if head is None:
        found.append(Doubt(code="untitled"))
    elif story.rule == "headline-by-words":
        found.append(Doubt(code="title-by-words", line=head.title.number, params={"overlap": story.overlap}))
    elif story.rule == "headline-inside-text":
        found.append(Doubt(code="title-inside-text", line=head.title.number))
    first = story.stretches[0]
    if first.continuation:
        found.append(Doubt(code="continued", line=first.continuation[0].number))
    found += [
        Doubt(code="parted-by-words", line=stretch.body[0].number)
        for stretch in story.stretches
        if stretch.opening == "words-part"
    ]
    found += [Doubt(code="headline-without-text", line=mark.number) for mark in story.stray]
    if not names.people:
        found.append(Doubt(code="no-byline"))
    found += [Doubt(code="caption-by-gap", line=mark.number) for mark in captions if mark.rule == "picture-gap"]
    if body.blocks and not captions and sum(len(m.line.text) for b in body.blocks for m in b.marks) < _BRIEF:
        found.append(Doubt(code="brief"))
    return (*found, *body.doubts)


def with_repetitions(results: Sequence[Result], aside: Iterable[Mark]) -> list[Result]:
    """Return the results, each with a doubt for every line that was left out as a repetition of one of its own."""
    owners = {role.first: place for place, result in enumerate(results) for role in result.roles}
    doubts: dict[int, list[Doubt]] = {}
    for mark in aside:
        if mark.repeats in owners:
            doubt = Doubt(code="repeated-line", line=mark.number, params={"other": mark.repeats})
            doubts.setdefault(owners[mark.repeats], []).append(doubt)
    return [
        replace(result, draft=replace(result.draft, doubts=(*result.draft.doubts, *doubts.get(place, ()))))
        for place, result in enumerate(results)
    ]


def line_roles(results: Iterable[Result], aside: Iterable[Mark], draft: int | None = None) -> tuple[LineRole, ...]:
    """Return the fate of every line, in the order of the dump; neighbouring furniture is told as one range."""
    roles = [role for result in results for role in result.roles]
    owners = {role.first: role.draft for role in roles if role.draft is not None}
    roles += [aside_role(mark, owners, draft if mark.sort is Sort.TRAILER else None) for mark in aside]
    merged: list[LineRole] = []
    for role in sorted(roles, key=lambda role: role.first):
        last = merged[-1] if merged else None
        if last is not None and role.roles == (Role.FURNITURE,) == last.roles and last.rule == role.rule:
            merged[-1] = LineRole(first=last.first, last=role.last, roles=last.roles, rule=last.rule)
        else:
            merged.append(role)
    return tuple(merged)
