"""The links between economies after a scenario, and where new trade comes from: own industry or third suppliers."""

from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.exposure import Links, links_of
from isthmus.equilibrium.state import State


def links_after(state: State) -> Links:
    """Return who buys from whom after the scenario, in the form in which exposure is measured before it."""
    system = state.system
    return links_of(
        state.axes,
        sold=state.flows / state.spending[:, None, :],
        chain=system.chain,
        beta=system.beta,
        spending=state.spending,
        final=state.before.alpha * state.income,
    )


@dataclass(frozen=True, kw_only=True)
class Displaced:
    """What a supplier's gain in a market takes the place of, million USD with tariff, (S,) each.

    `gained` is the change of its share times new spending; `created` comes from the market's own industry, `diverted` from
    third suppliers; they add up to `gained`.
    """

    gained: Array
    created: Array
    diverted: Array


def displaced(state: State, exporter: int, importer: int) -> Displaced:
    """Split an exporter's gain in a market into trade creation and trade diversion (:eq:`creation-diversion`), after Viner."""
    moved = (state.trade_share[:, :, importer] - state.before.pi[:, :, importer]) * state.spending[:, importer, None]
    third = np.ones(moved.shape[1], dtype=bool)
    third[[exporter, importer]] = False
    return Displaced(gained=moved[:, exporter], created=-moved[:, importer], diverted=-moved[:, third].sum(axis=1))
