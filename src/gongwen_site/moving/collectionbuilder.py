"""CollectionBuilder's table: a CSV with a row an object (https://collectionbuilder.github.io/cb-docs/docs/metadata/).

`objectid` and `title` are what it asks for; subjects, places and creators are lists with semicolons; the words of an object
stand in `object_transcript`, as Markdown or as the path of a file in the project. All other columns are whatever a keeper
made. A table that this program wrote has a last column more, in which each record stands whole.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gongwen_site.errors import Diagnostic, Location, RecordError, error, note
from gongwen_site.moving.front_matter import read_post
from gongwen_site.moving.incoming import OWN, Incoming, checked, laid_over, settled, titled
from gongwen_site.moving.slots import (
    JOINT,
    LISTS,
    PLAIN,
    Making,
    Slot,
    Texts,
    date_slot,
    extra_slot,
    list_slot,
    location_slot,
    parts_of,
    people_slot,
    subject_slot,
    text_slot,
    title_slot,
)
from gongwen_site.records.article import Article
from gongwen_site.records.frontmatter import render_record
from gongwen_site.records.markdown import escape_paragraph
from gongwen_site.vocabulary.vocabulary import Vocabulary

KEY = "objectid"
TRANSCRIPT = "object_transcript"
_LONGEST_CELL = 2**31 - 1
_LONGEST_DESCRIPTION = 200


def _put_body(making: Making, texts: Texts) -> None:
    making.put(body=_body("".join(texts)))


def _described(article: Article) -> Texts:
    """Return what stands beside an object in lists: the beginning of its text."""
    words = re.sub(r"\\(?=\W)|^#+ ", "", article.body, flags=re.MULTILINE)
    text = article.extra.get("description") or " ".join(words.split())
    cut = text[:_LONGEST_DESCRIPTION]
    return (cut if cut == text else f"{cut}……",) if text else ()


def _filled(name: str, usual: str) -> Slot:
    """Return the slot of a column that is never empty."""
    slot = extra_slot(name)
    return replace(slot, view=lambda article: slot.view(article) or (usual,))


SLOTS: tuple[Slot, ...] = (
    extra_slot("parentid"),
    title_slot(),
    people_slot("creator"),
    date_slot(),
    replace(extra_slot("description"), view=_described),
    subject_slot("subject", "topics", "keywords"),
    location_slot("location"),
    extra_slot("latitude"),
    extra_slot("longitude"),
    text_slot("source"),
    extra_slot("identifier"),
    extra_slot("type"),
    extra_slot("format"),
    extra_slot("language"),
    extra_slot("rights"),
    extra_slot("rightsstatement"),
    _filled("display_template", "record"),
    extra_slot("object_location"),
    extra_slot("image_small"),
    extra_slot("image_thumb"),
    extra_slot("image_alt_text"),
    Slot(
        name=TRANSCRIPT,
        keys=("body",),
        view=lambda article: (article.body,) if article.body else (),
        take=_put_body,
    ),
    *(text_slot(key) for key in PLAIN if key != "source"),
    *(list_slot(key, is_written=key not in {"topics", "keywords", "regions", "zones"}) for key in LISTS),
)
_BY_NAME = {slot.name: slot for slot in SLOTS}


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


def read_table(
    text: str, file: str, vocabulary: Vocabulary, transcript: Callable[[str], str | None]
) -> Iterator[Incoming | Diagnostic]:
    """Yield each row of a table as a record, or why it is none. `transcript` gives the text of a project's file."""
    rows = _rows(text, file)
    header = next(rows, None)
    if header is None or isinstance(header, Diagnostic):
        yield header or error("import-no-header", Location(file=file, line=1))
        return
    names = [_known(name, number) for number, name in enumerate(header.cells, 1)]
    place = Location(file=file, line=header.line)
    if KEY not in names:
        yield error("import-no-header", place)
        return
    if twice := next((name for name in names if names.count(name) > 1), None):
        yield error("import-column-twice", place, column=twice)
        return
    for row in rows:
        if isinstance(row, Diagnostic):
            yield row
        elif any(cell.strip() for cell in row.cells):
            yield _read_row(row, names, Location(file=file, line=row.line), vocabulary, transcript)


def written_table(articles: Iterable[Article]) -> str:
    """Return articles as a table: `objectid` is the id, what the columns cannot hold stands in the last one."""
    articles = tuple(articles)
    slots = [slot for slot in SLOTS if slot.is_written]
    known = {KEY, OWN, *(slot.name for slot in SLOTS)}
    others = dict.fromkeys(name for article in articles for name in article.extra if _is_column(name, known))
    slots += (extra_slot(name) for name in others)
    out = io.StringIO()
    writer = csv.writer(out)  # RFC 4180: its line ends are those that let a lone carriage return be quoted, too
    writer.writerow((KEY, *(slot.name for slot in slots), OWN))
    for article in articles:
        shown = (JOINT.join(slot.view(article)) for slot in slots)
        writer.writerow((article.id, *shown, render_record(article)))
    return out.getvalue()


def _is_column(name: str, known: set[str]) -> bool:
    return name.casefold() not in known and name == name.strip() and name.isprintable()


def _known(name: str, number: int) -> str:
    """Return the name of a column: of those that are known in whatever letters, of a nameless one its number."""
    name = name.strip()
    folded = name.casefold()
    return folded if folded in {KEY, OWN, *_BY_NAME} else name or f"column {number}"


def _rows(text: str, file: str) -> Iterator[_Row | Diagnostic]:
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as failure:
            yield error("import-row-broken", Location(file=file, line=line), reason=str(failure))
            return
        if row is None:
            return
        yield _Row(line, row)


def _read_row(
    row: _Row, names: list[str], place: Location, vocabulary: Vocabulary, transcript: Callable[[str], str | None]
) -> Incoming | Diagnostic:
    if len(row.cells) > len(names):
        return error("import-row-long", place, cells=len(row.cells), columns=len(names))
    cells = dict(zip(names, row.cells, strict=False))
    key = cells.pop(KEY).strip()
    if not key:
        return error("import-no-objectid", place)
    whole = cells.pop(OWN, "")
    try:
        base = checked(whole, place) if whole.strip() else None
        making = Making(base, place, vocabulary)
        if base is None:
            cells = _foreign(making, cells, transcript)
        if base is None or base.id != key:
            making.keep(KEY, key)
        for name, cell in cells.items():
            slot = _BY_NAME.get(name) or extra_slot(name)
            laid_over(making, slot, _texts(slot, cell), base)
        titled(making, (_first_words(making.article.body), key))
        article = settled(making.article, place)
    except RecordError as failure:
        return failure.diagnostics[0]
    return Incoming(key=key, name=f"{row.line:04d}", place=place, article=article, diagnostics=tuple(making.notes))


def _foreign(making: Making, cells: Mapping[str, str], transcript: Callable[[str], str | None]) -> dict[str, str]:
    """Return the cells of a row that another program or a person made, without what is the text of the article."""
    rest = dict(cells)
    text = rest.get(TRANSCRIPT, "").strip()
    if text.startswith("/") and "\n" not in text:  # a file of the project
        del rest[TRANSCRIPT]
        making.keep(TRANSCRIPT, text)
        found = transcript(text)
        if found is None:
            making.notes.append(note("import-transcript-missing", making.place, file=text))
        making.put(body=_body(read_post(found, text).body if found else ""))
    if not text:
        paragraphs = re.split(r"\s*\n\s*", rest.pop("description", ""))
        making.put(body=_body("\n\n".join(escape_paragraph(text) for text in paragraphs)))
    return rest


def _texts(slot: Slot, cell: str) -> Texts:
    if slot.is_list:
        return parts_of(cell)
    return (cell,) if cell.strip() else ()


def _body(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"{text}\n" if text.strip() else ""


def _first_words(body: str) -> str:
    line = next((line for line in body.split("\n") if line.strip()), "")
    return re.split(r"(?<=[。！？])", line.lstrip("#").replace("\\", "").strip())[0][:60]
