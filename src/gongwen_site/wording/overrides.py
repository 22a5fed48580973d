"""An archive's own words of the pages: `wording/<language>/*.yaml` beside gongwen.yaml, single keys over the program's.

What a key may hold is what it holds in the program: words, a list of words, sections of a page; and what stands in braces
there may stand in braces here. Words of the terminal are not the archive's.
"""

import string
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gongwen_site.errors import ConfigError, Diagnostic, Location, error
from gongwen_site.nearest import nearest
from gongwen_site.records import yaml_text as y

FOLDER = "wording"
FILES = ("site", "search", "loading", "tagging")
"""The files that hold words of the pages."""


def own_words(root: Path, known: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Return an archive's own words by language and file, `{"zh-CN": {"site": …}}`; only the keys that it gives.

    `known` are the program's words in the same order. Raises ConfigError with all that is wrong in them.
    """
    reader = _Reader(known)
    found = {
        language: {name: reader.read(path, language, name) for name, path in files.items()}
        for language, files in reader.files(root / FOLDER).items()
    }
    if reader.problems:
        raise ConfigError(reader.problems)
    return found


def over(words: Any, own: Any) -> Any:
    """Return words with some of their keys replaced."""
    if not isinstance(words, Mapping) or not isinstance(own, Mapping):
        return own
    return {**words, **{key: over(words.get(key), value) for key, value in own.items()}}


class _Reader:
    def __init__(self, known: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self._known = known
        self.problems: list[Diagnostic] = []

    def files(self, folder: Path) -> dict[str, dict[str, Path]]:
        found: dict[str, dict[str, Path]] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.startswith("."):
                continue
            if path.name not in self._known or not path.is_dir():
                self._complain(path, None, "wording-language-unknown", known=", ".join(self._known))
                continue
            for file in sorted(path.iterdir()):
                if file.suffix == ".yaml" and file.stem in FILES:
                    found.setdefault(path.name, {})[file.stem] = file
                elif not file.name.startswith("."):
                    self._complain(
                        file, None, "wording-file-unknown", known=", ".join(f"{name}.yaml" for name in FILES)
                    )
        return found

    def read(self, path: Path, language: str, name: str) -> dict[str, Any]:
        try:
            node = y.compose(path.read_text(encoding="utf-8-sig"))
            allowed = _Allowed(self._known, language, name)
            return {} if node is None else self._tree(path, node, allowed)
        except y.Problem as problem:
            self._complain(path, problem.line, problem.code, **problem.params)
        except UnicodeDecodeError:
            self._complain(path, 1, "record-not-utf8")
        except OSError as failure:
            self._complain(path, None, "file-unreadable", reason=failure.strerror or "")
        return {}

    def _tree(self, path: Path, node: Node, allowed: "_Allowed") -> dict[str, Any]:
        found = {}
        for key, key_node, value in y.pairs(node, allowed.key):
            if key not in allowed.words:
                self._complain(
                    path, y.line_of(key_node), "wording-key-unknown", key=key, near=nearest(key, allowed.words)
                )
                continue
            try:
                inner = allowed.within(key)
                found[key] = self._tree(path, value, inner) if isinstance(inner.words, Mapping) else inner.read(value)
            except y.Problem as problem:
                self._complain(path, problem.line, problem.code, **problem.params)
        return found

    def _complain(self, path: Path, line: int | None, code: str, **params: str | int) -> None:
        self.problems.append(error(code, Location(file=str(path), line=line), **params))


class _Allowed:
    """What may stand under a key: the shape of the program's words, and the names that its words in any language fill in."""

    def __init__(
        self, known: Mapping[str, Any], language: str, name: str, path: tuple[str, ...] = (), words: Any = None
    ) -> None:
        self._known, self._language, self._name, self._path = known, language, name, path
        self.words = known[language][name] if words is None else words

    @property
    def key(self) -> str:
        return self._path[-1] if self._path else self._name

    def within(self, key: str) -> "_Allowed":
        return _Allowed(self._known, self._language, self._name, (*self._path, key), self.words[key])

    def read(self, node: Node) -> Any:
        """Return the value of a node. Raises Problem if it has not the shape of the program's, or fills in what there is not."""
        value = _SHAPES[type(self.words)](node, self.key, self.words)
        names = {name for tree in self._same_key() for text in _texts(tree) for name in _names(text)}
        for line, text in _lines(node):
            try:
                used = _names(text)
            except ValueError as failure:
                raise y.Problem(line, "wording-braces", key=self.key) from failure
            for name in used:
                if name not in names:
                    known = ", ".join(f"{{{one}}}" for one in sorted(names)) or "-"
                    raise y.Problem(line, "wording-name-unknown", key=self.key, name=name, known=known)
        return value

    def _same_key(self) -> Iterator[Any]:
        for words in self._known.values():
            tree: Any = words[self._name]
            for key in self._path:
                tree = tree.get(key, {}) if isinstance(tree, Mapping) else {}
            yield tree


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for value in tree.values():
            yield from _texts(value)
    else:
        for value in tree:
            yield from _texts(value)


def _names(text: str) -> list[str]:
    """Return what a format string fills in. Raises ValueError where a brace is alone, or a form is asked that there is not."""
    found = []
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if conversion or (form and "|" not in form):
            raise ValueError(text)
        found.append(name)
    return found


def _lines(node: Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, ScalarNode):
        yield y.line_of(node), node.value
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _lines(value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _lines(value)


def _text(node: Node, key: str, _words: Any) -> str:
    is_empty = isinstance(node, ScalarNode) and not node.value and node.style in {"'", '"'}
    return "" if is_empty else y.text_of(node, key)


def _list(node: Node, key: str, words: Any) -> list[Any]:
    """Return a list of texts, as long as the program's (the days of the week), or of entries with the same keys."""
    nodes = y.items(node, key)
    if isinstance(words[0], str):
        if len(nodes) != len(words):
            raise y.Problem(y.line_of(node), "wording-list-length", key=key, count=len(words))
        return [_text(one, key, "") for one in nodes]
    shape = words[0]
    found = []
    for one in nodes:
        entry = y.fields_of(one, key, {name: _reader(value) for name, value in shape.items()})
        for name in shape:
            if name not in entry:
                raise y.Problem(y.line_of(one), "key-missing", key=name, entry=key)
        found.append(entry)
    return found


def _reader(value: Any) -> Callable[[Node, str], Any]:
    return (
        y.text_of if isinstance(value, str) else lambda node, key: [_text(one, key, "") for one in y.items(node, key)]
    )


_SHAPES: Mapping[type, Callable[[Node, str, Any], Any]] = {str: _text, list: _list}
