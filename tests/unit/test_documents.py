"""Every command that a document shows is run, in the order in which it is shown, and does what it should."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.load import load
from gongwen_site.commands.new import Wishes, new
from gongwen_site.commands.paths import resolve_folders

REPOSITORY = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for folder, pattern in ((".", "*.md"), ("docs", "**/*.md"), ("src/gongwen_site/wording", "*/new/*.md"))
    for path in (REPOSITORY / folder).glob(pattern)
    if "```sh" in path.read_text(encoding="utf-8") and not path.name.startswith("tutorial")  # which is walked by itself
)
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INSTEAD = (
    # What would fetch from a network, never end, or run these very tests, and what is run instead.
    (re.compile(r"^(?:pip install|python3? -m venv|\. \.venv/bin/activate|make test|make check|make bench)\b.*"), None),
    (re.compile(r"^make (\w+).*"), r"make --dry-run --directory {repository} \1 > /dev/null"),
    (re.compile(r"^gongwen serve\b.*"), "gongwen serve --help > /dev/null && gongwen site"),
)


def _runnable(line):
    for pattern, instead in INSTEAD:
        if pattern.match(line):
            return pattern.sub(instead, line).format(repository=REPOSITORY) if instead else ":"
    return line


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A loaded and built archive under version control, with the files and the edits that documents speak of."""
    root = tmp_path_factory.mktemp("documents") / "archive"
    new(root, Wishes())
    for name in ("page.txt", "a.txt", "甲.txt"):
        shutil.copy(REPOSITORY / "tests" / "reference" / "page.txt", root / "seeds" / name)
    (root / "items.csv").write_text("objectid,title\nitem001,码头夜校\n", encoding="utf-8")
    (root / "content" / "posts").mkdir(parents=True)
    (root / "content" / "posts" / "one.md").write_text("---\ntitle: 灯塔\n---\n一段文字。\n", encoding="utf-8")
    folders = resolve_folders(root=root)
    load(folders)
    build(folders)
    return root


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_the_commands_of_a_document_run(path, archive, tmp_path, shown_dumps, shell):
    root = tmp_path / "archive"
    shutil.copytree(archive, root)
    for name, text in shown_dumps(path).items():
        (root / "seeds" / name).write_text(text, encoding="utf-8")
    blocks = _BLOCK.findall(path.read_text(encoding="utf-8"))
    lines = [_runnable(line) for block in blocks for line in block.splitlines()]
    if not any(line.startswith("git init") for line in lines):
        lines = ["git init --quiet", "git add .", "git commit --quiet --message first", *lines]
    if any("corrections" in line for line in lines):
        at = next(i for i, line in enumerate(lines) if "corrections" in line)
        lines[at:at] = ["sed -i 's/^keywords:.*/keywords: [码头]/' articles/page/*.md", "git commit --quiet -am edited"]
    script = "set -e\n" + "\n".join(lines)
    done = subprocess.run(["sh"], input=script, cwd=root, env=shell, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"


def test_documents_show_commands_only_where_they_are_run():
    shown = re.compile(r"^    (?:gongwen|make|git|pip) ", re.MULTILINE)
    for path in (*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")):
        assert not shown.search(path.read_text(encoding="utf-8")), path


def test_what_a_document_leads_to_is_there():
    documents = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    for path in documents:
        links = re.findall(r"\]\((?!https?:)([^)\s#]+)", path.read_text(encoding="utf-8"))
        assert [link for link in links if not (path.parent / link).is_file()] == [], path


def test_a_document_in_chinese_is_reached_from_the_readme_in_chinese():
    readme = (REPOSITORY / "README.zh-CN.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\((docs/[^)\s]+)", readme))
    documents = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "docs").rglob("*.zh-CN.md")}
    assert documents - linked == set()
    assert [name for name in linked if name.replace(".md", ".zh-CN.md") in documents] == []
