"""The loader's one verb for text dumps: `segment(seed) -> Reading`.

A dump is a newspaper page with several articles run together, e-paper articles each with its trailer, or a web page
copied as text. All three go the same way; they differ in what counts as an article's edge.
"""

from collections.abc import Sequence
from dataclasses import replace

from gongwen_site.chinese.words import Segmenter
from gongwen_site.loader.claims import claim
from gongwen_site.loader.context import in_context
from gongwen_site.loader.drafts import Result, draft_story, line_roles, with_repetitions
from gongwen_site.loader.layout import Line, lay_out
from gongwen_site.loader.lines import mark
from gongwen_site.loader.marks import BODY, Mark, Sort
from gongwen_site.loader.matching import Story, match
from gongwen_site.loader.packages import gather
from gongwen_site.loader.parting import part
from gongwen_site.loader.printed import own_paper, read_facts
from gongwen_site.loader.sentences import WordCrossing
from gongwen_site.loader.stretch import Page, Stretch
from gongwen_site.loader.stretches import cut
from gongwen_site.loader.supplied import supplied_title
from gongwen_site.loader.webpage import WebArticle, is_web_page, read_web_page
from gongwen_site.records.reading import Doubt, Draft, LineRole, Paragraph, Printed, Reading, Role, Seed

_SCRAP = 60  # characters: a headless, unsigned text below this, between articles, is furniture
_CROWD = 300  # articles: no page and no issue has so many that are all scraps
_HEAP = 5_000  # lines: no page and no article has so many of a word or two each
_WORD = 6  # characters
_HEAD_SORTS = {Sort.SHORT, Sort.BYLINE, Sort.NAMES, Sort.FURNITURE, Sort.NOTE}
_HEAD_LENGTH = 8


def segment(seed: Seed) -> Reading:
    """Return what a text dump holds. Takes any text; time grows with its length."""
    lines = lay_out(seed.text)
    if len(lines) > _HEAP and sum(line.length for line in lines) < _WORD * len(lines):
        return _heap(seed, lines)
    marks = mark(lines)
    crosses = WordCrossing(Segmenter())
    if not any(found.sort is Sort.TRAILER for found in marks) and is_web_page(marks):
        article = read_web_page(marks)
        if article is not None:
            return _web_page(seed, article, crosses)
    parts = _articles_with_trailer(marks)
    if parts:
        return _articles(seed, parts, crosses)
    return _page(seed, marks, crosses)


def _heap(seed: Seed, lines: Sequence[Line]) -> Reading:
    """Thousands of lines of a word or two are no page of articles: nothing is looked for in them, nothing is left out."""
    first = next((line for line in lines if line.text), None)
    if first is None:
        invisible = LineRole(first=lines[0].number, last=lines[-1].number, roles=(Role.FURNITURE,), rule="invisible")
        return Reading(seed=seed, drafts=(), line_roles=(invisible,))
    draft = Draft(
        title=Printed(text=supplied_title(first.text, first.folded), line=first.number),
        title_supplied=True,
        body=tuple(
            Paragraph(kind="paragraph", parts=(Printed(text=line.text, line=line.number),))
            for line in lines
            if line.text
        ),
        doubts=(Doubt(code="untitled"), Doubt(code="no-byline")),
    )
    whole = LineRole(first=lines[0].number, last=lines[-1].number, roles=(Role.BODY,), rule="words-in-lines", draft=0)
    return Reading(seed=seed, drafts=(draft,), line_roles=(whole,))


# A newspaper page


def _page(seed: Seed, marks: Sequence[Mark], crosses: WordCrossing) -> Reading:
    marks = in_context(marks, crosses)
    page = part(cut(marks))
    if _is_crowd(page):
        page = cut(marks, one_article=True)
        whole = _one_story(page)
        stories, scraps = ([whole] if whole else []), list[Mark]()
    else:
        page = claim(page)
        stories, scraps = _without_scraps(gather(_stories(page), page.usual))
    results = with_repetitions([draft_story(story, index, crosses) for index, story in enumerate(stories)], page.aside)
    facts = read_facts(found for found in page.aside if found.sort is Sort.MASTHEAD or found.rule == "page-line")
    shared = replace(facts, source=facts.source or own_paper(marks))
    return Reading(
        seed=seed,
        drafts=tuple(replace(draft, edition=facts.edition) for draft in _drafts(results)),
        line_roles=line_roles(results, (*page.aside, *scraps)),
        source=shared.source,
        date=shared.date,
        page=shared.page,
    )


def _is_crowd(page: Page) -> bool:
    """Return whether what looks like hundreds of articles is one list: on average each is shorter than a scrap."""
    texts = ((*stretch.head, *stretch.body, *stretch.captions) for stretch in page.stretches)
    length = sum(found.line.length for text in texts for found in text)
    return len(page.stretches) > _CROWD and length < _SCRAP * len(page.stretches)


def _stories(page: Page) -> tuple[Story, ...]:
    stories = match(page)
    if not stories and page.loose:
        bare = Stretch(opening="top")
        return (
            Story(stretches=(bare,), head=page.loose[:1], stray=page.loose[1:], rule="headline-in-place", overlap=0),
        )
    return stories


def _without_scraps(stories: Sequence[Story]) -> tuple[list[Story], list[Mark]]:
    """Put aside what is no article: a line or two without headline, name or picture between articles."""
    kept: list[Story] = []
    scraps: list[Mark] = []
    for story in stories:
        text = [found for stretch in story.stretches for found in stretch.body]
        other = story.head or story.stray or any(s.byline or s.captions or s.continuation for s in story.stretches)
        small = sum(found.line.length for found in text) < _SCRAP and not any(f.sort is Sort.LEAD_IN for f in text)
        if other or not small or len(stories) == 1:
            kept.append(story)
        else:
            scraps += [replace(found, sort=Sort.FURNITURE, rule="scrap") for found in text]
    return kept, scraps


# E-paper articles


def _articles_with_trailer(marks: Sequence[Mark]) -> list[tuple[Mark, ...]]:
    """Cut marks behind each trailer's end. Without a trailer, a masthead below a headline says: one article."""
    ends = [index for index, found in enumerate(marks) if found.sort is Sort.TRAILER and "/enpproperty" in found.folded]
    if ends:
        starts = [0, *(end + 1 for end in ends)]
        parts = [tuple(marks[start:end]) for start, end in zip(starts, [*starts[1:], len(marks)], strict=True)]
        full = [piece for piece in parts if _has_text(piece)]
        if not full:
            return []
        loose = tuple(found for piece in parts if not _has_text(piece) for found in piece)
        return [*full[:-1], full[-1] + loose]
    mastheads = [index for index, found in enumerate(marks) if found.sort is Sort.MASTHEAD]
    if len(mastheads) == 1 and 0 < mastheads[0] <= _HEAD_LENGTH:
        above = marks[: mastheads[0]]
        if all(found.sort in _HEAD_SORTS for found in above) and any(found.sort is Sort.SHORT for found in above):
            return [tuple(marks)]
    return []


def _has_text(marks: Sequence[Mark]) -> bool:
    return any(found.sort in BODY for found in marks)


def _articles(seed: Seed, parts: Sequence[tuple[Mark, ...]], crosses: WordCrossing) -> Reading:
    results: list[Result] = []
    roles: list[LineRole] = []
    for article in parts:
        marks = _of_one_article(in_context(article, crosses))
        page = cut(marks, one_article=True)
        trailer = " ".join(found.folded for found in marks if found.sort is Sort.TRAILER)
        story = _one_story(page)
        facts = read_facts(page.aside)
        made = [draft_story(story, len(results), crosses, facts=facts, known_title=_title_in(trailer))] if story else []
        results += made
        roles += line_roles(made, page.aside, len(results) - 1 if made else None)
    return Reading(seed=seed, drafts=_drafts(results), line_roles=tuple(sorted(roles, key=lambda role: role.first)))


def _one_story(page: Page, title: Mark | None = None) -> Story | None:
    """Return all text of a page as one story under `title`, or under the lines above its text. None without text."""
    if not page.stretches and not page.loose:
        return None
    above = page.stretches[0].head if page.stretches else page.loose[:1]
    head = (title,) if title else above
    kept = {found.number for found in head}
    lines = [found for stretch in page.stretches for found in (*stretch.head, *stretch.body)]
    whole = Stretch(
        opening="whole",
        byline=tuple(found for stretch in page.stretches for found in stretch.byline),
        unit=tuple(found for stretch in page.stretches for found in stretch.unit),
        body=tuple(found for found in (*lines, *page.loose) if found.number not in kept),
        captions=tuple(found for stretch in page.stretches for found in stretch.captions),
        continuation=tuple(found for stretch in page.stretches for found in stretch.continuation),
    )
    rule = "web-headline" if title else "headline-in-place" if head else "untitled"
    return Story(stretches=(whole,), head=head, rule=rule, overlap=0)


def _title_in(trailer: str) -> str | None:
    text = trailer.partition("/enpproperty")[0].strip()
    return text or None


def _of_one_article(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The newspaper's name alone on a line is the template's; a note's heading is a heading like others."""
    source = read_facts(marks).source

    def fitted(found: Mark) -> Mark:
        if found.sort is Sort.SHORT and source is not None and found.folded == source.text:
            return replace(found, sort=Sort.FURNITURE, rule="paper-name")
        return replace(found, sort=Sort.SHORT, rule="short-line") if found.sort is Sort.NOTE else found

    return tuple(fitted(found) for found in marks)


# A web page


def _web_page(seed: Seed, article: WebArticle, crosses: WordCrossing) -> Reading:
    page = cut(in_context(article.text, crosses), one_article=True)
    aside = (*page.aside, *article.header, *article.furniture)
    story = _one_story(page, article.title)
    if story is None:
        return Reading(seed=seed, drafts=(), line_roles=line_roles((), aside))
    (whole,) = story.stretches
    story = replace(story, stretches=(replace(whole, byline=(*article.byline, *whole.byline)),))
    made = draft_story(story, 0, crosses, facts=article.facts)
    draft = made.draft
    if article.people and not article.byline:
        draft = replace(draft, byline=article.people)
    result = Result(draft=draft, roles=made.roles)
    return Reading(seed=seed, drafts=(draft,), line_roles=line_roles([result], aside))


def _drafts(results: Sequence[Result]) -> tuple[Draft, ...]:
    return tuple(result.draft for result in results)
