"""Commands to figures: each run is a whole process, contenders in turn and in alternating order, medians of the runs."""

import os
import re
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
_PAUSE = 0.1
_PROPORTIONAL = re.compile(rb"^Pss: +([0-9]+) kB$", re.MULTILINE)
_PROCESSES = Path("/proc/self/stat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A command, and what must be made anew before each run of it: that is not timed."""

    command: Sequence[str]
    prepare: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The runs of one contender: medians of seconds on the wall and of all processors, of MB at the peak of all
    its processes together; `walls` has each run's seconds."""

    wall: float
    cpu: float
    peak: float
    walls: tuple[float, ...]

    def over(self, other: "Figures") -> float:
        """Return the wall time as a multiple of another's: the median of the ratios of the runs that were paired."""
        return median(own / its for own, its in zip(self.walls, other.walls, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A measurement's result, for people."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        rows = [self.head, ["---", *["---:"] * (len(self.head) - 1)], *self.rows]
        return "\n".join((f"### {self.title}\n", *(f"| {' | '.join(row)} |" for row in rows))) + "\n"


def race(contenders: Mapping[str, Contender], runs: int, *, warm_up: bool = True) -> dict[str, Figures]:
    """Return the figures of each contender over `runs` counted runs, after one that warms up."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in contenders}
    for turn in range(0 if warm_up else 1, runs + 1):
        for name in contenders if turn % 2 else reversed(contenders):
            contenders[name].prepare()
            os.sync()  # what was written before is no run's to wait for
            wall, cpu, peak = _run(contenders[name].command)
            print(f"  {name}: {wall:.2f} s, {cpu:.2f} s of processors, {peak:.0f} MB", file=sys.stderr)
            if turn:
                found[name].append((wall, cpu, peak))
    return {name: _figures(seen) for name, seen in found.items()}


def _figures(seen: Sequence[tuple[float, float, float]]) -> Figures:
    walls, cpus, peaks = zip(*seen, strict=True)
    return Figures(wall=median(walls), cpu=median(cpus), peak=median(peaks), walls=walls)


def _run(command: Sequence[str]) -> tuple[float, float, float]:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    ended = threading.Event()
    peaks: list[float] = []
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
    # What the command's own processes took is part of its usage, as long as it waited for them. Its largest memory is not
    # taken from there where it can be watched: that is at least what this process had when it started the command.
    peak = max(peaks, default=usage.ru_maxrss / 1024)
    return wall, usage.ru_utime + usage.ru_stime, peak


def _watch(session: int, ended: threading.Event, peaks: list[float]) -> None:
    """Take down, until it has ended, how much memory the processes of a session have together, in MB. Linux alone tells.

    What several of them share counts once (the proportional set size of proc(5)).
    """
    while _PROCESSES.exists() and not ended.wait(_PAUSE):
        size = 0
        for name in os.listdir("/proc"):  # noqa: PTH208 - as little as can be beside what is timed
            if not name.isdecimal():
                continue
            with suppress(OSError, ValueError, IndexError):
                if int(_read(f"/proc/{name}/stat").rpartition(b")")[2].split()[3]) == session:
                    size += sum(map(int, _PROPORTIONAL.findall(_read(f"/proc/{name}/smaps_rollup"))))
        peaks.append(size / 1024)


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as opened:  # noqa: PTH123 - as little as can be
        return opened.read()


def venv(name: str, *requirements: str) -> Path:
    """Return the Python of a peer's own venv, made on first use: no peer is a dependency of the project."""
    folder = CACHE / name
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *requirements], check=True)
        (folder / "ready").touch()
    return python


def npm(name: str, *packages: str) -> Path:
    """Return the folder in which npm has installed a peer's packages, on first use."""
    folder = CACHE / name
    if not (folder / "node_modules").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", *packages], cwd=folder, check=True)
    return folder
