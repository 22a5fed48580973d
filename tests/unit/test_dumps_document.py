"""Every dump that `docs/dumps.md` shows becomes the articles that it says."""

import re
from pathlib import Path

import pytest

from gongwen_site.commands.load import load
from gongwen_site.commands.new import Wishes, new
from gongwen_site.commands.paths import resolve_folders

DOCUMENTS = sorted((Path(__file__).parents[2] / "docs").glob("dumps*.md"))
ARTICLES = {
    "harbour-page.txt": 2,
    "harbour-web.txt": 1,
    "harbour-epaper.txt": 1,
    "harbour.html": 1,
    "harbour.csv": 2,
    "harbour.jsonl": 2,
    "harbour.md": 1,
    "harbour-run-on.txt": 2,
}
_RECORD = re.compile(r"(?<=\n\n)    title: .*\n(?:    .+\n)+(?=\n|\Z)", re.MULTILINE)


def test_both_languages_show_the_same_dumps(shown_dumps):
    first, second = (shown_dumps(document) for document in DOCUMENTS)
    assert first == second
    assert [name for name in first if not name.endswith(".fix.yaml")] == list(ARTICLES)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_dump_is_read_as_the_document_says(document, tmp_path, shown_dumps):
    new(tmp_path / "archive", Wishes())
    folders = resolve_folders(root=tmp_path / "archive")
    for name, text in shown_dumps(document).items():
        (folders.seeds / name).write_text(text, encoding="utf-8")
    report = load(folders)
    assert {dump.dump: dump.articles for dump in report.dumps} == ARTICLES
    assert report.diagnostics == ()
    records = [path.read_text(encoding="utf-8") for path in folders.articles.rglob("*.md")]
    shown = _RECORD.findall(document.read_text(encoding="utf-8"))
    assert len(shown) == 6
    for record in shown:
        lines = re.sub("^    ", "", record, flags=re.MULTILINE).splitlines()
        assert any(set(lines) <= set(text.splitlines()) for text in records), record
