"""`doubts`: what is open, where, and what settles it; what a keeper has settled is open no more."""

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.doubts import doubts
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders

SEEDS = Path(__file__).parents[3] / "seeds"
PAGE = "000_71bb516b356f4cf3.txt"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "gongwen.yaml").write_text("title: 库\n")
    shutil.copy(SEEDS / PAGE, tmp_path / "seeds")
    folders = resolve_folders(root=tmp_path)
    load(folders)
    return folders


def _open(folders, words):
    return next((found for found in doubts(folders).open if words in found.title), None)


def _edit(folders, words, pattern, put):
    path = Path(_open(folders, words).file)
    text = path.read_text()
    edited = re.sub(pattern, put, text, count=1, flags=re.MULTILINE)
    assert edited != text
    path.write_text(edited)


def test_doubts_name_record_dump_and_line_and_what_settles_them(archive):
    found = _open(archive, "工人成工匠")
    assert Path(found.file).read_text().startswith("---\nid: " + found.article)
    assert found.dump == PAGE
    assert [(doubt.code, doubt.line, doubt.settled_by) for doubt in found.doubts] == [
        ("title-inside-text", 33, "title"),
        ("date-inferred", 120, "date"),
    ]


def test_a_reviewed_record_has_no_open_doubt(archive):
    _edit(archive, "工人成工匠", "^evidence:", "reviewed: '2026-11-21'\nevidence:")
    assert _open(archive, "工人成工匠") is None
    load(archive)
    assert _open(archive, "工人成工匠") is None


def test_what_a_person_decided_is_not_in_doubt(archive):
    _edit(archive, "工人成工匠", "^date: .*\ndate_certainty: .*", "date: '2024-11-19'\ndate_certainty: keeper")
    assert [doubt.code for doubt in _open(archive, "工人成工匠").doubts] == ["title-inside-text"]
    load(archive)
    assert [doubt.code for doubt in _open(archive, "工人成工匠").doubts] == ["title-inside-text"]


def test_the_site_shows_open_doubts_only_and_why_a_line_was_dropped(archive):
    sha256 = hashlib.sha256((SEEDS / PAGE).read_bytes()).hexdigest()
    fix = archive.seeds / f"{PAGE}.fix.yaml"
    fix.write_text(f"sha256: {sha256}\nfixes:\n  - {{at: 61, starts: “我们将, drop: 试删一行}}\n")
    load(archive)
    name = _open(archive, "工人成工匠").article
    page = archive.output / "a" / name / "index.html"
    build(archive, base_url=None, search=False)
    assert 'class="doubts' in page.read_text()
    assert "试删一行" in (archive.output / "source" / PAGE / "index.html").read_text()
    _edit(archive, "工人成工匠", "^evidence:", "reviewed: '2026-11-21'\nevidence:")
    build(archive, base_url=None, search=False)
    assert 'class="doubts' not in page.read_text()


def test_articles_without_a_topic_and_unused_topics_are_listed(archive):
    (archive.root / "vocabulary").mkdir()
    (archive.root / "vocabulary" / "topics.yaml").write_text(
        "诗歌:\n  words: [职工诗会]\n文艺:\n  words: [文艺晚会]\n技能培训与评价:\n  broader: 文艺\n"
    )
    (archive.seeds / "短讯.txt").write_text("树下短讯\n\n村口的老树发了新芽，孩子们在树下玩耍，大人们说着闲话。\n")
    load(archive)
    report = doubts(archive)
    assert [title for _, title in report.without_topic] == ["树下短讯"]
    assert "诗歌" in report.unused_topics
    assert "文艺" not in report.unused_topics, "a narrower topic is in use"
    _edit(archive, "树下短讯", "^provenance:", "topics: [诗歌]\nprovenance:")
    report = doubts(archive)
    assert not report.without_topic
    assert "诗歌" not in report.unused_topics
