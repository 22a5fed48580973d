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
    width = len(slots[0])
    inferred = Counter((article.date or "")[:width] for article in dated if is_inferred(article))
    total = Counter((article.date or "")[:width] for article in dated)
    many = len(slots) > _MANY
    bars = _bars(slots, names, ticks, total, inferred, height, display, address, many=many)
    return ChartView(
        label=label,
        height=height,
        axis_y=f"{height - _FOOT}.5",
        tick_y=str(height - 6),
        hit_height=height - _FOOT,
        many=many,
        bars=bars,
        years=tuple(
            Link(text=slot, href=address(slot), count=display.count(total[slot])) for slot in slots if total[slot]
        )
        if many
        else (),
        note=note,
    )


def _bars(
    slots: list[str],
    names: list[str],
    ticks: list[str],
    total: Counter[str],
    inferred: Counter[str],
    height: int,
    display: Display,
    address: Callable[[str], str | None],
    *,
    many: bool,
) -> tuple[BarView, ...]:
    slot_width = 100 / len(slots)
    inset = 0.15 if many else 0.28
    base = height - _FOOT
    unit = (base - _HEAD) / max(1, max(total.values(), default=1))
    bars = []
    for index, slot in enumerate(slots):
        sure = total[slot] - inferred[slot]
        top_sure = base - sure * unit
        top = top_sure - inferred[slot] * unit
        bars.append(
            BarView(
                href=address(slot) if total[slot] and not many else None,
                name=f"{names[index]} {display.count(total[slot])}",
                slot_x=f"{index * slot_width:.2f}%",
                slot_width=f"{slot_width:.2f}%",
                x=f"{(index + inset) * slot_width:.2f}%",
                width=f"{(1 - 2 * inset) * slot_width:.2f}%",
                text_x=f"{(index + 0.5) * slot_width:.2f}%",
                sure_y=f"{top_sure:.1f}",
                sure_height=f"{sure * unit:.1f}",
                inferred_y=f"{top:.1f}",
                inferred_height=f"{inferred[slot] * unit:.1f}",
                value_y=f"{top - 7:.1f}",
                sure=sure,
                inferred=inferred[slot],
                value=f"{total[slot]:,}" if total[slot] and not many else "",
                tick=ticks[index] or None,
            )
        )
    return tuple(bars)
