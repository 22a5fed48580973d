"""How to cite an article: GB/T 7714—2025, its forerunner of 2015, APA.

One kind of item, a newspaper's article or a news site's page, is formatted here. `tests/contract/citations.yaml` holds each
form to what citeproc-js makes of the styles of the Citation Style Language project, with the reason wherever it differs:
a date that the archive inferred stands in square brackets, as the national standard asks of an estimated one.

RIS, BibTeX, CSL-JSON and a list of chosen articles are made by `static/js/cite/` of what a page says of itself: of its
metadata, and of what stands on the citation because no metadata can say it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongwen_site.builder.display import Display
from gongwen_site.builder.people import authors, institution
from gongwen_site.builder.views import CitationView, CitedForm
from gongwen_site.records.article import Article, DateCertainty

_SITE = re.compile(r"(?:网|网站|在线|客户端|公众号|微信|微博|频道|平台)$")
_DASHES = "—-－ "
_MOST_AUTHORS = 3
_MOST_APA_AUTHORS = 20
_PUNCTUATION = {"2025": ("，", "（", "）"), "2015": (", ", "(", ")")}
_APA_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ENDS = "。．.？！?!…"
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a citation is made of. `date` and `accessed` are as far as known; a supplied title is in square brackets.

    `is_site`: read on a web site that is no newspaper; `is_body`: its author is no person but a body. `notes` say what in it
    is not as printed.
    """

    title: str
    authors: tuple[str, ...] = ()
    container: str | None = None
    date: str | None = None
    estimated: bool = False
    page: str | None = None
    url: str | None = None
    accessed: str | None = None
    notes: tuple[str, ...] = ()
    is_site: bool = False
    is_body: bool = False


def reference_of(article: Article, display: Display, own_url: str | None) -> Reference:
    """Return the reference of an article. One whose newspaper is unknown is cited at `own_url`, its address in the archive."""
    say = display.phrases.say
    title = " ".join(display.text(article.title).split())
    if article.title_supplied:
        title = f"[{title}]"
    elif article.deck:
        title += say("citation.subtitle", text=" ".join(display.text(article.deck).split()).strip(_DASHES))
    body = institution(article)
    is_site = bool(article.source and _SITE.search(article.source))
    marks = {"estimated": article.date_certainty is DateCertainty.INFERRED, "supplied": article.title_supplied}
    return Reference(
        title=title,
        authors=(body,) if body else authors(article),
        is_body=body is not None,
        container=article.source,
        date=article.date,
        estimated=article.date_certainty is DateCertainty.INFERRED,
        page=article.page,
        url=article.url or (own_url if article.source is None else None),
        accessed=article.accessed if article.url and _DAY.fullmatch(article.accessed or "") else None,
        notes=tuple(say(f"citation.{name}") for name, holds in marks.items() if holds),
        is_site=is_site,
    )


def national_standard(reference: Reference, edition: str) -> str:
    """Return the reference after GB/T 7714 of `edition` 2025 or 2015, without a number.

    A newspaper's article is 析出文献; a news site's page an electronic resource. Only the edition of 2015 says when an article
    was read, and writes Latin names in capitals.
    """
    comma, opening, closing = _PUNCTUATION[edition]
    former = edition == "2015"
    names = [name.upper() if former else name for name in reference.authors[:_MOST_AUTHORS]]
    if len(reference.authors) > _MOST_AUTHORS:
        names.append("等")
    read = f"[{reference.accessed}]" if reference.accessed and reference.url else ""
    if reference.is_site:
        medium, host = "EB", _web_host(reference, comma, opening, closing) + read
    else:
        medium, host = "N", comma.join(part for part in (reference.container, _date(reference)) if part)
        host += f"{opening}{reference.page}{closing}" if reference.page else ""
        host += read if former else ""
    title = f"{reference.title}[{medium}/OL]" if reference.url else f"{reference.title}[{medium}]"
    return ". ".join(part for part in (comma.join(names), title, host, reference.url) if part) + "."


def _web_host(reference: Reference, comma: str, opening: str, closing: str) -> str:
    """Return when a page appeared; without its address also on which site and in which year."""
    date = _date(reference)
    dated = f"{opening}{date}{closing}" if date else ""
    if reference.url:
        return dated
    year = (reference.date or "")[:4]
    parts = (reference.container, f"[{year}]" if year and reference.estimated else year)
    return comma.join(part for part in parts if part) + dated


def _date(reference: Reference) -> str:
    if not reference.date:
        return ""
    return f"[{reference.date}]" if reference.estimated else reference.date


def apa(reference: Reference) -> str:
    """Return the reference after the Publication Manual of the APA, 7th edition; names and titles stay in Chinese."""
    names = list(reference.authors)
    if len(names) > _MOST_APA_AUTHORS:
        people = ", ".join(names[: _MOST_APA_AUTHORS - 1]) + f", … {names[-1]}"
    elif len(names) > 2:
        people = ", ".join(names[:-1]) + f", & {names[-1]}"
    else:
        people = " & ".join(names)
    host = ", ".join(part for part in (reference.container, reference.page) if part)
    parts = [f"({_apa_date(reference)})", host]
    parts[:0] = [people] if people else [reference.title]
    if people:
        parts.insert(2, reference.title)
    shown = " ".join(part if part[-1] in _ENDS else f"{part}." for part in parts if part)
    if not reference.url:
        return shown
    if reference.date or not reference.accessed:
        return f"{shown} {reference.url}"
    return f"{shown} Retrieved {_english(reference.accessed)}, from {reference.url}"


def _apa_date(reference: Reference) -> str:
    if not reference.date:
        return "n.d."
    year, *rest = reference.date.split("-")
    shown = " ".join((_APA_MONTHS[int(rest[0]) - 1], *(str(int(day)) for day in rest[1:]))) if rest else ""
    whole = ", ".join(part for part in (year, shown) if part)
    return f"ca. {whole}" if reference.estimated else whole


def _english(iso: str) -> str:
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = _APA_MONTHS[int(rest[0]) - 1]
    return f"{month} {int(rest[1])}, {year}" if len(rest) > 1 else f"{month} {year}"


def citation_view(reference: Reference, labels: Mapping[str, str]) -> CitationView:
    """Return the forms of a citation. `labels` name them: gbt2025, gbt2015, apa."""
    forms = {
        "gbt2025": national_standard(reference, "2025"),
        "gbt2015": national_standard(reference, "2015"),
        "apa": apa(reference),
    }
    return CitationView(
        main=forms["gbt2025"],
        others=tuple(
            CitedForm(style=style, name=labels[style], text=text) for style, text in forms.items() if style != "gbt2025"
        ),
        is_site=reference.is_site,
        circa=reference.estimated,
        accessed=reference.accessed,
        note="; ".join(reference.notes),
    )
