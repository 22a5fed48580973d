"""What templates see: one frozen dataclass a template or partial, its fields strings ready to print.

Templates hold no logic beyond loops and ifs. `html` fields are safe markup of our own making, everything else is escaped.
"""

from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text with its address; without one it is the place where the reader is, or has no page.

    `count_href` is the address of what is counted, where that is less than all that stands at `href`.
    """

    text: str
    href: str | None = None
    count: str | None = None
    count_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """An entry of the main navigation."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that belongs to a page."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What is the same on every page."""

    title: str
    seal: str
    subtitle: str
    language: str
    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What every page has of its own. `root` is the relative way to the top of the site."""

    title: str
    heading: str
    root: str
    description: str | None
    canonical: str | None
    indexed: bool
    searchable: bool
    feeds: tuple[FeedLink, ...]
    nav: tuple[NavEntry, ...]
    footer: tuple[NavEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleView:
    """A headline in its clauses, which are not broken over lines. `size` is a class or empty."""

    text: str
    clauses: tuple[str, ...]
    supplied: bool
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An article in a list."""

    href: str
    title: TitleView
    date: str | None
    inferred: bool
    sub: str | None
    source: str | None
    regions: tuple[Link, ...]
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A run of a list under a heading; the first of an ungrouped list has none."""

    id: str | None
    lead: str | None
    label: str | None
    count: str | None
    rows: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerEntry:
    """A page number, the current one without an address, or a gap without text."""

    text: str | None
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerView:
    """The pages of a long list; `all` of them stand on the first where they are many."""

    previous: str | None
    next: str | None
    entries: tuple[PagerEntry, ...]
    summary: str
    all: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of articles, or one page of it."""

    groups: tuple[GroupView, ...]
    tight: bool
    pager: PagerView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """A heading and links with counts; `none` names those without an article, `link` is the heading's own."""

    heading: str
    link: Link | None = None
    links: tuple[Link, ...]
    none: str | None = None
    more: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row of a table: the first cell is its link, the last its count."""

    link: Link
    cells: tuple[str, ...]
    inferred: bool
    count: str
    count_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table with a caption."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[RowView, ...]
    more: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLink:
    """A line of the dump, linked where the dump has a page."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A paragraph or section heading of a body, or other markup of a keeper's. `ref` is its line of the dump."""

    kind: str
    number: int
    id: str
    html: Markup
    ref: LineLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """Why a value stands in the record: the rule in words, the words it saw, their line."""

    rule: str
    words: str
    line: LineLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """A value and how it was decided; `id` is where a mark beside the value leads to."""

    id: str | None
    subject: str
    decision: str
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """An entry of the description of an article: a name and values, each one or several links. `kind` is a class."""

    name: str
    values: tuple[tuple[Link, ...], ...]
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedForm:
    """A citation in one style, by the style's name."""

    style: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationView:
    """How to cite an article: the standard in force and other styles; and of what files of citations say, what no metadata can.

    `is_site`: read on a news site; `circa`: the date is inferred; `accessed`: when its page was read; `note`: what is not as
    printed.
    """

    main: str
    others: tuple[CitedForm, ...]
    is_site: bool
    circa: bool
    accessed: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """Where an article was read: the dump, the lines of each of its parts, the dump's digest."""

    dump: Link
    parts: tuple[tuple[str, tuple[LineLink, ...]], ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtView:
    """An open question; the lines of the dump that it names are links."""

    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A dated correction."""

    date: str
    shown_date: str
    what: str
    why: str | None
    article: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourView:
    """An article that stood beside another; `note` says where."""

    note: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighboursView:
    """What stood before and after an article in its dump, on its page, on its day.

    `days` lead to all articles of the day, and of the same day in all years.
    """

    pairs: tuple[tuple[NeighbourView | None, NeighbourView | None], ...]
    days: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """An article that belongs with another."""

    title: str
    href: str
    date: str | None
    supplied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """A meta element: `name` for one vocabulary, `property` (RDFa) for another that says the same; one may be empty."""

    name: str
    property: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataView:
    """What machines read of an article."""

    metas: tuple[Meta, ...]
    json_ld: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptView:
    """What stands below the beginning of an article of which no more may be shown; `place` is where it was printed."""

    text: str
    place: str | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """The page of an article."""

    printed_line: str
    crumbs: tuple[Link, ...]
    title: TitleView
    standing_head: str | None
    kicker: str | None
    deck: str | None
    source: Link
    source_mark: str | None
    date: Link
    date_iso: str | None
    date_mark: str | None
    page: str
    length: str
    byline: str | None
    has_refs: bool
    blocks: tuple[BlockView, ...]
    captions: tuple[str, ...]
    excerpt: ExcerptView | None
    facts: tuple[FactView, ...]
    evidence: tuple[EvidenceView, ...]
    sections: tuple[Link, ...]
    citation: CitationView
    origin: OriginView | None
    doubts: tuple[DoubtView, ...]
    doubted: str | None
    corrections: tuple[CorrectionView, ...]
    corrected: str | None
    report: str | None
    neighbours: NeighboursView | None
    related: tuple[RelatedView, ...]
    metadata: MetadataView


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A page that stands for an article, list or dump no longer in the archive; `links` lead on.

    `corrections` are what the log says of it; `is_searching` offers to search for what was looked for.
    """

    crumbs: tuple[Link, ...]
    heading: str
    text: str
    links: tuple[Link, ...]
    corrections: tuple[CorrectionView, ...] = ()
    is_searching: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpArticleView:
    """An article of a dump, in the dump's table. `tint` is a class; `id` is where the article's page leads to."""

    id: str | None
    tint: str
    number: str
    title: Link
    lines: tuple[Link, ...]
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpLineView:
    """A line of a dump, or a gap of blank ones (`number` None unless there are several)."""

    id: str | None
    classes: str
    number: str | None
    href: str | None
    role: str
    rule: str | None
    text: str
    text_href: str | None
    note: str | None
    note_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpView:
    """The page of a dump. A table of rows has no `lines`; `articles` are those that begin on the page."""

    crumbs: tuple[Link, ...]
    stem: str
    suffix: str
    summary: str
    table_caption: str
    amount: str
    articles: tuple[DumpArticleView, ...]
    roles: str | None
    sha256: str
    proof: str
    report: str | None
    notice: str | None
    lines: tuple[DumpLineView, ...]
    pager: PagerView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView:
    """All dumps, or one page of them."""

    crumbs: tuple[Link, ...]
    heading: str
    summary: str
    table: TableView
    pager: PagerView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page before any script: the catalogues that need none, and the script that starts the engine."""

    start: str
    browse: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketView:
    """The basket of citations before any script."""

    crumbs: tuple[Link, ...]
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file to download."""

    name: str
    href: str
    size: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a record, for the dictionary."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """The downloads and the dictionary of fields."""

    crumbs: tuple[Link, ...]
    summary: str
    files: tuple[FileView, ...]
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView:
    """The log of corrections."""

    crumbs: tuple[Link, ...]
    summary: str
    links: tuple[Link, ...]
    entries: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A page of plain sections: heading and paragraphs."""

    crumbs: tuple[Link, ...]
    heading: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    table: TableView | None = None
    links: tuple[Link, ...] = field(default=())
