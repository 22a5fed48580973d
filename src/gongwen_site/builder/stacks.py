"""articles/ to `Holdings`: each record is read once for its card, and again only when its own pages are made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from gongwen_site.builder.cards import Card, card_of
from gongwen_site.builder.holdings import Holdings, LedgerHead, digest_of, head_of
from gongwen_site.records.archive import Excerpt, read_addresses, read_corrections, read_register, read_text
from gongwen_site.records.article import Article
from gongwen_site.records.disclosure import (
    Disclosed,
    Disclosure,
    correction_without,
    disclosed_article,
    doubt_without,
)
from gongwen_site.records.frontmatter import parse_record
from gongwen_site.records.ledger import Ledger
from gongwen_site.records.ledger_text import parse_ledger

_ARTICLES_AT_HAND = 2000
"""Articles that are held after they were read: about 20 MB."""
_AT_HAND = 4
"""Ledgers that are held after they were read, since the next page may be of the same dump."""


class Catalogued(NamedTuple):
    """What a build keeps of a record file: the digest of its bytes, its card, and how much an excerpt is of the whole."""

    digest: bytes
    card: Card
    excerpt: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacks:
    """The files of an articles folder, as far as what they hold may be published."""

    folder: Path
    disclosure: Disclosure
    _read: dict[str, Article] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> tuple[Callable[..., "Stacks"], tuple[Path, Disclosure]]:
        """Go elsewhere without what was read here."""
        return _stacks, (self.folder, self.disclosure)

    def catalogue(self, file: str) -> Catalogued:
        """Return what a build keeps of a record file. Raises `RecordError`."""
        return _catalogued(file, *self._published(file))

    def again(self, file: str) -> Catalogued:
        """Return the same of a file that may have changed; what is read of it later is of the same moment. Raises `RecordError`."""
        text, shown = self._published(file)
        self._read[file] = shown.article
        return _catalogued(file, text, shown)

    def head(self, file: str) -> LedgerHead:
        """Return what a build keeps of a ledger file. Raises `RecordError`."""
        path = self.folder / file
        text = read_text(path, str(path))
        return head_of(parse_ledger(text, str(path)), file, digest_of(text.encode()))

    def holdings(self, records: Iterable[Catalogued], heads: Iterable[LedgerHead]) -> Holdings:
        """Return the archive of these records and ledgers. Raises `RecordError`."""
        found = {record.card.id: record for record in records}
        files = {name: record.card.file for name, record in found.items()}
        register = read_register(self.folder)
        numbers = register.number_of()
        cards = sorted(
            (record.card for record in found.values()),
            key=lambda card: (numbers.get(card.id, len(numbers)), card.id),
        )
        excerpts = {
            name: Excerpt(characters=record.excerpt[0], blocks=record.excerpt[1])
            for name, record in found.items()
            if record.excerpt
        }
        corrections = read_corrections(self.folder)
        spoken_of = {entry.id for entry in corrections} | {doubt.article for head in heads for doubt in head.doubts}
        kept = {name: self._published(files[name])[1].kept for name in excerpts.keys() & spoken_of}
        shown = {
            head.dump: replace(
                head, doubts=tuple(doubt_without(doubt, kept.get(doubt.article)) for doubt in head.doubts)
            )
            for head in heads
        }
        return Holdings(
            cards=tuple(cards),
            register=register,
            heads=shown,
            ledgers=_Ledgers(self.folder, shown),
            read=lambda name: self.article(files[name]),
            digests={name: record.digest for name, record in found.items()},
            corrections=tuple(correction_without(entry, kept.get(entry.id or "")) for entry in corrections),
            excerpts=excerpts,
            addresses=read_addresses(self.folder),
        )

    def article(self, file: str) -> Article:
        """Return the article of a record file, as it may be published. Raises `RecordError`.

        The last ones read are at hand, since its page and its data are made one after another.
        """
        found = self._read.get(file)
        if found is None:
            if len(self._read) >= _ARTICLES_AT_HAND:
                self._read.clear()
            found = self._read[file] = self._published(file)[1].article
        return found

    def _published(self, file: str) -> tuple[str, Disclosed]:
        path = self.folder / file
        text = read_text(path, str(path))
        return text, disclosed_article(parse_record(text, str(path)), self.disclosure)


def _stacks(folder: Path, disclosure: Disclosure) -> Stacks:
    return Stacks(folder=folder, disclosure=disclosure)


def _catalogued(file: str, text: str, shown: Disclosed) -> Catalogued:
    excerpt = (shown.excerpt.characters, shown.excerpt.blocks) if shown.excerpt else None
    return Catalogued(digest_of(text.encode()), card_of(shown.article, file), excerpt)


class _Ledgers(Mapping[str, Ledger]):
    """The ledgers by dump, each read from its file when it is asked for; the last few are kept at hand."""

    def __init__(self, folder: Path, heads: Mapping[str, LedgerHead]) -> None:
        self._folder, self._heads = folder, heads
        self._at_hand: dict[str, Ledger] = {}

    def __getitem__(self, dump: str) -> Ledger:
        if dump not in self._at_hand:
            head = self._heads[dump]
            path = self._folder / head.file
            while len(self._at_hand) >= _AT_HAND:
                del self._at_hand[next(iter(self._at_hand))]
            self._at_hand[dump] = replace(parse_ledger(read_text(path, str(path)), str(path)), doubts=head.doubts)
        return self._at_hand[dump]

    def __iter__(self) -> Iterator[str]:
        return iter(self._heads)

    def __len__(self) -> int:
        return len(self._heads)
