"""A wedge ledger for any pair, made from general rules and what the data say of the pair.

A rule is a ledger row for every pair that meets its conditions. Its numbers are amounts, or multipliers of a quantity
of the pair: published clearance time and cost, kilometres beyond domestic distances, the share without a common
language. The ranges are wide because nothing in them was measured on the pair itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from isthmus.border.itemise import Direction, Entry
from isthmus.core.errors import BadInputError

SHIPMENT_TONNES = 15.0
"""Weight of the shipment in the published clearance costs."""
HOURS_PER_DAY = 24.0


class ShareScale(StrEnum):
    """Quantity of the pair that a rule's numbers multiply."""

    CLEARANCE_USD_PER_TONNE = "clearance_usd_per_tonne"
    CLEARANCE_DAYS = "clearance_days"
    EXTRA_KM = "extra_km"
    LANGUAGE_GAP = "language_gap"


class Condition(StrEnum):
    """What must hold for a rule to apply."""

    LAND = "land"
    SEA = "sea"
    GAUGE_BREAK = "gauge_break"
    DEEP = "deep"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True)
class Rule:
    """A ledger row for every pair that meets `when`; its numbers multiply `scale`, or stand as they are."""

    entry: Entry
    when: frozenset[Condition]
    scale: ShareScale | None = None


@dataclass(frozen=True)
class Clearance:
    """Published hours and USD of border and documentary compliance for one shipment, and the main railway gauge."""

    economy: str
    export_hours: float
    export_usd: float
    import_hours: float
    import_usd: float
    source: str
    gauge_mm: float | None = None


@dataclass(frozen=True)
class PairFacts:
    """What the data say of a pair.

    Attributes
    ----------
    extra_km
        Distance of the two economies less the mean of their domestic distances, at least 0.
    contiguity, common_language
        Shares between 0 and 1.
    agreement
        deep, other or none.
    """

    extra_km: float
    contiguity: float
    common_language: float
    agreement: Condition


def default_entries(
    rules: Sequence[Rule],
    facts: PairFacts,
    clearances: Mapping[str, Clearance],
    directions: Sequence[Direction],
) -> tuple[Entry, ...]:
    """Return the ledger of one pair from general rules.

    Raises
    ------
    BadInputError
        If an economy has no published clearance figures.
    """
    for economy in {name for direction in directions for name in direction}:
        if economy not in clearances:
            raise BadInputError(
                f"clearance figures of {economy}",
                "not known",
                allowed=", ".join(sorted(clearances)),
                remedy="give a wedge ledger for the pair, or a world with one of these economies",
            )
    holds = pair_conditions(facts, [clearances[name] for name in directions[0]])
    return tuple(
        _for_direction(rule, direction, quantity(rule.scale, facts, clearances, direction))
        for rule in rules
        if rule.when <= holds
        for direction in directions
    )


def pair_conditions(facts: PairFacts, sides: Sequence[Clearance]) -> frozenset[Condition]:
    """Return the conditions that hold for a pair."""
    found = {facts.agreement, Condition.LAND if facts.contiguity >= 0.5 else Condition.SEA}
    gauges = {side.gauge_mm for side in sides if side.gauge_mm is not None}
    if len(gauges) > 1:
        found.add(Condition.GAUGE_BREAK)
    return frozenset(found)


def quantity(
    scale: ShareScale | None, facts: PairFacts, clearances: Mapping[str, Clearance], direction: Direction
) -> float:
    """Return the quantity of the pair that a rule's numbers multiply; both sides' clearance is added up."""
    out, into = clearances[direction.exporter], clearances[direction.importer]
    match scale:
        case ShareScale.CLEARANCE_USD_PER_TONNE:
            return (out.export_usd + into.import_usd) / SHIPMENT_TONNES
        case ShareScale.CLEARANCE_DAYS:
            return (out.export_hours + into.import_hours) / HOURS_PER_DAY
        case ShareScale.EXTRA_KM:
            return facts.extra_km
        case ShareScale.LANGUAGE_GAP:
            return 1.0 - facts.common_language
    return 1.0


def _for_direction(rule: Rule, direction: Direction, factor: float) -> Entry:
    entry = rule.entry
    return replace(
        entry,
        id=f"{entry.id}:{direction.exporter}>{direction.importer}",
        exporter=direction.exporter,
        importer=direction.importer,
        low=entry.low * factor,
        central=entry.central * factor,
        high=entry.high * factor,
    )


def merge(defaults: Sequence[Entry], own: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return a pair's own ledger completed by defaults: a component that has own rows in a direction keeps only those."""
    covered = {(e.component, e.exporter, e.importer) for e in own}

    def is_covered(entry: Entry) -> bool:
        options = [(entry.component, x, m) for x in (entry.exporter, "*") for m in (entry.importer, "*")]
        return any(option in covered for option in options)

    return (*own, *(e for e in defaults if not is_covered(e)))
