"""Reading pages: the layouts that newspapers and their copies have, each in a small page."""

import pytest

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Role, Seed

WATER = (
    "汛期来临,水库管理站的职工每天巡查大坝,记录水位和渗流数据,确保水库安全度汛。",
    "站长介绍,水库大坝去年完成加固,泄洪闸门全部更换,水位监测实现了自动化。",
    "夜里水位上涨,职工们守在大坝上,直到洪峰平稳通过水库。",
)
TEA = (
    "清晨的茶园里,采茶女工背着竹篓,指尖在嫩芽间翻飞,一芽一叶落进篓中。",
    "茶厂的制茶师傅把鲜叶摊在竹匾上,萎凋、杀青、揉捻,茶香渐渐散开。",
    "今年春茶产量比去年增加两成,茶农的收入也跟着涨了,茶园成了致富园。",
)


def _read(*lines):
    return segment(Seed(path="page.txt", sha256="", encoding="utf-8", text="\n\n".join(lines)))


def _texts(draft):
    return tuple(paragraph.text for paragraph in draft.body)


def test_headlines_at_the_page_s_top_find_their_texts():
    reading = _read("采茶制茶春茶香", "守好水库大坝", *WATER, "黄 滋", "刘建国", *TEA)
    water, tea = reading.drafts
    assert (water.title.text, _texts(water), water.byline[0].name) == ("守好水库大坝", WATER, "黄滋")
    assert (tea.title.text, _texts(tea), tea.byline[0].name) == ("采茶制茶春茶香", TEA, "刘建国")


def test_a_headline_inside_its_own_text_is_its_headline():
    reading = _read("本报记者 张三", TEA[0], "春茶香满园(三农视线)", *TEA[1:], "守好水库大坝", "本报记者 李四", *WATER)
    tea, water = reading.drafts
    assert (tea.title.text, _texts(tea)) == ("春茶香满园(三农视线)", TEA)
    assert (water.title.text, _texts(water)) == ("守好水库大坝", WATER)


def test_two_texts_without_an_edge_part_where_their_words_do():
    reading = _read(
        "守好水库大坝", "采茶制茶春茶香", "本报记者 张三", *(line * 3 for line in WATER), *(line * 3 for line in TEA),
        "本报记者 李四", "本版责编:王五",
    )  # fmt: skip
    water, tea = reading.drafts
    assert [person.name for draft in (water, tea) for person in draft.byline] == ["张三", "李四"]
    assert [paragraph[:2] for paragraph in _texts(tea)] == ["清晨", "茶厂", "今年"]
    assert (water.title.text, tea.title.text) == ("守好水库大坝", "采茶制茶春茶香")
    assert "parted-by-words" in {doubt.code for doubt in tea.doubts}


def test_section_headings_stay_in_their_article():
    reading = _read("守好水库大坝", "本报记者 张三", WATER[0], "加固大坝", WATER[1], "值守洪峰", WATER[2])
    (draft,) = reading.drafts
    assert [paragraph.text for paragraph in draft.body if paragraph.kind == "heading"] == ["加固大坝", "值守洪峰"]


def test_a_caption_between_the_halves_of_a_paragraph_is_no_part_of_it():
    reading = segment(
        Seed(
            path="page.txt", sha256="", encoding="utf-8",
            text=f"守好水库大坝\n\n本报记者 张三\n\n{WATER[0]}\n\n站长介绍,水库大坝去年完成加固,泄洪闸门全部更换,水位监测实现了自\n\n\n"
            f"职工在大坝上巡查。\n\n\n动化。\n\n{WATER[2]}",
        )
    )  # fmt: skip
    (draft,) = reading.drafts
    assert [caption.text for caption in draft.captions] == ["职工在大坝上巡查。"]
    assert _texts(draft) == (WATER[0], WATER[1], WATER[2])


def test_a_masthead_speaks_for_the_whole_page():
    reading = _read("《甘肃工人报》(2024年01月11日 第 05 版)", "守好水库大坝", "本报记者 张三", *WATER)
    assert (reading.source.text, reading.date.text, reading.page.text) == ("甘肃工人报", "2024-01-11", "5")
    assert reading.line_roles[0].roles == (Role.MASTHEAD,)


def test_two_articles_with_trailers_are_two():
    trailer = "--> 2024-01-11 {page} {page} 甘肃工人报 c1.html 1 {title} /enpproperty-->"
    reading = _read(
        "守好水库大坝", *WATER, trailer.format(page=5, title="守好水库大坝"),
        "——春茶时节", "采茶制茶春茶香", *TEA, trailer.format(page=6, title="采茶制茶春茶香"),
    )  # fmt: skip
    water, tea = reading.drafts
    assert (water.title.text, water.page.text, water.source.text) == ("守好水库大坝", "5", "甘肃工人报")
    assert (tea.title.text, tea.page.text, tea.date.text) == ("采茶制茶春茶香", "6", "2024-01-11")


def test_a_web_page_s_furniture_is_no_article():
    reading = _read(
        "首页", "• 新闻", "• 图片", "首页 > 新闻 > 正文", "守好水库大坝", "2024-01-11 10:30 来源: 中工网 分享到微信",
        *WATER, "责任编辑:王五", "相关阅读", "春茶香满园采茶忙", "Copyright © 2024 版权所有",
    )  # fmt: skip
    (draft,) = reading.drafts
    assert (draft.title.text, _texts(draft)) == ("守好水库大坝", WATER)
    assert (draft.source.text, draft.date.text, draft.editor.text) == ("中工网", "2024-01-11", "王五")


@pytest.mark.parametrize(
    "text", ["", "\n\n \u3000\n", "\ufeff", "工", "<script>alert(1)</script>", "---\n---\n", "\x00\x0b\u2028"]
)
def test_any_text_can_be_read(text):
    reading = segment(Seed(path="odd.txt", sha256="", encoding="utf-8", text=text))
    told = {n for role in reading.line_roles for n in range(role.first, role.last + 1)}
    assert told >= {n for n, line in enumerate(text.split("\n"), 1) if line.strip()}


def test_a_line_of_millions_of_characters_is_one_paragraph():
    long = "工人日报记者张三、(“" * 300_000
    (draft,) = _read("守好水库大坝", long).drafts
    assert _texts(draft) == (long,)
