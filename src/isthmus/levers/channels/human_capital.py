"""Human capital: more able, not more numerous, workers raise the bundle of factors by the labour share."""

from collections.abc import Mapping

import numpy as np

from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number, driver
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "endowment"


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return V_hat = driver ** (1 - chi) for every economy."""
    hat = float(driver(effect.form, n, where, degree))
    return [
        Shock(kind=KIND, change_pct=100 * (hat ** (1 - facts.capital_share[i]) - 1), economy=facts.economies[i])
        for i in facts.economy(effect.economy, f"{where}, economy")
    ]


def sizes(effect: Effect, n: Mapping[str, Number], _: WorldFacts, where: str) -> dict[str, Number]:
    """Return the logarithm of the driver."""
    return {KIND: np.log(driver(effect.form, n, where))}
