"""The table of line rules: which rule decides what a line looks like."""

from pathlib import Path

import pytest
import yaml

from gongwen_site.loader.layout import lay_out
from gongwen_site.loader.lines import chinese_number, mark

CASES = yaml.safe_load((Path(__file__).parent / "lines.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["line"][:24]) for case in CASES])
def test_the_first_rule_that_fits_decides(case):
    (found,) = mark(lay_out(case["line"]))
    assert found.rule == case["rule"]


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("天", 0)]
)
def test_chinese_ordinals(text, value):
    assert chinese_number(text) == value


def test_blank_lines_are_counted_and_ideographic_spaces_are_none():
    first, second = lay_out("\u3000\u3000甲\r\n\n\u3000\n\n乙")
    assert (first.text, first.gap, second.text, second.gap, second.number) == ("甲", 0, "乙", 3, 5)
