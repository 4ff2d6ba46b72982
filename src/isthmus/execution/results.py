"""How results reach a folder: written aside, whole or not at all, by one command at a time, never over an input.

A command ends with a summary in JSON. Where it lies in a folder, the files of the command's names are its own; everything
else was put there by somebody else, and is never replaced or removed.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path

from isthmus.core.errors import BadInputError, InfeasibleError, NotConvergedError

WORK = ".work"
"""Folder of finished work inside results; it stays where new results take the place of old ones."""


@contextmanager
def results_folder(
    out: Path, summary: str, inputs: Iterable[Path] = (), names: Sequence[str] = (), *, update: bool = False
) -> Iterator[Path]:
    """Give a fresh folder to write results into; when the block ends well they take the place of the old ones.

    Old results of the command stay until the new ones are whole, whatever goes wrong before. Where the folder holds
    nothing else it is exchanged as a whole; files of others stay, and the command's files are moved in one by one.

    Parameters
    ----------
    out
        Folder of the results; it is made when it does not exist.
    summary
        Name of the command's summary, by which earlier results are known as its own.
    inputs
        Files and folders the results are made from.
    names
        What the command may write, as paths in the folder with ``*`` for any text: files of these names that somebody else
        put there are refused at once, and the command's own that are not written now are removed.
    update
        Renew some of the files the folder holds, or add to them, and remove nothing.

    Raises
    ------
    BadInputError
        When an input is the folder or lies in it, another run writes there now, or a file of somebody else is in the way.
    """
    target = Path(os.path.realpath(out))
    _keep_inputs(target, inputs)
    with locked(target):
        _recover(target)
        if not update:
            _require_free(target, summary, [name for name in _files(target) if _is_listed(name, names)])
        staged = _staged(target)
        try:
            try:
                yield staged
            except (NotConvergedError, InfeasibleError):
                _keep_reasons(staged)
                if any(staged.iterdir()):
                    _publish(staged, target, summary, names, update)
                raise
            _publish(staged, target, summary, names, update)
        finally:
            shutil.rmtree(staged, ignore_errors=True)


@contextmanager
def results_file(out: Path, inputs: Iterable[Path] = (), beside: Sequence[str] = ()) -> Iterator[Path]:
    """Give a fresh folder for a file and those that stand beside it; when the block ends well they are moved in.

    Parameters
    ----------
    out
        The file; everything in the fresh folder is moved to where it lies.
    inputs
        Files it is made from.
    beside
        Names that may also be written; those that were not written now are removed.

    Raises
    ------
    BadInputError
        When an input would be overwritten, or another run writes the file now.
    """
    target = Path(os.path.realpath(out))
    written = {target, *(target.with_name(name) for name in beside)}
    for path in inputs:
        if Path(os.path.realpath(path)) in written:
            raise _is_input(Path(os.path.realpath(path)), "another file name")
    with locked(target):
        staged = _staged(target)
        try:
            yield staged
            for name in beside:
                if not (staged / name).exists():
                    target.with_name(name).unlink(missing_ok=True)
            for file in sorted(staged.iterdir()):
                os.replace(file, target.with_name(file.name))
        finally:
            shutil.rmtree(staged, ignore_errors=True)


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock of a folder or file of results; it ends with the process that holds it, however that ends.

    Raises
    ------
    BadInputError
        When another process holds it.
    """
    place = _place_beside(target) / f".{target.name}.lock"
    handle = _lock(place, target)
    try:
        yield
    finally:
        with suppress(OSError):
            place.unlink(missing_ok=True)
        os.close(handle)


def _keep_inputs(target: Path, inputs: Iterable[Path]) -> None:
    for path in inputs:
        real = Path(os.path.realpath(path))
        if real == target or target in real.parents:
            raise _is_input(real if real != target else target, "a folder that holds none of the inputs")


def _is_input(path: Path, allowed: str) -> BadInputError:
    return BadInputError(
        f"--out: {path.name}",
        "is one of the inputs, which the results would replace",
        allowed=allowed,
        remedy="name another place for the results",
    )


def _place_beside(target: Path) -> Path:
    """Return the folder in which lock and fresh folder lie: that of the target, or the target where it must not be moved."""
    above = target.parent
    above.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not _can_move(target):
        return target
    return above


def _can_move(target: Path) -> bool:
    """Say whether a folder may be exchanged for another: not a mounted one, nor one that somebody stands in."""
    here = Path.cwd()
    return not (target.is_mount() or target == here or target in here.parents) and os.access(target.parent, os.W_OK)


def _staged(target: Path) -> Path:
    staged = _place_beside(target) / f".{target.name}.new-{os.getpid()}"
    staged.mkdir()
    return staged


def _lock(place: Path, target: Path) -> int:
    while True:
        handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _hold(handle)
        except OSError as error:
            os.close(handle)
            raise BadInputError(
                f"--out: {target.name}",
                "another run is writing there now",
                allowed="one run at a time in one place",
                remedy="wait for it to end, or name another place",
            ) from error
        try:
            if os.path.samestat(os.fstat(handle), os.stat(place)):
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)


def _hold(handle: int) -> None:
    """Take an exclusive lock without waiting."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _recover(target: Path) -> None:
    """Put back what an exchange that was killed half-way left aside, and remove what stopped runs left behind."""
    above = _place_beside(target)
    for old in sorted(above.glob(f".{_literal(target.name)}.old-*")):
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    for left in above.glob(f".{_literal(target.name)}.new-*"):
        shutil.rmtree(left, ignore_errors=True)


def _literal(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _require_free(target: Path, summary: str, names: Sequence[str]) -> None:
    """Refuse to replace files where no summary says that the command wrote them."""
    if names and not (target / summary).is_file():
        raise BadInputError(
            f"--out: {target.name}",
            f"holds {names[0]}, which this command did not write",
            allowed="a new folder, or one with earlier results of the same command",
            remedy="name another folder, or move that file away",
        )


def _is_listed(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _keep_reasons(staged: Path) -> None:
    """Keep of an unfinished result what says why there is none: the JSON beside the tables."""
    for path in staged.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix != ".json":
            path.unlink()


def _publish(staged: Path, target: Path, summary: str, names: Sequence[str], update: bool) -> None:
    """Let the fresh folder take the place of the command's earlier results."""
    fresh = set(_files(staged))
    if not update:
        _require_free(target, summary, sorted(name for name in fresh if (target / name).exists()))
    own = {*fresh, summary}
    if not target.exists():
        staged.rename(target)
    elif not update and _can_move(target) and all(n in own or _is_listed(n, names) for n in _files(target)):
        _exchange(staged, target)
    else:
        gone = [] if update else [name for name in _files(target) if name not in own and _is_listed(name, names)]
        _move_in(staged, target, gone)


def _exchange(staged: Path, target: Path) -> None:
    """Put the fresh folder in the place of the old one; finished work moves over."""
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    if (target / WORK).is_dir():
        (target / WORK).rename(staged / WORK)
    target.rename(old)
    staged.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _move_in(staged: Path, target: Path, gone: Iterable[str]) -> None:
    """Move finished files into a folder that holds more than them; what is no longer written goes last."""
    for name in list(_files(staged)):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged / name, place)
    for name in gone:
        (target / name).unlink(missing_ok=True)
        parent = (target / name).parent
        if parent != target and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()


def _files(folder: Path) -> Iterator[str]:
    """Yield the files of a folder of results by path inside it; lock and finished work are none of them."""
    for place, folders, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        if place == str(folder):
            hidden = (WORK, *(name for name in [*folders, *names] if name.startswith(f".{folder.name}.")))
            folders[:] = [name for name in folders if name not in hidden]
            names = [name for name in names if name not in hidden]
        folders.sort()
        yield from ((inside / name).as_posix() for name in sorted(names))
