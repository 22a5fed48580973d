"""A title for a text that prints none: its first clause that says what happened, in the text's own words."""

import re
from collections.abc import Iterator

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.bylines import parse_lead_in

_READ = 600  # characters of a text that are looked at
_LEAST, _MOST = 8, 34
_CUT = "……"
_QUOTED = re.compile(r"“[^“”]{0,80}”|《[^《》]{0,80}》|\([^()]{0,80}\)")
_CLAUSE_END = re.compile(r"[,。;:!?…\n]")
_WORD = re.compile(rf"[{HAN}A-Za-z0-9]")
# When, why and to what end: what a report puts before its matter.
_OPENING = re.compile(
    r"^(?:近日|日前|近来|近年|连日|今年|去年|目前|当前|昨|当日|[\d一二三四五六七八九十]{1,4}[年月日时]|截至|随着|为了?|以(?!色列)|围绕|按照|根据|针对|据"
    r"|坚持|认真|进一步|深入|不断|切实|全面|积极|大力|持续|构建|加强|推动|促进|贯彻|落实|通过|如何|同时|此外|其中)"
)


def supplied_title(text: str, folded: str) -> str:
    """Return a title of at most 34 characters out of `text`; `folded` is the same text in half width."""
    lead = parse_lead_in(folded)
    start = lead.length if lead else 0
    clauses = [(a, b) for a, b in _clauses(folded, start) if b - a >= _LEAST]
    telling = [(a, b) for a, b in clauses if not _OPENING.match(folded[a:b])]
    for begin, end in (*telling[:1], *clauses[:1], *_clauses(folded, start)):
        title = text[begin:end]
        return title if len(title) <= _MOST else title[: _MOST - len(_CUT)].rstrip() + _CUT
    return text[:_MOST].strip() or text


def _clauses(folded: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where clauses begin and end, those without a word left out; quotations and brackets are not cut."""
    head = _QUOTED.sub(lambda quoted: "“" + "字" * (len(quoted[0]) - 2) + "”", folded[: start + _READ])
    begin = start
    for end in (*(mark.start() for mark in _CLAUSE_END.finditer(head, start)), len(head)):
        words = _WORD.search(folded, begin, end)
        if words:
            at = begin + len(folded[begin:end]) - len(folded[begin:end].lstrip(" \t-—、"))
            yield at, at + len(folded[at:end].rstrip())
        begin = end + 1
