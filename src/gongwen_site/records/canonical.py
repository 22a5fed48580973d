"""Front matter as this program writes it, read by one pattern: nearly all records, ten times sooner than by YAML.

The pattern knows only the fixed form that `frontmatter` writes, without rare marks in it. Whatever else a person wrote goes
to the YAML parser, which says what is wrong with it. A test holds both equal. What many records repeat is one string.
"""

import re
from collections.abc import Callable, Mapping
from sys import intern
from typing import Any

from gongwen_site.records.article import (
    Caption,
    DateCertainty,
    Dateline,
    Evidence,
    Person,
    Provenance,
    Reasons,
)
from gongwen_site.records.dates import is_date
from gongwen_site.records.fields import FIELDS, Kind

_STRANGE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML refuses, or takes for a line break or white space."""

# Scalars of one line. Plain ones hold no mark that YAML may read; between brackets, none of those that part items.
_QUOTED = r"'(?:[^'\n]++|'')++'"
_FIRST = r"(?!(?:null|Null|NULL)(?![^\n,\]}:]))[^-+ \n?:,\[\]{}#&*!|>'\"%@`<=~.]"
_WORD = rf"{_FIRST}(?:[^ \n,:#?\[\]{{}}]++| ++(?=[^ \n,:#?\[\]{{}}]))*+"
_LINE = rf"{_FIRST}(?:[^ \n:#]++|:(?=[^ \n:#])| ++(?=[^ \n:#]))*+"
_ITEM = rf"(?:{_QUOTED}|{_WORD})"
_VALUE = rf"(?:{_QUOTED}|{_LINE})"
_KEY = rf"(?=.{{1,200}}:){_ITEM}"
_NUMBER = r"[0-9]{1,15}"

_REASON = rf"- \{{rule: {_ITEM}, words: {_ITEM}(?:, line: {_NUMBER})?\}}\n"
_TAGGED = rf"(?:    {_KEY}:\n(?:      {_REASON})++)++"


def _row(*keys: str) -> str:
    some = "|".join(keys)
    return rf"\{{(?:{some}): {_ITEM}(?:, (?:{some}): {_ITEM})*+\}}"


_FORMS: Mapping[Kind, str] = {
    Kind.TEXT: rf" ({_VALUE})\n",
    Kind.FLAG: r" (true|false)\n",
    Kind.DATE: rf" ({_VALUE})\n",
    Kind.PAGE: rf" ({_VALUE})\n",
    Kind.CERTAINTY: r" ([a-z]+)\n",
    Kind.TEXTS: rf" \[({_ITEM}(?:, {_ITEM})*+)\]\n",
    Kind.BYLINE: rf"\n((?:  - {_row('name', 'role', 'outlet')}\n)++)",
    Kind.DATELINE: rf" ({_row('place', 'date')})\n",
    Kind.CAPTIONS: rf"\n((?:  - text: {_VALUE}\n)++)",
    Kind.EXTRA: rf"\n((?:  {_KEY}: {_VALUE}\n)++)",
    Kind.EVIDENCE: (
        rf"\n((?=  )(?:  date:\n(?:    {_REASON})++)?(?:  source:\n(?:    {_REASON})++)?"
        rf"(?:  regions:\n{_TAGGED})?(?:  topics:\n{_TAGGED})?)"
    ),
    Kind.PROVENANCE: (
        rf"\n(  seed: {_VALUE}\n  sha256: {_VALUE}\n"
        rf"  lines: \[(?:\[{_NUMBER}, {_NUMBER}\](?:, (?=\[))?)*+\]\n(?:  digests:\n(?:    {_KEY}: {_VALUE}\n)++)?)"
    ),
}
_WHOLE = re.compile("".join(f"(?:{field.name}:{_FORMS[field.kind]})?" for field in FIELDS))

# Parts of what the whole pattern matched.
_ITEMS = re.compile(_ITEM)
_PAIRS = re.compile(rf"({_ITEM}): (.*)\n")
_COLUMNS = re.compile(rf"([a-z]+): ({_ITEM})")
_TEXTS = re.compile(r"  - text: (.*)\n")
_REASONS = re.compile(
    rf"  (?:  (?:  )?- \{{rule: ({_ITEM}), words: ({_ITEM})(?:, line: ({_NUMBER}))?\}}|([a-z]+):|  ({_ITEM}):)\n"
)
_SOURCE = re.compile(r"  seed: (.*)\n  sha256: (.*)\n  lines: \[(.*)\]\n(?:  digests:\n)?")
_RANGES = re.compile(rf"\[({_NUMBER}), ({_NUMBER})\]")


class _UnlikeWritten(Exception):  # noqa: N818 - no error: the YAML parser may yet read it, or say what is wrong
    pass


def read_canonical(text: str) -> dict[str, Any] | None:
    """Return the values of front matter, None if it is not in the form that the program writes."""
    found = None if _STRANGE.search(text) else _WHOLE.fullmatch(text)
    if found is None:
        return None
    try:
        return {
            name: take(written)
            for (name, take), written in zip(_KEYS, found.groups(), strict=True)
            if written is not None
        }
    except _UnlikeWritten:
        return None


def _text(written: str) -> str:
    return written[1:-1].replace("''", "'") if written[0] == "'" else written


def _date(written: str) -> str:
    text = _text(written)
    if not is_date(text):
        raise _UnlikeWritten
    return text


def _certainty(written: str) -> DateCertainty:
    try:
        return DateCertainty(written)
    except ValueError as failure:
        raise _UnlikeWritten from failure


def _texts(written: str) -> tuple[str, ...]:
    return tuple(map(intern, map(_text, _ITEMS.findall(written)) if "'" in written else written.split(", ")))


def _mapping(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found = {intern(_text(key)): _text(value) for key, value in pairs}
    if len(found) < len(pairs):  # a key twice
        raise _UnlikeWritten
    return found


def _byline(written: str) -> tuple[Person, ...]:
    return tuple(Person(**_mapping(_COLUMNS.findall(row))) for row in written.splitlines())


def _dateline(written: str) -> Dateline:
    columns = _mapping(_COLUMNS.findall(written))
    if not is_date(columns.get("date", "2000")):
        raise _UnlikeWritten
    return Dateline(**columns)


def _captions(written: str) -> tuple[Caption, ...]:
    return tuple(Caption(text=_text(text)) for text in _TEXTS.findall(written))


def _extra(written: str) -> dict[str, str]:
    return _mapping(_PAIRS.findall(written))


def _evidence(written: str) -> Reasons:
    # A line at a time: the name of a kind, a tag of that kind, or a reason for what was named last.
    kinds: dict[str, Any] = {}
    reasons: list[Evidence] = []
    tags: dict[str, list[Evidence]] = {}
    for rule, words, line, kind, tag in _REASONS.findall(written):
        if rule:
            reasons.append(Evidence(rule=intern(_text(rule)), words=_text(words), line=int(line) if line else None))
        elif kind:
            reasons, tags = [], {}
            kinds[kind] = reasons if kind in {"date", "source"} else tags
        else:
            name = _text(tag)
            if name in tags:
                raise _UnlikeWritten
            reasons = tags[name] = []
    return Reasons(**{kind: _frozen(value) for kind, value in kinds.items()})


def _frozen(value: list[Evidence] | dict[str, list[Evidence]]) -> Any:
    return tuple(value) if isinstance(value, list) else {tag: tuple(reasons) for tag, reasons in value.items()}


def _provenance(written: str) -> Provenance:
    head = _SOURCE.match(written)
    if head is None:
        raise _UnlikeWritten
    seed, lines = _text(head[1]), tuple((int(first), int(last)) for first, last in _RANGES.findall(head[3]))
    if any(part in {"", ".", ".."} for part in seed.split("/")) or not all(1 <= first <= last for first, last in lines):
        raise _UnlikeWritten
    digests = _mapping(_PAIRS.findall(written, head.end()))
    return Provenance(seed=intern(seed), sha256=intern(_text(head[2])), lines=lines, digests=digests)


_TAKERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: _text,
    Kind.FLAG: lambda written: written == "true",
    Kind.DATE: _date,
    Kind.PAGE: _text,
    Kind.CERTAINTY: _certainty,
    Kind.TEXTS: _texts,
    Kind.BYLINE: _byline,
    Kind.DATELINE: _dateline,
    Kind.CAPTIONS: _captions,
    Kind.EXTRA: _extra,
    Kind.EVIDENCE: _evidence,
    Kind.PROVENANCE: _provenance,
}

_KEYS = tuple((field.name, _TAKERS[field.kind]) for field in FIELDS)
