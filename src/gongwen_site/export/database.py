"""`write_database`: an archive as one SQLite file, with tables for programs, views for people and full-text search.

Chinese has no spaces, so words are found by their characters: `search` is an FTS5 table of all runs of three, which finds
any run of three or more (its tokenizer `trigram`, sqlite.org/fts5.html); `pairs` one of all runs of two.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article
from gongwen_site.records.disclosure import squeezed, words_of
from gongwen_site.records.fields import FIELDS, Kind

_OLDEST = (3, 34, 0)
"""The first SQLite whose FTS5 has the tokenizer `trigram`."""
_SINGLE = frozenset({Kind.TEXT, Kind.DATE, Kind.PAGE, Kind.CERTAINTY, Kind.FLAG})
_COLUMNS = tuple(field.name for field in FIELDS if field.kind in _SINGLE and field.name != "id")
_LISTS = tuple(field.name for field in FIELDS if field.kind is Kind.TEXTS)
_RUN = re.compile(r"\w\w+")

_TABLES = """CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, {columns},
  dateline_place TEXT, dateline_date TEXT, body TEXT NOT NULL, characters INTEGER NOT NULL, excerpt INTEGER NOT NULL,
  dump TEXT, sha256 TEXT, address TEXT NOT NULL
);
CREATE TABLE people (article INTEGER NOT NULL REFERENCES articles, place INTEGER NOT NULL, name TEXT, role TEXT,
  outlet TEXT, PRIMARY KEY (article, place)) WITHOUT ROWID;
CREATE TABLE captions (article INTEGER NOT NULL REFERENCES articles, place INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (article, place)) WITHOUT ROWID;
CREATE TABLE lines (article INTEGER NOT NULL REFERENCES articles, place INTEGER NOT NULL, first INTEGER NOT NULL,
  last INTEGER NOT NULL, PRIMARY KEY (article, place)) WITHOUT ROWID;
CREATE TABLE extra (article INTEGER NOT NULL REFERENCES articles, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (article, name)) WITHOUT ROWID;
CREATE TABLE evidence (article INTEGER NOT NULL REFERENCES articles, key TEXT NOT NULL, value TEXT, rule TEXT NOT NULL,
  words TEXT NOT NULL, line INTEGER);
CREATE TABLE dumps (dump TEXT PRIMARY KEY, sha256 TEXT NOT NULL, encoding TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE register (id TEXT PRIMARY KEY, number INTEGER NOT NULL, dump TEXT NOT NULL, line INTEGER NOT NULL,
  state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE corrections (date TEXT NOT NULL, id TEXT, what TEXT NOT NULL, why TEXT);
CREATE INDEX articles_by_date ON articles (date);
CREATE INDEX articles_by_source ON articles (source);
CREATE VIEW searched AS SELECT number, title, coalesce(kicker || ' ', '') || coalesce(deck, '') AS heads,
  body || coalesce((SELECT group_concat(char(10) || text, '') FROM captions WHERE article = number), '') AS text
  FROM articles;
CREATE VIRTUAL TABLE search USING fts5(title, heads, text, content='searched', content_rowid='number',
  tokenize='trigram');
CREATE VIRTUAL TABLE pairs USING fts5(text, content='', detail='none', tokenize='unicode61 remove_diacritics 0');
"""
_LIST = """CREATE TABLE {name} (article INTEGER NOT NULL REFERENCES articles, place INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (article, place)) WITHOUT ROWID;
CREATE INDEX {name}_by_name ON {name} (name);
"""


def write_database(
    archive: Archive, path: Path, *, about: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> None:
    """Write an archive into a new file at `path`. Raises GongwenError if SQLite is too old, OSError.

    `about` says what the archive is, `words` name the views and their columns. Two files of the same archive have the
    same dump.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise GongwenError(error("sqlite-old", Location(file=str(path)), version=sqlite3.sqlite_version))
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;")
        database.executescript(_TABLES.format(columns=", ".join(f"{name} TEXT" for name in _COLUMNS)))
        database.executescript("".join(_LIST.format(name=name) for name in _LISTS))
        database.executescript("".join(_views(words)))
        with database:
            for table, rows in _rows(archive, about):
                _insert(database, table, rows)
            database.execute("INSERT INTO search (search) VALUES ('rebuild')")
            database.executemany("INSERT INTO pairs (rowid, text) VALUES (?, ?)", _pairs(database))
            for table in ("search", "pairs"):
                database.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - two names above
        database.execute("VACUUM")


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - a table's name from this module


def _rows(archive: Archive, about: Mapping[str, str]) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    numbers = archive.register.number_of()
    strangers = (article for article in archive.articles if article.id not in numbers)
    numbers |= {article.id: len(numbers) + place for place, article in enumerate(strangers)}
    yield "about", about.items()
    for article in archive.articles:
        yield from _article(archive, article, numbers[article.id])
    yield "dumps", ((name, ledger.sha256, ledger.encoding) for name, ledger in sorted(archive.ledgers.items()))
    yield (
        "register",
        ((name, numbers[name], e.dump, e.line, e.state.value) for name, e in archive.register.latest.items()),
    )
    yield "corrections", ((entry.date, entry.id, entry.what, entry.why) for entry in archive.corrections)


def _article(archive: Archive, article: Article, number: int) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    read, sent = article.provenance, article.dateline
    values = (
        number,
        article.id,
        *(_value(getattr(article, name)) for name in _COLUMNS),
        sent.place if sent else None,
        sent.date if sent else None,
        article.body,
        len(squeezed(words_of(article))),
        int(article.id in archive.excerpts),
        read.seed if read else None,
        read.sha256 if read else None,
        f"a/{article.id}/",
    )
    yield "articles", (values,)
    yield "people", ((number, place, p.name, p.role, p.outlet) for place, p in enumerate(article.byline, 1))
    yield "captions", ((number, place, caption.text) for place, caption in enumerate(article.captions, 1))
    yield "lines", ((number, place, *pair) for place, pair in enumerate(read.lines if read else (), 1))
    yield "extra", ((number, name, value) for name, value in article.extra.items())
    for name in _LISTS:
        yield name, ((number, place, value) for place, value in enumerate(getattr(article, name), 1))
    why = article.evidence
    reasons = [
        *(("date", None, reason) for reason in why.date),
        *(("source", None, reason) for reason in why.source),
        *(("regions", name, reason) for name, several in why.regions.items() for reason in several),
        *(("topics", name, reason) for name, several in why.topics.items() for reason in several),
    ]
    yield "evidence", ((number, key, name, each.rule, each.words, each.line) for key, name, each in reasons)


def _value(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else None
    return str(value) if value is not None else None


def _pairs(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield all runs of two letters or digits of each article, each once, parted by spaces."""
    for number, *texts in database.execute(
        "SELECT number, title, heads, text FROM searched ORDER BY number"
    ).fetchall():
        found = dict.fromkeys(
            run[start : start + 2] for text in texts for run in _RUN.findall(text) for start in range(len(run) - 1)
        )
        yield number, " ".join(found)


def _views(words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the views in the words of the archive's language: a view's name is its own `view`, the rest its columns."""

    def joined(table: str, value: str = "name") -> str:
        inner = f"SELECT {value} AS value FROM {table} WHERE article = number ORDER BY place"  # noqa: S608 - our own names
        return f"(SELECT group_concat(value, '{words['articles']['between']}') FROM ({inner}))"  # noqa: S608 - as above

    person = "trim(coalesce(outlet || ' ', '') || coalesce(role || ' ', '') || coalesce(name, ''))"
    columns = {
        "id": "id",
        "title": "title",
        "kicker": "kicker",
        "deck": "deck",
        "source": "source",
        "date": "date",
        "date_certainty": "date_certainty",
        "page": "page",
        "byline": joined("people", person),
        "regions": joined("regions"),
        "topics": joined("topics"),
        "characters": "characters",
        "body": "body",
        "dump": "dump",
        "address": "address",
    }
    yield _view(words["articles"], columns, "FROM articles ORDER BY date DESC, number")
    counted = {"count": "count(*)", "first": "min(date)", "last": "max(date)"}
    yield _view(words["papers"], {"name": "source", **counted}, "FROM articles GROUP BY source ORDER BY 2 DESC, 1")
    month = "FROM articles WHERE length(date) > 4 GROUP BY 1 ORDER BY 1"
    yield _view(words["months"], {"name": "substr(date, 1, 7)", "count": "count(*)"}, month)
    for table in ("regions", "topics"):
        source = f"FROM {table} JOIN articles ON article = number GROUP BY name ORDER BY 2 DESC, 1"
        yield _view(words[table], {"name": "name", **counted}, source)


def _view(names: Mapping[str, str], columns: Mapping[str, str], source: str) -> str:
    # Names are the program's own words, and what stands in them is doubled as SQL wants it.
    shown = ", ".join(f"{value} AS {_quoted(names[key])}" for key, value in columns.items())
    return f"CREATE VIEW {_quoted(names['view'])} AS SELECT {shown} {source};\n"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
