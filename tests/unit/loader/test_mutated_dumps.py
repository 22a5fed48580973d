"""The loader keeps its promises of dumps broken at random; `tests/fuzz/fuzz_load.py` feeds it as many as wanted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutate import Mutator
from promises import load_dump

from gongwen_site.vocabulary.load import load_vocabulary

ROOT = Path(__file__).parents[3]


MUTATOR = Mutator([path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))])
VOCABULARY = load_vocabulary(None)


@given(st.integers(min_value=0, max_value=10**9))
def test_no_broken_dump_breaks_a_promise(number):
    name, data = MUTATOR.dump(0, number)
    assert load_dump(name, data, VOCABULARY).broken is None


@pytest.mark.parametrize("kind", [".txt", ".html", ".md", ".jsonl", ".csv"])
def test_bytes_of_no_kind_break_no_promise(kind):
    @given(st.binary(max_size=200))
    def hold(data):
        assert load_dump(f"any{kind}", data, VOCABULARY).broken is None

    hold()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("two-articles-on-one-line.html", "甲市竞赛/enpproperty<div>本报讯。<div>乙县竞赛"),
        ("half-a-character.jsonl", '{"title": "甲", "\\ud800": "\\ud800"}'),
        ("nameless-columns.jsonl", '{"": "甲", "正文": "乙", " ": "丙"}'),
        ("cells-beyond-the-header.csv", "title\n甲,乙,丙"),
        ("one-name-for-two-columns.csv", "正文,正文\n甲,乙"),
        ("front-matter-alone.md", "---\ndate: 2024\n---"),
        ("long-name-of-a-column.csv", f"title,{'备' * 2_000}\n甲,乙"),
    ],
)
def test_what_once_broke_a_promise_is_kept_whole(name, text):
    outcome = load_dump(name, text.encode(), VOCABULARY)
    assert (outcome.broken, outcome.articles > 0) == (None, True)
