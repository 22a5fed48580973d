"""gongwen.yaml to `Config`. Only commands read it; the stations are handed what they need."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from gongwen_site.errors import ConfigError, Location, UsageError, error
from gongwen_site.records import yaml_text as y
from gongwen_site.records.disclosure import Disclosure, Extent
from gongwen_site.wording import DEFAULT_LANGUAGE, languages

FILE_NAME = "gongwen.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """An archive's settings. Every one has a default, so that no file is needed."""

    title: str = "工闻"
    """The name of the archive, as the masthead prints it."""
    subtitle: str = "报道文库"
    """The seal beside it: four characters."""
    description: str = "把整版混排的报道文字整理成一篇一篇可读、可引、可核对的记录。每一篇都注明来自哪份原稿的哪几行；推定的日期、机器判定的地区与主题，都写出依据。"
    """What the archive is, for the home page and page descriptions."""
    language: str = DEFAULT_LANGUAGE
    """The language of the interface, a folder of `wording/`."""
    base_url: str = "/"
    """Where the site will be served: a path or a whole address; canonical links need the whole address."""
    full_width: bool = True
    """Show half-width punctuation between Chinese characters in full width. Records keep it as printed."""
    home: str | None = None
    """The archive's home region (甘肃省), which breaks ties where a dump's newspaper is unknown."""
    contact: str | None = None
    """Where readers report errors: an address or a URL."""
    rights: str | None = None
    """A sentence on rights, for the footer and the rights page."""
    text: Extent = Extent.WHOLE
    """How much of each text is published: `whole`, or `excerpt` where whole texts may be kept but not printed."""
    text_of: Mapping[str, Extent] = field(default_factory=dict)
    """Newspapers, and articles by their ids, of which more or less is published than of the others."""
    excerpt_length: int = 200
    """Characters of an excerpt at most; never more than half of the text."""

    @property
    def disclosure(self) -> Disclosure:
        """How much of each text is published."""
        return Disclosure(extent=self.text, of=self.text_of, length=self.excerpt_length)


_WHOLE = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:/[^\s?#\\]*)?", re.ASCII | re.IGNORECASE)
_PATH = re.compile(r"/?[^\s?#:\\]*")


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


_READERS: dict[str, Any] = {
    "title": y.text_of,
    "subtitle": y.text_of,
    "description": y.text_of,
    "language": _language_of,
    "base_url": _base_url_of,
    "full_width": y.flag_of,
    "home": y.text_of,
    "contact": y.text_of,
    "rights": y.text_of,
    "text": _extent_of,
    "text_of": _extents_of,
    "excerpt_length": y.number_of,
}


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


def _settings(node: Node) -> dict[str, Any]:
    for name, key_node, _ in y.pairs(node, FILE_NAME):
        if name not in _READERS:
            raise y.Problem(y.line_of(key_node), "setting-unknown", key=name, known=", ".join(_READERS))
    return y.fields_of(node, FILE_NAME, _READERS)


def read_config(root: Path | None) -> Config:
    """Return the configuration of an archive root, the defaults where there is none. Raises `ConfigError`."""
    if root is None or not (root / FILE_NAME).is_file():
        return Config()
    path = root / FILE_NAME
    try:
        node = y.compose(path.read_text(encoding="utf-8-sig"))
        return Config(**_settings(node)) if node is not None else Config()
    except y.Problem as problem:
        raise ConfigError(
            error(problem.code, Location(file=str(path), line=problem.line), **problem.params)
        ) from problem
    except UnicodeDecodeError as failure:
        raise ConfigError(error("record-not-utf8", Location(file=str(path)))) from failure
    except OSError as failure:
        raise ConfigError(
            error("file-unreadable", Location(file=str(path)), reason=failure.strerror or "")
        ) from failure
