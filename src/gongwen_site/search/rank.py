"""A plan to documents in order. Twin: `static/js/search/rank.js`.

Three tiers, each before the next: the pieces as typed; all of their words; any of them. Within a tier the order is
Lunr's score, then the document number. The tiers are ours, the score is Lunr's.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongwen_site.search.plan import Group, Phrase, Plan
from gongwen_site.search.postings import Postings

EXACT, WORDS, ANY = 1, 2, 3

CHECKED = 20
"""How many of the best documents have their text looked through for the pieces as typed: a page of results."""
CHECKED_QUOTES = 100
"""How many have it looked through for what stood in quotes; further ones are taken on the evidence of their terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One document of a result, with Lunr's score and the tier that it was found in."""

    number: int
    score: float
    tier: int


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


def in_order(tiers: Mapping[int, int], plan: Plan, postings: Postings) -> list[Ranked]:
    """Return documents by tier, then score, then number."""
    numbers = sorted(tiers)
    if plan.clauses:
        postings.prepare_lengths(numbers)
    scores = postings.scores(plan.clauses, numbers) if plan.clauses else [0.0] * len(numbers)
    found = [
        Ranked(number=number, score=score, tier=tiers[number]) for number, score in zip(numbers, scores, strict=True)
    ]
    return sorted(found, key=lambda ranked: (ranked.tier, -ranked.score, ranked.number))


def quoting(found: Sequence[Ranked], plan: Plan, holds: HoldsPhrases) -> list[Ranked]:
    """Return the documents whose text holds what stood in quotes, as far as texts are looked through."""
    if not plan.quoted_phrases:
        return list(found)
    return [
        ranked
        for place, ranked in enumerate(found)
        if place >= CHECKED_QUOTES or holds(ranked.number, plan.quoted_phrases)
    ]


def phrases_first(found: Sequence[Ranked], plan: Plan, holds: HoldsPhrases) -> list[Ranked]:
    """Return the documents with those first, of the first page, whose text holds the pieces as typed.

    Where fewer than half of them do, the next page is looked through too.
    """
    if not plan.phrases:
        return list(found)
    exact = [ranked for ranked in found[: 2 * CHECKED] if ranked.tier == EXACT]
    looked = [(ranked, holds(ranked.number, plan.phrases)) for ranked in exact[:CHECKED]]
    if sum(held for _, held in looked) < CHECKED // 2:
        looked += ((ranked, holds(ranked.number, plan.phrases)) for ranked in exact[CHECKED:])
    true = [ranked for ranked, held in looked if held]
    rest = [ranked for ranked, held in looked if not held]
    return [*true, *rest, *found[len(looked) :]]


def _holding(groups: Iterable[Group], postings: Postings) -> set[int]:
    """Return the documents that hold at least one term of every group."""
    found: set[int] | None = None
    for group in groups:
        here = {number for term in group.terms for number in postings.documents(term, group.fields)}
        found = here if found is None else found & here
        if not found:
            break
    return found or set()
