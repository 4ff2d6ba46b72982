"""Tables of the value of alignment over time: what their columns mean."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.study.columns import Central, Economy, High, Low, Median, Year
from isthmus.study.section import key, measure, note

ValueComponent = Annotated[
    str, key("own, spillover, interaction, joint_unagreed, agreement, or total of the same support")
]
SupportName = Annotated[str, key("joint measures that both plans support (both), or all levers (all)")]
Net = Annotated[bool, key("whether the cost is taken off")]
Million = "million USD"


@dataclass(frozen=True)
class YearRow:
    """What one component is worth to one economy in one year."""

    economy: Economy
    component: ValueComponent
    support: SupportName
    net: Net
    year: Year
    low: Low
    median: Median
    high: High
    central: Central


@dataclass(frozen=True)
class YearsWorthRow:
    """What all years of a component are worth together."""

    economy: Economy
    component: ValueComponent
    support: SupportName
    net: Net
    low: Low
    median: Median
    high: High
    central: Annotated[float, measure("%", "constant change of consumption that is worth as much, at central values")]
    present_low: Annotated[float, measure(Million, "discounted sum of all years, 5th percentile of the draws")]
    present_median: Annotated[float, measure(Million, "the same, median of the draws")]
    present_high: Annotated[float, measure(Million, "the same, 95th percentile of the draws")]
    present_central: Annotated[float, measure(Million, "the same, at central values")]


@dataclass(frozen=True)
class ArrivalRow:
    """How much of a component has arrived by when, beside the static number and the long run."""

    economy: Economy
    component: ValueComponent
    mark: Annotated[
        str, key("year_5, year_10; static: full effect with the capital of today; long_run: capital has followed")
    ]
    year: Annotated[int | None, note("calendar year of year_5 and year_10")]
    low: Low
    median: Median
    high: High
    central: Central
    of_long_run_pct: Annotated[float | None, measure("%", "median over that of the long run")]


@dataclass(frozen=True)
class TimingRow:
    """What the same levers to the same degrees are worth at other times, gross, over all years together."""

    economy: Economy
    case: Annotated[
        str,
        key(
            "together; late:PARTNER carries its part out later; late: everybody does; waiting:PARTNER: what its delay costs; "
            "synchronising: what moving at the same time is worth, mean delay held fixed"
        ),
    ]
    low: Low
    median: Median
    high: High
    central: Central


@dataclass(frozen=True)
class HorizonFinancingRow:
    """Costs of the agreed world by year and who finances them: at central values, and over the draws."""

    economy: Economy
    case: Annotated[
        str, key("home: everybody pays at once; lent_by:PARTNER: it lends the others what their levers cost")
    ]
    year: Year
    gross_musd: Annotated[float, measure(Million, "gain in real income without costs and loans")]
    cost_musd: Annotated[float, measure(Million, "known costs of its levers")]
    lent_musd: Annotated[float, measure(Million, "loans received less debt service")]
    owed_musd: Annotated[float, measure(Million, "debt at the end of the year, negative for a claim")]
    net_musd: Annotated[float, measure(Million, "gain in real consumption")]
    cost_low_musd: Annotated[float, measure(Million, "cost, 5th percentile of the draws")]
    cost_median_musd: Annotated[float, measure(Million, "the same, median")]
    cost_high_musd: Annotated[float, measure(Million, "the same, 95th percentile")]
    owed_low_musd: Annotated[float, measure(Million, "debt, 5th percentile of the draws")]
    owed_median_musd: Annotated[float, measure(Million, "the same, median")]
    owed_high_musd: Annotated[float, measure(Million, "the same, 95th percentile")]
    net_low_musd: Annotated[float, measure(Million, "gain in real consumption, 5th percentile of the draws")]
    net_median_musd: Annotated[float, measure(Million, "the same, median")]
    net_high_musd: Annotated[float, measure(Million, "the same, 95th percentile")]


@dataclass(frozen=True)
class FinancingWorthRow:
    """What the agreed world is worth over all years under each way of financing it: at central values, and over the draws."""

    economy: Economy
    case: Annotated[str, key("as in financing")]
    solved: Annotated[bool, note("whether it was solved")]
    reason: Annotated[str, note("why not, in English")]
    equivalent_pct: Annotated[
        float | None, measure("%", "constant change of consumption that is worth as much as all years")
    ]
    present_musd: Annotated[float | None, measure(Million, "discounted sum of all years less open debt")]
    equivalent_low_pct: Annotated[float | None, measure("%", "the constant change, 5th percentile of the draws")]
    equivalent_median_pct: Annotated[float | None, measure("%", "the same, median")]
    equivalent_high_pct: Annotated[float | None, measure("%", "the same, 95th percentile")]
    present_low_musd: Annotated[float | None, measure(Million, "the discounted sum, 5th percentile of the draws")]
    present_median_musd: Annotated[float | None, measure(Million, "the same, median")]
    present_high_musd: Annotated[float | None, measure(Million, "the same, 95th percentile")]


@dataclass(frozen=True)
class EconomyWorthRow:
    """What all years are worth to one economy, gross."""

    economy: Economy
    component: Annotated[str, key("agreement or total of all levers")]
    low: Low
    median: Median
    high: High
    equivalent_pct: Annotated[
        float, measure("%", "constant change of real income that is worth as much as all years, at central values")
    ]
    last_low_pct: Annotated[float, measure("%", "change in the last year, 5th percentile of the draws")]
    last_median_pct: Annotated[float, measure("%", "the same, median")]
    last_high_pct: Annotated[float, measure("%", "the same, 95th percentile")]
    last_pct: Annotated[float, measure("%", "the same, at central values")]
