"""The same article in two dumps: both are whole records, and the later one says which it repeats."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongwen_site.records.article import Article
from gongwen_site.records.keeper import digest_of


def find_reprints(records: Iterable[tuple[str, bytes | None]]) -> Iterator[tuple[str, str | None]]:
    """Yield each record's id with that of the first record of the same words, None if it is the first itself.

    `records` are ids with their `fingerprint`, by document number; None where there are too few words.
    """
    first: dict[bytes, str] = {}
    for name, words in records:
        original = name if words is None else first.setdefault(words, name)
        yield name, original if original != name else None


def marked_reprint(article: Article, original: str | None) -> Article:
    """Return a loaded article with the id of what it repeats, or with none, and with its digest."""
    assert article.provenance is not None  # noqa: S101 - only what was loaded is marked
    marked = replace(article, reprint_of=original)
    digests = {key: value for key, value in article.provenance.digests.items() if key != "reprint_of"}
    if digest := digest_of(marked, "reprint_of"):
        digests["reprint_of"] = digest
    return replace(marked, provenance=replace(article.provenance, digests=digests))
