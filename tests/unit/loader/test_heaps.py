"""Dumps of thousands of scraps: one article, nothing lost, and no more work than their length asks for."""

from gongwen_site.loader.formats.html.markup import read_markup
from gongwen_site.loader.matching import _linked
from gongwen_site.loader.read import read_dump
from gongwen_site.records.reading import Seed


def read(text, name="dump.txt"):
    return read_dump(Seed(path=name, sha256="0" * 64, encoding="utf-8", text=text))


def lost(reading):
    covered = {n for role in reading.line_roles for n in range(role.first, role.last + 1)}
    return [n for n, line in enumerate(reading.lines, 1) if line.strip() and n not in covered]


def test_thousands_of_words_in_lines_are_one_article_as_they_stand():
    words = [f"{number % 1000}" for number in range(6_000)]
    reading = read("\n".join(words))
    (draft,) = reading.drafts
    assert [paragraph.text for paragraph in draft.body] == words
    assert not lost(reading)


def test_thousands_of_invisible_lines_are_no_article():
    reading = read("\u200b\n" * 6_000)
    assert reading.drafts == ()
    assert not lost(reading)


def test_hundreds_of_scraps_with_a_lead_in_are_one_list():
    reading = read("\n".join(f"本报讯 第{number}号" for number in range(400)))
    assert len(reading.drafts) == 1
    assert not lost(reading)


def test_briefs_stay_articles_however_many_they_are():
    brief = "近日，市总工会举行职业技能竞赛，共有二百多名职工参加了比赛，十名选手获得了技术能手称号，赛后还要集中培训。"
    reading = read("\n\n".join(f"第{number}届竞赛举行\n\n本报讯 {brief}第{number}届。" for number in range(320)))
    assert len(reading.drafts) == 320


def test_a_page_of_headlines_in_place_is_assigned_headline_by_headline():
    # Work grows with the cube of what is assigned at once.
    scores = [[0.5 if row == column else 0.0 for column in range(50)] for row in range(50)]
    assert _linked(scores) == [([place], [place]) for place in range(50)]


def test_pairs_that_share_a_text_or_a_headline_are_assigned_together():
    assert _linked([[1.0, 0.2, 0.0], [0.0, 0.4, 0.0], [0.0, 0.0, 0.0]]) == [([0, 1], [0, 1])]


def test_tags_that_nothing_closes_are_words():
    words = "".join(event.source for event in read_markup("<a " * 100 + '="竞赛>"') if hasattr(event, "source"))
    assert words.count("<a") == 100
