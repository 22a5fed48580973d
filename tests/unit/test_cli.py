"""The command line as a script sees it: exit codes, streams, JSON, options before and after the verb."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"


def _run(*arguments, cwd, stdin=""):
    return subprocess.run(
        [sys.executable, "-m", "gongwen_site", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    _run("new", "文库", cwd=folder)
    root = folder / "文库"
    shutil.copy(SEEDS / "000_71bb516b356f4cf3.txt", root / "seeds")
    made = _run("site", cwd=root)
    assert made.returncode == 0, made.stderr
    return root


def test_a_new_archive_builds_and_checks(site):
    assert (site / "_site" / "index.html").is_file()
    assert _run("check", cwd=site).returncode == 0


def test_options_stand_before_or_after_the_verb(site):
    before = _run("--json", "--quiet", "--root", str(site), "doubts", cwd="/")
    after = _run("doubts", "--json", "--quiet", "--root", str(site), cwd="/")
    assert before.returncode == after.returncode == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_results_go_to_stdout_and_reasons_to_stderr(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "坏.jsonl").write_text("{\n")
    shutil.copy(SEEDS / "001_68a2d98467e1a6c6.txt", tmp_path / "seeds")
    done = _run("load", cwd=tmp_path)
    assert done.returncode == 1
    assert "坏.jsonl:1: " in done.stderr
    assert "提示：" in done.stderr
    assert "001_68a2d98467e1a6c6.txt" in done.stdout
    assert len(list((tmp_path / "articles").rglob("*.md"))) == 1


def test_site_is_built_in_spite_of_a_bad_dump(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "坏.txt").write_bytes(bytes(range(256)) * 9)
    shutil.copy(SEEDS / "001_68a2d98467e1a6c6.txt", tmp_path / "seeds")
    assert _run("site", cwd=tmp_path).returncode == 1
    assert (tmp_path / "_site" / "index.html").is_file()


def test_search_answers_one_query_a_line_and_no_hits_is_fine(site):
    done = _run("search", "-", "--json", cwd=site, stdin="王轶男\n没有这样的话语\n")
    assert done.returncode == 0
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["query"] == "王轶男"
    assert first["total"] == 1
    assert set(first["results"][0]) == {"id", "score", "title", "url"}
    assert (site / "_site" / first["results"][0]["url"] / "index.html").is_file()
    assert (second["total"], second["results"]) == (0, [])


def test_explain_names_every_line_with_words(site):
    done = _run("explain", "000_71bb516b356f4cf3.txt", "--json", cwd=site)
    words = (SEEDS / "000_71bb516b356f4cf3.txt").read_text(encoding="utf-8").split("\n")
    numbers = [line["number"] for line in json.loads(done.stdout)["lines"]]
    assert numbers == [number for number, line in enumerate(words, 1) if line.strip()]
    assert "原稿" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nothing",), 2),
        (("load", "--nothing"), 2),
        (("search",), 2),
        (("load", "--seeds", "nowhere"), 1),
        (("build", "--articles", "nowhere"), 1),
        (("check", "--site", "nowhere"), 1),
        (("search", "甲", "--site", "nowhere"), 1),
        (("explain", "nowhere.txt"), 1),
        (("--help",), 0),
        (("--version",), 0),
    ],
)
def test_exit_codes(arguments, code, tmp_path):
    done = _run(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_in_the_settings_is_named_at_its_line(tmp_path):
    (tmp_path / "gongwen.yaml").write_text("title: 库\ntitel: 库\n")
    (tmp_path / "articles").mkdir()
    done = _run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "gongwen.yaml:2: " in done.stderr


def test_a_wrong_call_is_said_in_the_words_of_the_terminal(tmp_path):
    for arguments, words in (
        (["没有"], "没有“没有”这个命令"),
        (["build", "--bogus"], "没有“--bogus”这个选项"),
        (["build", "--jobs", "x"], "“--jobs”的值不对"),
        (["search"], "缺少 WORDS"),
        (["build", "--base-url", "http://[x"], "网站地址“http://[x”不成立"),
    ):
        done = _run(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert words in done.stderr


def test_nothing_of_a_dump_is_obeyed_by_the_terminal(tmp_path):
    (tmp_path / "a.txt").write_text("职工\x1b[2J互助\u202e保障活动。\n")
    done = _run("explain", "a.txt", "--verbose", cwd=tmp_path)
    assert "职工\ufffd[2J互助\ufffd保障活动" in done.stdout


def test_a_broken_index_is_a_message(site, tmp_path):
    shutil.copytree(site / "_site", tmp_path / "_site")
    (tmp_path / "_site" / "search" / "manifest.json").write_text("{")
    for arguments in (["search", "工会"], ["check", "--articles", str(site / "articles")]):
        done = _run(*arguments, "--site", str(tmp_path / "_site"), cwd=tmp_path)
        assert done.returncode == 1
        assert "manifest.json" in done.stderr
        assert "Traceback" not in done.stderr


def test_several_words_are_one_query(site):
    apart = _run("search", "产业工人", "白银", "--json", cwd=site)
    assert apart.stdout == _run("search", "产业工人 白银", "--json", cwd=site).stdout
    assert json.loads(apart.stdout)["total"]


def test_settings_that_cannot_be_are_refused_at_their_line(tmp_path):
    (tmp_path / "articles").mkdir()
    for text, words in (("language: ../zh", "没有“../zh”"), ("base_url: ftp://x", "ftp://x"), ("titel: 甲", "titel")):
        (tmp_path / "gongwen.yaml").write_text(text, encoding="utf-8")
        done = _run("build", cwd=tmp_path)
        assert done.returncode == 1
        assert "gongwen.yaml:1: " in done.stderr
        assert words in done.stderr


def test_load_reads_the_seeds_of_the_archive_and_build_those_beside_the_articles(tmp_path):
    (tmp_path / "seeds").mkdir()
    shutil.copy(SEEDS / "001_68a2d98467e1a6c6.txt", tmp_path / "seeds")
    assert _run("load", "--articles", "别处/articles", cwd=tmp_path).returncode == 0
    done = _run("build", "--articles", "别处/articles", "--no-search", cwd=tmp_path)
    assert "原稿文件不在" in done.stderr
