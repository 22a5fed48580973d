"""`gongwen serve`: the site on this machine, rebuilt and reloaded when something it is made of changes.

One thread watches, loads and builds, one thing at a time; what changes meanwhile leads to another turn. One makes the page of
a record that was saved at once, for the time until a build has followed (`proofs`). The others answer requests (`serving`).
The pages come first: the search index, which takes longer, is made when nothing else is to be done, by a process of its own
that is stopped when something is (`indexer`).
"""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from gongwen_site.commands.indexer import Indexer
from gongwen_site.commands.paths import Folders
from gongwen_site.commands.proofs import Proofs
from gongwen_site.commands.review import review
from gongwen_site.commands.serving import Board, open_server
from gongwen_site.commands.watching import Sight, Watch, Work
from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.wording import wording

if TYPE_CHECKING:
    from gongwen_site.commands.build import Keep

_BUSY = "folder-busy"
_AGAIN = 0.5
"""Seconds after which something that another command was at is tried again."""
_LATER = 5.0
"""Seconds after which an index that could not be made is tried again."""
_TURN = 0.0005
"""Seconds after which who builds lets who answers have a turn: a page is a dozen turns, and ought not to wait for any."""
_REST = 1.0
"""Seconds for which nothing changes before the search index is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """How loading and building are done and told. Each returns its diagnostics, told already; raises GongwenError, OSError.

    `build` leaves the search index as it is where there is one, and tells what the site was built of, changed or not.
    """

    load: Callable[[], Iterable[Diagnostic]]
    build: Callable[["Keep"], Iterable[Diagnostic]]
    tell: Callable[[Iterable[Diagnostic]], object]
    announce: Callable[[str], None]


def serve(folders: Folders, port: int, workshop: Workshop) -> None:
    """Serve an archive's site until interrupted. Raises GongwenError if the port cannot be had."""
    sys.setswitchinterval(_TURN)
    board = Board()
    work = threading.Lock()

    def reviewed(query: str) -> str:
        with work:  # nothing is read while it is written
            return review(folders, query, board.words, board.notes)

    with open_server(folders, port, board, reviewed) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        workshop.announce(wording().say("serve_at", url=board.address(server.server_port)))
        proofs = Proofs(board)
        threading.Thread(target=proofs.run, daemon=True).start()
        turns = _Turns(folders, workshop, board, work, proofs)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it, it ends as at Ctrl-C
        try:
            turns.run()
        except KeyboardInterrupt:
            board.close()
            server.shutdown()
        finally:
            turns.indexer.stop()


@dataclass(slots=True)
class _Turns:
    """One turn after another: what must be done about what changed, then waiting for the next change."""

    folders: Folders
    workshop: Workshop
    board: Board
    lock: threading.Lock
    proofs: Proofs
    of_load: tuple[Diagnostic, ...] = ()
    is_indexed: bool = True
    watch: Watch = field(init=False)
    indexer: Indexer = field(init=False)

    def __post_init__(self) -> None:
        self.watch, self.indexer = Watch(self.folders), Indexer(self.folders)

    def run(self) -> None:
        work, sight = Work.LOAD, self.watch.look()
        while True:
            start = time.monotonic()
            self.indexer.stop()
            with self.lock:
                sight = self._turn(work, sight)
            if not self.board.problems:
                seconds = f"{time.monotonic() - start:.1f}"
                self.workshop.announce(wording().serve["rebuilt"].format(seconds=seconds))
            work, sight = self._next(work, sight)

    def _turn(self, work: Work, sight: Sight) -> Sight:
        """Do it; return the sight against which changes are told from then on."""
        self.board.begin()
        if work is Work.LOAD:
            self.of_load = self._tried(self.workshop.load, ())
            # What loading wrote is no change. Of what a person wrote meanwhile, building takes notice in any case.
            sight = sight._replace(records=self.watch.records())
        found = self._tried(partial(self.workshop.build, self.proofs.keep), self.of_load)
        self.is_indexed = False
        self.board.put(self.folders, (*self.of_load, *(one for one in found if one not in self.of_load)))
        return sight

    def _tried(
        self, station: Callable[[], Iterable[Diagnostic]], said: tuple[Diagnostic, ...]
    ) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of a station. Those that end it are told, unless they are `said` already."""
        try:
            return tuple(station())
        except GongwenError as failure:
            found = failure.diagnostics
        except OSError as failure:  # a file that went while it was read: the next change builds again
            place = Location(file=str(failure.filename)) if failure.filename else None
            found = (error("system-refused", place, reason=failure.strerror or str(failure)),)
        waiting = [one for one in self.board.problems if one.code == _BUSY]
        self.workshop.tell([one for one in found if one not in said and one not in waiting])
        return found

    def _next(self, work: Work, sight: Sight) -> tuple[Work, Sight]:
        """Wait for what is to be done next."""
        since = time.monotonic()
        while True:
            now = self.watch.look()
            if now != sight:
                now = self.watch.settled(now)
            if asked := now.work_since(sight):
                return asked, now
            if any(one.code == _BUSY for one in self.board.problems):
                time.sleep(_AGAIN)
                return work, sight
            if (code := self.indexer.ended()) is not None:
                self.board.indexed()
                if code:  # another command was at it, say
                    self.is_indexed, since = False, time.monotonic() + _LATER
            if not self.is_indexed and not self.board.problems and time.monotonic() > since + _REST:
                self.is_indexed = True
                self.indexer.begin()
            self.watch.rest()
