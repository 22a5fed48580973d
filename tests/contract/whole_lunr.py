"""The oracle: one whole Lunr index of an archive, built by lunr.py from the same terms, as lunr.js reads it."""

from lunr.builder import Builder

from gongwen_site.search.documents import number_articles, read_document
from gongwen_site.search.folding import opencc_folding
from gongwen_site.search.format import FIELDS, utf16
from gongwen_site.search.index import vocabulary_names
from gongwen_site.search.terms import Analyzer


def documents_of(archive, vocabulary):
    """Yield the terms of each document by field, with its number."""
    analyzer = Analyzer(opencc_folding(), vocabulary_names(vocabulary))
    for number, article in number_articles(archive.articles, archive.register):
        document = read_document(number, article, full_width=True)
        names = [name for name, _ in FIELDS]
        counted = analyzer.count(["\n".join(document.texts(name)) for name in names]).by_text(len(names))
        yield number, {name: list(terms.elements()) for name, terms in zip(names, counted, strict=True)}


def whole_lunr(documents):
    """Return the index of documents as JSON has it. Both pipelines are empty; terms come as arrays, untouched."""
    builder = Builder()
    builder.ref("number")
    for name, boost in FIELDS:
        builder.field(name, boost=boost)
    for number, terms in documents:
        builder.add({"number": number, **terms})
    return in_utf16_order(builder.build().serialize())


def in_utf16_order(serialized):
    """Return an index with its terms in the order that lunr.js insists on, and numbered by it; lunr.py sorts by code point."""
    postings = sorted(serialized["invertedIndex"], key=lambda pair: utf16(pair[0]))
    rank = {posting["_index"]: place for place, (_, posting) in enumerate(postings)}
    return {
        **serialized,
        "fieldVectors": [[ref, _renumbered(vector, rank)] for ref, vector in serialized["fieldVectors"]],
        "invertedIndex": [[term, {**posting, "_index": rank[posting["_index"]]}] for term, posting in postings],
        "pipeline": [],
    }


def _renumbered(vector, rank):
    pairs = sorted((rank[index], weight) for index, weight in zip(vector[::2], vector[1::2], strict=True))
    return [value for pair in pairs for value in pair]
