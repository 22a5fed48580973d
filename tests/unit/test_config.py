"""gongwen.yaml: every setting has a default and a meaning; what cannot be is refused at its line, with what was probably meant."""

import json
from dataclasses import fields

import pytest

from gongwen_site.commands.config import config, written
from gongwen_site.commands.paths import resolve_folders
from gongwen_site.config import Config, read_config, read_settings
from gongwen_site.errors import ConfigError
from gongwen_site.records.disclosure import Extent
from gongwen_site.wording import languages, wording


def _problems(tmp_path, text):
    (tmp_path / "gongwen.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        config(resolve_folders(root=tmp_path), wording())
    return [(d.location.line, d.code) for d in raised.value.diagnostics], raised.value.diagnostics


def test_no_file_and_an_empty_one_are_the_defaults(tmp_path):
    assert read_config(None) == Config()
    (tmp_path / "gongwen.yaml").write_text("# nothing\n")
    assert read_config(tmp_path) == Config()


def test_everything_wrong_is_told_at_once_at_its_line(tmp_path):
    text = "titel: 甲\nlanguage: fr\nexcerpt_length: 0\nfull_width: 是\ntext: some\nbase_url: ftp://x\ntitle:\n"
    found, told = _problems(tmp_path, text)
    assert found == [
        (1, "setting-unknown"),
        (2, "language-unknown"),
        (3, "value-wrong-kind"),
        (4, "value-wrong-kind"),
        (5, "extent-unknown"),
        (6, "base-url-bad"),
        (7, "value-empty"),
    ]
    assert told[0].params["near"] == "title"


def test_a_home_that_no_table_has_is_refused_at_its_line(tmp_path):
    found, told = _problems(tmp_path, "title: 甲\nhome: 甘肃\n")
    assert found == [(2, "home-unknown")]
    assert told[0].params["near"] == "甘肃省"


def test_every_setting_is_explained_in_every_language():
    names = [one.name for one in fields(Config)]
    for language in languages():
        assert list(wording(language).cli["settings"]) == names


def test_the_report_says_what_holds_where_it_stands_and_what_would_hold_else(tmp_path):
    (tmp_path / "gongwen.yaml").write_text(
        "# x\ntitle: 甲: 乙\ntext_of: {某报: excerpt}\n".replace("甲: 乙", "'甲: 乙'")
    )
    found = {one.name: one for one in config(resolve_folders(root=tmp_path), wording()).settings}
    assert (found["title"].value, found["title"].line, found["title"].default) == ("甲: 乙", 2, Config().title)
    assert found["text_of"].value == {"某报": Extent.EXCERPT}
    assert written(found["text_of"].value) == "{某报: excerpt}"
    assert written(found["title"].value) == "'甲: 乙'"
    assert found["home"].line is None
    assert found["home"].value is None


def test_what_is_written_reads_back(tmp_path):
    (tmp_path / "gongwen.yaml").write_text("text_of: {'a: b': excerpt, 某报: whole}\ncontact: a@b\nfull_width: false\n")
    before = read_settings(tmp_path).config
    lines = [f"{one.name}: {written(one.value)}" for one in config(resolve_folders(root=tmp_path), wording()).settings]
    kept = [line for line in lines if not line.endswith(": None")]
    (tmp_path / "gongwen.yaml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert read_settings(tmp_path).config == before


@pytest.mark.parametrize(
    ("title", "seal"),
    [("工闻", "工闻"), ("甘肃工运报道库", "甘肃"), ("Gansu Labour Archive", "GL"), ("Archive", "A"), ("·", "")],
)
def test_the_seal_is_of_the_name(title, seal):
    assert Config(title=title).seal_text == seal
    assert Config(title=title, seal="馆").seal_text == "馆"


def test_the_command_prints_yaml_or_json(tmp_path, capsys):
    from gongwen_site.cli import gongwen

    (tmp_path / "gongwen.yaml").write_text("title: 某库\n", encoding="utf-8")
    for arguments in (["config"], ["config", "--explain"], ["config", "--json"]):
        with pytest.raises(SystemExit) as left:
            gongwen.main([*arguments, "--root", str(tmp_path)], prog_name="gongwen")
        assert left.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("title: 某库\n")
    report = json.loads(out[out.index("{\n") :])
    assert report["settings"][0] | {"meaning": ""} == {
        "name": "title", "value": "某库", "line": 1, "default": "工闻", "meaning": "",
    }  # fmt: skip
