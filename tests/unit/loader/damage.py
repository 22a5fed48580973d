"""Newspaper pages put together from the gold articles and damaged as dumps are: the same page for the same number."""

import random
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path

import yaml

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Seed

ROOT = Path(__file__).parents[3]
KINDS = ("none", "top", "inside", "elsewhere", "cut", "captions", "no-blanks", "wide", "narrow", "all")
WIDE = str.maketrans(",:;?!()", "，：；？！（）")
PICTURE = 3  # blank lines that a picture leaves


@dataclass(frozen=True)
class Story:
    title: str
    head: tuple[str, ...]
    byline: tuple[str, ...]
    body: tuple[str, ...]
    captions: tuple[str, ...]


@dataclass
class Block:
    """Lines set without a blank line between; `story` is whose body they are."""

    lines: list[str]
    story: int | None = None
    picture: bool = False


@dataclass(frozen=True)
class Page:
    text: str
    titles: tuple[str, ...]
    owners: dict[int, int] = field(hash=False)  # line number of a body's line: index of its story


@cache
def stories():
    """The gold articles that have a headline and a text."""
    gold = yaml.safe_load((ROOT / "tests" / "fixtures" / "gold.yaml").read_text(encoding="utf-8"))
    return tuple(_story(article) for article in gold if article["title"] and article["lines"]["body"])


def _story(article):
    texts = [line.strip() for line in (ROOT / "seeds" / article["seed"]).read_text(encoding="utf-8").split("\n")]
    lines = article["lines"]
    away = {*lines.get("drop", ()), *lines.get("optional", ())}
    joined = {after for _before, after in lines.get("joins", ())}
    body = []
    for number in (n for a, b in lines["body"] for n in range(a, b + 1) if n not in away and texts[n - 1]):
        if number in joined:
            body[-1] += texts[number - 1]
        else:
            body.append(texts[number - 1])

    def printed(*keys):
        return tuple(texts[number - 1] for key in keys for number in lines.get(key, ()))

    return Story(
        title=texts[lines["headline"][0] - 1],
        head=printed("kicker", "headline", "deck", "unit"),
        byline=printed("byline"),
        body=tuple(body),
        captions=printed("captions"),
    )


def page(number, kind):
    """Return page `number` of a kind of damage: five to seven articles, their order and their damage drawn by lot."""
    lot = random.Random(f"{kind} {number}")
    chosen = lot.sample(stories(), lot.randint(5, 7))
    parts = {kind} if kind != "all" else {"top", "inside", "cut", "captions"}
    top, flow = [], []
    for index, story in enumerate(chosen):
        head, blocks = Block([*story.head]), [Block([text], index) for text in story.body]
        if "cut" in parts:
            blocks = [piece for block in blocks for piece in _cut(block, lot)]
        moved = lot.random() < 0.3
        byline = [Block([*story.byline])] if story.byline else []
        if moved and "top" in parts:
            top.append(head)
            placed = byline + blocks
        elif moved and "inside" in parts and byline and len(blocks) > 4:
            placed = byline + blocks
            placed.insert(lot.randint(2, 4), head)
        elif moved and "elsewhere" in parts and index:
            flow.insert(len(flow) - 1, head)
            placed = byline + blocks
        else:
            placed = [head, *byline, *blocks]
        pictures = [Block([text], picture=True) for text in story.captions]
        if "captions" in parts:
            for picture in pictures:
                placed.insert(lot.randint(len(placed) - 1, len(placed)), picture)
        else:
            placed += pictures
        flow += placed
    return _printed([*top, *flow], tuple(story.title for story in chosen), kind)


def _cut(block, lot):
    text = block.lines[0]
    if len(text) < 80 or lot.random() > 0.15:
        return [block]
    place = lot.randint(20, len(text) - 20)
    return [Block([text[:place]], block.story), Block([text[place:]], block.story)]


def _printed(blocks, titles, kind):
    lines, owners = [], {}
    after_picture = False
    for block in blocks:
        if lines and kind != "no-blanks":
            lines += [""] * (PICTURE if block.picture or after_picture else 1)
        for line in block.lines:
            lines.append(line)
            if block.story is not None:
                owners[len(lines)] = block.story
        after_picture = block.picture
    text = "\n".join(lines)
    if kind == "wide":
        text, titles = text.translate(WIDE), tuple(title.translate(WIDE) for title in titles)
    if kind == "narrow":
        text = unicodedata.normalize("NFKC", text)
        titles = tuple(unicodedata.normalize("NFKC", title) for title in titles)
    return Page(text, titles, owners)


@dataclass
class Measure:
    """Pairs of body lines in one article (F1), bodies whose lines are exactly theirs, headlines at the right text."""

    right: int = 0
    said: int = 0
    wanted: int = 0
    stories: int = 0
    exact: int = 0
    titled: int = 0

    @property
    def rates(self):
        pairs = 2 * self.right / (self.said + self.wanted)
        return round(pairs, 3), round(self.exact / self.stories, 3), round(self.titled / self.stories, 3)

    def add(self, page):
        reading = segment(Seed(path="page.txt", sha256="", encoding="utf-8", text=page.text))
        drafts = {n: role.draft for role in reading.line_roles for n in range(role.first, role.last + 1)}
        in_body = {part.line for draft in reading.drafts for block in draft.body for part in block.parts}
        read = {number: drafts[number] for number in page.owners if number in in_body}
        for one, other in combinations(page.owners, 2):
            together = page.owners[one] == page.owners[other]
            said = one in read and other in read and read[one] == read[other]
            self.wanted += together
            self.said += said
            self.right += together and said
        for index, title in enumerate(page.titles):
            mine = [number for number, owner in page.owners.items() if owner == index]
            held = {read.get(number) for number in mine}
            self.stories += 1
            if len(held) == 1 and None not in held:
                (draft,) = held
                self.exact += sum(owner == draft for owner in read.values()) == len(mine)
            first = read.get(mine[0])
            self.titled += first is not None and reading.drafts[first].title.text == title


def measure(kind, pages):
    """Return pair F1, exact bodies and right headlines over the first `pages` pages of a kind."""
    found = Measure()
    for number in range(pages):
        found.add(page(number, kind))
    return found.rates
