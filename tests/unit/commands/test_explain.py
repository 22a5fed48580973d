"""`explain` in a terminal: every line in its column and group, doubts where they are, and a draft to correct from."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gongwen_site.commands.explain import explain, fix_draft, only_article, write_fix_draft
from gongwen_site.commands.explain_text import explanation_lines, fit, width_of
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import GongwenError, UsageError
from gongwen_site.loader.fixes import apply_fixes
from gongwen_site.loader.read import read_dump
from gongwen_site.loader.seeds import read_seed_file
from gongwen_site.records.fixfile import parse_fixes

SEEDS = Path(__file__).parents[3] / "seeds"
PAGE = "000_71bb516b356f4cf3.txt"
DUMPS = sorted(path.name for path in SEEDS.glob("*.txt"))


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "gongwen.yaml").write_text("title: 库\n")
    shutil.copy(SEEDS / PAGE, tmp_path / "seeds")
    return resolve_folders(root=tmp_path)


def _run(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "gongwen_site", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", **environment},
    )


def _lines(found, width=120, **options):
    return list(explanation_lines(found, width=width, whole=False, colour=False, **options))


def test_columns_hold_under_characters_of_two_widths(archive):
    shown = [line for line in _lines(explain(archive, PAGE)) if re.match(r" *\d+ [▌ ] ", line)]
    assert len(shown) == len(explain(archive, PAGE).lines)
    starts = {width_of(line[: line.index("正文  ")]) for line in shown if "正文  " in line}
    assert len(starts) == 1
    whys = {width_of(line[: line.rindex("  ")]) for line in shown}
    assert len(whys) == 1
    assert max(map(width_of, shown)) <= 120


@pytest.mark.parametrize("width", [60, 80, 200])
def test_rules_fit_the_terminal(archive, width):
    for line in _lines(explain(archive, PAGE), width=width):
        if line.startswith("──"):
            assert width_of(line) <= width


def test_text_is_cut_to_columns_not_characters():
    assert fit("工人abc", 6) == "工人a…"
    assert fit("工人", 6) == "工人  "
    assert width_of(fit("甲" * 50, 11)) == 11


def test_articles_are_told_apart_and_doubts_stand_at_their_line(archive):
    shown = _lines(explain(archive, PAGE))
    heads = [line for line in shown if line.startswith("── ")]
    assert [re.search(r"\[(\d)\]", line)[1] for line in heads] == ["1", "2", "3", "4"]
    place = next(index for index, line in enumerate(shown) if line.startswith(" 33 "))
    assert "疑 第33行" in shown[place + 1]
    untitled = next(line for line in shown if "没有印标题" in line)
    assert shown.index(untitled) > shown.index("")


def test_one_article_alone(archive):
    found = only_article(explain(archive, PAGE), 3)
    assert {line.article for line in found.lines} == {3}
    assert not any("工人成工匠" in line for line in _lines(found))
    with pytest.raises(UsageError):
        only_article(found, 9)


def test_colour_is_for_terminals_only(archive):
    found = explain(archive, PAGE)
    assert "\x1b" not in "\n".join(_lines(found))
    coloured = list(explanation_lines(found, width=120, whole=False, colour=True))
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == _lines(found)
    assert "\x1b" not in _run("explain", PAGE, cwd=archive.root).stdout


def test_a_terminal_obeys_no_dump(archive):
    (archive.seeds / "a.txt").write_text(
        "题目\x1b[31m在此\n\n本报讯（记者 李明）昨日\x1b]0;名\x07，会议召开，各方面的代表出席。\n"
        + "会议开得很成功。" * 30
    )
    assert "\x1b" not in "\n".join(_lines(explain(archive, "a.txt")))


def test_a_fix_file_is_followed_and_named(archive):
    sha256 = hashlib.sha256((SEEDS / PAGE).read_bytes()).hexdigest()
    fix = archive.seeds / f"{PAGE}.fix.yaml"
    fix.write_text(f"sha256: {sha256}\nfixes:\n  - {{at: 65, starts: 近日, drop: 不收}}\n")
    found = explain(archive, PAGE)
    assert found.fix == str(fix)
    assert next(line.note for line in found.lines if line.number == 65) == "不收"
    assert any("修订文件删略（不收）" in line for line in _lines(found))
    fix.write_text(fix.read_text().replace("近日", "昨日"))
    done = _run("explain", PAGE, cwd=archive.root)
    assert done.returncode == 1
    assert f"{PAGE}.fix.yaml:3: " in done.stderr
    assert "近日,庄浪县" in done.stdout


# The draft of a fix file


@pytest.mark.parametrize("dump", DUMPS)
def test_a_draft_corrects_nothing_as_it_stands_and_is_whole_once_uncommented(archive, dump):
    shutil.copy(SEEDS / dump, archive.seeds)
    draft = fix_draft(archive, dump)
    reading = read_dump(read_seed_file(archive.seeds / dump, dump))
    assert apply_fixes(reading, parse_fixes(draft, "a")) == reading
    doubts = len(explain(archive, dump).doubts)
    operations = re.findall(r"^  # - (\{at: .*\})$", draft, re.MULTILINE)
    assert len(operations) == doubts
    for operation in operations:  # each by itself: a keeper takes one, and leaves another
        text = f"sha256: {reading.seed.sha256}\nfixes:\n  - {operation}\n"
        assert apply_fixes(reading, parse_fixes(text, "a"))


def test_what_a_draft_proposes_settles_its_doubts(archive):
    draft = re.sub(r"^  # - \{", "  - {", fix_draft(archive, PAGE), flags=re.MULTILINE)
    draft = re.sub(r"^# (date|source): ", r"\1: ", draft, flags=re.MULTILINE)
    before = explain(archive, PAGE)
    (archive.seeds / f"{PAGE}.fix.yaml").write_text(draft)
    after = explain(archive, PAGE)
    assert not after.diagnostics
    assert len(after.doubts) < len(before.doubts) / 4


def test_a_draft_is_written_beside_the_dump_and_never_over_a_file(archive):
    path = write_fix_draft(archive, PAGE)
    assert path == archive.seeds / f"{PAGE}.fix.yaml"
    assert not load(archive).diagnostics
    path.write_text("我的修订")
    with pytest.raises(GongwenError) as failure:
        write_fix_draft(archive, PAGE)
    assert failure.value.diagnostics[0].code == "fix-exists"
    assert path.read_text() == "我的修订"


def test_the_option_stands_before_or_after_the_dump_and_prints_with_a_hyphen(archive):
    printed = _run("explain", PAGE, "--fix", "-", cwd=archive.root)
    assert printed.returncode == 0
    assert printed.stdout.startswith("# ")
    assert not (archive.seeds / f"{PAGE}.fix.yaml").exists()
    assert _run("explain", "--fix", PAGE, cwd=archive.root).returncode == 0
    assert (archive.seeds / f"{PAGE}.fix.yaml").read_text() == printed.stdout
    assert _run("explain", PAGE, "--fix", cwd=archive.root).returncode == 1
    assert _run("explain", cwd=archive.root).returncode == 2
    assert _run("explain", PAGE, "--article", "9", cwd=archive.root).returncode == 2


def test_json_keeps_its_shape(archive):
    found = json.loads(_run("explain", PAGE, "--json", "--article", "2", cwd=archive.root).stdout)
    assert {"dump", "lines", "titles", "doubts", "diagnostics"} <= set(found)
    assert {"number", "roles", "rule", "article", "text"} <= set(found["lines"][0])
    assert {line["article"] for line in found["lines"]} == {2}
