"""Two wordings of one thing to the few words in which they differ, so that a person sees at a glance what is at stake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 8
"""Characters shown on either side of the words that differ."""
_LONGEST = 44
_SHOWN = 5
_ALIGNED = 2_000
"""Texts of more paragraphs than this are compared from both ends only."""
_ELLIPSIS = "……"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many places differ, and the first few: lines that begin with `-` (the one) and `+` (the other)."""

    count: int
    lines: tuple[str, ...]


def compare(one: Sequence[str], other: Sequence[str]) -> Comparison:
    """Compare two texts by their paragraphs."""
    places = [place for before, after in _runs(one, other) for place in _places(before, after)]
    lines = [line for place in places[:_SHOWN] for line in place]
    if len(places) > _SHOWN:
        lines.append(_ELLIPSIS)
    return Comparison(count=len(places), lines=tuple(lines))


def _runs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if len(one) + len(other) > _ALIGNED:
        yield one, other
        return
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            yield one[a:b], other[c:d]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _places(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else None
        new = after[number] if number < len(after) else None
        if old is None or new is None:
            yield (f"+ {_cut(new or '')}",) if old is None else (f"- {_cut(old)}",)
        elif old != new:
            yield tuple(f"{sign} {text}" for sign, text in zip("-+", _differing(old, new), strict=True))


def _differing(old: str, new: str) -> tuple[str, str]:
    """Return the middle of two paragraphs, without what they have in common at both ends but for a few characters."""
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    first, last = max(0, start - _AROUND), max(0, end - _AROUND)
    head, tail = _ELLIPSIS if first else "", _ELLIPSIS if last else ""
    shown = (_cut(text[first : len(text) - last]) for text in (old, new))
    one, other = (f"{head}{text}{tail}" for text in shown)
    return one, other


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}{_ELLIPSIS}{text[-_LONGEST // 3 :]}"
