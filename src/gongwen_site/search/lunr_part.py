"""A small Lunr index of some terms and some documents, put together from the files and asked. Twin: `lunr-part.js`.

It gives the scores that one whole index would: a posting's weight depends on no other posting, and a score on none but
the query's terms.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from lunr.index import Index
from lunr.query import Clause as LunrClause
from lunr.query import Query

from gongwen_site.search.format import LUNR_VERSION, utf16
from gongwen_site.search.postings import Clause, Postings
from gongwen_site.search.shards import bits

WILDCARD = Query.WILDCARD


def part(postings: Postings, terms: Iterable[str], numbers: Iterable[int]) -> Index:
    """Return a Lunr index of prepared terms in documents whose bodies' lengths are known, all fields of each."""
    ranked = sorted({term for term in terms if postings.has(term)}, key=utf16)
    wanted = dict.fromkeys(sorted(numbers))
    vectors: dict[tuple[int, int], list[float]] = {
        (number, field): [] for number in wanted for field in range(len(postings.fields))
    }
    inverted: list[tuple[str, dict[str, Any]]] = []
    for rank, term in enumerate(ranked):
        posting: dict[str, Any] = {"_index": rank, **{field: {} for field in postings.fields}}
        weigh = postings.weigher(term)
        for number, mask, counts, lengths in postings.postings(term):
            if number in wanted:
                for field, count, length in zip(bits(mask), counts, lengths, strict=True):
                    posting[postings.fields[field]][str(number)] = {}
                    vectors[number, field] += (rank, weigh(number, field, count, length))
        inverted.append((term, posting))
    return Index.load(
        {
            "version": LUNR_VERSION,
            "fields": list(postings.fields),
            "fieldVectors": [
                [f"{postings.fields[field]}/{number}", vector] for (number, field), vector in vectors.items()
            ],
            "invertedIndex": sorted(inverted),  # lunr.py loads by code point only
            "pipeline": [],
        }
    )


def lunr_scores(postings: Postings, clauses: Sequence[Clause], numbers: Iterable[int]) -> Mapping[int, float]:
    """Return Lunr's scores, by number, of the documents that hold one of the terms in the fields that it is asked of."""
    clauses = [(term, fields) for term, fields in clauses if postings.has(term)]
    if not clauses:
        return {}
    index = part(postings, (term for term, _ in clauses), numbers)

    def ask(query: Query) -> None:
        for term, fields in clauses:
            query.term(term, fields=[postings.fields[field] for field in bits(fields)], use_pipeline=False)

    return {int(match["ref"]): match["score"] for match in index.query(callback=ask)}


def query(postings: Postings, clauses: Sequence[LunrClause]) -> list[tuple[int, float]]:
    """Return what a whole index would answer to Lunr's own clauses: numbers and scores, best first.

    A clause may be required or prohibited, boosted, of some fields, and end in a wildcard; no pipeline, no edit distance.
    Only of an archive that has the lengths of all bodies whole.
    """
    exact = [clause.term for clause in clauses if not clause.term.endswith(WILDCARD)]
    prefixes = [clause.term[: -len(WILDCARD)] for clause in clauses if clause.term.endswith(WILDCARD)]
    postings.prepare(exact, prefixes, sys.maxsize)
    terms = [*exact, *(term for prefix in prefixes for term in postings.starting_with(prefix)[0])]
    numbers = postings.all_numbers()
    postings.bodies.prepare_whole(numbers)
    found = part(postings, terms, numbers).query(callback=partial(_add, clauses))
    return [(int(match["ref"]), match["score"]) for match in found]


def _add(clauses: Iterable[LunrClause], query: Query) -> None:
    for clause in clauses:
        query.clause(clause)
