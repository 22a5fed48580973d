"""Records that a person wrote by hand: one without an id gets one written in, its other bytes untouched."""

import re
from pathlib import Path

from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.records.archive import iter_record_files
from gongwen_site.records.journal import Journal
from gongwen_site.records.register import Entry, Register, State, mint

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HAS_ID = re.compile(r"^id[ \t]*:", re.MULTILINE)
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)


def give_ids(folder: Path, register: Register, journal: Journal) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """Write ids into the records that lack one; return their entries. A file that is no record is left alone."""
    entries: dict[str, Entry] = {}
    diagnostics = []
    for path in iter_record_files(folder):
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # reading the records reports it
        front = _FRONT.match(text)
        title = _TITLE.search(front["yaml"]) if front else None
        if front is None or title is None or _HAS_ID.search(front["yaml"]):
            continue
        name = mint(
            path.relative_to(folder).as_posix(), 0, title[1], lambda name: name in register.latest or name in entries
        )
        start = front.start("yaml")
        journal.write(path, f"{text[:start]}id: {name}\n{text[start:]}".encode())
        entries[name] = Entry(name, "", 0, State.ACTIVE)
        diagnostics.append(note("record-given-id", Location(file=str(path)), id=name))
    return tuple(entries.values()), tuple(diagnostics)
