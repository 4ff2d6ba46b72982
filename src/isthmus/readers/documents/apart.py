"""Parse a document in a process of its own, with limits on time and memory, so that no file can hold up or fill the machine.

What comes back is JSON, never objects: a parser that a hostile file has taken over cannot run anything here.
"""

import json
import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from isthmus.core.errors import BadInputError
from isthmus.plans.document import Document, DocumentBlock, LeftOut

MEMORY_MB = 2_000
"""What parsing may take beyond what the program holds already."""
LEAST_SECONDS, SECONDS_A_MB, MOST_SECONDS = 20, 20, 600
"""Processor time that parsing may take: a floor, more for larger files and for scanned pages, a ceiling."""
_DEEP = 20_000
PagesTold = Callable[[str, int, int], None]
"""Hears what is being done, how many pages of it are done, and of how many."""


def silent(step: str, done: int, whole: int) -> None:
    """Hear what is being done and say nothing."""


def parsed_apart(path: Path, parse: Callable[[Path, PagesTold], Document], tell: PagesTold = silent) -> Document:
    """Return what `parse` makes of a file, made in a process of its own; `tell` hears what that does.

    Where processes cannot be forked the file is parsed here, without limits on time and memory.

    Raises
    ------
    BadInputError
        What the parser raised, or that it took too much time or memory, or was ended by the system.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return parse(path, tell)
    seconds = min(MOST_SECONDS, LEAST_SECONDS + SECONDS_A_MB * path.stat().st_size // 1_000_000)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(path, parse, theirs, ours, seconds), daemon=True)
    child.start()
    theirs.close()
    try:
        said = _received(ours, seconds, tell)
    finally:
        child.kill()
        child.join()
        ours.close()
    return _document(path, said, seconds)


def _received(ours: Connection, seconds: int, tell: PagesTold) -> dict[str, Any] | None:
    """Return what the child says at its end, or None where it ends without a word or says nothing for far too long."""
    while ours.poll(5 * seconds):
        try:
            found: dict[str, Any] = json.loads(ours.recv_bytes())
        except (EOFError, OSError, ValueError):
            return None
        if "step" not in found:
            return found
        tell(*found["step"])
    return {"late": True}


def _document(path: Path, said: dict[str, Any] | None, seconds: int) -> Document:
    if said is None or "late" in said:
        raise _too_much(path, f"more than {seconds} seconds or {MEMORY_MB} MB of memory, or breaks its reader,")
    if "memory" in said:
        raise _too_much(path, f"more than {MEMORY_MB} MB of memory")
    if "deep" in said:
        raise _too_much(path, "more levels of nesting than can be followed")
    if "error" in said:
        raise BadInputError(**said["error"])
    blocks = tuple(
        DocumentBlock(kind, text, page, rows, row_pages, level)
        for kind, text, page, rows, row_pages, level in said["document"]["blocks"]
    )
    left_out = tuple(LeftOut(reason, text, page) for reason, text, page in said["document"]["left_out"])
    made = said["document"]
    return Document(made["file"], made["pages"], blocks, tuple(made["notes"]), left_out)


def _too_much(path: Path, what: str) -> BadInputError:
    return BadInputError(
        path.name,
        f"takes {what} to read",
        allowed=f"a document that can be read in {LEAST_SECONDS} seconds and {SECONDS_A_MB} more a MB",
        remedy="save it anew from the program it was made with, split it, or save it as plain text",
    )


def _child(
    path: Path, parse: Callable[[Path, PagesTold], Document], theirs: Connection, ours: Connection, seconds: int
) -> None:
    """Parse, and send the document or what went wrong."""
    ours.close()
    _limit(seconds)
    sys.setrecursionlimit(_DEEP)
    said: dict[str, Any]
    try:
        document = parse(path, lambda *step: theirs.send_bytes(json.dumps({"step": step}).encode()))
        blocks = [
            (b.kind, b.text, b.page, [list(row) for row in b.rows], list(b.row_pages), b.level) for b in document.blocks
        ]
        about = {"file": document.file, "pages": document.pages, "notes": document.notes, "blocks": blocks}
        said = {"document": {**about, "left_out": [(o.reason, o.text, o.page) for o in document.left_out]}}
        raw = json.dumps(said).encode()
    except BadInputError as error:
        said = {"where": error.where, "problem": error.problem, "allowed": error.allowed, "remedy": error.remedy}
        raw = json.dumps({"error": said}).encode()
    except MemoryError:
        raw = b'{"memory": true}'
    except RecursionError:
        raw = b'{"deep": true}'
    except Exception as error:
        said = {
            "where": path.name,
            "problem": f"cannot be read ({type(error).__name__})",
            "allowed": "a document that other programs open without repairs",
            "remedy": "open it, save it anew, or save it as plain text",
        }
        raw = json.dumps({"error": said}).encode()
    with suppress(OSError):
        theirs.send_bytes(raw)
    os._exit(0)


def more_time(seconds: int) -> None:
    """Let this process take some more processor time, within the ceiling, where the system limits it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        allowed, most = resource.getrlimit(resource.RLIMIT_CPU)
        if allowed != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_CPU, (min(allowed + seconds, most), most))


def _limit(seconds: int) -> None:
    """Limit processor time and memory of this process, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, MOST_SECONDS))
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY_MB * 1_000_000,) * 2)
