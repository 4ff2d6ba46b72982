"""Which mode goods cross by: shares that were observed, since cheapest ways alone put all on one mode.

Shippers choose by more than money and hours: what the goods are, how large a lot is, habit and contract. Where the shares of the
modes of a carrier in a direction are known, it is carried as one product a mode, each of which may only cross by its own: its
price moves with its own ways, and so does its demand (:eq:`mode-share`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.corridors.network import ArcKind, Carrier, ModeShare, Network, with_carriers

_CROSSING = (ArcKind.BORDER, ArcKind.GAUGE, ArcKind.SEA)
"""Arcs on which goods cross by the mode of their ends, as on any arc between economies; others may be used on the way there."""

_Product = tuple[int, ModeShare | None, frozenset[str]]
"""Position of a carrier, the mode it crosses by (None for any), and all modes that are known of it."""


def by_mode(network: Network) -> Network:
    """Return the network with a copy of every carrier for each mode that its goods are known to cross by.

    A share holds for a carrier that one economy alone offers and one alone asks for; every node's volumes are split by it.
    A network without shares is returned as it is, and so is one that was split before.

    Raises
    ------
    BadInputError
        Where a carrier with shares is put into storage.
    """
    if not network.mode_shares:
        return network
    products: list[_Product] = []
    for c in range(len(network.carriers)):
        known = _shares(network, c)
        products += [(c, one, frozenset(share.mode for share in known)) for one in known or (None,)]
    _check_stores(network, products)
    at = [c for c, _, _ in products]
    share = np.array([1.0 if one is None else one.share for _, one, _ in products])[:, None, None]
    carriers = [_made(network.carriers[c], one) for c, one, _ in products]
    supply, demand = (array.values[:, at] * share for array in (network.supply, network.demand))
    cost = network.supply_cost.values[:, at]
    listed = _listed(network, products, carriers)
    return replace(with_carriers(network, network.years, carriers, listed, supply, demand, cost), mode_shares=())


def _shares(network: Network, carrier: int) -> tuple[ModeShare, ...]:
    """Return the shares that hold for a carrier: those of the one direction it goes in."""
    goods = network.carriers[carrier].like or network.carriers[carrier].id
    named = [share for share in network.mode_shares if share.carrier == goods and share.share > 0]
    if not named:
        return ()
    ends = [
        {network.nodes[n].economy for n in np.argwhere(values[:, carrier].any(axis=(1, 2))).ravel()}
        for values in (network.supply.values, network.demand.values)
    ]
    return tuple(share for share in named if ends == [{share.exporter}, {share.importer}])


def _made(carrier: Carrier, share: ModeShare | None) -> Carrier:
    if share is None:
        return carrier
    return replace(carrier, id=f"{carrier.id}@{share.mode}", like=carrier.like or carrier.id, mode=share.mode)


def _listed(network: Network, products: Sequence[_Product], carriers: Sequence[Carrier]) -> Iterator[tuple[str, ...]]:
    """Yield what each arc can carry: a carrier that crosses by a mode uses no crossing of its other modes."""
    place = {node.id: node for node in network.nodes}
    for arc in network.arcs:
        ends = place[arc.origin], place[arc.destination]
        modes = {node.mode for node in ends}
        crosses = arc.kind in _CROSSING or ends[0].economy != ends[1].economy
        yield tuple(
            made.id
            for (c, one, known), made in zip(products, carriers, strict=True)
            if network.carriers[c].id in arc.carriers
            and (one is None or not crosses or one.mode in modes or modes.isdisjoint(known))
        )


def _check_stores(network: Network, products: Sequence[_Product]) -> None:
    stored = {store.carrier for store in network.stores}
    wrong = sorted({network.carriers[c].id for c, one, _ in products if one is not None} & stored)
    if wrong:
        raise BadInputError(
            f"mode_shares.csv, carrier {', '.join(wrong)}", "is put into storage",
            allowed="carriers without a row in storage.csv", remedy="remove its shares, or its storage",
        )  # fmt: skip
