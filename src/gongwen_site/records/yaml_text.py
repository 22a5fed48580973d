"""YAML as the records and ledgers write it: string-first, one fixed form, quoted only where YAML would misread.

Reading composes the node tree rather than constructing values: no `no → False`, no guessed dates, duplicate keys are
seen, and every node still knows its line.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gongwen_site.nearest import nearest

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SURELY_PLAIN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\u3001-\u301f\uff01-\uff5e\u2010-\u2027\u00b7A-Za-z0-9]*")
"""Most of what is written: beginning with a Chinese character, without a mark that YAML knows."""
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`=<"
_READ_AS_OTHER = re.compile(r"(?i)^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$")
_MONTH = re.compile(r"^\d{4}-\d{2}$")
_LONGEST_KEY = 1_000  # characters; YAML reads 1,024 without a mark
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")


def scalar(text: str, *, flow: bool = False) -> str:
    """Return `text` as a YAML scalar that every YAML 1.1 and 1.2 reader takes for this string."""
    if _SURELY_PLAIN.fullmatch(text):
        return text
    if _UNPRINTABLE.search(text):
        return _double_quoted(text)
    if _is_plain(text, flow=flow):
        return text
    return "'" + text.replace("'", "''") + "'"


def key(text: str) -> str:
    """Return `text` as a key of a mapping in block style; YAML wants a mark before one that is long."""
    written = scalar(text)
    return written if len(written) <= _LONGEST_KEY else f"? {written}\n  "


def _double_quoted(text: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        code = ord(match[0])
        return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"

    return '"' + _UNPRINTABLE.sub(escaped, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or text != text.strip() or text[0] in _INDICATORS or _READ_AS_OTHER.match(text):
        return False
    if text[0] in "0123456789.+~":
        return bool(_MONTH.match(text))
    if ": " in text or " #" in text or text.endswith(":") or text.startswith(("---", "...")):
        return False
    return not (flow and any(mark in text for mark in ",[]{}:#?"))


def flow_list(values: Iterable[str]) -> str:
    """Return strings as `[a, b]`."""
    return "[" + ", ".join(scalar(value, flow=True) for value in values) + "]"


def flow_map(pairs: Mapping[str, str | int | None]) -> str:
    """Return `{key: value}` without the keys whose value is None; numbers stay numbers."""
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in pairs.items() if value is not None) + "}"


def _value(value: str | int | None) -> str:
    return str(value) if isinstance(value, int) else scalar(str(value), flow=True)


def flow_ranges(ranges: Iterable[tuple[int, int]]) -> str:
    """Return line ranges as `[[7, 31], [37, 61]]`."""
    return "[" + ", ".join(f"[{first}, {last}]" for first, last in ranges) + "]"


class Problem(Exception):  # noqa: N818 - a finding on its way to a diagnostic
    """A node that is not what it should be: 1-based line within the YAML text, code, parameters of the message."""

    def __init__(self, line: int, code: str, **params: str | int) -> None:
        self.line, self.code, self.params = line, code, params
        super().__init__(code)


def compose(text: str) -> MappingNode | None:
    """Return the mapping that `text` is, None if it is empty. Raises `Problem` for anything else."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        reason = str(getattr(failure, "problem", None) or getattr(failure, "reason", None) or failure)
        raise Problem(mark.line + 1 if mark else 1, "yaml-syntax", reason=reason) from failure
    except RecursionError as failure:
        raise Problem(1, "yaml-syntax", reason="nested too deeply") from failure
    if node is None:
        return None
    if not isinstance(node, MappingNode):
        raise Problem(1, "yaml-not-mapping")
    return node


def line_of(node: Node) -> int:
    """Return the 1-based line of a node."""
    return int(node.start_mark.line) + 1


def pairs(node: Node, key: str) -> list[tuple[str, Node, Node]]:
    """Return (key, key node, value node) of a mapping without duplicate keys."""
    if not isinstance(node, MappingNode):
        raise Problem(line_of(node), "value-wrong-kind", key=key, wanted="mapping")
    found: list[tuple[str, Node, Node]] = []
    seen: set[str] = set()
    for key_node, value_node in node.value:
        name = text_of(key_node, key)
        if name in seen:
            raise Problem(line_of(key_node), "key-duplicate", key=name)
        seen.add(name)
        found.append((name, key_node, value_node))
    return found


def items(node: Node, key: str) -> list[Node]:
    """Return the nodes of a sequence."""
    if not isinstance(node, SequenceNode):
        raise Problem(line_of(node), "value-wrong-kind", key=key, wanted="list")
    return list(node.value)


def text_of(node: Node, key: str) -> str:
    """Return a scalar's text as written, whatever type YAML would give it. An empty one is an error."""
    if not isinstance(node, ScalarNode):
        raise Problem(line_of(node), "value-wrong-kind", key=key, wanted="text")
    if not node.value or node.tag == "tag:yaml.org,2002:null":
        raise Problem(line_of(node), "value-empty", key=key)
    return str(node.value)


def inner_path_of(node: Node, key: str) -> str:
    """Return a path that stays within the folder it is relative to: files and addresses are made of it."""
    text = text_of(node, key)
    if any(part in {"", ".", ".."} for part in text.split("/")):
        raise Problem(line_of(node), "path-outside", key=key, value=text)
    return text


def texts_of(node: Node, key: str) -> tuple[str, ...]:
    """Return a list of texts."""
    return tuple(text_of(item, key) for item in items(node, key))


def number_of(node: Node, key: str) -> int:
    """Return a whole number of 0 or more."""
    text = text_of(node, key)
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise Problem(line_of(node), "value-wrong-kind", key=key, wanted="number")
    return int(text)


def flag_of(node: Node, key: str) -> bool:
    """Return true or false."""
    text = text_of(node, key)
    if text not in {"true", "false"}:
        raise Problem(line_of(node), "value-wrong-kind", key=key, wanted="flag")
    return text == "true"


def ranges_of(node: Node, key: str) -> tuple[tuple[int, int], ...]:
    """Return line ranges, each [first, last] with 1 <= first <= last."""
    found = []
    for item in items(node, key):
        numbers = [number_of(number, key) for number in items(item, key)]
        if len(numbers) != 2 or not 1 <= numbers[0] <= numbers[1]:
            raise Problem(line_of(item), "value-wrong-kind", key=key, wanted="range")
        found.append((numbers[0], numbers[1]))
    return tuple(found)


def unknown_key(node: Node, name: str, known: Iterable[str]) -> Problem:
    """Return what to say of a key that there is not: the known ones, and the one that was probably meant."""
    names = tuple(known)
    return Problem(line_of(node), "key-unknown", key=name, near=nearest(name, names), known=", ".join(names))


def fields_of(node: Node, key: str, readers: Mapping[str, Callable[[Node, str], Any]]) -> dict[str, Any]:
    """Return the values of a mapping whose keys must all be in `readers`."""
    found: dict[str, Any] = {}
    for name, key_node, value_node in pairs(node, key):
        if name not in readers:
            raise unknown_key(key_node, name, readers)
        found[name] = readers[name](value_node, name)
    return found
