"""Values of a record as a page shows them: full-width marks restored, dates and numbers in words, titles in clauses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongwen_site.builder.cards import BEGINNING, Card
from gongwen_site.builder.facets import span_of
from gongwen_site.builder.people import Mention, mentions
from gongwen_site.builder.views import TitleView
from gongwen_site.chinese.typography import restore_full_width
from gongwen_site.records.article import Article
from gongwen_site.wording.forms import Counted, fill

_LONG_CLAUSE = 15
_LONG_TITLE = 24


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of the pages: `say("list.count", n=3)`; `tree` is what templates read."""

    tree: Mapping[str, Any]
    _known: dict[str, str] = field(default_factory=dict, compare=False)

    def say(self, key: str, **params: object) -> str:
        """Return the words for a dotted key, filled with `params`. Raises KeyError for an unknown key."""
        return fill(self.word(key), params)

    def word(self, key: str) -> str:
        """Return the words for a dotted key as they are, to be filled elsewhere. Raises KeyError for an unknown key."""
        known = self._known.get(key)  # a page asks for fifty
        if known is None:
            value: Any = self.tree
            for part in key.split("."):
                value = value[part]
            known = self._known[key] = str(value)
        return known

    def get(self, key: str, default: str) -> str:
        """Return the words for a dotted key, or `default` where there are none."""
        try:
            return self.say(key)
        except KeyError:
            return default


@dataclass(frozen=True, slots=True)
class Display:
    """Shows values in the words of a language; `full_width` restores the printed width of punctuation."""

    phrases: Phrases
    full_width: bool
    _dates: dict[tuple[str, bool], str] = field(default_factory=dict, compare=False)

    def text(self, text: str) -> str:
        """Return printed text for display: as many characters as before."""
        return restore_full_width(text) if self.full_width else text

    def number(self, value: int) -> str:
        """Return a number with its thousands parted, with which words can agree."""
        return Counted(value)

    def count(self, value: int) -> str:
        """Return a number of articles."""
        return self.phrases.say("count", n=self.number(value))

    def date(self, iso: str, *, weekday: bool = False) -> str:
        """Return a date as far as it is known: 2024年11月, 2024年11月5日 星期二."""
        known = self._dates.get((iso, weekday))
        if known is None:
            known = self._dates[iso, weekday] = self._dated(iso, weekday=weekday)
        return known

    def _dated(self, iso: str, *, weekday: bool) -> str:
        parts = [int(part) for part in iso.split("-")]
        if len(parts) == 1:
            return self.phrases.say("date.year", year=parts[0])
        if len(parts) == 2:
            return self.phrases.say("date.month", year=parts[0], month=parts[1])
        shown = self.phrases.say("date.day", year=parts[0], month=parts[1], day=parts[2])
        if weekday:
            name = self.phrases.tree["date"]["weekdays"][date(*parts).weekday()]
            return self.phrases.say("date.day_weekday", day=shown, weekday=name)
        return shown

    def month_name(self, month: int) -> str:
        """Return the name of a month."""
        return self.phrases.say("date.month_name", month=month)

    def span(self, articles: Iterable[Card]) -> str | None:
        """Return the time that articles span, None if none is dated."""
        span = span_of(articles)
        if span is None:
            return None
        first, last = span
        if last.startswith(first):  # 2024-11 holds 2024-11-05
            return self.date(first)
        return self.phrases.say("date.span", first=self.date(first), last=self._date_after(first, last))

    def _date_after(self, first: str, last: str) -> str:
        """Return the later date of two, without the year that both are of: 2024年8月至12月2日."""
        if first[:4] != last[:4]:
            return self.date(last)
        _, month, *day = (int(part) for part in last.split("-"))
        return self.phrases.say("date.month_day", month=month, day=day[0]) if day else self.month_name(month)

    def title(self, article: Article | Card) -> TitleView:
        """Return a headline in its clauses, and whether it needs the smaller size."""
        text = self.text(article.title)
        clauses = tuple(text.split())
        is_long = len(text) > _LONG_TITLE or any(len(clause) > _LONG_CLAUSE for clause in clauses)
        return TitleView(
            text=" ".join(clauses) or text,
            clauses=clauses or (text,),
            supplied=article.title_supplied,
            size="long" if is_long else "",
        )

    def byline(self, article: Article) -> str | None:
        """Return the people of an article, photographers last; those of the same role and outlet share one mention."""
        shown = (self._mention(mention) for mention in mentions(article))
        return self.text(self.phrases.say("byline.apart").join(shown)) or None

    def _mention(self, mention: Mention) -> str:
        names = self.phrases.say("byline.between").join(mention.names)
        shown = " ".join(part for part in (mention.office, names) if part)
        return self.phrases.say("byline.pictures", people=shown) if mention.took_pictures else shown

    def excerpt(self, card: Card, length: int) -> str:
        """Return the beginning of an article's text, as printed: up to `length` characters, at most `BEGINNING`."""
        assert length <= BEGINNING  # noqa: S101 - a card has no more
        return card.beginning if len(card.beginning) <= length else card.beginning[:length] + "…"

    def length(self, card: Card) -> str:
        """Return the number of characters of an article's text, captions counted where there is no body."""
        return self.phrases.say("length", n=self.number(card.characters))
