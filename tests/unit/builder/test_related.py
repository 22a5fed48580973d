"""Related articles: those that share most, the same on every run, and little moved by one edit."""

import random
import re
from dataclasses import replace
from pathlib import Path

from gongwen_site.builder.build import render_site
from gongwen_site.builder.cards import Card, card_of
from gongwen_site.builder.check import check_site
from gongwen_site.builder.related import MOST, Relations
from gongwen_site.config import Config
from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.article import Article
from gongwen_site.vocabulary.load import load_vocabulary

GOLDEN = Path(__file__).parents[2] / "golden" / "site"


def _article(number: int, *keywords: str, date: str | None = "2024-05-01", **values) -> Card:
    article = Article(id=f"a{number:07d}", title=f"第{number}篇", date=date, keywords=keywords, **values)
    return card_of(article, "")


def _related(articles: list[Card], article: Card) -> list[str]:
    return [other.id for other in Relations(articles).related(article)]


def _archive(size: int) -> list[Card]:
    draw = random.Random(20)
    words = [f"词语{number}" for number in range(size // 4)]
    topics = [f"主题{number}" for number in range(12)]
    found = []
    for number in range(size):
        keywords = {words[int(draw.random() ** 3 * len(words))]: None for _ in range(8)}
        date = f"20{draw.randrange(10, 24)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        region = f"省{draw.randrange(9)}/市{draw.randrange(9)}"
        found.append(_article(number, *keywords, date=date, topics=tuple(draw.sample(topics, 2)), regions=(region,)))
    return found


def test_who_shares_more_comes_first_and_who_shares_little_not_at_all():
    one = _article(1, "村民议事", "矛盾纠纷", "乡村治理", topics=("基层",), regions=("甘肃省/定西市/临洮县",))
    both = _article(2, "村民议事", "乡村治理")
    word = _article(3, "矛盾纠纷")
    place = _article(4, "水库", topics=("基层",), regions=("甘肃省/定西市/临洮县",))
    province = _article(5, "公路", regions=("甘肃省/兰州市",))
    nothing = _article(6, "冰雪")
    assert _related([nothing, province, place, word, both, one], one) == [both.id, word.id, place.id]


def test_of_equals_the_nearer_in_time_comes_first_and_then_the_smaller_id():
    one = _article(1, "村民议事", date="2024-05-10")
    far = _article(2, "村民议事", date="2023-05-10")
    near = _article(3, "村民议事", date="2024-05-09")
    twin = _article(4, "村民议事", date="2024-05-11")
    undated = _article(5, "村民议事", date=None)
    assert _related([undated, twin, near, far, one], one) == [near.id, twin.id, far.id, undated.id]


def test_the_order_of_the_archive_changes_nothing():
    articles = _archive(300)
    shuffled = random.Random(3).sample(articles, len(articles))
    first, second = Relations(articles), Relations(shuffled)
    assert all(first.related(article) == second.related(article) for article in articles)


def test_a_reprint_is_no_related_article_but_named_as_one():
    original = _article(1, "村民议事", "乡村治理")
    reprint = _article(2, "村民议事", "乡村治理", reprint_of=original.id)
    other = _article(3, "村民议事", "乡村治理")
    others = _article(4, "村民议事", "乡村治理", reprint_of=other.id)
    relations = Relations([original, reprint, other, others])
    assert relations.reprints(original) == (reprint,)
    assert relations.reprints(reprint) == ()
    for article in (original, reprint):
        assert [found.id for found in relations.related(article)] == [other.id]  # and the same words once


def test_at_most_five_and_never_itself():
    relations = Relations(articles := _archive(300))
    for article in articles:
        found = [other.id for other in relations.related(article)]
        assert len(found) <= MOST
        assert article.id not in found
        assert len(set(found)) == len(found)


def test_one_edited_or_deleted_article_changes_few_lists():
    articles = _archive(1200)
    relations = Relations(articles)
    before = {article.id: [other.id for other in relations.related(article)] for article in articles}
    edited = [*articles]
    edited[700] = edited[700]._replace(title="改过的题", keywords=("新词",), topics=(), regions=())
    for changed in (edited, articles[:700] + articles[701:]):
        relations = Relations(changed)
        lists = {article.id: [other.id for other in relations.related(article)] for article in changed}
        moved = [name for name in lists if name != articles[700].id and lists[name] != before[name]]
        held_it = [name for name in before if articles[700].id in before[name]]
        assert len(moved) <= len(held_it) + 20


def test_a_common_keyword_costs_no_more_than_its_neighbours():
    """Only near articles are compared, so that a word of all articles leaves the time linear."""
    articles = [_article(number, "职工", date=f"2024-{1 + number // 300:02}-01") for number in range(3000)]
    relations = Relations(articles)
    middle = articles[1500]
    assert {found.date for found in relations.related(middle)} == {middle.date}


def test_what_a_keeper_writes_into_a_record_breaks_nothing():
    odd = _article(1, "", "字", "重", "重", *map(str, range(20)), date="2024", regions=("省/市/县/镇",))
    same = odd._replace(id="a0000002", date="2024-05")
    assert _related([odd, same], odd) == [same.id]


def test_the_page_of_a_reprint_links_its_original_and_the_original_its_reprints(tmp_path):
    archive = read_archive(GOLDEN / "articles")
    marked = {"goldbbbb": {"reprint_of": "goldaaaa"}, "golddddd": {"reprint_of": "1998年10月的《甲报》"}}
    articles = tuple(
        replace(article, keywords=("夜校", "车间 & 班组"), **marked.get(article.id, {})) for article in archive.articles
    )
    archive = Archive(articles, archive.register, archive.ledgers, archive.files, archive.corrections)
    render_site(archive, load_vocabulary(None), Config(), seeds=GOLDEN / "seeds", output=tmp_path)
    pages = {name: (tmp_path / "a" / name / "index.html").read_text(encoding="utf-8") for name in archive.by_id}
    assert re.search(
        r"<dt>转载自</dt>\s*<dd><a href=\"../goldaaaa/\">夜校开到车间旁 甘肃日报 2024年11月</a>", pages["goldbbbb"]
    )
    assert re.search(r"<dt>转载</dt>\s*<dd><a href=\"../goldbbbb/\">", pages["goldaaaa"])
    assert re.search(r"<dt>转载自</dt>\s*<dd>1998年10月的《甲报》", pages["golddddd"])
    assert '<dt>关键词</dt><dd class="words">夜校；车间 &amp; 班组</dd>' in pages["goldaaaa"]
    assert check_site(tmp_path) == ()
