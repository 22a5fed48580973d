"""Every word that the program says exists and has what it needs."""

import ast
import re
import string
from pathlib import Path

import pytest
import yaml

from gongwen_site.records.reading import Role
from gongwen_site.wording import DEFAULT_LANGUAGE, languages, wording
from gongwen_site.wording.forms import Counted, fill

ROOT = Path(__file__).parents[2]
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
SOURCE = ROOT / "src" / "gongwen_site"
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


def _constants(path):
    """Every string in a file, those that stand in formatted strings too."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


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
    # Chosen among several by the code around it, so the key stands elsewhere than in the call.
    chosen = {text for name in ("cli", "screen", "usage", "commands/new") for text in _constants(SOURCE / f"{name}.py")}
    assert said - {None} <= set(WORDS.cli)
    trees = {"roles", "hint", "wanted", "reasons", "keys", "certainties", "settings"}
    families = tuple(
        text for text in chosen if re.fullmatch(r"[a-z]+(?:_[a-z]+)*_", text)
    )  # say(f"search_note_{code}")
    unsaid = set(WORDS.cli) - trees - said - chosen
    assert {key for key in unsaid if not key.startswith(families)} == set()


def _leaves(tree, path=""):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}"


def test_every_word_of_the_pages_is_used():
    said = {text for path in (SOURCE / "builder").glob("*.py") for text in _constants(path)}
    templates = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    said |= set(re.findall(r"(?<!search_)\bwords\.([\w.-]+)", templates))
    families = tuple(text for text in said if re.fullmatch(r"[a-z_]+\.", text))  # say(f"roles.{role}")
    # Read whole: sections of a page, names of forms and of views, what an archive is called.
    trees = ("about.", "rights.", "citation.", "database.", "defaults.")
    unused = [key for key in _leaves(WORDS.site) if key not in said and not key.startswith((*families, *trees))]
    listed = {key for key in unused if key.startswith("date.week")}  # lists of the days' names
    assert set(unused) - listed == set()


def test_every_word_of_the_search_page_is_used():
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js"))
    templates = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    said = set(re.findall(r"\bwords\.(\w+)", scripts)) | set(re.findall(r"search_words\.(\w+)", templates))
    said |= _constants(SOURCE / "builder" / "scripts.py")
    starts = tuple(re.findall(r"words\[`(\w+_)\$", scripts))  # words[`facet_${key}`]
    ends = tuple(re.findall(r"\}(_\w+)`\]", scripts))  # words[`${name}_example`]
    unsaid = [key for key in WORDS.search if key not in said]
    assert [key for key in unsaid if not key.startswith(starts) and not key.endswith(ends)] == []


def test_every_word_of_serve_is_used():
    pages = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "commands" / "served").glob("*.html"))
    said = set(re.findall(r"""["'](\w+)["']""", pages))
    said |= {text for name in ("review", "serve") for text in _constants(SOURCE / "commands" / f"{name}.py")}
    assert {key for key in WORDS.serve if key not in said and not key.startswith("given_")} == set()


def test_every_role_has_a_name():
    roles = {role.value for role in Role}
    assert set(WORDS.cli["roles"]) == roles
    assert set(WORDS.site["roles"]) == roles | {"lost"}  # a line that no entry of the ledger covers


def _shape(tree, path=""):
    """Every leaf with what it fills in: words must say the same things in every language, each in its own order."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _shape(value, f"{path}.{key}")
    elif isinstance(tree, list) and all(isinstance(value, str) for value in tree) and ".paragraphs" not in path:
        yield path, len(tree)
    elif isinstance(tree, list):
        yield path, frozenset(name for text in _leaf_texts(tree) for name in _filled_in(text))
    else:
        yield path, frozenset(_filled_in(tree))


def _leaf_texts(tree):
    if isinstance(tree, str):
        yield tree
    else:
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaf_texts(value)


def _filled_in(text):
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


@pytest.mark.parametrize("language", [name for name in languages() if name != DEFAULT_LANGUAGE])
def test_every_language_says_everything_and_fills_in_the_same(language):
    for file in sorted((SOURCE / "wording" / DEFAULT_LANGUAGE).glob("*.yaml")):
        ours = dict(_shape(yaml.safe_load(file.read_text(encoding="utf-8"))))
        theirs = dict(_shape(yaml.safe_load((file.parents[1] / language / file.name).read_text(encoding="utf-8"))))
        assert ours.keys() == theirs.keys(), file.name
        assert [path for path in ours if ours[path] != theirs[path]] == [], file.name


@pytest.mark.parametrize("language", languages())
def test_every_language_has_a_new_archive_of_the_same_files(language):
    folder, ours = SOURCE / "wording" / language / "new", SOURCE / "wording" / DEFAULT_LANGUAGE / "new"
    names = [{path.relative_to(one).as_posix() for path in one.rglob("*.*")} for one in (folder, ours)]
    assert names[0] == names[1]


def test_no_words_end_in_a_comment_by_mistake():
    for path in SOURCE.glob("wording/*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        tokens = [token for token in yaml.scan(text) if isinstance(token, yaml.ScalarToken)]
        held = "\n".join(token.value for token in tokens)
        lines = [line for line in text.splitlines() if " #" in line and line.lstrip()[0] != "#"]
        marked = ["#" + line.partition(" #")[2] for line in lines]
        assert [rest for rest in marked if rest.rstrip("\"'") not in held] == [], path


def test_words_agree_with_numbers():
    text = "{n} {n:article|articles}, {month:Jan|Feb|Mar}"
    assert fill(text, {"n": 1, "month": 3}) == "1 article, Mar"
    assert fill(text, {"n": 0, "month": 1}) == "0 articles, Jan"
    assert fill(text, {"n": Counted(1200), "month": 2}) == "1,200 articles, Feb"
