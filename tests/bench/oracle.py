"""The index split by term against one whole Lunr index of the same articles: ids, scores and order of random queries.

    python tests/bench/oracle.py --corpus ROWS.jsonl.xz --articles 10000 --queries 2000 --work FOLDER

lunr.py builds the whole index: at 10,000 articles that takes an hour and 8 GB or so, so it is kept in FOLDER and made but
once. lunr.js is asked in node. It prints how many queries were answered, how many results they had, and every difference.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from corpora import write_rows
from measure import ROOT

from gongwen_site.records.archive import read_archive
from gongwen_site.search.index import write_index
from gongwen_site.vocabulary.load import load_vocabulary

CONTRACT = ROOT / "tests" / "contract"


def main() -> int:
    """Compare, and return 1 if anything differs."""
    options = _options()
    work: Path = options.work
    articles = options.records or _loaded(work, options.corpus, options.articles)
    archive, vocabulary = read_archive(articles), load_vocabulary(None)
    contract = _module(CONTRACT / "test_lunr_part.py")
    documents = list(contract.whole_lunr.documents_of(archive, vocabulary))
    whole = work / "whole.json"
    if not whole.exists():
        made = json.dumps(contract.whole_lunr.whole_lunr(documents), ensure_ascii=False)
        whole.write_text(made, encoding="utf-8")
    write_index(archive, vocabulary, work / "search")
    queries = contract.drawn_queries(documents, options.queries)
    command = ["node", "--max-old-space-size=12000", str(CONTRACT / "oracle.mjs"), str(work / "search"), str(whole)]
    given = json.dumps(list(queries))
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, text=True)
    said = json.loads(done.stdout)
    print(
        f"{len(archive.articles)} articles, {options.queries} queries, {said['answered']} answered, {said['results']} results"
    )
    print(f"{said['count']} differences in ids, scores or order")
    for difference in islice(said["differences"], 5):
        print(json.dumps(difference, ensure_ascii=False)[:2000])
    return int(said["count"] > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--corpus", type=Path, help="rows to load the articles from")
    parser.add_argument("--records", type=Path, help="a folder of records to take instead")
    parser.add_argument("--work", type=Path, required=True, help="where the indexes are kept")
    options = parser.parse_args()
    if not options.corpus and not options.records:
        parser.error("--corpus or --records is needed")
    return options


def _loaded(work: Path, corpus: Path, count: int) -> Path:
    """Return the records of the first articles of a corpus, loaded as `gongwen load` does."""
    if not (work / "articles").is_dir():
        write_rows(work / "seeds", corpus, count)
        (work / "gongwen.yaml").touch()
        subprocess.run([sys.executable, "-m", "gongwen_site", "load", "--quiet", "--root", str(work)], check=True)
    return work / "articles"


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
