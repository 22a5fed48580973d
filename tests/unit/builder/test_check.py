"""What is broken in a built site is found, with its file and line."""

from pathlib import Path

import pytest

from gongwen_site.builder.check import check_site


def write(folder: Path, name: str, body: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"<!doctype html>\n<title>甲</title>\n{body}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<a href="b/">乙</a>', "link-broken"),
        ('<a href="a/#p2">甲</a>', "fragment-missing"),
        ('<a href="#nowhere">甲</a>', "fragment-missing"),
        ('<script src="x.js"></script>', "link-broken"),
        ('<p id="x"></p><p id="x"></p>', "id-repeated"),
        ("<div><p>甲</p>", "tag-unbalanced"),
        ("<p>甲</p></div>", "tag-unbalanced"),
        ('<script src="https://cdn.example.org/x.js"></script>', "outside-request"),
        ('<link rel="stylesheet" href="//cdn.example.org/x.css">', "outside-request"),
    ],
)
def test_a_fault_is_found_at_its_line(tmp_path: Path, body: str, code: str):
    write(tmp_path, "a/index.html", '<p id="p1">甲</p>')
    write(tmp_path, "index.html", body)
    (found,) = check_site(tmp_path)
    assert (found.code, str(found.location)) == (code, "index.html:3")


def test_good_links_are_none(tmp_path: Path):
    write(tmp_path, "source/甲 #1.html/index.html", '<p id="L1">甲</p><a href="../../">首页</a>')
    write(
        tmp_path,
        "index.html",
        '<a href="source/%E7%94%B2%20%231.html/#L1">甲</a><a href="?q=x">查</a><a href="https://example.org/">外</a>'
        '<a href="mailto:a@example.org">信</a><a download href="data:text/plain,x">存</a>',
    )
    assert check_site(tmp_path) == ()
