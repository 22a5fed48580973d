"""Tables of articles, one a row: JSON Lines and CSV with title, date, body, source; other columns go to `extra`.

A line number is a row number: of JSON Lines the line, of CSV the row as a spreadsheet counts it, the header being row 1.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongwen_site.errors import Diagnostic, Location, error
from gongwen_site.loader.bylines import parse_people
from gongwen_site.loader.formats.facts import COLUMNS, normalised_date
from gongwen_site.records.reading import Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_ROLES = (Role.HEADLINE, Role.BODY)
_LONGEST_CELL = 100_000_000


def read_jsonl(seed: Seed) -> Reading:
    """Return the articles of a JSON Lines dump."""
    return _reading(seed, seed.text.split("\n"), _json_rows(seed))


def read_csv(seed: Seed) -> Reading:
    """Return the articles of a CSV dump; its first row names the columns."""
    csv.field_size_limit(_LONGEST_CELL)
    rows = list(_csv_cells(seed.text))
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if not {"title", "body"} & {COLUMNS.get(name, name) for name in header}:
        problem = error("csv-no-header", Location(file=seed.path, line=1))
        return _unreadable(seed, [" ".join(row) for row in rows], problem)
    named = ((number, _cells(header, row)) for number, row in enumerate(rows[1:], 2) if any(row))
    reading = _reading(seed, [" ".join(row) for row in rows], named)
    header_role = LineRole(first=1, last=1, roles=(Role.FURNITURE,), rule="table-header")
    return Reading(
        seed=seed,
        drafts=reading.drafts,
        line_roles=(header_role, *reading.line_roles),
        rows=reading.rows,
        diagnostics=reading.diagnostics,
    )


def _csv_cells(text: str) -> Iterator[list[str]]:
    # Not strict: a stray quotation mark in Chinese prose must not cost a row.
    yield from csv.reader(io.StringIO(text.replace("\0", ""), newline=""))


def _cells(header: list[str], row: list[str]) -> Mapping[str, str]:
    """Return the cells of a row by their columns; one beyond the header has none and keeps its place."""
    return _by_name((header[place] if place < len(header) else "", cell) for place, cell in enumerate(row))


def _by_name(cells: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return cells by name. One without a name, or with another's, is told by its place: no cell takes another's."""
    found: dict[str, Any] = {}
    for place, (name, cell) in enumerate(cells, 1):
        free = name.strip() or str(place)
        while free in found:
            free = f"{free} {place}"
        found[free] = cell
    return found


def _json_rows(seed: Seed) -> Iterator[tuple[int, Mapping[str, Any] | Diagnostic]]:
    for number, line in enumerate(seed.text.split("\n"), 1):
        if not line.strip():
            continue
        place = Location(file=seed.path, line=number)
        try:
            row = json.loads(line, object_pairs_hook=_by_name)
        except (ValueError, RecursionError) as failure:
            reason = failure.msg if isinstance(failure, json.JSONDecodeError) else "nested too deeply"
            yield number, error("row-unreadable", place, reason=reason)
            continue
        yield number, row if isinstance(row, dict) else error("row-unreadable", place, reason="not an object")


def _reading(seed: Seed, lines: list[str], rows: Iterable[tuple[int, Mapping[str, Any] | Diagnostic]]) -> Reading:
    drafts: list[Draft] = []
    line_roles: list[LineRole] = []
    diagnostics: list[Diagnostic] = []
    for number, row in rows:
        draft = row if isinstance(row, Diagnostic) else _draft(row, number, seed.path)
        if isinstance(draft, Diagnostic):
            diagnostics.append(draft)
            line_roles.append(LineRole(first=number, last=number, roles=(Role.UNREADABLE,), rule="row-unreadable"))
            continue
        line_roles.append(LineRole(first=number, last=number, roles=_ROLES, rule="table-row", draft=len(drafts)))
        drafts.append(draft)
    return Reading(
        seed=seed,
        drafts=tuple(drafts),
        line_roles=tuple(line_roles),
        rows=tuple(lines),
        diagnostics=tuple(diagnostics),
    )


def _unreadable(seed: Seed, lines: list[str], problem: Diagnostic) -> Reading:
    role = LineRole(first=1, last=max(1, len(lines)), roles=(Role.UNREADABLE,), rule="row-unreadable")
    return Reading(seed=seed, drafts=(), line_roles=(role,), rows=tuple(lines), diagnostics=(problem,))


def _draft(row: Mapping[str, Any], number: int, file: str) -> Draft | Diagnostic:
    parts: dict[str, str] = {}
    extra: dict[str, str] = {}
    for name, value in row.items():
        text = _as_text(value)
        part = COLUMNS.get(name.lower())
        if text and part and part not in parts:
            parts[part] = text
        elif text:
            extra[_encodable(name)] = text
    paragraphs = [line.strip() for line in parts.get("body", "").split("\n") if line.strip()]
    if not paragraphs and "title" not in parts:
        return error("row-without-article", Location(file=file, line=number))
    date = normalised_date(parts["date"]) if "date" in parts else None
    people = parse_people(parts["author"]) if "author" in parts else ()
    for part, value in (("date", date), ("author", people)):
        if part in parts and not value:
            extra = _by_name([*extra.items(), (part, parts[part])])
    title = parts.get("title") or paragraphs[0][:24]

    def printed(part: str) -> Printed | None:
        return Printed(text=" ".join(parts[part].split()), line=number) if part in parts else None

    return Draft(
        title=Printed(text=" ".join(title.split()), line=number),
        title_supplied="title" not in parts,
        kicker=printed("kicker"),
        deck=printed("deck"),
        byline=people,
        byline_lines=(number,) if people else (),
        source=printed("source"),
        date=Printed(text=date, line=number) if date else None,
        page=printed("page"),
        url=printed("url"),
        body=tuple(Paragraph(kind="paragraph", parts=(Printed(text=text, line=number),)) for text in paragraphs),
        extra=extra,
    )


def _as_text(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return _encodable(value.replace("\r\n", "\n").replace("\r", "\n").strip())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _encodable("\n".join(value).strip())
    return _encodable(json.dumps(value, ensure_ascii=False))


def _encodable(text: str) -> str:
    """Return text without the lone surrogates that JSON can write and no file can hold."""
    return text.encode(errors="replace").decode()
