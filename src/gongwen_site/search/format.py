"""The files of the index as they lie on disk: names, shapes, canonical JSON. Specified in `docs/search-format.md`."""

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from gongwen_site.errors import GongwenError, Location, error

FORMAT_VERSION = 1
"""Raised when a reader of the old files would misread the new ones."""

MANIFEST = "manifest.json"
TEXTS = "text"
"""Folder of the articles' texts, one file each."""

BLOCK_SIZE = 32
"""Documents in one file of what results show. A document's block is its number divided by this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a reader fetches first; every other name follows from it.

    `documents` counts articles; `fields` are the index's; `longest` is the length in characters of the longest word that
    has a weight, `total` the weight of all words together; `index`, `facets` and `blocks` name files.
    """

    format: int
    lunr: str
    documents: int
    fields: tuple[str, ...]
    longest: int
    total: int
    block_size: int
    index: str
    facets: str
    blocks: dict[str, str]


def canonical(value: Any) -> bytes:
    """Return JSON that is the same bytes for the same value: no spaces, keys in the order given, UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """Return the 10 hexadecimal digits that stand in a file's name: a name's content never changes."""
    return hashlib.sha256(content).hexdigest()[:10]


def write_named(folder: Path, stem: str, value: Any) -> tuple[str, int]:
    """Write a value as `<stem>-<digest>.json`; return the name and the size in bytes."""
    content = canonical(value)
    name = f"{stem}-{digest(content)}.json"
    (folder / name).write_bytes(content)
    return name, len(content)


def read_json(folder: Path, name: str) -> Any:
    """Return a file of the index. Raises GongwenError if it is missing or broken."""
    path = folder / name
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as failure:
        raise GongwenError(error("index-damaged", Location(file=str(path)))) from failure


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest. Raises GongwenError if it is missing, broken or of another version of the format."""
    found = read_json(folder, MANIFEST)
    keys = {field.name for field in fields(Manifest)}
    if not isinstance(found, dict) or found.get("format") != FORMAT_VERSION or not keys <= found.keys():
        raise GongwenError(error("index-damaged", Location(file=str(folder / MANIFEST))))
    return found


def utf16(term: str) -> bytes:
    """Return the key by which JavaScript sorts strings."""
    return term.encode("utf-16-be", "surrogatepass")
