"""How much of an article's text is published: some archives may keep whole texts, but not print them.

`disclosed` is the one seam: pages, feeds, data and search are all made of the archive that it returns, so that what is
kept back is in none of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gongwen_site.records.archive import Archive, Excerpt
from gongwen_site.records.article import Article, Caption, Evidence, Reasons
from gongwen_site.records.corrections import Correction
from gongwen_site.records.fields import BODY
from gongwen_site.records.keeper import digest_of
from gongwen_site.records.ledger import Ledger, LedgerDoubt

RUN = 8
"""Characters, white space apart, that two texts must share before the one is taken to hold words of the other."""
ELLIPSIS = "……"
"""Stands where words were kept back."""
_SENTENCE = re.compile(r".*[。！？；!?;]", re.DOTALL)
_ESCAPES = re.compile(r"\\([!-/:-@\[-`{-~])")


class Extent(StrEnum):
    """How much of a text is published."""

    WHOLE = "whole"
    EXCERPT = "excerpt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What an archive publishes: `of` names newspapers and ids that differ from `extent`.

    An excerpt has at most `length` characters, and never more than half of the text.
    """

    extent: Extent = Extent.WHOLE
    of: Mapping[str, Extent] = field(default_factory=dict)
    length: int = 200

    def extent_of(self, article: Article) -> Extent:
        """Return how much of an article is published: by its id, else by its newspaper, else as of all."""
        by_paper = self.of.get(article.source or "", self.extent)
        return self.of.get(article.id, by_paper)


class Runs:
    """All runs of `RUN` characters of some texts, white space apart."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs = {run for text in texts for run in _runs(squeezed(text), 1)}

    def __bool__(self) -> bool:
        return bool(self._runs)

    def are_in(self, text: str, *, step: int = 1) -> int:
        """Return how many of a text's runs, of those that begin at every `step`-th character, are among these."""
        return sum(run in self._runs for run in _runs(squeezed(text), step))

    def hidden(self, text: str) -> str:
        """Return a text, or the mark of omission if it holds any of the runs."""
        return ELLIPSIS if self._runs and self.are_in(text) else text


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def _runs(text: str, step: int) -> Iterable[str]:
    return (text[start : start + RUN] for start in range(0, len(text) - RUN + 1, step))


@dataclass(frozen=True, slots=True)
class Disclosed:
    """An article as it may be published; of an excerpt also what it has whole, and all runs of what is kept back."""

    article: Article
    excerpt: Excerpt | None = None
    kept: Runs | None = None


def disclosed_article(article: Article, disclosure: Disclosure) -> Disclosed:
    """Return one article as it may be published."""
    if disclosure.extent_of(article) is Extent.WHOLE:
        return Disclosed(article)
    shown, rest = _cut(article, disclosure.length)
    kept = Runs([rest])
    excerpt = Excerpt(characters=len(squeezed(words_of(article))), blocks=_blocks(article))
    return Disclosed(_without(shown, kept), excerpt, kept)


def disclosed(archive: Archive, disclosure: Disclosure) -> Archive:
    """Return the archive as it may be published."""
    excerpts: dict[str, Excerpt] = {}
    kept: dict[str, Runs] = {}
    articles = []
    for article in archive.articles:
        shown = disclosed_article(article, disclosure)
        articles.append(shown.article)
        if shown.excerpt is not None and shown.kept is not None:
            excerpts[article.id], kept[article.id] = shown.excerpt, shown.kept
    if not excerpts:
        return archive
    return replace(
        archive,
        articles=tuple(articles),
        excerpts=excerpts,
        corrections=tuple(correction_without(entry, kept.get(entry.id or "")) for entry in archive.corrections),
        ledgers={
            dump: with_doubts(ledger, (doubt_without(doubt, kept.get(doubt.article)) for doubt in ledger.doubts))
            for dump, ledger in archive.ledgers.items()
        },
    )


def words_of(article: Article) -> str:
    """Return the text of an article, its captions included, without the escapes of Markdown."""
    return _ESCAPES.sub(r"\1", "\n".join((article.body, *(caption.text for caption in article.captions))))


def _blocks(article: Article) -> int:
    return len(_parts(article))


def _parts(article: Article) -> list[str]:
    return [part for part in re.split(r"\n{2,}", article.body.strip("\n")) if part]


def _cut(article: Article, length: int) -> tuple[Article, str]:
    """Return an article with the beginning of its text, and the rest of the text."""
    left = min(length, len(words_of(article)) // 2)
    parts, rest = [], []
    for block in _parts(article):
        head = _head(block, left)
        left = max(0, left - len(block)) if head == block else 0
        if head:
            parts.append(head if head == block else head + ELLIPSIS)
        rest.append(block.removeprefix(head))
    while parts and parts[-1].startswith("#"):
        rest.append(parts.pop())
    captions = []
    for caption in article.captions:
        head = _head(caption.text, left)
        left = max(0, left - len(caption.text)) if head == caption.text else 0
        if head:
            captions.append(Caption(text=head if head == caption.text else head + ELLIPSIS))
        rest.append(caption.text.removeprefix(head))
    body = "\n\n".join(parts) + ("\n" if article.body.endswith("\n") else "")
    cut = replace(article, body=body if parts else "", captions=tuple(captions))
    return _with_matching_digests(article, cut), _ESCAPES.sub(r"\1", "\n".join(rest))


def _head(text: str, most: int) -> str:
    """Return a text if it is short enough, else as many whole sentences as may be shown, else its first characters."""
    if len(text) <= most:
        return text
    head = text[:most]
    whole = _SENTENCE.match(head)
    head = whole[0] if whole else head
    return head[: len(head.rstrip("\\"))]


def _with_matching_digests(whole: Article, cut: Article) -> Article:
    """Return the cut article with digests by which what a person edited is told as in the whole one."""
    if whole.provenance is None:
        return cut
    digests = dict(whole.provenance.digests)
    for key in (BODY, "captions"):
        if key in digests and digests[key] == digest_of(whole, key):
            new = digest_of(cut, key)
            if new is None:
                del digests[key]
            else:
                digests[key] = new
    return replace(cut, provenance=replace(whole.provenance, digests=digests))


def _without(article: Article, runs: Runs) -> Article:
    """Return an article whose other columns and evidence do not tell what its excerpt keeps back."""
    extra = {name: runs.hidden(value) for name, value in article.extra.items()}
    return replace(article_without(article, runs), extra=extra)


def article_without(article: Article, runs: Runs) -> Article:
    """Return an article whose evidence does not quote some texts."""

    def told(reasons: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(replace(reason, words=runs.hidden(reason.words)) for reason in reasons)

    evidence = article.evidence
    if evidence == Reasons():
        return article
    cleaned = Reasons(
        date=told(evidence.date),
        source=told(evidence.source),
        regions={name: told(reasons) for name, reasons in evidence.regions.items()},
        topics={name: told(reasons) for name, reasons in evidence.topics.items()},
    )
    return article if cleaned == evidence else replace(article, evidence=cleaned)


def correction_without(entry: Correction, runs: Runs | None) -> Correction:
    """Return a correction that does not quote some texts."""
    if not runs:
        return entry
    return replace(entry, what=runs.hidden(entry.what), why=runs.hidden(entry.why) if entry.why else None)


def doubt_without(doubt: LedgerDoubt, runs: Runs | None) -> LedgerDoubt:
    """Return a doubt that does not quote some texts."""
    if not runs:
        return doubt
    return replace(doubt, params={name: runs.hidden(value) for name, value in doubt.params.items()})


def with_doubts(ledger: Ledger, doubts: Iterable[LedgerDoubt]) -> Ledger:
    """Return a ledger with these doubts."""
    found = tuple(doubts)
    return ledger if found == ledger.doubts else replace(ledger, doubts=found)
