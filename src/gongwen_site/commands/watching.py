"""What an archive's site is made of, looked at again and again: what has changed, and what must be done about it.

Files are told apart by size, time and inode: no further library, and the same on every system and file system. The pause
between two looks grows with what a look takes, so that watching never takes more than a fifth of a core.
"""

import time
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple, TypeVar

from gongwen_site.commands.ground import own_folders, program_folders
from gongwen_site.commands.memory import NEVER_FRESH, Stamp, stamps_below
from gongwen_site.commands.paths import Folders
from gongwen_site.config import FILE_NAME
from gongwen_site.resources import PACKAGE

_PAUSE = 0.1
"""Seconds between two looks at a small archive."""
_SHARE = 4
"""How many times as long as a look takes it is waited for the next."""
_QUIET = 0.03
"""Seconds for which nothing may change before a change is taken for whole: many an editor writes twice."""
_PATIENCE = 10.0
"""Seconds after which something that never rests is taken as it is."""

_Stamps = dict[str, Stamp]
_Seen = TypeVar("_Seen")


class Work(IntEnum):
    """What a change asks for; the greater includes the smaller."""

    NONE = 0
    BUILD = 1
    LOAD = 2


class Sight(NamedTuple):
    """The stamps of all files at one moment: those that loading reads, the records, those that building alone reads."""

    sources: tuple[_Stamps, ...]
    records: _Stamps
    pages: tuple[_Stamps, ...]

    def work_since(self, before: "Sight") -> Work:
        """Return what is to be done about the changes since then.

        Vocabularies and settings decide tags, and of a record that came or went the register must know: that is loaded.
        """
        if self.sources != before.sources or self.records.keys() != before.records.keys():
            return Work.LOAD
        return Work.BUILD if self != before else Work.NONE


class Watch:
    """Looks at the files of an archive, and of the program as far as it can take them up as it runs."""

    def __init__(self, folders: Folders) -> None:
        own = own_folders(folders.root)
        deciding = {FILE_NAME, "vocabulary"}
        self._articles = folders.articles
        self._sources = (folders.seeds, *(path for path in own if path.name in deciding))
        program = (path for path in program_folders() if path != PACKAGE)  # code that runs is not read again
        self._pages = (*(path for path in own if path.name not in deciding), *program)
        self._took = 0.0

    def look(self) -> Sight:
        """Look at everything."""
        start = time.monotonic()
        sources = tuple(stamps_below(path, NEVER_FRESH) for path in self._sources)
        pages = tuple(stamps_below(path, NEVER_FRESH) for path in self._pages)
        sight = Sight(sources, self.records(), pages)
        self._took = time.monotonic() - start
        return sight

    def records(self) -> _Stamps:
        """Look at the records alone."""
        return stamps_below(self._articles, NEVER_FRESH)

    def rest(self) -> None:
        """Wait until it is time to look again."""
        time.sleep(max(_PAUSE, _SHARE * self._took))

    def settled(self, sight: Sight) -> Sight:
        """Return what there is once nothing changes any more."""
        return settled(self.look, sight)


def settled(look: Callable[[], _Seen], seen: _Seen) -> _Seen:
    """Return what looking shows once nothing changes any more; `seen` is what it has shown."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        time.sleep(_QUIET)
        now = look()
        if now == seen:
            break
        seen = now
    return seen
