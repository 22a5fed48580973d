"""Events to a page: its blocks of words in their order, each with the element that holds it and the lines it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.formats.html.markup import Comment, EndTag, StartTag, Words, read_markup, unescape

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "nobr",
    )
)
_UNSEEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "textarea",
        "select",
        "button",
        "datalist",
        "canvas",
    )
)
_CLOSES: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": frozenset({"tr", "td", "th"}),
    "tbody": frozenset({"tr", "td", "th", "thead", "tbody"}),
    "option": frozenset({"option"}),
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SCOPES = frozenset({"table", "ul", "ol", "dl", "select", "body", "html"})
_DEEPEST = 400
"""Elements nested deeper than this are taken as lying at this depth, as browsers do at 512."""
_LOOK_BACK = 60
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WRAPPED = re.compile(rf"(?<=[{HAN}，。、；：？！”’》）…—])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{HAN}，。、；：？！“‘《（…—])")
# In old pages paragraphs are parted by nothing but the two wide blanks that indent each.
_INDENT = re.compile(r"(?<=[。！？”…）\n])[ \t\r\n\f]*(?=(?:[\u3000\xa0]|&nbsp;|&emsp;|&#12288;|&#160;){2})|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page, the `number`-th. `name` tells ids and classes in lower case; `hidden` is not shown to readers.

    `heading` is the tag of the heading that it is or lies in, empty if none; `in_head` holds for what lies in the head.
    """

    number: int
    tag: str
    name: str
    parent: "Element | None"
    depth: int
    hidden: bool
    in_head: bool
    heading: str
    attributes: dict[str, str]

    def ancestors(self) -> Iterator["Element"]:
        """Yield the element and all that it lies in, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Words that stand together. `lines` are those of the file that hold some of them; `linked` and `strong` count characters."""

    text: str
    element: Element
    at: int
    lines: tuple[int, ...]
    linked: int = 0
    strong: int = 0
    after_image: bool = False

    @property
    def line(self) -> int:
        return self.lines[0]

    @property
    def hidden(self) -> bool:
        return self.element.hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture and the words that its own markup carries for readers to see."""

    caption: str
    at: int
    line: int
    element: Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """A fact in the head: `<meta name= content=>`, the title element, a canonical link, a marked-up time."""

    name: str
    content: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A comment of the source."""

    text: str
    at: int
    line: int
    last_line: int


@dataclass(slots=True)
class Page:
    """A page read whole, everything in the order of the file: a parent's number is below its children's."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    metas: list[Meta] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_page(text: str) -> Page:
    """Return what a saved page holds."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._page = Page()
        root = Element(0, "", "", None, 0, hidden=False, in_head=False, heading="", attributes={})
        self._page.elements.append(root)
        self._stack = [root]
        self._open: dict[str, int] = {}
        self._over = 0  # open elements beyond the deepest that are told apart
        self._words: list[str] = []
        self._lines: list[int] = []
        self._at = 0
        self._linked = self._strong = 0
        self._image = self._titled = False
        self._seen_at, self._seen_line = 0, 1

    def read(self) -> Page:
        for event in read_markup(self._text):
            match event:
                case Words():
                    self._take_words(event)
                case StartTag():
                    self._start(event)
                case EndTag():
                    self._end(event.name)
                case Comment():
                    first = self._line(event.at)
                    self._page.notes.append(
                        Note(text=event.source, at=event.at, line=first, last_line=first + event.source.count("\n"))
                    )
        self._close_block()
        return self._page

    def _line(self, at: int) -> int:
        """Return the line of a place. Places are asked for in their order."""
        self._seen_line += self._text.count("\n", self._seen_at, at)
        self._seen_at = max(at, self._seen_at)
        return self._seen_line

    def _start(self, tag: StartTag) -> None:
        name = tag.name
        if name not in _INLINE:
            self._close_block()
            self._imply_ends(name)
        self._facts(tag)
        if name == "img":
            self._see_image(tag)
        if name in _VOID:
            return
        parent = self._stack[-1]
        if parent.depth >= _DEEPEST:
            self._over += 1
            return
        attributes = tag.attributes
        hidden = parent.hidden or name in _UNSEEN or "hidden" in attributes
        hidden = hidden or (name not in {"body", "html"} and bool(_HIDDEN.search(attributes.get("style", ""))))
        label = f"{attributes.get('id', '')} {attributes.get('class', '')}".strip().lower()
        element = Element(
            number=len(self._page.elements),
            tag=name,
            name=label,
            parent=parent,
            depth=parent.depth + 1,
            hidden=hidden,
            in_head=parent.in_head or name in {"head", "title"},
            heading=name if name in _HEADINGS else parent.heading,
            attributes=attributes,
        )
        self._page.elements.append(element)
        self._stack.append(element)
        self._open[name] = self._open.get(name, 0) + 1

    def _imply_ends(self, name: str) -> None:
        """Close what a start tag ends without saying so: the paragraph before a block, the cell before a cell."""
        closes = _CLOSES.get(name, frozenset())
        if not closes and not self._open.get("p"):
            return
        for back, element in enumerate(reversed(self._stack[-_LOOK_BACK:]), 1):
            if element.tag in closes or (not closes and element.tag == "p"):
                self._pop(len(self._stack) - back)
                return
            if element.tag in _SCOPES or (not closes and element.tag not in _INLINE):
                return

    def _end(self, name: str) -> None:
        if name in {"br", "p"} and not self._open.get(name):
            self._close_block()
            return
        inline = name in _INLINE
        if not inline:
            self._close_block()
        if self._over and not inline:
            self._over -= 1
            return
        if not self._open.get(name):
            return
        for back, element in enumerate(reversed(self._stack), 1):
            if element.tag == name:
                self._pop(len(self._stack) - back)
                return
            # </b> across a block, </div> across a table: the end tag is the stray one.
            if inline and (element.tag not in _INLINE or back > _LOOK_BACK):
                return
            if element.tag == "table" and name not in {"body", "html"}:
                return

    def _pop(self, size: int) -> None:
        for element in self._stack[size:]:
            self._open[element.tag] -= 1
        del self._stack[size:]

    def _facts(self, tag: StartTag) -> None:
        attributes = tag.attributes
        name = content = ""
        if tag.name == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            content = attributes.get("content", "")
        elif tag.name == "link" and attributes.get("rel", "").lower() == "canonical":
            name, content = "canonical", attributes.get("href", "")
        elif tag.name == "time" or attributes.get("itemprop", "").lower() == "datepublished":
            name, content = "time", attributes.get("datetime") or attributes.get("content", "")
        if name and content.strip():
            self._page.metas.append(
                Meta(name=name.strip().lower(), content=" ".join(content.split()), line=self._line(tag.at))
            )
            self._titled = self._titled or self._page.metas[-1].name == "title"

    def _see_image(self, tag: StartTag) -> None:
        self._image = True
        shown = tag.attributes.get("data-original-title", "")
        words = " ".join(unescape(re.sub(r"<[^<>]*>", " ", shown)).split()) if shown else ""
        if words:
            self._page.images.append(Image(caption=words, at=tag.at, line=self._line(tag.at), element=self._stack[-1]))

    def _take_words(self, words: Words) -> None:
        if words.raw:
            return
        if not words.source.strip():
            if self._words:
                self._words.append(" ")
            return
        element = self._stack[-1]
        if element.tag == "title" and not self._titled:
            self._titled = True
            content = " ".join(unescape(words.source).split())
            self._page.metas.append(Meta(name="title", content=content, line=self._line(words.at)))
        if self._open.get("pre") or self._open.get("plaintext"):
            parts = re.finditer(r"[^\n]+", words.source)
            pieces = [(part.start(), part[0]) for part in parts]
        else:
            cuts = [0, *(cut.start() for cut in _INDENT.finditer(words.source)), len(words.source)]
            pieces = [(a, words.source[a:b]) for a, b in pairwise(cuts)]
        for place, (start, piece) in enumerate(pieces):
            if place:
                self._close_block()
            self._take(piece, words.at + start)

    def _take(self, piece: str, at: int) -> None:
        if not piece.strip():
            if self._words:
                self._words.append(" ")
            return
        if not self._words:
            self._at = at
        if "\n" in piece:
            offset = at
            for row in piece.split("\n"):
                if row.strip():
                    self._add_line(self._line(offset))
                offset += len(row) + 1
        else:
            self._add_line(self._line(at))
        text = _SPACES.sub(" ", unescape(_WRAPPED.sub("", piece)))
        self._words.append(text)
        size = len(text.strip())
        around = [element for element in self._stack[-_LOOK_BACK:] if element.tag in {"a", "strong", "b"}]
        if any(element.tag == "a" and element.attributes.get("href") for element in around):
            self._linked += size
        if any(element.tag != "a" for element in around):
            self._strong += size

    def _add_line(self, line: int) -> None:
        if not self._lines or self._lines[-1] != line:
            self._lines.append(line)

    def _close_block(self) -> None:
        if not self._words:
            return
        text = re.sub(r" {2,}", " ", "".join(self._words)).strip()
        if text.strip("\u200b\u200c\u200d\ufeff\u2060\u00ad"):
            element = self._stack[-1]
            while element.parent is not None and element.tag in _INLINE:
                element = element.parent
            hidden = self._stack[-1].hidden
            if hidden and not element.hidden:
                element = self._stack[-1]
            self._page.blocks.append(
                Block(
                    text=text,
                    element=element,
                    at=self._at,
                    lines=tuple(self._lines),
                    linked=self._linked,
                    strong=self._strong,
                    after_image=self._image,
                )
            )
            self._image = False
        self._words, self._lines = [], []
        self._linked = self._strong = 0
