"""A reading taken apart for a keeper's corrections, and put together again.

`Desk` holds one `Sheet` an article and one `Fate` a line; `loader.fixes` moves lines between them. Whatever is moved, every
line keeps exactly one fate, and an article that no correction touches comes back as it was.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Literal

from gongwen_site.chinese.typography import fold
from gongwen_site.loader import bylines
from gongwen_site.loader.formats.html.markup import unescape
from gongwen_site.loader.layout import lay_out
from gongwen_site.loader.supplied import supplied_title
from gongwen_site.records.article import Dateline, Person
from gongwen_site.records.given import TAGGED, subject_of
from gongwen_site.records.reading import Doubt, Draft, Given, LineRole, Paragraph, Printed, Reading, Role

HEADS = {
    Role.HEADLINE: "title",
    Role.KICKER: "kicker",
    Role.DECK: "deck",
    Role.STANDING_HEAD: "standing_head",
    Role.UNIT: "unit",
}
"""Roles of lines of which an article has one each, and the part of a draft that each fills."""
TEXT = frozenset({Role.BODY, Role.HEADING, Role.CAPTION})
OF_ARTICLE = TEXT | HEADS.keys() | {Role.BYLINE, Role.DATELINE, Role.PORTRAIT, Role.CONTINUATION}
_BYLINES = frozenset({Role.BYLINE, Role.PORTRAIT})
_BRIEF = 60


@dataclass(slots=True, eq=False)
class Sheet:
    """One article under correction. `heads` are its printed head lines; `draft` is where the rest comes from."""

    draft: Draft
    heads: dict[str, Printed] = field(default_factory=dict)
    body: list[Paragraph] = field(default_factory=list)
    captions: list[Printed] = field(default_factory=list)
    byline_lines: list[int] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    value_lines: dict[str, int] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    is_changed: bool = False
    is_new: bool = False

    def has_text(self) -> bool:
        return bool(self.body or self.captions)

    def block_of(self, line: int, *, last: bool = False) -> int | None:
        """Return the place in the body of the first paragraph with words of `line`, or of the last one."""
        places = [place for place, block in enumerate(self.body) if any(part.line == line for part in block.parts)]
        return (places[-1] if last else places[0]) if places else None

    def insert(self, block: Paragraph, after: int | None = None) -> None:
        """Put a paragraph behind that of line `after`, or else at its place by the number of its line."""
        self.is_changed = True
        if after is not None:
            place = self.block_of(after, last=True)
        else:
            line = block.parts[0].line
            earlier = [(part.line, i) for i, b in enumerate(self.body) for part in b.parts if part.line <= line]
            place = max(earlier)[1] if earlier else None
        self.body.insert(0 if place is None else place + 1, block)

    def insert_caption(self, caption: Printed) -> None:
        """Put a caption at its place by the number of its line."""
        self.is_changed = True
        self.captions.append(caption)
        self.captions.sort(key=lambda printed: printed.line)


@dataclass(slots=True, eq=False)
class Fate:
    """What becomes of one line: a `LineRole` in the making."""

    roles: tuple[Role, ...]
    rule: str
    sheet: Sheet | None
    joins: int | None = None
    repeats: int | None = None
    note: str | None = None


@dataclass(slots=True)
class Desk:
    """A reading taken apart. A line of markup on which several articles stand has several fates."""

    reading: Reading
    sheets: list[Sheet]
    fates: dict[int, list[Fate]]
    texts: dict[int, str]
    touched: set[int] = field(default_factory=set)

    def lines_of(self, sheet: Sheet) -> list[int]:
        """Return the numbers of the lines of an article, in the order of the dump."""
        return [line for line, fates in self.fates.items() if any(fate.sheet is sheet for fate in fates)]

    def numbers(self, first: int, last: int) -> list[int]:
        """Return the numbers of the lines with words from `first` to `last`."""
        return [line for line in range(first, last + 1) if line in self.fates]

    def take(self, line: int) -> list[Printed]:
        """Take the words of a line out of the article that has them; return them, in reading order."""
        sheet = self.fates[line][0].sheet
        if sheet is None:
            return [Printed(text=self.texts[line], line=line)]
        sheet.is_changed = True
        taken = []
        for name, printed in list(sheet.heads.items()):
            if printed.line == line:
                taken.append(sheet.heads.pop(name))
        body = []
        for block in sheet.body:
            taken += [part for part in block.parts if part.line == line]
            left = tuple(part for part in block.parts if part.line != line)
            if left:
                body.append(replace(block, parts=left))
        sheet.body = body
        taken += [caption for caption in sheet.captions if caption.line == line]
        sheet.captions = [caption for caption in sheet.captions if caption.line != line]
        sheet.byline_lines = [number for number in sheet.byline_lines if number != line]
        return taken or [Printed(text=self.texts[line], line=line)]

    def put(self, sheet: Sheet, line: int, words: Sequence[Printed], fate: Fate, *, after: int | None = None) -> None:
        """Give the words of a line to an article, as the roles of its fate say. A head line in its way is a heading then."""
        sheet.is_changed = True
        self.fates[line] = [fate]
        fate.sheet = sheet
        roles = set(fate.roles)
        head = next((name for role, name in HEADS.items() if role in roles), None)
        if head is not None:
            before = sheet.heads.get(head)
            sheet.heads[head] = Printed(text=" ".join(part.text for part in words), line=line)
            if before is not None and before.line != line:
                self.as_heading(sheet, before)
        elif Role.CAPTION in roles:
            for part in words:
                sheet.insert_caption(part)
        elif roles & {Role.BODY, Role.HEADING}:
            kind: Literal["paragraph", "heading"] = "heading" if Role.HEADING in roles else "paragraph"
            for part in words:
                sheet.insert(Paragraph(kind=kind, parts=(part,)), after)
                after = part.line if after is not None else None
        if roles & _BYLINES:
            sheet.byline_lines = sorted({*sheet.byline_lines, line})

    def as_heading(self, sheet: Sheet, printed: Printed, rule: str = "fix-role") -> None:
        """Make a head line that is none any more a heading of the body."""
        self.fates[printed.line] = [Fate((Role.HEADING,), rule, sheet)]
        sheet.insert(Paragraph(kind="heading", parts=(printed,)))

    def give_rest(self, sheet: Sheet, to: Sheet | None, rule: str) -> None:
        """Close an article that has no text left: what else it has goes to another, if one took its text.

        A headline alone stays an article, as in a reading by rules; a byline alone is none.
        """
        if sheet.has_text() or sheet not in self.sheets:
            return
        if to is None and "title" in sheet.heads:
            return
        for line in self.lines_of(sheet):
            for fate in self.fates[line]:
                if fate.sheet is not sheet:
                    continue
                if to is None:
                    fate.roles, fate.rule, fate.sheet = (Role.FURNITURE,), "fix-left-over", None
                else:
                    fate.sheet, fate.rule = to, rule
        if to is not None:
            for name, printed in sheet.heads.items():
                if name in to.heads:
                    self.as_heading(to, printed, rule)
                else:
                    to.heads[name] = printed
            to.byline_lines = sorted({*to.byline_lines, *sheet.byline_lines})
            to.is_changed = True
        self.sheets.remove(sheet)

    def new_sheet(self, base: Sheet | None) -> Sheet:
        """Start an article next to another, of the same day, paper and page."""
        draft = Draft(title=Printed(text="", line=1))
        if base is not None:
            of = base.draft
            draft = replace(draft, source=of.source, date=of.date, edition=of.edition, page=of.page, url=of.url)
        sheet = Sheet(draft=draft, is_changed=True, is_new=True)
        self.sheets.insert(self.sheets.index(base) + 1 if base in self.sheets else len(self.sheets), sheet)
        return sheet


def take_apart(reading: Reading) -> Desk:
    """Return a reading as a desk."""
    sheets = [
        Sheet(
            draft=draft,
            heads={
                name: printed
                for name in HEADS.values()
                if (printed := getattr(draft, name)) is not None and not (name == "title" and draft.title_supplied)
            },
            body=list(draft.body),
            captions=list(draft.captions),
            byline_lines=list(draft.byline_lines),
        )
        for draft in reading.drafts
    ]
    lines = reading.lines
    fates: dict[int, list[Fate]] = {}
    for role in reading.line_roles:
        sheet = None if role.draft is None else sheets[role.draft]
        for number in range(role.first, min(role.last, len(lines)) + 1):
            if lines[number - 1].strip():
                fate = Fate(role.roles, role.rule, sheet, role.joins, role.repeats, role.note)
                fates.setdefault(number, []).append(fate)
    return Desk(reading=reading, sheets=sheets, fates=dict(sorted(fates.items())), texts=line_texts(reading))


def line_texts(reading: Reading) -> dict[int, str]:
    """Return the words of every line as an article would have them."""
    if reading.rows is not None:
        return dict(enumerate(reading.rows, 1))
    texts = {line.number: line.text for line in lay_out(reading.seed.text)}
    if PurePosixPath(reading.seed.path).suffix.lower() in {".html", ".htm"}:
        texts = {line: unescape(re.sub(r"<[^<>]*>", "", text)).strip() for line, text in texts.items()}
    return texts


def put_together(desk: Desk) -> Reading:
    """Return the reading that a desk holds."""
    pool = _doubts_by_sheet(desk)
    drafts = tuple(_draft(desk, sheet, pool.get(id(sheet), [])) for sheet in desk.sheets)
    index = {id(sheet): place for place, sheet in enumerate(desk.sheets)}
    changed = {id(sheet) for sheet in desk.sheets if sheet.is_changed}
    joins = {after: before for sheet in desk.sheets if sheet.is_changed for before, after in _joins(sheet)}
    roles: list[LineRole] = []
    for line, fates in desk.fates.items():
        for fate in fates:
            if id(fate.sheet) in changed:
                fate.joins = joins.get(line)
            if fate.repeats is not None and fate.repeats in desk.fates:
                fate.sheet = desk.fates[fate.repeats][0].sheet
            owner = index.get(id(fate.sheet)) if fate.sheet is not None else None
            role = LineRole(
                first=line,
                last=line,
                roles=fate.roles,
                rule=fate.rule,
                draft=owner,
                joins=fate.joins,
                repeats=fate.repeats,
                note=fate.note,
            )
            _append(roles, role)
    return replace(desk.reading, drafts=drafts, line_roles=tuple(roles))


def _joins(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for block in sheet.body:
        for before, after in itertools.pairwise(block.parts):
            if before.line != after.line:
                yield before.line, after.line


_RUNS = frozenset({Role.FURNITURE, Role.TRAILER, Role.UNREADABLE, Role.DROPPED})


def _append(roles: list[LineRole], role: LineRole) -> None:
    """Append the fate of a line; neighbouring lines that are no text and of one fate are told as one range."""
    last = roles[-1] if roles else None
    if (
        last is not None
        and set(role.roles) <= _RUNS
        and replace(role, first=last.first) == replace(last, last=role.last)
    ):
        roles[-1] = replace(last, last=role.last)
    else:
        roles.append(role)


def _doubts_by_sheet(desk: Desk) -> dict[int, list[Doubt]]:
    """Return the doubts that are left, each with the article that now has its line."""
    found: dict[int, list[Doubt]] = {}
    alive = {id(sheet) for sheet in desk.sheets}
    owners = {line: fates[0].sheet for line, fates in desk.fates.items() if len(fates) == 1}
    drafts = {id(draft): draft for draft in desk.reading.drafts}
    sheet_of = {id(sheet.draft): sheet for sheet in desk.sheets if id(sheet.draft) in drafts}
    for draft in desk.reading.drafts:
        for doubt in draft.doubts:
            sheet = sheet_of.get(id(draft))
            if doubt.line is not None and (sheet is None or sheet.is_changed):
                sheet = owners.get(doubt.line, sheet)
            if sheet is None or id(sheet) not in alive:
                continue
            lines = {doubt.line, doubt.params.get("other")}
            if doubt.code in sheet.settled or lines & desk.touched:
                continue
            found.setdefault(id(sheet), []).append(doubt)
    return found


def _draft(desk: Desk, sheet: Sheet, doubts: list[Doubt]) -> Draft:
    draft = _reassembled(desk, sheet) if sheet.is_changed else sheet.draft
    if not sheet.is_changed and not sheet.values and not sheet.settled:
        return replace(draft, doubts=tuple(doubts))
    values = dict(sheet.values)
    line = sheet.value_lines
    changes: dict[str, Any] = {}
    if "title" in values:
        changes["title"] = Printed(text=values["title"], line=line["title"])
        changes["title_supplied"] = values["title_supplied"]
    for name in ("kicker", "deck", "standing_head", "edition", "page", "editor", "url", "source", "date"):
        if name in values:
            text = values[name]
            changes[name] = None if text is None else Printed(text=text, line=line.get(name, 0))
    if "byline" in values:
        changes["byline"] = values["byline"] or ()
    given = Given(
        values={name: values[name] for name in TAGGED if name in values},
        lines={name: line[name] for name in TAGGED if name in line},
        settled=frozenset(sheet.settled),
    )
    draft = replace(draft, **changes, given=given)
    return replace(draft, doubts=tuple(_left(sheet, draft, doubts)))


def _left(sheet: Sheet, draft: Draft, doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """Yield what is still doubtful about a corrected article."""
    given = sheet.values.keys()
    first = draft.body[0].parts[0].line if draft.body else None
    last = draft.body[-1].parts[-1].line if draft.body else None
    doubts = list(doubts)
    codes = {doubt.code for doubt in doubts}
    if sheet.is_changed and draft.title_supplied and "untitled" not in codes | sheet.settled and "title" not in given:
        yield Doubt(code="untitled")
    if sheet.is_changed and not draft.byline and "no-byline" not in codes | sheet.settled and "byline" not in given:
        yield Doubt(code="no-byline")
    for doubt in doubts:
        gone = (
            subject_of(doubt.code) in given
            or (doubt.code == "untitled" and not draft.title_supplied)
            or (doubt.code == "no-byline" and draft.byline)
            or (doubt.code == "starts-mid-sentence" and doubt.line != first)
            or (doubt.code == "ends-mid-sentence" and doubt.line != last)
            or (doubt.code == "brief" and sum(len(block.text) for block in draft.body) >= _BRIEF)
        )
        if not gone:
            yield doubt


def _reassembled(desk: Desk, sheet: Sheet) -> Draft:
    draft = sheet.draft
    title, supplied = _title(desk, sheet)
    kept: dict[str, Any] = {name: sheet.heads.get(name) for name in HEADS.values() if name != "title"}
    people = draft.byline
    if sheet.byline_lines != list(draft.byline_lines):
        people = tuple(dict.fromkeys(who for line in sheet.byline_lines for who in _people(desk.texts[line])))
    return replace(
        draft,
        **kept,
        title=title,
        title_supplied=supplied,
        byline=people,
        byline_lines=tuple(sheet.byline_lines),
        dateline=_dateline(desk, sheet),
        body=tuple(sheet.body),
        captions=tuple(sheet.captions),
    )


def _title(desk: Desk, sheet: Sheet) -> tuple[Printed, bool]:
    if "title" in sheet.heads:
        return sheet.heads["title"], False
    blocks = [block for block in sheet.body if block.kind == "paragraph"] or sheet.body
    parts = [block.parts[0] for block in blocks] or sheet.captions
    before = sheet.draft
    if before.title_supplied and any(part.line == before.title.line for part in parts):
        return before.title, True
    if not parts:
        line = min(desk.lines_of(sheet), default=1)
        parts = [Printed(text=desk.texts.get(line, ""), line=line)]
    first = next((part for part in parts if re.search(r"\w", part.text)), parts[0])
    return Printed(text=supplied_title(first.text, fold(first.text)), line=first.line), True


def _people(text: str) -> tuple[Person, ...]:
    """Return the people whom a line names, a keeper having said that it names some."""
    folded = fold(text)
    if people := bylines.parse_byline(folded):
        return people
    lead = bylines.parse_lead_in(folded)
    if lead is not None and lead.people:
        return lead.people
    if speaker := bylines.parse_speaker(folded):
        return (speaker,)
    for parse in (bylines.parse_credit, bylines.parse_signature, bylines.parse_names):
        if people := parse(folded):
            return people
    return (Person(name=" ".join(text.split())),) if len(text) <= 24 else ()


def _dateline(desk: Desk, sheet: Sheet) -> Dateline | None:
    lines = [line for line in desk.lines_of(sheet) if any(Role.DATELINE in fate.roles for fate in desk.fates[line])]
    if sheet.draft.dateline is not None or not lines:
        return sheet.draft.dateline if lines else None
    lead = bylines.parse_lead_in(fold(desk.texts[lines[0]]))
    return Dateline(place=lead.place) if lead is not None and lead.place else None
