"""A Dask cluster makes what processes of this machine make, byte for byte; what keeps it from that is said."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("distributed")
SEEDS = Path(__file__).parents[3] / "seeds"
LOOPBACK = "127.0.0.1"


def gongwen(folder, *words):
    command = [sys.executable, "-m", "gongwen_site", *map(str, words)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def started(tmp_path):
    """Return a function that starts a program of Dask and gives its process; all of them end with the test."""
    running = []
    # Nothing that a person has set for Dask may matter here.
    settings = {"DASK_CONFIG": str(tmp_path / "none"), "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "0"}

    def start(program, *words):
        command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *map(str, words)]
        environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
        )
        running.append(process)
        return process

    yield start
    for process in reversed(running):
        process.kill()
        process.communicate()


def scheduler(started, file):
    """Start a scheduler; return its address."""
    process = started("scheduler", "--host", LOOPBACK, "--port", 0, "--no-dashboard", "--scheduler-file", file)
    for line in process.stderr:
        if "Scheduler at" in line:
            return line.split()[-1]
    raise AssertionError("the scheduler did not start")


def worker(started, address, folder):
    process = started("worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", folder)
    for line in process.stderr:
        if "Registered to" in line:
            return
    raise AssertionError("the worker did not start")


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_workers_make_the_records_and_the_site_that_one_process_makes(started, tmp_path):
    address = scheduler(started, tmp_path / "scheduler.json")
    for name in ("one", "two"):
        worker(started, address, tmp_path / name)
    for name, words in (("here", ["--jobs", 1]), ("there", ["--scheduler", address])):
        archive = tmp_path / name
        archive.mkdir()
        (archive / "gongwen.yaml").touch()
        (archive / "seeds").symlink_to(SEEDS)
        for verb in ("load", "build"):
            done = gongwen(archive, verb, "--json", *words)
            assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["site"]["articles"] == 22
    for folder in ("articles", "_site"):
        assert files(tmp_path / "here" / folder) == files(tmp_path / "there" / folder)


def test_a_scheduler_that_is_not_there_or_has_no_workers_is_said(started, tmp_path):
    (tmp_path / "gongwen.yaml").touch()
    (tmp_path / "seeds").symlink_to(SEEDS)
    assert gongwen(tmp_path, "load", "--jobs", 1).returncode == 0
    address = scheduler(started, tmp_path / "scheduler.json")
    for wrong, code in (("nonsense://", "scheduler-unreachable"), (address, "cluster-empty")):
        done = gongwen(tmp_path, "build", "--json", "--scheduler", wrong)
        assert done.returncode == 1
        assert [one["code"] for one in json.loads(done.stdout)["diagnostics"]] == [code]
        assert "Traceback" not in done.stderr
