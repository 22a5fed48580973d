"""The golden site, page by page, and what must hold of every site: relative, the same each time, nothing let through."""

import csv
import hashlib
import importlib.util
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from gongwen_site.builder.build import render_site
from gongwen_site.builder.check import check_site
from gongwen_site.config import Config
from gongwen_site.errors import GongwenError
from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.register import Register
from gongwen_site.resources import templates_folder
from gongwen_site.vocabulary.load import load_vocabulary

GOLDEN = Path(__file__).parents[2] / "golden"
WITHDRAWN_WORDS = "这一行属于一篇后来撤下的报道"


def load_refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_refresh", GOLDEN / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = load_refresh()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    golden.build(folder)
    return folder


@pytest.fixture(scope="module")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    golden.build(folder, base_url="/news")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", golden.PAGES)
def test_a_page_is_as_it_was_last_read_by_a_person(site: Path, name: str):
    expected = (golden.EXPECTED / name).read_text(encoding="utf-8")
    assert (site / name).read_text(encoding="utf-8") == expected, "if it is meant: python tests/golden/refresh.py"


def test_two_builds_are_equal_byte_for_byte(site: Path, tmp_path: Path):
    golden.build(tmp_path)
    assert files_of(tmp_path) == files_of(site)


def test_every_link_asset_and_fragment_leads_somewhere(site: Path, bare_site: Path):
    assert check_site(site) == ()
    assert check_site(bare_site) == ()


def test_pages_are_the_same_wherever_the_site_is_served(site: Path, bare_site: Path):
    absolute = re.compile(
        r'<link rel="canonical".*?>\n|<meta property="og:url".*?>\n|"(?:url|mainEntityOfPage)": "[^"]*"|mailto:[^"]*'
    )
    for name in ("index.html", "date/2024/11/index.html", "region/gansu/index.html", "source/rows.jsonl/index.html"):
        whole, relative = ((folder / name).read_text(encoding="utf-8") for folder in (site, bare_site))
        assert absolute.sub("", whole) == absolute.sub("", relative)


def test_without_a_whole_address_no_page_claims_one(bare_site: Path):
    for name in ("index.html", "a/goldaaaa/index.html", "feed.xml", "feed.json", "sitemap.xml", "robots.txt"):
        assert "example.org/gongwen" not in (bare_site / name).read_text(encoding="utf-8")
    assert 'rel="canonical"' not in (bare_site / "index.html").read_text(encoding="utf-8")


def test_the_links_of_the_404_page_begin_with_the_path_of_the_site(site: Path, bare_site: Path):
    for folder, path in ((site, "/gongwen/"), (bare_site, "/news/")):
        links = re.findall(r'(?:href|src|action)="([^"]*)"', (folder / "404.html").read_text(encoding="utf-8"))
        assert [link for link in links if not link.startswith(path) and link != "#main"] == []


def test_words_of_a_withdrawn_article_are_nowhere(site: Path):
    assert WITHDRAWN_WORDS in (GOLDEN / "site" / "seeds" / "甲报" / "一版 #1.txt").read_text(encoding="utf-8")
    assert [name for name, content in files_of(site).items() if WITHDRAWN_WORDS.encode() in content] == []
    assert "goldwwww" in (site / "a" / "goldwwww" / "index.html").read_text(encoding="utf-8")


def test_a_withdrawn_article_keeps_what_the_log_says_of_it(site: Path):
    notice = (site / "a" / "goldwwww" / "index.html").read_text(encoding="utf-8")
    assert "应被报道者要求撤下" in notice
    assert 'href="../../corrections/"' in notice


def test_every_page_is_described(site: Path):
    pages = {name: text.decode() for name, text in files_of(site).items() if name.endswith(".html")}
    described = re.compile(r'<meta name="description" content="[^"]+"')
    assert [name for name, text in pages.items() if not described.search(text)] == []


def test_a_superseded_address_leads_to_the_article_that_has_its_lines(site: Path):
    assert 'href="../../a/goldaaaa/"' in (site / "a" / "goldssss" / "index.html").read_text(encoding="utf-8")


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x0b\x1b"


def test_no_field_of_a_record_becomes_markup(tmp_path: Path):
    archive = read_archive(GOLDEN / "site" / "articles")
    articles = []
    for article in archive.articles:
        texts = dict.fromkeys(
            ("title", "kicker", "deck", "standing_head", "source", "page", "editor", "url", "edition", "status"), NASTY
        )
        people = tuple(replace(person, name=NASTY, role=NASTY) for person in article.byline)
        articles.append(
            replace(
                article,
                **texts,
                byline=people,
                topics=(NASTY,),
                regions=(NASTY,),
                zones=(NASTY,),
                keywords=(NASTY,),
                extra={NASTY: NASTY},
                body=NASTY + "\n\n" + article.body,
            )
        )
    nasty = Archive(tuple(articles), archive.register, archive.ledgers, archive.files, archive.corrections)
    report = render_site(nasty, load_vocabulary(None), Config(), seeds=GOLDEN / "site" / "seeds", output=tmp_path)
    assert report.pages > 20
    for path in (path for path in tmp_path.rglob("*.html") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        elements = _Elements()
        elements.feed(text)
        assert [tag for tag, _ in elements.found if tag == "img"] == []
        assert [attrs for _, attrs in elements.found if "onerror" in attrs] == []
        assert text.count("<script") == sum(tag == "script" for tag, _ in elements.found)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    for path in tmp_path.rglob("*.xml"):
        ET.fromstring(path.read_text(encoding="utf-8"))
    linked_data = re.search(
        r"ld\+json\">(.*?)</script>", (tmp_path / "a/goldaaaa/index.html").read_text(encoding="utf-8")
    )
    assert linked_data is not None
    assert json.loads(linked_data[1])["headline"].startswith("</script><script>")


def test_every_template_is_used(site: Path):
    used = "".join(
        path.read_text(encoding="utf-8") for path in (Path(__file__).parents[3] / "src").rglob("builder/*.py")
    )
    used += "".join(path.read_text(encoding="utf-8") for path in templates_folder().rglob("*.html"))
    names = {path.relative_to(templates_folder()).as_posix() for path in templates_folder().rglob("*.html")}
    assert {name for name in names if f'"{name}"' not in used} == set()
    assert site.is_dir()


def test_data_are_the_records_word_for_word(site: Path):
    archive = read_archive(GOLDEN / "site" / "articles")
    records = [json.loads(line) for line in (site / "data/articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in records] == [article.id for article in archive.articles]
    assert [record.get("body", "") for record in records] == [article.body for article in archive.articles]
    rows = list(csv.DictReader(io.StringIO((site / "data/articles.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [row["title"] for row in rows] == [article.title for article in archive.articles]
    package = json.loads((site / "data/datapackage.json").read_text(encoding="utf-8"))
    fields = [field["name"] for field in package["resources"][1]["schema"]["fields"]]
    assert fields == list(rows[0])


def test_checksums_are_those_of_the_files(site: Path):
    for line in (site / "data/SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((site / "data" / name).read_bytes()).hexdigest() == digest


def test_every_address_has_a_page_and_every_facet_a_feed(site: Path):
    files = files_of(site)
    for folder in (
        "region/unknown",
        "topic/unknown",
        "paper/unknown",
        "date/unknown",
        "on/11-05",
        "search",
        "about/rights",
    ):
        assert f"{folder}/index.html" in files
    lists = [name for name in files if re.match(r"(?:region|topic|paper)/(?!unknown).+/index\.html$", name)]
    assert lists
    assert [name for name in lists if name.replace("index.html", "feed.xml") not in files] == []
    assert {"robots.txt", "opensearch.xml", ".nojekyll", "assets/css/gongwen.css"} <= set(files)
    scripts = {name for name in files if name.startswith("assets/js/")}
    assert {f"assets/js/{name}.js" for name in ("engine", "gongwen", "search")} <= scripts
    made_of = ("search/", "cite/", "page.js", "theme.js", "article.js")  # the bundles
    assert not any(name.startswith(made_of, len("assets/js/")) for name in scripts)


def test_long_lists_go_on_at_page_two(tmp_path: Path):
    archive = read_archive(GOLDEN / "site" / "articles")
    pattern = archive.by_id["golddddd"]
    many = tuple(replace(pattern, id=f"many{number:04}", date=f"19{number:02}") for number in range(50, 99))
    longer = Archive((*archive.articles, *many, replace(pattern, id="manyzzzz")), Register(), {}, {})
    render_site(longer, load_vocabulary(None), Config(), seeds=tmp_path, output=tmp_path)
    first = (tmp_path / "region/shaanxi/index.html").read_text(encoding="utf-8")
    second = (tmp_path / "region/shaanxi/page/2/index.html").read_text(encoding="utf-8")
    assert first.count('<li class="item">') == 50
    assert second.count('<li class="item">') == 1
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert "<title>陕西省 · 工闻</title>" in first
    assert "<title>陕西省 · 第 2 页 · 工闻</title>" in second
    assert check_site(tmp_path) == ()


def test_an_empty_archive_is_a_site(tmp_path: Path):
    report = render_site(
        Archive((), Register(), {}, {}), load_vocabulary(None), Config(), seeds=tmp_path, output=tmp_path
    )
    assert report.articles == 0
    assert check_site(tmp_path) == ()


def test_two_names_of_one_address_are_an_error(tmp_path: Path):
    archive = read_archive(GOLDEN / "site" / "articles")
    vocabulary = load_vocabulary(None)
    topic = next(iter(vocabulary.topics.values()))
    twins = {"甲": replace(topic, name="甲"), "乙": replace(topic, name="乙")}
    article = replace(archive.articles[0], topics=("甲", "乙"))
    shared = Archive((article,), Register(), {}, {})
    with pytest.raises(GongwenError, match="address-shared"):
        render_site(shared, replace(vocabulary, topics=twins), Config(), seeds=tmp_path, output=tmp_path)
