"""Does it fit? Demand meets capacity: what cannot get across stays away in the order of what it would pay.

Trade falls with its price at the trade elasticity. A share u of it stays away when the way across is dearer by
``value x ((1 - u)^(-1/elasticity) - 1)`` (:eq:`unmet-price`); the curve is cut into steps, so that the program stays
linear and the scarcity price of a full crossing is the one at which what is left just fits.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError, InfeasibleError
from isthmus.corridors.flow import Flows, FlowWorth, flow
from isthmus.corridors.modes import by_mode
from isthmus.corridors.network import Network, without_limits

_CUTS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FINE = (
    1.5, 1.3, 1.2, 1.1, 1.05, 1.02, 1.01, 1.005, 1.002, 1.001, 1.0005, 1.0002, 1.0, 0.9998, 0.9995, 0.999, 0.998, 0.995,
    0.99, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5, 0.3, 0.0,
)  # fmt: skip
"""Amounts over the wanted one at which the curve of demand is cut when it is followed both ways."""
NEAR, CLOSE = 0.01, 0.2
"""Distance from the wanted amount within which cuts are made again around other amounts, and how much closer."""


def fit(
    network: Network, elasticity: float | Array, *, reference: Array | None = None, start: Flows | None = None
) -> Flows:
    """Find the cheapest flows when demand gives way to scarcity.

    Demand is what would come at the reference: the cheapest way with nothing full unless given. `Flows.unmet` says what
    stays away; its price is in the scarcity of full arcs and in the delivered cost of each node.

    Parameters
    ----------
    elasticity
        Trade elasticity, above 0: per cent less trade for each per cent on the price; one, or (node, carrier).
    reference
        (node, carrier, year, season): price at which all that is asked for comes.

    Raises
    ------
    BadInputError
        When the elasticity is not above 0, or a carrier with demand has no value.
    """
    network = by_mode(network)
    if not np.all(np.asarray(elasticity) > 0):
        raise BadInputError("elasticity", f"found {elasticity}", allowed="above 0", remedy="use the trade elasticity")
    asked = network.demand.values.sum(axis=(0, 2, 3)) > 0
    worthless = [c.id for c, wanted in zip(network.carriers, asked, strict=True) if wanted and c.value <= 0]
    if worthless:
        raise BadInputError(
            f"carriers.csv, carrier {', '.join(worthless)}", "has no value", allowed="value_usd_per_unit above 0",
            remedy="enter the value",
        )  # fmt: skip
    prices = unlimited_price(network) if reference is None else reference
    every = np.broadcast_to(np.asarray(elasticity, dtype=float), prices.shape[:2])
    return flow(network, start=start, worth=_curve(network, every, prices, 1.0 - np.array(_CUTS)))


def unlimited_price(network: Network) -> Array:
    """Return USD a unit delivered (node, carrier, year, season) if nothing were full, closed, queued for or built anew.

    Supply is the network's own, so that a dearer source does not pass for a full crossing; where even without limits
    on the way it does not suffice, every source gives what is asked for.
    """
    open_ways = without_limits(network)
    try:
        prices: Array = flow(open_ways).season_price.values
    except InfeasibleError:
        supply = network.supply.copy(data=np.where(network.supply > 0, 2 * network.demand.sum().item(), 0.0))
        prices = flow(replace(open_ways, supply=supply)).season_price.values
    return prices


def premium(unmet_share: Array, elasticity: float | Array) -> Array:
    """Return the dearer price, as a share of the value, at which `unmet_share` stays away (:eq:`unmet-price`)."""
    return np.asarray((1.0 - unmet_share) ** (-1.0 / elasticity) - 1.0)


def fit_table(flows: Flows, reference: Array | None = None) -> pd.DataFrame:
    """Return what is wanted, met and unmet by year, carrier and node, and what the unmet part would pay.

    `unmet_pays_usd_per_unit` is what one more unit delivered is worth beyond the reference: the cheapest way with nothing
    full unless given.
    """
    network, rows = flows.network, []
    seasonal = unlimited_price(network) if reference is None else reference
    free = _mean_price(network, seasonal)
    demand = network.demand.values.sum(axis=3)
    for n, c, y in np.argwhere(demand > 0):
        unmet = float(flows.unmet.values[n, c, y])
        carrier, wanted = network.carriers[c], float(demand[n, c, y])
        rows.append(
            {
                "year": network.years[y],
                "node": network.nodes[n].id,
                "economy": network.nodes[n].economy,
                "carrier": carrier.id,
                "unit": carrier.unit,
                "wanted": wanted,
                "met": wanted - unmet,
                "unmet": unmet,
                "unmet_share": unmet / wanted,
                "delivered_cost_usd_per_unit": float(flows.price.values[n, c, y]),
                "unmet_pays_usd_per_unit": max(float(flows.price.values[n, c, y] - free[n, c, y]), 0.0),
                "unmet_value_usd": unmet * carrier.value,
            }
        )
    names = ["year", "node", "economy", "carrier", "unit", "wanted", "met", "unmet", "unmet_share"]
    names += ["delivered_cost_usd_per_unit", "unmet_pays_usd_per_unit", "unmet_value_usd"]
    return pd.DataFrame(rows, columns=names)


def _mean_price(network: Network, seasonal: Array) -> Array:
    """Return prices of seasons as those of the year, by demand; by length where there is none."""
    demand, share = network.demand.values, np.array([s for _, s in network.seasons])
    whole = demand.sum(axis=3, keepdims=True)
    weight = np.where(whole > 0, demand / np.where(whole > 0, whole, 1.0), share)
    mean: Array = (seasonal * weight).sum(axis=3)
    return mean


def first_binding(flows: Flows) -> pd.DataFrame:
    """Return the first year in which each arc is full, and its dual then: link, direction, family, year, dual."""
    rows = []
    network, scarce = flows.network, (flows.scarcity.values > 0) & (flows.utilisation.values > 1 - 1e-6)
    for a, d, f in np.argwhere(scarce.any(axis=3)):
        y = int(np.argmax(scarce[a, d, f]))
        labels = (
            network.arcs[a].id,
            str(flows.scarcity["direction"].values[d]),
            str(flows.scarcity["family"].values[f]),
        )
        rows.append((*labels, network.years[y], float(flows.scarcity.values[a, d, f, y])))
    return pd.DataFrame(rows, columns=["arc", "direction", "family", "year", "dual"])


def follow(
    network: Network, elasticity: Array, reference: Array, start: Flows | None = None, centres: Sequence[float] = ()
) -> Flows:
    """Find the cheapest flows when demand follows its price both ways, finely cut around what is wanted.

    Parameters
    ----------
    elasticity
        (node, carrier): per cent less for each per cent of the value on the price.
    reference
        (node, carrier, year, season): price at which exactly the network's demand is wanted.
    start
        Flows found in this way for the same demand, before something was built or closed.
    centres
        Amounts over the wanted one around which cuts are made again, `CLOSE` as far apart: where the answer is expected.

    Returns
    -------
    Flows
        On a network whose demand is the most that would come; `Flows.unmet` is what does not.
    """
    wide = replace(network, demand=FINE[0] * network.demand if start is None else start.network.demand)
    closer = [centre + CLOSE * (x - 1) for centre in centres for x in FINE if abs(x - 1) <= NEAR]
    amounts = np.array(sorted({*FINE, *(x for x in closer if 0 < x < FINE[0])}, reverse=True))
    return flow(wide, start=start, worth=_curve(network, elasticity, reference, amounts))


def _curve(network: Network, elasticity: Array, reference: Array, amounts: Array) -> FlowWorth:
    """Cut what demand pays at falling amounts over the wanted one into steps."""
    middle = (amounts[:-1] + amounts[1:]) / 2
    value = np.array([carrier.value for carrier in network.carriers])
    above = premium(1 - middle[:, None, None], elasticity) * value
    return FlowWorth(tuple(-np.diff(amounts) / amounts[0]), reference, above)
