"""What `gongwen load` says, and the same as plain values, by which it is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongwen_site.commands.report import diagnostic_of, plain
from gongwen_site.errors import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpReport:
    """What became of one dump: its lines, those with words, and the articles by what happened to them."""

    dump: str
    lines: int
    lines_with_words: int
    articles: int
    created: int
    changed: int
    doubts: int
    roles: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What `load` did. `withdrawn` are the ids whose record a person had deleted since the last load."""

    dumps: tuple[DumpReport, ...]
    withdrawn: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    def remembered(self) -> tuple[Any, ...]:
        """Return the report as plain values, as a load would give it that found nothing new."""
        dumps = tuple(
            (dump.dump, dump.lines, dump.lines_with_words, dump.articles, dump.doubts, tuple(dump.roles.items()))
            for dump in self.dumps
        )
        return dumps, tuple(map(plain, self.diagnostics))

    @classmethod
    def recalled(cls, kept: tuple[Any, ...]) -> "LoadReport":
        """Return the report that was remembered, of dumps and records that are as they were."""
        dumps = tuple(
            DumpReport(
                dump=dump,
                lines=lines,
                lines_with_words=words,
                articles=articles,
                created=0,
                changed=0,
                doubts=doubts,
                roles=dict(roles),
            )
            for dump, lines, words, articles, doubts, roles in kept[0]
        )
        return cls(dumps=dumps, withdrawn=(), diagnostics=tuple(diagnostic_of(*told) for told in kept[1]))
