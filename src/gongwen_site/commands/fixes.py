"""A dump read with the fix file that lies beside it: `seeds/a.txt` with `seeds/a.txt.fix.yaml`."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gongwen_site.errors import Diagnostic, FixError, Location, RecordError, error, note
from gongwen_site.loader.fixes import apply_fixes
from gongwen_site.loader.read import read_dump
from gongwen_site.records.archive import read_text
from gongwen_site.records.fixfile import SUFFIX, parse_fixes
from gongwen_site.records.reading import Reading, Seed

_SHA256 = re.compile(r"^sha256[ \t]*:[ \t]*['\"]?([0-9a-f]{64})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixFiles:
    """The fix files of a seeds folder: those beside a dump by the dump's path, the others by the dump's SHA-256."""

    beside: Mapping[str, Path]
    stray: Mapping[str, Path]
    lost: tuple[Path, ...]

    def of(self, seed: Seed) -> tuple[Path | None, tuple[Diagnostic, ...]]:
        """Return the fix file of a dump. One that kept the old name of a renamed dump is still its, with a note."""
        if seed.path in self.beside:
            return self.beside[seed.path], ()
        stray = self.stray.get(seed.sha256)
        if stray is None:
            return None, ()
        name = Path(seed.path).name
        return stray, (note("fix-dump-renamed", Location(file=str(stray)), dump=seed.path, name=name + SUFFIX),)

    def without_dump(self, dumps: Iterable[Seed]) -> tuple[Diagnostic, ...]:
        """Return an error for every fix file that none of the dumps has use for."""
        used = {self.stray[seed.sha256] for seed in dumps if seed.sha256 in self.stray}
        idle = sorted({*self.lost, *self.stray.values()} - used)
        return tuple(error("fix-without-dump", Location(file=str(path))) for path in idle)


def find_fix_files(seeds: Path) -> FixFiles:
    """Return the fix files under a seeds folder."""
    beside: dict[str, Path] = {}
    stray: dict[str, Path] = {}
    lost: list[Path] = []
    for path in sorted(seeds.rglob(f"*{SUFFIX}")):
        dump = path.with_name(path.name.removesuffix(SUFFIX))
        if dump.is_file():
            beside[dump.relative_to(seeds).as_posix()] = path
            continue
        try:
            bound = _SHA256.search(read_text(path, str(path)))
        except RecordError:
            bound = None
        if bound is None or bound[1] in stray:
            lost.append(path)
        else:
            stray[bound[1]] = path
    return FixFiles(beside=beside, stray=stray, lost=tuple(lost))


@dataclass(frozen=True, slots=True, kw_only=True)
class FixText:
    """What a fix file holds; `problems` are why it cannot be read."""

    file: str
    text: str = ""
    problems: tuple[Diagnostic, ...] = ()


def read_fix_file(file: Path | None) -> FixText | None:
    """Return what a fix file holds, None for none."""
    if file is None:
        return None
    try:
        return FixText(file=str(file), text=read_text(file, str(file)))
    except RecordError as failure:
        return FixText(file=str(file), problems=failure.diagnostics)


def read_with_fixes(seed: Seed, file: Path | None) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """Return a dump's reading, corrected by its fix file; uncorrected, with the reasons, where that cannot be applied."""
    return with_fixes(read_dump(seed), read_fix_file(file))


def with_fixes(reading: Reading, fix: FixText | None) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """Return a reading as `read_with_fixes` does."""
    if fix is None or fix.problems:
        return reading, fix.problems if fix else ()
    try:
        fixed = apply_fixes(reading, parse_fixes(fix.text, fix.file))
    except (FixError, RecordError) as failure:
        return reading, failure.diagnostics
    return replace(fixed, fix=hashlib.sha256(fix.text.encode()).hexdigest()), ()
