"""`build`: whole or not at all, the same bytes every time, and nothing that is not ours is touched."""

import shutil
from pathlib import Path

import pytest

from gongwen_site.builder.report import BuildReport
from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.commands.report import SiteReport
from gongwen_site.errors import GongwenError

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """An archive of two dumps, loaded once; tests work on copies."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "seeds").mkdir()
    (folder / "gongwen.yaml").write_text("title: 试库\n")
    for dump in ("001_68a2d98467e1a6c6.txt", "004_bdbddf47cf01ef19.txt"):
        shutil.copy(SEEDS / dump, folder / "seeds")
    load(resolve_folders(root=folder))
    return folder


@pytest.fixture
def archive(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "archive")
    return resolve_folders(root=tmp_path / "archive")


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_are_equal_byte_for_byte_wherever_they_lie(archive, tmp_path):
    build(archive)
    first = _files(archive.output)
    build(archive)
    assert _files(archive.output) == first
    elsewhere = tmp_path / "another" / "place"
    shutil.copytree(archive.root, elsewhere, ignore=shutil.ignore_patterns("_site"))
    build(resolve_folders(root=elsewhere))
    assert _files(elsewhere / "_site") == first


def test_a_built_site_passes_its_own_check(archive):
    build(archive, base_url="https://example.org/some/sub/path/")
    assert check(archive).diagnostics == ()


def test_check_finds_what_is_broken(archive):
    build(archive)
    page = min((archive.output / "a").glob("*/index.html"))
    page.write_text(page.read_text().replace("</main>", '<a href="../nowhere/">x</a></main>'))
    gone = max((archive.output / "a").glob("*/index.html"))
    gone.unlink()
    codes = {diagnostic.code for diagnostic in check(archive).diagnostics}
    assert "link-broken" in codes
    assert "page-missing" in codes


def test_a_broken_record_stops_the_build_and_the_old_site_stays(archive):
    build(archive)
    before = _files(archive.output)
    record = next(archive.articles.rglob("*.md"))
    record.write_text(record.read_text().replace("title:", "tilte:"))
    with pytest.raises(GongwenError) as caught:
        build(archive)
    assert caught.value.diagnostics[0].location.line == 3
    assert _files(archive.output) == before
    assert sorted(path.name for path in archive.root.iterdir() if path.name.startswith("._")) == []


def test_a_folder_of_somebody_else_is_left_alone(archive):
    archive.output.mkdir()
    (archive.output / "论文.docx").write_bytes(b"work of a year")
    with pytest.raises(GongwenError) as caught:
        build(archive)
    assert caught.value.diagnostics[0].code == "output-foreign"
    assert (archive.output / "论文.docx").read_bytes() == b"work of a year"


def test_a_build_that_was_stopped_between_its_renames_is_undone(archive):
    build(archive)
    before = _files(archive.output)
    archive.output.rename(archive.output.with_name("._site.old"))
    archive.output.with_name("._site.new").mkdir()
    record = next(archive.articles.rglob("*.md"))
    record.write_text("no record")
    with pytest.raises(GongwenError):
        build(archive)
    assert _files(archive.output) == before


def test_an_archive_without_articles_builds(tmp_path):
    (tmp_path / "gongwen.yaml").write_text("title: 空库\n")
    (tmp_path / "articles").mkdir()
    (tmp_path / "seeds").mkdir()
    folders = resolve_folders(root=tmp_path)
    build(folders)
    assert check(folders).diagnostics == ()


def test_the_text_of_a_withdrawn_article_is_nowhere_on_the_site(archive):
    record = next(path for path in archive.articles.rglob("*.md") if "王黎奎" in path.read_text())
    record.unlink()
    load(archive)
    build(archive)
    for path in archive.output.rglob("*"):
        if path.is_file():
            assert "五项赋能".encode() not in path.read_bytes(), path
    assert check(archive).diagnostics == ()


@pytest.mark.parametrize(("size", "expected"), [(900 * 10**6, []), (900 * 10**6 + 1, ["site-large"])])
def test_a_site_that_outgrows_its_host_is_told(size: int, expected: list[str]):
    site = BuildReport(articles=75_000, pages=1, files=1, bytes=size, diagnostics=())
    report = SiteReport(output="_site", site=site, index=None, changed=1)
    assert [diagnostic.code for diagnostic in report.diagnostics] == expected
