"""Which article is which: the drafts of a new reading matched to the articles that their dump gave before.

Ids are permanent. Where the dump is the same, articles are known by their lines; where it changed, by their words. All
drafts are matched at once, by traces small enough to be kept for every row of a long table.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gongwen_site.records.article import Article, LineRange
from gongwen_site.records.ledger import Ledger
from gongwen_site.records.reading import Draft, Reading
from gongwen_site.records.register import Entry, State

_SAME_TEXT = 0.5
"""Share of common 4-grams above which two texts of a changed dump are the same article."""
_SHORTEST = 40
"""Characters below which equal texts say nothing."""
_MOST_COMPARISONS = 100_000
"""Texts of a changed dump are compared one by one up to this many pairs; a table of rows has its rows word for word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a draft is known by: the first line of its text, all its lines, the digest of its words."""

    line: int
    lines: tuple[LineRange, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the ledger of an earlier reading tells of its articles, by id: their lines and the digests of their words."""

    sha256: str
    lines: Mapping[str, tuple[LineRange, ...]]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the archive holds of one dump before it is read again: its records, earlier reading, lines of the register.

    `records` may read each record as it is asked for. `is_taken` tells of any id whether the archive has given it already;
    `stands` of an article as the rules read it, and of its text, whether its record's file holds just that. `first_lines` has, for the records
    that were read from the dump as it is now, their first line: all of them unless its reading was refused half-way.
    """

    records: Mapping[str, Article]
    earlier: Earlier | None
    entries: Mapping[str, Entry]
    is_taken: Callable[[str], bool]
    stands: Callable[[Article, str], bool] = lambda _article, _text: False
    first_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def before(self) -> dict[str, Entry]:
        """The articles that a draft may be."""
        return {name: entry for name, entry in self.entries.items() if entry.state is not State.SUPERSEDED}


def traces_of(reading: Reading) -> tuple[Trace, ...]:
    """Return the trace of each draft."""
    lines: dict[int, list[LineRange]] = {}
    for role in reading.line_roles:
        if role.draft is not None:
            lines.setdefault(role.draft, []).append((role.first, role.last))
    return tuple(
        Trace(line=draft.lines[0][0], lines=tuple(lines.get(index, ())), words=digest_of_draft(draft))
        for index, draft in enumerate(reading.drafts)
    )


def earlier_of(parts: Iterable[Ledger]) -> Earlier | None:
    """Return what a ledger tells, given whole or in parts; None for no ledger."""
    sha256 = None
    lines: dict[str, tuple[LineRange, ...]] = {}
    words: dict[str, str] = {}
    for part in parts:
        sha256 = part.sha256
        for line in part.lines:
            if line.article is not None:
                lines[line.article] = (*lines.get(line.article, ()), (line.first, line.last))
        words |= {article.id: article.words for article in part.articles}
    return None if sha256 is None else Earlier(sha256=sha256, lines=lines, words=words)


def numbers_in(ranges: Iterable[LineRange]) -> set[int]:
    """Return the numbers of the lines in some ranges."""
    return {number for first, last in ranges for number in range(first, last + 1)}


def digest_of_draft(draft: Draft) -> str:
    """Return 12 hexadecimal digits of SHA-256 over an article's words, whatever their widths and blanks."""
    return hashlib.sha256(words_of_draft(draft).encode()).hexdigest()[:12]


def words_of_draft(draft: Draft) -> str:
    """Return title, body and captions in the form in which words are compared."""
    return _normalised(draft.title.text + "".join(p.text for p in draft.body) + "".join(c.text for c in draft.captions))


def fingerprint(article: Article) -> bytes | None:
    """Return the digest of the words by which a reprint is known, None where they are too few to say anything."""
    words = _normalised(article.body + "".join(caption.text for caption in article.captions))
    return hashlib.blake2b(words.encode(), digest_size=16).digest() if len(words) >= _SHORTEST else None


def match(
    traces: tuple[Trace, ...],
    sha256: str,
    known: Known,
    words_of: Callable[[Collection[int]], Iterator[tuple[int, str]]],
) -> dict[int, str]:
    """Return draft index to id for every draft that an earlier reading knew.

    `words_of` yields, for the indices given, each with the draft's words; it may read the dump for it once more.
    """
    before = known.before
    if known.earlier is not None and known.earlier.sha256 == sha256:
        return _assign(_overlaps(traces, known.earlier, before))
    return _match_changed_dump(traces, before, known, words_of)


_Pair = tuple[float, str, int]
"""How well an id and a draft, by index, fit."""


def _assign(pairs: list[_Pair]) -> dict[int, str]:
    """Return draft index to id, each used once, the best fit first; of equal fits those listed first."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for _, name, index in sorted(pairs, key=lambda pair: -pair[0]):
        if index not in names and name not in used:
            names[index] = name
            used.add(name)
    return names


def _overlaps(traces: tuple[Trace, ...], earlier: Earlier, before: Mapping[str, Entry]) -> list[_Pair]:
    """Return the share of common lines for every id and draft that have any."""
    old = {name: ranges for name, ranges in earlier.lines.items() if name in before}
    at_line: dict[int, tuple[str, ...]] = {}
    for name, ranges in old.items():
        for line in numbers_in(ranges):
            at_line[line] = (*at_line.get(line, ()), name)
    # Ids may stand without a ledger that names their lines: a table was refused half-way, or the ledger is lost.
    unwritten = {entry.line: name for name, entry in before.items() if name not in old}
    pairs = [(0.0, unwritten[trace.line], index) for index, trace in enumerate(traces) if trace.line in unwritten]
    for index, trace in enumerate(traces):
        lines = numbers_in(trace.lines)
        common = Counter(name for line in lines for name in at_line.get(line, ()))
        pairs += [(count / len(lines | numbers_in(old[name])), name, index) for name, count in common.items()]
    return pairs


def _match_changed_dump(
    traces: tuple[Trace, ...],
    before: Mapping[str, Entry],
    known: Known,
    words_of: Callable[[Collection[int]], Iterator[tuple[int, str]]],
) -> dict[int, str]:
    """Match by text, since the lines have moved: the same words first, then alike ones, last the same first line.

    What has been read of the changed dump before its reading was refused is where it was.
    """
    at_line: dict[int, list[str]] = {}
    for name, line in known.first_lines.items():
        if name in before:
            at_line.setdefault(line, []).append(name)
    names = _assign([(1.0, name, index) for index, trace in enumerate(traces) for name in at_line.get(trace.line, ())])
    taken = set(names.values())
    by_digest: dict[str, list[str]] = {}
    for name, words in known.earlier.words.items() if known.earlier else ():
        if name in before and name not in taken:
            by_digest.setdefault(words, []).append(name)
    names |= _assign(
        [
            (1.0, name, index)
            for index, trace in enumerate(traces)
            if index not in names
            for name in by_digest.get(trace.words, ())
        ]
    )
    taken = set(names.values())
    known_rest = [name for name in before if name in known.records and name not in taken]
    rest = [index for index in range(len(traces)) if index not in names]
    if rest and known_rest and len(known_rest) * len(rest) <= _MOST_COMPARISONS:
        names |= _assign(_alike(known_rest, known.records, rest, words_of))
        taken = set(names.values())
    first_lines = {entry.line: name for name, entry in before.items() if name not in known.records}
    for index in rest:
        withdrawn = first_lines.get(traces[index].line)
        if index not in names and withdrawn is not None and withdrawn not in taken:
            names[index] = withdrawn
            taken.add(withdrawn)
    return names


def _alike(
    names: list[str],
    records: Mapping[str, Article],
    indices: list[int],
    words_of: Callable[[Collection[int]], Iterator[tuple[int, str]]],
) -> list[_Pair]:
    """Return the pairs whose texts are alike, by the order of the drafts; only the fewer of the texts are held."""
    olds = ((name, _grams(_normalised(_words_of(records[name])))) for name in names)
    news = ((index, _grams(words)) for index, words in words_of(indices))
    if len(indices) < len(names):
        held = list(news)
        shares = [(_share(new, old), name, index) for name, old in olds for index, new in held]
    else:
        kept = list(olds)
        shares = [(_share(new, old), name, index) for index, new in news for name, old in kept]
    place = {name: number for number, name in enumerate(names)}
    return sorted((pair for pair in shares if pair[0] >= _SAME_TEXT), key=lambda pair: (pair[2], place[pair[1]]))


def _share(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _words_of(article: Article) -> str:
    return article.title + article.body + "".join(caption.text for caption in article.captions)


def _normalised(text: str) -> str:
    return re.sub(r"[\s\\#]+", "", unicodedata.normalize("NFKC", text))


def _grams(text: str) -> Counter[str]:
    return Counter(text[start : start + 4] for start in range(max(1, len(text) - 3)))
