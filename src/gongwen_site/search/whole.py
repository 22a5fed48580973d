"""What is said of all documents at once: blocks of columns, catalogue, spelling, folding, and the manifest above all."""

from collections.abc import Callable, Iterable, Mapping

from gongwen_site.search.catalogue import CatalogueWriter, Listed
from gongwen_site.search.columns import pack_facets, pack_rests, pack_sizes, size_bits
from gongwen_site.search.files import Files
from gongwen_site.search.folding import Folding
from gongwen_site.search.format import (
    FACETS,
    FIELDS,
    FORMAT_VERSION,
    LUNR_VERSION,
    MANIFEST,
    RESTS,
    SIZES,
    STRETCH_SIZE,
    canonical,
)
from gongwen_site.search.tally import Tally, weight_of
from gongwen_site.vocabulary.vocabulary import Vocabulary


def write_whole(
    files: Files,
    numbered: Iterable[tuple[int, Listed]],
    tally: Tally,
    pages: list[tuple[str, str]],
    *,
    vocabulary: Vocabulary,
    folding: Folding,
    pinyin: Callable[[str], str],
) -> None:
    """Write all files of an index but texts and directory; the manifest, which names the `pages` of that, last."""
    catalogue = CatalogueWriter(vocabulary)
    facets = {number: catalogue.row(number, article) for number, article in numbered}
    bodies = {number: kept.length for number, kept in tally.documents.items()}
    present = {number // STRETCH_SIZE for number in facets}
    blocks = range(max(present, default=-1) + 1)
    bits = size_bits(len(blocks))

    def block_files(folder: str, packed: Callable[[int], bytes]) -> list[str]:
        """Return the digest of each block, empty for one without documents."""
        return [files.write_named(f"{folder}/", packed(block)) if block in present else "" for block in blocks]

    manifest = {
        "format": FORMAT_VERSION,
        "lunr": LUNR_VERSION,
        "documents": len(facets),
        "fields": [[name, boost, total] for (name, boost), total in zip(FIELDS, tally.totals, strict=True)],
        "longest": tally.longest,
        "total": weight_of(tally.words),
        "block_size": STRETCH_SIZE,
        "size_bits": bits,
        "folded": _table(folding.of(tally.folded)),
        "catalogue": files.write_named("catalogue-", canonical(catalogue.catalogue())),
        "spelling": files.write_named("spelling-", canonical(catalogue.spelling(pinyin))),
        "folding": files.write_named("folding-", canonical(_table(folding.onto(tally.heads)))),
        "sizes": block_files(SIZES, lambda block: pack_sizes(block, bits, bodies)),
        "rests": block_files(RESTS, lambda block: pack_rests(block, bits, bodies)) if len(blocks) == 1 else [],
        "facets": block_files(FACETS, lambda block: pack_facets(block, facets)),
        "pages": pages,
    }
    files.write(MANIFEST, canonical(manifest))


def names_of(manifest: Mapping[str, object]) -> set[str]:
    """Return the names of the files that a manifest names itself."""
    found = {f"{kind}-{manifest[kind]}.bin" for kind in ("catalogue", "spelling", "folding")}
    for folder in (SIZES, RESTS, FACETS):
        digests = manifest[folder]
        found.update(f"{folder}/{name}.bin" for name in digests if name)  # type: ignore[attr-defined]
    return found


def _table(folding: Folding) -> tuple[str, str]:
    return folding.traditional, folding.simplified
