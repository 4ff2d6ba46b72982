"""Read bilateral flows of several years: the flow history of a world, or the one year that its tables hold."""

import re
from pathlib import Path

import numpy as np
import xarray as xr

from isthmus.border.observed import HISTORY, FlowHistory
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import WorldTable
from isthmus.readers.tables import ReadTable, read_table

FILE = "flow_history.csv.gz"
_KEY = ("exporter", "sector", "importer")


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
    table = read_table(path, dict.fromkeys(_KEY, "text"), key=_KEY, other="number")
    years = _years(table)
    order = np.argsort(years)
    numbers = table.frame[[str(years[i]) for i in order]].to_numpy(dtype=float)
    if (numbers < 0).any():
        line, column = (int(i[0]) for i in np.nonzero(numbers < 0))
        raise BadInputError(
            f"{table.row(line)}, column {years[order[column]]}",
            f"found {numbers[line, column]:g}",
            allowed="numbers of 0 and more",
            remedy="correct the value; leave the cell empty where there is nothing",
        )
    economies, sectors = list(world.economies), list(dict.fromkeys(table.frame["sector"]))
    at = [
        _codes(table, name, sectors if name == "sector" else economies) for name in ("sector", "exporter", "importer")
    ]
    cube = np.zeros((len(years), len(sectors), len(economies), len(economies)))
    cube[:, at[0], at[1], at[2]] = np.nan_to_num(numbers).T
    labels = ([years[i] for i in order], sectors, economies, economies)
    array = xr.DataArray(cube, coords=dict(zip(HISTORY, labels, strict=True)), dims=HISTORY)
    absent = len(years) * (cube[0].size - len(table.frame)) + int(np.isnan(numbers).sum())
    return FlowHistory(array, False, (Repair(table.path.name, "absent cells counted as 0", absent),))


def _years(table: ReadTable) -> list[int]:
    """Return the years of the value columns, in the order of the file."""
    names = [c for c in table.frame.columns if c not in _KEY]
    wrong = [c for c in names if not re.fullmatch(r"\d{4}", c)]
    if wrong or not names:
        raise BadInputError(
            f"{table.path.name}, header",
            f"column {', '.join(wrong)} is no year" if wrong else "no column of a year",
            allowed="years such as 2021",
            remedy="rename or add the columns",
        )
    return [int(name) for name in names]


def _codes(table: ReadTable, column: str, labels: list[str]) -> np.ndarray:
    """Return the position of each cell of a label column; the first unknown label is an error."""
    codes = table.frame[column].map({label: i for i, label in enumerate(labels)})
    if codes.isna().any():
        at = int(codes.isna().to_numpy().argmax())
        raise BadInputError(
            f"{table.row(at)}, column {column}",
            f"unknown label {table.frame[column].iloc[at]!r}",
            allowed=", ".join(labels),
            remedy="use the labels of economies.csv",
        )
    found: np.ndarray = codes.to_numpy(dtype=int)
    return found
