"""`gongwen corrections`: drafts articles/corrections.yaml from the history of the records.

What a keeper wrote, changed or struck out there stays: entries are only appended, and a line of comment says up to which
commit they were drafted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongwen_site.commands.custody import articles_changed
from gongwen_site.commands.differences import differences
from gongwen_site.commands.history import Commit, Contents, contents, has_changes, read_commits
from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, RecordError, error, note
from gongwen_site.records.archive import read_register, read_text
from gongwen_site.records.article import Article
from gongwen_site.records.corrections import FILE_NAME, Correction, append_corrections, parse_corrections
from gongwen_site.records.frontmatter import parse_record
from gongwen_site.records.journal import Journal
from gongwen_site.records.ledger import FOLDER as LEDGERS
from gongwen_site.records.register import State
from gongwen_site.wording import wording

_MARK = "# gongwen corrections: "
_MARKED = re.compile(rf"^{re.escape(_MARK)}([0-9a-f]{{40,64}})$", re.MULTILINE)
_FIX = re.compile(r"^fix: (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsReport:
    """What was drafted, and the file that it was appended to."""

    file: str
    drafted: tuple[Correction, ...]
    diagnostics: tuple[Diagnostic, ...]


def corrections(folders: Folders) -> CorrectionsReport:
    """Append to the log of corrections what the history says and the log does not. Raises GongwenError.

    Nothing is written where there is nothing new, or where the file is so written that nothing can be appended to it.
    """
    if not folders.articles.is_dir():
        raise GongwenError(error("articles-missing", Location(file=str(folders.articles))))
    with articles_changed(folders.articles, "corrections") as (journal, found):
        report = _corrections(folders, journal)
    return replace(report, diagnostics=(*found, *report.diagnostics))


def _corrections(folders: Folders, journal: Journal) -> CorrectionsReport:
    path = folders.articles / FILE_NAME
    text = read_text(path, str(path)) if path.exists() else ""
    written = parse_corrections(text, str(path))
    commits = read_commits(folders.articles)
    names = [commit.name for commit in commits]
    mark = _MARKED.search(text)
    start = names.index(mark[1]) + 1 if mark and mark[1] in names else 0
    drafted = _drafts(folders.articles, commits, start)
    if not start:
        drafted = _not_among(drafted, written)
    diagnostics = []
    if has_changes(folders.articles):
        diagnostics.append(note("corrections-uncommitted", Location(file=str(folders.articles))))
    if drafted:
        marked = f"{_MARK}{names[-1]}"
        longer = append_corrections(_MARKED.sub("", text).rstrip("\n") + "\n" if mark else text, drafted, marked)
        if not _reads_as(longer, (*written, *drafted)):
            raise GongwenError(error("corrections-not-a-list", Location(file=str(path))))
        journal.write(path, longer.encode())
    return CorrectionsReport(file=str(path), drafted=tuple(drafted), diagnostics=tuple(diagnostics))


def _reads_as(text: str, entries: tuple[Correction, ...]) -> bool:
    try:
        return parse_corrections(text, "") == entries
    except RecordError:  # a list written on one line, with another below it
        return False


def _not_among(drafted: Iterable[Correction], written: Iterable[Correction]) -> list[Correction]:
    """Return the drafts without as many of each day and article as the log has: the keeper may have reworded them."""
    left = Counter((entry.date, entry.id) for entry in written)
    found = []
    for entry in drafted:
        if left[entry.date, entry.id]:
            left[entry.date, entry.id] -= 1
        else:
            found.append(entry)
    return found


def _drafts(folder: Path, commits: tuple[Commit, ...], start: int) -> list[Correction]:
    states = read_register(folder).latest
    superseded = {name for name, entry in states.items() if entry.state is State.SUPERSEDED}
    with contents(folder) as store:
        reader = _Reader(store, superseded)
        found = [(number, entry) for number, commit in enumerate(commits) for entry in reader.entries(commit)]
    return [entry for number, entry in found if number >= start]


@dataclass(slots=True)
class _Reader:
    """Follows the records through the commits, by their ids: `gone` are those whose file was deleted."""

    store: Contents
    superseded: set[str]
    gone: set[str] = field(default_factory=set)

    def entries(self, commit: Commit) -> Iterator[Correction]:
        """Yield what a person changed in one commit, by the paths of the records."""
        records = {path: names for path, names in sorted(commit.files.items()) if path.endswith(".md")}
        deleted = [article for old, new in records.values() if new is None and (article := self._read(old))]
        made = {}
        if deleted or self.gone:
            added = (self._read(new) for old, new in records.values() if old is None)
            made = {article.id: article for article in added if article}
        fixed = set(self._fixed(commit))
        for before in deleted:
            if before.id in made:  # its file has another name
                yield from self._changed(commit, before, made.pop(before.id), fixed)
            elif before.id not in self.superseded:
                self.gone.add(before.id)
                yield Correction(date=commit.date, id=before.id, what=wording().say("correction_withdrawn"))
        for name in made:
            if name in self.gone:
                self.gone.remove(name)
                yield Correction(date=commit.date, id=name, what=wording().say("correction_restored"))
        for old, new in records.values():
            if old is not None and new is not None:
                was, now = self._read(old), self._read(new)
                if was and now and was.id == now.id:
                    yield from self._changed(commit, was, now, fixed)

    def _changed(self, commit: Commit, before: Article, after: Article, fixed: set[str]) -> Iterator[Correction]:
        dump = after.provenance.seed if after.provenance else None
        what = differences(before, after, every_key=dump in fixed)
        if what:
            yield Correction(date=commit.date, id=after.id, what=what)

    def _fixed(self, commit: Commit) -> Iterator[str]:
        """Yield the dumps that were read with another fix file than before: what changed in them, a keeper changed."""
        for path, (old, new) in commit.files.items():
            if old is None or new is None or not path.startswith(f"{LEDGERS}/"):
                continue
            before, after = (_FIX.findall((self.store.text(name) or "").split("\nlines:")[0]) for name in (old, new))
            if before != after:
                yield path.removeprefix(f"{LEDGERS}/").removesuffix(".yaml")

    def _read(self, name: str | None) -> Article | None:
        """Return a record; None if it broke the schema of today, so that nothing can be said of it."""
        text = self.store.text(name) if name else None
        try:
            return parse_record(text, "") if text is not None else None
        except RecordError:
            return None
