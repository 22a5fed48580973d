"""Markdown with front matter: one article a file. Without front matter it is a text like any other."""

import re

from yaml.nodes import Node, ScalarNode, SequenceNode

from gongwen_site.errors import Location, error
from gongwen_site.loader.bylines import parse_people
from gongwen_site.loader.formats.facts import COLUMNS, normalised_date
from gongwen_site.loader.segment import segment
from gongwen_site.records import yaml_text as y
from gongwen_site.records.reading import Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_HEADING = re.compile(r"#{1,6}\s+(?P<words>.*?)\s*#*$")


def read_markdown(seed: Seed) -> Reading:
    """Return the article of a Markdown file; of one without front matter what the text reader finds in it."""
    lines = seed.text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if lines[0].strip() != "---" or end is None:
        return segment(seed)
    try:
        node = y.compose("\n".join(lines[1:end]))
        facts = {
            COLUMNS.get(name.lower(), name): (_words(value, name), y.line_of(key) + 1)
            for name, key, value in (y.pairs(node, "front matter") if node is not None else [])
        }
    except y.Problem as problem:
        diagnostic = error(problem.code, Location(file=seed.path, line=problem.line + 1), **problem.params)
        reading = segment(seed)
        return Reading(
            seed=seed,
            drafts=reading.drafts,
            line_roles=reading.line_roles,
            diagnostics=(*reading.diagnostics, diagnostic),
        )
    return _read(seed, lines, end, {name: fact for name, fact in facts.items() if fact[0]})


def _words(node: Node, name: str) -> str:
    if isinstance(node, SequenceNode):
        return "、".join(y.texts_of(node, name))
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _read(seed: Seed, lines: list[str], end: int, facts: dict[str, tuple[str, int]]) -> Reading:
    paragraphs: list[Paragraph] = []
    roles = [LineRole(first=1, last=end + 1, roles=(Role.TRAILER,), rule="front-matter", draft=0)]
    title = facts.get("title")
    open_paragraph = False
    for number, line in enumerate(lines[end + 1 :], end + 2):
        words = line.strip()
        heading = _HEADING.match(words)
        if not words:
            open_paragraph = False
        elif heading and title is None and not paragraphs:
            title = (heading["words"], number)
            roles.append(LineRole(first=number, last=number, roles=(Role.HEADLINE,), rule="first-heading", draft=0))
        elif heading:
            paragraphs.append(Paragraph(kind="heading", parts=(Printed(text=heading["words"], line=number),)))
            roles.append(LineRole(first=number, last=number, roles=(Role.HEADING,), rule="heading-mark", draft=0))
            open_paragraph = False
        else:
            part = Printed(text=words, line=number)
            before = paragraphs[-1].parts if open_paragraph else ()
            if open_paragraph:
                paragraphs.pop()
            paragraphs.append(Paragraph(kind="paragraph", parts=(*before, part)))
            joins = before[0].line if before else None
            roles.append(
                LineRole(first=number, last=number, roles=(Role.BODY,), rule="paragraph", draft=0, joins=joins)
            )
            open_paragraph = True
    supplied = title is None
    first = paragraphs[0] if paragraphs else None
    words, at = title or ((first.text[:24], first.parts[0].line) if first else (seed.path, 1))
    date = normalised_date(facts["date"][0]) if "date" in facts else None

    def printed(name: str) -> Printed | None:
        return Printed(text=facts[name][0], line=facts[name][1]) if name in facts else None

    known = {"title", "date", "source", "author", "page", "url", "kicker", "deck"}
    draft = Draft(
        title=Printed(text=words, line=at),
        title_supplied=supplied,
        kicker=printed("kicker"),
        deck=printed("deck"),
        byline=parse_people(facts["author"][0]) if "author" in facts else (),
        byline_lines=(facts["author"][1],) if "author" in facts else (),
        source=printed("source"),
        date=Printed(text=date, line=facts["date"][1]) if date else None,
        page=printed("page"),
        url=printed("url"),
        body=tuple(paragraphs),
        extra={name: text for name, (text, _) in facts.items() if name not in known},
    )
    return Reading(seed=seed, drafts=(draft,), line_roles=tuple(roles))
