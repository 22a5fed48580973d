"""`gongwen own`: a file of the program copied into the archive, where it can be changed and then stands for the program's."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from gongwen_site.commands.paths import Folders
from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.nearest import nearest
from gongwen_site.resources import static_folder, templates_folder
from gongwen_site.wording import word_files

_BUNDLED = ("static/js/search/", "static/js/cite/")
"""Modules that a bundle is made of: a copy of one would be read by nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """Files that can be had (`known`), by their names in the archive, or those that were copied (`copied`)."""

    known: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()


def own(folders: Folders, names: tuple[str, ...]) -> OwnReport:
    """Copy the files of these names into the archive; without names, tell which there are.

    Words are copied with a mark of comment before every line, since only those that are changed should stand there.
    Raises GongwenError if there is no archive, no such file, or a file of the archive's own already: then nothing is copied.
    """
    known = _known(folders)
    if not names:
        return OwnReport(known=tuple(known))
    if folders.root is None:
        raise GongwenError(error("archive-missing"))
    problems = []
    for name in names:
        if name not in known:
            problems.append(error("own-unknown", name=name, near=nearest(name, known)))
        elif (folders.root / name).exists():
            problems.append(error("own-exists", Location(file=str(folders.root / name))))
    if problems:
        raise GongwenError(problems)
    for name in names:
        target = folders.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if name.startswith("wording/"):
            lines = known[name].read_text(encoding="utf-8").splitlines()
            target.write_text("".join(f"# {line}".rstrip() + "\n" for line in lines), encoding="utf-8", newline="\n")
        else:
            shutil.copyfile(known[name], target)
    return OwnReport(copied=names)


def _known(folders: Folders) -> dict[str, Path]:
    language = folders.config().language
    found: dict[str, Path] = {}
    for prefix, folder in (("templates", templates_folder()), ("static", static_folder())):
        for path in sorted(folder.rglob("*")):
            name = f"{prefix}/{path.relative_to(folder).as_posix()}"
            if path.is_file() and not name.startswith(_BUNDLED):
                found[name] = path
    return {**found, **{f"wording/{language}/{path.name}": path for path in word_files(language)}}
