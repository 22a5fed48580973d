"""`gongwen import`: the objects of a CollectionBuilder table or the posts of a Hugo site as records of this archive.

What a row or post is known by gives the id, so that the register itself remembers what has come in: importing again makes
only what is new, whatever a keeper has made of the records meanwhile, and a record that was deleted does not come back.
An extra key would be lost with the first edit that takes it away, and a ledger would be a second list of ids.
"""

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath

from gongwen_site.commands.custody import articles_changed, articles_read
from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, UsageError, error, note
from gongwen_site.moving.collectionbuilder import read_table
from gongwen_site.moving.hugo import SECTION, incoming_post
from gongwen_site.moving.incoming import Incoming
from gongwen_site.records.archive import iter_record_files, read_register
from gongwen_site.records.article import Article
from gongwen_site.records.frontmatter import render_record
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.records.register import Entry, State, mint
from gongwen_site.records.storage import append_entries
from gongwen_site.vocabulary.vocabulary import Vocabulary

COLLECTIONBUILDER, HUGO = "collectionbuilder", "hugo"
KINDS = (COLLECTIONBUILDER, HUGO)
_POSTS = {".md", ".markdown"}
_ID = re.compile(rb"^id[ \t]*:[ \t]*['\"]?([a-z][a-z0-9]{7})\b", re.MULTILINE)
_HEAD = 300
"""Bytes of a record within which its id stands, which is its first key."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A record that was made, or would be."""

    id: str
    title: str
    file: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import made; of how many rows or posts the archive has the records already; what is to be said."""

    made: tuple[Made, ...]
    known: int
    diagnostics: tuple[Diagnostic, ...]


def move_in(
    folders: Folders, source: Path, kind: str | None = None, *, drafts: bool = False, is_trial: bool = False
) -> ImportReport:
    """Make a record of each row or post that has none yet: all of those that can be read, or nothing.

    Drafts stay outside unless they are asked for. A trial tells what would be made. Raises GongwenError.
    """
    kind = kind or _kind_of(source)
    found = list(_incoming(source, kind, folders.vocabulary()))
    known_as = f"{kind}:{source.resolve().name}"
    shelf = re.sub(r"^\.+", "", source.resolve().stem if kind == COLLECTIONBUILDER else source.resolve().name)
    if is_trial:
        with articles_read(folders.articles, "import") as undone:
            made, known, said = _sorted(found, known_as, folders.articles, shelf or kind, drafts=drafts)
        told = undone
    else:
        with articles_changed(folders.articles, "import") as (journal, left):
            made, known, said = _sorted(found, known_as, folders.articles, shelf or kind, drafts=drafts)
            for file, article, _ in made:
                journal.write(file, render_record(article).encode())
            if made:
                entries = (Entry(article.id, "", 0, State.ACTIVE) for _, article, _ in made)
                append_entries(journal, folders.articles / REGISTER, entries)
        told = tuple(left)
    return ImportReport(
        made=tuple(
            Made(id=article.id, title=article.title, file=str(file), source=str(place)) for file, article, place in made
        ),
        known=known,
        diagnostics=(*told, *said),
    )


def _kind_of(source: Path) -> str:
    if not source.exists():
        reason = os.strerror(errno.ENOENT)
        raise GongwenError(error("file-unreadable", Location(file=str(source)), reason=reason))
    if source.is_dir() and any(path.suffix in _POSTS for path in source.rglob("*")):
        return HUGO
    if source.is_file() and source.suffix.lower() == ".csv":
        return COLLECTIONBUILDER
    raise UsageError(error("import-kind-unknown", Location(file=str(source)), known=", ".join(KINDS)))


def _incoming(source: Path, kind: str, vocabulary: Vocabulary) -> Iterator[Incoming | Diagnostic]:
    if kind == COLLECTIONBUILDER:
        text = _text(source)
        project = source.parent.parent if source.parent.name == "_data" else source.parent

        def transcript(path: str) -> str | None:
            parts = PurePosixPath(path).parts[1:]
            file = project.joinpath(*parts)
            found = _text(file) if ".." not in parts and file.is_file() else None
            return found if isinstance(found, str) else None

        yield from (text,) if isinstance(text, Diagnostic) else read_table(text, str(source), vocabulary, transcript)
        return
    if not source.is_dir():
        raise UsageError(error("import-kind-unknown", Location(file=str(source)), known=", ".join(KINDS)))
    others = 0
    for path in sorted(source.rglob("*"), key=lambda path: path.relative_to(source).parts):
        own = path.relative_to(source)
        if not path.is_file() or any(part.startswith(".") for part in own.parts):
            continue
        if path.suffix not in _POSTS or path.name == SECTION:
            others += 1
            continue
        text = _text(path)
        yield text if isinstance(text, Diagnostic) else incoming_post(text, str(path), own.as_posix(), vocabulary)
    if others:
        yield note("import-files-left", Location(file=str(source)), count=others)


def _text(path: Path) -> str | Diagnostic:
    """Return the text of a file, UTF-8 or as spreadsheets in China save it; or why it is none."""
    place = Location(file=str(path))
    try:
        data = path.read_bytes()
    except OSError as failure:
        return error("file-unreadable", place, reason=failure.strerror or str(failure))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return error("import-undecodable", place)


_Made = tuple[Path, Article, Location]


def _sorted(
    found: Iterable[Incoming | Diagnostic], known_as: str, folder: Path, shelf: str, *, drafts: bool
) -> tuple[list[_Made], int, list[Diagnostic]]:
    """Return what is new, with its file, how much is known, and what is to be said."""
    there = _ids_in(folder)
    seen: dict[str, Location] = {}
    made: list[_Made] = []
    said: list[Diagnostic] = []
    told: set[tuple[object, ...]] = set()
    known = 0
    for one in found:
        if isinstance(one, Diagnostic):
            said.append(one)
            continue
        # The same key gives the same id: one that is there already is this very row or post, come in before.
        name = one.article.id or mint(f"{known_as}/{one.key}", 0, "", lambda _name: False)
        if name in seen:
            said.append(error("import-key-twice", one.place, key=one.key, other=str(seen[name])))
            continue
        seen[name] = one.place
        if name in there:
            known += 1
        elif one.is_draft and not drafts:
            said.append(note("import-draft-left", one.place))
        else:
            # A place that the vocabulary lacks is told once.
            for other in one.diagnostics:
                words = (other.code, *other.params.values())
                if other.code != "import-place-unknown" or words not in told:
                    said.append(other)
                told.add(words)
            made.append((_file(folder / shelf, one.name, name), _ours(one.article, name), one.place))
    return made, known, said


def _ids_in(folder: Path) -> set[str]:
    """Return every id that was ever given, those of hand-written records too that no load has seen yet."""
    ids = set(read_register(folder).latest)
    for path in iter_record_files(folder):
        try:
            with path.open("rb") as file:
                ids |= {match.decode() for match in _ID.findall(file.read(_HEAD))}
        except OSError as failure:
            place = Location(file=str(path))
            raise GongwenError(error("file-unreadable", place, reason=failure.strerror or "")) from failure
    return ids


def _file(folder: Path, name: str, article: str) -> Path:
    *above, last = name.split("/")
    file = article if last == article else f"{last[:_LONGEST_NAME]}-{article}"
    return folder.joinpath(*above) / f"{file}.md"


def _ours(article: Article, name: str) -> Article:
    """Return an article under its id. Where it was once read is told in `extra`: no dump of this archive holds it."""
    if article.provenance is None:
        return replace(article, id=name)
    before = json.dumps(asdict(article.provenance), ensure_ascii=False)
    return replace(article, id=name, provenance=None, extra={**article.extra, "provenance": before})
