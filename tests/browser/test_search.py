"""A reader searches the archive of the five seeds."""

import re
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import expect

BAIYIN = "工人成工匠 有为更有位"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def search(open_page, address, given="", **options):
    page = open_page(f"{address}search/{given}", **options)
    settled(page)
    return page


def settled(page):
    """Wait for the answer to stand."""
    expect(page.locator("#search")).to_have_attribute("aria-busy", "false")


def titles(page):
    return [text.strip() for text in page.locator(".results h3").all_inner_texts()]


def state(page):
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def ask(page, words):
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [words])
    settled(page)


def test_a_stretch_from_the_middle_of_an_article_finds_it(open_page, address):
    page = search(open_page, address)
    for words in (
        "斩获第48届国际质量管理小组会议",
        "王轶男",
        "安民劳模创新",
        "通风盖板安全隐患高，使用起来工作量大",
        "ICQCC",
    ):
        ask(page, words)
        assert titles(page) == [BAIYIN], words
        assert page.locator(".results mark").count(), words
    assert page.said == []


def test_a_place_finds_its_articles(open_page, address):
    page = search(open_page, address)
    ask(page, "神木市")
    assert any("突破践于行" in title for title in titles(page))


def test_what_was_typed_is_searched_after_a_pause_without_enter(open_page, address):
    page = search(open_page, address)
    page.get_by_role("searchbox").press_sequentially("王轶男", delay=20)
    page.wait_for_url("**/search/?q=*")
    settled(page)
    assert titles(page) == [BAIYIN]


def test_the_line_below_the_box_says_how_the_query_was_read(open_page, address):
    page = search(open_page, address, f"?q={quote('劳模 “产业工人” -神木')}")
    line = page.locator(".read")
    expect(line).to_contain_text("词 劳模")
    expect(line).to_contain_text("原样有 产业工人")
    expect(line).to_contain_text("不含 神木")


def test_facets_narrow_and_can_be_taken_away(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}")
    everything = page.get_by_role("status").inner_text()
    link = page.locator(".facets").get_by_role("link", name=re.compile("甘肃省"))
    count = int(link.locator(".n").inner_text())
    link.click()
    expect(page.get_by_role("status")).to_contain_text(f"共 {count} 篇")
    assert state(page) == {"q": "产业工人", "region": "甘肃省"}
    assert all("甘肃省" in item for item in page.locator(".results .meta").all_inner_texts())
    within = page.locator(".facets").get_by_role("link", name=re.compile("白银市"))
    within.click()
    expect(page.get_by_role("status")).to_contain_text("共 1 篇")
    assert state(page)["region"] == "甘肃省/白银市"
    chosen = page.locator(".facets").get_by_role("link", name=re.compile("白银市"))
    expect(chosen).to_have_attribute("aria-current", "true")
    chosen.click()
    expect(page.get_by_role("status")).to_contain_text(f"共 {count} 篇")
    page.locator(".read").get_by_role("link", name="甘肃省").click()
    expect(page.get_by_role("status")).to_have_text(everything)
    assert state(page) == {"q": "产业工人"}


def test_back_and_forward_walk_through_the_searches(open_page, address):
    page = search(open_page, address)
    ask(page, "王轶男")
    page.locator(".facets").get_by_role("link", name=re.compile("劳模工匠")).click()
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")
    ask(page, "神木")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("王轶男")
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")
    page.go_back()
    expect(page.locator(".read")).not_to_contain_text("限于")
    assert titles(page) == [BAIYIN]
    page.go_forward()
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")


def test_coming_back_from_an_article_finds_the_same_answer(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}&sort=old")
    before = titles(page)
    page.locator(".results h3 a").first.click()
    page.wait_for_url("**/a/*/**")
    page.go_back()
    settled(page)
    expect(page.locator(".results h3").first).to_be_visible()
    assert titles(page) == before


def test_a_date_range_and_an_order_are_part_of_the_address(open_page, address):
    page = search(open_page, address, "?from=2024-11&to=2024-11&sort=old")
    dates = page.locator(".results time").all_inner_texts()
    assert dates == sorted(dates)
    assert {date[:7] for date in dates} == {"2024-11"}
    page.get_by_label("起：").fill("2024-12")
    page.get_by_label("讫：").fill("2024-12")
    page.get_by_label("讫：").press("Enter")
    expect(page.locator(".results time").first).to_have_text(re.compile("^2024-12"))
    assert state(page) == {"from": "2024-12", "to": "2024-12", "sort": "old"}


def test_more_than_a_page_of_results_is_turned(open_page, address):
    page = search(open_page, address)
    first = titles(page)
    assert len(first) == 20
    page.get_by_role("navigation", name="页码").get_by_role("link", name="下页").click()
    expect(page.locator(".pager b")).to_have_text("2")
    assert state(page) == {"page": "2"}
    assert titles(page)
    assert not set(first) & set(titles(page)) - {title for title in first if first.count(title) > 1}


def test_nothing_found_shows_ways_out(open_page, address):
    page = search(open_page, address, f"?q={quote('“王轶男白银”')}&topic={quote('水利')}")
    expect(page.get_by_role("status")).to_contain_text("没有找到")
    ways = page.locator(".ifnot")
    for name in ("去掉引号", "去掉筛选", "看主题", "按目录找"):
        expect(ways.get_by_text(name)).to_be_visible()
    ways.get_by_role("link", name="日期").click()
    page.wait_for_url("**/date/")
    assert page.said == []


def test_words_that_no_article_has_together_are_found_apart_and_said_so(open_page, address):
    page = search(open_page, address, f"?q={quote('王轶男 庄浪县')}")
    expect(page.get_by_role("status")).to_contain_text("没有一篇同时有这些词")
    assert len(titles(page)) == 2


def test_enter_that_ends_a_composition_does_not_search(open_page, address):
    page = search(open_page, address)
    box = page.get_by_role("searchbox")
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "laomo", "selectionStart": 5, "selectionEnd": 5})
    expect(box).to_have_value("laomo")
    box.dispatch_event(
        "keydown", {"key": "Enter", "keyCode": 229, "isComposing": True, "bubbles": True, "cancelable": True}
    )
    page.evaluate("document.querySelector('[data-part=form]').requestSubmit()")
    page.wait_for_timeout(600)
    assert state(page) == {}
    session.send("Input.insertText", {"text": "劳模"})
    page.wait_for_url(f"**/search/?q={quote('劳模')}")
    settled(page)
    assert titles(page)


def test_an_answer_that_comes_late_does_not_replace_a_later_one(open_page, address):
    page = open_page(f"{address}about/")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/search/index-*.json", hold)
    page.goto(f"{address}search/?q={quote('神木')}")
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('正在')")
    page.get_by_role("searchbox").fill("王轶男")
    page.get_by_role("searchbox").press("Enter")
    for route in held:
        route.continue_()
    settled(page)
    assert titles(page) == [BAIYIN]


def test_an_index_that_cannot_be_read_is_said_and_can_be_tried_again(open_page, address):
    page = open_page(f"{address}about/")
    page.route("**/search/manifest.json", lambda route: route.abort())
    page.goto(f"{address}search/?q={quote('王轶男')}")
    expect(page.get_by_role("status")).to_contain_text("没有读到")
    page.unroute("**/search/manifest.json")
    page.get_by_role("button", name="再试一次").click()
    settled(page)
    assert titles(page) == [BAIYIN]


def test_no_query_breaks_the_page(open_page, address):
    page = search(open_page, address)
    for words in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "12:30",
        "白银~",
        "标题:白银",
        "*",
        '"',
        "-",
        "%",
        "ﷺ😀",
    ):
        page.goto(f"{address}search/?q={quote(words)}")
        settled(page)
        assert page.get_by_role("searchbox").input_value() == words
        assert page.locator("main script, main img").count() == 0
    assert page.said == []


def test_the_article_shows_the_words_that_led_to_it(open_page, address):
    page = search(open_page, address, f"?q={quote('王轶男')}")
    page.locator(".results h3 a").click()
    page.wait_for_url("**/a/*/?hl=*")
    mark = page.locator(".body mark").first
    expect(mark).to_have_text("王轶男")
    expect(mark).to_be_in_viewport()
    assert page.said == []


def test_the_box_on_other_pages_leads_to_the_search_page(open_page, address):
    page = open_page(f"{address}date/")
    page.get_by_role("searchbox").fill("王轶男")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=*")
    settled(page)
    assert titles(page) == [BAIYIN]


def test_a_phone_shows_all_without_scrolling_sideways(open_page, address):
    for given in ("", f"?q={quote('产业工人')}&region={quote('甘肃省')}", f"?q={quote('“矿难赔偿”')}"):
        page = search(open_page, address, given, **PHONE)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_the_search_page_names_the_catalogues(open_page, address):
    page = open_page(f"{address}search/", java_script_enabled=False)
    expect(page.get_by_text("检索需要 JavaScript")).to_be_visible()
    page.locator("[data-part=catalogues]").get_by_role("link", name="地区").click()
    page.wait_for_url("**/region/")


def test_the_keyboard_keeps_its_place_after_a_choice(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}")
    link = page.locator(".facets").get_by_role("link", name=re.compile("劳模工匠"))
    link.focus()
    link.press("Enter")
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")
    assert page.evaluate("document.activeElement.dataset.key") == "topic:劳模工匠"


def test_no_request_leaves_the_site(open_page, address):
    page = open_page(f"{address}about/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}search/?q={quote('劳模')}")
    settled(page)
    assert asked
    assert all(url.startswith(address) for url in asked)
