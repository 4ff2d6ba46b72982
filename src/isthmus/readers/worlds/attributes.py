"""What tables of others do not say: kinds, names, elasticities and tariffs for their labels."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from isthmus.core.errors import BadInputError
from isthmus.economy.assemble import Attributes
from isthmus.readers.tables import read_table
from isthmus.readers.worlds.find import iso_names
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_elasticities, read_tariffs, world_directory

FLAT = "U4"
"""Name of the elasticity set that is 4 everywhere, taken where nothing else is known."""


@dataclass(frozen=True)
class SectorList:
    """Sectors by the label that a table uses: own code, name, kind, and elasticities by set."""

    codes: dict[str, str]
    names: dict[str, str]
    kinds: dict[str, str]
    elasticities: dict[str, dict[str, float]]

    def coded(self, labels: Sequence[str]) -> list[str]:
        """Return the codes of these labels.

        Raises
        ------
        BadInputError
            For a label that is not listed.
        """
        missing = [label for label in labels if label not in self.codes]
        if missing:
            raise BadInputError(
                "--sectors",
                f"no row for {', '.join(missing[:5])} ({len(missing)} in all)",
                allowed="a row for every sector of the table",
                remedy="add the rows",
            )
        return [self.codes[label] for label in labels]

    def attributes(self, name: str, labels: Sequence[str]) -> Attributes:
        """Return the attributes of a world with these labels, in this order; where the table comes from is not among them."""
        codes = self.coded(labels)
        sets = list(self.elasticities)
        values = np.array([[self.elasticities[chosen][label] for label in labels] for chosen in sets])
        return Attributes(
            name=name,
            goods=tuple(self.codes[label] for label in labels if self.kinds[label] == "goods"),
            elasticities=xr.DataArray(values, coords={"set": sets, "sector": codes}, dims=("set", "sector")),
            sector_names={"": {self.codes[label]: self.names[label] for label in labels}},
        )


def table_layout(layout: str) -> dict[str, Any]:
    """Return how the files of a publisher are laid out (``assets/layouts``)."""
    return tomllib.loads((_layouts() / f"{layout}.toml").read_text("utf-8"))


def known_sectors(layout: str, labels: Sequence[str], where: str) -> SectorList:
    """Return kinds, names and the packaged elasticities of a publisher's industries.

    Raises
    ------
    BadInputError
        For an industry of no known edition.
    """
    listed = read_table(
        _layouts() / f"{layout}-industries.csv",
        {"code": "text", "name": "text", "kind": "text", "like": "text"},
        key=["code"],
    ).frame.set_index("code")
    unknown = [label for label in labels if label not in listed.index]
    if unknown:
        raise BadInputError(
            f"{where}, header",
            f"unknown industry {', '.join(unknown[:5])} ({len(unknown)} in all)",
            allowed=", ".join(listed.index),
            remedy="give --sectors, a table with label, code, name and kind of every industry",
        )
    likes = listed["like"]
    world = world_directory(DEFAULT_WORLD)
    packaged = read_table(world / "sectors.csv", {"code": "text"}, key=["code"]).frame["code"]
    sets = read_elasticities(world / "trade_elasticities.csv", list(packaged))
    elasticities = {
        str(chosen): {label: float(sets.sel(set=chosen, sector=likes[label])) for label in labels}
        for chosen in sets["set"].values
    }
    return SectorList({label: label for label in labels}, dict(listed["name"]), dict(listed["kind"]), elasticities)


def own_codes(layout: str) -> dict[str, str]:
    """Return the code of ISO 3166 for each code of a publisher that differs from it."""
    listed = read_table(_layouts() / f"{layout}-economies.csv", {"code": "text", "iso": "text"}, key=["code"]).frame
    return dict(zip(listed["code"], listed["iso"], strict=True))


@dataclass(frozen=True)
class Elsewhere:
    """A public table that reports an economy, and the parser of `isthmus world import` that reads it."""

    table: str
    parser: str


def tables_elsewhere() -> dict[str, Elsewhere]:
    """Return a table for each economy that the packaged world does not report and whose other tables are known."""
    columns = {"economy": "text", "table": "text", "parser": "text"}
    listed = read_table(_layouts() / "elsewhere.csv", columns, key=["economy"]).frame  # type: ignore[arg-type]
    return {
        code: Elsewhere(found, parser)
        for code, found, parser in zip(listed["economy"], listed["table"], listed["parser"], strict=True)
    }


def economy_names(codes: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return names by language ("" is English): those of the packaged world, else those of ISO 3166, else the code."""
    columns = {"": "name", "ru": "name_ru", "zh": "name_zh"}
    path = world_directory(DEFAULT_WORLD) / "economies.csv"
    packaged = read_table(path, dict.fromkeys(("code", *columns.values()), "text"), key=["code"], other="text").frame
    listed, others = packaged.set_index("code"), iso_names()
    return {
        language: {
            code: str(listed.at[code, column])
            if code in listed.index
            else others.get(code, {}).get(language or "en", code)
            for code in codes
        }
        for language, column in columns.items()
    }


def read_sector_list(path: Path, elasticities: Path | None, labels: Sequence[str] | None = None) -> SectorList:
    """Read the user's list of sectors: label (as in the table), code, name, kind; elasticities by code where given.

    Without a table of elasticities there is one set, 4 for every sector.

    Raises
    ------
    BadInputError
        For a kind other than goods and services, a code twice, or a label of the table that is not listed.
    """
    columns = {"label": "text", "code": "text", "name": "text", "kind": "text"}
    table = read_table(path, columns, key=["label"])  # type: ignore[arg-type]
    frame = table.frame
    wrong = ~frame["kind"].isin(["goods", "services"])
    twice = frame["code"].duplicated()
    for flawed, column, allowed in ((wrong, "kind", "goods, services"), (twice, "code", "each code once")):
        if flawed.any():
            at = int(np.argmax(flawed.to_numpy()))
            raise BadInputError(
                f"{table.row(at)}, column {column}",
                f"found {frame[column].iloc[at]!r}",
                allowed=allowed,
                remedy="correct the row",
            )
    missing = [label for label in labels or () if label not in set(frame["label"])]
    if missing:
        raise BadInputError(
            path.name,
            f"no row for {', '.join(missing[:5])} ({len(missing)} in all)",
            allowed="a row for every sector of the table",
            remedy="add the rows",
        )
    codes = dict(zip(frame["label"], frame["code"], strict=True))
    sets = {FLAT: dict.fromkeys(codes, 4.0)}
    if elasticities is not None:
        array = read_elasticities(elasticities, list(frame["code"]))
        sets = {
            str(chosen): {label: float(array.sel(set=chosen, sector=code)) for label, code in codes.items()}
            for chosen in array["set"].values
        }
    names, kinds = (dict(zip(frame["label"], frame[column], strict=True)) for column in ("name", "kind"))
    return SectorList(codes, names, kinds, sets)


def tariffs_for(path: Path, economies: Sequence[str], sectors: Sequence[str]) -> NDArray[np.float64]:
    """Read applied tariffs for the labels of a table, shape (S, N, N); absent rows are 0."""
    rates: NDArray[np.float64] = read_tariffs(path, list(economies), list(sectors)).values
    return rates


def _layouts() -> Path:
    return Path(str(resources.files("isthmus"))) / "assets" / "layouts"
