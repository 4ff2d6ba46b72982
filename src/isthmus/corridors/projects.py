"""What a closure or a project changes: the network solved again, warm, and set beside the one before."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from isthmus.core.errors import InfeasibleError
from isthmus.corridors.flow import DIRECTIONS, Flows, flow
from isthmus.corridors.network import Network, with_projects

Mapper = Callable[[Callable[[Network], Flows | None], Sequence[Network]], Iterable[Flows | None]]


def resolve(before: Flows, networks: Sequence[Network], mapper: Mapper = map) -> list[Flows | None]:
    """Solve variants of a solved network (closures, projects, other bounds), each from the answer before.

    Parameters
    ----------
    before
        Flows of the network the variants were made from.
    networks
        The variants.
    mapper
        How they are run; the ``map`` of a thread pool runs them side by side, since the solver releases the lock.

    Returns
    -------
    list
        Flows of each variant, None where demand cannot be met.
    """

    def one(network: Network) -> Flows | None:
        try:
            return flow(network, start=before)
        except InfeasibleError:
            return None

    return list(mapper(one, networks))


def change_table(before: Flows, after: Flows) -> pd.DataFrame:
    """Return arcs whose flow differs: arc, direction, carrier, year, before, after, change."""
    left, right = before.flow.values, after.flow.values
    least = 1e-9 * max(float(left.max(initial=0.0)), 1e-12)
    rows = []
    for a, d, c, y in np.argwhere(np.abs(left - right) > least):
        network = before.network
        label = (network.arcs[a].id, DIRECTIONS[d], network.carriers[c].id, network.years[y])
        rows.append((*label, left[a, d, c, y], right[a, d, c, y], right[a, d, c, y] - left[a, d, c, y]))
    return pd.DataFrame(rows, columns=["arc", "direction", "carrier", "year", "before", "after", "change"])


def project_table(before: Flows, mapper: Mapper = map) -> pd.DataFrame:
    """Return what each project that is not built yet would save: by project and year, in million USD (:eq:`saving`)."""
    network = before.network
    ids = [i for i in dict.fromkeys(p.id for p in network.projects) if i not in network.built]
    solved = resolve(before, [with_projects(network, [i]) for i in ids], mapper)
    rows: list[dict[str, object]] = []
    for project_id, after in zip(ids, solved, strict=True):
        parts = [p for p in network.projects if p.id == project_id]
        for y, year in enumerate(network.years):
            saving = np.nan if after is None else float((before.cost.values - after.cost.values)[:, y].sum()) / 1e6
            rows.append(
                {
                    "project": project_id,
                    "name": parts[0].name,
                    "year": year,
                    "saving_musd": saving,
                    "cost_musd": float(np.nansum([p.cost_musd for p in parts])) or np.nan,
                    "arcs": ";".join(dict.fromkeys(p.arc for p in parts)),
                    "sides": ";".join(dict.fromkeys(s for p in parts for s in p.sides)),
                    "statements": ";".join(dict.fromkeys(s for p in parts for s in p.statements)),
                    "status": str(parts[0].status),
                }
            )
    names = ["project", "name", "year", "saving_musd", "cost_musd", "arcs", "sides", "statements", "status"]
    return pd.DataFrame(rows, columns=names)
