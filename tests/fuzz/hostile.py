"""Dumps that no paper prints: thousands of one thing, made to any size, to show which reading grows faster than its input.

`HOSTILE[kind](rng, size)` returns a dump of about `size` characters; the kind's name begins with the ending of its file.
`growth.py` measures them at three sizes each, the fuzzing strews small ones among its inputs.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import count, cycle
from random import Random

_SYLLABLES = "工会职业技能竞赛产业队伍建设改革劳动模范创新服务企业班组安全生产培训权益维护法律援助困难帮扶文化活动基层组织发展经济社会民生保障项目车间师傅青年创业就业"
_PLACES = (
    "甘肃省",
    "白银市",
    "会宁县",
    "兰州",
    "陕西省",
    "西安市",
    "渭滨区",
    "宝鸡",
    "云南",
    "昆明市",
    "大理",
    "朝阳",
    "安康",
    "广东",
    "江苏省",
    "常州市",
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙"
_GIVEN = "伟芳敏静强磊洋勇艳杰娟涛明超霞平刚英华玉"

Maker = Callable[[Random, int], str]


def _clause(rng: Random, least: int = 6, most: int = 16) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randrange(least, most)))


def _sentence(rng: Random) -> str:
    return f"{_clause(rng)}，{_clause(rng)}，{_clause(rng)}。"


def _paragraph(rng: Random) -> str:
    return "".join(_sentence(rng) for _ in range(rng.randrange(2, 5)))


def _name(rng: Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.randrange(1, 3)))


def _up_to(size: int, pieces: Iterator[str]) -> str:
    found, length = [], 0
    while length < size:
        piece = next(pieces)
        found.append(piece)
        length += len(piece)
    return "".join(found)


def _each(make: Callable[[Random, int], str], *, end: str = "\n") -> Maker:
    """Return a maker of pieces one after another; `make` is given the number of each."""
    return lambda rng, size: _up_to(size, (make(rng, number) + end for number in count()))


def _same(piece: str) -> Maker:
    return lambda _rng, size: piece * (size // len(piece) + 1)


def _halves(first: Maker, second: Maker) -> Maker:
    return lambda rng, size: first(rng, size // 2) + second(rng, size // 2)


def _between(head: str, middle: Maker, tail: str) -> Maker:
    return lambda rng, size: head + middle(rng, size) + tail


def _in_turn(*makers: Callable[[Random], str], end: str = "\n") -> Maker:
    return lambda rng, size: _up_to(size, (make(rng) + end for make in cycle(makers)))


def _at_random(*makers: Callable[[Random], str], end: str = "\n") -> Maker:
    def pieces(rng: Random) -> Iterator[str]:
        while True:
            yield rng.choice(makers)(rng) + end

    return lambda rng, size: _up_to(size, pieces(rng))


def _headline(rng: Random) -> str:
    return _clause(rng, 8, 20)


def _byline(rng: Random) -> str:
    return f"本报记者 {_name(rng)} 通讯员 {_name(rng)}"


def _lead_in(rng: Random) -> str:
    return f"本报讯（记者{_name(rng)}）{_paragraph(rng)}"


def _caption(rng: Random) -> str:
    return f"图为{_clause(rng)}。{_name(rng)} 摄"


def _date(rng: Random) -> str:
    return f"{rng.randrange(2000, 2030)}年{rng.randrange(1, 13)}月{rng.randrange(1, 29)}日"


def _gaps(rng: Random) -> str:
    return "\n" * rng.randrange(4)


def _tagged(rng: Random) -> str:
    return f"{_headline(rng)}（{_clause(rng, 2, 5)}）"


def _article(rng: Random) -> str:
    text = "\n\n".join(_paragraph(rng) for _ in range(rng.randrange(1, 4)))
    return f"{_headline(rng)}\n{_byline(rng)}\n\n{text}\n"


def _brief(rng: Random) -> str:
    return f"{_headline(rng)}\n\n{_lead_in(rng)}\n"


def _long_line(rng: Random) -> str:
    return "".join(_sentence(rng) for _ in range(60))


_TITLED = "<html><head><title>技能竞赛举行</title></head><body><h1>技能竞赛举行</h1>"
_ENP = (
    "<!--enpproperty <date>2024-11-05 00:00:00:0</date><author>张三</author><title>技能竞赛举行</title> /enpproperty-->"
)

_TEXT: Mapping[str, Maker] = {
    "one-character-lines": _each(lambda rng, _: rng.choice(_SYLLABLES)),
    "two-character-lines": _each(lambda rng, _: _clause(rng, 2, 3)),
    "three-character-lines": _each(lambda rng, _: _clause(rng, 3, 4)),
    "numbered-lines": _each(lambda _rng, n: str(n)),
    "same-short-line": _same("技能竞赛举行\n"),
    "same-long-line": _same("近日，白银市总工会举行了职业技能竞赛，共有二百多名职工参加了比赛。\n"),
    "headlines": _each(lambda rng, _: _headline(rng)),
    "headlines-apart": _each(lambda rng, _: _headline(rng), end="\n\n"),
    "headlines-at-any-gap": _at_random(_headline, _gaps),
    "headlines-with-columns": _each(lambda rng, _: _tagged(rng)),
    "headlines-with-decks": _in_turn(_headline, lambda rng: "——" + _headline(rng)),
    "notes": _at_random(lambda _rng: "编者按", _headline, lambda _rng: "——编者"),
    "bylines": _each(lambda rng, _: _byline(rng)),
    "names": _each(lambda rng, _: f"{_name(rng)} {_name(rng)}"),
    "datelines": _each(lambda rng, _: f"本报{rng.choice(_PLACES)}{rng.randrange(1, 13)}月{rng.randrange(1, 29)}日电（记者{_name(rng)}）"),
    "lead-ins": _each(lambda rng, _: _lead_in(rng)),
    "short-lead-ins": _each(lambda _rng, n: f"本报讯 {n}"),
    "colophons": _each(lambda rng, _: f"责编：{_name(rng)}"),
    "colophons-and-text": _in_turn(_sentence, lambda rng: f"责编：{_name(rng)}"),
    "captions": _each(lambda rng, _: _caption(rng)),
    "captions-at-gaps": _in_turn(_caption, _gaps),
    "captions-and-headlines": _at_random(_caption, _headline, _gaps),
    "captions-and-bylines": _at_random(_caption, _byline, _gaps),
    "picture-reports": _in_turn(_headline, _sentence, lambda rng: "图为" + _sentence(rng), lambda rng: f"{_name(rng)} 摄"),
    "sections": _each(lambda rng, n: "一二三四五六七八九十"[n % 10] + "、" + _headline(rng)),
    "sections-from-two": _between("", _in_turn(lambda rng: "二、" + _headline(rng), _sentence), "一、开头\n" + "完。"),
    "items": _each(lambda rng, n: f"{n % 99 + 1} {_headline(rng)}"),
    "items-with-text": _in_turn(lambda rng: f"{rng.randrange(1, 9)} {_headline(rng)}", _sentence),
    "sign-offs": _in_turn(_sentence, lambda rng: f"（作者：{_name(rng)}）"),
    "sources": _each(lambda rng, _: f"来源：{_clause(rng, 2, 4)}日报"),
    "dates": _each(lambda rng, _: _date(rng)),
    "dates-in-one-line": _each(lambda rng, _: _date(rng), end=""),
    "bare-dates-in-one-line": _same("1月1日"),
    "months-in-one-line": _same("2024年至3月至"),
    "days-to-come": _each(lambda rng, _: f"计划{rng.randrange(1, 13)}月{_clause(rng)}，", end=""),
    "digits": _each(lambda rng, _: str(rng.randrange(10**9)), end=""),
    "digit-lines": _each(lambda rng, _: str(rng.randrange(10**6))),
    "spaced-digits": _each(lambda rng, _: str(rng.randrange(100)), end=" "),
    "places": _each(lambda rng, _: rng.choice(_PLACES)),
    "places-in-one-line": _each(lambda rng, _: rng.choice(_PLACES), end=""),
    "listed-places": _each(lambda rng, _: rng.choice(_PLACES), end="、"),
    "listed-counties": _same("朝阳、"),
    "places-in-sentences": _each(lambda rng, _: f"{rng.choice(_PLACES)}{_sentence(rng)}"),
    "seats": _same("在京"),
    "works": _each(lambda rng, _: f"《{_clause(rng, 3, 8)}》", end=""),
    "quotations": _each(lambda rng, _: f"“{_clause(rng, 3, 8)}”", end=""),
    "quoted-headlines": _each(lambda rng, _: f"“{_clause(rng, 3, 6)}”{_clause(rng)}"),
    "one-line": _each(lambda rng, _: _sentence(rng), end=""),
    "one-line-unpunctuated": _each(lambda rng, _: _clause(rng), end=""),
    "one-line-latin": _same("abcdefgh"),
    "one-line-of-one-character": _same("工"),
    "long-lines": _each(lambda rng, _: _long_line(rng)),
    "long-and-short-lines": _in_turn(_long_line, _headline),
    "long-open-lines": _each(lambda rng, _: _sentence(rng)[:-1]),
    "open-paragraphs": _each(lambda rng, _: _clause(rng, 40, 60)),
    "fragments": _in_turn(lambda rng: _paragraph(rng) + _clause(rng, 30, 31), _headline),
    "paragraphs": _each(lambda rng, _: _paragraph(rng)),
    "paragraphs-at-any-gap": _at_random(_paragraph, _gaps),
    "commas": _same("、"),
    "full-stops": _same("。"),
    "marks": _each(lambda rng, _: rng.choice("，。、；：？！“”‘’（）《》【】…—·"), end=""),
    "mark-lines": _each(lambda rng, _: rng.choice("，。、；：？！“”‘’（）《》【】…—·")),
    "open-brackets": _same("（"),
    "open-reporters": _same("（记者"),
    "open-reporter-lines": _same("（记者张三\n"),
    "reporters-in-one-line": _same("记者 张 三 李四 "),
    "open-quotations": _same("“"),
    "open-works": _same("《工"),
    "blanks": _between("竞赛举行\n", _same(" \u3000"), "近日，竞赛举行。"),
    "blank-lines": _between("竞赛举行\n", _same("\n"), "近日，竞赛举行。"),
    "zero-width": _each(lambda rng, _: rng.choice(_SYLLABLES) + "\u200b"),
    "zero-width-lines": _same("\u200b\n"),
    "byte-order-marks": _same("\ufeff工"),
    "private-use": _same("\ue000工\n"),
    "combining": _same("e\u0301\u0301"),
    "articles": _each(lambda rng, _: _article(rng)),
    "articles-signed-below": _each(lambda rng, _: f"{_headline(rng)}\n\n{_paragraph(rng)}\n\n{_byline(rng)}\n"),
    "articles-signed-twice": _each(lambda rng, _: f"{_byline(rng)}\n\n{_paragraph(rng)}\n\n{_paragraph(rng)}\n\n{_byline(rng)}\n"),
    "text-signed-far-below": _in_turn(_sentence, _sentence, lambda rng: _sentence(rng)[:-1] + f"。（{_name(rng)}）"),
    "briefs": _each(lambda rng, _: _brief(rng)),
    "briefs-without-headlines": _each(lambda rng, _: _lead_in(rng), end="\n\n"),
    "headlines-then-texts": _halves(
        _each(lambda rng, _: _headline(rng), end="\n\n"),
        _in_turn(_byline, _paragraph, end="\n\n"),
    ),
    "texts-then-headlines": _halves(
        _in_turn(_byline, _paragraph, end="\n\n"),
        _each(lambda rng, _: _headline(rng), end="\n\n"),
    ),
    "headlines-inside-text": _in_turn(_byline, _sentence, _headline, _sentence, _headline, _sentence, end="\n\n"),
    "headlines-and-names": _in_turn(_headline, _name),
    "names-then-captions": _halves(_each(lambda rng, _: _byline(rng)), _each(lambda rng, _: _caption(rng))),
    "captions-then-names": _halves(_each(lambda rng, _: _caption(rng)), _each(lambda rng, _: _byline(rng))),
    "names-and-captions": _between("近日，竞赛举行。\n张三 李四\n", _in_turn(_byline, _caption), ""),
    "picture-stories": _in_turn(_headline, _caption, end="\n\n\n"),
    "resumed-text": _in_turn(lambda rng: _clause(rng, 60, 70), _headline, _caption, end="\n\n\n"),
    "continuations": _in_turn(lambda rng: f"（上接第{rng.randrange(1, 9)}版）", _sentence, lambda rng: f"（下转第{rng.randrange(1, 9)}版）"),
    "contents": _each(lambda rng, _: f"{_headline(rng)} {rng.randrange(1, 99)}版"),
    "contents-with-dots": _each(lambda rng, _: f"{_headline(rng)}……{rng.randrange(1, 99)}"),
    "speakers": _each(lambda rng, _: f"{rng.choice(_PLACES)}总工会主席{_name(rng)}"),
    "units": _in_turn(_headline, lambda rng: rng.choice(_PLACES) + "总工会", _sentence),
    "mastheads": _each(lambda rng, _: f"甘肃工人报 {_date(rng)} 第{rng.randrange(1, 9)}版"),
    "trailers": _each(lambda rng, _: f"{_headline(rng)}\n{_paragraph(rng)}\n{_headline(rng)}/enpproperty-->"),
    "trailers-alone": _same("/enpproperty-->\n"),
    "web-page": _between(
        "首页\n• 新闻\n分享\n来源：工人日报\n", _at_random(_sentence, _headline, _date), "版权所有\n上一篇：无\n"
    ),
    "web-pages": _each(lambda rng, _: f"首页\n• 新闻\n{_headline(rng)}\n{_date(rng)} 来源：工人日报\n分享到微信\n{_paragraph(rng)}\n责任编辑：{_name(rng)}\n版权所有"),
    "web-furniture": _each(lambda rng, _: rng.choice(("首页", "• 新闻", "分享到", "版权所有", "上一篇：无", "来源：工人日报", "2024-11-05"))),
    "addresses": _each(lambda _rng, n: f"http://www.example.com/{n}.html"),
    "everything": _at_random(
        _headline, _tagged, _byline, _lead_in, _caption, _date, _sentence, _paragraph, _gaps, _name, lambda _rng: "编者按", lambda rng: "一、" + _headline(rng),
        lambda rng: f"责编：{_name(rng)}", lambda rng: f"（{_name(rng)}）", lambda _rng: "（下转第3版）", lambda rng: "——" + _headline(rng), lambda _rng: "——编者",
    ),
}  # fmt: skip

_HTML: Mapping[str, Maker] = {
    "open-cells": _same("<td>字"),
    "open-cells-titled": _between(_TITLED, _same("<td>字"), ""),
    "cells": _between("<table>", _each(lambda rng, _: f"<tr><td>{_clause(rng, 1, 4)}</td><td>{_clause(rng, 1, 4)}</td></tr>"), "</table>"),
    "tables-in-tables": _same("<table><tr><td>字"),
    "open-divs": _same("<div>字"),
    "open-divs-titled": _between(_TITLED, _same("<div>字"), ""),
    "open-divs-then-text": _halves(_same("<div>"), _each(lambda rng, _: f"<p>{_sentence(rng)}</p>")),
    "open-paragraphs": _each(lambda rng, _: f"<p>{_sentence(rng)}"),
    "open-fonts": _same("<font>字"),
    "open-links": _same("<a href=x>字"),
    "open-bold-blocks": _same("<b><div>字"),
    "open-quotes": _same('<p class="a>字'),
    "lists": _same("<ul><li>字"),
    "end-tags": _halves(_same("<div>"), _same("字</p>")),
    "stray-end-tags": _same("字</div></span></table>"),
    "links": _between(_TITLED, _each(lambda rng, n: f'<li><a href="/{n}.html">{_headline(rng)}</a></li>'), "<p>近日，技能竞赛举行，职工参加。</p>"),
    "headings": _each(lambda rng, _: f"<h1>{_headline(rng)}</h1>"),
    "headings-titled": _between(_TITLED, _each(lambda rng, _: f"<h2>{_headline(rng)}</h2><p>{_sentence(rng)}</p>"), ""),
    "same-headings": _between(_TITLED, _same("<h1>技能竞赛举行</h1>"), ""),
    "titles": _each(lambda rng, _: f"<title>{_headline(rng)}</title><meta property=og:title content={_headline(rng)}>"),
    "titles-and-headings": _halves(
        _each(lambda rng, _: f"<meta property=og:title content={_headline(rng)}>"), _each(lambda rng, _: f"<h1>{_headline(rng)}</h1>")
    ),
    "metas": _each(lambda _rng, n: f"<meta name=m{n} content=2024-11-05>"),
    "long-title": _between("<title>", _each(lambda rng, _: _clause(rng), end=""), "</title><h1>技能竞赛举行</h1><p>近日，竞赛举行。</p>"),
    "paragraphs": _each(lambda rng, _: f"<p>{_paragraph(rng)}</p>"),
    "paragraphs-titled": _between(_TITLED, _each(lambda rng, _: f"<p>{_paragraph(rng)}</p>"), ""),
    "short-paragraphs-titled": _between(_TITLED, _each(lambda rng, _: f"<p>{_headline(rng)}</p>"), ""),
    "sources-titled": _between(_TITLED, _same("<p>来源：工人日报</p><p>2024-11-05 08:30</p>"), "<p>近日，技能竞赛举行，职工参加。</p>"),
    "editors-titled": _between(_TITLED + "<p>近日，技能竞赛举行，职工参加。</p>", _same("<p>责任编辑：张三</p>"), ""),
    "breaks": _each(lambda rng, _: f"{_sentence(rng)}<br>"),
    "indented": _between(_TITLED, _each(lambda rng, _: f"　　{_sentence(rng)}", end=""), ""),
    "images": _between(_TITLED, _each(lambda rng, _: f'<img data-original-title="{_caption(rng)}">'), "<p>近日，技能竞赛举行，职工参加。</p>"),
    "empty-tags": _same("<i></i>"),
    "attributes": _between("<p ", _each(lambda _rng, n: f"a{n}=b", end=" "), ">近日，竞赛举行。</p>"),
    "open-attribute": _between("<p ", _each(lambda _rng, n: f"a{n}=b", end=" "), ""),
    "open-tags": _same("<p "),
    "less-than": _same("<"),
    "ampersands": _same("&#x4e00"),
    "open-comments": _same("<!--"),
    "comments": _same("<!-- 注 -->字"),
    "open-tags-to-a-value": _between("", _same("<a "), '="x>"'),
    "endless-entity": _between("<p>&#", _same("1"), "</p>"),
    "metas-then-titles": _halves(_same("<meta name=a content=b>"), _same("<title>工</title>")),
    "bold-then-paragraphs": _between("<div>" + "<b>" * 398, _same("<p>工"), ""),
    "table-then-end-tags": _between("<section><table>" + "<b>" * 390, _same("工</section>"), ""),
    "open-cdata": _same("<![CDATA["),
    "scripts": _same("<script>a</script>字"),
    "open-raw": _same("<textarea>字"),
    "preformatted": _between("<pre>", _each(lambda rng, _: _sentence(rng)), ""),
    "one-line": _between(_TITLED, _each(lambda rng, _: _sentence(rng), end=""), ""),
    "line-breaks": _between(_TITLED, _each(lambda rng, _: _clause(rng)), ""),
    "epaper-articles": _each(lambda rng, _: f"{_ENP}<h1>{_headline(rng)}</h1><!--enpcontent--><p>{_paragraph(rng)}</p><!--/enpcontent-->"),
    "epaper-notes": _same(_ENP),
    "epaper-contents": _same("<!--enpcontent-->字<!--/enpcontent-->"),
    "epaper-fields": _between("<!--enpproperty ", _same("<date>"), " /enpproperty-->"),
    "epaper-fields-in-lines": _between("<!--enpproperty ", _each(lambda _rng, n: f"<{'abcdefghij'[n % 10]}>工</{'abcdefghij'[n % 10]}>"), " /enpproperty-->"),
    "epaper-images": _between(
        _ENP, _same('<!--enpcontent--><img data-original-title="图"><p>工</p><!--/enpcontent-->' + _ENP), ""
    ),
    "epaper-heads": _between(_ENP, _each(lambda rng, _: f"<p>{_headline(rng)}</p>"), "<!--enpcontent--><p>近日，竞赛举行。</p><!--/enpcontent-->"),
    "epaper-text": _between(_ENP + "<h1>技能竞赛举行</h1><!--enpcontent-->", _each(lambda rng, _: f"<p>{_sentence(rng)}</p>"), "<!--/enpcontent-->"),
    "founder": _between(_ENP, _same("<founder-content><p>字"), ""),
}  # fmt: skip

_OTHER: Mapping[str, tuple[str, Maker]] = {
    "md front-matter": (".md", _between("---\ntitle: 标题\n", _each(lambda rng, n: f"k{n}: {_clause(rng)}"), "---\n近日，竞赛举行。\n")),
    "md toml": (".md", _between("+++\n", _each(lambda rng, n: f'k{n} = "{_clause(rng)}"'), "+++\n近日，竞赛举行。\n")),
    "md lines": (".md", _between("---\ntitle: 标题\n---\n", _each(lambda rng, _: _clause(rng)), "")),
    "md items": (".md", _between("---\ntitle: 标题\n---\n", _each(lambda rng, _: "- " + _clause(rng)), "")),
    "md headings": (".md", _between("---\ntitle: 标题\n---\n", _each(lambda rng, _: "## " + _clause(rng)), "")),
    "md stars": (".md", _between("---\ntitle: 标题\n---\n", _same("**工"), "")),
    "md brackets": (".md", _between("---\ntitle: 标题\n---\n", _same("["), "")),
    "md images": (".md", _between("---\ntitle: 标题\n---\n", _same("![工"), "")),
    "md quotes": (".md", _between("---\ntitle: 标题\n---\n", _same(">"), "")),
    "md one-line": (".md", _between("---\ntitle: 标题\n---\n", _each(lambda rng, _: _sentence(rng), end=""), "")),
    "jsonl rows": (".jsonl", _each(lambda rng, _: f'{{"title": "{_headline(rng)}", "body": "{_sentence(rng)}"}}')),
    "jsonl short-rows": (".jsonl", _each(lambda rng, _: f'{{"title": "{_clause(rng, 1, 3)}"}}')),
    "jsonl one-row": (".jsonl", _between('{"title": "标题", "body": "', _each(lambda rng, _: _sentence(rng) + "\\n", end=""), '"}')),
    "jsonl columns": (".jsonl", _between("{", _each(lambda rng, n: f'"k{n}": "{_clause(rng)}",', end=""), '"body": "近日，竞赛举行。"}')),
    "csv rows": (".csv", _between("title,body\n", _each(lambda rng, _: f"{_headline(rng)},{_sentence(rng)}"), "")),
    "csv short-rows": (".csv", _between("title,body\n", _same("工,工\n"), "")),
    "csv quotes": (".csv", _between("title,body\n", _same('"'), "")),
    "csv commas": (".csv", _between("title,body\n", _same(","), "")),
}  # fmt: skip

HOSTILE: Mapping[str, tuple[str, Maker]] = {
    **{f"txt {name}": (".txt", make) for name, make in _TEXT.items()},
    **{f"html {name}": (".html", make) for name, make in _HTML.items()},
    **_OTHER,
}
"""Each kind: the ending of its file, and its maker."""
