"""Tables as people keep them: one record a row, and one bad row costs no other."""

import json
import tracemalloc
from dataclasses import replace

import pytest

from gongwen_site.loader.formats.facts import normalised_date, says_more_than_date
from gongwen_site.loader.formats.rows import join_parts
from gongwen_site.loader.read import read_dump, read_parts
from gongwen_site.loader.seeds import open_table
from gongwen_site.records.reading import Seed


def read(text, name):
    return read_dump(Seed(path=name, sha256="0" * 64, encoding="utf-8", text=text))


def articles(reading):
    return [(draft.title.text, "\n".join(p.text for p in draft.body)) for draft in reading.drafts]


@pytest.mark.parametrize("mark", [",", "\t", ";", "，", "|"])
def test_what_parts_the_cells_is_told_from_the_header(mark):
    text = f"标题{mark}发布日期{mark}正文{mark}来源\n梨园丰收{mark}2024年10月16日 9:30{mark}果农在忙。{mark}青石日报\n"
    (draft,) = read(text, "表.csv").drafts
    assert (draft.title.text, draft.date.text, draft.source.text) == ("梨园丰收", "2024-10-16", "青石日报")


def test_a_quotation_mark_that_nobody_closed_costs_no_other_row():
    text = 'title,body\n甲,"没有收尾。\n乙,"第一行\n第二行"\n丙,他说"好"就走了。\n丁,"她说"不"，也走了。"\n'
    assert articles(read(text, "a.csv")) == [
        ("甲", "没有收尾。"),
        ("乙", "第一行\n第二行"),
        ("丙", '他说"好"就走了。'),
        ("丁", '她说"不"，也走了。'),
    ]


def test_a_row_with_too_many_cells_keeps_its_words_and_is_named():
    reading = read("title,body\n甲,一句,两句。\n乙,三句。\n", "a.csv")
    assert articles(reading) == [("甲", "一句,两句。"), ("乙", "三句。")]
    assert [(d.code, d.location.line) for d in reading.diagnostics] == [("row-too-long", 2)]


def test_a_row_with_too_few_cells_is_read_as_far_as_it_goes():
    assert articles(read("title,date,body\n甲,2024-01-05\n", "a.csv")) == [("甲", "")]


def test_an_article_wrapped_in_other_objects_is_found():
    text = '{"id": 7, "data": {"article": {"标题": "甲", "正文": ["一句。", "两句。"], "作者": [{"name": "周岚"}, {"name": "何平"}]}}}'
    reading = read(text, "a.jsonl")
    assert articles(reading) == [("甲", "一句。\n两句。")]
    assert [person.name for person in reading.drafts[0].byline] == ["周岚", "何平"]
    assert reading.drafts[0].extra == {"id": "7"}


def test_a_body_in_markup_is_read_as_its_words():
    reading = read('{"title": "甲", "content": "<p>一&amp;二。</p><p>三。<br>四。</p>"}', "a.jsonl")
    assert articles(reading) == [("甲", "一&二。\n三。\n四。")]


@pytest.mark.parametrize(
    "text",
    [
        '[\n{"title": "甲", "body": "一。"},\n{"title": "乙", "body": "二。"}\n]',
        '[{"title": "甲", "body": "一。"}, {"title": "乙", "body": "二。"}]',
        '[\n  {\n    "title": "甲",\n    "body": "一。"\n  },\n  {\n    "title": "乙",\n    "body": "二。"\n  }\n]',
    ],
)
def test_an_array_under_the_name_of_json_lines_gives_its_items(text):
    reading = read(text, "a.jsonl")
    assert articles(reading) == [("甲", "一。"), ("乙", "二。")]
    assert not reading.diagnostics


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-10-16 09:30", "2024-10-16"),
        ("2024-10-16T23:30:00Z", "2024-10-16"),
        ("2024/1/5", "2024-01-05"),
        ("２０２４年１月５日", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("20240105093000", "2024-01-05"),
        ("发布时间：2024.1.5 9:30", "2024-01-05"),
        ("二〇二四年十月二十六日", "2024-10-26"),
        ("Wed, 16 Oct 2024 09:30:00 +0800", "2024-10-16"),
        ("2024年10月", "2024-10"),
        ("2024", "2024"),
        ("1700000000", None),
        ("2024-13-05", None),
        ("昨天", None),
    ],
)
def test_dates_are_read_in_many_habits_and_never_made_up(written, date):
    assert normalised_date(written) == date


@pytest.mark.parametrize(
    ("cell", "more"),
    [
        ("2024-11-05", False),
        ("2024-11-05T10:33:00Z", False),
        ("2024年11月5日 星期二 上午10时", False),
        ("Nov 5, 2024 10:33 PM", False),
        ("二〇二四年十一月五日", False),
        ("2024-11-05 第三版", True),
        ("2024年4,余", True),
        ("2024-11-05 (据记忆)", True),
    ],
)
def test_a_date_cell_that_says_more_is_told_from_a_date(cell, more):
    assert says_more_than_date(cell) is more


@pytest.mark.parametrize("size", [1, 2, 7, 9, 30])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.csv",
            'title,body\n甲,"没有收尾。\n"乙","第一行\n第""二""行"\n丙,他说"好"就走了。\n"丁" , "她说"不"，走了。"\n戊,',
        ),
        ("a.csv", 'title\tbody\n甲\t"一\t二"\t\n\n"乙"\t"三"\n丙\t"四'),
        ("a.jsonl", '[\n{"title": "甲", "body": "一。"},\n{"title": \n]\n'),
        ("a.jsonl", '[{"title": "甲", "n": [1.5, 2e3]},\n {"body": "一\\n二。"}, 12.25, 3]\n'),
    ],
)
def test_a_table_is_the_same_however_its_text_is_cut_into_pieces(tmp_path, monkeypatch, name, text, size):
    monkeypatch.setattr("gongwen_site.loader.seeds._BLOCK", size)  # bytes, so that characters are cut, too
    (tmp_path / name).write_bytes(text.replace("\n", "\r\n").encode())
    table = open_table(tmp_path / name, name)
    assert replace(join_parts(read_parts(table)), seed=table.seed) == replace(read(text, name), seed=table.seed)


def test_a_table_is_read_in_memory_that_does_not_grow_with_it(tmp_path):
    path = tmp_path / "a.jsonl"
    row = {"title": "甲", "body": "\n".join(["这一段文字很长，与别的各段一样。" * 10] * 20)}
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for _ in range(4000))
    tracemalloc.start()
    count = sum(len(part.drafts) for part in read_parts(open_table(path, "a.jsonl")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4000
    assert peak < path.stat().st_size / 2
