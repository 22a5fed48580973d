"""The archive as the builder holds it: a card for every article, whole records only while their own pages are made."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gongwen_site.builder.cards import Card, card_of
from gongwen_site.records.addresses import Address
from gongwen_site.records.archive import Archive, Excerpt
from gongwen_site.records.article import Article
from gongwen_site.records.corrections import Correction
from gongwen_site.records.frontmatter import render_record
from gongwen_site.records.keeper import open_among
from gongwen_site.records.ledger import Ledger, LedgerDoubt
from gongwen_site.records.ledger_text import render_ledger
from gongwen_site.records.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerHead:
    """What is kept of a ledger: its `file` below the articles folder and the digest of that, the dump's own, its doubts."""

    dump: str
    file: str
    digest: bytes
    sha256: str
    encoding: str
    doubts: tuple[LedgerDoubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What is to be published. `cards` are in the order of the register, the document number; `read` gives a whole record.

    `heads` has what is kept of the ledger of each dump, `ledgers` reads the whole of it; `digests` are those of the record
    files as they lie in the archive; `excerpts` has the ids of the articles that are not published in whole.
    """

    cards: tuple[Card, ...]
    register: Register
    heads: Mapping[str, LedgerHead]
    ledgers: Mapping[str, Ledger]
    read: Callable[[str], Article]
    digests: Mapping[str, bytes]
    corrections: tuple[Correction, ...] = ()
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    addresses: tuple[Address, ...] = ()
    by_id: Mapping[str, Card] = field(init=False)
    _open: list[dict[str, tuple[LedgerDoubt, ...]]] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {card.id: card for card in self.cards})

    def open_doubts(self) -> dict[str, tuple[LedgerDoubt, ...]]:
        """Return the open doubts of every article that has any, by id, in the order of the articles."""
        if not self._open:  # asked for by several pages
            self._open.append(self._open_doubts())
        return self._open[0]

    def _open_doubts(self) -> dict[str, tuple[LedgerDoubt, ...]]:
        found: dict[str, list[LedgerDoubt]] = {}
        for head in self.heads.values():
            for doubt in head.doubts:
                found.setdefault(doubt.article, []).append(doubt)
        known = ((card, found[card.id]) for card in self.cards if card.id in found)
        left = {card.id: open_among(doubts, card.reviewed, frozenset(card.theirs)) for card, doubts in known}
        return {name: doubts for name, doubts in left.items() if doubts}


def holdings_of(archive: Archive) -> Holdings:
    """Return an archive that is in memory as the builder holds it. Its digests are those of canonical files."""
    digests = {article.id: digest_of(render_record(article).encode()) for article in archive.articles}
    return Holdings(
        cards=tuple(card_of(article, archive.files.get(article.id, "")) for article in archive.articles),
        register=archive.register,
        heads={
            dump: head_of(ledger, "", digest_of(render_ledger(ledger).encode()))
            for dump, ledger in archive.ledgers.items()
        },
        ledgers=archive.ledgers,
        read=archive.by_id.__getitem__,
        digests=digests,
        corrections=archive.corrections,
        excerpts=archive.excerpts,
        addresses=archive.addresses,
    )


def head_of(ledger: Ledger, file: str, digest: bytes) -> LedgerHead:
    """Return what is kept of a ledger that `file` holds, whose bytes have this digest."""
    return LedgerHead(
        dump=ledger.dump,
        file=file,
        digest=digest,
        sha256=ledger.sha256,
        encoding=ledger.encoding,
        doubts=ledger.doubts,
    )


def digest_of(content: bytes) -> bytes:
    """Return the digest by which the contents of files are compared."""
    return hashlib.sha256(content).digest()[:16]
