"""Citations after GB/T 7714. The expected strings are those of citeproc-js with the CSL project's styles.

Three are this archive's own: a site is named as the publisher, which the styles leave out; an inferred date stands in
brackets; an article of an unknown newspaper is cited at its address in the archive.
"""

import json

import pytest

from gongwen_site.builder.citations import Reference, bibtex, csl_item, national_standard, reference_of, ris
from gongwen_site.builder.display import Display, Phrases
from gongwen_site.records.article import Article, DateCertainty, Person
from gongwen_site.wording import wording

PAPER = "中国青年报"
CASES = [
    (
        Reference(
            id="a", title="数字革命与竞争国际化", authors=("丁文详",), container=PAPER, date="2000-11-20", page="15"
        ),
        "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）.",
        "丁文详. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15).",
    ),
    (
        Reference(id="a", title="数字革命 与竞争：国际化", container=PAPER, date="2000-11"),
        "数字革命 与竞争：国际化[N]. 中国青年报，2000-11.",
        "数字革命 与竞争：国际化[N]. 中国青年报, 2000-11.",
    ),
    (
        Reference(id="a", title="数字", authors=("甲", "乙", "丙", "丁"), container=PAPER, date="2000", page="A05"),
        "甲，乙，丙，等. 数字[N]. 中国青年报，2000（A05）.",
        "甲, 乙, 丙, 等. 数字[N]. 中国青年报, 2000(A05).",
    ),
    (
        Reference(id="a", title="数字", authors=("甲", "乙", "丙"), container=PAPER, date="2000-01-02", page="5"),
        "甲，乙，丙. 数字[N]. 中国青年报，2000-01-02（5）.",
        "甲, 乙, 丙. 数字[N]. 中国青年报, 2000-01-02(5).",
    ),
    (
        Reference(id="a", title="数字", authors=("甲",), date="2000-01-02", page="5"),
        "甲. 数字[N]. 2000-01-02（5）.",
        "甲. 数字[N]. 2000-01-02(5).",
    ),
    (
        Reference(id="a", title="数字", authors=("甲",), container=PAPER, page="5"),
        "甲. 数字[N]. 中国青年报（5）.",
        "甲. 数字[N]. 中国青年报(5).",
    ),
    (
        Reference(
            id="a", title="数字", authors=("甲",), container=PAPER, date="2000-01-02", page="5", url="http://x.cn/a"
        ),
        "甲. 数字[N/OL]. 中国青年报，2000-01-02（5）. http://x.cn/a.",
        "甲. 数字[N/OL]. 中国青年报, 2000-01-02(5). http://x.cn/a.",
    ),
    (
        Reference(id="a", title="数字", container=PAPER, date="2000-01", estimated=True),
        "数字[N]. 中国青年报，[2000-01].",
        "数字[N]. 中国青年报, [2000-01].",
    ),
    (
        Reference(
            id="a",
            title="数字",
            authors=("甲",),
            container="中工网",
            date="2024-11-05",
            url="http://x.cn/a",
            accessed="2024-11-06",
            is_site=True,
        ),
        "甲. 数字[EB/OL]. 中工网，2024（2024-11-05）[2024-11-06]. http://x.cn/a.",
        "甲. 数字[EB/OL]. 中工网, 2024(2024-11-05)[2024-11-06]. http://x.cn/a.",
    ),
    (
        Reference(id="a", title="数字", container="中工网", date="2024-11", estimated=True, is_site=True),
        "数字[EB]. 中工网，2024（[2024-11]）.",
        "数字[EB]. 中工网, 2024([2024-11]).",
    ),
    (Reference(id="a", title="数字"), "数字[N].", "数字[N]."),
]


@pytest.mark.parametrize(("reference", "current", "former"), CASES)
def test_both_editions_of_the_standard(reference: Reference, current: str, former: str):
    assert national_standard(reference, "2025") == current
    assert national_standard(reference, "2015") == former


DISPLAY = Display(Phrases(wording().site), full_width=True)


def test_a_reference_takes_its_authors_from_the_byline_without_offices_and_photographers():
    article = Article(
        id="aaaaaaaa",
        title="工人成工匠　有为更有位",
        deck="——白银市见闻",
        byline=(
            Person(role="记者", outlet="本报"),
            Person(name="彭雯", role="记者"),
            Person(name="李四", role="摄影"),
        ),
        source="甘肃日报",
        date="2024-11",
        date_certainty=DateCertainty.INFERRED,
    )
    reference = reference_of(article, DISPLAY, None)
    assert reference.authors == ("彭雯",)
    assert national_standard(reference, "2025") == "彭雯. 工人成工匠 有为更有位：白银市见闻[N]. 甘肃日报，[2024-11]."


def test_an_article_of_an_unknown_newspaper_is_cited_at_its_address():
    article = Article(id="aaaaaaaa", title="甲")
    assert national_standard(reference_of(article, DISPLAY, "https://x.org/a/aaaaaaaa/"), "2025") == (
        "甲[N/OL]. https://x.org/a/aaaaaaaa/."
    )


def test_other_forms_say_the_same():
    reference = CASES[0][0]
    assert csl_item(reference) == {
        "id": "a",
        "type": "article-newspaper",
        "title": "数字革命与竞争国际化",
        "language": "zh-CN",
        "author": [{"literal": "丁文详"}],
        "container-title": "中国青年报",
        "issued": {"date-parts": [[2000, 11, 20]]},
        "page": "15",
    }
    assert "TY  - NEWS\r\n" in ris(reference)
    assert ris(reference).endswith("ER  - \r\n")
    assert "date = {2000-11-20}" in bibtex(reference, None)


def test_no_title_breaks_the_other_forms():
    reference = Reference(id="a", title="一\n{二}\\&%$#_", container="}", date="2000", authors=("{丙",))
    tex = bibtex(reference, None)
    assert r"\{二\}\textbackslash{}\&\%\$\#\_" in tex
    assert ris(reference).count("\r\n") == 9
    assert json.loads(json.dumps(csl_item(reference)))["title"] == reference.title
