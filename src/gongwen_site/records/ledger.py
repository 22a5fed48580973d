"""The ledger of a dump, `articles/dumps/<dump>.yaml`: what became of every non-blank line, and what is doubtful.

Nothing is lost: `unaccounted` is empty for every ledger that `load` writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from yaml.nodes import Node

from gongwen_site.errors import Location, RecordError, error
from gongwen_site.records import yaml_text as y
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


def render_ledger(ledger: Ledger) -> str:
    """Return the ledger file: one line of text for each line of the dump."""
    out = [
        f"dump: {y.scalar(ledger.dump)}",
        f"sha256: {y.scalar(ledger.sha256)}",
        f"encoding: {y.scalar(ledger.encoding)}",
    ]
    if ledger.fix:
        out.append(f"fix: {y.scalar(ledger.fix)}")
    out.append("lines:" if ledger.lines else "lines: []")
    for line in ledger.lines:
        rest: dict[str, str | int | None] = {
            "rule": line.rule,
            "article": line.article,
            "joins": line.joins,
            "repeats": line.repeats,
        }
        rest["note"] = line.note
        out.append(
            f"  - {{lines: [{line.first}, {line.last}], roles: {y.flow_list(line.roles)}, {y.flow_map(rest)[1:]}"
        )
    if ledger.articles:
        out.append("articles:")
        out += [f"  - {y.flow_map({'id': article.id, 'words': article.words})}" for article in ledger.articles]
    if ledger.doubts:
        out.append("doubts:")
        for doubt in ledger.doubts:
            head = {"article": doubt.article, "code": doubt.code, "line": doubt.line}
            params = f", params: {y.flow_map(doubt.params)}" if doubt.params else ""
            out.append(f"  - {y.flow_map(head)[:-1]}{params}}}")
    return "\n".join(out) + "\n"


def parse_ledger(text: str, file: str) -> Ledger:
    """Return the ledger that a file holds. Raises `RecordError`."""
    readers = {
        "dump": y.inner_path_of,
        "sha256": y.text_of,
        "encoding": y.text_of,
        "fix": y.text_of,
        "lines": lambda node, key: tuple(_line(item, key) for item in y.items(node, key)),
        "articles": lambda node, key: tuple(
            LedgerArticle(**y.fields_of(item, key, {"id": y.text_of, "words": y.text_of}))
            for item in y.items(node, key)
        ),
        "doubts": lambda node, key: tuple(_doubt(item, key) for item in y.items(node, key)),
    }
    try:
        node = y.compose(text)
        if node is None:
            raise y.Problem(1, "yaml-not-mapping")
        return Ledger(**y.fields_of(node, "ledger", readers))
    except y.Problem as problem:
        raise RecordError(error(problem.code, Location(file=file, line=problem.line), **problem.params)) from problem
    except (TypeError, ValueError) as failure:
        raise RecordError(error("ledger-damaged", Location(file=file, line=1))) from failure


def _line(node: Node, key: str) -> LedgerLine:
    values = y.fields_of(
        node,
        key,
        {
            "lines": lambda n, k: tuple(y.number_of(item, k) for item in y.items(n, k)),
            "roles": lambda n, k: tuple(Role(text) for text in y.texts_of(n, k)),
            "rule": y.text_of,
            "article": y.text_of,
            "joins": y.number_of,
            "repeats": y.number_of,
            "note": y.text_of,
        },
    )
    first, last = values.pop("lines")
    return LedgerLine(first=first, last=last, **values)


def _doubt(node: Node, key: str) -> LedgerDoubt:
    return LedgerDoubt(
        **y.fields_of(
            node,
            key,
            {
                "article": y.text_of,
                "code": y.text_of,
                "line": y.number_of,
                "params": lambda n, k: {name: y.text_of(value, k) for name, _, value in y.pairs(n, k)},
            },
        )
    )
