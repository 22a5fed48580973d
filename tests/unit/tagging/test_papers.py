"""Newspapers are named as the vocabulary names them, kept as printed where it does not know them, and never guessed."""

import pytest

from gongwen_site.records.article import Person
from gongwen_site.records.reading import Draft, Printed, Reading, Seed
from gongwen_site.tagging.tag import tag_reading
from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.vocabulary.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(None)


def _draft(*, source: str | None = None, outlets: tuple[str, ...] = ()) -> Draft:
    byline = tuple(Person(name="某人", role="记者", outlet=outlet) for outlet in outlets)
    printed = Printed(text=source, line=2) if source else None
    return Draft(title=Printed(text="题", line=1), byline=byline, byline_lines=(3,), source=printed)


def _sources(vocabulary: Vocabulary, *drafts: Draft, masthead: str | None = None) -> list[str | None]:
    reading = Reading(
        seed=Seed(path="page.txt", sha256="0" * 64, encoding="utf-8", text=""),
        drafts=drafts,
        line_roles=(),
        source=Printed(text=masthead, line=9) if masthead else None,
    )
    return [tags.source for tags in tag_reading(reading, vocabulary)]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("甘肃日报", "甘肃日报"),
        ("来源:甘肃日报", "甘肃日报"),
        ("来源：《甘肃日报》", "甘肃日报"),
        ("新甘肃·甘肃日报", "甘肃日报"),
        ("澎湃新闻举报", "澎湃新闻"),
        ("某县融媒体中心", "某县融媒体中心"),
        ("人民日报海外版", "人民日报海外版"),
        ("本报", None),
    ],
)
def test_printed_source(vocabulary, printed, name):
    assert _sources(vocabulary, _draft(source=printed)) == [name]


def test_masthead_holds_for_every_article_but_those_that_print_their_own(vocabulary):
    drafts = (_draft(), _draft(source="新华社"))
    assert _sources(vocabulary, *drafts, masthead="工人日报") == ["工人日报", "新华社"]


def test_own_reporters_name_the_paper_of_their_page(vocabulary):
    assert _sources(vocabulary, _draft(outlets=("新甘肃·甘肃日报",)), _draft()) == ["甘肃日报", "甘肃日报"]


@pytest.mark.parametrize("outlet", ["本报", "新华社", "某公司宣传部"])
def test_nobody_is_guessed_from_an_agency_or_from_no_name(vocabulary, outlet):
    assert _sources(vocabulary, _draft(outlets=(outlet,))) == [None]


def test_reporters_of_two_papers_name_none(vocabulary):
    assert _sources(vocabulary, _draft(outlets=("甘肃日报",)), _draft(outlets=("工人日报",))) == [None, None]


def test_a_label_without_a_name_names_no_paper(vocabulary):
    assert _sources(vocabulary, _draft(source=":")) == [None]
