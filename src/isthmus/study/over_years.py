"""Draws of the worlds over all years at once, in the static model, and in the long run, as sums of responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.levers.change import Number, target_values
from isthmus.levers.components import Key, components
from isthmus.levers.linear import Blend, ln_worlds
from isthmus.levers.responses import kernel_and_rest
from isthmus.levers.support import NONE
from isthmus.levers.timing import longest_lag, timing_worlds
from isthmus.levers.worlds import AGREED, UNAGREED, World, plan_worlds
from isthmus.study.blend import CENTRAL_SETTING, Bench, Drawn, blend_of, costs_of

STATIC, LONG_RUN = "static", "long_run"
"""All levers in full effect: with the capital of the world as it is, and once capital has followed."""


@dataclass(frozen=True, kw_only=True)
class OverYears:
    """What worlds are in every run; the dimension time has the years, and behind them `STATIC` and `LONG_RUN`.

    Attributes
    ----------
    gross
        Change of real income against no plan by world, percent, (draw, time, label).
    cost
        What every world costs in percent of income, (draw, year, label).
    timing
        Change of real income in the worlds of `timing.timing_worlds`, percent, (draw, year, label).
    """

    years: tuple[int, ...]
    gross: Mapping[str, Array]
    cost: Mapping[str, Array]
    timing: Mapping[str, Array]


def over_years(bench: Bench, drawn: Drawn, labels: Sequence[str]) -> OverYears:
    """Return all worlds of all runs over the years of the bench's timetable.

    Parameters
    ----------
    labels
        Partners and groups, the quantities that the bench observes.
    """
    study, years = bench.study, tuple(bench.timetable.years)
    parameters: dict[str, Number] = {**target_values(study.targets), **drawn.parameters}
    blend = blend_of(bench, drawn, kernel_and_rest)
    kernels = _kernels(bench, blend, drawn.count)
    worlds = {w.name: w for w in plan_worlds(study.levers, study.partners, parameters, study.asked)}
    slow, quick = (_moved(bench, kernels, worlds[kind + NONE], years) for kind in (UNAGREED, AGREED))
    logs = ln_worlds(study.levers, study.partners, slow, quick, bench.support)
    shape = (drawn.count, len(years) + 2, len(labels))
    paid = [_costs(bench, parameters, worlds[kind + NONE], years, labels, drawn.count) for kind in (UNAGREED, AGREED)]
    spent = ln_worlds(study.levers, study.partners, paid[0], paid[1], bench.support)
    timing = {
        world.name: _moved(bench, kernels, world, years).sum(axis=1).reshape(shape)[:, : len(years)]
        for world in timing_worlds(
            study.levers, worlds[AGREED + NONE], study.partners, longest_lag(study.levers, parameters)
        )
    }
    return OverYears(
        years=years,
        gross={name: 100 * np.expm1(values).reshape(shape) for name, values in logs.items()},
        cost={name: values.reshape(drawn.count, len(years), -1) for name, values in spent.items()},
        timing={name: 100 * np.expm1(values) for name, values in timing.items()},
    )


def agreed_worlds(bench: Bench, drawn: Drawn, labels: Sequence[str]) -> tuple[Array, Array]:
    """Return the worlds with all levers, joint measures at each side's own pace and agreed, percent, (draw, year, label) each."""
    study, years = bench.study, tuple(bench.timetable.years)
    parameters: dict[str, Number] = {**target_values(study.targets), **drawn.parameters}
    kernels = _kernels(bench, blend_of(bench, drawn, kernel_and_rest), drawn.count)
    worlds = {w.name: w for w in plan_worlds(study.levers, study.partners, parameters, study.asked)}
    shape = (drawn.count, len(years) + 2, len(labels))
    slow, quick = (
        100 * np.expm1(_moved(bench, kernels, worlds[kind + NONE], years).sum(axis=1).reshape(shape)[:, : len(years)])
        for kind in (UNAGREED, AGREED)
    )
    return slow, quick


def split_of(worlds: Mapping[str, Array], labels: Sequence[str], partners: Sequence[str]) -> dict[Key, Array]:
    """Return components of worlds over time, (…, label) each; see `components.components`."""
    return components(worlds, list(labels), list(partners))


def equivalent_pct(percent: Array, discount: Number) -> Array:
    """Return the constant change that is worth as much as yearly ones, percent, (draw, label) from (draw, year, label).

    `discount` is one rate, or one of each draw (:eq:`equivalent-variation`).
    """
    weights = weights_of(percent.shape[1], discount)
    logs = np.log1p(percent / 100)
    worth: Array = 100 * np.expm1((weights[..., None] * logs).sum(axis=1) / weights.sum(axis=1)[:, None])
    return worth


def weights_of(years: int, discount: Number) -> Array:
    """Return discount factors, (draw, year), the first year counting in full."""
    rate = np.atleast_1d(np.asarray(discount, dtype=float))
    weights: Array = (1 + rate)[:, None] ** -np.arange(years, dtype=float)
    return weights


def _kernels(bench: Bench, blend: Blend, draws: int) -> Array:
    """Return what a lever at full degree does with time in every draw, settings blended, (draw, lever, time, quantity)."""
    responses = bench.responses[CENTRAL_SETTING]
    member = np.array(responses.lever_of)[None, :] == np.arange(len(responses.levers))[:, None]
    _, times, _, quantities = blend.groups[0].kernels.shape
    found = np.zeros((draws, len(responses.levers), times, quantities))
    for group in blend.groups:
        blended = np.tensordot(group.weights, group.kernels, axes=1) * blend.scales[group.rows][:, None, :, None]
        found[group.rows] = np.matmul(member.astype(float), blended).transpose(0, 2, 1, 3)
    return found


def _moved(bench: Bench, kernels: Array, world: World, years: Sequence[int]) -> Array:
    """Return what every lever does by time in a world, in logarithms, (draw, lever, time * quantity)."""
    draws, count, _, _ = kernels.shape
    levers, n = bench.study.levers, len(years)
    degrees = np.stack(
        [
            np.stack([np.broadcast_to(world.degree(lever, year), draws) for year in (*years, None)], axis=-1)
            for lever in levers
        ],
        axis=1,
    )
    acting = np.zeros((draws, count, n, n))
    for year in range(n):
        acting[:, :, year, : year + 1] = degrees[:, :, year::-1][:, :, : year + 1]
    at_once = degrees[:, :, -1, None, None] * kernels[:, :, [0, -1]]
    return np.concatenate([np.matmul(acting, kernels[:, :, :n]), at_once], axis=2).reshape(draws, count, -1)


def _costs(
    bench: Bench,
    parameters: Mapping[str, Number],
    world: World,
    years: Sequence[int],
    labels: Sequence[str],
    draws: int,
) -> Array:
    """Return what every lever takes from income by year, (draw, lever, year * label)."""
    found = [costs_of(bench, parameters, world, year, labels, draws).sum(axis=2) for year in years]
    return np.stack(found, axis=2).reshape(draws, len(bench.study.levers), -1)
