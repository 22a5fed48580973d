"""The files of the index: loadable by Lunr 2.3.9, the same bytes each time, named by what they hold."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.register import Register
from gongwen_site.search.format import FORMAT_VERSION, utf16
from gongwen_site.search.index import write_index
from gongwen_site.search.query import SearchIndex, search
from gongwen_site.vocabulary.load import load_vocabulary

ARTICLES = Path(__file__).parents[2] / "contract" / "articles"
VOCABULARY = load_vocabulary(None)


@pytest.fixture(scope="module")
def archive():
    return read_archive(ARTICLES)


@pytest.fixture(scope="module")
def folder(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    write_index(archive, VOCABULARY, folder)
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_two_builds_are_equal_byte_for_byte(archive, folder, tmp_path):
    report = write_index(archive, VOCABULARY, tmp_path)
    assert files(tmp_path) == files(folder)
    assert report.files == len(files(folder))
    assert report.bytes == sum(map(len, files(folder).values()))
    assert report.documents == len(archive.articles)


def test_the_order_in_which_records_were_read_does_not_matter(archive, folder, tmp_path):
    turned = Archive(tuple(reversed(archive.articles)), archive.register, archive.ledgers, archive.files)
    write_index(turned, VOCABULARY, tmp_path)
    assert files(tmp_path) == files(folder)


def test_names_tell_contents(folder):
    for name, content in files(folder).items():
        assert name == "manifest.json" or name.endswith(f"-{hashlib.sha256(content).hexdigest()[:10]}.json")


def test_the_manifest_leads_to_every_file(folder):
    found = manifest(folder)
    rows = [row for name in found["blocks"].values() for row in json.loads((folder / name).read_text(encoding="utf-8"))]
    named = {
        "manifest.json",
        found["index"],
        found["facets"],
        *found["blocks"].values(),
        *(row["text"] for row in rows),
    }
    assert named == set(files(folder))
    assert found["format"] == FORMAT_VERSION
    assert found["documents"] == len(rows)


def test_terms_ascend_as_lunr_js_demands(folder):
    index = json.loads((folder / manifest(folder)["index"]).read_text(encoding="utf-8"))
    terms = [term for term, _ in index["lunr"]["invertedIndex"]]
    assert terms == sorted(terms, key=utf16)
    assert terms != sorted(terms)  # 﨑 and 𠮷 stand in another order by code point
    assert [posting["_index"] for _, posting in index["lunr"]["invertedIndex"]] == list(range(len(terms)))
    assert index["lunr"]["pipeline"] == []
    assert len(index["words"]) == len(terms)


def test_document_numbers_are_places_in_the_register(archive, folder):
    numbers = archive.register.number_of()
    table = json.loads((folder / manifest(folder)["facets"]).read_text(encoding="utf-8"))
    assert [row[0] for row in table["documents"]] == sorted(numbers[article.id] for article in archive.articles)


def test_a_region_brings_the_regions_above_it_with_their_addresses(folder):
    table = json.loads((folder / manifest(folder)["facets"]).read_text(encoding="utf-8"))
    assert ["甘肃省", "gansu"] in table["regions"]
    assert ["甘肃省/白银市", "gansu/baiyin"] in table["regions"]


def test_results_show_the_text_as_the_site_does(archive, tmp_path):
    article = archive.by_id["o2h6u7le"]
    printed = Archive((replace(article, deck="白银:改革,见闻"),), Register(), {}, {})
    for full_width, deck in ((True, "白银：改革，见闻"), (False, "白银:改革,见闻")):
        folder = tmp_path / str(full_width)
        write_index(printed, VOCABULARY, folder, full_width=full_width)
        block = json.loads((folder / manifest(folder)["blocks"]["0"]).read_text(encoding="utf-8"))
        assert block[0]["deck"] == deck
        assert search(folder, "改革，见闻", 1).total == 1


def test_markdown_of_a_body_is_no_part_of_its_text(archive, tmp_path):
    article = replace(archive.by_id["o2h6u7le"], body="## 小标题\n\n1\\. 第一\\*条&amp;&lt;b&gt;\n")
    write_index(Archive((article,), Register(), {}, {}), VOCABULARY, tmp_path)
    block = json.loads((tmp_path / manifest(tmp_path)["blocks"]["0"]).read_text(encoding="utf-8"))
    text = json.loads((tmp_path / block[0]["text"]).read_text(encoding="utf-8"))
    assert text["paragraphs"] == ["小标题", "1. 第一*条&<b>"]


def test_an_empty_archive_has_an_index_that_finds_nothing(tmp_path):
    report = write_index(Archive((), Register(), {}, {}), VOCABULARY, tmp_path)
    assert report.documents == 0
    assert SearchIndex(tmp_path).search("白银", 10).results == ()
    assert SearchIndex(tmp_path).search("", 10).total == 0
