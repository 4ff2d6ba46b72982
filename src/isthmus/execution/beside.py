"""Work in a process of its own, beside other work: what it says on the way, what went wrong, and that it ends with its parent."""

import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import copy
from multiprocessing.connection import Connection, wait

from isthmus.execution.workers import live_with_parent

Say = Callable[[float, float | None], None]
"""Takes the share of the work that is done and the seconds left."""


class LostError(Exception):
    """A process was ended from outside before its work was done."""


class Forked:
    """A function at work in a forked process.

    Parameters
    ----------
    work
        What is done there; it is given a function that tells how far it is. What it returns stays there.
    """

    def __init__(self, work: Callable[[Say], None]) -> None:
        context = multiprocessing.get_context("fork")
        self.words, theirs = context.Pipe(duplex=False)
        alive, self._held = os.pipe()
        self._process = context.Process(target=_at_work, args=(work, theirs, alive, self._held))
        self._process.start()
        os.close(alive)
        theirs.close()

    def hear(self, say: Say) -> bool:
        """Take the next word of the process: pass on how far it is, or return that it is done.

        Raises
        ------
        LostError
            When it was ended from outside.
        Exception
            What its work raised.
        """
        try:
            kind, word = self.words.recv()
        except (EOFError, OSError):
            raise LostError from None
        if kind == "failed":
            error, trace = word
            error.add_note(trace)
            raise error
        if kind == "share":
            say(*word)
        return bool(kind == "done")

    def end(self) -> None:
        """End the process, whether its work is done or not."""
        self._process.kill()
        self._process.join()
        with suppress(OSError):
            os.close(self._held)
        self.words.close()


def first_heard(several: Iterable[Forked]) -> Forked:
    """Wait until one of them has something to say."""
    by_words = {one.words: one for one in several}
    return by_words[next(word for word in wait(list(by_words)) if isinstance(word, Connection))]


def _at_work(work: Callable[[Say], None], words: Connection, alive: int, held: int) -> None:
    """Do the work in this process, and say how it went."""
    live_with_parent(alive, held)
    try:
        work(lambda share, left: words.send(("share", (share, left))))
    except BaseException as error:
        _send_error(words, error)
    else:
        words.send(("done", None))


def _send_error(words: Connection, error: BaseException) -> None:
    """Send an error, as its kind and message alone where it cannot be made anew on the other side."""
    trace = "".join(traceback.format_exception(error))
    try:
        copy(error)
        words.send(("failed", (error, trace)))
    except Exception:
        words.send(("failed", (RuntimeError(f"{type(error).__name__}: {error}"), trace)))
