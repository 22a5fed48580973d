"""Saved HTML: its visible text as lines, read like a text dump, and every finding led back to the line of the file."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Doubt, Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "select", "textarea"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)


class _Lines(HTMLParser):
    """Collects lines of visible text, each with the file's line that it begins on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self._words: list[str] = []
        self._start = 1
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self._end_line()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self._unseen or not data.strip():
            return
        if not self._words:
            leading = data[: len(data) - len(data.lstrip())]
            self._start = self.getpos()[0] + leading.count("\n")
        self._words.append(" ".join(data.split()))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Skip `<![…` sections that the standard library knows nothing of, where it would raise."""
        try:
            return super().parse_marked_section(i, report=report)
        except AssertionError:
            return self.parse_bogus_comment(i, report=False)

    def close(self) -> None:
        super().close()
        self._end_line()

    def _end_line(self) -> None:
        if self._words:
            self.lines.append((self._start, "".join(self._words)))
            self._words = []


def read_html(seed: Seed) -> Reading:
    """Return the articles of a saved page."""
    parser = _Lines()
    parser.feed(seed.text)
    parser.close()
    text = "\n\n".join(words for _, words in parser.lines)
    reading = segment(replace(seed, text=text))
    # Words stand on every second line of `text`, so that each is a block of its own.
    numbers = [number for start, _ in parser.lines for number in (start, start)]
    return _led_back(seed, reading, numbers)


def _led_back(seed: Seed, reading: Reading, numbers: Sequence[int]) -> Reading:
    def at(line: int) -> int:
        return numbers[min(line, len(numbers)) - 1] if numbers else 1

    def printed(found: Printed | None) -> Printed | None:
        return None if found is None else Printed(text=found.text, line=at(found.line))

    def draft(found: Draft) -> Draft:
        return replace(
            found,
            kicker=printed(found.kicker),
            deck=printed(found.deck),
            standing_head=printed(found.standing_head),
            unit=printed(found.unit),
            source=printed(found.source),
            date=printed(found.date),
            edition=printed(found.edition),
            page=printed(found.page),
            editor=printed(found.editor),
            url=printed(found.url),
            title=Printed(text=found.title.text, line=at(found.title.line)),
            byline_lines=tuple(at(line) for line in found.byline_lines),
            body=tuple(
                Paragraph(kind=p.kind, parts=tuple(Printed(text=x.text, line=at(x.line)) for x in p.parts))
                for p in found.body
            ),
            captions=tuple(Printed(text=x.text, line=at(x.line)) for x in found.captions),
            doubts=tuple(
                Doubt(code=d.code, line=None if d.line is None else at(d.line), params=d.params) for d in found.doubts
            ),
        )

    return Reading(
        seed=seed,
        drafts=tuple(draft(found) for found in reading.drafts),
        line_roles=_roles_by_line(seed, reading.line_roles, at),
        source=printed(reading.source),
        date=printed(reading.date),
        page=printed(reading.page),
        diagnostics=reading.diagnostics,
    )


def _roles_by_line(seed: Seed, found: Sequence[LineRole], at: Callable[[int], int]) -> tuple[LineRole, ...]:
    merged: dict[tuple[int, int | None], LineRole] = {}
    for role in found:
        line = at(role.first)
        before = merged.get((line, role.draft))
        roles = tuple(dict.fromkeys((*(before.roles if before else ()), *role.roles)))
        merged[line, role.draft] = LineRole(
            first=line, last=line, roles=roles, rule=before.rule if before else role.rule, draft=role.draft
        )
    covered = {line for line, _ in merged}
    markup = [
        LineRole(first=n, last=n, roles=(Role.FURNITURE,), rule="markup")
        for n, line in enumerate(seed.text.split("\n"), 1)
        if line.strip() and n not in covered
    ]
    return tuple(
        sorted((*merged.values(), *markup), key=lambda role: (role.first, role.draft is None, role.draft or 0))
    )
