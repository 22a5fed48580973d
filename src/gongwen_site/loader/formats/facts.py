"""What tables and front matter say of an article: the names that people give their columns, and dates in any habit."""

import re
from collections.abc import Mapping

from gongwen_site.chinese.typography import fold
from gongwen_site.records.frontmatter import is_date

COLUMNS: Mapping[str, str] = {
    "title": "title",
    "headline": "title",
    "标题": "title",
    "题名": "title",
    "date": "date",
    "published": "date",
    "日期": "date",
    "时间": "date",
    "body": "body",
    "content": "body",
    "text": "body",
    "正文": "body",
    "内容": "body",
    "source": "source",
    "paper": "source",
    "newspaper": "source",
    "来源": "source",
    "报纸": "source",
    "author": "author",
    "byline": "author",
    "作者": "author",
    "记者": "author",
    "page": "page",
    "版": "page",
    "版次": "page",
    "url": "url",
    "link": "url",
    "网址": "url",
    "kicker": "kicker",
    "引题": "kicker",
    "deck": "deck",
    "subtitle": "deck",
    "副题": "deck",
}
"""A column's name, in lower case, to the part of an article that it holds."""

_WRITTEN_DATE = re.compile(r"(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2}))?|(\d{2})(\d{2})(?!\d))?")


def normalised_date(text: str) -> str | None:
    """Return YYYY, YYYY-MM or YYYY-MM-DD of a date written with hyphens, slashes, dots, 年月日 or nothing between."""
    match = _WRITTEN_DATE.match(fold(text).strip())
    if match is None:
        return None
    year, month, day, short_month, short_day = match.groups()
    parts = [year, *(f"{int(part):02d}" for part in (month or short_month, day or short_day) if part)]
    date = "-".join(parts)
    return date if is_date(date) else None
