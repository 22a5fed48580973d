"""A plan to documents in order. Twin: `static/js/search/rank.js`.

Three tiers, each before the next: the pieces as typed; all of their words; any of them. Within a tier the order is
Lunr's score, then the document number. The tiers are ours, the score is Lunr's.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gongwen_site.search.plan import Group, Phrase, Plan
from gongwen_site.search.postings import Postings

EXACT, WORDS, ANY = 1, 2, 3

PAGE_SIZE = 20
"""Documents on a page of results: so many of the best have their text looked through for the pieces as typed."""
MOST_LOOKED = 40
"""How many texts are read to settle which documents are the first page, where sizes alone do not."""
CHECKED_QUOTES = 100
"""How many have it looked through for what stood in quotes; further ones are taken on the evidence of their terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One document of a result, with Lunr's score and the tier that it was found in.

    `misses` is set of one whose text was looked through and does not hold the pieces as typed: it comes after those that do.
    """

    number: int
    score: float
    tier: int
    misses: bool = False

    @property
    def place(self) -> tuple[int, bool, float, int]:
        """What orders documents."""
        return (self.tier, self.misses, -self.score, self.number)


Tell = Callable[[Sequence[int]], None]
"""Makes known to the term how long the bodies of some documents are."""

HoldsPhrases = Callable[[int, Sequence[Phrase]], bool]
"""Whether a document's printed text holds phrases as they are."""


def find(plan: Plan, postings: Postings, everything: Iterable[int], *, loose: bool) -> dict[int, int]:
    """Return the documents that answer a plan, each with its tier. `everything` is read if the plan asks for nothing.

    Documents with only some of the words are left out unless none has them all, or unless `loose` asks for them.
    """
    refused = {number for groups in plan.refused for number in _holding(groups, postings)}
    if not plan.asks:
        return {number: EXACT for number in everything if number not in refused}
    quoted = _holding(plan.quoted, postings)
    if not plan.exact:
        return dict.fromkeys(quoted - refused, EXACT)

    def kept(numbers: set[int]) -> set[int]:
        return (numbers & quoted if plan.quoted else numbers) - refused

    by_word = [_holding(groups, postings) for groups in plan.words]
    tiers = dict.fromkeys(kept(set.intersection(*by_word)), WORDS) if by_word else {}
    tiers |= dict.fromkeys(kept(_holding(plan.exact, postings)), EXACT)
    if by_word and (loose or not tiers):
        held = Counter(number for holding in by_word for number in holding)
        some = {number for number, count in held.items() if count >= plan.least}
        tiers = dict.fromkeys(kept(some), ANY) | tiers
    return tiers


def in_order(
    tiers: Mapping[int, int], plan: Plan, postings: Postings, tell: Tell, *, deep: bool = False
) -> list[Ranked]:
    """Return documents by tier, then score, then number: the first page as Lunr has it, all pages if `deep` and affordable.

    By sizes a score is known within bounds. What may be on the first page by them is told to the term, if that is little
    (the bounds of Fagin, Lotem and Naor, Optimal aggregation algorithms for middleware, 2003). All else is put in order by
    the greatest scores. An answer of one page needs no sizes: its texts are read anyway.
    """
    numbers = sorted(tiers)
    if not plan.clauses or len(numbers) <= PAGE_SIZE:
        return _sorted(tiers, dict.fromkeys(numbers, 0.0))
    bodies = postings.bodies

    def whole() -> list[Ranked]:
        bodies.prepare_whole(numbers)
        return _sorted(tiers, dict(zip(numbers, postings.scores(plan.clauses, numbers), strict=True)))

    affordable = bodies.has_rests and not plan.common
    if deep and affordable:
        return whole()
    bodies.prepare(numbers)
    greatest = dict(zip(numbers, postings.scores(plan.clauses, numbers, bodies.least), strict=True))
    best = sorted(numbers, key=lambda number: (tiers[number], -greatest[number], number))[: MOST_LOOKED + 1]
    looked = sorted(best[:MOST_LOOKED])
    least = zip(looked, postings.scores(plan.clauses, looked, bodies.most), strict=True)
    bar = sorted((tiers[number], -score) for number, score in least)[PAGE_SIZE - 1]
    front = sorted(number for number in best if (tiers[number], -greatest[number]) <= bar)
    if plan.common or len(front) > MOST_LOOKED:
        return whole() if affordable else _sorted(tiers, greatest)
    tell(front)
    exact = dict(zip(front, postings.scores(plan.clauses, front), strict=True))
    first = _sorted({number: tiers[number] for number in front}, exact)[:PAGE_SIZE]
    shown = {ranked.number for ranked in first}
    return first + _sorted({number: tier for number, tier in tiers.items() if number not in shown}, greatest)


def _sorted(tiers: Mapping[int, int], scores: Mapping[int, float]) -> list[Ranked]:
    found = (Ranked(number=number, score=scores[number], tier=tier) for number, tier in tiers.items())
    return sorted(found, key=lambda ranked: ranked.place)


def quoting(found: Sequence[Ranked], plan: Plan, holds: HoldsPhrases) -> list[Ranked]:
    """Return the documents whose text holds what stood in quotes, as far as texts are looked through."""
    if not plan.quoted_phrases:
        return list(found)
    return [
        ranked
        for place, ranked in enumerate(found)
        if place >= CHECKED_QUOTES or holds(ranked.number, plan.quoted_phrases)
    ]


def misses_marked(found: Sequence[Ranked], plan: Plan, holds: HoldsPhrases) -> list[Ranked]:
    """Return the documents of a page, those of the first tier marked whose text does not hold the pieces as typed."""
    if not plan.phrases:
        return list(found)
    return [replace(ranked, misses=ranked.tier == EXACT and not holds(ranked.number, plan.phrases)) for ranked in found]


def _holding(groups: Iterable[Group], postings: Postings) -> set[int]:
    """Return the documents that hold at least one term of every group."""
    found: set[int] | None = None
    for group in groups:
        here = {number for term in group.terms for number in postings.documents(term, group.fields)}
        found = here if found is None else found & here
        if not found:
            break
    return found or set()
