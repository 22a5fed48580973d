"""The publication date of a page that prints none, inferred from the days that its articles speak of.

A daily prints what happened the day before: where several articles open with days close together, the day after the
latest is the page's. With less to go by only the month is given, or the year, or nothing. Days without a year take it
from years, known events and weekdays on the same page. What is planned is no ground.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongwen_site.records.article import Evidence
from gongwen_site.tagging.moments import Moment, Tense, find_moments
from gongwen_site.tagging.passages import HEADLINES, Passage, Place
from gongwen_site.tagging.words import WordIndex
from gongwen_site.vocabulary.vocabulary import Event

CLOSE_TOGETHER = dt.timedelta(days=4)
OUTLIER = dt.timedelta(days=7)
YEAR_PASSED = dt.timedelta(days=60)
YEARS = range(1949, 2100)
"""Years that a page may be inferred to be of."""

ANNOUNCED_FROM = 7
"""From this month on papers announce what will bear the next year's number."""

_NEXT_YEAR = re.compile(r"明年|后年|迎来|将是|即将")

_FIRST_SENTENCE = re.compile(r"[^。!?]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """A date of YYYY, YYYY-MM or YYYY-MM-DD, with the words that it rests on."""

    date: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A moment, the article that speaks of it by number, whether at its head, and its line of the dump.

    One that `leads` stands in a headline or the first paragraph, one that `opens` in its first sentence.
    """

    moment: Moment
    article: int
    opens: bool
    leads: bool
    line: int | None

    def evidence(self, rule: str) -> Evidence:
        return Evidence(rule=rule, words=self.moment.words, line=self.line)


class KnownEvents:
    """Finds events whose date the vocabulary knows."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._dates: Mapping[str, str] = {word: event.date for event in events for word in event.words}
        self._index = WordIndex(self._dates)

    def find(self, passages: Iterable[Passage]) -> Iterator[tuple[dt.date, bool, Evidence]]:
        """Yield the events named in passages: the day, whether only its year is meant, and where it is named.

        A page is not older than an event it names; words that mean a year by themselves (十五五开局之年) name its own.
        """
        for passage in passages:
            for start, word in self._index.longest(passage.text):
                parts = [int(part) for part in self._dates[word].split("-")]
                date = dt.date(parts[0], *((*parts[1:], 1, 1)[:2]))
                whole_year = len(parts) == 1
                if whole_year and _NEXT_YEAR.search(passage.text, max(0, start - 10), start):
                    continue
                rule = "date-year" if whole_year else "date-event"
                yield date, whole_year, Evidence(rule=rule, words=word, line=passage.line_at(start))


def infer_date(articles: Sequence[Sequence[Passage]], events: KnownEvents) -> Inferred | None:
    """Return the date of a page from the passages of its articles, None where there is no ground for one.

    There is none either where the page itself speaks of a later day or month as past: one of the two is misread.
    """
    said = [item for number, passages in enumerate(articles) for item in _said(number, passages)]
    ground = _year(said, list(events.find(passage for passages in articles for passage in passages)))
    if ground is None:
        return None
    inferred = _within_year(said, *ground)
    return inferred if inferred is not None and inferred.date >= _latest_past(said)[: len(inferred.date)] else None


def _latest_past(said: Sequence[_Said]) -> str:
    """Return the latest day or month that the page gives with its year and tells of as past, empty if none."""
    past = [s.moment for s in said if s.moment.tense is Tense.PAST and s.moment.year in YEARS and s.moment.month]
    return max((f"{m.year:04d}-{m.month:02d}" + (f"-{m.day:02d}" if m.day else "") for m in past), default="")


def _within_year(said: Sequence[_Said], year: int, reasons: tuple[Evidence, ...]) -> Inferred | None:
    days = _opening_days(said, year)
    if days:
        return _by_days(days, reasons, said, year)
    over = _over(said, year)
    if over:
        last = max(over, key=lambda s: _end(s.moment, year))
        after = _end(last.moment, year) + dt.timedelta(days=1)
        date = f"{after.year:04d}-{after.month:02d}"
        plans = [s.evidence("date-not-yet") for s in said if _is_plan_after(s.moment, after)]
        return Inferred(date=date, evidence=(last.evidence("date-as-of"), *reasons, *plans[:1]))
    return Inferred(date=f"{year:04d}", evidence=reasons)


def _said(number: int, passages: Sequence[Passage]) -> Iterable[_Said]:
    for passage in passages:
        headline = passage.place in HEADLINES
        leads = headline or passage.place in {Place.LEAD, Place.CAPTION}
        first = _FIRST_SENTENCE.match(passage.text) if passage.place in {Place.LEAD, Place.CAPTION} else None
        for moment in find_moments(passage.text):
            opens = headline or (first is not None and moment.start < first.end())
            yield _Said(moment=moment, article=number, opens=opens, leads=leads, line=passage.line_at(moment.start))


def _year(
    said: Sequence[_Said], events: Sequence[tuple[dt.date, bool, Evidence]]
) -> tuple[int, tuple[Evidence, ...]] | None:
    """Return the year of the writing and what it rests on, None where the page does not tell.

    Papers say 今年 of their own year and print the numbers of others, so that a year by itself is no ground. What bears
    its year (2024年度联席会议), an anniversary, or a day with its weekday is one, unless the page knows of a later year.
    """
    told = [s for s in said if s.moment.year is not None and s.moment.tense in {Tense.PAST, Tense.AS_OF}]
    known = [s for s in told if s.moment.month is not None]
    happened = [date for date, whole_year, _ in events if not whole_year]
    not_before = max([*(s.moment.year or 0 for s in known), *(date.year for date in happened)], default=0)
    many = len({s.article for s in said}) > 1
    bearing = [(s.moment.year or 0, s.evidence("date-year")) for s in told if s.moment.whole_year and (s.leads or many)]
    bearing += [(date.year, evidence) for date, whole_year, evidence in events if whole_year]
    bearing = [(year, evidence) for year, evidence in bearing if year in YEARS and year >= not_before]
    if not bearing:
        return _year_of_weekday(said, not_before)
    latest = max(year for year, _ in bearing)
    if latest - 1 in {year for year, _ in bearing} and _opens_late(said, latest - 1):
        latest -= 1
    reasons = [next(evidence for year, evidence in bearing if year == latest)]
    reasons += [evidence for date, whole_year, evidence in events if not whole_year and date.year == latest][:1]
    after = [_end(s.moment, latest) for s in known if s.moment.year == latest]
    opening = [date for s in _bare_days(said) if s.opens and (date := _date(s.moment, latest))]
    if after and opening and max(opening) + YEAR_PASSED < max(after):
        # The page knows of November 2024 and opens with 3月5日: it is of 2025.
        latest += 1
    return latest, tuple(reasons)


def _opens_late(said: Sequence[_Said], year: int) -> bool:
    days = _opening_days(said, year)
    return bool(days) and days[-1][0].month >= ANNOUNCED_FROM


def _year_of_weekday(said: Sequence[_Said], not_before: int) -> tuple[int, tuple[Evidence, ...]] | None:
    """Return the one of the three years from `not_before` on in which all days have the weekdays printed with them."""
    dated = [s for s in _bare_days(said) if s.moment.weekday is not None]
    if not dated or not not_before:
        return None
    years = range(not_before, not_before + 3)
    fitting = [year for year in years if all(_weekday_fits(s.moment, year) for s in dated)]
    return (fitting[0], (dated[0].evidence("date-weekday"),)) if len(fitting) == 1 else None


def _bare_days(said: Sequence[_Said]) -> list[_Said]:
    return [
        s
        for s in said
        if s.moment.year is None and not s.moment.shift and s.moment.day and s.moment.tense is Tense.PAST
    ]


def _over(said: Sequence[_Said], year: int) -> list[_Said]:
    """Return the periods of a year that are over: 截至10月底."""
    return [s for s in said if s.moment.tense is Tense.AS_OF and s.moment.month and _falls_in(s.moment, year)]


def _opening_days(said: Sequence[_Said], year: int) -> list[tuple[dt.date, _Said]]:
    """Return the days of a year with which articles open, in order."""
    found = []
    for item in said:
        moment = item.moment
        if (
            not item.opens
            or moment.day is None
            or moment.tense not in {Tense.PAST, Tense.AS_OF}
            or not _falls_in(moment, year)
        ):
            continue
        if (date := _date(moment, year)) is not None:
            found.append((date, item))
    return sorted(found, key=lambda pair: (pair[0], pair[1].article))


def _by_days(
    days: list[tuple[dt.date, _Said]], ground: tuple[Evidence, ...], said: Sequence[_Said], year: int
) -> Inferred | None:
    pool = _without_outlier(_new_year_last(days))
    latest = pool[-1][0]
    over = [_end(s.moment, year) for s in _over(said, year)]
    near = [pair for pair in pool if latest - pair[0] <= CLOSE_TOGETHER]
    articles = {item.article for _, item in near}
    shown = list({item.moment.words: item for _, item in reversed(near)}.values())[:3]
    evidence = (*(item.evidence("date-latest-day") for item in shown), *ground)
    next_day = latest + dt.timedelta(days=1)
    if len(articles) > 1 and all(date < next_day for date in over):
        return Inferred(date=next_day.isoformat(), evidence=evidence)
    after = max([next_day, *(date + dt.timedelta(days=1) for date in over)])
    if after == next_day and next_day.day == 1:
        # A site tells of the last of the month on the same day, a paper on the first of the next.
        return Inferred(date=f"{latest.year:04d}", evidence=evidence) if next_day.month > 1 else None
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


def _is_plan_after(moment: Moment, date: dt.date) -> bool:
    planned = moment.tense is Tense.FUTURE and moment.month is not None and _falls_in(moment, date.year)
    return planned and (moment.month or 0) > date.month
