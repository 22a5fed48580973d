"""Lunr is the oracle: what the files answer is what one whole index, built by lunr.py, answers, in ids and scores.

The whole index is built here alone, from the same terms. Equal means equal to the last bit.
"""

from pathlib import Path
from random import Random

import pytest
from lunr.builder import Builder
from lunr.index import Index
from lunr.query import Clause, QueryPresence

from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.article import Article, Caption, Person
from gongwen_site.records.register import Register
from gongwen_site.search.documents import number_articles, read_document
from gongwen_site.search.folding import opencc_folding
from gongwen_site.search.format import FIELDS, utf16
from gongwen_site.search.index import vocabulary_names, write_index
from gongwen_site.search.lunr_part import lunr_scores, query
from gongwen_site.search.postings import Postings
from gongwen_site.search.store import Store
from gongwen_site.search.terms import Analyzer
from gongwen_site.vocabulary.load import load_vocabulary

REPOSITORY = Path(__file__).parents[3]
VOCABULARY = load_vocabulary(None)
NAMES = [name for name, _ in FIELDS]

WORDS = (
    *("产业工人", "队伍", "建设", "改革", "总工会", "职工", "劳模", "创新", "工作室", "技能", "竞赛", "白银市", "兰州"),
    *("的", "了", "在", "和", "为", "发展", "高质量", "勞動", "國家", "𠮷野", "𬭚", "﨑", "F-16", "covid-19", "12:30"),
    *(
        "3.14",
        "C++",
        "iso/iec",
        "Ｗｉｆｉ",
        "甘肃工人报",
        "王轶男",
        "银行",
        "的士",
        "目的地",
        "一",
        "二",
        "三",
        "十",
        "百",
    ),
)


def made_up(count):
    """Return an archive of articles of words drawn by a seeded generator, frequent words often and rare ones seldom."""
    rng = Random(count)

    def text(length):
        return "".join(
            WORDS[int(len(WORDS) * rng.random() ** 2)] + ("，" if rng.random() < 0.15 else "") for _ in range(length)
        )

    return Archive(
        tuple(
            Article(
                id=f"m{number:07}",
                title=text(rng.randint(1, 6)),
                deck=text(3) if rng.random() < 0.2 else None,
                byline=(Person(name="王轶男", role="记者"),) if rng.random() < 0.5 else (),
                regions=("甘肃省/白银市",) if rng.random() < 0.5 else (),
                keywords=tuple({text(1) for _ in range(2)}),
                captions=(Caption(text=text(4)),) if rng.random() < 0.1 else (),
                body="\n\n".join(text(rng.randint(1, 40)) for _ in range(rng.randint(0, 4))) + "\n",
            )
            for number in range(count)
        ),
        Register(),
        {},
        {},
    )


ARCHIVES = {
    "contract": lambda: read_archive(REPOSITORY / "tests" / "contract" / "articles"),
    "seeds": lambda: read_archive(REPOSITORY / "articles"),
    "made up": lambda: made_up(300),
}


def whole_index(archive):
    """Return one Lunr index of an archive, its terms numbered in UTF-16 order, as lunr.js insists."""
    analyzer = Analyzer(opencc_folding(), vocabulary_names(VOCABULARY))
    builder = Builder()
    builder.ref("number")
    for name, boost in FIELDS:
        builder.field(name, boost=boost)
    for number, article in number_articles(archive.articles, archive.register):
        document = read_document(number, article, full_width=True)
        counted = analyzer.count(["\n".join(document.texts(name)) for name in NAMES]).by_text(len(NAMES))
        terms = {name: list(terms.elements()) for name, terms in zip(NAMES, counted, strict=True)}
        builder.add({"number": number, **terms})
    built = builder.build().serialize()
    rank = {term: rank for rank, term in enumerate(sorted((term for term, _ in built["invertedIndex"]), key=utf16))}
    new = {posting["_index"]: rank[term] for term, posting in built["invertedIndex"]}
    return Index.load(
        {
            **built,
            "fieldVectors": [
                [ref, [x for pair in sorted((new[at], w) for at, w in pairs(vector)) for x in pair]]
                for ref, vector in built["fieldVectors"]
            ],
            "invertedIndex": [[term, {**posting, "_index": rank[term]}] for term, posting in built["invertedIndex"]],
        }
    )


def pairs(vector):
    return zip(vector[::2], vector[1::2], strict=True)


@pytest.fixture(scope="module", params=ARCHIVES)
def both(request, tmp_path_factory):
    archive = ARCHIVES[request.param]()
    folder = tmp_path_factory.mktemp("index")
    write_index(archive, VOCABULARY, folder)
    return whole_index(archive), folder


def drawn_clauses(rng, terms):
    clauses = []
    for _ in range(rng.randint(1, 5)):
        term = rng.choice(terms) if rng.random() < 0.9 else "查无此词"
        if rng.random() < 0.2 and "*" not in term:
            term = term[: rng.randint(1, len(term))] + "*"
        clauses.append(
            Clause(
                term=term,
                fields=rng.sample(NAMES, rng.randint(1, len(NAMES))) if rng.random() < 0.3 else list(NAMES),
                boost=rng.choice((1, 1, 1, 2, 5)),
                presence=rng.choice([QueryPresence.OPTIONAL] * 3 + [QueryPresence.REQUIRED, QueryPresence.PROHIBITED]),
                use_pipeline=False,
            )
        )
    return clauses


def test_every_kind_of_query_is_answered_as_by_the_whole_index(both):
    whole, folder = both
    postings = Postings.open(Store(folder))
    terms = sorted(whole.inverted_index)
    rng = Random(5)
    answered = 0
    for _ in range(120):
        clauses = drawn_clauses(rng, terms)
        expected = whole.query(callback=lambda ask, clauses=clauses: [ask.clause(clause) for clause in clauses])
        found = query(postings, clauses)
        assert dict(found) == {int(match["ref"]): match["score"] for match in expected}, clauses
        assert [score for _, score in found] == [match["score"] for match in expected]
        answered += bool(found)
    assert answered > 60


def test_sums_made_without_an_index_are_those_of_the_whole_index(both):
    whole, folder = both
    postings = Postings.open(Store(folder))
    terms = sorted(whole.inverted_index, key=utf16)
    rng = Random(6)
    for _ in range(120):
        chosen = sorted({rng.choice(terms) for _ in range(rng.randint(1, 8))}, key=utf16)
        masks = {term: rng.randrange(1, 1 << len(FIELDS)) if rng.random() < 0.3 else 31 for term in chosen}
        expected = {
            int(match["ref"]): match["score"]
            for match in whole.query(
                callback=lambda ask, masks=masks: [
                    ask.term(
                        term,
                        fields=[name for place, name in enumerate(NAMES) if mask >> place & 1],
                        use_pipeline=False,
                    )
                    for term, mask in masks.items()
                ]
            )
        }
        postings.prepare(chosen)
        numbers = sorted({number for term, mask in masks.items() for number in postings.documents(term, mask)})
        postings.bodies.prepare_whole(numbers)
        clauses = list(masks.items())
        assert dict(zip(numbers, postings.scores(clauses, numbers), strict=True)) == expected
        assert lunr_scores(postings, clauses, numbers) == expected
        some = numbers[::3]
        assert postings.scores(clauses, some) == [expected[number] for number in some]


def test_the_files_hold_the_terms_of_the_whole_index_and_no_others(both):
    whole, folder = both
    postings = Postings.open(Store(folder))
    postings.prepare((), [""], 1_000_000)
    terms, complete = postings.starting_with("")
    assert complete
    assert list(terms) == sorted(whole.inverted_index, key=utf16)
