"""What a reader typed to what is asked of the index. Twin: `static/js/search/plan.js`.

`read` takes a query apart without any index; `plan` cuts its Han runs into words by the index's own vocabulary and says
which terms a document must hold. The grammar and the three tiers are section 3 of `docs/search-format.md`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from gongwen_site.search.analyze import SPACE, bigrams, is_han, normalise, runs
from gongwen_site.search.format import utf16
from gongwen_site.search.postings import Postings

NAME = 4
"""The length in characters up to which a run is taken for a name if its words do not cover it."""


class Kind(StrEnum):
    """What a piece of a query demands."""

    WORDS = "words"
    EXACT = "exact"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a query between spaces or quotes. `prefix`: its last run may go on (cov, covid-19)."""

    kind: Kind
    runs: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A query taken apart. `blank`: nothing was typed, as against something that holds no letter."""

    blank: bool
    pieces: tuple[Piece, ...]


Group = tuple[str, ...]
"""Terms of which a document must hold at least one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of the index.

    `exact` are the groups of the pieces as typed, `words` those of each word in turn, `quoted` what every document must
    hold in its printed text, `refused` the groups of each excluded piece; `score` the terms by which Lunr ranks.
    `phrases` are looked for in the text itself, `quoted_phrases` among them without pardon. `cut` holds each piece's
    words, for the line that says how the query was read.
    """

    exact: tuple[Group, ...]
    words: tuple[tuple[Group, ...], ...]
    quoted: tuple[Group, ...]
    refused: tuple[tuple[Group, ...], ...]
    score: tuple[str, ...]
    phrases: tuple[str, ...]
    quoted_phrases: tuple[str, ...]
    cut: tuple[tuple[str, ...], ...]


_PIECE = re.compile(
    rf"(?P<refused>(?<![^{SPACE}])-)?"
    rf'(?:["“”](?P<curly>[^"“”]*)["“”]|「(?P<corner>[^」]*)」|『(?P<white>[^』]*)』|(?P<bare>[^{SPACE}"“”「『]+))'
)


def read(text: str) -> Reading:
    """Return a query's pieces. Never fails: what is no piece is passed over."""
    text = normalise(text)
    pieces = []
    for match in _PIECE.finditer(text):
        quoted = next((match[name] for name in ("curly", "corner", "white") if match[name] is not None), None)
        found = tuple(runs(quoted if quoted is not None else match["bare"]))
        if not found:
            continue
        kind = Kind.NOT if match["refused"] else Kind.WORDS if quoted is None else Kind.EXACT
        pieces.append(Piece(kind=kind, runs=found))
    if pieces and pieces[-1].kind is Kind.WORDS:
        last = pieces[-1]
        prefix = not is_han(last.runs[-1]) and len(last.runs[-1]) > 1
        pieces[-1] = Piece(kind=last.kind, runs=last.runs, prefix=prefix)
    return Reading(blank=not text.strip(SPACE), pieces=tuple(pieces))


def plan(reading: Reading, postings: Postings) -> Plan:
    """Return what to ask of the index for a query."""
    exact: list[Group] = []
    words: list[tuple[Group, ...]] = []
    quoted: list[Group] = []
    refused: list[tuple[Group, ...]] = []
    phrases: list[str] = []
    quoted_phrases: list[str] = []
    cut: list[tuple[str, ...]] = []
    score: set[str] = set()
    for piece in reading.pieces:
        groups = _groups(piece, postings)
        if piece.kind is Kind.NOT:
            refused.append(groups)
            cut.append(piece.runs)
            continue
        score.update(term for group in groups for term in group)
        phrase = " ".join(piece.runs)
        if piece.kind is Kind.EXACT:
            quoted += groups
            cut.append(piece.runs)
            if _needs_text(piece):
                quoted_phrases.append(phrase)
            continue
        exact += groups
        if _needs_text(piece):
            phrases.append(phrase)
        found = _words(piece, postings)
        cut.append(tuple(word for word, _ in found))
        words += (groups for _, groups in found)
        score.update(word for word, _ in found if len(word) > 2)
    return Plan(
        exact=tuple(exact),
        words=tuple(words),
        quoted=tuple(quoted),
        refused=tuple(refused),
        score=tuple(sorted((term for term in score if postings.has(term)), key=utf16)),
        phrases=tuple(phrases),
        quoted_phrases=tuple(quoted_phrases),
        cut=tuple(cut),
    )


def segment(run: str, postings: Postings) -> list[str]:
    """Return the words of a Han run: the most probable route over the words that the archive itself was cut to.

    jieba's route, with the archive's counts for frequencies and no guessed words. Weights are whole quarter bits, so the
    result does not depend on a language's arithmetic. Of routes equally probable the one with the longest first word.
    """
    length = len(run)
    best: list[tuple[int, int]] = [(0, length)] * (length + 1)
    for start in range(length - 1, -1, -1):
        routes = []
        for end in range(start + 1, min(length, start + max(postings.longest, 1)) + 1):
            weight = postings.weight(run[start:end])
            if weight or end == start + 1:
                routes.append((max(weight, 1) - 1 - postings.total + best[end][0], end))
        best[start] = max(routes)
    words, start = [], 0
    while start < length:
        words.append(run[start : best[start][1]])
        start = best[start][1]
    return words


def _needs_text(piece: Piece) -> bool:
    # A pair of characters, one character and one Latin word are certain from the index; longer runs are only likely.
    return len(piece.runs) > 1 or (is_han(piece.runs[0]) and len(piece.runs[0]) > 2)


def _groups(piece: Piece, postings: Postings) -> tuple[Group, ...]:
    groups: list[Group] = []
    for place, run in enumerate(piece.runs):
        groups += _run_groups(run, postings, prefix=piece.prefix and place == len(piece.runs) - 1)
    return tuple(groups)


def _run_groups(run: str, postings: Postings, *, prefix: bool) -> list[Group]:
    if is_han(run) and len(run) > 1:
        return [(pair,) for pair in bigrams(run)]
    if is_han(run) or prefix:
        return [tuple(postings.starting_with(run))]
    return [(run,)]


def _words(piece: Piece, postings: Postings) -> list[tuple[str, tuple[Group, ...]]]:
    found: list[tuple[str, tuple[Group, ...]]] = []
    for place, run in enumerate(piece.runs):
        prefix = piece.prefix and place == len(piece.runs) - 1
        words = _telling(segment(run, postings), run) if is_han(run) else [run]
        found += ((word, tuple(_run_groups(word, postings, prefix=prefix))) for word in words)
    return found


def _telling(words: list[str], run: str) -> list[str]:
    # A short run that falls apart into single characters is a name that the archive's words do not know: 王轶男. In a
    # longer one, words of one character say little beside others: 的, 在.
    several = [word for word in words if len(word) > 1]
    if not several or (len(run) <= NAME and len(several) < len(words)):
        return [run]
    return several
