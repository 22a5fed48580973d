"""A body shows the words that were printed, whatever they are, and never becomes markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from gongwen_site.builder.markdown import Block, blocks_of
from gongwen_site.records.markdown import render_body
from gongwen_site.records.reading import Paragraph, Printed

PRINTED = st.text(
    st.one_of(
        st.sampled_from("工人一二三,.、:;()[]<>*_`~#+-=|!&\\\"'1234567890 \u3000.)"),
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]),
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(text.strip("# \u3000")) and bool(text.strip()))


def same(text: str) -> str:
    return text


def shown(block: Block) -> str:
    reader = _Text()
    reader.feed(str(block.html))
    reader.close()
    return "".join(reader.parts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the name that HTMLParser calls it by
        self.parts.append(f"<{tag}>")


@given(st.lists(PRINTED, min_size=1, max_size=4))
def test_every_printed_paragraph_is_shown_as_printed(texts: list[str]):
    paragraphs = [Paragraph(kind="paragraph", parts=(Printed(text=text, line=1),)) for text in texts]
    blocks = blocks_of(render_body(paragraphs), same)
    assert [block.kind for block in blocks] == ["p"] * len(texts)
    assert [" ".join(shown(block).split()) for block in blocks] == [" ".join(text.split()) for text in texts]


@given(PRINTED)
def test_a_block_that_is_not_parsed_is_what_the_parser_would_make_of_it(text: str):
    plain = blocks_of(text, same)
    parsed = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"]).render(text)
    if len(plain) == 1 and plain[0].kind in {"p", "h2"} and plain[0].text is not None:
        kind, html = plain[0].kind, str(plain[0].html).replace("&#34;", "&quot;").replace("&#39;", "'")
        assert parsed in {f"<{kind}>{html}</{kind}>\n", f"<h1>{html}</h1>\n"}


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "正文 <img src=x onerror=alert(1)> 正文",
        "[甲](javascript:alert(1))",
        "<!-- -->\n\n<b>甲</b>",
        "- <i>甲</i>\n- 乙",
    ],
)
def test_no_body_makes_elements_of_its_own(body: str):
    html = "".join(block.html for block in blocks_of(body, same))
    for element in ("<script", "<img", "<b>", "<i>", "<!--", "href"):
        assert element not in html


def test_pictures_are_not_fetched():
    assert "<img" not in blocks_of("![甲](https://x.org/a.png)", same)[0].html


def test_a_keepers_markup_is_kept():
    first, second, third = blocks_of("甲*乙*丙\n\n# 题\n\n- 一\n- 二", same)
    assert (first.kind, first.html, first.text) == ("p", Markup("甲<em>乙</em>丙"), None)
    assert (second.kind, second.html) == ("h2", "题")
    assert third.kind == "html"
    assert "<li>" in third.html


def test_words_are_shown_as_the_display_says():
    assert [block.html for block in blocks_of("甲,*乙,丙*\n\n1\\. 丁", lambda text: text.replace(",", "，"))] == [
        "甲，<em>乙，丙</em>",
        "1. 丁",
    ]
