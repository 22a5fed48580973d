"""Articles as search sees them: the words of the page, without the record's Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.records.markdown import escape_paragraph
from gongwen_site.search.documents import _parsed_paragraphs, body_paragraphs

TEXT = st.text("产业ab 1.)#*_-+=~|:<>&;!\\`[]()\t\n　“\u00a0\u2028\x85\x0c'\"", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("", []),
        ("一段\n", ["一段"]),
        ("## 小标题\n\n1\\. 第一\\*条&amp;&lt;b&gt;\n", ["小标题", "1. 第一*条&<b>"]),
        ("一行\n又一行\n", ["一行 又一行"]),
        ("- 甲\n- 乙\n\n> 引文\n", ["甲", "乙", "引文"]),
        ("[链接](https://example.org) 与 *强调*\n", ["链接 与 强调"]),
    ],
)
def test_a_body_is_read_as_a_reader_sees_it(body, paragraphs):
    assert body_paragraphs(body) == paragraphs


@given(st.lists(TEXT, max_size=3), st.booleans())
def test_bodies_of_the_loader_are_read_as_commonmark_reads_them(texts, escaped):
    blocks = [escape_paragraph(text) if escaped else text for text in texts]
    body = "\n\n".join(block for block in blocks if block.strip()) + "\n"
    assert body_paragraphs(body) == list(_parsed_paragraphs(body))
