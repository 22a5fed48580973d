"""A second archive — another province, newspapers of its own, an English interface, its own template, style and words — is a
site like the first: it passes the same checks, and says nothing in the first one's language.
"""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.commands.search import answers
from gongwen_site.records.archive import read_archive
from gongwen_site.wording import wording

SECOND = Path(__file__).parents[1] / "second"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("second") / "archive"
    shutil.copytree(SECOND, root)
    found = resolve_folders(root=root)
    assert [d.code for d in load(found).diagnostics] == []
    assert [d.code for d in build(found).diagnostics] == []
    return found


@pytest.fixture(scope="module")
def pages(folders):
    return {path.relative_to(folders.output).as_posix(): path.read_text(encoding="utf-8")
            for path in folders.output.rglob("*.html") if path.is_file()}  # fmt: skip


class _Texts(HTMLParser):
    """The words of a page, those of scripts and styles left out, and those of its attributes that are read out."""

    def __init__(self, page):
        super().__init__()
        self.texts, self._silent = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._silent = tag in {"script", "style"}
        self.texts += [
            value for name, value in attrs if name in {"aria-label", "placeholder", "title", "content"} and value
        ]

    def handle_endtag(self, tag):  # noqa: ARG002 - the parser's signature
        self._silent = False

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.texts.append(data.strip())


def _leaves(tree):
    if isinstance(tree, str):
        yield tree
    else:
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(value)


def test_its_records_are_of_its_places_and_newspapers(folders):
    found = {article.title: article for article in read_archive(folders.articles).articles}
    dockers = next(article for title, article in found.items() if title.startswith("海风里的装卸班"))
    assert (dockers.source, dockers.date, dockers.date_certainty) == ("鹭港工人报", "2023-05-12", "printed")
    assert dockers.regions[0].startswith("福建省/厦门市")
    assert found["漳州渔港办起渔工夜校"].source == "海丝新闻网"
    assert "渔业" in found["泉州渔工有了流动法律援助船"].topics
    assert found["莆田盐工领到高温津贴"].regions == ("福建省/莆田市",)


def test_it_passes_the_checks_of_the_first(folders):
    assert check(folders).diagnostics == ()


def test_every_page_says_its_language_and_is_described(pages):
    assert [name for name, page in pages.items() if '<html lang="en">' not in page] == []
    assert [
        name for name, page in pages.items() if not re.search(r'<meta name="description" content="[^"]+"', page)
    ] == []


def test_nothing_is_said_in_another_language_or_left_unfilled(pages):
    chinese = wording("zh-CN")
    first = {text for text in (*_leaves(chinese.site), *_leaves(chinese.search)) if re.search("[一-鿿]", text)}
    first.difference_update(_leaves(wording("en").site), _leaves(wording("en").search))
    for name, page in pages.items():
        texts = _Texts(page).texts
        assert first.isdisjoint(texts), name
        assert [text for text in texts if re.search(r"\{\w+[:}]|[a-z]\|[a-z]", text)] == [], name


def test_words_agree_with_their_numbers(pages):
    said = "\n".join(text for page in pages.values() for text in _Texts(page).texts)
    assert "1 article" in said
    assert not re.search(r"\b1 (?:articles|characters|lines|dumps|doubts)\b", said)
    assert not re.search(r"\b(?:[02-9]|\d\d+) (?:article|character|line|dump|doubt)\b", said)
    assert "12 May 2023" in said


def test_what_newspapers_printed_is_marked_as_chinese(pages):
    article = next(page for name, page in pages.items() if name.startswith("a/") and "海风里的装卸班" in page)
    assert re.search(r'<h1 lang="zh-CN"', article)
    assert re.search(r'<div class="body" lang="zh-CN"', article)


def test_its_own_files_are_in_force(folders, pages):
    assert all('id="own-footer"' in page and "Kept by the harbour library." in page for page in pages.values())
    assert all("Subjects" in page for name, page in pages.items() if name != "404.html")
    style = (folders.output / "assets" / "css" / "gongwen.css").read_text(encoding="utf-8")
    assert style.rstrip().endswith("--stamp:#1c4e6b;}") or style.rstrip().endswith("--stamp: #1c4e6b;}")


def test_its_search_finds_and_speaks_english(folders, pages):
    words = json.loads(re.search(r'id="search-words">(.*?)</script>', pages["search/index.html"], re.DOTALL)[1])
    assert words["total"] == "{count} {count:article|articles}"
    ((found, _),) = list(answers(folders, iter(["渔工夜校 region:漳州"]), 5))
    assert [result.title for result in found.results] == ["漳州渔港办起渔工夜校"]


def test_two_builds_are_equal_byte_for_byte(folders):
    before = {path: path.read_bytes() for path in folders.output.rglob("*") if path.is_file()}
    build(folders)
    assert {path: path.read_bytes() for path in folders.output.rglob("*") if path.is_file()} == before
