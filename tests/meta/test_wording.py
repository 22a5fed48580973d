"""Every word that the program says exists and has what it needs."""

import ast
import string
from pathlib import Path

from gongwen_site.records.reading import Role
from gongwen_site.wording import wording

SOURCE = Path(__file__).parents[2] / "src" / "gongwen_site"
WORDS = wording()
TERMINAL = {"_WORDS.say", "wording().say"}


def _calls(*names):
    """Every call of one of these functions in the source."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    yield name, node


def _text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _diagnostic_codes():
    for name, call in _calls("error", "note", "Problem"):
        code = _text(call.args[1] if name == "Problem" else call.args[0]) if call.args else None
        if code:
            yield code, {keyword.arg for keyword in call.keywords}


def test_every_diagnostic_has_words_and_the_words_have_what_they_need():
    for code, given in _diagnostic_codes():
        entry = WORDS.diagnostics[code]
        for text in entry.values():
            needed = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert None in given or needed <= given, code


def test_every_terminal_word_exists_and_is_said():
    said = {_text(call.args[0]) for _, call in _calls("say") if call.args and ast.unparse(call.func) in TERMINAL}
    chosen = {"error_mark", "note_mark"}  # one expression picks between the two
    assert said - {None} <= set(WORDS.cli)
    assert set(WORDS.cli) - {"roles", "hint"} <= said | chosen


def test_every_role_has_a_name():
    assert set(WORDS.cli["roles"]) == {role.value for role in Role}
