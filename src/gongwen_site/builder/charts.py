"""Counts to pictures: the columns of a time chart, the steps of a ramp."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongwen_site.builder.display import Display
from gongwen_site.builder.facets import is_inferred
from gongwen_site.builder.views import BarView, ChartView, LegendEntry, Link
from gongwen_site.records.article import Article

_FOOT = 26
_HEAD = 24
_MANY = 24
_DAYS = (1, 2, 5, 10, 20)
_SMALL_ARCHIVE = (1, 2, 5, 10, 100)


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
    """Return the ramp of an archive: fixed steps up to a thousand, geometric ones beyond."""
    most = max(counts, default=0)
    if most < 1000:
        return Ramp(_SMALL_ARCHIVE)
    bounds = [1]
    for step in range(1, 5):
        bound = round(most ** (step / 5))
        magnitude = 10 ** (len(str(bound)) - 1)
        bounds.append(max(bound // magnitude * magnitude, bounds[-1] + 1))
    return Ramp(tuple(bounds))


def chart_of(
    articles: Iterable[Article], display: Display, *, height: int, address: Callable[[str], str | None], name: str
) -> ChartView | None:
    """Return articles by month if they are all of one year, else by year; None if none has a date to draw.

    `address` gives the page or place for a month (2024-11) or year, None for none; `name` says whose chart it is.
    """
    dated = [article for article in articles if article.date]
    years = sorted({(article.date or "")[:4] for article in dated})
    if not years:
        return None
    if len(years) == 1:
        monthly = [article for article in dated if len(article.date or "") >= 7]
        slots = [f"{years[0]}-{month:02}" for month in range(1, 13)]
        ticks = [display.month_name(1), *(str(month) for month in range(2, 13))]
        names = [display.month_name(month) for month in range(1, 13)]
        rest = len(dated) - len(monthly)
        note = display.phrases.say("chart.year_only", count=display.count(rest)) if rest else None
        label = display.phrases.say("chart.months", name=name, year=years[0])
        dated = monthly
    else:
        slots = [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)]
        ticks = [slot if len(slots) <= _MANY or int(slot) % 10 == 0 else "" for slot in slots]
        ticks[0] = slots[0] if len(slots) <= _MANY or int(slots[0]) % 10 <= 6 else ""
        names = [display.date(slot) for slot in slots]
        note = None
        label = display.phrases.say("chart.years", name=name, first=slots[0], last=slots[-1])
    series = _Series(slots=slots, names=names, ticks=ticks, articles=tuple(dated))
    return ChartView(
        label=label,
        height=height,
        axis_y=f"{height - _FOOT}.5",
        tick_y=str(height - 6),
        hit_height=height - _FOOT,
        many=series.many,
        bars=_bars(series, height, display, address),
        years=tuple(
            Link(text=slot, href=address(slot), count=display.count(series.total[slot]))
            for slot in slots
            if series.many and series.total[slot]
        ),
        note=note,
    )


class _Series:
    """Counts by month or year: `slots` are the dates, each with a name and what stands under its column."""

    def __init__(self, *, slots: list[str], names: list[str], ticks: list[str], articles: tuple[Article, ...]) -> None:
        self.slots, self.names, self.ticks = slots, names, ticks
        width = len(slots[0])
        self.total = Counter((article.date or "")[:width] for article in articles)
        self.inferred = Counter((article.date or "")[:width] for article in articles if is_inferred(article))
        self.many = len(slots) > _MANY


def _bars(series: _Series, height: int, display: Display, address: Callable[[str], str | None]) -> tuple[BarView, ...]:
    slot_width = 100 / len(series.slots)
    inset = 0.15 if series.many else 0.28
    base = height - _FOOT
    unit = (base - _HEAD) / max(1, max(series.total.values(), default=1))
    bars = []
    for index, slot in enumerate(series.slots):
        total, inferred = series.total[slot], series.inferred[slot]
        top_sure = base - (total - inferred) * unit
        top = top_sure - inferred * unit
        linked = total > 0 and not series.many
        bars.append(
            BarView(
                href=address(slot) if linked else None,
                name=f"{series.names[index]} {display.count(total)}",
                slot_x=f"{index * slot_width:.2f}%",
                slot_width=f"{slot_width:.2f}%",
                x=f"{(index + inset) * slot_width:.2f}%",
                width=f"{(1 - 2 * inset) * slot_width:.2f}%",
                text_x=f"{(index + 0.5) * slot_width:.2f}%",
                sure_y=f"{top_sure:.1f}",
                sure_height=f"{(total - inferred) * unit:.1f}",
                inferred_y=f"{top:.1f}",
                inferred_height=f"{inferred * unit:.1f}",
                value_y=f"{top - 7:.1f}",
                sure=total - inferred,
                inferred=inferred,
                value=f"{total:,}" if linked else "",
                tick=series.ticks[index] or None,
            )
        )
    return tuple(bars)
