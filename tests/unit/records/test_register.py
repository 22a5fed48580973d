"""Ids are given once, the same on every machine, and a merge of two registers is a register."""

import re

from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.records.register import Entry, Register, State, mint, parse_register, render_entries


@given(st.text(max_size=20), st.integers(1, 10**6), st.text(max_size=20))
def test_an_id_is_eight_letters_or_digits_and_begins_with_a_letter(dump, line, title):
    assert re.fullmatch(r"[a-z][a-z0-9]{7}", mint(dump, line, title, lambda _: False))


def test_an_id_depends_on_the_words_of_the_headline_not_on_their_width():
    def free(_):
        return False

    assert mint("a.txt", 3, "甘肃：“五项 赋能”", free) == mint("a.txt", 3, "甘肃:“五项赋能”", free)
    assert mint("a.txt", 3, "甘肃", free) != mint("a.txt", 4, "甘肃", free)


def test_a_taken_id_gives_way_to_another():
    first = mint("a.txt", 3, "题", lambda _: False)
    assert mint("a.txt", 3, "题", {first}.__contains__) != first


def test_the_last_line_of_an_id_counts_and_its_first_gives_the_number():
    text = render_entries(
        (
            Entry("aaaaaaaa", "甲,乙.txt", 1, State.ACTIVE),
            Entry("bbbbbbbb", "a.txt", 9, State.ACTIVE),
            Entry("aaaaaaaa", "甲,乙.txt", 1, State.WITHDRAWN),
        ),
        header=True,
    )
    register = parse_register(text + "id,dump,line,state\n", "ids.csv")  # a merge left the header twice
    assert register.latest["aaaaaaaa"] == Entry("aaaaaaaa", "甲,乙.txt", 1, State.WITHDRAWN)
    assert register.number_of() == {"aaaaaaaa": 0, "bbbbbbbb": 1}
    assert Register().number_of() == {}
