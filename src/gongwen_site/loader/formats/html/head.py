"""What the head of a news page says of its article: when and where it was published, by whom, its address."""

import re
from collections.abc import Iterator

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.formats.facts import normalised_date
from gongwen_site.loader.formats.html.article import Parts
from gongwen_site.loader.formats.html.headline import SUFFIX
from gongwen_site.loader.formats.html.page import Block, Page
from gongwen_site.loader.names import is_name
from gongwen_site.records.reading import Printed

_PUBLISHED = re.compile(
    r"^(?:article:published_time|(?:og|weibo|bytedance|sailthru|parsely|dc|dcterms|citation|news|apub|weixin|baidu)?[:._\- ]*(?:article[:._\- ]*)?"
    r"(?:pub(?:lish(?:ed|_?at)?)?[:._\- ]*(?:_?(?:date|time|at))?|release_date|date_?published|publication_date|create(?:d)?[_:. -]?(?:date|time|at)?|time|date|issued|pubdate))$"
)
_AUTHOR_META = re.compile(r"^(?:author|article:author|og:article:author|byl|dc\.creator|weibo: ?article:author)$")
_SOURCE_META = re.compile(r"^(?:source|mediaid|news_source|og:source|contentsource|article:source|origin)$")
_SITE_META = re.compile(r"^(?:og:site_name|sitename|site_name|application-name|apple-mobile-web-app-title)$")
_URL_META = re.compile(r"^(?:canonical|og:url)$")
_URL_DATE = re.compile(
    r"/(?P<y>20[0-3]\d|199\d)[-/_]?(?P<m>0[1-9]|1[0-2])[-/_]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_\-tc.])"
)
_MODIFIED = re.compile(r"modif|updat|expire|revis")
_SITE_NAME = re.compile(
    rf"^(?P<site>[{HAN}A-Za-z0-9·]{{2,14}}?(?:网|报|日报|晚报|新闻|网站|社|周刊|杂志|电视台|广播网|在线|客户端))$"
)
_SOURCE_LABEL = re.compile(r"(?:文章|稿件|信息|新闻|本文)?来源\s*[:：]?\s*")


def add_head_facts(page: Page, parts: Parts) -> None:
    """Let the head say what it is more explicit about, or what no line of the page shows."""
    for meta in page.metas:
        name = meta.name.strip()
        if _MODIFIED.search(name):
            continue
        if _PUBLISHED.match(name) and (day := normalised_date(meta.content)) and len(day) == 10:
            parts.date = Printed(text=day, line=meta.line)
            break
    if parts.date is None:
        for meta in page.metas:
            if _URL_META.match(meta.name) and (found := _URL_DATE.search(meta.content)):
                parts.date = Printed(text=f"{found['y']}-{found['m']}-{found['d']}", line=meta.line)
                break
    for meta in page.metas:
        if parts.source is None and _SOURCE_META.match(meta.name) and re.search(rf"[{HAN}]{{2}}", meta.content):
            parts.source = Printed(text=_SOURCE_LABEL.sub("", meta.content)[:30].strip(), line=meta.line)
        if parts.url is None and _URL_META.match(meta.name) and meta.content.startswith("http"):
            parts.url = Printed(text=meta.content, line=meta.line)
    parts.source = parts.source or _site(page)
    if parts.author is None:
        editors = {name for block in page.blocks if not block.hidden for name in _editors(block)}
        for meta in page.metas:
            if _AUTHOR_META.match(meta.name) and is_name(meta.content) and meta.content not in editors:
                parts.author = Printed(text=meta.content, line=meta.line)


def _site(page: Page) -> Printed | None:
    for meta in page.metas:
        if _SITE_META.match(meta.name) and re.fullmatch(rf"[{HAN}A-Za-z0-9·]{{2,14}}", meta.content):
            return Printed(text=meta.content, line=meta.line)
    for meta in page.metas:
        if meta.name == "title":
            for piece in reversed(SUFFIX.split(meta.content)[1:]):
                if found := _SITE_NAME.match(piece.strip()):
                    return Printed(text=found["site"], line=meta.line)
    return None


def _editors(block: Block) -> Iterator[str]:
    if len(block.text) > 200 or not re.search("编辑|责编|校对|审核", block.text):
        return
    match = re.search(r"(?:编辑|责编|校对|审核)\s*[:：/／]?\s*(.*)", block.text)
    yield from re.findall(rf"[{HAN}·]{{2,4}}", match[1] if match else "")
