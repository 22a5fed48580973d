"""Answers narrowed by region, topic, newspaper and date, and counted by them. Twin: `static/js/search/filters.js`.

A test is made of a filter once; a document's facts then pass it or not. What each choice would leave is counted with all
filters but its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongwen_site.search.columns import Facts, date_number
from gongwen_site.search.names import above

UNKNOWN = "unknown"
"""The value of a filter that asks for articles of which nothing is known."""

MOST_MONTHS = 12
"""How many months are listed; of more, the years are."""

FACETS = ("month", "region", "topic", "paper")

Test = Callable[[Facts], bool]


class Tree:
    """The names of a catalogue with what lies within what."""

    def __init__(self, catalogue: Mapping[str, Any]) -> None:
        self.names: dict[str, list[str]] = {
            kind: [row[0] for row in catalogue[listed]]
            for kind, listed in (("region", "regions"), ("topic", "topics"), ("paper", "papers"))
        }
        place = {path: at for at, path in enumerate(self.names["region"])}
        regions = [(*(place[up] for up in above(path) if up in place), at) for path, at in place.items()]
        parents = catalogue["broader"]
        topics = [_chain(at, parents) for at in range(len(parents))]
        self.chains: dict[str, list[tuple[int, ...]]] = {
            "region": regions,
            "topic": topics,
            "paper": [(at,) for at in range(len(self.names["paper"]))],
        }
        """Of each name the places of those above it, the widest first, and its own last."""

    def within(self, kind: str, places: Iterable[int]) -> frozenset[int]:
        """Return the places of the names that lie within those at `places`, themselves included."""
        wanted = set(places)
        return frozenset(chain[-1] for chain in self.chains[kind] if not wanted.isdisjoint(chain))


def _chain(at: int, parents: Sequence[int]) -> tuple[int, ...]:
    chain = [at]
    while parents[chain[0]] >= 0 and parents[chain[0]] not in chain:
        chain.insert(0, parents[chain[0]])
    return tuple(chain)


def places_of(facts: Facts, kind: str) -> tuple[int, ...]:
    """Return the places in the catalogue of a document's names of a kind."""
    if kind == "paper":
        return () if facts.paper is None else (facts.paper,)
    return facts.regions if kind == "region" else facts.topics


def name_test(kind: str, places: frozenset[int], *, excluded: bool = False) -> Test:
    """Return whether a document has one of the names at `places`, or, if excluded, none."""
    return lambda facts: places.isdisjoint(places_of(facts, kind)) is excluded


def unknown_test(kind: str) -> Test:
    """Return whether nothing of a kind is known of a document."""
    return lambda facts: not places_of(facts, kind)


def date_test(first: str, last: str, *, excluded: bool = False) -> Test:
    """Return whether a document's date may lie from `first` to `last`, either of which may be empty or known in part."""
    low = date_number(first)
    high = latest(date_number(last)) if last else 0

    def test(facts: Facts) -> bool:
        lies = facts.date > 0 and latest(facts.date) >= low and (not high or facts.date <= high)
        return lies is not excluded

    return test


def latest(date: int) -> int:
    """Return the last day that a date known in part may be, as a number."""
    months, day = divmod(date, 32)
    return date + (0 if day else 31) + (0 if months % 13 else 12 * 32)


def state_tests(state: Any, tree: Tree) -> dict[str, Test]:
    """Return the tests of a page's address, by facet."""
    tests = {}
    for kind in ("region", "topic", "paper"):
        value = getattr(state, kind)
        if value == UNKNOWN:
            tests[kind] = unknown_test(kind)
        elif value:
            named = [place for place, name in enumerate(tree.names[kind]) if name == value]
            tests[kind] = name_test(kind, tree.within(kind, named))
    if state.since or state.until:
        tests["month"] = date_test(state.since, state.until)
    return tests


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many documents there are of each name, and of each month or year.

    A name is given by its place in the catalogue, −1 if unknown; a month or year that is unknown is "". `dates` counts
    the months and years of what all filters leave.
    """

    month: Counter[str] = field(default_factory=Counter)
    region: Counter[int] = field(default_factory=Counter)
    topic: Counter[int] = field(default_factory=Counter)
    paper: Counter[int] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)


def tally(found: Iterable[Facts], tests: Mapping[str, Test], tree: Tree) -> Tallies:
    """Return the tallies of documents: for each facet, of those that pass all tests but its own."""
    tallies = Tallies()
    for facts in found:
        failed = [facet for facet, test in tests.items() if not test(facts)]
        if len(failed) > 1:
            continue
        month = month_of(facts.date)
        if not failed:
            tallies.dates[month] += 1
        if not failed or failed == ["month"]:
            tallies.month[month] += 1
        for kind in ("region", "topic", "paper"):
            if not failed or failed == [kind]:
                chains = tree.chains[kind]
                named = {place for own in places_of(facts, kind) for place in chains[own]}
                getattr(tallies, kind).update(named or {-1})
    return tallies


def catalogue_tallies(catalogue: Mapping[str, Any]) -> Tallies:
    """Return the tallies of the whole archive."""
    months = Counter(dict(catalogue["months"]))
    counts = {
        kind: Counter({place: row[1] for place, row in enumerate(catalogue[listed])} | {-1: unknown})
        for (kind, listed), unknown in zip(
            (("region", "regions"), ("topic", "topics"), ("paper", "papers")), catalogue["unknown"], strict=True
        )
    }
    return Tallies(month=months, dates=months, **counts)


def month_of(date: int) -> str:
    """Return YYYY-MM, or YYYY where no more is known, or "", of a date's number."""
    year, month = divmod(date // 32, 13)
    return (f"{year:04}-{month:02}" if month else f"{year:04}") if date else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter with how many documents it would leave. `without`: the value that takes it away."""

    value: str
    name: str
    count: int
    chosen: bool = False
    without: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What each filter offers; `span` the first and last month or year of the answer."""

    month: tuple[Choice, ...]
    region: tuple[Choice, ...]
    topic: tuple[Choice, ...]
    paper: tuple[Choice, ...]
    span: tuple[str, str] | None


def choices(tallies: Tallies, state: Any, tree: Tree) -> Counts:
    """Return what each filter offers beside a state of the page."""
    dates = sorted(month for month, count in tallies.dates.items() if month and count)
    return Counts(
        month=_months(tallies.month, state),
        region=_nested(tallies.region, state.region, "region", tree),
        topic=_nested(tallies.topic, state.topic, "topic", tree),
        paper=_nested(tallies.paper, state.paper, "paper", tree),
        span=(dates[0], dates[-1]) if dates else None,
    )


def _months(counts: Counter[str], state: Any) -> tuple[Choice, ...]:
    """Return months, newest first; years where there are many."""
    known = Counter({month: count for month, count in counts.items() if month and count})
    if len(known) > MOST_MONTHS:
        years: Counter[str] = Counter()
        for month, count in known.items():
            years[month[:4]] += count
        known = years
    chosen = state.since if state.since == state.until else ""
    return tuple(
        Choice(value=month, name=month, count=known[month], chosen=month == chosen)
        for month in sorted(known, reverse=True)
    )


def _nested(counts: Counter[int], chosen: str, kind: str, tree: Tree) -> tuple[Choice, ...]:
    """Return the chosen name with those above it, then those within it; of topics and newspapers also the others."""
    names, chains = tree.names[kind], tree.chains[kind]

    def shown(name: str) -> str:
        return name.rpartition("/")[2] if kind == "region" else name

    place = names.index(chosen) if chosen in names else None
    chain = chains[place] if place is not None else ()
    path = [
        Choice(
            value=names[at],
            name=shown(names[at]),
            count=counts[at],
            chosen=True,
            without=names[chain[depth - 1]] if depth else "",
        )
        for depth, at in enumerate(chain)
    ]
    if chosen and place is None:
        count = counts[-1] if chosen == UNKNOWN else 0
        path = [Choice(value=chosen, name=shown(chosen), count=count, chosen=True)]
    below = [at for at in range(len(names)) if len(chains[at]) > 1 and chains[at][-2] == place and counts[at]]
    top = [at for at in range(len(names)) if len(chains[at]) == 1 and at not in chain and counts[at]]
    beside = top if kind != "region" or not chosen or place is None else []

    def listed(places: Iterable[int]) -> list[Choice]:
        ordered = sorted(places, key=lambda at: (-counts[at], at))
        return [Choice(value=names[at], name=shown(names[at]), count=counts[at]) for at in ordered]

    unknown = counts[-1] and chosen != UNKNOWN and (kind != "region" or not chosen)
    rest = [Choice(value=UNKNOWN, name=UNKNOWN, count=counts[-1])] if unknown else []
    return (*path, *listed(below), *listed(beside), *rest)
