"""Postings and shards changed in part: one document's posting among others, some terms among all.

Where shards end is decided by what stands there, so cutting anew from the shard before a change comes upon an old border
soon: from there on everything is as it was.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongwen_site.search.format import BODY, read_varint, varint
from gongwen_site.search.inversion import Coded
from gongwen_site.search.shards import Entry, Slice, cut_shards, entry_of


def spliced(postings: bytes, number: int, old: Coded | None, new: Coded | None) -> bytes:
    """Return postings with another one for a document, None for no posting.

    Raises ValueError or IndexError if `old` is not what stands there, or the postings are damaged.
    """
    start, before, found = _look(postings, number)
    rest = found
    if old is not None:
        if found is None or found.number != number or (found.kind, postings[found.tail : found.end]) != old:
            raise ValueError(number)
        rest = _next(postings, found.end, number) if found.end < len(postings) else None
    elif found is not None and found.number == number:
        raise ValueError(number)
    pieces = [postings[:start]]
    if new is not None:
        kind, tail = new
        pieces += (varint((number - before) << 2 | kind), tail)
        before = number
    if rest is not None:
        pieces += (varint((rest.number - before) << 2 | rest.kind), postings[rest.tail :])
    return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class _Posting:
    """Where a posting stands: its document and kind, the places behind its code and behind itself."""

    number: int
    kind: int
    tail: int
    end: int


def _look(postings: bytes, number: int) -> tuple[int, int, _Posting | None]:
    """Return where the first posting from a document on begins, the document of the one before it, and that posting."""
    at, before = 0, -1
    while at < len(postings):
        start = at
        value = postings[at]
        if value < 0x80:
            at += 1
        else:
            value, at = read_varint(postings, at)
        here, tail = before + (value >> 2), at
        if value & 3:
            at = _behind(postings, at, value & 3)
        if here >= number:
            return start, before, _Posting(here, value & 3, tail, at)
        before = here
    return at, before, None


def _next(postings: bytes, at: int, before: int) -> _Posting:
    value, tail = read_varint(postings, at)
    return _Posting(before + (value >> 2), value & 3, tail, _behind(postings, tail, value & 3))


def _behind(postings: bytes, at: int, kind: int) -> int:
    """Return the place behind a posting of a kind, of which what follows the code begins `at` a place."""
    numbers = min(kind, 1)
    if kind == 3:
        mask = postings[at]
        at += 1
        numbers = 2 * mask.bit_count() - (mask >> BODY & 1)
    while numbers:
        numbers -= postings[at] < 0x80
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class Recut:
    """The shards from the place `start` up to `stop` that give way to others."""

    start: int
    stop: int
    slices: tuple[Slice, ...]


def recut(
    count: int, changed: Mapping[int, Sequence[Entry]], dubious: set[int], read: Callable[[int], Iterator[Entry]]
) -> Iterator[Recut]:
    """Yield what becomes of `count` shards of which some have `changed` entries, ascending; `read` yields those of others.

    `dubious` are the places of changed shards before which none might begin any more: whose first entry is another.
    """
    begins = sorted({*changed, *(place - 1 for place in dubious if place)})
    done = 0
    for start in begins:
        if start < done:
            continue
        feed = _Feed(changed, read)
        slices = []
        done = count
        for piece in cut_shards(feed.entries(range(start, count))):
            slices.append(piece)
            if feed.begun is not None:
                done = feed.begun
                break
        yield Recut(start, done, tuple(slices))


class _Feed:
    """Entries of shards one after another. `begun` is the place of the shard whose first entry was given last."""

    def __init__(self, changed: Mapping[int, Sequence[Entry]], read: Callable[[int], Iterator[Entry]]) -> None:
        self.begun: int | None = None
        self._changed = changed
        self._read = read

    def entries(self, places: range) -> Iterator[tuple[str, bytes]]:
        before = ""
        for place in places:
            begun: int | None = place
            entries = self._changed[place] if place in self._changed else self._read(place)
            for term, weight, postings in entries:
                self.begun, begun = begun, None
                yield term, entry_of(term, before, weight, postings)
                before = term
        self.begun = None
