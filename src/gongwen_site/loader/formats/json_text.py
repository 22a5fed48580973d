"""JSON in a text that comes in pieces: its lines, or the items of the one array that it is, without holding all of it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

_BLANK = re.compile(r"[ \t\n\r]*")
_ENDS = frozenset(" \t\n\r,]")
"""What may follow a value: without it a number may go on in what is still to be read."""


def read_lines(blocks: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text; one that ends with a line feed has an empty last line."""
    begun: list[str] = []
    for block in blocks:
        head, *lines = block.split("\n")
        begun.append(head)
        if lines:
            yield "".join(begun)
            yield from lines[:-1]
            begun = [lines[-1]]
    yield "".join(begun)


def is_one_value(text: Callable[[], Iterable[str]]) -> bool:
    """Tell whether a text is one JSON array or object over several lines rather than one object a line."""
    lines = (line.strip() for line in read_lines(text()))
    first = next((line for line in lines if line), "")
    if first not in {"[", "{"} and not first.startswith("[{"):
        return False
    if first == "[":
        second = next((line for line in lines if line not in {"", "["}), "").rstrip(",")
        if second.startswith("{") and second.endswith("}"):
            return False
    try:
        for _ in read_items(text()):
            pass
    except (ValueError, RecursionError):
        return False
    return True


def read_items(blocks: Iterable[str]) -> Iterator[Any]:
    """Yield the items of the one array that a text is; of any other value, that.

    Raises ValueError or RecursionError where the text is no such value, be it after some items.
    """
    text = _Text(blocks)
    if text.next_mark() != "[":
        yield text.value()
    else:
        text.at += 1
        if text.next_mark() == "]":
            text.at += 1
        else:
            while True:
                yield text.value()
                mark = text.next_mark()
                text.at += 1
                if mark == "]":
                    break
                if mark != ",":
                    raise ValueError("no comma")
    if text.next_mark():
        raise ValueError("more than one value")


class _Text:
    """JSON of which only what is still to be read is held; `at` is the place within that."""

    def __init__(self, blocks: Iterable[str]) -> None:
        self._blocks = iter(blocks)
        self._text = ""
        self._is_whole = False
        self._decoder = json.JSONDecoder(object_pairs_hook=by_name)
        self.at = 0

    def next_mark(self) -> str:
        """Go to the next character that is not blank and return it; an empty string at the end."""
        while True:
            match = _BLANK.match(self._text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self._text) or self._is_whole:
                return self._text[self.at : self.at + 1]
            self._read_on()

    def value(self) -> Any:
        """Return the value that begins here and go behind it."""
        self.next_mark()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self.at)
            except json.JSONDecodeError:
                if self._is_whole:
                    raise
            else:
                if self._is_whole or self._text[end : end + 1] in _ENDS:
                    self.at = end
                    return found
            self._read_on()

    def _read_on(self) -> None:
        """Drop what was read and take in more, the more the longer the value at hand: none is read over and over."""
        parts = [self._text[self.at :]]
        wanted = max(1, len(parts[0]))
        while wanted > 0 and not self._is_whole:
            block = next(self._blocks, None)
            if block is None:
                self._is_whole = True
            else:
                parts.append(block)
                wanted -= len(block)
        self._text, self.at = "".join(parts), 0


def by_name(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which no key takes another's place, though written twice."""
    found: dict[str, Any] = {}
    for place, (name, value) in enumerate(pairs, 1):
        found[free_name(name, place, found)] = value
    return found


def free_name(name: str, place: int, taken: Mapping[str, Any]) -> str:
    """Return a cell's name. One without a name, or with another's, is told by its place: no cell takes another's."""
    free = encodable(name.strip()) or str(place)
    while free in taken:
        free = f"{free} {place}"
    return free


def encodable(text: str) -> str:
    """Return text without the lone surrogates that JSON can write and no file can hold."""
    return text.encode(errors="replace").decode()
