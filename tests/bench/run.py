"""`make bench`: what the program takes, and its peers on the same work, as Markdown tables::

    python tests/bench/run.py [loading] [reading_html] [search_quality] [search] --runs 5 --articles 1000 --corpus FILE.jsonl
    python tests/bench/run.py killing --kills 200 --full 50 --seed 1
    python tests/bench/run.py serving --articles 10000 --runs 5 [--archive DIR]
    python tests/bench/run.py build --articles 10000 --runs 3 --corpus FILE.jsonl.xz [--part NAME] [--growth [N]] [--peers] [--write]

A measurement is a module here with one `measure`, named in `MEASUREMENTS`; it may name further `OPTIONS`. Peers get venvs of their own in .cache/bench/.
Machines differ and are noisy: the ratios are what to look at.
"""

import argparse
import importlib
import tempfile
from pathlib import Path

MEASUREMENTS = ("loading", "reading_html", "search_quality", "search", "build")
BY_NAME_ONLY = ("killing", "serving")


def main() -> None:
    """Run the measurements named, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measurements", nargs="*", help=", ".join(MEASUREMENTS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--corpus", type=Path, help="JSON Lines, .xz or plain: title, date, body, source")
    parser.add_argument("--kills", type=int, default=200, help="of killing: commands that are stopped")
    parser.add_argument("--full", type=int, default=50, help="of killing: commands that run out of disk")
    parser.add_argument("--seed", type=int, default=1, help="of killing: what its lots are drawn from")
    parser.add_argument(
        "--part", action="append", dest="parts", help="of build: list, product, rebuild, seeds or cluster"
    )
    parser.add_argument(
        "--growth",
        type=int,
        nargs="?",
        const=0,
        help="of build: at three sizes, the largest this, or all of the corpus",
    )
    parser.add_argument("--peers", action="store_true", help="of build: Pelican and MkDocs as well")
    parser.add_argument("--write", action="store_true", help="of build: keep the tables in docs/performance.md")
    parser.add_argument("--archive", type=Path, help="of serving: an archive to be served and edited, not a new one")
    parser.add_argument("--hugo", type=Path, help="of build: another folder of layouts and settings for Hugo")
    options = parser.parse_args()
    if unknown := set(options.measurements) - {*MEASUREMENTS, *BY_NAME_ONLY}:
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="gongwen-bench-") as work:
        for name in options.measurements or MEASUREMENTS:
            module = importlib.import_module(name)
            chosen = ("runs", "articles", "corpus", *getattr(module, "OPTIONS", ()))
            print(module.measure(Path(work), **{option: getattr(options, option) for option in chosen}))


if __name__ == "__main__":
    main()
