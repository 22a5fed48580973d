"""Words are the same whichever engine cuts them, and a term of a vocabulary stays whole."""

import statistics
from pathlib import Path

import pytest

from gongwen_site.chinese.weights import MEDIAN, weights
from gongwen_site.chinese.words import Segmenter, han_runs, join_spans

SEEDS = Path(__file__).parents[3] / "seeds"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def test_both_engines_cut_the_seeds_to_the_same_words():
    pytest.importorskip("rjieba")
    fast, slow = Segmenter(fast=True), Segmenter(fast=False)
    runs = list(dict.fromkeys(match[0] for text in TEXTS for match in han_runs(text)))
    for run in runs:
        assert fast.cut(run) == slow.cut(run)
        assert fast.cut_known(run) == slow.cut_known(run)
        assert all(fast.knows(part) == slow.knows(part) for part in (run, run[:3], run[1:4], run[:2]))
    for some in (
        "\n".join(runs),
        "",
        "\n",
        "职工\n",
        "〇\n\n𠮷野",
        "报工工工工工工",
        "工𠮷𠮷人㐀㐁龿鿿二〇二四",
        "报工成\n" + "工人成" * 500,
    ):
        assert fast.cut(some) == slow.cut(some)


def test_runs_on_lines_are_cut_as_if_each_stood_alone():
    segmenter = Segmenter()
    assert segmenter.cut("总工会\n和职工\n") == [*segmenter.cut("总工会"), "\n", *segmenter.cut("和职工"), "\n"]


@pytest.mark.parametrize(
    ("words", "spans", "joined"),
    [
        (("新", "就业", "形态", "劳动者"), [(0, 5)], ["新就业形态", "劳动者"]),
        (("向", "省人", "社厅", "反映"), [(1, 5)], ["向", "省人社厅", "反映"]),
        (("省人", "社厅"), [(1, 4)], ["*", "人社厅"]),
        (("一二三四",), [(1, 2), (3, 4)], ["*", "二", "*", "四"]),
        (("一二", "三四"), [(1, 3)], ["*", "二三", "*"]),
        (("甲", "乙"), [], ["甲", "乙"]),
        ((), [], []),
        (("甲", "乙", "丙"), [(0, 1), (1, 3)], ["甲", "乙丙"]),
    ],
)
def test_a_span_becomes_one_word_and_what_it_leaves_of_others_is_marked(words, spans, joined):
    assert join_spans(words, spans, remains="*") == joined


def test_a_word_that_the_table_lacks_weighs_its_median_as_in_jieba():
    table = weights()
    assert float(table.frequencies["工会"]) == table.of("工会")
    assert table.of("没有这个词") == MEDIAN == statistics.median_high(map(float, table.frequencies.values()))


def test_parts_of_speech_are_those_of_the_dictionary():
    assert [weights().kind(word) for word in ("工会", "召开", "没有这个词")] == ["n", "v", None]
