"""`write_offline`: a built site as one zip that opens from a disk, search included.

A browser shows a folder's files where an address ends in a slash, lets a page from a disk fetch nothing and start no
worker. So every link names its index.html, and the files of the search index are classic scripts that hand over their
bytes; `offline.js` asks for them.
"""

import base64
import html
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_LEFT_OUT = re.compile(
    r"404\.html|robots\.txt|opensearch\.xml|sitemap[^/]*\.xml|data/(?:archive\.sqlite|offline\.zip)|(?:.*/)?\.[^/]*"
)
"""What only a server needs, and what is exported."""
_SEARCH = "search/"
_CHECKSUMS = "data/SHA256SUMS"
SCRIPT = "assets/js/offline.js"
_LINK = re.compile(r'(<[a-z]+\b[^<>]*?\s(?:href|action)=")([^"#?]*)')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_START = re.compile(r'<script data-root="([^"]*)">.*?</script>', re.DOTALL)
_SEARCH_DESCRIPTION = re.compile(r'<link rel="search"[^>]*>\n?')
EXPORTED = re.compile(r"(<!-- exported -->).*?(<!-- /exported -->)", re.DOTALL)
"""The rows of the data page that name what was exported."""
_TIME = (1980, 1, 1, 0, 0, 0)


def write_offline(site: Path, path: Path, *, script: str) -> int:
    """Write the zip of a site's folder into a new file at `path`; return how many files it holds. Raises OSError.

    `script` is offline.js. Two zips of the same site have the same bytes.
    """
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _files(site, script):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
            count += 1
    return count


def _files(site: Path, script: str) -> Iterator[tuple[str, bytes]]:
    has_search = (site / _SEARCH / "manifest.json").is_file()
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        name = file.relative_to(site).as_posix()
        if _LEFT_OUT.fullmatch(name):
            continue
        if name.endswith(".html"):
            yield name, offline_page(name, file.read_text(encoding="utf-8"), has_search=has_search).encode()
        elif name.startswith(_SEARCH):
            shard = name.removeprefix(_SEARCH)
            yield script_of(name), _as_script(shard, file.read_bytes())
        elif name == _CHECKSUMS:
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            yield name, "".join(line for line in lines if not _LEFT_OUT.fullmatch(_below_data(line))).encode()
        else:
            yield name, file.read_bytes()
    yield SCRIPT, script.encode()


def _below_data(line: str) -> str:
    """Return the file that a line of checksums is about."""
    return f"data/{line.rstrip().rsplit('  ', 1)[-1]}"


def script_of(name: str) -> str:
    """Return the script that stands for a file of the search index: its name with another suffix."""
    return str(PurePosixPath(name).with_suffix(".js"))


def _as_script(name: str, content: bytes) -> bytes:
    return f"gongwenFile({json.dumps(name)},{json.dumps(base64.b64encode(content).decode())});\n".encode()


def offline_page(name: str, page: str, *, has_search: bool = True) -> str:
    """Return a page that works without a server. `name` is its file in the site."""
    root = "../" * name.count("/") or "./"
    page = _LINK.sub(lambda match: match[1] + _explicit(match[2]), page)
    page = _SEARCH_DESCRIPTION.sub("", EXPORTED.sub(r"\1\2", page))
    # The search page starts its engine before anything else; elsewhere the script only minds links that scripts make.
    script = f'<script src="{root}{SCRIPT}" data-root="{root}"></script>'
    started, count = _START.subn(lambda _match: script, page, count=1)
    return started if count and has_search else page.replace("</head>", f"{script}\n</head>", 1)


def _explicit(address: str) -> str:
    """Return a link to a folder as one to the page in it; any other as it is."""
    plain = html.unescape(address)
    if not plain or _ELSEWHERE.match(plain):
        return address
    last = plain.rsplit("/", 1)[-1]
    if last in {".", ".."}:
        return f"{address}/index.html"
    return f"{address}index.html" if not last else address
