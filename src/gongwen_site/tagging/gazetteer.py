"""The names that a region goes by, and how far each may be trusted.

甘肃省临夏回族自治州 is also 临夏州 and 临夏; 临洮县 is also 临洮, but that alone is too little to know it by.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from gongwen_site.tagging.words import WordIndex
from gongwen_site.vocabulary.vocabulary import Region, Regions


class Grade(IntEnum):
    """What a name needs to count as its region."""

    EXCLUDED = 0  # no place at all: 安康杯
    ZONE = 1  # a development zone or the like, of the keeper's list
    FULL = 2  # 临洮县, 临夏州: nothing more where one region has the name
    SHORT = 3  # a province's or prefecture's short form, 兰州: its words around it must not make it part of another
    GENERIC = 4  # an ordinary word too, 新城区; or of two characters, 礼县: an ancestor in reach
    RISKY = 5  # a prefecture's short form that is an ordinary word too, 安康: its full name or an ancestor in reach
    COUNTY_SHORT = 6  # 临洮: beside its ancestor, or its full name in the same article; but 九寨沟 is known alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of one or several regions; a zone of several provinces has none.

    `beside` are counties that the name means only beside their ancestor: 朝阳 is 朝阳市, but 北京朝阳 is 朝阳区.
    `former` marks a name that the region bore once, or that the keeper gave it: 监利县.
    """

    text: str
    grade: Grade
    regions: tuple[Region, ...]
    beside: tuple[Region, ...] = ()
    former: bool = False


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PEOPLES = _listed("""
    蒙古族 蒙古 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族
    傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 达斡尔 仫佬族 羌族 布朗族 撒拉族 毛南族
    仡佬族 锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 乌孜别克族 俄罗斯族 鄂温克族 保安族 裕固族 独龙族 鄂伦春族 赫哲族 门巴族
    珞巴族 基诺族 各族
""")
_PEOPLE = re.compile(rf"(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})+$")
_AUTONOMOUS = re.compile(r"自治[区州县旗]$")
_KIND = re.compile(r"(?:特别行政区|地区|新区|林区|省|市|盟|县|区|旗)$")

# Names that are ordinary words first: 建设一座新城区.
_ORDINARY_FULL = _listed("""
    新城区 老城区 城中区 城东区 城西区 城北区 城厢区 市中区 江北区 江南区 海港区 港口区 港北区 港南区 河北区 河东区 河西区
    中原区 平原县 新兴区 平安区 兴业县 通道县 光明区
""")
_BESIDE_ONLY = frozenset({"城区", "郊区", "矿区", "东区", "西区"})
# 白银 is silver, 安康 health, 来宾 a guest, 怒江 a river, 大兴安岭 a range that reaches into 内蒙古.
_ORDINARY_SHORT = _listed("""
    白银 安康 长治 大同 来宾 日照 海口 朝阳 北海 中山 黄山 兴安 阿里 怒江 红河 安顺 三明 四平 山南 海东 海西 海北 黄南 吉安 广安
    普洱 哈密 和田 巴中 大庆 中卫 吴忠 文山 黑河 百色 玉树 大理 东营 南通 白山 新乡 通化 大兴安岭
""")


# 湖北公安 are the province's police before they are 公安县; so even beside the parent the full name must be there too.
_ORDINARY_COUNTY = frozenset(
    _listed("""
        公安 振兴 合作 互助 通道 资源 新兴 平原 兴业 和平 解放 前进 向阳 工农 友谊 红旗 东风 海港 港口 江口 安定
        平安 富民 新建 新城 老城 城中 城东 城西 城北 城关 河东 河西 东方 中原 天山 新市 古城 大通 丰满 安居 华龙
        新星 龙华
    """)
)


# Counties that everybody calls by their short names alone, which mean nothing else.
_KNOWN_COUNTIES = frozenset(
    _listed("""
        九寨沟 都江堰 张家港 满洲里 二连浩特 锡林浩特 乌兰浩特 海拉尔 牙克石 扎兰屯 额尔古纳 阿尔山 格尔木 德令哈
        石河子 霍尔果斯 阿拉山口 库尔勒 阿图什 塔什库尔干 图木舒克 五家渠 呼图壁 吉木萨尔 绥芬河 五大连池 瓦房店 梅河口 公主岭 丹江口 马尔康
        若尔盖 聂拉木 青铜峡 红寺堡 沙坡头 张家川 积石山 石景山 门头沟 北戴河 曹妃甸 沙坪坝 义乌 昆山 敦煌 兰考 瑞丽 曲阜 晋江 神木 延吉
    """)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """All names of places, and the index that finds them."""

    names: Mapping[str, Name]
    index: WordIndex

    def beside_only(self, name: str) -> bool:
        """Whether a name is so common that only its prefecture's name right before it makes it a place: 城区."""
        return name in _BESIDE_ONLY

    def is_ordinary(self, name: str) -> bool:
        """Whether a county's short form is so common a word that its parent before it does not make it the county: 公安."""
        return name in _ORDINARY_COUNTY


def build_gazetteer(regions: Regions) -> Gazetteer:
    """Return the gazetteer of a table of regions. Of equal names the more trusted one holds."""
    names: dict[str, dict[Grade, dict[str, Region]]] = {}

    def add(text: str, grade: Grade, region: Region | None) -> None:
        if len(text) >= 2:
            found = names.setdefault(text, {}).setdefault(grade, {})
            if region is not None:
                found[region.path] = region

    for region in regions.by_path.values():
        add(region.name, _full_grade(region), region)
        stem = short_name(region)
        if region.name.endswith("自治州"):
            add(stem + "州", Grade.FULL, region)
        elif region.name.endswith(("自治县", "自治旗")):
            add(stem + region.name[-1], Grade.FULL, region)
        if region.level < 3:
            add(stem, Grade.RISKY if stem in _ORDINARY_SHORT else Grade.SHORT, region)
        elif region.name not in _ORDINARY_FULL:
            add(stem, Grade.SHORT if stem in _KNOWN_COUNTIES else Grade.COUNTY_SHORT, region)
    for alias, path in regions.aliases.items():
        target = regions.by_path[path]
        full = bool(_KIND.search(alias)) and len(alias) > 2
        add(alias, Grade.FULL if full else Grade.SHORT if len(alias) > 2 or target.level < 3 else Grade.GENERIC, target)
    former = {name: region for name, region in _former_counties(regions) if name not in names}
    for name, region in former.items():
        add(name, Grade.FULL, region)
    for zone, inside in regions.zones.items():
        add(zone, Grade.ZONE, regions.by_path[inside] if inside is not None else None)
    for words in regions.exclude:
        add(words, Grade.EXCLUDED, None)
    old = {*former, *regions.aliases}
    built = {text: _most_trusted(text, grades, former=text in old) for text, grades in names.items()}
    return Gazetteer(names=built, index=WordIndex(built))


def _former_counties(regions: Regions) -> Iterator[tuple[str, Region]]:
    """Yield the names that cities and districts bore as counties: 监利县 of 监利市, 永年县 of 永年区."""
    stems = Counter(short_name(region) for region in regions.by_path.values() if region.level == 3)
    for region in regions.by_path.values():
        stem = short_name(region)
        if region.level < 3 or region.name in _ORDINARY_FULL:
            continue
        if region.name == stem + region.name[-1] and stems[stem] == 1 and len(stem) > 1:
            yield stem + "县", region


def _most_trusted(text: str, grades: Mapping[Grade, Mapping[str, Region]], *, former: bool) -> Name:
    grade = min(grades)
    regions = tuple(grades[grade].values())
    if grade in {Grade.SHORT, Grade.RISKY}:
        # 吉林 and 海南 are provinces before they are prefectures.
        highest = min(region.level for region in regions)
        regions = tuple(region for region in regions if region.level == highest)
        if highest == 1:
            grade = Grade.SHORT
    beside = tuple(grades.get(Grade.COUNTY_SHORT, {}).values()) if grade is not Grade.COUNTY_SHORT else ()
    return Name(text=text, grade=grade, regions=regions, beside=beside, former=former)


def _full_grade(region: Region) -> Grade:
    return Grade.GENERIC if len(region.name) == 2 or region.name in _ORDINARY_FULL else Grade.FULL


def short_name(region: Region) -> str:
    """Return a region's name without its kind and, of an autonomous one, without its peoples: 临夏, 临洮, 内蒙古."""
    stem = _AUTONOMOUS.sub("", region.name)
    if stem != region.name:
        bare = _PEOPLE.sub("", stem)
        if len(bare) >= 2:
            return "内蒙古" if stem == "内蒙古" else bare
        return stem.removesuffix("族")
    return _KIND.sub("", region.name)
