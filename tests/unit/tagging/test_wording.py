"""Every rule and doubt that tagging can name has words for people, and no words are left over."""

import ast
import re
from pathlib import Path

import yaml

import gongwen_site.tagging
from gongwen_site.tagging.passages import Place
from gongwen_site.wording import wording

PACKAGE = Path(gongwen_site.tagging.__file__).parent
CODE = re.compile(r"(?:source|date|region|topic)-[a-z]+(?:-[a-z]+)*")


def _codes() -> set[str]:
    found = {f"region-first-{place}" for place in Place}
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_code_has_words_and_all_words_a_code():
    words = yaml.safe_load(
        (Path(gongwen_site.tagging.__file__).parents[1] / "wording/zh-CN/tagging.yaml").read_text(encoding="utf-8")
    )
    assert _codes() == {*words["rules"], *words["doubts"]}


def test_doubts_can_be_said_with_their_parameters():
    params = {"name": "鼓楼区", "candidates": "甲、乙", "date": "2024-11", "line": 3, "names": "甲、乙"}
    doubts = wording().doubts
    assert all(doubts[code].format(**params) for code in _codes() & {*doubts})
