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


ROWS = """\
{"title": "城关区职工学校开班", "source": "狄道新报", "body": "8月12日，城关区总工会职工学校开班。首届铜城职工艺术节刚刚落幕。"}
{"title": "村口的树", "source": "狄道新报", "body": "村口的老树发了新芽，孩子们在树下玩耍，大人们说着闲话。"}
"""


@pytest.fixture
def rows(archive):
    (archive / "seeds" / PAGE).unlink()
    (archive / "seeds" / "rows.jsonl").write_text(ROWS, encoding="utf-8")
    return archive


def _first(records):
    return _keys(next(text for text in records.values() if "职工学校" in text))


def test_a_taught_paper_names_its_rows_and_settles_places_by_its_home(rows):
    assert "regions" not in _first(_load(rows))
    _teach(rows, "papers", "狄道日报: {slug: didao, aliases: [狄道新报], home: 甘肃省/兰州市}\n")
    after = _load(rows)
    assert {_keys(text)["source"] for text in after.values()} == {"狄道日报"}
    assert _first(after)["regions"] == ["甘肃省/兰州市/城关区"]


def test_a_source_set_by_hand_stays_when_papers_change(rows):
    _load(rows)
    path = next(p for p in (rows / "articles").rglob("*.md") if "职工学校" in p.read_text(encoding="utf-8"))
    path.write_text(
        path.read_text(encoding="utf-8").replace("source: 狄道新报", "source: 铜城晚报", 1), encoding="utf-8"
    )
    _teach(rows, "papers", "狄道日报: {slug: didao, aliases: [狄道新报], home: 甘肃省/兰州市}\n")
    assert {_keys(text)["source"] for text in _load(rows).values()} == {"铜城晚报", "狄道日报"}


def test_a_taught_event_dates_what_names_it_and_a_date_set_by_hand_stays(rows):
    before = _load(rows)
    assert "date" not in _first(before)
    _teach(rows, "events", "events:\n- {words: [首届铜城职工艺术节], date: 2024}\n")
    after = _load(rows)
    assert _first(after)["date"] == "2024-08"
    assert {name for name in before if before[name] != after[name]} == {n for n in after if "职工学校" in after[n]}
    path = next(p for p in (rows / "articles").rglob("*.md") if "职工学校" in p.read_text(encoding="utf-8"))
    by_hand = path.read_text(encoding="utf-8").replace(
        "date: 2024-08\ndate_certainty: inferred", "date: '2024-08-20'\ndate_certainty: keeper"
    )
    path.write_text(by_hand, encoding="utf-8")
    _teach(rows, "events", "events:\n- {words: [首届铜城职工艺术节], date: 2022}\n")
    assert str(_first(_load(rows))["date"]) == "2024-08-20"
