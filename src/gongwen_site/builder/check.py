"""A built site against itself: elements closed, links and assets that lead somewhere, ids once, fragments that exist."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from gongwen_site.builder.paths import NOT_FOUND
from gongwen_site.errors import Diagnostic, Location, error

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_LINKS = frozenset({"href", "src", "action"})
_OUTSIDE = frozenset({"http", "https", "mailto", "data"})
_LOADED = frozenset({"script", "img", "iframe", "source", "video", "audio", "object", "embed"})


@dataclass(slots=True)
class _Document:
    """What one page holds: its ids and its links, each with the line it stands on."""

    ids: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    loaded: list[tuple[str, int]] = field(default_factory=list)
    unbalanced: list[tuple[str, int]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = _Document()
        self._open: list[tuple[str, int]] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take(tag, attrs)
        if tag not in _VOID:
            self._open.append((tag, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self.document.unbalanced.append((tag, self.getpos()[0]))

    def close(self) -> None:
        super().close()
        self.document.unbalanced += self._open

    def _take(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        values = dict(attrs)
        for name, value in attrs:
            if name == "id" and value:
                if value in self.document.ids:
                    self.document.twice.append((value, line))
                self.document.ids.setdefault(value, line)
            elif name in _LINKS and value is not None:
                self.document.links.append((value, line))
                if tag in _LOADED or (tag == "link" and values.get("rel") in {"stylesheet", "icon"}):
                    self.document.loaded.append((value, line))


def check_site(site: Path) -> tuple[Diagnostic, ...]:
    """Return what is broken in a site's pages, in the order of their paths: one error for each link and id."""
    return tuple(_problems(site.resolve()))


def _problems(site: Path) -> Iterator[Diagnostic]:
    ids: dict[Path, dict[str, int]] = {}
    fragments: list[tuple[Path, int, str, Path, str]] = []
    # A dump's page is a folder that keeps the dump's suffix, which may be .html too.
    for file in sorted(path for path in site.rglob("*.html") if path.is_file()):
        reader = _Reader()
        reader.feed(file.read_text(encoding="utf-8"))
        reader.close()
        document = reader.document
        ids[file] = document.ids
        name = file.relative_to(site).as_posix()
        for tag, line in document.unbalanced:
            yield error("tag-unbalanced", Location(file=name, line=line), tag=tag)
        for value, line in document.twice:
            yield error("id-repeated", Location(file=name, line=line), id=value)
        for value, line in document.loaded:
            if urlsplit(value).scheme in _OUTSIDE - {"data"} or value.startswith("//"):
                yield error("outside-request", Location(file=name, line=line), link=value)
        for value, line in document.links:
            target, fragment = _target(site, file, value)
            if target is None:
                continue
            if not target.is_file():
                yield error("link-broken", Location(file=name, line=line), link=value)
            elif fragment:
                fragments.append((file, line, value, target, fragment))
    for file, line, value, target, fragment in fragments:
        if target in ids and fragment not in ids[target]:
            yield error("fragment-missing", Location(file=file.relative_to(site).as_posix(), line=line), link=value)


def _target(site: Path, file: Path, link: str) -> tuple[Path | None, str]:
    """Return the file that a link leads to, None if it leaves the site or cannot be followed here, and its fragment."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None, ""
    path = unquote(parts.path)
    if path.startswith("/"):
        # Only 404.html has such links; where the site will be served is not to be seen here.
        return (None, "") if file.name == NOT_FOUND else (site / path.lstrip("/"), "")
    target = file if not path else Path(_normal(file.parent, path))
    if path.endswith("/") or target.is_dir():
        target /= "index.html"
    return target, unquote(parts.fragment)


def _normal(folder: Path, path: str) -> str:
    parts = list(folder.parts)
    for part in PurePosixPath(path).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return str(Path(*parts))
