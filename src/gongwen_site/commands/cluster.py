"""A Dask cluster as the executor that does the work: the way past one machine, with the extra `dask`.

Its workers run the same version of the program and see the archive's folders by the same paths, as on a shared disk. What
they make is what processes of this machine would make, byte for byte.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from gongwen_site.commands.ground import digest_of_program
from gongwen_site.errors import Diagnostic, GongwenError, error

_PATIENCE = "5s"
"""How long a scheduler is waited for."""

_Result = TypeVar("_Result")


@contextmanager
def cluster(address: str, folders: Sequence[Path] = ()) -> Iterator[tuple[Executor, int]]:
    """Give a cluster as an executor, and how many tasks it does at a time; `folders` are what its workers have to see.

    Raises GongwenError if there is no such cluster, if it cannot do the work, or if it is lost on the way.
    """
    try:
        import distributed  # noqa: PLC0415 - an extra
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ImportError as failure:
        raise GongwenError(error("dask-missing")) from failure
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is said by diagnostics
    try:
        client = distributed.Client(address, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as failure:
        raise GongwenError(error("scheduler-unreachable", address=address, reason=str(failure))) from failure
    with client:
        found = client.run(_fitness, [str(folder) for folder in folders], on_error="return")
        if problems := list(_unfit(found, digest_of_program())) or [error("cluster-empty", address=address)] * (
            not found
        ):
            raise GongwenError(problems)
        try:
            yield _Cluster(client.get_executor(pure=False)), sum(client.nthreads().values())
        except (KilledWorker, CancelledError) as failure:
            raise GongwenError(error("worker-lost")) from failure


def _fitness(folders: Sequence[str]) -> tuple[bytes, list[str]]:
    """Tell of a worker which program it runs, and which folders it does not see."""
    return digest_of_program(), [folder for folder in folders if not Path(folder).is_dir()]


def _unfit(found: dict[str, Any], program: bytes) -> Iterator[Diagnostic]:
    """Yield what keeps workers from doing the work."""
    for worker, said in sorted(found.items()):
        if isinstance(said, BaseException) or said[0] != program:
            yield error("worker-unlike", worker=worker)
        else:
            yield from (error("worker-blind", worker=worker, folder=folder) for folder in said[1])


class _Cluster(Executor):
    """Gives work to a cluster; a worker that has several threads does one task at a time, as a process of ours would."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., _Result], /, *args: Any, **kwargs: Any) -> "Future[_Result]":
        return self._executor.submit(_alone, fn, args, kwargs)


_TURN = threading.Lock()


def _alone(work: Callable[..., _Result], args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Result:
    with _TURN:
        return work(*args, **kwargs)
