"""A keeper at work beside the rules: fix files, edited records, moved files, renamed dumps. Nothing of theirs is lost."""

import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import Severity
from gongwen_site.records.archive import read_archive
from gongwen_site.records.article import DateCertainty, Evidence
from gongwen_site.records.frontmatter import parse_record, render_record
from gongwen_site.records.register import State

SEEDS = Path(__file__).parents[3] / "seeds"
PAGE = "000_71bb516b356f4cf3.txt"
WEB = "001_68a2d98467e1a6c6.txt"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "gongwen.yaml").write_text("title: 库\n")
    shutil.copy(SEEDS / PAGE, tmp_path / "seeds")
    folders = resolve_folders(root=tmp_path)
    load(folders)
    return folders


def _fix(folders, *operations, top="", dump=PAGE, sha256=None):
    path = folders.seeds / f"{dump}.fix.yaml"
    sha256 = sha256 or hashlib.sha256((folders.seeds / dump).read_bytes()).hexdigest()
    path.write_text(f"sha256: {sha256}\n{top}fixes:\n" + "".join(f"  - {{{line}}}\n" for line in operations))
    return path


def _read(folders):
    return read_archive(folders.articles)


def _article(folders, words):
    return next(article for article in _read(folders).articles if words in article.title)


def _path(folders, article):
    return folders.articles / _read(folders).files[article.id]


def _edit(folders, words, change):
    """Change a record as a person does, in its file."""
    article = _article(folders, words)
    path = _path(folders, article)
    before = path.read_text()
    after = change(before)
    assert after != before
    path.write_text(after)
    return article.id, path


def _codes(report):
    return {diagnostic.code for diagnostic in report.diagnostics}


def _ids(folders):
    return {article.id for article in _read(folders).articles}


APPENDED = {"ids.csv", "addresses.csv"}
"""What another dump adds lines to."""


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Fix files


def test_a_fix_file_is_followed_and_the_ids_stay(archive):
    before = _ids(archive)
    _fix(
        archive,
        "at: 65, starts: 近日, supplied_title: 庄浪上峡口水库加紧建设, date: 2024-11-19, topics: [水利]",
        "at: 35, starts: 白银市推进, role: kicker",
    )
    report = load(archive)
    assert not report.diagnostics
    assert _ids(archive) == before
    article = _article(archive, "上峡口")
    assert article.date == "2024-11-19"
    assert article.date_certainty is DateCertainty.KEEPER
    assert article.topics == ("水利",)
    assert article.evidence.topics["水利"] == (Evidence(rule="fix", words="水利", line=65),)
    assert article.evidence.date == (Evidence(rule="fix", words="2024-11-19", line=65),)
    assert _article(archive, "工人成工匠").kicker == "白银市推进产业工人队伍建设改革见闻"
    ledger = _read(archive).ledgers[PAGE]
    assert next(line.rule for line in ledger.lines if line.first == 35) == "fix-role"
    doubts = {(doubt.article, doubt.code) for doubt in ledger.doubts}
    assert (article.id, "untitled") not in doubts
    assert (article.id, "date-inferred") not in doubts
    files = _files(archive.articles)
    load(archive)
    assert _files(archive.articles) == files


def test_a_dump_is_dated_once_for_all_its_articles(archive):
    _fix(archive, top="date: 2024-11-19\nsource: 甘肃日报\npage: 5\n")
    load(archive)
    articles = _read(archive).articles
    assert {(a.date, a.date_certainty, a.source, a.page) for a in articles} == {
        ("2024-11-19", DateCertainty.KEEPER, "甘肃日报", "5")
    }
    assert not {d.code for d in _read(archive).ledgers[PAGE].doubts} & {"date-inferred", "source-not-printed"}


def test_a_merged_article_comes_back_under_its_id_when_the_fix_is_taken_back(archive):
    before = {article.id: article.title for article in _read(archive).articles}
    fix = _fix(archive, "at: 69, starts: 临洮, merge: 33")
    report = load(archive)
    assert "record-superseded" in _codes(report)
    assert len(_ids(archive)) == len(before) - 1
    fix.unlink()
    load(archive)
    assert {article.id: article.title for article in _read(archive).articles} == before


def test_a_split_article_leaves_its_id_to_the_greater_part(archive):
    whole = _article(archive, "工人成工匠")
    _fix(archive, "at: 45, starts: 精细服务, split: article")
    load(archive)
    assert _article(archive, "工人成工匠").id == whole.id
    assert _article(archive, "精细服务").id != whole.id


def test_a_record_edited_by_hand_goes_before_the_fix_file(archive):
    _edit(archive, "上峡口", lambda text: re.sub("title: .*", "title: 编者改定的题", text, count=1))
    _fix(archive, "at: 65, starts: 近日, supplied_title: 修订文件里的题")
    report = load(archive)
    assert _article(archive, "编者改定的题")
    note = next(d for d in report.diagnostics if d.code == "reading-differs")
    assert note.params["changes"].split("\n")[1:] == ["    - 编者改定的题", "    + 修订文件里的题"]


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("at: 65, starts: 昨日, title: 题", "fix-guard"),
        ("at: 65, starts: 近日, titel: 题", "fix-key-unknown"),
        ("at: 65, starts: 近日, join: 9", "fix-two-articles"),
    ],
)
def test_a_new_fix_file_with_a_mistake_costs_nothing_but_itself(archive, operation, code):
    before = _files(archive.articles)
    fix = _fix(archive, operation)
    shutil.copy(SEEDS / WEB, archive.seeds)
    report = load(archive)
    problem = next(d for d in report.diagnostics if d.severity is Severity.ERROR)
    assert (problem.code, problem.location.file, problem.location.line) == (code, str(fix), 3)
    assert "fix-not-applied" in _codes(report)
    after = _files(archive.articles)
    assert {name: after[name] for name in before if name not in APPENDED} == {
        name: data for name, data in before.items() if name not in APPENDED
    }
    assert _article(archive, "甘肃金昌")


def test_a_mistake_in_a_fix_file_that_held_before_does_not_undo_what_it_corrected(archive):
    fix = _fix(archive, "at: 65, starts: 近日, title: 改定的题", "at: 69, starts: 临洮, merge: 33")
    load(archive)
    before = _files(archive.articles)
    fix.write_text(fix.read_text().replace("merge", "merg"))
    report = load(archive)
    assert {"fix-key-unknown", "fix-dump-left"} <= _codes(report)
    assert _files(archive.articles) == before
    assert [dump.articles for dump in report.dumps] == [3]
    fix.write_text(fix.read_text().replace("merg:", "merge:"))
    assert not load(archive).diagnostics
    assert _files(archive.articles) == before


def test_a_dump_that_changed_under_its_fix_file_is_left_until_the_keeper_has_looked(archive):
    _fix(archive, "at: 65, starts: 近日, title: 改定的题")
    load(archive)
    before = _files(archive.articles)
    dump = archive.seeds / PAGE
    dump.write_text("新补的一行\n" + dump.read_text())
    report = load(archive)
    assert {"fix-other-dump", "fix-dump-left"} <= _codes(report)
    assert _files(archive.articles) == before


def test_a_fix_file_without_its_dump_is_an_error(archive):
    (archive.seeds / "没有.txt.fix.yaml").write_text("sha256: 00\n")
    assert [d.code for d in load(archive).diagnostics] == ["fix-without-dump"]


# Dumps renamed, doubled, changed


def test_a_renamed_dump_keeps_its_records_and_ids(archive):
    before = {article.id: article for article in _read(archive).articles}
    _edit(archive, "临洮", lambda text: text.replace("title: 临洮", "title: 甘肃临洮"))
    (archive.seeds / "甘肃日报").mkdir()
    (archive.seeds / PAGE).rename(archive.seeds / "甘肃日报" / "五版.txt")
    report = load(archive)
    assert _codes(report) == {"dump-renamed"}
    read = _read(archive)
    assert {article.id for article in read.articles} == set(before)
    assert {article.provenance.seed for article in read.articles} == {"甘肃日报/五版.txt"}
    assert set(read.ledgers) == {"甘肃日报/五版.txt"}
    assert {entry.dump for entry in read.register.latest.values()} == {"甘肃日报/五版.txt"}
    assert _article(archive, "甘肃临洮")
    files = _files(archive.articles)
    assert not load(archive).diagnostics
    assert _files(archive.articles) == files


def test_a_fix_file_still_holds_for_a_renamed_dump(archive):
    fix = _fix(archive, "at: 65, starts: 近日, title: 改定的题")
    load(archive)
    (archive.seeds / PAGE).rename(archive.seeds / "五版.txt")
    for _ in range(2):
        report = load(archive)
        assert "fix-dump-renamed" in _codes(report)
        assert all(d.severity is Severity.NOTE for d in report.diagnostics)
        assert _article(archive, "改定的题")
    fix.rename(archive.seeds / "五版.txt.fix.yaml")
    assert not load(archive).diagnostics
    assert _article(archive, "改定的题")


def test_a_withdrawn_article_stays_withdrawn_when_its_dump_is_renamed(archive):
    article = _article(archive, "临洮")
    _path(archive, article).unlink()
    load(archive)
    (archive.seeds / PAGE).rename(archive.seeds / "五版.txt")
    load(archive)
    assert article.id not in _ids(archive)
    assert _read(archive).register.latest[article.id].state is State.WITHDRAWN


def test_a_copy_of_a_dump_is_a_second_dump_and_renames_nothing(archive):
    before = _files(archive.articles)
    shutil.copy(archive.seeds / PAGE, archive.seeds / "又一份.txt")
    report = load(archive)
    assert not report.diagnostics
    after = _files(archive.articles)
    assert {name: after[name] for name in before if name not in APPENDED} == {
        name: data for name, data in before.items() if name not in APPENDED
    }
    assert len(_ids(archive)) == 8
    (archive.seeds / "又一份.txt").unlink()
    load(archive)
    assert len(_ids(archive)) == 8


# Records edited


def test_keys_edited_deleted_and_added_survive_while_the_others_follow_the_vocabulary(archive):
    def change(text):
        text = re.sub(r"^topics: .*\n", "topics: [水利]\n", text, flags=re.MULTILINE)
        return re.sub(r"^deck: .*\n", "kicker: 补的引题\n", text, flags=re.MULTILINE)

    name, _ = _edit(archive, "工人成工匠", change)
    path = archive.root / "vocabulary" / "topics.yaml"
    path.parent.mkdir()
    path.write_text("议事:\n  slug: yishi\n  words: [村民议事]\n")
    for _ in range(2):
        load(archive)
        article = _read(archive).by_id[name]
        assert (article.topics, article.kicker, article.deck) == (("水利",), "补的引题", None)
        assert article.evidence.topics == {}
        assert "议事" in _article(archive, "临洮").topics
    path.unlink()
    load(archive)
    assert _read(archive).by_id[name].topics == ("水利",)
    assert "议事" not in _article(archive, "临洮").topics


def test_a_body_edited_by_hand_is_shown_beside_the_new_reading_in_a_few_words(archive):
    name, path = _edit(archive, "工人成工匠", lambda text: text.replace("如何培养?", "怎样培养？"))
    _fix(archive, "at: 61, starts: “我们将, drop: 试删")
    report = load(archive)
    note = next(d for d in report.diagnostics if d.code == "reading-differs" and d.params["key"] == "body")
    assert note.params["count"] == 2
    assert "怎样培养？" in note.params["changes"]
    assert len(note.params["changes"]) < 300
    assert "怎样培养？" in path.read_text()
    assert name in _ids(archive)


def test_a_record_without_its_provenance_is_left_as_it_is(archive):
    article = _article(archive, "临洮")
    path = _path(archive, article)
    text = render_record(replace(article, provenance=None, title="全由编者定"))
    path.write_text(text)
    load(archive)
    assert path.read_text() == text
    assert len(_ids(archive)) == 4


def test_a_key_goes_back_to_the_rules_when_the_keeper_deletes_it_with_its_digest(archive):
    article = _article(archive, "临洮")
    name, path = _edit(archive, "临洮", lambda text: text.replace("title: 临洮", "title: 甘肃临洮"))
    load(archive)
    text = re.sub(r"^title: .*\n", "title: 随便\n", path.read_text(), flags=re.MULTILINE)
    path.write_text(text)
    load(archive)
    assert _read(archive).by_id[name].title == "随便"
    found = parse_record(path.read_text(), "x")
    digests = {k: v for k, v in found.provenance.digests.items() if k != "topics"}
    path.write_text(render_record(replace(found, topics=(), provenance=replace(found.provenance, digests=digests))))
    load(archive)
    assert _read(archive).by_id[name].topics == article.topics


def test_a_record_copied_by_hand_is_named_and_neither_copy_is_touched(archive):
    path = _path(archive, _article(archive, "临洮"))
    copy = path.with_name("副本.md")
    shutil.copy(path, copy)
    before = (path.read_text(), copy.read_text())
    report = load(archive)
    assert "id-twice" in _codes(report)
    assert (path.read_text(), copy.read_text()) == before
