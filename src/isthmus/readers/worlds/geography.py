"""Read bilateral geography, trade agreements and sector groups of a world directory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import Field

from isthmus.border.observed import Geography
from isthmus.core.errors import BadInputError
from isthmus.readers.tables import read_table
from isthmus.readers.toml import Typed, read_model, read_toml, well_formed

_SHARES = ("contiguity", "common_language")


class AgreementEntry(Typed):
    """One agreement of agreements.toml: parties (every pair) or two sides (every pair across)."""

    name: str
    since: int
    until: int = 9999
    deep: bool = False
    parties: list[str] = Field(default=[])
    sides: list[list[str]] = Field(default=[])
    first: dict[str, int] = Field(default={}, alias="from")
    last: dict[str, int] = Field(default={}, alias="to")
    without: list[list[str]] = Field(default=[], alias="except")
    source: str = ""
    status: str = ""


class AgreementFile(Typed):
    """agreements.toml."""

    source: str
    status: str
    sets: dict[str, list[str]] = Field(default={})
    joined: dict[str, dict[str, int]] = Field(default={})
    left: dict[str, dict[str, int]] = Field(default={})
    agreement: list[AgreementEntry] = Field(default=[])


def read_geography(folder: Path, years: Sequence[int], groups: Mapping[str, str] | None = None) -> Geography:
    """Read geography.csv, members.csv and agreements.toml of a world directory.

    Parameters
    ----------
    folder
        World directory. Without geography.csv there is no gravity: BadInputError says so. Without agreements.toml nobody
        has an agreement; without members.csv every economy is its own only member.
    years
        Years for which agreements are expanded to pairs.
    groups
        Economies whose members and agreements count for a group, by label; the rows of pairs stay as they are.

    Raises
    ------
    BadInputError
        For a distance that is not positive, a share outside 0 to 1, a missing pair, or an agreement that cannot be read.
    """
    table = read_table(
        folder / "geography.csv",
        {"exporter": "text", "importer": "text", "distance_km": "number", **dict.fromkeys(_SHARES, "number")},
        key=("exporter", "importer"),
        other="number",
    )
    frame = table.frame
    for column in ("distance_km", *_SHARES):
        good = frame[column] > 0 if column == "distance_km" else frame[column].between(0, 1)
        if not good.all():
            at = int((~good).to_numpy().argmax())
            raise BadInputError(
                f"{table.row(at)}, column {column}",
                f"found {frame[column].iloc[at]:g}",
                allowed="kilometres above 0" if column == "distance_km" else "shares from 0 to 1",
                remedy="correct the cell",
            )
    economies = list(dict.fromkeys(frame["exporter"]))
    missing = set(product(economies, economies)) - set(zip(frame["exporter"], frame["importer"], strict=True))
    if missing or len(frame) != len(economies) ** 2:
        example = sorted(missing)[0] if missing else "an importer that is no exporter"
        raise BadInputError(
            "geography.csv",
            f"pair {example} is missing ({len(missing)})",
            allowed="every pair once",
            remedy="add the rows",
        )
    members = _members(folder, economies, groups or {})
    sources = {}
    if (folder / "geography.toml").is_file():
        with well_formed("geography.toml"):
            sources = {name: str(entry["source"]) for name, entry in read_toml(folder / "geography.toml").items()}
    pairs = frame.reset_index(drop=True)
    return Geography(pairs, _agreements(folder, members, years), members, sources)


def read_sector_groups(folder: Path, sectors: Sequence[str], goods: Sequence[str]) -> dict[str, str]:
    """Return the gravity group of each sector: sector_groups.csv where it names the sector, else goods or services."""
    listed: dict[str, str] = {}
    if (folder / "sector_groups.csv").is_file():
        frame = read_table(folder / "sector_groups.csv", {"sector": "text", "group": "text"}, key=("sector",)).frame
        listed = dict(zip(frame["sector"], frame["group"], strict=True))
    return {s: listed.get(s, "goods" if s in goods else "services") for s in sectors}


def _members(folder: Path, economies: Iterable[str], groups: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Return the population weights of the members of each economy, equal weights where no population is known."""
    weights: dict[str, dict[str, float]] = {}
    for e in economies:
        weights.setdefault(groups.get(e, e), {})[e] = 1.0
    weights = {e: dict.fromkeys(listed, 1.0 / len(listed)) for e, listed in weights.items()}
    if not (folder / "members.csv").is_file():
        return weights
    table = read_table(
        folder / "members.csv", {"economy": "text", "member": "text", "population": "number"}, key=("economy", "member")
    )
    if not (table.frame["population"] > 0).all():
        at = int((~(table.frame["population"] > 0)).to_numpy().argmax())
        raise BadInputError(
            f"{table.row(at)}, column population", "not above 0", allowed="persons above 0", remedy="correct the cell"
        )
    homes = table.frame["economy"].map(lambda economy: groups.get(economy, economy))
    for economy, part in table.frame.groupby(homes):
        total = part["population"].sum()
        weights[str(economy)] = {
            str(m): float(p / total) for m, p in zip(part["member"], part["population"], strict=True)
        }
    return weights


def _agreements(folder: Path, members: Mapping[str, Mapping[str, float]], years: Sequence[int]) -> pd.DataFrame:
    """Expand agreements.toml to rows of pair, year and agreement, both directions."""
    columns = ["exporter", "importer", "year", "agreement", "deep", "share", "status"]
    path = folder / "agreements.toml"
    if not path.is_file():
        return pd.DataFrame({c: pd.Series(dtype=bool if c == "deep" else object) for c in columns})
    content = read_model(path, AgreementFile)
    home = {m: (economy, weight) for economy, listed in members.items() for m, weight in listed.items()}
    rows = [row for entry in content.agreement for row in _expanded(entry, content, home, years)]
    return pd.DataFrame(rows, columns=columns).astype({"year": int, "deep": bool, "share": float})


def _expanded(
    entry: AgreementEntry, content: AgreementFile, home: Mapping[str, tuple[str, float]], years: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of one agreement, shares of members added up inside pairs of economies."""
    status = entry.status or content.status
    without = {frozenset(pair) for pair in entry.without}
    for year in years:
        share: dict[tuple[str, str], float] = {}
        for a, b in _party_pairs(entry, content, year):
            if a in home and b in home and frozenset((a, b)) not in without and home[a][0] != home[b][0]:
                for x, y in ((a, b), (b, a)):
                    key = (home[x][0], home[y][0])
                    share[key] = share.get(key, 0.0) + home[x][1] * home[y][1]
        for (exporter, importer), value in share.items():
            yield exporter, importer, year, entry.name, entry.deep, min(1.0, round(value, 9)), status


def _party_pairs(entry: AgreementEntry, content: AgreementFile, year: int) -> Iterator[tuple[str, str]]:
    if not entry.since <= year <= entry.until:
        return
    if entry.parties:
        yield from combinations(_present(entry.parties, entry, content, year), 2)
    elif len(entry.sides) == 2:
        left, right = (_present(side, entry, content, year) for side in entry.sides)
        yield from product(left, right)
    else:
        raise BadInputError(
            f"agreements.toml, {entry.name}",
            "has neither parties nor two sides",
            allowed="parties, or sides with two lists",
            remedy="add them",
        )


def _present(listed: Sequence[str], entry: AgreementEntry, content: AgreementFile, year: int) -> list[str]:
    """Resolve sets (written ``.NAME``) and keep the parties that take part in `year`."""
    found: list[str] = []
    for name in listed:
        key = name.removeprefix(".")
        if name.startswith(".") and key not in content.sets:
            raise BadInputError(
                f"agreements.toml, {entry.name}",
                f"unknown set {name!r}",
                allowed=", ".join(content.sets),
                remedy="add it under [sets]",
            )
        party_list = content.sets[key] if name.startswith(".") else [name]
        joined, left = (content.joined.get(key, {}), content.left.get(key, {})) if name.startswith(".") else ({}, {})
        found += [p for p in party_list if joined.get(p, 0) <= year <= left.get(p, 9999)]
    return [p for p in dict.fromkeys(found) if entry.first.get(p, 0) <= year <= entry.last.get(p, 9999)]
