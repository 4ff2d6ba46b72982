"""Read what is known of a network's flows (observed.csv) and how trade turns into carriers (value_mix.csv)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.core.labels import require_label
from isthmus.core.provenance import Status
from isthmus.corridors.calibration import BOTH, FreightObservation
from isthmus.corridors.flow import DIRECTIONS
from isthmus.corridors.volume import Mix
from isthmus.readers.cells import listed, member
from isthmus.readers.networks.checks import check_range
from isthmus.readers.networks.network import network_directory
from isthmus.readers.tables import read_table
from isthmus.study.section import CellKind

_OBSERVED: Mapping[str, CellKind] = {
    **dict.fromkeys(("id", "what", "arcs", "direction", "carriers", "unit", "status", "source"), "text"),
    "year": "whole",
    "value": "number",
}
_MIX: Mapping[str, CellKind] = {
    **dict.fromkeys(("sector", "carrier", "source", "status"), "text"),
    **dict.fromkeys(("share", "usd_per_unit"), "number"),
}


def read_observations(name_or_directory: str | Path) -> tuple[FreightObservation, ...]:
    """Read observed.csv of a network.

    Columns: id, what, arcs (separated by ``;``), direction (forward, backward, both), carriers (empty for all), year, value,
    unit, status, source, and optional used (true where the network was made with it) and cause.

    Raises
    ------
    BadInputError
        For an unknown direction or status, or a row without source.
    """
    table = read_table(
        network_directory(name_or_directory) / "observed.csv", _OBSERVED, {"cause": "text", "used": "flag"}, key=("id",)
    )
    check_range(table, ("value",), 0.0)
    found = []
    for i, row in enumerate(table.frame.to_dict("records")):
        where = table.row(i)
        if row["direction"] not in (*DIRECTIONS, BOTH):
            raise BadInputError(
                f"{where}, column direction", f"found {row['direction']!r}", allowed=", ".join((*DIRECTIONS, BOTH)),
                remedy="correct the cell",
            )  # fmt: skip
        found.append(
            FreightObservation(
                id=row["id"], what=row["what"], arcs=listed(row["arcs"]), direction=row["direction"],
                carriers=listed(row["carriers"]), year=int(row["year"]), value=float(row["value"]), unit=row["unit"],
                status=member(Status, str(row["status"]), f"{where}, column status"), source=_source(row, where),
                used=bool(row.get("used", False)), cause=str(row.get("cause", "")),
            )
        )  # fmt: skip
    return tuple(found)


def read_mix(name_or_directory: str | Path, sectors: Sequence[str] | None = None) -> tuple[Mix, ...]:
    """Read value_mix.csv of a network, whose sectors are those of a world where they are given.

    Columns: sector, carrier, share of the sector's value, usd_per_unit, source, status, and optional exporter and importer
    where a row holds in one direction alone and goes before those that hold in any.
    """
    more: Mapping[str, CellKind] = {"exporter": "text", "importer": "text"}
    table = read_table(network_directory(name_or_directory) / "value_mix.csv", _MIX, more)
    seen: set[tuple[str, ...]] = set()
    for i, row in enumerate(table.frame.to_dict("records")):
        if sectors is not None:
            require_label(str(row["sector"]), sectors, f"{table.row(i)}, column sector")
        key = tuple(str(row.get(name, "")) for name in ("sector", "carrier", *more))
        if key in seen or bool(key[2]) != bool(key[3]):
            problem = "stands twice" if key in seen else "names one end of a direction alone"
            raise BadInputError(
                f"{table.row(i)}, sector {key[0]}, carrier {key[1]}", problem,
                allowed="each sector, carrier and direction once", remedy="correct the row",
            )  # fmt: skip
        seen.add(key)
    check_range(table, ("share",), 0.0)
    check_range(table, ("usd_per_unit",), 0.0, above=True)
    return tuple(
        Mix(
            sector=row["sector"], carrier=row["carrier"], share=float(row["share"]),
            usd_per_unit=float(row["usd_per_unit"]), source=_source(row, table.row(i)),
            status=member(Status, str(row["status"]), f"{table.row(i)}, column status"),
            exporter=str(row.get("exporter", "")), importer=str(row.get("importer", "")),
        )
        for i, row in enumerate(table.frame.to_dict("records"))
    )  # fmt: skip


def _source(row: Mapping[object, object], where: str) -> str:
    if not row["source"]:
        raise BadInputError(f"{where}, column source", "is empty", allowed="a source", remedy="name it")
    return str(row["source"])
