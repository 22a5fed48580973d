"""Counts to pictures: the columns of a time chart, the steps of a ramp."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from gongwen_site.builder.browse_views import BarView, ChartView, LegendEntry, TickView
from gongwen_site.builder.display import Display
from gongwen_site.builder.facets import Articles, is_inferred
from gongwen_site.builder.views import Link

_FOOT = 26
_HEAD = 24
_MANY = 24
"""Columns that a finger tells apart, each a link; more are drawn as one shape."""
_FINE = 40
"""Years of which a timeline shows the months."""
_UNIT = 10
"""Width of a column of a shape, in units of its box."""
_DAYS = (1, 2, 5, 10, 20)
_SMALL_ARCHIVE = (1, 2, 5, 10, 100)
_WIDE = 4
"""The first of its steps that is wide."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """Five steps of depth. `bounds` are the least counts of each."""

    bounds: tuple[int, ...]

    def level(self, count: int) -> int:
        """Return the step of a count, 0 for none."""
        return sum(count >= bound for bound in self.bounds)

    def legend(self, *, zero: bool) -> tuple[LegendEntry, ...]:
        """Return the steps with the counts they stand for."""
        steps = []
        for level, bound in enumerate(self.bounds, 1):
            last = self.bounds[level] - 1 if level < len(self.bounds) else None
            text = f"{bound:,}+" if last is None else f"{bound:,}" if last == bound else f"{bound:,}—{last:,}"
            steps.append(LegendEntry(level=level, text=text))
        return (LegendEntry(level=0, text="0"), *steps) if zero else tuple(steps)


DAY_RAMP = Ramp(_DAYS)


def ramp_for(counts: Iterable[int]) -> Ramp:
    """Return the ramp of some counts: fixed steps, unless the last two, which are wide, hold most of them.

    Then the steps part the counts in fifths, at numbers as round as can be; so a map of large counts has depths too.
    """
    filled = sorted(count for count in counts if count)
    fixed = Ramp(_SMALL_ARCHIVE)
    if sum(fixed.level(count) >= _WIDE for count in filled) * 2 <= len(filled):
        return fixed
    fifths = [filled[len(filled) * step // 5] for step in range(1, 5)]
    for roundness in (5, 2, 1):
        bounds = (1, *(_rounded(count, roundness) for count in fifths))
        if list(bounds) == sorted(set(bounds)):
            return Ramp(bounds)
    return fixed


def _rounded(count: int, roundness: int) -> int:
    """Return a count rounded down to so many units of its second digit."""
    unit: int = roundness * 10 ** max(len(str(count)) - 2, 0)
    return count // unit * unit


def chart_of(
    articles: Articles,
    display: Display,
    *,
    height: int,
    address: Callable[[str], str | None],
    name: str,
    by_month: bool = False,
) -> ChartView | None:
    """Return articles by month if they are all of one year, else by year; None if none has a date to draw.

    `address` gives the page or place for a month (2024-11) or year, None for none; `name` says whose chart it is;
    `by_month` draws the months of up to forty years.
    """
    dated = [article for article in articles if article.date]
    years = sorted({(article.date or "")[:4] for article in dated})
    if not years:
        return None
    if len(years) == 1:
        slots = [f"{years[0]}-{month:02}" for month in range(1, 13)]
        months = [display.month_name(month) for month in range(1, 13)]
        is_numbered = any(mark.isdigit() for mark in months[0])
        ticks = [months[0], *map(str, range(2, 13))] if is_numbered else months
        label = display.phrases.say("chart.months", name=name, year=years[0])
    else:
        slots = [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)]
        ticks = slots
        key = "chart.years"
        if by_month and len(slots) <= _FINE:
            key = "chart.months_of_years"
            slots = [f"{year}-{month:02}" for year in slots for month in range(1, 13)]
        label = display.phrases.say(key, name=name, first=years[0], last=years[-1])
    width = len(slots[0])
    drawn = [article for article in dated if len(article.date or "") >= width]
    rest = len(dated) - len(drawn)
    total = Counter((article.date or "")[:width] for article in drawn)
    inferred = Counter((article.date or "")[:width] for article in drawn if is_inferred(article))
    columns = tuple(Column(slot, total[slot] - inferred[slot], inferred[slot]) for slot in slots)
    chart = ChartView(
        label=label,
        height=height,
        axis_y=f"{height - _FOOT}.5",
        tick_y=str(height - 6),
        hit_height=height - _FOOT,
        has_inferred=bool(inferred),
        years=(),
        note=display.phrases.say("chart.year_only", count=display.count(rest)) if rest else None,
    )
    if len(columns) == len(ticks) <= _MANY:
        names = (display.date(slot) if width == 4 else display.month_name(int(slot[5:])) for slot in slots)
        labels = [
            f"{name} {display.count(column.sure + column.inferred)}"
            for name, column in zip(names, columns, strict=True)
        ]
        return replace(chart, bars=_bars(columns, labels, ticks, height, address))
    by_year = Counter((article.date or "")[:4] for article in dated)
    links = tuple(
        Link(text=year, href=address(year), count=display.number(count)) for year, count in sorted(by_year.items())
    )
    sure, guessed = _shapes(columns, height)
    return replace(
        chart, width=len(columns) * _UNIT, sure=sure, inferred=guessed, ticks=_year_ticks(ticks), years=links
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A month or year of a chart: its articles by how their date is known."""

    slot: str
    sure: int
    inferred: int


def _bars(
    columns: tuple[Column, ...],
    labels: list[str],
    ticks: list[str],
    height: int,
    address: Callable[[str], str | None],
) -> tuple[BarView, ...]:
    slot_width = 100 / len(columns)
    inset = 0.28
    base = height - _FOOT
    unit = (base - _HEAD) / max(1, *(column.sure + column.inferred for column in columns))
    bars = []
    for index, column in enumerate(columns):
        total = column.sure + column.inferred
        top_sure = base - column.sure * unit
        top = top_sure - column.inferred * unit
        bars.append(
            BarView(
                href=address(column.slot) if total else None,
                name=labels[index],
                slot_x=f"{index * slot_width:.2f}%",
                slot_width=f"{slot_width:.2f}%",
                x=f"{(index + inset) * slot_width:.2f}%",
                width=f"{(1 - 2 * inset) * slot_width:.2f}%",
                text_x=f"{(index + 0.5) * slot_width:.2f}%",
                sure_y=f"{top_sure:.1f}",
                sure_height=f"{column.sure * unit:.1f}",
                inferred_y=f"{top:.1f}",
                inferred_height=f"{column.inferred * unit:.1f}",
                value_y=f"{top - 7:.1f}",
                sure=column.sure,
                inferred=column.inferred,
                value=f"{total:,}" if total else "",
                tick=ticks[index] or None,
            )
        )
    return tuple(bars)


def _shapes(columns: tuple[Column, ...], height: int) -> tuple[str, str]:
    """Return the columns as two path descriptions, the inferred ones upon the others."""
    base = height - _FOOT
    unit = (base - _HEAD / 2) / max(1, *(column.sure + column.inferred for column in columns))
    sure, inferred = [], []
    for index, column in enumerate(columns):
        left, right = index * _UNIT + 1, (index + 1) * _UNIT - 1
        middle = base - column.sure * unit
        top = middle - column.inferred * unit
        if column.sure:
            sure.append(f"M{left} {base}V{middle:.1f}H{right}V{base}z")
        if column.inferred:
            inferred.append(f"M{left} {middle:.1f}V{top:.1f}H{right}V{middle:.1f}z")
    return "".join(sure), "".join(inferred)


def _year_ticks(years: list[str]) -> tuple[TickView, ...]:
    """Return the years that are written under a shape: as many as have room, the round ones of many."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if len(years) <= step * 10)
    width = 100 / len(years)
    return tuple(
        TickView(x=f"{(index + 0.5) * width:.2f}%", text=year)
        for index, year in enumerate(years)
        if int(year) % step == 0
    )
