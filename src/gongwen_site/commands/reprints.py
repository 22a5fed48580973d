"""The same article in two dumps: both are whole records, and the later one says which it repeats."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from gongwen_site.records.article import Article
from gongwen_site.records.keeper import digest_of, keeper_keys

_SHORTEST = 40
"""Characters below which equal texts say nothing."""


def mark_reprints(records: Mapping[str, Article], numbers: Mapping[str, int]) -> Iterator[Article]:
    """Yield the records whose `reprint_of` must change: of equal words the first by document number is the original."""
    first: dict[str, str] = {}
    for name in sorted(records, key=lambda name: (numbers.get(name, len(numbers)), name)):
        article = records[name]
        words = _normalised(article)
        original = first.setdefault(words, name) if len(words) >= _SHORTEST else name
        wanted = original if original != name else None
        if article.reprint_of != wanted and article.provenance and "reprint_of" not in keeper_keys(article):
            yield _with_reprint(article, wanted)


def _with_reprint(article: Article, original: str | None) -> Article:
    assert article.provenance is not None  # noqa: S101 - the caller looked
    marked = replace(article, reprint_of=original)
    digests = {key: value for key, value in article.provenance.digests.items() if key != "reprint_of"}
    if digest := digest_of(marked, "reprint_of"):
        digests["reprint_of"] = digest
    return replace(marked, provenance=replace(article.provenance, digests=digests))


def _normalised(article: Article) -> str:
    text = article.body + "".join(caption.text for caption in article.captions)
    return re.sub(r"[\s\\#]+", "", unicodedata.normalize("NFKC", text))
