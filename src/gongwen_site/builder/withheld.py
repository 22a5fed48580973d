"""What is not to be seen: the words of withdrawn articles, and what an excerpt keeps back, wherever a dump or a note holds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gongwen_site.builder.dump_text import DumpTexts
from gongwen_site.builder.holdings import Holdings
from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article
from gongwen_site.records.disclosure import (
    Runs,
    article_without,
    correction_without,
    doubt_without,
    squeezed,
    words_of,
)
from gongwen_site.records.ledger import Ledger, LedgerLine
from gongwen_site.records.reading import Role
from gongwen_site.records.register import State

_TEXT = frozenset({Role.BODY, Role.HEADING, Role.CAPTION, Role.PORTRAIT})
_STRIDE = 16
"""Characters between the runs by which an article is looked through for a withdrawn one's words."""
_SAME = 5
"""Such runs that are no chance."""

WITHDRAWN = "withdrawn"
BEYOND = "beyond"
"""Why a line is hidden; keys of the words of a dump's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """The lines of each dump that are not shown, each with the reason; `runs` of the words of withdrawn articles.

    `inputs` are the plain values that decide all of this.
    """

    lines: Mapping[str, Mapping[int, str]]
    runs: Runs
    inputs: tuple[object, ...] = ()

    def cleaned(self, archive: Archive) -> Archive:
        """Return the archive with nothing in its evidence, doubts, notes and corrections that quotes these words."""
        if not self.runs:
            return archive
        return replace(
            archive,
            articles=tuple(article_without(article, self.runs) for article in archive.articles),
            ledgers={dump: self._ledger(ledger) for dump, ledger in archive.ledgers.items()},
            corrections=tuple(correction_without(entry, self.runs) for entry in archive.corrections),
        )

    def without(self, holdings: Holdings) -> Holdings:
        """Return the same of an archive whose whole records are read one by one."""
        if not self.runs:
            return holdings
        return replace(
            holdings,
            read=lambda name: article_without(holdings.read(name), self.runs),
            heads={
                dump: replace(head, doubts=tuple(doubt_without(doubt, self.runs) for doubt in head.doubts))
                for dump, head in holdings.heads.items()
            },
            ledgers={dump: self._ledger(ledger) for dump, ledger in holdings.ledgers.items()},
            corrections=tuple(correction_without(entry, self.runs) for entry in holdings.corrections),
        )

    def _ledger(self, ledger: Ledger) -> Ledger:
        return replace(
            ledger,
            lines=tuple(
                replace(line, note=self.runs.hidden(line.note)) if line.note else line for line in ledger.lines
            ),
            doubts=tuple(doubt_without(doubt, self.runs) for doubt in ledger.doubts),
        )

    def still_elsewhere(self, holdings: Holdings) -> Iterator[Diagnostic]:
        """Yield a note for every article that has a withdrawn one's text too: a reprint, which is withdrawn by itself."""
        for card in holdings.cards if self.runs else ():
            if self.runs.are_in(words_of(holdings.read(card.id)), step=_STRIDE) >= _SAME:
                yield note("withdrawn-elsewhere", Location(file=card.file) if card.file else None, id=card.id)


def withdrawn_ids(archive: Holdings) -> frozenset[str]:
    """Return the ids whose text must appear nowhere: every one without a record that none has taken over."""
    return frozenset(
        name
        for name, entry in archive.register.latest.items()
        if name not in archive.by_id and entry.state is not State.SUPERSEDED
    )


def withheld_from(archive: Holdings, dumps: DumpTexts) -> Withheld:
    """Return what of the dumps is not shown. An archive without withdrawn articles and excerpts costs no time."""
    gone = withdrawn_ids(archive)
    marked: dict[str, dict[int, str]] = {}
    for dump, ledger in archive.ledgers.items() if gone or archive.excerpts else ():
        text = dumps.lines(dump)
        own = dict(_own_lines(archive, ledger, text, gone)) if text is not None else {}
        if own:
            marked[dump] = own
    texts = {dump: dumps.lines(dump) or () for dump in archive.ledgers} if marked else {}
    runs = Runs(
        texts[dump][number - 1] for dump, own in marked.items() for number, why in own.items() if why == WITHDRAWN
    )
    for dump, text in texts.items():
        found = _repetitions(archive, archive.ledgers[dump], text, marked.get(dump, {}), runs)
        if found:
            marked[dump] = {**found, **marked.get(dump, {})}
    inputs = (
        (dump, archive.heads[dump].sha256, tuple(sorted(lines.items()))) for dump, lines in sorted(marked.items())
    )
    return Withheld(lines=marked, runs=runs, inputs=tuple(inputs))


def _own_lines(
    archive: Holdings, ledger: Ledger, text: tuple[str, ...], gone: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """Yield the lines that belong to withdrawn articles, and those of excerpts that hold more than was published."""
    published: dict[str, str] = {}
    for line in ledger.lines:
        article = archive.by_id.get(line.article or "")
        for number in range(line.first, min(line.last, len(text)) + 1):
            if line.article in gone:
                yield number, WITHDRAWN
            elif article is not None and article.id in archive.excerpts and _TEXT.intersection(line.roles):
                if article.id not in published:
                    published[article.id] = _published(archive.read(article.id))
                if squeezed(text[number - 1]) not in published[article.id]:
                    yield number, BEYOND


def _published(article: Article) -> str:
    heads = (article.standing_head, article.kicker, article.title, article.deck)
    return "\n".join(squeezed(text) for text in (*filter(None, heads), words_of(article)))


def _repetitions(
    archive: Holdings, ledger: Ledger, text: tuple[str, ...], own: Mapping[int, str], withdrawn: Runs
) -> dict[int, str]:
    """Return the other lines of a dump that hold words of hidden ones and belong to no article that is published."""
    here = Runs(text[number - 1] for number in own)
    short = {text[number - 1].strip() for number in own}
    found = {}
    for number, line in _lines(ledger, len(text)):
        if number in own or (line.article in archive.by_id and Role.REPEATED not in line.roles):
            continue
        words = text[number - 1]
        if withdrawn.are_in(words):
            found[number] = WITHDRAWN
        elif line.repeats in own or here.are_in(words) or words.strip() in short:
            found[number] = own.get(line.repeats or 0, BEYOND if archive.excerpts else WITHDRAWN)
    return found


def _lines(ledger: Ledger, count: int) -> Iterator[tuple[int, LedgerLine]]:
    return ((number, line) for line in ledger.lines for number in range(line.first, min(line.last, count) + 1))
