"""The codec of a fix file, `<dump>.fix.yaml` beside a dump: what a keeper says of it that no rule can know.

A fix file is bound to its dump by `sha256`, and each of its operations to a line by the words with which that begins. What
the operations mean is told in docs/fix-file.md.
"""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode

from gongwen_site.errors import Diagnostic, FixError, Location, error
from gongwen_site.records import yaml_text as y
from gongwen_site.records.article import LineRange, Person
from gongwen_site.records.frontmatter import read_value
from gongwen_site.records.reading import Role

SUFFIX = ".fix.yaml"
"""What follows the whole name of a dump, its own suffix included, in the name of its fix file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRole:
    """These lines are this; `into` names a line of the article that they then belong to, where it is another."""

    roles: tuple[Role, ...]
    into: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """These lines belong to no article, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeArticle:
    """These ranges of lines, in this order, are one article."""

    ranges: tuple[LineRange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """The paragraph of this line continues the paragraph of line `to`."""

    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitParagraph:
    """A paragraph begins with this line, or at the words `before` within it."""

    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitArticle:
    """Another article begins with this line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The article of this line is a part of the article of line `into`, and comes after what that has."""

    into: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """These lines belong to the article of line `into`, at their place by number or behind line `after`."""

    into: int
    after: int | None = None


Act: TypeAlias = SetRole | Drop | MakeArticle | Join | SplitParagraph | SplitArticle | Merge | Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One operation. `line` is its own line in the fix file; `at` the line of the dump, which begins with `starts`.

    `through` is the last line of those that a role, drop or move is about. `values` are of the article that holds the line:
    by key of the record, None for a key that is to have no value. `confirm` are codes of doubts that are settled.
    """

    line: int
    at: int
    starts: str
    through: int | None = None
    act: Act | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    confirm: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixFile:
    """A fix file. `values` hold for every article of the dump that is given none of its own."""

    file: str
    sha256: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()


def parse_fixes(text: str, file: str) -> FixFile:
    """Return the fix file that `text` is. Raises `FixError` with all that is wrong, each at its line."""
    problems: list[Diagnostic] = []

    def complain(problem: y.Problem) -> None:
        problems.append(error(problem.code, Location(file=file, line=problem.line), **problem.params))

    sha256, values, fixes = "", {}, []
    try:
        node = y.compose(text)
        for name, key_node, value in y.pairs(node, "fixes") if node is not None else []:
            if name == "sha256":
                sha256 = y.text_of(value, name)
            elif name == "fixes":
                for item in () if _is_unset(value) else y.items(value, name):
                    try:
                        fixes.append(_fix(item))
                    except y.Problem as problem:
                        complain(problem)
            elif name in OF_ALL:
                values[name] = read_value(value, name)
            else:
                known = ", ".join(("sha256", *OF_ALL, "fixes"))
                raise y.Problem(y.line_of(key_node), "fix-key-unknown", key=name, known=known)
        if not sha256:
            raise y.Problem(1, "fix-without-sha256")
    except y.Problem as problem:
        complain(problem)
    if problems:
        raise FixError(problems)
    return FixFile(file=file, sha256=sha256, values=values, fixes=tuple(fixes))


OF_ALL = ("source", "date", "page")
"""The keys of a record that may stand at the top of a fix file, for all articles of the dump."""


def _is_unset(node: Node) -> bool:
    """A list whose every entry is commented out."""
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _fix(node: Node) -> Fix:
    found: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for name, key_node, value in y.pairs(node, "fixes"):
        if name in _PARTS:
            found[name] = _PARTS[name](value, name)
        elif name in VALUES:
            values["title" if name == "supplied_title" else name] = VALUES[name](value, name)
            if name in {"title", "supplied_title"}:
                values["title_supplied"] = name == "supplied_title"
        elif name == "without":
            values |= dict.fromkeys(_removable(value))
        else:
            known = ", ".join((*_PARTS, *VALUES, "without"))
            raise y.Problem(y.line_of(key_node), "fix-key-unknown", key=name, known=known)
    line = y.line_of(node)
    for name in ("at", "starts"):
        if name not in found:
            raise y.Problem(line, "fix-without-guard", key=name)
    fix = Fix(
        line=line,
        at=found.pop("at"),
        starts=found.pop("starts"),
        through=found.pop("through", None),
        note=found.pop("note", None),
        confirm=found.pop("confirm", ()),
        act=_act(found, line),
        values=values,
    )
    if fix.act is None and not values and not fix.confirm and fix.note is None:
        raise y.Problem(line, "fix-without-act", known=", ".join(VERBS))
    if fix.through is not None and (fix.through < fix.at or not isinstance(fix.act, SetRole | Drop | Move)):
        raise y.Problem(line, "fix-key-idle", key="through", verbs="role, drop, move")
    if isinstance(fix.act, Drop) and (values or fix.note):
        raise y.Problem(line, "fix-drop-with-values")
    return fix


def _act(found: dict[str, Any], line: int) -> Act | None:
    verbs = [name for name in VERBS if name in found]
    if len(verbs) > 1:
        raise y.Problem(line, "fix-two-acts", first=verbs[0], second=verbs[1])
    into, after = found.get("into"), found.get("after")
    if into is not None and verbs != ["role"]:
        raise y.Problem(line, "fix-key-idle", key="into", verbs="role")
    if after is not None and verbs != ["move"]:
        raise y.Problem(line, "fix-key-idle", key="after", verbs="move")
    if not verbs:
        return None
    value = found[verbs[0]]
    match verbs[0]:
        case "role":
            return SetRole(roles=value, into=into)
        case "drop":
            return Drop(reason=value)
        case "article":
            return MakeArticle(ranges=value)
        case "join":
            return Join(to=value)
        case "merge":
            return Merge(into=value)
        case "move":
            return Move(into=value, after=after)
    split: Act = value
    return split


def _line_number(node: Node, key: str) -> int:
    number = y.number_of(node, key)
    if number < 1:
        raise y.Problem(y.line_of(node), "value-wrong-kind", key=key, wanted="number")
    return number


_NOT_SET = frozenset({Role.REPEATED, Role.DROPPED, Role.UNREADABLE})


def _roles(node: Node, key: str) -> tuple[Role, ...]:
    texts = (y.text_of(node, key),) if isinstance(node, ScalarNode) else y.texts_of(node, key)
    known = [role.value for role in Role if role not in _NOT_SET]
    for text in texts:
        if text not in known:
            raise y.Problem(y.line_of(node), "fix-role-unknown", role=text, known=", ".join(known))
    if not texts:
        raise y.Problem(y.line_of(node), "value-empty", key=key)
    return tuple(dict.fromkeys(Role(text) for text in texts))


def _ranges(node: Node, key: str) -> tuple[LineRange, ...]:
    """Read `[[7, 31], 33, [37, 61]]`: a line alone is a range too. No line may come twice."""
    found: list[LineRange] = []
    for item in y.items(node, key):
        if isinstance(item, ScalarNode):
            number = _line_number(item, key)
            found.append((number, number))
            continue
        numbers = [_line_number(number, key) for number in y.items(item, key)]
        if len(numbers) != 2 or numbers[0] > numbers[1]:
            raise y.Problem(y.line_of(item), "value-wrong-kind", key=key, wanted="range")
        found.append((numbers[0], numbers[1]))
    if not found:
        raise y.Problem(y.line_of(node), "value-empty", key=key)
    ordered = sorted(found)
    for before, after in itertools.pairwise(ordered):
        if after[0] <= before[1]:
            raise y.Problem(y.line_of(node), "fix-range-twice", at=after[0])
    return tuple(found)


def _split(node: Node, key: str) -> Act:
    if isinstance(node, MappingNode):
        words = y.fields_of(node, key, {"before": y.text_of}).get("before")
        if words is None:
            raise y.Problem(y.line_of(node), "value-empty", key="before")
        return SplitParagraph(before=words)
    match y.text_of(node, key):
        case "paragraph":
            return SplitParagraph()
        case "article":
            return SplitArticle()
    raise y.Problem(y.line_of(node), "value-wrong-kind", key=key, wanted="paragraph | article | {before: …}")


def _codes(node: Node, key: str) -> tuple[str, ...]:
    return (y.text_of(node, key),) if isinstance(node, ScalarNode) else y.texts_of(node, key)


def _byline(node: Node, key: str) -> tuple[Person, ...]:
    """Read a byline as a record has it; a bare name is a person, too."""
    people: list[Person] = []
    for item in y.items(node, key):
        if isinstance(item, ScalarNode):
            people.append(Person(name=y.text_of(item, key)))
        else:
            people.append(Person(**y.fields_of(item, key, dict.fromkeys(("name", "role", "outlet"), y.text_of))))
    return tuple(people)


def _removable(node: Node) -> tuple[str, ...]:
    names = (y.text_of(node, "without"),) if isinstance(node, ScalarNode) else y.texts_of(node, "without")
    known = [name for name in VALUES if name not in {"title", "supplied_title"}]
    for name in names:
        if name not in known:
            raise y.Problem(y.line_of(node), "fix-key-unknown", key=name, known=", ".join(known))
    return names


VERBS = ("role", "drop", "article", "join", "split", "merge", "move")

_PARTS: Mapping[str, Callable[[Node, str], Any]] = {
    "at": _line_number,
    "starts": y.text_of,
    "through": _line_number,
    "role": _roles,
    "into": _line_number,
    "drop": y.text_of,
    "article": _ranges,
    "join": _line_number,
    "split": _split,
    "merge": _line_number,
    "move": _line_number,
    "after": _line_number,
    "confirm": _codes,
    "note": y.text_of,
}

VALUES: Mapping[str, Callable[[Node, str], Any]] = {
    "title": read_value,
    "supplied_title": y.text_of,
    "kicker": read_value,
    "deck": read_value,
    "standing_head": read_value,
    "byline": _byline,
    "source": read_value,
    "date": read_value,
    "edition": read_value,
    "page": read_value,
    "regions": read_value,
    "zones": read_value,
    "places": read_value,
    "topics": read_value,
    "editor": read_value,
    "url": read_value,
}
"""The keys of a record that a fix file may give; `supplied_title` is a title that the dump does not print."""
