"""The lines of a dump's page: each with its role, its rule and its article, blank ones drawn together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from gongwen_site.builder import paths
from gongwen_site.builder.bodies import paragraph_addresses
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import DumpLineView
from gongwen_site.records.ledger import Ledger, LedgerLine
from gongwen_site.records.reading import Role

_TINTS = 10
_SILENT = frozenset({Role.BODY})
_HEADS = frozenset({Role.HEADLINE})
_LEFT_OUT = frozenset({Role.REPEATED, Role.DROPPED})
_ASIDE = frozenset({Role.FURNITURE, Role.MASTHEAD, Role.SOURCE, Role.DATE, Role.TRAILER, Role.EDITOR, Role.PAGE_CREDIT})


def tint(index: int) -> str:
    """Return the class that tells an article from its neighbours, by its place in the dump from 0."""
    return f"art-{index % _TINTS + 1}"


def role_name(publication: Publication, line: LedgerLine) -> str:
    """Return the roles of a line in words."""
    return publication.say("dump.and").join(publication.say(f"roles.{role.value}") for role in line.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpLines:
    """A dump's text beside its ledger. `places` is each article's place in the dump, from 0; `firsts` its first line.

    `paragraphs` has the addresses of those that are part of one; `hidden` lines hold words that are not to be seen, each with the reason: see `withheld`.
    """

    publication: Publication
    ledger: Ledger
    text: tuple[str, ...]
    fates: Mapping[int, LedgerLine]
    places: Mapping[str, int]
    firsts: Mapping[str, int]
    hidden: Mapping[int, str]
    paragraphs: Mapping[int, str]

    def views(self, numbers: range, root: str) -> Iterator[DumpLineView]:
        """Yield the lines of `numbers`, runs of blank ones as one gap."""
        for blank, run in groupby(numbers, key=self._is_blank):
            if blank:
                yield self._gap(list(run))
            else:
                for number in run:
                    yield self._line(number, root)

    def _is_blank(self, number: int) -> bool:
        return not self.text[number - 1].strip() and number not in self.fates

    def _tint(self, article: str | None) -> str:
        return tint(self.places[article]) if article is not None and article in self.places else ""

    def _gap(self, blank: list[int]) -> DumpLineView:
        before, after = self.fates.get(blank[0] - 1), self.fates.get(blank[-1] + 1)
        same = before.article if before and after and before.article == after.article else None
        several = len(blank) > 1
        return DumpLineView(
            id=None,
            classes=" ".join(name for name in ("gap", "many" if several else "", self._tint(same)) if name),
            number=f"{blank[0]}—{blank[-1]}" if several else None,
            href=None,
            role="",
            rule=None,
            text=self.publication.say("dump.blank", n=len(blank)) if several else "",
            text_href=None,
            note=None,
            note_href=None,
        )

    def _line(self, number: int, root: str) -> DumpLineView:
        say, fate = self.publication.say, self.fates.get(number)
        is_hidden = number in self.hidden
        repeated = fate is not None and Role.REPEATED in fate.roles
        note, note_href = self._note(number, fate, root)
        role = say("roles.lost")
        if fate is not None:
            role = "" if set(fate.roles) <= _SILENT else role_name(self.publication, fate)
        return DumpLineView(
            id=f"L{number}",
            classes="drop" if is_hidden else self._classes(fate),
            number=str(number),
            href=f"#L{number}",
            role=role,
            rule=self.publication.wording.rules.get(fate.rule, fate.rule) if fate else None,
            text=say(f"dump.{self.hidden[number]}") if is_hidden else self.text[number - 1],
            text_href=None if is_hidden or repeated else self._address(number, fate, root),
            note=note,
            note_href=note_href,
        )

    def _classes(self, fate: LedgerLine | None) -> str:
        if fate is None or _LEFT_OUT.intersection(fate.roles):
            return "drop"
        shown = [self._tint(fate.article)]
        if fate.article not in self.places or set(fate.roles) <= _ASIDE:
            shown.append("junk")
        if _HEADS.intersection(fate.roles):
            shown.append("head-line")
        return " ".join(name for name in shown if name)

    def _address(self, number: int, fate: LedgerLine | None, root: str) -> str | None:
        if fate is None or fate.article not in self.publication.archive.by_id:
            return None
        own = paths.article(fate.article or "")
        return root + self.paragraphs.get(number, own)

    def _note(self, number: int, fate: LedgerLine | None, root: str) -> tuple[str | None, str | None]:
        """Return what stands beside a line, and where it leads: whose article begins, what it repeats or continues."""
        say, dump = self.publication.say, self.ledger.dump
        if fate is None:
            return None, None
        if Role.DROPPED in fate.roles:
            return fate.note, None
        if Role.REPEATED in fate.roles:
            if not fate.repeats:
                return say("dump.repeated"), None
            return say("dump.repeats", line=fate.repeats), root + paths.source_line(dump, fate.repeats)
        article = self.publication.archive.by_id.get(fate.article or "")
        if article is not None and article.id in self.places and self.firsts.get(article.id) == number:
            title = self.publication.display.title(article).text
            return f"{self.places[article.id] + 1}　{title}", root + paths.article(article.id)
        if fate.joins and number == fate.first:
            return say("dump.joins", line=fate.joins), root + paths.source_line(dump, fate.joins)
        return None, None


def dump_lines(publication: Publication, ledger: Ledger, text: tuple[str, ...], articles: Articles) -> DumpLines:
    """Return a dump's lines, ready to be shown page by page."""
    return DumpLines(
        publication=publication,
        ledger=ledger,
        text=text,
        fates={number: line for line in ledger.lines for number in range(line.first, line.last + 1)},
        places={article.id: place for place, article in enumerate(articles)},
        firsts=_first_lines(ledger),
        hidden=publication.withheld.lines.get(ledger.dump, {}),
        paragraphs=paragraph_addresses(publication, ledger),
    )


def _first_lines(ledger: Ledger) -> dict[str, int]:
    """Return the first line of each article: of its headline if it has one, else of anything."""
    found: dict[str, int] = {}
    for wanted in (_HEADS, frozenset(Role)):
        for line in ledger.lines:
            if line.article is not None and wanted.intersection(line.roles):
                found.setdefault(line.article, line.first)
    return found
