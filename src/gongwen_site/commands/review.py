"""The review page of `gongwen serve`: what a person should look at, beside the dump, with what to write where to settle it.

What is open comes from ledgers and records, as the last build remembers them. A dump that is shown is read anew, so that the
snippets are those that `explain --fix` drafts; a long table is not.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlencode

from gongwen_site.builder import paths
from gongwen_site.builder.cards import Card
from gongwen_site.builder.dump_text import is_table
from gongwen_site.builder.holdings import Holdings
from gongwen_site.builder.stacks import Stacks
from gongwen_site.commands.collection import collect
from gongwen_site.commands.custody import articles_read
from gongwen_site.commands.explain import Reread, reread
from gongwen_site.commands.fix_draft import Operation, beginning, operations
from gongwen_site.commands.ground import digest_of_program
from gongwen_site.commands.memory import Memory, recall, stamps_below
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.served_pages import review_page
from gongwen_site.commands.unchanged import memory_file
from gongwen_site.errors import Diagnostic, GongwenError
from gongwen_site.records.article import Evidence
from gongwen_site.records.fixfile import SUFFIX
from gongwen_site.records.given import TAGGED, subject_of
from gongwen_site.records.ledger import LedgerDoubt
from gongwen_site.records.reading import Draft, Tags
from gongwen_site.wording import Wording

_ARTICLES = 50
"""Articles with doubts on one page."""
_LISTED = 300
"""Articles without a review that are listed, at most."""
_AROUND = 2
"""Lines of a dump shown before and after the one that a doubt is about."""
_MOMENT, _AGAIN = 3.0, 0.05
"""Seconds for which another command is waited for, and between two tries."""
_LONG = 500_000
"""Bytes from which on a table is not read for its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtCard:
    """One doubt as it is shown: words, lines of the dump (number, text, whether it is the one), reasons, ways to settle it."""

    code: str
    words: str
    line: int | None
    href: str
    lines: tuple[tuple[int, str, bool], ...] = ()
    rule: str | None = None
    evidence: tuple[tuple[str, int | None], ...] = ()
    fix: str | None = None
    others: tuple[str, ...] = ()
    record: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """An article with its open doubts. `file` is its record, as a person finds it."""

    title: str
    href: str
    file: str
    doubts: tuple[DoubtCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpCard:
    """A dump with its articles in doubt, as far as they are on this page.

    `fix` is the file that corrects it, `head` how one begins that is not there yet; without `has_text` its lines are not shown.
    """

    name: str
    href: str
    is_table: bool
    fix: str
    head: str | None
    has_text: bool
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A dump to choose: its link on the review page, how many doubts are open, how many articles were not reviewed."""

    name: str
    href: str
    doubts: int
    unreviewed: int
    is_chosen: bool


def review(folders: Folders, query: str, words: Wording, notes: Sequence[Diagnostic] = ()) -> str:
    """Return the review page: of all dumps, or of the one that the query names (`dump=…&from=…`)."""
    asked = {name: values[-1] for name, values in parse_qs(query, errors="replace").items()}
    try:
        view = _Review(_holdings(folders), folders, words).view(asked.get("dump"), _number(asked.get("from")))
    except GongwenError as failure:
        return review_page(words, notes=notes, problems=failure.diagnostics, view=None)
    return review_page(words, notes=notes, view=view)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _holdings(folders: Folders) -> Holdings:
    """Return what the records and ledgers say now; what the last build remembers of them is not read again."""
    disclosure = folders.config().disclosure
    found = recall(memory_file(folders, folders.output.resolve()))
    program = digest_of_program() + repr(disclosure).encode()
    memory = found[1] if found and found[1].program == program else Memory()
    stacks = Stacks(folder=folders.articles, disclosure=disclosure)
    until = time.monotonic() + _MOMENT
    while True:
        try:
            with articles_read(folders.articles, "serve"):
                stamps = stamps_below(folders.articles, 1 << 63)
                collection = collect(stacks, stamps, memory, None, ahead=1)
                return stacks.holdings(collection.records.values(), collection.heads.values())
        except GongwenError as failure:  # another command is at it, often for a moment only
            if failure.diagnostics[0].code != "folder-busy" or time.monotonic() > until:
                raise
            time.sleep(_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that the page shows."""

    doubts: int
    articles: int
    unreviewed: int
    choices: tuple[Choice, ...]
    all_href: str
    is_all: bool
    dumps: tuple[DumpCard, ...]
    not_reviewed: tuple[tuple[str, str], ...]
    not_listed: int
    back: str | None
    next: str | None
    today: str


@dataclass(slots=True)
class _Review:
    holdings: Holdings
    folders: Folders
    words: Wording
    _open: Mapping[str, tuple[LedgerDoubt, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._open = self.holdings.open_doubts()

    def view(self, dump: str | None, start: int) -> View:
        cards = sorted(self.holdings.cards, key=lambda card: (card.dump, card.lines, card.id))
        here = [card for card in cards if dump is None or card.dump == dump]
        doubtful = [card for card in here if card.id in self._open]
        shown = doubtful[start : start + _ARTICLES]
        unreviewed = [card for card in here if card.reviewed is None]

        def href(to: int) -> str:
            return "?" + urlencode({**({"dump": dump} if dump is not None else {}), "from": to})

        return View(
            doubts=sum(len(self._open[card.id]) for card in doubtful),
            articles=len(doubtful),
            unreviewed=len(unreviewed),
            choices=tuple(self._choices(cards, dump)),
            all_href="./",
            is_all=dump is None,
            dumps=tuple(self._dumps(shown)),
            not_reviewed=tuple((card.title, f"/{paths.article(card.id)}") for card in unreviewed[:_LISTED]),
            not_listed=max(0, len(unreviewed) - _LISTED),
            back=href(max(0, start - _ARTICLES)) if start else None,
            next=href(start + _ARTICLES) if start + _ARTICLES < len(doubtful) else None,
            today=datetime.now().astimezone().date().isoformat(),
        )

    def _choices(self, cards: Iterable[Card], chosen: str | None) -> Iterator[Choice]:
        doubts: dict[str, int] = {}
        unreviewed: dict[str, int] = {}
        for card in cards:
            doubts[card.dump] = doubts.get(card.dump, 0) + len(self._open.get(card.id, ()))
            unreviewed[card.dump] = unreviewed.get(card.dump, 0) + (card.reviewed is None)
        for dump, count in doubts.items():
            if dump:
                yield Choice(
                    name=dump,
                    href="?" + urlencode({"dump": dump}),
                    doubts=count,
                    unreviewed=unreviewed[dump],
                    is_chosen=dump == chosen,
                )

    def _dumps(self, cards: Iterable[Card]) -> Iterator[DumpCard]:
        by_dump: dict[str, list[Card]] = {}
        for card in cards:
            by_dump.setdefault(card.dump, []).append(card)
        for dump, several in by_dump.items():
            read = self._read(dump)
            fix = str(read.fix) if read and read.fix else str(self.folders.seeds / dump) + SUFFIX
            shown = _Shown(self, read) if read else None
            yield DumpCard(
                name=dump,
                href=f"/{paths.source(dump)}",
                is_table=is_table(dump),
                fix=fix,
                head="\n".join(beginning(read.reading, read.tags)) if read and not read.fix else None,
                has_text=read is not None,
                articles=tuple(self._article(card, shown) for card in several),
            )

    def _read(self, dump: str) -> Reread | None:
        file = self.folders.seeds / dump
        try:
            if is_table(dump) and file.stat().st_size > _LONG:
                return None
            return reread(self.folders, dump)
        except (GongwenError, OSError):  # what is wrong with it, loading says
            return None

    def _article(self, card: Card, shown: "_Shown | None") -> ArticleCard:
        doubts = sorted(self._open[card.id], key=lambda doubt: doubt.line or 0)
        return ArticleCard(
            title=card.title,
            href=f"/{paths.article(card.id)}",
            file=str(self.folders.articles / card.file),
            doubts=tuple(shown.doubt(card, doubt) if shown else self.doubt(card, doubt) for doubt in doubts),
        )

    def doubt(self, card: Card, doubt: LedgerDoubt) -> DoubtCard:
        """Return a doubt as it is shown without the dump."""
        line = doubt.line or (card.lines[0][0] if card.lines else 1)
        return DoubtCard(
            code=doubt.code,
            words=self.words.doubt(doubt.code, doubt.line, doubt.params),
            line=line,
            href=f"/{paths.source_line(card.dump, line)}",
            record=self._record(subject_of(doubt.code)),
        )

    def _record(self, key: str | None) -> str | None:
        """Return how a record settles a doubt about one of its keys: by another value than the rules found."""
        say = self.words.serve
        match key:
            case "byline":
                return f"byline:\n  - {{name: {say['given_person']}, role: {say['given_role']}}}"
            case "regions" | "topics":
                return f"{key}: [{say[f'given_{key}']}]"
            case "title" | "date" | "source":
                return f"{key}: {say[f'given_{key}']}"
        return None


class _Shown:
    """A dump that was read anew, and what it says of the doubts about its articles."""

    def __init__(self, review: _Review, read: Reread) -> None:
        self._review, self._reading = review, read.reading
        drafts = self._reading.drafts
        found = operations(self._reading, read.tags)
        self._drafts: dict[object, tuple[Draft, Tags, tuple[Operation, ...]]] = {
            draft.lines: each for draft, each in zip(drafts, zip(drafts, read.tags, found, strict=True), strict=True)
        }
        self._rules = {
            number: role.rule for role in self._reading.line_roles for number in range(role.first, role.last + 1)
        }

    def doubt(self, card: Card, doubt: LedgerDoubt) -> DoubtCard:
        """Return a doubt as it is shown, with the lines and the operation where the dump still has them."""
        plain = self._review.doubt(card, doubt)
        words = self._review.words
        line = plain.line or 1
        rule = self._rules.get(line) if doubt.line and subject_of(doubt.code) not in TAGGED else None
        tags, operation = None, None
        if card.lines in self._drafts:
            _, tags, found = self._drafts[card.lines]
            same = [one for one in found if one.doubt.code == doubt.code]
            operation = next((one for one in same if one.doubt.line == doubt.line), None)
        return DoubtCard(
            code=plain.code,
            words=plain.words,
            line=plain.line,
            href=plain.href,
            lines=tuple(self._lines(line)),
            rule=words.rules.get(rule, rule) if rule else None,
            evidence=tuple(self._evidence(tags, subject_of(doubt.code))) if tags else (),
            fix=f"  - {operation.text}" if operation else None,
            others=operation.others if operation else (),
            record=plain.record,
        )

    def _lines(self, line: int) -> Iterator[tuple[int, str, bool]]:
        texts = self._reading.lines
        first = self._reading.first
        for number in range(max(first, line - _AROUND), line + _AROUND + 1):
            if number - first < len(texts) and (number == line or texts[number - first].strip()):
                yield number, texts[number - first], number == line

    def _evidence(self, tags: Tags, key: str | None) -> Iterator[tuple[str, int | None]]:
        reasons: dict[str | None, tuple[Evidence, ...]] = {
            "date": tags.date_evidence,
            "source": tags.source_evidence,
            "regions": tuple(reason for several in tags.regions.values() for reason in several),
            "topics": tuple(reason for several in tags.topics.values() for reason in several),
        }
        rules = self._review.words.rules
        for reason in reasons.get(key, ()):
            yield f"{reason.words}　{rules.get(reason.rule, reason.rule)}", reason.line
