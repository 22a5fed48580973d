"""What is carried away: the database holds and finds what the records say; the zip stands by itself and leads everywhere."""

import base64
import hashlib
import html
import io
import json
import posixpath
import re
import shutil
import sqlite3
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.export import export
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import GongwenError
from gongwen_site.export.offline import offline_page
from gongwen_site.records.archive import read_archive
from gongwen_site.records.disclosure import squeezed

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The archive of the five seeds, built and exported."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "gongwen.yaml").write_text("title: 试库\n")
    shutil.copytree(SEEDS, folder / "seeds")
    folders = resolve_folders(root=folder)
    load(folders)
    build(folders)
    export(folders)
    return folders


@pytest.fixture(scope="module")
def database(archive):
    connection = sqlite3.connect(archive.output / "data" / "archive.sqlite")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def offline(archive):
    with zipfile.ZipFile(archive.output / "data" / "offline.zip") as opened:
        yield opened


def _found(database, words):
    """The articles that hold some words, as a person would ask: two characters of `pairs`, more of `search`."""
    if len(words) == 2:
        query = "SELECT id FROM articles WHERE number IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)"
        return {name for (name,) in database.execute(query, (words,))}
    query = "SELECT id FROM search JOIN articles ON number = search.rowid WHERE search MATCH ?"
    return {name for (name,) in database.execute(query, (f'"{words}"',))}


@pytest.mark.parametrize("name", ["publishing.md", "publishing.zh-CN.md"])
def test_the_questions_of_the_manual_are_answered(database, name):
    manual = (Path(__file__).parents[3] / "docs" / name).read_text(encoding="utf-8")
    questions = re.findall(r"^    (SELECT[^;]+;)", manual, re.MULTILINE)
    assert len(questions) >= 2
    assert [question for question in questions if not database.execute(question).fetchall()] == []


@pytest.mark.parametrize("words", ["工会", "白银", "男至", "产业工人", "王轶男", "至今仍印象深刻", "无此四字", "无此"])
def test_any_run_of_characters_finds_just_the_articles_that_hold_it(archive, database, words):
    wanted = {
        article.id
        for article in read_archive(archive.articles).articles
        if any(
            words in (text or "")
            for text in (article.title, article.kicker, article.deck, article.body, *(c.text for c in article.captions))
        )
    }
    assert _found(database, words) == wanted


def test_the_database_says_what_the_records_say(archive, database):
    records = read_archive(archive.articles).articles
    rows = database.execute("SELECT id, title, body, date, address FROM articles ORDER BY number").fetchall()
    assert rows == [(a.id, a.title, a.body, a.date, f"a/{a.id}/") for a in records]
    people = database.execute("SELECT role, name FROM people ORDER BY article, place").fetchall()
    assert people == [(person.role, person.name) for article in records for person in article.byline]
    topics = dict(database.execute("SELECT name, count(*) FROM topics GROUP BY name"))
    assert topics == {t: sum(t in a.topics for a in records) for a in records for t in a.topics}


def test_views_have_names_that_people_read(archive, database):
    records = read_archive(archive.articles).articles
    shown = database.execute("SELECT 编号, 标题, 地区, 主题, 字数 FROM 报道").fetchall()
    by_id = {article.id: article for article in records}
    assert len(shown) == len(records)
    for name, title, regions, topics, characters in shown:
        article = by_id[name]
        assert (title, regions or "", topics or "") == (
            article.title,
            "、".join(article.regions),
            "、".join(article.topics),
        )
        assert characters >= len(squeezed(article.body)) - article.body.count("\\")
    for view in ("各报", "各月", "各地", "各主题"):
        assert database.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0


def test_two_exports_are_equal(archive, database, tmp_path):
    again = resolve_folders(root=tmp_path)
    shutil.copytree(archive.root, tmp_path, dirs_exist_ok=True)
    export(again)
    other = sqlite3.connect(again.output / "data" / "archive.sqlite")
    assert list(other.iterdump()) == list(database.iterdump())
    other.close()
    first, second = ((folders.output / "data" / "offline.zip").read_bytes() for folders in (archive, again))
    assert first == second
    page = (again.output / "data" / "index.html").read_text()
    assert page.count("archive.sqlite</a>") == page.count("offline.zip</a>") == 1
    assert check(again).diagnostics == ()


def test_checksums_hold_for_what_was_exported(archive):
    sums = (archive.output / "data" / "SHA256SUMS").read_text().splitlines()
    assert {line.split("  ")[1] for line in sums} >= {"archive.sqlite", "offline.zip", "articles.jsonl"}
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((archive.output / "data" / name).read_bytes()).hexdigest() == digest


def test_every_link_of_the_zip_leads_to_a_file_in_it(offline):
    names = set(offline.namelist())
    pages = [name for name in names if name.endswith(".html")]
    assert "index.html" in pages
    assert len([name for name in pages if name.startswith("a/")]) == 22
    broken = []
    for name in pages:
        text = offline.read(name).decode()
        assert text.count("assets/js/offline.js") == 1
        for link in re.findall(r'\s(?:href|src|action)="([^"]*)"', text):
            parts = urlsplit(html.unescape(link))
            if parts.scheme or not parts.path:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            if target not in names:
                broken.append((name, link))
    assert broken == []


def test_the_zip_holds_no_other_zip_nor_what_only_a_server_needs(offline):
    names = set(offline.namelist())
    assert not names & {"404.html", "robots.txt", "data/offline.zip", "data/archive.sqlite", ".gongwen-site"}
    assert "archive.sqlite" not in offline.read("data/index.html").decode()
    assert "archive.sqlite" not in offline.read("data/SHA256SUMS").decode()
    assert not any(name.endswith(".bin") for name in names)
    assert offline.testzip() is None


def test_the_scripts_of_the_index_hold_the_bytes_of_its_files(archive, offline):
    manifest = offline.read("search/manifest.js").decode()
    name, content = json.loads(manifest.removeprefix("gongwenFile(").removesuffix(");\n").join("[]"))
    assert name == "manifest.json"
    assert base64.b64decode(content) == (archive.output / "search" / "manifest.json").read_bytes()
    index = {path for path in (archive.output / "search").rglob("*") if path.is_file() and path.name != "index.html"}
    assert len([name for name in offline.namelist() if re.match(r"search/.*\.js$", name)]) == len(index)


@pytest.mark.parametrize(
    ("link", "explicit"),
    [
        ("./", "./index.html"),
        ("../../", "../../index.html"),
        ("..", "../index.html"),
        ("../a/abcdefgh/?hl=x#p1", "../a/abcdefgh/index.html?hl=x#p1"),
        ("#main", "#main"),
        ("?q=x", "?q=x"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("feed.xml", "feed.xml"),
        ("../source/a.txt/", "../source/a.txt/index.html"),
    ],
)
def test_a_link_to_a_folder_names_its_page(link, explicit):
    page = offline_page("a/x/index.html", f'<html><head></head><body><a class="q" href="{link}">x</a></body></html>')
    assert f'href="{explicit}"' in page


def test_nothing_is_exported_of_a_site_that_is_not_the_records(archive, tmp_path):
    shutil.copytree(archive.root, tmp_path / "copy")
    folders = resolve_folders(root=tmp_path / "copy")
    record = next(folders.articles.rglob("*.md"))
    record.write_text(record.read_text() + "\n又一段。\n")
    with pytest.raises(GongwenError) as caught:
        export(folders)
    assert caught.value.diagnostics[0].code == "site-stale"
    shutil.rmtree(folders.output)
    with pytest.raises(GongwenError) as caught:
        export(folders)
    assert caught.value.diagnostics[0].code == "site-missing"


def test_an_excerpt_and_a_withdrawn_article_are_exported_no_further_than_published(archive, tmp_path):
    shutil.copytree(archive.root, tmp_path / "copy")
    folders = resolve_folders(root=tmp_path / "copy")
    records = read_archive(folders.articles)
    gone, kept = sorted(records.articles, key=lambda article: -len(article.body))[:2]
    (folders.articles / records.files[gone.id]).unlink()
    with (folders.root / "gongwen.yaml").open("a") as settings:
        settings.write(f"text_of: {{{kept.id}: excerpt}}\n")
    load(folders)
    build(folders)
    export(folders)
    opened = sqlite3.connect(folders.output / "data" / "archive.sqlite")
    dump = "\n".join(opened.iterdump())
    opened.close()
    for sentence in (gone.body.split("。")[4][:12], kept.body.split("。")[-3][:12]):
        assert sentence
        assert sentence not in dump
    with zipfile.ZipFile(io.BytesIO((folders.output / "data" / "offline.zip").read_bytes())) as opened_zip:
        pages = "".join(opened_zip.read(name).decode() for name in opened_zip.namelist() if name.endswith(".html"))
    assert gone.body.split("。")[4][:12] not in pages
