"""What machines read of an article: meta elements for Zotero and previews, JSON-LD for search engines.

Zotero reads a newspaper article only from this combination: DC.type names the item type; og:type must not be "website",
which would outrank it; citation_journal_title would make it a journal article; the newspaper's name stands in
prism.publicationName, without which the site's name would be taken for it. DC.coverage would become the place in an archive,
and is left out. Dublin Core says the rest again for those who read nothing else.
"""

from typing import Any

from gongwen_site.builder.citations import Reference
from gongwen_site.builder.embedding import json_for_script
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import Meta, MetadataView
from gongwen_site.records.article import Article

_ABSTRACT = 120


def description_of(publication: Publication, article: Article) -> str:
    """Return the beginning of an article, for previews."""
    return publication.display.text(publication.display.excerpt(article, _ABSTRACT))


def metadata_view(
    publication: Publication, article: Article, reference: Reference, canonical: str | None
) -> MetadataView:
    """Return the metadata of an article's page. `canonical` is its whole address, if known."""
    paper = publication.vocabulary.papers.get(article.source or "")
    language, description = publication.config.language, description_of(publication, article)
    keywords = tuple(dict.fromkeys((*article.topics, *article.keywords)))
    metas: list[tuple[str, str, str | None]] = [
        ("name", "keywords", ",".join(keywords) or None),
        ("name", "DC.type", "newspaperArticle"),
        ("name", "DC.identifier", article.id),
        ("name", "DC.title", reference.title),
        *(("name", "DC.creator", name) for name in reference.authors),
        ("name", "DC.date", article.date),
        ("name", "DC.source", article.source),
        ("name", "DC.language", language),
        ("name", "DC.rights", publication.config.rights),
        ("name", "citation_title", reference.title),
        *(("name", "citation_author", name) for name in reference.authors),
        ("name", "citation_publication_date", article.date),
        ("name", "prism.publicationName", article.source),
        ("name", "citation_firstpage", article.page),
        ("name", "citation_language", language),
        ("name", "citation_keywords", ";".join(keywords) or None),
        ("name", "eprints.place_of_pub", paper.place if paper else None),
        ("property", "og:type", "article"),
        ("property", "og:title", reference.title),
        ("property", "og:description", description or None),
        ("property", "og:site_name", publication.config.title),
        ("property", "og:locale", language.replace("-", "_")),
        ("property", "og:url", canonical),
        ("property", "article:published_time", article.date),
        ("property", "article:section", article.standing_head),
        *(("property", "article:tag", topic) for topic in article.topics),
    ]
    return MetadataView(
        metas=tuple(Meta(attribute=kind, name=name, content=value) for kind, name, value in metas if value),
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
        "inLanguage": publication.config.language,
        "datePublished": article.date,
        "author": [{"@type": kind, "name": name} for name in reference.authors] or None,
        "isPartOf": {"@type": "Newspaper", "name": article.source} if article.source else None,
        "printPage": article.page,
        "printEdition": article.edition,
        "articleSection": article.standing_head,
        "dateline": article.dateline.place if article.dateline else None,
        "contentLocation": [{"@type": "Place", "name": path.replace("/", "")} for path in article.regions] or None,
        "about": [{"@type": "Thing", "name": topic} for topic in article.topics] or None,
        "keywords": list(article.keywords) or None,
        "isBasedOn": article.url,
        "archivedAt": article.archived_url,
        "url": canonical,
        "mainEntityOfPage": canonical,
    }
    return {key: value for key, value in data.items() if value}
