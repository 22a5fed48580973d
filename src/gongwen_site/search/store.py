"""Files of an index on need, unpacked and kept. Twin: `static/js/search/store.js`."""

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.search.format import FORMAT_VERSION, MANIFEST, unpack

_KEYS = frozenset(
    (
        "format",
        "lunr",
        "documents",
        "fields",
        "longest",
        "total",
        "block_size",
        "size_bits",
        "folded",
        "catalogue",
        "spelling",
        "folding",
    )
)
_LISTS = frozenset(("sizes", "rests", "facets", "pages"))

_Decoded = TypeVar("_Decoded")


class Store:
    """The files under `<site>/search/`, by their names there. Every method raises GongwenError for a damaged file."""

    def __init__(self, folder: Path, *, keep: bool = True) -> None:
        self.folder = folder
        self._keep = keep
        self._kept: dict[str, bytes] = {}

    def manifest(self) -> dict[str, Any]:
        """Return the manifest, of this version of the format."""
        try:
            found = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as failure:
            raise self.damaged(MANIFEST) from failure
        if not isinstance(found, dict) or found.get("format") != FORMAT_VERSION or not found.keys() >= _KEYS | _LISTS:
            raise self.damaged(MANIFEST)
        return found

    def read(self, name: str) -> bytes:
        """Return the uncompressed bytes of a file; read once, unless the store is not to keep them."""
        if name in self._kept:
            return self._kept[name]
        try:
            content = unpack((self.folder / name).read_bytes())
        except (OSError, zlib.error) as failure:
            raise self.damaged(name) from failure
        if self._keep:
            self._kept[name] = content
        return content

    def decoded(self, name: str, decode: Callable[[bytes], _Decoded]) -> _Decoded:
        """Return what `decode` makes of a file; ValueError and IndexError say that it is damaged."""
        content = self.read(name)
        try:
            return decode(content)
        except (ValueError, IndexError) as failure:
            raise self.damaged(name) from failure

    def json(self, name: str) -> Any:
        """Return the value that a JSON file holds."""
        return self.decoded(name, json.loads)

    def damaged(self, name: str) -> GongwenError:
        """Return what to raise for a file that cannot be read."""
        return GongwenError(error("index-damaged", Location(file=str(self.folder / name))))
