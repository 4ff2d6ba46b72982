"""One search for a programme: its numbers, its floor, the time used, and the solves that all objectives share."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from isthmus.programme.constraints import Layout, write_constraints
from isthmus.programme.model import Draft, Linear, finish
from isthmus.programme.objectives import hold_floor, total_gain, worst_gain
from isthmus.programme.plan import Plan, chosen_starts, fixed_steps, read_plan
from isthmus.programme.project import ProgrammeSettings
from isthmus.programme.solver import Answer, Limits, Stop, Tell, never, silent, solve_model
from isthmus.programme.terms import ProgrammeTerms

SLACK = 1e-7
"""What a floor may be missed by, in units of the model, so that rounding does not close a programme."""
TIGHTER = 0.01
"""Gap of the solves that others rest on (disagreement, coalitions), relative to the gap asked for."""


@dataclass(frozen=True)
class Search:
    """Numbers and settings of one search; `used` adds up the solver's seconds, `disagreement` is by partner in money."""

    case: ProgrammeTerms
    settings: ProgrammeSettings
    disagreement: np.ndarray
    drop: tuple[int, ...] = ()
    force: tuple[int, ...] = ()
    stop: Stop = never
    tell: Tell = silent
    used: list[float] = field(default_factory=list)


def seconds_left(search: Search) -> float:
    """Return the seconds the search may still take, nothing once it was stopped."""
    return 0.0 if search.stop() else max(search.settings.time_limit_s - sum(search.used), 0.0)


def draft_of(
    search: Search, *, floor: bool = True, members: Sequence[int] | None = None, without: Collection[str] = ()
) -> tuple[Draft, Layout]:
    """Write the constraints of the search, with the floor where it holds."""
    everyone = range(len(search.case.partners)) if members is None else members
    draft, layout = write_constraints(search.case, list(everyone), without=without, drop=search.drop)
    if floor and search.settings.floor == "disagreement":
        hold_floor(draft, layout, search.disagreement - SLACK * layout.unit)
    for i in search.force:
        if i in layout.step:
            name, _, upper, whole = draft.columns[layout.step[i][-1]]
            draft.columns[layout.step[i][-1]] = (name, 1.0, upper, whole)
    return draft, layout


def solve(
    search: Search,
    draft: Draft,
    layout: Layout,
    objective: Linear,
    *,
    part: float = 1.0,
    gap: float | None = None,
    absolute_gap: float = 1e-9,
    start: Mapping[int, int] | None = None,
    held: Mapping[int, int] | None = None,
    at_once: bool = False,
) -> Answer:
    """Solve a draft within a part of the time that is left.

    Parameters
    ----------
    start
        Start years from which the search may begin.
    held
        Start years that are fixed, so that only the money is still to be decided.
    at_once
        Whether this is solved so quickly that it need not heed the time that is left; so it is where starts are held.
    """
    model = finish(draft, objective)
    fixed = fixed_steps(search.case, layout, held) if held is not None else None
    at_once = at_once or held is not None
    seconds = 60.0 if at_once else part * seconds_left(search)
    limits = Limits(
        gap=search.settings.gap if gap is None else gap,
        absolute_gap=absolute_gap,
        seconds=seconds,
        nodes=None if at_once else search.settings.nodes,
        stop=None if at_once else search.stop,
    )
    guess = None
    if start is not None and held is None:
        complete = solve_model(model, Limits(seconds=60.0), fixed=fixed_steps(search.case, layout, start))
        guess = complete.values
    answer = solve_model(model, limits, start=guess, fixed=fixed)
    search.used.append(answer.seconds)
    return answer


def fair_split(search: Search, start: Mapping[int, int], least: np.ndarray | None = None) -> Plan | None:
    """Return the plan with these starts whose money is shared so that the worst gain above disagreement is largest.

    Parameters
    ----------
    least
        Gains by partner that the split must keep; the floor of the search where None.
    """
    draft, layout = draft_of(search)
    if least is not None:
        hold_floor(draft, layout, least - SLACK * layout.unit)
    answer = solve(search, draft, layout, worst_gain(draft, layout, search.disagreement), held=start)
    return None if answer.values is None else read_plan(search.case, layout, answer.values)


def best_of(search: Search, members: Sequence[int], part: float = 1.0) -> tuple[float, float, dict[int, int]]:
    """Return what a coalition can gain by itself, the bound, and its starts; doing nothing is always possible."""
    draft, layout = draft_of(search, floor=False, members=members)
    gap = TIGHTER * search.settings.gap
    answer = solve(search, draft, layout, total_gain(layout), part=part, gap=gap)
    if answer.values is None:
        return 0.0, answer.bound * layout.unit, {}
    starts = chosen_starts(search.case, layout, answer.values)
    return max(answer.objective, 0.0) * layout.unit, answer.bound * layout.unit, starts
