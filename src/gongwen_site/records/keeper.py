"""The keeper's hand: what a person changed in a record is theirs, key by key, and no load rewrites it.

A record carries one digest a key as the rules wrote it. A key whose text no longer matches its digest was edited; a key
with a digest but without a value was deleted; a key without a digest was added. All three are the keeper's.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from gongwen_site.records.article import Article, DateCertainty, Reasons
from gongwen_site.records.comparison import Comparison, compare
from gongwen_site.records.fields import BODY, DIGESTED
from gongwen_site.records.frontmatter import join_values, render_value, render_values
from gongwen_site.records.given import subject_of
from gongwen_site.records.ledger import LedgerDoubt


def digest_of(article: Article, key: str) -> str | None:
    """Return 12 hexadecimal digits of SHA-256 over a key's canonical text; None for a key that is unset."""
    return _digest(article.body if key == BODY else render_value(key, article))


def _digest(text: str) -> str | None:
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else None


def with_digests(article: Article) -> Article:
    """Return an article as the rules wrote it, with a digest for every key that has a value."""
    return digested(article)[0]


def digested(article: Article) -> tuple[Article, str]:
    """Return an article as the rules wrote it, with a digest for every key that has a value, and its record file."""
    assert article.provenance is not None  # noqa: S101 - only loaded articles are digested
    values = render_values(article)
    texts = {**values, BODY: article.body}
    digests = {key: digest for key in DIGESTED if key in texts and (digest := _digest(texts[key]))}
    article = replace(article, provenance=replace(article.provenance, digests=digests))
    values["provenance"] = render_value("provenance", article)
    return article, join_values(values, article.body)


def keeper_keys(article: Article) -> frozenset[str]:
    """Return the keys of a record that a person decided; all of them in a record that no rule wrote."""
    recorded = article.provenance.digests if article.provenance else {}
    told = (key for key in DIGESTED if key in recorded or getattr(article, key))  # of the others neither says anything
    return frozenset(key for key in told if digest_of(article, key) != recorded.get(key))


def open_doubts(article: Article, doubts: Iterable[LedgerDoubt]) -> tuple[LedgerDoubt, ...]:
    """Return those of an article's doubts that are open: none once it is reviewed, none about what a person decided."""
    own = [doubt for doubt in doubts if doubt.article == article.id]
    return open_among(own, article.reviewed, keeper_keys(article)) if own else ()


def open_among(doubts: Iterable[LedgerDoubt], reviewed: str | None, theirs: Collection[str]) -> tuple[LedgerDoubt, ...]:
    """Return those of the doubts about one article that are open: `theirs` are the keys that a person decided."""
    if reviewed is not None:
        return ()
    return tuple(doubt for doubt in doubts if subject_of(doubt.code) not in theirs)


@dataclass(frozen=True, slots=True)
class Difference:
    """A key that is the keeper's and that the dump now reads differently from before: both, as a record has them."""

    key: str
    kept: str
    read: str

    def shown(self) -> Comparison:
        """Return where the two differ."""
        mark = "\n\n" if self.key == BODY else "\n"
        kept, read = (text.removeprefix(f"{self.key}:").strip() for text in (self.kept, self.read))
        return compare(*(text.split(mark) if text else () for text in (kept, read)))


_PAIRS = (frozenset({"date", "date_certainty"}), frozenset({"title", "title_supplied"}))


def keep_hand(existing: Article, read: Article) -> tuple[Article, tuple[Difference, ...]]:
    """Return `read`, a new reading with digests, with every key that is the keeper's taken from `existing`.

    A keeper's key keeps the digest of the reading that they changed, so that it stays theirs for ever. A record without
    provenance is theirs whole. Who decides one of a pair (a date, and how sure it is) has decided both.
    """
    assert read.provenance is not None  # noqa: S101 - it has just been loaded
    if existing.provenance is None:
        return existing, ()
    edited = keeper_keys(existing)
    theirs = edited.union(*(pair for pair in _PAIRS if edited & pair))
    values = {key: getattr(existing, key) for key in theirs}
    values |= {key: getattr(existing, key) for key in ("reviewed", "status")}
    digests = dict(read.provenance.digests)
    differences = []
    for key in DIGESTED:
        if key not in theirs:
            continue
        before = existing.provenance.digests.get(key)
        if read.provenance.digests.get(key) != before and getattr(existing, key) != getattr(read, key):
            differences.append(Difference(key, _shown(existing, key), _shown(read, key)))
        digests.pop(key, None)
        if before is not None:
            digests[key] = before
    if "reprint_of" not in theirs:  # found by comparing articles, after each has been read
        values["reprint_of"] = existing.reprint_of
        if existing.reprint_of is not None:
            digests["reprint_of"] = existing.provenance.digests["reprint_of"]
    if "date" in edited and "date_certainty" not in edited and existing.date is not None:
        values["date_certainty"] = DateCertainty.KEEPER
    evidence = Reasons(
        date=() if "date" in theirs else read.evidence.date,
        source=() if "source" in theirs else read.evidence.source,
        regions={} if "regions" in theirs else read.evidence.regions,
        topics={} if "topics" in theirs else read.evidence.topics,
    )
    ordered = {key: digests[key] for key in DIGESTED if key in digests}
    kept = replace(read, **values, evidence=evidence, provenance=replace(read.provenance, digests=ordered))
    return kept, tuple(differences)


def _shown(article: Article, key: str) -> str:
    return article.body.strip() if key == BODY else render_value(key, article)
