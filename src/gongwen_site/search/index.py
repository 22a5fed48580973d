"""Documents to the files under `<site>/search/`: one Lunr index, facets, blocks of what results show, texts.

The index is built by lunr.py with both pipelines empty, from arrays of terms, and laid out so that its bytes depend on
the articles alone: terms in UTF-16 order, which lunr.js insists on, and numbered in that order.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lunr.builder import Builder

from gongwen_site.chinese.words import Segmenter
from gongwen_site.records.archive import Archive
from gongwen_site.search.analyze import terms, words
from gongwen_site.search.documents import FIELDS, Document, read_documents
from gongwen_site.search.format import (
    BLOCK_SIZE,
    FORMAT_VERSION,
    MANIFEST,
    TEXTS,
    Manifest,
    canonical,
    digest,
    utf16,
    write_named,
)
from gongwen_site.vocabulary.vocabulary import Vocabulary

LUNR_VERSION = "2.3.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What `write_index` wrote; sizes in bytes, uncompressed."""

    documents: int
    terms: int
    files: int
    bytes: int


def write_index(archive: Archive, vocabulary: Vocabulary, folder: Path, *, full_width: bool = True) -> IndexReport:
    """Write the index of an archive into `folder`, which is made if missing. Raises OSError.

    `full_width` restores half-width punctuation in what results show, as the site's pages do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    documents = read_documents(archive, full_width=full_width)
    segmenter = Segmenter()
    lunr_index = build_lunr(documents, segmenter)
    counts = count_words(documents, segmenter)
    weights = {word: weight_of(count) for word, count in counts.items()}
    listed = [weights.get(term, 0) for term, _ in lunr_index["invertedIndex"]]

    index, size = write_named(folder, "index", {"lunr": lunr_index, "words": listed})
    facets, more = write_named(folder, "facets", facet_table(documents, vocabulary))
    size += more
    text_names, more = _write_texts(documents, folder / TEXTS)
    size += more
    blocks = {}
    for key, rows in _blocks(documents, text_names).items():
        blocks[key], more = write_named(folder, f"documents-{key}", rows)
        size += more

    manifest = canonical(
        asdict(
            Manifest(
                format=FORMAT_VERSION,
                lunr=LUNR_VERSION,
                documents=len(documents),
                fields=tuple(name for name, _ in FIELDS),
                longest=max(map(len, weights), default=0),
                total=weight_of(counts.total()),
                block_size=BLOCK_SIZE,
                index=index,
                facets=facets,
                blocks=blocks,
            )
        )
    )
    (folder / MANIFEST).write_bytes(manifest)
    return IndexReport(
        documents=len(documents),
        terms=len(listed),
        files=3 + len(blocks) + len(text_names),
        bytes=size + len(manifest),
    )


def build_lunr(documents: Sequence[Document], segmenter: Segmenter) -> dict[str, Any]:
    """Return a whole Lunr 2.3.9 index, serialised. References are document numbers as text."""
    fields = [name for name, _ in FIELDS]
    if not documents:  # lunr.py divides by the number of documents
        return {"version": LUNR_VERSION, "fields": fields, "fieldVectors": [], "invertedIndex": [], "pipeline": []}
    builder = Builder()
    builder.ref("number")
    for name, boost in FIELDS:
        builder.field(name, boost=boost)
    for document in documents:
        analyzed: dict[str, Any] = {
            name: [term for text in document.texts(name) for term in terms(text, segmenter)] for name in fields
        }
        builder.add({"number": document.number, **analyzed})
    return in_utf16_order(builder.build().serialize())


def in_utf16_order(serialized: Mapping[str, Any]) -> dict[str, Any]:
    """Return a serialised Lunr index with its terms in UTF-16 order and numbered by it.

    lunr.py sorts by code point, and lunr.js refuses an index whose terms are out of its own order; numbers given at
    first sight would make every file depend on the order of articles.
    """
    postings = sorted(serialized["invertedIndex"], key=lambda pair: utf16(pair[0]))
    number = {posting["_index"]: rank for rank, (_, posting) in enumerate(postings)}
    return {
        "version": serialized["version"],
        "fields": serialized["fields"],
        "fieldVectors": [[ref, _renumbered(vector, number)] for ref, vector in serialized["fieldVectors"]],
        "invertedIndex": [[term, {**posting, "_index": number[posting["_index"]]}] for term, posting in postings],
        "pipeline": [],
    }


def _renumbered(vector: Sequence[Any], number: Mapping[int, int]) -> list[Any]:
    pairs = sorted((number[index], weight) for index, weight in zip(vector[::2], vector[1::2], strict=True))
    return [value for pair in pairs for value in pair]


def count_words(documents: Iterable[Document], segmenter: Segmenter) -> Counter[str]:
    """Return how often each word occurs, as jieba cuts all that is indexed."""
    counts: Counter[str] = Counter()
    for document in documents:
        for field, _ in FIELDS:
            counts.update(words(document.texts(field), segmenter))
    return counts


def weight_of(count: int) -> int:
    """Return 1 + 4·log2 of a count, rounded; 0 of none. Whole numbers, so that both languages find the same route."""
    return 1 + round(4 * math.log2(count)) if count else 0


def facet_table(documents: Iterable[Document], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what results are narrowed and counted by: names with their addresses, and a row a document.

    A row is [number, date or null, newspaper, regions, topics], the last three as positions in their lists.
    """
    documents = tuple(documents)
    paths = sorted({above for document in documents for path in document.regions for above in _with_ancestors(path)})
    topics = sorted({topic for document in documents for topic in document.topics})
    papers = sorted({document.paper for document in documents if document.paper})
    place = {
        kind: {name: i for i, name in enumerate(names)} for kind, names in (("r", paths), ("t", topics), ("p", papers))
    }
    return {
        "regions": [[path, vocabulary.region_address(path)] for path in paths],
        "topics": [[name, vocabulary.topic_slug(name)] for name in topics],
        "papers": [[name, vocabulary.paper_slug(name)] for name in papers],
        "documents": [
            [
                document.number,
                document.date,
                place["p"][document.paper] if document.paper else None,
                [place["r"][path] for path in document.regions],
                [place["t"][name] for name in document.topics],
            ]
            for document in documents
        ],
    }


def _with_ancestors(path: str) -> list[str]:
    names = path.split("/")
    return ["/".join(names[: depth + 1]) for depth in range(len(names))]


def _blocks(documents: Iterable[Document], text_names: Mapping[int, str]) -> dict[str, list[dict[str, Any]]]:
    blocks: dict[str, list[dict[str, Any]]] = {}
    for document in documents:
        row = {
            "number": document.number,
            "id": document.id,
            "url": document.url,
            "title": document.title,
            "supplied": document.title_supplied or None,
            "standing_head": document.standing_head,
            "kicker": document.kicker,
            "deck": document.deck,
            "byline": document.byline or None,
            "date": document.date,
            "inferred": document.inferred or None,
            "characters": document.characters,
            "text": text_names[document.number],
        }
        shown = {key: value for key, value in row.items() if value is not None}
        blocks.setdefault(str(document.number // BLOCK_SIZE), []).append(shown)
    return blocks


def _write_texts(documents: Iterable[Document], folder: Path) -> tuple[dict[int, str], int]:
    folder.mkdir(exist_ok=True)
    names, size = {}, 0
    for document in documents:
        content = canonical({"paragraphs": document.paragraphs, "captions": document.captions})
        names[document.number] = f"{TEXTS}/{document.number}-{digest(content)}.json"
        (folder.parent / names[document.number]).write_bytes(content)
        size += len(content)
    return names, size
