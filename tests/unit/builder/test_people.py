"""People on pages and in citations: writers and photographers, bodies, and what citations name."""

from dataclasses import replace

import pytest

from gongwen_site.builder.citations import national_standard, reference_of
from gongwen_site.builder.display import Display, Phrases
from gongwen_site.builder.people import authors, institution, is_photographer
from gongwen_site.records.article import Article, Caption, Person
from gongwen_site.wording import wording

DISPLAY = Display(Phrases(wording().site), full_width=True)


def _article(*people: Person, body: str = "正文。") -> Article:
    captions = () if body else (Caption(text="图为现场。"),)
    return Article(id="aaaaaaaa", title="题", byline=people, body=body, captions=captions, source="甘肃日报")


WRITER = Person(name="甲一", role="记者", outlet="本报")
OTHER = Person(name="乙二", role="记者", outlet="本报")
PICTURES = Person(name="丙三", role="摄影")

SHOWN = [
    ((WRITER, OTHER), "本报记者 甲一、乙二"),
    ((WRITER, PICTURES, OTHER), "本报记者 甲一、乙二　丙三 摄"),
    ((Person(name="丙三", role="摄", outlet="新华社"),), "新华社 丙三 摄"),
    ((Person(name="丙三", role="摄影记者", outlet="本报"), WRITER), "本报记者 甲一　本报摄影记者 丙三"),
    (
        (WRITER, Person(name="丁四", role="通讯员"), Person(name="戊五", role="实习生")),
        "本报记者 甲一　通讯员 丁四　实习生 戊五",
    ),
    ((Person(role="记者", outlet="本报"),), "本报记者"),
    ((Person(name="己六"), Person(name="庚七")), "己六、庚七"),
    ((Person(name="己六", role="文/图"),), "文/图 己六"),
    ((), None),
]


@pytest.mark.parametrize(("people", "shown"), SHOWN)
def test_a_byline_names_writers_in_printed_order_and_photographers_apart(people, shown):
    assert DISPLAY.byline(_article(*people)) == shown


def test_a_picture_story_says_who_took_the_pictures_where_its_caption_does():
    person = Person(name="丙三", role="通讯员", outlet="本报")
    story = replace(_article(person, body=""), captions=(Caption(text="十二月一日，牧场。 本报通讯员 丙三 摄"),))
    assert DISPLAY.byline(story) == "本报通讯员 丙三 摄"
    assert DISPLAY.byline(replace(story, body="正文。")) == "本报通讯员 丙三"


@pytest.mark.parametrize(
    ("role", "pictures"),
    [
        *((role, True) for role in ("摄", "摄影", "摄影记者", "图", "供图")),
        *((role, False) for role in ("记者", "文/图", "图/文", "文并摄", "采写、摄影", None)),
    ],
)
def test_who_writes_too_is_no_mere_photographer(role, pictures):
    assert is_photographer(Person(name="丙三", role=role)) is pictures


def test_a_photographer_is_the_author_of_a_picture_story_but_of_no_text():
    assert authors(_article(WRITER, PICTURES)) == ("甲一",)
    assert authors(_article(PICTURES)) == ()
    assert authors(_article(PICTURES, body="")) == ("丙三",)
    assert authors(_article(WRITER, PICTURES, body="")) == ("甲一",)


def test_a_body_is_cited_where_the_byline_names_nobody():
    agency = _article(Person(role="记者", outlet="新华社"))
    assert institution(agency) == "新华社"
    reference = reference_of(agency, DISPLAY, None)
    assert national_standard(reference, "2025") == "新华社. 题[N]. 甘肃日报."
    assert reference.authors == ("新华社",)


@pytest.mark.parametrize("people", [(Person(role="记者", outlet="本报"),), (Person(role="记者"),), ()])
def test_an_unnamed_reporter_of_the_paper_itself_is_cited_as_nobody(people):
    assert national_standard(reference_of(_article(*people), DISPLAY, None), "2025") == "题[N]. 甘肃日报."


def test_a_name_is_cited_once_and_more_than_three_are_shortened():
    people = [Person(name=name, role="记者") for name in ("甲一", "乙二", "甲一", "丙三", "丁四")]
    assert national_standard(reference_of(_article(*people), DISPLAY, None), "2025").startswith(
        "甲一，乙二，丙三，等. "
    )
