"""Of an archive so large that sizes are not whole, the first page is settled by bounds: alike in both languages, and as
Lunr orders it.

The archive is sparse, as one is from which most articles were withdrawn: its few articles lie in two blocks.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.records.archive import read_archive
from gongwen_site.search.columns import lengths_of, size_of
from gongwen_site.search.format import FEW_BITS, MANY_BITS, STRETCH_SIZE
from gongwen_site.search.index import write_index
from gongwen_site.search.query import SearchIndex
from gongwen_site.search.rank import PAGE_SIZE
from gongwen_site.vocabulary.load import load_vocabulary

HERE = Path(__file__).parent
ARTICLES = 88
STEP = 2 * STRETCH_SIZE // ARTICLES
QUERIES = (
    "职工",
    "技能培训",
    "职工 培训",
    "“技能培训”",
    "职",
    "标题:培训",
    "培训 -竞赛",
    "大家满意",
    "培训 日期:..2019",
)


def record(name, place):
    heading = "职工技能培训" if place % 7 == 0 else "职工文化节"
    body = "职工参加技能培训。" * (1 + place % 5) + "工会组织活动，大家很满意。" * (place * 13 % 17)
    if place % 9 == 0:
        body += "技能竞赛也在举行。"
    return f"---\nid: {name}\ntitle: {heading}第{place}期\n---\n{body}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles = tmp_path_factory.mktemp("sparse")
    lines = ["id,dump,line,state"]
    for number in range(ARTICLES * STEP):
        place, rest = divmod(number, STEP)
        name = f"a{number:07d}"
        lines.append(f"{name},,0,{'withdrawn' if rest else 'active'}")
        if not rest:
            (articles / f"{name}.md").write_text(record(name, place), encoding="utf-8")
    (articles / "ids.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    folder = tmp_path_factory.mktemp("search")
    write_index(read_archive(articles), load_vocabulary(None), folder)
    return folder


@pytest.fixture(scope="module")
def browser(folder):
    node = shutil.which("node")
    assert node, "node is needed to test what the browser runs"
    command = [node, str(HERE / "run.mjs"), "search", str(folder)]
    done = subprocess.run(command, input=json.dumps(QUERIES), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return dict(zip(QUERIES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("query", QUERIES)
def test_shell_and_browser_order_a_broad_answer_alike(query, folder, browser):
    found = SearchIndex(folder).search(query, PAGE_SIZE)
    said = browser[query]
    assert found.total == said["total"]
    assert [(r.id, r.score) for r in found.results] == [(r["id"], r["score"]) for r in said["results"]]


@pytest.mark.parametrize("query", ["职工", "职工 培训", "培训 -竞赛"])
def test_the_first_page_is_that_of_whole_lengths_though_sizes_are_not_whole(query, folder):
    index = SearchIndex(folder)
    page = [(r.id, r.score) for r in index.search(query, PAGE_SIZE).results]
    every = index.search(query, ARTICLES).results  # each page has told the lengths of its documents
    assert len(every) > PAGE_SIZE
    assert page == sorted(((r.id, r.score) for r in every), key=lambda pair: (-pair[1], pair[0]))[:PAGE_SIZE]


@pytest.mark.parametrize("bits", [1, FEW_BITS, 3, MANY_BITS])
def test_a_length_lies_within_the_bounds_of_its_size_and_no_other(bits):
    after = -1
    for size in range(size_of(5000, bits) + 1):
        least, most = lengths_of(size, bits)
        assert least == after + 1
        assert {size_of(least, bits), size_of((least + most) // 2, bits), size_of(most, bits)} == {size}
        after = most
