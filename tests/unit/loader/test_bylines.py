"""The grammar of bylines, case by case: what is printed, whom it names."""

from pathlib import Path

import pytest
import yaml

from gongwen_site.chinese.typography import fold
from gongwen_site.loader import bylines

CASES = yaml.safe_load((Path(__file__).parent / "bylines.yaml").read_text(encoding="utf-8"))


def _cases(kind):
    return [pytest.param(case, id=case["text"][:24]) for case in CASES[kind]]


def _rows(people):
    return [[person.name, person.role, person.outlet] for person in people]


@pytest.mark.parametrize("case", _cases("byline"))
def test_a_byline_names_its_people(case):
    assert _rows(bylines.parse_byline(fold(case["text"]))) == case["people"]


@pytest.mark.parametrize("case", _cases("names"))
def test_a_line_of_names_alone(case):
    assert _rows(bylines.parse_names(fold(case["text"]))) == case["people"]


@pytest.mark.parametrize("case", _cases("lead_in"))
def test_a_lead_in_says_who_whence_and_when(case):
    lead = bylines.parse_lead_in(fold(case["text"]))
    if case.get("lead") is False:
        assert lead is None
        return
    assert (_rows(lead.people), lead.place, lead.date) == (case["people"], case.get("place"), case.get("date"))


@pytest.mark.parametrize("case", _cases("credit"))
def test_a_caption_ends_with_its_credit(case):
    assert _rows(bylines.parse_credit(fold(case["text"]))) == case["people"]


@pytest.mark.parametrize("case", _cases("signature"))
def test_brackets_at_the_end_may_hold_the_writer(case):
    assert _rows(bylines.parse_signature(fold(case["text"]))) == case["people"]


@pytest.mark.parametrize("case", _cases("speaker"))
def test_a_portrait_names_its_speaker(case):
    speaker = bylines.parse_speaker(fold(case["text"]))
    assert (speaker.name if speaker else None) == case["name"]


@pytest.mark.parametrize(
    ("outlet", "paper"),
    [("新甘肃·甘肃日报", "甘肃日报"), ("工人日报-中工网", "工人日报"), ("本报", None), ("新华社", None), (None, None)],
)
def test_only_a_newspaper_is_a_newspaper(outlet, paper):
    assert bylines.paper_of(outlet) == paper
