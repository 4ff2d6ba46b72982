"""Many draws at once: the worlds of the plans as sums of responses, far faster than solving every world in every draw.

Every lever's effect in a year is the sum, over its parts and the years they acted in, of response, size over central size, and
degree (:eq:`lever-kernel`). A draw may also have another closure, elasticity or trade year: each such *setting* has responses
of its own, and what departs from the central one in several respects is put together from them (see `combined`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.levers.lever import BRANCHES, Channel, Lever
from isthmus.levers.responses import Responses
from isthmus.levers.worlds import AGREED, SINGLE, SINGLES, UNAGREED, Timetable, World


@dataclass(frozen=True, kw_only=True)
class LeverGroup:
    """Draws that share their discrete choices.

    Attributes
    ----------
    rows
        Positions of the draws.
    kernels
        What a part that acts in one year does in that and later years, (setting, lag, part, quantity) (see
        `responses.kernel`).
    weights
        (row, setting); the weights of a draw sum to one.
    """

    rows: Array
    kernels: Array
    weights: Array


@dataclass(frozen=True, kw_only=True)
class Blend:
    """How draws blend settings.

    Attributes
    ----------
    groups
        Every draw is in one of them.
    scales
        Size of every part over its central size, (draw, part).
    """

    groups: Sequence[LeverGroup]
    scales: Array


def combined(central: Array, others: Sequence[Array], added: Sequence[bool] = ()) -> Array:
    """Return a kernel under several departures at once: their ratios to the central one multiply, or the departures are added.

    They are added where a ratio is not between a fifth and five, and in quantities that are `added`: what reaches economies
    whose levers these are not is a small difference of larger movements, whose ratios say nothing.

    Parameters
    ----------
    added
        Of every quantity, the last dimension, whether its departures are added; none is by default.
    """
    product, total = central.copy(), central.copy()
    fits = np.broadcast_to(~np.array(added, dtype=bool) if len(added) else np.bool_(True), central.shape).copy()
    for other in others:
        ratio = np.divide(other, central, out=np.full_like(central, np.nan), where=central != 0)
        with np.errstate(invalid="ignore"):
            fits &= (ratio > 0.2) & (ratio < 5)
        product = product * np.where(fits, ratio, 1.0)
        total = total + other - central
    found: Array = np.where(fits, product, total)
    return found


def contributions(responses: Responses, blend: Blend, world: World, timetable: Timetable, year: int) -> Array:
    """Return what every lever does by `year` in a world, in logarithms, (draw, lever, branch, quantity).

    `world` holds degrees and starts of one or of all draws.
    """
    draws = blend.scales.shape[0]
    years = range(timetable.start, year + 1)
    found = np.zeros((draws, len(responses.levers), len(BRANCHES), blend.groups[0].kernels.shape[-1]))
    for position, lever in enumerate(responses.levers):
        degree = np.stack([np.broadcast_to(world.degree(lever, t), draws) for t in years], axis=-1)
        if not degree.any():
            continue
        for number, branch in enumerate(BRANCHES):
            parts = _parts(responses, position, branch)
            if parts:
                acting = blend.scales[:, parts, None] * degree[:, None, :]
                found[:, position, number] = _blended(blend, parts, acting)
    return found


def lasting(responses: Responses, blend: Blend, levers: Sequence[int]) -> Array:
    """Return what levers in full do after 0, 1, … years of acting, in logarithms, (draw, lever, lag, quantity).

    Parameters
    ----------
    levers
        Positions of the levers; lags are as many as the kernels of `blend` have.
    """
    belongs = np.array(responses.lever_of, dtype=int)[:, None] == np.array(list(levers), dtype=int)[None, :]
    lags, quantities = blend.groups[0].kernels.shape[1], blend.groups[0].kernels.shape[-1]
    found = np.zeros((blend.scales.shape[0], len(levers), lags, quantities))
    for group in blend.groups:
        scales = blend.scales[group.rows]
        mixed = np.tensordot(group.weights, group.kernels, axes=(1, 0)) * scales[:, None, :, None]
        for position, mine in enumerate(belongs.T):
            found[group.rows, position] = mixed[:, :, mine].sum(axis=2).cumsum(axis=1)
    return found


def ln_worlds(
    levers: Sequence[Lever],
    partners: Sequence[str],
    single_and_unagreed: Array,
    agreed: Array,
    support: Mapping[str, str],
) -> dict[str, Array]:
    """Return every world of `worlds.plan_worlds` as a sum of contributions, (draw, quantity) each.

    Parameters
    ----------
    single_and_unagreed, agreed
        Contributions in the world ``unagreed:none`` and ``agreed:none``, (draw, lever, quantity).
    support
        Support of every joint lever by id.
    """
    zero = np.zeros_like(agreed[:, 0])
    found: dict[str, Array] = {}
    singles = zero
    for partner in partners:
        found[SINGLE + partner] = _sum(single_and_unagreed, [lever.owner == partner for lever in levers])
        singles = singles + found[SINGLE + partner]
    found[SINGLES] = singles
    slow = quick = zero
    kinds = dict.fromkeys(("both", "one", "none"))
    for kind in kinds:
        mine = [lever.joint and support[lever.id] == kind for lever in levers]
        slow, quick = (
            slow + _sum(single_and_unagreed, mine),
            quick + _sum(agreed, mine) - _sum(single_and_unagreed, mine),
        )
        found[UNAGREED + kind], found[AGREED + kind] = singles + slow, quick
    for kind in kinds:
        found[AGREED + kind] = found[AGREED + kind] + singles + slow
    return found


def model_scales(responses: Responses, capital_share_ratio: Array, labour_share_ratio: Array) -> Array:
    """Return the factor on every part's size that another capital share brings, (draw, part): capital and able workers."""
    factors = np.ones((capital_share_ratio.size, len(responses.keys)))
    for part, (position, (_, effect, _)) in enumerate(zip(responses.lever_of, responses.keys, strict=True)):
        channel = responses.levers[position].effects[effect].channel
        if channel is Channel.CAPITAL:
            factors[:, part] = capital_share_ratio
        elif channel is Channel.HUMAN_CAPITAL:
            factors[:, part] = labour_share_ratio
    return factors


def between(values: Array, low: float, central: float, high: float) -> tuple[Array, Array]:
    """Return weights of the settings at `low` and `high` for draws of a number: 1 at an end, 0 from the centre on."""
    down = np.clip((central - values) / (central - low), 0, None) if central > low else np.zeros_like(values)
    up = np.clip((values - central) / (high - central), 0, None) if high > central else np.zeros_like(values)
    return down, up


def _parts(responses: Responses, lever: int, branch: str) -> list[int]:
    return [
        part
        for part, (position, (_, effect, _)) in enumerate(zip(responses.lever_of, responses.keys, strict=True))
        if position == lever and responses.levers[position].effects[effect].channel.branch == branch
    ]


def _blended(blend: Blend, parts: Sequence[int], acting: Array) -> Array:
    """Return the sum over parts and years of kernel and what acted, settings blended, (draw, quantity).

    `acting` is (draw, part, year), the last year being the one looked at.
    """
    draws, _, years = acting.shape
    total = np.zeros((draws, blend.groups[0].kernels.shape[-1]))
    flat = acting.reshape(draws, -1)
    for group in blend.groups:
        own, mixed = flat[group.rows], np.zeros((len(group.rows), total.shape[1]))
        for kernels, weight in zip(group.kernels, group.weights.T, strict=True):
            if weight.any():
                lagged = kernels[years - 1 :: -1][:years][:, parts].transpose(1, 0, 2).reshape(len(parts) * years, -1)
                mixed += weight[:, None] * (own @ lagged)
        total[group.rows] = mixed
    return total


def _sum(contributed: Array, chosen: Sequence[bool]) -> Array:
    found: Array = contributed[:, np.array(chosen, dtype=bool)].sum(axis=1)
    return found
