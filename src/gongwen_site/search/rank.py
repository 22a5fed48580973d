"""A plan to documents in order. Twin: `static/js/search/rank.js`.

Three tiers, each before the next: the pieces as typed; all of their words; any of them. Within a tier the order is
Lunr's score, then the document number. The tiers are ours, the score is Lunr's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongwen_site.search.plan import Group, Plan
from gongwen_site.search.postings import Postings

EXACT, WORDS, ANY = 1, 2, 3

CHECKED = 20
"""How many of the best documents have their text looked through for the pieces as typed: a page of results."""
CHECKED_QUOTES = 200
"""How many have it looked through for what stood in quotes; further ones are taken on the evidence of their terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One document of a result, with Lunr's score and the tier that it was found in."""

    number: int
    score: float
    tier: int


HoldsPhrases = Callable[[int, tuple[str, ...]], bool]
"""Whether a document's printed text holds phrases as they are."""


def rank(
    plan: Plan, postings: Postings, everything: Iterable[int], holds: HoldsPhrases, *, loose: bool = False
) -> list[Ranked]:
    """Return the documents that answer a plan, best first.

    Documents with only some of the words are left out unless none has them all, or unless `loose` asks for them.
    """
    refused = {number for groups in plan.refused for number in _holding(groups, postings)}
    if not (plan.exact or plan.quoted):
        return [Ranked(number=number, score=0.0, tier=EXACT) for number in sorted(set(everything) - refused)]
    scores = {number: score for number, score in postings.score(plan.score).items() if number not in refused}
    if plan.quoted:
        scores = _quoting(scores, plan, postings, holds)
    tiers = _tiers(scores, plan, postings)
    found = [
        Ranked(number=number, score=score, tier=tiers[number]) for number, score in scores.items() if number in tiers
    ]
    if not loose and any(ranked.tier < ANY for ranked in found):
        found = [ranked for ranked in found if ranked.tier < ANY]
    found.sort(key=lambda ranked: (ranked.tier, -ranked.score, ranked.number))
    return _checked(found, plan.phrases, holds)


def _tiers(scores: Iterable[int], plan: Plan, postings: Postings) -> dict[int, int]:
    if not plan.exact:
        return dict.fromkeys(scores, EXACT)
    exact = _holding(plan.exact, postings)
    by_word = [_holding(groups, postings) for groups in plan.words]
    return {
        number: EXACT if number in exact else WORDS if all(number in holding for holding in by_word) else ANY
        for number in scores
        if any(number in holding for holding in by_word)
    }


def _quoting(scores: dict[int, float], plan: Plan, postings: Postings, holds: HoldsPhrases) -> dict[int, float]:
    holding = _holding(plan.quoted, postings, printed=True)
    candidates = sorted((number for number in scores if number in holding), key=lambda n: (-scores[n], n))
    kept = [
        number
        for place, number in enumerate(candidates)
        if not plan.quoted_phrases or place >= CHECKED_QUOTES or holds(number, plan.quoted_phrases)
    ]
    return {number: scores[number] for number in kept}


def _checked(found: list[Ranked], phrases: tuple[str, ...], holds: HoldsPhrases) -> list[Ranked]:
    if not phrases:
        return found
    looked = [ranked for ranked in found[:CHECKED] if ranked.tier == EXACT]
    true = [ranked for ranked in looked if holds(ranked.number, phrases)]
    return [*true, *(ranked for ranked in looked if ranked not in true), *found[len(looked) :]]


def _holding(groups: Iterable[Group], postings: Postings, *, printed: bool = False) -> set[int]:
    found: set[int] | None = None
    for group in groups:
        here = {number for term in group for number in postings.documents(term, printed=printed)}
        found = here if found is None else found & here
    return found or set()
