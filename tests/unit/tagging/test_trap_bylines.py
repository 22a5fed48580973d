"""Bylines with names like places, and sentences that only look like bylines."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongwen_site.chinese.typography import fold
from gongwen_site.loader import bylines

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "trap_bylines.yaml").read_text(encoding="utf-8")
)


def _cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["text"][:24]) for case in CASES[kind]]


def _rows(people: Any) -> list[list[str | None]]:
    return [[person.name, person.role, person.outlet] for person in people]


@pytest.mark.parametrize("case", _cases("byline"))
def test_a_byline_names_its_people(case):
    assert _rows(bylines.parse_byline(fold(case["text"]))) == case["people"]


@pytest.mark.parametrize("case", _cases("lead_in"))
def test_a_lead_in_says_who_whence_and_when(case):
    lead = bylines.parse_lead_in(fold(case["text"]))
    if case.get("lead") is False:
        assert lead is None
        return
    assert lead is not None
    assert (_rows(lead.people), lead.place, lead.date) == (case["people"], case.get("place"), case.get("date"))


@pytest.mark.parametrize("case", _cases("credit"))
def test_a_caption_ends_with_its_credit(case):
    assert _rows(bylines.parse_credit(fold(case["text"]))) == case["people"]


@pytest.mark.parametrize("case", _cases("signature"))
def test_brackets_at_the_end_may_hold_the_writer(case):
    assert _rows(bylines.parse_signature(fold(case["text"]))) == case["people"]
