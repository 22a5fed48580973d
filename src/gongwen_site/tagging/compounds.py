"""Passages to words, with what segmentation tears apart put together again.

Together are kept: words of the vocabularies, places, bodies of government by their short names (省人社厅), works in 《》
and words in quotation marks that a headline has, names of people, and words that the article itself uses together only.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise

from gongwen_site.chinese.typography import HAN
from gongwen_site.chinese.weights import Weights
from gongwen_site.chinese.words import Segmenter, join_spans
from gongwen_site.tagging.passages import HEADLINES, Passage
from gongwen_site.tagging.words import WordIndex

LOOSE = frozenset(
    "的了在是说和与及对向为从到将把被也都又还就不有等着过中上下里后前内外间时来去会能要可让给由用以于而并或但则其该此这那各每某"
    "本我你他她它您个位名次年月日号点分秒元万亿千百十一二三四五六七八九零两多几第省市县区镇乡村所最更再很已曾正当经按据称因如同比约近至"
    "均共出做看听问讲谈叫使得地之者们项渐又均届场批"
)
"""Single characters that are no part of the name or word beside them."""
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖石金贾夏韦付傅"
    "方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤刁刀祝温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰"
    "焦俞左柳甘祁靳霍包阮纪裴"
)
HAN_WORD = re.compile(rf"[{HAN}]+")
_GAP = re.compile(rf"[^{HAN}]+")
NUMERAL = re.compile(r"^第?[一二三四五六七八九十百千万亿两几〇零]+.?$|^\d")


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a list written with blanks between."""
    return tuple(text.split())


_DEPARTMENTS = listed("""
    人社 人力资源和社会保障 工信 工业和信息化 卫健 卫生健康 文旅 文化和旅游 住建 住房和城乡建设 发改 发展和改革 发展改革 财政 教育 民政 农业农村
    交通 交通运输 生态环境 自然资源 水利 商务 科技 司法 公安 审计 统计 应急管理 应急 市场监管 医保 医疗保障 退役军人 林草 体育 信访 税务 气象 城管
    国资 民宗 外事 金融监管 广电 能源 邮政管理
""")
_KINDS = ("委员会", "委", "厅", "局", "部", "总局")
_ORGANS = listed("""
    总工会 妇联 残联 工商联 科协 文联 侨联 团委 组织部 宣传部 统战部 政法委 网信办 市委组织部 市委宣传部 省委组织部 省委宣传部 区委组织部 区委宣传部
    县委组织部 县委宣传部 中央组织部 中央宣传部
""")
_LEVELS = frozenset("省市县区州旗")
_WORK = re.compile(rf"《([{HAN}A-Za-z]{{2,12}})》")
_COINED = re.compile(rf"《([{HAN}]{{3,8}})》|[“‘]([{HAN}]{{3,8}})[”’]")

# What is told of a person or a body goes with it often, and makes no word with it: 国务院办公厅印发.
_TOLD = frozenset(
    listed("""
    印发 发布 公布 通报 召开 举行 举办 当选 高票当选 表示 强调 指出 认为 签署 签订 出席 会见 会谈 开幕 闭幕 启动 揭晓 逝世 住院 报道 说 介绍 同志 文章 家庭
    先生 女士 师傅 老师 今天 昨天 视频会议
""")
)
_TOGETHER = 0.7
_LONGEST = 8
_JOINS_BEFORE = frozenset({None, "n", "nz", "nt", "vn", "j", "b", "a", "an", "ng", "s", "g"})
_JOINS_BEFORE_SHORT = frozenset({"b", "a", "j"})  # 大 of 大模型, but not 人 of 人死亡
_JOINS_AFTER = frozenset({None, "n", "nz", "nt", "vn", "j", "an", "ng", "s", "g"})


class Compounds:
    """Cuts an article's passages to words by a set of terms and by what the article itself holds together."""

    def __init__(self, terms: Iterable[str], segmenter: Segmenter, table: Weights, *, apart: Collection[str]) -> None:
        """`apart` are words that make no compound: 主任, 会议."""
        organs = chain(_ORGANS, (department + kind for department in _DEPARTMENTS for kind in _KINDS))
        self._organs = frozenset(organs)
        self._index = WordIndex(word for word in (*terms, *self._organs) if len(word) > 1)
        self._segmenter = segmenter
        self._table = table
        self._apart = apart

    def cut(self, passages: Sequence[Passage]) -> tuple[list[list[str]], frozenset[str]]:
        """Return the words of each passage, and those among them that are terms. `BREAK` stands for a word's remains."""
        coined = _coined(passages)
        terms: set[str] = set()
        lines = [self._merged_names(self._cut(passage.text, coined, terms)) for passage in passages]
        together, halves = self._together(lines, terms)
        if halves:
            lines = [[BREAK if word in halves else word for word in words] for words in lines]
        if together:
            lines = [
                _merged(words, [p for p, pair in enumerate(pairwise(words)) if pair in together]) for words in lines
            ]
        return lines, frozenset(terms)

    def _cut(self, text: str, coined: Collection[str], terms: set[str]) -> list[str]:
        gaps = iter(_GAP.findall(text))
        cut = self._segmenter.cut(_GAP.sub("\n", text))
        words = [next(gaps) if word == "\n" else word for word in cut]
        spans = list(_apart(self._spans(text, coined)))
        if not spans:
            return words
        terms.update(text[start:end] for start, end in spans)
        return join_spans(words, spans, remains=BREAK)

    def _spans(self, text: str, coined: Collection[str]) -> Iterator[tuple[int, int]]:
        for start, word in self._index.every(text):
            is_local = word in self._organs and start > 0 and text[start - 1] in _LEVELS
            yield start - is_local, start + len(word)
        if "《" in text:
            yield from (match.span(1) for match in _WORK.finditer(text))
        for word in coined:
            yield from (match.span() for match in re.finditer(word, text))

    def _together(
        self, lines: Sequence[Sequence[str]], terms: AbstractSet[str]
    ) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
        """Return the pairs of words that stand together wherever one of them stands, and words that are but halves."""
        single = Counter(chain.from_iterable(lines))
        often = {w for w, times in single.items() if times > 1 and w not in LOOSE and HAN_WORD.fullmatch(w)}
        pairs = Counter(pair for words in lines for pair in pairwise(words) if pair[0] in often and pair[1] in often)
        repeated = {pair: times for pair, times in pairs.items() if times > 1}
        found = {
            pair
            for pair, times in repeated.items()
            if times >= _TOGETHER * min(single[pair[0]], single[pair[1]])
            and terms.isdisjoint(pair)
            and self._may_join(*pair)
        }
        # 经理指数 is no word where 采购 always stands before it: a compound is taken whole or not at all.
        before = {right: left for (left, right), times in repeated.items() if times == single[right]}
        after = {left: right for (left, right), times in repeated.items() if times == single[left]}
        together = frozenset(
            (left, right)
            for left, right in found
            if (left not in before or (before[left], left) in found)
            and (right not in after or (right, after[right]) in found)
        )
        halves = [right for right, left in before.items() if len(left) == 1 and (left, right) not in together]
        halves += [left for left, right in after.items() if len(right) == 1 and (left, right) not in together]
        return together, frozenset(word for word in halves if word not in terms)

    def _may_join(self, left: str, right: str) -> bool:
        if not 2 < len(left) + len(right) <= _LONGEST or left in self._apart or right in _TOLD or NUMERAL.search(left):
            return False
        before, after = self._table.kind(left), self._table.kind(right)
        if before is None and (after is None or after.startswith("nr") or len(right) == 1):
            return True  # 梅德韦 and 杰夫, 高市 and 早苗
        if after == "nrt" and before is not None and before.startswith("nr"):
            return True  # 巴赫 and 穆特
        if after is None and (len(left) == 1 or before == "nrt"):  # 瓜 and 达卢普
            return True
        if len(left) == 1 and before not in _JOINS_BEFORE_SHORT:
            return False
        if after is None and right[0] in SURNAMES and len(right) <= 3:
            return False
        return before in _JOINS_BEFORE and after in _JOINS_AFTER

    def _merged_names(self, words: list[str]) -> list[str]:
        starts = [place for place, word in enumerate(words) if word[0] in SURNAMES and len(word) < 3]
        return _merged(words, [p for p in starts if p + 1 < len(words) and self._is_name(words[p], words[p + 1])])

    def _is_name(self, left: str, right: str) -> bool:
        """Whether two words are a person's surname and name, or a name torn apart: 王轶 and 男."""
        if len(left) + len(right) > 3 or right in LOOSE or not HAN_WORD.fullmatch(right):
            return False
        if len(left) == 2:
            return (self._table.kind(left) or "nr").startswith(("nr", "ns"))
        return (self._table.kind(right) or "nr").startswith("nr")


BREAK = "\ufffc"


def _merged(words: list[str], starts: Iterable[int]) -> list[str]:
    """Return words with each of those at `starts` and the next as one; three in a row as one too, while it is short."""
    merged: list[str] = []
    done = 0
    for start in starts:
        if start < done and len(merged[-1]) + len(words[start + 1]) <= _LONGEST:
            merged[-1] += words[start + 1]
        elif start >= done:
            merged += words[done:start]
            merged.append(words[start] + words[start + 1])
        else:
            continue
        done = start + 2
    return merged + words[done:] if done else words


def _coined(passages: Iterable[Passage]) -> frozenset[str]:
    """Return what a headline has in quotation marks or as a work."""
    return frozenset(
        word
        for passage in passages
        if passage.place in HEADLINES
        for words in _COINED.findall(passage.text)
        for word in words
        if word
    )


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans from the left, of those that overlap the one that begins first, at one place the longest."""
    done = 0
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if start >= done:
            done = end
            yield start, end
