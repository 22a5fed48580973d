"""Fix files as keepers write them, on real dumps: what they say holds, nothing is lost, and nothing else moves."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen_site.errors import FixError
from gongwen_site.loader.fixes import apply_fixes
from gongwen_site.loader.read import read_dump
from gongwen_site.loader.seeds import read_seed_file
from gongwen_site.loader.sheets import HEADS, TEXT
from gongwen_site.records.article import Person
from gongwen_site.records.fixfile import FixFile, parse_fixes
from gongwen_site.records.reading import Role, Seed

SEEDS = Path(__file__).parents[3] / "seeds"
PAGE = "000_71bb516b356f4cf3.txt"
SIX = "002_7e27c9a54797f256.txt"
READINGS = {path.name: read_dump(read_seed_file(path, path.name)) for path in sorted(SEEDS.glob("*.txt"))}


def _fixed(fixes, dump=PAGE, top=""):
    reading = READINGS[dump] if isinstance(dump, str) else dump
    text = f"sha256: {reading.seed.sha256}\n{top}fixes:\n" + "".join(f"  - {{{fix}}}\n" for fix in fixes)
    return apply_fixes(reading, parse_fixes(text, "a.fix.yaml"))


def _dump(text, name="a.txt"):
    data = text.encode()
    return read_dump(Seed(path=name, sha256=hashlib.sha256(data).hexdigest(), encoding="utf-8", text=text))


def _role(reading, line):
    return next(role for role in reading.line_roles if role.first <= line <= role.last)


def _draft(reading, words):
    return next(draft for draft in reading.drafts if words in draft.title.text)


def _codes(draft):
    return {doubt.code for doubt in draft.doubts}


def _words_of(draft):
    """Every printed line that a draft holds, by number."""
    parts = [part for block in draft.body for part in block.parts] + list(draft.captions)
    heads = [draft.kicker, draft.deck, draft.standing_head, draft.unit, None if draft.title_supplied else draft.title]
    return Counter(part.line for part in (*parts, *heads) if part is not None)


def _check_whole(reading):
    """Every line with words has one fate, and the article that it goes to has its words once."""
    seen = Counter(n for role in reading.line_roles for n in range(role.first, role.last + 1))
    assert set(seen.values()) <= {1}
    assert [n for n, line in enumerate(reading.lines, 1) if line.strip() and n not in seen] == []
    held = [_words_of(draft) for draft in reading.drafts]
    for role in reading.line_roles:
        text = (TEXT | HEADS.keys()) & set(role.roles)
        for index, lines in enumerate(held):
            assert (lines[role.first] > 0) == (bool(text) and role.draft == index), (role, index)
    for draft in reading.drafts:
        assert draft.title.text.strip()
        assert draft.lines


def test_without_an_operation_nothing_moves():
    for reading in READINGS.values():
        assert apply_fixes(reading, FixFile(file="a", sha256=reading.seed.sha256)) == reading


def test_a_role_is_what_the_keeper_says():
    fixed = _fixed(["at: 33, starts: 工人成工匠, role: heading"])
    draft = fixed.drafts[0]
    assert draft.title_supplied
    assert "untitled" in _codes(draft)
    assert [block.text for block in draft.body if block.parts[0].line == 33] == ["工人成工匠 有为更有位"]
    assert (_role(fixed, 33).roles, _role(fixed, 33).rule) == ((Role.HEADING,), "fix-role")
    assert fixed.drafts[1:] == READINGS[PAGE].drafts[1:]


def test_a_new_headline_takes_the_place_of_the_old_which_stays_as_a_heading():
    fixed = _fixed(["at: 27, starts: 示范引领, role: headline"])
    assert fixed.drafts[0].title.text == "示范引领 壮大产业工人队伍"
    assert _role(fixed, 33).roles == (Role.HEADING,)
    _check_whole(fixed)


def test_an_article_is_made_of_ranges_in_reading_order():
    fixed = _fixed(["at: 37, starts: 深耕, article: [33, 5, [37, 61], [7, 31]]"])
    draft = _draft(fixed, "工人成工匠")
    assert draft.lines == ((37, 61), (7, 31))
    assert draft.deck.text == "白银市推进产业工人队伍建设改革见闻"
    assert draft.byline == READINGS[PAGE].drafts[0].byline
    assert len(fixed.drafts) == len(READINGS[PAGE].drafts)
    _check_whole(fixed)


def test_paragraphs_are_joined_and_split():
    fixed = _fixed(["at: 86, starts: 平台, split: paragraph", "at: 11, starts: 如何, join: 9"])
    first, third = fixed.drafts[0], fixed.drafts[2]
    assert [part.line for part in first.body[1].parts] == [9, 11]
    assert (_role(fixed, 11).rule, _role(fixed, 11).joins) == ("fix-join", 9)
    assert (_role(fixed, 86).rule, _role(fixed, 86).joins) == ("fix-split", None)
    assert "join-without-crossing" not in _codes(third)
    _check_whole(fixed)


def test_a_paragraph_is_split_within_a_line():
    fixed = _fixed(["at: 19, starts: 国际质量, split: {before: 去}"])
    texts = [block.text for block in fixed.drafts[0].body if block.parts[0].line == 19]
    assert len(texts) == 2
    assert texts[1].startswith("去")
    assert "".join(texts) == next(b.text for b in READINGS[PAGE].drafts[0].body if b.parts[0].line == 19)


def test_an_article_is_split_at_a_heading_which_becomes_its_headline():
    fixed = _fixed(["at: 45, starts: 精细服务, split: article"])
    second = fixed.drafts[1]
    assert (second.title.text, second.title_supplied) == ("精细服务 激发产业工人活力", False)
    assert second.lines == ((47, 61),)
    assert _role(fixed, 45).roles == (Role.HEADLINE,)
    assert "no-byline" in _codes(second)
    _check_whole(fixed)


def test_articles_are_merged_and_the_headline_of_the_second_is_a_heading():
    fixed = _fixed(["at: 69, starts: 临洮, merge: 33"])
    draft = fixed.drafts[0]
    assert len(fixed.drafts) == len(READINGS[PAGE].drafts) - 1
    assert [block.kind for block in draft.body if block.parts[0].line == 69] == ["heading"]
    assert {person.name for person in draft.byline} >= {"彭雯", "杨唯伟"}
    assert _role(fixed, 74).rule == "fix-merge"
    _check_whole(fixed)


def test_a_line_is_dropped_with_its_reason_and_stays_in_the_ledger():
    fixed = _fixed(["at: 65, starts: 近日, through: 67, drop: 图片新闻，不收"])
    assert len(fixed.drafts) == len(READINGS[PAGE].drafts) - 1
    role = _role(fixed, 65)
    assert (role.roles, role.rule, role.note, role.draft) == ((Role.DROPPED,), "fix-drop", "图片新闻，不收", None)
    _check_whole(fixed)


def test_a_line_moves_to_another_article_at_its_place_or_behind_a_line():
    fixed = _fixed(["at: 65, starts: 近日, move: 33"])
    assert [caption.line for caption in fixed.drafts[0].captions] == [65]
    assert fixed.drafts[0].byline[-1].name == "张沛杰"  # what was left of the article went along
    fixed = _fixed(["at: 59, starts: 及时, through: 61, move: 69, after: 74"])
    lines = [part.line for block in _draft(fixed, "临洮").body for part in block.parts]
    assert lines[:4] == [74, 59, 61, 76]
    _check_whole(fixed)


def test_a_repeated_line_is_taken_back():
    fixed = _fixed(["at: 96, starts: “以前, role: body, into: 74"])
    assert _role(fixed, 96).roles == (Role.BODY,)
    assert 96 in _words_of(_draft(fixed, "临洮"))
    assert "repeated-line" not in _codes(_draft(fixed, "临洮"))
    _check_whole(fixed)


def test_values_are_given_and_their_doubts_are_settled():
    fixed = _fixed(
        [
            "at: 65, starts: 近日, supplied_title: 庄浪：上峡口水库加紧建设, date: 2024-11-19, source: 甘肃日报, page: 5",
            "at: 67, starts: 新甘肃, byline: [{name: 张沛杰, role: 通讯员}], topics: [水利]",
        ]
    )
    draft = fixed.drafts[1]
    assert (draft.title.text, draft.title_supplied) == ("庄浪：上峡口水库加紧建设", True)
    assert (draft.date.text, draft.source.text, draft.page.text) == ("2024-11-19", "甘肃日报", "5")
    assert draft.byline == (Person(name="张沛杰", role="通讯员"),)
    assert draft.given.values["topics"] == ("水利",)
    assert "untitled" not in _codes(draft)
    assert fixed.drafts[0] == READINGS[PAGE].drafts[0]


def test_what_stands_at_the_top_holds_for_all_articles_that_are_given_nothing_else():
    fixed = _fixed(["at: 65, starts: 近日, date: 2024-11-20"], top="date: 2024-11-19\nsource: 甘肃日报\n")
    assert [draft.date.text for draft in fixed.drafts] == ["2024-11-19", "2024-11-20", "2024-11-19", "2024-11-19"]
    assert {draft.given.values["source"] for draft in fixed.drafts} == {"甘肃日报"}


def test_a_doubt_is_confirmed_away():
    assert "title-inside-text" in _codes(READINGS[PAGE].drafts[0])
    fixed = _fixed(["at: 33, starts: 工人成工匠, confirm: title-inside-text"])
    assert "title-inside-text" not in _codes(fixed.drafts[0])
    assert fixed.drafts[0].given.settled == {"title-inside-text"}


def test_a_value_may_be_taken_away():
    fixed = _fixed(["at: 33, starts: 工人成工匠, without: [deck, source]"])
    assert fixed.drafts[0].deck is None
    assert fixed.drafts[0].given.values == {"source": None}


def test_operations_are_done_in_order():
    fixed = _fixed(
        [
            "at: 45, starts: 精细, split: article, byline: [彭雯], note: 另一篇",
            "at: 47, starts: “王主任, role: kicker",
        ]
    )
    second = fixed.drafts[1]
    assert second.byline == (Person(name="彭雯"),)
    assert second.kicker.line == 47
    assert _role(fixed, 45).note == "另一篇"


@pytest.mark.parametrize(
    ("fix", "code"),
    [
        ("at: 34, starts: 工人, role: heading", "fix-line-blank"),
        ("at: 9999, starts: 工人, role: heading", "fix-line-blank"),
        ("at: 35, starts: 工人成工匠, role: heading", "fix-guard"),
        ("at: 33, starts: 工人成工匠, join: 9", "fix-no-paragraph"),
        ("at: 76, starts: “不能, join: 9", "fix-two-articles"),
        ("at: 7, starts: 组织, split: article", "fix-split-at-start"),
        ("at: 9, starts: 对于, split: {before: 没有这话}", "fix-words-missing"),
        ("at: 9, starts: 对于, article: [[74, 78]]", "fix-guard-outside"),
        ("at: 9, starts: 对于, move: 74, after: 11", "fix-two-articles"),
        ("at: 9, starts: 对于, merge: 34", "fix-line-blank"),
    ],
)
def test_what_cannot_be_is_named_at_its_line(fix, code):
    with pytest.raises(FixError) as failure:
        _fixed(["at: 9, starts: 对于老工业基地, note: 无妨", fix])
    (problem,) = failure.value.diagnostics
    assert (problem.code, problem.location.file, problem.location.line) == (code, "a.fix.yaml", 4)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("fixes: []\n", "fix-without-sha256", 1),
        ("sha256: a\nfixs: []\n", "fix-key-unknown", 2),
        ("sha256: a\nfixes:\n  - at: 3\n    starts: 甲\n    rule: body\n", "fix-key-unknown", 5),
        ("sha256: a\nfixes:\n  - at: 3\n    role: body\n", "fix-without-guard", 3),
        ("sha256: a\nfixes:\n  - {at: 3, starts: 甲}\n", "fix-without-act", 3),
        ("sha256: a\nfixes:\n  - {at: 3, starts: 甲, role: body, join: 1}\n", "fix-two-acts", 3),
        ("sha256: a\nfixes:\n  - {at: 3, starts: 甲, role: bodi}\n", "fix-role-unknown", 3),
        ("sha256: a\nfixes:\n  - {at: 3, starts: 甲, join: 1, through: 9}\n", "fix-key-idle", 3),
        ("sha256: a\nfixes:\n  - {at: 3, starts: 甲, article: [[3, 9], 5]}\n", "fix-range-twice", 3),
        ("sha256: a\nfixes:\n  - {at: 3, starts: 甲, date: 2024-13-01}\n", "value-not-date", 3),
        ("sha256: a\nfixes:\n  - {at: 3, starts: 甲, drop: 因, title: 题}\n", "fix-drop-with-values", 3),
        ("sha256: a\nfixes: [\n", "yaml-syntax", 3),
        ("- a\n", "yaml-not-mapping", 1),
    ],
)
def test_a_mistake_in_the_file_is_named_at_its_line(text, code, line):
    with pytest.raises(FixError) as failure:
        parse_fixes(text, "a.fix.yaml")
    assert [(d.code, d.location.line) for d in failure.value.diagnostics] == [(code, line)]


def test_all_failed_guards_are_named_at_once():
    with pytest.raises(FixError) as failure:
        _fixed(["at: 9, starts: 甲, role: body", "at: 11, starts: 乙, role: body"])
    assert [d.location.line for d in failure.value.diagnostics] == [3, 4]


def test_a_fix_file_of_another_dump_is_refused():
    with pytest.raises(FixError) as failure:
        apply_fixes(READINGS[SIX], FixFile(file="a", sha256="0" * 64))
    assert failure.value.diagnostics[0].code == "fix-other-dump"


def test_guards_look_past_the_width_of_punctuation():
    assert _fixed(["at: 69, starts: 临洮：“村民, note: 好"]).line_roles


def test_a_table_has_rows_dropped_and_values_given_and_nothing_else():
    table = _dump('{"title": "甲", "body": "一段。"}\n{"title": "乙", "body": "二段。"}\n', "a.jsonl")
    guard = "starts: '{\"title\"'"
    fixed = _fixed([f"at: 1, {guard}, date: 2024-11-05", f"at: 2, {guard}, drop: 不收"], table)
    assert [(draft.title.text, draft.date.text) for draft in fixed.drafts] == [("甲", "2024-11-05")]
    with pytest.raises(FixError):
        _fixed([f"at: 1, {guard}, merge: 2"], table)


def test_saved_html_is_corrected_by_its_lines():
    paragraphs = "\n".join(f"<p>第{n}段的文字说明了会议的内容，内容很多，各方都有发言。</p>" for n in range(6))
    page = _dump(
        f"<!DOCTYPE html><html><head><title>会议</title></head>\n<body><h1>会议在白银市举行</h1>\n{paragraphs}\n</body></html>",
        "a.html",
    )
    fixed = _fixed(["at: 5, starts: 第2段, drop: 重复"], page)
    assert "第2段" not in "".join(block.text for draft in fixed.drafts for block in draft.body)
    assert _role(fixed, 5).roles == (Role.DROPPED,)


# Whatever a keeper writes, every line keeps a fate, and no word is lost or doubled.

LINES = {name: [n for n, line in enumerate(r.lines, 1) if line.strip()] for name, r in READINGS.items()}


@st.composite
def _operations(draw):
    dump = draw(st.sampled_from(sorted(READINGS)))
    line = st.sampled_from(LINES[dump])
    fixes = []
    for _ in range(draw(st.integers(1, 5))):
        at, other, third = draw(line), draw(line), draw(line)
        first, last = sorted((other, third))
        act = draw(
            st.sampled_from(
                [
                    "role: headline", "role: body", "role: [body, byline]", "role: caption", "role: furniture",
                    f"role: heading, into: {other}", f"role: kicker, into: {other}", "drop: 因故",
                    f"article: [{at}]", f"article: [[{first}, {last}]]", f"join: {other}", "split: paragraph",
                    "split: article", f"merge: {other}", f"move: {other}", f"move: {other}, after: {third}",
                    f"through: {at + 6}, move: {other}", f"through: {at + 9}, drop: 因故", "title: 题", "without: byline",
                ]
            )
        )  # fmt: skip
        words = READINGS[dump].lines[at - 1].strip()[:4].replace("'", "''")
        fixes.append(f"at: {at}, starts: '{words}', {act}")
    return dump, fixes


@given(_operations())
@settings(max_examples=300)
def test_nothing_is_lost_whatever_is_corrected(case):
    dump, fixes = case
    try:
        fixed = _fixed(fixes, dump)
    except FixError:
        return
    if not any("title" in fix for fix in fixes):
        _check_whole(fixed)
    else:
        assert {n for r in fixed.line_roles for n in range(r.first, r.last + 1)} >= set(LINES[dump])
