"""`load` by several processes: the same bytes and the same words, no worker waited for in vain, no table held whole."""

import json
import os
import shutil
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongwen_site.commands import load as load_module
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.commands.workforce import in_order, processes
from gongwen_site.errors import GongwenError

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture
def seeds(tmp_path, monkeypatch):
    """Several dumps, a table of three parts with rows that cannot be read, and files that are no dump."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(load_module, "_LITTLE", 0)
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    (folder / "0.txt").write_bytes(b"\0\1\2\3" * 99)
    (folder / "m.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    rows = [
        json.dumps({"title": f"第{n}号决定", "date": "2024-11-05", "body": f"甘肃省定西市第{n}次会议召开。"})
        for n in range(600)
    ]
    rows[7] = rows[555] = "{"
    (folder / "t.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_depends_on_who_reads_the_dumps(seeds, tmp_path):
    folders = [resolve_folders(seeds=seeds, articles=tmp_path / name) for name in ("one", "two", "given")]
    with ThreadPoolExecutor(3) as threads:
        ways = [{"jobs": 1}, {"jobs": 2}, {"jobs": 3, "executor": threads}]
        for _ in range(2):  # into an empty folder, and over what is there
            reports = [load(each, **way) for each, way in zip(folders, ways, strict=True)]
            assert reports[0] == reports[1] == reports[2]
            assert sum(d.code == "row-unreadable" for d in reports[0].diagnostics) == 2
            files = [_files(each.articles) for each in folders]
            assert files[0] == files[1] == files[2]


def test_a_lost_worker_is_said_and_not_waited_for():
    with pytest.raises(GongwenError) as failure, processes(2) as executor:
        list(in_order(executor, os._exit, ((n, n) for n in range(20)), ahead=4))
    assert [diagnostic.code for diagnostic in failure.value.diagnostics] == ["worker-lost"]


def test_only_a_few_tasks_are_given_out_ahead():
    begun = []
    tasks = ((n, begun.append(n) or (None if n % 3 == 0 else n)) for n in range(50))
    with ThreadPoolExecutor(2) as executor:
        for place, (label, result) in enumerate(in_order(executor, abs, tasks, ahead=4)):
            assert (label, result) == (place, None if place % 3 == 0 else place)
            assert begun[-1] - place <= 8


def test_memory_does_not_grow_with_the_rows_of_a_table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    peaks = []
    for count in (10, 300, 1200):
        folder = tmp_path / str(count)
        folder.mkdir()
        rows = (json.dumps({"title": f"No. {n}", "body": "…", "note": "x" * 9000}) for n in range(count))
        (folder / "t.jsonl").write_text("\n".join(rows))
        tracemalloc.start()
        load(resolve_folders(seeds=folder, articles=tmp_path / f"{count}.articles"))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] - peaks[1] < 900 * 3000  # of 9,000 bytes a row
