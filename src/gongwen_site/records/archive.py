"""articles/ to `Archive`: all records, the register and the ledgers, read once and never changed."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from gongwen_site.errors import Diagnostic, Location, RecordError, error
from gongwen_site.records.addresses import FILE_NAME as ADDRESSES
from gongwen_site.records.addresses import Address, parse_addresses
from gongwen_site.records.article import Article
from gongwen_site.records.corrections import FILE_NAME as CORRECTIONS
from gongwen_site.records.corrections import Correction, parse_corrections
from gongwen_site.records.frontmatter import parse_record
from gongwen_site.records.keeper import open_doubts
from gongwen_site.records.ledger import FOLDER as LEDGERS
from gongwen_site.records.ledger import Ledger, LedgerDoubt
from gongwen_site.records.ledger_text import parse_ledger, parse_parts
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.records.register import Register, parse_register


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What an article, of which only the beginning is published, has whole: characters of text, blocks of its body."""

    characters: int
    blocks: int


@dataclass(frozen=True, slots=True)
class Archive:
    """All that `build` knows of the articles. `articles` is in the order of the register: the document number.

    `files` maps an id to its record's path relative to the articles folder; `ledgers` maps a dump to its ledger;
    `excerpts` has the ids of the articles that are not here in whole; `addresses` are those that were published.
    """

    articles: tuple[Article, ...]
    register: Register
    ledgers: Mapping[str, Ledger]
    files: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    addresses: tuple[Address, ...] = ()
    by_id: Mapping[str, Article] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {article.id: article for article in self.articles})

    def open_doubts(self) -> dict[str, tuple[LedgerDoubt, ...]]:
        """Return the open doubts of every article that has any, by id, in the order of the articles."""
        found: dict[str, list[LedgerDoubt]] = {}
        for ledger in self.ledgers.values():
            for doubt in ledger.doubts:
                found.setdefault(doubt.article, []).append(doubt)
        known = ((article, found[article.id]) for article in self.articles if article.id in found)
        left = {article.id: open_doubts(article, doubts) for article, doubts in known}
        return {name: doubts for name, doubts in left.items() if doubts}


def iter_record_files(folder: Path) -> Iterator[Path]:
    """Yield the record files under `folder`, in a fixed order: that of their paths, part by part."""
    entries: list[tuple[str, bool, bool]] = []
    with suppress(FileNotFoundError, PermissionError), os.scandir(folder) as found:
        named = (entry for entry in found if not entry.name.startswith("."))  # what an editor lays there is no record
        entries = sorted((entry.name, entry.is_dir(follow_symlinks=False), entry.is_symlink()) for entry in named)
    for name, is_folder, is_link in entries:
        if is_folder:
            yield from iter_record_files(folder / name)
        elif name.endswith(".md") and (not is_link or (folder / name).is_file()):
            yield folder / name


def read_text(path: Path, file: str) -> str:
    """Return a UTF-8 file's text. Raises `RecordError` if it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise RecordError(error("record-not-utf8", Location(file=file))) from failure
    except OSError as failure:
        raise RecordError(error("file-unreadable", Location(file=file), reason=failure.strerror or "")) from failure


def read_register(folder: Path) -> Register:
    """Return the register of an articles folder, an empty one where there is none. Raises `RecordError`."""
    path = folder / REGISTER
    return parse_register(read_text(path, str(path)), str(path)) if path.exists() else Register()


def iter_ledger_files(folder: Path) -> Iterator[Path]:
    """Yield the ledger files of an articles folder, in a fixed order."""
    yield from sorted((folder / LEDGERS).rglob("*.yaml"))


def read_ledger_parts(path: Path) -> Iterator[Ledger]:
    """Yield a ledger in parts of some hundred lines, articles or doubts: it need not be held. Raises `RecordError`."""

    def lines() -> Iterator[str]:
        try:
            with path.open(encoding="utf-8-sig", newline="\n") as file:
                yield from (line.removesuffix("\n") for line in file)
        except UnicodeDecodeError as failure:
            raise RecordError(error("record-not-utf8", Location(file=str(path)))) from failure
        except OSError as failure:
            reason = failure.strerror or ""
            raise RecordError(error("file-unreadable", Location(file=str(path)), reason=reason)) from failure

    return parse_parts(lines, str(path))


def read_ledgers(folder: Path) -> dict[str, Ledger]:
    """Return the ledgers of an articles folder by dump. Raises `RecordError`."""
    ledgers = {}
    for path in iter_ledger_files(folder):
        ledger = parse_ledger(read_text(path, str(path)), str(path))
        ledgers[ledger.dump] = ledger
    return ledgers


def read_archive(folder: Path) -> Archive:
    """Return the archive of an articles folder. Raises `RecordError` with every broken record, none skipped."""
    problems: list[Diagnostic] = []
    articles: dict[str, Article] = {}
    files: dict[str, str] = {}
    for path in iter_record_files(folder):
        try:
            article = parse_record(read_text(path, str(path)), str(path))
        except RecordError as failure:
            problems += failure.diagnostics
            continue
        name = path.relative_to(folder).as_posix()
        if article.id in articles:
            problems.append(error("id-twice", Location(file=str(path)), id=article.id, other=files[article.id]))
            continue
        articles[article.id] = article
        files[article.id] = name
    if problems:
        raise RecordError(problems)
    register = read_register(folder)
    numbers = register.number_of()
    ordered = sorted(articles.values(), key=lambda a: (numbers.get(a.id, len(numbers)), a.id))
    return Archive(
        tuple(ordered),
        register,
        read_ledgers(folder),
        files,
        read_corrections(folder),
        addresses=read_addresses(folder),
    )


def read_addresses(folder: Path) -> tuple[Address, ...]:
    """Return the published addresses of an articles folder, none where there is no such file. Raises `RecordError`."""
    path = folder / ADDRESSES
    return parse_addresses(read_text(path, str(path)), str(path)) if path.exists() else ()


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """Return the log of corrections of an articles folder, empty where there is no such file. Raises `RecordError`."""
    path = folder / CORRECTIONS
    return parse_corrections(read_text(path, str(path)), str(path)) if path.exists() else ()
