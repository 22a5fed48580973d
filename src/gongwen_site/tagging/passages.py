"""A draft to the passages that the rules read: its text folded to half width, in pieces that know their place and lines."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from gongwen_site.chinese.typography import fold
from gongwen_site.records.reading import Draft, Printed
from gongwen_site.tagging.words import BLANK

# 简讯, 国内要闻: several pieces under one headline.
_DIGEST = re.compile(r"(?:快讯|简讯|短讯|要闻|短波|速览|速递|集纳|一览|联播|一句话新闻|新闻集锦)$")

READ_AT_MOST = 200_000
"""Characters of a draft that are read: what a longer one is about stands in its beginning too."""


PIECES_AT_MOST = 3_000
"""Paragraphs, headings and captions of a draft that are read, for the same reason."""


class Place(StrEnum):
    """Where in an article a passage stands."""

    TITLE = "title"
    KICKER = "kicker"
    DECK = "deck"
    UNIT = "unit"
    BYLINE = "byline"
    DATELINE = "dateline"
    LEAD = "lead"  # the first paragraph; the first caption of a picture story
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"


HEADLINES = frozenset({Place.TITLE, Place.KICKER, Place.DECK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of an article. `text` is folded, character for character; `starts` holds where each printed line begins."""

    place: Place
    text: str
    starts: tuple[int, ...]
    lines: tuple[int | None, ...]

    def line_at(self, offset: int) -> int | None:
        """Return the dump line that the character at `offset` was printed on."""
        return self.lines[bisect_right(self.starts, offset) - 1]


# 本报讯(记者 张吉林 通讯员 李大同), 本报记者 黄政伟 摄: names of people, which hold place names.
_REPORTER = r"(?:记者|通讯员|特派员|见习生|实习生|撰稿人?)"
_CREDITS = re.compile(
    rf"\([^()]{{0,30}}?{_REPORTER}[^()]{{0,80}}\)"
    rf"|{_REPORTER}[: ]*[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){{1,3}}(?:[ 、][\u4e00-\u9fff]{{2,4}}){{0,4}} ?(?:摄|文/图|图/文|报道)"
)
# 新华社北京11月29日电: where the report was sent from. The draft's dateline speaks for it.
_DATELINE = re.compile(
    r"(?:新华社|中新社|中新网|人民网|新华网|央广网|本报)[\u4e00-\u9fff·]{2,9}?(?=\d{1,2}月\d{1,2}日(?:电|讯|专电))"
    r"|(?:本报|新华社)[\u4e00-\u9fff]{2,6}(?=(?:专)?[电讯](?:[ (]|记者))"
)
# 央视网消息(新闻联播): a lead-in on a line of its own is no first paragraph.
_LEAD_IN_ALONE = re.compile(r"[^。!?]{2,40}[:：]\s*$")
# 新甘肃·甘肃日报: a reporter's paper says where the paper is at home, not where the report is from.
_MEDIUM = re.compile(r"[报网社台刊]|客户端|传媒|融媒|新闻")


def read_passages(draft: Draft) -> tuple[Passage, ...]:
    """Return the passages of a draft in reading order, names of reporters and the dateline blanked."""
    found: list[Passage] = []
    left = READ_AT_MOST
    for place, parts in islice(_pieces(draft), PIECES_AT_MOST):
        if left <= 0:
            break
        text = fold("".join(part.text[:left] for part in parts)[:left])
        if not text:
            continue
        left -= len(text)
        starts = [0]
        for part in parts[:-1]:
            starts.append(starts[-1] + len(part.text))
        if place in {Place.LEAD, Place.BODY, Place.CAPTION}:
            text = _DATELINE.sub(_blank, _CREDITS.sub(_blank, text))
        lines = tuple(part.line or None for part in parts)
        found.append(Passage(place=place, text=text, starts=tuple(starts), lines=lines))
    return tuple(found)


def is_digest(passages: Iterable[Passage]) -> bool:
    """Whether an article is a round-up of several pieces, by its headline: what one of them says is not what all are about."""
    return any(_DIGEST.search(passage.text) for passage in passages if passage.place is Place.TITLE)


def _pieces(draft: Draft) -> Iterator[tuple[Place, tuple[Printed, ...]]]:
    heads = (
        (Place.KICKER, draft.kicker),
        (Place.TITLE, None if draft.title_supplied else draft.title),
        (Place.DECK, draft.deck),
        (Place.UNIT, draft.unit),
    )
    yield from ((place, (printed,)) for place, printed in heads if printed is not None)
    for number, person in enumerate(draft.byline):
        line = draft.byline_lines[min(number, len(draft.byline_lines) - 1)] if draft.byline_lines else 0
        outlet = person.outlet or ""
        words = f"{'' if _MEDIUM.search(outlet) else outlet}{person.role or ''}"
        yield Place.BYLINE, (Printed(text=words, line=line),)
    if draft.dateline is not None and draft.dateline.place:
        yield Place.DATELINE, (Printed(text=draft.dateline.place, line=draft.lines[0][0]),)
    lead = Place.LEAD
    for paragraph in draft.body:
        if paragraph.kind == "heading":
            yield Place.HEADING, paragraph.parts
        else:
            yield lead, paragraph.parts
            if not _LEAD_IN_ALONE.match(paragraph.text):
                lead = Place.BODY
    for caption in draft.captions:
        yield (lead if lead is Place.LEAD else Place.CAPTION), (caption,)
        lead = Place.BODY


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
