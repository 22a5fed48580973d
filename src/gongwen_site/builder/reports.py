"""Where a reader reports an error: a mail or an issue, with what it is about filled in."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from gongwen_site.builder.publication import Publication

_FORM = re.compile(r"(?:/-)?/issues/new/?$")
_FORM_KEYS = {"/-": ("issue[title]", "issue[description]")}
"""What GitLab, whose paths have a `-`, calls what others (GitHub, Gitea, Forgejo) call title and body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report is about, as far as it is known: an article, a dump, lines of it in words, the page's address."""

    id: str | None = None
    title: str | None = None
    dump: str | None = None
    lines: str | None = None
    page: str | None = None


def report_link(publication: Publication, report: Report) -> str | None:
    """Return where a reader reports an error; None where the archive has no contact, or one that is no address.

    A mail address gets a letter, a form for new issues its fields filled in; any other page is linked as it is.
    """
    contact = publication.config.contact
    if not contact:
        return None
    subject, letter = _subject(publication, report), _letter(publication, report)
    if "@" in contact and "/" not in contact:
        address = contact.removeprefix("mailto:")
        return f"mailto:{address}?subject={quote(subject)}&body={quote(letter)}" if letter else f"mailto:{address}"
    form = _FORM.search(urlsplit(contact).path)
    if form is None or not letter or web_address(contact) is None:
        return web_address(contact)
    keys = _FORM_KEYS.get(form[0][:2], ("title", "body"))
    mark = "&" if urlsplit(contact).query else "?"
    return f"{contact}{mark}{urlencode(dict(zip(keys, (subject, letter), strict=True)), quote_via=quote)}"


def web_address(address: str) -> str | None:
    """Return an address that a reader may follow; None for anything but the web."""
    return address if re.match(r"https?://[^\s\"<>]+$", address, re.ASCII | re.IGNORECASE) else None


def _subject(publication: Publication, report: Report) -> str:
    about = " ".join(part for part in (report.id, report.title) if part) or report.dump or ""
    return " ".join(part for part in (publication.config.title, about) if part)


def _letter(publication: Publication, report: Report) -> str:
    """Return what is known, a line each, and room for what is wrong; empty if nothing is known."""
    known = [
        publication.say(f"report.{name}", value=value)
        for name in ("id", "title", "dump", "lines", "page")
        if (value := getattr(report, name))
    ]
    return "\n".join((*known, "", publication.say("report.ask"), "")) if known else ""
