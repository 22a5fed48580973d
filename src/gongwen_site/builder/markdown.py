"""A record's body, CommonMark, to blocks of HTML. Raw HTML is off: whatever a dump held is shown as text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_TOP_HEADING = 2
_DEEPEST_HEADING = 6
# A block whose Markdown is its own text: one line, nothing that could open or be markup. It need not be parsed.
_PLAIN = re.compile(r"(?P<heading>## )?(?P<text>[^\s#>+\-=|~:\d\\`*_\[\]<>&!][^\n\\`*_\[\]<>&!\r\0]*)")
_OPENING_NUMBER = re.compile(r"(?P<text>\d{1,9}[^\s\d.)\n\\`*_\[\]<>&!\r\0][^\n\\`*_\[\]<>&!\r\0]*)")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body: `kind` is p, h2 to h6, or html for anything else.

    `html` is what stands inside the element (the whole of an `html` block), `text` its words if it is nothing but words.
    """

    kind: str
    html: Markup
    text: str | None


def blocks_of(body: str, display: Callable[[str], str]) -> tuple[Block, ...]:
    """Return the blocks of a Markdown body. `display` is applied to its words and must keep their number of characters."""
    sources = [block for block in re.split(r"\n{2,}", body.strip("\n")) if block]
    plain = [_plain_block(source.rstrip(" "), display) for source in sources]
    if None not in plain:
        return tuple(block for block in plain if block is not None)
    return tuple(_parsed_blocks(body, display))


def _plain_block(source: str, display: Callable[[str], str]) -> Block | None:
    match = _PLAIN.fullmatch(source) or _OPENING_NUMBER.fullmatch(source)
    if match is None or source.rstrip() != source:
        return None
    is_heading = source.startswith("## ")
    text = display(match["text"])
    if is_heading and (text.endswith("#") or text != text.strip()):
        return None
    return Block("h2" if is_heading else "p", escape(text), text)


@cache
def _parser() -> MarkdownIt:
    # No raw HTML, and no pictures: a page asks nothing of other hosts.
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


def _parsed_blocks(body: str, display: Callable[[str], str]) -> Iterator[Block]:
    tokens = _parser().parse(body)
    level = _TOP_HEADING - 1
    for group in _top_level(tokens):
        opening = group[0]
        if opening.type == "heading_open":
            level = max(_TOP_HEADING, min(level + 1, int(opening.tag[1:]), _DEEPEST_HEADING))
            yield _inline_block(f"h{level}", group[1], display)
        elif opening.type == "paragraph_open":
            yield _inline_block("p", group[1], display)
        else:
            for token in group:
                _show(token, display)
            yield Block("html", _rendered(group), None)


def _top_level(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _inline_block(kind: str, inline: Token, display: Callable[[str], str]) -> Block:
    children = inline.children or []
    if all(child.type == "text" for child in children):
        text = display("".join(child.content for child in children))
        return Block(kind, escape(text), text)
    _show(inline, display)
    return Block(kind, _rendered([inline]), None)


def _show(token: Token, display: Callable[[str], str]) -> None:
    for child in token.children or []:
        if child.type == "text":
            child.content = display(child.content)


def _rendered(tokens: Sequence[Token]) -> Markup:
    parser = _parser()
    return Markup(parser.renderer.render(tokens, parser.options, {}).strip())  # noqa: S704 - raw HTML is off
