"""The wheel is the whole program: without Node, npm or this repository it makes an archive and its site."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_the_wheel_alone_builds_a_searchable_site(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    alone = {**os.environ, "PATH": "/nowhere", "PYTHONPATH": str(tmp_path / "installed")}

    def gongwen(*arguments):
        program = [sys.executable, "-m", "gongwen_site", *arguments]
        done = subprocess.run(program, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    gongwen("new", "文库")
    seed = REPOSITORY / "seeds" / "001_68a2d98467e1a6c6.txt"
    (tmp_path / "文库" / "seeds" / seed.name).write_bytes(seed.read_bytes())
    gongwen("site", "--root", "文库")
    gongwen("check", "--root", "文库")
    assert "甘肃金昌" in gongwen("search", "五项赋能", "--root", "文库")
    assert (tmp_path / "文库" / "_site" / "assets" / "js" / "engine.js").stat().st_size > 10_000
