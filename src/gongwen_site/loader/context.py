"""Marks to marks: the second look, at each line among its neighbours. One pass a function, in a fixed order."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader import bylines
from gongwen_site.loader.headlines import has_tag
from gongwen_site.loader.layout import Line, usual_gap
from gongwen_site.loader.lines import HEADLINE_LENGTH
from gongwen_site.loader.marks import BYLINES, Mark, Sort
from gongwen_site.loader.sentences import WordCrossing, begins_inside, dangles, ends_sentence, is_open, unbalanced
from gongwen_site.records.article import Person

PICTURE_GAP = 2
"""Blank lines beyond the usual that show where a picture stood."""

_UNIT = re.compile(
    rf"^[{HAN}]{{2,16}}(?:省|市|区|县|州|盟|旗|公司|集团|总工会|工会|局|厅|委|委员会|大学|学院|医院|协会|中心|办公室)$"
)
_SPACED_NAME = re.compile(rf"^[{HAN}]\s+[{HAN}]$")
_LIST_LENGTH = 3  # numbered items that make a list
_REPETITION = 20  # characters: shorter lines repeat by chance
_CAPTION_LENGTH = 170
_TIGHT_HEADS = 2  # headlines with their names right below them that show how a page sets them
_BARE_CREDIT = 24  # characters: a picture's credit on a line of its own
_REPORT = 4  # paragraphs of a report around a picture
_ABOUT_PICTURE = re.compile(r"^(?:图为|上图|下图|左图|右图|这是)")
_SUMMARY = 36  # characters
SUMMARY = "summary"
_CLAUSES = 2  # commas that no heading has
_LONG_CLAUSE = 28  # characters that no heading with a comma has
_HELPERS = re.compile(r"参与|采写|整理|编译|摘编|来源")
SECTION_NAMES = "section-names"
PICTURE_REPORT = "picture-report"
_STORY_CAPTION = 60  # without a gap to show the picture, the caption of a story of its own is this long


def in_context(marks: Sequence[Mark], crosses: WordCrossing) -> tuple[Mark, ...]:
    """Return the marks as their neighbours make them."""
    usual = usual_gap(mark.line for mark in marks)
    found = list(marks)
    _repeated(found)
    _item_lists(found)
    _kickers(found, usual)
    _fragments(found, crosses)
    _summaries(found, usual)
    _clauses(found, usual)
    _questions(found)
    _names(found, crosses, usual)
    _section_names(found, usual)
    _units(found)
    _reports_in_pictures(found)
    _pictures(found, usual)
    _list_pictures(found)
    return tuple(found)


def is_picture_gap(line: Line, usual: int) -> bool:
    """Return whether more blank lines than usual stand before the line: a picture stood there."""
    return line.gap >= max(PICTURE_GAP, usual + 1)


def fills_picture_gap(marks: Sequence[Mark], index: int, usual: int) -> bool:
    """Return whether the line is the caption of a picture whose place it stands in: the gap below it is no other's."""
    mark = marks[index]
    return index >= 0 and mark.sort is Sort.CAPTION and is_picture_gap(mark.line, usual)


def _set(marks: list[Mark], index: int, sort: Sort, rule: str) -> None:
    marks[index] = replace(marks[index], sort=sort, rule=rule)


def _at(marks: Sequence[Mark], index: int) -> Mark | None:
    return marks[index] if 0 <= index < len(marks) else None


def _repeated(marks: list[Mark]) -> None:
    seen: dict[str, int] = {}
    for index, mark in enumerate(marks):
        if mark.sort not in {Sort.PARAGRAPH, Sort.LEAD_IN, Sort.CAPTION} or mark.line.length <= _REPETITION:
            continue
        first = seen.setdefault(mark.line.text, mark.number)
        if first != mark.number:
            marks[index] = replace(mark, sort=Sort.REPEATED, rule="repeated-line", repeats=first)


def _item_lists(marks: list[Mark]) -> None:
    """Numbered lines are headings only where three of them count on from one another."""
    places = [index for index, mark in enumerate(marks) if mark.sort is Sort.ITEM]
    counted: set[int] = set()
    run: list[int] = []
    for index in places:
        if run and marks[index].ordinal != (marks[run[-1]].ordinal or 0) + 1:
            run = []
        run.append(index)
        if len(run) >= _LIST_LENGTH:
            counted.update(run)
    for index in places:
        if index not in counted:
            short = marks[index].line.length <= HEADLINE_LENGTH
            _set(marks, index, Sort.SHORT if short else Sort.PARAGRAPH, "short-line" if short else "running-text")


def _summaries(marks: list[Mark], usual: int) -> None:
    """A sentence of three clauses set apart above the text, its full stop left out, sums the text up: it is no headline."""
    for index, mark in enumerate(marks[:-1]):
        below = marks[index + 1]
        long = mark.line.length >= _SUMMARY and mark.folded.count(",") >= 2 and " " not in mark.folded
        apart = mark.line.gap >= usual and below.line.gap >= usual
        above = _at(marks, index - 1)
        headed = above is not None and above.sort in {Sort.SHORT, *BYLINES}
        if mark.sort is Sort.SHORT and long and apart and headed and below.sort in {Sort.PARAGRAPH, Sort.SHORT}:
            _set(marks, index, Sort.PARAGRAPH, SUMMARY)


def _clauses(marks: list[Mark], usual: int) -> None:
    """Several clauses above a paragraph, or a long one with a comma, are its first half rather than its heading."""
    for index, mark in enumerate(marks[:-1]):
        below, above = marks[index + 1], _at(marks, index - 1)
        if mark.sort is not Sort.SHORT or below.sort is not Sort.PARAGRAPH:
            continue
        commas = mark.folded.count(",")
        wordy = commas >= _CLAUSES or (commas > 0 and mark.line.length >= _LONG_CLAUSE)
        headline = has_tag(mark.folded) or " " in mark.folded or mark.folded.endswith("——")
        inside = above is not None and above.sort in {Sort.PARAGRAPH, Sort.LEAD_IN, *BYLINES} and mark.line.gap >= usual
        if wordy and inside and not headline:
            _set(marks, index, Sort.PARAGRAPH, "column-fragment")


def _fragments(marks: list[Mark], crosses: WordCrossing) -> None:
    """A short line that runs on into the next paragraph, or that goes on from the last, is a piece of a column."""
    for index, mark in enumerate(marks):
        after, before = _at(marks, index + 1), _at(marks, index - 1)
        if mark.sort is Sort.SHORT and after is not None and after.sort is Sort.PARAGRAPH:
            text = mark.folded
            runs_on = crosses.goes_on(text, after.folded) or begins_inside(after.folded) or dangles(text)
            if runs_on and not text.endswith("——"):
                _set(marks, index, Sort.PARAGRAPH, "column-fragment")
        elif mark.sort is Sort.SHORT and before is not None and before.sort is Sort.PARAGRAPH:
            open_before = before.line.length > HEADLINE_LENGTH and is_open(before.folded)
            alone = after is None or after.sort in {Sort.PARAGRAPH, Sort.CAPTION, Sort.COLOPHON}
            goes_on = alone and "," in mark.folded and not has_tag(mark.folded) and " " not in mark.folded
            if open_before and (goes_on or crosses(before.folded, mark.folded)):
                _set(marks, index, Sort.PARAGRAPH, "column-fragment")


def _kickers(marks: list[Mark], usual: int) -> None:
    """A line that opens like a sentence, has no end, and stands close above a headline is that headline's kicker."""
    for index, mark in enumerate(marks[:-1]):
        below = marks[index + 1]
        close = below.sort is Sort.SHORT and below.line.gap < usual
        if mark.sort is Sort.PARAGRAPH and close and mark.line.length <= HEADLINE_LENGTH and is_open(mark.folded):
            _set(marks, index, Sort.SHORT, "kicker-above")


def _questions(marks: list[Mark]) -> None:
    """A short question or exclamation directly above a byline is a headline."""
    for index, mark in enumerate(marks[:-1]):
        if mark.sort is not Sort.PARAGRAPH or not 6 <= mark.line.length <= 32 or unbalanced(mark.folded):
            continue
        before = _at(marks, index - 1)
        opens = before is None or before.sort in {Sort.SHORT, Sort.SIGN_OFF, Sort.COLOPHON, Sort.MASTHEAD, *BYLINES}
        below = marks[index + 1].sort
        if mark.folded.endswith(("?", "!")) and (
            below in {Sort.BYLINE, Sort.LEAD_IN} or (opens and below is Sort.NAMES)
        ):
            _set(marks, index, Sort.SHORT, "question-headline")


def _names(marks: list[Mark], words: WordCrossing, usual: int) -> None:
    """Names alone are a byline only at an article's edge; inside an open sentence they are its words."""
    for index, mark in enumerate(marks):
        before, after = _at(marks, index - 1), _at(marks, index + 1)
        squeezed = "".join(mark.folded.split())
        if mark.sort is Sort.NAMES:
            open_before = before is not None and before.sort is Sort.PARAGRAPH and is_open(before.folded)
            # A text cut short may be signed: its names then stand before nothing that could go on with them.
            signs = mark.folded != squeezed or after is None or not words(mark.folded, after.folded)
            if open_before and (not signs or (before is not None and words(before.folded, mark.folded))):
                _set(marks, index, Sort.PARAGRAPH, "column-fragment")
            elif len(squeezed) == 2 and words.is_word(squeezed):
                _set(marks, index, Sort.SHORT, "short-line")
        elif mark.sort is Sort.SHORT and _SPACED_NAME.match(mark.folded) and before is not None:
            below_title = before.sort is Sort.SHORT and (after is None or after.sort is Sort.PARAGRAPH)
            ends_text = before.sort is not Sort.SHORT and _edge(marks, index + 1)
            known = words.is_word(squeezed)
            headline = not known or has_tag(before.folded) or before.line.gap < usual
            if (below_title and headline) or ends_text:
                _set(marks, index, Sort.NAMES, "pen-name")


def _section_names(marks: list[Mark], usual: int) -> None:
    """Where headlines carry their names right below them, names at a distance sign a section of the text."""
    below_heads = [
        index
        for index, mark in enumerate(marks)
        if mark.sort in {Sort.BYLINE, Sort.NAMES} and index and marks[index - 1].sort is Sort.SHORT
    ]
    tight = [index for index in below_heads if marks[index].line.gap < usual]
    if len(tight) < _TIGHT_HEADS:
        return
    for index in below_heads:
        above = marks[index - 1]
        loose = marks[index].line.gap >= usual and above.line.gap >= usual and not has_tag(above.folded)
        if loose and index > tight[0]:
            _set(marks, index, Sort.PARAGRAPH, SECTION_NAMES)


def _reports_in_pictures(marks: list[Mark]) -> None:
    """A short line, a few short paragraphs, the last of them 图为…, and the bare credit: a report around a picture."""
    for index, mark in enumerate(marks):
        if mark.sort is not Sort.CAPTION or mark.line.length > _BARE_CREDIT:
            continue
        start = index
        while start and index - start <= _REPORT and marks[start - 1].sort is Sort.PARAGRAPH:
            start -= 1
        about = start < index and _ABOUT_PICTURE.match(marks[index - 1].folded)
        if about and start and index - start <= _REPORT and marks[start - 1].sort is Sort.SHORT:
            _set(marks, start - 1, Sort.SHORT, PICTURE_REPORT)


def _edge(marks: Sequence[Mark], index: int) -> bool:
    """Return whether a text surely ends above the line: nothing follows, or names, a colophon, a headline with its tag."""
    mark, below = _at(marks, index), _at(marks, index + 1)
    if mark is None or mark.sort in {Sort.COLOPHON, *BYLINES}:
        return True
    tight = below is not None and below.sort is Sort.SHORT and below.line.gap < mark.line.gap
    return mark.sort is Sort.SHORT and (has_tag(mark.folded) or tight)


def _units(marks: list[Mark]) -> None:
    for index, mark in enumerate(marks):
        above, below = _at(marks, index - 1), _at(marks, index + 1)
        if mark.sort is not Sort.SHORT or above is None or below is None or not _UNIT.match(mark.folded):
            continue
        title_above = above.sort is Sort.SHORT and above.line.length > mark.line.length
        if title_above and below.sort in {Sort.PARAGRAPH, Sort.SPEAKER, Sort.SECTION}:
            _set(marks, index, Sort.UNIT, "unit-line")


def _pictures(marks: list[Mark], usual: int) -> None:
    """What stands after a picture's gap: a caption, a picture story, a portrait; or the text resuming after one."""
    for index, mark in enumerate(marks):
        if index == 0 or not is_picture_gap(mark.line, usual):
            if mark.sort is Sort.SHORT:
                _picture_story(marks, index, least=_STORY_CAPTION)
            continue
        after = _at(marks, index + 1)
        if mark.sort is Sort.SHORT and after is not None and is_picture_gap(after.line, usual):
            _set(marks, index, Sort.CAPTION, "picture-gap")
        elif mark.sort is Sort.SHORT:
            _picture_story(marks, index, least=_STORY_CAPTION if fills_picture_gap(marks, index - 1, usual) else 0)
        elif mark.sort is Sort.PARAGRAPH and not _resumes(marks, index, usual):
            closes = after is None or is_picture_gap(after.line, usual)
            if mark.line.length <= _CAPTION_LENGTH or closes:
                _set(marks, index, Sort.CAPTION, "picture-gap")


def _resumes(marks: Sequence[Mark], index: int, usual: int) -> bool:
    """Return whether the line goes on with the text above a picture rather than being the picture's caption."""
    mark, before = marks[index], marks[index - 1]
    if before.sort in {Sort.CAPTION, Sort.SPEAKER} and is_picture_gap(before.line, usual):
        after = _at(marks, index + 1)
        alone = after is None or is_picture_gap(after.line, usual) or after.sort is Sort.COLOPHON
        return mark.line.length > 60 or not alone
    return begins_inside(mark.folded)


def _picture_story(marks: list[Mark], index: int, *, least: int) -> None:
    """A short line, a credited caption of `least` characters within three lines: a picture story's title."""
    if marks[index].rule == PICTURE_REPORT:
        return
    for ahead in range(index + 1, min(index + 4, len(marks))):
        if marks[ahead].sort is Sort.CAPTION:
            if marks[ahead].line.length < least:
                return
            for between in range(index + 1, ahead):
                _set(marks, between, Sort.CAPTION, "picture-story")
            return
        if marks[ahead].sort is not Sort.PARAGRAPH or marks[ahead].line.length > 260:
            return


def _list_pictures(marks: list[Mark]) -> None:
    """Three or more single sentences between a list's headline and its first item are its pictures' captions."""
    first = next((index for index, mark in enumerate(marks) if mark.sort is Sort.ITEM), None)
    if first is None:
        return
    start = first
    while start > 0 and marks[start - 1].sort in {Sort.PARAGRAPH, Sort.CAPTION}:
        start -= 1
    above = [index for index in range(start, first) if marks[index].sort is Sort.PARAGRAPH]
    if start == 0 or len(above) < _LIST_LENGTH:
        return
    for index in above:
        if marks[index].line.length <= _CAPTION_LENGTH:
            _set(marks, index, Sort.CAPTION, "list-pictures")


def names_at_end(mark: Mark) -> bool:
    """Return whether a paragraph closes with the names of its writers and nothing else in brackets: ….(王黎奎)."""
    text = mark.folded
    if not text.endswith(")") or _HELPERS.search(text[-60:].rpartition("(")[2]):
        return False
    before = text.rpartition("(")[0]
    return ends_sentence(before) and any(person.name for person in bylines.parse_signature(text))


def people_of(mark: Mark) -> tuple[Person, ...]:
    """Return the people whom a mark's own words name, as its sort says where to look."""
    text = mark.folded
    if mark.rule == SECTION_NAMES:
        return bylines.parse_byline(text) or bylines.parse_names(text)
    match mark.sort:
        case Sort.BYLINE:
            return bylines.parse_byline(text)
        case Sort.NAMES:
            return bylines.parse_names(text) or (Person(name="".join(text.split())),)
        case Sort.SPEAKER:
            speaker = bylines.parse_speaker(text)
            return (speaker,) if speaker else ()
        case Sort.LEAD_IN:
            lead = bylines.parse_lead_in(text)
            return lead.people if lead else ()
        case Sort.CAPTION:
            return bylines.parse_credit(text)
        case Sort.SIGN_OFF | Sort.PARAGRAPH:
            return bylines.parse_signature(text)
    return ()
