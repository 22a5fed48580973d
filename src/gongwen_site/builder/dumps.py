"""The page of each dump: every line with its role, its rule and its article, so that nothing is lost unseen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from gongwen_site.builder import paths
from gongwen_site.builder.articles import withdrawn_ids
from gongwen_site.builder.dump_text import is_table
from gongwen_site.builder.lists import pager_of
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.views import (
    DumpArticleView,
    DumpLineView,
    DumpView,
    Link,
    RowView,
    SourcesView,
    TableView,
)
from gongwen_site.records.article import Article
from gongwen_site.records.ledger import Ledger, LedgerLine
from gongwen_site.records.reading import Role

_TINTS = 10
_SILENT = frozenset({Role.BODY})
_HEADS = frozenset({Role.HEADLINE})
_ASIDE = frozenset({Role.FURNITURE, Role.MASTHEAD, Role.SOURCE, Role.DATE, Role.TRAILER, Role.EDITOR, Role.PAGE_CREDIT})


def dump_pages(publication: Publication) -> Iterator[Page]:
    """Yield the pages of every dump that has a ledger, then the list of them."""
    hidden = withdrawn_ids(publication)
    for dump in sorted(publication.archive.ledgers):
        pages = _table_pages if is_table(dump) else _text_pages
        yield from pages(publication, _Dump(publication, publication.archive.ledgers[dump], hidden))
    yield _sources_page(publication)


@dataclass(frozen=True, slots=True)
class _Dump:
    publication: Publication
    ledger: Ledger
    hidden: frozenset[str]

    @property
    def articles(self) -> tuple[Article, ...]:
        return self.publication.catalogue.dumps.get(self.ledger.dump, ())

    def crumbs(self, root: str) -> tuple[Link, ...]:
        sources = Link(text=self.publication.say("dump.all"), href=root + paths.SOURCES)
        return self.publication.crumbs(root, sources, Link(text=PurePosixPath(self.ledger.dump).name))

    def page(self, path: str, view: DumpView) -> Page:
        heading = self.publication.say("dump.heading", dump=self.ledger.dump)
        return self.publication.page(path, "dump.html", view, heading=heading)


def _text_pages(publication: Publication, dump: _Dump) -> Iterator[Page]:
    ledger, say = dump.ledger, publication.say
    text = publication.dumps.lines(ledger.dump)
    fates = {number: line for line in ledger.lines for number in range(line.first, line.last + 1)}
    count = len(text) if text is not None else max(fates, default=0)
    base = paths.source(ledger.dump)
    last = max(1, -(-count // paths.LINES_PER_PAGE))
    tints = {article.id: f"art-{index % _TINTS + 1}" for index, article in enumerate(dump.articles)}
    numbers = {article.id: index for index, article in enumerate(dump.articles, 1)}
    printed = sum(bool(line.strip()) for line in text) if text is not None else len(fates)
    lost = ledger.unaccounted("\n".join(text)) if text is not None else []
    firsts = _first_lines(ledger)
    for page in range(1, last + 1):
        path = paths.numbered(base, page)
        root = paths.root_of(path)
        lines: tuple[DumpLineView, ...] = ()
        if text is not None:
            part = range((page - 1) * paths.LINES_PER_PAGE + 1, min(count, page * paths.LINES_PER_PAGE) + 1)
            lines = tuple(_line_views(dump, text, fates, part, root, tints, numbers, firsts))
        problem = publication.dumps.problem(ledger.dump)
        view = DumpView(
            crumbs=dump.crumbs(root),
            stem=str(PurePosixPath(ledger.dump).with_suffix("")),
            suffix=PurePosixPath(ledger.dump).suffix,
            summary=" ".join(
                (
                    say("dump.summary", lines=count, printed=printed, articles=len(dump.articles)),
                    say("dump.lost", n=len(lost)) if lost else say("dump.nothing_lost"),
                )
            ),
            table_caption=say("dump.table"),
            articles=tuple(_article_views(dump, root, tints, numbers)) if page == 1 else (),
            roles=_role_counts(dump) if page == 1 else None,
            sha256=ledger.sha256,
            notice=say(f"dump.{problem.code}") if problem else None,
            lines=lines,
            pager=pager_of(publication, base, page, last, root, say("pager.lines", n=paths.LINES_PER_PAGE)),
        )
        yield dump.page(path, view)


def _first_lines(ledger: Ledger) -> dict[str, int]:
    """Return the first line of each article: of its headline if it has one, else of anything."""
    found: dict[str, int] = {}
    for wanted in (_HEADS, frozenset(Role)):
        for line in ledger.lines:
            if line.article is not None and wanted.intersection(line.roles):
                found.setdefault(line.article, line.first)
    return found


def _article_views(dump: _Dump, root: str, tints: dict[str, str], numbers: dict[str, int]) -> Iterator[DumpArticleView]:
    publication = dump.publication
    of_article = dump.ledger.article_lines()
    linked = publication.dumps.lines(dump.ledger.dump) is not None
    for article in dump.articles:
        ranges = article.provenance.lines if article.provenance else ()
        lines = tuple(
            Link(
                text=str(first) if first == last else f"{first}—{last}",
                href=root + paths.source_line(dump.ledger.dump, first) if linked else None,
            )
            for first, last in ranges
        )
        yield DumpArticleView(
            tint=tints[article.id],
            number=str(numbers[article.id]),
            title=Link(text=publication.display.title(article).text, href=root + paths.article(article.id)),
            lines=lines,
            count=publication.display.number(len(of_article.get(article.id, ()))),
        )


def _role_counts(dump: _Dump) -> str | None:
    counts: Counter[str] = Counter()
    for line in dump.ledger.lines:
        counts[_role_name(dump, line)] += line.last - line.first + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "　".join(f"{name} {number}" for name, number in ordered) or None


def _role_name(dump: _Dump, line: LedgerLine) -> str:
    return dump.publication.say("dump.and").join(dump.publication.say(f"roles.{role.value}") for role in line.roles)


def _line_views(
    dump: _Dump,
    text: tuple[str, ...],
    fates: dict[int, LedgerLine],
    part: range,
    root: str,
    tints: dict[str, str],
    numbers: dict[str, int],
    firsts: dict[str, int],
) -> Iterator[DumpLineView]:
    for blank, run in groupby(part, key=lambda number: not text[number - 1].strip() and number not in fates):
        lines = list(run)
        if blank:
            yield _gap(dump, lines, fates, tints)
        else:
            for number in lines:
                yield _line_view(dump, number, text[number - 1], fates.get(number), root, tints, numbers, firsts)


def _gap(dump: _Dump, blank: list[int], fates: dict[int, LedgerLine], tints: dict[str, str]) -> DumpLineView:
    before, after = fates.get(blank[0] - 1), fates.get(blank[-1] + 1)
    same = before and after and before.article == after.article and before.article
    tint = tints.get(same or "", "")
    several = len(blank) > 1
    return DumpLineView(
        id=None,
        classes=" ".join(name for name in ("gap", "many" if several else "", tint) if name),
        number=f"{blank[0]}—{blank[-1]}" if several else None,
        href=None,
        role="",
        rule=None,
        text=dump.publication.say("dump.blank", n=len(blank)) if several else "",
        text_href=None,
        note=None,
        note_href=None,
    )


def _line_view(
    dump: _Dump,
    number: int,
    text: str,
    fate: LedgerLine | None,
    root: str,
    tints: dict[str, str],
    numbers: dict[str, int],
    firsts: dict[str, int],
) -> DumpLineView:
    publication, say = dump.publication, dump.publication.say
    note = note_href = text_href = None
    role, rule, classes = say("roles.lost"), None, ["drop"]
    if fate is not None:
        rule = publication.wording.rules.get(fate.rule, fate.rule)
        role = "" if set(fate.roles) <= _SILENT else _role_name(dump, fate)
        classes = [tints[fate.article]] if fate.article in tints else []
        article = publication.archive.by_id.get(fate.article or "")
        if article is not None:
            address = publication.paragraph_of.get((dump.ledger.dump, number), paths.article(article.id))
            text_href = root + address
            if firsts.get(article.id) == number:
                note = f"{numbers.get(article.id, '')}　{publication.display.title(article).text}".strip("　")
                note_href = root + paths.article(article.id)
        if Role.REPEATED in fate.roles:
            classes = ["drop"]
            text_href = None
            note = say("dump.repeats", line=fate.repeats) if fate.repeats else say("dump.repeated")
            note_href = root + paths.source_line(dump.ledger.dump, fate.repeats) if fate.repeats else None
        elif fate.joins and note is None and number == fate.first:
            note = say("dump.joins", line=fate.joins)
            note_href = root + paths.source_line(dump.ledger.dump, fate.joins)
        elif article is None or set(fate.roles) <= _ASIDE:
            classes.append("junk")
        if _HEADS.intersection(fate.roles):
            classes.append("head-line")
        if fate.article in dump.hidden:
            text, classes = say("dump.withdrawn"), ["drop"]
    return DumpLineView(
        id=f"L{number}",
        classes=" ".join(classes),
        number=str(number),
        href=f"#L{number}",
        role=role,
        rule=rule,
        text=text,
        text_href=text_href,
        note=note,
        note_href=note_href,
    )


def _table_pages(publication: Publication, dump: _Dump) -> Iterator[Page]:
    base, articles, say = paths.source(dump.ledger.dump), dump.articles, publication.say
    last = max(1, -(-len(articles) // paths.LINES_PER_PAGE))
    for page in range(1, last + 1):
        path = paths.numbered(base, page)
        root = paths.root_of(path)
        part = articles[(page - 1) * paths.LINES_PER_PAGE : page * paths.LINES_PER_PAGE]
        start = (page - 1) * paths.LINES_PER_PAGE
        rows = tuple(
            DumpArticleView(
                tint=f"art-{index % _TINTS + 1}",
                number=str(index + 1),
                title=Link(text=publication.display.title(article).text, href=root + paths.article(article.id)),
                lines=tuple(
                    Link(text=str(first)) for first, _ in (article.provenance.lines if article.provenance else ())
                ),
                count=publication.display.length(article),
            )
            for index, article in enumerate(part, start)
        )
        view = DumpView(
            crumbs=dump.crumbs(root),
            stem=str(PurePosixPath(dump.ledger.dump).with_suffix("")),
            suffix=PurePosixPath(dump.ledger.dump).suffix,
            summary=say("dump.table_summary", articles=publication.display.number(len(articles))),
            table_caption=say("dump.table"),
            articles=rows,
            roles=None,
            sha256=dump.ledger.sha256,
            notice=None,
            lines=(),
            pager=pager_of(publication, base, page, last, root, say("pager.rows", n=paths.LINES_PER_PAGE)),
        )
        yield dump.page(path, view)


def _sources_page(publication: Publication) -> Page:
    path = paths.SOURCES
    root = paths.root_of(path)
    say, heading = publication.say, publication.say("dump.all")
    rows = tuple(
        RowView(
            link=Link(text=dump, href=root + paths.source(dump)),
            cells=(ledger.sha256[:12] + "…",),
            inferred=False,
            count=publication.display.number(len(publication.catalogue.dumps.get(dump, ()))),
        )
        for dump, ledger in sorted(publication.archive.ledgers.items())
    )
    view = SourcesView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("dump.all_summary", n=len(rows)),
        table=TableView(caption=heading, heads=(say("dump.one"), "SHA-256", say("dump.articles")), rows=rows),
    )
    return publication.page(path, "sources.html", view, heading=heading)
