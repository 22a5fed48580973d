"""The dictionary of the published fields, made of the one table of a record's keys.

For the page of data, for the data package, and for the fields among the documents of reference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongwen_site.records.fields import BODY, FIELDS, Kind

ADDRESS = "address"
LONG = frozenset({"evidence", "provenance", BODY})
"""What takes most of a record."""
_TYPES = {
    Kind.FLAG: "boolean",
    **dict.fromkeys((Kind.TEXTS, Kind.BYLINE, Kind.CAPTIONS), "array"),
    **dict.fromkeys((Kind.DATELINE, Kind.EXTRA, Kind.EVIDENCE, Kind.PROVENANCE), "object"),
}
_CONSTRAINTS: dict[str, dict[str, Any]] = {
    "id": {"required": True, "unique": True, "pattern": "[a-z][a-z0-9]{7}"},
    "title": {"required": True},
    "date": {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"},
    "date_certainty": {"enum": ["printed", "inferred", "keeper"]},
    ADDRESS: {"required": True},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedField:
    """A field of the data: its name, the key of its form's words, its type and limits after the Table Schema."""

    name: str
    kind: str
    type: str
    constraints: Mapping[str, Any]


PUBLISHED: tuple[PublishedField, ...] = tuple(
    PublishedField(name=name, kind=kind, type=of_type, constraints=_CONSTRAINTS.get(name, {}))
    for name, kind, of_type in (
        *((field.name, field.kind.value, _TYPES.get(field.kind, "string")) for field in FIELDS),
        (BODY, "markdown", "string"),
        (ADDRESS, "text", "string"),
    )
)


def table_schema(meanings: Mapping[str, str], published: Sequence[PublishedField]) -> dict[str, Any]:
    """Return fields after the Table Schema standard (datapackage.org), described by `meanings`."""
    fields: list[dict[str, Any]] = []
    for field in published:
        entry: dict[str, Any] = {"name": field.name, "type": field.type, "description": meanings[field.name]}
        if field.constraints:
            entry["constraints"] = dict(field.constraints)
        fields.append(entry)
    return {"fields": fields, "primaryKey": ["id"]}


def json_lines_dialect() -> dict[str, Any]:
    """Return how a table is read from lines that leave out what is unknown, after the Table Dialect standard.

    `json` says the same to frictionless, which does not read `itemKeys` yet.
    """
    names = [field.name for field in PUBLISHED]
    return {"itemType": "object", "itemKeys": names, "json": {"keys": names}}
