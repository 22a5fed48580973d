"""Every rule and every doubt of the loader has words that a person can read."""

import ast
import string
from pathlib import Path

from gongwen_site.loader.lines import RULES
from gongwen_site.loader.webpage import FURNITURE
from gongwen_site.wording import wording

LOADER = Path(__file__).parents[3] / "src" / "gongwen_site" / "loader"
STORY_RULES = {"headline-in-place", "headline-by-words", "headline-inside-text", "web-headline"}


def _calls():
    for path in sorted(LOADER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def _constants(node):
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _rules():
    yield from (rule.code for rule in RULES)
    yield from (code for code, _pattern, _limit in FURNITURE)
    yield from STORY_RULES
    for name, call in _calls():
        if name == "_set":
            yield from _constants(call.args[3])
        for keyword in call.keywords:
            if keyword.arg == "rule" and name != "Story":
                yield from _constants(keyword.value)


def test_every_rule_says_why():
    assert {code for code in _rules() if code != "untitled"} <= set(wording().rules)


def test_every_doubt_says_what_to_look_at_from_what_it_carries():
    for name, call in _calls():
        if name != "Doubt":
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if not isinstance(given["code"], ast.Constant):
            continue
        words = wording().doubts[given["code"].value]
        params = _constants(given["params"]) if "params" in given else set()
        needed = {field for _, field, _, _ in string.Formatter().parse(words) if field}
        assert needed <= params | ({"line"} if "line" in given else set()), given["code"].value
