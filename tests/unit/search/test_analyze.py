"""What the index stores for a text: enough to find every word, part of a word and character in it."""

from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.search.analyze import is_han, normalise, plain, runs
from gongwen_site.search.folding import Folding, opencc_folding
from gongwen_site.search.terms import Analyzer

FOLDING = opencc_folding()
ANALYZER = Analyzer(FOLDING, ["会和职工", "甘肃工人报", "ＡＢＣ", "白银"])
NEWS = st.text("勞動產业工人队伍建设改革白银市王轶男𠮷𬭚〇的，。 　F16-covid:.+#A３①é\u0301\u200b😀", max_size=40)


def terms(*texts):
    (counted,) = ANALYZER.count(["\n".join(texts)]).by_text(1)
    return dict(counted)


def test_words_of_three_characters_bigrams_single_words_and_the_last_character_are_stored():
    assert set(terms("总工会和职员")) == {"总工会", "总工", "工会", "会和", "和职", "职员", "和", "员"}


def test_a_two_character_word_is_counted_once():
    assert terms("职工") == {"职工": 1, "工": 1}


def test_one_character_is_stored_once():
    assert terms("图-95") == {"图": 1, "95": 1}


def test_latin_words_are_whole_and_in_parts():
    assert terms("ISO/IEC标准", "f-16") == {"iso/iec": 1, "iso": 1, "iec": 1, "标准": 1, "准": 1, "f-16": 1, "16": 1}


def test_a_name_is_stored_as_often_as_it_stands_whether_jieba_knows_it_or_not():
    assert terms("总工会和职工。《甘肃工人报》、甘肃工人报社")["甘肃工人报"] == 2
    counts = ANALYZER.count(["总工会和职工"])
    assert terms("总工会和职工")["会和职工"] == terms("总工会和职工")["总工会"] == 1
    assert counts.words[counts.terms.index("会和职工")] == 1


def test_texts_do_not_run_into_each_other():
    assert terms("职", "工") == {"职": 1, "工": 1}


def test_traditional_characters_are_simplified_ones():
    assert terms("勞動模範") == terms("劳动模范")
    assert FOLDING.fold("勞動模範，薴𠮷a") == "劳动模范，苎𠮷a"
    assert plain("「勞動」", FOLDING) == "劳动"


def test_a_table_is_cut_to_what_an_archive_holds():
    assert FOLDING.onto(set("劳范")).fold("勞動模範") == "劳動模范"
    assert FOLDING.of(set("動")) == Folding("動", "动")
    assert Folding("", "").fold("勞動") == "勞動"


@given(NEWS)
def test_folding_moves_no_character_and_once_is_enough(text):
    folded = FOLDING.fold(text)
    assert len(folded) == len(text)
    assert FOLDING.fold(folded) == folded


@given(NEWS)
def test_every_piece_of_a_text_can_be_asked_for(text):
    stored = set(terms(text))
    for run in runs(FOLDING.fold(normalise(text))):
        if not is_han(run):
            assert run in stored
            continue
        assert all(run[i : i + 2] in stored for i in range(len(run) - 1))
        assert all(any(term.startswith(character) for term in stored) for character in run)


@given(NEWS)
def test_no_term_holds_a_space_or_a_wildcard(text):
    assert not any(set(" *\u3000") & set(term) for term in terms(text))


@given(NEWS)
def test_analysis_of_what_was_analyzed_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
