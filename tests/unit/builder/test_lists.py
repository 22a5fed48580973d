"""How long lists are parted and paged, from a whole site of records made up here."""

import re
from pathlib import Path

import pytest

from gongwen_site.builder.build import render_site
from gongwen_site.config import Config
from gongwen_site.records.archive import Archive
from gongwen_site.records.article import Article, DateCertainty
from gongwen_site.records.ledger import Ledger
from gongwen_site.records.register import Register
from gongwen_site.vocabulary.load import load_vocabulary


def article(number: int, date: str, source: str = "工人日报") -> Article:
    return Article(
        id=f"a{number:07}", title=f"第{number}篇", source=source, date=date, date_certainty=DateCertainty.PRINTED
    )


def build(output: Path, articles: list[Article], ledgers: list[Ledger] | None = None) -> Path:
    known = {ledger.dump: ledger for ledger in ledgers or []}
    archive = Archive(tuple(articles), Register(), known, {})
    render_site(archive, load_vocabulary(None), Config(), seeds=output / "seeds", output=output)
    return output


def headings(page: Path) -> list[str]:
    return re.findall(r'class="month" id="([^"]+)"', page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2019-03-01", "2020-05-01", "2021-07-01"], ["y2021", "y2020", "y2019"]),
        (["2020-05-01", "2020-07-01"], ["m2020-07", "m2020-05"]),
        ([f"{year}-05-{day:02}" for year in (2020, 2021) for day in range(1, 4)], ["m2021-05", "m2020-05"]),
    ],
)
def test_a_list_over_years_has_months_only_where_they_hold_something(tmp_path: Path, dates, expected):
    site = build(tmp_path, [article(number, date) for number, date in enumerate(dates)])
    assert headings(site / "paper" / "workers-daily" / "index.html") == expected


def test_many_dumps_and_papers_do_not_make_one_endless_page(tmp_path: Path):
    ledgers = [Ledger(dump=f"{number:03}.txt", sha256="00", encoding="utf-8", lines=()) for number in range(250)]
    site = build(tmp_path, [article(n, "2020", source=f"报{n}") for n in range(30)], ledgers)
    first, second = (site / "source" / name / "index.html" for name in ("", "page/2"))
    assert first.read_text(encoding="utf-8").count(".txt/") == 200
    assert second.read_text(encoding="utf-8").count(".txt/") == 50
    assert len(re.findall(r'href="[^"]*paper/x-[^"#]+"', (site / "index.html").read_text(encoding="utf-8"))) == 15
    assert len(re.findall(r'paper/x-[^"#]+"', (site / "paper" / "index.html").read_text(encoding="utf-8"))) == 30
