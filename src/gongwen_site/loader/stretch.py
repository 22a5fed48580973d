"""A run of text as it is read and as it stands when read: what `stretches` cuts a page to."""

from dataclasses import dataclass, field
from itertools import pairwise

from gongwen_site.loader.marks import Mark, Sort
from gongwen_site.loader.sentences import is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of text. `opening` says which edge it begins at; `head` are the short lines right above it.

    `body` may still hold displaced headlines. `resumes` is the index of the stretch that it may only be the rest of;
    `introduces` says that it ends as an editor's introduction does; `second_byline` are names below a text that has
    names above it already, and so two articles in one; `signed_inside` that its last paragraph closes with such names.
    """

    opening: str
    head: tuple[Mark, ...] = ()
    byline: tuple[Mark, ...] = ()
    unit: tuple[Mark, ...] = ()
    body: tuple[Mark, ...] = ()
    captions: tuple[Mark, ...] = ()
    continuation: tuple[Mark, ...] = ()
    picture_story: bool = False
    closed: bool = False
    resumes: int | None = None
    introduces: bool = False
    second_byline: tuple[Mark, ...] = ()
    signed_inside: bool = False

    @property
    def signed(self) -> bool:
        return bool(self.byline) or any(mark.sort is Sort.LEAD_IN for mark in self.body)

    @property
    def signed_above(self) -> bool:
        """Whether names stand before the text, in a byline or a lead-in."""
        first = self.body[0].number if self.body else 0
        return any(mark.number < first for mark in self.byline) or any(m.sort is Sort.LEAD_IN for m in self.body[:1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All stretches in the order of the page; `loose` headlines that stand above no text; `aside` of no article."""

    stretches: tuple[Stretch, ...]
    loose: tuple[Mark, ...]
    aside: tuple[Mark, ...]
    usual: int

    @property
    def sets_close(self) -> bool:
        """Whether the parts of one headline stand closer than other lines, so that what stands apart is another's."""
        heads = (self.loose, *(stretch.head for stretch in self.stretches), *(s.body for s in self.stretches))
        return any(
            upper.sort is lower.sort is Sort.SHORT and lower.number > upper.number and lower.line.gap < self.usual
            for lines in heads
            for upper, lower in pairwise(lines)
        )


@dataclass(slots=True)
class Opened:
    """A stretch that is being read."""

    opening: str
    index: int
    head: list[Mark] = field(default_factory=list)
    byline: list[Mark] = field(default_factory=list)
    unit: list[Mark] = field(default_factory=list)
    body: list[Mark] = field(default_factory=list)
    captions: list[Mark] = field(default_factory=list)
    continuation: list[Mark] = field(default_factory=list)
    picture_story: bool = False
    closed: bool = False
    resumes: int | None = None
    introduces: bool = False
    second_byline: list[Mark] = field(default_factory=list)
    signed_inside: bool = False
    sunk: bool = False  # a sure headline stands inside the text

    @property
    def signed(self) -> bool:
        return bool(self.byline) or any(mark.sort is Sort.LEAD_IN for mark in self.body)

    @property
    def mid_sentence(self) -> bool:
        return bool(self.body) and self.body[-1].sort is Sort.PARAGRAPH and is_open(self.body[-1].folded)

    def freeze(self) -> Stretch:
        return Stretch(
            opening=self.opening,
            head=tuple(self.head),
            byline=tuple(self.byline),
            unit=tuple(self.unit),
            body=tuple(self.body),
            captions=tuple(self.captions),
            continuation=tuple(self.continuation),
            picture_story=self.picture_story,
            closed=self.closed,
            resumes=self.resumes,
            introduces=self.introduces,
            second_byline=tuple(self.second_byline),
            signed_inside=self.signed_inside,
        )
