"""Read bilateral flows of several years: the flow history of a world, or the one year that its tables hold."""

import re
from pathlib import Path

import numpy as np
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import WorldTable
from isthmus.frictions.observed import HISTORY, FlowHistory
from isthmus.readers.tables import read_table

FILE = "flow_history.csv.gz"


def read_history(folder: Path, world: WorldTable) -> FlowHistory:
    """Read ``flow_history.csv.gz`` (exporter, sector, importer, then one column a year) of a world directory.

    Where there is no such file the history has the one year of the world's own flows. An empty cell or absent row is 0.

    Raises
    ------
    BadInputError
        For an economy that the world does not know, a duplicate row, a negative value or a column that is not a year.
    """
    path = folder / FILE
    if not path.is_file() and not path.with_suffix("").is_file():
        values = world.flows.transpose("sector", "exporter", "importer").expand_dims(year=[world.year or 0])
        return FlowHistory(values.copy(data=np.array(values.values)))
    table = read_table(path, dict.fromkeys(("exporter", "sector", "importer"), "text"), key=("exporter", "sector", "importer"), other="number")
    frame = table.frame
    names = [c for c in frame.columns if c not in ("exporter", "sector", "importer")]
    wrong = [c for c in names if not re.fullmatch(r"\d{4}", c)]
    if wrong or not names:
        raise BadInputError(
            f"{table.path.name}, header", f"columns {', '.join(wrong) or 'without a year'}", allowed="years such as 2021", remedy="rename the columns"
        )
    economies, sectors = list(world.economies), list(dict.fromkeys(frame["sector"]))
    where = []
    for column, labels in (("sector", sectors), ("exporter", economies), ("importer", economies)):
        place = {label: i for i, label in enumerate(labels)}
        codes = frame[column].map(place)
        if codes.isna().any():
            at = int(np.argmax(codes.isna().to_numpy()))
            raise BadInputError(
                f"{table.row(at)}, column {column}",
                f"unknown label {frame[column].iloc[at]!r}",
                allowed=", ".join(labels),
                remedy="use the labels of economies.csv",
            )
        where.append(codes.to_numpy(dtype=int))
    numbers = frame[names].to_numpy(dtype=float)
    empty = int(np.isnan(numbers).sum())
    if (numbers < 0).any():
        line, year = (int(i[0]) for i in np.nonzero(numbers < 0))
        raise BadInputError(
            f"{table.row(line)}, column {names[year]}", f"found {numbers[line, year]:g}", allowed="numbers of 0 and more", remedy="correct the value"
        )
    cube = np.zeros((len(names), len(sectors), len(economies), len(economies)))
    cube[:, where[0], where[1], where[2]] = np.nan_to_num(numbers).T
    years = [int(n) for n in names]
    order = np.argsort(years)
    array = xr.DataArray(
        np.ascontiguousarray(cube[order]),
        coords=dict(zip(HISTORY, ([years[i] for i in order], sectors, economies, economies), strict=True)),
        dims=HISTORY,
    )
    cells = len(names) * (cube[0].size - len(frame)) + empty
    return FlowHistory(array, False, (Repair(table.path.name, "absent cells counted as 0", cells),))
