"""Files with some broken bytes are read; what the bytes were is not guessed."""

from pathlib import Path

import pytest

from gongwen_site.loader.decoding import decode

DUMP = (Path(__file__).parents[3] / "seeds" / "001_68a2d98467e1a6c6.txt").read_bytes()
TEXT = DUMP.decode()


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        pytest.param(DUMP[1:], 1, id="cut within its first character"),
        pytest.param(DUMP[:-1], 2, id="cut within its last character"),
        pytest.param(DUMP[:501] + DUMP[503:], 2, id="two bytes missing"),
        pytest.param(b"\xef\xbb\xbf" + DUMP[:501] + b"\xff" + DUMP[501:], 2, id="a stray byte, after a mark"),
        pytest.param(DUMP[:300] + b"\0" + DUMP[300:], 1, id="a zero byte"),
    ],
)
def test_a_damaged_file_keeps_all_that_is_whole(data, lost):
    text, encoding = decode(data)
    assert encoding.startswith("utf-8")
    whole = set(TEXT.split("\n"))
    assert len(whole - set(text.split("\n"))) <= 1
    assert len(text) >= len(TEXT) - lost


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(range(256)) * 8, bytes(range(128, 256)) * 9, b"\xff\xd8\xff" * 99]
)
def test_what_is_no_text_is_not_read(data):
    assert decode(data) is None
