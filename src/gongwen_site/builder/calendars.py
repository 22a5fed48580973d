"""Days with articles to calendars: of a year, of a month, of all years at once."""

import calendar
from collections.abc import Iterable

from gongwen_site.builder import paths
from gongwen_site.builder.browse_views import CalendarView, DayView, MonthView
from gongwen_site.builder.charts import DAY_RAMP, ramp_for
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import Link

_ALL_MONTHS = range(1, 13)
_LEAP_YEAR = 2000
_WEEK = 7


def calendar_of(publication: Publication, year: int, root: str, months: Iterable[int] = _ALL_MONTHS) -> CalendarView:
    """Return months of a year, each day with the number of its articles."""
    weekdays = tuple(publication.phrases.tree["date"]["weekday_heads"])
    shown = tuple(_month(publication, year, month, root) for month in months)
    return CalendarView(legend=DAY_RAMP.legend(zero=False), weekdays=weekdays, months=shown)


def calendar_of_all_years(publication: Publication, root: str) -> CalendarView:
    """Return the days of the year, each with the number of its articles in all years; they fall on no weekday."""
    display, groups = publication.display, publication.catalogue.anniversaries
    ramp = ramp_for(map(len, groups.values()))
    months = []
    for month in _ALL_MONTHS:
        days = []
        for day in range(1, calendar.monthrange(_LEAP_YEAR, month)[1] + 1):
            key = f"{month:02}-{day:02}"
            count = len(groups.get(key, ()))
            href = root + paths.anniversary(key)
            days.append(_cell(publication, (month, day), count, href, ramp.level(count)))
        total = sum(len(articles) for key, articles in groups.items() if key.startswith(f"{month:02}-"))
        months.append(
            MonthView(
                name=display.month_name(month),
                caption=display.month_name(month),
                href=None,
                count=display.count(total) if total else publication.say("calendar.none"),
                bare=not total,
                weeks=tuple(tuple(days[start : start + _WEEK]) for start in range(0, len(days), _WEEK)),
                vague=None,
            )
        )
    return CalendarView(legend=ramp.legend(zero=False), weekdays=(), months=tuple(months))


def _month(publication: Publication, year: int, month: int, root: str) -> MonthView:
    display, dates = publication.display, publication.catalogue.dates
    key = f"{year:04}-{month:02}"
    articles = dates.get(key, ())
    vague = sum(len(article.date or "") == len(key) for article in articles)
    address = root + paths.date(key)
    weeks = tuple(
        tuple(_day(publication, key, month, day, root) for day in week)
        for week in calendar.Calendar().monthdayscalendar(year, month)
    )
    return MonthView(
        name=display.month_name(month),
        caption=display.date(key),
        href=address if articles else None,
        count=display.count(len(articles)) if articles else publication.say("calendar.none"),
        bare=len(articles) == vague,
        weeks=weeks,
        vague=Link(text=publication.say("calendar.vague", count=display.count(vague)), href=address) if vague else None,
    )


def _day(publication: Publication, key: str, month: int, day: int, root: str) -> DayView:
    if not day:
        return DayView(text=None)
    iso = f"{key}-{day:02}"
    count = len(publication.catalogue.dates.get(iso, ()))
    return _cell(publication, (month, day), count, root + paths.date(iso), DAY_RAMP.level(count))


def _cell(publication: Publication, day: tuple[int, int], count: int, href: str, level: int) -> DayView:
    if not count:
        return DayView(text=str(day[1]))
    shown = publication.display.count(count)
    name = publication.say("date.month_day", month=day[0], day=day[1])
    return DayView(text=str(day[1]), href=href, level=level, label=f"{name} {shown}", count=shown)
