"""`gongwen export`: what can be carried away of a built site, into its `data/`: archive.sqlite and the offline edition."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from gongwen_site.builder.data import (
    CHECKSUMS,
    COMPRESSED,
    JSON_LINES,
    articles_json_lines,
    published_json_lines,
    with_exported,
)
from gongwen_site.builder.dump_text import DumpTexts
from gongwen_site.builder.holdings import holdings_of
from gongwen_site.builder.paths import DATA, file_of
from gongwen_site.builder.withheld import withheld_from
from gongwen_site.commands.custody import articles_read, site_changed
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.staging import MARK, Staged
from gongwen_site.config import Config
from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.export.database import write_database
from gongwen_site.export.offline import write_offline
from gongwen_site.records.archive import Archive, read_archive
from gongwen_site.records.disclosure import disclosed
from gongwen_site.resources import static_folder
from gongwen_site.wording import Wording, wording

DATABASE = "archive.sqlite"
OFFLINE = "offline.zip"
_SCRIPT = "js/search/offline.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written, each with its size in bytes; `files` are those in the offline edition.

    The diagnostics tell what an earlier command had left.
    """

    database: str
    database_bytes: int
    offline: str
    offline_bytes: int
    files: int
    diagnostics: tuple[Diagnostic, ...] = ()


def export(folders: Folders) -> ExportReport:
    """Write both files, and name them on the data page and in its checksums: all of that or nothing.

    They hold what the site publishes, no more: of excerpts the beginning, of withdrawn articles nothing. Raises GongwenError.
    """
    site = folders.output.resolve()
    if not site.parent.is_dir():
        raise GongwenError(error("site-missing", Location(file=str(folders.output))))
    with articles_read(folders.articles, "export") as undone, site_changed(site, "export") as left:
        if not (site / MARK).is_file() or not any((site / lines).is_file() for lines in (JSON_LINES, COMPRESSED)):
            raise GongwenError(error("site-missing", Location(file=str(folders.output))))
        try:
            report = _export(folders, site)
        except OSError as failure:
            place = Location(file=str(failure.filename or folders.output))
            raise GongwenError(error("file-unwritable", place, reason=failure.strerror or str(failure))) from failure
    return replace(report, diagnostics=(*undone, *left))


def _export(folders: Folders, site: Path) -> ExportReport:
    config = folders.config()
    archive = disclosed(read_archive(folders.articles), config.disclosure)
    holdings = holdings_of(archive)
    archive = withheld_from(holdings, DumpTexts(folders.seeds, holdings.heads)).cleaned(archive)
    if published_json_lines(site) != articles_json_lines(archive.articles).encode():
        raise GongwenError(error("site-stale", Location(file=str(folders.output))))
    words = wording(config.language, folders.root)
    with Staged(site) as staged:
        data = staged.folder / DATA
        data.mkdir()
        database, offline = data / DATABASE, data / OFFLINE
        write_database(archive, database, about=_about(archive, config), words=words.site["database"])
        script = (static_folder() / _SCRIPT).read_text(encoding="utf-8")
        files = write_offline(site, offline, script=script)
        report = ExportReport(
            database=str(folders.output / DATA / DATABASE),
            database_bytes=database.stat().st_size,
            offline=str(folders.output / DATA / OFFLINE),
            offline_bytes=offline.stat().st_size,
            files=files,
        )
        _name(site, staged, words, (database, offline))
        staged.commit()
    return report


def _about(archive: Archive, config: Config) -> dict[str, str]:
    """Return what the database says of itself. The rules of an address are those of the site."""
    said = {"title": config.title, "description": config.description, "rights": config.rights, "site": config.base_url}
    return {**{name: value for name, value in said.items() if value}, "articles": str(len(archive.articles))}


def _name(site: Path, staged: Staged, words: Wording, files: tuple[Path, ...]) -> None:
    """Name files on the data page and in the checksums, once, whatever an earlier export wrote there."""
    notes = {file.name: (words.site["data"][file.stem], file.stat().st_size) for file in files}
    page = (site / file_of(DATA)).read_text(encoding="utf-8")
    staged.write(file_of(DATA), with_exported(page, notes).encode())
    sums = (site / CHECKSUMS).read_text(encoding="utf-8")
    kept = [line for line in sums.splitlines() if line.split("  ")[-1] not in notes]
    new = [f"{_digest(file)}  {file.name}" for file in files]
    staged.write(CHECKSUMS, "".join(f"{line}\n" for line in (*kept, *new)).encode())


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
