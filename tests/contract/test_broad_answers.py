"""Answers that lie in many blocks of lengths are put in order by sizes: the same in both languages, and the same documents.

The archive is sparse, as one is from which most articles were withdrawn: its few articles lie in many blocks.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.records.archive import read_archive
from gongwen_site.search.format import BLOCK_SIZE
from gongwen_site.search.index import write_index
from gongwen_site.search.query import SearchIndex
from gongwen_site.search.rank import MOST_LENGTHS, PAGE_SIZE
from gongwen_site.vocabulary.load import load_vocabulary

HERE = Path(__file__).parent
BLOCKS = MOST_LENGTHS + 2
ARTICLES = 4 * BLOCKS
QUERIES = ("职工", "技能培训", "职工 培训", "“技能培训”", "职", "标题:培训", "培训 -竞赛")


def record(name, place):
    heading = "职工技能培训" if place % 7 == 0 else "职工文化节"
    body = "职工参加技能培训。" * (1 + place % 5) + "工会组织活动，大家很满意。" * (place * 13 % 17)
    if place % 9 == 0:
        body += "技能竞赛也在举行。"
    return f"---\nid: {name}\ntitle: {heading}第{place}期\n---\n{body}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles = tmp_path_factory.mktemp("sparse")
    step = BLOCK_SIZE * BLOCKS // ARTICLES
    lines = ["id,dump,line,state"]
    for number in range(BLOCK_SIZE * BLOCKS):
        place, rest = divmod(number, step)
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


def test_the_answers_are_broad_and_pages_in_order_of_score(folder):
    found = SearchIndex(folder).search("职工 培训", ARTICLES)
    blocks = {int(result.id[1:]) // BLOCK_SIZE for result in found.results}
    assert len(blocks) > MOST_LENGTHS
    first = [result.score for result in found.results[:PAGE_SIZE]]
    assert first == sorted(first, reverse=True)
