"""Forms that newspaper pages set more than one text in: packages, roundups, reports around a picture, columns."""

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


def _read(*blocks):
    return segment(Seed(path="page.txt", sha256="", encoding="utf-8", text="\n\n".join(blocks)))


def _titles(reading):
    return [draft.title.text for draft in reading.drafts]


def _texts(draft):
    return tuple(paragraph.text for paragraph in draft.body)


def test_names_at_a_distance_sign_a_section_where_headlines_carry_theirs():
    reading = _read(
        "守护一方水(民生观察)\n本报记者 张三", *WATER,
        "茶山新事\n——春茶时节走进两个村子", "采茶", "本报记者 李四", *TEA, "制茶", "本报记者 王五", *TEA[::-1],
        "夜校开课了\n本报记者 赵六", WATER[2],
    )  # fmt: skip
    assert _titles(reading) == ["守护一方水(民生观察)", "茶山新事", "夜校开课了"]
    assert {"采茶", "本报记者 李四", "制茶", "本报记者 王五"} <= set(_texts(reading.drafts[1]))
    assert [person.name for person in reading.drafts[1].byline] == ["李四", "王五"]


def test_signed_pieces_below_an_unsigned_introduction_are_one_article():
    reading = _read(
        "两山两水看新事(乡村观察)", "春茶开采,水库迎汛。本期我们走进两地。", "——编 者",
        "大坝有人守", "本报记者 张三", *WATER, "茶香满山坡", "本报记者 李四", *TEA,
        "夜校教什么(教育时评)", "王 五", "夜校里坐满了人,教的是大家想学的手艺。",
    )  # fmt: skip
    assert _titles(reading) == ["两山两水看新事(乡村观察)", "夜校教什么(教育时评)"]
    assert {"大坝有人守", *WATER, "茶香满山坡", *TEA} <= set(_texts(reading.drafts[0]))


def test_briefs_below_a_standing_head_are_one_roundup():
    briefs = [
        f"本报{place}6月10日电 (记者{name}){text}"
        for place, name, text in zip("甲乙丙", ("张三", "李四", "王五"), TEA, strict=True)
    ]
    reading = _read(
        "各地简讯", "春茶采摘全面开始啦", briefs[0], "制茶师傅大显身手", briefs[1], "茶农收入增加两成", briefs[2],
        "守护一方水(民生观察)", "本报记者 赵六", *WATER,
    )  # fmt: skip
    assert _titles(reading) == ["各地简讯", "守护一方水(民生观察)"]
    assert set(briefs) <= set(_texts(reading.drafts[0]))


def test_a_word_above_a_headline_is_its_column():
    (draft,) = _read("热议", "水库大坝加固之后怎么管", "本报记者 张三", *WATER).drafts
    assert (draft.standing_head.text, draft.kicker, draft.title.text) == ("热议", None, "水库大坝加固之后怎么管")


def test_a_report_around_a_picture_is_an_article():
    reading = _read(
        "守护一方水(民生观察)", "本报记者 赵六", *WATER, "茶园里比手艺", TEA[0], "图为比赛现场。", "张三摄(新华社发)"
    )
    assert _titles(reading) == ["守护一方水(民生观察)", "茶园里比手艺"]


def test_a_text_cut_short_is_signed_all_the_same():
    (draft,) = _read("守好水库大坝(三农观察)", *WATER[:2], WATER[0] + WATER[2][:20], "王 浩", "本版责编:李四").drafts
    assert [person.name for person in draft.byline] == ["王浩"]
    assert _texts(draft) == (*WATER[:2], WATER[0] + WATER[2][:20])


def test_lines_between_two_pictures_are_captions():
    reading = segment(
        Seed(
            path="page.txt", sha256="", encoding="utf-8",
            text="守好水库大坝\n本报记者 张三\n\n" + "\n\n".join(WATER) + "\n\n\n水库旧照\n\n\n\n泄洪闸门\n\n\n\n茶香满山坡\n本报记者 李四\n\n" + "\n\n".join(TEA),
        )
    )  # fmt: skip
    assert [[caption.text for caption in draft.captions] for draft in reading.drafts] == [["水库旧照", "泄洪闸门"], []]
    assert _titles(reading) == ["守好水库大坝", "茶香满山坡"]


def test_a_paragraph_that_begins_anew_is_joined_to_nothing():
    (draft,) = _read("守好水库大坝", "本报记者 张三", WATER[0].rstrip("。"), "“今年水大,”站长说。", *WATER[1:]).drafts
    assert _texts(draft)[:2] == (WATER[0].rstrip("。"), "“今年水大,”站长说。")


def test_verse_keeps_its_lines():
    (draft,) = _read(
        "大坝谣(诗词)", "张 三", "大坝巍巍立水边,", "守坝人家二十年,", "夜半巡堤灯一盏,", "清晨满库水如烟。"
    ).drafts
    assert _texts(draft) == ("大坝巍巍立水边,", "守坝人家二十年,", "夜半巡堤灯一盏,", "清晨满库水如烟。")


def test_what_a_web_page_puts_into_an_article_is_furniture():
    reading = _read(
        "首页", "• 新闻", "• 图片", "首页 > 新闻 > 正文", "守好水库大坝", "2024-01-11 10:30 来源: 中工网", "分享到微信 收藏",
        "“年度人物评选”火热进行中!【点击投票】选出你心中的他", *WATER, "责任编辑:王五", "最新评论", "写得真好,水库的职工们辛苦了,向你们致敬!",
        "Copyright © 2024 版权所有",
    )  # fmt: skip
    (draft,) = reading.drafts
    assert _texts(draft) == WATER
    rules = {role.rule for role in reading.line_roles if role.roles == (Role.FURNITURE,)}
    assert {"promotion", "remarks"} <= rules


def test_a_picture_report_and_briefs_open_texts_of_their_own():
    report, items = "雪后初晴,茶园里的采茶女工扫去枝头的积雪。", ("▲夜校新学期开班。", "▲水库管理站换了新船。")
    reading = _read(
        "守护一方水(民生观察)", "本报记者 张三", *WATER, "图片报道", report, "简讯", *items, "本版责编:何 里"
    )
    assert _titles(reading) == ["守护一方水(民生观察)", "图片报道", "简讯"]
    assert [_texts(draft) for draft in reading.drafts] == [WATER, (report,), items]
