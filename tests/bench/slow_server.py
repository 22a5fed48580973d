"""Folders served over a line of a given speed and delay, to any number of connections together; counts what it sends.

The delay and the speed are the server's, not the browser's emulation: that leaves out what workers fetch.
"""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = {".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".css": "text/css"}
_CHUNK = 4096


class Line:
    """What all replies go over: `speed` in bytes a second, `delay` in seconds before each."""

    def __init__(self, speed: float, delay: float) -> None:
        self.delay = delay
        self.sent = 0
        self._speed = speed
        self._free = 0.0
        self._lock = threading.Lock()

    def wait(self, size: int) -> None:
        """Wait until so many bytes are over."""
        with self._lock:
            self._free = max(self._free, time.monotonic()) + size / self._speed
            until = self._free
            self.sent += size
        time.sleep(max(0.0, until - time.monotonic()))


@contextmanager
def serving(folder: Path, line: Line) -> Iterator[str]:
    """Serve a folder and give its address, which ends in a slash. What browsers know as text is sent compressed."""

    @cache
    def content(path: Path) -> bytes:
        found = path.read_bytes()
        return gzip.compress(found) if path.suffix in _TYPES else found

    class Reply(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(line.delay)
            path = folder / unquote(urlsplit(self.path).path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                self.send_error(404)
                return
            body = content(path)
            self.send_response(200)
            self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
            self.send_header("Cache-Control", "max-age=600")
            if path.suffix in _TYPES:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for start in range(0, len(body), _CHUNK):
                part = body[start : start + _CHUNK]
                line.wait(len(part))
                self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Reply)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
