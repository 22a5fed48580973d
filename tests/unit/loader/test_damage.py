"""Pages of the gold articles, mixed and damaged by lot: how much of them must be read right whatever the rules become."""

import importlib.util
import sys
from pathlib import Path

import pytest

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Seed

_spec = importlib.util.spec_from_file_location("damage", Path(__file__).with_name("damage.py"))
damage = importlib.util.module_from_spec(_spec)
sys.modules["damage"] = damage  # its dataclasses look themselves up there
_spec.loader.exec_module(damage)

PAGES = 12
# Per kind: F1 over pairs of body lines in one article, bodies exactly right, headlines at their texts. Just under what
# the rules reach over these pages.
FLOORS = {
    "none": (0.96, 0.92, 0.95),
    "top": (0.88, 0.75, 0.84),
    "inside": (0.91, 0.76, 0.84),
    "elsewhere": (0.92, 0.73, 0.88),
    "cut": (0.92, 0.87, 0.93),
    "captions": (0.96, 0.90, 0.95),
    "no-blanks": (0.94, 0.81, 0.90),
    "wide": (0.96, 0.87, 0.93),
    "narrow": (0.98, 0.97, 0.98),
    "all": (0.87, 0.68, 0.80),
}


@pytest.mark.parametrize("kind", damage.KINDS)
def test_damaged_pages_are_read_no_worse_than_this(kind):
    reached = damage.measure(kind, PAGES)
    assert all(rate >= floor for rate, floor in zip(reached, FLOORS[kind], strict=True)), reached


@pytest.mark.parametrize("kind", damage.KINDS)
def test_no_damage_loses_a_line(kind):
    for number in range(PAGES, PAGES + 4):
        text = damage.page(number, kind).text
        reading = segment(Seed(path="page.txt", sha256="", encoding="utf-8", text=text))
        told = [n for role in reading.line_roles for n in range(role.first, role.last + 1)]
        assert len(told) == len(set(told))
        assert set(told) >= {n for n, line in enumerate(text.split("\n"), 1) if line.strip()}
