"""Proofs: the page of a saved record is served before any build has followed; what is built takes its place unseen."""

import contextlib
import html
import re
import shutil
import time
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.load import load
from gongwen_site.commands.lock import held
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import RecordError

SEEDS = Path(__file__).parents[3] / "seeds"
_PATIENCE = 120


@pytest.fixture
def archive(tmp_path):
    """The folders of an archive of two dumps, not loaded yet."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "gongwen.yaml").write_text("title: 库\n")
    for seed in ("000_71bb516b356f4cf3.txt", "004_bdbddf47cf01ef19.txt"):
        shutil.copy(SEEDS / seed, tmp_path / "seeds")
    return resolve_folders(root=tmp_path)


def _id(record):
    return record.stem.rpartition("-")[2]


def _with_words(record, words="甲乙丙丁。"):
    return record.read_text().rstrip("\n") + f"\n\n{words}\n"


def _kept(folders):
    kept = []
    build(folders, search=False, keep=lambda *last: kept.append(last))
    return kept[0]


def test_a_proof_is_the_page_that_a_build_makes(archive):
    load(archive)
    build(archive, search=False)
    stacks, edition = _kept(archive)  # a build that changes nothing tells of it as well
    for record in sorted(archive.articles.rglob("*.md")):
        record.write_text(_with_words(record))
        built = archive.output / "a" / _id(record) / "index.html"
        proof = edition.proof(stacks.again(record.relative_to(archive.articles).as_posix()).card)
        assert "甲乙丙丁。".encode() in proof
        assert proof != built.read_bytes()
        build(archive, search=False)
        assert proof == built.read_bytes()


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("title", "甲乙丙丁", "甲乙丙丁"),
        ("date", "'1999-02-28'", "1999年2月28日"),
        ("source", "戊己日报", "戊己日报"),
        ("topics", "[庚辛]", "庚辛"),
        ("keywords", "[壬癸, 子丑]", "子丑"),
        ("regions", "[湖北省/仙桃市]", "仙桃市"),
        ("page", "'99'", "99"),
    ],
)
def test_whatever_is_edited_shows_in_a_proof(archive, key, value, shown):
    load(archive)
    stacks, edition = _kept(archive)
    for record in sorted(archive.articles.rglob("*.md")):
        text = re.sub(rf"\n{key}:.*(\n[ -].*)*", "", record.read_text(), count=1)
        record.write_text(text.replace("\nid:", f"\n{key}: {value}\nid:", 1))
        proof = edition.proof(stacks.again(record.relative_to(archive.articles).as_posix()).card)
        assert shown in re.sub("<[^>]*>", "", proof.decode())


def test_a_record_that_cannot_be_read_has_no_proof_and_is_not_held(archive):
    load(archive)
    stacks, _ = _kept(archive)
    record = next(archive.articles.rglob("*.md"))
    file = record.relative_to(archive.articles).as_posix()
    record.write_text(record.read_text().replace("\ntitle:", "\ntitel:"))
    with pytest.raises(RecordError):
        stacks.again(file)


class _Kept:
    """What of an archive a served page and the disk say, while builds are held up."""

    def __init__(self, served, record):
        self._served, self._record = served, record
        self.path = f"/a/{_id(record)}/"
        self.file = served.folder / "_site" / "a" / _id(record) / "index.html"

    def page(self):
        """Return what is served, without what serving puts into it."""
        page = self._served.page(self.path)
        return re.sub(r'<link rel="stylesheet" href="/\.serve/.*(?=</body>)', "", page, flags=re.DOTALL)

    def built(self):
        return self.file.read_text(encoding="utf-8")

    def wait(self, wanted):
        """Wait until the page that is served is as wanted; return it."""
        until = time.monotonic() + _PATIENCE
        while not wanted(page := self.page()):
            assert time.monotonic() < until
            time.sleep(0.02)
        return page


@pytest.fixture
def served(archive, serving):
    load(archive)
    with contextlib.closing(serving(archive.root)) as served:
        yield served


def _records(served):
    return sorted((served.folder / "articles").rglob("*.md"))


def test_a_saved_record_shows_while_nothing_can_be_built(served):
    record, other = _records(served)[:2]
    kept, before = _Kept(served, record), record.read_text()
    page = kept.page()
    assert page == kept.built()
    editions = [served.edition(f"/a/{_id(one)}/") for one in (record, other)]
    whole = served.edition()
    articles = served.folder / "articles"
    with held(articles, articles / ".lock", "load"):
        record.write_text(_with_words(record))
        proof = kept.wait(lambda page: "甲乙丙丁。" in page)
        assert kept.built() == page
        of_proof = served.edition(kept.path)
        assert of_proof != editions[0]  # it reloads
        served.wait(lambda state: state["box"] and not state["building"])  # another command is at work
        assert kept.page() == proof
        record.write_text(record.read_text().replace("\ntitle:", "\ntitel:"))
        served.wait(lambda state: state["building"])
        served.wait(lambda state: not state["building"])
        assert kept.page() == proof
        record.write_text(before)
        kept.wait(lambda now: now == page)
        record.write_text(_with_words(record))
        kept.wait(lambda now: now == proof)
        assert kept.built() == page
    served.wait(lambda state: not state["box"] and not state["building"])
    assert kept.built() == kept.page() == proof
    assert served.edition() != whole
    assert served.edition(kept.path) == of_proof  # it was shown already, and is not reloaded
    assert served.edition(f"/a/{_id(other)}/") == editions[1]
    kept.file.write_text(page, encoding="utf-8")
    assert kept.page() == page  # no proof is left


def test_a_record_that_breaks_leaves_its_page_and_shows_the_mistake(served):
    record = _records(served)[0]
    kept = _Kept(served, record)
    page = kept.page()
    record.write_text(_with_words(record).replace("\ntitle:", "\ntitel:"))
    box = served.wait(lambda state: state["box"] and not state["building"])["box"]
    assert f"{record.name}:" in html.unescape(box)
    assert kept.page() == page == kept.built()
    record.write_text(record.read_text().replace("\ntitel:", "\ntitle:"))
    kept.wait(lambda page: "甲乙丙丁。" in page)
    served.wait(lambda state: not state["box"] and not state["building"])
    assert kept.page() == kept.built() != page


def test_a_template_that_breaks_makes_no_proof(served):
    record = _records(served)[0]
    kept = _Kept(served, record)
    page = kept.page()
    template = served.folder / "templates" / "article.html"
    template.parent.mkdir()
    template.write_text("{{ page.nothing }}\n")
    served.wait(lambda state: state["box"] and not state["building"])
    assert kept.page() == page
    template.unlink()
    served.wait(lambda state: not state["box"] and not state["building"])
    record.unlink()
    served.changed()
    assert kept.page() == kept.built() != page  # the notice of a withdrawn article
