"""The index split by term answers as one whole Lunr index of the same terms does: same documents, same scores.

lunr.py builds the whole one, lunr.js is asked in node; queries are drawn from the archive's terms by a seed.
"""

import importlib.util
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from gongwen_site.records.archive import read_archive
from gongwen_site.search.format import FIELDS
from gongwen_site.search.index import write_index
from gongwen_site.vocabulary.load import load_vocabulary

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("whole_lunr", HERE / "whole_lunr.py")
whole_lunr = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(whole_lunr)

ARCHIVES = {"contract": HERE / "articles", "seeds": HERE.parents[1] / "articles"}
QUERIES = 500


@pytest.fixture(scope="module", params=sorted(ARCHIVES))
def indexes(request, tmp_path_factory):
    """The folder of the split index, the file of the whole one, and the terms of each document."""
    folder = tmp_path_factory.mktemp(request.param)
    archive, vocabulary = read_archive(ARCHIVES[request.param]), load_vocabulary(None)
    write_index(archive, vocabulary, folder / "search")
    documents = list(whole_lunr.documents_of(archive, vocabulary))
    whole = folder / "whole.json"
    whole.write_text(json.dumps(whole_lunr.whole_lunr(documents), ensure_ascii=False), encoding="utf-8")
    return folder / "search", whole, documents


def drawn_queries(documents, count):
    """Yield queries of one to six clauses, mostly of terms of one document, of every kind that Lunr has for whole terms."""
    draw = random.Random(5)
    fields = [name for name, _ in FIELDS]
    for _ in range(count):
        terms = sorted({term for field in draw.choice(documents)[1].values() for term in field})
        clauses = []
        for term in draw.sample(terms, draw.randint(1, min(6, len(terms)))):
            clause = {"term": term}
            if draw.random() < 0.2:
                clause |= {"prefix": True, "term": term[: draw.randint(1, len(term))]}
            if draw.random() < 0.3:
                clause["presence"] = draw.choice(["required", "prohibited"])
            if draw.random() < 0.3:
                clause["fields"] = draw.sample(fields, draw.randint(1, len(fields)))
            if draw.random() < 0.2:
                clause["boost"] = draw.choice([2, 3, 0.5])
            clauses.append(clause)
        if draw.random() < 0.05:
            clauses.append({"term": "无此一词", "presence": draw.choice(["optional", "required", "prohibited"])})
        if draw.random() < 0.05:
            clauses = [{**clause, "presence": "prohibited"} for clause in clauses]
        yield clauses


def test_the_split_index_answers_as_a_whole_lunr_index(indexes):
    folder, whole, documents = indexes
    node = shutil.which("node")
    assert node, "node is needed to test what the browser runs"
    done = subprocess.run(
        [node, HERE / "oracle.mjs", folder, whole],
        input=json.dumps(list(drawn_queries(documents, QUERIES))),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["differences"] == []
    assert said["answered"] > QUERIES * 0.6
