"""What a fix file says of an article over the rules that tag it, laid over the tags: the keeper's word is the reason."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from gongwen_site.records.article import Evidence
from gongwen_site.records.reading import Given, Reading, Tags

RULE = "fix"
"""The rule named in the evidence of what a fix file gives."""

TAGGED = ("source", "date", "regions", "zones", "places", "topics")
"""The keys of a record that tagging fills; all others a draft brings along."""


def with_given(reading: Reading, tags: Iterable[Tags]) -> tuple[Tags, ...]:
    """Return the tags of each draft with what a fix file gives in place of what the rules found."""
    return tuple(_laid_over(found, draft.given) for draft, found in zip(reading.drafts, tags, strict=True))


def _laid_over(tags: Tags, given: Given) -> Tags:
    changes: dict[str, Any] = {}
    for key in TAGGED:
        if key in given.values:
            changes |= _OVER[key](given.values[key], given.lines.get(key))
    open_still = tuple(
        doubt for doubt in tags.doubts if subject_of(doubt.code) not in given.values and doubt.code not in given.settled
    )
    return replace(tags, **changes, doubts=open_still)


def _reasons(words: str, line: int | None) -> tuple[Evidence, ...]:
    return (Evidence(rule=RULE, words=words, line=line),)


def _source(value: str | None, line: int | None) -> dict[str, Any]:
    return {"source": value, "source_evidence": _reasons(value, line) if value else ()}


def _date(value: str | None, line: int | None) -> dict[str, Any]:
    return {"date": value, "date_inferred": False, "date_evidence": _reasons(value, line) if value else ()}


_OVER: dict[str, Callable[[Any, int | None], dict[str, Any]]] = {
    "source": _source,
    "date": _date,
    "regions": lambda value, line: {"regions": {name: _reasons(name, line) for name in value or ()}},
    "zones": lambda value, _line: {"zones": tuple(value or ())},
    "places": lambda value, _line: {"places": tuple(value or ())},
    "topics": lambda value, line: {"topics": {name: _reasons(name, line) for name in value or ()}},
}

_KEY_OF = {
    "date": "date",
    "source": "source",
    "region": "regions",
    "topic": "topics",
    "title": "title",
    "untitled": "title",
    "no-byline": "byline",
}


def subject_of(code: str) -> str | None:
    """Return the key of the record that doubts of this code are about, None if they are about body or lines."""
    return _KEY_OF.get(code) or _KEY_OF.get(code.partition("-")[0])
