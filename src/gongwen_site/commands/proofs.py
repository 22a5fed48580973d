"""Proofs: the page of a record that was saved just now, made at once of what the last build knew, until a build has followed.

A build of many articles takes seconds. Who edits one sees its page: only the records of the pages that were asked for lately
are looked at, which takes no time, so often that none is waited for. What stands around an article in its page (neighbours,
related ones, counts) is that of the last build. A proof is in memory alone: the site's files are those of the last build.
"""

import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongwen_site.builder import paths
from gongwen_site.commands.memory import Stamp, stamp_of
from gongwen_site.commands.serving import Board
from gongwen_site.commands.watching import settled
from gongwen_site.errors import GongwenError

if TYPE_CHECKING:  # a build brings what it is made with; until then the server need not wait for it
    from gongwen_site.builder.products import Edition
    from gongwen_site.builder.stacks import Stacks

_PAUSE = 0.03
"""Seconds between two looks at a few files."""


class Proofs:
    """Makes proofs and puts them up, in a thread of its own. What a build ended with is handed in by another."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._lock = threading.Lock()
        self._last: tuple[Stacks, Edition] | None = None
        self._pages: dict[str, bytes] = {}

    def keep(self, stacks: "Stacks", edition: "Edition") -> None:
        """Take what the site was built of just now. A proof of what that build had not read yet is made anew."""
        with self._lock:
            self._last = (stacks, edition)
            names, self._pages = list(self._pages), {}
            self._make(names)

    def run(self) -> None:
        """Look for records that were saved, and make their pages, for good."""
        seen: dict[str, Stamp] = {}
        last = self._last
        while True:
            time.sleep(_PAUSE)
            now = self._look()
            if now == seen and self._last is last:
                continue
            now = settled(self._look, now)
            with self._lock:
                names = [name for name, stamp in now.items() if seen.get(name) != stamp]
                if self._last is not last:
                    names += self._board.asked[-1:]
                seen, last = now, self._last
                self._pages = {name: page for name, page in self._pages.items() if name in seen}
                self._make(names)

    def _look(self) -> dict[str, Stamp]:
        """Return the stamps of the records whose pages were asked for, by id."""
        if self._last is None:
            return {}
        stacks, edition = self._last
        cards = edition.publication.archive.by_id
        return {name: stamp_of(stacks.folder / cards[name].file) for name in self._board.asked if name in cards}

    def _make(self, names: Iterable[str]) -> None:
        """Make proofs where records are not those that were built; one that cannot be made leaves what there is."""
        for name in names:
            try:
                page = self._proof(name)
            except GongwenError:  # the build says what is wrong
                continue
            self._pages.pop(name, None)
            if page is not None:
                self._pages[name] = page
        self._board.show({paths.article(name): page for name, page in self._pages.items()})

    def _proof(self, name: str) -> bytes | None:
        """Return the page of an article as its record is now, None if that is as it was built. Raises GongwenError.

        It is made in any case: when the record is saved, its template and its ledger are at hand.
        """
        if self._last is None:
            return None
        stacks, edition = self._last
        archive = edition.publication.archive
        if name not in archive.by_id:
            return None
        record = stacks.again(archive.by_id[name].file)
        if record.card.id != name:
            return None
        page = edition.proof(record.card)
        return None if record.digest == archive.digests[name] else page
