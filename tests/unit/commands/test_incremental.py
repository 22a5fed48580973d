"""A build after changes makes the bytes that a clean one makes, whatever changed, and leaves alone what did not."""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.load import load
from gongwen_site.commands.memory import recall, signature_of, stamps_below
from gongwen_site.commands.paths import Folders, resolve_folders
from gongwen_site.commands.unchanged import memory_file, unchanged

SEEDS = Path(__file__).parents[3] / "seeds"
SETTINGS = "title: 试库\nbase_url: https://example.org/x/\n"
OLD = 1_700_000_000_000_000_000
"""A time (ns) long past, so that a stamp is trusted."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "seeds").mkdir()
    (folder / "gongwen.yaml").write_text(SETTINGS)
    for dump in ("001_68a2d98467e1a6c6.txt", "004_bdbddf47cf01ef19.txt"):
        shutil.copy(SEEDS / dump, folder / "seeds")
    load(resolve_folders(root=folder))
    return folder


@pytest.fixture
def archive(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "archive")
    return resolve_folders(root=tmp_path / "archive")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _clean(folders: Folders) -> dict[str, bytes]:
    """Return the site as a build makes it that knows of no other."""
    beside = resolve_folders(root=folders.root, output=folders.output.with_name("clean"))
    build(beside, cache=False)
    return _files(beside.output)


def _records(folders: Folders) -> list[Path]:
    return sorted(path for path in folders.articles.rglob("*.md"))


@dataclass(frozen=True)
class Hand:
    """A keeper's hand, which draws what to change."""

    folders: Folders
    draw: random.Random

    def record(self) -> Path:
        return self.draw.choice(_records(self.folders))

    def key(self, key: str, value: str) -> None:
        """Set a key of a record to a value on one line."""
        path = self.record()
        head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        kept, is_old = [], False
        for line in head.split("\n"):
            if not line.startswith((" ", "-")):
                is_old = line.startswith(f"{key}:")
            if not is_old:
                kept.append(line)
        path.write_text("\n".join(["---", *kept, f"{key}: {value}", "---", body]), encoding="utf-8")

    def title(self) -> None:
        self.key("title", f"改过的标题 {self.draw.randrange(99)}")

    def date(self) -> None:
        self.key("date", f"{self.draw.randrange(2019, 2026)}-0{self.draw.randrange(1, 10)}-1{self.draw.randrange(10)}")

    def regions(self) -> None:
        self.key("regions", self.draw.choice(("[甘肃省]", "[甘肃省/定西市, 北京市]", "[湖南省/长沙市]")))

    def topics(self) -> None:
        self.key("topics", self.draw.choice(("[劳模工匠]", "[没有列出的主题]", "[]")))

    def source(self) -> None:
        self.key("source", self.draw.choice(("工人日报", "某地日报")))

    def keywords(self) -> None:
        self.key("keywords", "[工会, 职工, 改革]")

    def reprint(self) -> None:
        name = self.record().stem.rpartition("-")[2]
        self.key("reprint_of", name)

    def body(self) -> None:
        path = self.record()
        path.write_text(f"{path.read_text(encoding='utf-8')}\n添上的一段。\n", encoding="utf-8")

    def renamed(self) -> None:
        path = self.record()
        path.rename(path.with_name(f"x{path.name}"))

    def withdrawn(self) -> None:
        self.record().unlink()
        load(self.folders)

    def added(self) -> None:
        number = self.draw.randrange(10**6)
        text = f"---\ntitle: 新写的一篇 {number}\ndate: 2024-05-06\ndate_certainty: keeper\nsource: 工人日报\n---\n正文。\n"
        (self.folders.articles / f"手写{number}.md").write_text(text, encoding="utf-8")
        load(self.folders)

    def dump(self) -> None:
        path = self.draw.choice(sorted(self.folders.seeds.glob("*.txt")))
        path.write_text(path.read_text(encoding="utf-8") + "\n末尾的一行。\n", encoding="utf-8")

    def corrected(self) -> None:
        name = self.record().stem.rpartition("-")[2]
        text = f"- date: 2025-01-0{self.draw.randrange(1, 10)}\n  id: {name}\n  what: 改正一个字\n"
        (self.folders.articles / "corrections.yaml").write_text(text, encoding="utf-8")

    def vocabulary(self) -> None:
        folder = self.root / "vocabulary"
        folder.mkdir(exist_ok=True)
        text = f"某地日报: {{slug: moudi{self.draw.randrange(9)}, place: 某地}}\n"
        (folder / "papers.yaml").write_text(text, encoding="utf-8")

    def template(self) -> None:
        folder = self.root / "templates"
        folder.mkdir(exist_ok=True)
        (folder / "notice.html").write_text(
            f'{{% extends "base.html" %}}{{% block main %}}<p>{self.draw.randrange(99)}</p>{{% endblock %}}',
            encoding="utf-8",
        )

    def settings(self) -> None:
        text = f"{SETTINGS}subtitle: 副题{self.draw.randrange(99)}\n"
        (self.root / "gongwen.yaml").write_text(text, encoding="utf-8")

    @property
    def root(self) -> Path:
        assert self.folders.root is not None
        return self.folders.root


CHANGES: tuple[Callable[[Hand], None], ...] = (
    Hand.title, Hand.date, Hand.regions, Hand.topics, Hand.source, Hand.keywords, Hand.reprint, Hand.body, Hand.renamed,
    Hand.withdrawn, Hand.added, Hand.dump, Hand.corrected, Hand.vocabulary, Hand.template, Hand.settings,
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_change_the_site_is_what_a_clean_build_makes(archive, seed):
    hand = Hand(archive, random.Random(seed))
    build(archive)
    for change in hand.draw.sample(CHANGES, len(CHANGES)):
        change(hand)
        build(archive)
        clean = _clean(archive)
        site = _files(archive.output)
        assert {name for name in site.keys() | clean if site.get(name) != clean.get(name)} == set(), change.__name__


def test_only_what_shows_an_edited_article_is_written(archive):
    build(archive)
    times = {path: path.stat().st_mtime_ns for path in archive.output.rglob("*.html")}
    record = _records(archive)[0]
    record.write_text(record.read_text(encoding="utf-8") + "\n添上的一段。\n", encoding="utf-8")
    build(archive)
    written = {path for path, time in times.items() if path.stat().st_mtime_ns != time}
    own = archive.output / "a" / record.stem.rpartition("-")[2] / "index.html"
    assert own in written
    others = [path for path in written if path.parent.parent.name == "a" and path != own]
    assert others == []
    assert len(written) < len(times) / 2


def test_where_nothing_changed_nothing_is_read_or_written(archive):
    for path in (archive.root / "gongwen.yaml", *archive.articles.rglob("*"), *archive.seeds.rglob("*")):
        os.utime(path, ns=(OLD, OLD))
    report = build(archive)
    found = unchanged(archive, None, search=True)
    assert found is not None
    assert (found.site, found.index, found.changed) == (report.site, report.index, 0)
    assert unchanged(archive, "/elsewhere/", search=True) is None
    assert unchanged(archive, None, search=False) is None
    os.utime(_records(archive)[0], ns=(OLD + 1, OLD + 1))
    assert unchanged(archive, None, search=True) is None
    assert build(archive).changed == 0


def test_a_file_that_was_written_just_before_it_was_looked_at_is_not_told_by_its_time(tmp_path):
    (tmp_path / "a.md").write_text("甲")
    (tmp_path / "b.md").write_text("乙")
    os.utime(tmp_path / "a.md", ns=(OLD, OLD))
    os.utime(tmp_path / "b.md", ns=(OLD + 10**9, OLD + 10**9))
    stamps = stamps_below(tmp_path, looked=OLD + 10**9 + 1)
    assert [bool(stamp.time) for stamp in stamps.values()] == [True, False]
    assert signature_of([stamps]) == b""
    assert signature_of([stamps_below(tmp_path, looked=OLD + 10**10)])


@pytest.mark.parametrize("damage", ["cut", "turned", "foreign", "gone"])
def test_a_memory_that_cannot_be_relied_on_is_none(archive, damage):
    build(archive)
    file = memory_file(archive, archive.output)
    content = bytearray(file.read_bytes())
    match damage:
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "turned":
            content[-9] ^= 1
            file.write_bytes(content)
        case "foreign":
            file.write_bytes(b"something else")
        case _:
            file.unlink()
    assert recall(file) is None
    record = _records(archive)[0]
    record.write_text(record.read_text(encoding="utf-8") + "\n添上的一段。\n", encoding="utf-8")
    build(archive)
    assert _files(archive.output) == _clean(archive)


def test_a_site_that_another_build_put_there_is_built_whole(archive):
    build(archive)
    other = resolve_folders(root=archive.root, output=archive.output.with_name("other"))
    build(other, base_url="/other/", search=False)
    shutil.rmtree(archive.output)
    other.output.rename(archive.output)
    build(archive)
    assert _files(archive.output) == _clean(archive)


def test_verify_mends_a_site_that_was_tampered_with(archive):
    build(archive)
    (archive.output / "index.html").write_text("x")
    (archive.output / "data/articles.jsonl").unlink()
    assert build(archive).changed == 0
    build(archive, verify=True)
    assert _files(archive.output) == _clean(archive)


def test_an_edit_touches_no_more_of_the_index_than_its_own_part(archive):
    build(archive)
    record = _records(archive)[0]
    record.write_text(record.read_text(encoding="utf-8") + "\n添上的一段。\n", encoding="utf-8")
    stray = max((archive.output / "search/shards").iterdir())
    content = stray.read_bytes()
    stray.write_bytes(content[:-1] + b"x")
    build(archive)
    assert stray.read_bytes() != content  # it was not even looked at
    stray.write_bytes(content)
    assert _files(archive.output) == _clean(archive)


def test_an_index_that_is_made_later_is_changed_by_all_that_was_left_for_it(archive):
    build(archive)
    for record in _records(archive)[:3]:
        record.write_text(record.read_text(encoding="utf-8") + "\n添上的一段。\n", encoding="utf-8")
        build(archive, late_index=True)
    build(archive)
    assert _files(archive.output) == _clean(archive)


@pytest.mark.parametrize("damage", ["cut", "of before", "gone"])
def test_without_a_tally_that_belongs_to_it_an_index_is_made_anew(archive, damage):
    build(archive)
    (tally,) = archive.cache.glob("*.tally")
    content = tally.read_bytes()
    for text in ("添上的一段。", "另一段。"):
        record = _records(archive)[0]
        record.write_text(f"{record.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
        build(archive)
        match damage:
            case "cut":
                tally.write_bytes(content[: len(content) // 2])
            case "of before":
                tally.write_bytes(content)
            case _:
                tally.unlink()
    assert _files(archive.output) == _clean(archive)
