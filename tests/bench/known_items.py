"""Queries whose answers are known: made from the articles themselves, the same for the same seed.

An article is relevant if it holds the words as they stand; a query is kept if one to three articles are. Kinds: a phrase of
words from a sentence; any stretch of one; a person; a place or body; words of a headline; two words with a space between;
two or three words from different sentences with none.
"""

import json
import lzma
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import jieba
import jieba.posseg

from gongwen_site.records.article import Article

KINDS = ("phrase", "substring", "person", "place", "headline", "two words", "glued words")
MOST_RELEVANT = 3
_TRIES = 400
"""Articles drawn for one query before it is given up."""

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LEAST_SENTENCE = 6


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query and the places of the articles that answer it."""

    kind: str
    query: str
    relevant: tuple[int, ...]


def read_corpus(corpus: Path, count: int, seed: int = 1) -> tuple[Article, ...]:
    """Return `count` articles of a corpus, JSON Lines with title, body, date and source, drawn evenly; their order kept."""
    with lzma.open(corpus, "rt") if corpus.suffix == ".xz" else corpus.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    drawn = sorted(Random(seed).sample(range(len(rows)), min(count, len(rows))))
    return tuple(_article(number, rows[place]) for number, place in enumerate(drawn))


def _article(number: int, row: dict[str, str]) -> Article:
    body = "\n\n".join(line.strip() for line in row["body"].split("\n") if line.strip())
    return Article(id=f"a{number:07}", title=row["title"], date=row.get("date"), source=row.get("source"), body=body)


class KnownItems:
    """Draws known items from articles."""

    def __init__(self, articles: Sequence[Article]) -> None:
        jieba.setLogLevel(60)
        self._articles = articles
        texts = [f"{article.title}\n{article.body}" for article in articles]
        self._all = "\0".join(texts)
        self._starts = [0]
        for text in texts[:-1]:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def draw(self, kind: str, count: int, seed: int) -> Iterator[KnownItem]:
        """Yield up to `count` queries of a kind, none twice."""
        rng = Random(f"{seed} {kind}")
        make: Callable[[Article, Random], list[str]] = _MAKERS[kind]
        seen = set()
        for _ in range(count):
            for _ in range(_TRIES):
                article = rng.choice(self._articles)
                words = make(article, rng)
                query = ("" if kind == "glued words" else " ").join(words)
                if not words or query in seen:
                    continue
                relevant = set.intersection(*(self._holding(word) for word in words))
                if 1 <= len(relevant) <= MOST_RELEVANT:
                    seen.add(query)
                    yield KnownItem(kind, query, tuple(sorted(relevant)))
                    break

    def _holding(self, words: str) -> set[int]:
        found: set[int] = set()
        at = self._all.find(words)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            found.add(place)
            at = self._all.find(words, self._starts[place + 1]) if place + 1 < len(self._starts) else -1
        return found


def _sentences(text: str) -> list[str]:
    return [run for run in _HAN.findall(text) if len(run) >= _LEAST_SENTENCE]


@cache
def _tagged(body: str) -> tuple[tuple[str, str], ...]:
    return tuple((pair.word, pair.flag) for pair in jieba.posseg.cut(body))


def _named(article: Article, flags: tuple[str, ...], shortest: int) -> list[str]:
    tagged = _tagged(article.body)
    return [word for word, flag in tagged if flag in flags and len(word) >= shortest and _HAN.fullmatch(word)]


def _one(words: Sequence[str], rng: Random) -> list[str]:
    return [rng.choice(words)] if words else []


def _phrase(article: Article, rng: Random) -> list[str]:
    sentence = _one(_sentences(article.body), rng)
    words = jieba.lcut(sentence[0]) if sentence else []
    size = rng.randint(2, 4)
    if len(words) < size:
        return []
    start = rng.randrange(len(words) - size + 1)
    phrase = "".join(words[start : start + size])
    return [phrase] if 4 <= len(phrase) <= 10 else []


def _substring(article: Article, rng: Random) -> list[str]:
    sentence = _one(_sentences(article.body), rng)
    if not sentence:
        return []
    size = rng.randint(4, min(8, len(sentence[0])))
    start = rng.randrange(len(sentence[0]) - size + 1)
    return [sentence[0][start : start + size]]


def _headline(article: Article, rng: Random) -> list[str]:
    words = jieba.lcut(max(_HAN.findall(article.title), key=len, default=""))
    if len(words) < 2:
        return []
    start = rng.randrange(len(words))
    phrase = "".join(words[start : rng.randint(start + 1, len(words))])
    return [phrase] if 5 <= len(phrase) <= 12 else []


def _two_words(article: Article, rng: Random) -> list[str]:
    titled = [word for word in jieba.lcut(article.title) if len(word) > 1 and _HAN.fullmatch(word)]
    first = _phrase(article, rng) if rng.random() < 0.5 else _place(article, rng)
    if not first or not titled:
        return []
    words = [first[0][:6], rng.choice(titled)]
    return words if words[0] != words[1] else []


def _glued_words(article: Article, rng: Random) -> list[str]:
    sentences = _sentences(article.body)
    if len(sentences) < 3:
        return []
    drawn = rng.sample(sentences, rng.randint(2, 3))
    words = [_one([word for word in jieba.lcut(sentence) if len(word) > 1], rng) for sentence in drawn]
    several = list(dict.fromkeys(word for found in words for word in found))
    return several if len(several) > 1 else []


def _person(article: Article, rng: Random) -> list[str]:
    return _one(_named(article, ("nr",), 2), rng)


def _place(article: Article, rng: Random) -> list[str]:
    return _one(_named(article, ("ns", "nt", "nz"), 2), rng)


_MAKERS: dict[str, Callable[[Article, Random], list[str]]] = {
    "phrase": _phrase,
    "substring": _substring,
    "person": _person,
    "place": _place,
    "headline": _headline,
    "two words": _two_words,
    "glued words": _glued_words,
}
