"""The front matter of a Hugo post, YAML, TOML or JSON (https://gohugo.io/content-management/front-matter/), as texts.

Whatever type a format gives a value, it is kept as it is written.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gongwen_site.errors import Location, RecordError, error
from gongwen_site.records import yaml_text as y

Value = str | list["Value"] | dict[str, "Value"]

_YAML = re.compile(r"---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<front>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"at line (\d+)")
_MOST = 10_000
"""Values within one front matter; a few lines of YAML can stand for any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post: its parameters, the text below them, and the line of the file on which that begins."""

    params: dict[str, Value]
    body: str
    line: int


def read_post(text: str, file: str) -> Post:
    """Return the parts of a post. Raises `RecordError` with the line at which its front matter is broken."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        if text.startswith("{"):
            return _json(text)
        form = _YAML if text.startswith("---") else _TOML if text.startswith("+++") else None
        if form is None:
            return Post(params={}, body=text, line=1)
        found = form.match(text)
        if found is None:
            raise y.Problem(1, "import-front-matter-open")
        params = _yaml(found["front"]) if form is _YAML else _toml(found["front"])
    except y.Problem as problem:
        place = Location(file=file, line=problem.line)
        raise RecordError(error(problem.code, place, **problem.params)) from problem
    except RecursionError as failure:
        place = Location(file=file, line=1)
        raise RecordError(error("import-front-matter", place, reason="nested too deeply")) from failure
    return Post(params=params, body=text[found.end() :], line=text.count("\n", 0, found.end()) + 1)


def _yaml(text: str) -> dict[str, Value]:
    try:
        node = y.compose(text)
        return {} if node is None else _mapping(node, [_MOST])
    except y.Problem as problem:
        problem.line += 1
        raise


def _mapping(node: MappingNode, left: list[int]) -> dict[str, Value]:
    return {name: _of_node(value, left) for name, _, value in y.pairs(node, "front matter")}


def _of_node(node: Node, left: list[int]) -> Value:
    left[0] -= 1
    if left[0] < 0:
        raise y.Problem(y.line_of(node), "import-front-matter", reason="too many values")
    if isinstance(node, MappingNode):
        return _mapping(node, left)
    if isinstance(node, SequenceNode):
        return [_of_node(item, left) for item in node.value]
    is_nothing = not isinstance(node, ScalarNode) or node.tag == "tag:yaml.org,2002:null"
    return "" if is_nothing else str(node.value)


def _toml(text: str) -> dict[str, Value]:
    try:
        return {name: _of_value(value) for name, value in tomllib.loads(text, parse_float=str).items()}
    except tomllib.TOMLDecodeError as failure:
        line = _LINE.search(str(failure))
        last = text.count("\n") + 1
        raise y.Problem(int(line[1]) + 1 if line else last, "import-front-matter", reason=str(failure)) from failure


def _json(text: str) -> Post:
    try:
        values, end = json.JSONDecoder(parse_float=str, parse_int=str).raw_decode(text)
    except json.JSONDecodeError as failure:
        raise y.Problem(failure.lineno, "import-front-matter", reason=failure.msg) from failure
    line_end = text.find("\n", end)
    start = len(text) if line_end < 0 else line_end + 1
    params = {str(name): _of_value(value) for name, value in values.items()}
    return Post(params=params, body=text[start:], line=text.count("\n", 0, start) + 1)


def _of_value(value: Any) -> Value:
    if isinstance(value, dict):
        return {_whole(str(name)): _of_value(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_of_value(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else _whole(value.isoformat() if hasattr(value, "isoformat") else str(value))


def _whole(text: str) -> str:
    """Return a text without halves of characters, which JSON can write and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")
