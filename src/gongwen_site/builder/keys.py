"""What a page is made of, in a few bytes: pages whose keys are equal are equal, so only others are made anew.

A key is a digest of plain values: what the page shows of its own record, of the cards in its lists, of the counts beside
them. What all pages share (templates, words, vocabularies, settings, the program) is no part of it: where that changes, all
pages are made anew.
"""

import hashlib
import marshal
from collections.abc import Callable
from dataclasses import dataclass, field

from gongwen_site.builder.cards import Card

SIZE = 12
"""Bytes of a key: among a hundred million pages two equal ones are not to be expected."""
_FEW = 100
"""Cards whose digest is sooner made anew than kept."""
_PLAIN = 2
"""The version of marshal's format that depends on the values alone, not on which of them are the same object."""


def key_of(*values: object) -> bytes:
    """Return the key of plain values: None, numbers, text, bytes and tuples of these."""
    return hashlib.blake2b(marshal.dumps(values, _PLAIN), digest_size=SIZE).digest()  # type: ignore[arg-type] # plain


@dataclass(frozen=True, slots=True)
class Marks:
    """Digests of cards, each made once: of all that a list shows, and of what groups and counts are made of."""

    _shown: dict[str, bytes] = field(default_factory=dict)
    _counted: dict[str, bytes] = field(default_factory=dict)
    _groups: dict[tuple[str, int], tuple[tuple[Card, ...], bytes]] = field(default_factory=dict)

    def shown(self, cards: tuple[Card, ...]) -> bytes:
        """Return what changes when a row of a list of these cards does, or their order."""
        return self._once("shown", cards, lambda group: b"".join(map(self.card, group)))

    def counted(self, cards: tuple[Card, ...]) -> bytes:
        """Return what changes when a count, a span of time or a group of these cards does, or their order."""
        return self._once("counted", cards, self._counts)

    def _once(self, kind: str, cards: tuple[Card, ...], marks: Callable[[tuple[Card, ...]], bytes]) -> bytes:
        """Return the digest of the marks of cards. That of a large group, which many pages ask for, is made once."""
        if len(cards) <= _FEW:
            return key_of(marks(cards))
        known = self._groups.get((kind, id(cards)))
        if known is None:
            known = self._groups[kind, id(cards)] = (cards, key_of(marks(cards)))
        return known[1]

    def _counts(self, cards: tuple[Card, ...]) -> bytes:
        known = self._counted
        found = []
        for card in cards:
            mark = known.get(card.id)
            if mark is None:
                mark = key_of(card.id, card.source, card.date, card.inferred, card.regions, card.topics)
                known[card.id] = mark
            found.append(mark)
        return b"".join(found)

    def card(self, card: Card) -> bytes:
        """Return the digest of one card."""
        mark = self._shown.get(card.id)
        if mark is None:
            mark = self._shown[card.id] = key_of(tuple(card))
        return mark
