"""Days with articles to the calendars of a year."""

import calendar

from gongwen_site.builder import paths
from gongwen_site.builder.charts import DAY_RAMP
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import CalendarView, DayView, Link, MonthView


def calendar_of(publication: Publication, year: int, root: str) -> CalendarView:
    """Return the twelve months of a year, each day with the number of its articles."""
    months = tuple(_month(publication, year, month, root) for month in range(1, 13))
    weekdays = tuple(publication.phrases.tree["date"]["weekday_heads"])
    return CalendarView(legend=DAY_RAMP.legend(zero=False), weekdays=weekdays, months=months)


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
    if not count:
        return DayView(text=str(day))
    shown = publication.display.count(count)
    name = publication.say("date.month_day", month=month, day=day)
    return DayView(
        text=str(day), href=root + paths.date(iso), level=DAY_RAMP.level(count), label=f"{name} {shown}", count=shown
    )
