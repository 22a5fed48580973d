"""Widths of punctuation: folded for analysis, restored for display. The record keeps the text as printed.

Dumps come in two habits: full-width punctuation as the paper printed it, or folded to half width by whoever made the
dump. `fold` brings both to one form without moving a character, so that positions in the folded text are positions in
the printed text. `restore_full_width` gives half-width marks between Chinese characters their printed width back.
"""

import re

# One character for one character, so offsets hold. NFKC itself is not used: it changes lengths (…, ㎡, ①).
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000\u00a0"
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + "  "
_FOLD = str.maketrans(_WIDE + "﹐﹑﹔﹕﹖﹗", _NARROW + ",、;:?!")

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Character-class body of Han characters, the numeral 〇 included."""


def fold(text: str) -> str:
    """Return `text` with full-width forms made half-width, of the same length."""
    return text.translate(_FOLD)


_FULL_WIDTH = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_CHINESE = rf"{HAN}“”‘’《》〈〉「」『』【】、。…—·％，：；？！（）"
_MARK_AFTER_CHINESE = re.compile(rf"(?<=[{_CHINESE}])[,:;?!]")
_MARK_BEFORE_CHINESE = re.compile(rf"[,;?!](?=[{_CHINESE}])")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_HAS_HAN = re.compile(rf"[{HAN}]")
_HALF_WIDTH = re.compile("[,:;?!(]")


def restore_full_width(text: str) -> str:
    """Return `text` with half-width marks that stand among Chinese characters in full width.

    Marks inside numbers, times, Latin words and addresses stay as they are: 12:30, F-16, 3,000.
    """
    if not _HALF_WIDTH.search(text) or not _HAS_HAN.search(text):
        return text
    # Parentheses first: a comma after a widened one stands after Chinese.
    text = _PARENTHESIS.sub(_widen_parenthesis, text)
    text = _MARK_AFTER_CHINESE.sub(lambda m: _FULL_WIDTH[m[0]], text)
    return _MARK_BEFORE_CHINESE.sub(lambda m: _FULL_WIDTH[m[0]], text)


def _widen_parenthesis(match: re.Match[str]) -> str:
    around = match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() : match.end() + 1]
    if _HAS_HAN.search(match[1]) or _HAS_HAN.search(around):
        return f"（{match[1]}）"
    return match[0]
