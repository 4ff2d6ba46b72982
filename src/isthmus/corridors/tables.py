"""Tables of the corridors station, made from solved flows."""

import numpy as np
import pandas as pd

from isthmus.corridors.flow import DIRECTIONS, Flows


def flow_table(flows: Flows) -> pd.DataFrame:
    """Return arc, direction, carrier, year, flow, utilisation, dual and what describes the arc.

    A row stands for every carrier an arc can carry, zeros included. `utilisation` and `dual` are the arc's, joint over
    the carriers of a family; utilisation is empty where there is no limit.
    """
    network = flows.network
    family_at = {f: i for i, f in enumerate(flows.scarcity["family"].values)}
    pairs = [
        (a, d, c)
        for a, arc in enumerate(network.arcs)
        for d in range(2 if arc.two_way else 1)
        for c, carrier in enumerate(network.carriers)
        if carrier.id in arc.carriers
    ]
    a, d, c = np.array(pairs, dtype=int).reshape(-1, 3).T
    f = np.array([family_at[carrier.family] for carrier in network.carriers])[c]
    years = len(network.years)
    shares = network.seasons
    usable = np.array([sum(s for n, s in shares if n not in arc.closed_seasons) for arc in network.arcs])
    room = np.where(flows.times.open, flows.times.capacity, 0.0) * usable[:, None]
    limited = np.isfinite(room[a])
    columns: dict[str, object] = {
        "arc": np.repeat(np.array([arc.id for arc in network.arcs], dtype=object)[a], years),
        "direction": np.repeat(np.array(DIRECTIONS, dtype=object)[d], years),
        "carrier": np.repeat(np.array([x.id for x in network.carriers], dtype=object)[c], years),
        "year": np.tile(np.array(network.years), len(a)),
        "flow": flows.flow.values[a, d, c].ravel(),
        "utilisation": np.where(limited, flows.utilisation.values[a, d, f], np.nan).ravel(),
        "dual": flows.scarcity.values[a, d, f].ravel(),
        "capacity": np.where(limited, room[a], np.nan).ravel(),
        "kind": np.repeat(np.array([str(arc.kind) for arc in network.arcs], dtype=object)[a], years),
        "unit": np.repeat(np.array([x.unit for x in network.carriers], dtype=object)[c], years),
        "owner": np.repeat(np.array([arc.owner for arc in network.arcs], dtype=object)[a], years),
        "status": np.repeat(np.array([str(arc.status) for arc in network.arcs], dtype=object)[a], years),
    }
    return pd.DataFrame(columns)


def energy_table(flows: Flows) -> pd.DataFrame:
    """Return supply, delivery, cost, loss and storage of each energy carrier, node and year with any of them.

    `marginal_cost_usd_per_unit` is what one more unit delivered would cost; `loss` is what is lost on arcs that leave
    the node.
    """
    network, rows = flows.network, []
    demand = network.demand.values.sum(axis=3)
    loss = np.array([arc.loss_share for arc in network.arcs])
    place = {node.id: i for i, node in enumerate(network.nodes)}
    for c, carrier in enumerate(network.carriers):
        if not carrier.energy:
            continue
        for y, year in enumerate(network.years):
            lost, arrived = np.zeros(len(place)), np.zeros(len(place))
            for a, arc in enumerate(network.arcs):
                for d, (tail, head) in enumerate(((arc.origin, arc.destination), (arc.destination, arc.origin))):
                    quantity = flows.flow.values[a, d, c, y]
                    lost[place[tail]] += quantity * loss[a]
                    arrived[place[head]] += quantity * (1 - loss[a])
            for n, node in enumerate(network.nodes):
                numbers = {
                    "supplied": flows.supplied.values[n, c, y],
                    "demand": demand[n, c, y],
                    "unmet": flows.unmet.values[n, c, y],
                    "arrived": arrived[n],
                    "loss": lost[n],
                    "stored": flows.charged.values[n, c, y],
                    "withdrawn": flows.discharged.values[n, c, y],
                }
                if any(value > 0 for value in numbers.values()):
                    label = {"node": node.id, "economy": node.economy, "carrier": carrier.id, "unit": carrier.unit}
                    cost = {"marginal_cost_usd_per_unit": flows.price.values[n, c, y]}
                    rows.append({"year": year, **label, **numbers, **cost})
    names = ["year", "node", "economy", "carrier", "unit", "supplied", "demand", "unmet", "arrived", "loss", "stored"]
    return pd.DataFrame(rows, columns=[*names, "withdrawn", "marginal_cost_usd_per_unit"])


def rent_table(flows: Flows) -> pd.DataFrame:
    """Return who receives what each year: scarcity rents of full arcs and fees, in USD (:eq:`corridor-rent`)."""
    network = flows.network
    weight = np.array([carrier.weight for carrier in network.carriers])
    factor = np.array([carrier.cost_factor for carrier in network.carriers])
    family = [list(flows.scarcity["family"].values).index(carrier.family) for carrier in network.carriers]
    rows: dict[tuple[int, str, str], float] = {}
    for a, arc in enumerate(network.arcs):
        moved = flows.flow.values[a]
        scarce = (flows.scarcity.values[a][:, family] * moved * weight[:, None]).sum(axis=(0, 1))
        for y, year in enumerate(network.years):
            fee = flows.times.fee[a, y] * (moved[:, :, y] @ factor).sum()
            for kind, recipient, usd in (("scarcity", arc.owner, scarce[y]), ("fee", arc.fee_recipient, fee)):
                if usd > 0:
                    rows[year, kind, recipient] = rows.get((year, kind, recipient), 0.0) + float(usd)
    return pd.DataFrame(
        [(*key, usd) for key, usd in sorted(rows.items())], columns=["year", "kind", "recipient", "usd"]
    )


def bottleneck_table(flows: Flows) -> pd.DataFrame:
    """Return the arcs where more capacity would save something, dearest first; `full` tells them from queues that build."""
    network, rows = flows.network, []
    for a, d, f, y in np.argwhere(flows.scarcity.values > 0):
        arc = network.arcs[a]
        dual = float(flows.scarcity.values[a, d, f, y])
        rows.append(
            {
                "year": network.years[y],
                "arc": arc.id,
                "name": arc.name,
                "kind": str(arc.kind),
                "direction": DIRECTIONS[d],
                "family": str(flows.scarcity["family"].values[f]),
                "utilisation": float(flows.utilisation.values[a, d, f, y]),
                "full": bool(flows.utilisation.values[a, d, f, y] > 1 - 1e-6),
                "dual": dual,
                "rent_usd": dual * float(flows.times.capacity[a, y]),
            }
        )
    names = ["year", "arc", "name", "kind", "direction", "family", "utilisation", "full", "dual", "rent_usd"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.sort_values(["year", "rent_usd"], ascending=[True, False], ignore_index=True, kind="stable")
