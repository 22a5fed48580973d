"""Addresses are fixed, relative and safe for any name of a dump."""

from urllib.parse import unquote

import pytest

from gongwen_site.builder import paths


def test_addresses_are_those_of_the_contract():
    assert paths.article("k7m3q92t") == "a/k7m3q92t/"
    assert paths.date("2024-11-05") == "date/2024/11/05/"
    assert paths.anniversary("11-05") == "on/11-05/"
    assert paths.region("gansu/dingxi/621124") == "region/gansu/dingxi/621124/"
    assert paths.numbered("topic/laomo/", 1) == "topic/laomo/"
    assert paths.numbered("topic/laomo/", 2) == "topic/laomo/page/2/"


def test_a_line_of_a_dump_is_on_the_page_that_holds_it():
    assert paths.source_line("a.txt", 500) == "source/a.txt/#L500"
    assert paths.source_line("a.txt", 501) == "source/a.txt/page/2/#L501"


def test_the_name_of_a_dump_is_encoded_in_links_and_plain_on_disk():
    address = paths.source("甘肃/a b#1?.txt")
    assert address == "source/%E7%94%98%E8%82%83/a%20b%231%3F.txt/"
    assert paths.file_of(address) == "source/甘肃/a b#1?.txt/index.html"
    assert unquote(address) == "source/甘肃/a b#1?.txt/"


@pytest.mark.parametrize(("path", "root"), [("", "./"), ("404.html", "./"), ("date/", "../"), ("a/x/", "../../")])
def test_the_way_to_the_top(path: str, root: str):
    assert paths.root_of(path) == root


@pytest.mark.parametrize(
    ("base", "path", "whole"),
    [
        ("/", "/", None),
        ("gongwen", "/gongwen/", None),
        ("/a/b", "/a/b/", None),
        ("https://x.org", "/", "https://x.org/"),
        ("https://x.org/gongwen", "/gongwen/", "https://x.org/gongwen/"),
    ],
)
def test_a_base_url_is_a_path_or_a_whole_address(base: str, path: str, whole: str | None):
    assert paths.base_path(base) == path
    assert paths.whole_base(base) == whole
