"""gongwen.yaml to `Config`. Only commands read it; the stations are handed what they need.

A setting is a field of `Config`: its default, what reads it, and what it means stand there and nowhere else.
`gongwen config --explain` prints them, `docs/reference/settings.md` is made of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from gongwen_site.errors import ConfigError, Diagnostic, Location, UsageError, error
from gongwen_site.nearest import nearest
from gongwen_site.records import yaml_text as y
from gongwen_site.records.disclosure import Disclosure, Extent
from gongwen_site.wording import DEFAULT_LANGUAGE, languages, wording

FILE_NAME = "gongwen.yaml"

_WHOLE = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:/[^\s?#\\]*)?", re.ASCII | re.IGNORECASE)
_PATH = re.compile(r"/?[^\s?#:\\]*")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def _language_of(node: Node, key: str) -> str:
    text = y.text_of(node, key)
    if text not in languages():
        raise y.Problem(y.line_of(node), "language-unknown", value=text, known=", ".join(languages()))
    return text


def _base_url_of(node: Node, key: str) -> str:
    text = y.text_of(node, key)
    if not is_base_url(text):
        raise y.Problem(y.line_of(node), "base-url-bad", value=text)
    return text


def _extent_of(node: Node, key: str) -> Extent:
    text = y.text_of(node, key)
    if text not in set(Extent):
        raise y.Problem(y.line_of(node), "extent-unknown", key=key, value=text, known=", ".join(Extent))
    return Extent(text)


def _extents_of(node: Node, key: str) -> dict[str, Extent]:
    return {name: _extent_of(value, name) for name, _, value in y.pairs(node, key)}


def _length_of(node: Node, key: str) -> int:
    number = y.number_of(node, key)
    if not number:
        raise y.Problem(y.line_of(node), "value-wrong-kind", key=key, wanted="positive")
    return number


def _setting(default: Any, read: Callable[[Node, str], Any]) -> Any:
    metadata = {"read": read}
    return (
        field(default_factory=dict, metadata=metadata) if default == {} else field(default=default, metadata=metadata)
    )


_DEFAULT_WORDS = wording(DEFAULT_LANGUAGE).site["defaults"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """An archive's settings. Every one has a default, so that no file is needed."""

    title: str = _setting(_DEFAULT_WORDS["title"], y.text_of)
    """The name of the archive, as the masthead prints it. The default is in the language of the interface."""
    subtitle: str = _setting(_DEFAULT_WORDS["subtitle"], y.text_of)
    """What the large seal beside the name on the home page says: four characters."""
    description: str = _setting(_DEFAULT_WORDS["description"], y.text_of)
    """What the archive is, for the home page and page descriptions. The default is in the language of the interface."""
    seal: str | None = _setting(None, y.text_of)
    """What the small seal on the other pages says: one or two characters. By default the first two of a Chinese name, else initials."""
    language: str = _setting(DEFAULT_LANGUAGE, _language_of)
    """The language of the interface: a folder of `wording/`."""
    base_url: str = _setting("/", _base_url_of)
    """Where the site will be served: a whole address or a path. Canonical links, feeds and the sitemap need a whole address."""
    home: str | None = _setting(None, y.text_of)
    """The archive's home region (甘肃省), which breaks ties where a dump's newspaper is unknown."""
    full_width: bool = _setting(True, y.flag_of)
    """Show half-width punctuation between Chinese characters in full width. Records keep it as printed."""
    contact: str | None = _setting(None, y.text_of)
    """Where readers report errors: an e-mail address or a URL."""
    rights: str | None = _setting(None, y.text_of)
    """A sentence on rights, for the footer and the rights page."""
    text: Extent = _setting(Extent.WHOLE, _extent_of)  # noqa: RUF009 - a field with its reader
    """How much of each text is published: `whole`, or `excerpt` where whole texts may be kept but not printed."""
    text_of: Mapping[str, Extent] = _setting({}, _extents_of)
    """Newspapers, and articles by their ids, of which more or less is published than of the others."""
    excerpt_length: int = _setting(200, _length_of)
    """Characters of an excerpt at most; never more than half of the text."""

    @property
    def disclosure(self) -> Disclosure:
        """How much of each text is published."""
        return Disclosure(extent=self.text, of=self.text_of, length=self.excerpt_length)

    @property
    def seal_text(self) -> str:
        """What the seal says where nothing is set: the first two characters of a Chinese name, the initials of another."""
        if self.seal is not None:
            return self.seal
        if _HAN.search(self.title[:2]):
            return self.title[:2]
        return "".join(word[0] for word in self.title.split() if word[:1].isalnum())[:2].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in force, and the line of gongwen.yaml that each was read from; those without one are defaults."""

    config: Config
    lines: Mapping[str, int]


_READERS: dict[str, Callable[[Node, str], Any]] = {one.name: one.metadata["read"] for one in fields(Config)}


def is_base_url(text: str) -> bool:
    """Tell whether a site can be served there: a whole web address or a path, without a query or a fragment."""
    return not text.startswith("//") and bool(_WHOLE.fullmatch(text) or _PATH.fullmatch(text))


def checked_base_url(text: str) -> str:
    """Return an address given on the command line. Raises UsageError if no site can be served there."""
    if not is_base_url(text):
        raise UsageError(error("base-url-bad", value=text))
    return text


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that holds gongwen.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)


def read_config(root: Path | None) -> Config:
    """Return the configuration of an archive root, the defaults where there is none. Raises `ConfigError`."""
    return read_settings(root).config


def defaults(language: str) -> Config:
    """Return the settings of an archive without gongwen.yaml, in a language."""
    return Config(language=language, **wording(language).site["defaults"])


def read_settings(root: Path | None) -> Settings:
    """Return the settings of an archive root and where each stands. Raises `ConfigError` with all that is wrong."""
    if root is None or not (root / FILE_NAME).is_file():
        return Settings(config=Config(), lines={})
    path = root / FILE_NAME
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}

    def complain(problem: y.Problem) -> None:
        problems.append(error(problem.code, Location(file=str(path), line=problem.line), **problem.params))

    try:
        node = y.compose(path.read_text(encoding="utf-8-sig"))
        for name, key_node, value in y.pairs(node, FILE_NAME) if node is not None else ():
            lines[name] = y.line_of(key_node)
            if name not in _READERS:
                complain(y.Problem(lines[name], "setting-unknown", key=name, near=nearest(name, _READERS)))
                continue
            try:
                values[name] = _READERS[name](value, name)
            except y.Problem as problem:
                complain(problem)
    except y.Problem as problem:
        complain(problem)
    except UnicodeDecodeError:
        problems.append(error("record-not-utf8", Location(file=str(path))))
    except OSError as failure:
        problems.append(error("file-unreadable", Location(file=str(path)), reason=failure.strerror or ""))
    if problems:
        raise ConfigError(problems)
    said = wording(values.get("language", DEFAULT_LANGUAGE)).site["defaults"]
    return Settings(config=Config(**{**said, **values}), lines=lines)
