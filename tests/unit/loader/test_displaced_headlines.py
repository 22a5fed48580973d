"""Headlines away from their texts and paragraphs cut in two, told by the words on either side."""

import pytest

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Seed

DOCK = (
    "船厂的码头上,焊工老秦正在检查新船的龙骨,焊缝要一寸一寸地看过去。",
    "船厂建于六十年前,最多的时候有两千名焊工和木工在船台上干活。",
    "新船下水那天,船厂的工人们站满了码头,老秦把焊枪举过了头顶。",
    "如今船台改成了展览馆,龙骨和焊枪摆在玻璃柜里,老秦当了讲解员。",
    "参观的孩子最爱问:船是怎么下水的?老秦就带他们去看船台的滑道。",
    "滑道两旁种满了柳树,船厂的老工人常来树下坐坐,说说当年的新船。",
    "老秦说,船厂的故事还没有讲完,焊缝里藏着一代人的年华。",
)
BEES = (
    "五月槐花开,养蜂人赶着蜂箱进山,一住就是两个月。",
    "槐花蜜颜色浅、香气足,蜂箱一打开,割蜜刀上流下金黄的蜜。",
    "养蜂合作社把蜂蜜卖到了省城,养蜂人的日子像蜜一样甜。",
)
CHESS = (
    "少年宫的棋室里,二十多个孩子正在下围棋,棋子落盘的声音清脆。",
    "棋院的教练每周来两次,教孩子们布局和收官,棋谱摞了半人高。",
    "去年的少年围棋赛,少年宫的孩子拿了三块奖牌,棋室又添了十张棋盘。",
)


def _read(*blocks):
    return segment(Seed(path="page.txt", sha256="", encoding="utf-8", text="\n\n".join(blocks)))


def _texts(reading):
    return {draft.title.text: [paragraph.text for paragraph in draft.body] for draft in reading.drafts}


def test_a_headline_that_speaks_only_of_the_text_below_opens_it():
    found = _texts(
        _read("老船厂的焊缝(城市记忆)", "秦大川", *DOCK, "槐花蜜的甜日子(山乡见闻)", *BEES, "田 穗", "本版责编:何 里")
    )
    assert found == {"老船厂的焊缝(城市记忆)": [*DOCK], "槐花蜜的甜日子(山乡见闻)": [*BEES]}


def test_a_headline_sunk_into_its_signed_text_stays_there():
    found = _texts(_read("秦大川", *DOCK[:3], "老船厂的焊缝(城市记忆)", *DOCK[3:], "本版责编:何 里"))
    assert found == {"老船厂的焊缝(城市记忆)": [*DOCK]}


def test_a_headline_sunk_into_a_text_that_nobody_signs_stays_there():
    page = _read(
        "棋室里的少年(成长)", "本报记者 田穗", *CHESS, "(本报记者田穗采访整理)",
        *BEES[:2], "槐花蜜和养蜂人的甜日子(山乡见闻)", BEES[2], "何 里",
    )  # fmt: skip
    assert _texts(page)["槐花蜜和养蜂人的甜日子(山乡见闻)"] == [*BEES]
    assert len(page.drafts) == 2


def test_a_strange_headline_at_the_top_gives_way_to_the_one_sunk_into_the_text():
    page = _read(
        "棋室里的少年(成长)", "本报记者 秦大川", DOCK[0], "老船厂的新船和焊工(城市记忆)", *DOCK[1:],
        "槐花蜜的甜日子(山乡见闻)", "田 穗", *BEES, "本报记者 何里", *CHESS,
    )  # fmt: skip
    found = _texts(page)
    assert found["老船厂的新船和焊工(城市记忆)"] == [*DOCK]
    assert found["棋室里的少年(成长)"] == [*CHESS]


def test_of_short_lines_inside_a_text_the_one_that_shows_its_column_is_the_headline():
    page = _read(
        "秦大川", DOCK[0], "下水——", "老船厂的焊缝(城市记忆)", "新船和它的工人", *DOCK[1:4], "展览——", "龙骨进了玻璃柜", *DOCK[4:],
    )  # fmt: skip
    (draft,) = page.drafts
    assert (draft.title.text, draft.kicker, draft.deck) == ("老船厂的焊缝(城市记忆)", None, None)
    assert [paragraph.text for paragraph in draft.body if paragraph.kind == "heading"] == [
        "下水——",
        "新船和它的工人",
        "展览——",
        "龙骨进了玻璃柜",
    ]


def test_the_first_half_of_a_cut_paragraph_is_no_heading():
    halves = (
        ("滑道两旁种满了柳树、", "槐树和香樟,树下常有人坐着说话。"),
        ("参观的孩子最爱问老秦当年船台上", "的龙骨有多长,他总是答不厌。"),
        ("船厂的码头,曾经是全镇的饭碗,如今也", "成了游客来打卡的地方,日日人来人往。"),
        ("老秦从木箱里取出一把旧焊枪,擦了又擦,放进展览", "玻璃柜,旁边摆着他当年的工作证。"),
    )
    for first, second in halves:
        (draft,) = _read("老船厂的焊缝(城市记忆)", "秦大川", *DOCK[:3], first, second, *DOCK[3:]).drafts
        assert [paragraph.text for paragraph in draft.body] == [*DOCK[:3], first + second, *DOCK[3:]]


@pytest.mark.parametrize("first", [DOCK[:3], DOCK])
def test_a_line_that_speaks_of_another_text_alone_parts_two_articles(first):
    found = _texts(_read("老船厂的焊缝", "秦大川", *first, "养蜂人的槐花蜜", *BEES, "版式设计:何 里"))
    assert found == {"老船厂的焊缝": [*first], "养蜂人的槐花蜜": [*BEES]}


def test_a_line_that_speaks_of_the_next_section_of_its_text_heads_it():
    (draft,) = _read("老船厂的焊缝", "秦大川", *DOCK[:3], "船台成了展览馆", *DOCK[3:], "版式设计:何 里").drafts
    assert [paragraph.text for paragraph in draft.body] == [*DOCK[:3], "船台成了展览馆", *DOCK[3:]]


def test_pieces_below_their_writers_names_stay_one_article():
    text = ("焊枪放下以后", *DOCK[3:4], "蜂箱打开以后", *BEES[1:2])
    (draft,) = _read("短评二则", "秦大川", *text, "版式设计:何 里").drafts
    assert {paragraph.text for paragraph in draft.body} >= {DOCK[3], "蜂箱打开以后", BEES[1]}
