"""A keeper teaches the vocabulary and loads again: what the change touches follows, what a person set by hand stays."""

import shutil
from pathlib import Path

import pytest
import yaml

from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders

SEEDS = Path(__file__).parents[3] / "seeds"
PAGE = "002_7e27c9a54797f256.txt"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gongwen.yaml").write_text("title: 试\n", encoding="utf-8")
    for folder in ("seeds", "vocabulary"):
        (tmp_path / folder).mkdir()
    shutil.copy(SEEDS / PAGE, tmp_path / "seeds")
    return tmp_path


def _load(root):
    load(resolve_folders(articles=root / "articles"))
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((root / "articles").rglob("*.md"))}


def _keys(text):
    return yaml.safe_load(text.split("---\n")[1])


def _teach(root, name, text):
    (root / "vocabulary" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_new_topic_tags_what_it_names_and_nothing_else_changes(archive):
    before = _load(archive)
    _teach(archive, "topics", "电子竞技: {slug: esports, words: [泉心], minimum: 1}\n")
    after = _load(archive)
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert changed
    assert changed == {name for name in before if "泉心" in before[name].split("---\n")[2]}
    for name in changed:
        assert "电子竞技" in _keys(after[name])["topics"]
        told = {key for key in _keys(after[name]) if _keys(after[name]).get(key) != _keys(before[name]).get(key)}
        assert told <= {"topics", "keywords", "evidence", "provenance"}


def test_topics_set_by_hand_stay_when_the_vocabulary_changes(archive):
    before = _load(archive)
    name = next(name for name, text in before.items() if "泉心" in text.split("---\n")[2])
    path = next((archive / "articles").rglob(name))
    old = ", ".join(_keys(before[name])["topics"])
    path.write_text(before[name].replace(f"topics: [{old}]", "topics: [手定的主题]"), encoding="utf-8")
    _teach(archive, "topics", "电子竞技: {slug: esports, words: [泉心], minimum: 1}\n")
    assert _keys(_load(archive)[name])["topics"] == ["手定的主题"]


def test_a_taught_place_moves_only_the_articles_that_name_it(archive):
    before = _load(archive)
    _teach(archive, "regions", "exclude: [元阳]\n")
    after = _load(archive)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {name for name in before if "元阳" in before[name]}


def test_a_vocabulary_taken_back_gives_the_first_records_again(archive):
    before = _load(archive)
    _teach(archive, "topics", "电子竞技: {slug: esports, words: [泉心], minimum: 1}\n")
    _load(archive)
    (archive / "vocabulary" / "topics.yaml").unlink()
    assert _load(archive) == before
