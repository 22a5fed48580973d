"""A query to results, from the files of a built site. Twin: `static/js/search/query.js`.

The same plan, the same ranking and the same index as in the reader's browser: a test holds the answers equal.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gongwen_site.search.analyze import plain
from gongwen_site.search.format import read_json
from gongwen_site.search.plan import plan, read
from gongwen_site.search.postings import Postings
from gongwen_site.search.rank import Ranked, rank


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One article of an answer; `url` is relative to the site."""

    id: str
    score: float
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """An answer: the query as asked, how many articles answer it, and the best of them in order."""

    query: str
    total: int
    results: tuple[SearchResult, ...]


class SearchIndex:
    """The index of one site, opened once and asked often."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._postings = Postings(folder)

    def search(self, words: str, limit: int) -> SearchResults:
        """Return the best `limit` articles for a query, best first."""
        found = self.ranked(words)
        shown = [self._document(ranked.number) for ranked in found[:limit]]
        return SearchResults(
            query=words,
            total=len(found),
            results=tuple(
                SearchResult(id=row["id"], score=ranked.score, title=row["title"], url=row["url"])
                for ranked, row in zip(found, shown, strict=False)
            ),
        )

    def ranked(self, words: str) -> list[Ranked]:
        """Return all documents that answer a query, best first; every one for a blank query."""
        reading = read(words)
        if not reading.pieces and not reading.blank:
            return []
        return rank(plan(reading, self._postings), self._postings, self._numbers, self._holds)

    @cached_property
    def _numbers(self) -> list[int]:
        facets = self._read(self._postings.manifest["facets"])
        return [row[0] for row in facets["documents"]]

    @cached_property
    def _blocks(self) -> dict[str, dict[int, Any]]:
        return {}

    def _document(self, number: int) -> dict[str, Any]:
        key = str(number // self._postings.manifest["block_size"])
        if key not in self._blocks:
            rows = self._read(self._postings.manifest["blocks"][key])
            self._blocks[key] = {row["number"]: row for row in rows}
        row: dict[str, Any] = self._blocks[key][number]
        return row

    def _holds(self, number: int, phrases: tuple[str, ...]) -> bool:
        row = self._document(number)
        text = self._read(row["text"])
        printed = [
            *(row.get(key, "") for key in ("title", "standing_head", "kicker", "deck")),
            *row.get("byline", ()),
            *text["paragraphs"],
            *text["captions"],
        ]
        haystack = "\n".join(plain(part) for part in printed)
        return all(phrase in haystack for phrase in phrases)

    def _read(self, name: str) -> Any:
        return read_json(self._folder, name)


def search(folder: Path, words: str, limit: int) -> SearchResults:
    """Return the best `limit` articles for one query of the index in `folder`, which holds manifest.json."""
    return SearchIndex(folder).search(words, limit)
