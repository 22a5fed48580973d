"""Saved pages: the article, whole and alone; what the page says of it; every line of the file accounted for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen_site.loader.read import read_dump
from gongwen_site.records.reading import Role, Seed

FIRST = "入秋以来，青石镇的梨园里一片忙碌，果农们赶在霜降之前把最后一批晚熟梨摘下枝头，装箱送往县城的冷库。"
SECOND = "镇里的合作社今年添了两条分拣线，每小时能分拣梨果四吨，比往年用人工快了三倍，损耗也少了一成。"
THIRD = "“以前最怕下雨天，梨摘下来运不出去。”合作社负责人周立新说，新修的产业路通到了园子边上。"


def read(text, name="page.html"):
    return read_dump(Seed(path=name, sha256="0" * 64, encoding="utf-8", text=text))


def body(reading):
    return [paragraph.text for paragraph in reading.drafts[0].body]


def lost(reading):
    covered = {n for role in reading.line_roles for n in range(role.first, role.last + 1)}
    return [n for n, line in enumerate(reading.lines, 1) if line.strip() and n not in covered]


EPAPER = f"""<html><head><title>青石日报数字报</title></head><body>
<div class="nav"><a href="1.htm">第01版</a> <a href="2.htm">第02版</a></div>
<div class="text">
<h3>青石镇晚熟梨丰收</h3>
<h1>一枝梨果<br>两条新线</h1>
<h2>——梨乡的秋天</h2>
<p class="sec"><!-- <span>青石日报</span> (2019年01月01日 01版) -->
  本报记者  周  岚  通讯员  何  平
  <span>《青石日报》（2024年10月16日 第 03 版）</span></p>
<!--enpcontent--><table class="pictitle"><tr><td>果农在分拣梨果。 何平 摄</td></tr></table>
<p>　　{FIRST}</p><p>　　{SECOND}</p><p>　　{THIRD}</p><!--/enpcontent-->
<!--enpproperty <articleid>77</articleid><date>2024-10-16 00:00:00:0</date><author>本报记者  周  岚  通讯员  何  平</author>
<title>一枝梨果<br>两条新线</title><keyword></keyword><subtitle><p>——梨乡的秋天</p></subtitle><introtitle>青石镇晚熟梨丰收</introtitle>
<url>http://paper.example/20241016/77.htm</url>/enpproperty-->
</div></body></html>"""


def test_an_epaper_article_says_all_of_itself_in_its_comment():
    reading = read(EPAPER)
    (draft,) = reading.drafts
    assert (draft.title.text, draft.kicker.text, draft.deck.text) == (
        "一枝梨果 两条新线",
        "青石镇晚熟梨丰收",
        "——梨乡的秋天",
    )
    assert body(reading) == [FIRST, SECOND, THIRD]
    assert (draft.date.text, draft.page.text, draft.source.text) == ("2024-10-16", "3", "青石日报")
    assert [(person.name, person.role) for person in draft.byline] == [("周岚", "记者"), ("何平", "通讯员")]
    assert [caption.text for caption in draft.captions] == ["果农在分拣梨果。 何平 摄"]
    assert draft.url.text == "http://paper.example/20241016/77.htm"


def test_each_finding_is_led_back_to_its_line_of_the_file():
    reading = read(EPAPER)
    (draft,) = reading.drafts
    lines = EPAPER.split("\n")
    for printed in (draft.kicker, draft.deck, *draft.captions):
        assert printed.text.split()[0].strip("—") in lines[printed.line - 1]
    for paragraph in draft.body:
        assert paragraph.text in lines[paragraph.parts[0].line - 1]
    roles = {role: line.first for line in reading.line_roles for role in line.roles}
    assert "enpproperty" in lines[roles[Role.TRAILER] - 1] or "introtitle" in lines[roles[Role.TRAILER] - 1]
    assert not lost(reading)


def test_an_epaper_without_its_comment_is_read_by_what_it_shows():
    shown = EPAPER[: EPAPER.index("<!--enpproperty")] + "</div></body></html>"
    (draft,) = read(shown).drafts
    assert draft.date.text == "2024-10-16", "the template's own date stands before the true one"
    assert draft.title.text.replace(" ", "").startswith("一枝梨果")
    assert [person.name for person in draft.byline] == ["周岚", "何平"]


def test_a_caption_that_only_the_picture_carries_is_kept():
    picture = (
        '<p><img data-original-title="&lt;p&gt;　　分拣线旁。&lt;/p&gt;&lt;p&gt;何平摄&lt;/p&gt;" src="a.jpg"/></p>'
    )
    reading = read(EPAPER.replace("<!--enpcontent-->", f"<!--enpcontent-->{picture}"))
    assert "分拣线旁。 何平摄" in [caption.text for caption in reading.drafts[0].captions]


def test_an_epaper_page_of_several_articles_gives_each_its_own():
    def article(title, text, day):
        return f"""<h1>{title}</h1><!--enpcontent--><p>{text}</p><!--/enpcontent-->
<!--enpproperty <date>{day} 00:00:00:0</date><author>周岚</author><title>{title}</title>/enpproperty-->"""

    reading = read(article("梨园丰收", FIRST, "2024-10-16") + "\n" + article("产业路通车", THIRD, "2024-10-17"))
    assert [(d.title.text, d.date.text, d.body[0].text) for d in reading.drafts] == [
        ("梨园丰收", "2024-10-16", FIRST),
        ("产业路通车", "2024-10-17", THIRD),
    ]


NAVIGATION = "".join(
    f'<li><a href="/{n}">{name}</a></li>'
    for n, name in enumerate(["首页", "时政", "财经", "体育", "教育", "文化", "图片", "视频"])
)
RELATED = "".join(f'<li><a href="/r{n}">另一条相关的新闻标题之第{n}条，说的是别的事情。</a></li>' for n in range(12))


def web(article, *, head="", title="青石镇梨园迎来丰收季"):
    return f"""<html><head><title>{title}_青石新闻网</title>{head}</head><body>
<div id="top">今天是2026年1月2日 星期五</div><ul class="nav">{NAVIGATION}</ul>
<div class="main"><h1>{title}</h1>
<div class="info">2024-10-16 09:30:12　来源：青石日报　作者：周岚　责任编辑：<span>吴越</span></div>
{article}
<p>（责任编辑：吴越）</p></div>
<div class="related"><h3>相关阅读</h3><ul>{RELATED}</ul></div>
<div class="comments"><p>网友甲：说得好，我们那里的梨今年也丰收了，价钱比去年高出不少，就是人手不够。</p></div>
<div class="footer">青石新闻网版权所有 京ICP备00000000号</div></body></html>"""


SHAPES = {
    "paragraphs": f"<div class='content'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>",
    "breaks": f"<div>　　{FIRST}<br><br>　　{SECOND}<br/>　　{THIRD}</div>",
    "nested tables": f"<table><tr><td><table><tr><td><p>{FIRST}<p>{SECOND}<p>{THIRD}</td></tr></table></td></tr></table>",
    "divisions": f"<section><div>{FIRST}</div><div><span>{SECOND}</span></div><div>{THIRD}</div></section>",
    "never closed": f"<div><p>{FIRST}<p><b>{SECOND[:9]}</p>{SECOND[9:]}<p>{THIRD}",
    "links and entities": f"<div><p>{FIRST}</p><p>{SECOND.replace('合作社', '<a href=x>合作社</a>')}</p><p>&ldquo;{THIRD[1:]}</p></div>",
    "wrapped lines": f"<div><p>\n{FIRST[:20]}\n{FIRST[20:]}\n</p><p>{SECOND}</p><p>{THIRD}</p></div>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_article_of_a_web_page_is_whole_and_alone(shape):
    reading = read(web(SHAPES[shape]))
    (draft,) = reading.drafts
    assert "".join(body(reading)) == FIRST + SECOND + THIRD
    assert draft.title.text == "青石镇梨园迎来丰收季"
    assert (draft.date.text, draft.source.text) == ("2024-10-16", "青石日报")
    assert [person.name for person in draft.byline] == ["周岚"], "the site's editor is not the author"
    assert not lost(reading)


def test_a_page_of_one_line_gives_the_same_article():
    page = web(SHAPES["paragraphs"])
    one_line = page.replace("\n", "")
    assert body(read(one_line)) == body(read(page))
    (line,) = {role.first for role in read(one_line).line_roles}
    roles = {role for entry in read(one_line).line_roles for role in entry.roles}
    assert line == 1
    assert {Role.HEADLINE, Role.BODY, Role.FURNITURE} <= roles


def test_the_clock_of_a_page_is_no_date_of_publication():
    page = web(SHAPES["paragraphs"]).replace("2024-10-16 09:30:12　", "")
    assert read(page).drafts[0].date is None


def test_the_head_tells_the_date_that_no_line_shows():
    head = '<meta property="article:published_time" content="2024-10-15T08:00:00+08:00"><meta name="update_time" content="2025-01-01">'
    page = web(SHAPES["paragraphs"], head=head).replace("2024-10-16 09:30:12　", "")
    assert read(page).drafts[0].date.text == "2024-10-15"


def test_words_of_a_page_outside_its_article_are_in_the_ledger_not_in_the_record():
    reading = read(web(SHAPES["paragraphs"]))
    assert not any("网友甲" in text or "相关" in text for text in body(reading))
    lines = reading.seed.text.split("\n")
    fate = {n: role for role in reading.line_roles if role.draft is None for n in range(role.first, role.last + 1)}
    comment = next(n for n, line in enumerate(lines, 1) if "网友甲" in line)
    assert fate[comment].roles == (Role.FURNITURE,)


def test_script_and_style_are_no_words_of_anybody():
    reading = read(web(f"<script>var a = '{FIRST}';</script><style>p{{}}</style>{SHAPES['paragraphs']}"))
    assert body(reading) == [FIRST, SECOND, THIRD]


def test_lines_in_markup_alone_are_read_like_a_text_dump():
    reading = read(f"<p>梨园丰收</p>\n<p>本报讯（记者周岚）{FIRST}</p>\n<p>{SECOND}</p>")
    (draft,) = reading.drafts
    assert draft.title.text == "梨园丰收"
    assert draft.title.line == 1
    assert not lost(reading)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div class=content>", "</div>", "<b>", "</b>", "<table>", "<td>", "</table>", "<!--", "-->", "<script>",
             "</script>", "<![CDATA[", "]]>", "<a href='", '"', "'>", "<", ">", "&", "&#x110000;", "\n", "\x00", "\ue000", "<h1>", "</h1>",
             "<title>", "</title>", "<!--enpcontent-->", "<!--enpproperty <title>题</title>/enpproperty-->", FIRST, "题目一则", "2024年10月16日"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_no_line_is_lost_however_broken_the_markup(pieces):
    assert not lost(read("".join(pieces)))


def test_a_number_of_a_character_that_none_has_is_no_character():
    reading = read(f"<html><title>梨果丰收</title><h1>梨果丰收</h1><p>{FIRST}&#{'1' * 5000};{SECOND}</p></html>")
    assert body(reading) == [f"{FIRST}\ufffd{SECOND}"]


def test_fields_of_an_epaper_comment_end_at_their_own_end_tags():
    reading = read(EPAPER.replace("<articleid>77</articleid>", "<articleid><date></articleid>"))
    assert reading.drafts[0].date is not None
    assert reading.drafts[0].date.text == "2024-10-16"
