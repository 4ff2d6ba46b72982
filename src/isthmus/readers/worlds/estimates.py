"""Gravity estimates of a world: packaged beside it, else kept in the user's cache folder, else estimated.

They do not depend on the pair. A digest over everything they are estimated from decides whether stored ones still hold.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from isthmus.border.gravity import METHOD, Estimates, estimate
from isthmus.border.observed import FlowHistory, Geography
from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.core.provenance import digest

INPUTS = (
    "flow_history.csv.gz", "geography.csv", "members.csv", "agreements.toml", "sector_groups.csv", "tariffs.csv.gz"
)  # fmt: skip
FOLDER, DIGEST = "gravity", "digest.txt"


def gravity_estimates(
    folder: Path, history: FlowHistory, geography: Geography, groups: Mapping[str, str]
) -> tuple[Estimates | None, str]:
    """Return the gravity estimates of a world directory and a sentence on where they come from.

    Stored estimates are used when their digest fits. Otherwise the last year is estimated and kept in the cache folder
    (``ISTHMUS_CACHE``, else the user's own). A world in which gravity cannot be estimated gives None and the reason.
    """
    key = inputs_digest(folder)
    for place, name in (
        (folder / FOLDER, "packaged gravity estimates"),
        (_cache() / key, "gravity estimates of the cache"),
    ):
        if _stored_digest(place) == key:
            return load_estimates(place), name
    year = max(history.years)
    try:
        estimates = estimate(history, geography, groups, [year])
    except (BadInputError, NotConvergedError) as error:
        return None, f"no frontier: {error}"
    try:
        store_estimates(estimates, _cache() / key, key)
    except OSError:
        return estimates, f"gravity estimated for {year}, not kept because the cache folder cannot be written"
    return estimates, f"gravity estimated for {year}"


def inputs_digest(folder: Path) -> str:
    """Return the digest of everything that gravity is estimated from."""
    parts: list[str | bytes] = [METHOD]
    for name in INPUTS:
        path = folder / name
        plain = folder / name.removesuffix(".gz")
        found = path if path.is_file() else plain if plain.is_file() else None
        parts += [name, found.read_bytes() if found else b""]
    return digest(parts)


def store_estimates(estimates: Estimates, place: Path, key: str) -> None:
    """Write estimates to a folder; the digest is written last, so that a stopped write does not count."""
    place.mkdir(parents=True, exist_ok=True)
    for name, table in estimates.tables().items():
        table.to_csv(place / f"{name}.csv", index=False, lineterminator="\n")
    (place / DIGEST).write_text(key + "\n", "utf-8")


def load_estimates(place: Path) -> Estimates:
    """Read estimates from a folder."""
    names = ("coefficients", "covariance", "fits", "dropped")
    return Estimates(**{name: pd.read_csv(place / f"{name}.csv", keep_default_na=False) for name in names})


def _stored_digest(place: Path) -> str:
    path = place / DIGEST
    return path.read_text("utf-8").strip() if path.is_file() else ""


def _cache() -> Path:
    own = os.environ.get("ISTHMUS_CACHE")
    if own:
        return Path(own) / FOLDER
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "isthmus" / FOLDER
