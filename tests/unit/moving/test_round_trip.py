"""Whatever a record holds, it comes back from a table and from a post as it was, with nothing to be said about it."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.moving.collectionbuilder import read_table, written_table
from gongwen_site.moving.front_matter import read_post
from gongwen_site.moving.hugo import incoming_post, written_post
from gongwen_site.moving.slots import date_of
from gongwen_site.records.article import Article
from gongwen_site.records.frontmatter import parse_record, render_record
from gongwen_site.vocabulary.load import load_vocabulary

VOCABULARY = load_vocabulary(None)


def _articles():
    path = Path(__file__).parents[1] / "records" / "test_frontmatter.py"
    spec = importlib.util.spec_from_file_location("any_record", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.articles()


ARTICLES = _articles()


@given(ARTICLES, ARTICLES)
def test_a_table_holds_every_key(one, other):
    text = written_table((one, other))
    found = tuple(read_table(text, "articles.csv", VOCABULARY, lambda _path: None))
    assert [(row.article, row.diagnostics) for row in found] == [(one, ()), (other, ())]


@given(ARTICLES)
def test_a_post_holds_every_key(article):
    post = incoming_post(written_post(article), "one.md", "one.md", VOCABULARY)
    assert (post.article, post.diagnostics) == (article, ())


def test_a_post_has_nothing_at_which_hugo_stops():
    extra = {
        "date": "约一九五七年",
        "lastmod": "去年",
        "publishDate": "2024-05-06T10:00:00+08:00",
        "markup": "x",
        "build": "x",
        "params": '{"a": "b"}',
        "weight": "x",
    }
    article = Article(id="k7m3q92t", title="甲", extra=extra, body="{{< 图 >}}与{{% 表 %}}\n")
    text = written_post(article)
    head = text.partition("\ngongwen:")[0]
    assert head == "---\ntitle: 甲\ndraft: false\npublishDate: '2024-05-06T10:00:00+08:00'\nparams: {a: b}\nweight: x"
    assert "{{" not in text
    assert incoming_post(text, "one.md", "one.md", VOCABULARY).article == article


@given(st.text())
def test_any_text_is_a_post_or_is_told(text):
    for start in ("", "---\n", "+++\n", "{"):
        found = incoming_post(start + text + "\n" + start, "one.md", "one.md", VOCABULARY)
        if hasattr(found, "article"):
            assert found.article.title


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=3, max_size=3), max_size=3))
def test_any_row_is_a_record_or_is_told(rows):
    text = "objectid,title,other\n" + "".join(",".join(row) + "\n" for row in rows)
    for found in read_table(text, "items.csv", VOCABULARY, lambda _path: None):
        if hasattr(found, "article"):
            text = render_record(found.article).replace("---\n", "---\nid: a0000000\n", 1)
            assert parse_record(text, "a.md").title == found.article.title


def test_front_matter_of_few_lines_that_stands_for_very_much_is_refused():
    lines = ["---", "a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(10))}]"
        for before, name in zip("abcdef", "bcdefg", strict=True)
    ]
    found = incoming_post("\n".join([*lines, "---", "文字"]), "one.md", "one.md", VOCABULARY)
    assert found.code == "import-front-matter"


def test_the_line_of_a_mistake_is_that_of_the_file():
    for text, line in (
        ("---\ntitle: 甲\ntags: 未: 好\n---\n", 3),
        ("+++\ntitle = '甲'\ntags = 乙\n+++\n", 3),
        ('{\n"title": "甲",\n"tags": 乙\n}\n', 3),
        ("---\ntitle: 甲\n", 1),
    ):
        assert incoming_post(text, "one.md", "one.md", VOCABULARY).location.line == line
    assert read_post("+++\na = 1\n+++\n文字", "one.md").line == 4


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1956-03-08", "1956-03-08"),
        ("1956/3/8", "1956-03-08"),
        ("1956.03", "1956-03"),
        ("1956年", "1956"),
        ("1956年3月", "1956-03"),
        ("1956年3月8日", "1956-03-08"),
        ("2021-07-04T09:30:00+08:00", "2021-07-04"),
        ("2021-07-04 09:30", "2021-07-04"),
        ("1956-02-30", None),
        ("03/08/1956", None),
        ("1956-1958", None),
        ("circa 1956", None),
    ],
)
def test_dates_are_read_only_where_they_are_certain(text, date):
    assert date_of(text) == date
