"""Tables of articles, one a row: JSON Lines and CSV with title, date, body, source; other columns go to `extra`.

A line number is a row number: of JSON Lines the line, of CSV the row as a spreadsheet counts it, the header being row 1;
of a file that is one JSON array its items.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from gongwen_site.chinese.typography import fold
from gongwen_site.errors import Diagnostic, Location, error, note
from gongwen_site.loader.formats.cells import delimiter_of, read_cells
from gongwen_site.loader.formats.facts import column_of, normalised_date, says_more_than_date
from gongwen_site.loader.formats.html.article import people_of_field
from gongwen_site.loader.formats.html.page import read_page
from gongwen_site.loader.supplied import supplied_title
from gongwen_site.records.article import Person
from gongwen_site.records.reading import Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_ROLES = (Role.HEADLINE, Role.BODY)
_MARKUP = re.compile(r"</(?:p|div|span|section)\s*>|<(?:br|p)\b[^<>]*>", re.IGNORECASE)
_BRACKETS = frozenset({"[", "]", "],", "[]"})
_UNSAID = 6  # characters: 采写, 图文报道
_DEEPEST = 4  # objects within objects that are looked into for an article

_Pairs = Iterable[tuple[str, Any]]
_Row = tuple[int, _Pairs | Diagnostic]


def read_jsonl(seed: Seed) -> Reading:
    """Return the articles of a JSON Lines dump; of one JSON array under that name, its items."""
    lines = seed.text.split("\n")
    items = _whole_array(seed.text, lines)
    if items is not None:
        rows = [_encodable(json.dumps(item, ensure_ascii=False)) for item in items]
        return _reading(seed, rows, ((n, _pairs_of(item, seed, n)) for n, item in enumerate(items, 1)))
    reading = _reading(seed, lines, _json_rows(seed, lines))
    brackets = [n for n, line in enumerate(lines, 1) if line.strip() in _BRACKETS]
    if not brackets:
        return reading
    roles = [LineRole(first=n, last=n, roles=(Role.FURNITURE,), rule="markup") for n in brackets]
    merged = tuple(sorted((*reading.line_roles, *roles), key=lambda role: role.first))
    return replace(reading, line_roles=merged)


def read_csv(seed: Seed) -> Reading:
    """Return the articles of a CSV dump; its first row names the columns and shows what parts them."""
    delimiter = delimiter_of(seed.text)
    rows = [cells for cells, _ in read_cells(seed.text, delimiter)]
    texts = [" ".join(row) for row in rows]
    first = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    header = [name.strip().strip("\ufeff") for name in rows[first]] if rows else []
    if not {"title", "body"} & {column_of(name) for name in header}:
        return _unreadable(seed, texts, error("csv-no-header", Location(file=seed.path, line=first + 1)))
    notes: list[Diagnostic] = []
    named = (
        (number, _named(header, row, delimiter, Location(file=seed.path, line=number), notes))
        for number, row in enumerate(rows[first + 1 :], first + 2)
        if any(cell.strip() for cell in row)
    )
    reading = _reading(seed, texts, named)
    header_role = LineRole(first=first + 1, last=first + 1, roles=(Role.FURNITURE,), rule="table-header")
    return replace(reading, line_roles=(header_role, *reading.line_roles), diagnostics=(*reading.diagnostics, *notes))


def _named(header: list[str], row: list[str], delimiter: str, place: Location, notes: list[Diagnostic]) -> _Pairs:
    """Return a row's cells by their columns. What is too many was parted inside the last cell, and goes back to it."""
    surplus = len(row) - len(header)
    if surplus > 0 and any(cell.strip() for cell in row[len(header) :]):
        notes.append(note("row-too-long", place, count=surplus))
        row = [*row[: len(header) - 1], delimiter.join(row[len(header) - 1 :])]
    return list(zip(header, row, strict=False))


def _whole_array(text: str, lines: list[str]) -> list[Any] | None:
    """Return the items of a file that is one JSON array or object over several lines, None if its lines stand alone."""
    first = next((line.strip() for line in lines if line.strip()), "")
    if first not in {"[", "{"} and not first.startswith("[{"):
        return None
    if first == "[" and _stands_alone(lines):
        return None
    try:
        whole = json.loads(text, object_pairs_hook=_by_name)
    except (ValueError, RecursionError):
        return None
    return whole if isinstance(whole, list) else [whole]


def _stands_alone(lines: list[str]) -> bool:
    second = next((line.strip().rstrip(",") for line in lines if line.strip() and line.strip() != "["), "")
    return second.startswith("{") and second.endswith("}")


def _json_rows(seed: Seed, lines: list[str]) -> Iterator[_Row]:
    for number, line in enumerate(lines, 1):
        words = line.strip().strip("\ufeff\x1e\x00")
        if not words or words in _BRACKETS:
            if line.strip() and not words:
                yield number, error("row-unreadable", Location(file=seed.path, line=number), reason="empty")
            continue
        place = Location(file=seed.path, line=number)
        try:
            row = json.loads(words.rstrip(","), object_pairs_hook=_by_name)
        except (ValueError, RecursionError) as failure:
            reason = failure.msg if isinstance(failure, json.JSONDecodeError) else "nested too deeply"
            yield number, error("row-unreadable", place, reason=reason)
            continue
        yield number, _pairs_of(row, seed, number)


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


def _reading(seed: Seed, lines: list[str], rows: Iterable[_Row]) -> Reading:
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


def _draft(row: _Pairs, number: int, file: str) -> Draft | Diagnostic:
    parts: dict[str, str] = {}
    extra: dict[str, str] = {}
    for place, (name, value) in enumerate(row, 1):
        part = column_of(name)
        text = _as_text(value, part)
        if text and part and part not in parts:
            parts[part] = text
        elif text:
            extra[_free_name(name, place, extra)] = text
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
            extra[_free_name(part, len(extra) + 1, extra)] = parts[part]

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


def _free_name(name: str, place: int, taken: Mapping[str, Any]) -> str:
    """Return a cell's name. One without a name, or with another's, is told by its place: no cell takes another's."""
    free = _encodable(name.strip()) or str(place)
    while free in taken:
        free = f"{free} {place}"
    return free


def _by_name(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which no key takes another's place, though written twice."""
    found: dict[str, Any] = {}
    for place, (name, value) in enumerate(pairs, 1):
        found[_free_name(name, place, found)] = value
    return found


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
            return _encodable(value.replace("\r\n", "\n").replace("\r", "\n").strip())
        case bool():
            return json.dumps(value)
        case dict() if part is not None:
            named = next((value[key] for key in ("name", "text", "content", "value", "title") if value.get(key)), None)
            return _as_text(named if isinstance(named, str) else json.dumps(value, ensure_ascii=False), None)
        case list() if part is not None or all(isinstance(item, str) for item in value):
            texts = [text for item in value if (text := _as_text(item, part or ""))]
            return ("、" if part in {"author", "source"} else "\n").join(texts)
    return _encodable(json.dumps(value, ensure_ascii=False))


def _encodable(text: str) -> str:
    """Return text without the lone surrogates that JSON can write and no file can hold."""
    return text.encode(errors="replace").decode()
