"""Markdown with front matter: the words as a reader sees them, the facts from the front matter."""

from gongwen_site.loader.read import read_dump
from gongwen_site.records.reading import Seed


def read(text):
    return read_dump(Seed(path="a.md", sha256="0" * 64, encoding="utf-8", text=text))


def test_markup_goes_and_words_stay():
    reading = read(
        "---\ntitle: 梨园丰收\ndate: 2024-10-16 09:30\nauthor: [周岚, 何平]\n---\n\n第一段[有链接](http://a.example)和**重点**。\n\n"
        "> 引的一句。\n\n- 其一\n- 其二\n\n![分拣线旁](a.jpg)\n\n[[青石镇|镇里]]的a_b_c不变。\n"
    )
    (draft,) = reading.drafts
    assert [p.text for p in draft.body] == [
        "第一段有链接和重点。",
        "引的一句。",
        "- 其一",
        "- 其二",
        "镇里的a_b_c不变。",
    ]
    assert [caption.text for caption in draft.captions] == ["分拣线旁"]
    assert [person.name for person in draft.byline] == ["周岚", "何平"]
    assert draft.date.text == "2024-10-16"


def test_toml_front_matter_is_read_too():
    (draft,) = read('+++\ntitle = "梨园丰收"\ndate = 2024-10-16T09:30:00+08:00\n+++\n果农在忙。\n').drafts
    assert (draft.title.text, draft.date.text) == ("梨园丰收", "2024-10-16")
    assert [p.text for p in draft.body] == ["果农在忙。"]
