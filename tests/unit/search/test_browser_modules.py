"""The browser's modules that have no twin, tested where they run: in JavaScript."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.wording import wording

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]


@pytest.mark.parametrize("name", ["files.test.mjs", "marks.test.mjs", "words.test.mjs"])
def test_in_node(name):
    node = shutil.which("node")
    assert node, "node is needed to test what the browser runs"
    done = subprocess.run([node, "--test", str(HERE / name)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_scripts_and_pages_say_all_words_and_no_others():
    modules = {path.stem: path.read_text(encoding="utf-8") for path in (REPOSITORY / "static/js/search").glob("*.js")}
    scripts = "".join(modules.values())
    speaking = "".join(modules[name] for name in ("main", "facets", "readline", "results", "say", "view"))
    pages = "".join(path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "templates").rglob("*.html")))
    said = set(re.findall(r"(?<!\.)\bwords\.(\w+)", speaking)) | set(re.findall(r"search_words\.(\w+)", pages))
    codes = set(re.findall(r'note\("([a-z-]+)"', scripts))
    composed = {
        "hits",  # what highlight.js says; builder/scripts.py gives it to the script of all pages
        *(f"facet_{key}" for key in ("month", "range", "region", "topic", "paper")),
        *(f"field_{key}" for key in ("title", "author", "region", "topic", "paper", "date")),
        *(f"unknown_{key}" for key in ("region", "topic", "paper")),
        *(f"{key}_example" for key in ("from", "to")),
        *(f"read_in_{key}" for key in ("title", "author")),
        *(f"note_{code.replace('-', '_')}" for code in codes),
        *(f"way_{kind}" for kind in re.search(r"@typedef {([^}]*)} WayKind", scripts)[1].replace('"', "").split(" | ")),
    }
    assert composed | said == set(wording().search)


def test_no_script_writes_markup():
    for path in (REPOSITORY / "static" / "js" / "search").glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", path.read_text(encoding="utf-8")
        )
