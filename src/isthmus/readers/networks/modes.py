"""Read by which modes carriers are known to cross (mode_shares.csv)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.corridors.modes import by_mode
from isthmus.corridors.network import ModeShare, Network
from isthmus.readers.networks.checks import check_demand, check_range
from isthmus.readers.tables import Kind, read_table

FILE = "mode_shares.csv"
_KEY = ("carrier", "exporter", "importer", "mode")
_COLUMNS: Mapping[str, Kind] = {**dict.fromkeys((*_KEY, "source", "status"), "text"), "share": "number"}


def read_mode_shares(folder: Path, network: Network) -> tuple[ModeShare, ...]:
    """Read mode_shares.csv of a network, none where it is missing.

    Columns: carrier, exporter, importer, mode (one of nodes.csv), share of the units, source, status, and optional note.

    Raises
    ------
    BadInputError
        For an unknown carrier, economy, mode or status, a row without source, shares of a direction that do not sum to one,
        and demand that its mode cannot reach.
    """
    if not (folder / FILE).is_file():
        return ()
    table = read_table(folder / FILE, _COLUMNS, {"note": "text"}, key=_KEY)
    check_range(table, ("share",), 0.0)
    economies = sorted({node.economy for node in network.nodes})
    listed = {
        "carrier": [carrier.id for carrier in network.carriers],
        "exporter": economies,
        "importer": economies,
        "mode": sorted({node.mode for node in network.nodes}),
        "status": [str(status) for status in Status],
    }
    found: list[ModeShare] = []
    for i, row in enumerate(table.frame.to_dict("records")):
        for name, allowed in listed.items():
            if row[name] not in allowed:
                raise BadInputError(
                    f"{table.row(i)}, column {name}", f"unknown {row[name]!r}", allowed=", ".join(allowed),
                    remedy="choose one of these",
                )  # fmt: skip
        if not row["source"]:
            raise BadInputError(f"{table.row(i)}, column source", "is empty", allowed="a source", remedy="name it")
        found.append(_share(row))
    _check_sums(found)
    check_demand(by_mode(replace(network, mode_shares=tuple(found))))
    return tuple(found)


def _share(row: Mapping[Any, Any]) -> ModeShare:
    return ModeShare(
        carrier=row["carrier"], exporter=row["exporter"], importer=row["importer"], mode=row["mode"],
        share=float(row["share"]), source=row["source"], status=Status(row["status"]), note=str(row.get("note", "")),
    )  # fmt: skip


def _check_sums(found: Sequence[ModeShare]) -> None:
    sums: dict[tuple[str, str, str], float] = {}
    for one in found:
        key = one.carrier, one.exporter, one.importer
        sums[key] = sums.get(key, 0.0) + one.share
    for key, total in sums.items():
        if abs(total - 1) > 1e-6:
            raise BadInputError(
                f"{FILE}, {' '.join(key)}", f"shares sum to {total:g}", allowed="1", remedy="correct the shares"
            )
