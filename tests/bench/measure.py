"""Commands to figures: each run is a whole process, contenders in turn and in alternating order, medians of the runs."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A command, and what must be made anew before each run of it: that is not timed."""

    command: Sequence[str]
    prepare: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Medians of the runs of one contender: seconds on the wall, MB of memory at the peak of all its processes."""

    wall: float
    peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A measurement's result, for people."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        rows = [self.head, ["---", *["---:"] * (len(self.head) - 1)], *self.rows]
        return "\n".join((f"### {self.title}\n", *(f"| {' | '.join(row)} |" for row in rows))) + "\n"


def race(contenders: Mapping[str, Contender], runs: int) -> dict[str, Figures]:
    """Return the figures of each contender over `runs` counted runs after one that warms up."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    for turn in range(runs + 1):
        for name in contenders if turn % 2 else reversed(contenders):
            contenders[name].prepare()
            figures = _run(contenders[name].command)
            print(f"  {name}: {figures[0]:.2f} s, {figures[1]:.0f} MB", file=sys.stderr)
            if turn:
                found[name].append(figures)
    return {
        name: Figures(wall=median(wall for wall, _ in seen), peak=median(peak for _, peak in seen))
        for name, seen in found.items()
    }


def _run(command: Sequence[str]) -> tuple[float, float]:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    ended = threading.Event()
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, ended, peaks))
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {said[-2000:]}")
    if process.stderr:
        process.stderr.close()
    return wall, max(*peaks, usage.ru_maxrss / 1024)


def _watch(session: int, ended: threading.Event, peaks: list[float]) -> None:
    """Take down, until it has ended, how much memory the processes of a session have together, in MB. Linux alone tells."""
    while not ended.wait(0.05):
        total = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError, ValueError, IndexError):
                fields = status.read_text().rpartition(")")[2].split()
                if int(fields[3]) == session:
                    total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        peaks.append(total / 2**20)


def venv(name: str, *requirements: str) -> Path:
    """Return the Python of a peer's own venv, made on first use: no peer is a dependency of the project."""
    folder = CACHE / name
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *requirements], check=True)
        (folder / "ready").touch()
    return python
