"""What a reader may type, and what is found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.records.archive import read_archive
from gongwen_site.search.index import write_index
from gongwen_site.search.query import SearchIndex
from gongwen_site.vocabulary.load import load_vocabulary

ARTICLES = Path(__file__).parents[2] / "contract" / "articles"
BAIYIN, SHENMU, WIDTHS = "o2h6u7le", "aija76fu", "widthsaa"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    write_index(read_archive(ARTICLES), load_vocabulary(None), folder)
    return SearchIndex(folder)


@pytest.fixture(scope="module")
def ids(index):
    return lambda query: [result.id for result in index.search(query, 100).results]


def test_a_stretch_from_the_middle_of_a_sentence_is_found(ids):
    assert ids("电缆智能通风盖板可以实现") == [BAIYIN]


def test_a_name_that_jieba_does_not_know_is_found(ids):
    assert ids("王轶男") == [BAIYIN]
    assert ids("轶男") == [BAIYIN]


def test_words_may_stand_apart_and_need_no_space(ids):
    assert ids("王轶男 铜业公司") == [BAIYIN]
    assert BAIYIN in ids("白银名师带高徒拜师")


def test_all_words_come_before_some(index):
    tiers = [ranked.tier for ranked in index.ranked("产业工人")]
    assert tiers == sorted(tiers)
    assert 3 not in tiers
    assert {ranked.tier for ranked in index.ranked("王轶男 庄浪县")} == {3}


def test_the_whole_phrase_comes_first(ids):
    # Both articles hold every pair of characters of the phrase; only one holds the phrase.
    assert ids("劳模创新工作室")[0] in set(ids("“劳模创新工作室”"))


@pytest.mark.parametrize("quotes", ["“{}”", '"{}"', "「{}」", "『{}』", "＂{}＂"])
def test_quotes_ask_for_the_very_words(ids, quotes):
    assert ids(quotes.format("名师带高徒")) == [BAIYIN]
    assert ids(quotes.format("高徒名师带")) == []


def test_quotes_ask_the_printed_text_and_not_the_labels(ids):
    assert ids("庄浪县 甘肃省")  # the record's region, nowhere printed
    assert ids("庄浪县 “甘肃省”") == []


def test_a_minus_excludes(ids):
    everyone = set(ids("产业工人"))
    assert BAIYIN in everyone
    assert set(ids("产业工人 -王轶男")) == everyone - {BAIYIN}
    assert set(ids("-王轶男")) == set(ids("")) - {BAIYIN}


def test_one_character_is_enough(ids):
    assert ids("轶") == [BAIYIN]
    assert ids("𠮷") == [WIDTHS]
    assert ids("図") == []


def test_a_latin_word_may_be_unfinished_at_the_end(ids):
    assert ids("cov") == [WIDTHS]
    assert ids("ICQ") == [BAIYIN]
    assert ids("“cov”") == []


@pytest.mark.parametrize(
    "query",
    [
        "f-16",
        "Ｆ－１６",
        "图-95",
        "12:30",
        "c++",
        "C#",
        "3.14",
        "3,000",
        "iec",
        "𬭚",
        "勞動模範",
        "零宽字符",
        "café",
        "120m2",
        "ａｂｃ",
    ],
)
def test_rare_signs_are_found(ids, query):
    assert ids(query) == [WIDTHS]


def test_traditional_characters_are_other_characters(ids):
    assert WIDTHS in ids("勞動模範")
    assert WIDTHS not in ids("劳动模范")


def test_people_newspapers_regions_and_captions_are_found(ids):
    assert BAIYIN in ids("彭雯")
    assert ids("中工网 金昌市") == ["lnzfzt4h"]
    assert ids("北京市 大兴区") == [WIDTHS]
    assert ids("红柳林煤矿 郭建雄") == ["emptybdy"]


def test_a_title_leads_its_article(ids):
    assert ids("改革志在心")[0] == SHENMU


def test_what_stands_nowhere_is_not_found(index):
    assert index.search("鑫鑫鑫", 10).total == 0
    assert index.search("！？", 10).total == 0


def test_a_blank_query_is_everything(index):
    assert index.search("　", 3).total == len(read_archive(ARTICLES).articles)
    assert len(index.search("", 3).results) == 3


@given(st.text(max_size=30) | st.text('白银产业工人王轶男𠮷"“”「」-*~^:+ 　cov19\ud800\u200b', max_size=20))
def test_no_query_fails(index, query):
    found = index.search(query, 5)
    assert len(found.results) == min(5, found.total)
