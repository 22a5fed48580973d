"""Python writes and the shell searches, the browser reads: both sides must say the same of every case.

The cases are data files; `run.mjs` runs the browser's modules in node.
"""

import json
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path
from random import Random

import pytest

from gongwen_site.records.archive import read_archive
from gongwen_site.search import analyze
from gongwen_site.search.index import write_index
from gongwen_site.search.names import Names
from gongwen_site.search.query import SearchIndex, State
from gongwen_site.search.reading import Kind, read
from gongwen_site.vocabulary.load import load_vocabulary

HERE = Path(__file__).parent
LIMIT = 20


def cases(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


TEXTS = cases("texts.json")
READINGS = cases("readings.json")
ASKED = cases("queries.json")  # queries, and states of the page
NAMES = cases("names.json")
QUERIES = [query for query in ASKED if isinstance(query, str)]


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


PIECE = {"field": "", "prefix": False, "quoted": False}
FILTER = {"excluded": False, "first": "", "last": ""}
NOTE = {"field": "", "read": "", "names": []}


def as_data(value):
    return json.loads(json.dumps(asdict(value)))


def test_both_languages_read_a_query_alike():
    queries = [case["query"] * case.get("times", 1) for case in READINGS]
    for case, query, browser in zip(READINGS, queries, in_node("read", given=queries), strict=True):
        reading = as_data(read(query))
        assert browser == reading, query[:80]
        if "times" in case:
            assert [len(reading[key]) for key in ("pieces", "filters", "notes")] == case["found"], query[:80]
            continue
        assert reading == {
            "blank": case.get("blank", False),
            "pieces": [PIECE | piece for piece in case.get("pieces", ())],
            "filters": [FILTER | asked for asked in case.get("filters", ())],
            "notes": [NOTE | note for note in case.get("notes", ())],
        }, query


def test_both_languages_know_a_name_alike():
    catalogue, asked = NAMES["catalogue"], NAMES["cases"]
    names = Names(catalogue, str)
    browser = in_node("names", given=[[catalogue, [case["ask"], *case["of"]]] for case in asked])
    for case, said in zip(asked, browser, strict=True):
        found = getattr(names, case["ask"])(*case["of"])
        listed = found[0] if case["ask"] == "spelt" else found
        told = [name if isinstance(name, int) else name.name for name in listed]
        assert told == case["names"], case
        assert (said["names"] if case["ask"] == "spelt" else said) == [
            name if isinstance(name, int) else asdict(name) for name in listed
        ], case
        if case["ask"] == "spelt":
            assert said["read"] == found[1] == case.get("read", "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    write_index(read_archive(HERE / "articles"), load_vocabulary(None), folder)
    return folder


@pytest.fixture(scope="module")
def index(folder):
    return SearchIndex(folder)


@pytest.fixture(scope="module")
def browser_results(folder):
    return dict(zip(QUERIES, in_node("search", folder, given=QUERIES), strict=True))


@pytest.mark.parametrize("query", QUERIES)
def test_shell_and_browser_find_the_same_articles_with_the_same_scores(query, index, browser_results):
    assert browser_results[query] == as_data(index.search(query, LIMIT))


BLANK = {"q": "", "region": "", "topic": "", "paper": "", "from": "", "to": ""} | {
    "sort": "",
    "match": "",
    "literal": "",
    "page": 1,
}
STATES = [BLANK | ({"q": asked} if isinstance(asked, str) else asked) for asked in ASKED]
SHELL_NAMES = {"from": "since", "to": "until"}


def in_shell(state):
    return State(**{SHELL_NAMES.get(key, key): value for key, value in state.items()})


@pytest.fixture(scope="module")
def browser_answers(folder):
    return in_node("ask", folder, given=STATES)


def as_the_browser_says(found):
    """What SearchIndex.ask gives, with the words and names of pieces and filters beside them, as the page takes it."""
    said = as_data(found)
    reading, cut, names = said["reading"], said.pop("cut"), said.pop("names")
    reading["pieces"] = [piece | {"words": words} for piece, words in zip(reading["pieces"], cut, strict=True)]
    reading["filters"] = [
        asked | {"names": listed, "from": asked["first"], "to": asked["last"]}
        for asked, listed in zip(reading["filters"], names, strict=True)
    ]
    return said


@pytest.mark.parametrize("place", range(len(STATES)), ids=[json.dumps(asked, ensure_ascii=False) for asked in ASKED])
def test_shell_and_browser_answer_a_state_of_the_page_alike(place, index, browser_answers):
    state = in_shell(STATES[place])
    said = as_the_browser_says(index.ask(state)) | {"counts": as_data(index.counts(state))}
    assert browser_answers[place] == said


def drawn_queries(count):
    """Queries put together at random of words, marks and signs that mean something or might."""
    rng = Random(5)
    words = [
        "白银",
        "产业工人",
        "王轶男",
        "劳模",
        "创新工作室",
        "饺子",
        "张国华",
        "圖書館",
        "李长河",
        "水库",
        "的",
        "轶",
        "𠮷",
        "by",
        "f-16",
        "cov",
        "35千伏",
        "照片",
        "2024",
        "xyz",
        "火星",
    ]
    marks = [
        "-",
        "“",
        "”",
        '"',
        "「",
        "」",
        " ",
        " ",
        " ",
        " ",
        "标题:",
        "作者:",
        "地区:",
        "报纸：",
        "日期:",
        "主题:",
        "*",
        "~",
        "😀",
        "，",
    ]
    return [
        "".join(rng.choice(words if rng.random() < 0.6 else marks) for _ in range(rng.randrange(1, 9)))
        for _ in range(count)
    ]


def test_shell_and_browser_answer_whatever_is_typed_alike(index, folder):
    states = [BLANK | {"q": query} for query in drawn_queries(400)]
    for state, browser in zip(states, in_node("ask", folder, given=states), strict=True):
        asked = in_shell(state)
        assert browser == as_the_browser_says(index.ask(asked)) | {"counts": as_data(index.counts(asked))}, state["q"]


def test_the_list_of_queries_asks_in_every_way(index):
    answers = [index.ask(in_shell(state)) for state in STATES]
    assert {piece.kind for found in answers for piece in found.reading.pieces} == set(Kind)
    assert {piece.field for found in answers for piece in found.reading.pieces} == {"", "title", "author"}
    assert {asked.field for found in answers for asked in found.reading.filters} == {"region", "topic", "paper", "date"}
    assert {ranked.tier for found in answers for ranked in found.ranked} == {1, 2, 3}
    assert {note.code for found in answers for note in found.reading.notes} >= {
        *("empty-field", "unknown-name", "unreadable-date", "unreadable", "too-long", "pinyin", "names")
    }
    assert any(found.partial for found in answers)
    assert any(len(words) > 2 for found in answers for words in found.cut)
