"""What a dump's lines became and what its drafts are known by, told part by part: enough to match them, and to miss none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gongwen_site.errors import Diagnostic
from gongwen_site.records.identity import Trace, traces_of
from gongwen_site.records.reading import LineRole, Reading, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is told of a reading, or of a part of one, without its words.

    `printed` says of each line, from the number `first` on, whether it has words; `traces` has one for each draft, or none
    at all where they were not asked for.
    """

    first: int
    printed: tuple[bool, ...]
    fates: tuple[LineRole, ...]
    drafts: int
    traces: tuple[Trace, ...]
    diagnostics: tuple[Diagnostic, ...]


def look_at(reading: Reading, *, with_traces: bool) -> Look:
    """Return what is told of a reading."""
    return Look(
        first=reading.first,
        printed=tuple(bool(line.strip()) for line in reading.lines),
        fates=reading.line_roles,
        drafts=len(reading.drafts),
        traces=traces_of(reading) if with_traces else (),
        diagnostics=reading.diagnostics,
    )


class _Fate(Protocol):
    """What became of the lines `first` to `last`, in a reading or in a ledger."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def roles(self) -> tuple[Role, ...]: ...


@dataclass(slots=True)
class Tally:
    """How many lines a dump has, how many with words, how many of each role; and the lines with words that have none."""

    lines: int = 0
    lines_with_words: int = 0
    roles: dict[str, int] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    _going_on: list[_Fate] = field(default_factory=list)

    def count(self, printed: Sequence[bool], fates: Iterable[_Fate], *, first: int = 1) -> None:
        """Count some lines, of which `first` is the number of the first. A fate may go on in the lines counted next."""
        last = first + len(printed) - 1
        left = list(printed)
        going_on = []
        for fate in (*self._going_on, *sorted(fates, key=lambda fate: (fate.first, fate.last))):
            place = slice(max(0, fate.first - first), max(0, fate.last - first + 1))
            for role in fate.roles:
                self.roles[role.value] = self.roles.get(role.value, 0) + sum(printed[place])
            left[place] = [False] * len(left[place])
            if fate.last > last:
                going_on.append(fate)
        self._going_on = going_on
        self.lines += len(printed)
        self.lines_with_words += sum(printed)
        self.lost += [number for number, is_left in enumerate(left, first) if is_left]


@dataclass(slots=True)
class Survey:
    """What was seen of a dump so far."""

    tally: Tally = field(default_factory=Tally)
    drafts: int = 0
    traces: list[Trace] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, look: Look) -> None:
        """Take in the next part."""
        self.tally.count(look.printed, look.fates, first=look.first)
        self.drafts += look.drafts
        self.traces += look.traces
        self.diagnostics += look.diagnostics
