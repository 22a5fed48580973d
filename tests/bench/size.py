"""What a site weighs on disk: bytes an article by kind of file, and inside the article's page by part, as Markdown tables::

    python tests/bench/size.py _site [--article ID]

Bytes are those of the files, not of the blocks that a disk gives them; a kind's share is divided by the number of articles.
"""

import argparse
import gzip
import re
from collections import Counter
from pathlib import Path
from statistics import quantiles

_KINDS = (
    ("article pages", r"a/"),
    ("data", r"data/"),
    ("search: texts", r"search/(?:.*/)?text"),
    ("search: the rest", r"search/"),
    ("pages of dumps", r"source/"),
    ("pages of dates", r"(?:date|on)/.*html$"),
    ("feeds", r".*feed\.(?:xml|json)$"),
    ("pages of regions, topics, papers", r"(?:region|topic|paper)/"),
    ("scripts, styles, icons", r"assets/"),
    ("sitemap", r"sitemap"),
)
_OTHER = "all else"
_PARTS = (
    ("head: metadata for programs", r"<meta (?:name|property)=[^>]*>\n?"),
    ("head: JSON-LD, CSL-JSON", r"<script type=[^>]*json.*?</script>\n?"),
    ("head: the rest", r"<!doctype.*?<body>\n?"),
    ("header and navigation", r"<a class=\"skip.*?</header>\n?"),
    ("footer", r"<footer.*"),
    ("body: words", None),
    ("body: markup", r"<div class=\"body\">.*?(?=<aside|<div class=\"after)"),
    ("why the tags", r"<details class=\"why\">.*?</details>"),
    ("description", r"<aside.*?</aside>\n?"),
    ("citation", r"<section[^>]*><h2[^>]*>引用.*?</section>\n?"),
    ("origin, doubts, corrections", r"<section[^>]*><h2[^>]*>(?:原始出处|存疑|更正记录).*?</section>\n?"),
    ("neighbours", r"<section[^>]*neighbours.*?</section>\n?"),
    ("related", r"<section[^>]*related.*?</section>\n?"),
)


def kind_of(path: str) -> str:
    """Return which kind of file stands at a path of a site."""
    return next((kind for kind, pattern in _KINDS if re.match(pattern, path)), _OTHER)


def parts_of(page: str) -> Counter[str]:
    """Return the bytes of an article's page by part."""
    sizes: Counter[str] = Counter()
    for name, pattern in _PARTS:
        if pattern is None:
            continue
        found = list(re.finditer(pattern, page, re.DOTALL))
        page = re.sub(pattern, "", page, flags=re.DOTALL)
        sizes[name] = sum(len(match[0].encode()) for match in found)
        if name == "body: markup":
            words = sum(len(re.sub(r"<[^>]*>|\n", "", match[0]).encode()) for match in found)
            sizes["body: words"] = words
            sizes[name] -= words
    sizes["headline and the rest"] = len(page.encode())
    return sizes


def measure(site: Path) -> str:
    """Return the tables for a built site."""
    sizes: Counter[str] = Counter()
    files: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    pages, packed = [], []
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        sizes[kind_of(name)] += path.stat().st_size
        files[kind_of(name)] += 1
        if re.fullmatch(r"a/[a-z0-9]+/index\.html", name):
            content = path.read_bytes()
            pages.append(len(content))
            parts.update(parts_of(content.decode()))
            if len(pages) % 20 == 0:
                packed.append(len(gzip.compress(content)))
    count = len(pages)
    whole = sum(sizes.values())
    rows = ["| kind | files | bytes an article |\n| --- | ---: | ---: |"]
    rows += [f"| {kind} | {files[kind]} | {size / count:.0f} |" for kind, size in sizes.most_common()]
    rows.append(f"| all | {sum(files.values())} | {whole / count:.0f} |")
    rows.append("\n| part of an article's page | bytes, mean |\n| --- | ---: |")
    rows += [f"| {name} | {size / count:.0f} |" for name, size in parts.most_common()]
    if len(packed) > 1:
        twentieths = quantiles(packed, n=20)
        rows.append(f"\nArticle pages, gzipped: median {twentieths[9]:.0f} bytes, p95 {twentieths[18]:.0f}.")
    return "\n".join(rows)


def main() -> None:
    """Print the tables of a site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    print(measure(parser.parse_args().site))


if __name__ == "__main__":
    main()
