"""The page of each article, and the pages of those that are no longer there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from gongwen_site.builder import paths
from gongwen_site.builder.bodies import body_lines, body_views
from gongwen_site.builder.cards import Card
from gongwen_site.builder.citations import citation_view, reference_of
from gongwen_site.builder.corrections import correction_view, corrections_by_article
from gongwen_site.builder.dump_text import is_table
from gongwen_site.builder.evidence import doubt_views, evidence_views
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.metadata import metadata_view
from gongwen_site.builder.neighbours import Neighbourhood
from gongwen_site.builder.publication import Page, Planned, PlannedPage, Publication
from gongwen_site.builder.related import Relations
from gongwen_site.builder.reports import Report, report_link, web_address
from gongwen_site.builder.views import (
    ArticleView,
    ExcerptView,
    FactView,
    LineLink,
    Link,
    NoticeView,
    OriginView,
    RelatedView,
)
from gongwen_site.records.article import Article, DateCertainty
from gongwen_site.records.corrections import Correction
from gongwen_site.records.ledger import Ledger, LedgerDoubt, LedgerLine
from gongwen_site.records.reading import Role
from gongwen_site.records.register import Entry, State

_PARTS = (
    ("title", (Role.HEADLINE, Role.KICKER, Role.DECK, Role.STANDING_HEAD, Role.UNIT)),
    ("byline", (Role.BYLINE, Role.PORTRAIT)),
    ("caption", (Role.CAPTION,)),
    ("source", (Role.SOURCE, Role.DATE, Role.TRAILER, Role.EDITOR)),
)
_DIGEST_SHOWN = 12
_ADDRESS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Shelf:
    """What every article's page needs besides the publication, made once."""

    relations: Relations
    neighbourhood: Neighbourhood
    doubts: Mapping[str, tuple[LedgerDoubt, ...]]
    corrections: dict[str, list[Correction]]
    lines: dict[str, Mapping[str, Sequence[LedgerLine]]] = field(default_factory=dict)

    def lines_of(self, publication: Publication, card: Card) -> Sequence[LedgerLine]:
        """Return what the ledger says of the lines of an article. That of one dump is kept at hand."""
        if card.dump not in self.lines:
            self.lines.clear()
            ledger = publication.archive.ledgers.get(card.dump)
            self.lines[card.dump] = _own_lines(ledger) if ledger else {}
        return self.lines[card.dump].get(card.id, ())


def shelf_of(publication: Publication) -> Shelf:
    """Return what the pages of a publication's articles need besides it."""
    archive = publication.archive
    return Shelf(
        relations=Relations(archive.cards, publication.earlier),
        neighbourhood=Neighbourhood(publication),
        doubts=archive.open_doubts(),
        corrections=corrections_by_article(archive.corrections),
    )


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """The page of an article; so many of them are planned that each holds next to nothing."""

    _publication: Publication
    _shelf: Shelf
    _card: Card
    indexed = True

    @property
    def path(self) -> str:
        """Its address."""
        return paths.article(self._card.id)

    def make(self) -> Page:
        """Return it. Raises GongwenError."""
        return _article_page(self._publication, self._shelf, self._card)

    def inputs(self) -> tuple[object, ...]:
        """Return what decides what it says: the article's record and lines, its corrections, all that it links to."""
        return _told(self._publication, self._shelf, self._card)

    def note(self) -> tuple[str, ...]:
        """Return the ids of the related articles."""
        return tuple(other.id for other in self._shelf.relations.related(self._card))


def article_proof(publication: Publication, shelf: Shelf, card: Card) -> Page:
    """Return the page of an article whose record is `card` by now: what stands around it is as it was published."""
    return _article_page(publication, shelf, publication.archive.by_id[card.id], card)


def _told(publication: Publication, shelf: Shelf, card: Card) -> tuple[object, ...]:
    archive, marks = publication.archive, publication.marks
    neighbours = shelf.neighbourhood.of(card)
    return (
        archive.digests[card.id],
        archive.heads[card.dump].digest if card.dump in archive.heads else None,
        publication.dumps.state(card.dump),
        publication.withheld.inputs,
        tuple(repr(entry) for entry in shelf.corrections.get(card.id, ())),
        tuple((name, marks.card(other)) for name, other in neighbours.beside),
        (neighbours.day, neighbours.years),
        shelf.neighbourhood.place_in_dump(card) if is_table(card.dump) else 0,
        marks.shown(shelf.relations.related(card)),
        marks.shown(shelf.relations.reprints(card)),
        marks.shown(tuple(archive.by_id[name] for name in (card.reprint_of,) if name and name in archive.by_id)),
    )


def _own_lines(ledger: Ledger) -> dict[str, list[LedgerLine]]:
    found: dict[str, list[LedgerLine]] = {}
    for line in ledger.lines:
        if line.article is not None:
            found.setdefault(line.article, []).append(line)
    return found


def _article_page(publication: Publication, shelf: Shelf, card: Card, proof: Card | None = None) -> Page:
    """Return the page of an article, which others know by its `card`; a `proof` is what its record comes to by now."""
    own = proof or card
    article = publication.archive.read(card.id)
    path = paths.article(article.id)
    root = paths.root_of(path)
    display, say = publication.display, publication.say
    canonical = publication.base + path if publication.base else None
    reference = reference_of(article, display, canonical)
    dump = article.provenance.seed if article.provenance else ""
    lines = shelf.lines_of(publication, card)
    blocks = body_views(publication, article, body_lines(lines), root)
    theirs = own.theirs if article.provenance else ()
    title = display.title(article)
    doubts = doubt_views(publication, dump, shelf.doubts.get(article.id, ()), root)
    date_mark = None
    if article.date_certainty is DateCertainty.INFERRED:
        date_mark = say("mark.inferred")
    elif article.date_certainty is DateCertainty.KEEPER:
        date_mark = say("mark.keeper")
    view = ArticleView(
        printed_line="　".join(part for part in (publication.config.title, canonical) if part),
        crumbs=publication.crumbs(
            root, *(publication.region_crumbs(root, article.regions[0]) if article.regions else ())
        ),
        title=title,
        standing_head=display.text(article.standing_head) if article.standing_head else None,
        kicker=display.text(article.kicker) if article.kicker else None,
        deck=display.text(article.deck) if article.deck else None,
        source=publication.paper_link(root, article.source) if article.source else Link(text=say("unknown.paper")),
        source_mark=say("mark.keeper") if article.provenance and article.source and "source" in theirs else None,
        date=Link(text=display.date(article.date, weekday=True), href=root + paths.date(article.date))
        if article.date
        else Link(text=say("unknown.date")),
        date_iso=article.date,
        date_mark=date_mark,
        page=say("page_number", page=article.page) if article.page else say("unknown.page"),
        length=display.length(own),
        byline=display.byline(article),
        has_refs=any(block.ref for block in blocks),
        blocks=blocks,
        captions=tuple(display.text(caption.text) for caption in article.captions),
        excerpt=_excerpt(publication, article),
        facts=_facts(publication, article, shelf.relations.reprints(card), root),
        evidence=evidence_views(publication, article, root, own.theirs),
        sections=tuple(
            Link(text=str(block.html.striptags()), href=f"#{block.id}")
            for block in blocks
            if block.kind.startswith("h2")
        ),
        citation=citation_view(reference, publication.phrases.tree["citation"]),
        origin=_origin(publication, article, card, shelf, root),
        doubts=doubts,
        doubted=say("article.doubt_count", n=len(doubts)) if doubts else None,
        corrections=tuple(
            correction_view(publication, entry, root, linked=False) for entry in shelf.corrections.get(article.id, ())
        ),
        corrected=_corrected(publication, shelf.corrections.get(article.id, ())),
        report=report_link(publication, _report(publication, article, canonical)),
        neighbours=shelf.neighbourhood.view(card, root),
        related=tuple(_related(publication, other) for other in shelf.relations.related(card)),
        metadata=metadata_view(publication, article, own, reference, canonical),
    )
    return publication.page(path, "article.html", view, heading=title.text)


def _related(publication: Publication, other: Card) -> RelatedView:
    title = publication.display.title(other)
    return RelatedView(title=title.text, href=paths.beside(other.id), date=other.date, supplied=title.supplied)


def _excerpt(publication: Publication, article: Article) -> ExcerptView | None:
    """Return what is said below the beginning of an article that may not be shown whole: how much it is, where it is."""
    whole = publication.archive.excerpts.get(article.id)
    if whole is None:
        return None
    say, display = publication.say, publication.display
    printed = (
        article.source,
        display.date(article.date) if article.date else None,
        say("page_number", page=article.page) if article.page else None,
    )
    place = " ".join(part for part in printed if part)
    addresses = [(key, web_address(getattr(article, key) or "")) for key in ("url", "archived_url")]
    return ExcerptView(
        text=say("excerpt.text", n=display.number(whole.characters)),
        place=say("excerpt.place", place=place) if article.source else None,
        links=tuple(Link(text=say(f"facts.{key}"), href=address) for key, address in addresses if address),
    )


def _facts(publication: Publication, article: Article, reprints: Articles, root: str) -> tuple[FactView, ...]:
    say, display = publication.say, publication.display
    regions = tuple(publication.region_crumbs(root, path) for path in article.regions)
    topics = tuple((publication.topic_link(root, topic),) for topic in article.topics)
    facts = [
        FactView(name=say("facts.region"), values=regions or ((Link(text=say("unknown.region")),),)),
        FactView(name=say("facts.places"), values=_texts((*article.zones, *article.places))),
        FactView(
            name=say("facts.topic"),
            values=topics or ((Link(text=say("unknown.topic")),),),
            kind="chips" if topics else "",
        ),
        FactView(name=say("facts.dateline"), values=_texts(_dateline(publication, article))),
    ]
    for key in ("edition", "editor", "reviewed", "status"):
        value = getattr(article, key)
        facts.append(FactView(name=say(f"facts.{key}"), values=_texts([display.text(value)] if value else [])))
    # A script links each to the search, which is no use without scripts.
    facts.append(FactView(name=say("facts.keywords"), values=_texts(article.keywords), kind="words"))
    for key, versions in (("reprint_of", _original(publication, article)), ("reprints", reprints)):
        values = tuple((_version(publication, version),) for version in versions)
        facts.append(FactView(name=say(f"facts.{key}"), values=values))
    for key, address in (("url", article.url), ("archived_url", article.archived_url)):
        shown = [Link(text=_host(address), href=web_address(address))] if address else []
        facts.append(FactView(name=say(f"facts.{key}"), values=tuple((link,) for link in shown)))
    facts.append(FactView(name=say("facts.accessed"), values=_texts([article.accessed] if article.accessed else [])))
    facts += [FactView(name=name, values=_texts([display.text(value)])) for name, value in article.extra.items()]
    facts.append(FactView(name=say("facts.id"), values=_texts([article.id]), kind="num"))
    return tuple(fact for fact in facts if fact.values)


def _original(publication: Publication, article: Article) -> tuple[Card | str, ...]:
    """Return what an article is a reprint of: an article of the archive, or what the keeper wrote."""
    if article.reprint_of is None:
        return ()
    return (publication.archive.by_id.get(article.reprint_of, article.reprint_of),)


def _version(publication: Publication, version: Card | str) -> Link:
    if isinstance(version, str):
        return Link(text=version)
    printed = (version.source, publication.display.date(version.date) if version.date else None)
    parts = (publication.display.title(version).text, *printed)
    return Link(text=" ".join(part for part in parts if part), href=paths.beside(version.id))


def _texts(values: Iterable[str]) -> tuple[tuple[Link, ...], ...]:
    return tuple((Link(text=value),) for value in values)


def _dateline(publication: Publication, article: Article) -> list[str]:
    if article.dateline is None:
        return []
    day = publication.display.date(article.dateline.date) if article.dateline.date else None
    return [" ".join(part for part in (article.dateline.place, day) if part)]


def _host(address: str) -> str:
    """Return what is shown of an address: where it leads; the citation has the whole of it."""
    host = urlsplit(address).netloc if web_address(address) else ""
    return host or (address if len(address) <= _ADDRESS_SHOWN else address[:_ADDRESS_SHOWN] + "…")


def _origin(publication: Publication, article: Article, card: Card, shelf: Shelf, root: str) -> OriginView | None:
    if article.provenance is None:
        return None
    dump = article.provenance.seed
    has_page = dump in publication.archive.ledgers
    linked = publication.dumps.lines(dump) is not None or (has_page and is_table(dump))

    def address(line: int) -> str:
        if not is_table(dump):
            return paths.source_line(dump, line)
        return paths.source_row(dump, shelf.neighbourhood.place_in_dump(card), line)

    def link(first: int, last: int) -> LineLink:
        return LineLink(text=_range(first, last), href=root + address(first) if linked else None)

    parts = []
    if article.body:  # the lines of a picture story are those of its captions, named below
        ranges = tuple(link(first, last) for first, last in article.provenance.lines)
        parts.append((publication.say("origin.body"), ranges))
    own = shelf.lines_of(publication, card)
    for name, roles in _PARTS:
        lines = tuple(link(line.first, line.last) for line in own if set(roles).intersection(line.roles))
        if lines:
            parts.append((publication.say(f"origin.{name}"), lines))
    if is_table(dump) and len({lines for _, lines in parts}) == 1:
        parts = [("", parts[0][1])]  # a row has all of it
    return OriginView(
        dump=Link(text=dump, href=root + paths.source(dump) if has_page else None),
        parts=tuple(parts),
        sha256=article.provenance.sha256[:_DIGEST_SHOWN] + "…",
    )


def _corrected(publication: Publication, entries: Sequence[Correction]) -> str | None:
    return publication.say("article.corrected", n=len(entries)) if entries else None


def _report(publication: Publication, article: Article, canonical: str | None) -> Report:
    """Return what a report of an error in an article says by itself."""
    read = article.provenance
    comma = publication.say("origin.comma")
    lines = comma.join(_range(first, last) for first, last in read.lines) if read else None
    return Report(
        id=article.id,
        title=publication.display.title(article).text,
        dump=read.seed if read else None,
        lines=lines or None,
        page=canonical,
    )


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


def notices(publication: Publication) -> Iterator[Planned]:
    """Yield the pages of withdrawn and superseded ids."""
    archive = publication.archive
    corrections = corrections_by_article(archive.corrections)
    for name, entry in archive.register.latest.items():
        if name in archive.by_id:
            continue
        heir = _heir(publication, entry.dump, entry.line) if entry.state is State.SUPERSEDED else None
        said = tuple(corrections.get(name, ()))
        told = (entry.state.value, heir and publication.marks.card(heir), tuple(map(repr, said)))
        yield PlannedPage(
            path=paths.article(name),
            make=partial(_notice, publication, entry, heir, said),
            inputs=partial(tuple, told),
            indexed=False,
        )


def _notice(publication: Publication, entry: Entry, heir: Card | None, said: Sequence[Correction]) -> Page:
    path = paths.article(entry.id)
    root = paths.root_of(path)
    key = "superseded" if entry.state is State.SUPERSEDED else "withdrawn"
    to_heir = (Link(text=publication.display.title(heir).text, href=root + paths.article(heir.id)),) if heir else ()
    to_log = (Link(text=publication.say("footer.corrections"), href=root + paths.CORRECTIONS),) if said else ()
    view = NoticeView(
        crumbs=publication.crumbs(root, Link(text=entry.id)),
        heading=publication.say(f"notice.{key}"),
        text=publication.say(f"notice.{key}_text", id=entry.id),
        links=(*to_heir, *to_log),
        corrections=tuple(correction_view(publication, entry, root, linked=False) for entry in said),
    )
    return publication.page(path, "notice.html", view, heading=view.heading, description=view.text, indexed=False)


def _heir(publication: Publication, dump: str, line: int) -> Card | None:
    ledger = publication.archive.ledgers.get(dump)
    for entry in ledger.lines if ledger else ():
        if entry.first <= line <= entry.last and entry.article in publication.archive.by_id:
            return publication.archive.by_id[entry.article or ""]
    return None
