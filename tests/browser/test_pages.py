"""Every kind of page in a browser: nothing fails in it, it has no known barrier, it reads by keyboard and without scripts."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"viewport": {"width": 390, "height": 844}}
# What a reader may set against a page (WCAG 1.4.12): it still has to be read.
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"

KINDS = {
    "home": "",
    "article": "a/*/",
    "dump": "source/*/",
    "dates": "date/",
    "year": "date/2024/",
    "month": "date/2024/11/",
    "day": "date/2024/11/05/",
    "anniversary": "on/11-05/",
    "regions": "region/",
    "region": "region/gansu/",
    "topics": "topic/",
    "topic": "topic/*/",
    "papers": "paper/",
    "paper": "paper/*/",
    "dumps": "source/",
    "search": "search/",
    "basket": "cite/",
    "data": "data/",
    "corrections": "corrections/",
    "about": "about/",
    "rights": "about/rights/",
}


def pages(site):
    for kind, pattern in KINDS.items():
        folder = site if not pattern else next(iter(sorted(site.glob(pattern))), None)
        yield kind, folder


@pytest.fixture
def address_of(site, address):
    """Return a function that gives the address of a page of a kind."""

    def address_of(kind):
        folder = dict(pages(site))[kind]
        assert folder is not None, f"no page like {KINDS[kind]}"
        return address + ("" if folder == site else f"{folder.relative_to(site).as_posix()}/")

    return address_of


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_opens_without_an_error_and_needs_no_scrolling_sideways(open_page, address_of, kind):
    page = open_page(address_of(kind), viewport={"width": 320, "height": 640})  # also 1280 pixels, magnified four times
    page.wait_for_load_state("networkidle")
    assert page.said == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", [PHONE, {"color_scheme": "dark"}], ids=["phone", "dark"])
def test_a_page_has_no_known_barrier(open_page, address_of, kind, form):
    page = open_page(address_of(kind), **form)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def focused(page):
    """Return what the keyboard is at: its words, and whether it is seen to be there."""
    return page.evaluate("""() => {
        const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
        const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        return [at.ariaLabel ?? at.innerText ?? "", ringed && inside];
    }""")


def tab_to(page, words):
    """Press the tabulator until the keyboard is at what says `words`; all on the way has to be seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        text, seen = focused(page)
        assert seen, f"the keyboard is out of sight at {text!r}"
        if re.search(words, text):
            return
    pytest.fail(f"the keyboard never came to {words}")


def test_the_keyboard_alone_goes_from_home_to_a_line_of_a_dump_and_back(open_page, address):
    page = open_page(address)
    tab_to(page, "跳到正文")
    page.keyboard.press("Enter")
    tab_to(page, "甘肃\\s*6")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("甘肃省")
    tab_to(page, "工人成工匠")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("工人成工匠"))
    article = page.url
    tab_to(page, "^行 7$")
    page.keyboard.press("Enter")
    expect(page.locator("#L7")).to_be_in_viewport()
    page.go_back()  # a headless browser has no key for it
    expect(page).to_have_url(article)


def test_the_keyboard_alone_searches_and_fills_and_empties_the_basket(open_page, address):
    page = open_page(address)
    tab_to(page, "检索全文、标题、报纸")
    page.keyboard.type("劳模")
    page.keyboard.press("Enter")
    expect(page.locator(".results .pick").first).to_be_visible()
    expect(page.locator("#search")).to_have_attribute("aria-busy", "false")  # all rows are there to stay
    page.keyboard.press("Escape")
    page.locator("[role=status]").first.focus()
    tab_to(page, "^＋引文：")
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile("^✓ 引文："))  # once its page has come
    page.locator("body").press("Home")
    page.locator(".skip").focus()
    tab_to(page, "^引文篮 1$")
    page.keyboard.press("Enter")
    expect(page.locator("#basket li")).to_have_count(1)
    tab_to(page, "^移出：")
    page.keyboard.press("Enter")
    expect(page.locator("#basket li")).to_have_count(0)
    assert focused(page) == ["撤销", True]
    page.keyboard.press("Enter")
    expect(page.locator("#basket li")).to_have_count(1)


def test_the_skip_link_passes_what_every_page_begins_with(open_page, address):
    page = open_page(f"{address}region/gansu/")
    page.keyboard.press("Tab")
    assert focused(page) == ["跳到正文", True]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_theme_is_switched_by_keyboard_and_kept(open_page, address):
    page = open_page(address, color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    tab_to(page, "深浅：随系统")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert focused(page) == ["深浅：深色", True]
    assert page.evaluate(paper) != light
    page.reload()
    assert page.evaluate(paper) != light


def test_a_mark_beside_a_headline_opens_its_reason(open_page, address, java_script):
    page = open_page(f"{address}region/gansu/", java_script_enabled=java_script)
    page.get_by_role("main").get_by_role("link", name=re.compile("有为更有位")).first.click()
    expect(page.get_by_text("见报在其后")).not_to_be_visible()
    page.get_by_role("link", name="推定", exact=True).first.click()
    expect(page.get_by_text("见报在其后")).to_be_visible()


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def java_script(request):
    return request.param


def test_the_archive_reads_without_javascript(open_page, address):
    page = open_page(address, java_script_enabled=False)
    page.get_by_role("navigation").get_by_role("link", name="地区").first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^甘肃")).first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("有为更有位")).first.click()
    expect(page.locator("h1")).to_have_text(re.compile("工人成工匠\\s*有为更有位"))
    expect(page.get_by_text("王轶男至今仍印象深刻")).to_be_visible()
    page.get_by_text("依据", exact=True).click()
    expect(page.get_by_text("见报在其后")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="7—31").click()
    expect(page.locator("#L7")).to_be_in_viewport()


def test_a_search_without_javascript_says_what_to_do(open_page, address):
    page = open_page(f"{address}region/gansu/", java_script_enabled=False)
    page.get_by_role("search").get_by_role("searchbox").fill("劳模")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=%E5%8A%B3%E6%A8%A1$"))
    expect(page.get_by_text("检索需要 JavaScript")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="地区").click()
    expect(page.locator("h1")).to_have_text("地区")
