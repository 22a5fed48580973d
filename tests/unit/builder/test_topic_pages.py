"""The page of a broader topic holds the articles of its narrower ones; an article says only its own topics."""

import html
import re
from dataclasses import replace

import pytest

from gongwen_site.builder.build import render_site
from gongwen_site.config import Config
from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article
from gongwen_site.records.register import Register
from gongwen_site.vocabulary.load import load_vocabulary


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("topics")
    vocabulary = load_vocabulary(None)
    topics = dict(vocabulary.topics)
    topics["矛盾调解"] = replace(topics["矛盾调解"], broader="基层治理")
    articles = (
        Article(id="aaaaaaaa", title="调解室", topics=("矛盾调解",), body="正文。"),
        Article(id="bbbbbbbb", title="议事会", topics=("基层治理",), body="正文。"),
    )
    archive = Archive(articles, Register(), {}, {article.id: f"{article.id}.md" for article in articles})
    render_site(archive, replace(vocabulary, topics=topics), Config(), seeds=folder, output=folder / "site")

    def words(path: str) -> str:
        page = (folder / "site" / path / "index.html").read_text(encoding="utf-8")
        main = page[page.index("<main") : page.index("</main>")]
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main)))

    return words


def test_a_broader_topic_lists_and_counts_the_articles_of_its_narrower_ones(site):
    page = site("topic/grassroots-governance")
    assert "调解室" in page
    assert "议事会" in page
    assert "其中直接归入的1篇，归入细分主题的1篇。" in page.replace(" ", "")
    assert "细分主题 矛盾调解" in page


def test_a_narrower_topic_leads_up_and_holds_its_own_only(site):
    page = site("topic/mediation")
    assert "基层治理" in page
    assert "议事会" not in page


def test_the_list_of_topics_counts_alike(site):
    assert re.search(r"基层治理 ?2 .*矛盾调解 ?1", site("topic"))


def test_an_article_says_only_the_topics_that_it_was_given(site):
    assert "基层治理" not in site("a/aaaaaaaa")
