"""Marks to stretches: runs of text between an article's edges, each with what stands above it and who signs it.

An edge is a byline, a lead-in, a headline, a sign-off, a continuation, a picture story. The one rule behind it all: an
article is signed once. A byline where none is known yet closes the text above it, or opens the text below.
Headlines are only collected here; whose they are is decided in `matching`.
"""

from collections.abc import Sequence

from gongwen_site.loader.context import (
    PICTURE_REPORT,
    SECTION_NAMES,
    fills_picture_gap,
    is_picture_gap,
    names_at_end,
    people_of,
)
from gongwen_site.loader.headlines import is_sure
from gongwen_site.loader.layout import usual_gap
from gongwen_site.loader.lines import BRIEFS
from gongwen_site.loader.marks import ASIDE, BODY, BYLINES, HEADINGS, Mark, Sort
from gongwen_site.loader.stretch import Opened, Page
from gongwen_site.loader.whose import Whose

_INTRODUCTION = 6  # paragraphs: an editor's introduction is no longer


def cut(marks: Sequence[Mark], *, one_article: bool = False) -> Page:
    """Return a page's marks as stretches. `one_article`: nothing but the first edge counts, all text is one stretch."""
    return _Walk(marks, one_article=one_article).page()


class _Walk:
    def __init__(self, marks: Sequence[Mark], *, one_article: bool) -> None:
        self._usual = usual_gap(mark.line for mark in marks)
        self._aside = [mark for mark in marks if mark.sort in ASIDE]
        self._marks = [mark for mark in marks if mark.sort not in ASIDE]
        self._one_article = one_article
        self._whose = Whose(self._marks)
        self._done: list[Opened] = []
        self._now: Opened | None = None
        self._head: list[Mark] = []
        self._adrift: list[Mark] = []  # headlines at the page's top that turned out to be no text's below them
        self._byline: list[Mark] = []
        self._captions: list[Mark] = []
        self._interrupted: int | None = None  # the stretch that a picture story interrupts

    def page(self) -> Page:
        index = 0
        while index < len(self._marks):
            index = self._take(index)
        if self._byline:
            self._open("byline")
        if self._captions:
            (self._done[-1] if self._done else self._open("top")).captions += self._captions
        return Page(
            stretches=tuple(stretch.freeze() for stretch in self._done),
            loose=(*self._adrift, *self._head),
            aside=tuple(self._aside),
            usual=self._usual,
        )

    def _take(self, index: int) -> int:
        mark = self._marks[index]
        match mark.sort:
            case Sort.COLOPHON | Sort.SOURCE | Sort.DATE:
                self._aside.append(mark)
                if mark.sort is Sort.COLOPHON and not self._one_article:
                    self._close()
            case Sort.CONTINUATION:
                self._take_continuation(mark)
            case Sort.SHORT | Sort.UNIT | Sort.NOTE:
                return self._take_short(index)
            case Sort.BYLINE | Sort.NAMES | Sort.SPEAKER:
                self._take_byline(index)
            case Sort.CAPTION:
                return self._take_caption(index)
            case Sort.SIGN_OFF | Sort.NOTE_END:
                self._take_sign_off(index)
            case _:
                self._take_text(mark)
        return index + 1

    # Edges

    def _open(self, opening: str) -> Opened:
        unit = [mark for mark in self._head if mark.sort is Sort.UNIT]
        head = [mark for mark in self._head if mark.sort is not Sort.UNIT]
        self._now = Opened(opening, len(self._done), head=head, byline=self._byline, unit=unit, captions=self._captions)
        self._head, self._byline, self._captions = [], [], []
        self._interrupted = None
        self._done.append(self._now)
        return self._now

    def _close(self) -> None:
        if self._now is not None:
            self._now.closed = True

    def _ready(self) -> bool:
        """Return whether the next text goes on with the stretch at hand."""
        return self._now is not None and not self._now.closed and not self._head and not self._byline

    def _text_stretch(self) -> Opened:
        if self._now is not None and (self._ready() or (self._one_article and not self._head)):
            self._now.byline += self._byline
            self._byline = []
            return self._now
        if self._one_article and self._now is not None:
            self._now.body += self._head
            self._now.byline += self._byline
            self._head, self._byline = [], []
            return self._now
        if self._head or self._byline:
            return self._open("headline" if self._head else "byline")
        interrupted = self._interrupted
        if interrupted is not None and self._done[interrupted].mid_sentence:
            self._now = self._done[interrupted]
            self._now.captions += self._captions
            self._captions, self._interrupted = [], None
            return self._now
        stretch = self._open("orphan" if self._done else "top")
        stretch.resumes = interrupted
        return stretch

    # What a line does

    def _take_text(self, mark: Mark) -> None:
        if mark.sort is Sort.LEAD_IN and self._ready() and not self._one_article and self._now and self._now.body:
            self._open("lead-in").body.append(mark)
            return
        if mark.rule == "data-note" and self._now is not None and not self._head and not self._byline:
            self._now.body.append(mark)  # 数据来源… below the names still is the article's
            return
        stretch = self._text_stretch()
        if mark.sort is Sort.PARAGRAPH and not self._one_article and names_at_end(mark):
            stretch.signed_inside = stretch.signed
            stretch.closed = True
        stretch.body.append(mark)

    def _take_continuation(self, mark: Mark) -> None:
        if "下" in mark.folded[:3] or "转" in mark.folded[:4]:
            if self._now is not None:
                self._now.continuation.append(mark)
                self._close()
            else:
                self._aside.append(mark)
            return
        self._open("continuation").continuation.append(mark)

    def _take_sign_off(self, index: int) -> None:
        mark = self._marks[index]
        stretch = self._text_stretch()
        stretch.body.append(mark)
        if self._one_article:
            return
        if mark.sort is Sort.SIGN_OFF:
            stretch.closed = True
        elif self._ends_note(stretch, index):
            stretch.closed = True
            stretch.introduces = all(above.sort is not Sort.NOTE for above in stretch.head)

    def _ends_note(self, stretch: Opened, index: int) -> bool:
        """——编者 ends a note of its own; below the names of a report it only ends that report's introduction."""
        above = self._done[stretch.index - 1] if stretch.index else None
        if stretch.signed or (above is not None and above.signed and not above.closed):
            return False
        end = index + 1
        while end < len(self._marks) and self._marks[end].sort is Sort.SHORT:
            end += 1
        run = self._marks[index + 1 : end]
        below = self._marks[end] if end < len(self._marks) else None
        heading_below = (
            bool(run) and not is_sure(run, self._usual) and below is not None and below.sort is Sort.PARAGRAPH
        )
        return not heading_below

    def _take_byline(self, index: int) -> None:
        mark, now = self._marks[index], self._now
        if self._head or self._byline or now is None:
            self._byline.append(mark)
        elif self._one_article:
            more_below = any(later.sort in BODY for later in self._marks[index + 1 : index + 4])
            (now.body if now.body and more_below else now.byline).append(mark)
        elif self._belongs_above(mark, index):
            now.byline.append(mark)
        elif (now.body or now.captions) and not now.signed:
            now.byline.append(mark)
            now.closed = True
        elif self._signs_above(index) and not now.second_byline:
            now.second_byline.append(mark)
            now.closed = True
        else:
            self._byline.append(mark)

    def _signs_above(self, index: int) -> bool:
        """Return whether names below a text signed already end that text: what follows them is not theirs."""
        now = self._now
        below = next((mark for mark in self._marks[index + 1 :] if mark.sort is not Sort.CAPTION), None)
        if now is not None and now.closed:
            above = self._marks[index - 1]
            signed_off = above.sort is Sort.SIGN_OFF and bool(now.body) and above is now.body[-1]
            return signed_off and (below is None or below.sort not in {*BODY, *HEADINGS})
        if below is not None and below.sort in BYLINES:
            return below.line.gap >= max(1, self._usual)  # names at a distance are another article's
        return below is None or below.sort not in {*BODY, *HEADINGS}

    def _belongs_above(self, mark: Mark, index: int) -> bool:
        """Return whether a name is a portrait's inside the text at hand, or the second line of the byline at its end."""
        now = self._now
        if now is None:
            return False
        if mark.sort is Sort.SPEAKER:
            return not now.closed
        return now.closed and bool(now.byline) and mark.line.gap == 0 and now.byline[-1] is self._marks[index - 1]

    def _take_short(self, index: int) -> int:
        if self._begins_picture_story(index):
            return self._take_picture_story(index)
        end = index
        while end < len(self._marks) and self._marks[end].sort in {Sort.SHORT, Sort.UNIT, Sort.NOTE}:
            if end > index and self._begins_picture_story(end):
                break
            end += 1
        run = self._marks[index:end]
        if self._opens_article(run, end):
            self._head += run
        else:
            stretch = self._text_stretch()
            stretch.body.extend(run)
            stretch.sunk = stretch.sunk or is_sure(run, self._usual)
        return end

    def _opens_article(self, run: Sequence[Mark], end: int) -> bool:
        now = self._now
        below = self._marks[end] if end < len(self._marks) else None
        if self._byline and run[0].sort is Sort.NOTE:
            return False  # below an article's names a note is its own
        if (
            below is not None
            and below.rule == SECTION_NAMES
            and now is not None
            and not self._head
            and not self._byline
        ):
            now.closed = False  # the section before was signed off, not the article
            return is_sure(run, self._usual)
        if now is None or now.closed or self._head or self._byline or not (now.body or now.captions):
            return True
        if self._one_article:
            return False
        if any(mark.sort is Sort.NOTE for mark in run) or self._introduced(end):
            return True
        if below is not None and below.sort in {Sort.BYLINE, Sort.NAMES, Sort.LEAD_IN, Sort.CONTINUATION}:
            return True
        if run[-1].rule in {PICTURE_REPORT, BRIEFS}:
            return True
        if is_sure(run, self._usual):
            if now.head and self._whose.displaced(now, run, end):
                self._adrift += now.head
                now.head = []
                return False
            return bool(now.head) or now.sunk or not self._whose.sank(now, run, end)
        if below is None:
            return False
        if below.sort is Sort.ITEM:
            return all(
                mark.sort is not Sort.ITEM for mark in now.body
            )  # what stands above a list's first item names it
        if below.sort is Sort.SECTION:
            return below.ordinal == 1 and any(mark.sort in HEADINGS and mark.ordinal == 1 for mark in now.body)
        return self._whose.parts(now, run, end)

    def _introduced(self, start: int) -> bool:
        """Return whether an editor's introduction begins there: a few paragraphs down to ——编者."""
        for mark in self._marks[start : start + _INTRODUCTION]:
            if mark.sort is not Sort.PARAGRAPH:
                return mark.sort is Sort.NOTE_END
        return False

    # Pictures

    def _begins_picture_story(self, index: int) -> bool:
        mark = self._marks[index]
        below = self._marks[index + 1] if index + 1 < len(self._marks) else None
        return (
            mark.sort is Sort.SHORT
            and not self._one_article
            and below is not None
            and below.sort is Sort.CAPTION
            and not is_picture_gap(below.line, self._usual)
            and (
                index == 0
                or (
                    is_picture_gap(mark.line, self._usual)
                    and not fills_picture_gap(self._marks, index - 1, self._usual)
                )
                or below.rule == "picture-story"
                or bool(people_of(below))
            )
        )

    def _take_picture_story(self, index: int) -> int:
        interrupted = self._now.index if self._now is not None and not self._now.closed else None
        self._head.append(self._marks[index])
        story = self._open("picture-story")
        story.picture_story = True
        index += 1
        while index < len(self._marks) and self._marks[index].sort is Sort.CAPTION:
            if story.captions and is_picture_gap(self._marks[index].line, self._usual):
                break
            story.captions.append(self._marks[index])
            index += 1
            if people_of(story.captions[-1]):
                break
        story.closed = True
        self._interrupted = interrupted
        return index

    def _take_caption(self, index: int) -> int:
        mark, now = self._marks[index], self._now
        below = self._marks[index + 1] if index + 1 < len(self._marks) else None
        further = self._marks[index + 2] if index + 2 < len(self._marks) else None
        credited_below = (
            not self._one_article
            and below is not None
            and below.sort in BYLINES
            and not is_picture_gap(below.line, self._usual)
            and (further is None or further.sort in {Sort.SHORT, Sort.COLOPHON})
        )
        if credited_below and below is not None and (now is None or now.signed or now.closed) and not self._head:
            story = self._open("picture-story")
            story.picture_story, story.closed = True, True
            story.captions.append(mark)
            story.byline.append(below)
            return index + 2
        if now is None or self._head or self._byline:
            self._captions.append(mark)
        else:
            now.captions.append(mark)
        return index + 1
