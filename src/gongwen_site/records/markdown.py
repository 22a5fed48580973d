"""Printed text to Markdown and nothing else: whatever a dump holds, CommonMark reads back the same words.

Only what would otherwise be markup is escaped, so that a record stays readable in a text editor.
"""

import re
from collections.abc import Iterable

from gongwen_site.records.reading import Paragraph

_INLINE = re.compile(r"[\\`*_\[\]<>~]|&(?=#?\w+;)|!(?=\[)")
_BLOCK_START = re.compile(r"^(?:(?P<mark>[#>+\-=|~:])|(?P<number>\d{1,9})(?=[.)](?:\s|$)))")
_BREAKS = re.compile(r"\s*[\n\r\u2028\u2029\x0b\x0c\x85]\s*")


def escape_paragraph(text: str) -> str:
    """Return one printed paragraph as one Markdown paragraph. Its white space at both ends is layout and goes."""
    text = _INLINE.sub(r"\\\g<0>", _BREAKS.sub(" ", text).strip())
    start = _BLOCK_START.match(text)
    if start is None:
        return text
    if start["number"]:
        return f"{start['number']}\\{text[start.end() :]}"
    return f"\\{text}"


def render_body(paragraphs: Iterable[Paragraph]) -> str:
    """Return a body as Markdown, one paragraph a block, headings at level two; ends with a line break unless empty."""
    blocks = [f"## {escape_paragraph(p.text)}" if p.kind == "heading" else escape_paragraph(p.text) for p in paragraphs]
    return "\n\n".join(block for block in blocks if block.strip("# ")) + "\n" if blocks else ""
