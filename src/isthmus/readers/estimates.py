"""Keep gravity estimates beside a world: the same for every pair, so they are made once and read afterwards."""

from collections.abc import Mapping
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import digest
from isthmus.frictions.gravity import METHOD, Estimates, estimate
from isthmus.frictions.observed import FlowHistory, Geography
from isthmus.readers.tables import read_table

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "coefficients": {"group": "text", "term": "text"},
    "covariance": {"group": "text", "term_a": "text", "term_b": "text"},
    "fits": {"group": "text", "converged": "flag"},
    "dropped": {"group": "text", "reason": "text", "labels": "text"},
}
_WHOLE = ("year", "observations", "clusters", "pinned_clusters")


def gravity_estimates(
    history: FlowHistory, geography: Geography, groups: Mapping[str, str], *, kept: tuple[Path, ...] = (), store: Path | None = None
) -> Estimates:
    """Return estimates of all years: kept ones made from exactly these inputs, else new ones.

    Parameters
    ----------
    history, geography, groups
        As in `estimate`.
    kept
        Folders that may hold estimates, the first that fits is read: ``WORLD/gravity`` of a packaged world, a cache.
    store
        Folder that new estimates are written to.
    """
    key = estimates_key(history, geography, groups)
    for folder in kept:
        if (folder / "key.txt").is_file() and (folder / "key.txt").read_text("utf-8").strip() == key:
            return read_estimates(folder)
    found = estimate(history, geography, groups)
    if store is not None:
        write_estimates(found, store, key)
    return found


def estimates_key(history: FlowHistory, geography: Geography, groups: Mapping[str, str]) -> str:
    """Return a digest of everything that estimates depend on, the method included."""
    parts: list[str | bytes] = [METHOD, repr(history.years), repr(history.sectors), repr(history.economies)]
    parts += [history.value.values.astype("<f8").tobytes(), repr(sorted(groups.items()))]
    parts += [geography.pairs.to_csv(index=False), geography.agreements.to_csv(index=False), repr(geography.groups)]
    return digest(parts)


def read_estimates(folder: Path) -> Estimates:
    """Read estimates that `write_estimates` wrote; BadInputError when a table is missing or broken."""
    tables = {}
    for name, columns in _COLUMNS.items():
        table = read_table(folder / f"{name}.csv.gz", dict(columns), other="number")  # type: ignore[arg-type]
        if "year" not in table.frame:
            raise BadInputError(table.path.name, "has no year", allowed="a column year", remedy="remove the folder; it is made again")
        whole = {c: int for c in _WHOLE if c in table.frame}
        tables[name] = table.frame.reset_index(drop=True).astype(whole)
    return Estimates(**tables)


def write_estimates(estimates: Estimates, folder: Path, key: str) -> None:
    """Write estimates as four tables and, last, the key that says what they were made from."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "key.txt").unlink(missing_ok=True)
    for name, table in estimates.tables().items():
        table.to_csv(folder / f"{name}.csv.gz", index=False, lineterminator="\n", compression={"method": "gzip", "mtime": 0})
    (folder / "key.txt").write_text(key + "\n", "utf-8")
