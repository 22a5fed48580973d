"""Seed to `Reading`: each kind of dump by the reader that knows it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.loader.formats.html import read_html
from gongwen_site.loader.formats.rows import read_csv, read_jsonl
from gongwen_site.loader.formats.story import read_markdown
from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Reading, Seed

_READERS: Mapping[str, Callable[[Seed], Reading]] = {
    ".txt": segment,
    ".html": read_html,
    ".htm": read_html,
    ".md": read_markdown,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}


def read_dump(seed: Seed) -> Reading:
    """Return what a dump holds: its articles as drafts, and what every line of it is."""
    reading = _READERS[PurePosixPath(seed.path).suffix.lower()](seed)
    return replace(reading, diagnostics=(*reading.diagnostics, *_unreadable_characters(seed)))


def _unreadable_characters(seed: Seed) -> tuple[Diagnostic, ...]:
    """Say where characters could not be decoded, at the first of them."""
    count = seed.text.count("\ufffd")
    if not count:
        return ()
    line = seed.text.count("\n", 0, seed.text.index("\ufffd")) + 1
    return (note("characters-unreadable", Location(file=seed.path, line=line), count=count),)
