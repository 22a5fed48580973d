"""`gongwen explain`: every line of a dump, what it was taken for and why. Reads only; writes nothing."""

from dataclasses import dataclass
from pathlib import Path

from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.loader.read import read_dump
from gongwen_site.loader.seeds import read_seed_file
from gongwen_site.records.reading import Doubt, Reading
from gongwen_site.tagging.tag import tag_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """One line with words: `article` is its number within the dump, from 1, where it belongs to one."""

    number: int
    roles: tuple[str, ...]
    rule: str
    article: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A dump as it would be loaded: its lines, its articles' titles, and the doubts of each article."""

    dump: str
    lines: tuple[ExplainedLine, ...]
    titles: tuple[str, ...]
    doubts: tuple[tuple[int, Doubt], ...]
    diagnostics: tuple[Diagnostic, ...]


def explain(folders: Folders, dump: str) -> Explanation:
    """Explain a dump, named as a file or by its path within the seeds folder. Raises GongwenError if it is unreadable."""
    path = Path(dump) if Path(dump).is_file() else folders.seeds / dump
    if not path.is_file():
        raise GongwenError(error("dump-missing", Location(file=dump)))
    seeds = folders.seeds.resolve()
    inside = path.resolve().is_relative_to(seeds)
    seed = read_seed_file(path, path.resolve().relative_to(seeds).as_posix() if inside else path.name)
    if isinstance(seed, Diagnostic):
        raise GongwenError(seed)
    reading = read_dump(seed)
    vocabulary = folders.vocabulary()
    tags = tag_reading(reading, vocabulary, home=folders.home(vocabulary))
    doubts = [
        (number, doubt)
        for number, draft in enumerate(reading.drafts, 1)
        for doubt in (*draft.doubts, *tags[number - 1].doubts)
    ]
    return Explanation(
        dump=seed.path,
        lines=tuple(_lines(reading)),
        titles=tuple(draft.title.text for draft in reading.drafts),
        doubts=tuple(doubts),
        diagnostics=reading.diagnostics,
    )


def _lines(reading: Reading) -> list[ExplainedLine]:
    lines = reading.lines
    return [
        ExplainedLine(
            number=number,
            roles=tuple(role.value for role in found.roles),
            rule=found.rule,
            article=None if found.draft is None else found.draft + 1,
            text=lines[number - 1],
        )
        for found in sorted(reading.line_roles, key=lambda line: line.first)
        for number in range(found.first, found.last + 1)
        if number <= len(lines) and lines[number - 1].strip()
    ]
