"""Reading saved web pages: ours against trafilatura, each as one process over the same folder, start-up included."""

import shutil
import sys
from pathlib import Path

from corpora import size_of, write_html
from measure import Contender, Table, race, venv

PEER = ("trafilatura>=2,<3", "lxml_html_clean")  # the second it needs and does not always ask for

OURS = """
import sys, pathlib
from gongwen_site.loader.read import read_dump
from gongwen_site.loader.seeds import iter_seeds
print(sum(len(read_dump(seed).drafts) for seed in iter_seeds(pathlib.Path(sys.argv[1]))))
"""
THEIRS = """
import sys, pathlib, trafilatura
pages = sorted(pathlib.Path(sys.argv[1]).glob("*.html"))
print(sum(trafilatura.bare_extraction(page.read_bytes(), with_metadata=True) is not None for page in pages))
"""


def measure(work: Path, *, runs: int, articles: int, corpus: Path | None) -> Table:  # noqa: ARG001 - one form for all
    """Measure both readers on the same pages."""
    folder = work / "html"
    shutil.rmtree(folder, ignore_errors=True)
    write_html(folder, articles)
    found = race(
        {
            "gongwen-site": Contender(command=(sys.executable, "-c", OURS, str(folder))),
            "trafilatura": Contender(command=(str(venv("trafilatura", *PEER)), "-c", THEIRS, str(folder))),
        },
        runs,
    )
    size, theirs = size_of(folder), found["trafilatura"]
    rows = [
        (
            name, f"{figures.wall:.2f}", f"{size / figures.wall:.2f}", f"{articles / figures.wall:.0f}",
            f"{figures.peak:.0f}", f"{figures.wall / theirs.wall:.2f}", f"{figures.peak / theirs.peak:.2f}",
        )
        for name, figures in found.items()
    ]  # fmt: skip
    head = (f"{articles} saved pages, {size:.1f} MB", "s", "MB/s", "pages/s", "peak MB", "time ratio", "memory ratio")
    return Table(title="Reading HTML", head=head, rows=rows)
