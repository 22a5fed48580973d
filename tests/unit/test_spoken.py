"""The terminal speaks the archive's language, or the one that is asked for; never none."""

import os
import subprocess
import sys

import pytest

from gongwen_site.wording.spoken import spoken_language

KNOWN = ("zh-CN", "en")


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    (root / "articles" / "2024").mkdir(parents=True)
    (root / "gongwen.yaml").write_text("title: A\nlanguage: en  # x\n", encoding="utf-8")
    return root


def test_the_archive_is_looked_for_where_the_command_looks_for_it(archive, tmp_path):
    assert spoken_language([], {}, archive / "articles" / "2024", KNOWN) == "en"
    assert spoken_language(["load", "--root", str(archive)], {}, tmp_path, KNOWN) == "en"
    assert spoken_language(["load", "--root=archive"], {}, tmp_path, KNOWN) == "en"
    assert spoken_language(["build", "--articles", "archive/articles"], {}, tmp_path, KNOWN) == "en"
    assert spoken_language(["load"], {}, tmp_path, KNOWN) is None


def test_what_is_asked_for_goes_before_the_archive(archive):
    assert spoken_language([], {"GONGWEN_LANGUAGE": "zh-CN"}, archive, KNOWN) == "zh-CN"
    assert spoken_language(["new", "x", "--language", "en"], {"GONGWEN_LANGUAGE": "zh-CN"}, archive, KNOWN) == "en"
    assert spoken_language([], {"GONGWEN_LANGUAGE": "fr"}, archive, KNOWN) == "en"


def test_a_file_that_cannot_be_read_says_nothing(tmp_path):
    (tmp_path / "gongwen.yaml").write_bytes(b"language: \xff\xfe")
    assert spoken_language([], {}, tmp_path, KNOWN) is None
    assert spoken_language(["load", "--root", "a\0b"], {}, tmp_path, KNOWN) is None


def test_help_reports_and_mistakes_are_in_that_language(archive):
    def said(*arguments, **environment):
        program = [sys.executable, "-m", "gongwen_site", *arguments]
        done = subprocess.run(
            program, cwd=archive, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

    assert "Options" in said("load", "--help")
    assert "选项" in said("load", "--help", GONGWEN_LANGUAGE="zh-CN")
    assert "hint: run gongwen load first" not in said("config")
    assert "there is no command “lode”" in said("lode")
    (archive / "gongwen.yaml").write_text("titel: A\nlanguage: en\n", encoding="utf-8")
    assert "unknown setting “titel”" in said("config")
