"""A published address never dies: lists that lose their last article, slugs that change, dumps that are renamed."""

import csv
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.records.archive import read_archive

SEEDS = Path(__file__).parents[3] / "seeds"
DUMP = "001_68a2d98467e1a6c6.txt"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "seeds").mkdir()
    (folder / "gongwen.yaml").write_text("title: 试库\n")
    shutil.copy(SEEDS / DUMP, folder / "seeds")
    rows = "".join(
        f'{{"title": "消息{number}", "date": "2020-03-0{number % 9 + 1}", "body": "庆阳市第{number}条。"}}\n'
        for number in range(60)
    )
    (folder / "seeds" / "rows.jsonl").write_text(rows)
    load(resolve_folders(root=folder))
    return folder


@pytest.fixture
def archive(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "archive")
    return resolve_folders(root=tmp_path / "archive")


def _rows(archive):
    text = (archive.articles / "addresses.csv").read_text()
    return list(csv.DictReader(text.splitlines()))


def _entered(archive):
    return [(unquote(row["address"]), int(row["pages"])) for row in _rows(archive)]


def _address_of(archive, name):
    return next(row["address"] for row in _rows(archive) if row["name"] == name)


def _page(archive, address):
    return (archive.output / unquote(address) / "index.html").read_text()


def _built(archive):
    """Every list and dump of a built site, with the number of its pages; not the five pages that name them all."""
    found = {}
    for kind in ("date", "on", "paper", "region", "source", "topic"):
        for path in (archive.output / kind).rglob("index.html"):
            base, _, number = path.parent.relative_to(archive.output).as_posix().partition("/page/")
            found[f"{base}/"] = max(found.get(f"{base}/", 1), int(number or 1))
    return {address: pages for address, pages in found.items() if address.count("/") > 1}


def _without_what_is_always_there(addresses):
    return {address: pages for address, pages in addresses.items() if not address.endswith("/unknown/")}


def test_every_list_and_every_page_of_it_is_entered(archive):
    build(archive, search=False)
    built = _built(archive)
    assert _without_what_is_always_there(built) == _without_what_is_always_there(dict(_entered(archive)))
    assert built["source/rows.jsonl/"] == 1
    assert built["date/2020/"] == 2


def test_a_load_that_finds_nothing_new_enters_nothing(archive):
    before = (archive.articles / "addresses.csv").read_bytes()
    load(archive)
    assert (archive.articles / "addresses.csv").read_bytes() == before


def test_a_list_that_loses_its_last_article_stays_with_ways_on(archive):
    records = read_archive(archive.articles)
    region = next(a.regions[0] for a in records.articles if a.regions and a.regions[0].count("/") == 1)
    for article in records.articles:
        path = archive.articles / records.files[article.id]
        lines = [line for line in path.read_text().split("\n") if not line.startswith("regions: ")]
        path.write_text("\n".join(lines))
    build(archive, search=False)
    address = _address_of(archive, region)
    page = _page(archive, address)
    assert 'content="noindex"' in page
    assert "地址保留" in page
    assert 'href="../../../region/"' in page
    feed = (archive.output / address / "feed.xml").read_text()
    assert "<entry>" not in feed
    assert check(archive).diagnostics == ()
    assert address not in (archive.output / "sitemap.xml").read_text()


def test_a_list_that_grew_shorter_keeps_its_last_pages(archive):
    records = read_archive(archive.articles)
    for article in [article for article in records.articles if (article.date or "").startswith("2020")][:30]:
        (archive.articles / records.files[article.id]).unlink()
    load(archive)
    build(archive, search=False)
    assert "目录短了" in _page(archive, "date/2020/page/2/")
    assert check(archive).diagnostics == ()


def test_a_renamed_dump_leads_on_from_its_old_address(archive):
    (archive.seeds / DUMP).rename(archive.seeds / "新名.txt")
    load(archive)
    build(archive, search=False)
    page = _page(archive, f"source/{DUMP}/")
    assert "换了地址" in page
    assert 'href="../../source/%E6%96%B0%E5%90%8D.txt/"' in page


def test_a_topic_with_another_slug_leads_on_from_its_old_address(archive):
    records = read_archive(archive.articles)
    topic = next(article.topics[0] for article in records.articles if article.topics)
    old = _address_of(archive, topic)
    (archive.root / "vocabulary").mkdir()
    (archive.root / "vocabulary" / "topics.yaml").write_text(f"{topic}: {{slug: other-words}}\n")
    build(archive, search=False)
    assert 'href="../../topic/other-words/"' in _page(archive, old)
    assert (archive.output / old / "feed.xml").is_file()


def test_lists_that_are_not_entered_are_pointed_out(archive):
    records = read_archive(archive.articles)
    path = archive.articles / records.files[records.articles[0].id]
    path.write_text(path.read_text().replace("\ntopics: [", "\ntopics: [新主题, "))
    assert "addresses-missing" in [diagnostic.code for diagnostic in build(archive, search=False).diagnostics]
    load(archive)
    assert "addresses-missing" not in [diagnostic.code for diagnostic in build(archive, search=False).diagnostics]


@pytest.mark.parametrize(
    "line",
    [
        "../../etc/,1,x",
        "a/abcdefgh/,1,x",
        "region/..%2f/,1,x",
        "region/gansu/,0,x",
        "region/",
        "on/11-05/,1,x",
        "date/2024/,1,x",
    ],
)
def test_an_address_that_is_none_is_an_error_with_its_line(archive, line):
    with (archive.articles / "addresses.csv").open("a") as file:
        file.write(f"{line}\n")
    (found,) = [d for d in load(archive).diagnostics if d.code == "addresses-damaged"]
    assert found.location.line == len((archive.articles / "addresses.csv").read_text().splitlines())
