"""`load` as a keeper meets it: real dumps in, records out, and their own work never lost."""

import codecs
import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from gongwen_site.commands.load import load
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import Severity
from gongwen_site.records.archive import read_archive
from gongwen_site.records.register import State

SEEDS = Path(__file__).parents[3] / "seeds"
PAGE = "000_71bb516b356f4cf3.txt"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # no settings of another archive
    (tmp_path / "seeds").mkdir()
    return resolve_folders(articles=tmp_path / "articles")


def has_errors(diagnostics):
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _load(folders, *dumps):
    for dump in dumps:
        shutil.copy(SEEDS / dump, folders.seeds)
    return load(folders)


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _record(folders, title):
    """The file of the record whose title holds these words."""
    return next(
        p for p in folders.articles.rglob("*.md") if re.search(rf"^title: .*{title}", p.read_text(), re.MULTILINE)
    )


def _codes(report):
    return [diagnostic.code for diagnostic in report.diagnostics]


def test_every_line_of_every_seed_has_a_fate(archive):
    report = _load(archive, *(path.name for path in SEEDS.glob("*.txt")))
    read = read_archive(archive.articles)
    assert len(read.articles) == sum(dump.articles for dump in report.dumps) == 22
    for dump, ledger in read.ledgers.items():
        text = (SEEDS / dump).read_text(encoding="utf-8")
        assert ledger.unaccounted(text.split("\n")) == []
        assert ledger.article_lines().keys() == {a.id for a in read.articles if a.provenance.seed == dump}


def test_loading_twice_changes_nothing_and_loading_from_nothing_gives_the_same(archive, tmp_path):
    _load(archive, PAGE)
    first = _files(archive.articles)
    report = load(archive)
    assert _files(archive.articles) == first
    assert [(dump.created, dump.changed) for dump in report.dumps] == [(0, 0)]
    again = resolve_folders(articles=tmp_path / "again", seeds=archive.seeds)
    load(again)
    assert _files(again.articles) == first


def test_what_a_person_changed_stays(archive):
    _load(archive, PAGE)
    path = _record(archive, "临洮")
    front, body = path.read_text().split("\n---\n")
    text = front.replace("title: 临洮", "title: 甘肃临洮") + "\n---\n" + body.replace("村民议事", "村庄议事", 2)
    path.write_text(text)
    load(archive)
    assert path.read_text() == text


def test_an_edited_record_may_be_moved_and_renamed(archive):
    _load(archive, PAGE)
    path = _record(archive, "临洮")
    moved = archive.articles / "定西" / "村民议事.md"
    moved.parent.mkdir()
    path.rename(moved)
    load(archive)
    assert moved.exists()
    assert not path.exists()


def test_a_deleted_record_is_withdrawn_for_good_and_comes_back_only_by_hand(archive):
    _load(archive, PAGE)
    path = _record(archive, "临洮")
    text = path.read_text()
    name = re.search(r"^id: (\w+)", text, re.MULTILINE)[1]
    path.unlink()
    report = load(archive)
    load(archive)
    assert report.withdrawn == (name,)
    assert not path.exists()
    assert read_archive(archive.articles).register.latest[name].state is State.WITHDRAWN
    path.write_text(text)
    load(archive)
    assert read_archive(archive.articles).register.latest[name].state is State.ACTIVE


def test_ids_hold_when_the_dump_grows_above_an_article(archive):
    _load(archive, PAGE)
    before = {article.title: article.id for article in read_archive(archive.articles).articles}
    dump = archive.seeds / PAGE
    dump.write_text("新补的一则\n\n本报讯(记者 李明)昨日,这一则补在最前面,与下面各篇无关。\n\n\n\n" + dump.read_text())
    load(archive)
    after = {article.title: article.id for article in read_archive(archive.articles).articles}
    assert {title: after.get(title) for title in before} == before


def test_a_withdrawn_article_stays_away_though_its_dump_grew(archive):
    _load(archive, PAGE)
    path = _record(archive, "临洮")
    path.unlink()
    load(archive)
    dump = archive.seeds / PAGE
    dump.write_text("新补的一则\n\n本报讯(记者 李明)昨日,这一则补在最前面,与下面各篇无关。\n\n\n\n" + dump.read_text())
    load(archive)
    assert not any("村民议事" in path.read_text() for path in archive.articles.rglob("*.md"))


def test_records_that_are_lost_with_their_ledger_come_back_with_the_same_ids(archive):
    _load(archive, PAGE)
    whole = _files(archive.articles)
    for left in range(1, 4):
        shutil.rmtree(archive.articles / "dumps")
        for path in sorted(archive.articles.rglob("*.md"))[left:]:
            path.unlink()
        assert load(archive).withdrawn == ()
        assert _files(archive.articles) == whole


def test_a_hand_written_record_gets_an_id_and_no_other_change(archive):
    archive.articles.mkdir()
    path = archive.articles / "补记.md"
    path.write_text("---\n# 编者补记\ntitle: 补记一则\n---\n\n正文一段。\n")
    report = load(archive)
    assert _codes(report) == ["record-given-id"]
    assert re.fullmatch(
        r"---\nid: [a-z][a-z0-9]{7}\n# 编者补记\ntitle: 补记一则\n---\n\n正文一段。\n", path.read_text()
    )
    assert _codes(load(archive)) == []
    assert [article.title for article in read_archive(archive.articles).articles] == ["补记一则"]


def test_a_broken_record_is_named_and_left_alone_while_the_rest_is_loaded(archive):
    _load(archive, PAGE)
    path = _record(archive, "临洮")
    broken = path.read_text().replace("title:", "tilte:")
    path.write_text(broken)
    report = _load(archive, "001_68a2d98467e1a6c6.txt")
    assert has_errors(report.diagnostics)
    problem = next(d for d in report.diagnostics if d.code == "key-unknown")
    assert (problem.location.file, problem.location.line) == (str(path), 3)
    assert path.read_text() == broken
    assert _record(archive, "甘肃金昌")


def test_the_same_dump_twice_gives_whole_records_that_name_the_first(archive):
    _load(archive, PAGE)
    shutil.copy(SEEDS / PAGE, archive.seeds / "又一份.txt")
    load(archive)
    articles = read_archive(archive.articles).articles
    first, second = articles[:4], articles[4:]
    assert [article.reprint_of for article in second if len(article.body) > 40] == [
        article.id for article in first if len(article.body) > 40
    ]
    assert {article.reprint_of for article in first} == {None}
    before = _files(archive.articles)
    load(archive)
    assert _files(archive.articles) == before


TEXT = "白银市推进产业工人队伍建设改革\n\n本报讯（记者 李明）11月29日，这是一个国家的记者在会上说的话，会议是在白银市举行的。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_dumps_are_read_in_the_encodings_that_keepers_have(archive, encoding):
    (archive.seeds / "a.txt").write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert not has_errors(load(archive).diagnostics)
    assert [article.title for article in read_archive(archive.articles).articles] == ["白银市推进产业工人队伍建设改革"]


def test_a_dump_cut_off_within_a_character_is_read(archive):
    (archive.seeds / "a.txt").write_bytes((TEXT + "剩下的半个字").encode()[:-1])
    load(archive)
    assert "剩下的半个\ufffd" in read_archive(archive.articles).articles[0].body


def test_a_big5_dump_is_read(archive):
    text = "工會會員大會昨日開會\n\n本報訊（記者 李明）這個國家的工會會員於昨日開會，會上發動員工學習業務。\n"
    (archive.seeds / "a.txt").write_bytes(text.encode("big5"))
    load(archive)
    assert "工會會員於昨日開會" in read_archive(archive.articles).articles[0].body


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "dump-not-text"),
        ("空.txt", b"", "dump-empty"),
        ("空白.txt", b" \n\t\n", "dump-empty"),
        ("断.txt", codecs.BOM_UTF8 + b"\xff\xfe", "dump-not-text"),
    ],
)
def test_what_is_no_text_is_said_and_the_other_dumps_are_loaded(archive, name, data, code):
    (archive.seeds / name).write_bytes(data)
    report = _load(archive, PAGE)
    assert code in _codes(report)
    assert has_errors(report.diagnostics) is (code != "dump-empty")
    assert len(read_archive(archive.articles).articles) == 4


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>\n" * 40,
        "---\nid: aaaaaaaa\ntitle: 冒充的记录\n---\n正文\n",
        "# 标题\n\n1. 一\n2. 二\n\n    代码\n\n[甲]: /乙\n",
        "甲" * 300_000,
        "\n".join("短" * (n % 9 + 1) for n in range(3000)),
        "\x00\x01\x07甲乙丙\u200b\ufeff\u2028丁\n" + "正文。" * 30,
        "!" * 5000,
    ],
    ids=["markup", "front matter", "markdown", "one line", "short lines", "controls", "marks"],
)
def test_strange_dumps_become_records_that_read_back(archive, text):
    (archive.seeds / "a.txt").write_text(text)
    report = load(archive)
    assert "line-lost" not in _codes(report)
    read = read_archive(archive.articles)
    assert "aaaaaaaa" not in read.by_id
    before = _files(archive.articles)
    load(archive)
    assert _files(archive.articles) == before


def test_files_that_are_no_dumps_are_told_by_their_kinds(archive):
    for name in ("a.docx", "b.DOCX", "scan.pdf", ".hidden.pdf", "a.fix.yaml"):
        (archive.seeds / name).write_text("")
    told = [one for one in load(archive).diagnostics if one.code == "dump-kind-unread"]
    assert [(Path(one.location.file).name, one.params["count"]) for one in told] == [("a.docx", 2), ("scan.pdf", 1)]


ROWS = [
    {"title": "第一篇", "date": "2024-11-05", "body": "甲段。\n乙段。", "source": "工人日报", "栏目": "要闻"},
    {"title": "第二篇", "date": "2024年1月3日", "body": "丙段。", "source": "甘肃日报"},
]


def test_a_table_gives_an_article_a_row(archive):
    (archive.seeds / "a.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS))
    out = io.StringIO()
    writer = csv.DictWriter(out, ["title", "date", "body", "source", "栏目"])
    writer.writeheader()
    writer.writerows(ROWS)
    (archive.seeds / "b.csv").write_text(out.getvalue())
    report = load(archive)
    assert not has_errors(report.diagnostics)
    articles = read_archive(archive.articles).articles
    assert [(a.title, a.date, a.source, a.body) for a in articles] == [
        ("第一篇", "2024-11-05", "工人日报", "甲段。\n\n乙段。\n"),
        ("第二篇", "2024-01-03", "甘肃日报", "丙段。\n"),
    ] * 2
    assert [a.provenance.lines for a in articles] == [((1, 1),), ((2, 2),), ((2, 2),), ((3, 3),)]
    assert articles[0].extra == {"栏目": "要闻"}


def test_a_broken_row_is_named_by_its_line_and_the_others_are_loaded(archive):
    (archive.seeds / "a.jsonl").write_text('{"title": "甲", "body": "一段。"}\n{"title": \n["不是对象"]\n')
    report = load(archive)
    assert [(d.code, d.location.line) for d in report.diagnostics if d.code == "row-unreadable"] == [
        ("row-unreadable", 2),
        ("row-unreadable", 3),
    ]
    assert [article.title for article in read_archive(archive.articles).articles] == ["甲"]


def test_markdown_with_front_matter_is_one_article(archive):
    (archive.seeds / "a.md").write_text(
        "---\ntitle: 题\ndate: 2024-11-05\nsource: 工人日报\nauthor: 李明\n---\n\n一段，\n接着。\n\n## 小标题\n\n二段。\n"
    )
    load(archive)
    article = read_archive(archive.articles).articles[0]
    assert (article.title, article.date, article.source) == ("题", "2024-11-05", "工人日报")
    assert article.body == "一段，接着。\n\n## 小标题\n\n二段。\n"


def test_saved_html_is_read_by_its_visible_text(archive):
    paragraphs = "".join(f"<p>第{n}段的文字说明了会议的内容，内容很多，各方都有发言。</p>" for n in range(5))
    (archive.seeds / "a.html").write_text(
        f"<!DOCTYPE html><html><head><script>var x = '看不见';</script></head>\n<body><h1>会议在白银市举行</h1>\n{paragraphs}</body></html>"
    )
    load(archive)
    articles = read_archive(archive.articles).articles
    words = "".join(article.title + article.body for article in articles)
    assert "会议在白银市举行" in words
    assert "第4段的文字" in words
    assert "看不见" not in words


def _long_table(folders, rows, *more):
    lines = [json.dumps(row) for row in more]
    lines += [json.dumps({"title": f"第{n}号通告", "body": f"这是编号{n * 7919}的通告，请各处知照。"}) for n in rows]
    (folders.seeds / "a.jsonl").write_text("\n".join(lines))


def _ids_by_title(folders):
    return {article.title: article.id for article in read_archive(folders.articles).articles}


def test_a_row_of_a_long_table_keeps_its_id_wherever_it_is_moved(archive):
    _long_table(archive, range(600))
    load(archive)
    before = _ids_by_title(archive)
    added = {"title": "梨园丰收", "body": "入秋以来，青石镇的果农在梨园里忙着采摘。"}
    _long_table(archive, [*range(10, 590), 5, *range(590, 600), *range(5)], added)
    (report,) = load(archive).dumps
    after = _ids_by_title(archive)
    assert (report.articles, report.created) == (597, 1)
    assert {title: after[title] for title in before} == before  # those without a row stay, too


def test_records_of_a_long_table_that_are_lost_with_its_ledger_come_back_with_the_same_ids(archive):
    _long_table(archive, range(600))
    load(archive)
    whole = _files(archive.articles)
    shutil.rmtree(archive.articles / "dumps")
    register = (archive.articles / "ids.csv").read_text().splitlines(keepends=True)
    (archive.articles / "ids.csv").write_text("".join(register[:501]))
    for path in sorted(archive.articles.rglob("*.md"))[430:]:
        path.unlink()
    assert load(archive).withdrawn == ()
    assert _files(archive.articles) == whole
