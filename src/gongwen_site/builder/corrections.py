"""The log of corrections to its page, and to the pages of the articles it names."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from gongwen_site.builder import paths
from gongwen_site.builder.publication import ATOM, Page, Publication
from gongwen_site.builder.render import without_controls
from gongwen_site.builder.reports import Report, report_link
from gongwen_site.builder.views import CorrectionsView, CorrectionView, Link
from gongwen_site.records.corrections import Correction

_ENTRIES = 50
_BEGINNING = "1970-01-01"


def correction_view(publication: Publication, entry: Correction, root: str, *, linked: bool) -> CorrectionView:
    """Return an entry; `linked` names the article, which its own page need not."""
    article = publication.archive.by_id.get(entry.id or "")
    link = None
    if linked and entry.id:
        text = publication.display.title(article).text if article else entry.id
        known = entry.id in publication.archive.by_id or entry.id in publication.archive.register.latest
        link = Link(text=text, href=root + paths.article(entry.id) if known else None)
    return CorrectionView(
        date=entry.date,
        shown_date=publication.display.date(entry.date),
        what=publication.display.text(entry.what),
        why=publication.display.text(entry.why) if entry.why else None,
        article=link,
    )


def corrections_by_article(entries: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Return the corrections of each article, in the order of the log."""
    found: dict[str, list[Correction]] = {}
    for entry in entries:
        if entry.id is not None:
            found.setdefault(entry.id, []).append(entry)
    return found


def corrections_page(publication: Publication) -> Page:
    """Return the page of all corrections, the latest first."""
    path = paths.CORRECTIONS
    root = paths.root_of(path)
    entries = _latest_first(publication)
    key = "corrections.summary" if entries else "corrections.none"
    heading = publication.say("footer.corrections")
    view = CorrectionsView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        summary=publication.say(key, n=len(entries)),
        links=_links(publication, root),
        entries=tuple(correction_view(publication, entry, root, linked=True) for entry in entries),
    )
    return publication.page(path, "corrections.html", view, heading=heading, feed=path + paths.FEED)


def _links(publication: Publication, root: str) -> tuple[Link, ...]:
    report = report_link(publication, Report())
    feed = Link(text=publication.say("corrections.feed"), href=root + paths.CORRECTIONS + paths.FEED)
    return (feed, Link(text=publication.say("article.report"), href=report)) if report else (feed,)


def corrections_feed(publication: Publication) -> tuple[str, bytes]:
    """Return the address and the text of the Atom feed (RFC 4287) of corrections, the latest first."""
    path = paths.CORRECTIONS + paths.FEED
    base = publication.base or paths.root_of(path)
    title = f"{publication.say('footer.corrections')} · {publication.config.title}"
    entries = _latest_first(publication)[:_ENTRIES]
    updated = entries[0].date if entries else _BEGINNING
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(publication.config.language)}>',
        f"<title>{escape(title)}</title>",
        f"<id>{_urn(path)}</id>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<author><name>{escape(publication.config.title)}</name></author>",
        f'<link rel="self" type="{ATOM}" href={quoteattr(base + path)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + paths.CORRECTIONS)}/>',
    ]
    numbers = Counter[tuple[str, str | None]]()
    for entry in entries:
        same = (entry.date, entry.id)
        numbers[same] += 1
        view = correction_view(publication, entry, base, linked=True)
        href = view.article.href if view.article and view.article.href else base + paths.CORRECTIONS
        why = f"{publication.say('corrections.why')}{view.why}" if view.why else ""
        lines += [
            "<entry>",
            f"<title>{escape(view.article.text if view.article else title)}</title>",
            f"<id>{_urn(f'correction {entry.date} {entry.id} {numbers[same]}')}</id>",
            f"<updated>{entry.date}T00:00:00Z</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(href)}/>',
            f"<summary>{escape(' '.join(part for part in (view.what, why) if part))}</summary>",
            "</entry>",
        ]
    return path, without_controls("\n".join([*lines, "</feed>", ""])).encode()


def corrections_json_feed(publication: Publication) -> tuple[str, bytes]:
    """Return the address and the text of the same as JSON Feed 1.1."""
    path = paths.CORRECTIONS + paths.JSON_FEED
    base = publication.base or paths.root_of(path)
    items = []
    numbers = Counter[tuple[str, str | None]]()
    for entry in _latest_first(publication)[:_ENTRIES]:
        same = (entry.date, entry.id)
        numbers[same] += 1
        view = correction_view(publication, entry, base, linked=True)
        why = f"{publication.say('corrections.why')}{view.why}" if view.why else ""
        items.append(
            {
                "id": _urn(f"correction {entry.date} {entry.id} {numbers[same]}"),
                "url": view.article.href if view.article and view.article.href else base + paths.CORRECTIONS,
                "title": view.article.text if view.article else publication.say("footer.corrections"),
                "content_text": " ".join(part for part in (view.what, why) if part),
                "date_published": f"{entry.date}T00:00:00Z",
            }
        )
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{publication.say('footer.corrections')} · {publication.config.title}",
        "home_page_url": base + paths.CORRECTIONS,
        "feed_url": base + path,
        "language": publication.config.language,
        "items": items,
    }
    return path, (json.dumps(feed, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _latest_first(publication: Publication) -> list[Correction]:
    return sorted(publication.archive.corrections, key=lambda entry: entry.date, reverse=True)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'gongwen:{name}')}"
