"""Every kind of page in a browser: nothing fails in it, a phone need not scroll sideways, and it reads without scripts."""

import re

import pytest
from playwright.sync_api import expect

KINDS = {
    "home": "",
    "article": "a/*/",
    "dump": "source/*/",
    "dates": "date/",
    "year": "date/2024/",
    "month": "date/2024/11/",
    "regions": "region/",
    "region": "region/gansu/",
    "topics": "topic/",
    "topic": "topic/*/",
    "papers": "paper/",
    "paper": "paper/*/",
    "search": "search/",
    "data": "data/",
    "corrections": "corrections/",
    "about": "about/",
    "rights": "about/rights/",
}


def pages(site):
    for kind, pattern in KINDS.items():
        folder = site if not pattern else next(iter(sorted(site.glob(pattern))), None)
        yield kind, folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_opens_without_an_error(open_page, address, site, kind):
    folder = dict(pages(site))[kind]
    assert folder is not None, f"no page like {KINDS[kind]}"
    path = "" if folder == site else f"{folder.relative_to(site).as_posix()}/"
    page = open_page(address + path)
    page.wait_for_load_state("networkidle")
    assert page.said == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("h1").count() == 1


def test_the_archive_reads_without_javascript(open_page, address):
    page = open_page(address, java_script_enabled=False)
    page.get_by_role("navigation").get_by_role("link", name="地区").first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("甘肃省")).first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("有为更有位")).first.click()
    expect(page.locator("h1")).to_have_text(re.compile("工人成工匠\\s*有为更有位"))
    expect(page.get_by_text("王轶男至今仍印象深刻")).to_be_visible()
