"""Words that agree with a number: `{n:article|articles}`, and the n-th of several: `{month:January|February|…}`.

What stands after the colon, parted by `|`, is chosen from: of two, the first for 1 and the second for any other number; of
more, the one of that place. `static/js/search/elements.js` reads the same form.
"""

from collections.abc import Mapping
from typing import Self


class Counted(str):
    """A number as it is shown, its thousands parted, that still knows its value."""

    __slots__ = ("value",)
    value: int

    def __new__(cls, value: int) -> Self:
        """Return the number as it is shown."""
        made = super().__new__(cls, f"{value:,}")
        made.value = value
        return made

    def __format__(self, form: str) -> str:
        return chosen(form, self.value) if "|" in form else super().__format__(form)


class _Number(int):
    def __format__(self, form: str) -> str:
        return chosen(form, self) if "|" in form else super().__format__(form)


def chosen(form: str, number: int) -> str:
    """Return the word of `form` that goes with a number; the last for a number beyond them."""
    words = form.split("|")
    place = (0 if number == 1 else 1) if len(words) == 2 else number - 1
    return words[max(0, min(place, len(words) - 1))]


def fill(text: str, params: Mapping[str, object]) -> str:
    """Return a format string filled with parameters, its words agreeing with the numbers among them."""
    if "{" not in text and "}" not in text:  # nearly all are so
        return text
    return text.format(**{name: _Number(value) if type(value) is int else value for name, value in params.items()})
