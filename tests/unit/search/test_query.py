"""What a reader may type, and what is found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.records.archive import read_archive
from gongwen_site.search.index import write_index
from gongwen_site.search.query import SearchIndex, State
from gongwen_site.vocabulary.load import load_vocabulary

ARTICLES = Path(__file__).parents[2] / "contract" / "articles"
BAIYIN, SHENMU, WIDTHS, TRADITIONAL = "o2h6u7le", "aija76fu", "widthsaa", "fanti001"
TWO_CITIES, DUMPLINGS, UNDATED, RESERVOIR = "liangdi2", "jiaozi04", "wuriqi03", "jiupian6"


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
    tiers = [ranked.tier for ranked in index.ask(State(q="劳模创新工作室")).ranked]
    assert tiers == sorted(tiers)
    assert set(tiers) == {1, 2}
    some = index.ask(State(q="王轶男 庄浪县"))
    assert some.partial
    assert {ranked.tier for ranked in some.ranked} == {3}
    assert index.ask(State(q="技能 水库", match="any")).total > index.ask(State(q="技能 水库")).total


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
        "零宽字符",
        "café",
        "120m2",
        "ａｂｃ",
    ],
)
def test_rare_signs_are_found(ids, query):
    assert ids(query) == [WIDTHS]


def test_traditional_and_simplified_characters_find_each_other(ids):
    assert WIDTHS in ids("勞動模範")
    assert ids("劳动模范") == ids("勞動模範")
    assert ids("漢口") == ids("汉口") == ids("“汉口的旧书店”") == [TRADITIONAL]


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


def test_a_field_is_asked_alone(ids):
    assert UNDATED in ids("标题:照片")
    assert ids("勞動創造幸福")[0] == TRADITIONAL
    assert ids("标题:創造幸福") == []
    assert ids("作者:张国华") == [TRADITIONAL]
    assert ids("作者:李长河") == []  # he stands in the text
    assert set(ids("照片 -标题:照片")) == set(ids("照片")) - set(ids("标题:照片"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("地区:兰州", {TWO_CITIES, DUMPLINGS}),
        ("地区:西安 地区:兰州", {TWO_CITIES}),
        ("地区:lz", {TWO_CITIES, DUMPLINGS}),
        ("地区:lanzhou -地区:七里河", {TWO_CITIES}),
        ("报纸:汉江文汇", {TRADITIONAL}),
        ("报纸:lzwb 主题:帮扶与互助保障", {DUMPLINGS}),
        ("日期:2019", {TRADITIONAL}),
        ("日期:2022-02..2022-12", {TWO_CITIES}),
        ("水库 日期:2024-05", {RESERVOIR}),  # of which only the year is known
        ("地区:火星", set()),
    ],
)
def test_a_filter_in_the_query_narrows_it(ids, asked, found):
    assert set(ids(asked)) == found


def test_a_filter_in_the_address_narrows_too(index):
    def numbers(**state):
        return {ranked.number for ranked in index.ask(State(**state)).ranked}

    assert numbers(q="工会", region="甘肃省/兰州市") == numbers(q="工会 地区:兰州")
    assert numbers(region="unknown") | numbers(q="") == numbers()
    assert numbers(since="2022", until="2022") == numbers(q="日期:2022")
    assert numbers(region="没有这个省") == set()


def test_letters_that_stand_nowhere_are_pinyin(index):
    found = index.ask(State(q="baiyin"))
    assert [(note.code, note.read) for note in found.reading.notes] == [("pinyin", "白银")]
    assert found.ranked == index.ask(State(q="白银")).ranked
    assert index.ask(State(q="baiyin", literal="1")).total == 0


def test_letters_that_stand_somewhere_are_themselves(index):
    found = index.ask(State(q="by"))  # BY-7
    assert [(note.code, note.names[0].name) for note in found.reading.notes] == [("names", "甘肃省/白银市")]
    assert found.total == 1


def test_a_long_paste_finds_its_article(ids, index):
    article = read_archive(ARTICLES).by_id[DUMPLINGS]
    assert ids(article.body)[0] == DUMPLINGS
    cut = article.body[3 : article.body.index("，", 60) + 2]  # from the middle of a word to the middle of another
    assert ids(cut)[0] == DUMPLINGS
    assert not index.ask(State(q=cut)).reading.notes
    strange = index.ask(State(q="月球背面的餐馆今天开张" * 3))
    assert [note.code for note in strange.reading.notes] == ["too-long"]
    paragraph = article.body.split("\n\n")[0]
    altered = index.ask(State(q=f"{paragraph}这是后来添上的一句话，别处都没有，添得不算太长也不算太短，刚好是一小段"))
    assert [note.code for note in altered.reading.notes] == ["not-whole"]
    assert altered.partial
    assert altered.ranked[0].number == index.ask(State(q=paragraph)).ranked[0].number


def test_dates_order_an_answer(index):
    newest = [ranked.number for ranked in index.ask(State(q="的", sort="new")).ranked]
    oldest = [ranked.number for ranked in index.ask(State(q="的", sort="old")).ranked]
    assert set(newest) == set(oldest)
    assert newest[0] != oldest[0]
    undated = [ranked.number for ranked in index.ask(State(q="的 -日期:1900..2100", sort="old")).ranked]
    assert undated
    assert newest[-len(undated) :] == oldest[-len(undated) :] == undated


def test_a_blank_answer_begins_as_the_catalogue_says(index):
    front = [ranked.number for ranked in index.ask(State()).ranked]
    assert len(front) == index.ask(State()).total == len(index.search("", 100).results)
    assert front == [ranked.number for ranked in index.ask(State(q="-鑫鑫鑫")).ranked]  # which no article holds


def test_counts_say_what_each_choice_would_leave(index):
    state = State(q="的", region="甘肃省")
    counts = index.counts(state)
    assert counts.region[0].chosen
    assert counts.region[0].count == index.ask(state).total
    for choice in counts.region[1:]:
        assert choice.count == index.ask(State(q="的", region=choice.value)).total
    for choice in counts.paper:
        assert choice.count == index.ask(State(q="的", region="甘肃省", paper=choice.value)).total
    for choice in counts.month:  # a date known to the year alone may lie in any of its months
        assert choice.count <= index.ask(State(q="的", region="甘肃省", since=choice.value, until=choice.value)).total


def test_counts_of_everything_need_no_documents(index):
    assert index.counts(State()) == index.counts(State(q="-鑫鑫鑫"))  # which no article holds


@given(st.text(max_size=30) | st.text('白银产业工人王轶男𠮷"“”「」-*~^:+ 　cov19\ud800\u200b', max_size=20))
def test_no_query_fails(index, query):
    found = index.search(query, 5)
    assert len(found.results) == min(5, found.total)
