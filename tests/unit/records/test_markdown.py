"""Printed words as Markdown: a reader of CommonMark gets the same words back, whatever they are."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gongwen_site.records.markdown import escape_paragraph, render_body
from gongwen_site.records.reading import Paragraph, Printed

_MARKS = st.text(alphabet="甲乙。 1234.)(*_`#>+-=~|![]<>&;:/\\abc\"'\t", min_size=1, max_size=30)


def _plain(markdown):
    """The block types and the words that CommonMark reads."""
    tokens = MarkdownIt("commonmark", {"html": False}).parse(markdown)
    words = [
        "".join(child.content or "\n" * (child.type == "softbreak") for child in t.children)
        for t in tokens
        if t.children
    ]
    return [t.type for t in tokens if t.nesting == 1], words


@given(st.one_of(_MARKS, st.text(min_size=1, max_size=40)))
@example("1. 实施技能提升工程。")
@example("    四个空格")
@example("&lt;b&gt; &amp; &#20;")
@example("[甲]: /url")
@example("===")
@example("<script>alert(1)</script>")
def test_a_paragraph_stays_one_paragraph_with_its_words(printed):
    wanted = " ".join(printed.split("\n")).strip().replace("\0", "\ufffd")
    markdown = escape_paragraph(printed)
    if not markdown:
        return
    blocks, words = _plain(markdown)
    assert blocks == ["paragraph_open"]
    assert "".join(words).split() == wanted.split()


def test_a_body_is_one_block_a_paragraph():
    body = (
        Paragraph(kind="heading", parts=(Printed(text="一、小标题", line=1),)),
        Paragraph(kind="paragraph", parts=(Printed(text="断在此", line=3), Printed(text="处。", line=7))),
    )
    assert render_body(body) == "## 一、小标题\n\n断在此处。\n"
    assert render_body(()) == ""
