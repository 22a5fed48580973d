"""Sentences that are easily misread: places that are none, days that say nothing of the day of printing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongwen_site.records.reading import Draft, Paragraph, Printed, Reading, Seed, Tags
from gongwen_site.tagging.tag import tag_reading
from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.vocabulary.vocabulary import Vocabulary

HERE = Path(__file__).parent


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return cases


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(None)


def _draft(text: str, title: str | None = None, line: int = 3) -> Draft:
    paragraph = Paragraph(kind="paragraph", parts=(Printed(text=text, line=line),))
    return Draft(
        title=Printed(text=title or "无题", line=1 if title else 0), title_supplied=title is None, body=(paragraph,)
    )


def _tag(
    vocabulary: Vocabulary, *drafts: Draft, home: str | None = None, rows: tuple[str, ...] | None = None
) -> tuple[Tags, ...]:
    seed = Seed(path="page.txt", sha256="0" * 64, encoding="utf-8", text="")
    return tag_reading(Reading(seed=seed, drafts=drafts, line_roles=(), rows=rows), vocabulary, home=home)


@pytest.mark.parametrize("case", _cases("trap_places.yaml"), ids=lambda case: case["text"][:12])
def test_places(case, vocabulary):
    (tags,) = _tag(vocabulary, _draft(case["text"], case.get("title")), home=case.get("home"))
    assert sorted(tags.regions) == sorted(case["regions"])
    assert [*tags.regions][:1] == case["regions"][:1]
    assert set(case.get("zones", ())) <= set(tags.zones)
    assert set(case.get("places", ())) <= set(tags.places)
    assert not set(case.get("not_zones", ())) & set(tags.zones)
    assert not set(case.get("not_places", ())) & set(tags.places)
    unclear = [doubt.params["name"] for doubt in tags.doubts if doubt.code == "region-unclear"]
    assert unclear == case.get("unclear", [])


@pytest.mark.parametrize("case", _cases("trap_dates.yaml"), ids=lambda case: case["why"])
def test_dates(case, vocabulary):
    tags = _tag(vocabulary, *(_draft(text, line=number) for number, text in enumerate(case["articles"], start=1)))
    assert {tag.date for tag in tags} == {case["date"]}
    assert all(tag.date_inferred == (case["date"] is not None) for tag in tags)


def test_rows_of_a_table_are_not_one_page(vocabulary):
    first, second = (
        _draft("11月29日,2024年度联席会议召开。"),
        _draft("近日,活动举行。"),
    )
    assert [tag.date for tag in _tag(vocabulary, first, second, rows=("", ""))] == ["2024-11", None]


def test_an_organisation_named_after_a_topic_does_not_tag_it(vocabulary):
    (tags,) = _tag(
        vocabulary, _draft("竞赛由水利部人事司、中国就业培训技术指导中心、中国就业培训技术指导中心联合举办。")
    )
    assert "就业创业" not in tags.topics
    assert "技能培训与评价" not in tags.topics


def test_a_word_in_passing_names_no_topic(vocabulary):
    text = "会议强调要加快发展现代农业。" * 20 + "各地要做好就业工作。" + "会议要求抓好春耕生产。" * 20
    (tags,) = _tag(vocabulary, _draft(text))
    assert not tags.topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("指导服务工作和服务工作人员。服务工作要细,服务工作要实。", "就业创业"),
        ("有关部门协调解决问题,协调解决困难,协调解决住房。", "矛盾调解"),
        ("外交友好访问团来访,外交友好往来频繁,职工欢迎。", "职工服务与普惠"),
        ("普惠型小微贷款增长,普惠性养老增加,职工受益。", "职工服务与普惠"),
        ("亚洲运动会开幕,亚洲运动会闭幕,群众欢呼。", "文体活动"),
        ("以新思想引领新征程,用新思想引领新实践。", "思想政治引领"),
        ("消费维权案件受理,海上维权编队返航,职工关注。", "权益维护与劳动关系"),
        ("国家信访局整改,信访局公布措施,信访局回应。", "矛盾调解"),
        ("海上救助船出动,救助遇险渔船,救助完成。", "帮扶与互助保障"),
    ],
)
def test_parts_of_other_words_and_other_senses_name_no_topic(text, topic, vocabulary):
    (tags,) = _tag(vocabulary, _draft(text))
    assert topic not in tags.topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("工会派干部驻村扶贫,贫困村通了路,贫困户有了工作,两年脱贫。", "乡村振兴"),
        ("学习“千村示范、万村整治”经验,建设美丽乡村,改善农村人居环境。", "乡村振兴"),
    ],
)
def test_what_fills_a_paragraph_names_a_topic(text, topic, vocabulary):
    (tags,) = _tag(vocabulary, _draft(text))
    assert topic in tags.topics


def test_what_one_piece_of_a_roundup_says_is_no_topic_of_it(vocabulary):
    text = "工会组织职工技能大赛,技能大赛设十个竞赛项目,技能比武精彩。"
    assert "劳动和技能竞赛" in _tag(vocabulary, _draft(text))[0].topics
    assert "劳动和技能竞赛" not in _tag(vocabulary, _draft(text, "市县简讯"))[0].topics


def test_a_doubt_names_the_places_that_were_left_out(vocabulary):
    (tags,) = _tag(vocabulary, _draft("青海、广东、黑龙江等地组织宣讲。"))
    (doubt,) = (doubt for doubt in tags.doubts if doubt.code == "region-scattered")
    assert doubt.params["names"] == "青海、广东、黑龙江"


def test_a_very_long_line_is_read_in_its_beginning(vocabulary):
    (tags,) = _tag(vocabulary, _draft("甘肃省兰州市总工会。" + "安康白银大同来宾" * 2_000_000))
    assert [*tags.regions][:1] == ["甘肃省/兰州市"]
