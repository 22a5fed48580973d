"""The ways into an archive: dates with their gaps, regions down to the county, what stands beside a topic, long lists."""

import re
from collections import deque
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from gongwen_site.builder.build import render_site
from gongwen_site.builder.charts import ramp_for
from gongwen_site.builder.coverage import Gap, gaps_between
from gongwen_site.config import Config
from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article, DateCertainty
from gongwen_site.records.register import Register
from gongwen_site.vocabulary.load import load_vocabulary

CLICKS = 5


def article(number: int, date: str | None, source: str = "工人日报", **fields: tuple[str, ...]) -> Article:
    certainty = DateCertainty.PRINTED if date else None
    return Article(
        id=f"a{number:07}", title=f"第{number}篇", source=source, date=date, date_certainty=certainty, **fields
    )


def build(output: Path, articles: list[Article]) -> Path:
    archive = Archive(tuple(articles), Register(), {}, {})
    render_site(archive, load_vocabulary(None), Config(), seeds=output / "seeds", output=output)
    return output


def page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def links(site: Path, file: str) -> set[str]:
    """Return the pages that a page links to, as files of the site."""
    found = set()
    for href in re.findall(r'<a [^>]*?href="([^"#?]+)', (site / file).read_text(encoding="utf-8")):
        if ":" not in href:
            target = normpath(join(dirname(file), unquote(href)))
            found.add(normpath(join(target, "index.html")) if href.endswith("/") else target)
    return found


def clicks(site: Path) -> dict[str, int]:
    """Return how many links lead from the home page to each page."""
    found = {"index.html": 0}
    waiting = deque(found)
    while waiting:
        here = waiting.popleft()
        for there in links(site, here):
            if there.endswith(".html") and there not in found:
                found[there] = found[here] + 1
                waiting.append(there)
    return found


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ([], ()),
        ([3], ()),
        ([3, 4, 5], ()),
        ([9, 3, 4, 7], (Gap(5, 6), Gap(8, 8))),
    ],
)
def test_gaps_lie_between_what_there_is(present: list[int], expected: tuple[Gap, ...]):
    assert gaps_between(present) == expected


def test_the_months_and_years_without_articles_are_told(tmp_path: Path):
    site = build(tmp_path, [article(1, "1998-03-02"), article(2, "1998-06"), article(3, "2002-01-05")])
    dates = page(site, "date")
    assert "从1998年3月到2002年1月共 47 个月，其中 44 个月没有报道" in dates
    assert '<th scope="row">1999—2001</th><td colspan="13">3 年没有报道</td>' in dates
    assert re.findall(r'href="([^"]+)">1</a></td>', dates) == [
        "../date/2002/01/",
        "../date/1998/03/",
        "../date/1998/06/",
    ]
    paper = page(site, "paper/workers-daily")
    assert "其中 44 个月没有报道" in paper
    assert 'class="h1" href="#' in paper


def test_the_days_without_articles_count_to_the_ends_of_a_year_within_the_archive(tmp_path: Path):
    site = build(tmp_path, [article(1, "2019-12-30"), article(2, "2020-01-03"), article(3, "2021-01-01")])
    assert "从12月30日到12月31日共 2 天，其中 1 天没有报道" in page(site, "date/2019")
    assert "从1月1日到12月31日共 366 天，其中 365 天没有报道" in page(site, "date/2020")
    assert "没有报道的日子" not in page(site, "date/2021")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-08", "2024-12-02", "2024年8月至12月2日"),
        ("2024-08-01", "2024-12", "2024年8月1日至12月"),
        ("2023-08", "2024-12-02", "2023年8月至2024年12月2日"),
        ("2024-11", "2024-11-05", "2024年11月"),
        ("2024-11-05", "2024-11-05", "2024年11月5日"),
    ],
)
def test_a_span_says_nothing_twice(tmp_path: Path, first: str, last: str, said: str):
    site = build(tmp_path, [article(1, first), article(2, last)])
    assert f"2 篇，{said}。" in page(site, "paper/workers-daily")


def test_the_same_day_of_all_years_is_found_without_a_clock(tmp_path: Path):
    site = build(tmp_path, [article(1, "1999-01-01"), article(2, "2004-01-31"), article(3, "2004-12-02")])
    home = page(site, "")
    days = re.search(r'href="./on/" data-days="([^"]+)"', home)
    assert days is not None
    months = [int(number, 16) for number in days[1].split(" ")]
    assert (months[0], months[10], months[11]) == (1 | 1 << 30, 0, 2)
    assert '<script src="./assets/js/today.js" defer>' in home
    assert set(re.findall(r'href="\.\./on/([^"]+)/"', page(site, "on"))) == {"01-01", "01-31", "12-02"}
    assert "../../on/12-02/" in page(site, "on/01-01"), "the days lead round the year"


def test_a_region_shows_all_that_it_divides_into_with_counts(tmp_path: Path):
    county = ("甘肃省/定西市/临洮县",)
    site = build(tmp_path, [article(1, "2020", regions=county), article(2, "2021", regions=county)])
    province, prefecture = page(site, "region/gansu"), page(site, "region/gansu/dingxi")
    assert '>定西市<span class="n">2</span></a>' in province
    assert '<span class="t">兰州市<span class="n">0</span></span>' in province
    assert '>临洮县<span class="n">2</span></a>' in prefecture
    address = re.search(r'href="\.\./\.\./\.\./region/(gansu/dingxi/\d{6})/"', prefecture)
    assert address is not None
    assert (site / "region" / address[1] / "feed.xml").exists()


def test_a_count_in_the_margin_leads_to_just_those_articles(tmp_path: Path):
    topics = ("劳模工匠", "技能培训与评价")
    articles = [article(n, "2020-05-01", topics=topics[: n % 2 + 1], regions=("甘肃省",)) for n in range(4)]
    site = build(tmp_path, articles)
    slug = load_vocabulary(None).topic_slug(topics[0])
    topic = page(site, f"topic/{slug}")
    found = re.findall(r'class="n" href="([^"]+)" aria-label="其中甘肃省 4">4</a>', topic)
    assert [parse_qs(urlsplit(href.replace("&amp;", "&")).query) for href in found] == [
        {"topic": ["劳模工匠"], "region": ["甘肃省"]}
    ]
    assert "同见的主题" in topic
    assert '>技能培训与评价</span><span class="n">2</span></a>' in topic


def test_every_article_is_a_few_clicks_away_however_long_the_lists(tmp_path: Path):
    undated = [article(n, None, source=f"报{n % 3}") for n in range(1200)]
    dated = [article(2000 + n, f"20{n % 20:02}-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(900)]
    site = build(tmp_path, undated + dated)
    reached = clicks(site)
    assert max(reached.get(f"a/{one.id}/index.html", 99) for one in undated + dated) <= CLICKS
    assert "跳到某年" in page(site, "paper/workers-daily/page/2")
    assert page(site, "date/unknown").count('href="page/') == 23
    assert page(site, "date/unknown/page/2").count('href="page/') == 0
    assert re.findall(r'class="month" id="([^"]+)"', page(site, "date/unknown")) == ["x-88318040"]


def test_long_lists_give_an_article_one_line(tmp_path: Path):
    few = build(tmp_path / "few", [article(n, "2020-05-01") for n in range(200)])
    many = build(tmp_path / "many", [article(n, "2020-05-01") for n in range(201)])
    assert 'class="meta quiet"' in page(few, "paper/workers-daily")
    assert 'class="meta quiet"' not in page(many, "paper/workers-daily")


@pytest.mark.parametrize("most", [1, 999, 1000, 75_000, 10**7])
def test_the_steps_of_a_ramp_rise(most: int):
    for counts in ([1, most], [most] * 40, [most // 3, most // 2, most], range(most // 2, most, max(most // 40, 1))):
        assert list(ramp_for(counts).bounds) == sorted(set(ramp_for(counts).bounds))
    bounds = ramp_for([1, most]).bounds
    assert len(bounds) == 5
    assert list(bounds) == sorted(set(bounds))


def test_large_counts_that_are_alike_differ_in_depth():
    months = [376, 392, 375, 434, 134, 493, 416, 468, 517, 506, 455, 473, 467, 461, 454, 422]
    assert {ramp_for(months).level(count) for count in months} == {1, 2, 3, 4, 5}
    assert ramp_for([7, 6, 2, 1, 1, 1]).bounds == (1, 2, 5, 10, 100)
