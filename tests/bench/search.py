"""Search against Pagefind and MiniSearch, over the same articles of a corpus: what is found, fetched, waited for, and built.

Articles are loaded by `gongwen load`, so that they have the tags that a site's have; the peers get plain pages of them.
"""

import html
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import search_time
from corpora import write_rows
from known_items import KINDS, KnownItem, KnownItems
from measure import ROOT, Contender, Table, npm, race
from search_fetched import fetched
from search_quality import EACH, LOOKED_AT, as_markdown, table

from gongwen_site.records.archive import read_archive
from gongwen_site.records.article import Article
from gongwen_site.search.documents import body_paragraphs
from gongwen_site.search.query import SearchIndex

PEERS = ("pagefind@1.6.0", "minisearch@7.2.0")
_HERE = Path(__file__).parent
_SEED = 1
_TIMED = 10
"""Queries of which the time is taken."""


def measure(work: Path, *, runs: int, articles: int, corpus: Path | None) -> str:
    """Return the tables. The peers are installed by npm on first use."""
    if corpus is None:
        return "search: --corpus is needed"
    site = Measured(work, corpus, articles)
    built = site.build(runs)
    items = [item for kind in KINDS for item in KnownItems(site.articles).draw(kind, EACH, _SEED)]
    parts = (built, fetched(site.index, items), site.found(items), site.waited(items, max(runs // 2, 1)))
    return "\n".join(map(str, parts))


class Measured:
    """A site of so many articles, and its peers' pages, below `work`."""

    def __init__(self, work: Path, corpus: Path, articles: int) -> None:
        self._work = work
        self._peers = npm("search-peers", *PEERS)
        write_rows(work / "seeds", corpus, articles)
        (work / "gongwen.yaml").touch()
        _run(sys.executable, "-m", "gongwen_site", "load", "--quiet", "--root", str(work))
        self.articles = read_archive(work / "articles").articles
        self._pages, self._rows, self.index = work / "pages", work / "articles.jsonl", work / "index"
        _write_pages(self.articles, self._pages, self._rows)

    def build(self, runs: int) -> Table:
        """Build both indexes in turn: seconds and memory, and what they weigh."""
        pagefind = self._peers / "node_modules" / ".bin" / "pagefind"
        bundle = self._work / "peer" / "pagefind"
        contenders = {
            "ours": _building(
                self.index, sys.executable, _HERE / "index_articles.py", self._work / "articles", self.index
            ),
            "Pagefind": _building(bundle, pagefind, "--quiet", "--site", self._pages, "--output-path", bundle),
        }
        ours, peer = race(contenders, runs).values()
        rows = (
            ("index, s", f"{ours.wall:.1f}", f"{peer.wall:.1f}", f"{ours.wall / peer.wall:.2f}"),
            ("peak of all processes, MB", f"{ours.peak:.0f}", f"{peer.peak:.0f}", f"{ours.peak / peer.peak:.2f}"),
        )
        return Table(title=f"Building search, {len(self.articles)} articles", head=_HEAD, rows=rows)

    def found(self, items: Sequence[KnownItem]) -> str:
        """Ask all engines for what is known to be there."""
        queries = json.dumps([item.query for item in items])
        places = {article.id: place for place, article in enumerate(self.articles)}
        index = SearchIndex(self.index)
        columns = {
            "ours": table(items, lambda query: [places[found.id] for found in index.search(query, LOOKED_AT).results])
        }
        for name, source in (("pagefind", self._work / "peer" / "pagefind"), ("minisearch", self._rows)):
            told = json.loads(_run("node", _HERE / "search_peers.mjs", name, source, given=queries, cwd=self._peers))
            answers: Mapping[str, list[int]] = {
                item.query: [places[found] for found in ids] for item, ids in zip(items, told, strict=True)
            }
            columns[name] = table(items, answers.__getitem__)
        return f"### What is found\n\n{as_markdown(columns)}\n"

    def waited(self, items: Sequence[KnownItem], rounds: int) -> Table:
        """Ask in a browser, over a slow line, words that stand in many articles."""
        site = self._work / "site"
        _run(
            sys.executable, "-m", "gongwen_site", "build", "--quiet", "--articles", ROOT / "articles", "--output", site
        )
        shutil.copytree(self.index, site / "search", dirs_exist_ok=True)
        shutil.copy(self.index / "manifest.json", site / "search")
        search_time.write_pagefind_page(self._work / "peer")
        index = SearchIndex(self.index)
        words = dict.fromkeys(item.query[:2] for item in items)
        broad = [word for word in words if index.search(word, 1).total >= search_time.WANTED][:_TIMED]
        times = search_time.race(site, self._work / "peer", broad, rounds)
        return Table(title="Waiting, 10 Mbit/s, 60 ms", head=_HEAD, rows=search_time.rows(times))


_HEAD = ("", "ours", "Pagefind", "ratio")


def _write_pages(articles: Sequence[Article], pages: Path, rows: Path) -> None:
    pages.mkdir(parents=True)
    with rows.open("w", encoding="utf-8") as out:
        for article in articles:
            title, paragraphs = html.escape(article.title), body_paragraphs(article.body)
            text = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
            page = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>\n{text}'
            (pages / f"{article.id}.html").write_text(page, encoding="utf-8")
            row = {"id": article.id, "title": article.title, "body": "\n".join(paragraphs)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _building(output: Path, *command: str | Path) -> Contender:
    return Contender(command=tuple(map(str, command)), prepare=partial(shutil.rmtree, output, ignore_errors=True))


def _run(*command: str | Path, given: str = "", cwd: Path | None = None) -> str:
    return subprocess.run(
        list(map(str, command)), input=given, stdout=subprocess.PIPE, check=True, text=True, cwd=cwd
    ).stdout
