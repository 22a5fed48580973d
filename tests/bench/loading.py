"""How fast `gongwen load` takes dumps into an empty archive, with one process: MB and articles a second."""

import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from corpora import size_of, write_html, write_pages, write_rows
from measure import Contender, Table, race


def measure(work: Path, *, runs: int, articles: int, corpus: Path | None) -> Table:
    """Measure each kind of dump. `corpus` is a JSON Lines file of further articles."""
    kinds: dict[str, Callable[[Path], None]] = {
        "newspaper pages, text": lambda folder: write_pages(folder, articles),
        "web pages, HTML": lambda folder: write_html(folder, articles),
    }
    if corpus is not None:
        kinds[f"rows of {corpus.name}"] = lambda folder: write_rows(folder, corpus, articles)
    contenders, sizes, roots = {}, {}, {}
    for name, write in kinds.items():
        root = work / f"load-{len(roots)}"
        shutil.rmtree(root, ignore_errors=True)
        write(root / "seeds")
        (root / "gongwen.yaml").touch()
        roots[name], sizes[name] = root, size_of(root / "seeds")
        emptied = partial(shutil.rmtree, root / "articles", ignore_errors=True)
        command = (sys.executable, "-m", "gongwen_site", "load", "--quiet", "--root", str(root))
        contenders[name] = Contender(command=command, prepare=emptied)
    rows = []
    for name, figures in race(contenders, runs).items():
        made = len((roots[name] / "articles" / "ids.csv").read_text(encoding="utf-8").splitlines()) - 1
        rows.append((
            name, f"{sizes[name]:.2f}", f"{made}", f"{figures.wall:.2f}", f"{sizes[name] / figures.wall:.2f}",
            f"{made / figures.wall:.0f}", f"{figures.peak:.0f}",
        ))  # fmt: skip
    head = ("`gongwen load`, one process", "MB", "articles", "s", "MB/s", "articles/s", "peak MB")
    return Table(title="Loading", head=head, rows=rows)
