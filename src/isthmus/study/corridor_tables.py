"""Rows of the corridors station."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.study.columns import Economy, Exporter, Importer, Note, Sector, Source, Status, Year
from isthmus.study.section import key, measure, note

CorridorWorld = Annotated[
    str, key("today; without (no plans, volumes grow as the network's own); agreed (plans with all joint measures)")
]
ArcId = Annotated[str, key("id of the way in arcs.csv")]
ArcDirection = Annotated[str, key("forward (from its start to its end) or backward")]
Family = Annotated[str, key("family of carriers that share its capacity")]
CarrierId = Annotated[str, key("id of the carrier in carriers.csv")]
CarrierUnit = Annotated[str, note("unit of the carrier, a year")]
FreightComponent = Annotated[str, key("freight, time or transhipment")]


@dataclass(frozen=True)
class WayRow:
    """Use of one way that has a limit."""

    world: CorridorWorld
    year: Year
    arc: ArcId
    direction: ArcDirection
    family: Family
    load: Annotated[float, measure("see column unit", "units of capacity that are used, a year")]
    capacity: Annotated[float, measure("see column unit", "units a year and direction, the smaller side's")]
    utilisation_pct: Annotated[float, measure("%", "use of capacity")]
    scarcity_usd_per_unit: Annotated[float, measure("USD per unit", "saving of one more unit of capacity")]
    rent_musd: Annotated[float, measure("million USD", "scarcity price times capacity")]
    unit: CarrierUnit


@dataclass(frozen=True)
class BindingRow:
    """The first year in which a way is full."""

    world: CorridorWorld
    arc: ArcId
    direction: ArcDirection
    family: Family
    first_year: Annotated[int, note("first year in which it is full")]
    scarcity_usd_per_unit: Annotated[float, measure("USD per unit", "saving of one more unit of capacity then")]


@dataclass(frozen=True)
class UnmetRow:
    """Trade under the plans that does not get across at its price without limits."""

    year: Year
    carrier: CarrierId
    importer: Importer
    wanted: Annotated[float, measure("see column unit", "what the plans' trade comes to")]
    met: Annotated[float, measure("see column unit", "what gets across")]
    unmet_pct: Annotated[float, measure("%", "share that stays away because ways are dearer")]
    would_pay_usd_per_unit: Annotated[
        float, measure("USD per unit", "what the unmet part would pay beyond the price without plans")
    ]
    value_musd: Annotated[float, measure("million USD", "value of what stays away")]
    unit: CarrierUnit


@dataclass(frozen=True)
class LimitRow:
    """What the plans bring without limits on the ways, and with them."""

    economy: Economy
    without_limits_pct: Annotated[
        float, measure("%", "real income at the deadline, plans and all joint measures, ways as today")
    ]
    with_limits_pct: Annotated[float, measure("%", "the same where full ways make trade dearer")]
    with_projects_pct: Annotated[
        float | None,
        measure("%", "the same with all candidate projects that open by then; empty where trade and ways do not agree"),
    ]
    measures_without_limits_pct: Annotated[float, measure("%", "of it joint measures alone, ways as today")]
    measures_with_limits_pct: Annotated[float, measure("%", "of it joint measures alone, full ways dearer")]


@dataclass(frozen=True)
class TradeLimitRow:
    """Trade of goods between the partners under the plans, without limits on the ways and with them."""

    exporter: Exporter
    importer: Importer
    without_limits_pct: Annotated[float, measure("%", "change of the volume of goods on the network, ways as today")]
    with_limits_pct: Annotated[float, measure("%", "the same where full ways make trade dearer")]
    with_projects_pct: Annotated[float | None, measure("%", "the same with all candidate projects")]
    dearer_pct: Annotated[float, measure("%", "what full ways add to the price of delivery, goods weighted by trade")]


@dataclass(frozen=True)
class HeadroomRow:
    """How far the partners' trade in goods may grow in a year before a way is full."""

    case: Annotated[str, key("as_it_is (nothing more is built), built (every candidate project from its year on)")]
    arc: ArcId
    direction: ArcDirection
    family: Family
    year: Year
    utilisation_pct: Annotated[float, measure("%", "use of capacity at the volumes of the year without plans")]
    growth_pct: Annotated[
        float | None,
        measure("%", "step of growth at which it is full, 0 where it is; empty where doubling does not fill it"),
    ]


@dataclass(frozen=True)
class WayLimitRow:
    """What full ways take back of what all measures together cut in the cost of crossing."""

    sector: Sector
    exporter: Exporter
    importer: Importer
    cut_pct: Annotated[float, measure("%", "what measures cut, of the price of delivery")]
    taken_less_pct: Annotated[float, measure("%", "share of it taken back at the low end of the room on the ways")]
    taken_pct: Annotated[float, measure("%", "share taken back at the room that the study counts on")]
    taken_more_pct: Annotated[float, measure("%", "share taken back at the high end of the room")]
    trade_musd: Annotated[float, measure("million USD", "trade, at prices of the world's table")]


@dataclass(frozen=True)
class CouplingRoundRow:
    """One round between trade and ways."""

    case: Annotated[
        str,
        key(
            "plans (own measures alone), agreed (with joint measures), projects (with candidate projects too), less_room and"
            " more_room (agreed, at the ends of the room on the ways)"
        ),
    ]
    round: Annotated[int, key("number of the round")]
    residual: Annotated[float, measure("1", "largest relative change of a price of delivery")]


@dataclass(frozen=True)
class BesideRow:
    """Cost of a component in the wedge ledger and on the network, side by side."""

    sector: Sector
    exporter: Exporter
    importer: Importer
    component: FreightComponent
    ledger_low: Annotated[float, measure("1", "ledger: low, of the value")]
    ledger: Annotated[float, measure("1", "ledger: central, of the value")]
    ledger_high: Annotated[float, measure("1", "ledger: high, of the value")]
    network_low: Annotated[float, measure("1", "network: low end of its ranges, of the value")]
    network: Annotated[float, measure("1", "network: central, of the value")]
    network_high: Annotated[float, measure("1", "network: high end, of the value")]
    inside: Annotated[bool, note("whether the network's central value lies in the ledger's range")]
    trade_musd: Annotated[float, measure("million USD", "trade of the sector in this direction")]


@dataclass(frozen=True)
class ShareRow:
    """Who receives what on the ways of the pair's trade."""

    recipient: Annotated[str, key("economy, or carrier where the network names none")]
    kind: Annotated[str, key("scarcity (price of full ways, on top of cost) or fee (a part of cost)")]
    exporter: Exporter
    importer: Importer
    musd: Annotated[float, measure("million USD", "a year, at today's trade, as the network names recipients")]
    low_musd: Annotated[float, measure("million USD", "if nothing of what carriers receive were theirs")]
    high_musd: Annotated[
        float, measure("million USD", "if all of it were; the model gives each side of the trade half")
    ]


@dataclass(frozen=True)
class RouteRow:
    """One way that goods take today."""

    route: Annotated[int, key("number of the route")]
    carrier: Annotated[str, note("id of the carrier")]
    exporter: Annotated[str, note("exporting economy")]
    importer: Annotated[str, note("importing economy")]
    origin: Annotated[str, note("id of the first node")]
    destination: Annotated[str, note("id of the last node")]
    crossing: Annotated[str, note("border, change of gauge, sea leg, pipe or wire by which it leaves")]
    delivered: Annotated[float, measure("see column unit", "units a year that arrive")]
    km: Annotated[float, measure("km", "length")]
    hours: Annotated[float, measure("hours", "time, queues included")]
    cost_usd_per_unit: Annotated[float, measure("USD per unit", "money and time")]
    scarcity_usd_per_unit: Annotated[float, measure("USD per unit", "what full ways take on top")]
    crossing_hours: Annotated[float | None, measure("hours", "hours of one crossing (TFI1)")]
    crossing_usd: Annotated[float | None, measure("USD", "cost of one crossing for 20 tonnes (TFI2)")]
    section_usd: Annotated[float | None, measure("USD", "cost of 500 km for 20 tonnes (TFI3)")]
    speed_kmh: Annotated[float | None, measure("km/h", "speed with delay (SWD)")]
    speed_without_delay_kmh: Annotated[float | None, measure("km/h", "speed without delay (SWOD)")]
    arcs: Annotated[str, note("ids of its arcs")]
    unit: CarrierUnit


@dataclass(frozen=True)
class StepRow:
    """Kilometres, hours and money of a route after each of its arcs."""

    route: Annotated[int, key("number of the route")]
    step: Annotated[int, key("number of the arc on it, 0 at the start")]
    arc: Annotated[str, note("id of the arc")]
    kind: Annotated[str, note("kind of the arc")]
    node: Annotated[str, note("id of the node it leads to")]
    km: Annotated[float, measure("km", "kilometres so far")]
    hours: Annotated[float, measure("hours", "hours so far")]
    usd_per_unit: Annotated[float, measure("USD per unit", "money so far")]


@dataclass(frozen=True)
class CandidateRow:
    """What one candidate project of the network would save by itself."""

    project: Annotated[str, key("id of the project in projects.csv of the network")]
    year: Year
    without_musd: Annotated[float, measure("million USD", "saving a year without the plans")]
    agreed_musd: Annotated[float, measure("million USD", "saving a year with the trade of plans and joint measures")]
    cost_musd: Annotated[float | None, measure("million USD", "its cost, empty where none is published")]
    carries: Annotated[str, note("energy where all that its ways carry is energy, else freight")]
    opens: Annotated[int, note("first year of use")]
    sides: Annotated[str, note("economies that build it")]
    statements: Annotated[str, note("statements of the plans that carry it")]
    status: Status
    source: Source


@dataclass(frozen=True)
class CandidateEffectRow:
    """What one candidate project changes in the cost of crossing at the deadline, with the trade of plans and joint measures."""

    project: Annotated[str, key("id of the project in projects.csv of the network")]
    sector: Sector
    exporter: Exporter
    importer: Importer
    price: Annotated[float, measure("1", "change of the price of delivery, of the value")]
    rent: Annotated[float, measure("1", "part of it that changes hands, of the value")]


@dataclass(frozen=True)
class VolumeRow:
    """Volumes of today, by the value of a tonne and as the network counts them."""

    carrier: CarrierId
    exporter: Exporter
    importer: Importer
    by_value: Annotated[float, measure("see column unit", "trade over the value of a unit")]
    on_network: Annotated[float | None, measure("see column unit", "volume of the network, empty where it counts none")]
    agreed: Annotated[float, measure("see column unit", "volume at the deadline with plans and joint measures")]
    unit: CarrierUnit


@dataclass(frozen=True)
class KnownRow:
    """A known volume beside the computed one."""

    id: Annotated[str, key("id in observed.csv")]
    year: Year
    observed: Annotated[float, measure("see column unit", "known volume")]
    computed: Annotated[float, measure("see column unit", "volume on the network")]
    gap_pct: Annotated[float, measure("%", "computed over known")]
    met: Annotated[bool, note("whether it lies within 15 %")]
    used: Annotated[bool, note("whether it was used when the network was made")]
    what: Annotated[str, note("what it is")]
    cause: Annotated[str, note("likely cause of a miss")]
    status: Status
    source: Source
    unit: CarrierUnit


@dataclass(frozen=True)
class CarrierEnergyRow:
    """Delivery of one form of energy to one economy."""

    world: CorridorWorld
    year: Year
    carrier: CarrierId
    importer: Importer
    delivered: Annotated[float, measure("see column unit", "units a year that arrive")]
    lost_pct: Annotated[float, measure("%", "lost on the way, of what is sent")]
    cost_usd_per_unit: Annotated[float, measure("USD per unit", "cost of one more unit delivered, mean over places")]
    unit: CarrierUnit


@dataclass(frozen=True)
class OutsideRow:
    """Trade of goods that does not take the network; its ledger rows stay."""

    sector: Sector
    exporter: Exporter
    importer: Importer
    value_musd: Annotated[float, measure("million USD", "trade of the sector in this direction")]


@dataclass(frozen=True)
class PlaceRow:
    """A node of the network."""

    node: Annotated[str, key("id of the node")]
    economy: Annotated[str, note("economy it lies in")]
    mode: Annotated[str, note("mode")]
    latitude: Annotated[float | None, measure("degrees", "latitude")]
    longitude: Annotated[float | None, measure("degrees", "longitude")]


@dataclass(frozen=True)
class WayLinkRow:
    """An arc of the network as it is used today."""

    arc: Annotated[str, key("id of the arc")]
    origin: Annotated[str, note("id of the node it starts from")]
    destination: Annotated[str, note("id of the node it leads to")]
    kind: Annotated[str, note("kind of the arc")]
    km: Annotated[float, measure("km", "length")]
    tonnes_mt: Annotated[
        float | None, measure("Mt", "what passes a year in both directions, empty where it is not weighed")
    ]
    utilisation_pct: Annotated[
        float | None, measure("%", "use of capacity in the fuller direction, empty without a limit")
    ]
    note: Note


@dataclass(frozen=True)
class NameRow:
    """Name of something on the network."""

    id: Annotated[str, key("id of a node, arc, carrier or project")]
    lang: Annotated[str, key("language")]
    name: Annotated[str, note("its name")]
