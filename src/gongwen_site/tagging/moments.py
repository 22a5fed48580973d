"""The dates that a text speaks of: 11月29日, 8月29日至30日, 2024年度, 去年11月, 截至10月底, 计划12月."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from gongwen_site.chinese.typography import fold


class Tense(Enum):
    """How a date stands to the day on which its text was written."""

    PAST = "past"
    AS_OF = "as of"  # 截至10月底: the period is over
    FUTURE = "future"
    OPEN = "open"  # 每年12月4日, 到2025年底: says nothing of the day of writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date spoken of. A year of None is that of the writing, shifted by `shift` (去年: -1).

    Of a range it is the last day. `weekday` is 0 for Monday. `start` is its offset in the text.
    """

    words: str
    start: int
    tense: Tense
    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int = 0
    weekday: int | None = None
    whole_year: bool = False  # 2024年度联席会议, 2024年全国…竞赛: what is reported bears the year


_DIGITS: Mapping[str, str] = {
    **dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True)),
}
_CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")

_DATE = re.compile(
    r"(?:(?<![\d.年])(?:"
    r"(?P<iso_y>20\d\d|19\d\d)[-/.](?P<iso_m>\d{1,2})[-/.](?P<iso_d>\d{1,2})(?!\d)"
    r"|(?:(?P<y>(?:1\d|20)\d\d) ?年(?P<fiscal>度)?|(?P<rel>今年|去年|前年|明年|后年|上年|本年))?"
    r"(?:年初|年底|年末|以来)?"
    r" ?(?:(?P<span>(?:1|一)(?:月)?(?:[-—–~至到]+))?(?P<m>1[0-2]|0?[1-9]) ?月(?P<part>份|底|末|初|中旬|上旬|下旬)?"
    r"(?: ?(?P<d>[12]\d|3[01]|0?[1-9]) ?[日号](?: ?[-—–~至到]+ ?(?:(?P<m2>1[0-2]|0?[1-9]) ?月 ?)?(?P<d2>[12]\d|3[01]|0?[1-9]) ?[日号])?)?)?)"
    r"|前(?P<first>1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})个?月"
    r"|前(?P<quarters>[一二三])个?季度"
    r")"
    r"(?: ?\(? ?(?:星期|周|礼拜)(?P<wd>[一二三四五六日天])\)?)?"
)
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {"十一": 11, "十二": 12}

_AS_OF_BEFORE = re.compile(r"(?:截至|截止到?|截至到|至)$")
_FUTURE_BEFORE = re.compile(
    r"(?:计划|将于|将在|拟于?|预计|力争|争取|定于|拟定|有望|预期|预定|确保|最迟|不晚于|目标|规划|展望|面向)[^,。;!?]{0,8}$|将$"
)
_OPEN_BEFORE = re.compile(
    r"(?:每年|历年|农历|每逢|到|自|从|由|始于|诞生于|出生于|生于|成立于|始建于|建于|距|距离)[^,。;!?\d]{0,2}$"
)
_FUTURE_AFTER = re.compile(
    r"起?(?:正式)?(?:施行|实施|执行|生效)|前(?!往|来|夕|后|[一二三四五六七八九十\d]{1,2}个?(?:季度|月))|底?之?前[,完将]|[^,。;!?]{0,8}将"
)
_SENTENCE_END = re.compile(r"[。!?;]")


def find_moments(text: str) -> Iterator[Moment]:
    """Yield the dates in a folded text, from the left."""
    text = _CHINESE_YEAR.sub(lambda m: "".join(_DIGITS.get(c, c) for c in m[0]), fold(text))
    said: tuple[int, int | None, int] | None = None  # where a year was said last, which, its shift
    for match in _DATE.finditer(text):
        moment = _moment(match, text)
        if moment is None:
            continue
        if moment.year is not None or moment.shift:
            said = (match.end(), moment.year, moment.shift)
        elif said is not None and match["rel"] is None and not _SENTENCE_END.search(text, said[0], match.start()):
            # 2023年3月启动,5月建成: the year said before holds to the end of the sentence.
            moment = _in_year(moment, said[1], said[2])
        yield moment


def _in_year(moment: Moment, year: int | None, shift: int) -> Moment:
    return Moment(
        words=moment.words,
        start=moment.start,
        tense=moment.tense,
        year=year,
        month=moment.month,
        day=moment.day,
        shift=shift,
        weekday=moment.weekday,
    )


_SHIFTS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}


def _moment(match: re.Match[str], text: str) -> Moment | None:
    words = match[0].strip()
    if not words:
        return None
    tense = _tense(match, text)
    weekday = "一二三四五六日".find(match["wd"].replace("天", "日")) if match["wd"] else None
    year: int | None
    month: int | None
    day: int | None
    if match["iso_y"]:
        year, month, day = int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return Moment(words=words, start=match.start(), tense=tense, year=year, month=month, day=day, weekday=weekday)
    if match["first"] or match["quarters"]:
        number = match["first"] or match["quarters"]
        month = int(number) if number.isdecimal() and number.isascii() else _NUMERALS.get(number, 0)
        month = month * 3 if match["quarters"] else month
        # 前三季度, 前8个月 are told of for months after they ended.
        return Moment(words=words, start=match.start(), tense=Tense.OPEN, month=month) if 1 < month <= 12 else None
    year = int(match["y"]) if match["y"] else None
    shift = _SHIFTS.get(match["rel"] or "", 0)
    if year is None and not match["rel"] and not match["m"]:
        return None
    if shift > 0:
        tense = Tense.FUTURE
    month = int(match["m2"] or match["m"]) if match["m"] else None
    day = int(match["d2"] or match["d"]) if match["d"] else None
    if match["span"] and tense is Tense.PAST:
        tense = Tense.OPEN
    return Moment(
        words=words,
        start=match.start(),
        tense=tense,
        year=year,
        month=month,
        day=day,
        shift=shift,
        weekday=weekday,
        whole_year=year is not None and month is None and _names_event(text, match.end()),
    )


# 2024年全国水工闸门运行工职业技能竞赛, 2026年一季度: what bears a year's number is of the year in which it is reported.
_EVENT_AFTER = re.compile(
    r"[^\W\d_起以至来前后底末初的了]{0,18}?"
    r"(?:大会|会议|推进会|竞赛|[^比参]赛(?!道)|招聘会|论坛|博览会|展览会|文化节|运动会|年会|启动仪式|夏令营|年报)"
    r"|(?:第?一季度|上半年|前[一二三四五六七八九十\d]{1,2}个?(?:季度|月))"
)


def _names_event(text: str, end: int) -> bool:
    return _EVENT_AFTER.match(text, end) is not None


def _tense(match: re.Match[str], text: str) -> Tense:
    before, start, end = text[max(0, match.start() - 14) : match.start()], match.start(), match.end()
    if _AS_OF_BEFORE.search(before):
        return Tense.AS_OF if not before.endswith("至") or before.endswith("截至") else Tense.OPEN
    if _FUTURE_BEFORE.search(before) or _FUTURE_AFTER.match(text, end):
        return Tense.FUTURE
    if _OPEN_BEFORE.search(before):
        # 从2023年1月份开始 has begun, but 到2025年底 has not come.
        return Tense.PAST if match["y"] and re.search(r"(?:自|从|由|于)[^,。;]{0,2}$", before) else Tense.OPEN
    if text[start : start + 2] in {"明年", "后年"}:
        return Tense.FUTURE
    return Tense.PAST
