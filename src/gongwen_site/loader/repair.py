"""A story's marks to its body: reading order of numbered sections, paragraphs joined over column breaks, doubts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.context import SECTION_NAMES, SUMMARY
from gongwen_site.loader.lines import heading_text
from gongwen_site.loader.marks import BODY, HEADINGS, Mark, Sort
from gongwen_site.loader.sentences import WordCrossing, begins_inside, ends_sentence, is_open, opens_like_sentence
from gongwen_site.records.reading import Doubt

_HEADING_RUN = 3  # so many short lines below one another are a list, no headings
_SHORT_END = 30
_LONG = 30  # characters of a line that no list and no heading has
_NEIGHBOURS = 2  # lines between the halves of a paragraph that nothing stands between
_VERSE = 18  # characters
_OPENING_MARKS = ("“", "《", "‘", "【")
_RUNS_ON = (",", "、")
_WHOLE_LINES = {"data-note", "label", SUMMARY, SECTION_NAMES}  # rules whose lines no column cuts


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph or heading of the body, with the lines that it is joined from."""

    kind: Literal["paragraph", "heading"]
    marks: tuple[Mark, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body in reading order, and what is doubtful about it."""

    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...]


def repair(marks: Sequence[Mark], breaks: Sequence[int], crosses: WordCrossing) -> Body:
    """Return the body of a story. `breaks` are line numbers at which a portrait cuts the text."""
    ordered, turned = _in_order(list(marks), breaks)
    doubts = [Doubt(code="sections-reordered", line=ordered[0].number)] if turned else []
    blocks = _joined(_blocks(ordered), crosses, doubts)
    _repeated_headings(blocks, doubts)
    _edges(blocks, doubts)
    return Body(blocks=tuple(blocks), doubts=tuple(doubts))


def _in_order(marks: list[Mark], breaks: Sequence[int]) -> tuple[list[Mark], bool]:
    """A text whose sections begin at 二 and whose 一 comes later is turned round at the cut before 一."""
    numbered = [(index, mark.ordinal) for index, mark in enumerate(marks) if mark.sort is Sort.SECTION and mark.ordinal]
    if len(numbered) < 2 or numbered[0][1] == 1:
        return marks, False
    first = next((index for index, ordinal in numbered if ordinal == 1), None)
    if first is None:
        return marks, False
    previous = max(index for index, _ordinal in numbered if index < first)
    cut = first
    after_breaks = [
        index
        for index in range(previous + 1, first + 1)
        if any(marks[index - 1].number < number < marks[index].number for number in breaks)
    ]
    if after_breaks:
        cut = after_breaks[-1]
    elif first - 1 > previous and marks[first - 1].folded.endswith(":"):
        cut = first - 1
    return marks[cut:] + marks[:cut], True


def _blocks(marks: Sequence[Mark]) -> list[Block]:
    blocks: list[Block] = []
    index = 0
    while index < len(marks):
        mark = marks[index]
        if mark.sort in HEADINGS:
            blocks.append(Block(kind="heading", marks=(mark,), rule=mark.rule))
        elif mark.sort in {Sort.SHORT, Sort.UNIT, Sort.NOTE}:
            end = index
            while end < len(marks) and marks[end].sort in {Sort.SHORT, Sort.UNIT, Sort.NOTE}:
                end += 1
            run = marks[index:end]
            # Nothing below it: no heading but a last line.
            is_list = len(run) >= _HEADING_RUN or end == len(marks)
            blocks += [
                Block(kind="paragraph", marks=(line,), rule="list-line")
                if is_list
                else Block(kind="heading", marks=(line,), rule="heading-line")
                for line in run
            ]
            index = end
            continue
        else:
            blocks.append(Block(kind="paragraph", marks=(mark,), rule=mark.rule))
        index += 1
    return blocks


def _joined(blocks: Sequence[Block], crosses: WordCrossing, doubts: list[Doubt]) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and _continues(last, block, crosses):
            before, after = last.marks[-1], block.marks[0]
            # Where the halves are neighbours and the first is long, what else could the second be?
            plain = before.line.length >= _LONG and 0 < after.number - before.number <= _NEIGHBOURS
            if not plain and not crosses(before.folded, after.folded) and not begins_inside(after.folded):
                doubts.append(Doubt(code="join-without-crossing", line=after.number, params={"other": before.number}))
            joined[-1] = Block(kind="paragraph", marks=last.marks + block.marks, rule=last.rule)
        else:
            joined.append(block)
    return joined


def _continues(last: Block, block: Block, crosses: WordCrossing) -> bool:
    if last.kind != "paragraph" or block.kind != "paragraph":
        return False
    before, after = last.marks[-1], block.marks[0]
    if before.sort not in BODY or after.sort is not Sort.PARAGRAPH or {before.rule, after.rule} & _WHOLE_LINES:
        return False
    if begins_inside(after.folded):
        return True
    if not is_open(before.folded) or _is_verse(before, after):
        return False
    starts_anew = opens_like_sentence(after.folded) or after.folded.startswith(_OPENING_MARKS)
    return not starts_anew or before.folded.endswith(_RUNS_ON) or crosses(before.folded, after.folded)


def _is_verse(before: Mark, after: Mark) -> bool:
    """Return whether two short lines stand below one another as verse does, or a number above its paragraph."""
    as_long = before.line.length == after.line.length <= _VERSE and before.rule != "column-fragment"
    return as_long or not re.search(rf"[{HAN}]", before.folded)


def _repeated_headings(blocks: Sequence[Block], doubts: list[Doubt]) -> None:
    seen: dict[str, int] = {}
    for block in blocks:
        if block.kind != "heading":
            continue
        mark = block.marks[0]
        first = seen.setdefault(heading_text(mark.folded), mark.number)
        if first != mark.number:
            doubts.append(Doubt(code="repeated-heading", line=mark.number, params={"other": first}))


def _edges(blocks: Sequence[Block], doubts: list[Doubt]) -> None:
    if not blocks:
        return
    first, last = blocks[0].marks[0], blocks[-1].marks[-1]
    if begins_inside(first.folded) or (
        first.sort is Sort.PARAGRAPH and first.line.length <= _SHORT_END and first.folded.startswith(("”", "’"))
    ):
        doubts.append(Doubt(code="starts-mid-sentence", line=first.number))
    if last.sort in BODY and is_open(last.folded) and not ends_sentence(last.folded):
        doubts.append(Doubt(code="ends-mid-sentence", line=last.number))
