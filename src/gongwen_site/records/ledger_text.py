"""The codec of a ledger: `articles/dumps/<dump>.yaml` ⇄ `Ledger`, whole or in parts of some hundred items.

One line of text for each line of the dump, each article, each doubt, in three sections: a ledger as it was written is
read line by line, and of one that a person laid out otherwise YAML's own reader makes what it can.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from yaml.nodes import Node

from gongwen_site.errors import Location, RecordError, error
from gongwen_site.records import yaml_text as y
from gongwen_site.records.ledger import Ledger, LedgerArticle, LedgerDoubt, LedgerLine
from gongwen_site.records.reading import Role

_Item = LedgerLine | LedgerArticle | LedgerDoubt
_PART = 500
"""Items of a part."""


def render_ledger(ledger: Ledger) -> str:
    """Return the ledger file."""
    out = [render_head(ledger)]
    for section, render in SECTIONS.items():
        text = render(ledger)
        out += [section_head(section, is_empty=not text), text]
    return "".join(out)


def render_head(ledger: Ledger) -> str:
    """Return what the file says of the dump, before the sections."""
    values = {"dump": ledger.dump, "sha256": ledger.sha256, "encoding": ledger.encoding}
    values |= {"fix": ledger.fix} if ledger.fix else {}
    return "".join(f"{key}: {y.scalar(value)}\n" for key, value in values.items())


def section_head(section: str, *, is_empty: bool) -> str:
    """Return the line over a section. That of the dump's lines is there in any case."""
    if is_empty:
        return "lines: []\n" if section == "lines" else ""
    return f"{section}:\n"


def _render_lines(ledger: Ledger) -> str:
    out = []
    for line in ledger.lines:
        rest: dict[str, str | int | None] = {
            "rule": line.rule,
            "article": line.article,
            "joins": line.joins,
            "repeats": line.repeats,
            "note": line.note,
        }
        place = f"lines: [{line.first}, {line.last}], roles: {y.flow_list(line.roles)}"
        out.append(f"  - {{{place}, {y.flow_map(rest)[1:]}\n")
    return "".join(out)


def _render_articles(ledger: Ledger) -> str:
    return "".join(f"  - {y.flow_map({'id': article.id, 'words': article.words})}\n" for article in ledger.articles)


def _render_doubts(ledger: Ledger) -> str:
    out = []
    for doubt in ledger.doubts:
        head = {"article": doubt.article, "code": doubt.code, "line": doubt.line}
        params = f", params: {y.flow_map(doubt.params)}" if doubt.params else ""
        out.append(f"  - {y.flow_map(head)[:-1]}{params}}}\n")
    return "".join(out)


SECTIONS: Mapping[str, Callable[[Ledger], str]] = {
    "lines": _render_lines,
    "articles": _render_articles,
    "doubts": _render_doubts,
}
"""The sections of the file, in order, each with what renders the items of a ledger or of a part of one."""


def parse_ledger(text: str, file: str) -> Ledger:
    """Return the ledger that a file holds. Raises `RecordError`."""
    first, *others = parse_parts(lambda: text.split("\n"), file)
    if not others:
        return first
    parts = (first, *others)
    return replace(
        first,
        lines=tuple(line for part in parts for line in part.lines),
        articles=tuple(article for part in parts for article in part.articles),
        doubts=tuple(doubt for part in parts for doubt in part.doubts),
    )


def parse_parts(lines: Callable[[], Iterable[str]], file: str) -> Iterator[Ledger]:
    """Yield the ledger that a file holds in parts, at least one. `lines` opens it anew. Raises `RecordError`."""
    if not _is_as_written(lines()):
        yield _parse("\n".join(lines()), file)
        return
    head: list[str] = []
    section, count = "", 0
    items: list[_Item] = []
    whole: Ledger | None = None
    for number, line in enumerate(lines(), 1):
        if line.startswith("  "):
            items.append(_item(line, section, file, number))
            if whole is not None and len(items) == _PART:
                yield _part(whole, section, items)
                items, count = [], count + 1
        elif _section_of(line) is None:
            head.append(line)
        else:
            whole = whole or _parse("\n".join([*head, "lines: []"]), file)
            if items:
                yield _part(whole, section, items)
                items, count = [], count + 1
            section = _section_of(line) or section
    if whole is not None and (items or not count):
        yield _part(whole, section, items)


def _part(head: Ledger, section: str, items: Iterable[_Item]) -> Ledger:
    values: dict[str, Any] = {section: tuple(items)}
    return replace(head, **values)


def _section_of(line: str) -> str | None:
    section = line.removesuffix(" []").removesuffix(":")
    return section if section in SECTIONS else None


_HEAD = re.compile(r"(?:dump|sha256|encoding|fix): \S")


def _is_as_written(lines: Iterable[str]) -> bool:
    """Tell whether a file is laid out as `render_ledger` does it."""
    wanted = list(SECTIONS)
    is_open = is_ended = False
    for line in lines:
        section = _section_of(line)
        if is_ended:
            return False
        if line.startswith("  - {") and line.endswith("}"):
            if not is_open:
                return False
        elif section is not None:
            if section not in wanted:
                return False
            del wanted[: wanted.index(section) + 1]
            is_open = line == f"{section}:"
        elif not line:
            is_ended = True
        elif len(wanted) < len(SECTIONS) or not _HEAD.match(line):
            return False
    return len(wanted) < len(SECTIONS)


_CHINESE = "\u4e00-\u9fff、·"
_PLAIN = {
    "lines": re.compile(
        r"  - \{lines: \[(?P<first>\d{1,15}), (?P<last>\d{1,15})\], roles: \[(?P<roles>[a-z_]+(?:, [a-z_]+)*)\], "
        r"rule: (?P<rule>(?!null\b)[a-z][a-z-]*)(?:, article: (?P<article>[a-z][a-z0-9]{7}))?\}",
        re.ASCII,
    ),
    "articles": re.compile(
        r"  - \{id: (?P<id>[a-z][a-z0-9]{7}), words: (?P<mark>'?)(?P<words>[0-9a-f]{12})(?P=mark)\}", re.ASCII
    ),
    "doubts": re.compile(
        r"  - \{article: (?P<article>[a-z][a-z0-9]{7}), code: (?P<code>(?!null\b)[a-z][a-z-]*)"
        r"(?:, line: (?P<line>\d{1,15}))?"
        rf"(?:, params: \{{(?P<key>(?!null\b|true\b|false\b)[a-z]{{4,}}): (?P<value>[{_CHINESE}]+)\}})?\}}",
        re.ASCII,
    ),
}
"""Items as nearly all of them are, of which YAML can make nothing else."""
_ROLES = {role.value: role for role in Role}


def _item(line: str, section: str, file: str, number: int) -> _Item:
    found = _PLAIN[section].fullmatch(line)
    if found is not None and section == "articles":
        return LedgerArticle(id=found["id"], words=found["words"])
    if found is not None and section == "doubts":
        at = int(found["line"]) if found["line"] else None
        params = {found["key"]: found["value"]} if found["key"] else {}
        return LedgerDoubt(article=found["article"], code=found["code"], line=at, params=params)
    if found is not None and all(role in _ROLES for role in found["roles"].split(", ")):
        return LedgerLine(
            first=int(found["first"]),
            last=int(found["last"]),
            roles=tuple(_ROLES[role] for role in found["roles"].split(", ")),
            rule=found["rule"],
            article=found["article"],
        )
    readers = {section: _items_of(section)}
    values = _read(f"{section}:\n{line}", readers, file, number - 2)
    item: _Item = values[section][0]
    return item


def _parse(text: str, file: str) -> Ledger:
    readers: dict[str, Callable[[Node, str], Any]] = {
        "dump": y.inner_path_of,
        "sha256": y.text_of,
        "encoding": y.text_of,
        "fix": y.text_of,
    }
    readers |= {section: _items_of(section) for section in _ITEMS}
    try:
        return Ledger(**_read(text, readers, file, 0))
    except TypeError as failure:
        raise RecordError(error("ledger-damaged", Location(file=file, line=1))) from failure


def _items_of(section: str) -> Callable[[Node, str], tuple[_Item, ...]]:
    return lambda node, key: tuple(_ITEMS[section](item, key) for item in y.items(node, key))


def _read(text: str, readers: Mapping[str, Callable[[Node, str], Any]], file: str, above: int) -> dict[str, Any]:
    """Return the values of a text that has so many lines above it in its file. Raises `RecordError`."""
    try:
        node = y.compose(text)
        if node is None:
            raise y.Problem(1, "yaml-not-mapping")
        return y.fields_of(node, "ledger", dict(readers))
    except y.Problem as problem:
        place = Location(file=file, line=max(1, problem.line + above))
        raise RecordError(error(problem.code, place, **problem.params)) from problem
    except (TypeError, ValueError) as failure:
        raise RecordError(
            error("ledger-damaged", Location(file=file, line=max(1, above + 2 if above else 1)))
        ) from failure


def _line(node: Node, key: str) -> LedgerLine:
    values = y.fields_of(
        node,
        key,
        {
            "lines": lambda n, k: tuple(y.number_of(item, k) for item in y.items(n, k)),
            "roles": lambda n, k: tuple(Role(text) for text in y.texts_of(n, k)),
            "rule": y.text_of,
            "article": y.text_of,
            "joins": y.number_of,
            "repeats": y.number_of,
            "note": y.text_of,
        },
    )
    first, last = values.pop("lines")
    return LedgerLine(first=first, last=last, **values)


def _article(node: Node, key: str) -> LedgerArticle:
    return LedgerArticle(**y.fields_of(node, key, {"id": y.text_of, "words": y.text_of}))


def _doubt(node: Node, key: str) -> LedgerDoubt:
    return LedgerDoubt(
        **y.fields_of(
            node,
            key,
            {
                "article": y.text_of,
                "code": y.text_of,
                "line": y.number_of,
                "params": lambda n, k: {name: y.text_of(value, k) for name, _, value in y.pairs(n, k)},
            },
        )
    )


_ITEMS: Mapping[str, Callable[[Node, str], _Item]] = {"lines": _line, "articles": _article, "doubts": _doubt}
