"""Where postings come from: the whole Lunr index, loaded at once. Twin: `static/js/search/postings.js`.

The plan and the ranking ask only these questions, so that an index laid out otherwise can answer them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from lunr.index import Index
from lunr.query import Query

from gongwen_site.search.format import read_json, read_manifest, utf16

LABELS = "facet"
"""The field of names that the record gives, which need not stand in the printed text."""


class Postings:
    """An index that is asked for terms. `longest` and `total` guide how a query is cut into words.

    Raises GongwenError if a file of it is missing or broken.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        loaded = read_json(folder, self.manifest["index"])
        serialized = loaded["lunr"]
        terms = [term for term, _ in serialized["invertedIndex"]]
        self.longest: int = self.manifest["longest"]
        self.total: int = self.manifest["total"]
        self._weights: dict[str, int] = dict(zip(terms, loaded["words"], strict=True))
        self._terms = terms  # in UTF-16 order
        self._keys = [utf16(term) for term in terms]
        serialized["invertedIndex"].sort(key=lambda pair: pair[0])  # lunr.py loads by code point only
        self._index: Index = Index.load(serialized)

    def has(self, term: str) -> bool:
        """Return whether the index holds a term."""
        return term in self._weights

    def weight(self, word: str) -> int:
        """Return the weight of a word as jieba cut the archive; 0 if it never did."""
        return self._weights.get(word, 0)

    def starting_with(self, prefix: str) -> list[str]:
        """Return the terms that start with `prefix`, in UTF-16 order."""
        first = bisect_left(self._keys, utf16(prefix))
        found = []
        for term in self._terms[first:]:
            if not term.startswith(prefix):
                break
            found.append(term)
        return found

    def documents(self, term: str, *, printed: bool = False) -> set[int]:
        """Return the numbers of the documents that hold a term; `printed` leaves out the field of labels."""
        if term not in self._weights:
            return set()
        posting = self._index.inverted_index[term]
        fields = (field for field in self._index.fields if not (printed and field == LABELS))
        return {int(ref) for field in fields for ref in posting[field]}

    def score(self, terms: Sequence[str]) -> dict[int, float]:
        """Return Lunr's score for every document that holds one of `terms`, all of which the index holds."""
        if not terms:
            return {}
        return {int(match["ref"]): match["score"] for match in self._index.query(callback=partial(_ask, terms))}


def _ask(terms: Iterable[str], query: Query) -> None:
    for term in terms:
        query.term(term, use_pipeline=False)
