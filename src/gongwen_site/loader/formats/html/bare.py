"""Text in the clothes of HTML: no title, no heading, no link. Its blocks are read as the lines of a text dump."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gongwen_site.loader.formats.html.page import Page
from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Doubt, Draft, LineRole, Paragraph, Printed, Reading, Role, Seed


def is_bare(page: Page) -> bool:
    """Return whether nothing but its words tells what a page holds."""
    seen = [block for block in page.blocks if not block.hidden]
    titled = any(meta.name in {"title", "og:title"} for meta in page.metas)
    headed = any(block.element.heading for block in seen)
    return not titled and not headed and not any(block.linked for block in seen)


def read_bare(seed: Seed, page: Page) -> Reading:
    """Return what the text reader finds, each finding led back to its line of the file."""
    seen = [block for block in page.blocks if not block.hidden]
    reading = segment(replace(seed, text="\n\n".join(block.text.replace("\n", " ") for block in seen)))
    # Words stand on every second line of that text, so that each is a block of its own.
    lines = [block.lines for block in seen for _ in range(2)]

    def at(line: int) -> int:
        return lines[min(line, len(lines)) - 1][0] if lines else 1

    return Reading(
        seed=seed,
        drafts=tuple(_led_back(draft, at) for draft in reading.drafts),
        line_roles=_roles_by_line(seed, reading.line_roles, lines),
        source=_printed(reading.source, at),
        date=_printed(reading.date, at),
        page=_printed(reading.page, at),
        diagnostics=reading.diagnostics,
    )


def _printed(found: Printed | None, at: Callable[[int], int]) -> Printed | None:
    return None if found is None else Printed(text=found.text, line=at(found.line))


def _led_back(draft: Draft, at: Callable[[int], int]) -> Draft:
    def led(found: Printed | None) -> Printed | None:
        return _printed(found, at)

    return replace(
        draft,
        title=Printed(text=draft.title.text, line=at(draft.title.line)),
        kicker=led(draft.kicker),
        deck=led(draft.deck),
        standing_head=led(draft.standing_head),
        unit=led(draft.unit),
        source=led(draft.source),
        date=led(draft.date),
        edition=led(draft.edition),
        page=led(draft.page),
        editor=led(draft.editor),
        url=led(draft.url),
        byline_lines=tuple(at(line) for line in draft.byline_lines),
        body=tuple(
            Paragraph(kind=p.kind, parts=tuple(Printed(text=part.text, line=at(part.line)) for part in p.parts))
            for p in draft.body
        ),
        captions=tuple(Printed(text=caption.text, line=at(caption.line)) for caption in draft.captions),
        doubts=tuple(
            Doubt(code=doubt.code, line=None if doubt.line is None else at(doubt.line), params=doubt.params)
            for doubt in draft.doubts
        ),
    )


def _roles_by_line(seed: Seed, found: Sequence[LineRole], lines: Sequence[Sequence[int]]) -> tuple[LineRole, ...]:
    merged: dict[tuple[int, int | None], LineRole] = {}
    for role in found:
        for number in range(role.first, role.last + 1):
            for line in lines[number - 1] if number <= len(lines) else ():
                before = merged.get((line, role.draft))
                roles = tuple(dict.fromkeys((*(before.roles if before else ()), *role.roles)))
                rule = before.rule if before else role.rule
                merged[line, role.draft] = LineRole(first=line, last=line, roles=roles, rule=rule, draft=role.draft)
    covered = {line for line, _ in merged}
    markup = [
        LineRole(first=number, last=number, roles=(Role.FURNITURE,), rule="markup")
        for number, line in enumerate(seed.text.split("\n"), 1)
        if line.strip() and number not in covered
    ]
    return tuple(
        sorted((*merged.values(), *markup), key=lambda role: (role.first, role.draft is None, role.draft or 0))
    )
