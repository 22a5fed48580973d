"""What a person changed in a record stays theirs through every later load."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.records.article import Article, DateCertainty, Provenance
from gongwen_site.records.comparison import compare
from gongwen_site.records.frontmatter import parse_record, render_record
from gongwen_site.records.keeper import keep_hand, keeper_keys, with_digests


def _read(**values):
    """An article as the rules would write it."""
    values = {"title": "题", "topics": ("甲",), "body": "一段。\n"} | values
    provenance = Provenance(seed="a.txt", sha256="0", lines=((1, 2),))
    return with_digests(Article(id="k7m3q92t", provenance=provenance, **values))


def test_an_untouched_record_follows_the_rules():
    kept, differences = keep_hand(_read(), _read(title="新题", topics=()))
    assert (kept.title, kept.topics) == ("新题", ())
    assert differences == ()


def test_an_edited_key_stays_and_the_new_reading_is_shown():
    edited = replace(_read(), title="编者定的题")
    kept, differences = keep_hand(edited, _read(title="规则新读的题"))
    assert kept.title == "编者定的题"
    assert [(d.key, d.kept, d.read) for d in differences] == [("title", "title: 编者定的题", "title: 规则新读的题")]


def test_an_edit_outlives_many_loads_even_where_the_rules_come_to_agree():
    record = replace(_read(), topics=("乙",))
    for topics in (("甲",), ("乙",), ("丙",), ()):
        record, _ = keep_hand(record, _read(topics=topics))
        assert record.topics == ("乙",)
    assert keeper_keys(record) == {"topics"}


def test_a_deleted_key_stays_deleted_and_an_added_one_stays():
    edited = replace(_read(), topics=(), kicker="补的引题")
    kept, _ = keep_hand(edited, _read())
    assert (kept.topics, kept.kicker) == ((), "补的引题")


def test_a_date_set_by_hand_is_marked_as_the_keepers():
    edited = replace(_read(date="2024-11", date_certainty=DateCertainty.INFERRED), date="2024-11-20")
    kept, _ = keep_hand(edited, _read(date="2024-11", date_certainty=DateCertainty.INFERRED))
    assert (kept.date, kept.date_certainty) == ("2024-11-20", DateCertainty.KEEPER)


def test_an_edited_body_stays_though_an_editor_changed_its_line_ends():
    text = render_record(_read()).replace("一段。", "一段，改过。").replace("\n", "\r\n")
    kept, _ = keep_hand(parse_record(text, "a.md"), _read(body="规则新读的一段。\n"))
    assert kept.body == "一段，改过。\n"


def test_who_says_how_sure_a_date_is_has_decided_the_date():
    edited = replace(
        _read(date="2024-11-20", date_certainty=DateCertainty.INFERRED), date_certainty=DateCertainty.PRINTED
    )
    kept, differences = keep_hand(edited, _read(date="2024-12-02", date_certainty=DateCertainty.INFERRED))
    assert (kept.date, kept.date_certainty) == ("2024-11-20", DateCertainty.PRINTED)
    assert [d.key for d in differences] == ["date"]


def test_a_title_set_by_hand_keeps_its_mark():
    edited = replace(_read(title="首句", title_supplied=True), title="编者拟的题")
    kept, _ = keep_hand(edited, _read(title="印出的题"))
    assert (kept.title, kept.title_supplied) == ("编者拟的题", True)


def test_a_record_whose_provenance_was_deleted_is_the_keepers_whole():
    edited = replace(_read(), provenance=None)
    assert keep_hand(edited, _read(title="新题")) == (edited, ())


def test_a_difference_in_a_body_shows_the_words_and_not_the_bodies():
    paragraphs = [f"第{n}段，说的是会议的内容，内容很多很多，各方面的代表都有发言，会议开得很成功。" for n in range(30)]
    edited = replace(
        _read(body="\n\n".join(paragraphs) + "\n"),
        body="\n\n".join(paragraphs).replace("第7段，说", "第七段，讲") + "\n",
    )
    read = _read(body="\n\n".join([*paragraphs[:20], "忽然多出一段。", *paragraphs[20:]]) + "\n")
    (difference,) = keep_hand(edited, read)[1]
    shown = difference.shown()
    assert shown.count == 2
    assert shown.lines == (
        "- 第七段，讲的是会议的内容，……",
        "+ 第7段，说的是会议的内容，……",
        "+ 忽然多出一段。",
    )


@given(st.lists(st.text(max_size=200), max_size=30), st.lists(st.text(max_size=200), max_size=30))
def test_a_comparison_is_short_whatever_is_compared(one, other):
    shown = compare(one, other)
    assert (shown.count == 0) == (one == other)
    assert len(shown.lines) <= 11
    assert all(len(line) < 80 and "\n" not in line for line in shown.lines)


@given(st.sampled_from(["title", "kicker", "deck", "source", "page", "editor"]), st.text(min_size=1, max_size=10))
def test_loading_again_changes_nothing(key, words):
    record, _ = keep_hand(replace(_read(), **{key: words}), _read())
    again, _ = keep_hand(record, _read())
    assert again == record
