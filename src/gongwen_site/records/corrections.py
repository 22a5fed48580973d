"""articles/corrections.yaml: the dated log of corrections, a list of `{date, id, what, why}`; `id` and `why` may lack."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongwen_site.errors import Location, RecordError, error
from gongwen_site.records import yaml_text as y
from gongwen_site.records.dates import is_date

FILE_NAME = "corrections.yaml"
_KEY = "corrections"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was corrected when (YYYY-MM-DD), in which article, and why."""

    date: str
    what: str
    id: str | None = None
    why: str | None = None


def parse_corrections(text: str, file: str) -> tuple[Correction, ...]:
    """Return the entries of a corrections file in its order. Raises `RecordError`.

    The file is a list, or a mapping with the one key `corrections` that holds it.
    """
    try:
        # A list at the top is no mapping, which is all that `compose` gives; so it is read under its key.
        if not text.lstrip().startswith(f"{_KEY}:"):
            text = f"{_KEY}:\n{text}"
            shift = 1
        else:
            shift = 0
        node = y.compose(text)
        if node is None:
            return ()
        entries = y.fields_of(node, _KEY, {_KEY: lambda value, _key: value})
        value = entries.get(_KEY)
        if value is None or getattr(value, "value", None) == "":
            return ()
        readers = dict.fromkeys(("date", "id", "what", "why"), y.text_of)
        found = []
        for item in y.items(value, _KEY):
            fields = y.fields_of(item, _KEY, readers)
            for key in ("date", "what"):
                if key not in fields:
                    raise y.Problem(y.line_of(item), "value-empty", key=key)
            if not is_date(fields["date"]) or len(fields["date"]) != 10:
                raise y.Problem(y.line_of(item), "value-not-date", key="date", value=fields["date"])
            found.append(Correction(**fields))
    except y.Problem as problem:
        place = Location(file=file, line=max(1, problem.line - shift))
        raise RecordError(error(problem.code, place, **problem.params)) from problem
    return tuple(found)


def append_corrections(text: str, entries: Iterable[Correction], comment: str) -> str:
    """Return a corrections file with further entries, then a comment, below what a person wrote, which stays as it is.

    The entries stand as deep as the last one there.
    """
    depths = re.findall(r"^( *)- ", text, re.MULTILINE)
    indent = depths[-1] if depths else ""
    lines = []
    for entry in entries:
        values = {"date": entry.date, "id": entry.id, "what": entry.what, "why": entry.why}
        pairs = [f"{key}: {y.scalar(value)}" for key, value in values.items() if value is not None]
        lines += [f"{indent}{'  ' if number else '- '}{pair}" for number, pair in enumerate(pairs)]
    between = "" if not text or text.endswith("\n") else "\n"
    return text + between + "\n".join([*lines, comment, ""])
