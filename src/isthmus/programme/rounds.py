"""Choose, solve the choice in the full model, correct the numbers, choose again, until the programme stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import xarray as xr

from isthmus.core.axes import Array
from isthmus.programme.agenda import Agenda, budget_of
from isthmus.programme.check import value_plan
from isthmus.programme.exact import Ground, Margins, done_in, margins, pair_synergies, real_incomes
from isthmus.programme.project import Candidates, ProgrammeSettings, Synergy
from isthmus.programme.proposal import candidates_of
from isthmus.programme.schedule import Schedule, relative_gap, schedule, worth_of

MOST_ROUNDS = 6
LEAST = 1e-11
"""Changes of ln real income below this are nothing."""
FAR = 3.0
"""Corrections stay between nothing and this: what a project does alone is too small a base for more."""
COUNTED = 0.01
"""A pair enters the choice when its synergy is more than this share of what the smaller of the two does alone."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What is chosen from, and the model it is tried in.

    Attributes
    ----------
    partners, at, income
        Partners, their positions among the economies, and income by economy, million USD.
    values
        Value of every entry of `agenda.agenda_ledger`.
    shares
        Share of each lever that each project carries out, (project, lever).
    benefit
        Gain of each project alone to each partner by years since its start (see `worth.benefits`).
    """

    agenda: Agenda
    partners: tuple[str, ...]
    at: tuple[int, ...]
    income: Array
    values: Mapping[str, float]
    shares: Array
    benefit: xr.DataArray
    ground: Ground


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round: the programme, what the sum of its parts is worth, and what the full model says.

    Attributes
    ----------
    linear, exact
        Present value of benefits by partner.
    moved
        Projects that are in, out or elsewhere against the round before.
    """

    plan: Schedule
    linear: Array
    exact: Array
    moved: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The programme that stands.

    Attributes
    ----------
    plan
        With the corrected numbers.
    stable
        Whether no other programme was better by more than the gap with numbers taken at this one.
    before
        ln real income without any project, (year, economy).
    exact
        Gain of every economy in every year in the full model, before costs, million USD, (year, economy).
    factor
        What each project's own gain was multiplied by in the end, (project, partner).
    found
        What every project does alone and last, in one year of the world with the programme.
    pairs, synergy
        Pairs that were solved together, and ln real income beyond the sum of both alone, (pair, economy).
    """

    plan: Schedule
    rounds: tuple[Round, ...]
    stable: bool
    before: Array
    exact: Array
    factor: Array
    found: Margins
    pairs: tuple[tuple[int, int], ...]
    synergy: Array


def settle(offer: Offer) -> Settled:
    """Return the programme that stands when it is tried in the full model (:eq:`programme-loop`).

    Raises
    ------
    InfeasibleError
        If no programme keeps the floor.
    NotConvergedError
        If a solve of the full model, or the recount of a programme, fails.
    """
    settings, budget = offer.agenda.settings, budget_of(offer.agenda, offer.partners, offer.values)
    before = real_incomes(offer.ground, np.zeros_like(offer.ground.own))
    alone = margins(offer.ground, offer.shares, ()).alone
    pairs = _pairs_that_matter(offer, alone)
    synergy = pair_synergies(offer.ground, offer.shares, pairs, alone)
    factor, rounds, stable = np.ones((len(offer.shares), len(offer.partners))), list[Round](), False
    found = Margins(alone=alone, last=alone)
    exact = np.zeros_like(before)
    while len(rounds) < MOST_ROUNDS and not stable:
        candidates = _candidates(offer, factor, pairs, synergy, alone)
        plan = schedule(candidates, budget, settings, objective=offer.agenda.objective)
        if rounds:
            kept = _revalued(rounds[-1].plan, candidates, plan)
            stable = kept.gap <= settings.gap + 1e-9
            plan = kept if stable else plan
        exact = _gains(offer, plan, before)
        worth = exact[:, list(offer.at)].T @ _discounts(settings, offer.ground.years)
        moved = _moved(rounds[-1].plan.start if rounds else {}, plan.start)
        rounds.append(Round(plan=plan, linear=plan.valued.benefit, exact=worth, moved=moved))
        if not stable:
            found = margins(offer.ground, offer.shares, _positions(offer, plan))
            factor = _corrected(offer, found, plan, pairs, synergy)
            factor = factor * _left_over(offer, factor, pairs, synergy, alone, plan, worth)
    return Settled(
        plan=rounds[-1].plan, rounds=tuple(rounds), stable=stable, before=before, exact=exact, factor=factor, found=found,
        pairs=tuple(pairs), synergy=synergy,
    )  # fmt: skip


def _pairs_that_matter(offer: Offer, alone: Array) -> list[tuple[int, int]]:
    """Return the pairs of the projects that bring the partners most, but for those that exclude each other."""
    brings = alone[:, list(offer.at)] @ offer.income[list(offer.at)]
    ranked = np.argsort(-brings, kind="stable")
    first = [int(p) for p in ranked[: offer.agenda.pairs] if brings[p] > 0]
    projects = [one.project for one in offer.agenda.proposals]
    return [
        (min(a, b), max(a, b))
        for a, b in combinations(first, 2)
        if projects[b].id not in projects[a].excludes and projects[a].id not in projects[b].excludes
    ]


def _candidates(
    offer: Offer, factor: Array, pairs: Sequence[tuple[int, int]], synergy: Array, alone: Array
) -> Candidates:
    """Return candidates with corrected gains, and a stream of synergies for every pair that counts."""
    ids = [one.project.id for one in offer.agenda.proposals]
    span = offer.agenda.settings.horizon - offer.agenda.settings.base_year + 1
    streams = [
        Synergy(a=ids[a], b=ids[b], partner=partner, benefit=float(offer.income[i] * extra[i]), year_offset=offset)
        for (a, b), extra in zip(pairs, synergy, strict=True)
        for partner, i in zip(offer.partners, offer.at, strict=True)
        if abs(extra[i]) > COUNTED * min(abs(alone[a, i]), abs(alone[b, i])) and abs(extra[i]) > LEAST
        for offset in range(span)
    ]
    return candidates_of(
        offer.agenda.proposals, offer.benefit * factor[:, :, None], offer.values, limits=offer.agenda.limits,
        synergies=streams,
    )  # fmt: skip


def _revalued(plan: Schedule, candidates: Candidates, best: Schedule) -> Schedule:
    """Return a programme with other numbers, or the best one under them where it starts the same."""
    if dict(plan.start) == dict(best.start):
        return best
    valued = value_plan(candidates, plan.budget, plan.settings, plan.start, plan.valued.contribution)
    objective = worth_of(plan.objective_name, valued.gain, best.disagreement)
    floor = (valued.gain >= best.disagreement - 1e-9).all() or plan.settings.floor == "none"
    gap = relative_gap(objective, best.bound, 1.0) if floor else np.inf
    return replace(
        plan, candidates=candidates, valued=valued, objective=objective, bound=best.bound, gap=gap,
        disagreement=best.disagreement, disagreement_bound=best.disagreement_bound,
        largest_sum=max(best.largest_sum, float(valued.gain.sum())),
    )  # fmt: skip


def _gains(offer: Offer, plan: Schedule, before: Array) -> Array:
    """Return the gain of every economy in every year in the full model, million USD."""
    added = done_in(offer.agenda.proposals, plan.start, offer.shares, offer.ground.years)
    after = real_incomes(offer.ground, added)
    gained: Array = offer.income * (np.exp(after) - np.exp(before))
    return gained


def _discounts(settings: ProgrammeSettings, years: Sequence[int]) -> Array:
    factors: Array = (1 + settings.discount_rate) ** (settings.base_year - np.array(years)).astype(float)
    return factors


def _positions(offer: Offer, plan: Schedule) -> list[int]:
    return [p for p, one in enumerate(offer.agenda.proposals) if one.project.id in plan.start]


def _corrected(offer: Offer, found: Margins, plan: Schedule, pairs: Sequence[tuple[int, int]], synergy: Array) -> Array:
    """Return what each project's own gain is to be multiplied by, (project, partner).

    A project of the programme counts with the mean of what it does alone and what it does last, which adds up to the whole but
    for effects of third order; any other one with what it would do last. What pairs bring is counted with the pairs.
    """
    at, inside = list(offer.at), set(_positions(offer, plan))
    alone, last = found.alone[:, at], found.last[:, at]
    counted = np.zeros_like(alone)
    for (a, b), extra in zip(pairs, synergy[:, at], strict=True):
        used = np.where(np.abs(extra) > COUNTED * np.minimum(np.abs(alone[a]), np.abs(alone[b])), extra, 0.0)
        for one, other in ((a, b), (b, a)):
            if other in inside:
                counted[one] += used * (0.5 if one in inside else 1.0)
    mine = np.array([p in inside for p in range(len(alone))])[:, None]
    wanted = np.where(mine, (alone + last) / 2, last) - counted
    known = np.abs(alone) > LEAST
    ratio = np.divide(wanted, alone, out=np.ones_like(alone), where=known)
    bounded: Array = np.clip(ratio, 0.0, FAR)
    return bounded


def _left_over(
    offer: Offer, factor: Array, pairs: Sequence[tuple[int, int]], synergy: Array, alone: Array, plan: Schedule,
    exact: Array,
) -> Array:  # fmt: skip
    """Return what is left between the corrected sum and the full model by partner, as a factor on all own gains."""

    def worth(counted: Sequence[tuple[int, int]], extra: Array) -> Array:
        candidates = _candidates(offer, factor, counted, extra, alone)
        return value_plan(candidates, plan.budget, plan.settings, plan.start, plan.valued.contribution).benefit

    own, whole = worth((), synergy[:0]), worth(pairs, synergy)
    ratio = np.divide(exact - (whole - own), own, out=np.ones_like(exact), where=own > 0)
    bounded: Array = np.clip(ratio, 1 / FAR, FAR)
    return bounded


def _moved(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*before, *after} if before.get(name) != after.get(name)))
