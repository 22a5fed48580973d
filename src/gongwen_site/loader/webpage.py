"""A web page copied as text: the article's lines between its navigation and its footer.

The text is the stretch of lines whose sentences outweigh what lies between them; the headline is the line above it that
shares most words with it; between the two stand source, date and author.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.bylines import parse_byline, parse_people
from gongwen_site.loader.lines import editor_of
from gongwen_site.loader.marks import Mark, Sort
from gongwen_site.loader.matching import Overlap
from gongwen_site.loader.printed import Facts, normal_date
from gongwen_site.loader.sentences import ends_sentence
from gongwen_site.records.article import Person
from gongwen_site.records.reading import Printed

FURNITURE: tuple[tuple[str, re.Pattern[str], int], ...] = (
    # (rule code, pattern, longest line it is asked of)
    (
        "copyright",
        re.compile(r"版权所有|[Cc]opyright|©|(?i:all rights)|ICP[备证]|公网安备|许可证|网文\[|备案(?:序)?号"),
        400,
    ),
    ("bullet", re.compile(r"^[•·▪●◦]\s"), 80),
    (
        "disclaimer",
        re.compile(r"免责声明|版权声明|特别声明|仅代表作者|转载请|请注明出处|不代表本|Notice:|未经.{0,8}(?:授权|许可)"),
        300,
    ),
    (
        "navigation",
        re.compile(
            r"^首页|首页$|^上一[篇页]|^下一[篇页]|友情链接|网站地图|关于我们|联系我们|^返回|^相关(?:阅读|推荐|新闻|链接|报道|文章)|推荐阅读|^热门|排行|网站导航"
            r"|^更多|媒体矩阵|网上家园|马上体验|[/>»]\s*正文|\s>\s|^标签|^关键词|余下全文|换一换|精彩推荐|^延伸阅读|今日推荐|猜你喜欢"
        ),
        80,
    ),
    (
        "promotion",
        re.compile(
            r"【(?:点击|我要|立即|马上|戳)[^】]{0,10}】|^(?:点击|戳).{0,4}(?:进入|查看|报名|投票|下载|观看|阅读)|火热进行中|下载.{0,12}APP"
        ),
        160,
    ),
    (
        "remarks",
        re.compile(r"^(?:最新|最热|热门|精彩|网友|全部|更多|我要|发表)(?:评论|跟贴|留言)|^我来说两句|^\d+条评论"),
        40,
    ),
    (
        "sharing",
        re.compile(
            r"分享|扫一扫|扫码|扫描.{0,8}二维码|二维码|微信|微博|QQ|收藏|^打印|字号|^转发|^点赞|举报|评论|跟贴|^回复|登录|注册|客户端|抖音|^搜索|^关闭$|^×$|^[Xx]$|订阅|关注"
        ),
        60,
    ),
)
_STOPS = frozenset({"copyright", "disclaimer", "remarks"})
_BELOW_HEADER = frozenset({"sharing", "bullet"})  # buttons between header and text
_BUTTON = 20  # characters: a longer line with a full stop is text, whatever words it holds
_KINDS = 3
_LINES = 4
_ABOVE = 40  # lines above the text among which its headline is sought
_HEADLINE = (6, 70)
_HEADED = 3  # lines between headline and header
_HEADER = 12  # lines between headline and text

_SOURCE = re.compile(rf"来源\s*:\s*(?P<source>[{HAN}A-Za-z0-9·]{{2,24}})")
_NO_HEADLINE = re.compile(r"^[(\[【]?\s*(?:原标题|原题|来源|作者|编辑|责任编辑|摘要|核心提示|导读)\s*[:/]")
_SITE = rf"(?P<site>[{HAN}]{{2,12}})"
_SITE_AFTER_TIME = re.compile(rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+{_SITE}$")
_SITE_BEFORE_DATE = re.compile(rf"^{_SITE}\s+(?:19|20)\d\d[年\-/.]")
_NO_SOURCE = re.compile(r"^(?:本站|本网|网络|原创|转载|互联网|综合)")
_EDITOR_END = re.compile(
    r"^(?:编辑|编审)\s+[\u4e00-\u9fff]{2,4}\s+(?:校对|审核|责编)\s|^[(\[【•\s]*(?:责任编辑|责编|编辑|本文来源|图片来源)\s*[:/]|责任编辑\s*:"
)
_AUTHOR = re.compile(rf"(?:作者|文)\s*[:/]\s*(?P<name>[{HAN}·]{{2,12}})")
_EDITOR_NAME = re.compile(rf"(?:责任编辑|责编|编辑)\s*:\s*(?P<name>[{HAN}·]{{2,8}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebArticle:
    """The parts of a web page: headline, the lines of its text, header facts, and what is furniture (with its rule)."""

    title: Mark | None
    text: tuple[Mark, ...]
    header: tuple[Mark, ...]
    furniture: tuple[Mark, ...]
    facts: Facts
    byline: tuple[Mark, ...]
    people: tuple[Person, ...]


def furniture_rule(mark: Mark) -> str | None:
    """Return the code of the furniture rule that a line falls under."""
    sentence = mark.line.length > _BUTTON and "。" in mark.folded
    for code, pattern, limit in FURNITURE:
        if sentence and code not in _STOPS:
            continue
        if mark.line.length <= limit and pattern.search(mark.folded):
            return code
    return None


def is_web_page(marks: Sequence[Mark]) -> bool:
    """Return whether a dump carries the furniture of a web page: lines of at least three kinds."""
    codes = [code for mark in marks if (code := furniture_rule(mark))]
    kinds = set(codes)
    if any(mark.sort in {Sort.SOURCE, Sort.EDITOR} for mark in marks):
        kinds.add("source")
    return len(kinds) >= _KINDS and len(codes) >= _LINES and bool(kinds & {"copyright", "bullet", "navigation"})


def read_web_page(marks: Sequence[Mark]) -> WebArticle | None:
    """Return the article of a web page, None if no line of it is running text."""
    rules = [furniture_rule(mark) for mark in marks]
    first, last = _heaviest(marks, rules)
    if last < first:
        return None
    body = "|".join(mark.folded for mark in marks[first : last + 1])
    title = _headline(marks, rules, first, body)
    first, last = _stretched(marks, rules, title, first, last)
    header = _header(marks, rules, title, first)
    after = [mark for mark in marks[last + 1 : last + 6] if _is_editor(mark)]
    facts = _facts(header, after)
    text = tuple(
        mark
        for index, mark in enumerate(marks[first : last + 1], first)
        if rules[index] is None and not _is_editor(mark)
    )
    byline = tuple(mark for mark in header if mark.sort in {Sort.BYLINE, Sort.NAMES})
    known = {mark.number for mark in (*text, *header, *after, *((title,) if title else ()))}
    others = tuple(
        replace(mark, sort=Sort.FURNITURE, rule=rule or "outside-text")
        for mark, rule in zip(marks, rules, strict=True)
        if mark.number not in known
    )
    return WebArticle(
        title=title,
        text=text,
        header=tuple(_header_mark(mark) for mark in header if mark not in byline)
        + tuple(replace(mark, sort=Sort.EDITOR, rule="editor-line") for mark in after),
        furniture=others,
        facts=facts,
        byline=byline,
        people=_people(header),
    )


def _is_editor(mark: Mark) -> bool:
    return mark.line.length <= 80 and bool(_EDITOR_END.search(mark.folded))


def _weight(mark: Mark, rule: str | None) -> int:
    text, length = mark.folded, mark.line.length
    if rule in _STOPS or _is_editor(mark):
        return -400
    if rule is not None:
        return -80
    if mark.sort in {Sort.SOURCE, Sort.DATE}:
        return -60
    if length >= 16 and (ends_sentence(text) or "。" in text or (length >= 60 and re.search(r"[,;:]", text))):
        return min(length, 300)
    return -25


def _heaviest(marks: Sequence[Mark], rules: Sequence[str | None]) -> tuple[int, int]:
    """Return first and last index of the run of lines with the greatest weight; one below a dated line counts double."""
    best, best_range = 0, (0, -1)
    total = peak = start = end = 0
    dated = -_HEADER - 1
    for index, (mark, rule) in enumerate(zip(marks, rules, strict=True)):
        if total <= 0:
            total = peak = 0
            start = end = index
        total += _weight(mark, rule)
        if total > peak:
            peak, end = total, index
        weight = peak * (2 if start - dated <= _HEADER else 1)
        if weight > best:
            best, best_range = weight, (start, end)
        if total <= 0 and mark.line.length <= 100 and rule != "bullet" and normal_date(mark.folded):
            dated = index
    return best_range


def _headline(marks: Sequence[Mark], rules: Sequence[str | None], first: int, body: str) -> Mark | None:
    overlap = Overlap([body])
    least, most = _HEADLINE
    header = next(
        (index for index in range(first - 1, max(-1, first - _HEADER), -1) if _is_header(marks[index])), first
    )
    candidates = []
    for index in range(max(0, first - _ABOVE), first):
        mark = marks[index]
        says = least <= mark.line.length <= most and not _NO_HEADLINE.match(mark.folded)
        if rules[index] is None and says and not _is_header(mark):
            closeness = 0.2 * (index - (first - _ABOVE)) / _ABOVE
            headed = 0 < header - index <= _HEADED
            candidates.append((overlap(mark.folded, 0) + closeness + (0.3 if headed else 0), index))
    if not candidates:
        return None
    score, index = max(candidates)
    return marks[index] if score >= 0.3 else None


def _is_header(mark: Mark) -> bool:
    return mark.sort in {Sort.SOURCE, Sort.DATE} or (mark.line.length <= 100 and bool(normal_date(mark.folded)))


def _stretched(
    marks: Sequence[Mark], rules: Sequence[str | None], title: Mark | None, first: int, last: int
) -> tuple[int, int]:
    """Take in the short lines right above and below the text: a salutation, a signature."""
    above = first - 1
    while above >= 0 and first - above <= _HEADER and rules[above] is None and marks[above] is not title:
        mark = marks[above]
        if mark.sort in {Sort.SOURCE, Sort.DATE, Sort.BYLINE, Sort.EDITOR} or normal_date(mark.folded):
            first = above + 1
            break
        if mark.line.length < 4:
            break
        above -= 1
    else:
        if (
            above >= 0
            and rules[above] in _BELOW_HEADER
            and any(_is_header(found) for found in marks[max(0, above - 3) : above])
        ):
            first = next(
                index
                for index in range(above + 1, first + 1)
                if index == first or not _NO_HEADLINE.match(marks[index].folded)
            )
    below = last + 1
    while below < len(marks) and below - last <= 2 and rules[below] is None and not _is_editor(marks[below]):
        if parse_byline(marks[below].folded) or marks[below].sort is Sort.SIGN_OFF:
            last = below
            break
        below += 1
    return first, last


def _header(marks: Sequence[Mark], rules: Sequence[str | None], title: Mark | None, first: int) -> tuple[Mark, ...]:
    top = next((index + 1 for index in range(first) if marks[index] is title), max(0, first - _HEADER))
    found = []
    for index in range(top, first):
        mark = marks[index]
        says = mark.sort in {Sort.SOURCE, Sort.DATE, Sort.BYLINE, Sort.NAMES} or _SOURCE.search(mark.folded[:120])
        dated = normal_date(mark.folded[:120]) or re.fullmatch(
            r"(?:19|20)\d\d|\d{2}[/-]\d{2}|\d{1,2}:\d{2}(?::\d{2})?", mark.folded
        )
        if says or dated or (rules[index] is None and _AUTHOR.search(mark.folded[:60])):
            found.append(mark)
    return tuple(found)


def _header_mark(mark: Mark) -> Mark:
    if mark.sort in {Sort.SOURCE, Sort.DATE}:
        return mark
    if _SOURCE.search(mark.folded[:120]):
        return replace(mark, sort=Sort.SOURCE, rule="header-line")
    return replace(mark, sort=Sort.DATE, rule="header-line")


def _facts(header: Sequence[Mark], after: Sequence[Mark]) -> Facts:
    date = source = editor = None
    for mark in header:
        text = mark.folded[:160]
        if date is None and (day := normal_date(text)):
            date = Printed(text=day, line=mark.number)
        if source is None and (name := _source(text)):
            source = Printed(text=name, line=mark.number)
    for mark in after:
        text = mark.folded[:160]
        if source is None and (name := _source(text)):
            source = Printed(text=name, line=mark.number)
        name = editor_of(text) or ((found := _EDITOR_NAME.search(text)) and found["name"]) or None
        if editor is None and name:
            editor = Printed(text=name, line=mark.number)
    return Facts(source=source, date=date, editor=editor)


def _source(text: str) -> str | None:
    for pattern, group in ((_SOURCE, "source"), (_SITE_AFTER_TIME, "site"), (_SITE_BEFORE_DATE, "site")):
        match = pattern.search(text)
        if match and not _NO_SOURCE.match(match[group]):
            return match[group]
    return None


def _people(header: Sequence[Mark]) -> tuple[Person, ...]:
    for mark in header:
        if (people := parse_byline(mark.folded)) or (mark.sort is Sort.NAMES and (people := parse_people(mark.folded))):
            return people
        match = _AUTHOR.search(mark.folded[:120])
        if match:
            return (Person(name=match["name"], role="作者"),)
    return ()
