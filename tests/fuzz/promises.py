"""What loading promises of every file, however broken: `broken_promise` says which one a dump breaks."""

import hashlib
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from gongwen_site.loader.decoding import decode
from gongwen_site.loader.formats.cells import delimiter_of, read_cells
from gongwen_site.loader.formats.facts import column_of
from gongwen_site.loader.read import read_dump
from gongwen_site.records.accession import Accession, accession, describe, left_over
from gongwen_site.records.article import Article
from gongwen_site.records.frontmatter import parse_record
from gongwen_site.records.identity import Known, earlier_of, match, traces_of, words_of_draft
from gongwen_site.records.ledger_text import parse_ledger, render_ledger
from gongwen_site.records.reading import Reading, Role, Seed
from gongwen_site.tagging.tag import tag_reading
from gongwen_site.vocabulary.vocabulary import Vocabulary

_KEPT = {Role.HEADLINE, Role.KICKER, Role.DECK, Role.STANDING_HEAD, Role.BODY, Role.HEADING, Role.CAPTION}
"""Roles of lines whose words stand in the record of the article that they went to."""
_SAMPLE = 500
"""So many lines of a dump, evenly spread, have their words looked for."""
_TAKEN_APART = {"date", "author", "source"}
"""Columns whose cells are read rather than copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The promise that a dump breaks, None if it breaks none; seconds of processor time to load it; its articles."""

    broken: str | None
    seconds: float
    articles: int


def load_dump(name: str, data: bytes, vocabulary: Vocabulary) -> Outcome:
    """Load a dump as into an empty archive, and once more. Exceptions go through: they break the first promise."""
    start = time.process_time()
    decoded = decode(data)
    if decoded is None or not decoded[0].strip():
        return Outcome(broken=None, seconds=time.process_time() - start, articles=0)
    text, encoding = decoded
    seed = Seed(path=name, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding, text=text)
    reading = read_dump(seed)
    tags = tag_reading(reading, vocabulary)
    nothing = Known(records={}, earlier=None, entries={}, is_taken=lambda _name: False)
    taken = accession(describe(reading, tags), {}, nothing)
    files = [record.text for record in taken.records]
    ledger = render_ledger(taken.ledger)
    seconds = time.process_time() - start

    def broken() -> Iterator[str]:
        if lost := taken.ledger.unaccounted(reading.lines):
            yield f"line {lost[0]} is not in the ledger"
        yield from _roles(reading)
        parsed: list[Article] = []
        for article, file in zip(taken.articles, files, strict=True):
            if not article.title.strip():
                yield "a title is empty"
            parsed.append(parse_record(file.encode().decode(), name))
            if parsed[-1] != article:
                yield f"a record reads back differently: {_difference(article, parsed[-1])}"
        if parse_ledger(ledger.encode().decode(), name) != taken.ledger:
            yield "the ledger reads back differently"
        yield from _words(reading, taken)
        known = Known(
            records={article.id: article for article in parsed},
            earlier=earlier_of([taken.ledger]),
            entries={entry.id: entry for entry in taken.entries},
            is_taken=lambda _name: False,
        )
        traces = traces_of(reading)
        names = match(traces, seed.sha256, known, lambda some: ((n, words_of_draft(reading.drafts[n])) for n in some))
        again, left = accession(describe(reading, tags), names, known), left_over(seed.sha256, traces, names, known)
        if again.articles != taken.articles or again.entries or again.differences or left.orphaned or left.superseded:
            yield "a second load changes something"

    return Outcome(broken=next(broken(), None), seconds=seconds, articles=len(taken.articles))


def _roles(reading: Reading) -> Iterator[str]:
    count = len(reading.lines)
    for role in reading.line_roles:
        if not 1 <= role.first <= role.last <= count:
            yield f"a role for lines {role.first} to {role.last} of {count}"
        if role.draft is not None and not 0 <= role.draft < len(reading.drafts):
            yield "a line goes to an article that is none"
        if not role.roles or not role.rule:
            yield "a line without role or rule"
    for draft in reading.drafts:
        if not all(1 <= first <= last <= count for first, last in draft.lines):
            yield "an article of lines that are none"


def _difference(article: Article, parsed: Article) -> str:
    fields = (field for field in Article.__dataclass_fields__ if getattr(article, field) != getattr(parsed, field))
    return ", ".join(fields)


_LINK_TARGET = re.compile(r"\]\([^()]*\)")  # a link is kept as its words


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _words(reading: Reading, taken: Accession) -> Iterator[str]:
    """What went to an article stands in its record, letter by letter."""
    kind = PurePosixPath(reading.seed.path).suffix
    records = [_letters(_all_text(article)) for article in taken.articles]
    if kind in {".html", ".htm"}:
        return  # a line of the file is not a line of the page
    if kind in {".jsonl", ".csv"}:
        if kind == ".jsonl" and list(reading.lines) != reading.seed.text.split("\n"):
            return  # one array: its items are no lines of the file
        cells = _json_cells(reading.seed.text) if kind == ".jsonl" else _csv_cells(reading.seed.text)
        owner = {role.first: role.draft for role in reading.line_roles}
        cells = list(cells)
        for number, cell in cells[:: len(cells) // _SAMPLE + 1]:
            draft = owner.get(number)
            if draft is not None and "<" not in cell and _letters(cell) not in records[draft]:
                yield "a cell's words are in no record"
        return
    lines = reading.lines
    kept = [
        (number, role)
        for role in reading.line_roles
        if role.draft is not None and _KEPT & set(role.roles)
        for number in range(role.first, role.last + 1)
    ]
    for number, role in kept[:: len(kept) // _SAMPLE + 1]:
        line = lines[number - 1]
        forms = {_letters(line), _letters(_LINK_TARGET.sub("]", line))} if kind == ".md" else {_letters(line)}
        if not any(form in records[role.draft] for form in forms):
            yield f"words of a line with the role {role.roles[0].value} are not in its record"


def _all_text(article: Article) -> str:
    whole = [
        article.title,
        article.kicker,
        article.deck,
        article.standing_head,
        article.source,
        article.page,
        article.url,
    ]
    whole += [part for person in article.byline for part in (person.outlet, person.role, person.name)]
    whole += [article.edition, article.editor, *(caption.text for caption in article.captions)]
    whole += [article.body, *(f"{name}|{text}" for name, text in article.extra.items())]
    return "|".join(text for text in whole if text)


def _json_cells(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        for name, value in row.items() if isinstance(row, dict) else ():
            if isinstance(value, str) and column_of(name) not in _TAKEN_APART:
                yield number, value


def _csv_cells(text: str) -> Iterator[tuple[int, str]]:
    rows = [cells for cells, _ in read_cells((text,), delimiter_of(text))]
    first = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    header = [column_of(name.strip().strip("\ufeff")) for name in rows[first]] if rows else []
    for number, row in enumerate(rows[first + 1 :], first + 2):
        for place, cell in enumerate(row):
            if place >= len(header) or header[place] not in _TAKEN_APART:
                yield number, cell
