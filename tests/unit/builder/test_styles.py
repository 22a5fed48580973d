"""A style sheet means the same after it is made small."""

import pytest

from gongwen_site.builder.styles import minified
from gongwen_site.resources import static_folder


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* a reader's note */\na { color: red; }\n", "a{color:red;}\n"),
        ('b::before {\n  content: "/* kept:  as it is */";\n}', 'b::before{content:"/* kept:  as it is */";}\n'),
        (":root { --day: initial; --night: ; }", ":root{--day:initial;--night: ;}\n"),
        ("p :is(a, b) > i { inset: calc(100% + 1px) 0; }", "p :is(a,b) > i{inset:calc(100% + 1px) 0;}\n"),
    ],
)
def test_only_comments_and_needless_space_go(written: str, sent: str):
    assert minified(written) == sent


def test_the_site_s_sheet_loses_a_quarter_of_its_bytes_and_no_rule():
    written = (static_folder() / "css" / "gongwen.css").read_text(encoding="utf-8")
    sent = minified(written)
    assert len(sent) < 0.8 * len(written)
    assert sent.count("}") == written.count("}")
