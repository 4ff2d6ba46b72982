"""Read a scenario file: shocks, closure and elasticities in TOML."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Key

from isthmus.core.errors import BadInputError
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.readers.tables import ExpectedColumn, read_table
from isthmus.readers.toml import Typed, read_model
from isthmus.readers.worlds.groups import RESERVED

MOST_PCT = 1e6
"""Largest change in percent, and largest tariff; what lies above is a slip of the pen."""
ScenarioYear = Annotated[int, Key(ge=1900, le=2300)]
Labels = str | Annotated[list[str], Key(min_length=1)]
FIELDS = {
    "trade_cost": {"exporter", "importer", "sector", "change_pct"},
    "tariff": {"exporter", "importer", "sector", "rate", "rate_change_pp", "rates"},
    "productivity": {"economy", "sector", "change_pct"},
    "labour": {"economy", "change_pct"},
    "capital": {"economy", "change_pct"},
    "endowment": {"economy", "change_pct"},
    "input_requirement": {"economy", "input", "industry", "change_pct"},
}
ECONOMIES = ("exporter", "importer", "economy")
"""Keys of a shock that name economies, and so groups of them."""
_TIMING = {"start", "end", "phase_years"}


class ClosureKeys(Typed):
    """Table [closure]."""

    trade_balance: Literal["fixed", "own_va", "zero"] = "fixed"
    numeraire: str | None = None


class ElasticityKeys(Typed):
    """Table [elasticity]."""

    source: str = ""
    services: float | None = Key(default=None, gt=0)
    scale: float = Key(default=1.0, gt=0)


class ShockKeys(Typed):
    """One table [[shock]]."""

    kind: Literal["trade_cost", "tariff", "productivity", "labour", "capital", "endowment", "input_requirement"]
    exporter: Labels = "*"
    importer: Labels = "*"
    economy: Labels = "*"
    sector: Labels = "*"
    input: Labels = "*"
    industry: Labels = "*"
    change_pct: float | None = Key(default=None, gt=-100, le=MOST_PCT)
    rate: float | None = Key(default=None, gt=-1, le=MOST_PCT)
    rate_change_pp: float | None = Key(default=None, ge=-MOST_PCT, le=MOST_PCT)
    rates: str | None = None
    start: ScenarioYear | None = None
    end: ScenarioYear | None = None
    phase_years: int = Key(default=0, ge=0, le=200)


class ScenarioFile(Typed):
    """A scenario file."""

    name: str = ""
    closure: ClosureKeys = ClosureKeys()
    elasticity: ElasticityKeys = ElasticityKeys()
    groups: dict[str, Annotated[list[str], Key(min_length=1)]] = Key(default={})
    shock: list[ShockKeys] = Key(default=[])


def read_scenario(path: Path, economies: Collection[str] = ()) -> Scenario:
    """Read a scenario file; paths in it are relative to it.

    Parameters
    ----------
    economies
        Labels of the world, which no group of the file may have.

    Raises
    ------
    BadInputError
        For broken TOML, an unknown key, a key that does not belong to the kind of shock, a number out of bounds, or a group
        with the label of an economy.
    """
    file = read_model(path, ScenarioFile)
    _require_own_labels(file.groups, economies, path)
    return Scenario(
        shocks=tuple(_shock(keys, number, path, file.groups) for number, keys in enumerate(file.shock, start=1)),
        trade_balance=file.closure.trade_balance,
        numeraire=file.closure.numeraire,
        elasticity=file.elasticity.source,
        services=file.elasticity.services,
        scale=file.elasticity.scale,
        name=file.name or path.stem,
    )


def scenario_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the groups of economies that a scenario file names, members by label."""
    return {label: tuple(members) for label, members in read_model(path, ScenarioFile).groups.items()}


def _require_own_labels(groups: Mapping[str, list[str]], economies: Collection[str], path: Path) -> None:
    taken = [label for label in groups if label in economies or label in RESERVED]
    if taken:
        raise BadInputError(
            f"{path.name}, groups, {taken[0]}",
            "is the label of an economy or selects something else",
            allowed="a label of your own",
            remedy="rename the group",
        )


def _expanded(value: Labels, groups: Mapping[str, list[str]]) -> str | tuple[str, ...]:
    """Return labels with the members of a group in the place of its name, each once."""
    if isinstance(value, str) and value not in groups:
        return value
    listed = [value] if isinstance(value, str) else value
    return tuple(dict.fromkeys(member for label in listed for member in groups.get(label, [label])))


def _shock(keys: ShockKeys, number: int, path: Path, groups: Mapping[str, list[str]]) -> Shock:
    """Check that a shock carries the keys of its kind and make it."""
    where = f"{path.name}, shock {number} ({keys.kind})"
    allowed = FIELDS[keys.kind] | _TIMING
    surplus = sorted(keys.model_fields_set - allowed - {"kind"})
    if surplus:
        raise BadInputError(
            where,
            f"key {', '.join(surplus)} does not belong here",
            allowed=", ".join(sorted(allowed)),
            remedy="remove it",
        )
    if keys.kind != "tariff" and keys.change_pct is None:
        raise BadInputError(where, "change_pct is missing", allowed="a number above -100", remedy="add change_pct")
    if keys.start is not None and keys.end is not None and keys.end < keys.start:
        raise BadInputError(
            where,
            f"end {keys.end} lies before start {keys.start}",
            allowed="end from start on",
            remedy="correct a year",
        )
    rates = None if keys.rates is None else _rates(path.parent / keys.rates)
    labels = {
        name: _expanded(value, groups if name in ECONOMIES else {})
        for name, value in keys.model_dump(
            include={"exporter", "importer", "economy", "sector", "input", "industry"}
        ).items()
    }
    return Shock(
        kind=keys.kind,
        change_pct=keys.change_pct,
        rate=keys.rate,
        rate_change_pp=keys.rate_change_pp,
        rates=rates,
        start=keys.start,
        end=keys.end,
        phase_years=keys.phase_years,
        **labels,
    )


def _rates(path: Path) -> tuple[tuple[str, str, str, float], ...]:
    """Read the table of tariff cells a shock sets."""
    columns = ("exporter", "importer", "sector")
    rate = ExpectedColumn("number", above=-1.0, high=MOST_PCT, filled=True)
    table = read_table(
        path, {**dict.fromkeys(columns, ExpectedColumn(filled=True)), "rate": rate}, key=columns, other=None
    )
    rows = zip(*(table.frame[name] for name in columns), table.frame["rate"].astype(float), strict=True)
    return tuple((str(e), str(i), str(s), float(r)) for e, i, s, r in rows)
