"""What tests of several parts need: the program stopped at a chosen step, the dumps that a document shows, a shell to run it in."""

import os
import re
import sys
from contextlib import contextmanager

import pytest

_STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
_WRITING = 0o3  # O_WRONLY | O_RDWR


class Stopped(BaseException):
    """The program ended here."""


class _Stop:
    """Counts what changes something on the disk; from a certain number of steps on, none is done any more."""

    left = None

    def __call__(self, event, details):
        if self.left is None or not (event in _STEPS or (event == "open" and (details[2] or 0) & _WRITING)):
            return
        if self.left == 0:
            raise Stopped
        self.left -= 1


_stop = _Stop()
sys.addaudithook(_stop)  # stays while the interpreter runs: there is no way to take one away


@contextmanager
def _stopped_after(steps):
    """Do so many steps, then no more, whatever is tried: what is cleaned up at the end of a program is not, either."""
    _stop.left = steps
    try:
        yield
    finally:
        _stop.left = None


@pytest.fixture
def was_stopped():
    """Run something for so many steps that change the disk; tell whether it was stopped, or else was done before."""

    def run(steps, work, *arguments):
        try:
            with _stopped_after(steps):
                work(*arguments)
        except Stopped:
            return True
        return False

    return run


_SHOWN = re.compile(r"^`seeds/([\w.-]+)`\n\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)


@pytest.fixture(scope="session")
def shown_dumps():
    """Return the dumps and fix files that a document shows, by name: `seeds/…` on a line, the text indented below it."""

    def read(document):
        found = _SHOWN.findall(document.read_text(encoding="utf-8"))
        return {name: re.sub("^ {4}", "", text, flags=re.MULTILINE).strip("\n") + "\n" for name, text in found}

    return read


@pytest.fixture
def shell(tmp_path):
    """Return an environment in which `gongwen` is this program, and git knows who commits."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "gongwen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gongwen_site "$@"\n')
    (programs / "gongwen").chmod(0o755)
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {**os.environ, **identity, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
