"""Days saved on the way, at the cost of one day in transit."""

from collections.abc import Mapping

import numpy as np

from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "trade_cost"


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return kappa_hat = (1 + per_day) ** (-days x additional x degree)."""
    hat = float(np.exp(degree * sizes(effect, n, facts, where)[KIND]))
    return [
        Shock(
            kind=KIND,
            change_pct=100 * (hat - 1),
            exporter=effect.exporter,
            importer=effect.importer,
            sector=effect.sector,
        )
    ]


def sizes(_: Effect, n: Mapping[str, Number], __: WorldFacts, ___: str) -> dict[str, Number]:
    """Return the logarithm of the cost factor."""
    return {KIND: -n["days"] * n.get("additional", 1.0) * np.log1p(n["per_day"])}
