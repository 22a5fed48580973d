"""HTML source to events: tags, words and comments, each with its place. Linear in time whatever the source holds.

The rules are those of the HTML standard's tokenizer as far as words depend on them; what it would swallow to the end of
the file (a comment or title that nothing closes) is read as if its start tag alone were wrong, so that no words go.
Source: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape as decode_entities

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/><]*+)"
    r"(?P<attributes>(?>[^>=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=)*+)>"
)
_TAG_BEGINS = re.compile(r"</?[a-zA-Z]")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=/\"'<>][^\s=/>]*+)(?:\s*+=\s*+(?:\"(?P<a>[^\"]*+)\"|'(?P<b>[^']*+)'|(?P<c>[^\s>]++)))?"
)
_ENDLESS = re.compile(
    r"&#[0-9]{1000,}+;?"
)  # no character has such a number, and no integer is read from so many digits
_UNCLOSED_TAGS = 16
"""After so many tags that nothing closes, further ones are looked for only as far as `_LONGEST_TAG`."""
_LONGEST_TAG = 1_000  # characters
_RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"})
_SWALLOWING = frozenset({"script", "style"})
"""Without their end tag these are no text to the end of the file; the other raw elements are then read as empty."""


@dataclass(frozen=True, slots=True)
class StartTag:
    """`<name …>`. Names are in lower case, values without entities; of attributes written twice the first counts."""

    name: str
    attributes: dict[str, str]
    at: int


@dataclass(frozen=True, slots=True)
class EndTag:
    """`</name>`."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Words:
    """Characters between tags; entities are still in them, so that `at` leads to each. `raw` are a script's or style's."""

    source: str
    at: int
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What stands between `<!--` and `-->`."""

    source: str
    at: int


Event = StartTag | EndTag | Words | Comment


@dataclass(slots=True)
class _Source:
    """The source, and which closing marks are known to be nowhere in the rest of it."""

    text: str
    last: int = field(init=False)
    absent: set[str] = field(default_factory=set)
    unclosed: int = 0

    def __post_init__(self) -> None:
        self.last = self.text.rfind(">")

    def find(self, mark: str, start: int) -> int:
        if mark in self.absent:
            return -1
        found = self.text.find(mark, start)
        if found < 0:
            self.absent.add(mark)
        return found

    def tag_at(self, at: int) -> re.Match[str] | None:
        """Return the tag that begins there. One whose end is far is told from a plain < only by reading on to it."""
        end = len(self.text) if self.unclosed < _UNCLOSED_TAGS else at + _LONGEST_TAG
        found = _TAG.match(self.text, at, end)
        if found is None and _TAG_BEGINS.match(self.text, at):
            self.unclosed += 1
        return found

    def find_end_tag(self, name: str, start: int) -> int:
        if name in self.absent:
            return -1
        found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.text, start)
        if found is None:
            self.absent.add(name)
        return found.start() if found else -1


def read_markup(text: str) -> Iterator[Event]:
    """Yield the events of an HTML source in its order."""
    source = _Source(text)
    words_from = at = 0
    while True:
        at = text.find("<", at)
        if at < 0 or at > source.last:
            break
        event, end = _markup_at(source, at)
        if end == at:  # a plain <
            at += 1
            continue
        if words_from < at:
            yield Words(text[words_from:at], words_from)
        if event is not None:
            yield event
        if isinstance(event, StartTag) and event.name in _RAW:
            close = source.find_end_tag(event.name, end)
            if close < 0 and event.name in _SWALLOWING:
                close = len(text)
            if close >= 0:
                if end < close:
                    yield Words(text[end:close], end, raw=event.name in _SWALLOWING)
                end = close
        words_from = at = end
    if words_from < len(text):
        yield Words(text[words_from:], words_from)


def _markup_at(source: _Source, at: int) -> tuple[Event | None, int]:
    """Return the event that begins at a `<` and where it ends; the place itself if the `<` begins nothing."""
    text = source.text
    if text.startswith("<!--", at):
        end = source.find("-->", at + 4)
        if end >= 0:
            return Comment(text[at + 4 : end], at + 4), end + 3
        return None, at + 4
    if text.startswith("<![CDATA[", at) and (end := source.find("]]>", at)) >= 0:
        return Words(text[at + 9 : end].replace("&", "&amp;"), at + 9), end + 3
    if text.startswith(("<!", "<?"), at):
        end = source.find(">", at)
        return (None, end + 1) if end >= 0 else (None, at)
    match = source.tag_at(at)
    if match is None:
        return None, at
    name = match["name"].lower()
    if match["end"]:
        return EndTag(name, at), match.end()
    return StartTag(name, _attributes(match["attributes"]), at), match.end()


def unescape(source: str) -> str:
    """Return words with their entities as the characters that they stand for."""
    return decode_entities(_ENDLESS.sub("\ufffd", source)) if "&" in source else source


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = match["a"] or match["b"] or match["c"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found
