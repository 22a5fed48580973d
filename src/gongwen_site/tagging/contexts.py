"""The words around a place's name that make it part of something else: a street, a school, a newspaper, a person."""

import re
from collections.abc import Iterator

from gongwen_site.chinese.typography import HAN
from gongwen_site.chinese.words import Segmenter

_HAN_BEFORE = re.compile(rf"[{HAN}]{{0,4}}$")
_HAN_AFTER = re.compile(rf"[{HAN}]{{0,4}}")

# Characters that end a name: no institution's name runs across them.
_PLAIN = r"[^\W的在与和及向对至到从为把被将家个多等各由是了]"
_SCHOOLING = (
    "理工|工业|海事|师范|医科|医药|中医药|中医|财经|交通|科技|科学|农业|林业|农林|石油|民族|外国语|电子|信息|职业|技术|专科|学校|文理|建筑|政法|体育|"
    "艺术|音乐|美术|航空|航天|工商|管理|传媒|高等|技师|矿业|地质|邮电|水利|电力|化工|轻工|纺织|海洋|石化|经贸|商业|女子|城市|应用|人民|中心|铁路|有色|"
    "冶金|工程|第[一二三四五六七八九十]+|附属|实验|协和|同济|湘雅|儿童|妇幼|肿瘤|口腔|幼儿|机电|旅游|卫生|大学"
)
_PART_OF_MORE = re.compile(
    r"(?:[东南西北中一二三四五六七八九十]{0,2}(?:路(?![径线上段过况])|绕城|环城)|街(?![头边区])|大街|大道|巷(?!道)|胡同|高速|铁路"
    r"|卫视|电视|广播|广电|[日晚晨早]报|都市报|商报|工人报|工人日报|职工报|时报|新闻网|融媒"
    r"|(?<=长沙)发(?![展布生出放射动现起明电车行挥掘])|”?[号舰轮艇](?![召称船])|”旅|军区|林场|农场|水库|水电站|新村|村(?![镇民里委支两庄])|镇(?![江远海安平雄原康坪沅宁赉巴上里])|级(?:驱逐|护卫)|杯|籍|站(?![在起上稳位])|机场|战役|起义|事变|惨案|会战|大屠杀|暴动|兵变|国民政府|时期|条约|共识|宣言|话(?![题])|方言"
    r"|精神(?!文明|病|卫生|面貌|状态|风貌|障碍|食粮|生活|世界|家园)"
    r"|评弹|评话|评书|梆子|花鼓|木偶戏|皮影|大鼓|年画|泥人|宣纸|紫砂|云锦|火腿|板鸭|盐水鸭|烧鸡|扒鸡(?!厂)|榨菜|香醋|陈醋|黄酒|啤酒(?!节)|年糕|热干面|凉皮"
    r"|茅台|老窖|油田|重汽|石化(?!园|基地|产业)|农商行|股份(?!制)"
    r"|菜|瓜|茶|酒|拉面|牛肉面|麻辣烫|火锅|烤鸭|螺蛳粉|小吃|大枣|苹果|枸杞|白药|豆腐|刺绣|剪纸|米粉|烤肉|粮液"
    rf"|{_PLAIN}{{0,4}}(?:男篮|女篮|男足|女足|男排|女排|足球队|篮球队|俱乐部)"
    rf"|(?:{_SCHOOLING})*(?:大学|学院|[一二三四五六七八九十]中(?![国央心])|[师交]大|附[中小]|中学|小学|学校|医院|幼儿园|党校)"
    rf"|{_PLAIN}{{0,12}}?(?:有限责任公司|有限公司|股份公司|集团|公司|银行|证券))"
)
# 白银供电公司, 广州地铁集团, 兰州分公司: what serves a place is in it.
_LOCAL_BRANCH = re.compile(
    rf"{_PLAIN}{{0,4}}?(?:供电|分公司|地铁|公交|燃气|热力|水务|轨道|烟草|邮政|电力公司|矿业|铁路局)"
)
_FULL_PART_OF_MORE = re.compile(r"(?<=市)场(?!监)|(?<=区)域|(?<=县)城(?=[区市]场)|(?<=市)值")

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TITLE = (
    "记者|通讯员|书记|主席|主任|部长|局长|市长|县长|区长|省长|镇长|乡长|村长|厂长|院长|校长|队长|班长|组长|会长|馆长|站长|团长|董事长|理事长|秘书长"
    "|司令员?|经理|总裁|大使|参赞|代办|发言人|支书|村民|居民|市民|牧民|农民|渔民|职工|工人|员工|党员|代表|委员|选手|劳模|工匠|司机|民警|战士|战友|烈士"
    "|院士|教授|博士|专家|学者|研究员|工程师|老师|师傅|医生|护士|学生|同学|志愿者|教练|导演|演员|作家|画家|歌手|顾问"
)
_BEFORE_NAME = re.compile(rf"(?:^|[、,。:;\s(“]|{_TITLE})[{_SURNAMES}]$")
# 大使王玉林也到场: between a title and a verb there is a person.
_TITLED = re.compile(rf"(?:{_TITLE})[{_SURNAMES}]$")
_AFTER_TITLED = re.compile(r"[也都曾又还在从为是将就被把向对已和与跟]")
_AFTER_NAME = re.compile(r"(?:$|[、,。\s)(]|[说表介告认坦回]|同志|先生|女士|师傅)")


# 除湖北以外, 来自山东聊城的工人, 二十国集团领导人杭州峰会: the place is named, but not as where the story is.
# 乘专机离开北京, 在指导某县常委班子民主生活会时: who leaves or once advised a place is heard elsewhere.
_PASSING_BEFORE = re.compile(
    r"(?:除了?|来自(?:于|了)?|出生[于在]|生于|毕业于|祖籍|原籍|籍贯|老家在?|故乡|离开|途[经径]|在(?:指导|听取))$"
)
_PASSING_AFTER = re.compile(
    r"[省市县区]?(?:以外|之外|籍|户口|口音|第?[一二三四五六七八九十\d]*届?"
    r"(?:峰会|(?:冬季|夏季)?奥运会|冬奥会|冬残奥会|残奥会|亚运会|亚残运会|青奥会|大运会|世运会|世博会|世园会|世界妇女大会"
    r"|行动宣言|和平进程)|队(?![伍员])|选手|运动员|(?:因病)?(?:逝世|病逝|去世)|(?:以|通过|用)视频|热带雨林)"
)


_PERSON_SPEAKS = re.compile(
    rf"(?=([{_SURNAMES}][{HAN}](?![市州县区省人商队方乡镇村])[{HAN}])(?:说|告诉|表示|介绍|认为|回忆|坦言|带领|笑着))"
)


def people_named_like_places(text: str) -> set[str]:
    """Return names of three characters that speak in a text, where a place could be read: 常德盛说."""
    return {match[1] for match in _PERSON_SPEAKS.finditer(text)}


# 学习贯彻习近平总书记在四川成都座谈会上的讲话, 新增病例10例(河北8例): what was said elsewhere, and a row of figures.
_ELSEWHERE_BEFORE = re.compile(r"(?:学习|贯彻|落实|重温|牢记)[^,。;!?]{0,16}在$|[(、,;][^()。]{0,3}$")
_FIGURES = re.compile(r"[^\W\d]{0,3}\d+(?:\.\d+)?(?:例|人|起|家|个|万|亿|%)")


# 合唱《延安颂》: a work's title; a law's or a plan's says where it holds.
_WORK = re.compile(r"《[^《》]{1,8}(?<![例案法见划定告则书章要议报])》")


def titles_of_works(text: str) -> tuple[tuple[int, int], ...]:
    """Return where short titles of songs, books and films stand in a text, as (start, end)."""
    return tuple(match.span() for match in _WORK.finditer(text)) if "《" in text else ()


def is_said_in_passing(text: str, start: int, end: int) -> bool:
    """Whether a place is only where somebody comes from, what is left out, or part of an event's name."""
    if _PASSING_BEFORE.search(text[max(0, start - 5) : start]) or _PASSING_AFTER.match(text, end):
        return True
    elsewhere = _ELSEWHERE_BEFORE.search(text[max(0, start - 22) : start])
    if elsewhere is None:
        return False
    in_brackets = text.rfind("(", max(0, start - 60), start) > text.rfind(")", max(0, start - 60), start)
    return elsewhere[0].endswith("在") or (in_brackets and _FIGURES.match(text, end) is not None)


def is_part_of_more(text: str, start: int, end: int) -> bool:
    """Whether a short form is the beginning of another name (兰州路, 白银集团) or a person's (王西安说)."""
    if _PART_OF_MORE.match(text, end) and not _LOCAL_BRANCH.match(text, end):
        return True
    if text[max(0, start - 3) : start] in {"大学(", "学院("}:
        return True
    before = text[max(0, start - 4) : start]
    return bool(
        (_BEFORE_NAME.search(before) and _AFTER_NAME.match(text, end))
        or (_TITLED.search(before) and _AFTER_TITLED.match(text, end))
    )


# 首尔市龙山区, 东京都港区: a district of a city that is none of ours.
_ABROAD = re.compile(rf"(?:[{HAN}]{{2,6}}(?<![全我本该各两多外])[市都]|(?<![全我中各两多外])国)$")


def is_abroad(text: str, start: int) -> bool:
    """Whether a district's name at `start` follows that of a city abroad; the text before is to hold no place of ours."""
    return bool(_ABROAD.search(text[max(0, start - 7) : start]))


def full_is_part_of_more(text: str, end: int) -> bool:
    """Whether a full name ends inside another word: 东方市|场, 和平区|域."""
    return _FULL_PART_OF_MORE.match(text, end) is not None


class Boundaries:
    """Asks the dictionary whether words of the text run across the edges of a name."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._cut = segmenter.cut_known

    def crosses_start(self, text: str, start: int, end: int, *, since: int) -> bool:
        """Whether a word crosses the start of `text[start:end]`: 开发|区南市."""
        return any(begin < start < stop for begin, stop in self._words(text, start, end, since))

    def crossed(self, text: str, start: int, end: int, *, since: int, inside: bool) -> bool:
        """Whether a word crosses the start or the end of `text[start:end]`: 河|南岸, 陕西|安全.

        `inside` counts a word too that begins with the name and is longer: 大同小异. Words are looked for from `since` on.
        """
        for begin, stop in self._words(text, start, end, since):
            if stop == end and text[begin:start] == "首都":
                continue
            if begin < start < stop or start < begin < end < stop:
                return True
            if inside and begin == start and stop > end:
                return True
        return False

    def _words(self, text: str, start: int, end: int, since: int) -> Iterator[tuple[int, int]]:
        before = _HAN_BEFORE.search(text, max(since, start - 4), start)
        after = _HAN_AFTER.match(text, end)
        position = start - (len(before[0]) if before else 0)
        for word in self._cut(text[position : after.end() if after else end]):
            yield position, position + len(word)
            position += len(word)
