"""The section of the programme: its facts, and the rows of its tables."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.economy.aggregate import Names
from isthmus.study.columns import Partner, Year
from isthmus.study.section import Help, Section, Table, key, measure, note

ProgrammeEconomy = Annotated[str, key("partner, or `third` for all other economies together")]
ProjectId = Annotated[str, key("id of the project")]
Present = "million USD, value in the first year"
Yearly = "million USD a year"

WHOLE, BOUND = "whole", "bound"
UNKNOWN_COST, NOT_VALUED, ELSEWHERE, SPARE = "unknown_cost", "not_valued", "elsewhere", "spare"
"""Statuses of what has no value here; of room that by the network saves in other trade alone, and of room on a way not full."""
"""Besides `programme.divisible.reasons`: nobody knows what it costs; nothing of it reaches the model."""

NONE_WORTH, NO_PROGRAMME, FOUND = "none_worth", "no_programme", "found"
"""What came out: no project is worth its cost; none leaves every side no worse off; there is a programme."""


@dataclass(frozen=True)
class ProjectRow:
    """A candidate: whether it is in the programme, since when, what it costs and brings, and how sure that is."""

    project: ProjectId
    theme: Annotated[str, note("field of the project")]
    sides: Annotated[str, note("partners who have to do it together, with ;; empty where any may do it alone")]
    support: Annotated[str, note("whose plans carry it: both, one or none")]
    statements: Annotated[str, note("PARTNER:ID of the sentences of the plans that carry it, with ;")]
    carried: Annotated[
        str,
        note(
            "PARTNER:states where a sentence of that plan names it, PARTNER:implies where one names its field, with ;"
        ),
    ]
    status: Annotated[
        str, note("chosen, or why not: loses, excluded, waits, crowded, unknown_cost, elsewhere, spare or not_valued")
    ]
    start: Annotated[int | None, note("year in which work begins", "year")]
    done: Annotated[int | None, note("first year of use", "year")]
    latest_useful: Annotated[
        int | None, note("last start in which it brings more than it costs, others as they are", "year")
    ]
    place: Annotated[int | None, note("place in the order of adding")]
    added_pv: Annotated[
        float | None, measure(Present, "what it adds to the gains of both in that order, projects divisible")
    ]
    regret_pv: Annotated[
        float | None,
        measure(Present, "what the gains of both lose without it, the rest chosen anew, projects divisible"),
    ]
    needed_pv: Annotated[
        float | None,
        measure(Present, "what it would have to bring more, or cost less, to be in the programme, projects divisible"),
    ]
    cost_pv: Annotated[
        float | None, measure(Present, "cost within the horizon; at the best start where it is not chosen")
    ]
    benefit_pv: Annotated[float, measure(Present, "gain of both partners before costs, at the same start")]
    net_low_pv: Annotated[
        float | None,
        measure(Present, "5th percentile of the draws of both partners' gains less cost; empty unless chosen"),
    ]
    net_pv: Annotated[float | None, measure(Present, "median of the same, by which projects are ranked")]
    net_high_pv: Annotated[float | None, measure(Present, "95th percentile of the same")]
    yearly_musd: Annotated[float, measure(Yearly, "gain of both partners in the last year, done last")]
    per_dollar: Annotated[float | None, measure("1", "benefit of both by dollar of cost")]
    per_dollar_year: Annotated[float | None, measure("1", "the same by year of use")]
    chosen_share: Annotated[float | None, measure("1", "share of the draws in which it is chosen")]
    assumed_share: Annotated[float, measure("1", "share of its effects that are assumed or unverified")]


@dataclass(frozen=True)
class ProjectGainRow:
    """What one project brings one economy, and what that economy pays for it."""

    project: ProjectId
    economy: ProgrammeEconomy
    alone_musd: Annotated[float, measure(Yearly, "gain in one year of the full model, done alone, capital as it was")]
    last_musd: Annotated[float, measure(Yearly, "the same beside the programme: done last, or taken from it")]
    benefit_pv: Annotated[
        float,
        measure(
            Present, "gain before costs as the programme counts it, every number at its median; 0 where not chosen"
        ),
    ]
    low_pv: Annotated[float, measure(Present, "5th percentile of the draws of the same")]
    median_pv: Annotated[float, measure(Present, "median of the same")]
    high_pv: Annotated[float, measure(Present, "95th percentile of the draws of the same")]
    paid_pv: Annotated[float, measure(Present, "what it pays")]
    per_dollar: Annotated[float | None, measure("1", "benefit to it by dollar of the whole cost; empty without cost")]
    per_dollar_year: Annotated[float | None, measure("1", "the same by year of use")]


@dataclass(frozen=True)
class PaymentRow:
    """What a partner pays for a project in a year."""

    project: ProjectId
    partner: Partner
    year: Year
    paid_musd: Annotated[float, measure("million USD", "amount")]


@dataclass(frozen=True)
class BudgetRow:
    """How a partner's budget is used in a year."""

    partner: Partner
    year: Year
    budget_musd: Annotated[float, measure("million USD", "budget of the year")]
    carried_musd: Annotated[float, measure("million USD", "kept from the year before")]
    spent_musd: Annotated[float, measure("million USD", "spent on projects")]
    unused_musd: Annotated[float, measure("million USD", "neither spent nor kept for the next year")]


@dataclass(frozen=True)
class ProgrammeGainRow:
    """What the programme brings one economy."""

    economy: ProgrammeEconomy
    linear_pv: Annotated[float, measure(Present, "benefits as the sum of projects")]
    benefit_pv: Annotated[float, measure(Present, "benefits in the full model")]
    cost_pv: Annotated[float, measure(Present, "what it pays")]
    gain_pv: Annotated[float, measure(Present, "benefits in the full model less what it pays")]
    alone_pv: Annotated[float, measure(Present, "what it can gain alone; nothing for third economies")]
    low_pv: Annotated[float, measure(Present, "5th percentile of the draws of the gain")]
    median_pv: Annotated[float, measure(Present, "median of the draws of the gain")]
    high_pv: Annotated[float, measure(Present, "95th percentile of the draws of the gain")]
    chance_of_loss: Annotated[float, measure("1", "share of the draws in which it ends below what it can do alone")]


@dataclass(frozen=True)
class ProgrammeYearRow:
    """What the programme brings one economy in one year of the full model."""

    economy: ProgrammeEconomy
    year: Year
    benefit_musd: Annotated[float, measure("million USD", "gain in real income before costs")]
    paid_musd: Annotated[float, measure("million USD", "what it pays")]
    net_musd: Annotated[float, measure("million USD", "gain less what it pays")]
    net_pct: Annotated[float, measure("%", "the same in percent of income")]


@dataclass(frozen=True)
class ThirdGainRow:
    """What the programme does to one third economy in the full model."""

    economy: Annotated[str, key("third economy")]
    gain_pv: Annotated[float, measure(Present, "gain in real income, all years")]
    last_musd: Annotated[float, measure(Yearly, "gain in the last year")]
    last_pct: Annotated[float, measure("%", "the same in percent of income")]


@dataclass(frozen=True)
class ProgrammeChoiceRow:
    """What another objective, or another assumption about the whole, would choose."""

    choice: Annotated[str, key("objective sum, maxmin or nash; or a changed assumption")]
    economy: Partner
    gain_pv: Annotated[
        float | None, measure(Present, "gain as the sum of projects; empty where no programme keeps the floor")
    ]
    cost_pv: Annotated[float | None, measure(Present, "what it pays")]
    projects: Annotated[int, note("number of projects")]
    more: Annotated[str, note("projects that are in it but not in the programme, with ;")]
    fewer: Annotated[str, note("projects of the programme that are not in it, with ;")]
    gap: Annotated[float, note("distance to the best possible, relative", "1")]
    price_of_fairness: Annotated[float, note("part of the largest sum that is given up", "1")]


@dataclass(frozen=True)
class FrontierRow:
    """A point of the frontier: no programme gives one partner more when the other gains as much as here."""

    kind: Annotated[str, key("whole: programmes of whole projects; bound: projects divisible, which nothing exceeds")]
    point: Annotated[int, key("number of the point")]
    economy: Partner
    gain_pv: Annotated[float, measure(Present, "gain, after its cost")]
    gap: Annotated[
        float | None,
        note(
            "distance of the first partner's gain to the best possible, relative; empty where it was not searched for",
            "1",
        ),
    ]
    projects: Annotated[int | None, note("number of projects; empty on the bound")]


@dataclass(frozen=True)
class SharingRow:
    """What a rule for sharing the cost would have a partner pay."""

    rule: Annotated[str, key("planned, beneficiary_pays, proportional, shapley or nucleolus")]
    economy: Partner
    cost_pv: Annotated[float, measure(Present, "what it pays; negative where it is paid")]
    gain_pv: Annotated[float, measure(Present, "what that leaves it, as the sum of projects")]
    share_of_cost: Annotated[float, note("share of the whole cost", "1")]
    in_core: Annotated[bool, note("whether nobody could do better without the others")]
    payable: Annotated[bool, note("whether the budget holds the payment and it is not negative")]


@dataclass(frozen=True)
class ProgrammeFinancingRow:
    """What a way of financing leaves an economy."""

    way: Annotated[str, key("tax: each pays in the year of spending; loan_PARTNER: that partner borrows its part")]
    economy: ProgrammeEconomy
    gain_pv: Annotated[float, measure(Present, "gain in real consumption in the full model, open debt taken off")]
    heaviest_musd: Annotated[
        float, measure(Yearly, "largest burden of a single year: cost and debt service less loans")
    ]
    heaviest_year: Annotated[int | None, note("that year; empty without burden", "year")]
    owed_musd: Annotated[float, measure("million USD", "debt at the end of the last year; negative is a claim")]


@dataclass(frozen=True)
class SynergyRow:
    """What two projects bring together in one year of the full model."""

    a: Annotated[str, key("project")]
    b: Annotated[str, key("other project")]
    economy: Partner
    a_musd: Annotated[float, measure(Yearly, "gain from the first alone")]
    b_musd: Annotated[float, measure(Yearly, "gain from the other alone")]
    synergy_musd: Annotated[float, measure(Yearly, "gain from both beyond the sum of the two")]


@dataclass(frozen=True)
class ProgrammeRoundRow:
    """One round of choosing and solving the choice in the full model."""

    round: Annotated[int, key("number of the round")]
    economy: Partner
    linear_pv: Annotated[float, measure(Present, "benefits as the sum of projects")]
    exact_pv: Annotated[float, measure(Present, "benefits in the full model")]
    projects: Annotated[int, note("number of projects")]
    moved: Annotated[int, note("projects that are in, out or elsewhere against the round before")]


@dataclass(frozen=True)
class ProgrammeWayRow:
    """What the network of corridors says of a project that also gives it more room."""

    project: ProjectId
    arc: Annotated[str, key("id of the arc in the network")]
    network_project: Annotated[str, note("id of the network's own project on that arc; empty where it has none")]
    saving_musd: Annotated[
        float | None,
        measure(Yearly, "what the network saves with it at the deadline; empty where it has no such project"),
    ]
    used_pct: Annotated[
        float | None,
        measure(
            "%", "use of the arc at the deadline with all joint measures; empty where it has no limit, or is not there"
        ),
    ]
    model_musd: Annotated[float, measure(Yearly, "gain of both partners in the model, done last")]
    counted: Annotated[
        bool, note("whether the room is what the model counts; else shares of levers or border costs are")
    ]


@dataclass(frozen=True, kw_only=True)
class ProgrammeSection(Section):
    """Which joint projects are worth doing, when, and paid by whom."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    titles: Annotated[Names, Help("titles of projects by id and language")]
    outcome: Annotated[
        str, Help("found, none_worth (no project is worth its cost) or no_programme (some side would lose)")
    ]
    binding: Annotated[tuple[str, ...], Help("what stands in the way where there is no programme")]
    worse_off: Annotated[tuple[str, ...], Help("who would lose by the best one then")]
    shortfall_pv: Annotated[float, Help("by how much, value in the first year, million USD")]
    objective: Annotated[str, Help("what is maximised: sum, maxmin or nash")]
    objective_pv: Annotated[float, Help("its value, million USD")]
    gap: Annotated[float, Help("distance to the best possible, relative")]
    start: Annotated[int, Help("first year, to which values are discounted")]
    deadline: Annotated[int, Help("year in which targets are due")]
    horizon: Annotated[int, Help("last year that is counted")]
    discount_rate: Annotated[float, Help("a year")]
    minimum_share: Annotated[float, Help("least part of a joint project's cost that each side pays")]
    carry_over: Annotated[float, Help("part of a budget that may be kept for the next year")]
    floor: Annotated[str, Help("disagreement: nobody below what it can do alone; or none")]
    loan_rate: Annotated[float, Help("interest a year of loans between partners")]
    loan_years: Annotated[int, Help("years of repayment")]
    stable: Annotated[bool, Help("whether no other programme is better with numbers taken at this one")]
    draws: Annotated[int, Help("draws of the ranges")]
    anew: Annotated[int, Help("draws in which the programme was chosen anew")]
    without_any: Annotated[int, Help("of these, draws without any programme that keeps the floor")]
    assumed_share: Annotated[float, Help("share of benefits that rests on assumed effects")]
    price_year: Annotated[int | None, Help("year of the prices that money is told in")]
    income_musd: Annotated[dict[str, float], Help("income of the partners and of all others together, million USD")]
    programme: Annotated[Table[ProjectRow], Help("candidates: chosen or why not, dates, cost, value", at="start")]
    programme_projects: Annotated[
        Table[ProjectGainRow], Help("what each project brings whom, and who pays", at="start")
    ]
    programme_payments: Annotated[Table[PaymentRow], Help("who pays what for which project in which year")]
    programme_budgets: Annotated[Table[BudgetRow], Help("use of budgets")]
    programme_gains: Annotated[Table[ProgrammeGainRow], Help("what the programme brings whom", at="start")]
    programme_years: Annotated[Table[ProgrammeYearRow], Help("the programme year by year in the full model")]
    programme_third: Annotated[Table[ThirdGainRow], Help("third economies one by one", at="start")]
    programme_choices: Annotated[
        Table[ProgrammeChoiceRow], Help("other objectives, and other assumptions about the whole", at="start")
    ]
    programme_frontier: Annotated[
        Table[FrontierRow], Help("what one partner can gain at most for each gain of the other", at="start")
    ]
    programme_sharing: Annotated[Table[SharingRow], Help("rules for sharing the cost, side by side", at="start")]
    programme_financing: Annotated[Table[ProgrammeFinancingRow], Help("taxes and loans, side by side", at="start")]
    programme_synergies: Annotated[Table[SynergyRow], Help("pairs of projects solved together", at="horizon")]
    programme_rounds: Annotated[
        Table[ProgrammeRoundRow], Help("rounds of choosing and solving in the full model", at="start")
    ]
    programme_ways: Annotated[
        Table[ProgrammeWayRow], Help("projects with more room on a way, against the network", at="deadline")
    ]
