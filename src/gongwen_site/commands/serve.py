"""`gongwen serve`: the site on this machine, rebuilt and reloaded when something it is made of changes.

Files are compared by name, size and time twice a second: no further library, and the same on every system.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from gongwen_site.builder.paths import NOT_FOUND, base_path
from gongwen_site.commands.paths import Folders
from gongwen_site.config import FILE_NAME
from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.resources import bundles_folder, static_folder, templates_folder

HOST = "127.0.0.1"
_PAUSE = 0.5
_GENERATION = "/.generation"
_RELOAD = f"""<script>
(async () => {{
  let seen;
  for (;;) {{
    try {{
      const now = await (await fetch("{_GENERATION}", {{ cache: "no-store" }})).text();
      if (seen !== undefined && seen !== now) location.reload();
      seen = now;
    }} catch {{ /* the server is away; ask again */ }}
    await new Promise((done) => setTimeout(done, {int(_PAUSE * 1000)}));
  }}
}})();
</script>""".encode()


def serve(folders: Folders, port: int, *, rebuild: Callable[[], None], announce: Callable[[str], None]) -> None:
    """Build, then serve until interrupted. Raises GongwenError if the port cannot be had."""
    rebuild()
    state = _State(base=_base(folders))
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, state, directory=str(folders.output)))
    except OSError as failure:
        reason = failure.strerror or ""
        raise GongwenError(error("port-taken", Location(file=f"{HOST}:{port}"), reason=reason)) from failure
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        announce(f"http://{HOST}:{server.server_address[1]}/")
        seen = _signature(folders)
        try:
            while True:
                time.sleep(_PAUSE)
                now = _signature(folders)
                if now != seen:
                    rebuild()
                    seen = _signature(folders)  # records that the rebuild itself wrote are no change
                    state.base = _base(folders)
                    state.generation += 1
        except KeyboardInterrupt:
            server.shutdown()


@dataclass(slots=True)
class _State:
    """What the requests need to know of the builds: how many there were, and for which path the site is built."""

    base: str
    generation: int = 0


def _base(folders: Folders) -> str:
    try:
        return base_path(folders.config().base_url)
    except GongwenError:  # the rebuild has said so; the next change mends it
        return "/"


def _signature(folders: Folders) -> tuple[tuple[str, int, int], ...]:
    found = []
    for path in _watched(folders):
        try:
            status = path.stat()
        except OSError:
            continue  # gone between listing and looking
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _watched(folders: Folders) -> Iterator[Path]:
    trees = [folders.seeds, folders.articles, templates_folder(), static_folder(), bundles_folder()]
    if folders.root:
        trees.extend(folders.root / name for name in ("vocabulary", "templates", "static", "wording"))
        yield folders.root / FILE_NAME
    for tree in trees:
        yield from (path for path in tree.rglob("*") if path.is_file())


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site's files, with a script in every page that reloads it after a rebuild.

    What lies below the path that the site is built for is the site too: the links of 404.html begin with it.
    """

    def __init__(self, state: _State, *args: Any, **options: Any) -> None:
        self._state = state
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        if self.path == _GENERATION:
            self._send(str(self._state.generation).encode(), "text/plain")
            return
        if self.path.startswith(self._state.base):
            self.path = "/" + self.path.removeprefix(self._state.base)
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.split("?")[0].endswith("/") else path
        if page.suffix == ".html" and page.is_file():
            self._send_page(page)
        elif not path.exists() and (missing := Path(self.directory) / NOT_FOUND).is_file():
            self._send_page(missing, HTTPStatus.NOT_FOUND)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _send_page(self, page: Path, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(page.read_bytes() + _RELOAD, "text/html; charset=utf-8", status)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Stay silent: the terminal is for what concerns the archive."""
