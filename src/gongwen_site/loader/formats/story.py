"""Markdown with front matter: one article a file. Without front matter it is a text like any other."""

import re
import tomllib

from yaml.nodes import Node, ScalarNode, SequenceNode

from gongwen_site.errors import Location, error
from gongwen_site.loader.formats.facts import column_of, normalised_date
from gongwen_site.loader.formats.html.article import people_of_field
from gongwen_site.loader.segment import segment
from gongwen_site.records import yaml_text as y
from gongwen_site.records.reading import Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_IMAGE = re.compile(r"!\[(?P<words>[^\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_ONLY_IMAGE = re.compile(rf"(?:{_IMAGE.pattern}\s*)|!\[\[[^\]\n]{{1,500}}\]\]")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]{0,1000})\]\((?P<address>[^()\n]{0,2000})\)")
_WIKI_LINK = re.compile(r"(?<!!)\[\[(?P<page>[^\[\]|\n]{1,300})(?:\|(?P<words>[^\[\]\n]{1,300}))?\]\]")
_EMPHASIS = re.compile(r"(?P<mark>\*\*\*|\*\*|__|~~|==|`)(?=\S)(?P<words>[^*_~=`\n]{1,500}?)(?<=\S)(?P=mark)")
_QUOTE = re.compile(r"^(?:>\s?)+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_ITEM = re.compile(r"[-*+]\s|\d{1,9}[.)、]")
_HEADING = re.compile(r"#{1,6}\s+(?P<words>.*?)\s*#*$")


def read_markdown(seed: Seed) -> Reading:
    """Return the article of a Markdown file; of one without front matter what the text reader finds in it."""
    lines = seed.text.split("\n")
    fence = lines[0].strip()
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() in _FENCES.get(fence, ())), None)
    if end is None:
        return segment(seed)
    if fence == "+++":
        return _read(seed, lines, end, _toml_facts(lines[1:end]))
    try:
        node = y.compose("\n".join(lines[1:end]))
        facts = {
            column_of(name) or name: (_words(value, name), y.line_of(key) + 1)
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


def _toml_facts(lines: list[str]) -> dict[str, tuple[str, int]]:
    """Return the facts of TOML front matter, each at its line: its tables and what is not well-formed are left out."""
    try:
        values = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return {}
    facts: dict[str, tuple[str, int]] = {}
    for name, value in values.items():
        at = next((n for n, line in enumerate(lines, 2) if line.strip().strip("\"'").startswith(name)), 1)
        if isinstance(value, list):
            value = "、".join(str(item) for item in value)  # noqa: PLW2901 - one reading of a list for all its uses
        if not isinstance(value, dict) and str(value).strip():
            facts[column_of(name) or name] = (str(value), at)
    return facts


def _words_of_markup(line: str) -> str:
    """Return a line's words as a reader sees them: links by their words, emphasis, quotes and list marks without marks."""
    words = _LINK.sub(lambda found: found["words"] or found["address"], _IMAGE.sub(r"\g<words>", line))
    words = _WIKI_LINK.sub(lambda found: found["words"] or found["page"], words)
    words = _EMPHASIS.sub(r"\g<words>", _QUOTE.sub("", words))
    return _ESCAPE.sub(r"\1", words).strip()


def _words(node: Node, name: str) -> str:
    if isinstance(node, SequenceNode):
        return "、".join(y.texts_of(node, name))
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _read(seed: Seed, lines: list[str], end: int, facts: dict[str, tuple[str, int]]) -> Reading:
    paragraphs: list[Paragraph] = []
    captions: list[Printed] = []
    roles = [LineRole(first=1, last=end + 1, roles=(Role.TRAILER,), rule="front-matter", draft=0)]
    title = facts.get("title")
    open_paragraph = False
    for number, line in enumerate(lines[end + 1 :], end + 2):
        if picture := _ONLY_IMAGE.fullmatch(line.strip()):
            open_paragraph = False
            caption = (picture["words"] or "").strip()
            role = Role.CAPTION if caption else Role.FURNITURE
            if caption:
                captions.append(Printed(text=caption, line=number))
            roles.append(LineRole(first=number, last=number, roles=(role,), rule="markup-image", draft=0))
            continue
        words = _words_of_markup(line)
        if line.strip() and not words:
            roles.append(LineRole(first=number, last=number, roles=(Role.FURNITURE,), rule="markup", draft=0))
        starts_item = bool(_ITEM.match(words))
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
            open_paragraph = open_paragraph and not starts_item
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

    people = people_of_field(facts["author"][0]) if "author" in facts else ()
    known = {"title", "source", "page", "url", "kicker", "deck", "editor"}
    known |= {name for name, read in (("date", date), ("author", people)) if read}
    draft = Draft(
        title=Printed(text=words, line=at),
        title_supplied=supplied,
        kicker=printed("kicker"),
        deck=printed("deck"),
        byline=people,
        byline_lines=(facts["author"][1],) if people else (),
        source=printed("source"),
        date=Printed(text=date, line=facts["date"][1]) if date else None,
        page=printed("page"),
        url=printed("url"),
        editor=printed("editor"),
        captions=tuple(captions),
        body=tuple(paragraphs),
        extra={name: text for name, (text, _) in facts.items() if name not in known},
    )
    return Reading(seed=seed, drafts=(draft,), line_roles=tuple(roles))
