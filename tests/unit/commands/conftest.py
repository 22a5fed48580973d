"""An archive that is served, for the tests of serving."""

import contextlib
import http.client
import json
import re
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

_PATIENCE = 120


class Served:
    """An archive that is served by the program."""

    def __init__(self, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gongwen_site", "serve", "--port", "0"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - of a shell's job it is ignored
        )
        self.address = re.search(r"http://\S+?/(?=（| )", self.process.stderr.readline())[0]
        self.port = urlsplit(self.address).port
        self._events = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        self._events.request("GET", "/.serve/events")
        self._told = self._events.getresponse()
        self.state = {"edition": None}
        self.wait(lambda state: not state["building"])

    def wait(self, wanted):
        """Read what is told until it is as wanted."""
        while True:
            line = self._told.readline()
            assert line, "the server is gone"
            if line.startswith(b"data:"):
                self.state = json.loads(line.removeprefix(b"data:"))
                if wanted(self.state):
                    return self.state

    def changed(self):
        """Wait for another edition."""
        before = self.state["edition"]
        return self.wait(lambda state: state["edition"] != before and not state["building"])

    def edition(self, page=""):
        """Return the edition that the page at a path is told of; without one, that of the site."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", f"/.serve/events?{page}")
            with connection.getresponse() as told:
                found = next(line for line in iter(told.readline, b"") if line.startswith(b"data:"))
        return json.loads(found.removeprefix(b"data:"))["edition"]

    def get(self, path, method="GET", **headers):
        """Return status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path, headers=headers)
            with connection.getresponse() as reply:
                return reply.status, reply.headers, reply.read()

    def page(self, path):
        return self.get(path)[2].decode()

    def close(self):
        self._told.close()
        self._events.close()
        self.process.terminate()
        self.process.communicate()


@pytest.fixture(scope="session")
def serving():
    """Return what serves the archive in a folder until it is closed."""
    return Served
