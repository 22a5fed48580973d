"""Taking a reading into the archive: what each article is, what stays the keeper's, what the ledger says.

Pure: files are read before and written after. A long table is taken in part by part, each draft under the id that
`identity` found for it; only what was matched to none gets a new id.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from gongwen_site.records.article import (
    Article,
    Caption,
    DateCertainty,
    Provenance,
    Reasons,
)
from gongwen_site.records.identity import Known, Trace, digest_of_draft, numbers_in
from gongwen_site.records.keeper import Difference, keep_hand, keeper_keys, with_digests
from gongwen_site.records.ledger import Ledger, LedgerArticle, LedgerDoubt, LedgerLine
from gongwen_site.records.markdown import render_body
from gongwen_site.records.reading import Draft, Reading, Tags
from gongwen_site.records.register import Entry, State, mint


@dataclass(frozen=True, slots=True, kw_only=True)
class Accession:
    """What a reading, or a part of one, adds to the archive or changes in it.

    `articles` are whole records, `created` the ids among them that are new; `standing` are ids whose record says the same
    already. `entries` are to be appended to the register. `ledger` tells of the lines and articles of this reading.
    """

    articles: tuple[Article, ...]
    standing: tuple[str, ...]
    created: frozenset[str]
    differences: Mapping[str, tuple[Difference, ...]]
    entries: tuple[Entry, ...]
    ledger: Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """Articles that no draft is any more, once a dump is read to its end.

    `superseded` ids have no lines of their own any more; `orphaned` ones neither, but a person edited them, or the dump
    changed: they stay. `entries` are to be appended to the register.
    """

    superseded: tuple[str, ...]
    orphaned: tuple[str, ...]
    entries: tuple[Entry, ...]


def accession(reading: Reading, tags: tuple[Tags, ...], names: Mapping[int, str], known: Known) -> Accession:
    """Return what a reading means for the archive. `names` has the ids of the drafts, by index, that have one."""
    names = dict(names)
    new: dict[str, Entry] = {}
    for index, draft in enumerate(reading.drafts):
        if index not in names:
            line = draft.lines[0][0]
            name = mint(reading.seed.path, line, draft.title.text, _is_taken(known, new))
            names[index] = name
            new[name] = Entry(name, reading.seed.path, line, State.ACTIVE)
    articles, standing, differences = [], [], {}
    for index, draft in enumerate(reading.drafts):
        name = names[index]
        if name in known.entries and known.entries[name].state is State.WITHDRAWN:
            continue
        article = with_digests(_compose(name, draft, tags[index], reading))
        if name in known.records:
            if known.stands(article):
                standing.append(name)
                continue
            article, found = keep_hand(known.records[name], article)
            if found:
                differences[name] = found
        articles.append(article)
    return Accession(
        articles=tuple(articles),
        standing=tuple(standing),
        created=frozenset(new),
        differences=differences,
        entries=tuple(new.values()),
        ledger=_ledger(reading, tags, names),
    )


def _is_taken(known: Known, new: Mapping[str, Entry]) -> Callable[[str], bool]:
    def is_taken(name: str) -> bool:
        # An article that was once read as part of another, and is read by itself again, is the same one.
        again = name in known.entries and known.entries[name].state is State.SUPERSEDED
        return name in new or (known.is_taken(name) and not again)

    return is_taken


def left_over(sha256: str, traces: Iterable[Trace], names: Mapping[int, str], known: Known) -> LeftOver:
    """Return what becomes of the articles of a dump that none of its drafts is: `names` has those that one is."""
    before, matched = known.before, set(names.values())
    gone = [name for name in before if name not in matched and name in known.records]
    replaced: set[str] = set()
    if gone and known.earlier is not None and known.earlier.sha256 == sha256:
        # Better rules, and not a changed dump, took the article's lines, and no person had edited it.
        taken = {number for trace in traces for number in numbers_in(trace.lines)}
        replaced = {
            name
            for name in gone
            if taken & numbers_in(known.earlier.lines.get(name, ())) and not keeper_keys(known.records[name])
        }
    superseded = tuple(name for name in gone if name in replaced)
    return LeftOver(
        superseded=superseded,
        orphaned=tuple(name for name in gone if name not in replaced),
        entries=tuple(replace(before[name], state=State.SUPERSEDED) for name in superseded),
    )


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
        LedgerArticle(id=names[index], words=digest_of_draft(draft)) for index, draft in enumerate(reading.drafts)
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
