"""Keywords: what an article is about in its own words, whole, and the same from either engine."""

from dataclasses import replace
from pathlib import Path

import pytest

from gongwen_site.chinese.words import Segmenter
from gongwen_site.records.article import Person
from gongwen_site.records.reading import Draft, Paragraph, Printed
from gongwen_site.tagging.gazetteer import build_gazetteer
from gongwen_site.tagging.keywords import MOST, Keywords
from gongwen_site.tagging.passages import read_passages
from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.vocabulary.vocabulary import Topic

VOCABULARY = load_vocabulary(None)
GAZETTEER = build_gazetteer(VOCABULARY.regions)
KEYWORDS = Keywords(VOCABULARY, GAZETTEER, Segmenter())


def _draft(title: str, *paragraphs: str, byline: tuple[Person, ...] = ()) -> Draft:
    body = tuple(
        Paragraph(kind="paragraph", parts=(Printed(text=text, line=number),))
        for number, text in enumerate(paragraphs, 2)
    )
    return Draft(title=Printed(text=title, line=1), body=body, byline=byline)


def _keywords(title: str, *paragraphs: str, keywords: Keywords = KEYWORDS) -> tuple[str, ...]:
    return keywords.of(read_passages(_draft(title, *paragraphs)))


def _seeds() -> list[Draft]:
    """Return each seed as if it were one article, and each of its long lines as another."""
    found = []
    for path in sorted((Path(__file__).parents[3] / "seeds").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        found += [_draft(lines[0], *lines[1:]), *(_draft(line[:20], line) for line in lines if len(line) > 200)]
    return found


WHOLE = [
    (
        "a name from abroad in two known halves",
        "巴赫穆特传来消息",
        "巴赫穆特下雪。巴赫穆特放晴。",
        "巴赫穆特",
        ("巴赫", "穆特"),
    ),
    ("a topic's word", "服务新就业形态劳动者", "全市新就业形态劳动者超过万人。", "新就业形态", ("就业", "形态")),
    (
        "a body of government",
        "省人社厅发布新规",
        "省人社厅有关人士介绍了新规。",
        "省人社厅",
        ("省人", "社厅", "人社厅"),
    ),
    ("a local body", "区卫健局送医下乡", "区卫健局组织医生下乡。", "区卫健局", ("卫健局",)),
    ("a coined word", "“板凳夜话”聊出好日子", "村里的板凳夜话办了三年。", "板凳夜话", ("板凳", "夜话")),
    ("a work", "纪录片《大河工匠》开播", "大河工匠共十集。", "大河工匠", ("大河",)),
    ("words used together only", "村民种上彩叶林", "彩叶林带来收入。彩叶林下养鸡，彩叶林里迎客。", "彩叶林", ("彩叶",)),
    ("two words used together only", "低空经济起飞", "低空经济是新产业。发展低空经济要有人才。", "低空经济", ("低空",)),
    ("a torn name", "王轶男：焊花里的青春", "王轶男是焊工。王轶男说，他爱这一行。", "王轶男", ("王轶",)),
    (
        "a foreign name",
        "梅德韦杰夫抵达",
        "梅德韦杰夫发表讲话。梅德韦杰夫将访问三天。",
        "梅德韦杰夫",
        ("梅德韦", "杰夫"),
    ),
]


@pytest.mark.parametrize(("title", "body", "word", "halves"), [case[1:] for case in WHOLE], ids=[c[0] for c in WHOLE])
def test_words_are_whole(title, body, word, halves):
    found = _keywords(title, body)
    assert word in found
    assert not set(halves) & set(found)


NONE = [
    ("numbers", "三千职工获补助12万元", "三千名职工领到补助。第二批补助三千元。", ("三千", "12", "第二批", "12万元")),
    (
        "empty words",
        "推进工作 加强建设",
        "有关部门召开会议，推进工作，加强建设。",
        ("工作", "部门", "会议", "推进", "建设"),
    ),
    ("places", "白银市举办焊工比武", "白银市的焊工齐聚白银，甘肃省派员观摩。", ("白银", "白银市", "甘肃省", "甘肃")),
    ("newspapers", "人民日报评论员谈焊工", "人民日报说焊工好，人民日报又说焊工好。", ("人民日报", "人民", "日报")),
    ("what is said in passing", "焊工比武", "焊工们比武。\n有人喝了一口茶水。", ("茶水",)),
    ("phrases that act", "加大力度培养焊工", "要加大力度培养焊工，加大力度表彰焊工。", ("加大力度", "力度")),
    ("times of day", "焊工今天上午比武", "今天上午焊工比武，今天上午颁奖。", ("今天上午", "上午")),
    ("qualities and whereabouts", "镇里办焊工比武", "镇里请来焊工，坚定性强，镇里出力。", ("镇里", "坚定性")),
    ("sides", "外方选手观摩焊工比武", "俄方选手观摩，俄方满意，韩方满意。", ("俄方", "韩方")),
    (
        "words that say little",
        "焊工比武有序启动",
        "数据显示，影响扩大，焊工合作，数据有影响。",
        ("数据", "影响", "有序", "合作", "启动"),
    ),
    (
        "what is told of a body",
        "人社部办公厅印发焊工标准",
        "人社部办公厅印发标准，人社部办公厅印发后各地照办。",
        ("人社部办公厅印发", "办公厅印发", "印发"),
    ),
    ("a standing head", "【新春走基层】焊工的一天", "焊工的一天从凌晨开始。", ("新春走基层", "走基层", "新春")),
]


@pytest.mark.parametrize(("title", "body", "words"), [case[1:] for case in NONE], ids=[c[0] for c in NONE])
def test_some_words_are_no_keywords(title, body, words):
    assert not set(words) & set(_keywords(title, *body.split("\n")))


def test_a_headline_tells_more_than_a_body():
    found = _keywords("煤矿停产检修", "检修队走进煤矿。", "食堂的厨师很忙，厨师要做百人饭菜。")
    assert found.index("煤矿") < found.index("厨师")


def test_reporters_are_no_keywords():
    draft = _draft("欧阳丹探访焊工", "欧阳丹来到车间。欧阳丹问焊工。欧阳丹又问。")
    people = ("欧阳丹",)
    assert "欧阳丹" in KEYWORDS.of(read_passages(draft))
    assert "欧阳丹" not in KEYWORDS.of(read_passages(draft), reporters=people)


def test_at_most_eight_the_same_each_time_and_none_within_another():
    for passages in map(read_passages, _seeds()):
        found = KEYWORDS.of(passages)
        assert 0 < len(found) <= MOST
        assert found == KEYWORDS.of(passages)
        assert all(len(word) > 1 for word in found)
        assert not [(a, b) for a in found for b in found if a != b and a in b]


def test_both_engines_give_the_same_keywords():
    pytest.importorskip("rjieba")
    slow = Keywords(VOCABULARY, GAZETTEER, Segmenter(fast=False))
    for passages in map(read_passages, _seeds()):
        assert KEYWORDS.of(passages) == slow.of(passages)


def test_a_word_that_the_keeper_adds_to_a_topic_stays_whole():
    body = "送岗直通车开进社区。"
    assert "送岗直通车" not in _keywords("岗位送到家门口", body, body)
    topic = Topic(name="送岗", slug="jobs", words=("送岗直通车",))
    taught = replace(VOCABULARY, topics={**VOCABULARY.topics, "送岗": topic})
    keywords = Keywords(taught, GAZETTEER, Segmenter())
    assert "送岗直通车" in _keywords("岗位送到家门口", body, body, keywords=keywords)


def test_hostile_texts_have_keywords_or_none():
    for text in ("", "。", "(" * 5000, "“[a-z]{9}”", "《》" * 999, "的" * 9999, "𠮷𠮷𠮷野家" * 99, "\ufffc"):
        assert len(_keywords(text, text)) <= MOST
