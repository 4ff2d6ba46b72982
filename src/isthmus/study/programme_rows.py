"""The tables of the programme from what was found: projects, payers, gains, years, third economies, pairs and rounds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.provenance import Status
from isthmus.programme.acts import ARC
from isthmus.programme.agenda import budget_of
from isthmus.programme.check import project_benefits
from isthmus.programme.divisible import CHOSEN, CROWDED, LOSES, order_of_adding, part_values, reasons
from isthmus.programme.first import latest_useful_start, value_for_money
from isthmus.programme.proposal import Proposal, candidates_of, strengths, support
from isthmus.programme.rounds import Settled
from isthmus.programme.tables import budget_table, contribution_table, discounts
from isthmus.study.components import THIRD
from isthmus.study.programme_case import ProgrammeCase
from isthmus.study.programme_draws import Spread
from isthmus.study.programme_tables import (
    UNKNOWN_COST,
    BudgetRow,
    PaymentRow,
    ProgrammeGainRow,
    ProgrammeRoundRow,
    ProgrammeWayRow,
    ProgrammeYearRow,
    ProjectGainRow,
    ProjectRow,
    SynergyRow,
    ThirdGainRow,
)

ENDS = (0.05, 0.5, 0.95)
WEAK = (Status.ASSUMED, Status.UNVERIFIED)


@dataclass(frozen=True, kw_only=True)
class ProjectStanding:
    """What is known of every project once the programme stands.

    Attributes
    ----------
    credited
        Present value of what each project brings each partner in the programme, with half of what its pairs bring beyond,
        (project, partner).
    paid
        Present value of what each partner pays, (project, partner).
    money
        `value_for_money`, regret and need, order of adding and latest useful start by project.
    status
        Whether it is chosen, or why not.
    share
        Share of the draws in which it is chosen.
    """

    credited: Array
    paid: Array
    value: Mapping[str, Mapping[str, float]]
    parts: Mapping[str, Mapping[str, float]]
    order: Mapping[str, tuple[int, float]]
    latest: Mapping[str, int | None]
    status: Mapping[str, str]
    share: Mapping[str, float]


def standing_of(case: ProgrammeCase, settled: Settled, anew: Sequence[frozenset[str] | None]) -> ProjectStanding:
    """Return what is known of every project."""
    plan, ids = settled.plan, [one.project.id for one in case.agenda.proposals]
    discount = discounts(plan)
    value = value_for_money(plan.candidates, plan.budget, plan.settings).query("partner == 'all'").set_index("project")
    worth = (value["benefit_pv"] - value["cost_pv"]).loc[ids]
    status = dict(zip(ids, reasons(plan, worth.tolist()), strict=True))
    silent = {name: why for name, why in case.silent.items() if name not in plan.start}
    latest = latest_useful_start(plan).set_index("project")["latest_useful"]
    order = order_of_adding(plan).set_index("project")
    return ProjectStanding(
        credited=_credited(settled, discount),
        paid=plan.valued.contribution @ discount,
        value=_by_project(value),
        parts=_by_project(part_values(plan).set_index("project")),
        order={str(name): (int(row["place"]), float(row["added"])) for name, row in order.iterrows()},
        latest={str(name): int(year) if np.isfinite(year) else None for name, year in latest.astype(float).items()},
        status={**status, **silent},
        share={name: sum(found is not None and name in found for found in anew) / max(len(anew), 1) for name in ids},
    )


def _by_project(frame: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return the numbers of a frame whose index are projects."""
    numbers = frame.select_dtypes("number")
    return {str(name): {str(k): float(v) for k, v in row.items()} for name, row in numbers.to_dict("index").items()}


def _credited(settled: Settled, discount: Array) -> Array:
    """Return present values of what projects bring, half of each pair's synergy to either."""
    plan, projects = settled.plan, settled.plan.candidates.projects
    place, found = {p.id: i for i, p in enumerate(projects)}, np.zeros((len(projects), len(plan.partners)))
    for name, start in plan.start.items():
        found[place[name]] = project_benefits(plan.candidates, place[name], start, plan.valued.years) @ discount
    done = {name: start + projects[place[name]].build_years for name, start in plan.start.items()}
    first, last = int(plan.valued.years[0]), plan.settings.horizon
    for one in plan.candidates.synergies:
        if one.a in done and one.b in done:
            year = max(done[one.a], done[one.b]) + one.year_offset
            if year <= last:
                half = 0.5 * one.benefit * discount[year - first]
                found[[place[one.a], place[one.b]], plan.partners.index(one.partner)] += half
    return found


def project_rows(case: ProgrammeCase, settled: Settled, found: ProjectStanding, spread: Spread) -> Iterator[ProjectRow]:
    """Yield the programme's projects in the order of their start, then the others."""
    plan, at = settled.plan, list(case.offer.at)
    yearly, sides = settled.found.last[:, at] @ case.offer.income[at], len(case.offer.partners)
    nets = np.quantile((spread.own[..., :sides] - spread.cost[..., :sides]).sum(axis=-1), ENDS, axis=0)
    rows = [
        _project_row(case, settled, found, p, float(yearly[p]), nets[:, p]) for p in range(len(case.agenda.proposals))
    ]
    yield from sorted(rows, key=lambda row: (row.project not in plan.start, row.start or 0, -(row.benefit_pv)))
    for one in case.unpriced:
        yield _plain_row(one, case.offer.partners, UNKNOWN_COST)


def _project_row(
    case: ProgrammeCase, settled: Settled, found: ProjectStanding, p: int, yearly: float, net: Array
) -> ProjectRow:
    one, plan = case.agenda.proposals[p], settled.plan
    name, value = one.project.id, found.value[one.project.id]
    start = plan.start.get(name)
    chosen = start is not None
    cost = float(found.paid[p].sum()) if chosen else float(value["cost_pv"])
    brings = float(found.credited[p].sum()) if chosen else float(value["benefit_pv"])
    begun = int(value["start"]) if start is None else start
    used = plan.settings.horizon - begun - one.project.build_years + 1
    place, added = found.order.get(name, (None, None))
    needed = float(found.parts[name]["needed"])
    nets = dict(zip(("net_low_pv", "net_pv", "net_high_pv"), map(float, net), strict=True)) if chosen else {}
    return _plain_row(
        one, case.offer.partners, found.status[name],
        start=start, done=start + one.project.build_years if start is not None else None,
        latest_useful=found.latest.get(name), place=place, added_pv=added,
        regret_pv=float(found.parts[name]["regret"]) if chosen else None,
        needed_pv=needed if not chosen and np.isfinite(needed) else None,
        cost_pv=cost, benefit_pv=brings, yearly_musd=yearly, chosen_share=found.share[name],
        per_dollar=brings / cost if cost > 0 else None,
        per_dollar_year=brings / cost / used if cost > 0 and used > 0 else None, **nets,
    )  # fmt: skip


def unchosen_rows(case: ProgrammeCase) -> Iterator[ProjectRow]:
    """Yield the candidates where there is no programme: what each would bring and cost by itself at its best start."""
    offer, agenda = case.offer, case.agenda
    candidates = candidates_of(agenda.proposals, offer.benefit, offer.values, limits=agenda.limits)
    value = value_for_money(candidates, budget_of(agenda, offer.partners, offer.values), agenda.settings)
    every = value.query("partner == 'all'").set_index("project").to_dict("index")
    yearly = offer.benefit.values[:, :, -1].sum(axis=1)
    for p, one in enumerate(agenda.proposals):
        found = every[one.project.id]
        cost, brings = float(found["cost_pv"]), float(found["benefit_pv"])
        status = case.silent.get(one.project.id, CROWDED if brings > cost else LOSES)
        yield _plain_row(
            one, offer.partners, status, cost_pv=cost, benefit_pv=brings, yearly_musd=float(yearly[p]),
            per_dollar=brings / cost if cost > 0 else None,
        )  # fmt: skip
    for one in case.unpriced:
        yield _plain_row(one, offer.partners, UNKNOWN_COST)


def _plain_row(one: Proposal, partners: Sequence[str], status: str, **more: float | int | None) -> ProjectRow:
    """Return a row with what the proposal itself says; all else is empty unless given."""
    empty: dict[str, float | int | None] = dict.fromkeys(
        ("start", "done", "latest_useful", "place", "added_pv", "regret_pv", "needed_pv", "cost_pv", "per_dollar",
         "per_dollar_year", "chosen_share", "net_low_pv", "net_pv", "net_high_pv")
    )  # fmt: skip
    weak = sum(effect.evidence.status in WEAK for effect in one.effects)
    said = [f"{side}:{name}" for side, names in one.statements.items() for name in names]
    carried = ";".join(f"{side}:{strength}" for side, strength in strengths(one).items())
    values = {"benefit_pv": 0.0, "yearly_musd": 0.0, **empty, **more}
    return ProjectRow(
        project=one.project.id, theme=one.theme, sides=";".join(one.project.sides), support=support(one, partners),
        statements=";".join(said), carried=carried, status=status, assumed_share=weak / len(one.effects) if one.effects else 1.0,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip


def project_gain_rows(
    case: ProgrammeCase, settled: Settled, found: ProjectStanding, spread: Spread
) -> Iterator[ProjectGainRow]:
    """Yield what every project brings every economy; third economies together."""
    plan, horizon = settled.plan, settled.plan.settings.horizon
    alone, last = (_by_label(case, one) for one in (settled.found.alone, settled.found.last))
    low, middle, high = np.quantile(spread.own, ENDS, axis=0)
    for p, one in enumerate(case.agenda.proposals):
        name = one.project.id
        start, cost = plan.start.get(name), float(found.paid[p].sum())
        years = horizon - start - one.project.build_years + 1 if start is not None else 0
        for m, label in enumerate(case.labels):
            partner = label != THIRD
            brings = float(spread.middle[p, m])
            per_dollar = brings / cost if partner and cost > 0 else None
            yield ProjectGainRow(
                project=name, economy=label, alone_musd=float(alone[p, m]), last_musd=float(last[p, m]), benefit_pv=brings,
                low_pv=float(low[p, m]), median_pv=float(middle[p, m]), high_pv=float(high[p, m]),
                paid_pv=float(found.paid[p, m]) if partner else 0.0,
                per_dollar=per_dollar, per_dollar_year=per_dollar / years if per_dollar is not None and years > 0 else None,
            )  # fmt: skip


def _by_label(case: ProgrammeCase, values: Array) -> Array:
    """Turn ln real income by economy into million USD by label, (…, label)."""
    at, third, income = list(case.offer.at), list(case.third), case.offer.income
    own, others = values[..., at] * income[at], (values[..., third] * income[third]).sum(axis=-1, keepdims=True)
    return np.concatenate([own, others], axis=-1)


def payment_rows(settled: Settled) -> Iterator[PaymentRow]:
    """Yield who pays what when."""
    for project, partner, year, amount in contribution_table(settled.plan).itertuples(index=False):
        yield PaymentRow(project, partner, int(year), float(amount))


def budget_rows(settled: Settled) -> Iterator[BudgetRow]:
    """Yield the use of budgets."""
    for partner, year, budget, carried, spent, _, unused in budget_table(settled.plan).itertuples(index=False):
        yield BudgetRow(partner, int(year), float(budget), float(carried), float(spent), float(unused))


def present_by_label(case: ProgrammeCase, settled: Settled) -> Array:
    """Return the present value of benefits in the full model by label."""
    yearly = np.array([_group(case, year) for year in settled.exact])
    worth: Array = discounts(settled.plan) @ yearly
    return worth


def _group(case: ProgrammeCase, values: Array) -> Array:
    """Sum values by economy to labels."""
    found: Array = np.array([*values[list(case.offer.at)], values[list(case.third)].sum()])
    return found


def gain_rows(case: ProgrammeCase, settled: Settled, spread: Spread) -> Iterator[ProgrammeGainRow]:
    """Yield what the programme brings every partner, and third economies together."""
    plan, exact = settled.plan, present_by_label(case, settled)
    gains = spread.benefit - spread.cost.sum(axis=1)
    linear = [*plan.valued.benefit, float(spread.middle[:, -1].sum())]
    for m, label in enumerate(case.labels):
        partner = label != THIRD
        cost, alone = (float(plan.valued.cost[m]), float(plan.disagreement[m])) if partner else (0.0, 0.0)
        low, median, high = (float(x) for x in np.quantile(gains[:, m], ENDS))
        yield ProgrammeGainRow(
            economy=label, linear_pv=float(linear[m]), benefit_pv=float(exact[m]), cost_pv=cost, gain_pv=float(exact[m]) - cost,
            alone_pv=alone, low_pv=low, median_pv=median, high_pv=high, chance_of_loss=float((gains[:, m] < alone).mean()),
        )  # fmt: skip


def year_rows(case: ProgrammeCase, settled: Settled) -> Iterator[ProgrammeYearRow]:
    """Yield the programme year by year in the full model."""
    paid = settled.plan.valued.contribution.sum(axis=0)
    for y, year in enumerate(case.years):
        for m, (label, value) in enumerate(zip(case.labels, _group(case, settled.exact[y]), strict=True)):
            cost = float(paid[m, y]) if label != THIRD else 0.0
            net = float(value) - cost
            yield ProgrammeYearRow(label, year, float(value), cost, net, 100 * net / float(case.money[m]))


def third_rows(case: ProgrammeCase, settled: Settled, economies: Sequence[str]) -> Iterator[ThirdGainRow]:
    """Yield third economies, the largest gain first."""
    worth = discounts(settled.plan) @ settled.exact
    for i in sorted(case.third, key=lambda i: -worth[i]):
        last = float(settled.exact[-1, i])
        yield ThirdGainRow(economies[i], float(worth[i]), last, 100 * last / float(case.offer.income[i]))


def synergy_rows(case: ProgrammeCase, settled: Settled) -> Iterator[SynergyRow]:
    """Yield the pairs that were solved together, the largest synergy first."""
    ids, at, income = [one.project.id for one in case.agenda.proposals], list(case.offer.at), case.offer.income
    order = np.argsort(-np.abs(settled.synergy[:, at] @ income[at]), kind="stable")
    for k in order:
        a, b = settled.pairs[k]
        for partner, i in zip(case.offer.partners, at, strict=True):
            values = settled.found.alone[a, i], settled.found.alone[b, i], settled.synergy[k, i]
            yield SynergyRow(ids[a], ids[b], partner, *(float(value * income[i]) for value in values))


def round_rows(case: ProgrammeCase, settled: Settled) -> Iterator[ProgrammeRoundRow]:
    """Yield the rounds."""
    for number, one in enumerate(settled.rounds, start=1):
        for j, partner in enumerate(case.offer.partners):
            counts = len(one.plan.start), len(one.moved)
            yield ProgrammeRoundRow(number, partner, float(one.linear[j]), float(one.exact[j]), *counts)


def way_rows(case: ProgrammeCase, settled: Settled) -> Iterator[ProgrammeWayRow]:
    """Yield projects that give an arc more room, with what the network itself says of the same arc."""
    at, place = list(case.offer.at), {one.project.id: p for p, one in enumerate(case.agenda.proposals)}
    yearly = settled.found.last[:, at] @ case.offer.income[at]
    for room in case.room:
        p = place[room.project]
        spoken = any(effect.kind != ARC for effect in case.agenda.proposals[p].effects)
        counted = not spoken and p not in case.acts.silent
        yield ProgrammeWayRow(
            room.project, room.arc, room.candidate, room.saving_musd, room.used_pct, float(yearly[p]), counted
        )


def chosen_benefits(case: ProgrammeCase, found: ProjectStanding) -> dict[str, float]:
    """Return the present value of what each chosen project brings both partners."""
    return {
        one.project.id: float(found.credited[p].sum())
        for p, one in enumerate(case.agenda.proposals)
        if found.status[one.project.id] == CHOSEN
    }
