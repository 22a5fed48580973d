"""An explanation as a terminal shows it: columns that hold under Chinese characters, one group of lines an article."""

import unicodedata
from collections.abc import Iterator

from gongwen_site.commands.explain import ExplainedLine, Explanation
from gongwen_site.records.article import LineRange
from gongwen_site.records.reading import Doubt
from gongwen_site.wording import wording

_WORDS = wording()
_ROLE = 14
_ELLIPSIS = "…"
_LEAST = 24
_HUES = (36, 33, 35, 32, 34, 31)  # cyan, yellow, magenta, green, blue, red
_DIM, _BOLD = "2", "1"


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a wide character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(c) or unicodedata.category(c) in {"Cf", "Me", "Mn"} else 2 if _is_wide(c) else 1
        for c in text
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def fit(text: str, columns: int) -> str:
    """Return text that takes `columns` exactly, cut with an ellipsis or padded."""
    if width_of(text) > columns:
        kept, left = "", columns - 1
        for character in text:
            left -= width_of(character)
            if left < 0:
                break
            kept += character
        text = kept + _ELLIPSIS
    return text + " " * (columns - width_of(text))


def explanation_lines(found: Explanation, *, width: int, whole: bool, colour: bool) -> Iterator[str]:
    """Yield the lines to print. `whole` shows each line's text in full; `colour` adds the terminal's colours."""
    return _Page(found, width=width, whole=whole, colour=colour).lines()


class _Page:
    def __init__(self, found: Explanation, *, width: int, whole: bool, colour: bool) -> None:
        self._found, self._whole, self._colour = found, whole, colour
        self._number = max([3, *(len(str(line.number)) for line in found.lines)])
        whys = [width_of(self._why(line)) for line in found.lines]
        room = width - self._number - _ROLE - 7
        self._text = max(_LEAST, room - min(max(whys, default=0), room // 2))
        self._width = width
        self._at_line: dict[tuple[int, int], list[Doubt]] = {}
        own = {(line.article, line.number) for line in found.lines}
        for number, doubt in found.doubts:
            if doubt.line is not None and (number, doubt.line) in own:
                self._at_line.setdefault((number, doubt.line), []).append(doubt)

    def lines(self) -> Iterator[str]:
        found, before = self._found, 0
        yield _WORDS.say("explain_head", dump=_safe(found.dump), sha256=found.sha256, encoding=found.encoding)
        if found.fix is not None:
            yield _WORDS.say("explain_fix", file=_safe(found.fix))
        for line in found.lines:
            owner = line.article or -1
            if owner != before:
                yield self._heading(line.article)
                before = owner
            yield self._line(line)
            for doubt in self._at_line.get((owner, line.number), ()):
                yield self._doubt(doubt)
        yield ""
        shown = {line.article for line in found.lines}
        for number, (title, ranges) in enumerate(zip(found.titles, found.ranges, strict=True), 1):
            if number not in shown:
                continue
            yield self._tinted(f"[{number}] {_safe(title)}", number, _BOLD) + self._dim(_spans(ranges))
            for owner, doubt in found.doubts:
                if owner == number and doubt not in self._at_line.get((owner, doubt.line or 0), ()):
                    yield self._doubt(doubt)

    def _heading(self, article: int | None) -> str:
        title = f"[{article}] {_safe(self._found.titles[article - 1])}" if article else _WORDS.say("explain_outside")
        start = f"── {fit(title, min(width_of(title), self._width - 8))} "
        return self._tinted(start + "─" * max(2, self._width - width_of(start)), article, _BOLD)

    def _line(self, line: ExplainedLine) -> str:
        roles = "＋".join(_WORDS.cli["roles"][role] for role in line.roles)
        text = _safe(line.text.strip())
        bar = "▌" if line.article else " "
        shown = text if self._whole else fit(text, self._text)
        return (
            f"{self._dim(str(line.number).rjust(self._number))} {self._tinted(bar, line.article)} "
            f"{self._tinted(fit(roles, _ROLE), line.article)} {shown}  {self._dim(self._why(line))}"
        )

    def _why(self, line: ExplainedLine) -> str:
        why = _WORDS.rules.get(line.rule, line.rule)
        return f"{why}{_WORDS.say('explain_note', note=_safe(line.note))}" if line.note else why

    def _doubt(self, doubt: Doubt) -> str:
        words = _safe(_WORDS.doubt(doubt.code, doubt.line, doubt.params))
        mark = f"{_WORDS.say('doubt_mark')}{words}"
        return " " * (self._number + 3) + (f"\x1b[{_BOLD};33m{mark}\x1b[0m" if self._colour else mark)

    def _tinted(self, text: str, article: int | None, weight: str = "") -> str:
        if not self._colour or not text.strip():
            return text
        hue = str(_HUES[(article - 1) % len(_HUES)]) if article else _DIM
        return f"\x1b[{';'.join(filter(None, (weight, hue)))}m{text}\x1b[0m"

    def _dim(self, text: str) -> str:
        return f"\x1b[{_DIM}m{text}\x1b[0m" if self._colour else text


def _spans(ranges: tuple[LineRange, ...]) -> str:
    spans = (str(first) if first == last else f"{first}—{last}" for first, last in ranges)
    return _WORDS.say("explain_lines", lines=_WORDS.say("list_comma").join(spans))


def _safe(text: str) -> str:
    """Return printed text without what a terminal would obey or what would break a line."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
