"""The log of corrections to its page, and to the pages of the articles it names."""

from collections.abc import Iterable

from gongwen_site.builder import paths
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.views import CorrectionsView, CorrectionView, Link
from gongwen_site.records.corrections import Correction


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
    entries = sorted(publication.archive.corrections, key=lambda entry: entry.date, reverse=True)
    key = "corrections.summary" if entries else "corrections.none"
    heading = publication.say("footer.corrections")
    view = CorrectionsView(
        crumbs=publication.crumbs(root, Link(text=heading)),
        summary=publication.say(key, n=len(entries)),
        entries=tuple(correction_view(publication, entry, root, linked=True) for entry in entries),
    )
    return publication.page(path, "corrections.html", view, heading=heading)
