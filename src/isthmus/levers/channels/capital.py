"""Capital: what more investment has built by the deadline, on top of what returns bring."""

from collections.abc import Mapping

import numpy as np

from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number, driver
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "capital"


def shocks(effect: Effect, n: Mapping[str, float], _: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return K_hat = driver."""
    hat = float(driver(effect.form, n, where, degree))
    return [Shock(kind=KIND, change_pct=100 * (hat - 1), economy=effect.economy)]


def sizes(effect: Effect, n: Mapping[str, Number], _: WorldFacts, where: str) -> dict[str, Number]:
    """Return the logarithm of the driver."""
    return {KIND: np.log(driver(effect.form, n, where))}
