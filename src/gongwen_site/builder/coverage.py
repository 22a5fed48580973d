"""When there are articles and when there are none: a table of years by months, and what lies between without any."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from gongwen_site.builder.browse_views import CoverageRow, CoverageView, DayView, GapsView
from gongwen_site.builder.charts import ramp_for
from gongwen_site.builder.facets import Articles
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import Link

Address = Callable[[str], str | None]
"""Where the articles of a year or month (2024-11) are, None for nowhere."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Consecutive months or days without anything, by their numbers."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many months or days it lasts."""
        return self.last - self.first + 1


def gaps_between(present: Iterable[int]) -> tuple[Gap, ...]:
    """Return the runs of numbers that are missing between the least and the greatest of those present."""
    return tuple(Gap(a + 1, b - 1) for a, b in pairwise(sorted(set(present))) if b - a > 1)


def month_gaps(publication: Publication, articles: Articles) -> GapsView | None:
    """Return the months without articles between the first and the last known one; None where nothing lies between."""
    months = {_month_number(article.date) for article in articles if len(article.date or "") >= 7}
    if len(months) < 2:
        return None
    return _gaps(publication, "months", months, lambda number: publication.display.date(_month_of(number)))


def day_gaps(publication: Publication, year: str, ends: tuple[str, str]) -> GapsView | None:
    """Return the days of a year without articles, between `ends`, the archive's first and last known day.

    None where no day of the year is known.
    """
    present = {date.fromisoformat(key).toordinal() for key in publication.catalogue.dates if _is_day_of(key, year)}
    if not present:
        return None
    first = max(f"{year}-01-01", ends[0])
    last = min(f"{year}-12-31", ends[1])
    # The day before the first and the day after the last hold what is missing at the ends of the year.
    present |= {date.fromisoformat(first).toordinal() - 1, date.fromisoformat(last).toordinal() + 1}

    def shown(number: int) -> str:
        day = date.fromordinal(number)
        return publication.say("date.month_day", month=day.month, day=day.day)

    return _gaps(publication, "days", present, shown, inner=True)


def _gaps(
    publication: Publication, kind: str, present: set[int], shown: Callable[[int], str], *, inner: bool = False
) -> GapsView | None:
    say, number = publication.say, publication.display.number
    first, last = min(present) + inner, max(present) - inner
    found = gaps_between(present)
    if first >= last:
        return None

    def run(gap: Gap) -> str:
        if gap.length == 1:
            return shown(gap.first)
        return say(f"gaps.{kind}_run", first=shown(gap.first), last=shown(gap.last), n=number(gap.length))

    known = {"first": shown(first), "last": shown(last), "all": number(last - first + 1)}
    if not found:
        summary = say(f"gaps.{kind}_none", **known)
    else:
        longest = max(found, key=lambda gap: gap.length)
        summary = say(f"gaps.{kind}", **known, empty=number(sum(gap.length for gap in found)))
        summary += say("gaps.longest", run=run(longest)) if len(found) > 1 and longest.length > 1 else say("gaps.stop")
    return GapsView(summary=summary, heading=say(f"gaps.{kind}_heading"), runs=tuple(run(gap) for gap in found))


def coverage_of(publication: Publication, articles: Articles, address: Address, *, name: str) -> CoverageView | None:
    """Return how many articles there are by year and month; None if all are of one year, or none is dated."""
    dates = [article.date for article in articles if article.date]
    years = Counter(day[:4] for day in dates)
    if len(years) < 2:
        return None
    months = Counter(day[:7] for day in dates if len(day) >= 7)
    ramp = ramp_for(months.values())
    display, say = publication.display, publication.say

    def month(key: str) -> DayView:
        count = months[key]
        if not count:
            return DayView(text="")
        return DayView(text=display.number(count), href=address(key), level=ramp.level(count))

    rows = []
    span = [f"{year:04}" for year in range(int(max(years)), int(min(years)) - 1, -1)]
    for is_empty, group in groupby(span, key=lambda year: not years[year]):
        run = list(group)
        if is_empty:
            shown = run[0] if len(run) == 1 else f"{run[-1]}—{run[0]}"
            none = say("monthly.none") if len(run) == 1 else say("monthly.none_years", n=len(run))
            rows.append(CoverageRow(year=Link(text=shown), months=(), none=none))
            continue
        rows += [
            CoverageRow(
                year=Link(text=year, href=address(year), count=display.number(years[year])),
                months=tuple(month(f"{year}-{number:02}") for number in range(1, 13)),
            )
            for year in run
        ]
    heads = (say("monthly.year"), *(display.month_name(number) for number in range(1, 13)), say("monthly.sum"))
    return CoverageView(caption=say("monthly.caption", name=name), heads=heads, rows=tuple(rows))


def _month_number(iso: str | None) -> int:
    year, month = (iso or "0000-01").split("-")[:2]
    return int(year) * 12 + int(month) - 1


def _month_of(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _is_day_of(key: str, year: str) -> bool:
    return len(key) == 10 and key.startswith(year)
