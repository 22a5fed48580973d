"""Taking a reading into the archive: what each article is, what stays the keeper's, what the ledger says.

Pure: files are read before and written after. `describe` says all that follows from the dump alone, and needs to know
nothing of the archive; `accession` gives it its ids. A long table is taken in part by part, each draft under the id that
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
from gongwen_site.records.frontmatter import named, render_record
from gongwen_site.records.identity import Known, Trace, digest_of_draft, fingerprint, numbers_in
from gongwen_site.records.keeper import Difference, digested, keep_hand, keeper_keys
from gongwen_site.records.ledger import Ledger, LedgerArticle, LedgerDoubt, LedgerLine
from gongwen_site.records.markdown import render_body
from gongwen_site.records.reading import Doubt, Draft, LineRole, Reading, Seed, Tags
from gongwen_site.records.register import Entry, State, mint


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An article with the text of its record file and the digest of the words by which a reprint is known."""

    article: Article
    text: str
    fingerprint: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A draft as a record that lacks only its id. `line` is its first; `words` the digest of a draft's words."""

    record: Record
    line: int
    words: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a reading, or a part of one, says by itself. The text of `seed` is left out; `lines` are in order."""

    seed: Seed
    fix: str | None
    drafts: tuple[Described, ...]
    lines: tuple[LineRole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accession:
    """What a reading, or a part of one, adds to the archive or changes in it.

    `records` are whole, `created` the ids among them that are new; `standing` are ids whose record says the same
    already. `entries` are to be appended to the register. `ledger` tells of the lines and articles of this reading.
    """

    records: tuple[Record, ...]
    standing: tuple[str, ...]
    created: frozenset[str]
    differences: Mapping[str, tuple[Difference, ...]]
    entries: tuple[Entry, ...]
    ledger: Ledger

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(record.article for record in self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """Articles that no draft is any more, once a dump is read to its end.

    `superseded` ids have no lines of their own any more; `orphaned` ones neither, but a person edited them, or the dump
    changed: they stay. `entries` are to be appended to the register.
    """

    superseded: tuple[str, ...]
    orphaned: tuple[str, ...]
    entries: tuple[Entry, ...]


def record_of(article: Article) -> Record:
    """Return an article with its record file."""
    return Record(article=article, text=render_record(article), fingerprint=fingerprint(article))


def describe(reading: Reading, tags: tuple[Tags, ...]) -> Description:
    """Return what a reading and the tags of its drafts say, whatever the archive holds."""
    drafts = []
    for draft, found in zip(reading.drafts, tags, strict=True):
        article, text = digested(_compose(draft, found, reading))
        drafts.append(
            Described(
                record=Record(article=article, text=text, fingerprint=fingerprint(article)),
                line=draft.lines[0][0],
                words=digest_of_draft(draft),
                doubts=(*draft.doubts, *found.doubts),
            )
        )
    return Description(
        seed=replace(reading.seed, text=""),
        fix=reading.fix,
        drafts=tuple(drafts),
        lines=tuple(sorted(reading.line_roles, key=lambda line: (line.first, line.last))),
    )


def accession(description: Description, names: Mapping[int, str], known: Known) -> Accession:
    """Return what a reading means for the archive. `names` has the ids of the drafts, by index, that have one."""
    names = dict(names)
    dump = description.seed.path
    new: dict[str, Entry] = {}
    for index, draft in enumerate(description.drafts):
        if index not in names:
            name = mint(dump, draft.line, draft.record.article.title, _is_taken(known, new))
            names[index] = name
            new[name] = Entry(name, dump, draft.line, State.ACTIVE)
    records, standing, differences = [], [], {}
    for index, draft in enumerate(description.drafts):
        name = names[index]
        if name in known.entries and known.entries[name].state is State.WITHDRAWN:
            continue
        record = _named(draft.record, name)
        if name in known.records:
            if known.stands(record.article, record.text):
                standing.append(name)
                continue
            article, found = keep_hand(known.records[name], record.article)
            record = record_of(article)
            if found:
                differences[name] = found
        records.append(record)
    return Accession(
        records=tuple(records),
        standing=tuple(standing),
        created=frozenset(new),
        differences=differences,
        entries=tuple(new.values()),
        ledger=_ledger(description, names),
    )


def _named(record: Record, name: str) -> Record:
    return replace(record, article=replace(record.article, id=name), text=named(record.text, name))


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


def _compose(draft: Draft, tags: Tags, reading: Reading) -> Article:
    page = draft.page or reading.page
    certainty = None
    if tags.date and "date" in draft.given.values:
        certainty = DateCertainty.KEEPER
    elif tags.date:
        certainty = DateCertainty.INFERRED if tags.date_inferred else DateCertainty.PRINTED
    return Article(
        id="",
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


def _ledger(description: Description, names: Mapping[int, str]) -> Ledger:
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
        for line in description.lines
    )
    articles = tuple(
        LedgerArticle(id=names[index], words=draft.words) for index, draft in enumerate(description.drafts)
    )
    doubts = tuple(
        LedgerDoubt(
            article=names[index],
            code=doubt.code,
            line=doubt.line,
            params={key: str(value) for key, value in doubt.params.items()},
        )
        for index, draft in enumerate(description.drafts)
        for doubt in draft.doubts
    )
    return Ledger(
        dump=description.seed.path,
        sha256=description.seed.sha256,
        encoding=description.seed.encoding,
        fix=description.fix,
        lines=lines,
        articles=articles,
        doubts=doubts,
    )
