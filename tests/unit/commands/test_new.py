"""`gongwen new`: what it makes builds at once, says what it was told, and is refused where something stands already."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gongwen_site import __version__
from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.load import load
from gongwen_site.commands.new import Wishes, new, region_meant
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.config import read_config
from gongwen_site.errors import GongwenError, UsageError
from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.wording import languages, wording

REPOSITORY = Path(__file__).parents[3]


@pytest.mark.parametrize("language", languages())
def test_a_new_archive_builds_and_checks_with_no_dump_in_every_language(language, tmp_path):
    folder = tmp_path / "文库"
    made = new(folder, Wishes(language=language))
    folders = resolve_folders(root=folder)
    assert load(folders).diagnostics == ()
    assert build(folders).diagnostics == ()
    assert check(folders).diagnostics == ()
    home = (folder / "_site" / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in home
    assert wording(language).site["home"]["first"] in home
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not {"_site", ".cache"} & {*path.parts}
                  and path.is_file()) == sorted(made)  # fmt: skip
    assert not any("‹" in (folder / name).read_text(encoding="utf-8") for name in made)


def test_what_it_is_told_stands_in_its_files(tmp_path):
    folder = tmp_path / "库"
    new(folder, Wishes(title="定西：工运 #1", language="en", region="定西", paper="山城工人报"))
    config = read_config(folder)
    assert (config.title, config.language, config.home) == ("定西：工运 #1", "en", "甘肃省/定西市")
    paper = load_vocabulary(folder / "vocabulary").papers["山城工人报"]
    assert (paper.slug, paper.home) == ("shan-cheng-gong-ren-bao", "甘肃省/定西市")
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("# 定西：工运 #1\n")


def test_a_newspaper_that_is_known_says_where_the_archive_is_at_home(tmp_path):
    new(tmp_path / "库", Wishes(paper="新甘肃"))
    assert read_config(tmp_path / "库").home == "甘肃省"
    assert read_config(tmp_path / "库").title == "库"
    assert load_vocabulary(tmp_path / "库" / "vocabulary").papers == load_vocabulary(None).papers


def test_a_region_may_be_said_briefly_but_not_ambiguously():
    vocabulary = load_vocabulary(None)
    said = {"甘肃": "甘肃省", "甘肃省/定西市": "甘肃省/定西市", "临洮县": "甘肃省/定西市/临洮县", "吉林": "吉林省"}
    assert {text: region_meant(text, vocabulary) for text in said} == said
    for text, code in (("通州区", "region-several"), ("桃花源", "home-unknown")):
        with pytest.raises(UsageError) as raised:
            region_meant(text, vocabulary)
        assert raised.value.diagnostics[0].code == code


def _is_entry(line):
    return line.split("#")[0].rstrip().endswith(":")


def test_the_commented_examples_are_entries_that_the_loader_reads(tmp_path):
    for language in languages():
        folder = tmp_path / language
        new(folder, Wishes(language=language))
        for path in (folder / "vocabulary").iterdir():
            lines = [line.removeprefix("# ") for line in path.read_text(encoding="utf-8").splitlines()]
            first = next(i for i, line in enumerate(lines) if _is_entry(line))
            kept = [line for line in lines[first:] if line.startswith((" ", "-", "exclude")) or _is_entry(line)]
            path.write_text("\n".join(kept) + "\n", encoding="utf-8")
        vocabulary = load_vocabulary(folder / "vocabulary")
        assert vocabulary.topics["乡村振兴"].broader == "农业农村"
        assert vocabulary.papers["某某日报"].home == "甘肃省/定西市"
        assert vocabulary.regions.aliases["某某地区"] == "甘肃省/定西市"
        assert "某某大厦" in vocabulary.regions.exclude
        assert any("市第五次工代会" in event.words for event in vocabulary.events)


def test_every_commented_setting_is_one(tmp_path):
    for language in languages():
        new(tmp_path / language, Wishes(language=language, region="甘肃省"))
        path = tmp_path / language / "gongwen.yaml"
        lines = path.read_text(encoding="utf-8").splitlines()
        settings = [
            line.removeprefix("# ") for line in lines if ": " in line.removeprefix("# ") and not line.startswith("# A")
        ]
        path.write_text("\n".join(line for line in settings if line.split(":")[0].replace("_", "").isalpha()
                                  and line.split(":")[0].isascii()) + "\n", encoding="utf-8")  # fmt: skip
        config = read_config(tmp_path / language)
        assert config.text_of == {"某某日报": "whole"}
        assert config.base_url == "https://example.org/archive/"


def test_a_repository_just_made_is_built_upon_and_anything_else_is_left_alone(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("# mine\n")
    (tmp_path / ".gitignore").write_text("*.log\n/_site/\n")
    made = new(tmp_path, Wishes())
    assert "README.md" not in made
    assert (tmp_path / "README.md").read_text() == "# mine\n"
    assert (tmp_path / ".gitignore").read_text().splitlines()[:3] == ["*.log", "/_site/", "/.cache/"]
    with pytest.raises(GongwenError) as raised:
        new(tmp_path, Wishes())
    assert raised.value.diagnostics[0].code == "folder-not-empty"


def test_the_workflow_deploys_what_the_bounded_program_builds(tmp_path):
    new(tmp_path / "库", Wishes())
    ours = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "site.yml").read_text())
    made = yaml.safe_load((tmp_path / "库" / ".github" / "workflows" / "site.yml").read_text())
    assert made["jobs"]["deploy"]["permissions"] == ours["jobs"]["deploy"]["permissions"]
    assert made["jobs"]["deploy"]["steps"] == ours["jobs"]["deploy"]["steps"]
    uses = {step["uses"] for job in ours["jobs"].values() for step in job["steps"] if "uses" in step}
    steps = made["jobs"]["build"]["steps"]
    assert {step["uses"] for step in steps if "uses" in step} <= uses
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[0] == "pip install -r requirements.txt"
    assert any(run.startswith("gongwen site --base-url") for run in runs)
    assert (tmp_path / "库" / "requirements.txt").read_text().startswith(f"gongwen-site>={__version__},<")


@pytest.mark.skipif(shutil.which("make") is None, reason="no make")
def test_make_in_a_new_archive_calls_the_program(tmp_path):
    new(tmp_path / "库", Wishes())
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    program = bin_folder / "gongwen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gongwen_site "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["make", "site", "check"], cwd=tmp_path / "库", env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "库" / "_site" / "index.html").is_file()
