"""Finished sections on disk: facts as JSON, tables as Parquet, and a list of digests of every file.

Nothing in a kept section is executed when it is read. A section whose files are not those that were written (one is
missing, surplus or changed) is refused as a whole.
"""

import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.study.section import Parts

FACTS, TABLES, DIGESTS = "facts.json", "tables", "digests.json"
ATTEMPTS = 3
"""How often a complete section is put in its place before an error of the disk is raised."""


def save_section(section: Parts, place: Path) -> None:
    """Write a section to a folder that appears only when it is complete.

    Several processes may write one section at once, each in a folder of its own: the first that is complete stays.

    Raises
    ------
    ValueError
        If a table holds what Parquet cannot carry: columns that mix numbers and text, or objects.
    """
    unfinished = place_apart(place)
    try:
        _write(section, unfinished)
        _settle(unfinished, place)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write(section: Parts, unfinished: Path) -> None:
    (unfinished / TABLES).mkdir(parents=True)
    (unfinished / FACTS).write_text(json.dumps(section.facts, ensure_ascii=False), "utf-8", "surrogatepass")
    for name, table in section.tables.items():
        try:
            table.to_parquet(unfinished / TABLES / f"{name}.parquet", engine="pyarrow")
        except (ValueError, TypeError) as error:
            raise ValueError(f"table {name} cannot be kept: {error}") from error
    listed = json.dumps({"order": list(section.tables), "files": _digests(unfinished)}, indent=1)
    (unfinished / DIGESTS).write_text(listed + "\n", "utf-8")


def _settle(unfinished: Path, place: Path) -> None:
    """Give a complete folder its name; a sound section that another process put there first stays, a damaged one goes."""
    for attempt in range(ATTEMPTS):
        try:
            unfinished.rename(place)
        except OSError:
            if _is_sound(place):
                return
            remove_section(place)
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


def remove_section(place: Path) -> None:
    """Remove a kept section at one stroke, so that no other process finds half of it."""
    gone = place_apart(place)
    with suppress(OSError):
        place.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def place_apart(place: Path) -> Path:
    """Return a hidden place beside that of a section, which no other process and no other call takes."""
    return place.with_name(f".{place.name}.{os.getpid()}-{uuid4().hex[:8]}")


def _is_sound(place: Path) -> bool:
    try:
        return load_section(place) is not None
    except BadInputError:
        return False


def load_section(place: Path) -> Parts | None:
    """Return a section that was kept, or None where there is none.

    Raises
    ------
    BadInputError
        If the folder is not as it was written.
    """
    if not place.is_dir():
        return None
    try:
        listed = json.loads((place / DIGESTS).read_text("utf-8"))
        order, files = list(listed["order"]), dict(listed["files"])
        if files != _digests(place) or {f"{TABLES}/{name}.parquet" for name in order} != set(files) - {FACTS}:
            raise ValueError("a file is missing, surplus or changed")
        facts = json.loads((place / FACTS).read_text("utf-8", "surrogatepass"))
        tables = {name: pd.read_parquet(place / TABLES / f"{name}.parquet", engine="pyarrow") for name in order}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInputError(
            f"kept work {place.name}",
            f"is damaged ({error})",
            allowed="the folder as a run wrote it",
            remedy="compute it anew with --fresh",
        ) from error
    return Parts(facts, tables)


def _digests(place: Path) -> dict[str, str]:
    """Return the digest of every file of a kept section but the list itself."""
    files = (path for path in sorted(place.rglob("*")) if path.is_file() and path.name != DIGESTS)
    return {path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
