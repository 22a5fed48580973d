"""The files of an index on their way to a folder: named by what they hold, counted, not written twice."""

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType

from gongwen_site.search.format import digest, pack

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Files:
    """Takes files in. `sizes` has those of the index by their names; `put` is given the bytes of those that are new.

    `known` are the sizes of files that are there already: one whose name tells what it holds is not made again.
    """

    def __init__(self, put: Callable[[str, bytes], object], known: Mapping[str, int] = MappingProxyType({})) -> None:
        self.sizes: dict[str, int] = {}
        self._put = put
        self._known = known

    def write(self, name: str, content: bytes) -> None:
        """Take in a file."""
        self._put(name, content)
        self.sizes[name] = len(content)

    def write_named(self, stem: str, content: bytes) -> str:
        """Take in what a file holds, uncompressed; return its digest, which stands in its name."""
        name = digest(content)
        file = f"{stem}{name}.bin"
        if file in self._known:
            self.sizes[file] = self._known[file]
        else:
            self.write(file, pack(content))
        return name


def write(path: str, content: bytes) -> int:
    """Write a file; return its size. Without the layers of `open`, which cost as much as a small file itself.

    Raises OSError.
    """
    file = os.open(path, _NEW, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
    return len(content)
