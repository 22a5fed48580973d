"""What stood beside an article: on its page of the newspaper and on its day, each neighbour once."""

import html
import re

import pytest

from gongwen_site.builder.build import render_site
from gongwen_site.config import Config
from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article
from gongwen_site.records.register import Register
from gongwen_site.vocabulary.load import load_vocabulary


def _article(
    name: str, *, date: str | None = "2024-05-01", source: str | None = "甲报", page: str | None = None
) -> Article:
    return Article(id=name * 8, title=f"题{name}", date=date, source=source, page=page, body="正文。")


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    folder = tmp_path_factory.mktemp("neighbours")
    articles = (
        _article("a", page="10"),
        _article("b", page="9"),
        _article("c", page="10"),
        _article("d", source="乙报"),
        _article("e", date="2024-05"),
        _article("f", date="2024-05-02"),
    )
    archive = Archive(articles, Register(), {}, {article.id: f"{article.id}.md" for article in articles})
    render_site(archive, load_vocabulary(None), Config(), seeds=folder, output=folder / "site")

    def beside(name: str) -> str:
        page = (folder / "site" / "a" / (name * 8) / "index.html").read_text(encoding="utf-8")
        section = re.search(r'<section class="[^"]*neighbours">.*?</section>', page, re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>|\s", "", section[0])) if section else ""

    return beside


def test_the_neighbour_on_the_page_comes_before_those_of_the_day(beside):
    assert beside("a") == "前后同版，下一篇题c同日，上一篇题b2024年5月1日的报道，4篇历史上的5月1日，4篇"


def test_page_10_comes_after_page_9(beside):
    assert "同日，上一篇题d" in beside("b")
    assert "同日，下一篇题a" in beside("b")


def test_who_is_not_known_to_stand_beside_any_has_no_neighbours(beside):
    assert beside("e") == ""


def test_a_day_leads_to_the_same_day_in_all_years(beside):
    assert beside("f") == "前后历史上的5月2日，1篇"
