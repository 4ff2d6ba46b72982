"""Read published numbers that the product is held against, and panels it is checked on."""

from importlib import resources
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field, model_validator

from isthmus.core.errors import BadInputError
from isthmus.readers.tables import read_table
from isthmus.readers.toml import Typed, as_model, read_toml


class Published(Typed):
    """One number somebody else printed, and how near to it the product has to come."""

    id: str
    what: str
    unit: str
    value: float
    tolerance: float
    why: str
    source: str
    table: str
    page: str = ""
    status: Literal["matches", "differs-because"] = "matches"
    because: str = ""

    @model_validator(mode="after")
    def _explained(self) -> "Published":
        if self.status == "differs-because" and not self.because.strip():
            raise ValueError("because is empty")
        return self


class PublishedFile(Typed):
    """One file of assets/published: settings of the check, then entries."""

    settings: dict[str, str | float | int] = Field(default={})
    source: str
    entry: list[Published]


def read_published(name: str) -> PublishedFile:
    """Read one file of assets/published by name; an entry without source or page takes the file's."""
    path = Path(str(resources.files("isthmus") / "assets" / "published" / f"{name}.toml"))
    content = read_toml(path)
    entries = [{"source": content.get("source", ""), **entry} for entry in content.get("entry", [])]
    return as_model({**content, "entry": entries}, PublishedFile, path.name)


def read_gravity_panel(path: Path, year: int) -> pd.DataFrame:
    """Read one year of the guide's panel: exporter, importer, trade, distance, contiguity.

    The columns of the published file are exporter, importer, year, trade, dist, cntg.

    Raises
    ------
    BadInputError
        For a missing column, an empty cell, or a year that is not there.
    """
    columns = {"trade": "trade", "dist": "distance", "cntg": "contiguity"}
    table = read_table(
        path, {"exporter": "text", "importer": "text", "year": "whole", **dict.fromkeys(columns, "number")}, other=None
    )
    frame = table.frame[table.frame["year"] == year]
    if frame.empty:
        years = ", ".join(str(int(y)) for y in sorted(table.frame["year"].dropna().unique()))
        raise BadInputError(
            f"{table.path.name}, column year", f"no row of {year}", allowed=years, remedy="use the published panel"
        )
    if frame[list(columns)].isna().any().any() or not (frame["dist"] > 0).all():
        raise BadInputError(
            table.path.name,
            f"an empty trade, dist or cntg, or a distance of 0, in {year}",
            allowed="numbers",
            remedy="use the published panel",
        )
    return frame.rename(columns=columns)[["exporter", "importer", *columns.values()]].reset_index(drop=True)
