"""Read an inter-country table of another publisher through the parsers of pymrio, an optional package."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isthmus.core.errors import BadInputError
from isthmus.economy.assemble import Sums, assemble
from isthmus.economy.baseline import WorldTable
from isthmus.readers.worlds.attributes import read_sector_list, tariffs_for

if TYPE_CHECKING:
    from pymrio import IOSystem

PARSERS = ("saved", "exiobase3", "wiod", "eora26", "gloria", "figaro", "oecd")
"""Parsers that --parser takes; `saved` is a folder written by pymrio's own save_all."""


def read_mrio(
    path: Path,
    parser: str,
    sectors: Path,
    elasticities: Path | None = None,
    year: int | None = None,
    tariffs: Path | None = None,
) -> WorldTable:
    """Read a table that pymrio parses into a world.

    Parameters
    ----------
    path
        File or folder, as the parser wants it.
    parser
        One of `PARSERS`.
    sectors
        CSV with label (the table's), code, name, kind (goods or services) of every sector.
    elasticities
        Trade elasticities by code; None takes 4 everywhere.
    year
        Year of the table, where the parser needs it, and of the world.
    tariffs
        Applied tariffs in the format of a world directory, by the table's regions and the codes of `sectors`.

    Raises
    ------
    BadInputError
        If pymrio is not installed, the parser fails, or a sector is not listed.
    """
    system = _parse(path, parser, year)
    regions, labels = (list(map(str, found)) for found in (system.get_regions(), system.get_sectors()))
    listed = read_sector_list(sectors, elasticities, labels)
    codes = [listed.codes[label] for label in labels]
    sums = _sums(system, regions, codes)
    unit = "; ".join(sorted(set(map(str, system.unit.iloc[:, 0])))) if system.unit is not None else ""
    attributes = replace(
        listed.attributes(f"{parser}-{year or 'year-unknown'}", labels),
        year=year,
        unit=unit or "as in the table",
        currency="",
        source=f"{parser}, {path.name}, parsed by pymrio",
        economy_names={"": {region: region for region in regions}},
    )
    return assemble(sums, attributes, None if tariffs is None else tariffs_for(tariffs, regions, codes))


def _parse(path: Path, parser: str, year: int | None) -> "IOSystem":
    """Let pymrio read the table and bring it to absolute flows."""
    try:
        import pymrio
    except ImportError as error:
        raise BadInputError(
            "pymrio", "is not installed", allowed="pymrio 0.6 or newer", remedy="pip install isthmus[mrio]"
        ) from error
    reader = pymrio.load_all if parser == "saved" else getattr(pymrio, f"parse_{parser}", None)
    if reader is None:
        raise BadInputError(
            "--parser", f"pymrio here has no parser {parser}", allowed=", ".join(PARSERS), remedy="renew pymrio"
        )
    options = {"year": year} if year is not None and parser in {"wiod", "eora26", "oecd", "gloria"} else {}
    try:
        system = reader(path, **options)
        if system.Z is None:
            system.calc_all()
    except Exception as error:
        raise BadInputError(
            str(path),
            f"pymrio's parser {parser} stopped: {error}",
            allowed="a table in the layout of that publisher",
            remedy="check path and parser; pymrio's documentation says what each wants",
        ) from error
    return system


def _sums(system: "IOSystem", regions: list[str], codes: list[str]) -> Sums:
    """Sum the table of pymrio; its rows and columns are (region, sector), final demand (region, category)."""
    n, s = len(regions), len(codes)
    order = [(region, sector) for region in regions for sector in system.get_sectors()]
    between = system.Z.loc[order, order].to_numpy(dtype=float).reshape(n, s, n, s)
    demand: NDArray[np.float64] = np.stack(
        [system.Y.loc[order].xs(region, axis=1, level=0).to_numpy(dtype=float).sum(axis=1) for region in regions]
    )
    final = demand.T.reshape(n, s, n)
    flows = np.ascontiguousarray((between.sum(axis=3) + final).transpose(1, 0, 2))
    return Sums(
        economies=tuple(regions),
        sectors=tuple(codes),
        flows=flows,
        use=between.sum(axis=0).transpose(1, 0, 2),
        final=final.sum(axis=0),
    )
