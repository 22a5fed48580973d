"""A dump read through before anything of it is taken in: what its lines become, and what its drafts are known by."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gongwen_site.errors import Diagnostic
from gongwen_site.records.identity import Trace, traces_of, words_of_draft
from gongwen_site.records.reading import Reading, Role, Seed


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A dump that is read part by part, as often as it is wanted: `parts` opens it anew, and never yields none."""

    seed: Seed
    parts: Callable[[], Iterable[Reading]]

    def words_of(self, indices: Collection[int]) -> Iterator[tuple[int, str]]:
        """Yield the words of some drafts, each with the draft's index."""
        wanted = frozenset(indices)
        drafts = (draft for part in self.parts() for draft in part.drafts)
        return ((index, words_of_draft(draft)) for index, draft in enumerate(drafts) if index in wanted)


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

    def count(self, lines: Sequence[str], fates: Iterable[_Fate], *, first: int = 1) -> None:
        """Count some lines, of which `first` is the number of the first. A fate may go on in the lines counted next."""
        printed = [bool(line.strip()) for line in lines]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a dump was found to be: `traces` has one for each draft, or none at all where they were not asked for."""

    tally: Tally
    drafts: int
    traces: tuple[Trace, ...]
    diagnostics: tuple[Diagnostic, ...]


def survey(dump: Dump, *, with_traces: bool) -> Survey:
    """Read a dump through."""
    tally, drafts = Tally(), 0
    traces: list[Trace] = []
    diagnostics: list[Diagnostic] = []
    for part in dump.parts():
        tally.count(part.lines, part.line_roles, first=part.first)
        drafts += len(part.drafts)
        diagnostics += part.diagnostics
        if with_traces:
            traces += traces_of(part)
    return Survey(tally=tally, drafts=drafts, traces=tuple(traces), diagnostics=tuple(diagnostics))
