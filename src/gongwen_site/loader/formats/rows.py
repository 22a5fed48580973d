"""Tables of articles, one a row: JSON Lines and CSV with title, date, body, source; other columns go to `extra`.

A line number is a row number: of JSON Lines the line, of CSV the row as a spreadsheet counts it, the header being row 1;
of a file that is one JSON array its items.

A table is read in parts, each a reading of some hundred rows, so that it need not be held whole. A part is cut off first
and read after, which may be done elsewhere.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gongwen_site.chinese.typography import fold
from gongwen_site.errors import Diagnostic, Location, error, note
from gongwen_site.loader.formats.cells import HEADER_REACH, delimiter_of, read_cells
from gongwen_site.loader.formats.facts import column_of, normalised_date, says_more_than_date
from gongwen_site.loader.formats.html.article import people_of_field
from gongwen_site.loader.formats.html.page import read_page
from gongwen_site.loader.formats.json_text import by_name, encodable, free_name, is_one_value, read_items, read_lines
from gongwen_site.loader.supplied import supplied_title
from gongwen_site.records.article import Person
from gongwen_site.records.reading import Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_ROLES = (Role.HEADLINE, Role.BODY)
_MARKUP = re.compile(r"</(?:p|div|span|section)\s*>|<(?:br|p)\b[^<>]*>", re.IGNORECASE)
_BRACKETS = frozenset({"[", "]", "],", "[]"})
_UNSAID = 6  # characters: 采写, 图文报道
_DEEPEST = 4  # objects within objects that are looked into for an article

_PART_ROWS = 250
_PART_CHARACTERS = 1_000_000
"""A part of a table ends after so many rows, or so many characters of them."""

_Pairs = Iterable[tuple[str, Any]]
_Text = Callable[[], Iterable[str]]
"""Opens a table's text anew, in pieces: it is read more than once and need not be held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row as it stands in the file, and the cells of its article or the reason why it has none.

    `rule` is that of a row that is no article's, such as the header; `notes` is what else is to be said.
    """

    text: str
    found: _Pairs | Diagnostic | None = None
    rule: str | None = None
    notes: tuple[Diagnostic, ...] = ()


_Raw = str | list[str]
"""A row before it is looked at: a line or an item of JSON, the cells of CSV."""
_RowOf = Callable[[Any, Seed, int], _Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRows:
    """Some hundred rows of a table, of which `first` is the number of the first.

    `role` and `problem` are set in the first part of a table in which nothing can be read: they are those of all its rows.
    """

    seed: Seed
    first: int
    rows: tuple[_Raw, ...]
    row_of: _RowOf
    role: LineRole | None = None
    problem: Diagnostic | None = None

    def read(self) -> Reading:
        """Return what the rows hold."""
        rows = [self.row_of(raw, self.seed, number) for number, raw in enumerate(self.rows, self.first)]
        reading = _reading(self.seed, self.first, rows)
        if self.role is None or self.problem is None:
            return reading
        return replace(reading, line_roles=(self.role,), diagnostics=(self.problem,))


def jsonl_parts(seed: Seed, text: _Text) -> Iterator[UnreadRows]:
    """Yield the rows of a JSON Lines dump, part by part; of one JSON array under that name, its items."""
    if is_one_value(text):
        return _parts(seed, (json.dumps(item, ensure_ascii=False) for item in read_items(text())), _item)
    return _parts(seed, read_lines(text()), _json_row)


def csv_parts(seed: Seed, text: _Text) -> Iterator[UnreadRows]:
    """Yield the rows of a CSV dump, part by part; its first row names the columns and shows what parts them."""
    delimiter = delimiter_of(_beginning(text()))

    def rows() -> Iterator[list[str]]:
        return (cells for cells, _ in read_cells(text(), delimiter))

    numbered = enumerate(rows(), 1)
    first, names = next((found for found in numbered if any(cell.strip() for cell in found[1])), (1, []))
    header = [name.strip().strip("\ufeff") for name in names]
    if not {"title", "body"} & {column_of(name) for name in header}:
        return _unreadable(seed, rows, error("csv-no-header", Location(file=seed.path, line=first)))
    return _parts(seed, rows(), partial(_csv_row, header=header, delimiter=delimiter, first=first))


def join_parts(parts: Iterable[Reading]) -> Reading:
    """Return the parts of a table as one reading."""
    drafts: list[Draft] = []
    line_roles: list[LineRole] = []
    rows: list[str] = []
    diagnostics: list[Diagnostic] = []
    seed = None
    for part in parts:
        seed = part.seed
        roles = part.line_roles
        if drafts:
            start = len(drafts)
            roles = tuple(role if role.draft is None else replace(role, draft=role.draft + start) for role in roles)
        line_roles += roles
        drafts += part.drafts
        rows += part.rows or ()
        diagnostics += part.diagnostics
    if seed is None:
        raise ValueError("a table has at least one part")
    return Reading(
        seed=seed,
        drafts=tuple(drafts),
        line_roles=tuple(line_roles),
        rows=tuple(rows),
        diagnostics=tuple(diagnostics),
    )


def _beginning(blocks: Iterable[str]) -> str:
    """Return as much of a text as its header is looked for in."""
    found = ""
    for block in blocks:
        found += block
        if len(found) >= HEADER_REACH:
            break
    return found


def _csv_row(row: list[str], seed: Seed, number: int, *, header: list[str], delimiter: str, first: int) -> _Row:
    """Return a row's cells by their columns, which the row `first` names.

    What is too many was parted inside the last cell, and goes back to it.
    """
    text = " ".join(row)
    if number <= first:
        return _Row(text=text, rule="table-header" if number == first else None)
    notes: tuple[Diagnostic, ...] = ()
    if not any(cell.strip() for cell in row):
        return _Row(text=text)
    surplus = len(row) - len(header)
    if surplus > 0 and any(cell.strip() for cell in row[len(header) :]):
        notes = (note("row-too-long", Location(file=seed.path, line=number), count=surplus),)
        row = [*row[: len(header) - 1], delimiter.join(row[len(header) - 1 :])]
    return _Row(text=text, found=list(zip(header, row, strict=False)), notes=notes)


def _item(text: str, seed: Seed, number: int) -> _Row:
    return _Row(text=encodable(text), found=_pairs_of(json.loads(text), seed, number))


def _words_only(row: list[str], _seed: Seed, _number: int) -> _Row:
    return _Row(text=" ".join(row))


def _json_row(line: str, seed: Seed, number: int) -> _Row:
    words = line.strip().strip("\ufeff\x1e\x00")
    place = Location(file=seed.path, line=number)
    if words in _BRACKETS:
        return _Row(text=line, rule="markup")
    if not words:
        return _Row(text=line, found=error("row-unreadable", place, reason="empty") if line.strip() else None)
    try:
        row = json.loads(words.rstrip(","), object_pairs_hook=by_name)
    except (ValueError, RecursionError) as failure:
        reason = failure.msg if isinstance(failure, json.JSONDecodeError) else "nested too deeply"
        return _Row(text=line, found=error("row-unreadable", place, reason=reason))
    return _Row(text=line, found=_pairs_of(row, seed, number))


def _pairs_of(row: Any, seed: Seed, number: int) -> _Pairs | Diagnostic:
    """Return the keys and values of an object; of one that only wraps the article, also those of the inner object."""
    if not isinstance(row, dict):
        return error("row-unreadable", Location(file=seed.path, line=number), reason="not an object")
    pairs: list[tuple[str, Any]] = list(row.items())
    for _ in range(_DEEPEST):
        if {"title", "body"} & {column_of(str(name)) for name, value in pairs if not isinstance(value, dict)}:
            break
        inner = [(name, value) for name, value in pairs if isinstance(value, dict)]
        if not inner:
            break
        pairs = [
            pair for name, value in pairs for pair in (value.items() if isinstance(value, dict) else [(name, value)])
        ]
    return pairs


def _parts(seed: Seed, rows: Iterable[_Raw], row_of: _RowOf) -> Iterator[UnreadRows]:
    """Yield the rows of a table some hundred at a time."""
    part: list[_Raw] = []
    first, size = 1, 0
    for row in rows:
        part.append(row)
        size += len(row) if isinstance(row, str) else sum(map(len, row))
        if len(part) == _PART_ROWS or size >= _PART_CHARACTERS:
            yield UnreadRows(seed=seed, first=first, rows=tuple(part), row_of=row_of)
            first, size, part = first + len(part), 0, []
    if part or first == 1:
        yield UnreadRows(seed=seed, first=first, rows=tuple(part), row_of=row_of)


def _reading(seed: Seed, first: int, rows: Iterable[_Row]) -> Reading:
    drafts: list[Draft] = []
    line_roles: list[LineRole] = []
    diagnostics: list[Diagnostic] = []
    for number, row in enumerate(rows, first):
        diagnostics += row.notes
        if row.rule is not None:
            line_roles.append(LineRole(first=number, last=number, roles=(Role.FURNITURE,), rule=row.rule))
        if row.found is None:
            continue
        draft = row.found if isinstance(row.found, Diagnostic) else _draft(row.found, number, seed.path)
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
        rows=tuple(row.text for row in rows),
        first=first,
        diagnostics=tuple(diagnostics),
    )


def _unreadable(seed: Seed, rows: Callable[[], Iterator[list[str]]], problem: Diagnostic) -> Iterator[UnreadRows]:
    """Yield a table without a known column: its first part says of all rows that nothing can be read in them."""
    count = sum(1 for _ in rows())
    role = LineRole(first=1, last=max(1, count), roles=(Role.UNREADABLE,), rule="row-unreadable")
    for part in _parts(seed, rows(), _words_only):
        yield replace(part, role=role, problem=problem) if part.first == 1 else part


def _draft(row: _Pairs, number: int, file: str) -> Draft | Diagnostic:
    parts: dict[str, str] = {}
    extra: dict[str, str] = {}
    for place, (name, value) in enumerate(row, 1):
        part = column_of(name)
        text = _as_text(value, part)
        if text and part and part not in parts:
            parts[part] = text
        elif text:
            extra[free_name(name, place, extra)] = text
    paragraphs = _paragraphs(parts.get("body", ""))
    if not paragraphs and "title" not in parts:
        return error("row-without-article", Location(file=file, line=number))
    date = normalised_date(parts["date"]) if "date" in parts else None
    title = parts.get("title") or supplied_title(paragraphs[0], fold(paragraphs[0]))
    people = people_of_field(parts["author"]) if "author" in parts else ()
    whole = {
        "date": date is not None and not says_more_than_date(parts["date"]),
        "author": bool(people) and _names_all(parts.get("author", ""), people),
    }
    for part, is_whole in whole.items():
        if part in parts and not is_whole:
            extra[free_name(part, len(extra) + 1, extra)] = parts[part]

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
        editor=printed("editor"),
        url=printed("url"),
        body=tuple(Paragraph(kind="paragraph", parts=(Printed(text=text, line=number),)) for text in paragraphs),
        extra=extra,
    )


def _names_all(author: str, people: tuple[Person, ...]) -> bool:
    """Return whether the people are all that an author's cell says, but for a word or two of how they worked."""
    rest = "".join(fold(author).split())
    for word in (word for person in people for word in (person.outlet, person.name, person.role) if word):
        rest = rest.replace(word, "")
    return len(re.sub(r"\W", "", rest)) <= _UNSAID


def _paragraphs(body: str) -> list[str]:
    if _MARKUP.search(body):
        return [block.text for block in read_page(body).blocks if not block.hidden]
    return [line.strip() for line in body.split("\n") if line.strip()]


def _as_text(value: object, part: str | None) -> str:
    """Return a value as text: what is listed in lines, or with 、 where it is names; of an object its own words."""
    match value:
        case None | "":
            return ""
        case str():
            return encodable(value.replace("\r\n", "\n").replace("\r", "\n").strip())
        case bool():
            return json.dumps(value)
        case dict() if part is not None:
            named = next((value[key] for key in ("name", "text", "content", "value", "title") if value.get(key)), None)
            return _as_text(named if isinstance(named, str) else json.dumps(value, ensure_ascii=False), None)
        case list() if part is not None or all(isinstance(item, str) for item in value):
            texts = [text for item in value if (text := _as_text(item, part or ""))]
            return ("、" if part in {"author", "source"} else "\n").join(texts)
    return encodable(json.dumps(value, ensure_ascii=False))
