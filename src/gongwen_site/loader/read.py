"""Seed to `Reading`: each kind of dump by the reader that knows it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.loader.formats.html import read_html
from gongwen_site.loader.formats.rows import UnreadRows, csv_parts, join_parts, jsonl_parts
from gongwen_site.loader.formats.story import read_markdown
from gongwen_site.loader.seeds import Table
from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Reading, Seed

_READERS: Mapping[str, Callable[[Seed], Reading]] = {
    ".txt": segment,
    ".html": read_html,
    ".htm": read_html,
    ".md": read_markdown,
    ".jsonl": lambda seed: join_parts(part.read() for part in jsonl_parts(seed, lambda: (seed.text,))),
    ".csv": lambda seed: join_parts(part.read() for part in csv_parts(seed, lambda: (seed.text,))),
}
_TABLES = {".jsonl": jsonl_parts, ".csv": csv_parts}


def read_dump(seed: Seed) -> Reading:
    """Return what a dump holds: its articles as drafts, and what every line of it is."""
    reading = _READERS[_kind(seed)](seed)
    count = seed.text.count("\ufffd")
    if not count:
        return reading
    line = seed.text.count("\n", 0, seed.text.index("\ufffd")) + 1
    return replace(reading, diagnostics=(*reading.diagnostics, unreadable_characters(seed.path, line, count)))


def read_parts(table: Table) -> Iterator[Reading]:
    """Yield what a table holds, some hundred rows at a time. Raises OSError."""
    return (part.read() for part in cut_parts(table))


def cut_parts(table: Table) -> Iterator[UnreadRows]:
    """Yield a table some hundred rows at a time, each part yet to be read. Raises OSError."""
    return _TABLES[_kind(table.seed)](table.seed, table.text)


def unreadable_characters(dump: str, line: int, count: int) -> Diagnostic:
    """Return a note that so many characters could not be decoded, the first of them in this line."""
    return note("characters-unreadable", Location(file=dump, line=line), count=count)


def _kind(seed: Seed) -> str:
    return PurePosixPath(seed.path).suffix.lower()
