"""The page of each dump, so that nothing is lost unseen: all its lines, or the articles of its rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import PurePosixPath

from gongwen_site.builder import paths
from gongwen_site.builder.cards import Card
from gongwen_site.builder.dump_lines import DumpLines, dump_lines, role_name, tint
from gongwen_site.builder.dump_text import is_table
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.lists import pager_of
from gongwen_site.builder.publication import Page, Planned, PlannedPage, Publication
from gongwen_site.builder.reports import Report, report_link
from gongwen_site.builder.views import DumpArticleView, DumpLineView, DumpView, Link, RowView, SourcesView, TableView
from gongwen_site.records.ledger import Ledger

_DIGEST_SHOWN = 12
_DUMPS_PER_PAGE = 200


def dump_pages(publication: Publication) -> Iterator[Planned]:
    """Yield the pages of every dump that has a ledger, then the list of them."""
    made = lru_cache(maxsize=1)(partial(_made, publication))  # the pages of a dump are made one after another
    for dump in sorted(publication.archive.ledgers):
        yield from _dump(publication, dump, made)
    yield from _sources_pages(publication)


def _dump(publication: Publication, dump: str, made: Callable[[str], Callable[[int], Page]]) -> Iterator[Planned]:
    """Yield the pages of one dump. The whole of it is looked at when the first of them is made."""
    articles = publication.catalogue.dumps.get(dump, ())

    def told(number: int) -> tuple[object, ...]:
        archive, marks = publication.archive, publication.marks
        known = (archive.heads[dump].digest, publication.dumps.state(dump), publication.withheld.inputs, len(articles))
        if is_table(dump):
            part = articles[(number - 1) * paths.LINES_PER_PAGE : number * paths.LINES_PER_PAGE]
            return (*known, marks.shown(part))
        # A line of any article may be on any page, and links to its paragraph.
        return (*known, marks.shown(articles), *(archive.digests[card.id] for card in articles))

    def page(number: int) -> Page:
        return made(dump)(number)

    for number in range(1, _last(publication, dump) + 1):
        path = paths.numbered(paths.source(dump), number)
        yield PlannedPage(path=path, make=partial(page, number), inputs=partial(told, number))


def _last(publication: Publication, dump: str) -> int:
    """Return how many pages a dump has."""
    count = len(publication.catalogue.dumps.get(dump, ())) if is_table(dump) else publication.dumps.count(dump)
    return max(1, -(-count // paths.LINES_PER_PAGE))


def _made(publication: Publication, dump: str) -> Callable[[int], Page]:
    """Return what makes the pages of a dump."""
    articles, ledger = publication.catalogue.dumps.get(dump, ()), publication.archive.ledgers[dump]
    make = _table_pages if is_table(dump) else _text_pages
    return make(publication, ledger, articles, _last(publication, dump))


def _text_pages(publication: Publication, ledger: Ledger, articles: Articles, last: int) -> Callable[[int], Page]:
    text = publication.dumps.lines(ledger.dump)
    shown = dump_lines(publication, ledger, text, articles) if text is not None else None
    count = len(text or ())
    summary, amounts = _summary(publication, ledger, articles), _line_counts(publication, ledger)

    def page(number: int) -> Page:
        root = paths.root_of(paths.numbered(paths.source(ledger.dump), number))
        first = (number - 1) * paths.LINES_PER_PAGE + 1
        part = range(first, min(count, number * paths.LINES_PER_PAGE) + 1)
        return _page(
            publication,
            ledger,
            number,
            last,
            summary=summary,
            articles=_article_views(publication, ledger.dump, _beginning_in(part, articles, shown), amounts, root),
            roles=_role_counts(publication, ledger) if number == 1 else None,
            lines=tuple(shown.views(part, root)) if shown else (),
            per_page="pager.lines",
        )

    return page


def _table_pages(publication: Publication, ledger: Ledger, articles: Articles, last: int) -> Callable[[int], Page]:
    placed = tuple(enumerate(articles))
    amounts = {article.id: publication.display.length(article) for article in articles}
    summary = publication.say("dump.table_summary", articles=publication.display.number(len(articles)))

    def page(number: int) -> Page:
        root = paths.root_of(paths.numbered(paths.source(ledger.dump), number))
        start = (number - 1) * paths.LINES_PER_PAGE
        return _page(
            publication,
            ledger,
            number,
            last,
            summary=summary,
            articles=_article_views(
                publication, ledger.dump, placed[start : start + paths.LINES_PER_PAGE], amounts, root
            ),
            roles=None,
            lines=(),
            per_page="pager.rows",
        )

    return page


def _page(
    publication: Publication,
    ledger: Ledger,
    number: int,
    last: int,
    *,
    summary: str,
    articles: tuple[DumpArticleView, ...],
    roles: str | None,
    lines: tuple[DumpLineView, ...],
    per_page: str,
) -> Page:
    base, say = paths.source(ledger.dump), publication.say
    path = paths.numbered(base, number)
    root = paths.root_of(path)
    name = PurePosixPath(ledger.dump)
    problem = publication.dumps.problem(ledger.dump)
    view = DumpView(
        crumbs=publication.crumbs(root, Link(text=say("dump.all"), href=root + paths.SOURCES), Link(text=name.name)),
        stem=str(name.with_suffix("")),
        suffix=name.suffix,
        summary=summary,
        table_caption=say("dump.table"),
        amount=say("dump.length" if is_table(ledger.dump) else "dump.amount"),
        articles=articles,
        roles=roles,
        sha256=ledger.sha256,
        proof=say("origin.proof"),
        report=report_link(
            publication, Report(dump=ledger.dump, page=publication.base + path if publication.base else None)
        ),
        notice=say(f"dump.{problem.code}") if problem else None,
        lines=lines,
        pager=pager_of(publication, base, number, last, _amount(publication, per_page, number, lines)),
    )
    return publication.page(path, "dump.html", view, heading=say("dump.heading", dump=ledger.dump))


def _amount(publication: Publication, per_page: str, number: int, lines: tuple[DumpLineView, ...]) -> str:
    """Return how much a page holds; of lines, which ones these are: a line's address follows from its number."""
    amount = publication.say(per_page, n=paths.LINES_PER_PAGE)
    if not lines:
        return amount
    first = (number - 1) * paths.LINES_PER_PAGE + 1
    return publication.say("pager.range", amount=amount, first=first, last=first + paths.LINES_PER_PAGE - 1)


def _summary(publication: Publication, ledger: Ledger, articles: Articles) -> str:
    say, number = publication.say, publication.display.number
    text = publication.dumps.lines(ledger.dump)
    if text is None:
        return say("dump.table_summary", articles=number(len(articles)))
    lost = len(ledger.unaccounted(text))
    printed = sum(bool(line.strip()) for line in text)
    return say("dump.summary", lines=number(len(text)), printed=number(printed), articles=number(len(articles))) + (
        say("dump.lost", n=number(lost)) if lost else say("dump.nothing_lost")
    )


def _beginning_in(part: range, articles: Articles, shown: DumpLines | None) -> list[tuple[int, Card]]:
    """Return the articles that begin on a page, with their places; all of them where the dump cannot be shown."""
    placed = enumerate(articles)
    if shown is None:
        return list(placed)
    return [(place, article) for place, article in placed if shown.firsts.get(article.id, 1) in part]


def _article_views(
    publication: Publication,
    dump: str,
    articles: Iterable[tuple[int, Card]],
    amounts: Mapping[str, str],
    root: str,
) -> tuple[DumpArticleView, ...]:
    """Return articles, each with its place in the dump from 0, for the table of a dump's page.

    `amounts` says how much of the dump, or how long, each is.
    """
    linked = publication.dumps.lines(dump) is not None

    def line(first: int, last: int) -> Link:
        text = str(first) if first == last else f"{first}—{last}"
        return Link(text=text, href=root + paths.source_line(dump, first) if linked else None)

    return tuple(
        DumpArticleView(
            id=None if linked else _row_anchor(dump, article),
            tint=tint(place),
            number=str(place + 1),
            title=Link(text=publication.display.title(article).text, href=root + paths.article(article.id)),
            lines=tuple(line(first, last) for first, last in article.lines),
            count=amounts.get(article.id, "0"),
        )
        for place, article in articles
    )


def _row_anchor(dump: str, article: Card) -> str | None:
    return f"L{article.lines[0][0]}" if is_table(dump) and article.lines else None


def _line_counts(publication: Publication, ledger: Ledger) -> dict[str, str]:
    return {name: publication.display.number(len(lines)) for name, lines in ledger.article_lines().items()}


def _role_counts(publication: Publication, ledger: Ledger) -> str | None:
    counts: Counter[str] = Counter()
    for line in ledger.lines:
        counts[role_name(publication, line)] += line.last - line.first + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "　".join(f"{name} {number}" for name, number in ordered) or None


def _sources_pages(publication: Publication) -> Iterator[Planned]:
    archive, groups = publication.archive, publication.catalogue.dumps
    dumps = sorted(archive.ledgers)
    last = max(1, -(-len(dumps) // _DUMPS_PER_PAGE))
    for number in range(1, last + 1):
        part = dumps[(number - 1) * _DUMPS_PER_PAGE : number * _DUMPS_PER_PAGE]

        def make(number: int = number, part: Sequence[str] = part) -> Page:
            return _sources_page(publication, number, last, part)

        def told(part: Sequence[str] = part) -> tuple[object, ...]:
            return len(dumps), *((dump, archive.heads[dump].digest, len(groups.get(dump, ()))) for dump in part)

        yield PlannedPage(path=paths.numbered(paths.SOURCES, number), make=make, inputs=told)


def _sources_page(publication: Publication, number: int, last: int, part: Iterable[str]) -> Page:
    path = paths.numbered(paths.SOURCES, number)
    root = paths.root_of(path)
    say, heading = publication.say, publication.say("dump.all")
    rows = tuple(
        RowView(
            link=Link(text=dump, href=root + paths.source(dump)),
            cells=(f"{publication.archive.heads[dump].sha256[:_DIGEST_SHOWN]}…",),
            inferred=False,
            count=publication.display.number(len(publication.catalogue.dumps.get(dump, ()))),
        )
        for dump in part
    )
    view = SourcesView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("dump.all_summary", n=publication.display.number(len(publication.archive.ledgers))),
        table=TableView(
            caption=heading, heads=(say("dump.one"), say("origin.digest"), say("dump.articles")), rows=rows
        ),
        pager=pager_of(publication, paths.SOURCES, number, last, say("pager.dumps", n=_DUMPS_PER_PAGE)),
    )
    return publication.page(path, "sources.html", view, heading=heading)
