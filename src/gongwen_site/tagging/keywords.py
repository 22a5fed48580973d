"""What an article is about in its own words: up to eight keywords, the most telling first.

A word counts by where it stands and by jieba's fixed table of inverse document frequency, never by the other articles of
the archive.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from gongwen_site.chinese.weights import weights
from gongwen_site.chinese.words import Segmenter
from gongwen_site.tagging.compounds import BREAK, HAN_WORD, LOOSE, NUMERAL, Compounds, listed
from gongwen_site.tagging.gazetteer import Gazetteer, Grade
from gongwen_site.tagging.passages import HEADLINES, Passage, Place
from gongwen_site.vocabulary.vocabulary import Vocabulary

MOST = 8
"""Keywords of one article."""
_READ_AT_MOST = 6_000
"""Characters that are read, headlines first: what a longer article is about stands in its beginning."""
_PLACES = {Place.TITLE: 4.0, Place.KICKER: 3.0, Place.DECK: 3.0, Place.HEADING: 2.0, Place.LEAD: 1.5}
_UNREAD = frozenset({Place.UNIT, Place.BYLINE, Place.DATELINE})
_DAMPING = 0.6
"""Of what a word weighs by its places: the tenth time tells less than the second."""
_ENOUGH = 1.5
"""A word said once, in passing, is no keyword."""
_LONGER = 0.6
"""A word that holds a chosen one takes its place if it scores at least this part of it."""

# Parts of speech, as jieba's dictionary has them, of what an article can be about.
_TELLING = frozenset({"n", "nr", "nrt", "nrfg", "nt", "nz", "ns", "vn", "j", "an", "eng", "s"})
_ACTING = frozenset({"v", "d", "ad"})
_ADVERBS = frozenset(
    listed("明显 热烈 充分 高度 从严 积极 全力 大力 认真 努力 进一 快速 有效 有力 不断 逐步 相互 共同 优先 重点 集中")
)
_FOREIGN = "nrt"  # a name from abroad, or the half of one: 杰夫
_PHRASE = "l"  # 脱贫攻坚, but 加大力度 too: told by being said again
# The dictionary calls these verbs; in papers they are what a report is about.
_ACTS = frozenset(
    listed("""
    扶贫 脱贫 禁毒 建交 会见 会谈 调研 慰问 阅兵 招聘 救援 灭火 防汛 抗旱 反腐 缉毒 救助 帮扶 维权 普法 入会 建会 互助 调解 仲裁 抗疫 防疫 接种 上市
    通车 开工 竣工 投产 发射 着陆 首飞 开播 开幕 闭幕 夺冠 授勋 就职 大选 选举 访华 访问 停火 袭击 制裁 罢工 谈判 援助 捐赠 捐款 献血 支教 春运 返乡
    返岗 复工 创业 培训 拜师 评选 比武 竞赛 植树 造林 治沙 减排 减税 降费 让利 欠薪 讨薪 加班 休假 体检 义诊 团购 网购 直播 电商 养老 托育 助学 高考
    扫黑 除恶 打黑 打假 执法 维和 护航 演习 军演 试射 追逃 巡视 整改 问责 述职
""")
)
_EMPTY = frozenset(
    listed("""
    工作 活动 问题 情况 方面 部门 单位 人员 记者 消息 同志 负责人 负责同志 我国 我省 我市 全国 全省 全市 全区 全县 本报 本报讯 报道 目前 近年来
    新闻 新闻联播 央视网 中国网络电视台 视频 编辑 文字 主要 有关 相关 广大 会议 讲话 指出 强调 表示 要求 方式 过程 作用 能力 水平 基础 内容
    重点 重要 重要讲话 重要指示 重要批示 中央 代表 主任 书记 部长 局长 主席 总统 总理 委员 干部 领导 今天 昨天 昨日 今年 去年 明年 近日 日前 当天 时间
    时代 地方 地区 国家 中国 社会 人民 群众 人民群众 经济 发展 建设 服务 管理 组织 中心 项目 工程 体系 机制 制度 措施 政策 方案 计划 任务 目标 成果 成绩
    精神 一线 现场 仪式 新华社 中新社 人民网 新华网 央视 通讯员 通讯 摄影 主持人 观众 朋友 大家 先生 女士 代表团 万元 亿元 万人 人次 人数 个人 集体
    力量 作出 意义 特色 优势 全面 深入 持续 积极 加强 提升 开展 推动 推进 举行 召开 举办 工作者 各地 各级 基层 公司 有限公司 集团 有限责任公司 集团公司
    股份 下一步 模式 新时代 实际 实践 环节 领域 行业 责任 标准 资金 质量 活力 动力 亮点 短板 主题 形式 平台 阵地 载体 抓手 环境 条件 关系 有限
    关键 核心 方向 道路 局面 格局 理念 思想 意识 理论 氛围 典型 榜样 经验 做法 力度 规模 数量 比例 比重 总数 总量 覆盖面 实效 成效 对象 途径 渠道
    联播 快讯 本台消息 题目 月份 同比 环比 当地时间 北京时间 日电 时许 发布会 新闻发布会 人士 双方 两国 各方 世界 国际 海外 国内 外界 言论 信号
    信心 勇气 感受 节目 风采 荣誉证书 名单 议题 议程 要点 措施 意见 建议 办法 通知 文件 会上 会后 会场 开班式 指示精神 使命感 紧迫感 效能 新路 大潮
    重要性 必要性 积极性 主动性 创造性 针对性 有效性 可持续性 广泛性 主力军 生力军 排头兵 同期 总体 整体 上下 区间 市级 省级 国家级 县级 州级 区级 级别
    征程 新征程 伟业 新篇 新篇章 图景 新图景 实干 火热 发力 筑牢 聚焦 满满 能量 旺盛生机 勃勃生机 大餐 紧扣 锚定 总书记 党中央 国务院总理 中央政治局常委
    伟大 全体成员 幸福感 获得感 安全感 归属感 荣誉感 智慧 人士 与会人士 高度 有力 专题 具体 企业 政府 城市 群体
""")
)
# Words that say little by themselves, though they may be part of one that does: 综合立体交通网.
_WEAK = frozenset(
    listed("""
    深化 印发 高质量 启动 优化 精准 升级 直辖市 两国人民 媒体 评论员 中共 境外 大会 成就 民众 总台 人民大会堂 北京人民大会堂 地带 专程 传播 检查
    两位数 局地 一刻不停 多国 辅助 频率 新进展 扎根 合作 进展 产生 范围 困难 材料 态度 压力 协议 行动 规划 技术 产品 产业 面积
    影响 遭遇 谋划 指导 面向 参观 现状 个数 综合 基本 全部 全力 助力 印记 反响 通话 合理 细节 优先 新旧 会同 先行 开局 对外 高水平 所作 大城市
    满怀 竞相 有序 内涵 生动 神圣 立场 声明 双重 垫底 回国 因病 生活 人群 省份 队员 大伙 乡亲 壮美 现实 历史 战略 频道 标杆 新风尚 总结报告 本领
    部署 夫人 父亲 母亲 儿子 女儿 丈夫 妻子 老伴 家人 部长职务 职务 国务委员 副主席 常务副主席 副总理 副总统 委员长 副委员长 秘书长 发言人 领导人
    副部长 副省长 副市长 副书记 副主任 副局长 党委书记 总干事 行长 副行长 首相 外长 国王 议长 百分点 单日 事件 因素 变化 状况 状态 结果 后果 原因
    步伐 进展 进程 历史进程 重大意义 事项 事务 事业 举措 文章 评论员文章 评论文章 社论 锐评 快评 特稿 述评 纪实 通报 会晤 交流 研讨 祝贺 贺词 广泛传播
    今后 此前 此后 期间 期限 时期 时刻 关键时刻 中旬 上旬 下旬 月底 年底 年初 周末 凌晨 上午 下午 傍晚 夜间 清晨 十国集团 年度 本月 当月 单日 全年
    部分 大部 大部分 整个 多数 绝大多数 其余 其他 种类 类型 门类 之一 各类 类别 项目组 方位 全方位 多方面 最大 最高 首个 首次 第一
""")
)
_NEVER_FIRST = frozenset("的了时等")  # jieba's dictionary has 的花海 and 时说
# 今天下午 and 在京开幕 stand there as nouns; 坚定性 is a quality, 镇里 a whereabouts, 俄方 a side.
_NO_KEYWORD = re.compile(
    r"(?:今天|昨天|明天|当天|今晚|昨晚|明晚|当晚|[在由被把]..).+|今[早晚]|.{2,}性|(?!马).[里上下]|[中美俄日英法德韩朝印越老泰缅马新菲澳加巴埃沙伊以乌欧非亚拉安斐吉匈希意"
    r"西葡荷比波捷瑞挪芬丹土哈蒙双各我对军官警校]方"
)
_COMMON = 6.0
"""A word of the dictionary below this inverse document frequency is a keyword only where a headline has it."""
_STANDING_HEAD = re.compile(r"【[^【】]*】")
_LATIN = re.compile(r"(?=.*[A-Z])[A-Za-z][A-Za-z0-9+-]{1,19}")


class Keywords:
    """Names articles' keywords by the vocabularies and jieba's tables."""

    def __init__(self, vocabulary: Vocabulary, places: Gazetteer, segmenter: Segmenter) -> None:
        self._table = weights()
        self._places = places.names
        self._papers = frozenset(name for paper in vocabulary.papers.values() for name in (paper.name, *paper.aliases))
        topics = vocabulary.topics.values()
        words = (word.strip("“”") for topic in topics for word in (topic.name, *topic.words))
        named = (name.text for name in places.names.values() if name.grade <= Grade.FULL and len(name.text) > 2)
        self._compounds = Compounds((*self._papers, *words, *named), segmenter, self._table, apart=_EMPTY)

    def of(self, passages: Sequence[Passage], *, reporters: Collection[str] = ()) -> tuple[str, ...]:
        """Return the keywords of an article; its reporters' names are none."""
        read = tuple(_read(passages))
        lines, terms = self._compounds.cut(read)
        times, weights_of = _counted(read, lines)
        scores = []
        for order, (word, weight) in enumerate(weights_of.items()):
            if weight < _ENOUGH or len(word) < 2 or word in _EMPTY or word in _WEAK or word in reporters:
                continue
            if self._tells(word, times[word], in_headline=weight >= times[word] + 2, is_term=word in terms):
                scores.append((-self._table.of(word) * weight**_DAMPING, order, word))
        return _best(sorted(scores))

    def _tells(self, word: str, times: int, *, in_headline: bool, is_term: bool) -> bool:
        if word in self._papers or word[0] in _NEVER_FIRST or NUMERAL.search(word):
            return False
        kind = self._table.kind(word)
        if kind != _FOREIGN and _NO_KEYWORD.fullmatch(word):
            return False
        place = self._places.get(word)
        if place is not None and (place.grade is not Grade.COUNTY_SHORT or kind in {None, "ns"}):
            return place.grade is Grade.EXCLUDED
        if is_term or word in _ACTS:
            return True
        if not HAN_WORD.fullmatch(word):
            return times > 1 and bool(_LATIN.fullmatch(word))
        if kind is None:
            return (
                times > 1 and _could_be_word(word) and (times > 2 or (len(word) > 2 and (in_headline or len(word) > 3)))
            )
        if (kind == _FOREIGN and times < 2 and len(word) < 4) or (self._table.of(word) < _COMMON and not in_headline):
            return False
        return (kind in _TELLING or (kind == _PHRASE and times > 1)) and not self._says_an_act(word)

    def _says_an_act(self, word: str) -> bool:
        """Whether a phrase of the dictionary, 加大力度, begins with a verb or adverb; it calls many of them nouns."""
        return len(word) == 4 and (word[:2] in _ADVERBS or self._table.kind(word[:2]) in _ACTING)


def _could_be_word(word: str) -> bool:
    """Whether what no dictionary has is more than a scrap of a sentence: 川上, 项措施."""
    if len(word) <= 3:
        return LOOSE.isdisjoint(word)
    return word[0] not in LOOSE and word[-1] not in LOOSE


def _read(passages: Sequence[Passage]) -> Iterator[Passage]:
    left = _READ_AT_MOST
    for passage in sorted(passages, key=lambda passage: passage.place not in HEADLINES):
        if passage.place not in _UNREAD and left > 0:
            left -= len(passage.text)
            yield replace(passage, text=_STANDING_HEAD.sub(BREAK, passage.text)) if "【" in passage.text else passage


def _counted(passages: Sequence[Passage], lines: Sequence[Sequence[str]]) -> tuple[Counter[str], Mapping[str, float]]:
    """Return how often each word stands in an article, and what that weighs by its places."""
    times = Counter(chain.from_iterable(lines))
    found: dict[str, float] = dict(times)
    for passage, words in zip(passages, lines, strict=True):
        more = _PLACES.get(passage.place, 1.0) - 1.0
        if more:
            for word in words:
                found[word] += more
    return times, found


def _best(scores: Sequence[tuple[float, int, str]]) -> tuple[str, ...]:
    """Return the words that score best, the best first. Of two words one within the other only one is taken."""
    chosen: dict[str, float] = {}
    for score, _, word in scores:
        within = [other for other in chosen if other in word]
        if any(word in other for other in chosen) or any(score > _LONGER * chosen[other] for other in within):
            continue
        if within:
            chosen = {
                word if other == within[0] else other: s for other, s in chosen.items() if other not in within[1:]
            }
        elif len(chosen) < MOST:
            chosen[word] = score
    return tuple(chosen)
