"""One pass over a text for many words at once, in time linear in the text."""

from collections.abc import Iterable, Iterator


class WordIndex:
    """Finds which of many words stand where in a text. Words are looked up by their first two characters."""

    def __init__(self, words: Iterable[str]) -> None:
        by_head: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            if word:
                by_head.setdefault(word[:2], []).append(word)
        self._by_head = {head: tuple(sorted(found, key=len, reverse=True)) for head, found in by_head.items()}
        self._has_single = any(len(head) == 1 for head in by_head)

    def longest(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (start, word) from the left, of words at one place the longest, none overlapping another."""
        covered = 0
        for start, word in self.every(text):
            if start >= covered:
                covered = start + len(word)
                yield start, word

    def every(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (start, word) of every word, overlapping ones too, at one place the longest first."""
        look_up = self._by_head.get
        for start in range(len(text)):
            for word in look_up(text[start : start + 2], ()):
                if text.startswith(word, start):
                    yield start, word
            if self._has_single:
                yield from ((start, word) for word in look_up(text[start], ()))

    def blank(self, text: str) -> str:
        """Return `text`, of the same length, with every word in it replaced by a character that no word holds."""
        parts: list[str] = []
        end = 0
        for start, word in self.longest(text):
            parts += [text[end:start], BLANK * len(word)]
            end = start + len(word)
        return "".join([*parts, text[end:]])


BLANK = "\ufffc"
"""Stands where a text is not to be read. It is no Han character, so nothing reaches across it."""
