"""Python writes and the shell searches, the browser reads: both sides must say the same of every case.

The cases are data files; `run.mjs` runs the browser's modules in node.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.records.archive import read_archive
from gongwen_site.resources import lunr_script
from gongwen_site.search import analyze
from gongwen_site.search.index import write_index
from gongwen_site.search.plan import Kind, plan, read
from gongwen_site.search.postings import Postings
from gongwen_site.search.query import SearchIndex
from gongwen_site.vocabulary.load import load_vocabulary

HERE = Path(__file__).parent
LIMIT = 20


def cases(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


TEXTS = cases("texts.json")
READINGS = cases("readings.json")
QUERIES = cases("queries.json")


def in_node(*arguments, given):
    node = shutil.which("node")
    assert node, "node is needed to test what the browser runs"
    command = [node, str(HERE / "run.mjs"), *map(str, arguments)]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def browser_analysis():
    return in_node("analyze", given=[case["text"] for case in TEXTS])


def python_analysis(text):
    runs = analyze.runs(analyze.normalise(text))
    return {
        "plain": analyze.plain(text),
        "runs": runs,
        "han": [analyze.is_han(run) for run in runs],
        "bigrams": [analyze.bigrams(run) if analyze.is_han(run) else [] for run in runs],
        "parts": [[] if analyze.is_han(run) else analyze.parts(run) for run in runs],
    }


@pytest.mark.parametrize("place", range(len(TEXTS)), ids=[repr(case["text"]) for case in TEXTS])
def test_both_languages_analyze_a_text_alike(place, browser_analysis):
    case = TEXTS[place]
    said = python_analysis(case["text"])
    assert said["runs"] == case["runs"]
    for key in ("bigrams", "parts"):
        if key in case:
            assert [term for terms in said[key] for term in terms] == case[key]
    assert browser_analysis[place] == said


def python_reading(query):
    reading = read(query)
    pieces = [{"kind": p.kind.value, "runs": list(p.runs), "prefix": p.prefix} for p in reading.pieces]
    return {"blank": reading.blank, "pieces": pieces}


def test_both_languages_read_a_query_alike():
    said = in_node("read", given=[case["query"] for case in READINGS])
    for case, browser in zip(READINGS, said, strict=True):
        expected = {
            "blank": case.get("blank", False),
            "pieces": [{"prefix": False, **piece} for piece in case["pieces"]],
        }
        assert python_reading(case["query"]) == expected, case["query"]
        assert browser == expected, case["query"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    write_index(read_archive(HERE / "articles"), load_vocabulary(None), folder)
    return folder


@pytest.fixture(scope="module")
def index(folder):
    return SearchIndex(folder)


@pytest.fixture(scope="module")
def postings(folder):
    return Postings(folder)


@pytest.fixture(scope="module")
def browser_answers(folder):
    return dict(zip(QUERIES, in_node("search", folder, lunr_script(), given=QUERIES), strict=True))


@pytest.mark.parametrize("query", QUERIES)
def test_shell_and_browser_find_the_same_articles_with_the_same_scores(query, index, postings, browser_answers):
    found = index.search(query, LIMIT)
    browser = browser_answers[query]
    assert found.total == browser["total"]
    assert [(r.id, r.score, r.title, r.url) for r in found.results] == [
        (r["id"], r["score"], r["title"], r["url"]) for r in browser["results"]
    ]
    assert [list(words) for words in plan(read(query), postings).cut] == browser["cut"]


def test_the_list_of_queries_asks_in_every_way(index, postings):
    kinds = {piece.kind for query in QUERIES for piece in read(query).pieces}
    tiers = {ranked.tier for query in QUERIES for ranked in index.ranked(query)}
    assert kinds == set(Kind)
    assert tiers == {1, 2, 3}
    assert any(len(words) > 2 for query in QUERIES for words in plan(read(query), postings).cut)
