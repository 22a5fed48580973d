"""The archive as data: one file for machines that read lines, one for spreadsheets, a description of both, checksums.

Values are as recorded: nothing is restored or reworded. `dictionary` says what the fields are. Of a large archive the lines
are compressed and the table leaves out the three longest fields, which the lines have: else the two would take a third of
the site.
"""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import fields as fields_of
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from gongwen_site.builder import paths
from gongwen_site.builder.dictionary import ADDRESS, LONG, PUBLISHED, PublishedField, json_lines_dialect, table_schema
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.holdings import Holdings
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.views import DataView, FieldView, FileView, Link
from gongwen_site.records.article import Article, Reasons
from gongwen_site.records.fields import BODY, FIELDS
from gongwen_site.records.register import State

JSON_LINES = "data/articles.jsonl"
COMPRESSED = f"{JSON_LINES}.gz"
CSV = "data/articles.csv"
PACKAGE = "data/datapackage.json"
CHECKSUMS = "data/SHA256SUMS"
DATA_FILES = (JSON_LINES, COMPRESSED, CSV)
"""The files that may hold the records, each made of pieces of `PART` records."""
PART = 256
_LARGE = 2000
"""Articles from which on the lines are compressed: some five million bytes of them."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); in full width too, in Chinese ones."""
_EXPORTED, _EXPORTED_END = "<!-- exported -->", "<!-- /exported -->"


class Whole(NamedTuple):
    """A finished file: its size in bytes, its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


def version_of(holdings: Holdings) -> str:
    """Return ten hexadecimal digits that change when any record, address or correction changes."""
    digest = hashlib.sha256()
    for name, entry in holdings.register.latest.items():
        digest.update(f"{name} {entry.state.value if entry.state is not State.ACTIVE else ''}\n".encode())
    for card in holdings.cards:
        digest.update(holdings.digests[card.id])
    digest.update(repr(holdings.corrections).encode())
    return digest.hexdigest()[:10]


def data_files_of(holdings: Holdings) -> tuple[str, ...]:
    """Return the addresses of the files that hold the records of an archive."""
    return (COMPRESSED if len(holdings.cards) >= _LARGE else JSON_LINES, CSV)


def data_part(publication: Publication, file: str, cards: Articles, *, first: bool) -> bytes:
    """Return some records as a piece of one of the data files, of which it may be the first."""
    records = map(publication.archive.read, (card.id for card in cards))
    if file == CSV:
        columns = _columns(large=COMPRESSED in data_files_of(publication.archive))
        # Without the mark at its beginning, spreadsheets misread UTF-8.
        return articles_csv(records, columns, head=first).encode("utf-8-sig" if first else "utf-8")
    lines = articles_json_lines(records).encode()
    return _compressed(lines) if file == COMPRESSED else lines


def articles_json_lines(articles: Iterable[Article]) -> str:
    """Return records, one JSON object a line."""
    return "".join(json.dumps(_record(article), ensure_ascii=False) + "\n" for article in articles)


def articles_csv(
    articles: Iterable[Article], fields: Sequence[PublishedField] = PUBLISHED, *, head: bool = True
) -> str:
    """Return `fields` of records as rows of a table; what is no single value is JSON within its cell.

    A cell that a spreadsheet would take for a formula begins with an apostrophe; the JSON Lines have it without.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = [field.name for field in fields]
    if head:
        writer.writerow(columns)
    for article in articles:
        record = _record(article, columns)
        writer.writerow(_cell(record.get(column, "")) for column in columns)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return json.dumps(value, ensure_ascii=False)


_NO_REASONS = Reasons()


def _record(article: Article, names: Container[str] | None = None) -> dict[str, Any]:
    """Return the fields of a record that are set as plain values, of those that have one of these `names`."""
    record: dict[str, Any] = {}
    for field in FIELDS:
        value = getattr(article, field.name)
        if value and value != _NO_REASONS and (names is None or field.name in names):
            record[field.name] = _plain(value)
    if article.body:
        record[BODY] = article.body
    record[ADDRESS] = paths.article(article.id)
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    parts = {field.name: getattr(value, field.name) for field in fields_of(value)}
    return {name: _plain(part) for name, part in parts.items() if part not in (None, (), {})}


def description_files(publication: Publication, data: Mapping[str, Whole]) -> dict[str, bytes]:
    """Return what describes the finished data files, by address: the data package, the checksums."""
    package = (json.dumps(_package(publication, data), ensure_ascii=False, indent=1) + "\n").encode()
    sums = {path: whole.sha256 for path, whole in data.items()} | {PACKAGE: hashlib.sha256(package).hexdigest()}
    lines = "".join(f"{digest}  {path.removeprefix(paths.DATA)}\n" for path, digest in sums.items())
    return {PACKAGE: package, CHECKSUMS: lines.encode()}


def _columns(*, large: bool) -> tuple[PublishedField, ...]:
    return tuple(field for field in PUBLISHED if not (large and field.name in LONG))


def _compressed(content: bytes) -> bytes:
    """Return bytes compressed, without a name or a time: the same each time. One such piece may follow another (RFC 1952)."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0) as packed:
        packed.write(content)
    return out.getvalue()


def published_json_lines(site: Path) -> bytes | None:
    """Return the lines of a built site, None if it has none. Raises OSError if they cannot be read."""
    if (site / COMPRESSED).is_file():
        return gzip.decompress((site / COMPRESSED).read_bytes())
    return (site / JSON_LINES).read_bytes() if (site / JSON_LINES).is_file() else None


def _package(publication: Publication, data: Mapping[str, Whole]) -> dict[str, Any]:
    """Return the description of the data files after the Data Package standard (datapackage.org)."""
    meanings = publication.phrases.tree["fields"]
    large = COMPRESSED in data
    lines: dict[str, Any] = {"schema": table_schema(meanings, PUBLISHED), "dialect": json_lines_dialect()}
    if large:
        lines["compression"] = "gz"
    table = {"schema": table_schema(meanings, _columns(large=large))}
    formats = {
        COMPRESSED if large else JSON_LINES: ("jsonl", "application/jsonl", lines),
        CSV: ("csv", "text/csv", table),
    }
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gongwen-archive",
        "title": publication.config.title,
        "description": publication.config.description,
        "version": publication.version,
        "resources": [
            {
                "name": f"articles-{suffix}",
                "path": path.removeprefix(paths.DATA),
                "format": suffix,
                "mediatype": media,
                "encoding": "utf-8",
                "bytes": data[path].size,
                "hash": f"sha256:{data[path].sha256}",
                **said,
            }
            for path, (suffix, media, said) in formats.items()
        ],
    }
    if publication.base:
        package["homepage"] = publication.base
    return package


def data_page(publication: Publication, files: Mapping[str, int]) -> Page:
    """Return the page of downloads, `files` by address with their sizes, and of the dictionary of fields."""
    path, say = paths.DATA, publication.say
    root = paths.root_of(path)
    heading = say("footer.data")
    notes = {JSON_LINES: "jsonl", COMPRESSED: "jsonl_gz", CSV: "csv", PACKAGE: "package", CHECKSUMS: "checksums"}
    if COMPRESSED in files:
        notes[CSV] = "csv_short"
    view = DataView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        summary=say(
            "data.summary",
            articles=publication.display.number(len(publication.archive.cards)),
            version=publication.version,
        ),
        files=tuple(
            FileView(
                name=name.removeprefix(paths.DATA),
                href=root + name,
                size=_size(size),
                note=say(f"data.{notes[name]}"),
            )
            for name, size in files.items()
        ),
        fields=tuple(
            FieldView(name=field.name, kind=say(f"kinds.{field.kind}"), meaning=say(f"fields.{field.name}"))
            for field in PUBLISHED
        ),
    )
    return publication.page(path, "data.html", view, heading=heading)


def with_exported(page: str, files: Mapping[str, tuple[str, int]]) -> str:
    """Return the page of downloads with what was exported named on it: files by name, each with a note and its size."""
    rows = Markup().join(
        Markup('<tr><td><a href="{0}" download>{0}</a></td><td>{1}</td><td class="r">{2}</td></tr>\n').format(
            name, said, _size(size)
        )
        for name, (said, size) in files.items()
    )
    start, mark, rest = page.partition(_EXPORTED)
    _, end, after = rest.partition(_EXPORTED_END)
    return f"{start}{mark}{rows}{end}{after}" if end else page


def _size(count: int) -> str:
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count} {unit}"
        count = round(count / 1000)
    return f"{count} GB"
