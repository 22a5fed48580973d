"""The codec: what is written is read back, and what a person gets wrong is said at its line."""

import dataclasses
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.errors import RecordError
from gongwen_site.records.article import (
    Article,
    Caption,
    DateCertainty,
    Dateline,
    Evidence,
    Person,
    Provenance,
    Reasons,
)
from gongwen_site.records.canonical import read_canonical
from gongwen_site.records.dates import is_date
from gongwen_site.records.fields import FIELDS
from gongwen_site.records.frontmatter import parse_by_yaml, parse_record, render_record

ARTICLES = Path(__file__).parents[3] / "articles"

# Everything a dump or a keeper may print, YAML's own marks and look-alikes of other types among it.
_words = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12),
    st.sampled_from(
        [
            "no",
            "null",
            "~",
            "12:30",
            "2024-11-05",
            "2024-11",
            "1e3",
            "0x1f",
            "- 甲",
            "甲: 乙",
            "甲 #乙",
            "[甲]",
            "{甲}",
            "'甲'",
        ]
    ),
)
_dates = st.sampled_from(["1949", "2024-02", "2024-02-29", "2024-11-30"])
_evidence = st.builds(Evidence, rule=_words, words=_words, line=st.none() | st.integers(0, 10**6))
_reasons = st.builds(
    Reasons,
    date=st.lists(_evidence, max_size=2).map(tuple),
    source=st.lists(_evidence, max_size=2).map(tuple),
    regions=st.dictionaries(_words, st.lists(_evidence, min_size=1, max_size=2).map(tuple), max_size=2),
    topics=st.dictionaries(_words, st.lists(_evidence, min_size=1, max_size=2).map(tuple), max_size=2),
)
_ranges = st.lists(st.tuples(st.integers(1, 99), st.integers(0, 99)).map(lambda p: (p[0], p[0] + p[1])), max_size=3)
_provenance = st.builds(
    Provenance,
    seed=_words,
    sha256=_words,
    lines=_ranges.map(tuple),
    digests=st.dictionaries(st.sampled_from(["title", "body"]), _words),
)
_texts = st.lists(_words, max_size=3).map(tuple)
_optional = st.none() | _words


@st.composite
def articles(draw):
    date = draw(st.none() | _dates)
    values = {
        field.name: draw(_optional)
        for field in FIELDS
        if field.kind in {"text", "page"} and field.name not in {"id", "title"}
    }
    return Article(
        id="k7m3q92t",
        title=draw(_words),
        title_supplied=draw(st.booleans()),
        byline=tuple(draw(st.lists(st.builds(Person, name=_words, role=_optional, outlet=_optional), max_size=3))),
        date=date,
        date_certainty=draw(st.sampled_from(DateCertainty)) if date else None,
        dateline=draw(st.none() | st.builds(Dateline, place=_words, date=st.none() | _dates)),
        regions=draw(_texts),
        zones=draw(_texts),
        places=draw(_texts),
        topics=draw(_texts),
        keywords=draw(_texts),
        captions=tuple(draw(st.lists(st.builds(Caption, text=_words), max_size=2))),
        extra=draw(st.dictionaries(_words, _words, max_size=2)),
        evidence=draw(_reasons),
        provenance=draw(st.none() | _provenance),
        body=draw(st.sampled_from(["", "一段。\n", "一段。\n\n## 小标题\n\n---\n\nid: 冒充\n"])),
        **values,
    )


@given(articles())
def test_a_record_reads_back_as_it_was_written(article):
    assert parse_record(render_record(article), "a.md") == article


def outcome(parse, text):
    try:
        return parse(text, "a.md")
    except RecordError as failure:
        return failure.diagnostics


_MARKS = [
    "",
    " ",
    "\n",
    "\n  ",
    "\t",
    "\u3000",
    "\u2028",
    ":",
    ": ",
    " #",
    ",",
    ", ",
    "'",
    '"',
    "''",
    "[",
    "]",
    "{",
    "}",
    "- ",
    "? ",
]
_NAMES = [
    "null",
    "~",
    "甲",
    "title: 乙\n",
    "---\n",
    "&a ",
    "*a",
    "!!str ",
    "|",
    ">-\n",
    "%",
    "@",
    "`",
    "<<",
    "=",
    "\ufeff",
    "\x85",
]


@given(
    articles(), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(_MARKS + _NAMES)), max_size=3)
)
def test_the_form_that_the_program_writes_is_read_as_yaml_reads_it_however_it_was_edited(article, edits):
    text = render_record(article)
    for place, removed, added in edits:
        at = int(place * len(text))
        text = text[:at] + added + text[at + removed :]
    assert outcome(parse_record, text) == outcome(parse_by_yaml, text)


def test_no_record_of_the_seeds_needs_yaml():
    """Reading by YAML takes ten times as long; what the program writes itself should not need it."""
    records = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.rglob("*.md"))]
    unread = [text for text in records if read_canonical(text[4 : text.index("\n---\n", 4) + 1]) is None]
    assert len(records) > 10
    assert unread == []


@given(articles())
def test_any_yaml_reader_sees_the_same_strings(article):
    """A keeper's own script must not find a date or a boolean where a word stands."""
    front = render_record(article).split("\n---\n")[0]
    read = yaml.load(front, Loader=yaml.CSafeLoader)
    assert read["title"] == article.title
    assert tuple(read.get("topics", ())) == article.topics
    assert read.get("date") == article.date


def test_the_field_table_is_the_article():
    names = [field.name for field in dataclasses.fields(Article)]
    assert [field.name for field in FIELDS] == names[:-1]
    assert names[-1] == "body"


def _problems(text):
    with pytest.raises(RecordError) as caught:
        parse_record(text, "a.md")
    return [(d.code, d.location.line) for d in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("id: k7m3q92t\ntitle: 甲\ntopic: [乙]\n", "key-unknown", 4),
        ("id: k7m3q92t\ntitle: 甲\ntitle: 乙\n", "key-duplicate", 4),
        ("id: k7m3q92t\ntitle:\n", "value-empty", 3),
        ("id: k7m3q92t\ntitle: 甲\ntopics: 乙\n", "value-wrong-kind", 4),
        ("id: k7m3q92t\ntitle: 甲\ndate: 2024-13\ndate_certainty: keeper\n", "value-not-date", 4),
        ("id: k7m3q92t\ntitle: 甲\ndate: 2024\ndate_certainty: sure\n", "value-not-certainty", 5),
        ("id: k7m3q92t\ntitle: 甲\ndate: 2024\n", "record-date-certainty", 1),
        ("id: k7m3q92t\ntitle: [甲\n", "yaml-syntax", 4),
        ("title: 甲\n", "record-no-id", 1),
        ("id: ../../etc\ntitle: 甲\n", "record-bad-id", 1),
        ("id: k7m3q92t\ntitle: 甲\nprovenance: {seed: ../../x, sha256: a0, lines: []}\n", "path-outside", 4),
        ("- 甲\n", "yaml-not-mapping", 2),
    ],
)
def test_a_mistake_is_named_at_its_line(front, code, line):
    assert _problems(f"---\n{front}---\n正文。\n") == [(code, line)]


def test_all_mistakes_are_named_at_once():
    found = _problems("---\nid: k7m3q92t\ntitle: 甲\npage: [4]\nregions: 乙\n---\n")
    assert found == [("value-wrong-kind", 4), ("value-wrong-kind", 5)]


def test_a_file_without_front_matter_is_refused():
    assert _problems("# 一篇文章\n") == [("record-no-frontmatter", 1)]


def test_windows_line_ends_are_read():
    text = render_record(Article(id="k7m3q92t", title="甲", body="一。\n\n二。\n"))
    assert parse_record(text.replace("\n", "\r\n"), "a.md").body == "一。\n\n二。\n"


@pytest.mark.parametrize(
    ("text", "known"), [("2024-02-29", True), ("2023-02-29", False), ("2024-1", False), ("24", False)]
)
def test_only_dates_that_exist_are_dates(text, known):
    assert is_date(text) is known
