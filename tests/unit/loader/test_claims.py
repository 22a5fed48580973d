"""Every headline has a text: what a headline left over claims out of a text that holds two articles."""

import pytest

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Seed

DOCK = (
    "船厂的码头上,焊工老秦正在检查新船的龙骨,焊缝要一寸一寸地看过去。",
    "船厂建于六十年前,最多的时候有两千名焊工和木工在船台上干活。",
    "新船下水那天,船厂的工人们站满了码头,老秦把焊枪举过了头顶。",
    "如今船台改成了展览馆,龙骨和焊枪摆在玻璃柜里,老秦当了讲解员。",
    "参观的孩子最爱问:船是怎么下水的?老秦就带他们去看船台的滑道。",
)
BEES = (
    "五月槐花开,养蜂人赶着蜂箱进山,一住就是两个月,槐花蜜就出在山里。",
    "槐花蜜颜色浅、香气足,蜂箱一打开,割蜜刀上流下金黄的蜜,养蜂人尝了又尝。",
    "养蜂合作社把槐花蜜卖到了省城,养蜂人的日子像蜜一样甜,蜂箱年年添。",
)
HEADS = ("老船厂的焊缝(城市记忆)", "养蜂人的槐花蜜(山乡见闻)")


def _texts(*blocks):
    reading = segment(Seed(path="page.txt", sha256="", encoding="utf-8", text="\n\n".join(blocks)))
    return {draft.title.text: [paragraph.text for paragraph in draft.body] for draft in reading.drafts}


@pytest.mark.parametrize("heads", [HEADS, HEADS[::-1]])
def test_a_headline_at_the_top_claims_the_part_that_speaks_of_it(heads):
    found = _texts(*heads, "本报记者 秦大川", *DOCK, *BEES, "版式设计:何 里")
    assert found == {HEADS[0]: [*DOCK], HEADS[1]: [*BEES]}


def test_a_headline_of_which_no_text_speaks_claims_none():
    found = _texts("灯会上的皮影戏(节日)", HEADS[0], "本报记者 秦大川", *DOCK, *BEES, "版式设计:何 里")
    assert [len(text) for text in found.values() if DOCK[0] in text] == [len(DOCK) + len(BEES) + 1]
