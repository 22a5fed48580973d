"""Addresses of the site's pages, relative to its top and percent-encoded. Pure; a published address never changes."""

import re
from urllib.parse import quote, unquote, urlsplit

ARTICLES_PER_PAGE = 50
"""Articles on one page of a list."""
LINES_PER_PAGE = 500
"""Lines of a dump on one page."""

HOME = ""
SEARCH = "search/"
DATA = "data/"
BASKET = "cite/"
CORRECTIONS = "corrections/"
ABOUT = "about/"
RIGHTS = "about/rights/"
SOURCES = "source/"
DATES = "date/"
REGIONS = "region/"
TOPICS = "topic/"
PAPERS = "paper/"
ANNIVERSARIES = "on/"
UNKNOWN = "unknown/"
NOT_FOUND = "404.html"
FEED = "feed.xml"
JSON_FEED = "feed.json"
ASSETS = "assets/"
_NUMBERED = re.compile(r"/page/([0-9]+)/$")


def article(name: str) -> str:
    """Return the address of an article by its id."""
    return f"a/{name}/"


def beside(name: str) -> str:
    """Return the address of an article as seen from the page of another."""
    return f"../{name}/"


def source(dump: str) -> str:
    """Return the address of a dump; its folders and its suffix are kept."""
    return f"{SOURCES}{quote(dump)}/"


def source_line(dump: str, line: int) -> str:
    """Return the address of a line of a dump, on whichever of its pages it stands."""
    return f"{numbered(source(dump), (line - 1) // LINES_PER_PAGE + 1)}#L{line}"


def source_row(dump: str, place: int, row: int) -> str:
    """Return the address of a row of a table, whose page follows from its article's place in the dump, from 0."""
    return f"{numbered(source(dump), place // LINES_PER_PAGE + 1)}#L{row}"


def date(iso: str) -> str:
    """Return the address of a year, month or day: 2024-11-05 to date/2024/11/05/."""
    return f"{DATES}{iso.replace('-', '/')}/"


def anniversary(month_day: str) -> str:
    """Return the address of a day in all years: 11-05 to on/11-05/."""
    return f"{ANNIVERSARIES}{month_day}/"


def region(address: str) -> str:
    """Return the address of a region by its address in the vocabulary: gansu/dingxi."""
    return f"{REGIONS}{address}/"


def topic(slug: str) -> str:
    """Return the address of a topic."""
    return f"{TOPICS}{slug}/"


def paper(slug: str) -> str:
    """Return the address of a newspaper or site."""
    return f"{PAPERS}{slug}/"


def numbered(base: str, number: int) -> str:
    """Return the address of a list's page: the list itself, then …/page/2/."""
    return base if number == 1 else f"{base}page/{number}/"


def number_of(path: str) -> int:
    """Return which page of its list an address is, from 1."""
    found = _NUMBERED.search(path)
    return int(found[1]) if found else 1


def root_of(path: str) -> str:
    """Return the relative way from a page to the top of the site: `./` from the home page, `../../` from a/x/."""
    return "../" * path.count("/") or "./"


def file_of(path: str) -> str:
    """Return the file that a server sends for an address, relative to the site's folder and decoded."""
    path = unquote(path)
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def base_path(base_url: str) -> str:
    """Return the path part of the base URL, with a slash at both ends."""
    path = quote(urlsplit(base_url).path.strip("/"), safe="/%")
    return f"/{path}/" if path else "/"


def whole_base(base_url: str) -> str | None:
    """Return the base URL with a slash at its end if it is a whole address, None if it is only a path."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}{base_path(base_url)}" if parts.scheme in {"http", "https"} else None
