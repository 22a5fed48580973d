"""Citations of articles of every shape. `citations.yaml` says what citeproc-js makes of each, and why ours differs if it does."""

from pathlib import Path

import pytest
import yaml

from gongwen_site.builder.citations import apa, citation_view, national_standard, reference_of
from gongwen_site.builder.display import Display, Phrases
from gongwen_site.builder.embedding import json_for_script
from gongwen_site.records.article import Article, DateCertainty, Person
from gongwen_site.wording import wording

SHAPES = yaml.safe_load((Path(__file__).parents[2] / "contract" / "citations.yaml").read_text(encoding="utf-8"))
DISPLAY = Display(Phrases(wording().site), full_width=True)


def reference(shape, number=0):
    values = dict(shape["article"])
    values["byline"] = tuple(Person(**person) for person in values.get("byline", ()))
    if "date" in values:
        values["date_certainty"] = DateCertainty(values.get("date_certainty", "printed"))
    article = Article(id=f"shape{number:03}", **values)
    own = f"https://example.org/news/a/{article.id}/" if shape.get("own") else None
    return reference_of(article, DISPLAY, own)


NUMBERED = pytest.mark.parametrize("number", range(len(SHAPES)), ids=[shape["shape"] for shape in SHAPES])


@NUMBERED
def test_an_article_is_cited_as_the_styles_have_it(number):
    shape = SHAPES[number]
    cited = reference(shape, number)
    assert national_standard(cited, "2025") == shape["gbt2025"]
    assert national_standard(cited, "2015") == shape["gbt2015"]
    assert apa(cited) == shape["apa"]


def test_whatever_differs_from_the_styles_has_its_reason():
    for shape in SHAPES:
        for style, said in shape.get("oracle", {}).items():
            assert said["says"] != shape[style], shape["shape"]
            assert said["why"], shape["shape"]
    assert len(SHAPES) >= 30
    assert sum("oracle" not in shape for shape in SHAPES) >= 24


def test_a_photographer_is_no_author_and_an_office_no_name():
    people = (
        Person(role="记者", outlet="本报"),
        Person(name="彭雯", role="记者"),
        Person(name="李四", role="摄影"),
    )
    assert reference_of(Article(id="aaaaaaaa", title="甲", byline=people), DISPLAY, None).authors == ("彭雯",)


def test_what_is_not_as_printed_is_said_for_the_files_of_citations():
    inferred = Article(
        id="aaaaaaaa", title="甲", title_supplied=True, date="2024", date_certainty=DateCertainty.INFERRED
    )
    cited = reference_of(inferred, DISPLAY, None)
    assert cited.title == "[甲]"
    view = citation_view(cited, DISPLAY.phrases.tree["citation"])
    assert (view.circa, view.note) == (True, "日期推定; 标题编拟")


@pytest.mark.parametrize("accessed", ["昨天", "2024-13", "2024年1月2日", ""])
def test_a_day_of_reading_that_is_none_is_left_out(accessed):
    article = Article(id="aaaaaaaa", title="甲", source="工人日报", url="https://example.com/a", accessed=accessed)
    cited = reference_of(article, DISPLAY, None)
    assert apa(cited) == "甲. (n.d.). 工人日报. https://example.com/a"
    assert cited.accessed is None


def test_nothing_ends_the_script_that_carries_the_item():
    assert "<" not in json_for_script({"title": "</script><!--\u2028"})
