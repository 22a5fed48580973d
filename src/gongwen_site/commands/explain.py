"""`gongwen explain`: every line of a dump, what it was taken for and why. Reads only; `--fix` alone writes a new file."""

from dataclasses import dataclass, replace
from pathlib import Path

from gongwen_site.commands.fix_draft import draft_fixes
from gongwen_site.commands.fixes import find_fix_files, read_with_fixes
from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, UsageError, error
from gongwen_site.loader.seeds import read_seed_file
from gongwen_site.records.article import LineRange
from gongwen_site.records.fixfile import SUFFIX
from gongwen_site.records.given import with_given
from gongwen_site.records.reading import Doubt, Reading, Tags
from gongwen_site.tagging.tag import tag_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """One line with words: `article` is its number within the dump, from 1, where it belongs to one."""

    number: int
    roles: tuple[str, ...]
    rule: str
    article: int | None
    text: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A dump as it would be loaded: its lines, its articles' titles and lines in reading order, the doubts of each article.

    `fix` is the fix file that corrects it.
    """

    dump: str
    sha256: str
    encoding: str
    fix: str | None
    lines: tuple[ExplainedLine, ...]
    titles: tuple[str, ...]
    ranges: tuple[tuple[LineRange, ...], ...]
    doubts: tuple[tuple[int, Doubt], ...]
    diagnostics: tuple[Diagnostic, ...]


def explain(folders: Folders, dump: str) -> Explanation:
    """Explain a dump, named as a file or by its path within the seeds folder. Raises GongwenError if it is unreadable."""
    read = reread(folders, dump)
    return Explanation(
        dump=read.reading.seed.path,
        sha256=read.reading.seed.sha256,
        encoding=read.reading.seed.encoding,
        fix=str(read.fix) if read.fix and read.reading.fix else None,
        lines=tuple(_lines(read.reading)),
        titles=tuple(draft.title.text for draft in read.reading.drafts),
        ranges=tuple(draft.lines for draft in read.reading.drafts),
        doubts=tuple(
            (number, doubt)
            for number, (draft, tags) in enumerate(zip(read.reading.drafts, read.tags, strict=True), 1)
            for doubt in (*draft.doubts, *tags.doubts)
        ),
        diagnostics=read.diagnostics,
    )


def only_article(found: Explanation, number: int) -> Explanation:
    """Return what is said of one article alone. Raises UsageError if the dump has none of that number."""
    if not 1 <= number <= len(found.titles):
        raise UsageError(error("article-number", Location(file=found.dump), number=number, count=len(found.titles)))
    return replace(
        found,
        lines=tuple(line for line in found.lines if line.article == number),
        doubts=tuple((owner, doubt) for owner, doubt in found.doubts if owner == number),
    )


def fix_draft(folders: Folders, dump: str) -> str:
    """Return a draft of a dump's fix file: an operation, commented out, for each of its doubts. Raises GongwenError."""
    read = reread(folders, dump)
    return draft_fixes(read.reading, read.tags)


def write_fix_draft(folders: Folders, dump: str) -> Path:
    """Write the draft beside the dump and return its path. Raises GongwenError if there is a fix file."""
    path = _path(folders, dump)
    target = path.with_name(path.name + SUFFIX)
    if target.exists():
        raise GongwenError(error("fix-exists", Location(file=str(target))))
    draft = fix_draft(folders, dump)
    beside = target.with_name(f".{target.name}.writing")
    beside.write_text(draft, encoding="utf-8", newline="\n")
    beside.rename(target)
    return target


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A dump as the next load would read it, `fix` the fix file that was found for it; nothing is written."""

    reading: Reading
    tags: tuple[Tags, ...]
    fix: Path | None
    diagnostics: tuple[Diagnostic, ...]


def _path(folders: Folders, dump: str) -> Path:
    path = Path(dump) if Path(dump).is_file() else folders.seeds / dump
    if not path.is_file():
        raise GongwenError(error("dump-missing", Location(file=dump)))
    return path


def reread(folders: Folders, dump: str) -> Reread:
    """Read and tag a dump, named as a file or by its path within the seeds folder. Raises GongwenError if it is unreadable."""
    path = _path(folders, dump)
    seeds = folders.seeds.resolve()
    inside = path.resolve().is_relative_to(seeds)
    seed = read_seed_file(path, path.resolve().relative_to(seeds).as_posix() if inside else path.name)
    if isinstance(seed, Diagnostic):
        raise GongwenError(seed)
    beside = path.with_name(path.name + SUFFIX)
    fix, said = find_fix_files(folders.seeds).of(seed) if inside else (beside if beside.is_file() else None, ())
    reading, problems = read_with_fixes(seed, fix)
    vocabulary = folders.vocabulary()
    tags = with_given(reading, tag_reading(reading, vocabulary, home=folders.home(vocabulary)))
    return Reread(reading=reading, tags=tags, fix=fix, diagnostics=(*said, *problems, *reading.diagnostics))


def _lines(reading: Reading) -> list[ExplainedLine]:
    lines = reading.lines
    return [
        ExplainedLine(
            number=number,
            roles=tuple(role.value for role in found.roles),
            rule=found.rule,
            article=None if found.draft is None else found.draft + 1,
            text=lines[number - 1],
            note=found.note,
        )
        for found in sorted(reading.line_roles, key=lambda line: line.first)
        for number in range(found.first, found.last + 1)
        if number <= len(lines) and lines[number - 1].strip()
    ]
