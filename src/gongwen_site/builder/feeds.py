"""Feeds, sitemap, search description: files for programs. Dates come from records and corrections, never a clock."""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from gongwen_site.builder import paths
from gongwen_site.builder.cards import Card
from gongwen_site.builder.corrections import corrections_by_article
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.publication import ATOM, PRINTED_LANGUAGE, Publication
from gongwen_site.builder.render import without_controls

_ENTRIES = 50
_FACET_ENTRIES = 20
_SUMMARY = 80
_BEGINNING = "1970-01-01"
_SITEMAP_LIMIT = 50_000


@dataclass(frozen=True, slots=True)
class _Feed:
    path: str
    page: str
    title: str
    articles: Articles
    corrected: Mapping[str, str]

    @property
    def json_path(self) -> str:
        return self.path.removesuffix(paths.FEED) + paths.JSON_FEED


Made = tuple[str, Callable[[], tuple[object, ...]], Callable[[], bytes]]
"""A file's address, what decides what it says, and what makes it."""


def feed_files(publication: Publication) -> Iterator[Made]:
    """Yield the feeds of the site and of every region, topic and newspaper, the newest first: Atom (RFC 4287), JSON Feed 1.1.

    An undated article stands last; its entry is of 1970, since Atom asks for a moment.
    """
    corrected = _corrected(publication)
    site = _Feed(paths.FEED, paths.HOME, publication.config.title, publication.catalogue.articles, corrected)
    yield from _planned(publication, site)
    for facet in publication.facets:
        for name, articles in sorted(facet.groups.items()):
            page = facet.address(name)
            title = f"{name.rsplit('/', 1)[-1]} · {publication.config.title}"
            yield from _planned(
                publication, _Feed(page + paths.FEED, page, title, articles[:_FACET_ENTRIES], corrected)
            )


def _planned(publication: Publication, feed: _Feed) -> Iterator[Made]:
    def inputs() -> tuple[object, ...]:
        newest = feed.articles[:_ENTRIES]
        days = tuple(feed.corrected.get(article.id) for article in newest)
        return feed.path, feed.title, publication.marks.shown(newest), days

    yield feed.path, inputs, lambda: _atom(publication, feed).encode()
    yield feed.json_path, inputs, lambda: _json_feed(publication, feed).encode()


def _both(publication: Publication, feed: _Feed) -> Iterator[tuple[str, bytes]]:
    yield feed.path, _atom(publication, feed).encode()
    yield feed.json_path, _json_feed(publication, feed).encode()


def retired_feed_files(
    publication: Publication, retired: Iterable[tuple[str, str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Yield an empty feed for each that was published and has no articles any more: address, page, name."""
    for path, page, name in retired:
        title = f"{name.rsplit('/', 1)[-1]} · {publication.config.title}"
        yield from _both(publication, _Feed(path, page, title, (), {}))


def _href(publication: Publication, feed: _Feed, path: str) -> str:
    """Return a whole address where the site's is known, else one relative to the feed."""
    return publication.base + path if publication.base else paths.root_of(feed.path) + path


def _corrected(publication: Publication) -> dict[str, str]:
    """Return the day of each article's last correction."""
    by_article = corrections_by_article(publication.archive.corrections)
    return {name: max(entry.date for entry in entries) for name, entries in by_article.items()}


def _updated(feed: _Feed, article: Card) -> str:
    """Return when an article's entry last changed: its date or that of its last correction, as a moment."""
    day = "-".join([*(article.date or _BEGINNING).split("-"), "01", "01"][:3])
    return f"{max(day, feed.corrected.get(article.id, day))}T00:00:00Z"


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'gongwen:{name}')}"


def _atom(publication: Publication, feed: _Feed) -> str:
    newest = feed.articles[:_ENTRIES]
    updated = [_updated(feed, article) for article in newest]
    author = escape(publication.config.title)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(PRINTED_LANGUAGE)}>',
        f"<title>{escape(feed.title)}</title>",
        f"<id>{_urn(feed.path)}</id>",
        f"<updated>{max(updated, default=_BEGINNING + 'T00:00:00Z')}</updated>",
        f"<author><name>{author}</name></author>",
        f'<link rel="self" type="{ATOM}" href={quoteattr(_href(publication, feed, feed.path))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(_href(publication, feed, feed.page))}/>',
    ]
    for article, moment in zip(newest, updated, strict=True):
        summary = _summary(publication, article)
        lines += [
            "<entry>",
            f"<title>{escape(publication.display.text(article.title))}</title>",
            f"<id>{_urn(article.id)}</id>",
            f"<updated>{moment}</updated>",
            *([f"<published>{article.date}T00:00:00Z</published>"] if _has_day(article) else []),
            f'<link rel="alternate" type="text/html" href={quoteattr(_href(publication, feed, paths.article(article.id)))}/>',
            *(f"<author><name>{escape(name)}</name></author>" for name in article.authors),
            *(f"<category term={quoteattr(topic)}/>" for topic in article.topics),
            *([f"<summary>{escape(summary)}</summary>"] if summary else []),
            "</entry>",
        ]
    return without_controls("\n".join([*lines, "</feed>", ""]))


def _summary(publication: Publication, article: Card) -> str:
    return publication.display.text(publication.display.excerpt(article, _SUMMARY))


def _has_day(article: Card) -> bool:
    return article.date is not None and len(article.date) == len(_BEGINNING)


def _json_feed(publication: Publication, feed: _Feed) -> str:
    """Return the feed as JSON Feed 1.1 (jsonfeed.org)."""
    entries = []
    for article in feed.articles[:_ENTRIES]:
        entry = {
            "id": _urn(article.id),
            "url": _href(publication, feed, paths.article(article.id)),
            "title": publication.display.text(article.title),
            "content_text": _summary(publication, article) or article.title,
            "date_published": f"{article.date}T00:00:00Z" if _has_day(article) else None,
            "date_modified": _updated(feed, article) if article.id in feed.corrected else None,
            "authors": [{"name": name} for name in article.authors],
            "tags": list(article.topics),
        }
        entries.append({key: value for key, value in entry.items() if value})
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": _href(publication, feed, feed.page),
        "feed_url": _href(publication, feed, feed.json_path),
        "description": publication.config.description,
        "language": PRINTED_LANGUAGE,
        "items": entries,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def site_files(publication: Publication, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap of `addresses`, the search description and what robots may read."""
    base = publication.base or paths.base_path(publication.config.base_url)
    found = sorted(addresses)
    parts = [found[start : start + _SITEMAP_LIMIT] for start in range(0, len(found), _SITEMAP_LIMIT)] or [[]]
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    changed = {paths.article(article.id): article.date for article in publication.archive.cards if _has_day(article)}
    for name, day in _corrected(publication).items():
        changed[paths.article(name)] = max(day, changed.get(paths.article(name)) or day)

    def urls(part: list[str]) -> str:
        rows = "".join(
            f"<url><loc>{escape(base + path)}</loc>"
            + (f"<lastmod>{changed[path]}</lastmod>" if path in changed else "")
            + "</url>\n"
            for path in part
        )
        return f"{head}<urlset {space}>\n{rows}</urlset>\n"

    if len(parts) == 1:
        yield "sitemap.xml", urls(parts[0]).encode()
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        rows = "".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n" for name in names)
        yield "sitemap.xml", f"{head}<sitemapindex {space}>\n{rows}</sitemapindex>\n".encode()
        for name, part in zip(names, parts, strict=True):
            yield name, urls(part).encode()
    yield "opensearch.xml", _opensearch(publication, base).encode()
    sitemap = f"Sitemap: {base}sitemap.xml\n" if publication.base else ""
    yield "robots.txt", f"User-agent: *\nAllow: /\n{sitemap}".encode()
    yield ".nojekyll", b""


def _opensearch(publication: Publication, base: str) -> str:
    name = publication.config.title[:16]
    template = f"{base}{paths.SEARCH}?q={{searchTerms}}"
    return without_controls(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(name)}</ShortName>\n"
        f"<Description>{escape(publication.say('search.description', title=publication.config.title))}</Description>\n"
        f"<Language>{PRINTED_LANGUAGE}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template={quoteattr(template)}/>\n'
        "</OpenSearchDescription>\n"
    )
