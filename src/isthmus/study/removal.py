"""How much of the border joint measures remove, by cause, and what that gives each partner by the direction it comes from."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.border.spread import parts_at_median, ranges
from isthmus.border.wedge import Component
from isthmus.core.axes import Array
from isthmus.core.pairs import EVERY_PAIR, Pair, directions_of, pair_label
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.scenario import Scenario, resolve
from isthmus.levers.change import Number, target_values
from isthmus.levers.coverage import CAUSES
from isthmus.levers.facts import Standing, world_facts
from isthmus.levers.lever import Effect, Lever
from isthmus.levers.shocks import lever_parts
from isthmus.levers.support import NONE
from isthmus.levers.worlds import AGREED, plan_worlds, with_parameters
from isthmus.study.blend import CENTRAL_SETTING, Bench, Drawn, central_run, effects_of, reference, sizes_of
from isthmus.study.border import BorderSection

VOLUME, EVERY_CAUSE, BOTH_WAYS, NO_WAY = "volume", "all", "both", "none"
"""An agreed volume of trade, written as the cut of cost that brings it: no part of the border; all causes; both directions
together; and what has no direction."""

TRADE_KINDS = ("trade_cost", "tariff")
"""Kinds of shock that change what crossing a border costs."""

CAUSES_TOLD = (*map(str, Component), VOLUME)

Told = tuple[str, str, str, float, float, float, float]
"""Pair, direction, cause, low, median, high and the run at central values."""


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """What measures cut from trade costs between partners, in logarithms.

    Attributes
    ----------
    directions
        (exporter, importer) each.
    values
        (draw, cause, direction, sector); the run at central values first, causes in the order of `CAUSES_TOLD`.
    """

    directions: tuple[tuple[str, str], ...]
    values: Array


def cuts(bench: Bench, world: Baseline, standing: Standing, drawn: Drawn, measures: Sequence[Lever]) -> Cuts:
    """Return the cuts of agreed joint measures at the deadline in every draw, in parts as responses are (see `levers.linear`).

    Parameters
    ----------
    standing
        What the border costs cell by cell, as the responses were solved with.
    """
    study = bench.study
    directions = directions_of(study.partners)
    shape = (1 + drawn.count, len(CAUSES_TOLD), len(directions), len(world.sectors))
    found = np.zeros(shape)
    runs = [(central_run(bench), slice(0, 1)), (drawn, slice(1, None))]
    keys, parts = bench.responses[CENTRAL_SETTING].keys, list(_parts(bench, world, standing, directions, measures))
    for run, rows in runs:
        sizes, known = sizes_of(bench, run), _degrees(bench, run)
        for part, cause, cut in parts:
            found[rows, CAUSES_TOLD.index(cause)] += (sizes[:, part] * known[keys[part][0]])[:, None, None] * cut
    return Cuts(directions=directions, values=found)


def removed(cut: Cuts, border: BorderSection, world: Baseline, weights: Array) -> Iterator[Told]:
    """Yield the points of ad valorem equivalent that measures remove from the cost of goods, by pair, direction and cause.

    The whole border's factor at its median, times what the measures cut; causes share a cell by logarithms. `EVERY_CAUSE` is
    the border alone; `VOLUME` stands beside it. `BOTH_WAYS` weighs both directions of a pair by trade, and where there are
    several pairs all directions of all of them.

    Parameters
    ----------
    weights
        Trade before tariff, (sector, exporter, importer).
    """
    goods = [world.sectors.index(sector) for sector in world.goods]
    ln = cut.values[..., goods]
    at = [(world.economies.index(a), world.economies.index(b)) for a, b in cut.directions]
    phi = np.stack([_factor(border, world, a, b)[goods] for a, b in cut.directions])
    trade = np.stack([weights[goods, i, n] for i, n in at])
    named = _named(cut.directions)
    inside = [CAUSES_TOLD.index(cause) for cause in CAUSES_TOLD if cause != VOLUME]
    for causes in (inside, [CAUSES_TOLD.index(VOLUME)]):
        total = ln[:, causes].sum(axis=1)
        points = phi * -np.expm1(-total)
        share = np.divide(ln[:, causes], total[:, None], out=np.zeros_like(ln[:, causes]), where=total[:, None] != 0)
        for (pair, direction), members in named.items():
            w = trade[members] / (trade[members].sum() or 1.0)
            each = (share * points[:, None])[:, :, members]
            by_cause = np.einsum("rcds,ds->cr", each, w)
            yield from _told(pair, direction, by_cause, [CAUSES_TOLD[c] for c in causes])


def _named(directions: Sequence[Pair]) -> dict[tuple[str, str], list[int]]:
    """Return the directions to tell by pair: each, both of a pair, and all of them where there are several pairs."""
    at = {way: position for position, way in enumerate(directions)}
    found: dict[tuple[str, str], list[int]] = {}
    for a, b in directions[::2]:
        pair = pair_label((a, b))
        found |= {(pair, f"{a}>{b}"): [at[a, b]], (pair, f"{b}>{a}"): [at[b, a]]}
        found[pair, BOTH_WAYS] = [at[a, b], at[b, a]]
    return found if len(directions) == 2 else {**found, (EVERY_PAIR, BOTH_WAYS): list(at.values())}


def by_direction(
    bench: Bench, drawn: Drawn, year: int, support: str, total: Array, exact: Array
) -> Iterator[tuple[str, str, float, float, float, float]]:
    """Yield partner and direction with low, median, high and central of its gross gain by agreed measures of one support.

    The direction is that of the trade whose cost a measure cuts. Parts add up to the whole; what a sum of responses misses is
    shared out evenly. Medians of the draws do not add up; the central run does.

    Parameters
    ----------
    bench
        Its quantities are the partners.
    total, exact
        The whole in the draws, (draw, partner), and at central values, (partner,), in percent.
    """
    study, responses = bench.study, bench.responses[CENTRAL_SETTING]
    ways = [
        _way(responses.levers[k].effects[key[1]]) for k, key in zip(responses.lever_of, responses.keys, strict=True)
    ]
    joint = np.array([lever.joint and bench.support[lever.id] == support for lever in study.levers])
    told = list(dict.fromkeys(way for way, k in zip(ways, responses.lever_of, strict=True) if joint[k]))
    found = []
    for way in told:
        narrow = _only(bench, np.array([one == way for one in ways]))
        pair = [effects_of(narrow, run, year, study.partners) for run in (central_run(bench), drawn)]
        found.append(np.concatenate([100 * e.quick[:, joint].sum(axis=(1, 2)) for e in pair]))
    if not told:
        return
    parts = np.stack(found)
    parts = parts + (np.concatenate([exact[None], total]) - parts.sum(axis=0)) / len(told)
    for position, partner in enumerate(study.partners):
        for way, values in zip(told, parts[:, :, position], strict=True):
            low, median, high, central = (float(x) for x in ranges(values))
            yield partner, way, low, median, high, central


def _told(pair: str, direction: str, by_cause: Array, causes: Sequence[str]) -> Iterator[Told]:
    """Yield the rows of one direction, the sum of all causes of the border first; medians of causes add up to its median."""
    if VOLUME in causes:
        low, median, high, central = (float(x) for x in ranges(by_cause[0]))
        yield pair, direction, VOLUME, low, median, high, central
        return
    low, median, high, central = (float(x) for x in ranges(by_cause.sum(axis=0)))
    yield pair, direction, EVERY_CAUSE, low, median, high, central
    middle = parts_at_median(by_cause)
    for cause, values, part in zip(causes, by_cause, middle, strict=True):
        if values.any():
            low, _, high, central = (float(x) for x in ranges(values))
            yield pair, direction, cause, low, float(part), high, central


def _parts(
    bench: Bench, world: Baseline, standing: Standing, directions: Sequence[tuple[str, str]], measures: Sequence[Lever]
) -> Iterator[tuple[int, str, Array]]:
    """Yield position and cause of every part of the measures, with its cut at the reference, (direction, sector)."""
    parameters = reference(bench.study)
    keys = bench.responses[CENTRAL_SETTING].keys
    own = with_parameters(world, parameters)
    facts, ends = (
        world_facts(own, standing),
        [(world.economies.index(a), world.economies.index(b)) for a, b in directions],
    )
    for lever in measures:
        for (effect, kind), shocks in lever_parts(lever, parameters, facts).items():
            changes = resolve(Scenario(shocks), own)
            cube = np.zeros(world.trade_share.size)
            cube[changes.cells] = -(changes.ln_cost + changes.ln_tariff - changes.ln_tariff_before)
            cube = cube.reshape(world.trade_share.shape)
            told = lever.effects[effect]
            cause = told.component or CAUSES.get(told.channel, VOLUME)
            if kind in TRADE_KINDS:
                yield keys.index((lever.id, effect, kind)), cause, np.stack([cube[:, i, n] for i, n in ends])


def _degrees(bench: Bench, run: Drawn) -> dict[str, Number]:
    """Return the degree of every lever at the deadline where all joint measures are agreed."""
    study = bench.study
    parameters: dict[str, Number] = {**target_values(study.targets), **run.parameters}
    last = plan_worlds(study.levers, study.partners, parameters, study.asked)[-1]
    assert last.name == AGREED + NONE
    return {lever.id: last.degree(lever, study.deadline) for lever in study.levers}


def _factor(border: BorderSection, world: Baseline, exporter: str, importer: str) -> Array:
    """Return the whole border's cost factor by sector, causes composed at their medians."""
    phi = np.ones(len(world.sectors))
    for row in border.wedges.rows:
        if (row.exporter, row.importer) == (exporter, importer) and row.sector in world.sectors:
            phi[world.sectors.index(row.sector)] *= 1 + row.central
    return phi


def _way(effect: Effect) -> str:
    """Return the direction whose trade an effect changes, or `NO_WAY`."""
    if len(effect.exporter) == len(effect.importer) == 1:
        return f"{effect.exporter[0]}>{effect.importer[0]}"
    return NO_WAY


def _only(bench: Bench, kept: Array) -> Bench:
    """Return the bench with the responses of some parts alone."""
    keep = kept.astype(float)[:, None]
    responses = {
        name: dataclasses.replace(one, observed=one.observed * keep, returns=one.returns * keep)
        for name, one in bench.responses.items()
    }
    return dataclasses.replace(bench, responses=responses)
