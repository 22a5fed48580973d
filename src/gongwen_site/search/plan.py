"""A reading to what is asked of the index. Twin: `static/js/search/plan.js`.

`needs` says which terms must be fetched before a reading can be planned; `plan` then cuts its Han runs into words by the
index's own vocabulary and says which terms a document must hold. Section 4 of `docs/search-format.md`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongwen_site.search.analyze import bigrams, is_han
from gongwen_site.search.format import utf16
from gongwen_site.search.postings import Postings
from gongwen_site.search.reading import Kind, Note, Piece, Reading

MOST_CHARACTERS = 24
"""Han characters and Latin words of a query that are all asked for; a longer one is asked for by a sample."""
SAMPLE = 12
"""How many terms of a longer query are asked for."""
MOST_READ = 48
"""A query of more characters is a text pasted in: where no document has it whole, those like it are given."""
NAME = 4
"""The length in characters up to which a run is taken for a name if its words do not cover it."""
_LEAST_WORD = 3
"""A word of fewer characters is a bigram, or a character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Terms of which a document must hold at least one, in one of the fields of a bit mask."""

    terms: tuple[str, ...]
    fields: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What is looked for in plain texts. `field` as of a piece; `term`: the same as one term, "" if there is none."""

    text: str
    field: str
    term: str
    fields: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of the index.

    `exact` are the groups of the pieces as typed, `words` those of each word in turn, `quoted` what every document must
    hold in its printed text, `refused` the groups of each excluded piece; `clauses` the terms by which Lunr ranks, each
    with its fields. `phrases` are looked for in the text itself, `quoted_phrases` among them without pardon. `cut` holds
    each piece's words, for the line that says how the query was read; `common` the terms that stand for all that start
    with them. A document of the last tier holds at least `least` of the words.
    """

    exact: tuple[Group, ...]
    words: tuple[tuple[Group, ...], ...]
    least: int
    quoted: tuple[Group, ...]
    refused: tuple[tuple[Group, ...], ...]
    clauses: tuple[tuple[str, int], ...]
    phrases: tuple[Phrase, ...]
    quoted_phrases: tuple[Phrase, ...]
    cut: tuple[tuple[str, ...], ...]
    common: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether a document must hold anything at all."""
        return bool(self.exact or self.quoted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What must be fetched: terms, and prefixes with the terms that start with them."""

    terms: tuple[str, ...]
    prefixes: tuple[str, ...]


def is_long(reading: Reading) -> bool:
    """Return whether a reading asks for more than is all asked for."""
    return _size(piece for piece in reading.pieces if piece.kind is not Kind.NOT) > MOST_CHARACTERS


def is_pasted(reading: Reading) -> bool:
    """Return whether a reading is a text pasted in, of which no beginning is read either."""
    return _size(piece for piece in reading.pieces if piece.kind is not Kind.NOT) > MOST_READ


def shortened(reading: Reading) -> Reading:
    """Return the beginning of a reading: its first 24 characters, and as many excluded ones; the rest is noted."""
    pieces, cut = _beginning(reading.pieces, lambda piece: piece.kind is not Kind.NOT)
    return _with_pieces(reading, pieces, cut)


def without_long_refusals(reading: Reading) -> Reading:
    """Return a reading whose excluded pieces have 24 characters together; what exceeds them is noted, not asked."""
    pieces, cut = _beginning(reading.pieces, lambda piece: piece.kind is Kind.NOT, whole=True)
    return _with_pieces(reading, pieces, cut)


def needs(reading: Reading, longest: int, *, sample: bool = False) -> Needs:
    """Return what `plan` will ask for; all of it can be fetched in one round."""
    terms: dict[str, None] = {}
    prefixes: dict[str, None] = {}
    for piece in reading.pieces:
        if sample and piece.kind is not Kind.NOT:
            continue
        for run, prefix in _runs(piece):
            if is_han(run) and len(run) > 1:
                terms.update(dict.fromkeys(bigrams(run)))
                terms.update(dict.fromkeys(_candidates(piece, run, longest)))
            elif prefix:
                prefixes[run] = None
            else:
                terms[run] = None
    if sample:
        terms.update(dict.fromkeys(term for group, _ in _sampled(reading, {}) for term in group.terms))
    return Needs(terms=tuple(terms), prefixes=tuple(prefixes))


def unknown(reading: Reading, postings: Postings, *, sample: bool = False) -> bool:
    """Return whether a query may hold traditional characters: a bigram that the index lacks, of characters unseen in others.

    The index holds no character that folding changes, so one that stands in some known term is no such character.
    """
    asked = needs(reading, 0, sample=sample)
    pairs = [term for term in asked.terms if is_han(term)]
    seen = {character for term in pairs if postings.has(term) for character in term}
    lone = [prefix for prefix in asked.prefixes if is_han(prefix) and not postings.starting_with(prefix)[0]]
    return bool(lone) or any(character not in seen for term in pairs for character in term if not postings.has(term))


def plan(reading: Reading, postings: Postings, masks: Mapping[str, int], *, sample: bool = False) -> Plan:
    """Return what to ask of the index for a reading whose needs are prepared.

    `masks` are the fields of each field of a query: "" and "printed" (all, and all that is printed), "title", "author".
    `sample` asks for a long query by some of its terms.
    """
    made = _Planner(postings, masks)
    for piece in reading.pieces:
        if piece.kind is Kind.NOT:
            made.refuse(piece)
        else:
            made.demand(piece, sample=sample)
    if sample:
        made.take_sample(reading)
    return made.plan()


def segment(run: str, postings: Postings) -> list[str]:
    """Return the words of a Han run: the most probable route over the words that the archive itself was cut to.

    jieba's route, with the archive's counts for frequencies, no guessed words, and every single character as unlikely as
    an unknown one, so that its shard need not be fetched. Weights are whole quarter bits, so the result does not depend
    on a language's arithmetic. Of routes equally probable the one with the longest first word.
    """
    length = len(run)
    best: list[tuple[int, int]] = [(0, length)] * (length + 1)
    for start in range(length - 1, -1, -1):
        routes = [(best[start + 1][0] - postings.total, start + 1)]
        for end in range(start + 2, min(length, start + postings.longest) + 1):
            weight = postings.weight(run[start:end])
            if weight:
                routes.append((weight - 1 - postings.total + best[end][0], end))
        best[start] = max(routes)
    words, start = [], 0
    while start < length:
        words.append(run[start : best[start][1]])
        start = best[start][1]
    return words


class _Planner:
    def __init__(self, postings: Postings, masks: Mapping[str, int]) -> None:
        self._postings = postings
        self._masks = masks
        self._exact: list[Group] = []
        self._words: list[tuple[Group, ...]] = []
        self._least = 1
        self._quoted: list[Group] = []
        self._refused: list[tuple[Group, ...]] = []
        self._scored: dict[str, int] = {}
        self._phrases: list[Phrase] = []
        self._quoted_phrases: list[Phrase] = []
        self._cut: list[tuple[str, ...]] = []
        self._common: dict[str, None] = {}

    def refuse(self, piece: Piece) -> None:
        mask = self._masks[piece.field or ("printed" if piece.quoted else "")]
        self._refused.append(tuple(group for run, on in _runs(piece) for group in self._groups(run, mask, prefix=on)))
        self._cut.append(piece.runs)

    def demand(self, piece: Piece, *, sample: bool) -> None:
        quoted = piece.kind is Kind.EXACT
        mask = self._masks[piece.field or ("printed" if quoted else "")]
        if _needs_text(piece):
            phrase = self._phrase(piece, mask, sample=sample)
            (self._quoted_phrases if quoted else self._phrases).append(phrase)
        if sample:
            self._cut.append(piece.runs)
            return
        groups = [group for run, on in _runs(piece) for group in self._groups(run, mask, prefix=on)]
        self._score(groups)
        if quoted:
            self._quoted += groups
            self._cut.append(piece.runs)
            self._score(Group(terms=(run,), fields=mask) for run in piece.runs if _is_word(run))
            return
        self._exact += groups
        words: list[str] = []
        for run, on in _runs(piece):
            cut = _telling(segment(run, self._postings), run) if is_han(run) else [run]
            words += cut
            self._words += (tuple(self._groups(word, mask, prefix=on)) for word in cut)
        self._cut.append(tuple(words))
        self._score(Group(terms=(word,), fields=mask) for word in words if _is_word(word))

    def take_sample(self, reading: Reading) -> None:
        for group, quoted in _sampled(reading, self._masks):
            (self._quoted if quoted else self._exact).append(group)
            self._score([group])
        if is_pasted(reading):
            self._words = [(group,) for group in self._exact]
            self._least = -(-len(self._words) // 2)

    def plan(self) -> Plan:
        return Plan(
            exact=tuple(self._exact),
            words=tuple(self._words),
            least=self._least,
            quoted=tuple(self._quoted),
            refused=tuple(self._refused),
            clauses=tuple((term, self._scored[term]) for term in sorted(self._scored, key=utf16)),
            phrases=tuple(self._phrases),
            quoted_phrases=tuple(self._quoted_phrases),
            cut=tuple(self._cut),
            common=tuple(self._common),
        )

    def _groups(self, run: str, mask: int, *, prefix: bool) -> list[Group]:
        if is_han(run) and len(run) > 1:
            return [Group(terms=(pair,), fields=mask) for pair in bigrams(run)]
        if not prefix:
            return [Group(terms=(run,), fields=mask)]
        terms, complete = self._postings.starting_with(run)
        if not complete:
            self._common[run] = None
        return [Group(terms=tuple(terms), fields=mask)]

    def _score(self, groups: Iterable[Group]) -> None:
        for group in groups:
            for term in group.terms:
                if self._postings.has(term):
                    self._scored[term] = self._scored.get(term, 0) | group.fields

    def _phrase(self, piece: Piece, mask: int, *, sample: bool) -> Phrase:
        # The terms of a sample are not those by which a run could be vouched for.
        one = "" if sample or len(piece.runs) > 1 or not self._postings.has(piece.runs[0]) else piece.runs[0]
        return Phrase(text=" ".join(piece.runs), field=piece.field, term=one, fields=mask & self._masks["printed"])


def _runs(piece: Piece) -> Iterator[tuple[str, bool]]:
    """Yield each run with whether it stands for all terms that start with it: one Han character, or an unfinished word."""
    for place, run in enumerate(piece.runs):
        yield run, (is_han(run) and len(run) == 1) or (piece.prefix and place == len(piece.runs) - 1)


def _candidates(piece: Piece, run: str, longest: int) -> Iterator[str]:
    if piece.kind is Kind.NOT:
        return
    if piece.kind is Kind.EXACT:
        if _LEAST_WORD <= len(run) <= longest:
            yield run
        return
    for start in range(len(run)):
        for end in range(start + _LEAST_WORD, min(len(run), start + longest) + 1):
            yield run[start:end]


def _is_word(run: str) -> bool:
    return is_han(run) and len(run) >= _LEAST_WORD


def _needs_text(piece: Piece) -> bool:
    # A pair of characters, one character and one Latin word are certain from the index; longer runs are only likely.
    return len(piece.runs) > 1 or _is_word(piece.runs[0])


def _telling(words: list[str], run: str) -> list[str]:
    # A short run that falls apart into single characters is a name that the archive's words do not know: 王轶男. In a
    # longer one, words of one character say little beside others: 的, 在.
    several = [word for word in words if len(word) > 1]
    if not several or (len(run) <= NAME and len(several) < len(words)):
        return [run]
    return several


def _size(pieces: Iterable[Piece]) -> int:
    return sum(_size_of(run) for piece in pieces for run in piece.runs)


def _beginning(
    pieces: Sequence[Piece], counted: Callable[[Piece], bool], *, whole: bool = False
) -> tuple[list[Piece], str]:
    """Return the pieces of which those that are `counted` have 24 characters together, and the first that was cut."""
    left, cut = MOST_CHARACTERS, ""
    kept = []
    for piece in pieces:
        if not counted(piece):
            kept.append(piece)
            continue
        size = _size([piece])
        if size <= left:
            kept.append(piece)
        else:
            cut = cut or piece.typed
            if left and not whole:
                kept.append(replace(piece, runs=_first(piece.runs, left), prefix=False))
        left = max(0, left - size)
    return kept, cut


def _first(runs: Sequence[str], left: int) -> tuple[str, ...]:
    kept = []
    for run in runs:
        if left <= 0:
            break
        kept.append(run[:left] if is_han(run) else run)
        left -= _size_of(run)
    return tuple(kept)


def _size_of(run: str) -> int:
    return len(run) if is_han(run) else 1


def _with_pieces(reading: Reading, pieces: Sequence[Piece], cut: str) -> Reading:
    notes = (*reading.notes, Note(code="too-long", typed=cut)) if cut else reading.notes
    return replace(reading, pieces=tuple(pieces), notes=notes)


def _sampled(reading: Reading, masks: Mapping[str, int]) -> list[tuple[Group, bool]]:
    """Return some of the terms of a reading, evenly spread, each as a group, and whether it stands in quotes.

    Pairs of characters alone, if there are enough: a text is often pasted from the middle of a word to that of another.
    """
    found: list[tuple[Group, bool]] = []
    for piece in reading.pieces:
        if piece.kind is Kind.NOT:
            continue
        quoted = piece.kind is Kind.EXACT
        mask = masks.get(piece.field or ("printed" if quoted else ""), 0)
        for run in piece.runs:
            terms = bigrams(run) if is_han(run) and len(run) > 1 else [run]
            found += ((Group(terms=(term,), fields=mask), quoted) for term in terms)
    pairs = [asked for asked in found if is_han(asked[0].terms[0]) and len(asked[0].terms[0]) > 1]
    found = pairs if len(pairs) >= SAMPLE else found[1:-1] if len(found) > SAMPLE + 1 else found
    count = min(SAMPLE, len(found))
    return [found[place * (len(found) - 1) // max(count - 1, 1)] for place in range(count)]
