"""Items in processes of their own: workers die with their parent, what a lost worker left is done again, errors come home."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from typing import Any

from threadpoolctl import threadpool_limits

from isthmus.core.each import Item, Made
from isthmus.core.errors import IsthmusError

LOST_AT_MOST = 3
"""Rounds in a row in which workers may be lost and nothing finished, before the work is given up."""


MOST = 8
"""Processes side by side at most: with more, handing work over takes what they save."""


class WorkerLostError(IsthmusError):
    """Workers were ended from outside again and again."""


def processes_here() -> int:
    """Return how many processes work side by side here: one for each core, at most `MOST`."""
    return min(MOST, os.cpu_count() or 1)


def map_in_workers(
    function: Callable[[Item], Made],
    items: Sequence[Item],
    processes: int,
    tell: Callable[[str], None],
    finished: Callable[[int], None] = lambda _: None,
) -> list[Made]:
    """Apply a function to every item, several at a time; results keep the order of the items.

    Workers are forked, so that function and items need not be pickled; where there is no fork, or one process, the items
    are done one after another here. `tell` hears how many items are done again because their worker was lost, `finished`
    how many are done so far.

    Raises
    ------
    WorkerLostError
        When workers are lost three times in a row without an item finished between.
    """
    if processes < 2 or len(items) < 2 or not can_fork():
        return [_one(function, item, number, finished) for number, item in enumerate(items, start=1)]
    done: dict[int, Made] = {}
    losses = 0
    while len(done) < len(items):
        before = len(done)
        left = [index for index in range(len(items)) if index not in done]
        _round(function, items, left, processes, done, finished)
        missing = len(items) - len(done)
        if missing:
            losses = losses + 1 if len(done) == before else 1
            if losses >= LOST_AT_MOST:
                raise WorkerLostError(
                    f"workers were ended from outside {losses} times, the last {missing} items are not done. Allowed: memory "
                    f"for {processes} processes. To do: close other programs, or take fewer draws"
                )
            tell(f"a worker was ended from outside; {missing} items are done again")
    return [done[index] for index in range(len(items))]


def _one(function: Callable[[Item], Made], item: Item, number: int, finished: Callable[[int], None]) -> Made:
    """Do one item here and say that it is done."""
    made = function(item)
    finished(number)
    return made


_TASK: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def _round(
    function: Callable[[Item], Made],
    items: Sequence[Item],
    left: Sequence[int],
    processes: int,
    done: dict[int, Made],
    heard: Callable[[int], None],
) -> None:
    """Do the items left and put what they give into `done`; return early when a worker is lost."""
    global _TASK
    _TASK = (function, items)
    alive, held = os.pipe()
    pool = ProcessPoolExecutor(
        min(processes, len(left)),
        mp_context=multiprocessing.get_context("fork"),
        initializer=live_with_parent,
        initargs=(alive, held),
    )
    finished = False
    try:
        with threadpool_limits(1):
            futures = {pool.submit(_at, index): index for index in left}
            _collect(futures, done, heard)
            finished = True
    finally:
        _TASK = None
        if finished:
            pool.shutdown()
        os.close(held)
        pool.shutdown(wait=False, cancel_futures=True)
        os.close(alive)


def _collect(futures: dict["Future[Any]", int], done: dict[int, Any], heard: Callable[[int], None]) -> None:
    """Wait for the futures; the first error of an item is raised, a lost worker leaves its items undone."""
    for future in futures:
        with suppress(BrokenExecutor):
            done[futures[future]] = future.result()
            heard(len(done))


def can_fork() -> bool:
    """Say whether this system gives a process of its own to work that cannot be pickled."""
    return "fork" in multiprocessing.get_all_start_methods()


def live_with_parent(alive: int, held: int) -> None:
    """End this worker when nobody holds the other end of the pipe any more, however the parent ended."""
    os.close(held)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        os.read(alive, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _at(index: int) -> object:
    assert _TASK is not None
    return _TASK[0](_TASK[1][index])
