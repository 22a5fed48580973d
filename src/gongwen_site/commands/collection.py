"""articles/ to cards and ledger heads: files that are as they were are not read again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from gongwen_site.builder.cards import Card
from gongwen_site.builder.holdings import LedgerHead, digest_of
from gongwen_site.builder.stacks import Catalogued, Stacks
from gongwen_site.commands.memory import Memory, Stamp
from gongwen_site.commands.workforce import in_order
from gongwen_site.errors import Diagnostic, Location, RecordError, error
from gongwen_site.records.ledger import FOLDER as LEDGERS
from gongwen_site.records.ledger import LedgerDoubt

PART = 200
"""Records that are read as one task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What an articles folder holds: records and ledgers by path, in a fixed order."""

    records: Mapping[str, Catalogued]
    heads: Mapping[str, LedgerHead]

    def remembered(self, stamps: Mapping[str, Stamp]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the records and the ledgers as plain values, each with the stamp of its file."""
        records = {
            path: (tuple(stamps[path]), record.digest, tuple(record.card), record.excerpt)
            for path, record in self.records.items()
        }
        ledgers = {
            path: (
                tuple(stamps[path]),
                (head.dump, head.digest, head.sha256, head.encoding),
                tuple((d.article, d.code, d.line, tuple(d.params.items())) for d in head.doubts),
            )
            for path, head in self.heads.items()
        }
        return records, ledgers


def collect(
    stacks: Stacks, stamps: Mapping[str, Stamp], memory: Memory, executor: Executor | None, *, ahead: int
) -> Collection:
    """Return what the files of an articles folder hold, `stamps` by their paths. Raises `RecordError` with all that is wrong."""
    files = [path for path in stamps if path.endswith(".md")]
    known = {path: kept for path in files if (kept := _known(stacks, path, stamps[path], memory)) is not None}
    new = [path for path in files if path not in known]
    problems: list[Diagnostic] = []
    for found, wrong in _read(stacks, new, executor, ahead):
        known.update((record.card.file, record) for record in found)
        problems += wrong
    records = {path: known[path] for path in files if path in known}
    problems += _twice(stacks.folder, records)
    heads = {}
    for path in (path for path in stamps if path.startswith(f"{LEDGERS}/") and path.endswith(".yaml")):
        try:
            heads[path] = _head(stacks, path, stamps[path], memory)
        except RecordError as failure:
            problems += failure.diagnostics
    if problems:
        raise RecordError(problems)
    return Collection(records=records, heads=heads)


def read_part(stacks: Stacks, files: Sequence[str]) -> tuple[list[Catalogued], list[Diagnostic]]:
    """Read record files; return what a build keeps of them, and what is wrong with those that cannot be read."""
    found: list[Catalogued] = []
    problems: list[Diagnostic] = []
    for file in files:
        try:
            found.append(stacks.catalogue(file))
        except RecordError as failure:
            problems += failure.diagnostics
    return found, problems


def _read(
    stacks: Stacks, files: Sequence[str], executor: Executor | None, ahead: int
) -> Iterator[tuple[list[Catalogued], list[Diagnostic]]]:
    if executor is None or len(files) <= PART:
        yield read_part(stacks, files)
        return
    waiting = iter(files)
    parts = iter(lambda: tuple(islice(waiting, PART)), ())
    work: Callable[[Sequence[str]], tuple[list[Catalogued], list[Diagnostic]]] = partial(read_part, stacks)
    for _, result in in_order(executor, work, ((None, part) for part in parts), ahead=ahead):
        if result is not None:
            yield result


def _known(stacks: Stacks, path: str, stamp: Stamp, memory: Memory) -> Catalogued | None:
    """Return what is remembered of a record if its file is the same: by its stamp, or else by its bytes."""
    kept = memory.records.get(path)
    if kept is None:
        return None
    if not (stamp.time and kept[0] == stamp) and not _is_same(stacks.folder / path, kept[1]):
        return None
    return Catalogued(kept[1], Card._make(kept[2]), kept[3])


def _head(stacks: Stacks, path: str, stamp: Stamp, memory: Memory) -> LedgerHead:
    kept = memory.ledgers.get(path)
    if kept is None or not ((stamp.time and kept[0] == stamp) or _is_same(stacks.folder / path, kept[1][1])):
        return stacks.head(path)
    dump, digest, sha256, encoding = kept[1]
    doubts = tuple(
        LedgerDoubt(article=article, code=code, line=line, params=dict(params))
        for article, code, line, params in kept[2]
    )
    return LedgerHead(dump=dump, file=path, digest=digest, sha256=sha256, encoding=encoding, doubts=doubts)


def _is_same(file: Path, digest: bytes) -> bool:
    try:
        return digest_of(file.read_bytes()) == digest
    except OSError:
        return False


def _twice(folder: Path, records: Mapping[str, Catalogued]) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for path, record in records.items():
        other = first.setdefault(record.card.id, path)
        if other != path:
            yield error("id-twice", Location(file=str(folder / path)), id=record.card.id, other=other)
