"""News pages as browsers save them: the element whose words outweigh its navigation, and what the page says of itself.

Every block of words has a weight, a sentence's its length, a link's and a button's less than nothing; the article is the
element whose blocks sum up highest, less the parts of it that fall below nothing. The idea is that of maximum
subsequence segmentation (Pasternack and Roth, WWW 2009), on the tree instead of the sequence of tokens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongwen_site.chinese.typography import HAN, fold
from gongwen_site.loader.formats.facts import normalised_date
from gongwen_site.loader.formats.html.article import Parts, marked, people_of_field, squeezed
from gongwen_site.loader.formats.html.page import Block, Element, Page
from gongwen_site.loader.marks import Sort
from gongwen_site.loader.names import is_name
from gongwen_site.loader.printed import normal_date
from gongwen_site.loader.sentences import ends_sentence
from gongwen_site.loader.webpage import FURNITURE
from gongwen_site.records.reading import Printed, Role

_TEXT_NAME = re.compile(
    r"article|content|\btext|zhengwen|正文|artibody|endtext|trs_editor|zoom|newsbody|news_txt|post[-_]?(?:body|entry)|entry|main[-_]?text"
    r"|rich_media|vsb_|detail"
)
_ASIDE_NAME = re.compile(
    r"comment|recommend|related|relate|sidebar|side[-_]|footer|\bfoot|\bnav|menu|breadcrumb|crumb|share|hot[-_]?|copyright|advert|\bad[-_s]?\b"
    r"|rank|banner|login|toolbar|pagination|tuijian|xiangguan|pinglun|more[-_]?(?:news|list)|app[-_]?down|qrcode|erweima"
)
_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "select"})
_HOOK = re.compile(r"(?:^|(?<=\s))js?[-_]\S+")  # classes that scripts take hold of say nothing of what an element is
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
_SUFFIX = re.compile(r"\s*(?:_+|\|+|--+|——+|\s[-–—·]\s|-(?=[^-]{2,14}$)|–)\s*")
_SITE_NAME = re.compile(
    rf"^(?P<site>[{HAN}A-Za-z0-9·]{{2,14}}?(?:网|报|日报|晚报|新闻|网站|社|周刊|杂志|电视台|广播网|在线|客户端))$"
)
_TITLE_NAME = re.compile(r"title|headline|biaoti|标题")
_HEADINGS = ("h1", "h2", "h3")

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

_SENTENCE = 16
_LONG = 60
_HEADER_ABOVE, _HEADER_BELOW = 12, 8
_TAIL = 8
_BELOW_HEADLINE = 15  # blocks below the headline among which its text begins
_CONTROL_LENGTH = 24
_LINK_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Headline:
    words: Printed
    places: tuple[int, ...]


def read_web(page: Page) -> Parts | None:
    """Return the article of a news page, None if the page holds no text at all."""
    visible = [place for place, block in enumerate(page.blocks) if not block.hidden and not _in_head(block)]
    headline = _headline(page, visible)
    text = _article_places(page, visible, headline)
    if not text:
        everything = [place for place, block in enumerate(page.blocks) if not _in_head(block) and not _unseen(block)]
        text = _article_places(page, everything, headline)
        if not text:
            return None
    return _parts(page, visible, headline, text)


def _in_head(block: Block) -> bool:
    return any(element.tag in {"title", "head"} for element in block.element.ancestors())


def _unseen(block: Block) -> bool:
    return any(
        element.tag in {"noscript", "template", "select", "textarea", "button"} for element in block.element.ancestors()
    )


# The headline


def _titles(page: Page) -> list[Printed]:
    """Return what the head says of the title, the most explicit first."""
    order = {"og:title": 0, "twitter:title": 1, "articletitle": 1, "title": 2}
    metas = sorted((meta for meta in page.metas if meta.name in order), key=lambda meta: order[meta.name])
    return [Printed(text=meta.content, line=meta.line) for meta in metas if meta.content]


def _headline(page: Page, visible: Sequence[int]) -> _Headline | None:
    """Return the headline: the heading that the page's own title begins with or holds, else that title without the site."""
    titles = _titles(page)
    wanted = [squeezed(title.text).rstrip(".…") for title in titles]
    best: tuple[float, int] | None = None
    for place in visible:
        block = page.blocks[place]
        words = squeezed(block.text)
        if not 4 <= len(words) <= 120:
            continue
        rank = _heading_rank(block)
        match = max((_agreement(words, title) for title in wanted), default=0.0)
        linked = block.linked > len(block.text) * _LINK_SHARE
        if match == 0 and not (rank == 3 and len(words) >= 6 and not linked):
            continue
        if linked and rank < 2:
            continue
        score = match * 10 + rank - (2 if linked else 0) - (6 if match == 0 else 0)
        if best is None or score > best[0]:
            best = (score, place)
    if best is not None and (best[0] >= 5 or not wanted):
        block = page.blocks[best[1]]
        words = squeezed(block.text)
        others = tuple(
            place
            for place in visible
            if squeezed(page.blocks[place].text) == words and _heading_rank(page.blocks[place])
        )
        return _Headline(Printed(text=block.text, line=block.line), tuple(dict.fromkeys((best[1], *others))))
    for title in titles:
        stripped = without_site(title.text)
        if stripped:
            return _Headline(Printed(text=stripped, line=title.line), ())
    return None


def _heading_rank(block: Block) -> int:
    for element in block.element.ancestors():
        if element.tag == "h1":
            return 3
        if element.tag in _HEADINGS:
            return 2
        if _TITLE_NAME.search(element.name):
            return 2
        if element.depth < block.element.depth - 1:
            break
    return 0


def _agreement(words: str, title: str) -> float:
    """Return how well a heading agrees with the page's title: 1 where the title begins with it, less where it holds it."""
    if not title:
        return 0.0
    if title.startswith(words):
        return 0.6 + 0.4 * min(1.0, len(words) / max(8, 0.6 * len(title)))
    if words.startswith(title) and len(title) >= 8:
        return 0.9
    if len(words) >= 8 and words in title:
        return 0.6 + 0.2 * len(words) / len(title)
    return 0.0


def without_site(title: str) -> str:
    """Return a page's title without the names of its channel and site."""
    pieces = [piece.strip() for piece in _SUFFIX.split(title) if piece.strip()]
    if not pieces:
        return title.strip()
    first = pieces[0]
    if len(first) < 5:
        return max(pieces, key=len)
    return first


# The text


def _weights(page: Page, places: Sequence[int]) -> dict[int, float]:
    return {place: _weight(page.blocks[place]) for place in places}


def _weight(block: Block) -> float:
    text = block.text
    size = len(text)
    if block.linked > _LINK_SHARE * size:
        return -min(60.0, 8 + size)
    if size <= _CONTROL_LENGTH * 3 and _control_rule(block):
        return -15.0
    if size >= _SENTENCE and (
        ends_sentence(text[-40:]) or "。" in text or (size >= _LONG and re.search("[，,；;：]", text))
    ):
        return min(size, 400.0) - block.linked
    return -4.0 if size < _SENTENCE else -2.0


def _control_rule(block: Block) -> str | None:
    folded = fold(block.text[:400])
    for code, pattern, limit in FURNITURE:
        if len(block.text) > min(limit, 400) or (
            len(block.text) > _CONTROL_LENGTH and "。" in folded and code not in {"copyright", "disclaimer"}
        ):
            continue
        if pattern.search(folded):
            return code
    return None


def _name_factor(element: Element) -> float:
    if element.tag in {"body", "html", "form"}:
        return 0.0
    name = _HOOK.sub("", element.name)
    if element.tag in _ASIDE_TAGS or _ASIDE_NAME.search(name):
        return -1.0
    if element.tag == "article" or _TEXT_NAME.search(name) or element.attributes.get("itemprop") == "articleBody":
        return 1.0
    return 0.0


def _article_places(page: Page, places: Sequence[int], headline: _Headline | None) -> list[int]:
    """Return the blocks of the article's element, without the parts of it that are no text."""
    weights = _weights(page, places)
    sums: dict[int, float] = {}
    elements: dict[int, Element] = {}
    factors: dict[int, float] = {}
    start = page.blocks[headline.places[0]].at if headline and headline.places else -1
    for place in places:
        block = page.blocks[place]
        for element in block.element.ancestors():
            key = id(element)
            if key not in elements:
                elements[key] = element
                factors[key] = _name_factor(element)
            weight = weights[place]
            # Before the headline stands no article, only what leads to one.
            sums[key] = sums.get(key, 0.0) + (min(weight, 0.0) if block.at < start else weight)
    pruned = _pruned_sums(page, places, weights, elements, factors, start)
    following = [place for place in places if page.blocks[place].at >= start][:_BELOW_HEADLINE] if start >= 0 else []
    near = {id(element) for place in following for element in page.blocks[place].element.ancestors()}
    best: tuple[float, int, int] | None = None
    for key, element in elements.items():
        if any(factors.get(id(other), 0.0) < 0 for other in element.ancestors() if other.tag not in {"body", "html"}):
            continue
        score = (pruned.get(key, 0.0) + (60.0 if factors[key] > 0 else 0.0)) * (2 if key in near else 1)
        if score > 0 and (best is None or (score, element.depth) > (best[0], best[1])):
            best = (score, element.depth, key)
    if best is None:
        return []
    chosen = elements[best[2]]
    inside = [place for place in places if any(element is chosen for element in page.blocks[place].element.ancestors())]
    return _trimmed(page, inside, chosen, weights, factors, start)


def _pruned_sums(
    page: Page,
    places: Sequence[int],
    weights: dict[int, float],
    elements: dict[int, Element],
    factors: dict[int, float],
    start: int,
) -> dict[int, float]:
    """Sum up weights from the leaves; what a child with a name of its own for asides holds counts against its parent."""
    own: dict[int, float] = {}
    for place in places:
        block = page.blocks[place]
        weight = weights[place]
        key = id(block.element)
        own[key] = own.get(key, 0.0) + (min(weight, 0.0) if block.at < start else weight)
    total = dict(own)
    for key in sorted(elements, key=lambda key: -elements[key].depth):
        element = elements[key]
        value = total.get(key, 0.0)
        if factors[key] < 0 and element.tag not in {"body", "html"}:
            value = min(value, 0.0) - abs(value) * 0.1
        if element.parent is not None and id(element.parent) in elements:
            parent = id(element.parent)
            # One long list of links must not outweigh an article beside it in the same element.
            total[parent] = total.get(parent, 0.0) + max(value, -80.0)
        total[key] = value
    return total


def _trimmed(
    page: Page, inside: list[int], chosen: Element, weights: dict[int, float], factors: dict[int, float], start: int
) -> list[int]:
    aside: dict[int, bool] = {}

    def dropped(element: Element) -> bool:
        for other in element.ancestors():
            if other is chosen:
                return False
            key = id(other)
            if key not in aside:
                aside[key] = _is_aside(page, inside, other, weights, factors)
            if aside[key]:
                return True
        return False

    return [place for place in inside if page.blocks[place].at >= start and not dropped(page.blocks[place].element)]


def _is_aside(
    page: Page, inside: Sequence[int], element: Element, weights: dict[int, float], factors: dict[int, float]
) -> bool:
    if (
        element.tag in {"p", "span", "strong", "b", "h2", "h3", "h4", "td", "tr", "tbody"}
        and factors.get(id(element), 0) >= 0
    ):
        return False
    held = [place for place in inside if any(other is element for other in page.blocks[place].element.ancestors())]
    size = sum(len(page.blocks[place].text) for place in held)
    linked = sum(page.blocks[place].linked for place in held)
    if factors.get(id(element), 0) < 0 and sum(weights[place] for place in held) < 400:
        return True
    return size > 0 and linked > 0.6 * size and (len(held) > 1 or element.tag in {"ul", "ol", "div", "li"})


# What stands around it


def _parts(page: Page, visible: Sequence[int], headline: _Headline | None, text: list[int]) -> Parts:
    parts = Parts()
    if headline is not None:
        parts.title = headline.words
        for place in headline.places:
            parts.fates[place] = ((Role.HEADLINE,), "web-headline")
    text = [place for place in text if place not in parts.fates]
    first = next((n for n, place in enumerate(text) if _weight(page.blocks[place]) > 0), 0)
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
    _head_facts(page, parts)
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
        control = _control_rule(block) if place in text else None
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
        rule = _control_rule(block)
        if _EDITOR_LINE.search(folded):
            if source := _source_in(folded, ""):
                parts.source = parts.source or Printed(text=source, line=block.line)
            if editor := _EDITOR.search(folded):
                parts.editor = parts.editor or Printed(text=editor["name"], line=block.line)
            parts.fates[place] = ((Role.EDITOR,), "editor-line")
        elif rule and len(folded) <= 60:
            parts.fates[place] = ((Role.FURNITURE,), rule)


def _head_facts(page: Page, parts: Parts) -> None:
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
            for piece in reversed(_SUFFIX.split(meta.content)[1:]):
                if found := _SITE_NAME.match(piece.strip()):
                    return Printed(text=found["site"], line=meta.line)
    return None


def _editors(block: Block) -> Iterator[str]:
    if len(block.text) > 200 or not re.search("编辑|责编|校对|审核", block.text):
        return
    match = re.search(r"(?:编辑|责编|校对|审核)\s*[:：/／]?\s*(.*)", block.text)
    yield from re.findall(rf"[{HAN}·]{{2,4}}", match[1] if match else "")


def _body(page: Page, parts: Parts, places: Sequence[int]) -> None:
    for place in places:
        block = page.blocks[place]
        if (
            any(
                element.tag == "figcaption" or _CAPTION_NAME.search(element.name)
                for element in block.element.ancestors()
            )
            and len(block.text) <= 300
        ):
            parts.captions.append(Printed(text=block.text, line=block.line))
            parts.fates[place] = ((Role.CAPTION,), "html-caption")
        else:
            parts.body.append(place)
