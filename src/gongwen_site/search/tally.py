"""What an index counts and does not tell: kept beside it, so that it can be changed in part.

Of nearly all terms the weight in the index says how often they were cut as words; only common ones are counted here.
"""

import hashlib
import marshal
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

COMMON = 9
"""How often a word must be cut for its weight not to tell."""

_HEAD = b"gongwen-site index tally 1\n"


@cache
def weight_of(count: int) -> int:
    """Return 1 + 4·log2 of a count, rounded, at most 255; 0 of none.

    Whole numbers, so that both languages find the same route through a run.
    """
    return min(1 + round(4 * math.log2(count)), 255) if count else 0


_COUNTS = {weight_of(count): count for count in range(COMMON)}


class Kept(NamedTuple):
    """What is kept of a document: how long its body is, its labels as they are indexed, the digest of all its texts.

    With these, what was indexed of it can be had from the file of its text.
    """

    length: int
    labels: str
    digest: bytes


@dataclass(slots=True, kw_only=True)
class Tally:
    """What is counted over a whole index, and kept of each document, by number.

    `folding` is the whole table that texts were folded by. `terms` and `words` are how many there are; `lengths` how many terms that were cut as words have each length; `heads` how
    many terms begin with each character; `folded` in how many texts folding changed each; `common` how often each common
    word was cut; `totals` the lengths of all documents by field.
    """

    folding: tuple[str, str]
    terms: int
    words: int
    lengths: dict[int, int]
    heads: dict[str, int]
    folded: dict[str, int]
    common: dict[str, int]
    totals: list[int]
    documents: dict[int, Kept]

    def count_of(self, term: str, weight: int) -> int:
        """Return how often a term of the index was cut as a word. Raises KeyError if this is of another index."""
        count = _COUNTS.get(weight)
        return self.common[term] if count is None else count

    def recount(self, term: str, old: int | None, new: int | None) -> None:
        """Take in how often a term was cut and now is; None where it is no term of the index."""
        if (old is None) != (new is None):
            step = 1 if old is None else -1
            self.terms += step
            _step(self.heads, term[0], step)
        if bool(old) != bool(new):
            _step(self.lengths, len(term), 1 if new else -1)
        self.words += (new or 0) - (old or 0)
        if new is not None and new >= COMMON:
            self.common[term] = new
        elif old is not None and old >= COMMON:
            del self.common[term]

    def refold(self, old: Mapping[str, int], new: Mapping[str, int]) -> None:
        """Take in in how many texts of a document folding changed each character, and now does."""
        for character in old.keys() | new.keys():
            _step(self.folded, character, new.get(character, 0) - old.get(character, 0))

    @property
    def longest(self) -> int:
        """The length of the longest word."""
        return max(self.lengths, default=0)


def _step(counts: dict[Any, int], key: Any, step: int) -> None:
    count = counts.get(key, 0) + step
    if count < 0:
        raise KeyError(key)
    if count:
        counts[key] = count
    else:
        counts.pop(key, None)


_NAMES = tuple(Tally.__slots__)


def digest_of(texts: Iterable[str]) -> bytes:
    """Return the digest by which the texts of a document are told."""
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def keep(file: Path, tally: Tally, stood: Sequence[Any]) -> None:
    """Write a tally, whole or not at all, with plain values that tell what it is of. Raises OSError."""
    values = {name: getattr(tally, name) for name in _NAMES}
    values["documents"] = {number: tuple(kept) for number, kept in tally.documents.items()}
    content = marshal.dumps((tuple(stood), values), 4)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.writing")
    with beside.open("wb") as opened:
        opened.write(_HEAD + hashlib.sha256(content).digest() + content)
    beside.replace(file)


def kept(file: Path) -> tuple[tuple[Any, ...], Tally] | None:
    """Return what `keep` was given, the values first; None if there is nothing that can be relied on."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    start = len(_HEAD) + hashlib.sha256().digest_size
    # marshal trusts its input: nothing is read that was not written here, and whole.
    if not content.startswith(_HEAD) or hashlib.sha256(content[start:]).digest() != content[len(_HEAD) : start]:
        return None
    stood, values = marshal.loads(content[start:])  # noqa: S302 - see above
    values["documents"] = {number: Kept(*row) for number, row in values["documents"].items()}
    return stood, Tally(**values)
