"""The index as it is asked: terms, the documents that hold them, and what Lunr scores these. Twin: `static/js/search/postings.js`.

What a query needs is prepared first, so that the browser can fetch it; then it is asked as if it were all in memory.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from gongwen_site.search.columns import Bodies, Facets
from gongwen_site.search.format import BODY, FIELDS, PAGES, SHARDS, utf16
from gongwen_site.search.shards import Entry, Posting, bits, read_page, read_postings, read_shard
from gongwen_site.search.store import Store

PREFIX_SHARDS = 8
"""More shards than these are not fetched for all terms that start with something."""

_AFTER = "\uffff"
"""Comes after every term that starts with a prefix: it is no character."""

K1, B = 1.2, 0.75
"""Lunr's own parameters of BM25."""

ALL_FIELDS = (1 << len(FIELDS)) - 1

Clause = tuple[str, int]
"""A term and the fields that it is asked of, as bits in order of the manifest's fields."""

LengthOf = Callable[[int], int]
"""How long the body of a document is, in terms."""


class Postings:
    """An index asked for terms. Made by `open`. Every method raises GongwenError for a file missing or damaged."""

    def __init__(self, store: Store, manifest: dict[str, Any]) -> None:
        self.store = store
        self.manifest = manifest
        self.longest: int = manifest["longest"]
        self.total: int = manifest["total"]
        self.documents_count: int = manifest["documents"]
        self.fields: tuple[str, ...] = tuple(name for name, _, _ in manifest["fields"])
        self._pages = [(utf16(first), digest) for first, digest in manifest["pages"]]
        self._page_keys = [first for first, _ in self._pages]
        self._directories: dict[str, list[tuple[bytes, str]]] = {}
        self._entries: dict[str, Entry] = {}
        self._shards: dict[str, list[str]] = {}
        self._prefixes: dict[str, tuple[tuple[str, ...], bool]] = {}
        self._decoded: dict[str, list[Posting]] = {}
        self.bodies = Bodies(store, manifest)
        self.facets = Facets(store, manifest)

    @classmethod
    def open(cls, store: Store) -> "Postings":
        """Return the index of a store."""
        return cls(store, store.manifest())

    def prepare(self, terms: Iterable[str], prefixes: Iterable[str] = (), most: int = PREFIX_SHARDS) -> None:
        """Fetch the shards of `terms`, and those of all terms that start with one of `prefixes`, at most `most` each."""
        for term in terms:
            digest = self._shard_of(utf16(term))
            if digest:
                self._fetch(digest)
        for prefix in prefixes:
            if not self.starting_with(prefix)[1]:
                self._prefixes[prefix] = self._expand(prefix, most)

    def has(self, term: str) -> bool:
        """Return whether the index holds a term; False of one that was not prepared."""
        return term in self._entries

    def weight(self, word: str) -> int:
        """Return the weight of a word as jieba cut the archive; 0 if it never did, or if it was not prepared."""
        entry = self._entries.get(word)
        return entry.weight if entry else 0

    def starting_with(self, prefix: str) -> tuple[tuple[str, ...], bool]:
        """Return the terms that start with a prepared `prefix`, in UTF-16 order, and whether these are all.

        Where they stand in too many shards, they are the prefix itself if the index holds it, else none.
        """
        return self._prefixes.get(prefix, ((), False))

    def documents(self, term: str, fields: int = ALL_FIELDS) -> list[int]:
        """Return the numbers of the documents that hold a prepared term in one of `fields`, ascending."""
        return [number for number, mask, _, _ in self.postings(term) if mask & fields]

    def scores(self, clauses: Sequence[Clause], numbers: Sequence[int], length: LengthOf | None = None) -> list[float]:
        """Return Lunr's score of each of some documents, whose bodies' lengths are known, for prepared terms.

        `length` says otherwise how long their bodies are: the longer, the less the score.
        `clauses` ascend by term in UTF-16 order, each term once. The order in which fields are summed is Lunr's: that in
        which the terms first meet them.
        """
        wanted = set(numbers)
        asked = [0] * len(self.fields)
        dots: dict[int, dict[int, float]] = {number: {} for number in numbers}
        for term, fields in clauses:
            if not self.has(term):
                continue
            for field in bits(fields):
                asked[field] += 1
            weigh = self.weigher(term, length)
            for number, mask, counts, lengths in self.postings(term):
                if number in wanted and mask & fields:
                    dot = dots[number]
                    for field, count, told in zip(bits(mask), counts, lengths, strict=True):
                        if fields >> field & 1:
                            dot[field] = dot.get(field, 0) + weigh(number, field, count, told)
        magnitudes = [math.sqrt(count) for count in asked]
        return [_summed(dots[number], magnitudes) for number in numbers]

    def all_numbers(self) -> list[int]:
        """Return the numbers of all documents, ascending."""
        return self.facets.all_numbers()

    def postings(self, term: str) -> list[Posting]:
        """Return the documents that hold a prepared term, ascending by number."""
        if term not in self._decoded:
            entry = self._entries.get(term)
            self._decoded[term] = list(read_postings(entry.postings)) if entry else []
        return self._decoded[term]

    def weigher(self, term: str, length: LengthOf | None = None) -> Callable[[int, int, int, int], float]:
        """Return what gives a prepared term's weight in a Lunr index, in Lunr's order of operations.

        It is a function of a document's number, a field, how often the field holds the term, and how long the posting says
        that the field is.
        """
        pairs = sum(posting.mask.bit_count() for posting in self.postings(term))
        total = self.documents_count
        idf = math.log(1 + abs((total - pairs + 0.5) / (pairs + 0.5)))
        length_of: LengthOf = length or self.bodies.length
        fields: list[tuple[int, float]] = [(boost, length / total) for _, boost, length in self.manifest["fields"]]

        def weigh(number: int, field: int, count: int, told: int) -> float:
            boost, average = fields[field]
            size = length_of(number) if field == BODY else told
            score = idf * ((K1 + 1) * count) / (K1 * (1 - B + B * (size / average)) + count)
            return math.floor(score * boost * 1000 + 0.5) / 1000

        return weigh

    def _expand(self, prefix: str, most: int) -> tuple[tuple[str, ...], bool]:
        digests = []
        for digest in self._shards_from(utf16(prefix), utf16(prefix + _AFTER)):
            digests.append(digest)
            if len(digests) > most:
                return ((prefix,) if self._fetched(prefix) else ()), False
        return tuple(term for digest in digests for term in self._fetch(digest) if term.startswith(prefix)), True

    def _fetched(self, term: str) -> bool:
        self.prepare([term])
        return self.has(term)

    def _shard_of(self, key: bytes) -> str | None:
        """Return the digest of the shard that a term is in if the index holds it."""
        return next(self._shards_from(key, key), None)

    def _shards_from(self, first: bytes, last: bytes) -> Iterator[str]:
        """Yield the digests of the shards that may hold a term from `first` to `last`."""
        start = max(bisect_right(self._page_keys, first) - 1, 0)
        for page_first, digest in self._pages[start:]:
            if page_first > last:
                return
            entries = self._directory(digest)
            at = max(bisect_right(entries, first, key=lambda entry: entry[0]) - 1, 0)
            for key, shard in entries[at:]:
                if key > last:
                    return
                yield shard

    def _directory(self, digest: str) -> list[tuple[bytes, str]]:
        if digest not in self._directories:
            page = self.store.decoded(f"{PAGES}/{digest}.bin", read_page)
            self._directories[digest] = [(utf16(term), shard) for term, shard in page]
        return self._directories[digest]

    def _fetch(self, digest: str) -> list[str]:
        """Return the terms of a shard, its entries taken in."""
        if digest not in self._shards:
            entries = self.store.decoded(f"{SHARDS}/{digest}.bin", read_shard)
            self._shards[digest] = [entry.term for entry in entries]
            self._entries.update((entry.term, entry) for entry in entries)
        return self._shards[digest]


def _summed(dots: dict[int, float], magnitudes: list[float]) -> float:
    # Not `sum`, which from Python 3.12 on rounds less than Lunr does.
    score = 0.0
    for field, dot in dots.items():
        score += dot / magnitudes[field]
    return score
