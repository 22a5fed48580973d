"""A draft's passages to the places mentioned in them, each resolved to its region or left out as unclear."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from gongwen_site.chinese.typography import HAN
from gongwen_site.chinese.words import Segmenter
from gongwen_site.tagging.contexts import (
    Boundaries,
    full_is_part_of_more,
    is_abroad,
    is_part_of_more,
    is_said_in_passing,
    people_named_like_places,
    titles_of_works,
)
from gongwen_site.tagging.gazetteer import Gazetteer, Grade, Name
from gongwen_site.tagging.passages import HEADLINES, Passage, Place
from gongwen_site.vocabulary.vocabulary import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A name at a place of a passage, before it is known what it means there."""

    name: Name
    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A region named in an article. `rule` says how it was known.

    `leads_on` marks an ancestor right before its descendant, 宝鸡市 in 宝鸡市渭滨区, which is only part of that address.
    `zone` and `site` are the development zone, or township and village, that it is named with. One in `passing` says
    nothing of where the story is: 来自甘肃.
    """

    region: Region
    rule: str
    passage: Passage
    start: int
    end: int
    leads_on: bool = False
    zone: str | None = None
    site: str | None = None
    passing: bool = False

    @property
    def words(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def line(self) -> int | None:
        return self.passage.line_at(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A name that several regions have, with nothing to tell which."""

    words: str
    line: int | None
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All places of an article. `wide_zones` are zones that lie in several provinces."""

    mentions: tuple[Mention, ...]
    wide_zones: tuple[str, ...]
    unclear: tuple[Unclear, ...]


_ZONE = re.compile(
    r"[^\W\d的在与和及向对至到从为把被将是有委局会院厅首批改个多各]{0,10}?"
    r"(?:高新技术产业开发区|高新技术开发区|经济技术开发区|经济开发区|开发区|高新区|经开区|保税区|自贸试验区|自贸区|新区"
    r"|产业基地|产业园区|工业园区|科技园区|物流园区|产业园|工业园|科技园)(?!别)"
)
# 北京连接雄安新区, 新疆加快打造开发区: between the place and the zone something is told.
_NO_ZONE = re.compile(
    r"[还以这那某并也又已就其该]|借鉴|依托|依靠|利用|围绕|聚焦|调研|考察|吸引|引进|获批|签约|投资|规划|加快|加速|打造|连接|连通|建设|设立|成立|创建|建立|启动|推进|推动|支持|服务|走进|来到|进入|落户|入驻|位于|拥有|新增|发展(?!区)|全力|最大|首[家座个]|唯一|全国|国际"
    r"合作"
)
_SITE_NAME = r"[^\W\d_的在与和及等各市县区委总下辖全每]"
_SITE = re.compile(
    rf"(?:{_SITE_NAME}{{1,5}}?(?:镇|乡(?!村|镇)|街道|苏木)(?:{_SITE_NAME}{{1,6}}?(?:村|社区|嘎查))?|{_SITE_NAME}{{2,4}}?(?:村|嘎查))"
)
_NO_SITE = re.compile(
    r"(?:城乡?|[乡村集重小名强市])镇|(?:农|乡|山|和美乡)村|某|首[个批家次座]|^[一二三四五六七八九十百两几多数]+个?|工作|建设|发展|推进|开展"
    r"|^.乡|[家故他回返瑶侨]乡|所有|部分|统筹|返回|来到|回到|成为|企业|永远|均衡|少数民族村|(?:冬奥|大运|青奥|亚运|奥运|边境小|世界)村|老城街道|^[经至]"
)


# 在京举行: a city's one-character name, where only the city can be meant.
_SEATS = {
    "京": "北京",
    "沪": "上海",
    "津": "天津",
    "渝": "重庆",
    "穗": "广州",
    "蓉": "成都",
    "汉": "武汉",
    "杭": "杭州",
}
_EVENT = "(?:举行|举办|召开|开幕|闭幕|开班|开赛|揭晓|揭牌|发布|成立|启动|会见|会谈|出席|签署|签约|亮相|首发|首演|上演|落幕|调研|考察)"
_AT_SEAT = re.compile(
    rf"(?<=[在抵赴来])(?:京(?![津冀东西剧九沪杭城张郊广哈畿都港山])(?=[^,。;!?]{{0,30}}?{_EVENT})"
    rf"|[沪津渝穗蓉汉杭](?=(?:隆重|正式|联合|分别|共同|主持)?{_EVENT}))"
)
# 在白银举行: what stands there is a place.
_VENUE_BEFORE = re.compile(r"[在赴抵]$")
_VENUE_AFTER = re.compile(r"(?:召开|举行|举办|开幕|闭幕|启动|调研|考察|开展|揭牌|成立|落户)")
# 海淀、朝阳、丰台等区: the kind stands once, after the last.
_LISTED_COUNTIES = re.compile(
    rf"(?:、[{HAN}]{{2,5}}){{0,12}}?(?:等[一二三四五六七八九十两多\d]{{0,3}}个?|[一二三四五六七八九十两]个?)(?:县|区|市(?![民场])|旗)(?![域级别政块])"
)


class Places:
    """Finds places with a gazetteer. One instance serves any number of articles."""

    def __init__(self, gazetteer: Gazetteer, segmenter: Segmenter) -> None:
        self._gazetteer = gazetteer
        self._boundaries = Boundaries(segmenter)
        self._seats = {char: gazetteer.names[name] for char, name in _SEATS.items() if name in gazetteer.names}

    def find(self, passages: Iterable[Passage], home: Region | None) -> Found:
        """Return the places in an article's passages. `home` is the region of its newspaper, which settles what is unclear."""
        passages = list(passages)
        people = {name for passage in passages for name in people_named_like_places(passage.text)}
        sightings = [
            sighting
            for passage in passages
            for sighting in self._sight(passage)
            if passage.text[sighting.start : sighting.end + 1] not in people
        ]
        reach = _Reach(sightings, home)
        mentions: list[Mention] = []
        unclear: dict[str, Unclear] = {}
        for sighting in sightings:
            before = mentions[-1] if mentions and _touches(mentions[-1], sighting) else None
            mention = self._resolve(sighting, before, reach)
            if mention is None:
                if sighting.name.grade is Grade.FULL and len(sighting.name.regions) > 1:
                    words = sighting.name.text
                    unclear.setdefault(
                        words,
                        Unclear(
                            words=words,
                            line=sighting.passage.line_at(sighting.start),
                            candidates=tuple(region.path for region in sighting.name.regions),
                        ),
                    )
                continue
            if before is not None and _is_above(before.region, mention.region):
                # 来自山东聊城: what holds for the first holds for the whole address, and the other way round.
                passing = before.passing or mention.passing
                mentions[-1] = replace(before, leads_on=True, passing=passing)
                mention = replace(mention, passing=passing)
            mentions.append(mention)
        wide = (s.name.text for s in sightings if s.name.grade is Grade.ZONE and not s.name.regions)
        return Found(
            mentions=tuple(_with_sites(mentions)),
            wide_zones=tuple(dict.fromkeys(wide)),
            unclear=tuple(unclear.values()),
        )

    def _sight(self, passage: Passage) -> Iterable[Sighting]:
        text = passage.text
        seats = [m for m in _AT_SEAT.finditer(text) if m[0] in self._seats]
        works = () if passage.place in HEADLINES else titles_of_works(text)
        last = 0
        for start, words in self._gazetteer.index.longest(text):
            name = self._gazetteer.names[words]
            end = start + len(words)
            if any(opens < start < closes for opens, closes in works):
                continue
            if name.grade is not Grade.EXCLUDED and not self._is_no_place(name, text, start, end, since=last):
                while seats and seats[0].start() < start:
                    yield self._at_seat(passage, seats.pop(0))
                yield Sighting(name=name, passage=passage, start=start, end=end)
                last = end
        yield from (self._at_seat(passage, seat) for seat in seats)

    def _at_seat(self, passage: Passage, seat: re.Match[str]) -> Sighting:
        return Sighting(name=self._seats[seat[0]], passage=passage, start=seat.start(), end=seat.end())

    def _is_no_place(self, name: Name, text: str, start: int, end: int, *, since: int) -> bool:
        """Whether the words around a name make it something else; those before `since` are another place's name."""
        crossed = partial(self._boundaries.crossed, text, start, end, since=since)
        if name.grade is Grade.ZONE:
            return False
        if name.grade is Grade.FULL:
            if full_is_part_of_more(text, end):
                return True
            short = len(name.text) <= 3 and name.regions[0].level == 3
            if short and since < start and is_abroad(text, start):
                return True
            return short and self._boundaries.crosses_start(text, start, end, since=since)
        if name.grade is Grade.GENERIC:
            return full_is_part_of_more(text, end) or crossed(inside=False)
        return is_part_of_more(text, start, end) or crossed(inside=name.grade is not Grade.SHORT)

    def _resolve(self, sighting: Sighting, before: Mention | None, reach: "_Reach") -> Mention | None:
        name = sighting.name
        regions: Sequence[Region] = name.regions
        if (
            before is not None
            and name.grade is Grade.GENERIC
            and before.region.level == 2
            and not _is_below(name, before)
        ):
            # 达州老城区 is no part of 洛阳.
            return None
        if before is not None:
            below = [r for r in (*name.regions, *name.beside) if _is_above(before.region, r)]
            if self._gazetteer.is_ordinary(name.text):
                below = [r for r in below if r.path in reach.by_full_name]
            if len(below) >= 1 and (name.grade is not Grade.ZONE):
                return _mention(sighting, below[0], "region-beside-parent")
        if self._gazetteer.beside_only(name.text):
            return None
        if name.grade is Grade.ZONE:
            return _mention(sighting, regions[0], "region-zone", zone=name.text) if regions else None
        rule: str
        if name.grade is Grade.FULL and len(regions) == 1:
            rule = "region-former-name" if name.former else "region-full-name"
        elif name.grade is Grade.SHORT:
            rule = "region-short-name"
        elif name.grade in {Grade.FULL, Grade.GENERIC}:
            regions, rule = reach.below(regions)
        else:
            regions, rule = reach.of_short(sighting)
        return _mention(sighting, regions[0], rule) if len(regions) == 1 else None


class _Reach:
    """What the names that are beyond doubt in an article say about those that are not."""

    def __init__(self, sightings: Sequence[Sighting], home: Region | None) -> None:
        self.home = home
        self.by_full_name: set[str] = set()
        self.around: set[str] = set()
        self.listed: set[tuple[int, int]] = set()
        for sighting in sightings:
            name = sighting.name
            if len(name.regions) != 1 or name.grade not in {Grade.ZONE, Grade.FULL, Grade.SHORT}:
                continue
            path = name.regions[0].path
            if name.grade is Grade.FULL:
                self.by_full_name.add(path)
            self.around |= _with_ancestors(path)
            if name.grade in {Grade.SHORT, Grade.FULL} and name.regions[0].level <= 2:
                self.listed |= {(id(sighting.passage), sighting.end), (id(sighting.passage), -sighting.start)}

    def below(self, regions: Sequence[Region]) -> tuple[Sequence[Region], str]:
        """Return those of the regions whose prefecture, else province, else the paper's home, is in reach."""
        for level in (2, 1):
            found = [
                r for r in regions if r.path.count("/") >= level and "/".join(r.path.split("/")[:level]) in self.around
            ]
            if found:
                return found, "region-parent-in-reach"
        if self.home is not None:
            return [r for r in regions if r.path.startswith(self.home.path + "/")], "region-home"
        return [], ""

    def of_short(self, sighting: Sighting) -> tuple[Sequence[Region], str]:
        """Return what a short form means that alone is too little: by its full name, a dateline, a list, a headline."""
        passage, start, end = sighting.passage, sighting.start, sighting.end
        named = [r for r in (*sighting.name.regions, *sighting.name.beside) if r.path in self.by_full_name]
        if named:
            return named[:1], "region-named-in-full"
        opens_headline = passage.place in HEADLINES and start == 0 and passage.text[end : end + 1] in {":", "|"}
        alone = passage.place in {Place.DATELINE, Place.UNIT} and end - start == len(passage.text)
        if alone or opens_headline:
            if len(sighting.name.regions) == 1:
                return sighting.name.regions, "region-stands-alone"
            return self.below(sighting.name.regions)
        text = passage.text
        if "、" in {text[start - 1 : start], text[end : end + 1]} and _LISTED_COUNTIES.match(text, end):
            counties = [r for r in (*sighting.name.regions, *sighting.name.beside) if r.level == 3]
            found, _ = self.below(counties)
            if len(found) == 1:
                return found, "region-in-list"
        if sighting.name.grade is Grade.RISKY:
            if self._in_list(passage, start, end):
                return sighting.name.regions, "region-in-list"
            if _VENUE_BEFORE.search(passage.text, max(0, start - 2), start) and _VENUE_AFTER.match(passage.text, end):
                return sighting.name.regions, "region-venue"
        return [], ""

    def _in_list(self, passage: Passage, start: int, end: int) -> bool:
        text = passage.text
        after = text[end : end + 1] == "、" and (id(passage), -(end + 1)) in self.listed
        before = text[start - 1 : start] == "、" and (id(passage), start - 1) in self.listed
        return after or before


def _mention(sighting: Sighting, region: Region, rule: str, zone: str | None = None) -> Mention:
    return Mention(
        region=region,
        rule=rule,
        passage=sighting.passage,
        start=sighting.start,
        end=sighting.end,
        zone=zone,
        passing=is_said_in_passing(sighting.passage.text, sighting.start, sighting.end),
    )


def _touches(mention: Mention, sighting: Sighting) -> bool:
    if mention.passage is not sighting.passage or sighting.start - mention.end > 1:
        return False
    between = sighting.passage.text[mention.end : sighting.start]
    return between in {"", " ", "·"} and mention.zone is None


def _is_below(name: Name, before: Mention) -> bool:
    return any(_is_above(before.region, region) for region in (*name.regions, *name.beside))


def _is_above(upper: Region, lower: Region) -> bool:
    return lower.path.startswith(upper.path + "/")


def _with_ancestors(path: str) -> set[str]:
    parts = path.split("/")
    return {"/".join(parts[:count]) for count in range(1, len(parts) + 1)}


def _with_sites(mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Add to each mention the zone, or the township and village, whose name goes on from it."""
    before_zones = {(id(m.passage), m.start) for m in mentions if m.zone is not None}
    for mention in mentions:
        text = mention.passage.text
        of_province = mention.region.level == 1 and (id(mention.passage), mention.end) in before_zones
        if mention.leads_on or mention.zone is not None or of_province:
            yield mention
        elif (zone := _ZONE.match(text, mention.end)) and not _NO_ZONE.search(zone[0]):
            yield replace(mention, zone=text[mention.start : zone.end()])
        elif mention.region.level > 1 and (site := _SITE.match(text, mention.end)) and not _NO_SITE.search(site[0]):
            yield replace(mention, site=site[0])
        else:
            yield mention
