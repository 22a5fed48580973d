"""What an article is about: topics whose words a headline, a heading or a numbered item names, or that fill a paragraph.

A word said in passing names no topic. Words inside an excluded one (中国就业培训技术指导中心) do not count, nor do parts
of two others (服|务工|作, 协|调解|决).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongwen_site.chinese.words import Segmenter
from gongwen_site.records.article import Evidence
from gongwen_site.tagging.contexts import Boundaries
from gongwen_site.tagging.passages import HEADLINES, Passage, Place, is_digest
from gongwen_site.tagging.words import WordIndex
from gongwen_site.vocabulary.vocabulary import Topic

SHORT_ARTICLE = 320
"""Characters up to which two words in a paragraph are enough, as in a picture story."""

SHORT_OPENING = 16
"""A first sentence of at most so many characters heads its paragraph, if it names a task and tells no story: 做细权益维护。"""

SUBSTANTIAL = 0.3
"""The part of a paragraph's sentences that must hold words of a topic for it to fill the paragraph."""

PART_OF_ARTICLE = 0.08
"""The part of an article that paragraphs filled by a topic must make up together, where nothing else names it."""

SHORT_WORD = 3
"""Words of at most so many characters are looked up in the dictionary: they arise where two others meet."""

REASONS_KEPT = 3

_ITEM = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.]\s*|[一二三四五六七八九十]是|第[一二三四五六七八九十]+,)"
)
_TELLS = re.compile(r"[他她我你它这那了说着过吗呢?!是有]|近年|今年|\d")
_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    """A topic's word in a passage, and what it counts there."""

    word: str
    passage: Passage
    start: int

    def evidence(self, rule: str) -> Evidence:
        return Evidence(rule=rule, words=self.word, line=self.passage.line_at(self.start))


class TopicWords:
    """Tags articles with the topics of a vocabulary."""

    def __init__(self, topics: Mapping[str, Topic], segmenter: Segmenter) -> None:
        self._topics = topics
        self._boundaries = Boundaries(segmenter)
        self._naming: dict[str, list[str]] = {}
        self._excluding: dict[str, list[str]] = {}
        for topic in topics.values():
            for word in topic.words:
                self._naming.setdefault(word, []).append(topic.name)
            for word in topic.exclude:
                self._excluding.setdefault(word, []).append(topic.name)
        self._index = WordIndex([*self._naming, *self._excluding])

    def tag(self, passages: Sequence[Passage]) -> dict[str, tuple[Evidence, ...]]:
        """Return the topics of an article with their reasons, in the vocabulary's order."""
        read = [p for p in passages if p.place not in {Place.UNIT, Place.BYLINE, Place.DATELINE}]
        length = sum(len(p.text) for p in read if p.place not in HEADLINES)
        whole = "\n".join(p.text for p in passages)
        required = {name for name, topic in self._topics.items() if any(word in whole for word in topic.requires)}
        digest = is_digest(read)
        reasons: dict[str, list[Evidence]] = {}
        named: set[str] = set()
        filled: Counter[str] = Counter()
        for passage in read:
            for name, hits in self._hits(passage).items():
                topic = self._topics[name]
                if (topic.requires and name not in required) or (digest and passage.place not in HEADLINES):
                    continue
                rule = self._rule(topic, passage, hits, length)
                if rule is not None:
                    reasons.setdefault(name, []).append(hits[0].evidence(rule))
                    filled[name] += len(passage.text)
                    named |= {name} if rule != "topic-paragraph" else set()
        return {
            name: tuple(reasons[name][:REASONS_KEPT])
            for name in self._topics
            if name in named or (name in reasons and filled[name] >= PART_OF_ARTICLE * length)
        }

    def _hits(self, passage: Passage) -> dict[str, list[_Hit]]:
        naming: dict[str, list[tuple[int, str]]] = {}
        excluded: dict[str, list[tuple[int, int]]] = {}
        for start, word in self._index.every(passage.text):
            if len(word) <= SHORT_WORD and self._is_part_of_others(passage.text, start, start + len(word)):
                continue
            for name in self._naming.get(word, ()):
                naming.setdefault(name, []).append((start, word))
            for name in self._excluding.get(word, ()):
                excluded.setdefault(name, []).append((start, start + len(word)))
        found: dict[str, list[_Hit]] = {}
        for name, words in naming.items():
            hits = list(_apart(words, excluded.get(name, [])))
            if hits:
                found[name] = [_Hit(word=word, passage=passage, start=start) for start, word in hits]
        return found

    def _is_part_of_others(self, text: str, start: int, end: int) -> bool:
        return self._boundaries.crossed(text, start, end, since=0, inside=False)

    def _rule(self, topic: Topic, passage: Passage, hits: Sequence[_Hit], length: int) -> str | None:
        if passage.place in HEADLINES:
            return "topic-headline" if topic.title_weight >= topic.minimum else None
        if passage.place is Place.HEADING:
            return "topic-heading"
        head = _head(passage.text)
        if any(hit.start < head for hit in hits):
            return "topic-item"
        if length <= SHORT_ARTICLE and len(hits) > 1:
            return "topic-short-article"
        if len(hits) < topic.minimum:
            return None
        if len({hit.word for hit in hits}) > topic.minimum:
            return "topic-paragraph"
        sentences = list(_SENTENCE.finditer(passage.text))
        holding = sum(any(s.start() <= hit.start < s.end() for hit in hits) for s in sentences)
        return "topic-paragraph" if holding >= SUBSTANTIAL * len(sentences) else None


def _apart(words: Sequence[tuple[int, str]], excluded: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield a topic's words that do not overlap one another or an excluded word."""
    covered = 0
    for start, word in words:
        end = start + len(word)
        if start < covered or any(start < stop and begin < end for begin, stop in excluded):
            continue
        covered = end
        yield start, word


def _head(text: str) -> int:
    """Return where the head of a paragraph ends: the sentence after an item's number, or a short first sentence."""
    first = _SENTENCE.match(text)
    if first is None:
        return 0
    heads = first.end() <= SHORT_OPENING and not _TELLS.search(first[0])
    if first.end() < len(text) and (heads or _ITEM.match(text)):
        return first.end()
    return 0
