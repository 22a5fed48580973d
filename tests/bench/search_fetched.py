"""What queries of an index fetch, by kind: first ones by a reader who has nothing yet, later ones in the same session.

    python tests/bench/search_fetched.py RECORDS [INDEX]

draws the queries from a folder of records, of any size, and indexes it first if there is no INDEX. No peers are needed.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from known_items import KINDS, KnownItem, KnownItems
from measure import ROOT, Table
from search_quality import EACH

from gongwen_site.records.archive import read_archive
from gongwen_site.search.format import pack

HOSTILE = ("的", "粮食安全和乡村振兴" * 222, "😀", "标题:", "-", '"', "../", "<img onerror=alert(1)>")
_HERE = Path(__file__).parent
_SEED = 1
_SCRIPTS = ("start", "search", "engine")


def fetched(index: Path, items: Sequence[KnownItem]) -> Table:
    """Ask one query of each kind in a session, and count the bytes."""
    rng = random.Random(_SEED)
    by_kind = [[item.query for item in items if item.kind == kind] for kind in KINDS]
    sessions = [rng.sample(session, len(session)) for session in zip(*by_kind, strict=False)]
    given = json.dumps([*sessions, *([query] for query in HOSTILE)])
    command = ["node", str(_HERE / "search_bytes.mjs"), str(index)]
    told = json.loads(subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, text=True).stdout)
    answers, hostile = told[: len(sessions)], told[len(sessions) :]
    scripts = sum(len(pack((ROOT / "node_modules" / ".bundle" / f"{name}.js").read_bytes())) for name in _SCRIPTS)
    rows = [
        _spread("first query, with scripts", [_index_bytes(answer[0]) + scripts for answer in answers]),
        _spread("later queries", [_index_bytes(asked) for answer in answers for asked in answer[1:]]),
        _spread("texts of a page of results", [asked["bytes"].get("text", 0) for answer in answers for asked in answer]),
        *(
            _spread(f"first query `{query[:20]}`, {asked['total']} results, {' '.join(asked['notes']) or '–'}",
                    [_index_bytes(asked) + scripts])
            for query, (asked,) in zip(HOSTILE, hostile, strict=True)
        ),
    ]  # fmt: skip
    return Table(title="What a query fetches", head=("kB", "median", "p95", "most"), rows=rows)


def drawn(records: Path) -> list[KnownItem]:
    """Return queries of every kind from the articles of a folder."""
    known = KnownItems(read_archive(records).articles)
    return [item for kind in KINDS for item in known.draw(kind, EACH, _SEED)]


def _index_bytes(asked: Mapping[str, Mapping[str, int]]) -> int:
    return sum(size for kind, size in asked["bytes"].items() if kind != "text")


def _spread(name: str, sizes: Sequence[int]) -> tuple[str, str, str, str]:
    ordered = sorted(sizes)
    picked = (ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], ordered[-1])
    return (name, *(f"{size / 1000:.1f}" for size in picked))  # type: ignore[return-value]  # three of them


def main(records: Path, index: Path | None) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="gongwen-bench-") as work:
        if index is None:
            index = Path(work) / "index"
            subprocess.run([sys.executable, str(_HERE / "index_articles.py"), str(records), str(index)], check=True)
        print(fetched(index, drawn(records)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
