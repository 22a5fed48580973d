"""Counting by numpy is counting: the terms that the specification names, a text at a time; the postings that they make."""

from collections import Counter
from itertools import chain
from pathlib import Path
from random import Random

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.search.analyze import bigrams, is_han, normalise, parts, runs
from gongwen_site.search.folding import opencc_folding
from gongwen_site.search.format import BODY, FIELDS, utf16, varints
from gongwen_site.search.inversion import lengths_of, merge, ranges, spill
from gongwen_site.search.shards import read_postings
from gongwen_site.search.terms import Analyzer
from gongwen_site.search.varints import encoded, gathered, sizes_of

SEEDS = Path(__file__).parents[3] / "seeds"
FOLDING = opencc_folding()
NAMES = ("会和职工", "甘肃工人报", "ＡＢＣ", "白银", "甘肃省总工会", "工工工")
ANALYZER = Analyzer(FOLDING, NAMES)
NEWS = st.text(
    "勞動產业工人队伍建设改革白银市王轶男𠮷𬭚〇的，。…℃ΑΣς 　\n\0F16-covid:.+#A３①é\u0301\u200b😀", max_size=30
)
TEXTS = st.one_of(
    NEWS, st.lists(st.sampled_from([*NAMES, "总工会和职工", "中华人民共和国", "F-16", "，"])).map("".join)
)


def by_the_specification(text, tokenizer):
    """Return the terms of a text, and how often each was cut as a word: section 1 of the format, word for word."""
    terms, words = Counter(), Counter()
    said = []
    found = runs(FOLDING.fold(normalise(text)))
    for run in found:
        if not is_han(run):
            terms.update([run, *parts(run)])
            continue
        cut = tokenizer.lcut(run)
        long = [word for word in tokenizer.lcut_for_search(run) if len(word) > 2]
        single = [word for word in cut if len(word) == 1]
        terms.update([*bigrams(run), *long, *single])
        terms.update([] if len(cut[-1]) == 1 else [run[-1]])
        words.update(cut)
        said += long
    for name in {FOLDING.fold(normalise(name)) for name in NAMES}:
        if len(name) > 2 and is_han(name):
            left = sum(run.count(name) for run in found) - said.count(name)
            terms.update([name] * left)
            words.update([name] * left)
    return terms, words


@pytest.fixture(scope="module")
def tokenizer():
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def assert_counted(texts, tokenizer):
    counts = ANALYZER.count(texts)
    expected = [by_the_specification(text, tokenizer) for text in texts]
    assert counts.by_text(len(texts)) == [terms for terms, _ in expected]
    words = {term: count for term, count in zip(counts.terms, counts.words.tolist(), strict=True) if count}
    assert words == sum((words for _, words in expected), Counter())
    changed = (
        {was for was, now in zip(text, FOLDING.fold(text), strict=True) if was != now} for text in map(normalise, texts)
    )
    assert counts.folded == Counter(character for characters in changed for character in characters)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_all_texts_at_once_have_the_terms_of_each(tokenizer, texts):
    assert_counted(texts, tokenizer)


def test_the_seeds_have_the_terms_that_the_specification_names(tokenizer):
    lines = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    assert_counted(["\n".join(lines[start : start + 20]) for start in range(0, min(len(lines), 2000), 20)], tokenizer)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_terms_are_grouped_by_first_characters_that_ascend_as_in_javascript(texts):
    firsts = [utf16(term[0]) for term in ANALYZER.count(texts).terms]
    assert firsts == sorted(firsts)


@given(st.lists(st.integers(0, 2**40)))
def test_many_varints_are_the_varints_of_each(values):
    import numpy as np

    numbers = np.array(values, np.int64)
    sizes = sizes_of(numbers)
    assert encoded(numbers, sizes).tobytes() == varints(values)
    starts = np.cumsum(sizes) - sizes
    assert gathered(encoded(numbers, sizes), starts[::-1], sizes[::-1]).tobytes() == varints(values[::-1])


@pytest.fixture(scope="module")
def archive():
    """Return the texts of sixty documents by number, field by field; numbers are missing among them."""
    rng = Random(7)
    words = ["职工", "总工会", "的", "白银市", "F-16", "𬭚", "﨑", "会和职工", "ab12", "，"]

    def text():
        return "".join(words[int(len(words) * rng.random() ** 2)] for _ in range(rng.choice((0, 1, 2, 9))))

    return {number: [text() for _ in FIELDS] for number in sorted(rng.sample(range(200_000), 60))}


def spilled(archive, folder, portion):
    numbers = list(archive)
    made = []
    for start in range(0, len(numbers), portion):
        some = numbers[start : start + portion]
        counts = ANALYZER.count([text for number in some for text in archive[number]])
        lengths = dict(zip(some, lengths_of(counts, len(some)), strict=True))
        made.append(spill(counts, lengths, folder / f"{portion}-{start}"))
    return made


@pytest.mark.parametrize("portion", [1, 7, 60])
@pytest.mark.parametrize("records", [1, 20, 10**6])
def test_postings_tell_where_each_term_stands_however_they_were_merged(archive, tmp_path, portion, records):
    runs = spilled(archive, tmp_path, portion)
    merged = list(chain.from_iterable(map(merge, ranges(runs, records))))
    assert [term for term, _, _ in merged] == sorted({term for term, _, _ in merged}, key=utf16)
    told = {
        (term, posting.number, field): (count, length)
        for term, _, postings in merged
        for posting in read_postings(postings)
        for field, count, length in zip(
            [field for field in range(len(FIELDS)) if posting.mask >> field & 1],
            posting.counts,
            posting.lengths,
            strict=True,
        )
    }
    expected = {}
    for number, texts in archive.items():
        for field, terms in enumerate(ANALYZER.count(texts).by_text(len(texts))):
            length = 0 if field == BODY else terms.total()
            expected |= {(term, number, field): (count, length) for term, count in terms.items()}
    assert told == expected
    assert sum(run.words for run in runs) == sum(count for _, count, _ in merged)
