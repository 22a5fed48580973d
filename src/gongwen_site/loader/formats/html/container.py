"""Which words of a news page are the article's.

Every block of words has a weight, a sentence's its length, a link's and a button's less than nothing; the article is the
element whose blocks sum up highest, less the parts of it that fall below nothing. The idea is that of maximum
subsequence segmentation (Pasternack and Roth, WWW 2009), on the tree instead of the sequence of tokens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongwen_site.chinese.typography import fold
from gongwen_site.loader.formats.html.page import Block, Element, Page
from gongwen_site.loader.sentences import ends_sentence
from gongwen_site.loader.webpage import FURNITURE

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

_SENTENCE = 16  # characters from which words with a full stop count as a sentence
_LONG = 60  # and without one, if a comma is in them
_HEAVIEST = 400.0
_BUTTON = 24
_LINK_SHARE = 0.5
_BELOW_HEADLINE = 15  # blocks below the headline among which its text begins
_NAMED_TEXT = 60.0
_LIGHTEST_CHILD = -80.0
_REAL_TEXT = 400.0


def weight(block: Block) -> float:
    """Return what a block speaks for, as characters of running text; below nothing for links and buttons."""
    text = block.text
    size = len(text)
    if block.linked > _LINK_SHARE * size:
        return -min(60.0, 8 + size)
    if size <= _BUTTON * 3 and control_rule(block):
        return -15.0
    if size >= _SENTENCE and (
        ends_sentence(text[-40:]) or "。" in text or (size >= _LONG and re.search("[，,；;：]", text))
    ):
        return min(size, _HEAVIEST) - block.linked
    return -4.0 if size < _SENTENCE else -2.0


def control_rule(block: Block) -> str | None:
    """Return the code of the furniture rule that a short block falls under: sharing, navigation, copyright."""
    size = len(block.text)
    if size > _HEAVIEST:
        return None
    folded = fold(block.text)
    sentence = size > _BUTTON and "。" in folded
    for code, pattern, limit in FURNITURE:
        if size <= limit and not (sentence and code not in {"copyright", "disclaimer"}) and pattern.search(folded):
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


@dataclass(slots=True)
class _Sums:
    """What each element holds, by its number: `score` counts asides against it, the others add up."""

    factor: list[float]
    score: list[float]
    weight: list[float]
    size: list[int]
    linked: list[int]
    count: list[int]


def article_places(page: Page, places: Sequence[int], start: int) -> list[int]:
    """Return those of `places` that are the article's. `start` is the block of the headline; before it stands no article."""
    sums = _sums(page, places, start)
    near = _near(page, places, start)
    under_aside = [False] * len(page.elements)
    best: tuple[float, int, int] | None = None
    for element in page.elements:
        number = element.number
        above = element.parent is not None and under_aside[element.parent.number]
        under_aside[number] = above or sums.factor[number] < 0
        if under_aside[number]:
            continue
        score = sums.score[number] + (_NAMED_TEXT if sums.factor[number] > 0 else 0.0)
        score *= 2 if number in near else 1
        if sums.score[number] > 0 and (best is None or (score, element.depth) > best[:2]):
            best = (score, element.depth, number)
    return [] if best is None else _kept(page, places, start, sums, best[2])


def _sums(page: Page, places: Sequence[int], start: int) -> _Sums:
    many = len(page.elements)
    factor = [_name_factor(element) for element in page.elements]
    sums = _Sums(factor, [0.0] * many, [0.0] * many, [0] * many, [0] * many, [0] * many)
    for place in places:
        block = page.blocks[place]
        number = block.element.number
        value = weight(block)
        sums.score[number] += min(value, 0.0) if place < start else value
        sums.weight[number] += value
        sums.size[number] += len(block.text)
        sums.linked[number] += block.linked
        sums.count[number] += 1
    for element in reversed(page.elements):
        if element.parent is None:
            continue
        number, parent = element.number, element.parent.number
        score = sums.score[number]
        if factor[number] < 0:
            score = min(score, 0.0) - abs(score) * 0.1
        # One long list of links must not outweigh an article beside it in the same element.
        sums.score[parent] += max(score, _LIGHTEST_CHILD)
        sums.weight[parent] += sums.weight[number]
        sums.size[parent] += sums.size[number]
        sums.linked[parent] += sums.linked[number]
        sums.count[parent] += sums.count[number]
    return sums


def _near(page: Page, places: Sequence[int], start: int) -> set[int]:
    """Return the elements that hold any of the blocks right below the headline."""
    below = [place for place in places if place >= start][:_BELOW_HEADLINE] if start >= 0 else []
    return {element.number for place in below for element in page.blocks[place].element.ancestors()}


def _kept(page: Page, places: Sequence[int], start: int, sums: _Sums, chosen: int) -> list[int]:
    inside, dropped = [False] * len(page.elements), [False] * len(page.elements)
    for element in page.elements[chosen:]:
        number, parent = element.number, element.parent.number if element.parent else 0
        inside[number] = number == chosen or inside[parent]
        if inside[number] and number != chosen:
            dropped[number] = dropped[parent] or _is_aside(element, sums)
    numbers = ((place, page.blocks[place].element.number) for place in places if place >= start)
    return [place for place, number in numbers if inside[number] and not dropped[number]]


def _is_aside(element: Element, sums: _Sums) -> bool:
    number = element.number
    if sums.factor[number] < 0 and sums.weight[number] < _REAL_TEXT:
        return True
    if element.tag not in {"ul", "ol", "div", "li", "section", "dl", "table"}:
        return False
    return sums.size[number] > 0 and sums.linked[number] > 0.6 * sums.size[number]
