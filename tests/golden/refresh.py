"""Writes the pages of the golden site anew, for a person to read the difference: `python tests/golden/refresh.py`."""

import shutil
import tempfile
from pathlib import Path

from gongwen_site.builder.build import BuildReport, render_site
from gongwen_site.config import Config
from gongwen_site.records.archive import read_archive
from gongwen_site.vocabulary.load import load_vocabulary

HERE = Path(__file__).parent / "site"
EXPECTED = HERE / "expected"
BASE_URL = "https://example.org/gongwen/"
PAGES = (
    "404.html",
    "a/goldaaaa/index.html",
    "a/goldbbbb/index.html",
    "a/golddddd/index.html",
    "a/goldssss/index.html",
    "a/goldwwww/index.html",
    "corrections/index.html",
    "data/articles.csv",
    "data/articles.jsonl",
    "date/2024/11/index.html",
    "feed.json",
    "feed.xml",
    "index.html",
    "region/gansu/index.html",
    "sitemap.xml",
    "source/rows.jsonl/index.html",
    "source/甲报/一版 #1.txt/index.html",
)


def build(output: Path, base_url: str = BASE_URL) -> BuildReport:
    """Build the golden site into an empty folder."""
    archive = read_archive(HERE / "articles")
    config = Config(base_url=base_url, contact="editor@example.org")
    return render_site(archive, load_vocabulary(None), config, seeds=HERE / "seeds", output=output)


def refresh() -> None:
    """Replace the expected pages by what the program writes now."""
    shutil.rmtree(EXPECTED, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        for name in PAGES:
            target = EXPECTED / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder) / name, target)


if __name__ == "__main__":
    refresh()
