"""How much each place of an article weighs, and whether there is ground to say that the article is about one.

A headline, a speaker's unit, a dateline or the paper's own 我省 is ground by itself; the opening is, unless it lists
several provinces; what only the body names must be the article's one place and named more than once. A round-up of many
provinces and a place said in passing are no ground: a wrong place is worse than none.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from gongwen_site.tagging.mentions import Mention
from gongwen_site.tagging.passages import HEADLINES, Passage, Place, is_digest
from gongwen_site.vocabulary.vocabulary import Region

WEIGHTS: Mapping[Place, float] = {
    Place.UNIT: 14,
    Place.TITLE: 6,
    Place.KICKER: 5,
    Place.DECK: 4,
    Place.BYLINE: 4,
    Place.DATELINE: 4,
    Place.LEAD: 3,
    Place.HEADING: 2,
    Place.BODY: 1,
    Place.CAPTION: 1,
}
AT_MOST: Mapping[Place, float] = {Place.BODY: 6, Place.CAPTION: 2, Place.LEAD: 6, Place.HEADING: 4}
"""What all mentions in one kind of place may weigh together: a long article does not outshout its headline."""

IN_PASSING = 0.2
"""What a mention in passing weighs, as a part of another."""

SPEAKS_BY_ITSELF = frozenset({*HEADLINES, Place.UNIT, Place.BYLINE, Place.DATELINE})
CAPITAL = "北京市"

SHORT_SENTENCE = 24
"""A first sentence of at most so many characters (近日,有好消息传来。) opens an article together with the next."""

LONGEST_OPENING = 1_000
"""Characters beyond which nothing opens an article any more, though no sentence ended: a line may be a whole book."""

SHORT_ARTICLE = 400
"""Characters of an article up to which two mentions of its one place are ground enough."""

SOME, MOST, NEARLY_ALL = 0.25, 0.6, 0.8
"""Parts of the weight of all provinces."""

_SENTENCE = re.compile(r"[^。!?;]*[。!?;]?")
# What opens with the whole country takes its examples from somewhere.
# 全国最大的, 国家级: what is singled out in the country is in one place.
_NATIONAL = re.compile(
    r"全国(?!最|首|唯一|第|知名|闻名|著名|重点|文明|劳模|劳动模范|先进|优秀|[\d一二三四五六七八九十]+(?:大|个))|我国|各地|多地|中央(?!企)|国务院"
    r"|中共|国家(?!级)"
)
_AND_OTHERS = re.compile(
    r"等(?:多?地|省|\d|[一二三四五六七八九十两多]|部分|大部)|多地|各地|[\d一二三四五六七八九十多]个?省"
)


def own_weights(mentions: Sequence[Mention]) -> dict[str, float]:
    """Return what each region's own mentions weigh, by path."""
    by_place: dict[tuple[str, Place], float] = {}
    for mention in mentions:
        place = mention.passage.place
        key = (mention.region.path, place)
        weight = 0.0 if mention.leads_on else WEIGHTS[place] * (IN_PASSING if _is_passing(mention) else 1.0)
        by_place[key] = min(by_place.get(key, 0.0) + weight, AT_MOST.get(place, WEIGHTS[place]))
    own: dict[str, float] = {}
    for (path, _), weight in by_place.items():
        own[path] = own.get(path, 0.0) + weight
    return own


def totals(own: Mapping[str, float]) -> dict[str, float]:
    """Return what each region weighs together with all that lies in it."""
    total: dict[str, float] = {}
    for path, weight in own.items():
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            above = "/".join(parts[:count])
            total[above] = total.get(above, 0.0) + weight
    return total


class Ground:
    """What an article offers as ground for being about a province or a place in it.

    `near` is the newspaper's region, `home` the same where the article speaks of it as its own (我省).
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        passages: Sequence[Passage],
        own: Mapping[str, float],
        *,
        home: Region | None,
        near: Region | None,
    ) -> None:
        self._mentions = [m for m in mentions if not _is_passing(m)]
        self._home = _province(home.path) if home is not None else None
        self._length = sum(len(p.text) for p in passages if p.place not in HEADLINES)
        self._is_digest = is_digest(passages)
        self._near = _province(near.path) if near is not None else None
        self._is_national = any(
            _NATIONAL.search(p.text) for p in passages if p.place in HEADLINES or p.place is Place.LEAD
        )
        self._weights = {path: weight for path, weight in totals(own).items() if "/" not in path}
        self._opening = [m for m in self._mentions if opens(m)]
        self._count = Counter(_province(m.region.path) for m in self._mentions if not m.leads_on)

    def is_about(self, province: str) -> bool:
        """Whether the article is about a place in `province`, of those that it names."""
        own = [m for m in self._mentions if _province(m.region.path) == province]
        if self._is_digest:
            return any(m.passage.place in HEADLINES for m in own)
        if province == self._home or any(m.passage.place in SPEAKS_BY_ITSELF for m in own):
            return True
        part = self._weights[province] / sum(self._weights.values())
        opening = {_province(m.region.path) for m in self._opening}
        if province in opening and part >= (SOME if len(opening) == 1 else MOST if self._lists_more() else 0):
            # Two provinces in one sentence work together; of more none is first.
            return len(opening) <= 2 or part >= MOST
        if part == 1 and any(m.passage.place is Place.LEAD for m in own):
            return True
        if self._is_national and province != self._near:
            return False
        enough = 2 if self._length <= SHORT_ARTICLE else 3
        return (part == 1 and self._count[province] >= enough) or (
            part >= NEARLY_ALL and self._count[province] > enough
        )

    def _lists_more(self) -> bool:
        return any(_AND_OTHERS.search(m.passage.text, 0, _opening_end(m.passage)) for m in self._opening)


def opens(mention: Mention) -> bool:
    """Whether a place is named in the sentence that opens the article."""
    return mention.passage.place is Place.LEAD and mention.start < _opening_end(mention.passage)


def _opening_end(passage: Passage) -> int:
    end = 0
    for sentence in _SENTENCE.finditer(passage.text, 0, LONGEST_OPENING):
        end = sentence.end()
        if end > SHORT_SENTENCE:
            break
    return end


def _is_passing(mention: Mention) -> bool:
    place = mention.passage.place
    if place is Place.DATELINE:
        # Reports on the whole country are sent from the capital.
        return mention.region.path == CAPITAL
    return mention.passing and place not in HEADLINES


def _province(path: str) -> str:
    return path.split("/", 1)[0]
