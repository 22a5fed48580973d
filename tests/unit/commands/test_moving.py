"""Moving house: `gongwen import` and `gongwen export --to`, on small files as other programs have them."""

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from gongwen_site.cli import gongwen
from gongwen_site.commands.build import build
from gongwen_site.commands.load import load
from gongwen_site.commands.move_in import KINDS, move_in
from gongwen_site.commands.move_out import move_out
from gongwen_site.commands.new import Wishes, new
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import GongwenError, UsageError
from gongwen_site.records.archive import read_archive
from gongwen_site.records.article import DateCertainty, Person
from gongwen_site.records.keeper import keeper_keys
from gongwen_site.records.register import State

REPOSITORY = Path(__file__).parents[3]
FIXTURES = Path(__file__).parents[1] / "moving"
TABLE = FIXTURES / "harbour.csv"
POSTS = FIXTURES / "posts"


@pytest.fixture
def folders(tmp_path):
    new(tmp_path / "archive", Wishes())
    return resolve_folders(root=tmp_path / "archive")


def _articles(folders):
    return {article.title: article for article in read_archive(folders.articles).articles}


def _codes(report):
    return [(one.code, Path(one.location.file).name, one.location.line) for one in report.diagnostics]


def _files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_seeds_records_come_back_equal(kind, folders, tmp_path):
    ours = resolve_folders(articles=REPOSITORY / "articles")
    moved = move_out(ours, kind, tmp_path / "moved")
    source = tmp_path / "moved" / "articles.csv" if kind == "collectionbuilder" else tmp_path / "moved"
    report = move_in(folders, source)
    before, after = (read_archive(one.articles).by_id for one in (ours, folders))
    assert len(report.made) == moved.articles == len(before) == 22
    assert report.diagnostics == ()
    assert after.keys() == before.keys()
    for name, article in after.items():
        kept = {key: text for key, text in article.extra.items() if key != "provenance"}
        assert replace(article, extra=kept) == replace(before[name], provenance=None)
        assert before[name].provenance.sha256 in article.extra["provenance"]
        assert "title" in keeper_keys(article)  # a record of the keeper's own: no load rewrites it


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_moved_and_moved_back_can_move_again(kind, folders, tmp_path):
    move_in(folders, TABLE)
    move_in(folders, POSTS, drafts=True)
    move_out(folders, kind, tmp_path / "moved")
    source = tmp_path / "moved" / "articles.csv" if kind == "collectionbuilder" else tmp_path / "moved"
    new(tmp_path / "other", Wishes())
    other = resolve_folders(root=tmp_path / "other")
    move_in(other, source)
    assert read_archive(other.articles).by_id == read_archive(folders.articles).by_id
    assert {name: entry.state for name, entry in read_archive(other.articles).register.latest.items()} == dict.fromkeys(
        read_archive(folders.articles).by_id, State.ACTIVE
    )


def test_a_row_becomes_a_record_as_a_keeper_would_have_written_it(folders):
    report = move_in(folders, TABLE)
    article = _articles(folders)["码头工会开办夜校"]
    assert article.byline == (Person(name="林海"), Person(name="陈小帆"))
    assert (article.date, article.date_certainty) == ("1956-03-08", DateCertainty.KEEPER)
    assert article.regions == ("甘肃省/白银市", "甘肃省/定西市")
    assert article.topics == ("技能培训与评价",)
    assert article.keywords == ("夜校",)
    assert article.source == "海港工人"
    assert article.page == "3"
    assert article.body == "夜校设在*二号*仓库，\n每周三晚上课。\n\n第一期有四十人。\n"
    assert article.extra == {
        "objectid": "harbour001",
        "latitude": "36.54",
        "longitude": "104.14",
        "identifier": "A-17",
        "type": "Text",
        "format": "image/jpeg",
        "language": "zho",
        "rights": "馆藏，限馆内使用",
        "rightsstatement": "http://rightsstatements.org/vocab/InC/1.0/",
        "display_template": "image",
        "image_thumb": "/objects/thumbs/harbour001_th.jpg",
        "description": "夜校招生的简讯。",
        "捐赠人": "周先生",
    }
    assert article.provenance is None
    assert ("import-place-unknown", "harbour.csv", 4) not in _codes(report)


def test_words_without_a_transcript_are_the_text_as_printed(folders):
    move_in(folders, TABLE)
    article = _articles(folders)["潮水表 1957"]
    assert article.body == "潮水以\\*八尺\\*计。\n\n以下各日从略。\n"
    assert "description" not in article.extra


def test_a_place_that_the_vocabulary_lacks_is_told_once(folders, tmp_path):
    table = tmp_path / "items.csv"
    table.write_text("objectid,title,location\na,甲,桃花源\nb,乙,桃花源\nc,丙,蓬莱岛\n", encoding="utf-8")
    assert [line for _, _, line in _codes(move_in(folders, table))] == [2, 4]
    assert {article.extra["location"] for article in _articles(folders).values()} == {"桃花源", "蓬莱岛"}


def test_a_transcript_in_a_file_of_the_project_is_read(folders):
    move_in(folders, TABLE)
    assert _articles(folders)["仓库管理员访谈"].body == "问：几点上班？\n\n答：天不亮就来。\n"


def test_nothing_is_dropped_and_what_cannot_be_kept_is_told_by_line(folders):
    report = move_in(folders, TABLE)
    article = _articles(folders)["潮水表 1957"]
    assert (article.date, article.extra["date"]) == (None, "约一九五七年")
    assert article.extra["location"] == "老海港"
    assert _codes(report) == [
        ("import-date-unread", "harbour.csv", 6),
        ("import-place-unknown", "harbour.csv", 6),
        ("import-title-supplied", "harbour.csv", 10),
        ("import-no-objectid", "harbour.csv", 11),
        ("import-key-twice", "harbour.csv", 12),
    ]
    assert _articles(folders)["船票一张。"].title_supplied


def test_a_post_becomes_a_record(folders):
    move_in(folders, POSTS)
    articles = _articles(folders)
    yaml = articles["灯塔: 一百年"]
    assert (yaml.date, yaml.extra["date"]) == ("2021-07-04", "2021-07-04T09:30:00+08:00")
    assert yaml.byline == (Person(name="林海"),)
    assert yaml.topics == ("劳模工匠",)
    assert yaml.keywords == ("灯塔", "海港史")
    assert yaml.body == "灯塔在**东堤**的尽头。\n\n- 高二十米\n- 白色\n"
    assert yaml.extra["slug"] == "lighthouse"
    assert yaml.extra["aliases"] == '["/old/lighthouse/", "/2021/lighthouse/"]'
    assert yaml.extra["weight"] == "010"
    toml = articles["吊车上岸"]
    assert (toml.date, toml.keywords) == ("2020-05-01", ("吊车",))
    assert toml.extra["cover"] == '{"image": "crane.jpg", "alt": "吊车"}'
    assert toml.extra["rating"] == "4.50"
    json = articles["候船室"]
    assert (json.date, json.source, json.page) == ("2019-12-31", "海港工人", "2")
    assert json.regions == ("甘肃省/白银市",)
    assert json.body == "候船室新漆过。\n"
    bare = articles["bare"]
    assert bare.title_supplied
    assert bare.body == "没有文件头的一篇。\n"


def test_a_broken_post_is_told_by_line_and_the_others_come_in(folders):
    report = move_in(folders, POSTS)
    assert _codes(report) == [
        ("import-title-supplied", "bare.md", 1),
        ("yaml-syntax", "broken.md", 3),
        ("import-draft-left", "draft.md", 1),
        ("import-markup", "gate.md", 5),
        ("import-files-left", "posts", None),
    ]
    assert len(report.made) == 5
    with_drafts = move_in(folders, POSTS, drafts=True)
    assert [(one.title, with_drafts.known) for one in with_drafts.made] == [("未完稿", 5)]
    assert _articles(folders)["未完稿"].extra["draft"] == "true"


def test_importing_again_overwrites_no_edit_and_brings_back_no_deleted_record(folders):
    first = move_in(folders, TABLE)
    edited, deleted = (Path(one.file) for one in first.made[:2])
    edited.write_text(edited.read_text(encoding="utf-8").replace("title: 码头", "title: 海港码头"), encoding="utf-8")
    edited.rename(edited.with_name("renamed.md"))
    deleted.unlink()
    before = _files(folders.articles)
    again = move_in(folders, TABLE)
    assert (again.made, again.known) == ((), len(first.made))
    assert _files(folders.articles) == before
    load(folders)
    assert read_archive(folders.articles).register.latest[first.made[1].id].state is State.WITHDRAWN
    assert move_in(folders, TABLE).made == ()


def test_a_trial_writes_nothing_and_tells_what_would_be_made(folders):
    before = _files(folders.articles)
    trial = move_in(folders, POSTS, is_trial=True)
    assert _files(folders.articles) == before
    assert trial == move_in(folders, POSTS)


def test_an_import_that_is_stopped_leaves_nothing(folders, was_stopped):
    before = _files(folders.articles)
    steps = 0
    while was_stopped(steps, move_in, folders, TABLE):
        move_in(folders, TABLE, is_trial=True)  # whoever reads next undoes what is left
        stands = len(read_archive(folders.articles).articles)
        assert stands == 4 or _files(folders.articles) == before
        steps += 3
    assert len(read_archive(folders.articles).articles) == 4


def test_what_is_imported_is_built(folders):
    move_in(folders, TABLE)
    move_in(folders, POSTS)
    assert load(folders).diagnostics == ()
    assert build(folders, search=False).site.articles == 9


def test_a_cell_edited_outside_counts_over_the_record_that_travels_along(folders, tmp_path):
    move_in(folders, TABLE)
    move_out(folders, "collectionbuilder", tmp_path / "moved")
    table = tmp_path / "moved" / "articles.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    rows[0] |= {"title": "码头夜校", "creator": "林海", "subject": "夜校; 劳模工匠", "捐赠人": "", "kicker": "新事"}
    with table.open("w", encoding="gb18030", newline="") as file:  # as a spreadsheet may save it
        writer = csv.DictWriter(file, rows[0], lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    new(tmp_path / "other", Wishes())
    other = resolve_folders(root=tmp_path / "other")
    move_in(other, table)
    before, after = (_articles(one)[title] for one, title in ((folders, "码头工会开办夜校"), (other, "码头夜校")))
    assert after == replace(
        before,
        title="码头夜校",
        kicker="新事",
        byline=before.byline[:1],
        topics=("劳模工匠",),
        keywords=("夜校",),
        extra={key: text for key, text in before.extra.items() if key != "捐赠人"},
    )
    assert {title: article for title, article in _articles(other).items() if article.id != after.id} == {
        title: article for title, article in _articles(folders).items() if article.id != before.id
    }


def test_drafts_stay_drafts_and_every_post_has_a_whole_date(folders, tmp_path):
    move_in(folders, POSTS, drafts=True)
    move_in(folders, TABLE)
    move_out(folders, "hugo", tmp_path / "moved")
    posts = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "moved").rglob("*.md")}
    assert sum("\ndraft: true\n" in text for text in posts.values()) == 1
    month = next(text for text in posts.values() if text.startswith("---\ntitle: 仓库管理员访谈"))
    assert "\ndate: '1958-06-01'\n" in month
    assert "\n  date: 1958-06\n" in month


@pytest.mark.parametrize("name", ["articles", "articles/posts", "seeds"])
def test_nothing_is_written_where_it_would_be_read_as_part_of_the_archive(name, folders):
    with pytest.raises(UsageError) as raised:
        move_out(folders, "hugo", folders.root / name)
    assert raised.value.diagnostics[0].code == "export-inside"


def test_a_folder_that_holds_something_is_left_alone(folders, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(GongwenError) as raised:
        move_out(folders, "collectionbuilder", tmp_path / "full")
    assert raised.value.diagnostics[0].code == "folder-not-empty"
    assert _files(tmp_path / "full") == {Path("mine.txt"): b"mine"}


def _said(capsys, *words):
    with pytest.raises(SystemExit) as ended:
        sys.exit(gongwen.main(list(words), prog_name="gongwen", standalone_mode=False))
    return ended.value.code, *capsys.readouterr()


def test_the_terminal_says_what_was_made_and_what_was_not(folders, capsys, tmp_path):
    root = ["--root", str(folders.root)]
    code, out, err = _said(capsys, "import", str(TABLE), "--dry-run", *root)
    assert (code, len(out.splitlines())) == (1, 5)  # two rows cannot be read
    assert f"{TABLE}:11" in err
    assert not list(folders.articles.rglob("*.md"))
    assert _said(capsys, "import", str(TABLE), *root)[0] == 1
    code, out, err = _said(capsys, "export", "--to", "hugo", str(tmp_path / "moved"), *root)
    assert (code, len(out.splitlines()), len(err.splitlines())) == (0, 1, 1)
    with pytest.raises(click.UsageError):
        gongwen.main(["export", "--to", "hugo", *root], standalone_mode=False)
