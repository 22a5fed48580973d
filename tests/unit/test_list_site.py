"""The pages by which `make bench` compares the engine with other generators: made of records by the engine as it is."""

import re
import subprocess
import sys
from pathlib import Path

from gongwen_site.records.archive import read_archive

REPOSITORY = Path(__file__).parents[2]


def test_its_links_and_its_sitemap_lead_to_pages(tmp_path):
    command = (REPOSITORY / "tests" / "bench" / "make_list_site.py", REPOSITORY / "articles", tmp_path / "site", 1)
    subprocess.run([sys.executable, *map(str, command)], check=True)
    pages = {
        path.relative_to(tmp_path / "site").as_posix(): path.read_text(encoding="utf-8")
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    articles = read_archive(REPOSITORY / "articles").articles
    assert len([name for name in pages if name.startswith("a/")]) == len(articles)
    told = {address for page in pages.values() for address in re.findall(r'href="/([^"]*)"', page)} - {"style.css"}
    told |= set(re.findall(r"<loc>https://example\.org/([^<]*)</loc>", pages["sitemap.xml"]))
    assert {
        f"{address}index.html" if address.endswith("/") or not address else address for address in told
    } <= pages.keys()
