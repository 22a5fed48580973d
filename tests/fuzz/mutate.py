"""Real dumps to broken ones: of every kind, in every encoding, cut, spliced, repeated and strewn with what breaks readers.

`Mutator(texts).dump(seed, number)` is a function of its arguments: any input can be made again from its number.
"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from random import Random

from hostile import HOSTILE

KINDS = (".txt", ".txt", ".txt", ".html", ".html", ".htm", ".md", ".jsonl", ".csv")

WORDS = (
    "本报讯 ", "本报讯(记者张三 通讯员李四)", "(记者 王五)", "□ 本报记者 赵六", "王 五", "张三 李四 王五", "——记一次竞赛", "一、", "二、", "十、",
    "1 ", "2 ", "12 ", "上接第1版", "(下转第3版)", "责编:李四", "责任编辑:赵六", "本版责编 李四", "来源:中工网", "稿件来源: ", "编者按", "——编者",
    "张三 摄", "(张三 摄影报道)", "图为竞赛现场。", "/enpproperty-->", "enpproperty", "2024-11-05 00:00:00:0", "-->", "2024年11月5日", "2024年13月45日",
    "工人日报 2024年11月05日 星期二 第3版", "首页", "返回顶部", "版权所有", "• ", "http://www.example.com/a?b=c", "扫一扫", "上一篇:", "下一篇:",
    "作者单位:某某大学", "数据来源:某某局", "【以案说法】", "近日,", "据了解,", "他说:", "白银市", "甘肃省", "省总工会", "全国", "市总工会主席苏青",
)  # fmt: skip
"""What rules look for: put anywhere, it makes them fire where they should not."""

MARKS = (
    "“", "”", "‘", "’", "(", ")", "（", "）", "《", "》", "【", "】", "[", "]", "{", "}", "<", ">", '"', "'", "`", "*", "_", "#", "|", "~", "\\",
    "——", "…", "。", ",", "，", "、", ";", ":", "：", "?", "!", "&", "&amp;", "&#0;", "&#xD800;", "&#1114112;", "%", "@", "$", "=", "+", "-", "---", "...",
)  # fmt: skip

STRANGE = (
    "\x00", "\x01", "\x07", "\x0b", "\x0c", "\x1a", "\x1b[31m", "\x1c", "\x1d", "\x1e", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u061c", "\u115f", "\u180e",
    "\u2028", "\u2029", "\u200b", "\u200d", "\u200f", "\u202e", "\u2060", "\u2066", "\u3000", "\ue000", "\ue863", "\uf8ff", "\ufeff", "\ufffd", "\ufffe",
    "\uffff", "\U0001f600", "\U00020000", "\U000e0001", "\U000f0000", "\U0010ffff", "e\u0301", "\u0600", "\ufdfd", "①", "㎡", "ﬁ", "Ⅳ", "〇", "٣", "\u0e33", "\t", "\r",
)  # fmt: skip

NUMBERS = (
    "9" * 400, "0" * 40, "-1", "1e999", "NaN", "1" + "0" * 5000, "99999999年99月99日", "0000年00月00日", "第99999999999版", "10000年1月1日", "٢٠٢٤年١月١日",
    "２０２４年１月１日", "2024-02-30", "1月31日", "13月1日", "0月0日", "31日",
)  # fmt: skip

MARKUP = (
    "---\n", "---\ntitle: 标题\n---\n", "---\ntitle: [\n---\n", "---\n? a\n: b\n---\n", "---\na: &a [*a]\n---\n", "---\ntitle: !!python/object:os.system x\n---\n",
    "title: 标题\n", "- a\n- b\n", "```\n", "# ", "###### ", "> ", "1. ", "* * *\n", "===\n", "[a](javascript:b)", "![x](y)", "<!--", "-->", "<![CDATA[", "]]>",
    "<!DOCTYPE html>", "<?php", "?>", "<script>", "</script>", "<style>", "<p>", "</p>", "<br/>", "<div class='a", '<a href="x">', "</td></tr></table>", "<b" * 50,
    "<textarea>", "<title>", "</title>", "<h1>", "<svg>", "<template>", "<plaintext>", "<meta charset=gbk>", "<table><tr><td>", "<li>", "</", "<", "&", "&nbsp;",
    "{{ x }}", "{% x %}", "<!-- enpproperty <date>2024-11-05 00:00:00:0</date><author>张三</author><title>标题</title>", "/enpproperty-->", '{"title": "a"}\n',
    "[" * 500, '{"a":' * 300, "a,b,c\n", '"', '""', '\n"\n', ",,,,,,\n", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)  # fmt: skip

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "utf-32", "shift_jis", "latin-1")
_WIDEN = str.maketrans(",:;?!()", "，：；？！（）")
_FOLD = str.maketrans("，：；？！（）", ",:;?!()")
_COLUMNS = (
    "title",
    "标题",
    "date",
    "日期",
    "body",
    "正文",
    "source",
    "来源",
    "author",
    "作者",
    "page",
    "url",
    "kicker",
    "deck",
    "note",
    "备注",
    "",
    " title ",
    "a: b",
    "#",
)
_SMALL, _LARGE = 1_500, 100_000  # characters
_ONE_LARGE_IN = 500
_ONE_HOSTILE_IN = 20


class Mutator:
    """Makes broken dumps out of `texts`, whole dumps of plain text, and `pages`, saved pages of HTML."""

    def __init__(self, texts: Sequence[str], pages: Sequence[str] = ()) -> None:
        self._texts, self._pages = texts, pages

    def dump(self, seed: int, number: int) -> tuple[str, bytes]:
        """Return the name and the bytes of one broken dump."""
        rng = Random(f"{seed}:{number}")
        kind = rng.choice(KINDS)
        size = _LARGE if rng.randrange(_ONE_LARGE_IN) == 0 else rng.randrange(20, _SMALL)
        if rng.randrange(_ONE_HOSTILE_IN) == 0:
            kind, make = HOSTILE[rng.choice(sorted(HOSTILE))]
            text = make(rng, 4 * size if size < _SMALL else size)
        else:
            text = self._page(rng, size) if kind in {".html", ".htm"} else _MADE[kind](rng, self._piece(rng, size))
        for _ in range(rng.choice((0, 1, 1, 2, 3, 5, 8))):
            text = rng.choice(_ON_TEXT)(rng, text) if rng.random() < 0.85 else text + "\n" + self._piece(rng, 400)
        data = _encoded(rng, text)
        if rng.random() < 0.35:
            for _ in range(rng.choice((1, 1, 2, 6))):
                data = rng.choice(_ON_BYTES)(rng, data)
        return f"{number}{kind}", data

    def _piece(self, rng: Random, size: int) -> str:
        """Return some lines of one dump, of the dumps over and over where they are shorter than `size`."""
        found: list[str] = []
        while sum(map(len, found)) < size:
            text = rng.choice(self._texts)
            start = 0 if rng.random() < 0.2 else rng.randrange(max(1, len(text)))
            found.append(text[start : start + size])
        return "\n".join(found)[:size]

    def _page(self, rng: Random, size: int) -> str:
        if self._pages and rng.random() < 0.5:
            page = rng.choice(self._pages)
            start = 0 if rng.random() < 0.5 else rng.randrange(len(page))
            return page[start : start + 4 * size]
        return _as_html(rng, self._piece(rng, size))


# Kinds of dumps


def _as_html(rng: Random, text: str) -> str:
    tags = ("p", "div", "td", "li", "span", "h1", "h2", "a", "font", "founder-content", "em", "pre")
    tag = rng.choice(tags)
    lines = [
        f"<{tag}>{line}</{tag}>" if rng.random() < 0.9 else f"<{rng.choice(tags)}>{line}" for line in text.split("\n")
    ]
    head = (
        f"<html><head><title>{lines[0]}</title><script>var a = '</p>';</script></head><body>"
        if rng.random() < 0.6
        else ""
    )
    nav = "<ul><li>首页</li><li>新闻</li></ul>" if rng.random() < 0.5 else ""
    foot = "<!--enpproperty <date>2024-11-05 00:00:00:0</date><author>张三</author><title>题</title> /enpproperty-->"
    return head + nav + rng.choice(("\n", "", "\n\n")).join(lines) + (foot if rng.random() < 0.4 else "")


def _as_markdown(rng: Random, text: str) -> str:
    if rng.random() < 0.2:
        return text
    lines = text.split("\n")
    facts = "".join(
        f"{rng.choice(_COLUMNS)}: {rng.choice((*lines, *NUMBERS, *MARKS, *WORDS))}\n" for _ in range(rng.randrange(5))
    )
    return f"---\n{facts}---\n" + "\n".join(f"## {line}" if rng.random() < 0.1 else line for line in lines)


def _rows(rng: Random, text: str) -> list[list[str]]:
    lines = text.split("\n")
    width = rng.randrange(1, 6)
    return [
        ["\n".join(rng.choices(lines, k=rng.choice((1, 1, 3)))) for _ in range(width)]
        for _ in range(rng.randrange(1, 12))
    ]


def _as_jsonl(rng: Random, text: str) -> str:
    rows = _rows(rng, text)
    names = [rng.choice(_COLUMNS) for _ in rows[0]]
    odd = (
        None,
        True,
        0,
        -1.5,
        1e308,
        [],
        {},
        ["甲", "乙"],
        [["甲"]],
        {"a": {"b": "丙"}},
        "",
        " ",
        "\ud800",
        "a\u0000b",
        "9" * 300,
    )
    written = []
    for row in rows:
        values = [rng.choice(odd) if rng.random() < 0.15 else cell for cell in row]
        found = dict(zip(names, values, strict=True))
        written.append(json.dumps(found if rng.random() < 0.95 else values, ensure_ascii=rng.random() < 0.3))
    return "\n".join(written).encode(errors="replace").decode()


def _as_csv(rng: Random, text: str) -> str:
    rows = _rows(rng, text)
    out = io.StringIO()
    writer = csv.writer(out, quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)), delimiter=rng.choice(",,,;\t"))
    writer.writerow([rng.choice(_COLUMNS) for _ in rows[0]] if rng.random() < 0.9 else rows[0])
    for row in rows:
        writer.writerow(row if rng.random() < 0.9 else [*row, "余"] * rng.randrange(3))
    return out.getvalue()


_MADE: dict[str, Callable[[Random, str], str]] = {
    ".txt": lambda _rng, text: text,
    ".md": _as_markdown,
    ".jsonl": _as_jsonl,
    ".csv": _as_csv,
}


# Mutations of text


def _at(rng: Random, text: str, words: str) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + words + text[place:]


def _strewn(words: Sequence[str], most: int) -> Callable[[Random, str], str]:
    def strew(rng: Random, text: str) -> str:
        for _ in range(rng.randrange(1, most + 1)):
            text = _at(rng, text, rng.choice(words))
        return text

    return strew


def _by_lines(change: Callable[[Random, list[str]], list[str]]) -> Callable[[Random, str], str]:
    return lambda rng, text: "\n".join(change(rng, text.split("\n")))


def _span(rng: Random, length: int) -> tuple[int, int]:
    start = rng.randrange(length + 1)
    return start, min(length, start + rng.choice((1, 1, 2, 5, 40)))


def _lines_cut(rng: Random, lines: list[str]) -> list[str]:
    start, end = _span(rng, len(lines))
    return lines[:start] + lines[end:]


def _lines_repeated(rng: Random, lines: list[str]) -> list[str]:
    start, end = _span(rng, len(lines))
    return lines[:start] + lines[start:end] * rng.choice((2, 2, 3, 30)) + lines[end:]


def _lines_moved(rng: Random, lines: list[str]) -> list[str]:
    start, end = _span(rng, len(lines))
    rest = lines[:start] + lines[end:]
    place = rng.randrange(len(rest) + 1)
    return rest[:place] + lines[start:end] + rest[place:]


def _lines_shuffled(rng: Random, lines: list[str]) -> list[str]:
    return rng.sample(lines, len(lines))


def _lines_joined(rng: Random, lines: list[str]) -> list[str]:
    start, end = _span(rng, len(lines))
    return [*lines[:start], "".join(lines[start:end]), *lines[end:]]


def _lines_split(rng: Random, lines: list[str]) -> list[str]:
    place = rng.randrange(len(lines))
    width = rng.choice((1, 2, 7, 12))
    pieces = [lines[place][start : start + width] for start in range(0, min(len(lines[place]), 2_000), width)]
    return lines[:place] + pieces + lines[place + 1 :]


def _words_as_lines(rng: Random, lines: list[str]) -> list[str]:
    for _ in range(rng.randrange(1, 6)):
        place = rng.randrange(len(lines) + 1)
        line = rng.choice(WORDS) + (rng.choice(lines)[:20] if lines and rng.random() < 0.4 else "")
        lines = [*lines[:place], line, *lines[place:]]
    return lines


def _gaps_changed(rng: Random, lines: list[str]) -> list[str]:
    if rng.random() < 0.5:
        return [line for line in lines if line.strip()]
    return [piece for line in lines for piece in (line, *[""] * rng.choice((0, 0, 1, 3)))]


def _run_repeated(rng: Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    piece = text[start : start + rng.choice((1, 1, 2, 9))]
    return text[:start] + piece * rng.choice((3, 50, 1_000)) + text[start:]


def _characters_cut(rng: Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    return text[:start] + text[start + rng.choice((1, 2, 10, 300)) :]


def _marks_doubled(rng: Random, text: str) -> str:
    mark = rng.choice(MARKS)
    return text.replace(mark, mark * 2, rng.randrange(1, 40))


def _marks_exchanged(rng: Random, text: str) -> str:
    return text.replace(rng.choice(MARKS), rng.choice((*MARKS, "", "\n", " ")), rng.randrange(1, 40))


def _whitespace_changed(rng: Random, text: str) -> str:
    return text.replace(
        rng.choice((" ", "\n", "\u3000")), rng.choice(("", " ", "\t", "\n", "\r", "\u3000", "\x85", "\u2028")), 30
    )


_ON_TEXT: tuple[Callable[[Random, str], str], ...] = (
    _strewn(WORDS, 8),
    _strewn(MARKS, 12),
    _strewn(STRANGE, 12),
    _strewn(NUMBERS, 2),
    _strewn(MARKUP, 6),
    lambda rng, text: rng.choice(MARKUP) + text,
    lambda _rng, text: text.translate(_WIDEN),
    lambda _rng, text: text.translate(_FOLD),
    *map(
        _by_lines,
        (_lines_cut, _lines_repeated, _lines_moved, _lines_shuffled, _lines_joined, _lines_split, _words_as_lines, _words_as_lines, _gaps_changed),
    ),
    _run_repeated,
    _characters_cut,
    _marks_doubled,
    _marks_exchanged,
    _whitespace_changed,
)  # fmt: skip


# Mutations of bytes


def _encoded(rng: Random, text: str) -> bytes:
    text = text.encode("utf-8", "replace").decode()
    if rng.random() < 0.15:
        text = text.replace("\n", rng.choice(("\r\n", "\r", "\n\r")))
    encoding = rng.choice(ENCODINGS) if rng.random() < 0.2 else "utf-8"
    return text.encode(encoding, errors="ignore")


def _bits_flipped(rng: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20)) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _bytes_cut(rng: Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.choice((1, 1, 2, 100, 100_000)) :]


def _bytes_repeated(rng: Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    end = start + rng.choice((1, 2, 30, 500))
    return data[:end] + data[start:end] * rng.choice((1, 3, 40)) + data[end:]


def _bytes_put_in(rng: Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    return (
        data[:start]
        + rng.choice((rng.randbytes(3), b"\0", b"\0" * 9, b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xed\xa0\x80"))
        + data[start:]
    )


_ON_BYTES: tuple[Callable[[Random, bytes], bytes], ...] = (_bits_flipped, _bytes_cut, _bytes_repeated, _bytes_put_in)
