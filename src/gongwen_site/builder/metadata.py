"""What machines read of an article: meta elements for Zotero and previews, JSON-LD for search engines.

Zotero reads a newspaper article only from this combination: DC.type names the item type; og:type must not be "website",
which would outrank it; citation_journal_title would make it a journal article; the newspaper's name stands in
prism.publicationName, without which the site's name would be taken for it. DC.coverage would become the place in an archive,
and is left out. Dublin Core says the rest again for those who read nothing else. What Open Graph says in the same words
stands on the same element: a reader of names passes its property over, and the other way round. What only the file of
a citation says is on the citation; `static/js/cite/basket.js` reads both.
"""

from typing import Any

from gongwen_site.builder.cards import Card
from gongwen_site.builder.citations import Reference
from gongwen_site.builder.embedding import json_for_script
from gongwen_site.builder.publication import PRINTED_LANGUAGE, Publication
from gongwen_site.builder.views import Meta, MetadataView
from gongwen_site.records.article import Article

_ABSTRACT = 80


def description_of(publication: Publication, card: Card) -> str:
    """Return the beginning of an article, for previews."""
    return publication.display.text(publication.display.excerpt(card, _ABSTRACT))


def metadata_view(
    publication: Publication, article: Article, card: Card, reference: Reference, canonical: str | None
) -> MetadataView:
    """Return the metadata of an article's page. `canonical` is its whole address, if known."""
    paper = publication.vocabulary.papers.get(article.source or "")
    metas: list[tuple[str, str, str | None]] = [
        ("description", "og:description", description_of(publication, card)),
        ("", "og:type", "article"),
        ("", "og:url", canonical),
        ("citation_title", "og:title", reference.title),
        *(("citation_author", "", name) for name in reference.authors),
        ("citation_publication_date", "article:published_time", article.date),
        ("citation_firstpage", "", article.page),
        ("citation_language", "", PRINTED_LANGUAGE),
        ("prism.publicationName", "", article.source),
        ("eprints.place_of_pub", "", paper.place if paper else None),
        ("", "article:section", article.standing_head),
        ("DC.type", "", "newspaperArticle"),
        ("DC.identifier", "", article.id),
        ("DC.title", "", reference.title),
        *(("DC.creator", "", name) for name in reference.authors),
        ("DC.date", "", article.date),
        ("DC.source", "", article.source),
        ("DC.rights", "", publication.config.rights),
    ]
    return MetadataView(
        metas=tuple(Meta(name=name, property=kind, content=value) for name, kind, value in metas if value),
        json_ld=json_for_script(_news_article(publication, article, reference, canonical)),
    )


def _news_article(
    publication: Publication, article: Article, reference: Reference, canonical: str | None
) -> dict[str, Any]:
    kind = "Organization" if reference.is_body else "Person"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": article.id,
        "headline": " ".join(publication.display.text(article.title).split()),
        "alternativeHeadline": article.deck,
        "inLanguage": PRINTED_LANGUAGE,
        "datePublished": article.date,
        "author": [{"@type": kind, "name": name} for name in reference.authors] or None,
        "isPartOf": {"@type": "Newspaper", "name": article.source} if article.source else None,
        "printPage": article.page,
        "printEdition": article.edition,
        "articleSection": article.standing_head,
        "dateline": article.dateline.place if article.dateline else None,
        "contentLocation": [{"@type": "Place", "name": path.replace("/", "")} for path in article.regions] or None,
        "about": [{"@type": "Thing", "name": topic} for topic in article.topics] or None,
        "isBasedOn": article.url,
        "archivedAt": article.archived_url,
        "url": canonical,
    }
    return {key: value for key, value in data.items() if value}
