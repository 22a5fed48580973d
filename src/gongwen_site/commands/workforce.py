"""Work done elsewhere, its results taken back in order: by processes of this machine, or any executor that is handed in.

What is given out is a function of a module and frozen values, all of which can be pickled. No result depends on who did
the work, or on how many there were.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import TypeVar

from gongwen_site.errors import GongwenError, error

_Label = TypeVar("_Label")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


def cores() -> int:
    """Return how many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Processes(ProcessPoolExecutor):
    """Processes of this machine: copies of this one where it can be copied, else started anew.

    Copies begin at once and share the memory that nobody changes. Only Linux is known to make them safely, and only of a
    process that has no other thread, which might hold a lock for ever in the copy.
    """

    def __init__(self, count: int) -> None:
        self.are_copies = sys.platform == "linux" and threading.active_count() == 1
        context = get_context("fork" if self.are_copies else "spawn")
        super().__init__(count, mp_context=context, initializer=_begin)


def are_copies(executor: Executor) -> bool:
    """Tell whether workers know what this process knew when it gave out its first task."""
    return isinstance(executor, _Processes) and executor.are_copies


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """Give an executor of so many processes; whatever stops the work, none of them is left behind."""
    executor = _Processes(count)
    try:
        yield executor
    finally:
        with _interrupts_held():
            executor.shutdown(wait=True, cancel_futures=True)


def in_order(
    executor: Executor,
    work: Callable[[_Task], _Result],
    tasks: Iterable[tuple[_Label, _Task | None]],
    *,
    ahead: int,
) -> Iterator[tuple[_Label, _Result | None]]:
    """Yield each label with the result of its task, None where it has none.

    So many tasks are given out `ahead` of the one whose result is waited for. Raises GongwenError if a worker is lost.
    """
    waiting: deque[tuple[_Label, Future[_Result] | None]] = deque()
    given = 0
    try:
        for label, task in tasks:
            with _interrupts_held():  # a process that is just being started does not know yet what to do with one
                waiting.append((label, None if task is None else executor.submit(work, task)))
            given += task is not None
            while waiting and (given > ahead or waiting[0][1] is None):
                first, future = waiting.popleft()
                given -= future is not None
                yield first, None if future is None else future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, None if future is None else future.result()
    except BrokenExecutor as failure:
        raise GongwenError(error("worker-lost")) from failure


@contextmanager
def _interrupts_held() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Make a process end without a word when it is interrupted, or when there is nobody left to work for.

    It looks for reference cycles seldom, as who gives out the work does, and never among what was there before.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
