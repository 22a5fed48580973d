"""The page of each dump, so that nothing is lost unseen: all its lines, or the articles of its rows."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from gongwen_site.builder import paths
from gongwen_site.builder.articles import withdrawn_ids
from gongwen_site.builder.dump_lines import dump_lines, role_name, tint
from gongwen_site.builder.dump_text import is_table
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.lists import pager_of
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.views import DumpArticleView, DumpLineView, DumpView, Link, RowView, SourcesView, TableView
from gongwen_site.records.ledger import Ledger

_DIGEST_SHOWN = 12


def dump_pages(publication: Publication) -> Iterator[Page]:
    """Yield the pages of every dump that has a ledger, then the list of them."""
    withdrawn = withdrawn_ids(publication)
    for dump, ledger in sorted(publication.archive.ledgers.items()):
        articles = publication.catalogue.dumps.get(dump, ())
        if is_table(dump):
            yield from _table_pages(publication, ledger, articles)
        else:
            yield from _text_pages(publication, ledger, articles, withdrawn)
    yield _sources_page(publication)


def _text_pages(
    publication: Publication, ledger: Ledger, articles: Articles, withdrawn: frozenset[str]
) -> Iterator[Page]:
    text = publication.dumps.lines(ledger.dump)
    shown = dump_lines(publication, ledger, text, articles, withdrawn) if text is not None else None
    count = len(text or ())
    summary = _summary(publication, ledger, articles)
    last = max(1, -(-count // paths.LINES_PER_PAGE))
    for number in range(1, last + 1):
        root = paths.root_of(paths.numbered(paths.source(ledger.dump), number))
        first = (number - 1) * paths.LINES_PER_PAGE + 1
        part = range(first, min(count, number * paths.LINES_PER_PAGE) + 1)
        yield _page(
            publication,
            ledger,
            number,
            last,
            summary=summary,
            articles=_article_views(publication, ledger, articles, root) if number == 1 else (),
            roles=_role_counts(publication, ledger) if number == 1 else None,
            lines=tuple(shown.views(part, root)) if shown else (),
            per_page="pager.lines",
        )


def _table_pages(publication: Publication, ledger: Ledger, articles: Articles) -> Iterator[Page]:
    last = max(1, -(-len(articles) // paths.LINES_PER_PAGE))
    for number in range(1, last + 1):
        root = paths.root_of(paths.numbered(paths.source(ledger.dump), number))
        start = (number - 1) * paths.LINES_PER_PAGE
        part = articles[start : start + paths.LINES_PER_PAGE]
        yield _page(
            publication,
            ledger,
            number,
            last,
            summary=publication.say("dump.table_summary", articles=publication.display.number(len(articles))),
            articles=_article_views(publication, ledger, part, root, start=start),
            roles=None,
            lines=(),
            per_page="pager.rows",
        )


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
        notice=say(f"dump.{problem.code}") if problem else None,
        lines=lines,
        pager=pager_of(publication, base, number, last, say(per_page, n=paths.LINES_PER_PAGE)),
    )
    return publication.page(path, "dump.html", view, heading=say("dump.heading", dump=ledger.dump))


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


def _article_views(
    publication: Publication, ledger: Ledger, articles: Articles, root: str, *, start: int = 0
) -> tuple[DumpArticleView, ...]:
    of_article = ledger.article_lines()
    linked = publication.dumps.lines(ledger.dump) is not None

    def line(first: int, last: int) -> Link:
        text = str(first) if first == last else f"{first}—{last}"
        return Link(text=text, href=root + paths.source_line(ledger.dump, first) if linked else None)

    return tuple(
        DumpArticleView(
            tint=tint(place),
            number=str(place + 1),
            title=Link(text=publication.display.title(article).text, href=root + paths.article(article.id)),
            lines=tuple(line(first, last) for first, last in (article.provenance.lines if article.provenance else ())),
            count=publication.display.length(article)
            if is_table(ledger.dump)
            else publication.display.number(len(of_article.get(article.id, ()))),
        )
        for place, article in enumerate(articles, start)
    )


def _role_counts(publication: Publication, ledger: Ledger) -> str | None:
    counts: Counter[str] = Counter()
    for line in ledger.lines:
        counts[role_name(publication, line)] += line.last - line.first + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "　".join(f"{name} {number}" for name, number in ordered) or None


def _sources_page(publication: Publication) -> Page:
    path = paths.SOURCES
    root = paths.root_of(path)
    say, heading = publication.say, publication.say("dump.all")
    rows = tuple(
        RowView(
            link=Link(text=dump, href=root + paths.source(dump)),
            cells=(f"{ledger.sha256[:_DIGEST_SHOWN]}…",),
            inferred=False,
            count=publication.display.number(len(publication.catalogue.dumps.get(dump, ()))),
        )
        for dump, ledger in sorted(publication.archive.ledgers.items())
    )
    view = SourcesView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        heading=heading,
        summary=say("dump.all_summary", n=len(rows)),
        table=TableView(
            caption=heading, heads=(say("dump.one"), say("origin.digest"), say("dump.articles")), rows=rows
        ),
    )
    return publication.page(path, "sources.html", view, heading=heading)
