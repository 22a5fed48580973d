"""A reader searches the archive of the five seeds."""

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

BAIYIN = "工人成工匠 有为更有位"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def search(open_page, address, given="", **options):
    page = open_page(f"{address}search/{given}", **options)
    settled(page)
    return page


def settled(page):
    """Wait for the answer to stand, its counts too."""
    expect(page.locator("#search")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".facets.awaited:not([hidden])")).to_have_count(0)


def box(page):
    return page.get_by_role("combobox")


def options(page):
    return page.get_by_role("option")


def titles(page):
    return [text.strip() for text in page.locator(".results h3").all_inner_texts()]


def state(page):
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def facet(page, name):
    """A choice of the rail; on a page where the rail is folded, open it first."""
    return page.locator(".facets").get_by_role("link", name=re.compile(name))


def hold(page, *files):
    """Keep requests for files of the index waiting; return what lets them go on."""
    held = []

    def wait(route):
        if held is None:
            route.continue_()
        else:
            held.append(route)

    def let_go():
        nonlocal held
        waiting, held = held, None
        for route in waiting:
            route.continue_()

    for pattern in files:
        page.context.route(f"**/search/{pattern}", wait)
    return let_go


def ask(page, words):
    box(page).fill(words)
    box(page).press("Enter")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [words])
    settled(page)


# ── What is found ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stretch_from_the_middle_of_an_article_finds_it(open_page, address):
    page = search(open_page, address)
    for words in (
        "斩获第48届国际质量管理小组会议",
        "王轶男",
        "安民劳模创新",
        "通风盖板安全隐患高，使用起来工作量大",
        "ICQCC",
        "產業工人隊伍建設工作亮點紛呈",
    ):
        ask(page, words)
        assert titles(page)[:1] == [BAIYIN], words
        assert page.locator(".results mark").count(), words
    assert page.said == []


def test_a_place_finds_its_articles(open_page, address):
    page = search(open_page, address)
    ask(page, "神木市")
    assert any("突破践于行" in title for title in titles(page))


def test_what_was_typed_is_searched_after_a_pause_without_enter(open_page, address):
    page = search(open_page, address)
    box(page).press_sequentially("王轶男", delay=20)
    page.wait_for_url("**/search/?q=*")
    settled(page)
    assert titles(page) == [BAIYIN]


def test_facets_narrow_and_can_be_taken_away(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}")
    everything = page.get_by_role("status").inner_text()
    count = int(facet(page, "甘肃省").locator(".n").inner_text())
    facet(page, "甘肃省").click()
    expect(page.get_by_role("status")).to_contain_text(f"共 {count} 篇")
    assert state(page) == {"q": "产业工人", "region": "甘肃省"}
    assert all("甘肃省" in item for item in page.locator(".results .meta").all_inner_texts())
    facet(page, "白银市").click()
    expect(page.get_by_role("status")).to_contain_text("共 1 篇")
    assert state(page)["region"] == "甘肃省/白银市"
    expect(facet(page, "白银市")).to_have_attribute("aria-current", "true")
    facet(page, "白银市").click()
    expect(page.get_by_role("status")).to_contain_text(f"共 {count} 篇")
    page.locator(".read").get_by_role("link", name="去掉“甘肃省”").click()
    expect(page.get_by_role("status")).to_have_text(everything)
    assert state(page) == {"q": "产业工人"}


def test_results_stand_before_the_counts_and_do_not_move_when_they_come(open_page, address):
    page = open_page(f"{address}about/")
    let_go = hold(page, "facets/*.bin", "catalogue-*.bin")
    page.goto(f"{address}search/?q={quote('产业工人')}")
    expect(page.get_by_role("status")).to_contain_text("篇")
    expect(page.locator("#search")).to_have_attribute("aria-busy", "false")
    before = page.locator(".results .item").first.bounding_box()
    expect(page.locator(".facets")).to_have_class(re.compile("awaited"))
    expect(page.locator(".facets h2").first).to_have_text("年月")
    let_go()
    settled(page)
    assert facet(page, "甘肃省").count() == 1
    assert page.locator(".results .item").first.bounding_box() == before


def test_ten_results_stand_before_the_texts_of_the_others_and_do_not_move_when_they_come(open_page, address):
    page = open_page(f"{address}about/")
    texts = []
    page.context.route("**/search/text/*", lambda route: texts.append(route))  # noqa: PLW0108 - Playwright cannot wrap what is built in
    page.clock.install(time=0)
    page.clock.pause_at(3600)
    page.goto(f"{address}search/?q={quote('工会')}", wait_until="commit")
    items = page.locator(".results .item")
    sent = 0
    while not items.count():
        page.wait_for_timeout(50)
        if len(texts) > sent:
            texts[sent].continue_()
            sent += 1
    assert items.count() == 10
    assert len(texts) > sent
    page.clock.run_for(1000)  # longer than the page is silent about what it waits for
    expect(page.get_by_role("status")).to_contain_text("篇")
    before = [item.bounding_box() for item in items.all()]
    for route in texts[sent:]:
        route.continue_()
    page.context.unroute_all()
    settled(page)
    assert items.count() > 10
    assert [item.bounding_box() for item in items.all()][:10] == before


def test_what_is_typed_is_fetched_while_it_is_typed_and_not_what_is_composed(open_page, address):
    page = open_page(f"{address}search/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/search/shards/" in request.url else None)
    page.clock.install(time=0)
    page.clock.pause_at(3600)  # so the pause after which it is searched does not end, however slow the machine is
    box(page).dispatch_event("compositionstart")
    page.keyboard.insert_text("神木")
    page.wait_for_timeout(300)
    assert not asked
    box(page).dispatch_event("compositionend")
    with page.expect_request("**/search/shards/*"):
        box(page).fill("庄浪")
    assert "q=" not in page.url


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
    expect(page.get_by_role("status")).to_contain_text("第 2 页，共 2 页")
    expect(page.get_by_role("status")).to_be_focused()
    assert state(page) == {"page": "2"}
    assert titles(page)
    assert not set(first) & set(titles(page)) - {title for title in first if first.count(title) > 1}


def test_a_place_in_a_result_narrows_the_answer_to_it(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}")
    page.locator(".results .meta").get_by_role("link", name="白银市").first.click()
    expect(page.get_by_role("status")).to_contain_text("共 1 篇")
    assert state(page) == {"q": "产业工人", "region": "甘肃省/白银市"}


# ── How a query was read ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_line_below_the_box_says_how_the_query_was_read_and_takes_each_part_away(open_page, address):
    page = search(open_page, address, f"?q={quote('劳模 “产业工人” -神木 地区:甘肃')}")
    line = page.locator(".read")
    for told in ("词 劳模", "原样有 产业工人", "不含 神木", "地区 甘肃省"):
        expect(line).to_contain_text(told)
    line.get_by_role("link", name="去掉“产业工人”").click()
    expect(line).not_to_contain_text("产业工人")
    expect(line).to_contain_text("不含 神木")
    expect(box(page)).not_to_have_value(re.compile("产业工人"))
    line.get_by_role("link", name="去掉“神木”").click()
    expect(line).not_to_contain_text("神木")
    expect(line).to_contain_text("地区 甘肃省")
    expect(page.get_by_role("status")).to_be_focused()
    assert page.said == []


def test_letters_read_as_pinyin_are_said_and_can_be_meant_as_typed(open_page, address):
    page = search(open_page, address, "?q=baiyin")
    expect(page.locator(".notes")).to_contain_text("“baiyin”读作“白银”的拼音")
    assert BAIYIN in titles(page)
    page.locator(".notes").get_by_role("link", name="按原样找 baiyin").click()
    expect(page.get_by_role("status")).to_contain_text("没有找到")
    assert state(page) == {"q": "baiyin", "literal": "1"}
    page.locator(".read").get_by_role("link", name="字母读作拼音").click()
    expect(page.locator(".notes")).to_contain_text("读作“白银”的拼音")
    assert state(page) == {"q": "baiyin"}
    page.locator(".notes").get_by_role("link", name="甘肃省 白银市").click()
    expect(page.locator(".read")).to_contain_text("限于 甘肃省 白银市")
    assert state(page) == {"region": "甘肃省/白银市"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("劳模 标题:", "“标题:”后面没有写词"),
        ("劳模 日期:昨天", "“昨天”认不出是什么日期"),
        ("地区:亚特兰蒂斯", "本库没有叫“亚特兰蒂斯”的地区"),
        ("，。！", "没有可检索的字"),
    ],
)
def test_what_could_not_be_read_is_said(open_page, address, query, told):
    page = search(open_page, address, f"?q={quote(query)}")
    expect(page.locator(".notes")).to_contain_text(told)
    assert page.said == []


def test_a_name_that_the_archive_lacks_can_be_looked_for_as_words(open_page, address):
    page = search(open_page, address, f"?q={quote('地区:王轶男')}")
    page.locator(".notes").get_by_role("link", name="改为在全文里找“王轶男”").click()
    settled(page)
    assert titles(page) == [BAIYIN]
    assert state(page) == {"q": "王轶男"}


def test_what_was_said_of_the_words_goes_with_them_and_filters_stay(open_page, address):
    page = search(open_page, address, f"?q={quote('劳模 庄浪县')}&match=any&region={quote('甘肃省')}&sort=old")
    ask(page, "产业工人")
    assert state(page) == {"q": "产业工人", "region": "甘肃省", "sort": "old"}


def test_fields_ask_where_they_say(open_page, address):
    page = search(open_page, address, f"?q={quote('标题:工匠')}")
    assert BAIYIN in titles(page)
    assert all("工匠" in title for title in titles(page))
    ask(page, "标题:王轶男")
    expect(page.get_by_role("status")).to_contain_text("没有找到")


def test_words_that_no_article_has_together_are_found_apart_and_said_so(open_page, address):
    page = search(open_page, address, f"?q={quote('王轶男 庄浪县')}")
    expect(page.get_by_role("status")).to_contain_text("没有一篇同时有这些词")
    assert len(titles(page)) == 2


# ── Nothing found ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_found_shows_ways_out_that_find_something(open_page, address):
    page = search(open_page, address, f"?q={quote('“白银王轶男”')}")
    expect(page.get_by_role("status")).to_contain_text("没有找到包含“白银王轶男”的报道")
    ways = page.locator(".ifnot")
    for name in ("去掉引号", "分开找", "看主题", "按目录找"):
        expect(ways.get_by_text(name)).to_be_visible()
    assert "0 篇" not in ways.all_inner_texts()
    ways.get_by_role("link", name="白银王轶男").first.click()
    settled(page)
    assert titles(page) == [BAIYIN]
    assert page.said == []


def test_a_filter_that_leaves_nothing_can_be_taken_away_at_once(open_page, address):
    page = search(open_page, address, f"?q={quote('王轶男')}&region={quote('陕西省')}")
    expect(page.get_by_role("status")).to_contain_text("按这些条件，没有找到")
    page.locator(".ifnot dt", has_text="去掉筛选").locator("+ dd a").click()
    settled(page)
    assert titles(page) == [BAIYIN]
    assert state(page) == {"q": "王轶男"}


def test_a_slip_in_a_name_is_met_with_the_name(open_page, address):
    page = search(open_page, address, f"?q={quote('白垠市')}")
    page.locator(".ifnot dt", has_text="相近的名称").locator("+ dd").get_by_role("link", name="白银市").click()
    settled(page)
    assert state(page) == {"region": "甘肃省/白银市"}
    assert BAIYIN in titles(page)


# ── Suggestions ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["baiyin", "by", "baiy", "白银"])
def test_a_place_is_suggested_by_its_name_pinyin_and_initials(open_page, address, typed):
    page = search(open_page, address)
    box(page).press_sequentially(typed)
    option = options(page).filter(has_text="白银市")
    expect(option).to_contain_text("甘肃省")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    while option.get_attribute("aria-selected") != "true":
        box(page).press("ArrowDown")
    expect(box(page)).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    expect(box(page)).to_be_focused()
    box(page).press("Enter")
    expect(page.locator(".read")).to_contain_text("限于 甘肃省 白银市")
    assert state(page) == {"region": "甘肃省/白银市"}
    expect(box(page)).to_have_value("")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.said == []


def test_choosing_a_name_takes_only_its_word_out_of_the_query(open_page, address):
    page = search(open_page, address)
    box(page).press_sequentially("产业工人 shenmu")
    options(page).filter(has_text="神木市").click()
    expect(page.locator(".read")).to_contain_text("神木市")
    assert state(page) == {"q": "产业工人", "region": "陕西省/榆林市/神木市"}
    expect(box(page)).to_have_value("产业工人")
    expect(box(page)).to_be_focused()


def test_titles_that_hold_what_is_typed_are_suggested(open_page, address):
    page = search(open_page, address)
    box(page).press_sequentially("有为更有位")
    option = page.get_by_role("group", name="报道").get_by_role("option")
    expect(option).to_contain_text("工人成工匠")
    box(page).press("ArrowUp")
    box(page).press("Enter")
    page.wait_for_url("**/a/*/?hl=*")
    expect(page.locator("h1 mark").first).to_be_visible()


def test_escape_closes_the_list_and_then_clears_the_box(open_page, address):
    page = search(open_page, address)
    box(page).press_sequentially("白银")
    expect(options(page).first).to_be_visible()
    box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("白银")
    box(page).press("Escape")
    expect(box(page)).to_have_value("")
    page.wait_for_url(lambda url: "q=" not in url)
    settled(page)
    assert len(titles(page)) == 20


def test_a_finger_chooses_a_suggestion(open_page, address):
    page = search(open_page, address, **PHONE)
    box(page).tap()
    box(page).press_sequentially("baiyin")
    options(page).filter(has_text="白银市").tap()
    expect(page.locator(".read")).to_contain_text("限于 甘肃省 白银市")


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_keyboard_goes_from_the_box_to_a_result_and_back(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}")
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    links = page.locator(".results h3 a")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/*/**")


@pytest.mark.parametrize("path", ["", "date/", "a/*/"])
def test_a_slash_goes_to_the_box_of_every_page_but_not_while_typing(open_page, address, site, path):
    folder = next(iter(sorted(site.glob(path)))).relative_to(site).as_posix() + "/" if path else ""
    page = open_page(address + folder)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("1/2")
    expect(field).to_have_value("1/2")


def test_the_keyboard_keeps_its_place_after_a_choice(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}")
    facet(page, "劳模工匠").focus()
    facet(page, "劳模工匠").press("Enter")
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")
    settled(page)
    assert page.evaluate("document.activeElement.dataset.key") == "topic:劳模工匠"


def test_enter_that_ends_a_composition_does_not_search_and_no_list_is_in_its_way(open_page, address):
    page = search(open_page, address)
    box(page).focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "baiyin", "selectionStart": 6, "selectionEnd": 6})
    expect(box(page)).to_have_value("baiyin")
    for key, code in (("Enter", 229), ("ArrowDown", 229), ("Escape", 229)):
        box(page).dispatch_event(
            "keydown", {"key": key, "keyCode": code, "isComposing": True, "bubbles": True, "cancelable": True}
        )
    page.evaluate("document.querySelector('[data-part=form]').requestSubmit()")
    page.wait_for_timeout(600)
    assert state(page) == {}
    expect(box(page)).to_have_value("baiyin")
    expect(page.get_by_role("listbox")).to_be_hidden()
    session.send("Input.insertText", {"text": "劳模"})
    page.wait_for_url(f"**/search/?q={quote('劳模')}")
    settled(page)
    assert titles(page)
    expect(options(page).filter(has_text="劳模工匠")).to_be_visible()


# ── Back and forward ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_back_and_forward_walk_through_the_searches(open_page, address):
    page = search(open_page, address)
    ask(page, "王轶男")
    facet(page, "劳模工匠").click()
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")
    ask(page, "神木")
    page.go_back()
    expect(box(page)).to_have_value("王轶男")
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")
    page.go_back()
    expect(page.locator(".read")).not_to_contain_text("限于")
    assert titles(page) == [BAIYIN]
    page.go_forward()
    expect(page.locator(".read")).to_contain_text("限于 劳模工匠")


@pytest.mark.parametrize("leave", ["article", "search"])
def test_coming_back_finds_the_same_answer_at_the_same_place(open_page, address, leave):
    page = search(open_page, address, "?sort=old")
    before = titles(page)
    page.locator(".results .item").nth(12).evaluate("item => item.scrollIntoView({block: 'center'})")
    there = page.evaluate("scrollY")
    assert there > 0
    if leave == "article":
        page.locator(".results h3 a").nth(12).click()
        page.wait_for_url("**/a/*/**")
    else:
        page.locator(".results .item").nth(12).locator(".rg a").first.click()
        page.wait_for_url("**region=**")
        settled(page)
    page.go_back()
    page.wait_for_url("**/search/?sort=old")
    expect(page.locator(".results h3").nth(12)).to_be_in_viewport()
    settled(page)
    assert titles(page) == before
    assert page.evaluate("scrollY") == there


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_that_comes_late_does_not_replace_a_later_one(open_page, address):
    page = open_page(f"{address}about/")
    let_go = hold(page, "shards/*.bin")
    page.goto(f"{address}search/?q={quote('神木')}")
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('正在')")
    box(page).fill("王轶男")
    box(page).press("Enter")
    let_go()
    settled(page)
    assert titles(page) == [BAIYIN]


def test_an_index_that_cannot_be_read_is_said_and_can_be_tried_again(open_page, address):
    page = open_page(f"{address}about/")
    page.context.route("**/search/manifest.json", lambda route: route.abort())
    page.goto(f"{address}search/?q={quote('王轶男')}")
    expect(page.get_by_role("status")).to_contain_text("没有读到")
    page.context.unroute_all()
    page.get_by_role("button", name="再试一次").click()
    settled(page)
    assert titles(page) == [BAIYIN]


def test_counts_that_cannot_be_read_leave_the_results(open_page, address):
    page = open_page(f"{address}about/")
    page.context.route("**/search/facets/*.bin", lambda route: route.abort())
    page.goto(f"{address}search/?q={quote('王轶男')}")
    expect(page.locator(".facets")).to_contain_text("没有读到")
    assert titles(page) == [BAIYIN]
    page.context.unroute_all()
    page.locator(".facets").get_by_role("button", name="再试一次").click()
    expect(facet(page, "甘肃省")).to_be_visible()


def test_what_was_read_serves_without_a_network_and_the_rest_comes_with_it(open_page, address):
    page = search(open_page, address, f"?q={quote('王轶男')}")
    ask(page, "劳模")
    known = titles(page)
    ask(page, "王轶男")
    page.context.set_offline(offline=True)
    ask(page, "庄浪县")
    expect(page.get_by_role("status")).to_contain_text("没有读到")
    ask(page, "劳模")
    assert titles(page) == known
    ask(page, "庄浪县")
    expect(page.get_by_role("status")).to_contain_text("没有读到")
    page.context.set_offline(offline=False)
    expect(page.get_by_role("status")).to_contain_text("共 1 篇")


def test_no_query_breaks_the_page(open_page, address):
    page = search(open_page, address)
    hostile = (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "12:30",
        "白银~",
        "标题:",
        "标题:白银",
        "地区:<b>",
        "日期:..",
        "*",
        '"',
        "“",
        "-",
        "--",
        "%",
        "../",
        "__proto__",
        "constructor",
        "{query}",
        "ﷺ😀",
        "的",
        "a",
        "\u202e白银",
        "国网白银供电公司职工王轶男至今仍印象深刻" * 40,
    )
    for words in hostile:
        page.goto(f"{address}search/?q={quote(words)}")
        settled(page)
        assert box(page).input_value() == words
        assert page.locator("main script, main img").count() == 0
    assert page.said == []


def test_nothing_typed_breaks_the_suggestions(open_page, address):
    page = search(open_page, address)
    for words in ("[", "\\", "(白银", "地区:(", "主题:*", "报纸:__proto__", "<b>白银"):
        box(page).fill(words)
        page.wait_for_url(lambda url, words=words: parse_qs(urlsplit(url).query).get("q") == [words])
        settled(page)
        expect(box(page)).to_have_value(words)
    expect(page.locator("main script, main img, .suggest b, .results b")).to_have_count(0)
    assert page.said == []


def test_no_request_leaves_the_site(open_page, address):
    page = open_page(f"{address}about/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}search/?q={quote('劳模')}")
    settled(page)
    assert asked
    assert all(url.startswith(address) for url in asked)


# ── The article ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_article_shows_the_words_that_led_to_it_one_after_another(open_page, address):
    page = search(open_page, address, f"?q={quote('劳模 王轶男')}")
    page.locator(".results h3 a").click()
    page.wait_for_url("**/a/*/?hl=*")
    marks = page.locator("main article mark")
    assert set(marks.all_inner_texts()) == {"劳模", "王轶男"}
    count = marks.count()
    now = page.locator("mark.now")
    expect(now).to_be_in_viewport()
    first = now.evaluate("mark => mark.closest('p').id")
    bar = page.get_by_role("group", name="检索命中")
    expect(bar).to_contain_text(f"共 {count} 处")
    page.keyboard.press("n")
    expect(bar).to_contain_text("第 2 处")
    expect(now).to_be_in_viewport()
    page.keyboard.press("N")
    assert now.evaluate("mark => mark.closest('p').id") == first
    bar.get_by_role("button", name="上一处").click()
    expect(bar).to_contain_text(f"第 {count} 处")
    expect(now).to_be_in_viewport()
    bar.get_by_role("button", name="不再标出").click()
    expect(page.locator("mark")).to_have_count(0)
    expect(bar).to_have_count(0)
    assert page.said == []


def test_letters_of_another_width_are_marked_as_the_paper_set_them(open_page, address):
    page = search(open_page, address, "?q=icqcc")
    page.locator(".results h3 a").click()
    page.wait_for_url("**/a/*/?hl=*")
    expect(page.locator(".body mark").first).to_have_text("ICQCC")


# ── Other pages, other ways ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_box_on_other_pages_leads_to_the_search_page(open_page, address):
    page = open_page(f"{address}date/")
    page.get_by_role("searchbox").fill("王轶男")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=*")
    settled(page)
    assert titles(page) == [BAIYIN]


def test_a_phone_shows_all_without_scrolling_sideways(open_page, address):
    for given in (
        "",
        f"?q={quote('产业工人 “劳模” 地区:白金')}&region={quote('甘肃省')}",
        f"?q={quote('“矿难赔偿”')}",
    ):
        page = search(open_page, address, given, **PHONE)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_results_print_without_what_only_a_screen_can_use(open_page, address):
    page = search(open_page, address, f"?q={quote('产业工人')}")
    page.emulate_media(media="print")
    expect(page.locator(".results .item").first).to_be_visible()
    expect(page.get_by_role("status")).to_be_visible()
    for part in (".find", ".facets", ".sort", ".howto"):
        expect(page.locator(part)).to_be_hidden()


def test_without_javascript_the_search_page_names_the_catalogues(open_page, address):
    page = open_page(f"{address}search/", java_script_enabled=False)
    expect(page.get_by_text("检索需要 JavaScript")).to_be_visible()
    page.locator("[data-part=catalogues]").get_by_role("link", name="地区").click()
    page.wait_for_url("**/region/")
