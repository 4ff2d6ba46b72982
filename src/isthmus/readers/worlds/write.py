"""Write a world directory: the counterpart of reading one, so that a made world can be used like a packaged one."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.economy.baseline import WorldTable


def write_world(table: WorldTable, folder: Path, rest: str = "") -> None:
    """Write the tables of a world in the format that `read_world` reads; rows of zero are left out.

    `rest` is the label of the economy that holds all which the source does not report, where there is one.

    Raises
    ------
    BadInputError
        If the folder holds a world already: two worlds must not mix.
    """
    require_no_world(folder)
    folder.mkdir(parents=True, exist_ok=True)
    suffix = "" if table.year is None else f"_{table.year}"
    members = {code: ";".join(table.members.get(code, (code,))) for code in table.economies}
    kinds = {code: "goods" if code in table.goods else "services" for code in table.sectors}
    _labels(folder / "economies.csv", table.economies, table.economy_names, {"members": members})
    _labels(folder / "sectors.csv", table.sectors, table.sector_names, {"kind": kinds})
    trade = ["exporter", "sector", "importer"]
    _long(folder / f"flows{suffix}.csv.gz", table.flows, trade, "value")
    _long(
        folder / f"intermediate_use{suffix}.csv.gz", table.intermediate_use, ["economy", "input", "industry"], "value"
    )
    _long(folder / f"final_demand{suffix}.csv.gz", table.final_demand, ["economy", "sector"], "value")
    added = table.value_added.rename(sector="industry")
    _long(folder / f"value_added{suffix}.csv.gz", added, ["economy", "industry"], "value")
    _long(folder / "tariffs.csv.gz", table.tariff_rate, ["exporter", "importer", "sector"], "rate")
    sets = {str(name): table.elasticities.sel(set=name).values for name in table.elasticities["set"].values}
    write_csv(pd.DataFrame({"sector": table.sectors, **sets}), folder / "trade_elasticities.csv")
    (folder / "world.toml").write_text(_settings(table, rest), encoding="utf-8")


def require_no_world(folder: Path) -> None:
    """Raise BadInputError if a folder holds a world already: two worlds must not mix."""
    if (folder / "economies.csv").exists():
        raise BadInputError(
            str(folder), "holds a world already", allowed="a new or an empty folder", remedy="name another folder"
        )


def _labels(
    path: Path, codes: Sequence[str], names: Mapping[str, Mapping[str, str]], extra: Mapping[str, Mapping[str, str]]
) -> None:
    """Write a list of labels: code, name, further columns, then names in other languages."""
    columns: dict[str, list[str]] = {"code": list(codes)}
    columns["name"] = [names.get("", {}).get(code) or code for code in codes]
    columns |= {column: [values[code] for code in codes] for column, values in extra.items()}
    for language, by_code in names.items():
        if language:
            columns[f"name_{language}"] = [by_code.get(code, "") for code in codes]
    write_csv(pd.DataFrame(columns), path)


def _long(path: Path, array: xr.DataArray, order: list[str], value: str) -> None:
    """Write an array as a long table, zeros left out."""
    values = array.transpose(*order)
    where = np.nonzero(values.values)
    columns = {dim: np.asarray(values[dim].values)[at] for dim, at in zip(order, where, strict=True)}
    write_csv(pd.DataFrame({**columns, value: values.values[where]}), path)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table of a world as UTF-8 CSV, gzipped where the name ends in .gz; equal tables give equal files."""
    text = frame.to_csv(index=False, lineterminator="\n").encode()
    path.write_bytes(gzip.compress(text, compresslevel=6, mtime=0) if path.suffix == ".gz" else text)


def _settings(table: WorldTable, rest: str) -> str:
    """Write world.toml; a string of JSON is a string of TOML."""
    settings: dict[str, object] = {
        "year": table.year,
        "unit": table.unit,
        "currency": table.currency,
        "source": table.source,
        "licence": table.licence,
        "elasticity": table.default_elasticity,
        "capital_share": table.capital_share,
        "rest": rest,
    }
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items() if value not in (None, "")
    ]
    return "\n".join(lines) + "\n"
