"""Every article is counted once in each group that it belongs to, newest first."""

from gongwen_site.builder.cards import Card, card_of
from gongwen_site.builder.facets import by_size, catalogue_of, counted, span_of
from gongwen_site.records.article import Article, DateCertainty
from gongwen_site.vocabulary.vocabulary import Regions, Topic, Vocabulary


def article(name: str, date: str | None = None, regions: tuple[str, ...] = (), topics: tuple[str, ...] = ()) -> Card:
    certainty = DateCertainty.PRINTED if date else None
    found = Article(
        id=name, title=name, date=date, date_certainty=certainty, regions=regions, topics=topics, source="甲报"
    )
    return card_of(found, f"{name}.md")


CARDS = (
    article("aaaaaaaa", "2024", ("甘肃省/定西市/临洮县", "甘肃省/定西市"), ("劳模",)),
    article("bbbbbbbb", "2024-11-05", ("甘肃省",), ("劳模", "培训")),
    article("cccccccc", "2024-11", ("甘肃省/白银市",)),
    article("dddddddd"),
)
NARROWER = {
    "劳模": Topic(name="劳模", slug="models", words=()),
    "培训": Topic(name="培训", slug="training", words=(), broader="人才"),
    "人才": Topic(name="人才", slug="talent", words=(), broader="队伍"),
    "队伍": Topic(name="队伍", slug="workforce", words=()),
}
VOCABULARY = Vocabulary(regions=Regions(by_path={}, by_code={}), topics=NARROWER, papers={})
CATALOGUE = catalogue_of(CARDS, VOCABULARY)


def names(articles: tuple[Card, ...]) -> list[str]:
    return [found.id[0] for found in articles]


def test_days_come_before_their_month_and_months_before_their_year():
    assert names(CATALOGUE.articles) == ["b", "c", "a", "d"]


def test_an_article_counts_once_in_every_region_that_it_lies_in():
    assert names(CATALOGUE.regions["甘肃省"]) == ["b", "c", "a"]
    assert names(CATALOGUE.regions["甘肃省/定西市"]) == ["a"]


def test_dates_hold_all_that_is_known_of_a_date():
    assert names(CATALOGUE.dates["2024"]) == ["b", "c", "a"]
    assert names(CATALOGUE.dates["2024-11"]) == ["b", "c"]
    assert names(CATALOGUE.dates["2024-11-05"]) == names(CATALOGUE.anniversaries["11-05"]) == ["b"]


def test_what_has_no_value_is_kept_apart():
    assert names(CATALOGUE.without_date) == ["d"]
    assert names(CATALOGUE.without_region) == ["d"]
    assert names(CATALOGUE.without_topic) == ["c", "d"]
    assert CATALOGUE.without_paper == ()


def test_counts_put_the_most_first_and_equal_ones_by_name():
    assert counted(CATALOGUE.articles, lambda found: found.topics) == [("劳模", 2), ("培训", 1)]
    assert [name for name, _ in by_size(CATALOGUE.topics)] == ["劳模", "人才", "培训", "队伍"]


def test_a_broader_topic_holds_what_the_narrower_ones_hold():
    assert (
        names(CATALOGUE.topics["队伍"]) == names(CATALOGUE.topics["人才"]) == names(CATALOGUE.topics["培训"]) == ["b"]
    )


def test_a_span_is_what_the_dates_say():
    assert span_of(CATALOGUE.articles) == ("2024", "2024-11-05")
    assert span_of(CATALOGUE.without_date) is None
