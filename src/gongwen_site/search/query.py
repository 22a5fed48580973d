"""A query to an answer, from the files of a built site. Twin: `static/js/search/query.js`.

The same reading, the same plan, the same ranking and the same index as in the reader's browser: a test holds the answers
equal.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from gongwen_site.search.analyze import plain
from gongwen_site.search.filters import (
    Counts,
    Test,
    Tree,
    catalogue_tallies,
    choices,
    date_test,
    name_test,
    state_tests,
    tally,
)
from gongwen_site.search.folding import Folding
from gongwen_site.search.lunr_part import lunr_scores
from gongwen_site.search.names import Names
from gongwen_site.search.plan import (
    Phrase,
    Plan,
    is_long,
    is_pasted,
    needs,
    plan,
    shortened,
    unknown,
    without_long_refusals,
)
from gongwen_site.search.postings import Postings
from gongwen_site.search.rank import ANY, EXACT, PAGE_SIZE, Ranked, find, in_order, misses_marked, quoting
from gongwen_site.search.reading import Kind, Note, Reading, read
from gongwen_site.search.store import Store
from gongwen_site.search.texts import Documents

_MOST_NAMES = 6
_PINYIN = re.compile(r"[a-z]{2,}")
_HEADINGS = ("title", "standing_head", "kicker", "deck")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is asked: the parts of the search page's address. `since` and `until` stand there as `from` and `to`."""

    q: str = ""
    region: str = ""
    topic: str = ""
    paper: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""
    match: str = ""
    literal: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of an answer.

    `cut` holds the words of each piece of the reading, `names` the names in the catalogue that each filter stands for.
    `partial`: no document has all words, so that `total` counts those with some. `page` is at most `pages`.
    """

    reading: Reading
    cut: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    total: int
    partial: bool
    ranked: tuple[Ranked, ...]
    page: int
    pages: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A query asked of the index, before any filter. `tiers` is None where it asks for every article."""

    reading: Reading
    plan: Plan
    names: tuple[tuple[str, ...], ...]
    tests: tuple[Test, ...]
    tiers: Mapping[int, int] | None


class SearchIndex:
    """The index of one site, opened once and asked often. Every method raises GongwenError for a file missing or damaged."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._postings = Postings.open(self._store)
        self._documents = Documents(self._store)
        fields = self._postings.fields
        every = (1 << len(fields)) - 1
        self._masks = {
            "": every,
            "printed": every & ~self._mask("facet"),
            "title": self._mask("title") | self._mask("deck"),
            "author": self._mask("byline"),
        }
        self._kept: dict[tuple[str, ...], _Asked] = {}

    def search(self, words: str, limit: int) -> SearchResults:
        """Return the best `limit` articles for a query, best first."""
        state = State(q=words)
        asked = self._ask(state)
        found, _ = self._ranked(asked, state, deep=limit > PAGE_SIZE)
        pages = range(1, _pages(min(limit, len(found))) + 1)
        shown = [ranked for page in pages for ranked in self._page(found, asked, state, page)][:limit]
        texts = [self._documents.text(ranked.number) for ranked in shown]
        return SearchResults(
            query=words,
            total=len(found),
            results=tuple(
                SearchResult(id=text["id"], score=ranked.score, title=text["title"], url=f"a/{text['id']}/")
                for ranked, text in zip(shown, texts, strict=True)
            ),
        )

    def reading(self, words: str) -> Reading:
        """Return how a query is read: its pieces and filters, and what of it was not read as typed."""
        return self._ask(State(q=words)).reading

    def ask(self, state: State) -> Found:
        """Return the page of the answer that a state asks for."""
        asked = self._ask(state)
        if asked.tiers is None and not asked.tests and self._is_front(state):
            newest = self._catalogue["newest"][:PAGE_SIZE]
            ranked = tuple(Ranked(number=number, score=0.0, tier=EXACT) for number in newest)
            total, page, pages = self._postings.documents_count, 1, _pages(self._postings.documents_count)
        else:
            found, _ = self._ranked(asked, state, deep=state.page > 1)
            total, pages = len(found), _pages(len(found))
            page = max(1, min(state.page, pages))
            ranked = tuple(self._page(found, asked, state, page))
        return Found(
            reading=asked.reading,
            cut=asked.plan.cut,
            names=asked.names,
            total=total,
            partial=state.match != "any" and total > 0 and self._is_partial(asked),
            ranked=ranked,
            page=page,
            pages=pages,
        )

    def counts(self, state: State) -> Counts:
        """Return what each filter offers, counted over the whole answer to a state."""
        asked = self._ask(state)
        tests = state_tests(state, self._tree)
        if asked.tiers is None and not asked.tests and not tests:
            return choices(catalogue_tallies(self._catalogue), state, self._tree)
        _, refuted = self._ranked(asked, state)
        numbers = self._passing(sorted(set(self._numbers(asked)) - refuted), asked.tests)
        facets = self._postings.facets
        facets.prepare(numbers)
        return choices(tally(map(facets.of, numbers), tests, self._tree), state, self._tree)

    def _ask(self, state: State) -> _Asked:
        key = (state.q, state.match, state.literal)
        if key not in self._kept:
            self._kept = {key: self._put(state)}
        return self._kept[key]

    def _put(self, state: State) -> _Asked:
        reading = without_long_refusals(read(state.q))
        if is_long(reading):
            found = self._asked(reading, state, sample=True)
            if self._is_whole(found):
                return found
            if is_pasted(reading):
                return _not_whole(found)
            reading = shortened(reading)
        return self._asked(reading, state)

    def _asked(self, reading: Reading, state: State, *, sample: bool = False) -> _Asked:
        reading = self._prepared(reading, sample=sample)
        if not sample and not state.literal:
            reading = self._spelt(reading)
        made = plan(reading, self._postings, self._masks, sample=sample)
        reading, names, tests = self._filters(reading)
        notes = [*reading.notes, *(Note(code="too-common", typed=term) for term in made.common)]
        tiers: Mapping[int, int] | None
        if not reading.pieces:
            tiers = None if reading.blank or reading.filters else {}
        else:
            everything = () if made.asks else self._postings.all_numbers()
            tiers = find(made, self._postings, everything, loose=state.match == "any")
        reading = replace(reading, notes=tuple(notes))
        return _Asked(reading=reading, plan=made, names=names, tests=tests, tiers=tiers)

    def _is_whole(self, found: _Asked) -> bool:
        """Return whether a document that holds the sample of a long query holds the pieces as typed."""
        exact = {number: tier for number, tier in (found.tiers or {}).items() if tier == EXACT}
        best = in_order(exact, found.plan, self._postings, self._tell)[:PAGE_SIZE]
        return any(self._holds(ranked.number, found.plan.phrases) for ranked in best)

    def _prepared(self, reading: Reading, *, sample: bool) -> Reading:
        """Return a reading whose terms are fetched, its traditional characters made simplified if the index lacks them."""
        self._fetch(reading, sample=sample)
        if not unknown(reading, self._postings, sample=sample):
            return reading
        pieces = (replace(piece, runs=tuple(map(self._folding.fold, piece.runs))) for piece in reading.pieces)
        folded = replace(reading, pieces=tuple(pieces))
        if folded != reading:
            self._fetch(folded, sample=sample)
        return folded

    def _fetch(self, reading: Reading, *, sample: bool = False) -> None:
        asked = needs(reading, self._postings.longest, sample=sample)
        self._postings.prepare(asked.terms, asked.prefixes)

    def _spelt(self, reading: Reading) -> Reading:
        """Return a reading in which pinyin that the index does not hold stands for the name that it spells."""
        spelt = {
            piece.runs[0]: self._names.spelt(piece.runs[0])
            for piece in reading.pieces
            if piece.kind is Kind.WORDS
            and not piece.field
            and len(piece.runs) == 1
            and _PINYIN.fullmatch(piece.runs[0])
        }
        spelt = {run: found for run, found in spelt.items() if found[0]}
        if not spelt:
            return reading
        self._postings.prepare((), spelt)
        pieces, notes = list(reading.pieces), list(reading.notes)
        for place, piece in enumerate(pieces):
            run = piece.runs[0]
            if piece.kind is not Kind.WORDS or piece.field or len(piece.runs) > 1 or run not in spelt:
                continue
            names, name = spelt[run]
            if self._postings.starting_with(run) == ((), True):
                pieces[place] = replace(piece, runs=(name,), prefix=False)
                notes.append(Note(code="pinyin", typed=piece.typed, read=name, names=names[:_MOST_NAMES]))
            else:
                notes.append(Note(code="names", typed=piece.typed, names=names[:_MOST_NAMES]))
        made = replace(reading, pieces=tuple(pieces), notes=tuple(notes))
        self._fetch(made)
        return made

    def _filters(self, reading: Reading) -> tuple[Reading, tuple[tuple[str, ...], ...], tuple[Test, ...]]:
        """Return a reading with notes of names that are unknown, the names of each filter, and its test."""
        notes = list(reading.notes)
        names: list[tuple[str, ...]] = []
        tests: list[Test] = []
        for asked in reading.filters:
            if asked.field == "date":
                names.append(())
                tests.append(date_test(asked.first, asked.last, excluded=asked.excluded))
                continue
            places = self._names.called(asked.field, asked.value) or self._folded_names.called(asked.field, asked.value)
            if not places:
                notes.append(Note(code="unknown-name", typed=asked.typed, field=asked.field))
            names.append(tuple(self._tree.names[asked.field][place] for place in places))
            tests.append(name_test(asked.field, self._tree.within(asked.field, places), excluded=asked.excluded))
        return replace(reading, notes=tuple(notes)), tuple(names), tuple(tests)

    def _numbers(self, asked: _Asked) -> Iterable[int]:
        return self._postings.all_numbers() if asked.tiers is None else asked.tiers

    def _ranked(self, asked: _Asked, state: State, *, deep: bool = False) -> tuple[list[Ranked], set[int]]:
        """Return all documents of an answer in the order asked for, and those that looking through their texts ruled out."""
        tests = (*asked.tests, *state_tests(state, self._tree).values()) if _is_filtered(state) else asked.tests
        tiers = asked.tiers
        numbers = self._passing(sorted(self._numbers(asked)), tests)
        chosen = {number: tiers[number] if tiers else EXACT for number in numbers}
        deep = deep and not asked.plan.quoted_phrases  # texts are looked through in one order, whatever the page
        candidates = in_order(chosen, asked.plan, self._postings, self._tell, deep=deep)
        found = quoting(candidates, asked.plan, self._holds)
        refuted = {ranked.number for ranked in candidates} - {ranked.number for ranked in found}
        if _is_by_date(asked, state):
            found = self._by_date(found, state.sort or "new")
        return found, refuted

    def _passing(self, numbers: Sequence[int], tests: Sequence[Test]) -> list[int]:
        if not tests:
            return list(numbers)
        facets = self._postings.facets
        facets.prepare(numbers)
        return [number for number in numbers if all(test(facets.of(number)) for test in tests)]

    def _by_date(self, found: Sequence[Ranked], sort: str) -> list[Ranked]:
        """Return documents by date; what has none comes last in either order."""
        facets = self._postings.facets
        facets.prepare(ranked.number for ranked in found)
        direction = -1 if sort == "new" else 1

        def place(ranked: Ranked) -> tuple[bool, int, int]:
            date = facets.of(ranked.number).date
            return (not date, direction * date, ranked.number)

        return sorted(found, key=place)

    def _page(self, found: Sequence[Ranked], asked: _Asked, state: State, page: int) -> list[Ranked]:
        """Return the documents of a page with the scores that a Lunr index of them gives, and in their order."""
        shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        self._tell([ranked.number for ranked in shown])
        scores = lunr_scores(self._postings, asked.plan.clauses, [ranked.number for ranked in shown])
        scored = [replace(ranked, score=scores.get(ranked.number, 0.0)) for ranked in shown]
        if _is_by_date(asked, state):
            return scored
        if page == 1:
            scored = misses_marked(scored, asked.plan, self._holds)
        return sorted(scored, key=lambda ranked: ranked.place)

    def _tell(self, numbers: Sequence[int]) -> None:
        """Take from their texts how long the bodies of documents are."""
        for number in numbers:
            self._postings.bodies.take(number, self._documents.text(number)["length"])

    def _is_partial(self, asked: _Asked) -> bool:
        return asked.tiers is not None and all(tier == ANY for tier in asked.tiers.values())

    def _is_front(self, state: State) -> bool:
        return state.page <= 1 and state.sort in {"", "new"} and not _is_filtered(state)

    def _holds(self, number: int, phrases: Sequence[Phrase]) -> bool:
        """Return whether the printed text of a document holds phrases; a term that is the phrase vouches for it."""
        looked = [p for p in phrases if not (p.term and number in self._postings.documents(p.term, p.fields))]
        if not looked:
            return True
        text = self._documents.text(number)
        headings = [text.get(key, "") for key in _HEADINGS]
        byline = text.get("byline", ())
        printed = {
            "": [*headings, *byline, *text["paragraphs"], *text["captions"]],
            "title": headings,
            "author": byline,
        }
        return all(p.text in "\n".join(plain(part, self._printed) for part in printed[p.field]) for p in looked)

    def _mask(self, field: str) -> int:
        fields = self._postings.fields
        return 1 << fields.index(field) if field in fields else 0

    @cached_property
    def _catalogue(self) -> dict[str, Any]:
        found: dict[str, Any] = self._store.json(f"catalogue-{self._postings.manifest['catalogue']}.bin")
        return found

    @cached_property
    def _spelt_catalogue(self) -> dict[str, Any]:
        spelling = self._store.json(f"spelling-{self._postings.manifest['spelling']}.bin")
        spelt = {
            kind: [[*row, pinyin] for row, pinyin in zip(self._catalogue[kind], spelling[kind], strict=True)]
            for kind in ("regions", "papers")
        }
        return {**self._catalogue, **spelt}

    @cached_property
    def _tree(self) -> Tree:
        return Tree(self._catalogue)

    @cached_property
    def _names(self) -> Names:
        return Names(self._spelt_catalogue, str)

    @cached_property
    def _folded_names(self) -> Names:
        return Names(self._spelt_catalogue, self._folding.fold)

    @cached_property
    def _printed(self) -> Folding:
        """What the archive's own texts need."""
        return Folding(*self._postings.manifest["folded"])

    @cached_property
    def _folding(self) -> Folding:
        return Folding(*self._store.json(f"folding-{self._postings.manifest['folding']}.bin"))


def _not_whole(found: _Asked) -> _Asked:
    """Return what is found of a text pasted in that no document holds whole."""
    note = Note(code="not-whole", typed=found.reading.pieces[0].typed)
    reading = replace(found.reading, notes=(*found.reading.notes, note))
    return replace(found, reading=reading, tiers=dict.fromkeys(found.tiers or (), ANY))


def _is_by_date(asked: _Asked, state: State) -> bool:
    return bool(state.sort) or not asked.plan.asks


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE_SIZE))


def _is_filtered(state: State) -> bool:
    return bool(state.region or state.topic or state.paper or state.since or state.until)


def search(folder: Path, words: str, limit: int) -> SearchResults:
    """Return the best `limit` articles for one query of the index in `folder`, which holds manifest.json."""
    return SearchIndex(folder).search(words, limit)
