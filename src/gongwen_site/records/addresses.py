"""The list `articles/addresses.csv`: every address of a list or dump that was ever published, append-only, like the register.

Columns: address (relative to the site, percent-encoded), pages, name. A region, topic or newspaper that loses its last
article, a day that turns out to be another, a slug or dump that is renamed: what was published stays an address, with a
notice. A list that grew has a further line; the greatest number of pages counts, so that two branches can be merged.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from gongwen_site.errors import Location, RecordError, error
from gongwen_site.records.dates import is_date

FILE_NAME = "addresses.csv"
HEADER = ("address", "pages", "name")
_ADDRESS = re.compile(r"(?:date|on|paper|region|source|topic)/(?:[\w.~!$&'()*+,;=:@%-]+/)+", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An address that was published, on how many pages, and the name of what it lists: 甘肃省/定西市."""

    address: str
    pages: int
    name: str


def missing_from(known: Iterable[Address], found: Iterable[Address]) -> tuple[Address, ...]:
    """Return what is found and not known, or known with fewer pages, in the order of the addresses."""
    pages = {entry.address: entry.pages for entry in latest(known).values()}
    new = (entry for entry in found if entry.pages > pages.get(entry.address, 0))
    return tuple(sorted(new, key=lambda entry: entry.address))


def latest(entries: Iterable[Address]) -> Mapping[str, Address]:
    """Return one entry an address: that with most pages."""
    found: dict[str, Address] = {}
    for entry in entries:
        if entry.address not in found or entry.pages > found[entry.address].pages:
            found[entry.address] = entry
    return found


def _is_address(text: str) -> bool:
    """Tell whether a text is an address of a list or dump that leads nowhere else."""
    parts = unquote(text).removesuffix("/").split("/")
    return bool(_ADDRESS.fullmatch(text)) and not any(part in {"", ".", ".."} for part in parts)


def _is_name(address: str, name: str) -> bool:
    """Tell whether a name is one that pages can show: of a day its date."""
    kind = address.split("/", 1)[0]
    if kind == "on":
        return is_date(f"2000-{name}") and len(name) == 5
    return kind != "date" or not name or is_date(name)


def render_addresses(entries: Iterable[Address], *, header: bool) -> str:
    """Return lines of the list as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(HEADER)
    writer.writerows((entry.address, entry.pages, entry.name) for entry in entries)
    return out.getvalue()


def parse_addresses(text: str, file: str) -> tuple[Address, ...]:
    """Return the addresses that a file holds. Raises `RecordError`."""
    entries = []
    rows = csv.reader(io.StringIO(text))
    for row in rows:
        if not row or tuple(row) == HEADER:  # a merge may leave the header twice
            continue
        try:
            address, pages, name = row
            if (
                not _is_address(address)
                or not _is_name(address, name)
                or not re.fullmatch(r"[1-9]\d{0,5}", pages, re.ASCII)
            ):
                raise ValueError(address)
            entries.append(Address(address, int(pages), name))
        except ValueError as failure:
            raise RecordError(error("addresses-damaged", Location(file=file, line=rows.line_num))) from failure
    return tuple(entries)
