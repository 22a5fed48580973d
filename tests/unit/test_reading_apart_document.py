"""What `docs/reading-apart.md` shows is what `explain` says of the first dump, and it names every doubt and station."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).parents[2]
LANGUAGES = {"reading-apart.md": "en", "reading-apart.zh-CN.md": "zh-CN"}
_SHOWN = re.compile(r"^`?.*`gongwen explain (?P<dump>\w+\.txt)`.*\n\n```text\n(?P<lines>(?s:.*?))^```$", re.MULTILINE)


def _told(document):
    return (REPOSITORY / "docs" / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", LANGUAGES)
def test_the_lines_shown_are_those_that_explain_prints_in_that_order(document, tmp_path):
    shown = _SHOWN.search(_told(document))
    done = subprocess.run(
        [sys.executable, "-m", "gongwen_site", "explain", REPOSITORY / "seeds" / shown["dump"]],
        cwd=tmp_path,
        env={**os.environ, "GONGWEN_LANGUAGE": LANGUAGES[document]},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    printed = iter(done.stdout.splitlines())
    for line in shown["lines"].splitlines():
        assert any(line == one for one in printed), line


@pytest.mark.parametrize("document", LANGUAGES)
def test_every_doubt_and_no_other_is_told(document):
    told = re.findall(r"^\| `([a-z-]+)` \|", _told(document), re.MULTILINE)
    words = REPOSITORY / "src" / "gongwen_site" / "wording" / LANGUAGES[document] / "loading.yaml"
    assert told == list(yaml.safe_load(words.read_text(encoding="utf-8"))["doubts"])


@pytest.mark.parametrize("document", LANGUAGES)
def test_every_station_named_is_a_module_of_the_loader(document):
    named = re.findall(r"[（(](`\w+`(?:(?:, |、)`\w+`)*)[)）]", _told(document))
    loader = REPOSITORY / "src" / "gongwen_site" / "loader"
    stations = {name for names in named for name in re.findall(r"\w+", names)}
    assert len(stations) > 10
    assert stations <= {path.stem for path in loader.glob("*.py")}
