"""The offline edition, opened from a disk: it reads, it searches, it asks for nothing beyond its folder."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def edition(site, tmp_path_factory):
    """Where the first page of the unpacked zip lies."""
    command = [sys.executable, "-m", "gongwen_site", "export", "--quiet", "--site", site]
    where = ["--articles", site.parent / "articles", "--seeds", SEEDS]
    done = subprocess.run([*map(str, command + where)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path_factory.mktemp("离线 版")
    with zipfile.ZipFile(site / "data" / "offline.zip") as opened:
        opened.extractall(folder)
    return (folder / "index.html").as_uri().removesuffix("index.html")


def test_a_search_from_the_first_page_leads_to_a_marked_article_and_back(open_page, edition):
    page = open_page(edition + "index.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    box = page.get_by_role("main").get_by_role("searchbox")
    box.fill("至今仍印象深刻")
    box.press("Enter")
    result = page.locator("[data-result]")
    expect(result).to_have_count(1)
    result.click()
    expect(page.locator("main mark").first).to_be_visible()
    assert "/a/" in page.url
    assert "/index.html?hl=" in page.url
    page.go_back()
    expect(page.locator("[data-result]")).to_have_count(1)
    assert [url for url in asked if not url.startswith(edition)] == []
    assert page.said == []


def test_the_search_page_keeps_its_state_in_its_address(open_page, edition):
    page = open_page(f"{edition}search/index.html?q=工会")
    expect(page.locator("[data-part=status]")).to_contain_text("篇")
    before = page.locator("[data-part=status]").inner_text()
    page.locator("[data-part=facets] a[data-state], [data-part=facets] a").first.click()
    page.wait_for_function("document.querySelector('#search').getAttribute('aria-busy') === 'false'")
    assert page.url != f"{edition}search/index.html?q=工会"
    page.go_back()
    expect(page.locator("[data-part=status]")).to_have_text(before)
    assert page.said == []


def test_a_suggested_title_opens_its_page(open_page, edition):
    page = open_page(f"{edition}search/index.html")
    box = page.locator("#search input[name=q]")
    box.press_sequentially("工人成工匠", delay=20)
    option = page.get_by_role("option").filter(has_text="有为更有位").first
    option.click()
    page.wait_for_url("**/a/*/index.html*")
    expect(page.locator("h1")).to_contain_text("工人成工匠")
    assert page.said == []


def test_it_reads_without_javascript(open_page, edition):
    page = open_page(edition + "index.html", java_script_enabled=False)
    page.get_by_role("navigation").get_by_role("link", name="地区").first.click()
    page.get_by_role("main").get_by_role("link", name="甘肃省").first.click()
    expect(page.locator("h1")).to_contain_text("甘肃省")
    page.get_by_role("contentinfo").get_by_role("link", name="数据下载").click()
    expect(page.locator("h1")).to_contain_text("数据")
    assert page.url == f"{edition}data/index.html"
