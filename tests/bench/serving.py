"""How long it takes from saving a record to its page, reloaded in Chromium and showing the new words, under `gongwen serve`.

The page is open and in sight. One edit is saved while nothing else is done, the next one while the site is built for the
first: every second of that build is shared with it. Then all is waited for, the search index too. The page itself tells when
it has painted the words: who drives a browser notices later.
"""

import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from build_corpus import write_archive
from measure import ROOT, Table
from playwright.sync_api import sync_playwright

sys.path.append(str(ROOT / "tests" / "browser"))
import chromium  # type: ignore[import-not-found]  # no package

OPTIONS = ("archive",)
_PATIENCE = 600.0
_PAUSE = 0.02
_REST = 5.0
"""Seconds after which whatever a start or a last edit leaves to be done has been begun, or is done."""
_BETWEEN = 1.2
"""Seconds after which the build of an edit is under way."""
_TELLING = """\
const look = () => {
  const words = document.querySelector("main")?.textContent.match(/甲\\d+[初二]稿已存。/);
  if (words) requestAnimationFrame(() => setTimeout(() => told(words[0], Date.now())));
  else requestAnimationFrame(look);
};
look();
"""
"""Tells which words were painted, and when."""


def measure(work: Path, *, runs: int, articles: int, corpus: Path | None, archive: Path | None) -> Table:
    """Save so many times, after one that warms up, in a new archive of so many articles or in the copy of one, `archive`."""
    root = archive or work / "serving"
    if archive is None:
        write_archive(root, corpus, articles)
    subprocess.run([*_gongwen("site", root), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    records = sorted((root / "articles").rglob("*.md"))
    record = records[len(records) // 2]
    name = record.stem.rpartition("-")[2]
    seen: list[tuple[float, float, float]] = []
    with _served(root) as address, _opened(f"{address}a/{name}/") as shown:
        board, built = _Board(address), root / "_site" / "a" / name / "index.html"
        board.wait_for_index(0)
        for _ in range(runs + 1):
            index = board.index
            first = _save(record, f"甲{index}初稿已存。")
            alone = shown(*first)
            time.sleep(max(0.0, _BETWEEN - alone))
            last = _save(record, f"甲{index}二稿已存。")
            beside = shown(*last)
            while last[0] not in built.read_text(encoding="utf-8"):
                time.sleep(_PAUSE)
            seen.append((alone, beside, time.time() - last[1]))
            print(f"  {alone:.3f} s, {beside:.3f} s during a build, built after {seen[-1][2]:.1f} s", file=sys.stderr)
            board.wait_for_index(index + 1)
    names = ("the page, reloaded, with the new words", "the same while the site is built", "all of the site, built")
    rows = [(name, *_said(values)) for name, values in zip(names, zip(*seen[1:], strict=True), strict=True)]
    return Table(
        title=f"From saving a record under `serve`, {len(records):,} articles, {runs} times",
        head=("", "median", "worst"),
        rows=rows,
    )


def _gongwen(verb: str, root: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "gongwen_site", verb, "--root", str(root))


@contextmanager
def _served(root: Path) -> Iterator[str]:
    """Serve an archive; yield its address."""
    command = (*_gongwen("serve", root), "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stderr is not None
        found = re.search(r"http://\S+?/(?=（| )", process.stderr.readline())
        if found is None:
            raise SystemExit("nothing is served")
        try:
            yield found[0]
        finally:
            process.terminate()


@contextmanager
def _opened(url: str) -> Iterator[Callable[[str, float], float]]:
    """Open a page; yield what waits until it shows words, and returns how many seconds they took since a moment."""
    painted: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=list(chromium.ARGUMENTS))
        page = browser.new_page(locale="zh-CN")
        page.expose_function("told", lambda words, moment: painted.setdefault(words, moment / 1000))
        page.add_init_script(_TELLING)
        page.goto(url)

        def shown(words: str, since: float) -> float:
            while words not in painted:
                page.wait_for_timeout(_PAUSE * 1000)
            return painted[words] - since

        yield shown
        browser.close()


class _Board:
    """What the server tells."""

    def __init__(self, address: str) -> None:
        self._address = urlsplit(address)
        self.index = 0

    def wait_for_index(self, number: int) -> None:
        """Wait until nothing is built, and the search index has followed that many times."""
        with closing(http.client.HTTPConnection(self._address.netloc, timeout=_PATIENCE)) as connection:
            connection.request("GET", "/.serve/events")
            with connection.getresponse() as told:
                for line in iter(told.readline, b""):
                    state = json.loads(line[5:]) if line.startswith(b"data:") else {"building": True}
                    if not state["building"] and state["index"] >= number:
                        self.index = state["index"]
                        break
        time.sleep(_REST)


def _save(record: Path, words: str) -> tuple[str, float]:
    """Put words at the end of a record; return them, and when."""
    text = record.read_text(encoding="utf-8").rstrip("\n")
    before, _, last = text.rpartition("\n\n")
    body = before if last.endswith("稿已存。") else text
    start = time.time()
    record.write_text(f"{body}\n\n{words}\n", encoding="utf-8")
    return words, start


def _said(values: Sequence[float]) -> tuple[str, str]:
    return f"{median(values) * 1000:,.0f} ms", f"{max(values) * 1000:,.0f} ms"
