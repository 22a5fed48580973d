"""A keeper's vocabulary files extend and override the defaults; what is wrong in them is said with file and line."""

from pathlib import Path

import pytest

from gongwen_site.errors import ConfigError
from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.wording import wording


def _folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_topic_is_added_and_another_changed_in_the_keys_given(tmp_path):
    defaults = load_vocabulary(None)
    folder = _folder(
        tmp_path,
        topics="安全生产: {slug: safety, words: [安全生产, 隐患排查], minimum: 1, broader: 水利}\n水利: {minimum: 9}\n",
    )
    topics = load_vocabulary(folder).topics
    assert topics["安全生产"].words == ("安全生产", "隐患排查")
    assert topics["水利"].minimum == 9
    assert topics["水利"].words == defaults.topics["水利"].words
    assert set(topics) == {*defaults.topics, "安全生产"}


def test_a_topic_counts_only_where_its_context_is_said(tmp_path):
    folder = _folder(tmp_path, topics="联谊: {slug: mixer, words: [联谊], requires: [职工]}\n")
    assert load_vocabulary(folder).topics["联谊"].requires == ("职工",)


def test_papers_events_and_regions_are_added(tmp_path):
    folder = _folder(
        tmp_path,
        papers="临洮日报: {slug: lintao-daily, home: 甘肃省/定西市, place: 定西}\n",
        events="events:\n- {words: [首届职工艺术节], date: 2024-05-01}\n",
        regions="divisions:\n  '621199': {name: 新立县}\nzones: {循环化工园: 甘肃省/金昌市}\naliases: {狄道: 甘肃省/定西市/临洮县}\nexclude: [临洮陶]\n",
    )
    vocabulary = load_vocabulary(folder)
    assert vocabulary.papers["临洮日报"].home == "甘肃省/定西市"
    assert vocabulary.events[-1].date == "2024-05-01"
    assert vocabulary.region_address("甘肃省/定西市/新立县") == "gansu/dingxi/621199"
    assert vocabulary.regions.zones["循环化工园"] == "甘肃省/金昌市"
    assert vocabulary.regions.aliases["狄道"] == "甘肃省/定西市/临洮县"
    assert "临洮陶" in vocabulary.regions.exclude


def test_a_missing_folder_changes_nothing(tmp_path):
    assert load_vocabulary(tmp_path / "none").topics == load_vocabulary(None).topics


@pytest.mark.parametrize(
    ("name", "text", "line", "code"),
    [
        ("topics", "甲: {slug: a, wrods: [乙]}\n", 1, "vocabulary-key-unknown"),
        ("topics", "甲: {slug: a, words: [乙]}\n甲: {slug: b, words: [乙]}\n", 2, "key-duplicate"),
        ("topics", "甲: {slug: Übel, words: [乙]}\n", 1, "slug-bad"),
        ("topics", "甲: {slug: unknown, words: [乙]}\n", 1, "slug-bad"),
        ("topics", "# 注\n甲:\n  slug: water\n  words: [乙]\n", 3, "slug-twice"),
        ("topics", "甲: {slug: a, words: [乙], broader: 丙}\n", 1, "topic-unknown"),
        (
            "topics",
            "甲: {slug: a, words: [乙], broader: 丙}\n丙: {slug: c, words: [丁], broader: 甲}\n",
            1,
            "topic-cycle",
        ),
        ("topics", "甲: {slug: a}\n", 1, "key-missing"),
        ("topics", "甲: {slug: a, words: [乙], iptc: sport}\n", 1, "iptc-bad"),
        ("topics", "甲: {slug: a, words: [乙], broader: 甲}\n", 1, "topic-cycle"),
        ("topics", "甲: {slug: a, words: [乙], minimum: many}\n", 1, "value-wrong-kind"),
        ("topics", "甲: {slug: a, words: [乙]\n", 2, "yaml-syntax"),
        ("topics", "- 甲\n", 1, "yaml-not-mapping"),
        ("papers", "甲报: {slug: jia, home: 甘肃省/定西县}\n", 1, "region-unknown"),
        ("papers", "甲报: {slug: jia, aliases: [甘肃日报]}\n", 1, "alias-twice"),
        ("events", "events:\n- {words: [甲], date: 2024-13-01}\n", 2, "value-not-date"),
        ("events", "events:\n- {words: [甲]}\n", 2, "key-missing"),
        ("regions", "zones:\n  甲新区: 甘肃\n", 2, "region-unknown"),
        ("regions", "divisions:\n  '62': {name: 甲县}\n", 2, "division-code-bad"),
        ("regions", "divisions:\n  '999999': {name: 甲县}\n", 2, "division-code-bad"),
        ("regions", "divisions:\n  '621300': {name: 甲市, address: dingxi}\n", 2, "slug-twice"),
        ("regions", "divisions:\n  '621199': {name: 临洮县}\n", 2, "division-twice"),
        ("regions", "aliases:\n  狄道: 甘肃省/定西市/临洮县\n  定西市: 甘肃省/白银市\n", 3, "alias-of-region"),
        ("events", "events:\n- {words: [甲], date: 2024-02-30}\n", 2, "value-not-date"),
        ("regions", "zonen: {}\n", 1, "vocabulary-key-unknown"),
        ("topic", "甲: {}\n", 1, "vocabulary-file-unknown"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path, name, text, line, code):
    with pytest.raises(ConfigError) as raised:
        load_vocabulary(_folder(tmp_path, **{name: text}))
    problems = [(d.code, d.location.line if d.location else None) for d in raised.value.diagnostics]
    assert (code, line) in problems
    assert all(d.location is not None and d.location.file.endswith(f"{name}.yaml") for d in raised.value.diagnostics)
    assert all("提示：" in wording().message(d) for d in raised.value.diagnostics)


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    folder = _folder(tmp_path, topics="甲: {slug: Ä, words: [乙]}\n", papers="乙报: {slug: yi, home: 无省}\n")
    with pytest.raises(ConfigError) as raised:
        load_vocabulary(folder)
    assert {d.code for d in raised.value.diagnostics} == {"slug-bad", "region-unknown"}
