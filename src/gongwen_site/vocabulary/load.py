"""Vocabulary files to `Vocabulary`: the shipped defaults first, then the keeper's folder over them.

A keeper's folder may hold `topics.yaml`, `papers.yaml`, `events.yaml` and `regions.yaml`. An entry whose name the
defaults know replaces the keys that it gives; any other is added. Everything that is wrong is reported at once, each
with its file and line.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from gongwen_site.errors import ConfigError, Diagnostic, Location, error
from gongwen_site.records import yaml_text as y
from gongwen_site.resources import default_vocabulary_folder
from gongwen_site.vocabulary.divisions import build_divisions, by_path
from gongwen_site.vocabulary.vocabulary import Event, Paper, Regions, Topic, Vocabulary, unlisted_slug

_TOPIC_KEYS: dict[str, Callable[[Node, str], Any]] = {
    "slug": y.text_of,
    "words": y.texts_of,
    "exclude": y.texts_of,
    "requires": y.texts_of,
    "minimum": y.number_of,
    "title_weight": y.number_of,
    "broader": y.text_of,
    "note": y.text_of,
    "iptc": y.text_of,
}
_PAPER_KEYS: dict[str, Callable[[Node, str], Any]] = {
    "slug": y.text_of,
    "aliases": y.texts_of,
    "home": y.text_of,
    "place": y.text_of,
    "agency": y.flag_of,
}
_EVENT_KEYS: dict[str, Callable[[Node, str], Any]] = {"words": y.texts_of, "date": y.text_of}
_REGION_KEYS = ("divisions", "aliases", "zones", "exclude")
_DIVISION_KEYS: dict[str, Callable[[Node, str], Any]] = {"name": y.text_of, "address": y.text_of}

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_RESERVED = frozenset({"unknown", "page"})
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_IPTC = re.compile(r"(?:medtop:)?\d{8}", re.ASCII)
_CODE = re.compile(r"[1-9]\d{5}", re.ASCII)


def load_vocabulary(folder: Path | None) -> Vocabulary:
    """Return the shipped vocabularies, extended and overridden by the files in `folder`.

    A folder that does not exist changes nothing. Raises `ConfigError` with all that is wrong.
    """
    source = _Source([default_vocabulary_folder(), *([folder] if folder is not None and folder.is_dir() else [])])
    regions = _regions(source)
    vocabulary = Vocabulary(
        regions=regions,
        topics=_topics(source),
        papers=_papers(source, regions),
        events=_events(source),
    )
    if source.problems:
        raise ConfigError(source.problems)
    return vocabulary


class _Source:
    """The folders to read, the later over the earlier, and what was wrong in them."""

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders
        self.problems: list[Diagnostic] = []
        for path in sorted(path for folder in folders[1:] for path in folder.glob("*.y*ml")):
            if path.name not in {"topics.yaml", "papers.yaml", "events.yaml", "regions.yaml"}:
                self.complain(path, 1, "vocabulary-file-unknown")

    def complain(self, path: Path, line: int, code: str, **params: str | int) -> None:
        """Take down what is wrong at a line of a file."""
        self.problems.append(error(code, Location(file=str(path), line=line), **params))

    def nodes(self, name: str) -> list[tuple[Path, Node]]:
        """Return each file of this name, composed, the defaults first."""
        found: list[tuple[Path, Node]] = []
        for folder in self.folders:
            path = folder / name
            if not path.is_file():
                continue
            try:
                node = y.compose(path.read_text(encoding="utf-8-sig"))
            except y.Problem as problem:
                self.complain(path, problem.line, problem.code, **problem.params)
            except UnicodeDecodeError:
                self.complain(path, 1, "record-not-utf8")
            except OSError as failure:
                self.complain(path, 1, "file-unreadable", reason=failure.strerror or "")
            else:
                if node is not None:
                    found.append((path, node))
        return found

    def attempt(self, path: Path, read: Callable[[], None]) -> None:
        """Run a reading step; a problem in it is taken down."""
        try:
            read()
        except y.Problem as problem:
            code = "vocabulary-key-unknown" if problem.code == "key-unknown" else problem.code
            self.complain(path, problem.line, code, **problem.params)

    def named(self, name: str, keys: Mapping[str, Callable[[Node, str], Any]]) -> dict[str, "_Entry"]:
        """Return the entries of a file of `name: {key: value}`, keys of later files over those of earlier ones."""
        found: dict[str, _Entry] = {}

        def read_file(path: Path, node: Node) -> None:
            for entry, key_node, value_node in y.pairs(node, name):
                self.attempt(path, partial(read_entry, path, entry, key_node, value_node))

        def read_entry(path: Path, entry: str, key_node: Node, value_node: Node) -> None:
            lines = {key: y.line_of(key_at) for key, key_at, _ in y.pairs(value_node, entry)}
            values = y.fields_of(value_node, entry, keys)
            old = found.get(entry, _Entry({}, {}))
            places = {key: (path, line) for key, line in lines.items()} | {"": (path, y.line_of(key_node))}
            found[entry] = _Entry({**old.values, **values}, {**old.places, **places})

        for path, node in self.nodes(name):
            self.attempt(path, partial(read_file, path, node))
        return found


class _Entry:
    """One entry: its values, and where each key stands (the entry itself under the empty key)."""

    def __init__(self, values: dict[str, Any], places: dict[str, tuple[Path, int]]) -> None:
        self.values, self.places = values, places

    def place(self, key: str = "") -> tuple[Path, int]:
        return self.places.get(key) or self.places[""]


def _topics(source: _Source) -> dict[str, Topic]:
    entries = source.named("topics.yaml", _TOPIC_KEYS)
    _check_slugs(source, entries)
    for name, entry in entries.items():
        broader = entry.values.get("broader")
        if broader is not None and broader not in entries:
            source.complain(*entry.place("broader"), "topic-unknown", topic=broader)
        elif broader is not None and _is_own_ancestor(name, entries):
            source.complain(*entry.place("broader"), "topic-cycle", topic=name)
        if not _IPTC.fullmatch(entry.values.get("iptc", "medtop:00000000")):
            source.complain(*entry.place("iptc"), "iptc-bad", iptc=entry.values["iptc"])
        if entry.values.get("minimum") == 0:
            source.complain(*entry.place("minimum"), "value-wrong-kind", key="minimum", wanted="number")
        if "words" not in entry.values:
            source.complain(*entry.place(), "key-missing", key="words", entry=name)
    return {
        name: Topic(**{"name": name, "slug": unlisted_slug(name), "words": (), **entry.values})
        for name, entry in entries.items()
    }


def _is_own_ancestor(name: str, entries: Mapping[str, _Entry]) -> bool:
    seen: set[str] = set()
    above = entries[name].values.get("broader")
    while above is not None and above in entries and above not in seen:
        if above == name:
            return True
        seen.add(above)
        above = entries[above].values.get("broader")
    return False


def _papers(source: _Source, regions: Regions) -> dict[str, Paper]:
    entries = source.named("papers.yaml", _PAPER_KEYS)
    _check_slugs(source, entries)
    owner: dict[str, str] = {}
    for name, entry in entries.items():
        home = entry.values.get("home")
        if home is not None and home not in regions.by_path:
            source.complain(*entry.place("home"), "region-unknown", region=home)
        for alias in (name, *entry.values.get("aliases", ())):
            if owner.setdefault(alias, name) != name:
                source.complain(*entry.place("aliases"), "alias-twice", alias=alias, other=owner[alias])
    return {
        name: Paper(**{"name": name, "slug": unlisted_slug(name), **entry.values}) for name, entry in entries.items()
    }


def _check_slugs(source: _Source, entries: Mapping[str, _Entry]) -> None:
    owner: dict[str, str] = {}
    for name, entry in entries.items():
        slug = entry.values.get("slug")
        if slug is None:
            continue
        if not _SLUG.fullmatch(slug) or slug in _RESERVED or slug.startswith("x-"):
            source.complain(*entry.place("slug"), "slug-bad", slug=slug)
        elif owner.setdefault(slug, name) != name:
            source.complain(*entry.place("slug"), "slug-twice", slug=slug, other=owner[slug])


def _events(source: _Source) -> tuple[Event, ...]:
    found: dict[tuple[str, ...], Event] = {}

    def read_event(item: Node) -> None:
        values = y.fields_of(item, "event", _EVENT_KEYS)
        for key in _EVENT_KEYS:
            if key not in values:
                raise y.Problem(y.line_of(item), "key-missing", key=key, entry="events")
        if not _is_date(values["date"]):
            raise y.Problem(y.line_of(item), "value-not-date", key="date", value=values["date"])
        event = Event(**values)
        found[event.words] = event

    def read_file(path: Path, node: Node) -> None:
        values = y.fields_of(node, "events", {"events": y.items})
        for item in values.get("events", []):
            source.attempt(path, partial(read_event, item))

    for path, node in source.nodes("events.yaml"):
        source.attempt(path, partial(read_file, path, node))
    return tuple(found.values())


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _regions(source: _Source) -> Regions:
    defaults = source.folders[0]
    names = _read_rows(defaults / "regions.csv")
    addresses = _read_rows(defaults / "addresses.csv")
    sections: list[tuple[Path, str, Node]] = []

    def read_file(path: Path, node: Node) -> None:
        for key, key_node, value_node in y.pairs(node, "regions"):
            if key not in _REGION_KEYS:
                raise y.unknown_key(key_node, key, _REGION_KEYS)
            sections.append((path, key, value_node))

    for path, node in source.nodes("regions.yaml"):
        source.attempt(path, partial(read_file, path, node))
    for path, key, node in sections:
        if key == "divisions":
            source.attempt(path, partial(_add_divisions, node, names, addresses))
    by_code = build_divisions(names, addresses)
    known = by_path(by_code.values())
    named = {region.name: region.path for region in known.values()}
    aliases: dict[str, str] = {}
    zones: dict[str, str | None] = {}
    exclude: dict[str, None] = {}

    def read_section(path: Path, key: str, node: Node) -> None:
        if key == "exclude":
            exclude.update(dict.fromkeys(y.texts_of(node, key)))
            return
        for name, key_node, value_node in y.pairs(node, key):
            target = y.text_of(value_node, name)
            if key == "zones" and target == "-":
                zones[name] = None
            elif target not in known:
                source.complain(path, y.line_of(value_node), "region-unknown", region=target)
            elif key == "zones":
                zones[name] = target
            elif name in named:
                source.complain(path, y.line_of(key_node), "alias-of-region", alias=name, other=named[name])
            else:
                aliases[name] = target

    for path, key, node in sections:
        if key != "divisions":
            source.attempt(path, partial(read_section, path, key, node))
    return Regions(by_path=known, by_code=by_code, aliases=aliases, zones=zones, exclude=tuple(exclude))


def _add_divisions(node: Node, names: dict[str, str], addresses: dict[str, str]) -> None:
    for code, code_node, value_node in y.pairs(node, "divisions"):
        values = y.fields_of(value_node, code, _DIVISION_KEYS)
        line = y.line_of(code_node)
        if not _CODE.fullmatch(code) or (not code.endswith("0000") and code[:2] + "0000" not in names):
            raise y.Problem(line, "division-code-bad", division=code)
        if "name" not in values:
            raise y.Problem(line, "key-missing", key="name", entry=code)
        address = values.get("address")
        if code.endswith("00") and code not in addresses and address is None:
            raise y.Problem(line, "key-missing", key="address", entry=code)
        if address is not None:
            if not _SLUG.fullmatch(address) or address in _RESERVED:
                raise y.Problem(line, "slug-bad", slug=address)
            siblings = {known for known in addresses if known[:2] == code[:2] or code.endswith("0000")}
            taken = next((c for c in sorted(siblings) if c != code and addresses[c] == address), None)
            if taken is not None:
                raise y.Problem(line, "slug-twice", slug=address, other=names.get(taken, taken))
            addresses[code] = address
        twin = next(
            (other for other in sorted(names) if other != code and _are_twins(other, code, names, values)), None
        )
        if twin is not None:
            raise y.Problem(line, "division-twice", division=values["name"], other=twin)
        names[code] = values["name"]


def _are_twins(other: str, code: str, names: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    """Whether the unit of code `other` lies beside that of `code` and has its name."""
    level = 0 if code.endswith("0000") else 2 if code.endswith("00") else 4
    beside = (
        other[:level] == code[:level]
        and other.endswith("0" * (4 - level))
        and not (level == 4 and other.endswith("00"))
    )
    return beside and names[other] == values["name"]


def _read_rows(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file)}
