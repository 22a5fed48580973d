"""Where a reader reports an error: mail and forms come filled in, anything else is linked as it is or not at all."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from gongwen_site.builder.build import render_site
from gongwen_site.config import Config
from gongwen_site.records.archive import read_archive
from gongwen_site.vocabulary.load import load_vocabulary

GOLDEN = Path(__file__).parents[2] / "golden" / "site"


def _links(folder, contact):
    """The report links of an article's page and of its dump's."""
    archive = read_archive(GOLDEN / "articles")
    config = Config(contact=contact, base_url="https://example.org/x/")
    render_site(archive, load_vocabulary(None), config, seeds=GOLDEN / "seeds", output=folder)
    for page in ("a/goldaaaa/index.html", "source/甲报/一版 #1.txt/index.html"):
        text = (folder / page).read_text(encoding="utf-8")
        part = text.partition(">指出错误</a>")[0]
        yield part.rpartition('href="')[2].partition('"')[0].replace("&amp;", "&") if part != text else None


@pytest.mark.parametrize(
    ("contact", "subject", "letter"),
    [
        ("editor@example.org", "subject", "body"),
        ("mailto:editor@example.org", "subject", "body"),
        ("https://github.com/o/r/issues/new", "title", "body"),
        ("https://github.com/o/r/issues/new?labels=error", "title", "body"),
        ("https://gitlab.com/o/r/-/issues/new", "issue[title]", "issue[description]"),
    ],
)
def test_a_report_names_article_title_dump_lines_and_page(tmp_path, contact, subject, letter):
    article, dump = (parse_qs(urlsplit(link).query) for link in _links(tmp_path, contact))
    known = read_archive(GOLDEN / "articles").by_id["goldaaaa"]
    assert "goldaaaa" in article[subject][0]
    lines = article[letter][0].split("\n")
    assert "编号：goldaaaa" in lines
    assert any(line.startswith("标题：") for line in lines)
    assert f"原稿：{known.provenance.seed}" in lines
    assert any(line.startswith(f"原稿行：{known.provenance.lines[0][0]}") for line in lines)
    assert "网页：https://example.org/x/a/goldaaaa/" in lines
    assert f"原稿：{known.provenance.seed}" in dump[letter][0].split("\n")


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("https://example.org/contact", "https://example.org/contact"),
        ("javascript:alert(1)", None),
        ("工会大厦三层", None),
        (None, None),
    ],
)
def test_another_contact_is_linked_as_it_is_if_it_is_of_the_web(tmp_path, contact, link):
    assert set(_links(tmp_path, contact)) == {link}
