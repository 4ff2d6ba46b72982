"""Read the outcome targets and energy accounts of a study, checked against partners, ledger and targets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import Field as Key

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger
from isthmus.levers.change import target_values
from isthmus.levers.energy import EnergyAccounts, Fuel
from isthmus.levers.lever import JOINT
from isthmus.levers.outcomes import Outcome, OutcomeMeasure
from isthmus.plans.plan import Target
from isthmus.readers.study.titles import every_title
from isthmus.readers.tables import read_table
from isthmus.readers.toml import Typed, as_model, read_toml
from isthmus.readers.worlds.carry import merged_row

ENERGY_MEASURES = (OutcomeMeasure.ENERGY_INTENSITY, OutcomeMeasure.CO2_INTENSITY, OutcomeMeasure.NON_FOSSIL_SHARE)


class FuelKeys(Typed):
    """Table [[energy.fuel]]: a fuel, its sector and what turns spending into energy and CO2."""

    sector: str
    share: str
    factor: str
    price: str


class EnergyKeys(Typed):
    """Table [energy]: accounts that link spending on fuels to energy and CO2."""

    fuel: list[FuelKeys]
    transformation: list[str]
    power: str
    non_fossil: dict[str, str] = Key(default={})


class OutcomeKeys(Typed):
    """Table [[outcome]]: something the plans want that the model measures."""

    id: str
    target: str = ""
    title: dict[str, str] = Key(default={})
    owner: str
    measure: str
    economy: str
    partner: str = ""
    sector: list[str] = Key(default=["*"])
    base: str = ""
    base_year: int
    trend: str = ""
    additional: str = ""
    direction: str = ""
    note: str = ""


class OutcomeFile(Typed):
    """An outcomes file; lists at its top name groups of sectors."""

    groups: dict[str, list[str]] = Key(default={})
    energy: EnergyKeys | None = None
    outcome: list[OutcomeKeys]


def read_outcomes(
    path: Path,
    partners: Sequence[str],
    ledger: Ledger,
    targets: Sequence[Target],
    co2: Path | None = None,
    home: Mapping[str, str] | None = None,
) -> tuple[tuple[Outcome, ...], EnergyAccounts | None]:
    """Return the outcomes of a study and its energy accounts.

    Lists at the top of the file name groups of sectors. Energy accounts need the table `co2` of national emissions; `home`
    says which of its economies count for which group.

    Raises
    ------
    BadInputError
        For an unknown or missing key, measure, owner or target, a number that is neither in the ledger nor a
        target's, an outcome with both trend and additional, without direction, or with an energy measure where there
        are no accounts.
    """
    content = read_toml(path)
    groups = {name: value for name, value in content.items() if name not in ("energy", "outcome")}
    given: dict[str, Any] = {"groups": groups, "energy": content.get("energy"), "outcome": content.get("outcome", [])}
    form = as_model(given, OutcomeFile, path.name)
    known = set(ledger.parameters) | set(target_values(targets))
    accounts = _accounts(form.energy, co2, path, known, home or {})
    by_id = {target.id: target for target in targets}
    outcomes: dict[str, Outcome] = {}
    for entry in form.outcome:
        where = f"{path.name}, outcome {entry.id}"
        if entry.id in outcomes:
            raise BadInputError(where, "the id occurs twice", allowed="each id once", remedy="rename one of them")
        outcomes[entry.id] = _outcome(entry, where, partners, by_id, known, groups)
        if outcomes[entry.id].measure in ENERGY_MEASURES and accounts is None:
            raise BadInputError(
                where, f"{entry.measure} needs energy accounts", allowed="an [energy] table", remedy="add it"
            )
    return tuple(outcomes.values()), accounts


def read_co2(
    path: Path, share_columns: Mapping[str, str], home: Mapping[str, str] | None = None
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Return reported CO2 in million tonnes by economy, and shares of fuels where a row gives all of them.

    Parameters
    ----------
    share_columns
        Column of the table by fuel sector.
    home
        Group by economy: its members' emissions are added, and their shares weighted where all of them have some.
    """
    columns: dict[str, Any] = dict.fromkeys(share_columns.values(), "number")
    frame = read_table(path, {"economy": "text", "co2_mt": "number", "source": "text"}, columns, key=["economy"]).frame
    homes = [(home or {}).get(str(economy), str(economy)) for economy in frame["economy"]]
    frame = pd.DataFrame([merged_row(label, part) for label, part in frame.groupby(homes, sort=False)])
    for column in set(share_columns.values()) & set(frame.columns):
        frame[column] = pd.to_numeric(frame[column], errors="coerce")
    total = {str(e): float(v) for e, v in zip(frame["economy"], frame["co2_mt"], strict=True)}
    present = frame.dropna(subset=[c for c in share_columns.values() if c in frame.columns])
    shares = {
        str(row["economy"]): {sector: float(row[column]) for sector, column in share_columns.items()}
        for _, row in present.iterrows()
        if all(column in frame.columns for column in share_columns.values())
    }
    for economy, parts in shares.items():
        if abs(sum(parts.values()) - 1) > 0.005:
            raise BadInputError(
                f"{path.name}, {economy}",
                f"fuel shares sum to {sum(parts.values()):g}",
                allowed="1",
                remedy="correct them",
            )
    return total, shares


def _accounts(
    form: EnergyKeys | None, co2: Path | None, path: Path, known: set[str], home: Mapping[str, str]
) -> EnergyAccounts | None:
    if form is None or co2 is None:
        return None
    names = [name for fuel in form.fuel for name in (fuel.factor, fuel.price)] + list(form.non_fossil.values())
    _require_known(names, known, f"{path.name}, energy")
    total, shares = read_co2(co2, {fuel.sector: fuel.share for fuel in form.fuel}, home)
    return EnergyAccounts(
        fuels=tuple(Fuel(fuel.sector, fuel.factor, fuel.price) for fuel in form.fuel),
        transformation=tuple(form.transformation),
        power=form.power,
        non_fossil=form.non_fossil,
        co2_mt=total,
        fuel_share=shares,
    )


def _outcome(
    entry: OutcomeKeys,
    where: str,
    partners: Sequence[str],
    targets: Mapping[str, Target],
    known: set[str],
    groups: Mapping[str, Sequence[str]],
) -> Outcome:
    _one_of(entry.owner, (*partners, JOINT), f"{where}, owner")
    _one_of(entry.measure, list(OutcomeMeasure), f"{where}, measure")
    if entry.target:
        _one_of(entry.target, list(targets), f"{where}, target")
    elif not any(title.strip() for title in entry.title.values()):
        raise BadInputError(
            where, "has neither target nor title", allowed="a target, or a title in en, ru or zh", remedy="add one"
        )
    if entry.trend and entry.additional:
        raise BadInputError(where, "has trend and additional", allowed="one of them", remedy="remove the other")
    _require_known([n for n in (entry.base, entry.trend, entry.additional) if n], known, where)
    direction = entry.direction or (targets[entry.target].direction if entry.target else "")
    _one_of(direction, ("up", "down"), f"{where}, direction")
    return Outcome(
        id=entry.id,
        target=entry.target,
        titles=every_title(entry.title, where) if entry.title else {},
        owner=entry.owner,
        measure=OutcomeMeasure(entry.measure),
        economy=entry.economy,
        partner=entry.partner,
        sector=tuple(label for name in entry.sector for label in groups.get(name, (name,))),
        base=entry.base,
        base_year=entry.base_year,
        trend=entry.trend,
        additional=entry.additional,
        direction=direction,
    )


def _require_known(names: Sequence[str], known: set[str], where: str) -> None:
    missing = [name for name in names if name not in known]
    if missing:
        raise BadInputError(
            where,
            f"{', '.join(missing)} not found",
            allowed="a name of the ledger, target.ID or target.ID.base",
            remedy="add the entry to the ledger or correct the name",
        )


def _one_of(value: str, allowed: Sequence[str], where: str) -> None:
    if value not in list(allowed):
        raise BadInputError(where, f"found {value!r}", allowed=", ".join(allowed), remedy="use one of these")
