"""The rows of the border's tables; fractions of the value at the exporter's border unless a unit says otherwise."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.study.columns import (
    Address,
    Direction,
    Exporter,
    Grade,
    HighShare,
    HighShareOrNone,
    Importer,
    LowShare,
    LowShareOrNone,
    MedianShare,
    MedianShareOrNone,
    Note,
    Pair,
    Sector,
    Source,
    Status,
    Year,
)
from isthmus.study.section import key, measure, note

Component = Annotated[str, key("cause of the cost")]
Part = Annotated[str, key("part of the component that has evidence of its own")]
Reach = Annotated[str, key("who can change it: policy, natural, third_party; all together")]
ReachNote = Annotated[str, note("who can change it: policy, natural or third_party")]
TimeBase = Annotated[str, key("border (the crossing alone) or journey (beyond a domestic one)")]
TimeBaseNote = Annotated[str, note("border (the crossing alone) or journey (beyond a domestic one)")]
Basket = Annotated[str, key("each_year (the sectors of that year) or constant (the same sectors in all years)")]
Points = Annotated[float, measure("1", "points added to the overhead, fraction")]


@dataclass(frozen=True)
class WedgeRow:
    """What one component adds in one sector and direction."""

    pair: Pair
    component: Component
    sector: Sector
    exporter: Exporter
    importer: Importer
    low: LowShare
    central: MedianShare
    high: HighShare
    central_run: Annotated[float, measure("1", "run at central values, fraction")]
    grade: Grade
    source: Source
    reach: ReachNote
    time_base: TimeBaseNote


@dataclass(frozen=True)
class WedgePartRow:
    """What one part of a component adds in one sector and direction."""

    pair: Pair
    component: Component
    part: Part
    sector: Sector
    exporter: Exporter
    importer: Importer
    low: LowShare
    central: MedianShare
    high: HighShare
    central_run: Annotated[float, measure("1", "run at central values, fraction")]
    grade: Grade
    source: Source
    reach: ReachNote
    year: Annotated[int | None, note("year of the evidence", "year")]
    rent_share: Annotated[float, measure("1", "share that somebody receives")]
    recipient: Annotated[str, note("who receives it")]
    address: Address
    status: Status
    note: Note
    time_base: TimeBaseNote


@dataclass(frozen=True)
class GroupWedgeRow:
    """What one component adds in a group of sectors, weighted by trade."""

    pair: Pair
    component: Component
    scope: Annotated[str, key("goods, services or a group of sectors")]
    direction: Direction
    low: LowShare
    central: MedianShare
    high: HighShare
    central_run: Annotated[float, measure("1", "run at central values, fraction")]
    policy_low: Annotated[float, measure("1", "5th percentile of the part within policy's reach")]
    policy_central: Annotated[float, measure("1", "median of the part within policy's reach")]
    policy_high: Annotated[float, measure("1", "95th percentile of the part within policy's reach")]
    policy_central_run: Annotated[float, measure("1", "part within policy's reach at central values")]
    burnt_low: Annotated[float, measure("1", "5th percentile of what policy reaches and nobody receives")]
    burnt_central: Annotated[float, measure("1", "median of what policy reaches and nobody receives")]
    burnt_high: Annotated[float, measure("1", "95th percentile of what policy reaches and nobody receives")]
    burnt_central_run: Annotated[float, measure("1", "what policy reaches and nobody receives at central values")]
    points: Points


@dataclass(frozen=True)
class WaterfallRow:
    """Points that one part adds to the cost of goods (Shapley over orders)."""

    pair: Pair
    component: Component
    part: Part
    reach: ReachNote
    direction: Direction
    low: LowShare
    central: MedianShare
    high: HighShare
    central_run: Annotated[float, measure("1", "run at central values, fraction")]


@dataclass(frozen=True)
class BridgeRow:
    """A step from the whole border to what joint measures work on, in points of the whole."""

    pair: Pair
    direction: Direction
    step: Annotated[
        str,
        key(
            "all, policy (reach of any), tariff, fragmentation, natural, third_party, at_hand (measures), stated (by all)"
        ),
    ]
    component: Annotated[str, key("cause of the cost, or `all` together")]
    low: LowShare
    central: MedianShare
    high: HighShare
    central_run: Annotated[float, measure("1", "run at central values, fraction")]


@dataclass(frozen=True)
class RentRow:
    """A part of the cost that somebody receives: it changes hands and is no loss of resources."""

    pair: Pair
    component: Component
    part: Part
    recipient: Annotated[str, note("who receives it")]
    direction: Direction
    low: LowShare
    central: MedianShare
    high: HighShare
    central_run: Annotated[float, measure("1", "run at central values, fraction")]
    musd: Annotated[float, measure("million USD", "median in a year at the trade of the table")]


@dataclass(frozen=True)
class OverheadRow:
    """The overhead under one definition."""

    pair: Pair
    definition: Annotated[str, key("ad_valorem_equivalent, share_of_delivered_price or share_of_all_in_cost")]
    reach: Reach
    direction: Direction
    sector: Sector
    time_base: TimeBase
    low: LowShareOrNone
    central: MedianShareOrNone
    high: HighShareOrNone
    central_run: Annotated[float | None, measure("1", "run at central values, fraction; empty where it means nothing")]


@dataclass(frozen=True)
class AllInRow:
    """All-in trade cost of one sector and year."""

    pair: Pair
    year: Year
    sector: Sector
    value: Annotated[float | None, measure("1", "all-in cost beyond trade within the economies, ad valorem")]
    one_way: Annotated[bool, note("whether the sector is traded one way only")]
    low: LowShareOrNone
    high: HighShareOrNone
    excluded: Annotated[str, note("why it is left out, empty where it is not")]
    balance: Annotated[float | None, measure("1", "smaller over larger direction of trade")]
    trade_musd: Annotated[float | None, measure("million USD", "trade in both directions")]


@dataclass(frozen=True)
class AllInTotalRow:
    """All-in trade cost over two-way sectors in one year."""

    pair: Pair
    year: Year
    basket: Basket
    value: Annotated[float, measure("1", "all-in cost, ad valorem")]
    low: LowShare
    high: HighShare
    sectors: Annotated[int, measure("sectors", "number of sectors")]
    coverage: Annotated[float, measure("1", "share of the pair's trade in these sectors")]


@dataclass(frozen=True)
class BenchmarkRow:
    """All-in trade cost of a well-integrated pair."""

    pair: Annotated[str, key("the pair as A-B")]
    year: Year
    basket: Basket
    value: Annotated[float, measure("1", "all-in cost, ad valorem")]
    low: LowShare
    high: HighShare


@dataclass(frozen=True)
class ExcessRow:
    """Cost beyond the frontier in one sector and year."""

    pair: Pair
    year: Year
    sector: Sector
    group: Annotated[str, note("group of sectors whose gravity equation is used")]
    all_in: Annotated[float | None, measure("1", "all-in cost, ad valorem")]
    frontier: Annotated[float | None, measure("1", "all-in cost that geography implies for well-integrated pairs")]
    value: Annotated[float | None, measure("1", "cost beyond the frontier")]
    low: LowShareOrNone
    high: HighShareOrNone
    se: Annotated[float | None, measure("1", "standard error of the logarithm")]
    one_way: Annotated[bool, note("whether the sector is traded one way only")]
    excluded: Annotated[str, note("why it is left out, empty where it is not")]
    trade_musd: Annotated[float | None, measure("million USD", "trade in both directions")]


@dataclass(frozen=True)
class ExcessTotalRow:
    """Cost beyond the frontier over two-way sectors in one year."""

    pair: Pair
    year: Year
    basket: Basket
    all_in: Annotated[float, measure("1", "all-in cost, ad valorem")]
    frontier: Annotated[float, measure("1", "all-in cost that geography implies for well-integrated pairs")]
    value: Annotated[float, measure("1", "cost beyond the frontier")]
    low: LowShare
    high: HighShare
    sectors: Annotated[int, measure("sectors", "number of sectors")]
    coverage: Annotated[float, measure("1", "share of the pair's trade in these sectors")]


@dataclass(frozen=True)
class ExcessNewerRow:
    """Cost beyond the frontier over two-way sectors in the last year, on newer totals of trade."""

    pair: Pair
    trade_year: Annotated[str, key("year of the totals that the pair's trade was moved to, or `table`")]
    all_in: Annotated[float, measure("1", "all-in cost, ad valorem")]
    frontier: Annotated[float, measure("1", "all-in cost that geography implies for well-integrated pairs")]
    value: Annotated[float, measure("1", "cost beyond the frontier")]
    low: LowShare
    high: HighShare
    sectors: Annotated[int, measure("sectors", "number of sectors")]
    coverage: Annotated[float, measure("1", "share of the pair's trade in these sectors")]


@dataclass(frozen=True)
class ExcludedRow:
    """Cells left out of the all-in cost."""

    pair: Pair
    reason: Annotated[str, key("why")]
    sectors: Annotated[str, note("sectors, with ;")]
    cells: Annotated[int, measure("cells", "number of cells")]


@dataclass(frozen=True)
class BySetRow:
    """All-in trade cost with one set of elasticities."""

    pair: Pair
    year: Year
    basket: Basket
    set: Annotated[str, key("set of elasticities")]
    value: Annotated[float | None, measure("1", "all-in cost, ad valorem")]


@dataclass(frozen=True)
class RobustnessRow:
    """The excess under another choice."""

    pair: Pair
    year: Year
    choice: Annotated[str, key("what is chosen otherwise")]
    variant: Annotated[str, key("how")]
    value: Annotated[float | None, measure("1", "cost beyond the frontier")]
    low: LowShareOrNone
    high: HighShareOrNone


@dataclass(frozen=True)
class UnexplainedRow:
    """All-in cost against known causes in one sector, geometric mean of both directions."""

    pair: Pair
    sector: Sector
    all_in: Annotated[float | None, measure("1", "all-in cost, ad valorem")]
    explained: Annotated[float | None, measure("1", "cost of all known causes")]
    unexplained_low: Annotated[float | None, measure("1", "5th percentile of what no known cause explains")]
    unexplained: Annotated[float | None, measure("1", "what no known cause explains; may be negative")]
    unexplained_high: Annotated[float | None, measure("1", "95th percentile of what no known cause explains")]


@dataclass(frozen=True)
class CompatibilityRow:
    """Compatibility of standards in one field."""

    pair: Pair
    ics: Annotated[str, key("field of the International Classification for Standards")]
    references: Annotated[int, measure("documents", "international documents compared")]
    left_adopted: Annotated[float | None, measure("1", "share adopted by the first partner")]
    right_adopted: Annotated[float | None, measure("1", "share adopted by the second partner")]
    basis: Annotated[str, note("catalogues or bounds")]
    technical_low: Annotated[float, measure("1", "5th percentile of the technical match")]
    technical_central: Annotated[float, measure("1", "technical match")]
    technical_high: Annotated[float, measure("1", "95th percentile of the technical match")]
    technical_central_run: Annotated[float, measure("1", "run at central values")]
    conformity_low: Annotated[float, measure("1", "5th percentile of what is recognised")]
    conformity_central: Annotated[float, measure("1", "what is recognised of conformity assessment")]
    conformity_high: Annotated[float, measure("1", "95th percentile of what is recognised")]
    conformity_central_run: Annotated[float, measure("1", "run at central values")]
    index_low: Annotated[float, measure("1", "5th percentile of the index")]
    index_central: Annotated[float, measure("1", "index of compatibility")]
    index_high: Annotated[float, measure("1", "95th percentile of the index")]
    index_central_run: Annotated[float, measure("1", "run at central values")]
    description: Annotated[str, note("name of the field")]
    left_source: Annotated[str, note("source for the first partner")]
    right_source: Annotated[str, note("source for the second partner")]


@dataclass(frozen=True)
class ProtocolRow:
    """Compatibility of R&D protocols in one domain."""

    pair: Pair
    domain: Annotated[str, key("domain; all is the geometric mean")]
    low: LowShare
    central: MedianShare
    high: HighShare
    grade: Grade
    source: Source
    status: Status
    note: Note


@dataclass(frozen=True)
class WedgeDrawRow:
    """One draw of a wedge of the ledger that the border measured."""

    parameter: Annotated[str, key("name of the ledger's entry")]
    draw: Annotated[int, key("number of the draw")]
    value: Annotated[float, measure("1", "what policy reaches and nobody receives, fraction")]


@dataclass(frozen=True)
class ClaimRow:
    """A claim under one reading."""

    pair: Pair
    claim: Annotated[str, key("name of the claim")]
    definition: Annotated[str, key("definition of the overhead")]
    reach: Reach
    direction: Direction
    sector: Sector
    time_base: TimeBase
    low: LowShare
    central: MedianShareOrNone
    high: HighShare
    central_run: Annotated[float | None, measure("1", "run at central values; empty where it means nothing")]
    below: Annotated[float, measure("1", "share of draws below the stated range")]
    within: Annotated[float, measure("1", "share of draws inside the stated range")]
    above: Annotated[float, measure("1", "share of draws above the stated range")]
    verdict: Annotated[str, note("holds, possible or unlikely")]
