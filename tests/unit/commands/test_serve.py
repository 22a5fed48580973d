"""`serve`: the site as a server sends it, the keeper's changes in it at once, mistakes and doubts beside it, nothing else."""

import contextlib
import html
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.load import load
from gongwen_site.commands.memory import Stamp
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.commands.serve import Workshop, serve
from gongwen_site.commands.watching import Sight, Work
from gongwen_site.errors import GongwenError

SEEDS = Path(__file__).parents[3] / "seeds"
PAGE, SMALL = "000_71bb516b356f4cf3.txt", "004_bdbddf47cf01ef19.txt"
_PATIENCE = 120


def _archive(folder, *seeds, settings="title: 库\n"):
    (folder / "seeds").mkdir(parents=True)
    (folder / "gongwen.yaml").write_text(settings)
    for seed in seeds:
        shutil.copy(SEEDS / seed, folder / "seeds")
    return folder


@pytest.fixture
def start(tmp_path, serving):
    with contextlib.ExitStack() as closing:

        def start(*seeds, **options):
            served = serving(_archive(tmp_path / "archive", *seeds, **options))
            closing.callback(served.close)
            return served

        yield start


@pytest.fixture(scope="module")
def still(tmp_path_factory, serving):
    """An archive that no test changes, made for a path below its server."""
    folder = tmp_path_factory.mktemp("still") / "archive"
    served = serving(_archive(folder, SMALL, settings="title: 库\nbase_url: https://example.org/some/path/\n"))
    yield served
    served.close()


def test_the_site_is_where_it_is_made_for_and_at_the_top(still):
    assert urlsplit(still.address).path == "/some/path/"
    assert still.page("/some/path/") == still.page("/")
    status, headers, _ = still.get("/some/path")
    assert (status, headers["Location"]) == (301, "/some/path/")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml"),
        ("/data/articles.jsonl", "application/jsonl; charset=utf-8"),
        ("/data/articles.csv", "text/csv; charset=utf-8"),
        ("/assets/css/gongwen.css", "text/css; charset=utf-8"),
        ("/assets/js/gongwen.js", "text/javascript; charset=utf-8"),
        ("/assets/icons/favicon.svg", "image/svg+xml"),
        ("/some/path/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_have_their_types_and_are_never_kept(still, path, kind):
    status, headers, body = still.get(path)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, "no-store")
    assert int(headers["Content-Length"]) == len(body)
    head = still.get(path, "HEAD")
    assert (head[0], head[1]["Content-Length"], head[2]) == (200, headers["Content-Length"], b"")


def test_compressed_files_are_sent_as_they_lie(still):
    site = still.folder / "_site"
    for suffix, kind in ((".bin", "application/octet-stream"), (".gz", "application/gzip")):
        for file in sorted(site.rglob(f"*{suffix}"))[:1]:
            _, headers, body = still.get(f"/{file.relative_to(site).as_posix()}")
            assert (headers["Content-Type"], headers["Content-Encoding"]) == (kind, None)
            assert body == file.read_bytes()


def test_what_is_missing_has_the_page_that_says_so(still):
    status, _, body = still.get("/some/path/no/such/page/")
    assert status == 404
    assert (still.folder / "_site" / "404.html").read_bytes()[:2000] == body[:2000]


def test_a_folder_without_its_slash_leads_to_the_one_with_it(still):
    status, headers, _ = still.get("/some/path/about?x=1")
    assert (status, headers["Location"]) == (301, "/some/path/about/?x=1")
    assert still.get("//about")[1]["Location"].startswith("/about")


@pytest.mark.parametrize(
    "path",
    ["/../gongwen.yaml", "/..%2fgongwen.yaml", "/about/%2e%2e/%2e%2e/gongwen.yaml", "/..%5cgongwen.yaml", "/.gongwen-site",
     "/%00", "/C:/Windows", "/.serve/../serving.py", "/.serve/review.html", "/index.html/"],
)  # fmt: skip
def test_nothing_beside_the_site_is_sent(still, path):
    status, _, body = still.get(path)
    assert status == 404
    assert b"base_url" not in body


def test_a_page_from_elsewhere_reads_nothing(still):
    assert still.get("/.review/", Host="evil.example:80")[0] == 421
    assert still.get("/.review/", Host=f"localhost:{still.port}")[0] == 200


def test_nothing_of_it_is_in_the_site(still):
    assert "/.serve/" in still.page("/")
    for file in (still.folder / "_site").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "/.serve/" not in text, file
        assert "/.review/" not in text, file


def test_a_port_is_served_once(still):
    workshop = Workshop(load=tuple, build=tuple, tell=list, announce=str)
    with pytest.raises(GongwenError) as raised:
        serve(resolve_folders(root=still.folder), still.port, workshop)
    assert [one.code for one in raised.value.diagnostics] == ["port-taken"]
    done = subprocess.run(
        [sys.executable, "-m", "gongwen_site", "serve", "--port", str(still.port)],
        cwd=still.folder, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupt_ends_it_and_frees_the_locks(start):
    served = start(SMALL)
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(_PATIENCE) == 0
    assert "Traceback" not in served.process.stderr.read()
    assert sorted(served.folder.rglob("*.lock")) == []
    with socket.create_server(("127.0.0.1", served.port)):
        pass


def test_a_dump_that_is_dropped_in_has_its_page_at_once(start):
    served = start()
    assert served.get(f"/source/{SMALL}/")[0] == 404
    shutil.copy(SEEDS / SMALL, served.folder / "seeds")
    served.changed()
    assert served.get(f"/source/{SMALL}/")[0] == 200
    record = next((served.folder / "articles").rglob("*.md"))
    name = re.search(r"-(\w+)\.md$", record.name)[1]
    record.write_text(record.read_text().rstrip("\n") + "\n\n甲乙丙丁。\n")
    served.changed()
    assert "甲乙丙丁。" in served.page(f"/a/{name}/")
    served.wait(lambda state: state["index"])  # the search follows
    found = subprocess.run(
        [sys.executable, "-m", "gongwen_site", "search", "甲乙丙丁"],
        cwd=served.folder, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert name in found.stdout
    record.unlink()
    served.changed()
    assert "甲乙丙丁。" not in served.page(f"/a/{name}/")
    assert served.get(f"/a/{name}/")[0] == 200  # a notice: the register knows of it


MISTAKES = {
    "gongwen.yaml": ("title: 库\nhomme: 甘肃省\n", "gongwen.yaml:2"),
    "vocabulary/topics.yaml": ("- name: 水利\n  slug: [\n", "topics.yaml"),
    "templates/partials/footer.html": ("<footer>\n{{ words.<b> }}\n</footer>\n", "footer.html:2"),
    f"seeds/{SMALL}.fix.yaml": ("sha256: 00\nfixes:\n  - {at: 1, starts: 甲, confrim: brief}\n", ".fix.yaml:"),
    "wording/zh-CN/site.yaml": ("skip: 跳\nskipp: 过\n", "site.yaml:2"),
}


def test_mistakes_are_shown_in_every_page_until_they_are_mended(start):
    served = start(SMALL)
    good = served.page("/about/")
    record = next((served.folder / "articles").rglob("*.md"))
    broken = record.read_text().replace("\ntitle:", "\ntitel:")
    mistakes = {**MISTAKES, record.relative_to(served.folder).as_posix(): (broken, f"{record.name}:")}
    for name, (text, place) in mistakes.items():
        file = served.folder / name
        before = file.read_bytes() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        box = served.wait(lambda state: state["box"] and not state["building"])["box"]
        assert place in html.unescape(box), (name, box)
        assert "<b>" not in box
        page = served.page("/about/")
        assert box in page
        assert served.get("/")[0] == 200
        assert page.replace(box, "").count("<h1") == good.count("<h1")  # the last good site
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        served.wait(lambda state: not state["box"] and not state["building"])
        assert 'gws-box"' not in served.page("/about/")


def test_without_a_site_a_page_says_why(start):
    served = start(settings="title: [\n")
    status, _, body = served.get("/")
    assert status == 503
    assert "gongwen.yaml" in body.decode()
    (served.folder / "gongwen.yaml").write_text("title: 库\n")
    served.changed()
    assert served.get("/")[0] == 200


def _snippets(page, code):
    """The snippets of the first doubt of a code on a review page: of the fix file, then of the record."""
    part = page.partition(f'data-code="{code}"')[2].partition('class="gws-doubt"')[0]
    return [html.unescape(one) for one in re.findall(r"<pre>(.*?)</pre>", part, re.DOTALL)]


def test_the_review_page_has_each_doubt_beside_its_line_and_what_settles_it(start):
    served = start(PAGE, SMALL)
    page = served.page("/.review/")
    folders = resolve_folders(root=served.folder)
    lines = (served.folder / "seeds" / PAGE).read_text(encoding="utf-8-sig").splitlines()
    shown = {
        int(number): html.unescape(text)
        for number, text in re.findall(r'<li value="(\d+)"[^>]*><mark>(.*?)</mark>', page)
    }
    assert shown[33] == lines[32]
    assert f'href="/source/{PAGE}/#L33"' in page
    fix, record = _snippets(page, "title-inside-text")[:2]
    assert record.startswith("title: ")
    head = html.unescape(re.search(r"<pre>(sha256:.*?)</pre>", page, re.DOTALL)[1])
    file = served.folder / "seeds" / f"{PAGE}.fix.yaml"
    file.write_text(f"{head}\n{fix}\n")
    served.changed()
    assert served.state["box"] == ""
    after = served.page("/.review/")
    assert page.count('data-code="title-inside-text"') == after.count('data-code="title-inside-text"') + 1
    assert str(file.relative_to(served.folder)) in after
    assert after.count('class="gws-doubt"') == page.count('class="gws-doubt"') - 1
    only = served.page(f"/.review/?dump={SMALL}")
    assert f"<h2>{PAGE}" not in only
    article = re.search(r'<h3><a href="(/a/\w+/)">', after)[1]
    assert served.get(article)[0] == 200
    record = folders.articles / next(path for path in folders.articles.rglob(f"*-{article[3:-1]}.md"))
    record.write_text(record.read_text().replace("\nevidence:", "\nreviewed: '2026-11-21'\nevidence:", 1))
    served.changed()
    assert f'<h3><a href="{article}">' not in served.page("/.review/")


def test_every_snippet_of_the_review_page_can_be_applied(start):
    served = start(PAGE)
    page = served.page("/.review/")
    head = html.unescape(re.search(r"<pre>(sha256:.*?)</pre>", page, re.DOTALL)[1])
    operations = [html.unescape(one) for one in re.findall(r"<pre>(  - .*?)</pre>", page)]
    assert len(operations) == page.count('class="gws-doubt"')
    told = [one for one in operations if not re.search("报名|姓名|省/市/县|: \\[主题\\]|merge|role|split", one)]
    (served.folder / "seeds" / f"{PAGE}.fix.yaml").write_text("\n".join([head, *told]) + "\n")
    served.changed()
    assert served.state["box"] == ""
    assert served.page("/.review/").count('class="gws-doubt"') == len(operations) - len(told)


def test_a_query_of_the_review_page_breaks_nothing(still):
    for query in ("?dump=../../gongwen.yaml", "?dump=<script>", "?from=999999", "?from=-1", "?from=x&dump", "?%ff"):
        status, _, body = still.get(f"/.review/{query}")
        assert status == 200
        assert b"<script>" not in body.replace(b'<script src="/.serve/serve.js"', b"")


def _sight(**changes):
    values = {"sources": ({"a": Stamp(1, 1, 1)},), "records": {"r": Stamp(1, 1, 1)}, "pages": ({"t": Stamp(1, 1, 1)},)}
    return Sight(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "work"),
    [
        ({}, Work.NONE),
        ({"records": {"r": Stamp(2, 2, 1)}}, Work.BUILD),
        ({"pages": ({},)}, Work.BUILD),
        ({"sources": ({"a": Stamp(1, 2, 1)},)}, Work.LOAD),
        ({"records": {}}, Work.LOAD),
    ],
)
def test_a_change_asks_for_no_more_than_it_needs(changes, work):
    assert _sight(**changes).work_since(_sight()) is work


def test_an_index_that_was_left_is_made_by_the_next_build(tmp_path):
    folders = resolve_folders(root=_archive(tmp_path / "archive", SMALL))
    load(folders)
    build(folders)
    before = _tree(folders.output / "search")
    record = next(folders.articles.rglob("*.md"))
    record.write_text(record.read_text().rstrip("\n") + "\n\n甲乙丙丁。\n")
    build(folders, late_index=True)
    assert _tree(folders.output / "search") == before
    assert any("甲乙丙丁。" in page.read_text(encoding="utf-8") for page in (folders.output / "a").rglob("*.html"))
    build(folders)
    after = _tree(folders.output)
    build(folders, cache=False)
    assert _tree(folders.output) == after


def _tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
