"""The records of the repository to as many dumps as a measurement wants: paragraphs recombined, the same on each run."""

import html
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from random import Random

from measure import ROOT

from gongwen_site.records.archive import read_archive
from gongwen_site.records.article import Article

_ARTICLES_A_PAGE = 5
_NAVIGATION = ("首页", "新闻", "权益", "评论", "技能", "县区", "图片", "专题", "读报", "关于我们")
_FOOTER = ("版权所有 未经授权不得转载", "联系我们", "返回顶部")


def recombined(count: int) -> Iterator[tuple[str, str, list[str]]]:
    """Yield headline, byline and paragraphs of `count` articles: those of one record each, drawn anew."""
    records = [article for article in read_archive(ROOT / "articles").articles if len(_paragraphs(article)) > 3]
    for number in range(count):
        rng = Random(number)
        article = records[number % len(records)]
        paragraphs = _paragraphs(article)
        kept = sorted(rng.sample(range(len(paragraphs)), rng.randrange(3, len(paragraphs) + 1)))
        # A sum of money that no other article has, so that none is another's reprint.
        yield (
            f"{article.title}",
            f"本报记者 {rng.choice('张王李赵')}{rng.choice('伟芳敏静')}",
            [f"{paragraphs[place][:-1]}，涉及资金{number}.{place}万元。" for place in kept],
        )


def _paragraphs(article: Article) -> list[str]:
    return [block.replace("\\", "") for block in article.body.strip().split("\n\n") if not block.startswith("#")]


def write_pages(folder: Path, count: int) -> None:
    """Write newspaper pages as text, five articles a page."""
    folder.mkdir(parents=True)
    articles = [f"{title}\n{byline}\n\n" + "\n\n".join(text) for title, byline, text in recombined(count)]
    for start in range(0, count, _ARTICLES_A_PAGE):
        page = "\n\n".join(articles[start : start + _ARTICLES_A_PAGE]) + "\n\n本版责编：李四\n"
        (folder / f"{start:06d}.txt").write_text(page, encoding="utf-8")


def write_html(folder: Path, count: int) -> None:
    """Write saved web pages, an article a page, with what stands around it on a news site."""
    folder.mkdir(parents=True)
    titles = [title for title, _, _ in recombined(30)]
    for number, (title, byline, text) in enumerate(recombined(count)):
        links = "".join(f'<li><a href="/{n}.html">{html.escape(other)}</a></li>' for n, other in enumerate(titles))
        menu = "".join(f'<li><a href="/{n}/">{word}</a></li>' for n, word in enumerate(_NAVIGATION))
        body = "\n".join(f"<p>　　{html.escape(paragraph)}</p>" for paragraph in text)
        page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(title)}-某某新闻网</title>
<script>var page = {{id: {number}, tags: ["<p>", "</p>"]}};</script><style>.nav li {{float: left}}</style></head>
<body><div class="nav"><ul>{menu}</ul></div>
<div class="main"><h1>{html.escape(title)}</h1>
<div class="info"><span>2024-11-{number % 28 + 1:02d} 08:30</span> <span>来源：某某日报</span> <span>{byline}</span></div>
<div class="content">{body}</div><div class="editor">责任编辑：李四</div></div>
<div class="side"><h3>相关新闻</h3><ul>{links}</ul></div>
<div class="footer">{"".join(f"<p>{word}</p>" for word in _FOOTER)}</div></body></html>
"""
        (folder / f"{number:06d}.html").write_text(page, encoding="utf-8")


def write_rows(folder: Path, source: Path, count: int) -> None:
    """Write the first `count` rows of a JSON Lines file, .xz or plain, as one dump."""
    folder.mkdir(parents=True)
    opener = lzma.open if source.suffix == ".xz" else open
    with opener(source, "rt", encoding="utf-8") as lines, (folder / "rows.jsonl").open("w", encoding="utf-8") as out:
        for _, line in zip(range(count), lines, strict=False):
            json.loads(line)  # a row that is none would measure nothing
            out.write(line)


def size_of(folder: Path) -> float:
    """Return the MB of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
