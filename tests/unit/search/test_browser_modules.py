"""The browser's modules that have no twin, tested where they run: in JavaScript."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.wording import wording

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]


@pytest.mark.parametrize("name", ["files.test.mjs", "filters.test.mjs", "marks.test.mjs"])
def test_in_node(name):
    node = shutil.which("node")
    assert node, "node is needed to test what the browser runs"
    done = subprocess.run([node, "--test", str(HERE / name)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_scripts_and_page_say_all_words_and_no_others():
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "static" / "js" / "search").glob("*.js"))
    )
    page = (REPOSITORY / "templates" / "search.html").read_text(encoding="utf-8")
    said = set(re.findall(r"(?<!\.)\bwords\.(\w+)", scripts)) | set(re.findall(r"search_words\.(\w+)", page))
    composed = {
        *(f"facet_{key}" for key in ("month", "range", "region", "topic", "paper")),
        *(f"unknown_{key}" for key in ("region", "topic", "paper")),
        *(f"{key}_example" for key in ("from", "to")),
    }
    assert composed | said == set(wording().search)


def test_no_script_writes_markup():
    for path in (REPOSITORY / "static" / "js" / "search").glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", path.read_text(encoding="utf-8")
        )
