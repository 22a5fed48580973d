"""What is left when `gongwen site` is killed, at random moments and steps, runs out of disk, or runs twice at once.

Two archives are edited alike. In the second nothing is disturbed: what it holds before and after is what the first may
hold, once one more command has run there. A mixture is any other state of its articles or of its site.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from corpora import recombined
from measure import Table

from gongwen_site.cli import main
from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import Folders, resolve_folders
from gongwen_site.errors import GongwenError

OPTIONS = ("kills", "full", "seed")
_DUMPS, _ARTICLES = 3, 3
_DISK = 32 << 20
_COLD = 0.4
"""The share of builds of which nothing is remembered."""
_LOST = 70
_WRITING = os.O_WRONLY | os.O_RDWR
_STEPS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"})


def measure(work: Path, *, kills: int, full: int, seed: int, **_others: object) -> Table:
    """Stop so many commands, let so many run into a full disk; a tenth of them are interrupted or run twice at once."""
    rng = Random(seed)
    trials: list[_Trial] = [_kill_at_a_moment, _kill_at_a_step] * (kills // 2)
    trials += [_interrupt, _run_twice] * (kills // 20)
    rng.shuffle(trials)
    found = _try_all(_Pair(work / "killed", work / "undisturbed"), rng, trials)
    with _small_disk(work / "disk") as disk:
        pair = _Pair(disk / "archive", work / "undisturbed-too")
        found += _try_all(pair, rng, [partial(_fill, disk if disk.is_mount() else None)] * full)
    rows = [[name, *(str(int(found[name, fact])) for fact in _FACTS)] for name in sorted({name for name, _ in found})]
    return Table(title=f"Stopped half-way (seed {seed})", head=("`gongwen site`", *_FACTS), rows=rows)


_FACTS = (
    "times", "stopped", "articles-undone", "site-undone", "site-finished", "folder-busy",
    "mixtures", "broken sites", "lost records", "tracebacks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """What an undisturbed run took: seconds, and steps that changed the disk, those of `load` apart."""

    seconds: float
    load_steps: int
    build_steps: int


_Trial = Callable[[Folders, Random, _Run], tuple[bool, str]]
"""Disturbs `gongwen site`; tells whether it was stopped, and what it said."""


class _Pair:
    """Two archives that are edited alike."""

    def __init__(self, disturbed: Path, undisturbed: Path) -> None:
        self.disturbed, self.undisturbed = (_begun(root) for root in (disturbed, undisturbed))
        self._dumps = _DUMPS

    def edit(self, rng: Random) -> None:
        """Edit both in one of the ways in which people do."""
        kind = rng.choice(("record", "record", "withdraw", "dump", "rename", "longer", "title"))
        number = rng.randrange(10**6)
        for folders in (self.disturbed, self.undisturbed):
            records = sorted(folders.articles.rglob("*.md"))
            dumps = sorted(folders.seeds.iterdir())
            if kind == "record":
                record = records[number % len(records)]
                record.write_text(re.sub("^title: ", f"title: 改{number}", record.read_text(), flags=re.MULTILINE))
            elif kind == "withdraw" and len(records) > _ARTICLES:
                records[number % len(records)].unlink()
            elif kind == "rename":
                dump = dumps[number % len(dumps)]
                dump.rename(dump.with_name(f"{number:06d}-{self._dumps}.txt"))
            elif kind == "longer":
                dump = dumps[number % len(dumps)]
                dump.write_text(
                    f"{dump.read_text()}\n本报讯（记者 李明）{number}日又有一则，写在最后，与上面各篇都没有关系。\n"
                )
            elif kind == "title":
                (folders.root or Path()).joinpath("gongwen.yaml").write_text(f"title: 试库{number}\n")
            else:
                _write_dump(folders.seeds, self._dumps)
        self._dumps += kind == "dump"


def _begun(root: Path) -> Folders:
    (root / "seeds").mkdir(parents=True)
    (root / "gongwen.yaml").write_text("title: 试库\n")
    for number in range(_DUMPS):
        _write_dump(root / "seeds", number)
    folders = resolve_folders(root=root)
    _make(folders)
    return folders


def _write_dump(folder: Path, number: int) -> None:
    articles = list(recombined((number + 1) * _ARTICLES))[-_ARTICLES:]
    text = "\n\n".join(f"{title}\n{byline}\n\n" + "\n\n".join(parts) for title, byline, parts in articles)
    (folder / f"{number:04d}.txt").write_text(text)


def _make(folders: Folders) -> tuple[_Run, Counter[str]]:
    begin, steps = time.monotonic(), _count.steps
    said = load(folders).diagnostics
    loaded = _count.steps
    said += build(folders, search=False).diagnostics
    run = _Run(time.monotonic() - begin, loaded - steps, _count.steps - loaded)
    return run, Counter(diagnostic.code for diagnostic in said if diagnostic.code in _FACTS)


def _try_all(pair: _Pair, rng: Random, trials: list[_Trial]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for number, trial in enumerate(trials, 1):
        name = getattr(trial, "func", trial).__name__.strip("_").replace("_", " ")
        pair.edit(rng)
        folders, other = pair.disturbed, pair.undisturbed
        old = {"articles": _files(folders.articles), "site": _files(folders.output)}
        run, _ = _make(other)
        new = {"articles": _files(other.articles), "site": _files(other.output)}
        if rng.random() < _COLD:
            shutil.rmtree(folders.cache, ignore_errors=True)
        was_stopped, said = trial(folders, rng, run)
        seen = Counter({"times": 1, "stopped": was_stopped, "tracebacks": said.count("Traceback")})
        seen["folder-busy"] += said.count("folder-busy")
        try:
            codes = {diagnostic.code for diagnostic in check(folders).diagnostics}
        except GongwenError as failure:
            codes = {diagnostic.code for diagnostic in failure.diagnostics}
            seen["broken sites"] += 1
        seen.update(code for code in codes if code in _FACTS)
        now = {"articles": _files(folders.articles), "site": _files(folders.output)}
        mixed = {
            part: sorted(name for name in files if files[name] != new[part].get(name))[:5]
            for part, files in now.items()
            if files not in (old[part], new[part])
        }
        seen["mixtures"] += bool(mixed)
        seen += _make(folders)[1]
        last = _files(folders.articles)
        seen["lost records"] += len(new["articles"].keys() - last.keys())
        is_whole = last == new["articles"] and _files(folders.output) == new["site"]
        seen["broken sites"] += not is_whole or bool(number % 5 == 0 and check(folders).diagnostics)
        found.update({(name, fact): count for fact, count in seen.items()})
        print(f"  {number}/{len(trials)} {name}: {dict(+seen)} {[*mixed.items()] or ''}", file=sys.stderr)
        if not is_whole:
            raise SystemExit(f"not what it should be: {folders.root} beside {other.root}")
    return found


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class _Count:
    """Counts steps that change the disk; kills the process before the last of those that it is allowed."""

    steps = 0
    last: int | None = None

    def __call__(self, event: str, details: tuple[object, ...]) -> None:
        if event in _STEPS or (event == "open" and isinstance(details[2], int) and details[2] & _WRITING):
            self.steps += 1
            if self.steps == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


_count = _Count()
sys.addaudithook(_count)


class _Program:
    """`gongwen site` in a process of its own, which has its imports from this one."""

    def __init__(self, folders: Folders, *, step: int | None = None, room: int | None = None) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`; not on a disk that may be full
        self._process = os.fork()
        if not self._process:
            os.dup2(self._said.fileno(), 1)
            os.dup2(self._said.fileno(), 2)
            if room is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            sys.argv = ["gongwen", "site", "--no-search", "--json", "--root", str(folders.root)]
            _count.steps, _count.last = 0, step
            code = _LOST
            try:
                main()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
            finally:
                if code == _LOST:
                    traceback.print_exc()
                sys.stdout.flush()
                os._exit(code)

    def stop(self, how: int) -> None:
        os.kill(self._process, how)

    def end(self) -> tuple[int, str]:
        """Return the exit code, or the signal below zero, and all that was said."""
        code = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
        with self._said as opened:
            opened.seek(0)
            return code, opened.read().decode(errors="replace")


def _kill_at_a_moment(folders: Folders, rng: Random, run: _Run, how: int = signal.SIGKILL) -> tuple[bool, str]:
    program = _Program(folders)
    time.sleep(rng.uniform(0, run.seconds))
    program.stop(how)
    code, said = program.end()
    return code in {-how, 130}, said


def _interrupt(folders: Folders, rng: Random, run: _Run) -> tuple[bool, str]:
    return _kill_at_a_moment(folders, rng, run, signal.SIGINT)


def _kill_at_a_step(folders: Folders, rng: Random, run: _Run) -> tuple[bool, str]:
    step = rng.choice((rng.randint(1, run.load_steps), run.load_steps + rng.randint(1, run.build_steps)))
    code, said = _Program(folders, step=step).end()
    return code == -signal.SIGKILL, said


def _run_twice(folders: Folders, rng: Random, run: _Run) -> tuple[bool, str]:
    first = _Program(folders)
    time.sleep(rng.uniform(0, run.seconds))
    second = _Program(folders)
    return False, first.end()[1] + second.end()[1]


def _fill(disk: Path | None, folders: Folders, rng: Random, _run: _Run) -> tuple[bool, str]:
    """Leave room for a quarter of the site, or less; where there is no disk of its own, let no file be as large as the largest."""
    sizes = [len(data) for data in _files(folders.output).values()]
    if disk is None:
        code, said = _Program(folders, room=rng.randrange(1000, max(sizes))).end()
        return code != 0, said
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - rng.randrange(sum(sizes) // 4))))
    code, said = _Program(folders).end()
    ballast.unlink()
    return code != 0, said


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """Give a folder on a small disk of its own, where one can be had: on Linux, as root."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(folder)]
    is_mounted = os.geteuid() == 0 and shutil.which("mount") and subprocess.run(mount, check=False).returncode == 0
    try:
        yield folder
    finally:
        if is_mounted:
            subprocess.run(["umount", str(folder)], check=True)
