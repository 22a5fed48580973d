"""An index changed by what some articles were and are: only the files that these touch, and the same bytes as made anew.

What an article was is read out of the index itself: its text, and in the tally kept beside it what no file of the site
tells. Whatever does not fit together is an index of something else; it is made anew then.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gongwen_site.errors import GongwenError
from gongwen_site.records.article import Article
from gongwen_site.search.catalogue import Listed, read_pinyin
from gongwen_site.search.documents import fields_of, read_document
from gongwen_site.search.files import Files, write
from gongwen_site.search.folding import Folding
from gongwen_site.search.format import BODY, MANIFEST, PAGES, SHARDS, TEXTS, digest, pack, utf16
from gongwen_site.search.index import Made, kept_of, vocabulary_names
from gongwen_site.search.inversion import Coded, coded, lengths_of
from gongwen_site.search.shards import Entry, cut_pages, iter_shard, read_page, read_shard
from gongwen_site.search.splice import recut, spliced
from gongwen_site.search.store import Store
from gongwen_site.search.tally import digest_of, weight_of
from gongwen_site.search.terms import Analyzer
from gongwen_site.search.texts import printed, read_printed, shown_fields, text_of
from gongwen_site.search.whole import names_of, write_whole
from gongwen_site.vocabulary.vocabulary import Vocabulary


class UnlikeError(Exception):
    """An index and what is kept of it do not fit together, or the index is damaged."""


def patch_index(
    made: Made,
    site: Path,
    folder: Path,
    *,
    numbered: Iterable[tuple[int, Listed]],
    changed: Mapping[int, Article | None],
    vocabulary: Vocabulary,
    full_width: bool = True,
) -> Made:
    """Write into `folder` those files of an index that become others or are new; return it as it then is.

    `made` is the index in `site`; its tally is of no use afterwards. `numbered` are all articles, ascending by number;
    `changed` those that are not as they were, None for one that is no more. `vocabulary` and `full_width` must be those
    that the index was made with. Raises `UnlikeError`, nothing written, if there is no going on; OSError.
    """
    waiting: dict[str, bytes] = {}
    files = Files(waiting.__setitem__, made.sizes)
    folding = Folding(*made.tally.folding)
    analyzer = Analyzer(folding, vocabulary_names(vocabulary))
    try:
        patch = _Patch(made, Store(site, keep=False), files, analyzer)
        patch.run(changed, full_width=full_width)
        pages = patch.directory()
        write_whole(
            files,
            numbered,
            made.tally,
            pages,
            vocabulary=vocabulary,
            folding=folding,
            pinyin=patch.spelling(),
        )
        if waiting[MANIFEST] == (site / MANIFEST).read_bytes():
            del waiting[MANIFEST]
    except (GongwenError, OSError, LookupError, ValueError) as failure:
        raise UnlikeError from failure
    for name, content in waiting.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(str(path), content)
    return Made(sizes=patch.sizes(), tally=made.tally)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What is indexed of a document."""

    fields: list[str]
    lengths: tuple[int, ...]
    postings: dict[str, Coded]
    words: dict[str, int]
    folded: dict[str, int]


_NOTHING = _Content(fields=[], lengths=(), postings={}, words={}, folded={})


class _Patch:
    """One patch. Its steps come in the order of its methods."""

    def __init__(self, made: Made, store: Store, files: Files, analyzer: Analyzer) -> None:
        self._store = store
        self._files = files
        self._analyzer = analyzer
        self._tally = made.tally
        self._manifest = store.manifest()
        self._old_sizes = made.sizes
        self._gone: set[str] = names_of(self._manifest)
        self._changes: dict[str, list[tuple[int, Coded | None, Coded | None]]] = {}
        self._words: dict[str, int] = {}

    def run(self, changed: Mapping[int, Article | None], *, full_width: bool) -> None:
        """Take in what some articles were and are; write their texts."""
        for number, article in sorted(changed.items()):
            old = self._was(number)
            new = _NOTHING
            if article is not None:
                document = read_document(number, article, full_width=full_width)
                new = self._analyzed(fields_of(document))
                self._write_text(number, printed(text_of(document, new.lengths[BODY])))
                self._tally.documents[number] = kept_of(new.fields, new.lengths)
            elif old is not _NOTHING:
                del self._tally.documents[number]
                self._gone.add(f"{TEXTS}/{number}.bin")
            self._take(number, old, new)

    def _was(self, number: int) -> _Content:
        """Return what is indexed of a document."""
        kept = self._tally.documents.get(number)
        if kept is None:
            return _NOTHING
        text = read_printed(self._store.read(f"{TEXTS}/{number}.bin"))
        content = self._analyzed([*shown_fields(text), kept.labels])
        if digest_of(content.fields) != kept.digest or content.lengths[BODY] != kept.length:
            raise ValueError(number)
        return content

    def _analyzed(self, fields: list[str]) -> _Content:
        counts = self._analyzer.count(fields)
        (lengths,) = lengths_of(counts, 1)
        words = dict(zip(counts.terms, counts.words.tolist(), strict=True))
        return _Content(
            fields=fields, lengths=lengths, postings=coded(counts, lengths), words=words, folded=counts.folded
        )

    def _write_text(self, number: int, content: bytes) -> None:
        name, packed = f"{TEXTS}/{number}.bin", pack(content)
        if name in self._old_sizes and (self._store.folder / name).read_bytes() == packed:
            self._files.sizes[name] = len(packed)
        else:
            self._files.write(name, packed)

    def _take(self, number: int, old: _Content, new: _Content) -> None:
        tally = self._tally
        for step, content in ((-1, old), (1, new)):
            for field, length in enumerate(content.lengths):
                tally.totals[field] += step * length
            for term, count in content.words.items():
                self._words[term] = self._words.get(term, 0) + step * count
        tally.refold(old.folded, new.folded)
        for term in old.postings.keys() | new.postings.keys():
            was, now = old.postings.get(term), new.postings.get(term)
            if was != now:
                self._changes.setdefault(term, []).append((number, was, now))

    def directory(self) -> list[tuple[str, str]]:
        """Write the shards and pages that change; return all pages."""
        old_pages = [(first, name) for first, name in self._manifest["pages"]]
        self._gone.update(f"{PAGES}/{name}.bin" for _, name in old_pages)
        shards = [shard for _, name in old_pages for shard in read_page(self._read(f"{PAGES}/", name))]
        if not shards:
            raise ValueError
        changed, dubious = self._entries(shards)
        named, at = [], 0
        for stretch in recut(
            len(shards), changed, dubious, lambda place: iter_shard(self._read(f"{SHARDS}/", shards[place][1]))
        ):
            named += shards[at : stretch.start]
            at = stretch.stop
            self._gone.update(f"{SHARDS}/{name}.bin" for _, name in shards[stretch.start : stretch.stop])
            named += [(piece.first, self._files.write_named(f"{SHARDS}/", piece.content)) for piece in stretch.slices]
        named += shards[at:]
        return [(page.first, self._files.write_named(f"{PAGES}/", page.content)) for page in cut_pages(named)]

    def _entries(self, shards: list[tuple[str, str]]) -> tuple[dict[int, list[Entry]], set[int]]:
        """Return the entries of the shards that are not as they were, and which of these begin with another one."""
        firsts = [utf16(first) for first, _ in shards]
        touched: dict[int, list[str]] = {}
        for term in self._changes.keys() | {term for term, step in self._words.items() if step}:
            touched.setdefault(max(bisect_right(firsts, utf16(term)) - 1, 0), []).append(term)
        changed: dict[int, list[Entry]] = {}
        dubious = set()
        for place, terms in touched.items():
            old = read_shard(self._read(f"{SHARDS}/", shards[place][1]))
            new = self._changed_entries(old, terms)
            if new != old:
                changed[place] = new
                if new[:1] != old[:1]:
                    dubious.add(place)
        return changed, dubious

    def _changed_entries(self, old: list[Entry], terms: Iterable[str]) -> list[Entry]:
        entries = {entry.term: entry for entry in old}
        for term in terms:
            entry = entries.get(term)
            postings = entry.postings if entry else b""
            for number, was, now in self._changes.get(term, ()):
                postings = spliced(postings, number, was, now)
            count = self._tally.count_of(term, entry.weight) if entry else None
            words = (count or 0) + self._words.get(term, 0)
            if words < 0 or (words and not postings):
                raise ValueError(term)
            self._tally.recount(term, count, words if postings else None)
            if postings:
                entries[term] = Entry(term, weight_of(words), postings)
            else:
                entries.pop(term, None)
        if all(map({entry.term for entry in old}.__contains__, entries)):
            return [*entries.values()]
        return sorted(entries.values(), key=lambda entry: utf16(entry.term))

    def spelling(self) -> Callable[[str], str]:
        """Return what spells names: as the index has spelt them, those that are new by the table."""
        catalogue, spelling = (
            json.loads(self._read(f"{kind}-", self._manifest[kind])) for kind in ("catalogue", "spelling")
        )
        regions = [name.rpartition("/")[2] for name, _ in catalogue["regions"]]
        papers = [name for name, _ in catalogue["papers"]]
        known = dict(zip(regions + papers, spelling["regions"] + spelling["papers"], strict=True))
        return lambda name: known[name] if name in known else read_pinyin(name)

    def sizes(self) -> dict[str, int]:
        """Return the sizes of all files of the index as it now is."""
        left = {name: size for name, size in self._old_sizes.items() if name not in self._gone}
        return left | self._files.sizes

    def _read(self, stem: str, name: str) -> bytes:
        """Return what a file holds whose name tells it."""
        content = self._store.read(f"{stem}{name}.bin")
        if digest(content) != name:
            raise ValueError(name)
        return content
