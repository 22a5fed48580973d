"""`gongwen corrections`: what people changed, out of real git histories; what rules rewrote is no correction."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.corrections import corrections
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import GongwenError
from gongwen_site.records.archive import read_archive
from gongwen_site.records.corrections import parse_corrections

SEEDS = Path(__file__).parents[3] / "seeds"
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "seeds").mkdir()
    (folder / "gongwen.yaml").write_text("title: 试库\n")
    for dump in ("001_68a2d98467e1a6c6.txt", "004_bdbddf47cf01ef19.txt"):
        shutil.copy(SEEDS / dump, folder / "seeds")
    load(resolve_folders(root=folder))
    return folder


@pytest.fixture
def archive(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "archive")
    folders = resolve_folders(root=tmp_path / "archive")
    _git(folders, "init", "-q", "-b", "main")
    _commit(folders, "2024-01-01")
    return folders


def _git(folders, *arguments, date="2024-01-01"):
    who = {f"GIT_{role}_{part}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{date}T12:00:00+08:00")
    environment = {**os.environ, **who, **when, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", str(folders.root), *arguments], check=True, capture_output=True, env=environment)


def _commit(folders, date):
    _git(folders, "add", "-A")
    _git(folders, "commit", "-q", "-m", "x", date=date)


def _record(folders, index=0):
    archive = read_archive(folders.articles)
    article = archive.articles[index]
    return article, folders.articles / archive.files[article.id]


def _edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def _log(folders):
    path = folders.articles / "corrections.yaml"
    return parse_corrections(path.read_text(), "x") if path.exists() else ()


def test_an_edit_is_drafted_key_by_key_with_its_day_and_shown_on_the_site(archive):
    article, path = _record(archive)
    word = article.body[4:8]
    _edit(path, f"title: {article.title}\n", "title: 改过的标题\n")
    text = path.read_text()
    path.write_text(text[: text.rindex("---")] + text[text.rindex("---") :].replace(word, "别的字词", 1))
    _commit(archive, "2024-03-05")
    report = corrections(archive)
    (entry,) = report.drafted
    assert (entry.date, entry.id) == ("2024-03-05", article.id)
    assert f"标题由“{article.title}”改为“改过的标题”" in entry.what
    assert "正文改 1 处" in entry.what
    assert "别的字词" in entry.what
    assert _log(archive) == report.drafted
    build(archive, search=False)
    page = (archive.output / "a" / article.id / "index.html").read_text()
    assert "本篇有更正 1 处" in page
    assert 'id="corrections"' in page
    assert article.id in (archive.output / "corrections" / "index.html").read_text()
    assert "改过的标题" in (archive.output / "corrections" / "feed.xml").read_text()


def test_what_only_rules_rewrote_is_no_correction(archive):
    (archive.root / "vocabulary").mkdir()
    (archive.root / "vocabulary" / "topics.yaml").write_text("新设的主题: {slug: new-topic, words: [职工]}\n")
    load(archive)
    _commit(archive, "2024-03-05")
    assert corrections(archive).drafted == ()
    assert not (archive.articles / "corrections.yaml").exists()


def test_a_second_run_adds_nothing_and_a_keepers_words_stay(archive):
    article, path = _record(archive)
    _edit(path, f"title: {article.title}\n", "title: 甲\n")
    _commit(archive, "2024-03-05")
    corrections(archive)
    log = archive.articles / "corrections.yaml"
    reworded = log.read_text().replace(log.read_text().split("what: ")[1].split("\n")[0], "标题抄错了一个字") + "# 记\n"
    log.write_text(reworded)
    _commit(archive, "2024-03-06")
    assert corrections(archive).drafted == ()
    assert log.read_text() == reworded
    _edit(path, "title: 甲\n", "title: 乙\n")
    _commit(archive, "2024-03-07")
    assert [entry.what for entry in corrections(archive).drafted] == ["标题由“甲”改为“乙”"]
    assert [entry.what for entry in _log(archive)] == ["标题抄错了一个字", "标题由“甲”改为“乙”"]
    assert "# 记\n" in log.read_text()


def test_an_entry_that_the_keeper_struck_out_stays_out(archive):
    for index in (0, 1):
        article, path = _record(archive, index)
        _edit(path, f"title: {article.title}\n", f"title: 改{index}\n")
    _commit(archive, "2024-03-05")
    corrections(archive)
    log = archive.articles / "corrections.yaml"
    entries = log.read_text().split("- date")
    log.write_text(f"{entries[0]}- date{entries[1]}" + entries[2].split("\n")[-2] + "\n")
    assert corrections(archive).drafted == ()
    assert len(_log(archive)) == 1


def test_what_a_keeper_logged_before_is_not_drafted_again(archive):
    article, path = _record(archive)
    _edit(path, f"title: {article.title}\n", "title: 甲\n")
    _commit(archive, "2024-03-05")
    written = f"corrections:\n  - {{date: '2024-03-05', id: {article.id}, what: 标题写错了, why: 读者来信}}\n"
    (archive.articles / "corrections.yaml").write_text(written)
    _commit(archive, "2024-03-06")
    other, path = _record(archive, 1)
    _edit(path, f"title: {other.title}\n", "title: 乙\n")
    _commit(archive, "2024-03-08")
    assert [entry.id for entry in corrections(archive).drafted] == [other.id]
    assert (archive.articles / "corrections.yaml").read_text().startswith(written)
    assert [entry.date for entry in _log(archive)] == ["2024-03-05", "2024-03-08"]


def test_withdrawal_and_return_are_corrections_a_moved_file_is_none(archive):
    article, path = _record(archive)
    path.rename(path.with_name("elsewhere.md"))
    _commit(archive, "2024-02-01")
    text = path.with_name("elsewhere.md").read_text()
    path.with_name("elsewhere.md").unlink()
    load(archive)
    _commit(archive, "2024-02-02")
    path.write_text(text)
    load(archive)
    _commit(archive, "2024-02-03")
    said = [(entry.date, entry.id, entry.what) for entry in corrections(archive).drafted]
    assert said == [("2024-02-02", article.id, "撤下这篇报道"), ("2024-02-03", article.id, "恢复这篇报道")]


def test_a_merge_brings_what_its_branch_changed(archive):
    article, path = _record(archive)
    _git(archive, "checkout", "-q", "-b", "side")
    _edit(path, f"title: {article.title}\n", "title: 甲\n")
    _commit(archive, "2024-03-05")
    _git(archive, "checkout", "-q", "main")
    (archive.root / "note.txt").write_text("x")
    _commit(archive, "2024-03-06")
    _git(archive, "merge", "-q", "--no-ff", "--no-edit", "side", date="2024-03-07")
    assert [entry.date for entry in corrections(archive).drafted] == ["2024-03-07"]


def test_a_fix_file_is_the_keepers_hand_too(archive):
    article, _ = _record(archive)
    dump = archive.seeds / article.provenance.seed
    line = article.provenance.lines[0][0]
    starts = dump.read_text().split("\n")[line - 1].strip()[:6]
    fix = dump.with_name(f"{dump.name}.fix.yaml")
    fix.write_text(f"sha256: {article.provenance.sha256}\nfixes:\n  - {{at: {line}, starts: {starts}, page: '7'}}\n")
    assert load(archive).diagnostics == ()
    _commit(archive, "2024-03-05")
    assert [entry.what for entry in corrections(archive).drafted] == ["补版次“7”"]
    fix.write_text(fix.read_text().replace("'7'", "'8'"))
    load(archive)
    _commit(archive, "2024-03-06")
    assert [entry.what for entry in corrections(archive).drafted] == ["版次由“7”改为“8”"]


def test_without_history_it_says_so(tmp_path, monkeypatch):
    (tmp_path / "articles").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GongwenError) as caught:
        corrections(resolve_folders(articles=tmp_path / "articles"))
    assert caught.value.diagnostics[0].code == "git-no-history"
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GongwenError) as caught:
        corrections(resolve_folders(articles=tmp_path / "articles"))
    assert caught.value.diagnostics[0].code == "git-missing"


def test_what_is_not_committed_is_pointed_out(archive):
    article, path = _record(archive)
    _edit(path, f"title: {article.title}\n", "title: 甲\n")
    report = corrections(archive)
    assert report.drafted == ()
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["corrections-uncommitted"]


def test_a_log_that_nothing_can_be_appended_to_is_left_alone(archive):
    article, path = _record(archive)
    log = archive.articles / "corrections.yaml"
    log.write_text("[{date: '2024-01-01', what: 起初}]\n")
    _edit(path, f"title: {article.title}\n", "title: 甲\n")
    _commit(archive, "2024-03-05")
    with pytest.raises(GongwenError) as caught:
        corrections(archive)
    assert caught.value.diagnostics[0].code in {"corrections-not-a-list", "yaml-syntax"}
    assert log.read_text() == "[{date: '2024-01-01', what: 起初}]\n"
