"""The ledger of a dump, `articles/dumps/<dump>.yaml`: what became of every non-blank line, and what is doubtful.

Nothing is lost: `unaccounted` is empty for every ledger that `load` writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from gongwen_site.records.reading import Role

FOLDER = "dumps"
"""The folder of the ledgers, within the articles folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """The fate of the lines `first`..`last`. `note` is what a fix file says of them, such as why they are dropped."""

    first: int
    last: int
    roles: tuple[Role, ...]
    rule: str
    article: str | None = None
    joins: int | None = None
    repeats: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerArticle:
    """An article of the dump by the digest of the words that the rules read, whatever a person made of the record."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDoubt:
    """An open question about an article. `code` is a key of the wording's doubts."""

    article: str
    code: str
    line: int | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What became of one dump. `lines` is in the order of the dump; `fix` the SHA-256 of the fix file applied to it."""

    dump: str
    sha256: str
    encoding: str
    fix: str | None = None
    lines: tuple[LedgerLine, ...]
    articles: tuple[LedgerArticle, ...] = ()
    doubts: tuple[LedgerDoubt, ...] = ()

    def article_lines(self) -> dict[str, set[int]]:
        """Return the line numbers of every article in the dump."""
        found: dict[str, set[int]] = {}
        for line in self.lines:
            if line.article is not None:
                found.setdefault(line.article, set()).update(range(line.first, line.last + 1))
        return found

    def unaccounted(self, lines: Iterable[str]) -> list[int]:
        """Return the numbers of the non-blank lines of the dump that no entry covers."""
        covered = {number for line in self.lines for number in range(line.first, line.last + 1)}
        return [n for n, line in enumerate(lines, 1) if line.strip() and n not in covered]


def ledger_path(dump: str) -> PurePosixPath:
    """Return where the ledger of a dump lies, relative to the articles folder."""
    return PurePosixPath(FOLDER, f"{dump}.yaml")
