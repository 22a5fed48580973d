"""What is withdrawn or kept back is in no file of the site: not on pages, in feeds, data, metadata or the search index."""

import csv
import gzip
import html
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import ConfigError
from gongwen_site.records.archive import read_archive
from gongwen_site.records.disclosure import RUN, squeezed, words_of

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """An archive of three dumps, one of them twice, loaded once; tests work on copies."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "seeds").mkdir()
    (folder / "gongwen.yaml").write_text("title: 试库\n")
    for dump in sorted(SEEDS.glob("*.txt"))[:3]:
        shutil.copy(dump, folder / "seeds")
    load(resolve_folders(root=folder))
    return folder


@pytest.fixture
def archive(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "archive")
    return resolve_folders(root=tmp_path / "archive")


def _runs(text):
    text = squeezed(text)
    return {text[start : start + RUN] for start in range(len(text) - RUN + 1)}


def _words_of_site(folder):
    """Every file of a site as a reader of any kind may see it: unpacked, without tags, escapes undone, squeezed."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8", "replace")
        if path.suffix == ".csv":
            text = "\0".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)
        yield path.relative_to(folder).as_posix(), squeezed(text)
        if path.suffix == ".html":
            yield path.relative_to(folder).as_posix(), squeezed(html.unescape(re.sub(r"<[^>]*>", "", text)))


def _leaks(folder, runs):
    return {(name, run) for name, text in _words_of_site(folder) for run in _runs(text) & runs}


def _longest(archive):
    records = read_archive(archive.articles)
    return max(records.articles, key=lambda article: len(article.body)), records


def test_no_run_of_a_withdrawn_body_is_left_anywhere_and_its_notice_stays(archive):
    gone, records = _longest(archive)
    (archive.articles / records.files[gone.id]).unlink()
    load(archive)
    build(archive)
    others = set().union(*(_runs(words_of(a)) for a in records.articles if a.id != gone.id))
    wanted = _runs(words_of(gone)) - others
    assert len(wanted) > 300
    assert _leaks(archive.output, wanted) == set()
    assert gone.id in (archive.output / "a" / gone.id / "index.html").read_text()
    assert check(archive).diagnostics == ()


def test_a_line_elsewhere_that_repeats_a_withdrawn_one_is_hidden_too(archive):
    gone, records = _longest(archive)
    dump = archive.seeds / gone.provenance.seed
    other = next(path for path in sorted(archive.seeds.iterdir()) if path != dump)
    sentence = squeezed(gone.body.strip().split("\n\n")[1])[:30]
    other.write_text(other.read_text() + f"\n\n{sentence}\n")
    (archive.articles / records.files[gone.id]).unlink()
    load(archive)
    ledgers = read_archive(archive.articles).ledgers
    last = ledgers[other.name].lines[-1]
    build(archive)
    page = archive.output / "source" / other.name / "index.html"
    assert (sentence in squeezed(page.read_text())) == (last.article in read_archive(archive.articles).by_id)


def test_a_reprint_of_a_withdrawn_article_is_pointed_out(archive):
    gone, records = _longest(archive)
    (archive.articles / records.files[gone.id]).unlink()
    load(archive)
    copy = archive.articles / "copy.md"
    copy.write_text(f"---\ntitle: 转载\n---\n{gone.body}")
    load(archive)
    codes = [diagnostic.code for diagnostic in build(archive).diagnostics]
    assert "withdrawn-elsewhere" in codes


def test_an_excerpt_is_all_that_is_published_of_a_text(archive):
    with (archive.root / "gongwen.yaml").open("a") as settings:
        settings.write("text: excerpt\nexcerpt_length: 120\n")
    records = read_archive(archive.articles)
    build(archive)
    assert check(archive).diagnostics == ()
    site = archive.output
    published = {
        record["id"]: record for record in map(json.loads, (site / "data" / "articles.jsonl").read_text().splitlines())
    }
    kept = set()
    for article in records.articles:
        shown = published[article.id]
        text = "\n".join((shown.get("body", ""), *(caption["text"] for caption in shown.get("captions", ()))))
        assert len(squeezed(text)) <= max(122, len(squeezed(words_of(article))) // 2 + 2)
        heads = (article.title, article.kicker, article.deck, article.standing_head, text)
        kept |= _runs(words_of(article)) - set().union(*(_runs(head) for head in heads if head))
    allowed = set().union(*(_runs(text) for record in published.values() for text in _texts(record)))
    assert len(kept - allowed) > 3000
    assert _leaks(site, kept - allowed) == set()


def _texts(record):
    """The excerpt, and what describes the article: names of people, places, topics."""
    yield from (record[key] for key in ("title", "kicker", "deck", "standing_head", "body", "source") if key in record)
    yield from (caption["text"] for caption in record.get("captions", ()))
    for person in record.get("byline", ()):
        yield "".join(person[key] for key in ("outlet", "role", "name") if key in person)
    for key in ("regions", "zones", "places", "topics", "keywords"):
        yield from record.get(key, ())


def test_the_page_of_an_excerpt_says_how_much_there_is_and_keeps_its_line_numbers(archive):
    article, _ = _longest(archive)
    with (archive.root / "gongwen.yaml").open("a") as settings:
        settings.write(f"text_of: {{{article.id}: excerpt}}\n")
    build(archive)
    page = (archive.output / "a" / article.id / "index.html").read_text()
    assert "本库只刊载这篇报道的开头" in page
    assert f'href="../../source/{article.provenance.seed}/#L' in page
    assert 'class="ref' in page
    dump = (archive.output / "source" / article.provenance.seed / "index.html").read_text()
    assert "〔这一行不公开" in dump
    assert f'href="../../a/{article.id}/#p1"' in dump
    others = [path for path in (archive.output / "a").iterdir() if path.name != article.id]
    assert not any("本库只刊载" in (path / "index.html").read_text() for path in others)


def test_how_much_is_published_is_one_of_two_things(archive):
    (archive.root / "gongwen.yaml").write_text("text: some\n")
    with pytest.raises(ConfigError) as caught:
        build(archive)
    assert caught.value.diagnostics[0].code == "extent-unknown"
