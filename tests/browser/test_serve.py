"""`gongwen serve` in a browser: a change shows by itself where the reader was, a mistake shows and goes, a doubt can be copied."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gongwen_site.commands.lock import held

SEEDS = Path(__file__).parents[2] / "seeds"
PAGE, SMALL = "000_71bb516b356f4cf3.txt", "004_bdbddf47cf01ef19.txt"
_PATIENCE = 120_000


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "gongwen.yaml").write_text("title: 库\n")
    shutil.copy(SEEDS / PAGE, tmp_path / "seeds")
    return tmp_path


@pytest.fixture
def served(archive):
    """The address at which the program serves the archive."""
    command = [sys.executable, "-m", "gongwen_site", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=archive, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield re.search(r"http://\S+?/(?=（| )", process.stderr.readline())[0]
        process.kill()


@pytest.fixture
def home(served, open_page):
    page = open_page(served)
    expect(page.locator("main")).to_be_visible(timeout=_PATIENCE)  # the first build puts its site in place of the wait
    return page


def test_a_dump_that_is_dropped_in_shows_its_page_where_the_reader_was(home, served, archive):
    page = home
    page.goto(f"{served}source/")
    expect(page.get_by_role("link", name=SMALL)).to_have_count(0)
    shutil.copy(SEEDS / SMALL, archive / "seeds")
    expect(page.get_by_role("link", name=re.compile(SMALL.partition(".")[0]))).to_be_visible(timeout=_PATIENCE)
    record = next((archive / "articles" / PAGE.partition(".")[0]).glob("*.md"))
    page.goto(f"{served}a/{record.stem.rpartition('-')[2]}/")
    page.evaluate("() => scrollTo(0, 400)")
    page.wait_for_function("() => scrollY === 400")
    record.write_text(record.read_text().rstrip("\n") + "\n\n甲乙丙丁。\n")
    expect(page.get_by_text("甲乙丙丁。")).to_be_attached(timeout=_PATIENCE)
    page.wait_for_function("() => scrollY > 300")  # the browser keeps the lines in view where they were


def test_a_saved_record_shows_before_it_is_built_and_the_page_reloads_once(home, served, archive):
    page = home
    record = next((archive / "articles" / PAGE.partition(".")[0]).glob("*.md"))
    name = record.stem.rpartition("-")[2]
    built = archive / "_site" / "a" / name / "index.html"
    page.goto(f"{served}a/{name}/")
    articles = archive / "articles"
    with held(articles, articles / ".lock", "load"):  # another command is at work, and nothing can be built
        record.write_text(record.read_text().rstrip("\n") + "\n\n甲乙丙丁。\n")
        expect(page.get_by_text("甲乙丙丁。")).to_be_attached(timeout=_PATIENCE)
        assert "甲乙丙丁。" not in built.read_text()
        box = page.get_by_role("alert")
        expect(box).to_be_visible(timeout=_PATIENCE)
        page.evaluate("() => { window.isTheSame = true; }")
    expect(box).to_have_count(0, timeout=_PATIENCE)
    assert "甲乙丙丁。" in built.read_text()
    assert page.evaluate("() => window.isTheSame")
    expect(page.get_by_text("甲乙丙丁。")).to_be_attached()


def test_a_mistake_is_shown_can_be_closed_and_goes_when_it_is_mended(home, served, archive):
    page, settings = home, archive / "gongwen.yaml"
    settings.write_text("title: 库\nhome: <img src=x onerror=alert(1)>\n")
    box = page.get_by_role("alert")
    expect(box).to_contain_text("gongwen.yaml:2", timeout=_PATIENCE)
    expect(box).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".gws img").count() == 0
    expect(page.get_by_role("main")).to_be_visible()
    box.locator("summary").click()
    expect(box.locator("li")).to_be_hidden()
    page.goto(f"{served}about/")
    expect(page.get_by_role("alert").locator("li")).to_be_hidden()  # closed is closed on every page
    settings.write_text("title: 库\nhomme: 甘肃省\n")
    expect(page.get_by_role("alert").locator("li")).to_be_visible(timeout=_PATIENCE)  # but not for another one
    settings.write_text("title: 新库\n")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=_PATIENCE)
    expect(page).to_have_title(re.compile("新库"), timeout=_PATIENCE)


def test_a_doubt_is_found_from_the_tab_and_its_snippet_copied(home, served, open_page):
    page = home
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="核查").click()
    doubt = page.locator('[data-code="title-inside-text"]').first
    expect(doubt.locator("mark")).to_contain_text("工人成工匠")
    doubt.get_by_role("button").first.click()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == doubt.locator("pre").first.inner_text()
    assert copied.startswith("  - {at: 33, ")
    doubt.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(f"/source/{PAGE}/#L33$"))
    plain = open_page(f"{served}.review/?dump={PAGE}", java_script_enabled=False)
    expect(plain.locator('[data-code="title-inside-text"] mark').first).to_contain_text("工人成工匠")
    expect(plain.get_by_role("button")).to_have_count(0)
