"""News pages as browsers save them: the article's words, and what the page says of it above, below and in its head."""

import re
from collections.abc import Sequence

from gongwen_site.chinese.typography import HAN, fold
from gongwen_site.loader.formats.html.article import Parts, marked, people_of_field
from gongwen_site.loader.formats.html.container import article_places, control_rule, weight
from gongwen_site.loader.formats.html.head import add_head_facts
from gongwen_site.loader.formats.html.headline import Headline, find_headline
from gongwen_site.loader.formats.html.page import Block, Page
from gongwen_site.loader.marks import Sort
from gongwen_site.loader.printed import normal_date
from gongwen_site.records.reading import Printed, Role

_SOURCE = re.compile(rf"(?:文章|稿件|信息|新闻|本文)?来源\s*[:：]\s*(?P<source>[{HAN}A-Za-z0-9·（）()]{{2,24}})")
_SOURCE_LABEL = re.compile(r"(?:文章|稿件|信息|新闻|本文)?来源\s*[:：]?$")
_NO_SOURCE = re.compile(r"^(?:本站|本网|网络|原创|转载|互联网|综合|作者|时间|发布|责任|编辑)")
_AUTHOR = re.compile(rf"(?:^|[\s(（【|])(?:作者|文|记者|撰文)\s*[:：/／]\s*(?P<name>[{HAN}A-Za-z·\s、]{{2,40}})")
_EDITOR = re.compile(rf"(?:责任编辑|责编|编辑|校对|审核|值班编辑|实习编辑)\s*[:：/／]?\s*(?P<name>[{HAN}·]{{2,4}})")
_EDITOR_LINE = re.compile(
    r"^[(（\[【•\s]*(?:责任编辑|责编|编辑|网络编辑|值班编辑|实习编辑|本文来源|图片来源|文章来源|来源)\s*[:：/／]|责任编辑\s*[:：]"
)
_STOPS_AUTHOR = re.compile(r"来源|责任|编辑|时间|浏览|点击|字[号体]|发布|审核|校对|摄影|日期|阅读|分享")
_CLOCK = re.compile(
    r"今天是|现在是|当前时间|当前日期|更新于|更新时间|最后更新|修改时间|版权|©|[Cc]opyright|备案|有效期|截止"
)
_DATE_LABEL = re.compile(r"发布|发表|时间|日期|刊发|来源")
_CAPTION_NAME = re.compile(
    r"caption|pic[-_]?(?:title|desc|info|txt|text)|img[-_]?(?:desc|title|info|text)|photo[-_]?desc|picture[-_]?(?:desc|text)|tushuo|figcaption"
)

_HEADER_ABOVE = 12
_TAIL = 8
_LONGEST_CAPTION = 300


def read_web(page: Page) -> Parts | None:
    """Return the article of a news page, None if the page holds no text at all."""
    visible = [place for place, block in enumerate(page.blocks) if not block.hidden and not block.element.in_head]
    headline = find_headline(page, visible)
    start = headline.places[0] if headline and headline.places else -1
    text = article_places(page, visible, start)
    if not text:
        unseen = _never_shown(page)
        everything = [place for place, block in enumerate(page.blocks) if block.element.number not in unseen]
        text = article_places(page, everything, start)
        if not text:
            return None
    return _parts(page, visible, headline, text)


def _never_shown(page: Page) -> set[int]:
    """Return the elements whose words browsers show nobody, apart from those that a script may unfold."""
    found: set[int] = set()
    for element in page.elements:
        within = element.parent is not None and element.parent.number in found
        if within or element.tag in {"noscript", "template", "select", "textarea", "button", "head", "title"}:
            found.add(element.number)
    return found


def _parts(page: Page, visible: Sequence[int], headline: Headline | None, text: list[int]) -> Parts:
    parts = Parts()
    if headline is not None:
        parts.title = headline.words
        for place in headline.places:
            parts.fates[place] = ((Role.HEADLINE,), "web-headline")
    text = [place for place in text if place not in parts.fates]
    first = next((n for n, place in enumerate(text) if weight(page.blocks[place]) > 0), 0)
    title_at = headline.places[0] if headline and headline.places else None
    header = [
        place
        for place in visible
        if text
        and place < text[first]
        and (place > title_at if title_at is not None else True)
        and place not in parts.fates
    ][-_HEADER_ABOVE:]
    above = [place for place in visible if title_at is not None and title_at - 4 <= place < title_at]
    head_facts = _header(page, parts, [*header, *above], set(text))
    text = [place for place in text if place not in head_facts]
    _tail(page, parts, text)
    add_head_facts(page, parts)
    _body(page, parts, [place for place in text if place not in parts.fates])
    return parts


def _header(page: Page, parts: Parts, places: Sequence[int], text: set[int]) -> set[int]:
    """Take date, source and author from the lines between headline and text, then from those right above the headline."""
    taken: set[int] = set()
    label_before = ""
    for place in places:
        block = page.blocks[place]
        folded = " ".join(fold(block.text[:300]).split())
        roles: list[Role] = []
        short = len(folded) <= 160 and not (len(folded) > 40 and "。" in folded)
        if not short:
            label_before = ""
            continue
        day = None if _CLOCK.search(folded) and not _DATE_LABEL.search(folded) else normal_date(folded)
        if day:
            roles.append(Role.DATE)
            if parts.date is None:
                parts.date = Printed(text=day, line=block.line)
        if source := _source_in(folded, label_before):
            roles.append(Role.SOURCE)
            parts.source = parts.source or Printed(text=source, line=block.line)
        elif "来源" in folded[:6]:
            roles.append(Role.SOURCE)
        if _EDITOR_LINE.search(folded) and "编辑" in folded:
            roles.append(Role.EDITOR)
        if author := _author_in(folded):
            roles.append(Role.BYLINE)
            parts.author = parts.author or Printed(text=author, line=block.line)
        elif not roles and parts.author is None and place not in text and _is_byline(block):
            roles.append(Role.BYLINE)
            parts.author = Printed(text=block.text, line=block.line)
        control = control_rule(block) if place in text else None
        if roles:
            parts.fates[place] = (tuple(dict.fromkeys(roles)), "header-line")
            taken.add(place)
        elif control or (place in text and len(folded) <= 8 and not re.search(rf"[{HAN}]{{2}}", folded)):
            parts.fates[place] = ((Role.FURNITURE,), control or "outside-text")
            taken.add(place)
        label_before = folded
    return taken


def _is_byline(block: Block) -> bool:
    """Tell a line of names from the buttons around it, many of which have the form of a name of two characters."""
    found = marked(block)
    if block.linked and found.sort is not Sort.BYLINE:
        return False
    return found.sort is Sort.BYLINE or (found.sort is Sort.NAMES and len(block.text) >= 3)


def _source_in(folded: str, label_before: str) -> str | None:
    match = _SOURCE.search(folded)
    if match is None and _SOURCE_LABEL.search(label_before) and 2 <= len(folded) <= 24:
        match = re.fullmatch(rf"(?P<source>[{HAN}A-Za-z0-9·]{{2,24}})", folded.strip())
    if match is None:
        match = re.search(rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+(?P<source>[{HAN}]{{2,12}})$", folded)
    if match is None:
        match = re.match(rf"(?P<source>[{HAN}]{{2,12}})\s+(?:19|20)\d\d[年\-/.]", folded)
    if match is None or _NO_SOURCE.match(match["source"]):
        return None
    return re.split(r"(?:作者|责任编辑|编辑|时间|发布)", match["source"])[0].strip("()（） ") or None


def _author_in(folded: str) -> str | None:
    match = _AUTHOR.search(folded)
    if match is None:
        return None
    name = _STOPS_AUTHOR.split(match["name"])[0].strip(" 、")
    return name if len(name) >= 2 and people_of_field(name) else None


def _tail(page: Page, parts: Parts, text: list[int]) -> None:
    """Mark what closes the page's element but not the article: the editor, buttons, disclaimers."""
    for place in text[-_TAIL:]:
        block = page.blocks[place]
        folded = fold(block.text[:300])
        if len(folded) > 120 or len(folded) == 300:
            continue
        rule = control_rule(block)
        if _EDITOR_LINE.search(folded):
            if source := _source_in(folded, ""):
                parts.source = parts.source or Printed(text=source, line=block.line)
            if editor := _EDITOR.search(folded):
                parts.editor = parts.editor or Printed(text=editor["name"], line=block.line)
            parts.fates[place] = ((Role.EDITOR,), "editor-line")
        elif rule and len(folded) <= 60:
            parts.fates[place] = ((Role.FURNITURE,), rule)


def _body(page: Page, parts: Parts, places: Sequence[int]) -> None:
    for place in places:
        block = page.blocks[place]
        around = (block.element, block.element.parent)
        named = any(e and (e.tag == "figcaption" or _CAPTION_NAME.search(e.name)) for e in around)
        if named and len(block.text) <= _LONGEST_CAPTION:
            parts.captions.append(Printed(text=block.text, line=block.line))
            parts.fates[place] = ((Role.CAPTION,), "html-caption")
        else:
            parts.body.append(place)
