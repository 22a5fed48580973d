"""Whether there is anything to build at all: told without reading a record, and without what building needs."""

from hashlib import blake2b
from pathlib import Path
from time import time_ns

from gongwen_site.commands import staging
from gongwen_site.commands.ground import own_folders, program_folders
from gongwen_site.commands.memory import Stamp, recall_summary, signature_of, stamps_below
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.report import SiteReport
from gongwen_site.commands.staging import MARK
from gongwen_site.records import journal


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
