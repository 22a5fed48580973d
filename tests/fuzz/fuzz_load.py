"""Feed the loader broken dumps and see whether it keeps its promises (`promises.py`)::

    python tests/fuzz/fuzz_load.py --inputs 100000 --seed 1 --minutes 20 --processes 2

Inputs are made from the dumps in seeds/ and in `--corpus DIR` by their number, so that `--only NUMBER` makes one again.
What breaks a promise is made as small as it can be and written to `--findings DIR`. Exits 1 if anything was found.
"""

import argparse
import json
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mutate import Mutator
from promises import load_dump

from gongwen_site.loader.decoding import decode
from gongwen_site.vocabulary.load import load_vocabulary

ROOT = Path(__file__).parents[2]
SECONDS_A_MEGABYTE = 10
GRACE = 0.3  # seconds: what any dump may take, however small
HANG = 60  # seconds after which an input is given up
MEASURED = 50_000  # bytes from which seconds a megabyte mean something
MINIMISING = 60  # seconds spent on one finding


@dataclass(slots=True)
class Tally:
    """What one process has seen."""

    inputs: int = 0
    articles: int = 0
    bytes: int = 0
    seconds: float = 0.0
    worst: float = 0.0
    worst_input: int = -1
    findings: dict[str, int] = field(default_factory=dict)


class _Hang(BaseException):
    """Not an `Exception`, so that nothing on the way takes it for its own."""


def _alarm(_signal: int, _frame: object) -> None:
    raise _Hang


def main() -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, help="make and load one input by its number")
    parser.add_argument("--corpus", type=Path, help="a folder of further dumps, .txt and .html")
    parser.add_argument("--findings", type=Path, default=Path("/tmp/gongwen-fuzz"))
    options = parser.parse_args()
    options.findings.mkdir(parents=True, exist_ok=True)
    if options.only is not None:
        name, data = _mutator(options.corpus).dump(options.seed, options.only)
        (options.findings / name).write_bytes(data)
        print(f"{options.findings / name}: {len(data)} bytes", load_dump(name, data, load_vocabulary(None)))
        return 0
    if options.processes == 1:
        tallies = [_run(options, 0)]
    else:
        with multiprocessing.Pool(options.processes) as pool:
            tallies = pool.starmap(_run, [(options, part) for part in range(options.processes)])
    return _report(tallies)


def _mutator(corpus: Path | None) -> Mutator:
    texts, pages = [], []
    for folder in filter(None, (ROOT / "seeds", corpus)):
        for path in sorted(folder.rglob("*")):
            decoded = decode(path.read_bytes()) if path.suffix in {".txt", ".html"} else None
            if decoded:
                (texts if path.suffix == ".txt" else pages).append(decoded[0])
    return Mutator(texts, pages)


def _run(options: argparse.Namespace, part: int) -> Tally:
    mutator, vocabulary = _mutator(options.corpus), load_vocabulary(None)
    tally = Tally()
    load_dump("first.txt", "竞赛举行\n本报记者 张三\n近日，竞赛举行。".encode(), vocabulary)  # compiles the rules, once
    end = time.monotonic() + 60 * options.minutes
    signal.signal(signal.SIGALRM, _alarm)
    state = options.findings / f"state-{options.seed}-{part}.json"

    def fault(name: str, data: bytes) -> str | None:
        """Return what is wrong with loading `data`, in words that are the same for the same fault."""
        signal.alarm(HANG)
        try:
            outcome = load_dump(name, data, vocabulary)
        except _Hang:
            return f"hangs {HANG} s at {_place(sys.exc_info()[2])}"
        except Exception as failure:  # noqa: BLE001 - any exception is what is looked for
            return f"{type(failure).__name__} at {_place(failure.__traceback__)}"
        finally:
            signal.alarm(0)
        tally.seconds += outcome.seconds
        tally.articles += outcome.articles
        rate = outcome.seconds / (len(data) / 1e6) if len(data) >= MEASURED else 0
        if rate > tally.worst:
            tally.worst, tally.worst_input = rate, number
        if outcome.seconds > GRACE + SECONDS_A_MEGABYTE * len(data) / 1e6:
            return "slow"
        return outcome.broken and "".join(c for c in outcome.broken if not c.isdigit())

    for number in range(options.first + part, options.first + options.inputs, options.processes):
        if time.monotonic() > end:
            break
        name, data = mutator.dump(options.seed, number)
        tally.inputs += 1
        tally.bytes += len(data)
        found = fault(name, data)
        if found is not None and found not in tally.findings:
            print(f"input {number}: {found}", flush=True)
            small = data if found == "slow" else _minimised(data, lambda less, n=name, f=found: fault(n, less) == f)
            stem = f"{options.seed}-{number}"
            (options.findings / f"{stem}{Path(name).suffix}").write_bytes(small)
            (options.findings / f"{stem}.why").write_text(found + "\n")
        if found is not None:
            tally.findings[found] = tally.findings.get(found, 0) + 1
        if tally.inputs % 500 == 0:
            state.write_text(json.dumps({name: getattr(tally, name) for name in Tally.__dataclass_fields__}, indent=1))
    return tally


def _place(trace: object) -> str:
    frames = [
        frame
        for frame in traceback.extract_tb(trace)
        if "gongwen_site" in frame.filename or "promises" in frame.filename
    ]
    return f"{os.path.basename(frames[-1].filename)}:{frames[-1].name}" if frames else "?"  # noqa: PTH119


def _minimised(data: bytes, still: Callable[[bytes], bool]) -> bytes:
    """Return a smaller input with the same fault: pieces are left out, halves first, as long as the time lasts."""
    end = time.monotonic() + MINIMISING
    for cut in (
        lambda whole: whole.splitlines(keepends=True),
        lambda whole: [whole[n : n + 1] for n in range(len(whole))],
    ):
        pieces = cut(data)
        size = max(1, len(pieces) // 2)
        while size and time.monotonic() < end:
            start = 0
            while start < len(pieces) and time.monotonic() < end:
                less = pieces[:start] + pieces[start + size :]
                if still(b"".join(less)):
                    pieces = less
                else:
                    start += size
            size = size // 2 if size > 1 else 0
        data = b"".join(pieces)
    return data


def _report(tallies: list[Tally]) -> int:
    findings: dict[str, int] = {}
    for tally in tallies:
        for what, count in tally.findings.items():
            findings[what] = findings.get(what, 0) + count
    seconds, size = sum(t.seconds for t in tallies), sum(t.bytes for t in tallies)
    worst = max(tallies, key=lambda tally: tally.worst)
    print(f"{sum(t.inputs for t in tallies)} inputs, {size / 1e6:.1f} MB, {sum(t.articles for t in tallies)} articles")
    print(
        f"{seconds / (size / 1e6):.2f} s a MB of processor time; at worst {worst.worst:.2f} (input {worst.worst_input})"
    )
    for what, count in sorted(findings.items(), key=lambda item: -item[1]):
        print(f"{count:7} {what}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
