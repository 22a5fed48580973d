"""Writing text files so that a reader sees the old one or the new one, never half of it."""

import os
from collections.abc import Iterable
from pathlib import Path

from gongwen_site.records.register import Entry, render_entries


def write_if_changed(path: Path, text: str) -> bool:
    """Write `text` as UTF-8 unless the file holds it already; tell whether it was written. Raises OSError."""
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.writing")
    beside.write_bytes(data)
    os.replace(beside, path)  # noqa: PTH105 - Path.replace reads like str.replace here
    return True


def append_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Append lines to the register at `path`, which is made with its header if missing. Raises OSError."""
    with path.open("a+b") as file:
        size = file.seek(0, os.SEEK_END)
        torn = b""
        if size:
            file.seek(size - 1)
            torn = b"" if file.read(1) == b"\n" else b"\n"
        file.write(torn + render_entries(entries, header=not size).encode())
