"""A reading → its tags: source, date, regions, topics and keywords of every article in it, with reasons."""

from collections.abc import Sequence
from functools import lru_cache

from gongwen_site.chinese.words import Segmenter
from gongwen_site.records.article import Evidence
from gongwen_site.records.reading import Doubt, Draft, Reading, Tags
from gongwen_site.tagging.gazetteer import build_gazetteer
from gongwen_site.tagging.keywords import Keywords
from gongwen_site.tagging.mentions import Places
from gongwen_site.tagging.papers import Papers, Source
from gongwen_site.tagging.passages import Passage, read_passages
from gongwen_site.tagging.publication import Inferred, KnownEvents, infer_date
from gongwen_site.tagging.regions import weigh_regions
from gongwen_site.tagging.topics import TopicWords
from gongwen_site.vocabulary.vocabulary import Region, Vocabulary


def tag_reading(reading: Reading, vocabulary: Vocabulary, *, home: str | None = None) -> tuple[Tags, ...]:
    """Return the tags of each draft of a reading, in order.

    `home` is the path of the archive's home region, which holds where the newspaper's is unknown.
    """
    return _tagger(vocabulary, home).tag(reading)


@lru_cache(maxsize=4)
def _tagger(vocabulary: Vocabulary, home: str | None) -> "Tagger":
    return Tagger(vocabulary, home=home)


class Tagger:
    """The rules compiled for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, *, home: str | None = None) -> None:
        self._regions = vocabulary.regions.by_path
        self._home = self._regions.get(home) if home is not None else None
        segmenter = Segmenter()
        gazetteer = build_gazetteer(vocabulary.regions)
        self._places = Places(gazetteer, segmenter)
        self._papers = Papers(vocabulary)
        self._events = KnownEvents(vocabulary.events)
        self._topics = TopicWords(vocabulary.topics, segmenter)
        self._keywords = Keywords(vocabulary, gazetteer, segmenter)

    def tag(self, reading: Reading) -> tuple[Tags, ...]:
        """Return the tags of each draft of a reading, in order."""
        passages = [read_passages(draft) for draft in reading.drafts]
        if reading.rows is not None:
            # The rows of a table are not one page: each speaks for itself.
            tags: list[Tags] = []
            for draft, found in zip(reading.drafts, passages, strict=True):
                tags += self._tag_page(reading, [draft], [found])
            return tuple(tags)
        return tuple(self._tag_page(reading, reading.drafts, passages))

    def _tag_page(
        self, reading: Reading, drafts: Sequence[Draft], passages: Sequence[tuple[Passage, ...]]
    ) -> list[Tags]:
        page = self._papers.of_reporters(drafts)
        undated = [found for draft, found in zip(drafts, passages, strict=True) if draft.date is None]
        inferred = infer_date(undated, self._events) if undated and reading.date is None else None
        return [
            self._tag_draft(draft, found, self._papers.of_article(draft, reading, page), reading, inferred)
            for draft, found in zip(drafts, passages, strict=True)
        ]

    def _tag_draft(
        self,
        draft: Draft,
        passages: tuple[Passage, ...],
        source: Source | None,
        reading: Reading,
        inferred: Inferred | None,
    ) -> Tags:
        home = self._home_of(source)
        regions = weigh_regions(self._places.find(passages, home), passages, home)
        topics = self._topics.tag(passages)
        date, evidence, is_inferred = _date(draft, reading, inferred)
        doubts = [*regions.doubts]
        if date is None:
            doubts.append(Doubt(code="date-unknown"))
        elif is_inferred:
            line = evidence[0].line if evidence else None
            doubts.append(Doubt(code="date-inferred", line=line, params={"date": date}))
        if source is None:
            doubts.append(Doubt(code="source-not-printed"))
        elif source.paper is None:
            doubts.append(Doubt(code="source-unlisted", line=source.evidence[0].line, params={"name": source.name}))
        if not topics:
            doubts.append(Doubt(code="topic-none"))
        return Tags(
            source=source.name if source else None,
            source_evidence=source.evidence if source else (),
            date=date,
            date_inferred=is_inferred,
            date_evidence=evidence,
            regions=regions.regions,
            zones=regions.zones,
            places=regions.places,
            topics=topics,
            keywords=self._keywords.of(passages, reporters=[person.name for person in draft.byline if person.name]),
            doubts=tuple(doubts),
        )

    def _home_of(self, source: Source | None) -> Region | None:
        if source is not None and source.paper is not None and source.paper.home is not None:
            return self._regions[source.paper.home]
        return self._home


def _date(draft: Draft, reading: Reading, inferred: Inferred | None) -> tuple[str | None, tuple[Evidence, ...], bool]:
    for rule, printed in (("date-printed", draft.date), ("date-of-page", reading.date)):
        if printed is not None:
            return printed.text, (Evidence(rule=rule, words=printed.text, line=printed.line or None),), False
    if inferred is not None:
        return inferred.date, inferred.evidence, True
    return None, (), False
