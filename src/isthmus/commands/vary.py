"""``--vary NAME=LOW:HIGH:STEPS``: one number of a scenario over a range, one table."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.equilibrium.result import Result
from isthmus.equilibrium.scenario import Scenario

MOST_STEPS = 1000
_SETTINGS = ("services", "scale")
_OF_SHOCK = ("change_pct", "rate", "rate_change_pp")
_SHOCK = re.compile(r"shock\.(\d+)\.(\w+)")
_ALLOWED = f"{', '.join(_SETTINGS)}, or shock.N.KEY with KEY {', '.join(_OF_SHOCK)}; LOW:HIGH:STEPS, 2 to {MOST_STEPS}"


@dataclass(frozen=True)
class VariedNumber:
    """A number of a scenario and the values that it takes."""

    name: str
    values: tuple[float, ...]


def read_range(text: str, *, any_name: bool = False) -> VariedNumber:
    """Read NAME=LOW:HIGH:STEPS; STEPS counts the values, both ends among them.

    With `any_name` the name is checked elsewhere; otherwise it is one of a scenario's.

    Raises
    ------
    BadInputError
        For another form, ends that are no finite numbers or equal, or a number of steps out of bounds.
    """
    name, _, span = text.partition("=")
    parts = span.split(":")
    try:
        low, high, steps = float(parts[0]), float(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        low, high, steps = math.nan, math.nan, 0
    shock = _SHOCK.fullmatch(name)
    known = bool(name) if any_name else name in _SETTINGS or (shock is not None and shock[2] in _OF_SHOCK)
    if not known or len(parts) != 3 or not math.isfinite(low + high) or low == high or not 2 <= steps <= MOST_STEPS:
        raise _wrong(text, "is no range of a number that can be varied")
    return VariedNumber(name, tuple(float(value) for value in np.linspace(low, high, steps)))


def varied(scenario: Scenario, name: str, value: float) -> Scenario:
    """Return the scenario with one number changed.

    Raises
    ------
    BadInputError
        If the scenario has no such shock, or the shock no such number.
    """
    found = _SHOCK.fullmatch(name)
    if found is None:
        setting: dict[str, Any] = {name: value}
        return replace(scenario, **setting)
    at, key = int(found[1]) - 1, found[2]
    if not 0 <= at < len(scenario.shocks):
        raise _wrong(name, f"there are {len(scenario.shocks)} shocks, counted from 1")
    if getattr(scenario.shocks[at], key) is None:
        raise _wrong(name, f"shock {at + 1} has no {key}")
    number: dict[str, Any] = {key: value}
    shocks = [replace(shock, **number) if i == at else shock for i, shock in enumerate(scenario.shocks)]
    return replace(scenario, shocks=tuple(shocks))


def vary(scenario: Scenario, over: VariedNumber, solved: Callable[[Scenario], Result]) -> pd.DataFrame:
    """Return real income of every economy at every value of a range: number, value, economy, real_income_pct."""
    pieces = []
    for value in over.values:
        income = solved(varied(scenario, over.name, value)).real_income_pct
        labels = {"number": over.name, "value": value, "economy": income["economy"].values}
        pieces.append(pd.DataFrame({**labels, "real_income_pct": income.values}))
    return pd.concat(pieces, ignore_index=True)


def _wrong(text: str, problem: str) -> BadInputError:
    return BadInputError(f"--vary {text}", problem, allowed=_ALLOWED, remedy="write services=4:6:5")
