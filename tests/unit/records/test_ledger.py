"""The ledger reads back as written and knows which lines it does not account for."""

from dataclasses import replace

import pytest

from gongwen_site.errors import RecordError
from gongwen_site.records.ledger import Ledger, LedgerArticle, LedgerDoubt, LedgerLine
from gongwen_site.records.ledger_text import parse_ledger, render_ledger
from gongwen_site.records.reading import Role

LEDGER = Ledger(
    dump="甲 #1: 乙.txt",
    sha256="00" * 32,
    encoding="utf-8",
    fix="11" * 32,
    lines=(
        LedgerLine(first=1, last=1, roles=(Role.BYLINE, Role.BODY), rule="lead-in", article="aaaaaaaa"),
        LedgerLine(first=3, last=5, roles=(Role.FURNITURE,), rule="web", note="广告: [乙], 丙"),
        LedgerLine(first=7, last=7, roles=(Role.BODY,), rule="paragraph", article="aaaaaaaa", joins=1),
        LedgerLine(first=9, last=9, roles=(Role.REPEATED,), rule="repeated", article="aaaaaaaa", repeats=7),
    ),
    articles=(LedgerArticle(id="aaaaaaaa", words="0123456789ab"),),
    doubts=(LedgerDoubt(article="aaaaaaaa", code="x", line=7, params={"words": "甲: [乙]"}),),
)


def test_a_ledger_reads_back_as_written():
    assert parse_ledger(render_ledger(LEDGER), "x.yaml") == LEDGER


def test_lines_with_words_that_no_entry_covers_are_found():
    lines = ["一", "", "二", "三", "四", "失", "五", " \u3000", "六", "失"]
    assert LEDGER.unaccounted(lines) == [6, 10]


@pytest.mark.parametrize("dump", ["../x.txt", "/etc/x", "a/../../x.txt", "a//x.txt"])
def test_a_dump_outside_its_folder_is_refused_for_pages_are_named_after_it(dump):
    with pytest.raises(RecordError) as caught:
        parse_ledger(render_ledger(replace(LEDGER, dump=dump)), "x.yaml")
    assert [problem.code for problem in caught.value.diagnostics] == ["path-outside"]
