"""`build` by several processes, copies of the one that planned the site or others that plan it again: the same bytes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[3] / "seeds"
_MAIN = """
import threading
from gongwen_site.commands import indexing
from gongwen_site.__main__ import main
indexing._MANY = 0  # so that a small archive, too, is made by several
{}
main()
"""
_ALONE = _MAIN.format("")
_BESIDE_A_THREAD = _MAIN.format("threading.Thread(target=threading.Event().wait, daemon=True).start()")


def _build(program, root, output, *options):
    command = [sys.executable, "-c", program, "build", "--quiet", "--root", root, "--output", output, *options]
    return subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    root.mkdir()
    shutil.copytree(SEEDS, root / "seeds")
    (root / "gongwen.yaml").write_text("title: 试库\n", encoding="utf-8")
    loaded = subprocess.run([sys.executable, "-m", "gongwen_site", "load", "--quiet", "--root", root], check=False)
    assert loaded.returncode == 0
    return root


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_depends_on_who_makes_the_pages(archive, tmp_path):
    sites = []
    for name, program, jobs in (("one", _ALONE, 1), ("copies", _ALONE, 2), ("others", _BESIDE_A_THREAD, 2)):
        done = _build(program, archive, tmp_path / name, "--jobs", jobs)
        assert done.returncode == 0, done.stdout + done.stderr
        sites.append(_files(tmp_path / name))
    assert sites[0] == sites[1] == sites[2]


@pytest.mark.parametrize("program", [_ALONE, _BESIDE_A_THREAD])
def test_what_is_wrong_with_a_template_is_said_by_whoever_meets_it(archive, tmp_path, program):
    (archive / "templates").mkdir()
    (archive / "templates" / "article.html").write_text("{{ view.nothing }}", encoding="utf-8")
    done = _build(program, archive, tmp_path / "site", "--jobs", 2)
    assert done.returncode == 1
    assert "article.html:1" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()
