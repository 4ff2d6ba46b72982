"""The joint programme: which projects are worth doing, when, paid by whom; tried in the full model and in the draws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from isthmus.core.errors import InfeasibleError
from isthmus.programme.proposal import assumed_share
from isthmus.programme.rounds import Settled, settle
from isthmus.study.border import BorderSection
from isthmus.study.components import THIRD
from isthmus.study.corridors import CorridorsSection
from isthmus.study.draws import DRAW_FIELDS
from isthmus.study.ensemble import EnsembleSection, draws_in
from isthmus.study.headline import HEADLINE_FIELDS, price_year
from isthmus.study.programme_case import ProgrammeCase, case_of
from isthmus.study.programme_choices import (
    FRONTIER,
    Tried,
    choice_rows,
    choices_of,
    financing_rows,
    frontier_rows,
    sharing_rows,
    tried,
    whole_frontier,
)
from isthmus.study.programme_draws import Draws, chosen_anew, draws_of, spread_of
from isthmus.study.programme_rows import (
    budget_rows,
    chosen_benefits,
    gain_rows,
    payment_rows,
    present_by_label,
    project_gain_rows,
    project_rows,
    round_rows,
    standing_of,
    synergy_rows,
    third_rows,
    unchosen_rows,
    way_rows,
    year_rows,
)
from isthmus.study.programme_tables import (
    FOUND,
    NO_PROGRAMME,
    NONE_WORTH,
    BudgetRow,
    FrontierRow,
    PaymentRow,
    ProgrammeChoiceRow,
    ProgrammeFinancingRow,
    ProgrammeGainRow,
    ProgrammeRoundRow,
    ProgrammeSection,
    ProgrammeWayRow,
    ProgrammeYearRow,
    ProjectGainRow,
    ProjectRow,
    SharingRow,
    SynergyRow,
    ThirdGainRow,
)
from isthmus.study.section import table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study

TABLES: Mapping[str, type] = {
    "programme": ProjectRow,
    "programme_projects": ProjectGainRow,
    "programme_payments": PaymentRow,
    "programme_budgets": BudgetRow,
    "programme_gains": ProgrammeGainRow,
    "programme_years": ProgrammeYearRow,
    "programme_third": ThirdGainRow,
    "programme_choices": ProgrammeChoiceRow,
    "programme_frontier": FrontierRow,
    "programme_sharing": SharingRow,
    "programme_financing": ProgrammeFinancingRow,
    "programme_synergies": SynergyRow,
    "programme_rounds": ProgrammeRoundRow,
    "programme_ways": ProgrammeWayRow,
}


def compute(study: Study, findings: Findings, work: Work) -> ProgrammeSection:
    """Choose the programme, try it in the full model until it stands, and set it beside others and against the draws."""
    case = case_of(study, findings)
    work.progress(0.1)
    try:
        settled = settle(case.offer)
    except InfeasibleError as error:
        return _none(study, case, error)
    work.progress(0.4)
    draws = draws_of(case, draws_in(study, findings[EnsembleSection]), study.draws.seed)
    beside = _beside(case, settled, draws, work)
    anew = beside.anew
    standing = standing_of(case, settled, anew)
    spread = spread_of(case, settled, draws, present_by_label(case, settled), standing.credited)
    chosen = bool(settled.plan.start)
    rows: dict[str, Any] = {
        "programme": project_rows(case, settled, standing, spread),
        "programme_projects": project_gain_rows(case, settled, standing, spread),
        "programme_payments": payment_rows(settled),
        "programme_budgets": budget_rows(settled),
        "programme_gains": gain_rows(case, settled, spread),
        "programme_years": year_rows(case, settled),
        "programme_third": third_rows(case, settled, case.bench.facts.economies),
        "programme_choices": choice_rows(case, settled, beside.others),
        "programme_frontier": frontier_rows(settled, beside.frontier, beside.others) if chosen else (),
        "programme_sharing": sharing_rows(settled) if chosen else (),
        "programme_financing": financing_rows(case, settled) if chosen else (),
        "programme_synergies": synergy_rows(case, settled),
        "programme_rounds": round_rows(case, settled),
        "programme_ways": way_rows(case, settled),
    }
    return ProgrammeSection(
        **_about(study, case),
        **_outcome(settled),
        assumed_share=assumed_share(case.agenda.proposals, chosen_benefits(case, standing)),
        draws=len(draws.shares),
        anew=len(anew),
        without_any=sum(found is None for found in anew),
        **_tables(rows),
    )


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the programme: other choices, the frontier, and what is chosen in the first draws."""

    others: tuple[Tried, ...]
    frontier: pd.DataFrame
    anew: list[frozenset[str] | None]


def _beside(case: ProgrammeCase, settled: Settled, draws: Draws, work: Work) -> Beside:
    """Choose under other objectives and assumptions, along the frontier, and anew in the first draws, several at a time."""
    names = (FRONTIER, *choices_of(case)) if settled.plan.start else ()
    count = min(case.agenda.draws, len(draws.shares))

    def one(item: str | int) -> pd.DataFrame | Tried | frozenset[str] | None:
        if item == FRONTIER:
            return whole_frontier(settled)
        return tried(case, settled, item) if isinstance(item, str) else chosen_anew(case, settled, draws, item)

    found = work.map(one, [*names, *range(count)])
    line = found[0] if names else None
    return Beside(
        others=tuple(one for one in found if isinstance(one, Tried)),
        frontier=line if isinstance(line, pd.DataFrame) else pd.DataFrame(),
        anew=[one for one in found[len(names) :] if one is None or isinstance(one, frozenset)],
    )


STATION = Station(
    name="programme",
    section=ProgrammeSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("partners", "economy_names", "start", "deadline", "review", "levers", "trade_balance", "asked", "agenda"),
        *("borders", "corridors"),
    ),
    needs=(BorderSection, CorridorsSection, EnsembleSection),
    applies=lambda study: study.agenda is not None and bool(study.levers),
    compute=compute,
    weight=17,
)


def _about(study: Study, case: ProgrammeCase) -> dict[str, Any]:
    """Return the facts that do not depend on what is found."""
    agenda, settings = case.agenda, case.agenda.settings
    every = (*agenda.proposals, *case.unpriced)
    return {
        "partners": study.partners,
        "economy_names": study.economy_names,
        "titles": {one.project.id: dict(one.titles) for one in every},
        "objective": agenda.objective,
        "start": study.start,
        "deadline": study.deadline,
        "horizon": settings.horizon,
        "discount_rate": settings.discount_rate,
        "minimum_share": settings.minimum_share,
        "carry_over": agenda.carry_over,
        "floor": settings.floor,
        "loan_rate": agenda.loan_rate,
        "loan_years": agenda.loan_years,
        "price_year": price_year(study),
        "income_musd": dict(zip((*study.partners, THIRD), map(float, case.money), strict=True)),
    }


def _outcome(settled: Settled) -> dict[str, Any]:
    plan = settled.plan
    return {
        "outcome": FOUND if plan.start else NONE_WORTH,
        "binding": (),
        "worse_off": (),
        "shortfall_pv": 0.0,
        "objective_pv": float(plan.objective),
        "gap": float(plan.gap),
        "stable": settled.stable,
    }


def _none(study: Study, case: ProgrammeCase, error: InfeasibleError) -> ProgrammeSection:
    """Say that no programme keeps the floor, what stands in the way, and what the projects would bring one by one."""
    detail = dict(error.detail)
    shortfall = float(detail.get("shortfall", np.nan))
    return ProgrammeSection(
        **_about(study, case),
        outcome=NO_PROGRAMME,
        binding=tuple(map(str, detail.get("binding", ()))),
        worse_off=tuple(map(str, detail.get("worse_off", ()))),
        shortfall_pv=shortfall if np.isfinite(shortfall) else 0.0,
        objective_pv=0.0,
        gap=0.0,
        stable=True,
        assumed_share=0.0,
        draws=study.draws.count,
        anew=0,
        without_any=0,
        **_tables({"programme": unchosen_rows(case)}),
    )


def _tables(rows: Mapping[str, Iterable[Any]]) -> dict[str, Any]:
    """Return every table of the section; one without rows is empty."""
    return {name: table(row, rows.get(name, ())) for name, row in TABLES.items()}
