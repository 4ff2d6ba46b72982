"""Where stations work on this machine: finished sections on disk, progress on standard error, processes for draws."""

import hashlib
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from threadpoolctl import threadpool_limits

from isthmus.study.run import run
from isthmus.study.section import Parts
from isthmus.study.station import Findings, Work
from isthmus.study.study import Study

Item = TypeVar("Item")
Made = TypeVar("Made")
_TABLES = "tables"


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
        kept = load_section(place)
        if kept is None:
            kept = make(_LocalWork(station, place.with_name(place.name + "-pieces"), self._show, self._processes))
            save_section(kept, place)
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
        kept = load_section(place)
        if kept is None:
            kept = make()
            save_section(kept, place)
        return kept

    def map(self, function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        """Apply a function to items in forked processes, or one after another where there is no fork."""
        if self._processes < 2 or len(items) < 2 or "fork" not in multiprocessing.get_all_start_methods():
            return [function(item) for item in items]
        return _forked(function, items, self._processes)


_TASK: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def _forked(function: Callable[[Item], Made], items: Sequence[Item], processes: int) -> list[Made]:
    """Run in children that inherit function and items, so that neither needs to be pickled."""
    global _TASK
    _TASK = (function, items)
    try:
        with (
            threadpool_limits(1),
            ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool,
        ):
            return list(pool.map(_at, range(len(items))))
    finally:
        _TASK = None


def _at(index: int) -> Any:
    assert _TASK is not None
    return _TASK[0](_TASK[1][index])


def save_section(section: Parts, place: Path) -> None:
    """Write a section to a folder that appears only when it is complete."""
    unfinished = place.with_name("." + place.name)
    (unfinished / _TABLES).mkdir(parents=True, exist_ok=True)
    for name, table in section.tables.items():
        table.to_pickle(unfinished / _TABLES / f"{name}.pkl")
    (unfinished / "facts.json").write_text(json.dumps(section.facts, ensure_ascii=False), encoding="utf-8")
    if not place.exists():
        unfinished.replace(place)


def load_section(place: Path) -> Parts | None:
    """Read a section that was kept, or None."""
    facts = place / "facts.json"
    if not facts.is_file():
        return None
    tables = {file.stem: pd.read_pickle(file) for file in sorted((place / _TABLES).glob("*.pkl"))}
    return Parts(json.loads(facts.read_text(encoding="utf-8")), tables)


def bar(station: str, share: float, left: float | None) -> None:
    """Draw a progress bar on standard error: station, share done, time left."""
    if not sys.stderr.isatty():
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
    """Return a digest of the product's own code, so that work of another version is never taken for this one's."""
    root = Path(str(resources.files("isthmus")))
    total = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        total.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
