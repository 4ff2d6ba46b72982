"""The constraints of a programme: steps, precedence, budgets with carry-over, shares, shared resources, synergies, gains."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.programme.model import Draft, Linear, add_column, add_row, add_to, step_terms
from isthmus.programme.terms import ProgrammeTerms

FAMILIES = ("budget", "limit", "precedence", "exclusion", "minimum share")
"""What can be dropped to see which constraint binds."""


Payers = tuple[tuple[int, ...], bool]
"""Who may pay for a group of projects, and whether they are named as its sides."""
Shares = dict[tuple[Payers, int, int], int]
"""Column of what a partner pays in a year (by position) for a group of projects."""


@dataclass(frozen=True)
class Layout:
    """Where the parts of a programme stand among the columns of its model.

    `step` by project and start; `share` by payers, partner and year: what the partner pays in that year for all projects
    with these payers; `gain` by partner; `both` by pair and year. Money is in multiples of `unit`.
    """

    members: tuple[int, ...]
    unit: float
    step: dict[int, list[int]]
    paid_by: dict[int, tuple[int, ...]]
    share: Shares
    gain: dict[int, int]
    both: dict[tuple[int, int], list[int]]


def payers(case: ProgrammeTerms, members: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return who may pay for each project that a coalition can do: its sides, or every member where no side is named."""
    found = {}
    for i, project in enumerate(case.projects):
        sides = tuple(case.partners.index(side) for side in project.sides)
        if set(sides) <= set(members):
            found[i] = tuple(sorted(sides)) or tuple(members)
    return found


def write_constraints(
    case: ProgrammeTerms, members: Sequence[int], *, without: Collection[str] = (), drop: Collection[int] = ()
) -> tuple[Draft, Layout]:
    r"""Write the constraints of the programme of a coalition of partners (:eq:`programme-constraints`).

    Parameters
    ----------
    members
        Positions of the partners; projects with other sides are closed, gains of others do not count.
    without
        Families of constraints to leave out (`FAMILIES`).
    drop
        Projects that may not be done.

    Notes
    -----
    Shares are written for each set of payers and year, not for each project: any split of the total that leaves each
    side its minimum can be handed down to the projects in proportion to their cost, which keeps every minimum.
    """
    draft = Draft()
    paid_by = {i: who for i, who in payers(case, members).items() if i not in drop}
    step = {i: _write_steps(draft, case, i) for i in paid_by}
    if "precedence" not in without:
        _write_precedence(draft, case, step)
    if "exclusion" not in without:
        for a, b in case.excludes:
            if a in step and b in step:
                add_row(
                    draft, f"exclude {_id(case, a)} {_id(case, b)}", {step[a][-1]: 1.0, step[b][-1]: 1.0}, upper=1.0
                )
    if "limit" not in without:
        _write_limits(draft, case, step)
    least = 0.0 if "minimum share" in without else case.minimum_share
    share = _write_shares(draft, case, paid_by, step, least)
    if "budget" not in without:
        _write_budgets(draft, case, members, paid_by, step, share)
    both = _write_pairs(draft, case, step)
    gain = _write_gains(draft, case, members, paid_by, step, share, both)
    return draft, Layout(tuple(members), case.unit, step, paid_by, share, gain, both)


def _id(case: ProgrammeTerms, i: int) -> str:
    return case.projects[i].id


def _write_steps(draft: Draft, case: ProgrammeTerms, i: int) -> list[int]:
    """Add the steps of a project: started by the end of each year; once started, started for good."""
    steps = [add_column(draft, f"started {_id(case, i)} {t}", 0, 1, integer=True) for t in case.starts[i]]
    for k in range(1, len(steps)):
        add_row(draft, f"stay {_id(case, i)} {case.starts[i][k]}", {steps[k]: 1.0, steps[k - 1]: -1.0}, lower=0.0)
    return steps


def _write_precedence(draft: Draft, case: ProgrammeTerms, step: dict[int, list[int]]) -> None:
    """Let a project start only when those it requires are done; what cannot be done at all closes what requires it."""
    for i, needed in case.requires:
        if i not in step:
            continue
        for k, t in enumerate(case.starts[i]):
            expression = {step[i][k]: 1.0}
            begun = np.flatnonzero(case.starts[needed] <= t - case.projects[needed].build_years)
            if needed in step and len(begun):
                expression[step[needed][begun[-1]]] = -1.0
            add_row(draft, f"after {_id(case, i)} {_id(case, needed)} {t}", expression, upper=0.0)


def _write_limits(draft: Draft, case: ProgrammeTerms, step: dict[int, list[int]]) -> None:
    for r, resource in enumerate(case.resources):
        for y in np.flatnonzero(np.isfinite(case.limit[r])):
            used: Linear = {}
            for i, steps in step.items():
                add_to(used, step_terms(steps, case.need[i][:, r, y]))
            add_row(draft, f"limit {resource} {case.years[y]}", used, upper=float(case.limit[r, y]))


def _write_shares(
    draft: Draft, case: ProgrammeTerms, paid_by: dict[int, tuple[int, ...]], step: dict[int, list[int]], least: float
) -> Shares:
    """Let contributions of several payers sum to the cost of their projects, with the minimum share of named sides."""
    share = {}
    groups = dict.fromkeys((who, bool(case.projects[i].sides)) for i, who in paid_by.items() if len(who) > 1)
    for who, named in groups:
        key = (who, named)
        projects = [i for i in paid_by if paid_by[i] == who and bool(case.projects[i].sides) == named]
        for y, year in enumerate(case.years):
            cost: Linear = {}
            for i in projects:
                add_to(cost, step_terms(step[i], case.cost[i][:, y] / case.unit))
            if not cost:
                continue
            label = "+".join(case.partners[j] for j in who) + ("" if named else " open")
            for j in who:
                share[key, j, y] = add_column(draft, f"pays {label} {case.partners[j]} {year}")
                if named and least > 0:
                    part = {share[key, j, y]: 1.0}
                    add_to(part, cost, -least)
                    add_row(draft, f"least {label} {case.partners[j]} {year}", part, lower=0.0)
            balance = {share[key, j, y]: 1.0 for j in who}
            add_to(balance, cost, -1.0)
            add_row(draft, f"paid {label} {year}", balance, lower=0.0, upper=0.0)
    return share


def _spending(
    case: ProgrammeTerms, j: int, y: int, paid_by: dict[int, tuple[int, ...]], step: dict[int, list[int]],
    share: Shares,
) -> Linear:  # fmt: skip
    """Write what a partner pays in a year: all of its own projects, its share of those it does with others."""
    spent: Linear = {column: 1.0 for (_, payer, year), column in share.items() if payer == j and year == y}
    for i, who in paid_by.items():
        if who == (j,):
            add_to(spent, step_terms(step[i], case.cost[i][:, y] / case.unit))
    return spent


def _write_budgets(
    draft: Draft, case: ProgrammeTerms, members: Sequence[int], paid_by: dict[int, tuple[int, ...]], step: dict[int, list[int]],
    share: Shares,
) -> None:  # fmt: skip
    """Keep spending, and what is kept for later, within the year's budget and what was kept before."""
    for j in members:
        kept: int | None = None
        for y, year in enumerate(case.years):
            expression = _spending(case, j, y, paid_by, step, share)
            if kept is not None:
                expression[kept] = -1.0
            most = case.carry_over * case.budget[j, y] / case.unit
            kept = add_column(draft, f"kept {case.partners[j]} {year}", 0, most) if most > 0 else None
            if kept is not None:
                expression[kept] = 1.0
            add_row(draft, f"budget {case.partners[j]} {year}", expression, upper=float(case.budget[j, y] / case.unit))


def _write_pairs(draft: Draft, case: ProgrammeTerms, step: dict[int, list[int]]) -> dict[tuple[int, int], list[int]]:
    """Add columns that are 1 from the year in which both projects of a pair are done."""
    both: dict[tuple[int, int], list[int]] = {}
    for a, b in dict.fromkeys((a, b) for a, b, _, _ in case.bonus):
        if a not in step or b not in step:
            continue
        both[a, b] = []
        for year in case.years:
            done = [_done_by(case, step, i, int(year)) for i in (a, b)]
            name = f"both {_id(case, a)} {_id(case, b)} {year}"
            column = add_column(draft, name, 0, 1 if all(one is not None for one in done) else 0)
            both[a, b].append(column)
            known = [one for one in done if one is not None]
            for k, one in enumerate(known):
                add_row(draft, f"{name} needs {k}", {column: 1.0, one: -1.0}, upper=0.0)
            if len(known) == 2:
                add_row(draft, f"{name} follows", {column: 1.0, known[0]: -1.0, known[1]: -1.0}, lower=-1.0)
    return both


def _done_by(case: ProgrammeTerms, step: dict[int, list[int]], i: int, year: int) -> int | None:
    """Return the step that says whether a project is done in a year; None where it cannot be."""
    begun = np.flatnonzero(case.starts[i] <= year - case.projects[i].build_years)
    return step[i][begun[-1]] if len(begun) else None


def _write_gains(
    draft: Draft, case: ProgrammeTerms, members: Sequence[int], paid_by: dict[int, tuple[int, ...]], step: dict[int, list[int]],
    share: Shares, both: dict[tuple[int, int], list[int]],
) -> dict[int, int]:  # fmt: skip
    """Add a column a partner: present value of its benefits less its contributions."""
    gain = {}
    for j in members:
        expression: Linear = {}
        for i, who in paid_by.items():
            value = case.benefit[i][:, j] / case.unit
            if who == (j,):
                value = value - case.cost[i] @ case.discount / case.unit
            add_to(expression, step_terms(step[i], value))
        for (_, partner, y), column in share.items():
            if partner == j:
                add_to(expression, {column: -float(case.discount[y])})
        for a, b, partner, value in case.bonus:
            if partner == j and (a, b) in both:
                add_to(expression, step_terms(both[a, b], value / case.unit))
        gain[j] = add_column(draft, f"gain {case.partners[j]}", -np.inf)
        add_to(expression, {gain[j]: -1.0})
        add_row(draft, f"gain {case.partners[j]}", expression, lower=0.0, upper=0.0)
    return gain
