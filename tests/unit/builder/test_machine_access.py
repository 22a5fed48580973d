"""What programs read: the metadata that Zotero takes a newspaper's article from, JSON-LD, feeds, sitemap, data."""

import csv
import importlib.util
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from gongwen_site.builder.build import render_site
from gongwen_site.builder.check import check_site
from gongwen_site.builder.data import articles_json_lines, published_json_lines
from gongwen_site.builder.dictionary import PUBLISHED
from gongwen_site.config import Config
from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.register import Register
from gongwen_site.vocabulary.load import load_vocabulary

GOLDEN = Path(__file__).parents[2] / "golden"
ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/gongwen/"
NEWS_ARTICLE = {  # schema.org/NewsArticle and the types above it: those properties that an article here may have
    *("dateline", "printColumn", "printEdition", "printPage", "printSection", "articleSection", "headline", "author"),
    *("alternativeHeadline", "inLanguage", "datePublished", "isPartOf", "contentLocation", "about", "keywords"),
    *("isBasedOn", "archivedAt", "identifier", "url", "mainEntityOfPage", "isAccessibleForFree", "license"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("golden_refresh", GOLDEN / "refresh.py")
    golden = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(golden)
    folder = tmp_path_factory.mktemp("site")
    golden.build(folder)
    return folder


def articles(site):
    pages = [(path.parent.name, path.read_text(encoding="utf-8")) for path in sorted(site.glob("a/*/index.html"))]
    return [(name, page) for name, page in pages if "citation_title" in page]


def metas(page):
    """Return what each meta element says, under its name and under its property."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"(?: property="([^"]+)")?>', page)
    return [(key, said) for name, said, twin in found for key in (name, twin) if key]


def test_zotero_reads_a_newspaper_article_and_no_other_kind(site):
    found = articles(site)
    assert found
    for name, page in found:
        said = metas(page)
        keys = {key for key, _ in said}
        assert dict(said)["DC.type"] == "newspaperArticle"
        assert dict(said)["og:type"] == "article"
        assert dict(said)["DC.identifier"] == name
        assert {"citation_title", "citation_language", "DC.title", "og:title", "description", "og:description"} <= keys
        for trap in (
            "citation_journal_title",
            "citation_isbn",
            "citation_conference_title",
            "DC.coverage",
            "generator",
        ):
            assert trap not in keys
        assert ("prism.publicationName" in keys) == ("DC.source" in keys)
        assert [v for k, v in said if k == "citation_author"] == [v for k, v in said if k == "DC.creator"]


def test_linked_data_are_what_schema_org_has_for_a_news_article(site):
    for _, page in articles(site):
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
        assert data.pop("@context") == "https://schema.org"
        assert data.pop("@type") == "NewsArticle"
        assert set(data) <= NEWS_ARTICLE
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", data.get("datePublished", "2024"))
        for key, kinds in {
            "author": {"Person", "Organization"},
            "contentLocation": {"Place"},
            "about": {"Thing"},
        }.items():
            assert {part["@type"] for part in data.get(key, [])} <= kinds
        assert data.get("isPartOf", {"@type": "Newspaper"})["@type"] == "Newspaper"
        assert all(data.values())


def test_every_atom_feed_has_what_the_standard_asks_and_a_json_twin(site):
    feeds = sorted(site.rglob("feed.xml"))
    assert {path.parent.relative_to(site).parts[:1] for path in feeds} >= {
        (),
        ("region",),
        ("topic",),
        ("paper",),
        ("corrections",),
    }
    ids = set()
    for path in feeds:
        feed = ET.fromstring(path.read_text(encoding="utf-8"))
        where = path.relative_to(site).as_posix()
        assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith(where.replace(" ", "%20"))
        ids.add(feed.findtext(f"{ATOM}id"))
        for node in (feed, *feed.iter(f"{ATOM}entry")):
            assert node.findtext(f"{ATOM}id").startswith("urn:uuid:")
            assert node.findtext(f"{ATOM}title")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", node.findtext(f"{ATOM}updated"))
        twin = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert twin["version"] == "https://jsonfeed.org/version/1.1"
        assert twin["feed_url"] == BASE + where.replace(".xml", ".json")
        entries = [
            (entry.findtext(f"{ATOM}id"), entry.find(f"{ATOM}link").get("href")) for entry in feed.iter(f"{ATOM}entry")
        ]
        assert [(item["id"], item["url"]) for item in twin["items"]] == entries
        assert all(item["title"] and item["content_text"] for item in twin["items"])
    assert len(ids) == len(feeds)


def test_a_list_names_both_of_its_feeds(site):
    page = (site / "region/gansu/index.html").read_text(encoding="utf-8")
    for kind, name in (("atom", "xml"), ("feed", "json")):
        assert re.search(
            rf'<link rel="alternate" type="application/{kind}\+\w+" title="甘肃省[^"]*" href="[^"]*region/gansu/feed\.{name}">',
            page,
        )


def test_a_sitemap_past_its_limit_is_an_index_of_several(tmp_path, monkeypatch):
    monkeypatch.setattr("gongwen_site.builder.feeds._SITEMAP_LIMIT", 10)
    archive = read_archive(GOLDEN / "site" / "articles")
    render_site(archive, load_vocabulary(None), Config(base_url=BASE), seeds=tmp_path, output=tmp_path)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring((tmp_path / "sitemap.xml").read_text(encoding="utf-8"))
    assert index.tag == f"{space}sitemapindex"
    pages = []
    for place in index.iter(f"{space}loc"):
        assert place.text.startswith(BASE)
        part = ET.fromstring((tmp_path / place.text.removeprefix(BASE)).read_text(encoding="utf-8"))
        found = [node.text for node in part.iter(f"{space}loc")]
        assert 0 < len(found) <= 10
        pages += found
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", node.text) for node in part.iter(f"{space}lastmod"))
    assert len(pages) == len(set(pages))
    assert BASE + "a/goldaaaa/" in pages
    assert BASE + "cite/" not in pages


def test_no_cell_of_the_table_is_a_formula(tmp_path):
    archive = read_archive(GOLDEN / "site" / "articles")
    title = "=HYPERLINK(1)"
    one = replace(archive.articles[0], title=title, deck="＋1", kicker="——一")
    render_site(Archive((one,), Register(), {}, {}), load_vocabulary(None), Config(), seeds=tmp_path, output=tmp_path)
    text = (tmp_path / "data/articles.csv").read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["title"], row["deck"], row["kicker"]) == ("'" + title, "'＋1", "——一")
    assert json.loads((tmp_path / "data/articles.jsonl").read_text(encoding="utf-8"))["title"] == title


def test_a_large_archive_packs_its_lines_and_its_table_leaves_out_the_longest(tmp_path, monkeypatch):
    archive = read_archive(GOLDEN / "site" / "articles")
    whole = articles_json_lines(archive.articles)
    monkeypatch.setattr("gongwen_site.builder.data._LARGE", len(archive.articles))
    for name in ("one", "other"):
        render_site(archive, load_vocabulary(None), Config(), seeds=tmp_path, output=tmp_path / name)
    data = tmp_path / "one/data"
    assert {path.name: path.read_bytes() for path in data.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "other/data").iterdir()
    }
    assert not (data / "articles.jsonl").exists()
    assert published_json_lines(tmp_path / "one") == whole.encode()
    lines, table = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert (lines["path"], lines["compression"]) == ("articles.jsonl.gz", "gz")
    header = (data / "articles.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert [field["name"] for field in table["schema"]["fields"]] == header
    assert {field.name for field in PUBLISHED} - set(header) == {"body", "evidence", "provenance"}
    assert check_site(tmp_path / "one") == ()


def test_page_package_and_documents_have_the_same_fields(site):
    names = [field.name for field in PUBLISHED]
    package = json.loads((site / "data/datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        assert [field["name"] for field in resource["schema"]["fields"]] == names
    page = (site / "data/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<tr id="(\w+)">', page) == names
    for document in sorted((Path(__file__).parents[3] / "docs").glob("fields*.md")):
        assert re.findall(r"^\| `(\w+)` ", document.read_text(encoding="utf-8"), re.MULTILINE) == names
