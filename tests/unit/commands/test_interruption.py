"""Whole or nothing: a load, a build or an export that is stopped, wherever, leaves the old state or the new, and says so."""

import resource
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.custody import articles_changed, articles_read, site_changed
from gongwen_site.commands.doubts import doubts
from gongwen_site.commands.export import export
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import GongwenError
from gongwen_site.records.journal import is_unfinished

SEEDS = Path(__file__).parents[3] / "seeds"
FIRST, SECOND = "001_68a2d98467e1a6c6.txt", "004_bdbddf47cf01ef19.txt"

KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
def hook(event, details):
    global left
    steps = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"}
    if event in steps or (event == "open" and isinstance(details[2], int) and details[2] & 3):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from gongwen_site.__main__ import main
main()
"""
"""The real program, which kills itself before a chosen step that changes the disk."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """An archive of one dump, loaded and built; with a second dump that came since, the first one renamed."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "seeds").mkdir()
    (folder / "gongwen.yaml").write_text("title: 试库\n")
    shutil.copy(SEEDS / FIRST, folder / "seeds" / "old.txt")
    folders = resolve_folders(root=folder)
    load(folders)
    build(folders, search=False)
    (folder / "seeds" / "old.txt").rename(folder / "seeds" / FIRST)
    shutil.copy(SEEDS / SECOND, folder / "seeds")
    min(folders.articles.rglob("*.md")).unlink()
    return folder


@pytest.fixture(scope="module")
def after(loaded, tmp_path_factory):
    """The files of the same archive when nothing disturbed what is done with it."""
    folder = tmp_path_factory.mktemp("after") / "archive"
    shutil.copytree(loaded, folder)
    folders = resolve_folders(root=folder)
    load(folders)
    build(folders, search=False)
    return {"articles": _files(folders.articles), "_site": _files(folders.output)}


@pytest.fixture
def archive(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "archive")
    return resolve_folders(root=tmp_path / "archive")


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _codes(diagnostics):
    return [diagnostic.code for diagnostic in diagnostics]


def _left_over(folders):
    """Whatever a command leaves behind that is part of nothing."""
    return [*folders.root.glob("._*"), *folders.articles.rglob(".*")]


def _run(folders, *words, stopped_at=None, room=None):
    """Run the real program over an archive: killed before a chosen step, or as if there were room for such files only."""
    program = ["-c", KILLED, str(stopped_at)] if stopped_at else ["-m", "gongwen_site"]
    command = [sys.executable, *program, *words, "--root", str(folders.root)]
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room)) if room else None
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)


@pytest.mark.parametrize("steps", [3, 6, 9, 12, 15, 23, 28])
def test_a_load_that_is_stopped_is_undone_by_the_next_command_that_reads(archive, after, was_stopped, steps):
    before = _files(archive.articles)
    assert was_stopped(steps, load, archive)
    was_begun = is_unfinished(archive.articles)
    assert was_begun or steps < 9
    assert _codes(doubts(archive).diagnostics) == (["articles-undone"] if was_begun else [])
    assert _files(archive.articles) == before
    load(archive)
    assert _files(archive.articles) == after["articles"]
    assert _left_over(archive) == []


@pytest.mark.parametrize("steps", [10, 150])
def test_a_build_that_is_stopped_leaves_the_old_site(archive, after, was_stopped, steps):
    load(archive)
    before = _files(archive.output)
    assert was_stopped(steps, partial(build, search=False), archive)
    assert _files(archive.output) == before
    assert "site-undone" in _codes(build(archive, search=False).diagnostics)
    assert _files(archive.output) == after["_site"]
    assert _left_over(archive) == []


@pytest.mark.parametrize("steps", [14, 200])
def test_after_a_killed_program_the_next_one_finds_the_old_state_or_the_new(archive, after, steps):
    articles, site = _files(archive.articles), _files(archive.output)
    assert _run(archive, "site", "--no-search", stopped_at=steps).returncode == -signal.SIGKILL
    said = _run(archive, "check")
    assert "Traceback" not in said.stderr
    assert _files(archive.articles) in (articles, after["articles"])
    assert _files(archive.output) in (site, after["_site"])
    assert _run(archive, "site", "--no-search").returncode == 0
    assert _files(archive.articles) == after["articles"]
    assert _files(archive.output) == after["_site"]
    assert _left_over(archive) == []


def test_what_a_keeper_wrote_after_a_stopped_load_stays(archive, was_stopped):
    assert was_stopped(15, load, archive)
    record = max(archive.articles.rglob("*.md"))
    edited = record.read_text().replace("title: ", "title: 改过的")
    record.write_text(edited)
    load(archive)
    assert record.read_text() == edited


def test_an_interrupt_during_a_load_undoes_it_at_once(archive):
    before = _files(archive.articles)

    def interrupt(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(archive, interrupt)
    assert _files(archive.articles) == before
    assert _left_over(archive) == []


@pytest.mark.parametrize("verb", ["load", "build"])
def test_a_full_disk_leaves_everything_as_it_was(archive, verb):
    before = _files(archive.root)
    done = _run(archive, verb, room=3000)
    assert done.returncode == 1
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert _files(archive.root) == before


def test_a_second_writer_is_told_who_is_at_work(archive):
    for holding, command in (
        (articles_changed(archive.articles, "load"), load),
        (articles_changed(archive.articles, "corrections"), build),
        (articles_read(archive.articles, "build"), load),
        (site_changed(archive.output, "build"), build),
        (site_changed(archive.output, "export"), build),
    ):
        with holding, pytest.raises(GongwenError) as caught:
            command(archive)
        (busy,) = caught.value.diagnostics
        assert busy.code == "folder-busy"
        assert busy.params["verb"] in {"load", "corrections", "build", "export"}
        assert int(busy.params["process"])
    assert _left_over(archive) == []


def test_an_archive_is_built_into_two_places_at_once(archive, tmp_path):
    with articles_read(archive.articles, "build"):
        build(resolve_folders(root=archive.root, output=tmp_path / "elsewhere"), search=False)
    assert _left_over(archive) == []


@pytest.mark.parametrize("steps", [12, 20, 25, 30])
def test_an_export_that_is_stopped_is_no_half_export(archive, was_stopped, steps):
    load(archive)
    build(archive, search=False)
    before = _files(archive.output)
    assert was_stopped(steps, export, archive)
    check(archive)
    exported = _files(archive.output)
    assert exported == before or {"data/archive.sqlite", "data/offline.zip"} <= exported.keys()
    assert b"offline.zip" in exported["data/SHA256SUMS"] or exported == before
    export(archive)
    assert _left_over(archive) == []


def test_a_site_reached_by_a_symbolic_link_is_replaced_where_it_lies(archive, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    archive.output.rename(tmp_path / "elsewhere" / "site")
    archive.output.symlink_to(tmp_path / "elsewhere" / "site")
    build(archive, search=False)
    assert archive.output.is_symlink()
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["site"]
