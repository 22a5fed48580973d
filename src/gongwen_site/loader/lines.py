"""Lines to marks: an ordered table of rules, the first that fits decides. Each looks at one line alone.

What needs the neighbours (captions known by a gap, fragments of a column, units) is decided in `context`.
"""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader import bylines
from gongwen_site.loader.layout import Line
from gongwen_site.loader.marks import Mark, Sort
from gongwen_site.loader.sentences import begins_inside, opens_like_sentence, unbalanced

HEADLINE_LENGTH = 48
"""Longer lines are text, whatever they end with."""

BRIEFS = "news-in-brief"

_CHINESE_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)}
_SECTION = re.compile(r"^(?P<number>[一二三四五六七八九十]{1,3})、(?P<text>.{2,60})$")
_ITEM = re.compile(r"^(?P<number>\d{1,2})\s?(?P<text>[^\d..、%:,/\-年月日号时后岁个名条项万亿元届场家人多余].{3,72})$")
_SENTENCE_END = re.compile(r"[。;!?,…][”’)]*$|\.{3,}$|:$")

TRAILER = re.compile(r"/?enpproperty|^-->|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:\d|^\d{4,20}https?://")
MASTHEAD = re.compile(
    rf"^《?(?P<paper>[{HAN}]{{2,12}}(?:报|刊))》?\s*\(?\s*(?P<date>(?:19|20)\d\d\s*[年\-./]\s*\d{{1,2}}\s*[月\-./]\s*\d{{1,2}}\s*日?)"
    r"(?:\s*星期.)?\s*(?:第?\s*(?P<page>[A-Z]?\d{1,3})\s*版)?"
    rf"(?:\s*[:·]?\s*(?P<edition>[{HAN}]{{2,8}}))?[^\n]{{0,12}}\)?$"
)
PAGE_LINE = re.compile(rf"^(?:第\s*)?(?P<page>[A-Z]?\d{{1,3}})\s*版(?:\s*[:·/| ]\s*(?P<edition>[{HAN}]{{2,8}}))?$")
"""A page's number and name alone on a line: 第05版:要闻."""
_TEMPLATE_DATE = re.compile(r"^\(?\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,12}\)?\s*-->$")
_COLOPHON = re.compile(
    r"^[□■]?\s*(?:本版|本期|今日|本报)?(?:责编|统筹|策划|监制|制图|绘图|终审|值班编委|责任编辑|编辑|主编|执行主编|版式设计|版式|美编|美术编辑|校对|组版|见报|值班|值班主任|邮箱|投稿邮箱|征稿邮箱|电子邮箱|热线|电话)"
    r"\s*[:/ ].{0,60}$|^第?[一二三四五六七八九十\d]{1,3}版责编\s*[:/ ].{0,140}$"
)
_PICTURE_REPORT = re.compile(r"^图片(?:报道|新闻|故事)$")
_BRIEFS = re.compile(r"^(?:简讯|短讯|简明新闻|一句话新闻|新闻速览|新闻速递)$")
_ADVERTISEMENT = re.compile(r"^(?:广告|公益广告|扫描二维码.{0,20}|扫码.{0,16})。?$")
_PAGE_CREDIT = re.compile(r"^[□■◎]?\s*(?:本版|本组|本报)(?:图片|照片|摄影|稿件|图文|文图).{1,40}$")
_CONTINUATION = re.compile(
    r"^[(【]?\s*(?:上接|紧接|下转|转接|接|转)\s*第?\s*[A-Z]?[\d一二三四五六七八九十]{1,3}\s*版.{0,12}$"
)
_SOURCE = re.compile(r"^(?:稿件|文章|本文|信息)?来源\s*:\s*(?P<source>(?=.*\w)\S.{0,40})$")
_DATE = re.compile(
    r"^(?:发布|更新|发表)?(?:日期|时间)?\s*:?\s*(?:19|20)\d\d\s*[年\-./]\s*\d{1,2}\s*[月\-./]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?$"
)
_EDITOR = re.compile(r"^[(\[【]?\s*(?:责任编辑|责编|编辑)\s*[:/]\s*(?P<editor>[^)\]】]{1,24})[)\]】]?$")
_NOTE = re.compile(r"^[【\[]?\s*(?:编者按|编者的话|开栏的话|开栏语|编前话|编后|编后语|编前)\s*[】\]]?$")
_NOTE_END = re.compile(r"^(?:——|--|—)\s*(?:编\s*者|编辑部|本报编辑部)$")
_IN_BRACKETS = re.compile(r"^[(【][^()]{2,240}[)】]$")
_SIGN_OFF_WORDS = re.compile(
    r"作者|整理|采写|采访|据.{0,16}(?:电|报道|讯)|摘编|摘自|原载|转载|系|单位|记者|通讯员|贡献|供稿|翻译|编译"
)
_DATA_NOTE = re.compile(r"^(?:数据|资料|图表|图表资料|图片|学术支持|制图|绘图)(?:来源)?\s*[:/].{1,40}$")
_LABEL = re.compile(r"^(?:【[^】]{1,12}】.{0,40}|(?:编者按|编后|编者注)\s*:.+)$")
_CLAUSE_END = re.compile(r"。|[;,]$")
_HAS_HAN = re.compile(rf"[{HAN}]")
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》")
_ADDRESS = re.compile(r"https?://|\w@\w+\.")
_REMEMBERED = 4  # characters: of lines so short there are few, and a dump of nothing else has most of them


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: a code for ledgers, what the line then is, the test over it.

    It is asked of lines of at most `limit` characters. One with `marks` needs a digit, a mark or a blank in the line.
    """

    code: str
    sort: Sort
    test: Callable[[Line], object]
    limit: int = sys.maxsize
    marks: bool = False


def _fits(pattern: re.Pattern[str]) -> Callable[[Line], object]:
    search = pattern.search
    return lambda line: search(line.folded)


def _is_sign_off(line: Line) -> bool:
    text = line.folded
    if not _IN_BRACKETS.match(text):
        return False
    return bool(_SIGN_OFF_WORDS.search(text) or bylines.parse_signature(text))


def _is_section(line: Line) -> bool:
    return bool(_SECTION.match(line.folded)) and not _CLAUSE_END.search(line.folded)


def _is_item(line: Line) -> bool:
    return bool(_ITEM.match(line.folded)) and not _SENTENCE_END.search(line.folded)


def is_short(line: Line) -> bool:
    """Return whether a line has the look of a headline or a section heading."""
    text = line.folded
    if not 2 <= line.length <= HEADLINE_LENGTH or _SENTENCE_END.search(text) or opens_like_sentence(text):
        return False
    if begins_inside(text) or unbalanced(text) or not _HAS_HAN.search(text):
        return False
    bare = _QUOTED.sub("", text) if "“" in text or "《" in text else text
    return "。" not in bare and bare.count(",") <= 2 and not _ADDRESS.search(text)


RULES: tuple[Rule, ...] = (
    Rule("invisible", Sort.FURNITURE, lambda line: not line.text, marks=True),
    Rule("enpproperty", Sort.TRAILER, _fits(TRAILER)),
    Rule("template-date", Sort.FURNITURE, _fits(_TEMPLATE_DATE), 140, marks=True),
    Rule("masthead", Sort.MASTHEAD, _fits(MASTHEAD), 60, marks=True),
    Rule("page-line", Sort.FURNITURE, _fits(PAGE_LINE), 20),
    Rule("colophon", Sort.COLOPHON, _fits(_COLOPHON), 160, marks=True),
    Rule("advertisement", Sort.COLOPHON, _fits(_ADVERTISEMENT), 30),
    Rule("page-credit", Sort.PAGE_CREDIT, _fits(_PAGE_CREDIT), 50),
    Rule("continuation", Sort.CONTINUATION, _fits(_CONTINUATION), 30),
    Rule("source-line", Sort.SOURCE, _fits(_SOURCE), 50, marks=True),
    Rule("date-line", Sort.DATE, _fits(_DATE), 40, marks=True),
    Rule("editor-line", Sort.EDITOR, _fits(_EDITOR), 40, marks=True),
    Rule("note-head", Sort.NOTE, _fits(_NOTE), 12),
    Rule("note-end", Sort.NOTE_END, _fits(_NOTE_END), 12, marks=True),
    Rule("sign-off", Sort.SIGN_OFF, _is_sign_off, 244, marks=True),
    Rule("data-note", Sort.PARAGRAPH, _fits(_DATA_NOTE), 50, marks=True),
    Rule("label", Sort.PARAGRAPH, _fits(_LABEL), 60, marks=True),
    Rule("picture-report", Sort.SHORT, _fits(_PICTURE_REPORT), 6),
    Rule(BRIEFS, Sort.SHORT, _fits(_BRIEFS), 6),
    Rule("byline", Sort.BYLINE, lambda line: bylines.parse_byline(line.folded)),
    Rule("names", Sort.NAMES, lambda line: bylines.parse_names(line.folded)),
    Rule("speaker", Sort.SPEAKER, lambda line: bylines.parse_speaker(line.folded) is not None),
    Rule("section-number", Sort.SECTION, _is_section, 60, marks=True),
    Rule("item-number", Sort.ITEM, _is_item, 75, marks=True),
    Rule("lead-in", Sort.LEAD_IN, lambda line: bylines.parse_lead_in(line.folded) is not None),
    Rule("credit", Sort.CAPTION, lambda line: bylines.has_credit(line.folded), 400),
    Rule("short-line", Sort.SHORT, is_short, HEADLINE_LENGTH),
    Rule("running-text", Sort.PARAGRAPH, lambda _line: True),
)
_OF_LETTERS = tuple(rule for rule in RULES if not rule.marks)


def mark(lines: Iterable[Line]) -> tuple[Mark, ...]:
    """Return each line with its sort, by the first rule that fits."""
    return tuple(_mark(line) for line in lines)


def _mark(line: Line) -> Mark:
    rule = _rule_of(line.text, line.folded) if line.length <= _REMEMBERED else _rule(line)
    return Mark(line=line, sort=rule.sort, rule=rule.code, ordinal=_ordinal(rule.sort, line.folded))


def _rule(line: Line) -> Rule:
    length = line.length
    for rule in _OF_LETTERS if line.folded.isalpha() else RULES:
        if length <= rule.limit and rule.test(line):
            return rule
    return RULES[-1]


@lru_cache(maxsize=10_000)
def _rule_of(text: str, folded: str) -> Rule:
    return _rule(Line(number=1, text=text, folded=folded, gap=0))


def _ordinal(sort: Sort, text: str) -> int | None:
    if sort is Sort.SECTION and (match := _SECTION.match(text)):
        return chinese_number(match["number"])
    if sort is Sort.ITEM and (match := _ITEM.match(text)):
        return int(match["number"])
    return None


def chinese_number(text: str) -> int:
    """Return the value of 一 … 九十九, 0 for anything else."""
    if len(text) == 1:
        return _CHINESE_DIGITS.get(text, 0)
    tens, _, ones = text.partition("十")
    if "十" not in text or len(tens) > 1 or len(ones) > 1:
        return 0
    return _CHINESE_DIGITS.get(tens, 1 if not tens else 0) * 10 + (_CHINESE_DIGITS.get(ones, 0) if ones else 0)


def heading_text(text: str) -> str:
    """Return a folded heading without its number."""
    match = _SECTION.match(text) or _ITEM.match(text)
    return match["text"] if match else text


def source_of(text: str) -> str | None:
    """Return what a 来源: line names."""
    match = _SOURCE.match(text)
    return match["source"].strip() if match else None


def editor_of(text: str) -> str | None:
    """Return whom a 责任编辑: line names."""
    match = _EDITOR.match(text)
    return match["editor"].strip() if match else None
