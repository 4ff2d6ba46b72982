"""A programme as tables: what starts when, who pays what, what each partner gains, how budgets are used."""

import numpy as np
import pandas as pd

from isthmus.programme.check import project_benefits, spending
from isthmus.programme.schedule import Schedule


def start_table(result: Schedule) -> pd.DataFrame:
    """Return chosen projects in order of their start.

    Columns: project, start, name, done, sides, cost_pv, benefit_pv, value_pv, cost_after_horizon. Present values are of the whole
    project, all partners together, without synergies.
    """
    discount = discounts(result)
    rows = []
    for i, project in enumerate(result.candidates.projects):
        if project.id not in result.start:
            continue
        start = result.start[project.id]
        whole = float(result.candidates.cost.values[i].sum())
        paid = result.valued.contribution[i].sum(axis=0)
        benefit = project_benefits(result.candidates, i, start, result.valued.years).sum(axis=0)
        cost_pv, benefit_pv = float(paid @ discount), float(benefit @ discount)
        rows.append(
            {
                "project": project.id, "start": start, "name": project.name, "done": start + project.build_years,
                "sides": ";".join(project.sides), "cost_pv": cost_pv, "benefit_pv": benefit_pv,
                "value_pv": benefit_pv - cost_pv, "cost_after_horizon": max(whole - float(paid.sum()), 0.0),
            }
        )  # fmt: skip
    columns = [
        "project", "start", "name", "done", "sides", "cost_pv", "benefit_pv", "value_pv", "cost_after_horizon"
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["start", "project"], kind="stable", ignore_index=True)


def contribution_table(result: Schedule) -> pd.DataFrame:
    """Return who pays what in which year: project, partner, year, amount; rows of nothing are left out."""
    paid = result.valued.contribution
    rows = [
        (result.candidates.projects[i].id, result.partners[j], int(result.valued.years[y]), float(paid[i, j, y]))
        for i, j, y in np.argwhere(paid > 0)
    ]
    return pd.DataFrame(rows, columns=["project", "partner", "year", "amount"])


def gain_table(result: Schedule) -> pd.DataFrame:
    """Return benefit_pv, cost_pv, gain and disagreement of each partner, in money of the base year."""
    valued = result.valued
    return pd.DataFrame(
        {
            "partner": result.partners, "benefit_pv": valued.benefit, "cost_pv": valued.cost, "gain": valued.gain,
            "disagreement": result.disagreement, "above_disagreement": valued.gain - result.disagreement,
        }
    )  # fmt: skip


def budget_table(result: Schedule) -> pd.DataFrame:
    """Return the use of budgets: partner, year, budget, carried_in, spent, kept, unused."""
    rows = []
    spent = result.valued.contribution.sum(axis=0)
    given = [int(year) for year in result.budget.amount["year"].values]
    for j, partner in enumerate(result.partners):
        before = 0.0
        for y, year in enumerate(result.valued.years):
            budget = float(result.budget.amount.values[j, given.index(int(year))]) if year in given else 0.0
            kept = float(result.valued.kept[j, y])
            unused = max(budget + before - float(spent[j, y]) - kept, 0.0)
            rows.append((partner, int(year), budget, before, float(spent[j, y]), kept, unused))
            before = kept
    return pd.DataFrame(rows, columns=["partner", "year", "budget", "carried_in", "spent", "kept", "unused"])


def spending_table(result: Schedule) -> pd.DataFrame:
    """Return where the money is spent: project, side (empty where none is named), year, amount."""
    rows = []
    for project in result.candidates.projects:
        if project.id in result.start:
            laid = spending(result.candidates, project, result.start[project.id], result.valued.years)
            for side, amounts in laid.items():
                used = np.flatnonzero(amounts)
                rows += [(project.id, side, int(result.valued.years[y]), float(amounts[y])) for y in used]
    return pd.DataFrame(rows, columns=["project", "side", "year", "amount"])


def discounts(result: Schedule) -> np.ndarray:
    """Return the value in the base year of money in each year of the programme."""
    settings = result.settings
    factors: np.ndarray = (1 + settings.discount_rate) ** (settings.base_year - result.valued.years).astype(float)
    return factors
