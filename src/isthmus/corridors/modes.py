"""Which mode goods cross by: shares that were observed, since cheapest ways alone put all on one mode.

Shippers choose by more than money and hours: what the goods are, how large a lot is, habit and contract. Where the shares of the
modes of a carrier in a direction are known, it is carried as one product a mode, each of which may only cross by its own: its
price moves with its own ways, and so does its demand (:eq:`mode-share`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.corridors.network import Arc, Carrier, Kind, ModeShare, Network

_CROSSING = (Kind.BORDER, Kind.GAUGE, Kind.SEA)
"""Arcs on which goods cross by the mode of their ends, as on any arc between economies; others may be used on the way there."""

_Product = tuple[int, ModeShare | None, tuple[ModeShare, ...]]
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
        products += [(c, one, known) for one in known] or [(c, None, ())]
    carriers = [_made(network.carriers[c], one) for c, one, _ in products]
    _check_stores(network, products)
    return replace(
        network,
        carriers=tuple(carriers),
        arcs=tuple(replace(arc, carriers=_listed(network, arc, products, carriers)) for arc in network.arcs),
        supply=_split(network.supply, products, carriers),
        demand=_split(network.demand, products, carriers),
        supply_cost=_split(network.supply_cost, products, carriers, of_volume=False),
        mode_shares=(),
    )


def _shares(network: Network, carrier: int) -> tuple[ModeShare, ...]:
    """Return the shares that hold for a carrier: those of the one direction it goes in."""
    one = network.carriers[carrier]
    ends = [
        {network.nodes[n].economy for n in np.argwhere(values[:, carrier].any(axis=(1, 2))).ravel()}
        for values in (network.supply.values, network.demand.values)
    ]
    return tuple(
        share
        for share in network.mode_shares
        if share.carrier == (one.like or one.id) and share.share > 0 and ends == [{share.exporter}, {share.importer}]
    )


def _made(carrier: Carrier, share: ModeShare | None) -> Carrier:
    if share is None:
        return carrier
    return replace(carrier, id=f"{carrier.id}@{share.mode}", like=carrier.like or carrier.id, mode=share.mode)


def _listed(network: Network, arc: Arc, products: Sequence[_Product], carriers: Sequence[Carrier]) -> tuple[str, ...]:
    """Return the carriers that an arc can carry: one that crosses by a mode uses no crossing of its other modes."""
    ends = [node for node in network.nodes if node.id in (arc.origin, arc.destination)]
    modes = {node.mode for node in ends}
    crosses = arc.kind in _CROSSING or len({node.economy for node in ends}) > 1

    def may(one: ModeShare | None, known: Sequence[ModeShare]) -> bool:
        return one is None or not crosses or one.mode in modes or not modes & {other.mode for other in known}

    return tuple(
        made.id
        for (c, one, known), made in zip(products, carriers, strict=True)
        if network.carriers[c].id in arc.carriers and may(one, known)
    )


def _split(
    values: xr.DataArray, products: Sequence[_Product], carriers: Sequence[Carrier], *, of_volume: bool = True
) -> xr.DataArray:
    """Return an array by (node, carrier, …) for the products: volumes by their shares, prices as they are."""
    parts = [values.values[:, c] * (one.share if one is not None and of_volume else 1.0) for c, one, _ in products]
    labels: Mapping[str, list[str]] = {"carrier": [carrier.id for carrier in carriers]}
    coords = {str(d): labels.get(str(d), list(values[d].values)) for d in values.dims}
    return xr.DataArray(np.stack(parts, axis=1), dims=values.dims, coords=coords)


def _check_stores(network: Network, products: Sequence[_Product]) -> None:
    stored = {store.carrier for store in network.stores}
    wrong = sorted({network.carriers[c].id for c, one, _ in products if one is not None} & stored)
    if wrong:
        raise BadInputError(
            f"mode_shares.csv, carrier {', '.join(wrong)}", "is put into storage",
            allowed="carriers without a row in storage.csv", remedy="remove its shares, or its storage",
        )  # fmt: skip
