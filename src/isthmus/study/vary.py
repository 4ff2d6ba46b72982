"""One number of a study over a range: what joint measures are worth at central values when it is smaller or larger."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.levers.components import TOTAL, components
from isthmus.levers.support import BOTH
from isthmus.levers.worlds import Timetable, plan_worlds, solve_worlds
from isthmus.study.columns import Economy
from isthmus.study.components import THIRD, third_weights
from isthmus.study.draws import central_draw
from isthmus.study.headline import headline_world
from isthmus.study.registry import STATIONS
from isthmus.study.section import Table, key, measure, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from isthmus.study.study import Study


@dataclass(frozen=True)
class VaryRow:
    """What joint measures that both plans support are worth to one economy at one value of a number."""

    number: Annotated[str, key("the number that is varied: an entry of the ledger or a value of a target")]
    value: Annotated[float, key("its value, in its own unit")]
    economy: Economy
    real_income_pct: Annotated[
        float, measure("%", "change of real income at the deadline, before cost, against what each side does alone")
    ]


def refined(study: Study, findings: Findings) -> Study:
    """Return the study as the stations after those that measure something have seen it."""
    for station in STATIONS:
        section = findings.sections.get(station.name)
        if station.refine is not None and section is not None:
            study = station.refine(study, section)
    return study


def vary(study: Study, findings: Findings, number: str, values: Sequence[float]) -> Table[VaryRow]:
    """Solve the plans without and with joint measures at every value of one number, all others at central values.

    Parameters
    ----------
    study
        The study as it was run.
    findings
        What the run found: measured wedges take the place of the ledger's first values.
    number
        An entry of the ledger, ``target.ID`` or ``target.ID.base``.
    values
        Values in the number's unit.

    Returns
    -------
    Table
        One row a value and economy, and `third` for all but the partners, weighted by income.

    Raises
    ------
    BadInputError
        If the study has no levers, or no number of that name.
    NotConvergedError
        If a world has no equilibrium at one of the values.
    """
    seen = refined(study, findings)
    central = central_draw(seen).parameters
    _require_levers(seen, number)
    _require_known(number, list(central))
    world, _, _ = headline_world(seen)
    weights, standing = third_weights(world, seen.partners), standing_costs(findings, seen)
    rows: list[VaryRow] = []
    for value in values:
        parameters = {**central, number: value}
        solved = solve_worlds(
            world,
            seen.levers,
            parameters,
            plan_worlds(seen.levers, seen.partners, parameters, seen.asked),
            Timetable(seen.start, seen.deadline, seen.deadline),
            trade_balance=seen.trade_balance,
            standing=standing,
        )
        income = {name: 100 * np.expm1(at.at_deadline.welfare.ln_real_income) for name, at in solved.items()}
        gain = components(income, world.economies, seen.partners)[TOTAL, BOTH]
        rows += [VaryRow(number, value, label, float(g)) for label, g in zip(world.economies, gain, strict=True)]
        rows.append(VaryRow(number, value, THIRD, float(gain @ weights)))
    return table(VaryRow, rows)


def require_variable(study: Study, number: str) -> None:
    """Raise before a run where nothing can be varied after it; targets read from documents are known only then.

    Raises
    ------
    BadInputError
        If the study has no levers, or no number of that name.
    """
    _require_levers(study, number)
    if study.use_targets == "curated" or not number.startswith("target."):
        _require_known(number, list(central_draw(study).parameters))


def _require_levers(study: Study, number: str) -> None:
    if not study.levers:
        raise BadInputError(
            f"--vary {number}", "the study has no levers", allowed="a study with levers", remedy="write levers.toml"
        )


def _require_known(number: str, known: Sequence[str]) -> None:
    if number not in known:
        near = get_close_matches(number, known, n=5, cutoff=0.5) or sorted(known)[:5]
        raise BadInputError(
            f"--vary {number}",
            "is no number of the study",
            allowed=f"an entry of its ledger or a value of its targets, for example {', '.join(near)}",
            remedy="see ledger.toml and targets.csv",
        )
