"""The publication date of a page that prints none, inferred from the days that its articles speak of.

A daily prints what happened the day before: where several articles open with days close together, the day after the
latest is the page's. With less to go by only the month is given, or the year, or nothing. Days without a year take it
from years, known events and weekdays on the same page. What is planned is no ground.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongwen_site.records.article import Evidence
from gongwen_site.tagging.moments import Moment, Tense, find_moments
from gongwen_site.tagging.passages import HEADLINES, Passage, Place
from gongwen_site.tagging.words import WordIndex
from gongwen_site.vocabulary.vocabulary import Event

CLOSE_TOGETHER = dt.timedelta(days=4)
OUTLIER = dt.timedelta(days=7)
YEAR_PASSED = dt.timedelta(days=60)
LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """A date of YYYY, YYYY-MM or YYYY-MM-DD, with the words that it rests on."""

    date: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A moment, the article that speaks of it by number, whether at its head, and its line of the dump."""

    moment: Moment
    article: int
    opens: bool
    line: int | None

    def evidence(self, rule: str) -> Evidence:
        return Evidence(rule=rule, words=self.moment.words, line=self.line)


class KnownEvents:
    """Finds events whose date the vocabulary knows."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._dates: Mapping[str, str] = {word: event.date for event in events for word in event.words}
        self._index = WordIndex(self._dates)

    def latest(self, pages: Iterable[Passage]) -> tuple[dt.date, Evidence] | None:
        """Return the latest event named in the passages: the page is not older."""
        found: tuple[dt.date, Evidence] | None = None
        for passage in pages:
            for start, word in self._index.longest(passage.text):
                parts = [int(part) for part in self._dates[word].split("-")]
                date = dt.date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
                if found is None or date > found[0]:
                    found = (date, Evidence(rule="date-event", words=word, line=passage.line_at(start)))
        return found


def infer_date(articles: Sequence[Sequence[Passage]], events: KnownEvents) -> Inferred | None:
    """Return the date of a page from the passages of its articles, None where there is no ground for one."""
    said = [item for number, passages in enumerate(articles) for item in _said(number, passages)]
    event = events.latest(passage for passages in articles for passage in passages)
    year = _year(said, event)
    if year is None:
        return None
    in_year, ground = year
    days = _days(said, in_year)
    if days:
        return _by_days(days, ground, said, in_year)
    over = [s for s in said if s.moment.tense is Tense.AS_OF and s.moment.month and _falls_in(s.moment, in_year)]
    if over:
        last = max(over, key=lambda s: s.moment.month or 0)
        month = (last.moment.month or 0) % 12 + 1
        date = f"{in_year + (month == 1):04d}-{month:02d}"
        plans = [s.evidence("date-not-yet") for s in said if _is_plan_after(s.moment, in_year, month)]
        return Inferred(date=date, evidence=(last.evidence("date-as-of"), *ground, *plans[:1]))
    return Inferred(date=f"{in_year:04d}", evidence=ground)


def _said(number: int, passages: Sequence[Passage]) -> Iterable[_Said]:
    for passage in passages:
        opens = passage.place is Place.LEAD or passage.place in HEADLINES
        for moment in find_moments(passage.text):
            yield _Said(moment=moment, article=number, opens=opens, line=passage.line_at(moment.start))


def _year(said: Sequence[_Said], event: tuple[dt.date, Evidence] | None) -> tuple[int, tuple[Evidence, ...]] | None:
    """Return the year of the writing and what it rests on: the latest that the page knows to have come."""
    told = [s for s in said if s.moment.year and s.moment.tense in {Tense.PAST, Tense.AS_OF}]
    told = [s for s in told if (s.moment.year or 0) <= LATEST_YEAR]
    latest = max((s.moment.year or 0 for s in told), default=0)
    ground: tuple[Evidence, ...] = ()
    if latest:
        best = max((s for s in told if s.moment.year == latest), key=_tells_year)
        ground = (best.evidence("date-year"),)
    if event is not None and event[0].year >= latest:
        latest, ground = event[0].year, (event[1],)
    if not latest:
        return None
    bare = [
        s
        for s in said
        if s.moment.year is None and not s.moment.shift and s.moment.day and s.moment.tense is Tense.PAST
    ]
    known = [s.moment for s in told if s.moment.year == latest and s.moment.month]
    after = max((_end(moment, latest) for moment in known), default=None)
    if event is not None and event[0].year == latest:
        after = max(event[0], after) if after else event[0]
    opening = [date for s in bare if s.opens and (date := _date(s.moment, latest))]
    if after and opening and max(opening) + YEAR_PASSED < after:
        # The page knows of November 2024 and opens with 3月5日: it is of 2025.
        latest += 1
    with_weekday = [s for s in bare if s.moment.weekday is not None]
    if with_weekday:
        fits = {y: sum(_weekday_fits(s.moment, y) for s in with_weekday) for y in (latest, latest + 1)}
        if fits[latest + 1] > fits[latest]:
            latest += 1
        ground = (*ground, with_weekday[0].evidence("date-weekday"))
    return latest, ground


def _tells_year(said: _Said) -> tuple[bool, bool, bool, bool]:
    moment = said.moment
    return (moment.day is not None, moment.whole_year, moment.month is not None, said.opens)


def _days(said: Sequence[_Said], year: int) -> list[tuple[dt.date, _Said]]:
    found = []
    for item in said:
        moment = item.moment
        if moment.day is None or moment.tense not in {Tense.PAST, Tense.AS_OF} or not _falls_in(moment, year):
            continue
        if (date := _date(moment, year)) is not None:
            found.append((date, item))
    return sorted(found, key=lambda pair: (pair[0], pair[1].article))


def _by_days(
    days: list[tuple[dt.date, _Said]], ground: tuple[Evidence, ...], said: Sequence[_Said], year: int
) -> Inferred:
    opening = _without_outlier(_new_year_last([pair for pair in days if pair[1].opens]))
    pool = opening or _without_outlier(days)
    latest = pool[-1][0]
    over = [
        _end(s.moment, year)
        for s in said
        if s.moment.tense is Tense.AS_OF and s.moment.month and _falls_in(s.moment, year)
    ]
    near = [pair for pair in pool if latest - pair[0] <= CLOSE_TOGETHER]
    articles = {item.article for _, item in near}
    shown = list({item.moment.words: item for _, item in reversed(near)}.values())[:3]
    evidence = (*(item.evidence("date-latest-day") for item in shown), *ground)
    next_day = latest + dt.timedelta(days=1)
    if opening and len(articles) > 1 and all(date < next_day for date in over):
        return Inferred(date=next_day.isoformat(), evidence=evidence)
    after = max([next_day, *(date + dt.timedelta(days=1) for date in over)])
    return Inferred(date=f"{after.year:04d}-{after.month:02d}", evidence=evidence)


def _new_year_last(days: list[tuple[dt.date, _Said]]) -> list[tuple[dt.date, _Said]]:
    """Move January behind December where a page opens its articles with days of both: the year has turned."""
    late = [date for date, _ in days if (date.month, date.day) >= (12, 20)]
    early = [date for date, _ in days if (date.month, date.day) <= (1, 12)]
    if not late or not early or len(late) + len(early) < len(days):
        return days
    turned = [(date.replace(year=date.year + 1) if date.month == 1 else date, item) for date, item in days]
    return sorted(turned, key=lambda pair: (pair[0], pair[1].article))


def _without_outlier(days: list[tuple[dt.date, _Said]]) -> list[tuple[dt.date, _Said]]:
    """Drop a lone latest day far behind several that lie close together: a plan that did not say so."""
    if len(days) > 2 and days[-1][0] - days[-2][0] > OUTLIER:
        rest = days[:-1]
        close = {item.article for date, item in rest if rest[-1][0] - date <= CLOSE_TOGETHER}
        if len(close) > 1:
            return rest
    return days


def _falls_in(moment: Moment, year: int) -> bool:
    return (moment.year if moment.year is not None else year + moment.shift) == year


def _date(moment: Moment, year: int) -> dt.date | None:
    try:
        return dt.date(year, moment.month or 0, moment.day or 0)
    except ValueError:
        return None


def _end(moment: Moment, year: int) -> dt.date:
    """Return the last day of a moment's day or month."""
    month = moment.month or 12
    if moment.day is not None and (date := _date(moment, year)) is not None:
        return date
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _weekday_fits(moment: Moment, year: int) -> bool:
    date = _date(moment, year)
    return date is not None and date.weekday() == moment.weekday


def _is_plan_after(moment: Moment, year: int, month: int) -> bool:
    return (
        moment.tense is Tense.FUTURE and moment.month is not None and _falls_in(moment, year) and moment.month > month
    )
