"""What is measured of third economies besides their income, and what joint measures do to it in all draws."""

from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline
from isthmus.levers.components import calibrated
from isthmus.levers.support import BOTH, NONE
from isthmus.levers.worlds import AGREED, SINGLES, UNAGREED
from isthmus.study.blend import EVERY, effects_of, percent_worlds, run_at
from isthmus.study.ensemble import EnsembleSection, bench_of, draws_in
from isthmus.study.observed import KINDS, TERMS, other_names, places, traded
from isthmus.study.study import Study

STEPS: Mapping[str, tuple[tuple[str, str], ...]] = {
    BOTH: ((UNAGREED + BOTH, SINGLES), (AGREED + BOTH, UNAGREED + NONE)),
    "all": ((AGREED + NONE, SINGLES),),
}
"""By support, the steps between worlds that add up to what joint measures do, as in the table `value`."""


def moved_others(
    study: Study,
    ensemble: EnsembleSection,
    world: Baseline,
    parameters: Mapping[str, float],
    exact: Mapping[str, Mapping[str, Array]],
) -> dict[str, dict[str, Array]]:
    """Return by support and kind (`KINDS`) what joint measures do to every third economy, (draw, economy).

    Sums of responses, moved by what they miss of exact solves where every number is at its median. Amounts are million USD,
    terms of trade percent of income.

    Parameters
    ----------
    parameters
        Numbers that the exact solves were made at.
    exact
        By support and kind, what they found, (economy,).
    """
    others = [name for name in world.economies if name not in study.partners]
    drawn, middle = draws_in(study, ensemble), run_at({name: parameters[name] for name in study.ledger.parameters})
    hundredths = _hundredths(world, study.partners)
    found: dict[str, dict[str, Array]] = {support: {} for support in STEPS}
    for kind in KINDS:
        bench = bench_of(study, ensemble, world, other_names(others, kind))
        runs = []
        for run in (drawn, middle):
            effects = effects_of(bench, run, study.deadline, study.partners)
            runs.append(percent_worlds(bench, effects.slow, effects.quick, EVERY))
        for support, steps in STEPS.items():
            draws, linear = (sum(w[after] - w[earlier] for after, earlier in steps) * hundredths[kind] for w in runs)
            found[support][kind] = calibrated(draws, linear[0], exact[support][kind])
    return found


def _hundredths(world: Baseline, partners: Sequence[str]) -> dict[str, Array]:
    """Return by kind the hundredth part of what a third economy trades today, (economy,); of terms of trade one."""
    flows = world.trade_share.values * world.spending.values[:, None, :] / world.tariff_factor.values
    return {kind: amount / 100 for kind, amount in traded(flows, *places(world.economies, partners)).items()} | {
        TERMS: np.ones(1)
    }
