"""The search index of a served site, made by a process of its own that gives way at once when something else is to be done."""

import signal
import subprocess
import sys
from os import name as system

from gongwen_site.commands.paths import Folders

_PROGRAM = """\
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(os, "nice"):
    os.nice(5)
from gongwen_site.__main__ import main
main()
"""
"""What it runs: a build like any other, interruptible even where the one who started it is not."""
_PATIENCE = 5.0
"""Seconds within which an interrupted build has put everything back."""


class Indexer:
    """Builds what a build with a late index has left, in the background."""

    def __init__(self, folders: Folders) -> None:
        named = {"root": folders.root, "seeds": folders.seeds, "articles": folders.articles, "output": folders.output}
        options = [text for name, path in named.items() if path is not None for text in (f"--{name}", str(path))]
        self._command = [sys.executable, "-c", _PROGRAM, "build", "--quiet", *options]
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Begin."""
        silent = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command, stdin=silent, stdout=silent, stderr=silent)  # noqa: S603 - ours

    def ended(self) -> int | None:
        """Return its exit code, once, when it has come to an end; what was wrong, the next build finds and tells."""
        code = self._process.poll() if self._process else None
        if code is not None:
            self._process = None
        return code

    def stop(self) -> None:
        """End it, the site as it was or as it is to be."""
        if self._process is None:
            return
        if system == "posix":
            self._process.send_signal(signal.SIGINT)
        else:
            self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
