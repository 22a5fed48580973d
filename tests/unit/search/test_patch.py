"""An index that is changed in part is, byte for byte, the one that would be made anew: whatever was edited, added, removed."""

import random
import shutil
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.article import Article, Caption
from gongwen_site.records.register import Entry, Register, State
from gongwen_site.search.documents import number_articles
from gongwen_site.search.format import pack
from gongwen_site.search.index import write_index
from gongwen_site.search.patch import UnlikeError, patch_index
from gongwen_site.search.splice import spliced
from gongwen_site.search.tally import keep, kept
from gongwen_site.vocabulary.load import load_vocabulary

ARTICLES = Path(__file__).parents[2] / "contract" / "articles"
VOCABULARY = load_vocabulary(None)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Site:
    """An index in a folder, and the articles that it is of, by number; `ids` are in the order of the register."""

    def __init__(self, folder, articles, ids):
        self.folder = folder
        self.articles = dict(enumerate(articles))
        self.register = Register(tuple(Entry(name, "", 0, State.ACTIVE) for name in ids))
        self.made = write_index(self.archive(), VOCABULARY, folder)

    def archive(self):
        return Archive(tuple(self.articles.values()), self.register, {}, {})

    def patch(self, changed):
        """Change articles, by number; return the names of the files that were written."""
        self.articles = {
            number: article for number, article in (self.articles | changed).items() if article is not None
        }
        staged = self.folder.with_name("staged")
        made = patch_index(
            self.made,
            self.folder,
            staged,
            numbered=number_articles(self.archive().articles, self.register),
            changed=changed,
            vocabulary=VOCABULARY,
        )
        for name in self.made.sizes.keys() - made.sizes.keys():
            (self.folder / name).unlink()
        written = files(staged)
        for name in written:
            (self.folder / name).parent.mkdir(exist_ok=True)
            (staged / name).replace(self.folder / name)
        self.made = made
        return set(written)

    def assert_as_new(self, folder):
        anew = write_index(self.archive(), VOCABULARY, folder)
        assert files(self.folder) == files(folder)
        assert self.made == anew
        assert self.made.sizes == {name: len(content) for name, content in files(folder).items()}
        shutil.rmtree(folder)


class Hand:
    """Draws articles: of some words of which few are common and many rare, with all that an article may have."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.words = [
            "".join(chr(self.draw.randrange(0x4E00, 0x4F00)) for _ in range(self.draw.randint(1, 4)))
            for _ in range(600)
        ]
        self.words += [
            "工会",
            "职工",
            "劳动模范",
            "甘肃省总工会",
            "定西",
            "國際勞動節",
            "臺灣",
            "𠮷野家",
            "﨑",
            "covid-19",
            "c++",
            "GDP",
        ]

    def text(self, most):
        draw = self.draw
        marks = ("", "", "", "，", "。", " ")
        length = draw.randint(0, most)
        return "".join(
            self.words[int(len(self.words) * draw.random() ** 3)] + draw.choice(marks) for _ in range(length)
        )

    def article(self, name):
        draw = self.draw
        paragraphs = [self.text(40) for _ in range(draw.randint(0, 4))]
        return Article(
            id=name,
            title=self.text(6) or "题",
            deck=draw.choice((None, self.text(5) or None)),
            kicker=draw.choice((None, None, self.text(3) or None)),
            body="\n\n".join(part for part in paragraphs if part) + "\n",
            captions=tuple(Caption(text=self.text(5)) for _ in range(draw.choice((0, 0, 1)))),
            date=draw.choice((None, "2019", "2024-11", "2024-11-05", "2021-02-03")),
            source=draw.choice((None, "工人日报", "甘肃工人报", "某报")),
            regions=draw.choice(((), ("甘肃省/定西市",), ("北京市", "甘肃省"), ("湖南省/长沙市",))),
            topics=draw.choice(((), ("劳模工匠",), ("没有列出的", "劳模工匠"))),
            keywords=draw.choice(((), ("工会", "改革"))),
        )

    def some(self, numbers, most):
        return self.draw.sample(numbers, self.draw.randint(0, most))

    def edited(self, article):
        draw = self.draw
        match draw.randrange(6):
            case 0:
                return replace(article, title=self.text(6) or "另题")
            case 1:
                at = draw.randrange(len(article.body))
                return replace(article, body=article.body[:at] + self.text(3) + article.body[at + 2 :])
            case 2:
                return replace(article, regions=("甘肃省/兰州市",), source="新报")
            case 3:
                return replace(article, date="2025-01-01", keywords=(self.text(2) or "词",))
            case 4:
                return replace(article, page="03")
            case _:
                return self.article(article.id)


@pytest.mark.parametrize("seed", range(4))
def test_a_patched_index_is_the_one_made_anew(seed, tmp_path):
    hand = Hand(seed)
    ids = [f"a{number:07}" for number in range(200)]
    site = Site(tmp_path / "site", [hand.article(name) for name in ids[:60]], ids)
    unused = iter(range(60, 200))
    for _ in range(5):
        there = [*site.articles]
        changed = {number: hand.edited(site.articles[number]) for number in hand.some(there, 4)}
        changed |= dict.fromkeys(hand.some(there, 2))
        changed |= {number: hand.article(ids[number]) for number in [next(unused) for _ in hand.some(there, 2)]}
        site.patch(changed)
        site.assert_as_new(tmp_path / "anew")


def test_an_archive_may_lose_nearly_all_and_get_it_back(tmp_path):
    articles = read_archive(ARTICLES).articles
    ids = [article.id for article in articles]
    site = Site(tmp_path / "site", articles, ids)
    site.patch(dict.fromkeys(range(len(ids) - 1)))
    site.assert_as_new(tmp_path / "anew")
    site.patch(dict(enumerate(articles[:-1])))
    site.assert_as_new(tmp_path / "anew")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    articles = read_archive(ARTICLES).articles
    return Site(tmp_path_factory.mktemp("built") / "site", articles, [article.id for article in articles])


@pytest.fixture
def site(built, tmp_path):
    site = deepcopy(built)
    site.folder = tmp_path / "site"
    shutil.copytree(built.folder, site.folder)
    return site


def test_what_has_not_changed_is_not_written(site):
    assert site.patch({0: site.articles[0]}) == set()
    assert site.patch({0: replace(site.articles[0], page="09")}) == set()
    number = len(site.articles) // 2
    written = site.patch({number: replace(site.articles[number], body=site.articles[number].body + "\n丁丑。\n")})
    assert {name for name in written if name.startswith("text/")} == {f"text/{number}.bin"}
    assert 0 < len([name for name in written if name.startswith("shards/")]) <= 8


def test_a_tally_is_as_it_was_when_it_is_read_again(site, tmp_path):
    keep(tmp_path / "tally", site.made.tally, (b"key", {1: b"2"}))
    assert kept(tmp_path / "tally") == ((b"key", {1: b"2"}), site.made.tally)


def test_a_damaged_tally_is_none(site, tmp_path):
    keep(tmp_path / "tally", site.made.tally, ())
    content = (tmp_path / "tally").read_bytes()
    for broken in (b"", content[:40], content[:-1], content[:-9] + b"x" + content[-8:]):
        (tmp_path / "tally").write_bytes(broken)
        assert kept(tmp_path / "tally") is None
    assert kept(tmp_path / "nothing") is None


@pytest.mark.parametrize("kind", ["shards", "pages", "text"])
@pytest.mark.parametrize("content", [None, b"", b"no gzip", pack(b"{}")])
def test_a_damaged_index_is_not_patched(site, kind, content, tmp_path):
    for name in (site.folder / kind).iterdir():
        if content is None:
            name.unlink()
        else:
            name.write_bytes(content)
    with pytest.raises(UnlikeError):
        site.patch({1: None})
    assert not (tmp_path / "staged").exists()


def test_a_tally_of_another_index_is_found_out(site):
    site.made.tally.documents[3] = site.made.tally.documents[4]
    with pytest.raises(UnlikeError):
        site.patch({3: None})


def test_a_posting_is_only_replaced_by_what_it_was():
    postings = spliced(spliced(b"", 300, None, (1, b"\x05")), 7, None, (0, b""))
    assert spliced(postings, 7, (0, b""), None) == spliced(b"", 300, None, (1, b"\x05"))
    for number, old in ((7, None), (7, (1, b"\x02")), (8, (0, b"")), (301, (0, b""))):
        with pytest.raises(ValueError, match=str(number)):
            spliced(postings, number, old, (0, b""))
