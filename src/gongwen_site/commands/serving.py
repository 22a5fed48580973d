"""A site's files over HTTP, for this machine alone: as a server sends them later, with what serves the keeper put into each page.

The site's files themselves are never changed. What is not the site's lies below `/.serve/` and `/.review/`.
"""

import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import name as system
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from gongwen_site.builder.paths import ASSETS, NOT_FOUND, article, base_path
from gongwen_site.commands.memory import NEVER_FRESH, Stamp, stamps_below
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.served_pages import FILES, box, insertion, waiting_page
from gongwen_site.commands.staging import MARK
from gongwen_site.commands.unchanged import mark_of
from gongwen_site.errors import Diagnostic, GongwenError, Location, Severity, error
from gongwen_site.wording import Wording, wording

HOST = "127.0.0.1"
REVIEW = "/.review/"
OWN = "/.serve/"
EVENTS = f"{OWN}events"
_NAMES = {HOST, "localhost"}
"""Names of this machine. A page from elsewhere that has its own name lead here must not read what only the keeper may."""
_BEAT = 10.0
"""Seconds after which a page that waits is sent a sign of life, by which one that has gone is noticed."""
_ASKED = 16
"""Articles whose pages were asked for last: one of them is what the keeper has open."""
_MOMENT = 2.0
"""Seconds within which a build has put its site into its place."""

_TYPES = {
    ".bib": "application/x-bibtex; charset=utf-8",
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}
"""Said here, and not asked of the system, whose answers differ; without a suffix it is a checksum or a licence: text."""


class Board:
    """What there is to be told of the builds: the served pages read it, and wait for what is put up."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._start = secrets.token_hex(4)  # a page of an earlier run is told from one of this
        self._output = Path()
        self._mark = b""
        self._edition = self._index = self._count = self._dress = 0
        self._assets: dict[str, Stamp] = {}
        self._asked: dict[str, None] = {}
        self._proofs: Mapping[str, bytes] = {}
        self._is_building = self._is_closed = False
        self._diagnostics: tuple[Diagnostic, ...] = ()
        self._box = ""
        self.words: Wording = wording()
        self.base = "/"

    @property
    def output(self) -> Path:
        """Where the site is."""
        return self._output

    @property
    def had_site(self) -> bool:
        """Whether there was a site when it was looked at last."""
        return bool(self._mark)

    @property
    def is_building(self) -> bool:
        """Whether something is being built now."""
        return self._is_building

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What keeps the site from being what it should be."""
        return tuple(one for one in self._diagnostics if one.severity is Severity.ERROR)

    @property
    def notes(self) -> tuple[Diagnostic, ...]:
        """What else was said of the last load and the last build."""
        return tuple(one for one in self._diagnostics if one.severity is Severity.NOTE)

    @property
    def box(self) -> str:
        """The problems as HTML, nothing if there are none."""
        return self._box

    @property
    def edition(self) -> str:
        """What changes with every change of the site."""
        return f"{self._start}-{self._edition}"

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of the articles whose pages were asked for lately."""
        with self._changed:
            return tuple(self._asked)

    def ask(self, name: str) -> None:
        """Tell that an article's page is asked for, or is open."""
        with self._changed:
            self._asked.pop(name, None)
            self._asked[name] = None
            while len(self._asked) > _ASKED:
                del self._asked[next(iter(self._asked))]

    def proof(self, address: str) -> bytes | None:
        """Return the page that is to be shown for the one that was built."""
        return self._proofs.get(address)

    def show(self, proofs: Mapping[str, bytes]) -> None:
        """Tell which pages are to be shown for those that were built, by address."""
        if proofs != self._proofs:
            self._proofs = proofs
            self._put()

    def edition_of(self, page: bytes) -> str:
        """Return what changes with a page that is made of nothing but itself, styles and scripts."""
        return f"{self._start}-{self._dress}-{hashlib.blake2b(page, digest_size=8).hexdigest()}"

    def address(self, port: int) -> str:
        """Return where the home page is."""
        return f"http://{HOST}:{port}{self.base}"

    def open(self, folders: Folders) -> None:
        """Tell where the site is that may have been built before, and that it will be built now."""
        self._is_building = True
        self._output = folders.output.resolve()
        self._mark = mark_of(self._output)
        self._assets = stamps_below(self._output / ASSETS, NEVER_FRESH)
        self._read_settings(folders)

    def begin(self) -> None:
        """Tell that something is being built."""
        self._put(is_building=True)

    def put(self, folders: Folders, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Tell how a build has ended."""
        self._read_settings(folders)
        mark = mark_of(self._output)
        is_new, self._mark = mark != self._mark, mark
        self._diagnostics = diagnostics
        self._box = box(self.words, self.problems)
        self._edition += is_new
        assets = stamps_below(self._output / ASSETS, NEVER_FRESH)
        self._dress += assets != self._assets
        self._assets = assets
        self._put(is_building=False)

    def indexed(self) -> None:
        """Tell that the search index has followed the pages."""
        mark = mark_of(self._output)
        if mark != self._mark:
            self._mark = mark
            self._index += 1
            self._put(is_building=False)

    def close(self) -> None:
        """Let nobody wait any more."""
        self._is_closed = True
        self._put(is_building=False)

    def seen(self) -> tuple[int, bool]:
        """Return the number of what is told now, and whether nothing more will be told."""
        return self._count, self._is_closed

    def told(self, edition: str) -> str:
        """Return what is told now as JSON, for a page of which there is this edition."""
        state = {"edition": edition, "index": self._index, "building": self._is_building, "box": self._box}
        return json.dumps(state)

    def wait(self, count: int, seconds: float) -> None:
        """Wait until something else is told, but no longer than so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._count != count, seconds)

    def insertion(self, edition: str) -> str:
        """Return what is put into a page of which this is the edition."""
        return insertion(self.words, edition=edition, index=self._index, box=self._box, review=REVIEW)

    def _put(self, *, is_building: bool | None = None) -> None:
        with self._changed:
            if is_building is not None:
                self._is_building = is_building
            self._count += 1
            self._changed.notify_all()

    def _read_settings(self, folders: Folders) -> None:
        try:
            config = folders.config()
        except GongwenError:  # building says so; what was read last holds
            return
        self.base, self.words = base_path(config.base_url), wording(config.language)


def open_server(folders: Folders, port: int, board: Board, review: Callable[[str], str]) -> ThreadingHTTPServer:
    """Return a server that listens but does not answer yet; `review` makes the review page of a query.

    Raises GongwenError if the port cannot be had.
    """
    board.open(folders)
    try:
        return _Server((HOST, port), partial(_Handler, board, review))
    except OSError as failure:
        reason = failure.strerror or ""
        raise GongwenError(error("port-taken", Location(file=f"{HOST}:{port}"), reason=reason)) from failure


class _Server(ThreadingHTTPServer):
    allow_reuse_address = system == "posix"  # elsewhere it would let two servers have one port
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a page that was left before it was sent is no fault."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one request. What lies below the path that the site is built for is the site too: 404.html links to it."""

    def __init__(self, board: Board, review: Callable[[str], str], *args: Any) -> None:
        self._board, self._review = board, review
        super().__init__(*args)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        name = urlsplit(f"//{self.headers.get('Host', HOST)}").hostname
        if name not in _NAMES:
            self._send("", "text/plain; charset=utf-8", HTTPStatus.MISDIRECTED_REQUEST)
            return
        path, _, query = self.path.partition("?")
        if path == EVENTS:
            self._tell(query)
        elif path.startswith(OWN):
            self._send_own(path.removeprefix(OWN))
        elif path == REVIEW:
            self._send_page(self._review(query).encode())
        else:
            self._send_file(path, query)

    def _send_file(self, path: str, query: str) -> None:
        base = self._board.base
        if path == base.rstrip("/"):
            self._redirect(base, query)
            return
        parts = self._parts(path)
        article_page = self._article_page(parts)
        if article_page is not None:
            self._send_page(article_page, edition=self._board.edition_of(article_page))
            return
        file = self._found(parts)
        if file is None:
            missing = self._found([NOT_FOUND])
            if missing is None:
                page = waiting_page(self._board.words, is_building=self._board.is_building)
                self._send_page(page.encode(), HTTPStatus.SERVICE_UNAVAILABLE)
            else:
                self._send_page(missing.read_bytes(), HTTPStatus.NOT_FOUND)
        elif file.is_dir():
            self._redirect(f"{path}/", query)
        elif file.suffix == ".html":
            self._send_page(file.read_bytes())
        else:
            self._send(file.read_bytes(), _TYPES.get(file.suffix.lower(), "text/plain; charset=utf-8"))

    def _parts(self, path: str) -> list[str]:
        base = self._board.base
        inner = path.removeprefix(base) if path.startswith(base) else path.removeprefix("/")
        return unquote(inner, errors="replace").split("/")

    def _article_page(self, parts: list[str]) -> bytes | None:
        """Return the page of an article, the proof of it if there is one; None where the address is none of an article."""
        address = "/".join(parts)
        name = parts[1] if len(parts) > 1 else ""
        if address != article(name):
            return None
        self._board.ask(name)
        proof = self._board.proof(address)
        if proof is not None:
            return proof
        file = self._found(parts)
        return file.read_bytes() if file else None

    def _found(self, parts: list[str]) -> Path | None:
        """Return the file of an address, or the folder where its slash is missing; None where there is none, or may be none."""
        *folders, last = parts
        if any(not _is_plain(part) for part in folders) or (last and not _is_plain(last)):
            return None
        path = self._board.output.joinpath(*folders, last or "index.html")
        until = time.monotonic() + _MOMENT
        while not path.exists():
            # While a new site takes the place of the old one, there is none for a moment.
            is_placing = self._board.is_building and self._board.had_site
            if not is_placing or (self._board.output / MARK).exists() or time.monotonic() > until:
                return None
            time.sleep(0.01)
        return path if path.is_file() or last else None

    def _redirect(self, path: str, query: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        # Two slashes at the beginning would name another server.
        self.send_header("Location", "/" + path.lstrip("/") + (f"?{query}" if query else ""))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_own(self, name: str) -> None:
        if PurePosixPath(name).suffix in _TYPES and name in FILES:
            self._send(FILES[name].read_bytes(), _TYPES[PurePosixPath(name).suffix])
        else:
            self._send("", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _send_page(self, page: bytes, status: HTTPStatus = HTTPStatus.OK, *, edition: str | None = None) -> None:
        before, end, after = page.rpartition(b"</body>")
        if not end:
            before, after = page, b""
        self._send(
            before + self._board.insertion(edition or self._board.edition).encode() + end + after,
            _TYPES[".html"],
            status,
        )

    def _tell(self, page: str) -> None:
        """Tell the page at a path what is on the board, and again whenever that changes (server-sent events)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        while True:
            count, is_last = self._board.seen()
            if is_last:
                return
            content = self._article_page(self._parts(page))
            edition = self._board.edition if content is None else self._board.edition_of(content)
            self.wfile.write(f"data: {self._board.told(edition)}\n\n".encode())
            self._board.wait(count, _BEAT)

    def _send(self, content: str | bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        data = content.encode() if isinstance(content, str) else content
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Stay silent: the terminal is for what concerns the archive."""


def _is_plain(part: str) -> bool:
    """Tell whether a part of an address names a file or folder of a site and nothing else: not its parent, not a drive."""
    return bool(part) and not part.startswith(".") and not set(part) & set("\\:\0")
