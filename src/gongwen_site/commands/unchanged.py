"""Whether there is anything to load or build at all: told without reading a record, and without what the work needs."""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import sleep, time_ns

from gongwen_site.commands import staging
from gongwen_site.commands.ground import own_folders, program_folders
from gongwen_site.commands.load_report import LoadReport
from gongwen_site.commands.memory import (
    Memory,
    Stamp,
    Summary,
    recall_summary,
    remember,
    signature_of,
    stamps_below,
)
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.report import SiteReport
from gongwen_site.commands.staging import MARK
from gongwen_site.records import journal

_MOMENT = 0.03
"""Seconds after which a file's time tells whether it is written again."""


def unchanged(folders: Folders, base_url: str | None, *, search: bool) -> SiteReport | None:
    """Return the report of the site as it is if a build would change nothing; None if that cannot be told so soon."""
    output = folders.output.resolve()
    if journal.is_unfinished(folders.articles) or staging.is_unfinished(output):
        return None
    summary = recall_summary(memory_file(folders, output))
    if summary is None or not summary.signature or summary.stamp != mark_of(output):
        return None
    if look(folders, base_url, search=search).signature != summary.signature:
        return None
    return SiteReport.recalled(summary.report, str(folders.output))


def unchanged_load(folders: Folders) -> LoadReport | None:
    """Return the report of a load that would change nothing; None if that cannot be told so soon."""
    if journal.is_unfinished(folders.articles) or not folders.seeds.is_dir():
        return None
    summary = recall_summary(_load_file(folders))
    if summary is None or not summary.signature:
        return None
    if _load_signature(folders, look_at_dumps(folders), time_ns()) != summary.signature:
        return None
    return LoadReport.recalled(summary.report)


def look_at_dumps(folders: Folders) -> dict[str, Stamp]:
    """Look at the dumps and fix files, without reading them."""
    return stamps_below(folders.seeds, time_ns())


def remember_load(folders: Folders, dumps: dict[str, Stamp], report: LoadReport) -> None:
    """Remember a load of dumps that were looked at before it, if it may be relied on and a cache can be kept."""
    signature = _load_signature(folders, dumps, time_ns())
    if not signature and all(stamp.time for stamp in dumps.values()):
        sleep(_MOMENT)  # what it wrote last is too fresh to be told by its time
        signature = _load_signature(folders, dumps, time_ns())
    with suppress(OSError):  # without it the next load takes longer
        remember(_load_file(folders), Summary(signature, b"", report.remembered()), Memory())


def _load_signature(folders: Folders, dumps: dict[str, Stamp], now: int) -> bytes:
    others = [stamps_below(folder, now) for folder in (*program_folders(), *own_folders(folders.root))]
    articles = stamps_below(folders.articles, now)
    places = (str(folders.seeds.resolve()), str(folders.articles.resolve()))
    return signature_of((dumps, articles, *others), *places)


def _load_file(folders: Folders) -> Path:
    name = blake2b(f"{folders.seeds.resolve()}\n{folders.articles.resolve()}".encode(), digest_size=6).hexdigest()
    return folders.cache / f"load-{name}.memory"


class Look:
    """What lay in the folders at one moment: the stamps of the files in `articles`, and the signature of everything."""

    def __init__(self, articles: dict[str, Stamp], signature: bytes) -> None:
        self.articles, self.signature = articles, signature


def look(folders: Folders, base_url: str | None, *, search: bool) -> Look:
    """Look at all that a site is made of, without reading it."""
    now = time_ns()
    articles = stamps_below(folders.articles, now)
    seeds = stamps_below(folders.seeds, now)
    others = [stamps_below(folder, now) for folder in (*program_folders(), *own_folders(folders.root))]
    return Look(articles, signature_of((articles, seeds, *others), base_url, search, str(folders.articles.resolve())))


def memory_file(folders: Folders, output: Path) -> Path:
    """Return where a build of these folders is remembered."""
    name = blake2b(f"{folders.articles.resolve()}\n{output}".encode(), digest_size=6).hexdigest()
    return folders.cache / f"build-{name}.memory"


def mark_of(output: Path) -> bytes:
    """Return what marks a site, nothing if there is none."""
    try:
        return (output / MARK).read_bytes()
    except OSError:
        return b""
