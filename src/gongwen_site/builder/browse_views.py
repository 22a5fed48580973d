"""What the templates of the ways in see: home, dates, regions, topics, newspapers. Like `views`, strings ready to print."""

from dataclasses import dataclass

from gongwen_site.builder.views import IndexView, Link, ListView, TableView


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """One column of a chart; lengths are percentages across and pixels down."""

    href: str | None
    name: str
    slot_x: str
    slot_width: str
    x: str
    width: str
    text_x: str
    sure_y: str
    sure_height: str
    inferred_y: str
    inferred_height: str
    value_y: str
    sure: int
    inferred: int
    value: str
    tick: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TickView:
    """A word under the axis of a chart; `x` is a percentage across."""

    x: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """Articles over time. A chart of many columns has no links of its own; `years` carries them.

    Its columns are drawn as two shapes, `sure` and `inferred`, ten units wide each in a box of `width` by `hit_height`.
    """

    label: str
    height: int
    axis_y: str
    tick_y: str
    hit_height: int
    bars: tuple[BarView, ...] = ()
    width: int = 0
    sure: str = ""
    inferred: str = ""
    ticks: tuple[TickView, ...] = ()
    has_inferred: bool
    years: tuple[Link, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A step of the ramp: 0 is no article."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TileView:
    """A unit on the tile map. `place` is the style that puts it there, empty where tiles follow one another."""

    place: str
    extra: bool
    text: str
    label: str
    count: str
    level: int
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """The tile map and the table beneath it."""

    legend: tuple[LegendEntry, ...]
    tiles: tuple[TileView, ...]
    table: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsView:
    """The units that a region divides into, each a tile."""

    heading: str
    legend: tuple[LegendEntry, ...]
    tiles: tuple[TileView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A cell of a calendar or a coverage table; without text it is blank."""

    text: str | None
    href: str | None = None
    level: int = 0
    label: str | None = None
    count: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A month of a calendar. `bare`: no day of it has an article."""

    name: str
    caption: str
    href: str | None
    count: str
    bare: bool
    weeks: tuple[tuple[DayView, ...], ...]
    vague: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """Months with their days."""

    legend: tuple[LegendEntry, ...]
    weekdays: tuple[str, ...]
    months: tuple[MonthView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsView:
    """What a span of time holds nothing of: a sentence, and the runs where there are any."""

    summary: str
    heading: str
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A year of a coverage table, or a run of years without anything, which has no `months`."""

    year: Link
    months: tuple[DayView, ...]
    none: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """A table of years by months. `heads` name the columns: year, months, sum."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its name, for the masthead of the home page."""

    value: str
    name: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way into the archive."""

    text: str
    href: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """The way to this day in all years.

    `days` says for a script which days have a page: for each month a hexadecimal number whose bit 0 is the first day;
    `found` is the text for such a day, {month} and {day} to be filled in.
    """

    text: str
    href: str
    days: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page."""

    description: str
    figures: tuple[Figure, ...]
    quoted: Link | None
    several: Link | None
    map: MapView
    places: IndexView
    chart: ChartView | None
    chart_link: Link | None
    today: TodayView | None
    newest: ListView
    ways: tuple[Way, ...]
    topics: IndexView
    papers: TableView


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """A region, topic, newspaper, month, day or anniversary: counts, what it divides into, the list.

    A year of many articles has no list: those of its months stand for it.
    """

    crumbs: tuple[Link, ...]
    heading: str
    summary: str
    note: str | None = None
    links: tuple[Link, ...] = ()
    division: IndexView | None = None
    units: UnitsView | None = None
    chart: ChartView | None = None
    coverage: CoverageView | None = None
    gaps: GapsView | None = None
    calendar: CalendarView | None = None
    jumps: tuple[Link, ...] = ()
    list: ListView | None
    rail: tuple[IndexView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """The entry page of a facet: all its values."""

    crumbs: tuple[Link, ...]
    heading: str
    summary: str
    links: tuple[Link, ...] = ()
    map: MapView | None = None
    chart: ChartView | None = None
    coverage: CoverageView | None = None
    gaps: GapsView | None = None
    calendar: CalendarView | None = None
    indexes: tuple[IndexView, ...] = ()
    table: TableView | None = None
