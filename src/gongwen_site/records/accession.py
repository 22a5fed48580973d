"""Taking a reading into the archive: which article is which, what stays the keeper's, what the ledger says.

Pure: files are read before and written after. Ids are permanent, so a new reading is matched to the articles that the
dump gave before by the overlap of their lines; only what matches none gets a new id.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from gongwen_site.records.article import (
    Article,
    Caption,
    DateCertainty,
    Provenance,
    Reasons,
)
from gongwen_site.records.keeper import Difference, keep_hand, keeper_keys, with_digests
from gongwen_site.records.ledger import Ledger, LedgerArticle, LedgerDoubt, LedgerLine
from gongwen_site.records.markdown import render_body
from gongwen_site.records.reading import Draft, Reading, Tags
from gongwen_site.records.register import Entry, State, mint

_SAME_TEXT = 0.5
"""Share of common 4-grams above which two texts of a changed dump are the same article."""
_MOST_COMPARISONS = 100_000
"""Texts of a changed dump are compared one by one up to this many pairs; a table of rows has its rows word for word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the archive holds of one dump before it is read again: its records, ledger and lines of the register.

    `is_taken` tells of any id whether the archive has given it already.
    """

    records: Mapping[str, Article]
    ledger: Ledger | None
    entries: Mapping[str, Entry]
    is_taken: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accession:
    """What a reading adds to the archive or changes in it.

    `articles` are whole records, `created` the ids among them that are new; `entries` are to be appended to the register.
    `superseded` ids have no lines of their own any more; `orphaned` ones neither, but a person edited them: they stay.
    """

    articles: tuple[Article, ...]
    created: frozenset[str]
    differences: Mapping[str, tuple[Difference, ...]]
    entries: tuple[Entry, ...]
    superseded: tuple[str, ...]
    orphaned: tuple[str, ...]
    ledger: Ledger


def accession(reading: Reading, tags: tuple[Tags, ...], known: Known) -> Accession:
    """Return what a dump's reading means for the archive."""
    before = {name: entry for name, entry in known.entries.items() if entry.state is not State.SUPERSEDED}
    names = _match(reading, before, known)
    new: dict[str, Entry] = {}
    for index, draft in enumerate(reading.drafts):
        if index not in names:
            line = draft.lines[0][0]

            def is_taken(name: str) -> bool:
                # An article that was once read as part of another, and is read by itself again, is the same one.
                again = name in known.entries and known.entries[name].state is State.SUPERSEDED
                return name in new or (known.is_taken(name) and not again)

            name = mint(reading.seed.path, line, draft.title.text, is_taken)
            names[index] = name
            new[name] = Entry(name, reading.seed.path, line, State.ACTIVE)
    articles, differences = [], {}
    for index, draft in enumerate(reading.drafts):
        name = names[index]
        if name in before and before[name].state is State.WITHDRAWN:
            continue
        article = with_digests(_compose(name, draft, tags[index], reading))
        if name in known.records:
            article, found = keep_hand(known.records[name], article)
            if found:
                differences[name] = found
        articles.append(article)
    matched = set(names.values())
    gone = [name for name in before if name not in matched and name in known.records]
    orphaned = tuple(name for name in gone if not _is_replaced(name, reading, known))
    superseded = tuple(name for name in gone if name not in orphaned)
    return Accession(
        articles=tuple(articles),
        created=frozenset(new),
        differences=differences,
        entries=(*new.values(), *(replace(before[name], state=State.SUPERSEDED) for name in superseded)),
        superseded=superseded,
        orphaned=orphaned,
        ledger=_ledger(reading, tags, names),
    )


def _match(reading: Reading, before: Mapping[str, Entry], known: Known) -> dict[int, str]:
    """Return draft index to id for every draft that an earlier reading knew."""
    if known.ledger is not None and known.ledger.sha256 == reading.seed.sha256:
        return _assign(_overlaps(reading, known.ledger, before))
    return _match_changed_dump(reading, before, known)


_Pair = tuple[float, str, int]
"""How well an id and a draft, by index, fit."""


def _assign(pairs: list[_Pair]) -> dict[int, str]:
    """Return draft index to id, each used once, the best fit first; of equal fits those listed first."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for _, name, index in sorted(pairs, key=lambda pair: -pair[0]):
        if index not in names and name not in used:
            names[index] = name
            used.add(name)
    return names


def _overlaps(reading: Reading, ledger: Ledger, before: Mapping[str, Entry]) -> list[_Pair]:
    """Return the share of common lines for every id and draft that have any."""
    old = {name: lines for name, lines in ledger.article_lines().items() if name in before}
    at_line: dict[int, list[str]] = {}
    for name, lines in old.items():
        for line in lines:
            at_line.setdefault(line, []).append(name)
    # A load that was stopped has given ids without writing the ledger that names their lines.
    unwritten = {entry.line: name for name, entry in before.items() if name not in old}
    pairs = [
        (0.0, unwritten[draft.lines[0][0]], index)
        for index, draft in enumerate(reading.drafts)
        if draft.lines[0][0] in unwritten
    ]
    for index, lines in _draft_lines(reading).items():
        common = Counter(name for line in lines for name in at_line.get(line, ()))
        pairs += [(count / len(lines | old[name]), name, index) for name, count in common.items()]
    return pairs


def _match_changed_dump(reading: Reading, before: Mapping[str, Entry], known: Known) -> dict[int, str]:
    """Match by text, since the lines have moved: the same words first, then alike ones, last the same first line."""
    words = [_normalised(_words_of_draft(draft)) for draft in reading.drafts]
    by_digest: dict[str, list[str]] = {}
    for article in known.ledger.articles if known.ledger else ():
        if article.id in before:
            by_digest.setdefault(article.words, []).append(article.id)
    names = _assign(
        [(1.0, name, index) for index, text in enumerate(words) for name in by_digest.get(_digest(text), ())]
    )
    taken = set(names.values())
    grams = {
        name: _grams(_normalised(_words_of(known.records[name])))
        for name in before
        if name in known.records and name not in taken
    }
    rest = [index for index in range(len(words)) if index not in names]
    if grams and len(grams) * len(rest) <= _MOST_COMPARISONS:
        alike = []
        for index in rest:
            own = _grams(words[index])
            alike += [
                (share, name, index)
                for name, other in grams.items()
                if (share := 2 * (own & other).total() / max(1, own.total() + other.total())) >= _SAME_TEXT
            ]
        names |= _assign(alike)
        taken = set(names.values())
    first_lines = {entry.line: name for name, entry in before.items() if name not in known.records}
    for index in rest:
        withdrawn = first_lines.get(reading.drafts[index].lines[0][0])
        if index not in names and withdrawn is not None and withdrawn not in taken:
            names[index] = withdrawn
            taken.add(withdrawn)
    return names


def _draft_lines(reading: Reading) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for line in reading.line_roles:
        if line.draft is not None:
            found.setdefault(line.draft, set()).update(range(line.first, line.last + 1))
    return found


def _words_of(article: Article) -> str:
    return article.title + article.body + "".join(caption.text for caption in article.captions)


def _words_of_draft(draft: Draft) -> str:
    return draft.title.text + "".join(p.text for p in draft.body) + "".join(c.text for c in draft.captions)


def _normalised(text: str) -> str:
    return re.sub(r"[\s\\#]+", "", unicodedata.normalize("NFKC", text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _grams(text: str) -> Counter[str]:
    return Counter(text[start : start + 4] for start in range(max(1, len(text) - 3)))


def _is_replaced(name: str, reading: Reading, known: Known) -> bool:
    """Tell whether better rules, and not a changed dump, took an article's lines, and no person had edited it."""
    if known.ledger is None or known.ledger.sha256 != reading.seed.sha256 or keeper_keys(known.records[name]):
        return False
    lines = known.ledger.article_lines().get(name, set())
    return any(lines & taken for taken in _draft_lines(reading).values())


def _compose(name: str, draft: Draft, tags: Tags, reading: Reading) -> Article:
    page = draft.page or reading.page
    certainty = None
    if tags.date and "date" in draft.given.values:
        certainty = DateCertainty.KEEPER
    elif tags.date:
        certainty = DateCertainty.INFERRED if tags.date_inferred else DateCertainty.PRINTED
    return Article(
        id=name,
        title=draft.title.text,
        title_supplied=draft.title_supplied,
        kicker=draft.kicker.text if draft.kicker else None,
        deck=draft.deck.text if draft.deck else None,
        standing_head=draft.standing_head.text if draft.standing_head else None,
        byline=draft.byline,
        source=tags.source,
        date=tags.date,
        date_certainty=certainty,
        edition=draft.edition.text if draft.edition else None,
        page=page.text if page else None,
        dateline=draft.dateline,
        regions=tuple(tags.regions),
        zones=tags.zones,
        places=tags.places,
        topics=tuple(tags.topics),
        keywords=tags.keywords,
        captions=tuple(Caption(text=caption.text) for caption in draft.captions),
        editor=draft.editor.text if draft.editor else None,
        url=draft.url.text if draft.url else None,
        extra=dict(draft.extra),
        evidence=Reasons(
            date=tags.date_evidence, source=tags.source_evidence, regions=dict(tags.regions), topics=dict(tags.topics)
        ),
        provenance=Provenance(seed=reading.seed.path, sha256=reading.seed.sha256, lines=draft.lines),
        body=render_body(draft.body),
    )


def _ledger(reading: Reading, tags: tuple[Tags, ...], names: Mapping[int, str]) -> Ledger:
    lines = tuple(
        LedgerLine(
            first=line.first,
            last=line.last,
            roles=line.roles,
            rule=line.rule,
            article=None if line.draft is None else names[line.draft],
            joins=line.joins,
            repeats=line.repeats,
            note=line.note,
        )
        for line in sorted(reading.line_roles, key=lambda line: (line.first, line.last))
    )
    articles = tuple(
        LedgerArticle(id=names[index], words=_digest(_normalised(_words_of_draft(draft))))
        for index, draft in enumerate(reading.drafts)
    )
    doubts = tuple(
        LedgerDoubt(
            article=names[index],
            code=doubt.code,
            line=doubt.line,
            params={key: str(value) for key, value in doubt.params.items()},
        )
        for index, draft in enumerate(reading.drafts)
        for doubt in (*draft.doubts, *tags[index].doubts)
    )
    return Ledger(
        dump=reading.seed.path,
        sha256=reading.seed.sha256,
        encoding=reading.seed.encoding,
        fix=reading.fix,
        lines=lines,
        articles=articles,
        doubts=doubts,
    )
