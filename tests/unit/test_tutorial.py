"""The tutorial is walked: its commands are run in order in an empty folder, its files saved while `serve` looks on, and what
it says is printed, is."""

import html
import itertools
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

DOCUMENTS = sorted((Path(__file__).parents[2] / "docs").glob("tutorial*.md"))
_STEP = re.compile(
    r"^```(?P<kind>sh|text|yaml)\n(?P<block>(?s:.*?))^```$"
    r"|^`(?P<path>\w[\w./-]+)`\n\n(?P<file>(?:(?: {4}.*)?\n)+)"
    r"|(?P<stop>\bCtrl-C\b)",
    re.MULTILINE,
)
_INSTALLED = re.compile(r"^(?:python3 -m venv|\. |pip install)")
_TURN_DONE = re.compile(r"^(?:updated in|error |已更新|错误)", re.MULTILINE)
_PATIENCE = 120


class Walk:
    """Someone who does what the tutorial says, in a folder of theirs."""

    def __init__(self, home, environment):
        self.home, self.folder, self.environment = home, home, environment
        self.server, self.printed, self.address = None, "", ""
        self.at_first = {}  # files as they were before the tutorial changed them

    # What is done

    def sh(self, block):
        self.printed = ""
        for line in block.splitlines():
            if _INSTALLED.match(line):
                continue
            if line.startswith("cd "):
                self.folder /= line.removeprefix("cd ")
            elif line == "gongwen serve":
                self._serve()
            else:
                done = subprocess.run(
                    line,
                    shell=True,
                    cwd=self.folder,
                    env=self.environment,
                    capture_output=True,
                    encoding="utf-8",
                    check=False,
                )
                self.printed += done.stdout + done.stderr
                assert done.returncode == 0, self.printed

    def save(self, name, text):
        path = self.folder / name
        if path.suffix == ".md":
            text = _with_lines(path.read_text(encoding="utf-8"), text.splitlines())
        elif not name.startswith("seeds/"):
            text = self.at_first.setdefault(name, path.read_text(encoding="utf-8")) + text
        path.parent.mkdir(exist_ok=True)
        before = len(self._told())
        path.write_text(text, encoding="utf-8")
        self.printed = self._told_after(before)

    def _serve(self):
        self._log = self.home / "log"
        with self._log.open("w", encoding="utf-8") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "gongwen_site", "serve", "--port", "0"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
            )
        told = self._told_after(0)
        self.printed = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", told)
        self.address = re.search(r"http://127\.0\.0\.1:\d+/", told)[0]

    def _told(self):
        return self._log.read_text(encoding="utf-8")

    def _told_after(self, start):
        end = time.monotonic() + _PATIENCE
        while not _TURN_DONE.search(told := self._told()[start:]):
            assert self.server.poll() is None, told
            assert time.monotonic() < end, told
            time.sleep(0.05)
        return told

    def stop(self):
        if self.server is not None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(_PATIENCE)
            self.server = None

    # What is seen

    def sees(self, block):
        printed = iter(self.printed.replace(str(self.home), "/home/you").splitlines())
        for line in block.splitlines():
            wanted = line.strip("…")
            assert any(wanted == one or (wanted != line and wanted in one) for one in printed), (line, self.printed)

    def finds(self, block):
        """What is shown of a file is in a record, or on the review page."""
        records = (path.read_text(encoding="utf-8") for path in self.folder.glob("articles/**/*.md"))
        if not any(block in text for text in records):
            assert block.strip() in self._review(), block

    def _review(self):
        page = subprocess.run(
            [sys.executable, "-c", _FETCH, f"{self.address}.review/"], capture_output=True, check=True, encoding="utf-8"
        )
        return html.unescape(re.sub(r"<[^>]*>", "", page.stdout))


_FETCH = "import sys, urllib.request as r; sys.stdout.buffer.write(r.urlopen(sys.argv[1]).read())"


def _with_lines(text, shown):
    """Return a text with the lines that a part of it is shown with and that it does not have, each below the one before it."""
    lines = text.splitlines()
    for above, line in itertools.pairwise(shown):
        if line not in lines:
            lines.insert(lines.index(above) + 1, line)
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_who_follows_the_tutorial_gets_what_it_says(document, tmp_path, shell):
    walk = Walk(tmp_path / "home", shell | {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_VALUE_0": "https://github.com/you/"})
    walk.environment["GIT_CONFIG_KEY_0"] = f"url.{tmp_path}/github/.insteadOf"
    walk.home.mkdir()
    github = tmp_path / "github" / "harbour.git"
    subprocess.run(["git", "init", "--quiet", "--bare", github], check=True)
    text = document.read_text(encoding="utf-8")
    try:
        for step in _STEP.finditer(text):
            if step["stop"]:
                walk.stop()
            elif step["path"]:
                walk.save(step["path"], re.sub("^ {4}", "", step["file"], flags=re.MULTILINE).strip("\n") + "\n")
            else:
                {"sh": walk.sh, "text": walk.sees, "yaml": walk.finds}[step["kind"]](step["block"])
    finally:
        walk.stop()
    sitemap = (walk.folder / "_site" / "sitemap.xml").read_text(encoding="utf-8")
    told = re.findall(r"`(https://you\.github\.io/harbour/a/\w+/)`", text)
    assert told
    assert all(f"<loc>{address}</loc>" in sitemap for address in told)
    pushed = subprocess.run(
        ["git", "-C", github, "ls-tree", "-r", "--name-only", "main"], capture_output=True, check=True, encoding="utf-8"
    ).stdout.splitlines()
    assert "articles/ids.csv" in pushed
    assert [name for name in pushed if name.startswith("_site/")] == []


def test_both_languages_show_the_same_files():
    first, second = (list(_STEP.finditer(path.read_text(encoding="utf-8"))) for path in DOCUMENTS)
    assert [(step["kind"], step["path"], step["file"]) for step in first] == [
        (step["kind"], step["path"], step["file"]) for step in second
    ]
