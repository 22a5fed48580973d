"""The wheel is the whole program: without Node, npm, network or this repository it makes an archive and its site."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SECOND = REPOSITORY / "tests" / "second"
NO_NETWORK = """
import socket

def refuse(*_):
    raise OSError("this program asked for the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def _built(target, source, folder):
    build = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (made,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return _built("wheel", REPOSITORY, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def gongwen(wheel, tmp_path_factory):
    """Run the program of the wheel where there is nothing else: no tool on the path, no network."""
    installed = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(installed)
    (installed / "sitecustomize.py").write_text(NO_NETWORK)
    alone = {**os.environ, "PATH": "/nowhere", "PYTHONPATH": str(installed)}
    alone.pop("GONGWEN_LANGUAGE", None)

    def run(*arguments, cwd, code=0):
        program = [sys.executable, "-m", "gongwen_site", *arguments]
        done = subprocess.run(program, cwd=cwd, env=alone, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr if code else done.stdout

    return run


def test_the_wheel_alone_builds_a_searchable_site(gongwen, tmp_path):
    gongwen("new", "文库", "--region", "甘肃", cwd=tmp_path)
    seed = REPOSITORY / "seeds" / "001_68a2d98467e1a6c6.txt"
    (tmp_path / "文库" / "seeds" / seed.name).write_bytes(seed.read_bytes())
    gongwen("site", "--root", "文库", cwd=tmp_path)
    gongwen("check", "--root", "文库", cwd=tmp_path)
    assert "甘肃金昌" in gongwen("search", "五项赋能", "--root", "文库", cwd=tmp_path)
    assert (tmp_path / "文库" / "_site" / "assets" / "js" / "engine.js").stat().st_size > 10_000
    gongwen("export", "--root", "文库", cwd=tmp_path)
    assert (tmp_path / "文库" / "_site" / "data" / "offline.zip").is_file()


def test_the_wheel_alone_speaks_english_and_takes_an_archives_own_files(gongwen, tmp_path):
    archive = tmp_path / "archive"
    gongwen("new", "archive", "--language", "en", "--title", "Harbour", cwd=tmp_path)
    for name in ("seeds/rows.csv", "static/css/own.css", "wording/en/site.yaml"):
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_bytes((SECOND / name).read_bytes())
    gongwen("own", "templates/partials/footer.html", cwd=archive)
    (archive / "templates" / "partials" / "footer.html").write_text("<footer>{{ site.title }}'s own</footer>\n")
    assert "2 articles" in gongwen("site", cwd=archive)
    assert "0 problems" in gongwen("check", cwd=archive)
    home = (archive / "_site" / "index.html").read_text(encoding="utf-8")
    assert "<footer>Harbour&#39;s own</footer>" in home or "<footer>Harbour's own</footer>" in home
    assert ">Subjects</a>" in home
    (archive / "gongwen.yaml").write_text("languge: en\nlanguage: en\n", encoding="utf-8")
    assert "gongwen.yaml:1: unknown setting “languge”" in gongwen("build", cwd=archive, code=1)


def test_the_source_distribution_builds_the_same_wheel(wheel, tmp_path):
    made = _built("sdist", REPOSITORY, tmp_path)
    with tarfile.open(made) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    again = _built("wheel", source, tmp_path / "again")

    def files(path):
        archive = zipfile.ZipFile(path)
        return {name: archive.read(name) for name in archive.namelist()}

    one, other = files(wheel), files(again)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
