"""The tables of `docs/moving.md` say what the program's own tables do: `python tests/unit/moving/test_document.py` writes them."""

import re
from pathlib import Path

import pytest

from gongwen_site.moving import collectionbuilder, hugo

DOCS = Path(__file__).parents[3] / "docs"
FORMS = {"collectionbuilder": ("### CollectionBuilder", collectionbuilder), "hugo": ("### Hugo", hugo)}
LANGUAGES = {
    "moving.md": ("there", "in the record", "only read"),
    "moving.zh-CN.md": ("那边", "记录里", "只读"),
}


def _table(slots, words):
    there, here, only_read = words
    keys = {slot.name: ", ".join(f"`{key}`" for key in slot.keys) for slot in slots}
    rows = (f"| `{slot.name}` | {keys[slot.name]}{'' if slot.is_written else f' ({only_read})'} |" for slot in slots)
    return "\n".join((f"| {there} | {here} |", "|---|---|", *rows))


def _with_tables(text, words):
    for heading, form in FORMS.values():
        made = _table(form.SLOTS, words)
        text = re.sub(
            rf"(?<=^{heading}\n\n).*?(?=\n\n)", lambda _, made=made: made, text, flags=re.MULTILINE | re.DOTALL
        )
    return text


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_tables_are_those_of_the_program(name):
    text = (DOCS / name).read_text(encoding="utf-8")
    assert text == _with_tables(text, LANGUAGES[name]), "if it is meant: python tests/unit/moving/test_document.py"


if __name__ == "__main__":
    for name, words in LANGUAGES.items():
        path = DOCS / name
        path.write_text(_with_tables(path.read_text(encoding="utf-8"), words), encoding="utf-8")
