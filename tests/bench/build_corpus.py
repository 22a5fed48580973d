"""Articles to what each contender builds from: an archive as `gongwen load` makes it, plain records, Hugo's content.

The articles are those of a corpus, evenly spaced over the whole of it, or recombined from the records of the repository.
"""

import json
import lzma
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TextIO, cast

from corpora import recombined
from list_site import Addresses, date_of, levels_of, named

from gongwen_site.records.archive import read_archive
from gongwen_site.records.article import Article, DateCertainty
from gongwen_site.records.frontmatter import render_record
from gongwen_site.vocabulary.load import load_vocabulary

_FIRST, _DAYS = date(2018, 1, 1), 7 * 365
_REGIONS, _MOST_REGIONS, _MOST_TOPICS = 600, 3, 4
_PAPERS = ("工人日报", "甘肃日报", "甘肃工人报")


def write_archive(root: Path, corpus: Path | None, articles: int) -> None:
    """Make `root` an archive of so many articles, loaded from one dump with all their tags."""
    (root / "seeds").mkdir(parents=True)
    (root / "gongwen.yaml").write_text("title: 试库\n", encoding="utf-8")
    rows = _drawn(articles) if corpus is None else _spaced(corpus, articles)
    with (root / "seeds" / "rows.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(rows)
    command = (sys.executable, "-m", "gongwen_site", "load", "--quiet", "--root", str(root))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def count_of(corpus: Path) -> int:
    """Return how many articles a corpus has."""
    with _opened(corpus) as lines:
        return sum(1 for _ in lines)


def _opened(corpus: Path) -> TextIO:
    found = (lzma.open if corpus.suffix == ".xz" else open)(corpus, "rt", encoding="utf-8")
    return cast("TextIO", found)


def _spaced(corpus: Path, articles: int) -> Iterator[str]:
    count = count_of(corpus)
    if count < articles:
        raise SystemExit(f"{corpus.name} has {count} articles")
    with _opened(corpus) as lines:
        yield from (
            line for place, line in enumerate(lines) if place * articles // count != (place + 1) * articles // count
        )


def _drawn(articles: int) -> Iterator[str]:
    for number, (title, byline, paragraphs) in enumerate(recombined(articles)):
        rng = Random(number)
        row = {
            "title": title,
            "date": (_FIRST + timedelta(days=rng.randrange(_DAYS))).isoformat(),
            "source": rng.choice(_PAPERS),
            "body": "\n".join((byline, *paragraphs)),
        }
        yield json.dumps(row, ensure_ascii=False) + "\n"


def write_records(root: Path, folder: Path, *, with_tags: bool) -> None:
    """Write the articles of an archive as records that say no more than what other generators are told.

    `with_tags` are one to three regions and one to four topics drawn from the vocabularies, in the place of those found.
    """
    folder.mkdir()
    vocabulary = load_vocabulary(None)
    regions, topics = sorted(vocabulary.regions.by_path)[:_REGIONS], sorted(vocabulary.topics)
    for number, article in enumerate(read_archive(root / "articles").articles):
        rng = Random(number)
        drawn = rng.sample(regions, rng.randint(1, _MOST_REGIONS)), rng.sample(topics, rng.randint(1, _MOST_TOPICS))
        plain = Article(
            id=article.id,
            title=article.title,
            deck=article.deck,
            byline=article.byline,
            source=article.source,
            date=date_of(article.date),
            date_certainty=DateCertainty.PRINTED,
            regions=tuple(drawn[0]) if with_tags else article.regions,
            topics=tuple(drawn[1]) if with_tags else article.topics,
            body=article.body,
        )
        (folder / f"{number:06d}.md").write_text(render_record(plain), encoding="utf-8")


def write_content(records: Path, site: Path, hugo: Path) -> None:
    """Write the articles of a folder of records as content of the Hugo site in the folder `hugo`, which is copied to `site`."""
    shutil.copytree(hugo, site)
    content, data = site / "content" / "a", site / "data"
    content.mkdir(parents=True)
    data.mkdir()
    addresses = Addresses()
    archive = read_archive(records)
    files = sorted(archive.by_id, key=archive.files.__getitem__)
    for name in files:
        article, number = archive.by_id[name], archive.files[name].removesuffix(".md")
        addresses.add(article.regions, article.topics)
        front = _front(article, addresses) | {"slug": number}
        # JSON is YAML, too.
        values = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
        (content / f"{number}.md").write_text(f"---\n{values}---\n{article.body}", encoding="utf-8")
    named_regions = {
        slug: {"name": region.rpartition("/")[2], "path": [addresses.regions[above] for above in levels_of(region)]}
        for region, slug in addresses.regions.items()
    }
    named_topics = {slug: {"name": topic} for topic, slug in addresses.topics.items()}
    for name, found in (("regions", named_regions), ("topics", named_topics)):
        (data / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _front(article: Article, addresses: Addresses) -> Mapping[str, object]:
    nodes = dict.fromkeys(above for region in article.regions for above in levels_of(region))
    day = date_of(article.date)
    return {
        "title": article.title,
        "deck": article.deck or "",
        "byline": named(article.byline),
        "source": article.source or "",
        "date": day,
        "regions": [addresses.regions[region] for region in article.regions],
        "region_nodes": [addresses.regions[region] for region in nodes],
        "topics": [addresses.topics[topic] for topic in article.topics],
        "months": [day[:7]],
    }
