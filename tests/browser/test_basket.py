"""The basket of citations: filled from articles and lists, ordered, saved; in two tabs, without storage, without room."""

import json
import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def article(address, site):
    return address + next(iter(sorted(site.glob("a/*/")))).relative_to(site).as_posix() + "/"


def wrong(page):
    """What went wrong, but for requests that a page broke off as it was left."""
    return [said for said in page.said if not said.startswith("failed: ")]


def test_articles_come_in_from_their_page_and_from_lists_and_go_out_as_files(open_page, address, article):
    page = open_page(article)
    page.get_by_role("button", name="加入引文篮", exact=True).click()
    expect(page.get_by_role("link", name="引文篮 1")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="RIS").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("TY  - NEWS")
    page.goto(address + "region/gansu/")
    rows = page.get_by_role("main").locator(".pick")
    rows.nth(0).click()
    rows.nth(1).click()
    way = page.get_by_role("link", name=re.compile(r"^引文篮 [23]$"))
    expect(way).to_be_visible()
    way.click()
    entries = page.locator("#basket li")
    count = entries.count()
    assert count >= 2
    before = [entry.inner_text() for entry in entries.all()]
    entries.nth(0).get_by_role("button", name="下移").click()
    assert entries.nth(1).locator(".cite").inner_text() == before[0].split("\n")[0]
    page.get_by_label("格式").select_option("apa")
    assert "(" in entries.nth(0).locator(".cite").inner_text()
    for name, start in (("RIS", "TY  - "), ("BibTeX", "@"), ("文本", "")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert download.value.path().read_text(encoding="utf-8").startswith(start)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSL-JSON", exact=True).click()
    assert len(json.loads(download.value.path().read_text(encoding="utf-8"))) == count
    page.reload()
    expect(entries).to_have_count(count)
    page.get_by_role("button", name="清空").click()
    expect(entries).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(entries).to_have_count(count)
    assert wrong(page) == []


def test_a_search_result_comes_in_and_the_next_search_knows_it(open_page, address):
    page = open_page(f"{address}search/?q=劳模")
    row = page.locator(".results .pick").first
    expect(row).to_have_text("＋引文")
    title = page.locator(".results h3 a").first.inner_text()
    row.click()
    expect(page.get_by_role("link", name="引文篮 1")).to_be_visible()
    page.get_by_role("combobox").fill(f"劳模 标题:{title.split()[0]}")
    page.keyboard.press("Enter")
    chosen = page.locator(".results .item", has_text=title.split()[0]).locator(".pick").first
    expect(chosen).to_have_attribute("aria-pressed", "true")
    page.goto(address + "cite/")
    expect(page.locator("#basket li")).to_have_count(1)
    assert wrong(page) == []


MARKS = {"inferred": "日期推定", "title_supplied": "标题编拟"}


@pytest.mark.parametrize("trait", ["title_supplied", "page", "byline", "topics"])
def test_a_file_of_a_citation_says_what_the_record_says(open_page, address, site, trait):
    records = map(json.loads, (site / "data/articles.jsonl").read_text(encoding="utf-8").splitlines())
    record = max(records, key=lambda one: (trait in one, len(str(one.get(trait, "")))))
    assert trait in record
    page = open_page(f"{address}a/{record['id']}/")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSL-JSON").click()
    [item] = json.loads(download.value.path().read_text(encoding="utf-8"))
    inferred = record["date_certainty"] == "inferred"
    date = {"date-parts": [[int(part) for part in record["date"].split("-")]]}
    assert item.pop("title") == page.locator("meta[name=citation_title]").get_attribute("content")
    assert "".join(author["literal"] for author in item.pop("author", [])) in "".join(
        person.get("name", "") for person in record.get("byline", [])
    )
    item.pop("publisher-place", None)
    expected = {
        "id": record["id"],
        "type": "webpage" if record.get("source", "").endswith("网") else "article-newspaper",
        "container-title": record.get("source"),
        "issued": {**date, "circa": True} if inferred else date,
        "page": record.get("page"),
        "language": "zh-CN",
        "source": page.title().rsplit(" · ")[-1],
        "keyword": "; ".join(record.get("topics", [])),
        "note": "; ".join(said for key, said in MARKS.items() if key in {record["date_certainty"], *record}),
    }
    assert item == {key: value for key, value in expected.items() if value}
    assert wrong(page) == []


def test_two_tabs_fill_one_basket(open_page, address, article):
    page = open_page(article)
    other = page.context.new_page()
    other.goto(address + "cite/")
    expect(other.get_by_text("还没有选报道")).to_be_visible()
    page.get_by_role("button", name="加入引文篮", exact=True).click()
    expect(other.locator("#basket li")).to_have_count(1)
    other.get_by_role("button", name="移出").click()
    expect(page.get_by_role("button", name="加入引文篮", exact=True)).to_have_attribute("aria-pressed", "false")


def test_a_full_storage_says_so_and_a_closed_one_lasts_for_the_page(open_page, article):
    page = open_page(article)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }")
    page.get_by_role("button", name="加入引文篮", exact=True).click()
    expect(page.get_by_role("button", name="浏览器存满了")).to_be_visible()
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
    )
    page.goto(article)
    page.get_by_role("button", name="加入引文篮", exact=True).click()
    expect(page.get_by_role("button", name="已在引文篮")).to_be_visible()
    assert wrong(page) == []


def test_what_the_storage_holds_beside_the_truth_is_passed_over(open_page, address, article):
    page = open_page(article)
    path = re.sub(r"a/\w+/$", "", re.sub(r"^https?://[^/]+", "", article))
    nasty = {"item": {"id": "evilevil", "title": "<img src=x onerror=alert(1)>"}, "forms": {"gbt2025": "<b>甲</b>"}}
    broken = [{"item": {"id": "../x"}}, None, 5, nasty]
    page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)", [f"gwBasket:{path}", json.dumps({"entries": broken})]
    )
    page.goto(address + "cite/")
    expect(page.locator("#basket li")).to_have_count(1)
    assert page.locator("#basket .cite").inner_text() == "<b>甲</b>"
    assert wrong(page) == []


def test_without_javascript_the_page_says_where_citations_are(open_page, address, article):
    page = open_page(address + "cite/", java_script_enabled=False)
    expect(page.get_by_text("引文篮需要 JavaScript")).to_be_visible()
    page.goto(article)
    expect(page.locator("#cite")).to_be_visible()
    page.get_by_text("GB/T 7714—2015、APA").click()
    expect(page.locator("#apa")).to_be_visible()
    expect(page.get_by_role("button", name="RIS")).to_be_hidden()
