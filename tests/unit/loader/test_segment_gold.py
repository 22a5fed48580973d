"""The five seeds, read as a careful reader reads them."""

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Role, Seed

ROOT = Path(__file__).parents[3]
GOLD = yaml.safe_load((ROOT / "tests" / "fixtures" / "gold.yaml").read_text(encoding="utf-8"))
SEEDS = sorted({article["seed"] for article in GOLD})
FULL_WIDTH = str.maketrans(",:;?!()", "，：；？！（）")


@cache
def _reading(name, *, wide=False):
    text = (ROOT / "seeds" / name).read_text(encoding="utf-8")
    text = text.translate(FULL_WIDTH) if wide else text
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return segment(Seed(path=name, sha256=sha256, encoding="utf-8", text=text))


def _squeezed(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def _body_lines(article, texts):
    lines = article["lines"]
    dropped = {*lines.get("drop", ()), *lines.get("optional", ())}
    return [n for a, b in lines["body"] for n in range(a, b + 1) if texts[n - 1].strip() and n not in dropped]


def _paragraphs(article, texts):
    joined = {n for pair in article["lines"].get("joins", ()) for n in pair[1:]}
    found = []
    for number in _body_lines(article, texts):
        if number in joined:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _draft(article, *, wide=False):
    """The draft that holds the article's first line, of the body or of the captions."""
    reading = _reading(article["seed"], wide=wide)
    texts = reading.seed.text.split("\n")
    wanted = (_body_lines(article, texts) or article["lines"]["captions"])[0]
    (role,) = [role for role in reading.line_roles if role.first <= wanted <= role.last]
    assert role.draft is not None
    return reading.drafts[role.draft], texts


ARTICLES = [pytest.param(article, id=article["id"]) for article in GOLD]


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("wide", [False, True], ids=["as-is", "full-width"])
def test_a_dump_holds_as_many_articles_as_it_does(name, wide):
    assert len(_reading(name, wide=wide).drafts) == sum(article["seed"] == name for article in GOLD)


@pytest.mark.parametrize("wide", [False, True], ids=["as-is", "full-width"])
@pytest.mark.parametrize("article", ARTICLES)
def test_paragraphs_are_joined_split_and_ordered(article, wide):
    draft, texts = _draft(article, wide=wide)
    optional = set(article["lines"].get("optional", ()))
    found = [[part.line for part in paragraph.parts] for paragraph in draft.body]
    assert [lines for lines in found if not optional & set(lines)] == _paragraphs(article, texts)
    for paragraph in draft.body:
        for part in paragraph.parts:
            assert part.text == texts[part.line - 1].strip()


@pytest.mark.parametrize("article", ARTICLES)
def test_headlines_stand_in_their_parts(article):
    draft, texts = _draft(article)
    if article["title"] is None:
        assert draft.title_supplied
        assert draft.title.text in texts[draft.title.line - 1]
    else:
        assert not draft.title_supplied
        assert _squeezed(draft.title.text) == _squeezed(article["title"])
    for part in ("kicker", "deck"):
        printed = getattr(draft, part)
        assert _squeezed(printed.text if printed else "") == _squeezed(article.get(part))


@pytest.mark.parametrize("article", ARTICLES)
def test_bylines_name_people(article):
    draft, _texts = _draft(article)
    assert [person.name for person in draft.byline] == article["authors"]


@pytest.mark.parametrize("article", ARTICLES)
def test_captions_and_headings_are_told_from_text(article):
    draft, _texts = _draft(article)
    lines = article["lines"]
    assert [caption.line for caption in draft.captions] == lines.get("captions", [])
    headings = {part.line for block in draft.body if block.kind == "heading" for part in block.parts}
    assert headings - set(lines.get("optional", ())) == set(lines.get("headings", ()))


@pytest.mark.parametrize("article", [case for case in ARTICLES if "source" in case.values[0]])
def test_printed_facts_are_read(article):
    draft, _texts = _draft(article)
    assert (draft.source.text, draft.date.text) == (article["source"], article["date"])
    assert (draft.page.text if draft.page else None) == (str(article["page"]) if "page" in article else None)


@pytest.mark.parametrize("article", [case for case in ARTICLES if "source" not in case.values[0]])
def test_nothing_is_made_up_that_is_not_printed(article):
    draft, _texts = _draft(article)
    assert (draft.source, draft.date, draft.page) == (None, None, None)


@pytest.mark.parametrize("name", SEEDS[1:])
def test_blank_lines_help_but_are_not_needed(name):
    reading = _reading(name)
    tight = re.sub(r"\n\s*\n+", "\n", reading.seed.text)
    again = segment(Seed(path=name, sha256="", encoding="utf-8", text=tight))
    assert [draft.title.text for draft in again.drafts] == [draft.title.text for draft in reading.drafts]


def test_own_reporters_name_the_paper_of_their_page():
    assert _reading(SEEDS[0]).source.text == "甘肃日报"
    assert all(_reading(name).source is None for name in SEEDS[1:])


@pytest.mark.parametrize("name", SEEDS)
def test_every_line_has_one_fate(name):
    reading = _reading(name)
    told = [n for role in reading.line_roles for n in range(role.first, role.last + 1)]
    printed = {n for n, line in enumerate(reading.seed.text.split("\n"), 1) if line.strip()}
    assert len(told) == len(set(told))
    assert printed <= set(told)


def _roles(name, line):
    (role,) = [role for role in _reading(name).line_roles if role.first <= line <= role.last]
    return role


def test_what_is_no_article_is_told_as_what_it_is():
    assert _roles(SEEDS[3], 85).roles == (Role.PAGE_CREDIT,)
    assert _roles(SEEDS[2], 71).roles == (Role.CONTINUATION,)
    assert _roles(SEEDS[4], 47).roles == (Role.TRAILER,)
    assert _roles(SEEDS[1], 26).roles == (Role.EDITOR,)
    assert {_roles(SEEDS[1], line).roles for line in (1, 28, 41, 61)} == {(Role.FURNITURE,)}


def test_a_line_of_two_roles_lists_both():
    assert _roles(SEEDS[2], 11).roles == (Role.BYLINE, Role.BODY)
    assert _roles(SEEDS[3], 105).roles == (Role.PORTRAIT, Role.BYLINE)
    assert _roles(SEEDS[1], 24).roles == (Role.BODY, Role.BYLINE)


def test_a_repetition_is_dropped_and_says_of_what():
    role = _roles(SEEDS[0], 96)
    assert (role.roles, role.repeats) == ((Role.REPEATED,), 80)
    assert role.draft == _roles(SEEDS[0], 80).draft


def test_a_joined_line_says_what_it_continues():
    assert _roles(SEEDS[0], 140).joins == 134
    assert _roles(SEEDS[3], 151).joins == 181


@pytest.mark.parametrize(
    ("name", "code", "line"),
    [
        (SEEDS[0], "title-inside-text", 33),
        (SEEDS[0], "repeated-line", 96),
        (SEEDS[0], "ends-mid-sentence", 156),
        (SEEDS[0], "caption-by-gap", 138),
        (SEEDS[2], "title-by-words", 5),
        (SEEDS[2], "continued", 71),
        (SEEDS[3], "repeated-heading", 73),
        (SEEDS[3], "sections-reordered", 173),
        (SEEDS[3], "untitled", None),
    ],
)
def test_what_is_doubtful_is_said(name, code, line):
    doubts = [(doubt.code, doubt.line) for draft in _reading(name).drafts for doubt in draft.doubts]
    assert (code, line) in doubts
