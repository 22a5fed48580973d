"""What tables and front matter say of an article: the names that people give their columns, and dates in any habit."""

import re
from collections.abc import Mapping

from gongwen_site.chinese.typography import fold
from gongwen_site.records.dates import is_date

_NAMES: Mapping[str, str] = {
    "title": "title headline heading 标题 题名 主题 主标题 新闻标题 文章标题 题目 篇名 標題",
    "kicker": "kicker introtitle overline 引题 肩题 眉题",
    "deck": "deck subtitle subhead subheading 副题 副标题 子标题",
    "date": "date published pubdate pub_date publish_date published_at publish_time published_time pubtime datetime time"
    " 日期 时间 发布日期 发布时间 发表时间 发表日期 刊发日期 出版日期 见报日期 报纸日期 日期时间",
    "body": "body content text article fulltext full_text main_text 正文 内容 全文 文章内容 新闻内容 文本 正文内容 內容",
    "source": "source paper newspaper media publication outlet 来源 报纸 媒体 报刊 报名 出处 报纸名称 來源",
    "author": "author authors byline writer reporter creator 作者 记者 署名 撰稿 撰稿人 作者名",
    "page": "page page_no pageno 版 版次 版面 版号 版序",
    "url": "url link href permalink 网址 链接 原文链接 地址 网页地址",
    "editor": "editor 责任编辑 责编 编辑",
}
COLUMNS: Mapping[str, str] = {name: part for part, names in _NAMES.items() for name in names.split()}
"""A column's name, in lower case, to the part of an article that it holds."""

_WRITTEN_DATE = re.compile(
    r"(?<!\d)(\d{4})\s*(?:[-/.年]\s*(\d{1,2})(?!\d)\s*(?:[-/.月]\s*(\d{1,2})(?!\d))?|(\d{2})(\d{2})(?=\D|\d{4}|\d{6}|$)|(?=年?$|年\D))"
)
_LABEL = re.compile(r"^\D{0,14}")
_CHINESE_DATE = re.compile(
    r"([〇零○Oo一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_ENGLISH_DATE = re.compile(
    r"\b(?:(?P<d>\d{1,2})\s+(?P<m>[a-z]{3})[a-z]*\.?,?|(?P<m2>[a-z]{3})[a-z]*\.?\s+(?P<d2>\d{1,2}),?)\s+(?P<y>\d{4})\b"
)


def column_of(name: str) -> str | None:
    """Return the part of an article that a column of this name holds."""
    bare = fold(name).strip().strip("\ufeff\"'*# ").lower()
    return (
        COLUMNS.get(bare) or COLUMNS.get(re.sub(r"[\s\-]+", "_", bare)) or COLUMNS.get(re.sub(r"\s*\(.*\)$", "", bare))
    )


def normalised_date(text: str) -> str | None:
    """Return YYYY, YYYY-MM or YYYY-MM-DD of a date as people and programs write it, with a time or without.

    Hyphens, slashes, dots, 年月日 or nothing between the numbers; Chinese numerals; English months.
    """
    folded = fold(text).strip()
    match = _WRITTEN_DATE.match(_LABEL.sub("", folded))
    if match is not None:
        year, month, day, short_month, short_day = match.groups()
        found = [part for part in (month or short_month, day or short_day) if part]
        return _checked(int(year), *(int(part) for part in found))
    if match := _CHINESE_DATE.search(folded):
        year = match[1].translate(_DIGITS)
        return _checked(int(year), *(_chinese_number(part) for part in match.groups()[1:] if part))
    if match := _ENGLISH_DATE.search(folded.lower()):
        number = _MONTHS.get(match["m"] or match["m2"])
        return _checked(int(match["y"]), number, int(match["d"] or match["d2"])) if number else None
    return None


_OF_A_DATE = re.compile(
    r"(?i)[\d〇零一二三四五六七八九十年月日号时点分秒周]|星期|上午|下午|凌晨|晚上?|(?:发布|更新|发表)?(?:日期|时间)?(?=:)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)[a-z]*"
    r"|\d(?:st|nd|rd|th)\b|[tz](?=\W|\d|$)|\b(?:am|pm|gmt|utc|cst)\b"
)


def says_more_than_date(text: str) -> bool:
    """Return whether a date's cell holds words that are no part of a date or a time."""
    return bool(re.search(r"[^\W_]", _OF_A_DATE.sub("", fold(text))))


def _checked(year: int, *rest: int) -> str | None:
    date = "-".join((f"{year:04d}", *(f"{part:02d}" for part in rest)))
    return date if is_date(date) else None


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    value = int(ones.translate(_DIGITS)) if ones and "十" not in ones else 0
    return value + (10 * (int(tens.translate(_DIGITS)) if tens and "十" not in tens else 1) if ten else 0)
