"""Rules for sharing the cost of a given programme, side by side: as planned, by benefit, by means, by Shapley."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from isthmus.programme.check import project_benefits
from isthmus.programme.games import Game, coalitions, core, nucleolus, shapley
from isthmus.programme.schedule import Schedule
from isthmus.programme.search import Search, best_of
from isthmus.programme.solver import Stop, never
from isthmus.programme.tables import discounts
from isthmus.programme.terms import terms

RULES = ("planned", "beneficiary_pays", "proportional", "shapley", "nucleolus")


def coalition_values(result: Schedule, stop: Stop = never) -> Game:
    """Return what each coalition of partners can gain by itself (:eq:`programme-coalitions`).

    A coalition does projects whose sides are all among its members, or that have none, and pays from its members' budgets;
    only its members' gains count. The value of all partners is that of `result`, or better where their own solve is.
    """
    partners = result.partners
    search = Search(
        terms(result.candidates, result.budget, result.settings), result.settings, result.disagreement, stop=stop
    )
    game = {}
    for one in coalitions(partners):
        members = [j for j, name in enumerate(partners) if name in one]
        if len(members) == 1:
            game[one] = float(result.disagreement[members[0]])
        elif len(members) < len(partners):
            game[one] = best_of(search, members, part=0.5)[0]
        else:
            game[one] = max(result.largest_sum, float(result.valued.gain.sum()))
    return game


def sharing_rules(result: Schedule, game: Game | None = None) -> pd.DataFrame:
    """Return what each rule would have each partner pay for the programme, and what that leaves it.

    - `planned`: what the programme found says.
    - `beneficiary_pays`: each project is paid in proportion to what it brings each partner; harm pays nothing.
    - `proportional`: the whole is paid in proportion to the present value of budgets.
    - `shapley`, `nucleolus`: gains are those of the rule, scaled to this programme's total; payments follow, and may be
      negative where a partner would have to be paid.

    Columns: rule, partner, benefit_pv, cost_pv, gain, above_disagreement, share_of_cost, in_core, payable. A payment is
    payable when it is not negative and within the present value of the partner's budget.
    """
    partners, valued = result.partners, result.valued
    total = float(valued.cost.sum())
    means = budget_values(result)
    game = coalition_values(result) if game is None else game
    paid = {
        "planned": valued.cost,
        "beneficiary_pays": _by_benefit(result),
        "proportional": total * means / means.sum() if means.sum() > 0 else np.full(len(partners), np.nan),
        "shapley": valued.benefit - _scaled(result, shapley(partners, game)),
        "nucleolus": valued.benefit - _scaled(result, nucleolus(partners, game)),
    }
    rows = []
    for rule in RULES:
        gain = valued.benefit - paid[rule]
        payoff = dict(zip(partners, gain.tolist(), strict=True))
        stable = core(partners, _capped(game, payoff), payoff).stable
        for j, partner in enumerate(partners):
            cost = float(paid[rule][j])
            rows.append(
                {
                    "rule": rule, "partner": partner, "benefit_pv": float(valued.benefit[j]), "cost_pv": cost,
                    "gain": float(gain[j]), "above_disagreement": float(gain[j] - result.disagreement[j]),
                    "share_of_cost": cost / total if total > 0 else np.nan, "in_core": stable,
                    "payable": bool(-1e-9 * max(total, 1) <= cost <= means[j] * (1 + 1e-9)),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def budget_values(result: Schedule) -> np.ndarray:
    """Return the present value of each partner's budget."""
    years = result.budget.amount["year"].values
    discount = (1 + result.settings.discount_rate) ** (result.settings.base_year - years).astype(float)
    values: np.ndarray = result.budget.amount.values @ discount
    return values


def _by_benefit(result: Schedule) -> np.ndarray:
    """Split each project's cost by what it brings each partner; by what all partners pay now where it brings nothing."""
    valued = result.valued
    discount = discounts(result)
    paid = np.zeros(len(result.partners))
    for i, project in enumerate(result.candidates.projects):
        if project.id not in result.start:
            continue
        now = valued.contribution[i] @ discount
        brings = np.maximum(
            project_benefits(result.candidates, i, result.start[project.id], valued.years) @ discount, 0.0
        )
        paid += now.sum() * brings / brings.sum() if brings.sum() > 0 else now
    return paid


def _scaled(result: Schedule, payoff: Mapping[str, float]) -> np.ndarray:
    """Lower or raise the part above disagreement so that payoffs sum to what this programme gains."""
    values = np.array([payoff[name] for name in result.partners])
    alone, gained = float(result.disagreement.sum()), float(result.valued.gain.sum())
    above = float(values.sum()) - alone
    if above <= 0:
        scaled: np.ndarray = values + (gained - float(values.sum())) / len(values)
    else:
        scaled = result.disagreement + (values - result.disagreement) * ((gained - alone) / above)
    return scaled


def _capped(game: Game, payoff: Mapping[str, float]) -> Game:
    """Return the game in which all together gain what this programme brings."""
    return {**game, frozenset(payoff): sum(payoff.values())}
