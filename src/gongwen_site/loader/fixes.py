"""A reading and its fix file to the corrected reading: what a keeper says of a dump goes before what the rules say.

The operations are done in the order of the file, whole or not at all: where one cannot be, `FixError` says which and why.
Every line keeps a fate, and one that a fix decides names it as its rule.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from gongwen_site.chinese.typography import fold
from gongwen_site.errors import Diagnostic, FixError, Location, error
from gongwen_site.loader.sheets import OF_ARTICLE, TEXT, Desk, Fate, Sheet, put_together, take_apart
from gongwen_site.records.fixfile import (
    Drop,
    Fix,
    FixFile,
    Join,
    MakeArticle,
    Merge,
    Move,
    SetRole,
    SplitArticle,
    SplitParagraph,
)
from gongwen_site.records.reading import Paragraph, Printed, Reading, Role

_FOUND = 16
"""Characters of a line that a failed guard shows."""
_WHOLE_PAGE = frozenset({Role.SOURCE, Role.DATE, Role.TRAILER, Role.MASTHEAD, Role.EDITOR, Role.PAGE_CREDIT})
"""Roles that a line keeps when an article is made of the lines around it."""


def apply_fixes(reading: Reading, fixes: FixFile) -> Reading:
    """Return the reading with the corrections of its fix file. Raises `FixError` with the reasons why it cannot be."""
    if fixes.sha256 != reading.seed.sha256:
        place = Location(file=fixes.file, line=1)
        raise FixError(error("fix-other-dump", place, given=fixes.sha256[:12], actual=reading.seed.sha256))
    desk = take_apart(reading)
    problems = [problem for fix in fixes.fixes if (problem := _guard(desk, fixes.file, fix))]
    if problems:
        raise FixError(problems)
    for fix in fixes.fixes:
        _Bench(desk, fixes.file, fix).work()
    for sheet in desk.sheets:
        sheet.values = {**fixes.values, **sheet.values}
    return put_together(desk)


def _guard(desk: Desk, file: str, fix: Fix) -> Diagnostic | None:
    """Return why a line is not the one that a fix expects."""
    place = Location(file=file, line=fix.line)
    if fix.at not in desk.fates:
        return error("fix-line-blank", place, at=fix.at)
    raw = desk.reading.lines[fix.at - 1].strip()
    wanted = fold(fix.starts).strip()
    if fold(raw).startswith(wanted) or fold(desk.texts.get(fix.at, "")).startswith(wanted):
        return None
    found = desk.texts.get(fix.at) or raw
    return error("fix-guard", place, at=fix.at, starts=fix.starts, found=found[:_FOUND])


class _Bench:
    """One fix being done."""

    def __init__(self, desk: Desk, file: str, fix: Fix) -> None:
        self.desk, self.file, self.fix = desk, file, fix

    def refuse(self, code: str, **params: str | int) -> FixError:
        return FixError(error(code, Location(file=self.file, line=self.fix.line), **params))

    def work(self) -> None:
        """Do the fix. Raises `FixError`."""
        fix, desk = self.fix, self.desk
        if fix.act is not None:
            if desk.reading.rows is not None and not isinstance(fix.act, Drop):
                raise self.refuse("fix-table")
            lines = desk.numbers(fix.at, fix.through or fix.at)
            self.alone(lines)
            desk.touched.update(lines)
        match fix.act:
            case SetRole(roles=roles, into=into):
                self.set_role(lines, roles, into)
            case Drop(reason=reason):
                self.drop(lines, reason)
            case MakeArticle(ranges=ranges):
                self.make_article(ranges)
            case Join(to=to):
                self.join(to)
            case SplitParagraph(before=before):
                self.split_paragraph(before)
            case SplitArticle():
                self.split_article()
            case Merge(into=into):
                self.merge(into)
            case Move(into=into, after=after):
                self.move(lines, into, after)
        if fix.note is not None:
            for fate in desk.fates[fix.at]:
                fate.note = fix.note
        if fix.values or fix.confirm:
            sheet = self.sheet_of(fix.at)
            sheet.values |= fix.values
            sheet.value_lines |= dict.fromkeys(fix.values, fix.at)
            sheet.settled |= set(fix.confirm)

    # What a fix speaks of

    def alone(self, lines: Iterable[int]) -> None:
        """Refuse a line on which several articles stand: it cannot be moved whole."""
        for line in lines:
            if len(self.desk.fates[line]) > 1:
                raise self.refuse("fix-line-shared", at=line)

    def sheet_of(self, line: int) -> Sheet:
        if line not in self.desk.fates:
            raise self.refuse("fix-line-blank", at=line)
        sheet = self.desk.fates[line][0].sheet
        if sheet is None:
            raise self.refuse("fix-no-article", at=line)
        return sheet

    def block_of(self, sheet: Sheet, line: int, *, last: bool = False) -> int:
        place = sheet.block_of(line, last=last)
        if place is None:
            raise self.refuse("fix-no-paragraph", at=line)
        return place

    # The acts

    def set_role(self, lines: list[int], roles: tuple[Role, ...], into: int | None) -> None:
        of_article = bool(OF_ARTICLE & set(roles))
        for line in lines:
            before = self.desk.fates[line][0].sheet
            target = self.sheet_of(into) if into is not None else before
            if target is None and of_article:
                raise self.refuse("fix-no-article", at=line)
            words = self.desk.take(line)
            if of_article and target is not None:
                self.desk.put(target, line, words, Fate(roles, "fix-role", target))
            else:
                self.desk.fates[line] = [Fate(roles, "fix-role", None)]
            if before is not None:
                self.desk.give_rest(before, target if target is not before else None, "fix-role")

    def drop(self, lines: list[int], reason: str) -> None:
        for line in lines:
            before = self.desk.fates[line][0].sheet
            self.desk.take(line)
            self.desk.fates[line] = [Fate((Role.DROPPED,), "fix-drop", None, note=reason)]
            if before is not None:
                self.desk.give_rest(before, None, "fix-drop")

    def make_article(self, ranges: tuple[tuple[int, int], ...]) -> None:
        desk = self.desk
        lines = [line for first, last in ranges for line in desk.numbers(first, last)]
        for first, last in ranges:
            if not desk.numbers(first, last):
                raise self.refuse("fix-line-blank", at=first)
        if self.fix.at not in lines:
            raise self.refuse("fix-guard-outside", at=self.fix.at)
        self.alone(lines)
        before = [sheet for line in lines if (sheet := desk.fates[line][0].sheet) is not None]
        base = Counter(before).most_common(1)[0][0] if before else None
        joined = {
            (a.line, b.line)
            for sheet in set(before)
            for block in sheet.body
            for a, b in zip(block.parts, block.parts[1:], strict=False)
        }
        sheet = desk.new_sheet(base)
        last_line = None
        for line in lines:
            fate = desk.fates[line][0]
            roles = _kept_roles(fate)
            if not (OF_ARTICLE & set(roles)):
                fate.sheet = sheet if fate.sheet is not None else None
                continue
            words = desk.take(line)
            desk.put(sheet, line, words, Fate(roles, "fix-article", sheet), after=last_line)
            if last_line is not None and (last_line, line) in joined:
                _join(sheet, self.block_of(sheet, last_line, last=True), self.block_of(sheet, line))
            if set(roles) & {Role.BODY, Role.HEADING}:
                last_line = line
        for other in dict.fromkeys(before):
            desk.give_rest(other, sheet, "fix-article")
        if not sheet.has_text() and "title" not in sheet.heads:
            raise self.refuse("fix-article-empty")
        sheet.settled.add("sections-reordered")

    def join(self, to: int) -> None:
        sheet = self.sheet_of(self.fix.at)
        if self.sheet_of(to) is not sheet:
            raise self.refuse("fix-two-articles", at=self.fix.at, other=to)
        first, second = self.block_of(sheet, to, last=True), self.block_of(sheet, self.fix.at)
        if first == second:
            return  # joined already: the rules have come to agree
        for part in sheet.body[first].parts + sheet.body[second].parts:
            fate = self.desk.fates[part.line][0]
            if Role.HEADING in fate.roles:
                fate.roles, fate.rule = (Role.BODY,), "fix-join"
        self.desk.fates[self.fix.at][0].rule = "fix-join"
        self.desk.touched.add(to)
        _join(sheet, first, second)

    def split_paragraph(self, before: str | None) -> None:
        line = self.fix.at
        sheet = self.sheet_of(line)
        place = self.block_of(sheet, line)
        parts = sheet.body[place].parts
        number = next(index for index, part in enumerate(parts) if part.line == line)
        if before is not None:
            text = parts[number].text
            cut = fold(text).find(fold(before))
            if cut < 0:
                raise self.refuse("fix-words-missing", at=line, words=before)
            if cut > 0:
                halves = (Printed(text=text[:cut].rstrip(), line=line), Printed(text=text[cut:], line=line))
                parts = (*parts[:number], *halves, *parts[number + 1 :])
                number += 1
        self.desk.fates[line][0].rule = "fix-split"
        if number == 0:
            return  # a paragraph begins here already: the rules have come to agree
        block = sheet.body[place]
        sheet.body[place : place + 1] = [replace(block, parts=parts[:number]), replace(block, parts=parts[number:])]
        sheet.is_changed = True

    def split_article(self) -> None:
        desk, line = self.desk, self.fix.at
        sheet = self.sheet_of(line)
        place = sheet.block_of(line)
        if place is None and not any(caption.line == line for caption in sheet.captions):
            raise self.refuse("fix-no-paragraph", at=line)
        if place is not None and sheet.body[place].parts[0].line != line:
            self.split_paragraph(None)
            place += 1
        tail = sheet.body[place:] if place is not None else []
        if place == 0 or (place is None and not sheet.body and sheet.captions[0].line == line):
            raise self.refuse("fix-split-at-start", at=line)
        last = max([line, *(part.line for block in tail for part in block.parts)])
        new = desk.new_sheet(sheet)
        new.body = list(tail)
        del sheet.body[len(sheet.body) - len(tail) :]
        new.captions = [caption for caption in sheet.captions if caption.line >= line]
        sheet.captions = [caption for caption in sheet.captions if caption.line < line]
        moved = {part.line for block in tail for part in block.parts} | {caption.line for caption in new.captions}
        signed = {number for number in sheet.byline_lines if number in moved or line <= number <= last}
        new.byline_lines = sorted(signed)
        sheet.byline_lines = [number for number in sheet.byline_lines if number not in signed]
        sheet.is_changed = True
        others = {number for number in desk.lines_of(sheet) if line <= number <= last and not _is_text(desk, number)}
        for name, printed in list(sheet.heads.items()):
            if printed.line in others:
                new.heads[name] = sheet.heads.pop(name)
        for number in moved | signed | others:
            desk.fates[number][0].sheet, desk.fates[number][0].rule = new, "fix-split"
        if "title" not in new.heads and new.body and new.body[0].kind == "heading" and len(new.body) > 1:
            head = new.body.pop(0).parts[0]
            new.heads["title"] = head
            desk.fates[head.line] = [Fate((Role.HEADLINE,), "fix-split", new)]

    def merge(self, into: int) -> None:
        desk = self.desk
        sheet, target = self.sheet_of(self.fix.at), self.sheet_of(into)
        if sheet is target:
            return
        lines = desk.lines_of(sheet)
        self.alone(lines)
        heads = sorted(sheet.heads.values(), key=lambda printed: printed.line)
        target.body += [Paragraph(kind="heading", parts=(printed,)) for printed in heads] + sheet.body
        target.captions = sorted((*target.captions, *sheet.captions), key=lambda printed: printed.line)
        target.byline_lines = sorted({*target.byline_lines, *sheet.byline_lines})
        target.is_changed = True
        for line in lines:
            fate = desk.fates[line][0]
            fate.sheet, fate.rule = target, "fix-merge"
        for printed in heads:
            desk.fates[printed.line][0].roles = (Role.HEADING,)
        desk.sheets.remove(sheet)

    def move(self, lines: list[int], into: int, after: int | None) -> None:
        target = self.sheet_of(into)
        if after is not None:
            if self.sheet_of(after) is not target:
                raise self.refuse("fix-two-articles", at=into, other=after)
            self.block_of(target, after)
            if after in lines:
                raise self.refuse("fix-move-after-itself", at=after)
        for line in lines:
            before = self.desk.fates[line][0].sheet
            roles = self.desk.fates[line][0].roles
            roles = roles if OF_ARTICLE & set(roles) else (Role.BODY,)
            words = self.desk.take(line)
            self.desk.put(target, line, words, Fate(roles, "fix-move", target), after=after)
            after = line if after is not None and set(roles) & {Role.BODY, Role.HEADING} else after
            if before is not None:
                self.desk.give_rest(before, target if target is not before else None, "fix-move")


def _join(sheet: Sheet, first: int, second: int) -> None:
    """Make two paragraphs of a body one, at the place of the first."""
    joined = Paragraph(kind="paragraph", parts=sheet.body[first].parts + sheet.body[second].parts)
    sheet.body[first] = joined
    del sheet.body[second]
    sheet.is_changed = True


def _is_text(desk: Desk, line: int) -> bool:
    return bool(TEXT & set(desk.fates[line][0].roles))


def _kept_roles(fate: Fate) -> tuple[Role, ...]:
    """Return what a line is in an article that is made of it: what it was, or text."""
    roles = set(fate.roles)
    if roles & (OF_ARTICLE | _WHOLE_PAGE | {Role.REPEATED, Role.DROPPED}):
        return fate.roles
    return (Role.BODY,)
