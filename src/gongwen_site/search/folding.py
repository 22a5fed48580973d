"""Traditional characters to their simplified ones, a character at a time. Twin: in `static/js/search/analyze.js`.

OpenCC's table t2s, asked once for every Han character. Its phrases are not used: a text and a query need only be folded
alike, and a character at a time folds any part of a text as it folds the whole.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import compress


@dataclass(frozen=True, slots=True)
class Folding:
    """The table. `traditional` and `simplified` have the same number of characters, each beside its fold."""

    traditional: str
    simplified: str
    _table: dict[str, str] = field(init=False, compare=False, repr=False)
    _any: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_table", dict(zip(self.traditional, self.simplified, strict=True)))
        # A class is looked up at once only where it names no character beyond the first plane: those all come in a range.
        common = "".join(character for character in self.traditional if character < "\U00010000")
        object.__setattr__(self, "_any", re.compile(f"[{common}\U00020000-\U0003ffff]"))

    def fold(self, text: str) -> str:
        """Return `text` with every character of the table replaced: of the same length."""
        return self._any.sub(lambda match: self._table.get(match[0], match[0]), text)

    def onto(self, characters: Container[str]) -> "Folding":
        """Return the part of the table whose simplified characters are among `characters`."""
        return self._where(new in characters for new in self.simplified)

    def of(self, characters: Container[str]) -> "Folding":
        """Return the part of the table whose traditional characters are among `characters`."""
        return self._where(old in characters for old in self.traditional)

    def _where(self, kept: Iterable[bool]) -> "Folding":
        chosen = tuple(kept)
        return Folding("".join(compress(self.traditional, chosen)), "".join(compress(self.simplified, chosen)))


_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3FFFF))
"""First and last code points of Han characters; compatibility ideographs do not outlast NFKC."""


@cache
def opencc_folding() -> Folding:
    """Return OpenCC's whole table, ascending; only where one character stands for one, and nothing is folded twice."""
    import opencc  # noqa: PLC0415 - reads its dictionaries; only a build needs them

    convert = opencc.OpenCC("t2s").convert
    table: dict[str, str] = {}
    for first, last in _HAN:
        # In one call, a character a line: two million calls would take seconds.
        lines = "\n".join(chr(code) for code in range(first, last + 1))
        pairs = zip(lines.split("\n"), convert(lines).split("\n"), strict=True)
        table.update((old, new) for old, new in pairs if new != old and len(new) == 1)
    while any(new in table for new in table.values()):  # 薴 to 苧, 苧 to 苎
        table = {old: table.get(new, new) for old, new in table.items()}
    return Folding("".join(table), "".join(table.values()))
