"""Files as they come: encodings told by their own evidence, odd names, links that lead nowhere."""

import pytest

from gongwen_site.errors import Diagnostic
from gongwen_site.loader.decoding import decode
from gongwen_site.loader.read import read_dump
from gongwen_site.loader.seeds import iter_seeds

TEXT = "梨园丰收\n\n入秋以来，青石镇的果农在梨园里忙着采摘，县里的工作人员也来帮忙，这是今年最后的一批梨。\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_text_is_the_same_in_every_encoding(encoding):
    assert decode(TEXT.replace("\n", "\r\n").encode(encoding))[0] == TEXT


def test_a_page_is_read_by_the_charset_that_it_declares():
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><p>{TEXT}</p>'
    assert decode(page.encode("gb18030")) == (page, "gb18030")


def test_a_wrong_declaration_does_not_spoil_a_page():
    page = f'<meta charset="gb2312"><p>{TEXT}</p>'
    assert decode(page.encode()) == (page, "utf-8")


def test_a_few_broken_bytes_cost_only_themselves_and_are_named(tmp_path):
    data = TEXT.encode()
    cut = len("梨园丰收\n\n入秋".encode())
    (tmp_path / "a.txt").write_bytes(data[:cut] + b"\xff" + data[cut:])
    (seed,) = iter_seeds(tmp_path)
    assert seed.text.replace("\ufffd", "") == TEXT
    (told,) = [d for d in read_dump(seed).diagnostics if d.code == "characters-unreadable"]
    assert told.location.line == 3


def test_odd_names_are_dumps_and_hidden_ones_are_not(tmp_path):
    names = ["甲 乙.TXT", "a#b?.html", "c\nd.txt", "深/层/e.Md"]
    for name in [*names, ".隐.txt", ".git/x.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert sorted(seed.path for seed in iter_seeds(tmp_path)) == sorted(names)


def test_links_in_a_circle_end(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "self").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to("b.txt")
    found = list(iter_seeds(tmp_path))
    assert [seed.path for seed in found if not isinstance(seed, Diagnostic)] == ["a.txt"]
