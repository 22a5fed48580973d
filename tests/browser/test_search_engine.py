"""The engine of the search page: in a worker or in the page, asked early, and over an index that is published anew."""

import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from gongwen_site.records.archive import read_archive
from gongwen_site.search.index import write_index
from gongwen_site.vocabulary.load import load_vocabulary

ARTICLES = Path(__file__).parents[1] / "contract" / "articles"
BAIYIN = "工人成工匠 有为更有位"

BROKEN = {
    "no worker": "delete globalThis.Worker",
    "a worker that fails": """globalThis.Worker = class extends Worker {
      constructor(address) { super(address.replace("engine.js", "missing.js")); }
    }""",
}


def titles(page):
    expect(page.locator("#search")).to_have_attribute("aria-busy", "false")
    return [text.strip() for text in page.locator(".results h3").all_inner_texts()]


def ask(page, words):
    page.get_by_role("combobox").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**q={quote(words)}")


@pytest.fixture
def context(browser):
    context = browser.new_context(locale="zh-CN")
    yield context
    context.close()


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_the_page_itself_answers_where_no_worker_does(context, address, broken):
    page = context.new_page()
    page.add_init_script(broken)
    page.goto(f"{address}search/?q={quote('王轶男')}")
    expect(page.locator(".results h3")).to_have_count(1)
    assert titles(page) == [BAIYIN]
    ask(page, "神木")
    expect(page.locator(".results h3").first).not_to_have_text(BAIYIN)
    expect(page.locator(".facets a").first).to_be_visible()


def test_the_question_in_the_address_is_answered_before_the_page_has_its_script(context, address):
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    held = []
    context.route("**/assets/js/search.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot wrap what is built in
    page.goto(f"{address}search/?q={quote('王轶男')}", wait_until="commit")
    page.wait_for_function("globalThis.gongwenStart?.said.length > 0")
    held[0].continue_()
    expect(page.locator(".results h3")).to_have_count(1)
    assert asked.count("search/manifest.json") == 1


def test_a_page_left_open_goes_on_when_the_site_is_published_anew(context, serve, site, tmp_path):
    published = tmp_path / "published"
    shutil.copytree(site, published)
    page = context.new_page()
    page.goto(f"{serve(published)}search/?q={quote('王轶男')}")
    assert titles(page) == [BAIYIN]
    shutil.rmtree(published / "search" / "shards")
    shutil.rmtree(published / "search" / "pages")
    write_index(read_archive(ARTICLES), load_vocabulary(None), published / "search")
    ask(page, "图-95")
    expect(page.locator(".results h3").first).to_have_text("宽窄与罕用字")
