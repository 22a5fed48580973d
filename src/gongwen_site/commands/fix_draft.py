"""A reading's doubts to the draft of a fix file: one guarded operation for each, commented out, ready to be edited."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongwen_site.loader.sheets import line_texts
from gongwen_site.records import yaml_text as y
from gongwen_site.records.given import subject_of
from gongwen_site.records.reading import Doubt, Draft, Reading, Tags
from gongwen_site.wording import wording

_WORDS = wording()
_GUARD = 8
"""Characters of a line that the draft's guards expect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What would settle a doubt: an entry of `fixes:`, without its dash. `others` are what else may be done."""

    doubt: Doubt
    text: str
    others: tuple[str, ...]


def draft_fixes(reading: Reading, tags: Sequence[Tags]) -> str:
    """Return the text of a draft. As it stands it corrects nothing."""
    lines = [f"# {line}" for line in _WORDS.say("fix_draft_head", dump=reading.seed.path).strip().split("\n")]
    lines += beginning(reading, tags)
    for number, (draft, found) in enumerate(zip(reading.drafts, operations(reading, tags), strict=True), 1):
        if found:
            lines += ["", f"  # [{number}] {_one_line(draft.title.text)}"]
        for operation in found:
            said = _WORDS.doubt(operation.doubt.code, operation.doubt.line, operation.doubt.params)
            lines += [f"  # {_WORDS.say('doubt_mark')}{_one_line(said)}"]
            lines += [f"  # - {operation.text}"]
            if operation.others:
                lines += [f"  #   {_WORDS.say('fix_draft_or')}{_WORDS.say('list_comma').join(operation.others)}"]
    return "\n".join(lines) + "\n"


def beginning(reading: Reading, tags: Sequence[Tags]) -> tuple[str, ...]:
    """Return the first lines of a fix file: what binds it to its dump, what may be said of all articles, the list's key."""
    return f"sha256: {reading.seed.sha256}", *_for_all(reading, tags), "fixes:"


def operations(reading: Reading, tags: Sequence[Tags]) -> tuple[tuple[Operation, ...], ...]:
    """Return for each draft an operation for each of its doubts."""
    texts = line_texts(reading)

    def operation(case: _Case) -> Operation:
        at = case.line() if case.line() in texts else case.draft.lines[0][0]
        starts = y.scalar(texts.get(at, "")[:_GUARD].strip() or reading.lines[at - 1].strip()[:_GUARD], flow=True)
        act = _OPERATIONS.get(case.doubt.code, _confirm)(case)
        others = _OTHERS.get(case.doubt.code, ())
        return Operation(doubt=case.doubt, text=f"{{at: {at}, starts: {starts}, {act}}}", others=others)

    return tuple(
        tuple(operation(_Case(reading, index, doubt, found)) for doubt in (*draft.doubts, *found.doubts))
        for index, (draft, found) in enumerate(zip(reading.drafts, tags, strict=True))
    )


def _for_all(reading: Reading, tags: Sequence[Tags]) -> Iterator[str]:
    """Yield what a page has once for all its articles, where it is in doubt."""
    if reading.rows is not None:
        return
    codes = {doubt.code for found in tags for doubt in found.doubts}
    if codes & {"source-not-printed", "date-inferred", "date-unknown"}:
        yield f"# {_WORDS.say('fix_draft_for_all')}"
    if "source-not-printed" in codes:
        yield f"# source: {_WORDS.say('fix_draft_paper')}"
    if codes & {"date-inferred", "date-unknown"}:
        dates = {found.date for found in tags if found.date is not None}
        yield f"# date: {min(dates) if dates else _WORDS.say('fix_draft_date')}"


def _one_line(text: str) -> str:
    """Return text that stays within a comment."""
    return "".join(character if character.isprintable() else " " for character in " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class _Case:
    """A doubt about the `index`-th draft of a reading."""

    reading: Reading
    index: int
    doubt: Doubt
    tags: Tags

    @property
    def draft(self) -> Draft:
        return self.reading.drafts[self.index]

    def line(self) -> int:
        """Return the line of the dump to which the operation is bound: the doubt's, or the first of the article."""
        first = self.draft.lines[0][0]
        if self.doubt.line is None or subject_of(self.doubt.code) in {"date", "source", "regions", "topics"}:
            return first
        owners = (role.draft for role in self.reading.line_roles if role.first <= self.doubt.line <= role.last)
        return self.doubt.line if self.index in owners else first


def _confirm(case: _Case) -> str:
    return f"confirm: {case.doubt.code}"


def _title(case: _Case) -> str:
    return f"supplied_title: {y.scalar(_one_line(case.draft.title.text), flow=True)}"


def _merge(case: _Case) -> str:
    if case.index == 0:
        return _confirm(case)
    return f"merge: {case.reading.drafts[case.index - 1].lines[0][0]}"


def _date(case: _Case) -> str:
    return f"date: {y.scalar(case.tags.date or _WORDS.say('fix_draft_date'), flow=True)}"


def _regions(_case: _Case) -> str:
    return f"regions: [{_WORDS.say('fix_draft_region')}]"


_OPERATIONS: Mapping[str, Callable[[_Case], str]] = {
    "untitled": _title,
    "no-byline": lambda _case: f"byline: [{_WORDS.say('fix_draft_person')}]",
    "caption-by-gap": lambda _case: "role: body",
    "sections-reordered": lambda case: f"article: {y.flow_ranges(case.draft.lines)}",
    "join-without-crossing": lambda _case: "split: paragraph",
    "repeated-heading": lambda _case: f"drop: {_WORDS.cli['roles']['repeated']}",
    "repeated-line": lambda case: f"role: body, into: {case.doubt.params['other']}",
    "parted-by-words": _merge,
    "date-inferred": _date,
    "date-unknown": _date,
    "source-not-printed": lambda _case: f"source: {_WORDS.say('fix_draft_paper')}",
    "region-none": _regions,
    "region-unclear": _regions,
    "topic-none": lambda _case: f"topics: [{_WORDS.say('fix_draft_topic')}]",
}
"""What would settle a doubt of each code; of any other a word that it has been looked at."""

_OTHERS: Mapping[str, tuple[str, ...]] = {
    "title-by-words": ("role: heading", "move: …"),
    "title-inside-text": ("role: heading", "move: …"),
    "headline-without-text": ("split: article", "role: headline", "role: furniture"),
    "caption-by-gap": ("move: …", "drop: …", "confirm: caption-by-gap"),
    "starts-mid-sentence": ("join: …", "note: …"),
    "ends-mid-sentence": ("move: …", "note: …"),
    "join-without-crossing": ("confirm: join-without-crossing",),
    "repeated-heading": ("confirm: repeated-heading",),
    "repeated-line": ("confirm: repeated-line",),
    "parted-by-words": ("confirm: parted-by-words",),
    "no-byline": ("confirm: no-byline",),
    "brief": ("merge: …", "drop: …"),
    "continued": ("note: …",),
    "topic-none": ("confirm: topic-none",),
    "region-none": ("confirm: region-none",),
}
"""What else may be done about a doubt."""
