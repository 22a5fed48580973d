"""What the index stores for a text: enough to find every word, part of a word and character in it."""

from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.chinese.words import Segmenter
from gongwen_site.search.analyze import is_han, normalise, plain, runs, terms

SEGMENTER = Segmenter()
NEWS = st.text("产业工人队伍建设改革白银市王轶男𠮷𬭚〇的，。 　F16-covid:.+#A３①é\u0301\u200b😀", max_size=40)


def test_words_of_three_characters_bigrams_single_words_and_the_last_character_are_stored():
    stored = terms("总工会和职工", SEGMENTER)
    assert {"总工会", "总工", "工会", "会和", "和职", "职工", "和", "工"} == set(stored)


def test_a_two_character_word_is_counted_once():
    assert terms("职工", SEGMENTER) == ["职工", "工"]


def test_one_character_is_stored_once():
    assert terms("图-95", SEGMENTER) == ["图", "95"]


def test_latin_words_are_whole_and_in_parts():
    assert terms("ISO/IEC标准", SEGMENTER)[:3] == ["iso/iec", "iso", "iec"]


@given(NEWS)
def test_every_piece_of_a_text_can_be_asked_for(text):
    stored = set(terms(text, SEGMENTER))
    for run in runs(normalise(text)):
        if not is_han(run):
            assert run in stored
            continue
        assert all(run[i : i + 2] in stored for i in range(len(run) - 1))
        assert all(any(term.startswith(character) for term in stored) for character in run)


@given(NEWS)
def test_no_term_holds_a_space_or_a_wildcard(text):
    assert not any(set(" *\u3000") & set(term) for term in terms(text, SEGMENTER))


@given(NEWS)
def test_analysis_of_what_was_analyzed_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
