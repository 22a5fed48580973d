"""The careful reading of the five seeds as `Reading`s, so that tagging is judged apart from the loader."""

import hashlib
import re
from pathlib import Path
from typing import Any

import yaml

from gongwen_site.records.article import Person
from gongwen_site.records.reading import Draft, Paragraph, Printed, Reading, Seed

ROOT = Path(__file__).parents[3]
GOLD: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/fixtures/gold_tags.yaml").read_text(encoding="utf-8"))

_REPORTER = re.compile(r"^(?P<outlet>\S*?)(?P<role>记者|通讯员)\s*(?P<names>.+)$")


def gold_readings() -> list[tuple[Reading, list[dict[str, Any]]]]:
    """Return each seed read as the gold says, with its gold articles in the order of its drafts."""
    found = []
    for name in sorted({item["seed"] for item in GOLD}):
        items = [item for item in GOLD if item["seed"] == name]
        content = (ROOT / "seeds" / name).read_bytes()
        text = content.decode("utf-8")
        seed = Seed(path=name, sha256=hashlib.sha256(content).hexdigest(), encoding="utf-8", text=text)
        drafts = tuple(_draft(item, text.split("\n")) for item in items)
        found.append((Reading(seed=seed, drafts=drafts, line_roles=()), items))
    return found


def _draft(item: dict[str, Any], lines: list[str]) -> Draft:
    spec = item["lines"]

    def printed(number: int) -> Printed:
        return Printed(text=lines[number - 1], line=number)

    def first(key: str) -> Printed | None:
        return printed(spec[key][0]) if spec.get(key) else None

    byline, byline_lines = _byline(spec, lines)
    on_page = spec.get("provenance") or []
    date = re.search(r"\d{4}-\d\d-\d\d", " ".join(lines[n - 1] for n in on_page))
    date_line = next((n for n in on_page if re.search(r"\d{4}-\d\d-\d\d", lines[n - 1])), 0)
    source_line = next((n for n in on_page if item["source"] and item["source"] in lines[n - 1]), 0)
    return Draft(
        title=first("headline") or Printed(text="(无题)", line=0),
        title_supplied=item["title"] is None,
        kicker=first("kicker"),
        deck=first("deck"),
        unit=first("unit"),
        byline=byline,
        byline_lines=byline_lines,
        date=Printed(text=date[0], line=date_line) if date else None,
        source=Printed(text=item["source"], line=source_line) if source_line else None,
        body=tuple(_paragraphs(spec, lines)),
        captions=tuple(printed(number) for number in spec.get("captions", ())),
    )


def _byline(spec: dict[str, Any], lines: list[str]) -> tuple[tuple[Person, ...], tuple[int, ...]]:
    people, numbers = [], []
    for number in spec.get("byline", ()):
        match = _REPORTER.match(lines[number - 1].strip())
        if match is None:
            continue
        for name in match["names"].split():
            people.append(Person(name=name, role=match["role"], outlet=match["outlet"] or None))
            numbers.append(number)
    return tuple(people), tuple(numbers)


def _paragraphs(spec: dict[str, Any], lines: list[str]) -> list[Paragraph]:
    skipped = {*spec.get("drop", ()), *spec.get("optional", ())}
    joined = {number for group in spec.get("joins", ()) for number in group[1:]}
    headings = set(spec.get("headings", ()))
    found: list[Paragraph] = []
    for first, last in spec["body"]:
        for number in range(first, last + 1):
            part = Printed(text=lines[number - 1], line=number)
            if number in skipped or not part.text.strip():
                continue
            if number in joined:
                found[-1] = Paragraph(kind=found[-1].kind, parts=(*found[-1].parts, part))
            else:
                found.append(Paragraph(kind="heading" if number in headings else "paragraph", parts=(part,)))
    return found
