"""How the time to load a dump grows with its size, over dumps that no paper prints (`hostile.py`)::

    python tests/fuzz/growth.py --sizes 50 200 800 --only "txt lead-ins" --from 2

A line a kind: seconds a MB at the largest size, and the exponent of the growth from the size before to it: 1 is linear,
2 is quadratic. Times are of the processor and noisy where several programs share it.
"""

import argparse
import math
from random import Random

from hostile import HOSTILE, Maker
from promises import load_dump

from gongwen_site.vocabulary.load import load_vocabulary


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200, 800], help="kB")
    parser.add_argument("--only", default="", help="kinds whose name holds this")
    parser.add_argument("--from", type=float, default=0, dest="least", help="leave out what takes fewer seconds a MB")
    options = parser.parse_args()
    vocabulary = load_vocabulary(None)
    load_dump("first.txt", "竞赛举行\n本报记者 张三\n近日，竞赛举行。".encode(), vocabulary)  # compiles the rules, once
    for kind, (ending, make) in HOSTILE.items():
        if options.only not in kind:
            continue
        seen = []
        for size in options.sizes:
            data = _of_size(make, 1_000 * size)
            outcome = load_dump(f"dump{ending}", data, vocabulary)
            seen.append((len(data), max(outcome.seconds, 1e-3)))
        (before, seconds_before), (size, seconds) = seen[-2:] if len(seen) > 1 else (seen[0], seen[0])
        growth = math.log(seconds / seconds_before) / math.log(size / before) if size > before else math.nan
        if seconds / size * 1e6 >= options.least:
            print(f"{kind:32} {seconds / size * 1e6:6.2f} s/MB  exponent {growth:5.2f}", flush=True)


def _of_size(make: Maker, size: int) -> bytes:
    """Return about `size` bytes of a kind."""
    sample = make(Random(1), 2_000)
    return make(Random(1), size * len(sample) // len(sample.encode())).encode()


if __name__ == "__main__":
    main()
