"""Paragraphs find their lines in the dump: in reading order, joined over breaks, and not at all where they disagree."""

from pathlib import Path

from gongwen_site.builder.bodies import block_lines, body_lines
from gongwen_site.builder.cards import card_of
from gongwen_site.builder.charts import ramp_for
from gongwen_site.builder.display import Display, Phrases
from gongwen_site.builder.dump_text import DumpTexts
from gongwen_site.records.article import Article, Person, Provenance
from gongwen_site.records.ledger import Ledger, LedgerLine
from gongwen_site.records.reading import Role
from gongwen_site.wording import wording

TEXT = ("作者说明", "", "后半句。", "", "二、题 正文。", "", "前半句", "", "重复", "杂项")


def line(number: int, *roles: Role, joins: int | None = None, last: int | None = None) -> LedgerLine:
    return LedgerLine(first=number, last=last or number, roles=roles, rule="x", article="aaaaaaaa", joins=joins)


def article(*ranges: tuple[int, int]) -> Article:
    return Article(id="aaaaaaaa", title="甲", provenance=Provenance(seed="a.txt", sha256="00", lines=ranges))


def groups(found: Article, *lines: LedgerLine) -> tuple[tuple[int, ...], ...]:
    return block_lines(found, body_lines(entry for entry in lines if entry.article == found.id), TEXT)


def test_a_column_break_joins_lines_in_reading_order():
    found = groups(article((7, 7), (3, 5)), line(3, Role.BODY, joins=7), line(5, Role.BODY), line(7, Role.BODY))
    assert found == ((7, 3), (5,))


def test_a_line_that_holds_a_heading_and_text_makes_two_blocks():
    assert groups(article((5, 7)), line(5, Role.HEADING, Role.BODY), line(7, Role.BODY)) == ((5,), (5,), (7,))


def test_blank_lines_captions_and_repetitions_make_no_block():
    lines = (line(1, Role.CAPTION), line(3, Role.BODY, last=5), line(9, Role.BODY, Role.REPEATED))
    assert groups(article((3, 9)), *lines) == ((3,), (5,))


def test_a_record_without_provenance_has_no_lines():
    assert block_lines(Article(id="aaaaaaaa", title="甲"), [], None) == ()


DISPLAY = Display(Phrases(wording().site), full_width=True)


def test_dates_are_shown_as_far_as_they_are_known():
    assert DISPLAY.date("2024") == "2024年"
    assert DISPLAY.date("2024-11") == "2024年11月"
    assert DISPLAY.date("2024-11-05", weekday=True) == "2024年11月5日 星期二"


def test_people_of_one_office_share_its_mention():
    people = (
        Person(name="杨一", role="记者", outlet="本报"),
        Person(name="王二", role="通讯员"),
        Person(name="赵三", role="通讯员"),
        Person(role="记者", outlet="本报"),
    )
    assert (
        DISPLAY.byline(Article(id="aaaaaaaa", title="甲", byline=people))
        == "本报记者 杨一　通讯员 王二、赵三　本报记者"
    )


def test_a_headline_of_long_clauses_is_set_smaller():
    assert DISPLAY.title(Article(id="aaaaaaaa", title="改革志在心 突破践于行")).clauses == ("改革志在心", "突破践于行")
    assert DISPLAY.title(Article(id="aaaaaaaa", title="改革志在心 突破践于行")).size == ""
    assert DISPLAY.title(Article(id="aaaaaaaa", title="一二三四五六七八九十一二三四五六")).size == "long"


def test_length_counts_the_printed_characters_alone():
    assert card_of(Article(id="aaaaaaaa", title="甲", body="## 一 题\n\n1\\. 甲*乙*\n"), "").characters == 8


def test_the_ramp_keeps_apart_what_a_large_archive_holds():
    small, large = ramp_for([3, 17]), ramp_for([5, 40_000])
    assert [small.level(count) for count in (0, 1, 2, 5, 10, 100)] == [0, 1, 2, 3, 4, 5]
    assert list(large.bounds) == sorted(set(large.bounds))
    assert large.level(40_000) == 5
    assert large.level(1) == 1
    assert [entry.text for entry in small.legend(zero=True)] == ["0", "1", "2—4", "5—9", "10—99", "100+"]


def test_a_dump_that_changed_since_it_was_loaded_is_not_shown(tmp_path: Path):
    (tmp_path / "a.txt").write_text("改过", encoding="utf-8")
    ledger = Ledger(dump="a.txt", sha256="00", encoding="utf-8", lines=())
    texts = DumpTexts(tmp_path, {"a.txt": ledger})
    problem = texts.problem("a.txt")
    assert texts.lines("a.txt") is None
    assert problem is not None
    assert problem.code == "dump-not-shown-changed"
