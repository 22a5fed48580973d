"""Tagging against the careful reading of the five seeds: sources, dates, regions, topics."""

import importlib.util
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gongwen_site.records.reading import Tags
from gongwen_site.tagging.tag import tag_reading
from gongwen_site.vocabulary.load import load_vocabulary


def _gold_reading() -> Any:
    spec = importlib.util.spec_from_file_location("gold_reading", Path(__file__).parent / "gold_reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tagged() -> list[tuple[dict[str, Any], Tags]]:
    vocabulary = load_vocabulary(None)
    return [
        (item, tags)
        for reading, items in _gold_reading().gold_readings()
        for item, tags in zip(items, tag_reading(reading, vocabulary), strict=True)
    ]


def test_all_articles_are_tagged(tagged):
    assert len(tagged) == 22


def test_first_region_is_what_the_article_is_about(tagged):
    wrong = {item["id"]: list(tags.regions) for item, tags in tagged if [*tags.regions][:1] != item["regions"][:1]}
    assert not wrong


def test_all_regions(tagged):
    count: Counter[str] = Counter()
    for item, tags in tagged:
        wanted, found = {*item["regions"], *item["regions_mentioned"]}, set(tags.regions)
        count += _compared(wanted - _ancestors(wanted), found, free=wanted | _ancestors(wanted | found))
    assert _f1(count) >= 0.95


def test_topics(tagged):
    count: Counter[str] = Counter()
    for item, tags in tagged:
        count += _compared(set(item["topics"]), set(tags.topics), free=set(item.get("topics_either", ())))
    assert _f1(count) >= 0.9


def test_dates_are_as_printed_or_inferred_within_their_window(tagged):
    wrong = {item["id"]: tags.date for item, tags in tagged if not _date_holds(item, tags)}
    assert not wrong


def test_articles_of_a_page_share_its_inferred_date(tagged):
    by_seed: dict[str, set[str | None]] = {}
    for item, tags in tagged:
        by_seed.setdefault(item["seed"], set()).add(tags.date)
    assert {len(dates) for dates in by_seed.values()} == {1}


def test_source_is_the_printed_one_and_never_made_up(tagged):
    wrong = {item["id"]: tags.source for item, tags in tagged if tags.source != item["source"]}
    assert not wrong


def test_every_tag_has_reasons_whose_words_stand_on_their_line(tagged):
    root = Path(__file__).parents[3]
    for item, tags in tagged:
        lines = (root / "seeds" / item["seed"]).read_text(encoding="utf-8").split("\n")
        groups = [tags.date_evidence, *tags.regions.values(), *tags.topics.values()]
        groups += [tags.source_evidence] if tags.source else []
        assert all(groups), item["id"]
        for evidence in (e for group in groups for e in group if e.line is not None):
            # A word may run over a column break, and of several places joined by 、 the first stands there.
            assert evidence.words.split("、")[0][0] in lines[evidence.line - 1], (item["id"], evidence)


def _date_holds(item: Mapping[str, Any], tags: Tags) -> bool:
    date = tags.date or ""
    if item["date_certainty"] == "printed":
        return date == str(item["date"]) and not tags.date_inferred
    low, high = item["date_window"]
    return tags.date_inferred and len(date) >= 7 and low[: len(date)] <= date <= high[: len(date)]


def _compared(wanted: set[str], found: set[str], *, free: set[str]) -> Counter[str]:
    return Counter(tp=len(wanted & found), fp=len(found - wanted - free), fn=len(wanted - found))


def _ancestors(paths: set[str]) -> set[str]:
    return {"/".join(path.split("/")[:count]) for path in paths for count in range(1, path.count("/") + 1)}


def _f1(count: Counter[str]) -> float:
    return 2 * count["tp"] / (2 * count["tp"] + count["fp"] + count["fn"])
