"""The files of the index: all there, the same bytes each time, nearly all untouched by one more article."""

import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.article import Article
from gongwen_site.records.register import Register
from gongwen_site.search.check import check_index
from gongwen_site.search.columns import Facets, date_text
from gongwen_site.search.format import FORMAT_VERSION, pack, unpack, utf16
from gongwen_site.search.index import write_index
from gongwen_site.search.query import SearchIndex
from gongwen_site.search.shards import SHARD_MOST, read_page, read_shard
from gongwen_site.search.store import Store
from gongwen_site.search.texts import Documents
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


@pytest.fixture(scope="module")
def many():
    """Twelve hundred short articles: more than two blocks, of words that are made up."""
    rng = Random(1)
    words = ["".join(chr(rng.randrange(0x4E00, 0x5E00)) for _ in range(rng.randint(1, 4))) for _ in range(3000)]

    def text(length):
        return "".join(words[int(len(words) * rng.random() ** 2)] for _ in range(length))

    articles = tuple(
        Article(id=f"m{number:07}", title=text(3), body=f"{text(12)}，{text(9)}。\n", date="2024-11-05")
        for number in range(1200)
    )
    return Archive(articles, Register(), {}, {})


@pytest.fixture(scope="module")
def many_folder(many, tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    write_index(many, VOCABULARY, folder)
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def catalogue(folder):
    return Store(folder).json(f"catalogue-{manifest(folder)['catalogue']}.bin")


def shards(folder):
    """Return the first term that the directory gives and the entries of each shard, in order."""
    store = Store(folder)
    return [
        (first, read_shard(store.read(f"shards/{shard}.bin")))
        for _, page in manifest(folder)["pages"]
        for first, shard in read_page(store.read(f"pages/{page}.bin"))
    ]


def test_two_builds_are_equal_byte_for_byte(archive, folder, tmp_path):
    report = write_index(archive, VOCABULARY, tmp_path).report
    assert files(tmp_path) == files(folder)
    assert report.files == len(files(folder))
    assert report.bytes == sum(map(len, files(folder).values()))
    assert report.documents == len(archive.articles)
    assert report.terms == sum(len(entries) for _, entries in shards(folder))


def test_the_order_in_which_records_were_read_does_not_matter(archive, folder, tmp_path):
    turned = Archive(tuple(reversed(archive.articles)), archive.register, archive.ledgers, archive.files)
    write_index(turned, VOCABULARY, tmp_path)
    assert files(tmp_path) == files(folder)


def test_neither_the_size_of_runs_nor_who_makes_them_changes_a_byte(many, many_folder, tmp_path):
    write_index(many, VOCABULARY, tmp_path / "small", run_characters=5_000)
    with ThreadPoolExecutor(2) as executor:
        write_index(many, VOCABULARY, tmp_path / "large", run_characters=40_000, executor=executor)
    assert files(tmp_path / "small") == files(tmp_path / "large") == files(many_folder)


def test_one_more_article_leaves_nearly_all_files_as_they_are(many, many_folder, tmp_path):
    body = f"{many.articles[5].body[:20]}{many.articles[700].body[:20]}龘\n"
    added = Article(id="m9999999", title=many.articles[3].title, body=body)
    write_index(Archive((*many.articles, added), Register(), {}, {}), VOCABULARY, tmp_path)
    before, after = files(many_folder), files(tmp_path)
    of = {
        kind: {name for name in before if name.startswith(kind)}
        for kind in ("shards/", "sizes/", "rests/", "facets/", "text/")
    }
    assert len(of["shards/"] - after.keys()) < len(of["shards/"]) / 4
    assert len(of["sizes/"] - after.keys()) == len(of["facets/"] - after.keys()) == 1
    assert all(after[name] == before[name] for name in of["text/"])


def test_names_tell_contents(folder):
    for name, content in files(folder).items():
        if name != "manifest.json" and not name.startswith("text/"):
            assert hashlib.sha256(unpack(content)).hexdigest()[:12] == re.fullmatch(r".*[-/](\w{12})\.bin", name)[1]


def test_the_manifest_leads_to_every_file(archive, folder):
    found = manifest(folder)
    pages = [name for _, name in found["pages"]]
    store = Store(folder)
    named = {
        "manifest.json",
        *(f"{kind}-{found[kind]}.bin" for kind in ("catalogue", "spelling", "folding")),
        *(f"{kind}/{name}.bin" for kind in ("sizes", "rests", "facets") for name in found[kind]),
        *(f"pages/{name}.bin" for name in pages),
        *(f"shards/{name}.bin" for page in pages for _, name in read_page(store.read(f"pages/{page}.bin"))),
        *(f"text/{number}.bin" for number in Facets(store, found).all_numbers()),
    }
    assert named == set(files(folder))
    assert found["format"] == FORMAT_VERSION
    assert found["documents"] == len(archive.articles)


@pytest.mark.parametrize("built", ["folder", "many_folder"])
def test_terms_ascend_as_lunr_js_demands_and_begin_where_the_directory_says(built, request):
    found = shards(request.getfixturevalue(built))
    terms = [entry.term for _, entries in found for entry in entries]
    assert terms == sorted(terms, key=utf16)
    assert len(set(terms)) == len(terms)
    assert [first for first, _ in found] == [entries[0].term for _, entries in found]
    if built == "folder":
        assert terms != sorted(terms)  # 﨑 and 𠮷 stand in another order by code point


def test_no_shard_is_large_but_for_one_large_term(many_folder):
    store = Store(many_folder)
    for _, page in manifest(many_folder)["pages"]:
        for _, name in read_page(store.read(f"pages/{page}.bin")):
            content = store.read(f"shards/{name}.bin")
            assert len(content) <= SHARD_MOST or len(read_shard(content)) == 1


def test_document_numbers_are_places_in_the_register(archive, folder):
    numbers = archive.register.number_of()
    facets = Facets(Store(folder), manifest(folder))
    assert facets.all_numbers() == sorted(numbers[article.id] for article in archive.articles)
    documents = Documents(Store(folder))
    assert all(documents.text(numbers[article.id])["id"] == article.id for article in archive.articles)


def test_facets_say_what_the_records_say(archive, folder):
    numbers, names, facets = archive.register.number_of(), catalogue(folder), Facets(Store(folder), manifest(folder))
    facets.prepare_all()
    for article in archive.articles:
        facts = facets.of(numbers[article.id])
        assert date_text(facts.date) == (article.date or "")
        assert (None if facts.paper is None else names["papers"][facts.paper][0]) == article.source
        assert tuple(names["regions"][place][0] for place in facts.regions) == article.regions
        assert tuple(names["topics"][place][0] for place in facts.topics) == article.topics


def test_the_catalogue_counts_what_lies_within_a_region(archive, folder):
    names = dict(map(tuple, catalogue(folder)["regions"]))
    assert names["甘肃省"] == sum(any(path.startswith("甘肃省") for path in a.regions) for a in archive.articles)
    assert "甘肃省/白银市" in names
    spelling = Store(folder).json(f"spelling-{manifest(folder)['spelling']}.bin")
    assert spelling["regions"][list(names).index("甘肃省/白银市")] == "bai yin shi"


def test_a_topic_counts_the_topics_that_are_part_of_it(archive, tmp_path):
    article = archive.articles[0]
    broad = replace(VOCABULARY.topics["产业工人队伍建设改革"], name="宽")
    narrow = replace(broad, name="窄", broader="宽")
    vocabulary = replace(VOCABULARY, topics={"宽": broad, "窄": narrow})
    tagged = (replace(article, topics=("窄",)), replace(article, id="zzzzzzz1", topics=("窄", "宽")))
    write_index(Archive(tagged, Register(), {}, {}), vocabulary, tmp_path)
    assert catalogue(tmp_path)["topics"] == [["宽", 2], ["窄", 2]]
    assert catalogue(tmp_path)["broader"] == [-1, 0]


def test_unknown_facts_are_counted_and_the_newest_come_first(tmp_path):
    dates = ("2024-11", None, "2024-11-05", "2023", "2024-11-05")
    articles = tuple(Article(id=f"d{place:07}", title="题", body="文\n", date=date) for place, date in enumerate(dates))
    write_index(Archive(articles, Register(), {}, {}), VOCABULARY, tmp_path)
    assert catalogue(tmp_path) == {
        "regions": [],
        "topics": [],
        "broader": [],
        "papers": [],
        "months": [["", 1], ["2023", 1], ["2024-11", 3]],
        "unknown": [5, 5, 5],
        "newest": [2, 4, 0, 3, 1],
    }


def test_names_are_read_as_their_words_are(tmp_path):
    paths = ("重庆市", "安徽省/六安市", "山西省/长治市", "山西省/吕梁市")
    article = Article(id="dyinzi01", title="题", body="文\n", regions=paths, source="重庆日报")
    write_index(Archive((article,), Register(), {}, {}), VOCABULARY, tmp_path)
    spelling = Store(tmp_path).json(f"spelling-{manifest(tmp_path)['spelling']}.bin")
    said = dict(zip([name for name, _ in catalogue(tmp_path)["regions"]], spelling["regions"], strict=True))
    assert [said[path] for path in paths] == ["chong qing shi", "lu an shi", "zhang zhi shi", "lv liang shi"]
    assert spelling["papers"] == ["chong qing ri bao"]


def test_results_show_the_text_as_the_site_does(archive, tmp_path):
    article = archive.by_id["o2h6u7le"]
    printed = Archive((replace(article, deck="白银:改革,见闻"),), Register(), {}, {})
    for full_width, deck in ((True, "白银：改革，见闻"), (False, "白银:改革,见闻")):
        folder = tmp_path / str(full_width)
        write_index(printed, VOCABULARY, folder, full_width=full_width)
        assert Documents(Store(folder)).text(0)["deck"] == deck


def test_an_empty_archive_has_an_index_that_finds_nothing(tmp_path):
    report = write_index(Archive((), Register(), {}, {}), VOCABULARY, tmp_path).report
    assert (report.documents, report.terms) == (0, 0)
    assert SearchIndex(tmp_path).search("白银", 10).results == ()
    assert SearchIndex(tmp_path).search("", 10).total == 0
    assert check_index(tmp_path, ()) == ()


def codes(diagnostics):
    return {diagnostic.code for diagnostic in diagnostics}


def test_a_whole_index_is_in_order(archive, folder):
    assert check_index(folder, archive.by_id) == ()
    assert codes(check_index(folder, list(archive.by_id)[1:])) == {"index-stale"}


@pytest.mark.parametrize(
    "kind",
    ["manifest.json", "catalogue-*", "folding-*", "pages/*", "shards/*", "sizes/*", "rests/*", "facets/*", "text/*"],
)
@pytest.mark.parametrize("harm", [lambda _: b"", lambda content: content[:-9], pack, lambda _: pack(b"\xff\xff")])
def test_a_file_that_is_not_what_it_was_is_told(archive, tmp_path, kind, harm):
    write_index(archive, VOCABULARY, tmp_path)
    harmed = min(tmp_path.glob(kind))
    harmed.write_bytes(harm(harmed.read_bytes()))
    assert codes(check_index(tmp_path, archive.by_id)) == {"index-damaged"}
    harmed.unlink()
    assert codes(check_index(tmp_path, archive.by_id)) == {"index-damaged"}
