"""The codec of a record: Markdown file ⇄ `Article`. The one edge at which a record is validated.

`parse_record(render_record(article)) == article` holds for every article; keys come in the order of `FIELDS`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from yaml.nodes import Node

from gongwen_site.errors import Diagnostic, Location, RecordError, error
from gongwen_site.records import yaml_text as y
from gongwen_site.records.article import (
    Article,
    Caption,
    DateCertainty,
    Dateline,
    Evidence,
    Person,
    Provenance,
    Reasons,
)
from gongwen_site.records.canonical import read_canonical
from gongwen_site.records.dates import is_date
from gongwen_site.records.fields import FIELDS, Kind

_PARTS = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)(?P<body>.*)\Z", re.DOTALL | re.MULTILINE
)
_NO_REASONS = Reasons()
_BY_NAME = {field.name: field for field in FIELDS}
_ID = re.compile(r"[a-z][a-z0-9]{7}")


def render_record(article: Article) -> str:
    """Return the record file of an article: the same text for equal articles."""
    return join_values(render_values(article), article.body)


def render_values(article: Article) -> dict[str, str]:
    """Return the canonical text of each key that is set, in the order of a record."""
    values = {field.name: render_value(field.name, article) for field in FIELDS}
    return {name: text for name, text in values.items() if text}


def join_values(values: Mapping[str, str], body: str) -> str:
    """Return the record file that has these keys, by their canonical text, and this body."""
    return "\n".join(["---", *values.values(), "---", body])


def named(text: str, name: str) -> str:
    """Return the record file of an article that had no id, under this id."""
    return text.replace("---\n", f"---\nid: {y.scalar(name)}\n", 1)


def render_value(name: str, article: Article) -> str:
    """Return the canonical text of one key, for digests and for showing a difference; empty if the key is unset."""
    value = getattr(article, name)
    if not value or value == _NO_REASONS:
        return ""
    return "\n".join(_WRITERS[_BY_NAME[name].kind](name, value))


def read_value(node: Node, name: str) -> Any:
    """Return the value of one key of a record from its YAML node. Raises `yaml_text.Problem`."""
    field = _BY_NAME[name]
    return _READERS[field.kind](node, name)


def parse_record(text: str, file: str) -> Article:
    """Return the article that a record file holds. Raises `RecordError` with all that is wrong, each at its line."""
    text = text.replace("\r\n", "\n")
    end = text.find("\n---\n", 3)
    values = read_canonical(text[4 : end + 1]) if text.startswith("---\n") and end >= 0 else None
    if values is None or _missing(values, file):
        return parse_by_yaml(text, file)
    return Article(**values, body=text[end + 5 :].lstrip("\n"))


def parse_by_yaml(text: str, file: str) -> Article:
    """Return what `parse_record` does, whatever form the front matter has. Of line breaks it knows the Unix one alone."""
    parts = _PARTS.match(text)
    if parts is None:
        raise RecordError(error("record-no-frontmatter", Location(file=file, line=1)))
    problems: list[Diagnostic] = []

    def complain(problem: y.Problem) -> None:
        problems.append(error(problem.code, Location(file=file, line=problem.line + 1), **problem.params))

    values: dict[str, Any] = {}
    kinds = {field.name: field.kind for field in FIELDS}
    try:
        node = y.compose(parts["yaml"])
        entries = y.pairs(node, "record") if node is not None else []
    except y.Problem as problem:
        complain(problem)
        entries = []
    for name, key_node, value_node in entries:
        try:
            if name not in kinds:
                raise y.unknown_key(key_node, name, kinds)
            values[name] = _READERS[kinds[name]](value_node, name)
        except y.Problem as problem:
            complain(problem)
    if not problems:
        problems += _missing(values, file)
    if problems:
        raise RecordError(problems)
    return Article(**values, body=parts["body"].lstrip("\n"))


def _missing(values: Mapping[str, Any], file: str) -> list[Diagnostic]:
    place = Location(file=file, line=1)
    found = []
    if "id" not in values:
        found.append(error("record-no-id", place))
    elif not _ID.fullmatch(values["id"]):
        found.append(error("record-bad-id", place, id=values["id"]))
    if "title" not in values:
        found.append(error("record-no-title", place))
    if ("date" in values) != ("date_certainty" in values):
        found.append(error("record-date-certainty", place))
    return found


# Writers: key and value to lines. Readers: node and key to value. One of each for every kind.


def _write_texts(key: str, value: tuple[str, ...]) -> list[str]:
    return [f"{key}: {y.flow_list(value)}"]


def _write_byline(key: str, value: tuple[Person, ...]) -> list[str]:
    rows = ({"name": p.name, "role": p.role, "outlet": p.outlet} for p in value)
    return [f"{key}:", *(f"  - {y.flow_map(row)}" for row in rows)]


def _write_dateline(key: str, value: Dateline) -> list[str]:
    return [f"{key}: {y.flow_map({'place': value.place, 'date': value.date})}"]


def _write_captions(key: str, value: tuple[Caption, ...]) -> list[str]:
    return [f"{key}:", *(f"  - text: {y.scalar(caption.text)}" for caption in value)]


def _write_extra(key: str, value: Mapping[str, str]) -> list[str]:
    return [f"{key}:", *(f"  {y.key(name)}: {y.scalar(text)}" for name, text in value.items())]


def _evidence_rows(reasons: tuple[Evidence, ...], indent: str) -> list[str]:
    return [
        f"{indent}- {y.flow_map({'rule': reason.rule, 'words': reason.words, 'line': reason.line})}"
        for reason in reasons
    ]


def _write_evidence(key: str, value: Reasons) -> list[str]:
    lines = [f"{key}:"]
    for name in ("date", "source"):
        if reasons := getattr(value, name):
            lines += [f"  {name}:", *_evidence_rows(reasons, "    ")]
    for name in ("regions", "topics"):
        if tagged := getattr(value, name):
            lines.append(f"  {name}:")
            for tag, reasons in tagged.items():
                lines += [f"    {y.scalar(tag)}:", *_evidence_rows(reasons, "      ")]
    return lines


def _write_provenance(key: str, value: Provenance) -> list[str]:
    lines = [
        f"{key}:",
        f"  seed: {y.scalar(value.seed)}",
        f"  sha256: {y.scalar(value.sha256)}",
        f"  lines: {y.flow_ranges(value.lines)}",
    ]
    if value.digests:
        lines += ["  digests:", *(f"    {name}: {y.scalar(digest)}" for name, digest in value.digests.items())]
    return lines


_WRITERS: Mapping[Kind, Callable[[str, Any], list[str]]] = {
    Kind.TEXT: lambda key, value: [f"{key}: {y.scalar(value)}"],
    Kind.FLAG: lambda key, _value: [f"{key}: true"],
    Kind.DATE: lambda key, value: [f"{key}: {y.scalar(value)}"],
    Kind.PAGE: lambda key, value: [f"{key}: {value if _is_plain_number(value) else y.scalar(value)}"],
    Kind.CERTAINTY: lambda key, value: [f"{key}: {value.value}"],
    Kind.TEXTS: _write_texts,
    Kind.BYLINE: _write_byline,
    Kind.DATELINE: _write_dateline,
    Kind.CAPTIONS: _write_captions,
    Kind.EXTRA: _write_extra,
    Kind.EVIDENCE: _write_evidence,
    Kind.PROVENANCE: _write_provenance,
}


def _is_plain_number(text: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,5}", text, re.ASCII))


def _read_date(node: Node, key: str) -> str:
    text = y.text_of(node, key)
    if not is_date(text):
        raise y.Problem(y.line_of(node), "value-not-date", key=key, value=text)
    return text


def _read_certainty(node: Node, key: str) -> DateCertainty:
    text = y.text_of(node, key)
    if text not in set(DateCertainty):
        raise y.Problem(y.line_of(node), "value-not-certainty", key=key, value=text)
    return DateCertainty(text)


def _read_byline(node: Node, key: str) -> tuple[Person, ...]:
    readers = dict.fromkeys(("name", "role", "outlet"), y.text_of)
    return tuple(Person(**y.fields_of(item, key, readers)) for item in y.items(node, key))


def _read_dateline(node: Node, key: str) -> Dateline:
    return Dateline(**y.fields_of(node, key, {"place": y.text_of, "date": _read_date}))


def _read_captions(node: Node, key: str) -> tuple[Caption, ...]:
    found = []
    for item in y.items(node, key):
        values = y.fields_of(item, key, {"text": y.text_of})
        if "text" not in values:
            raise y.Problem(y.line_of(item), "value-empty", key="text")
        found.append(Caption(**values))
    return tuple(found)


def _read_extra(node: Node, key: str) -> dict[str, str]:
    return {name: y.text_of(value, name) for name, _, value in y.pairs(node, key)}


def _read_reasons(node: Node, key: str) -> tuple[Evidence, ...]:
    readers: dict[str, Callable[[Node, str], Any]] = {"rule": y.text_of, "words": y.text_of, "line": y.number_of}
    found = []
    for item in y.items(node, key):
        values = y.fields_of(item, key, readers)
        if not {"rule", "words"} <= values.keys():
            raise y.Problem(y.line_of(item), "value-empty", key="rule, words")
        found.append(Evidence(**values))
    return tuple(found)


def _read_tag_reasons(node: Node, key: str) -> dict[str, tuple[Evidence, ...]]:
    return {name: _read_reasons(value, key) for name, _, value in y.pairs(node, key)}


def _read_evidence(node: Node, key: str) -> Reasons:
    readers = {
        "date": _read_reasons,
        "source": _read_reasons,
        "regions": _read_tag_reasons,
        "topics": _read_tag_reasons,
    }
    return Reasons(**y.fields_of(node, key, readers))


def _read_provenance(node: Node, key: str) -> Provenance:
    readers = {"seed": y.inner_path_of, "sha256": y.text_of, "lines": y.ranges_of, "digests": _read_extra}
    values = y.fields_of(node, key, readers)
    for name in ("seed", "sha256", "lines"):
        if name not in values:
            raise y.Problem(y.line_of(node), "value-empty", key=f"provenance.{name}")
    return Provenance(**values)


_READERS: Mapping[Kind, Callable[[Node, str], Any]] = {
    Kind.TEXT: y.text_of,
    Kind.FLAG: y.flag_of,
    Kind.DATE: _read_date,
    Kind.PAGE: y.text_of,
    Kind.CERTAINTY: _read_certainty,
    Kind.TEXTS: y.texts_of,
    Kind.BYLINE: _read_byline,
    Kind.DATELINE: _read_dateline,
    Kind.CAPTIONS: _read_captions,
    Kind.EXTRA: _read_extra,
    Kind.EVIDENCE: _read_evidence,
    Kind.PROVENANCE: _read_provenance,
}
