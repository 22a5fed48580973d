"""An archive's own templates, styles and words stand for the program's, file by file and key by key; mistakes name their line."""

import json
import shutil
from pathlib import Path

import pytest

from gongwen_site.commands.build import build
from gongwen_site.commands.check import check
from gongwen_site.commands.load import load
from gongwen_site.commands.own import own
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.errors import GongwenError

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """An archive of one dump, loaded once; tests work on copies."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "seeds").mkdir()
    (folder / "gongwen.yaml").write_text("title: 试库\n", encoding="utf-8")
    shutil.copy(SEEDS / "001_68a2d98467e1a6c6.txt", folder / "seeds")
    load(resolve_folders(root=folder))
    return folder


@pytest.fixture
def archive(loaded, tmp_path):
    shutil.copytree(loaded, tmp_path / "archive")
    return resolve_folders(root=tmp_path / "archive")


def _write(archive, name, text):
    path = archive.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _page(archive, name="index.html"):
    return (archive.output / name).read_text(encoding="utf-8")


def _failures(archive):
    with pytest.raises(GongwenError) as raised:
        build(archive, search=False)
    return [
        (Path(d.location.file).relative_to(archive.root).as_posix(), d.location.line, d.code, d.params)
        for d in raised.value.diagnostics
    ]


def test_a_template_stands_for_the_programs_and_the_others_stay(archive):
    _write(
        archive,
        "templates/partials/footer.html",
        "<footer>{{ site.title }}自办{% include 'partials/mine.html' %}</footer>\n",
    )
    _write(archive, "templates/partials/mine.html", "<p>自己的一段</p>\n")
    report = build(archive)
    assert "<footer>试库自办<p>自己的一段</p>" in _page(archive)
    assert 'class="skip"' in _page(archive)
    assert report.site.diagnostics == ()
    assert check(archive).diagnostics == ()


def test_static_files_are_added_and_replaced_and_own_style_stands_at_the_end(archive):
    _write(archive, "static/icons/favicon.svg", "<svg/>")
    _write(archive, "static/pictures/馆.txt", "馆")
    _write(archive, "static/css/own.css", ":root { --mine: 1px; } /* 自己的 */")
    build(archive, search=False)
    assets = archive.output / "assets"
    assert (assets / "icons/favicon.svg").read_text() == "<svg/>"
    assert (assets / "pictures/馆.txt").read_text() == "馆"
    assert (assets / "css/gongwen.css").read_text().endswith(":root{--mine: 1px;}\n".replace(": ", ":"))
    assert not (assets / "css/own.css").exists()
    assert (assets / "js/engine.js").is_file()


def test_a_word_stands_for_the_programs_on_every_kind_of_page(archive):
    _write(archive, "wording/zh-CN/site.yaml", "nav: {topics: 专题}\ncount: 共{n}篇\n")
    _write(archive, "wording/zh-CN/search.yaml", "narrow: 限于{name}\n")
    build(archive)
    assert ">专题</a>" in _page(archive)
    assert ">日期</a>" in _page(archive)
    assert "共1篇" in _page(archive, "date/index.html") + _page(archive, "topic/index.html") + _page(
        archive, "index.html"
    )
    assert json.dumps("限于{name}") in _page(archive, "search/index.html")
    assert check(archive).diagnostics == ()


def test_what_the_archive_says_of_itself_may_be_as_long_as_it_likes(archive):
    _write(
        archive,
        "wording/zh-CN/site.yaml",
        "about:\n  sections:\n    - heading: 馆史\n      paragraphs: [一九八〇年建馆。, '收报道 {articles} 篇。']\n",
    )
    build(archive, search=False)
    assert "收报道 1 篇。" in _page(archive, "about/index.html")
    assert "朱与墨" not in _page(archive, "about/index.html")


def test_mistakes_in_words_are_told_with_their_lines(archive):
    _write(
        archive,
        "wording/zh-CN/site.yaml",
        "nav:\n  topic: 专题\n  dates: 日子 {n}\ncount: '{n'\ndate:\n  weekday_heads: [一, 二]\nskip: [甲]\nlist: 报道\n",
    )
    _write(archive, "wording/zh-CN/pages.yaml", "a: b\n")
    _write(archive, "wording/zh/site.yaml", "a: b\n")
    found = [(file, line, code) for file, line, code, _ in _failures(archive)]
    site = "wording/zh-CN/site.yaml"
    assert sorted(found, key=str) == sorted(
        [
            ("wording/zh-CN/pages.yaml", None, "wording-file-unknown"),
            ("wording/zh", None, "wording-language-unknown"),
            (site, 2, "wording-key-unknown"),
            (site, 3, "wording-name-unknown"),
            (site, 4, "wording-braces"),
            (site, 6, "wording-list-length"),
            (site, 7, "value-wrong-kind"),
            (site, 8, "value-wrong-kind"),
        ],
        key=str,
    )


def test_the_nearest_key_is_offered(archive):
    _write(archive, "wording/zh-CN/site.yaml", "nav:\n  topic: 专题\n")
    assert _failures(archive)[0][3] == {"key": "topic", "near": "topics"}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("<p>\n{% if %}\n", 2, "template-broken"),
        ("<p>\n{{ site.titel }}\n", 2, "template-name-unknown"),
        ("<p>\n\n{{ titel }}\n", 3, "template-name-unknown"),
        ("{{ 1 + site.title }}\n", 1, "template-broken"),
        ("{{ 1 / 0 }}\n", 1, "template-broken"),
        ("{{ site.title | upside }}\n", 1, "template-broken"),
        ("<p>\n{% include 'partials/none.html' %}\n", 2, "template-missing"),
    ],
)
def test_mistakes_in_templates_are_told_with_their_lines(archive, text, line, code):
    name = "templates/partials/footer.html"
    _write(archive, name, text)
    ((file, at, found, _),) = _failures(archive)
    assert (file, at, found) == (name, line, code)


def test_a_file_of_the_program_is_copied_to_be_changed_and_as_it_is_changes_nothing(archive):
    build(archive, search=False)
    before = _page(archive)
    known = own(archive, ()).known
    names = ("templates/partials/footer.html", "static/css/gongwen.css", "wording/zh-CN/site.yaml")
    assert set(names) <= set(known)
    assert own(archive, names).copied == names
    assert build(archive, search=False).site.diagnostics == ()
    assert _page(archive) == before
    for name, code in ((names[0], "own-exists"), ("templates/foter.html", "own-unknown")):
        with pytest.raises(GongwenError) as raised:
            own(archive, (name,))
        assert raised.value.diagnostics[0].code == code


def test_every_commented_word_may_be_uncommented(archive):
    for name in ("site", "search", "loading", "tagging"):
        own(archive, (f"wording/zh-CN/{name}.yaml",))
        path = archive.root / "wording" / "zh-CN" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            "\n".join(line.removeprefix("#").removeprefix(" ") for line in text.splitlines()), encoding="utf-8"
        )
    build(archive, search=False)


def test_a_template_that_nothing_uses_is_noted_with_the_nearest_name(archive):
    _write(archive, "templates/partials/foter.html", "<footer></footer>\n")
    (noted,) = build(archive, search=False).site.diagnostics
    assert (noted.code, noted.params["near"]) == ("template-idle", "partials/footer.html")
