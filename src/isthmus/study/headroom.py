"""How far trade may grow before each way is full: volumes of every year grown step by step, all else as it is."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import xarray as xr

from isthmus.corridors.fit import fit
from isthmus.corridors.flow import DIRECTIONS, Flows
from isthmus.corridors.network import Network, timeline
from isthmus.corridors.volume import placed
from isthmus.study.corridor_tables import HeadroomRow
from isthmus.study.coupling import node_elasticity, reference_prices
from isthmus.study.freight import Freight, volumes_under
from isthmus.study.station import Work

GROWTH = (0.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0)
"""Per cent by which trade of the partners is grown."""
FULL = 1 - 1e-6
AS_IT_IS, BUILT = "as_it_is", "built"

_Use = dict[tuple[str, str, str, int], float]
"""Use of ways by way, direction, family and year."""


def headroom_rows(
    freight: Freight, without: Flows, years: Sequence[int], cases: Mapping[str, Network], work: Work
) -> Iterator[HeadroomRow]:
    """Yield the first step of growth at which each way with a limit is full, by case, direction and year.

    What the partners' trade asks for in carriers that share ways with goods is grown, as it would be without the plans; what
    goes by pipe and wire alone and all other use of the network stay as they are. Where it no longer fits, demand gives way.

    Parameters
    ----------
    without
        Flows without the plans: their prices are those at which trade asks for what it does.
    cases
        Networks by case: as it is, with projects built.
    """
    units = volumes_under(freight, years)
    states = {case: _states(network, units, years) for case, network in cases.items()}
    steps = [(case, growth) for case in cases for growth in GROWTH]

    def used(step: tuple[str, float]) -> _Use:
        case, growth = step
        more = units.sel(year=sorted(set(states[case].values()))).copy()
        grown = [c.id for c in cases[case].carriers if c.family in _families(cases[case])]
        more.loc[{"carrier": grown}] *= 1 + growth / 100
        network, _ = placed(cases[case], more)
        return dict(_use(fit(network, node_elasticity(freight, network), reference=reference_prices(without, network))))

    found = dict(zip(steps, work.map(used, steps), strict=True))
    for case in cases:
        today = found[case, GROWTH[0]]
        for (arc, direction, family, state), use in today.items():
            key = arc, direction, family, state
            full = next((g for g in GROWTH if found[case, g][key] >= FULL), None)
            for year in (y for y in years if states[case][y] == state):
                yield HeadroomRow(case, arc, direction, family, year, 100 * use, full)


def _use(flows: Flows) -> Iterator[tuple[tuple[str, str, str, int], float]]:
    """Yield the use of every way with a limit that goods take, by way, direction, family and year."""
    use, network = flows.utilisation.values, flows.network
    families = [str(f) for f in flows.utilisation["family"].values]
    kept = np.array([f in _families(network) for f in families])
    taken = (np.isfinite(flows.times.capacity) & flows.times.open)[:, None, None, :] & kept[:, None]
    for a, d, f, y in np.argwhere(np.broadcast_to(taken, use.shape)):
        yield (network.arcs[a].id, DIRECTIONS[d], families[f], network.years[y]), float(use[a, d, f, y])


def _families(network: Network) -> tuple[str, ...]:
    """Return the families that carry more than energy."""
    return tuple(dict.fromkeys(c.family for c in network.carriers if not c.energy))


def _states(plain: Network, units: xr.DataArray, years: Sequence[int]) -> dict[int, int]:
    """Return for every year the first one that is like it: years that differ in nothing are solved once."""
    network, _ = placed(plain, units)
    times, seen = timeline(network), dict[bytes, int]()
    states = {}
    for y, year in enumerate(years):
        arrays = [times.open[:, y], times.capacity[:, y], times.money[:, y], times.hours[:, y], times.minimum[:, y]]
        arrays += [network.supply.values[:, :, y], network.demand.values[:, :, y], network.supply_cost.values[:, :, y]]
        states[year] = seen.setdefault(b"".join(np.ascontiguousarray(a).tobytes() for a in arrays), year)
    return states
