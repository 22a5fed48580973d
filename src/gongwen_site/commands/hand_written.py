"""Records that a person wrote by hand: one without an id gets one written in, its other bytes untouched."""

import re
from pathlib import Path

from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.records.archive import iter_record_files
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.records.register import Entry, Register, State, mint
from gongwen_site.records.storage import append_entries, write_if_changed

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HAS_ID = re.compile(r"^id[ \t]*:", re.MULTILINE)
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)


def give_ids(folder: Path, register: Register) -> tuple[Register, tuple[Diagnostic, ...]]:
    """Write ids into the records that lack one and enter them in the register. A file that is no record is left alone."""
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
        name = mint(path.relative_to(folder).as_posix(), 0, title[1], register.latest.__contains__)
        start = front.start("yaml")
        write_if_changed(path, f"{text[:start]}id: {name}\n{text[start:]}")
        entry = Entry(name, "", 0, State.ACTIVE)
        register = Register((*register.entries, entry))
        append_entries(folder / REGISTER, [entry])
        diagnostics.append(note("record-given-id", Location(file=str(path)), id=name))
    return register, tuple(diagnostics)
