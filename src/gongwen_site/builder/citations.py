"""How to cite an article: GB/T 7714—2025 and its forerunner of 2015, RIS, BibTeX, CSL-JSON.

The two standards' form of a newspaper article is formatted here, since it is one kind of item; tests compare it with
what citeproc-js makes of the styles of the Citation Style Language project. A date that the archive inferred stands in
square brackets, as both standards ask of an estimated year. There is no citation date on a newspaper item.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from gongwen_site.builder.display import Display
from gongwen_site.builder.facets import is_inferred
from gongwen_site.builder.people import authors, institution
from gongwen_site.builder.views import CitationView, Download
from gongwen_site.records.article import Article

_SITE = re.compile(r"(?:网|网站|在线|客户端|公众号|微信|微博|频道|平台)$")
_DASHES = "—-－ "
_MOST_AUTHORS = 3
_PUNCTUATION = {"2025": ("，", "（", "）"), "2015": (", ", "(", ")")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a citation is made of. `date` is as far as known.

    `is_site`: read on a web site that is no newspaper; `is_body`: its author is no person but a body.
    """

    id: str
    title: str
    authors: tuple[str, ...] = ()
    container: str | None = None
    date: str | None = None
    estimated: bool = False
    page: str | None = None
    url: str | None = None
    accessed: str | None = None
    is_site: bool = False
    is_body: bool = False


def reference_of(article: Article, display: Display, own_url: str | None) -> Reference:
    """Return the reference of an article. One whose newspaper is unknown is cited at its address in the archive."""
    title = " ".join(display.text(article.title).split())
    if article.deck and not article.title_supplied:
        title += display.phrases.say("citation.subtitle", text=display.text(article.deck).strip(_DASHES))
    body = institution(article)
    return Reference(
        id=article.id,
        title=title,
        authors=(body,) if body else authors(article),
        is_body=body is not None,
        container=article.source,
        date=article.date,
        estimated=is_inferred(article),
        page=article.page,
        url=article.url or (own_url if article.source is None else None),
        accessed=article.accessed if article.url else None,
        is_site=bool(article.source and _SITE.search(article.source)),
    )


def national_standard(reference: Reference, edition: str) -> str:
    """Return the reference after GB/T 7714 of `edition` 2025 or 2015, without a number."""
    comma, opening, closing = _PUNCTUATION[edition]
    if reference.is_site:
        return _web_page(reference, comma, opening, closing)
    medium = "[N/OL]" if reference.url else "[N]"
    host = comma.join(part for part in (reference.container, _date(reference)) if part)
    if reference.page:
        host += f"{opening}{reference.page}{closing}"
    return _joined(reference, comma, medium, host)


def _web_page(reference: Reference, comma: str, opening: str, closing: str) -> str:
    date = _date(reference)
    host = comma.join(
        part for part in (reference.container, date[: 5 if date.startswith("[") else 4].strip("[]")) if part
    )
    if date:
        host += f"{opening}{date}{closing}"
    if reference.accessed:
        host += f"[{reference.accessed}]"
    return _joined(reference, comma, "[EB/OL]" if reference.url else "[EB]", host)


def _joined(reference: Reference, comma: str, medium: str, host: str) -> str:
    authors = comma.join(reference.authors[:_MOST_AUTHORS])
    if len(reference.authors) > _MOST_AUTHORS:
        authors += f"{comma}等"
    parts = (authors, f"{reference.title}{medium}", host, reference.url or "")
    return ". ".join(part for part in parts if part) + "."


def _date(reference: Reference) -> str:
    if not reference.date:
        return ""
    return f"[{reference.date}]" if reference.estimated else reference.date


def csl_item(reference: Reference) -> dict[str, Any]:
    """Return the reference as an item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": reference.id,
        "type": "webpage" if reference.is_site else "article-newspaper",
        "title": reference.title,
        "language": "zh-CN",
    }
    if reference.authors:
        item["author"] = [{"literal": name} for name in reference.authors]
    if reference.container:
        item["container-title"] = reference.container
    if reference.date:
        item["issued"] = _date_parts(reference.date)
        if reference.estimated:
            item["issued"]["circa"] = True
    if reference.page:
        item["page"] = reference.page
    if reference.url:
        item["URL"] = reference.url
    if reference.accessed:
        item["accessed"] = _date_parts(reference.accessed)
    return item


def _date_parts(iso: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in re.findall(r"\d+", iso)[:3]]]}


def ris(reference: Reference) -> str:
    """Return the reference as RIS, the tagged format of reference managers."""
    fields = [("TY", "ELEC" if reference.is_site else "NEWS"), ("ID", reference.id), ("TI", reference.title)]
    fields += [("AU", name) for name in reference.authors]
    if reference.container:
        fields.append(("T2", reference.container))
    if reference.date:
        year, month, day = [*reference.date.split("-"), "", ""][:3]
        fields += [("PY", year), ("DA", f"{year}/{month}/{day}/")]
    for tag, value in (("SP", reference.page), ("UR", reference.url), ("Y2", reference.accessed)):
        if value:
            fields.append((tag, value))
    fields += [("LA", "zh-CN"), ("ER", "")]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)


_BIBTEX_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_"} | {"{": r"\{", "}": r"\}", "\\": r"\textbackslash{}"})


def bibtex(reference: Reference, note: str | None) -> str:
    """Return the reference for BibLaTeX, with a `note`, which says that a date is inferred."""
    fields = {
        "author": " and ".join(f"{{{name.translate(_BIBTEX_SPECIAL)}}}" for name in reference.authors),
        "title": _braced(reference.title),
        "journaltitle": _braced(reference.container),
        "date": reference.date or "",
        "pages": _braced(reference.page),
        "url": reference.url or "",
        "urldate": reference.accessed or "",
        "note": _braced(note),
        "langid": "chinese",
    }
    kind = "online" if reference.is_site else "article"
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{reference.id},\n" + ",\n".join(lines) + "\n}\n"


def _braced(value: str | None) -> str:
    return _one_line(value).translate(_BIBTEX_SPECIAL) if value else ""


def _one_line(value: str) -> str:
    return " ".join(value.split())


def citation_view(reference: Reference, labels: Mapping[str, Any], estimated_note: str) -> CitationView:
    """Return all forms of a citation. `labels` name the downloads."""
    tex = bibtex(reference, estimated_note if reference.estimated else None)
    csl = json.dumps([csl_item(reference)], ensure_ascii=False, indent=1)
    files = (
        ("ris", "ris", "application/x-research-info-systems", ris(reference)),
        ("bibtex", "bib", "application/x-bibtex", tex),
        ("csl", "json", "application/vnd.citationstyles.csl+json", csl),
    )
    return CitationView(
        main=national_standard(reference, "2025"),
        plain=(national_standard(reference, "2015"), tex),
        downloads=tuple(
            Download(
                text=str(labels[label]),
                name=f"{reference.id}.{suffix}",
                href=f"data:{kind};charset=utf-8,{quote(content, safe='')}",
            )
            for label, suffix, kind, content in files
        ),
    )
