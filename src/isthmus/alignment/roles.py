"""What two statements about one object mean for each other: read off what each side does with it, and off trade.

The rules, in order; the first that applies decides:

1. Dates more than ten years apart do not meet, but what one supplies and the other ends, limits or replaces: related.
2. Both act on one corridor, crossing, procedure or standard of the border, and neither speaks of another place: joint. So is
   what both signed to do together, or one offers the other, where the other does the same, sets rules for it or promised it
   to the partner; of what is no good, also where the other builds it.
3. One supplies what the other needs: a complement where the world's trade confirms it, or both signed to supply it.
4. One supplies what the other replaces or limits: a conflict. One is the main supplier of what the other makes more of itself:
   a conflict. What was promised to the partner is none.
5. One supplies what the other stores or takes in: a complement where trade confirms it.
6. Both seek customers abroad for one good, or users of one service: a conflict. Both replace imports of a good of which one is
   the other's main supplier: a conflict. One replaces what the other builds and mainly supplies it with: a conflict.
7. Anything else is one subject: related. So is what is shared of a whole field, unless one supplies what the other needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isthmus.alignment.judgement import Relation
from isthmus.alignment.objects import ObjectFacts, ObjectReading
from isthmus.plans.statement import Role

CONFIRMED_SHARE, MAIN_SHARE = 0.03, 0.10
"""Shares of the buyer's imports from which trade confirms that one side supplies the other, and is a main supplier."""
FAR_APART = 10
"""Years between the dates of two statements from which they do not meet."""
_LESS = frozenset({"limit", "down", "substitute", "close"})
_OWN = frozenset({"output", "capacity"})
_STOCKS = frozenset({"fuel_reserves", "gas_storage", "grain_reserves", "pipelines", "port_terminals", "nuclear_plants"})
"""Glossary objects that take in what the other side supplies."""
_TRADED = frozenset({"good", "service"})
_SHARING = frozenset({Role.COOPERATES, Role.REGULATES})
_EXPORT = "export"
_DELIVERS = Relation.COMPLEMENT, "delivers_confirmed"
_REPLACES = Relation.CONFLICT, "replaces_supply"


ROLE_REASONS = {
    "joint": "joint: both signed it, or one names the other as its partner, and the other does the same or sets rules for it",
    "one_link": "joint: both act on one link over their border",
    "delivers_confirmed": "one supplies what the other seeks, and trade confirms it",
    "delivers_unconfirmed": "one supplies what the other seeks; trade does not confirm it",
    "delivers_agreed": "both signed to supply what one of them seeks",
    "builds_on_supply": "one supplies what the other stores or takes in, and trade confirms it",
    "replaces_supply": "one replaces by its own what the other supplies",
    "own_output": "one makes more itself of what its main supplier, the other, exports",
    "limits_supply": "one limits what the other supplies",
    "both_supply": "both seek customers for one good or service",
    "both_replace": "both replace imports of one good by own production, and one of them has the other as its main supplier",
    "parallel": "both replace imports of one good by own production; neither is the other's main supplier",
    "apart_in_time": "about one object, more than ten years apart",
    "both_build": "both build up the same at home",
    "one_object": "about one object; what each does with it does not meet",
}
"""English sentence of each rule; the report has its own in every language."""


@dataclass(frozen=True)
class Trade:
    """Trade of the world by sector.

    Attributes
    ----------
    flows
        Million USD, storage order (sector, exporter, importer); own sales on the diagonal do not count.
    """

    sectors: tuple[str, ...]
    economies: tuple[str, ...]
    flows: NDArray[np.float64]


@dataclass(frozen=True)
class Sale:
    """What one partner sells the other in the sectors of an object: million USD and share of the buyer's imports there."""

    seller: str
    buyer: str
    value: float
    share: float
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class RoleJudgement:
    """A relation with its rule and the sale that was looked at; None where trade says nothing."""

    relation: Relation
    rule: str
    sale: Sale | None = None


def judge_roles(
    left: ObjectReading,
    right: ObjectReading,
    partners: tuple[str, str],
    facts: Sequence[ObjectFacts],
    trade: Trade | None,
) -> RoleJudgement:
    """Return the relation of two statements about one object.

    Parameters
    ----------
    partners
        Whose statements they are, left first.
    facts
        What is known of the objects in common.
    trade
        Trade of the world; without it nothing is confirmed.
    """
    sectors = tuple(dict.fromkeys(sector for fact in facts for sector in fact.sectors))
    sides = ((left, right, *partners), (right, left, *partners[::-1]))
    sales = [_sale(trade, sectors, seller, buyer) for _, _, seller, buyer in sides]
    narrow = any(fact.kind in _TRADED and not fact.wide for fact in facts)
    if _far_apart(left.statement.year_to, right.statement.year_to) and not any(
        _sells(mine) and _lessens(other) for mine, other, _, _ in sides
    ):
        return RoleJudgement(Relation.RELATED, "apart_in_time")
    if rule := _joint(sides, facts):
        return RoleJudgement(Relation.SAME, rule)
    for (mine, other, _, buyer), sale in zip(sides, sales, strict=True):
        if answer := _answer(mine, other, sale.share if sale else 0.0, narrow, buyer):
            return RoleJudgement(*answer, sale)
    largest = max(filter(None, sales), key=lambda sale: sale.share, default=None)
    return RoleJudgement(*_alike(left, right, facts, largest.share if largest else 0.0), largest)


def _far_apart(first: int | None, second: int | None) -> bool:
    return first is not None and second is not None and abs(first - second) > FAR_APART


def _sells(reading: ObjectReading) -> bool:
    """Say whether a side offers an object to others: a mere amount of output may be for itself."""
    measures = reading.whole.measures
    return reading.statement.role is Role.SUPPLIES and (_EXPORT in measures or not measures & _OWN)


def _agrees_supply(reading: ObjectReading) -> bool:
    """Say whether a statement speaks of supplying or selling an object."""
    return "deliver" in reading.whole.cues or _EXPORT in reading.whole.measures


def _lessens(reading: ObjectReading) -> bool:
    """Say whether a side wants lastingly less of an object from others."""
    role = reading.statement.role
    return role is Role.REPLACES or (role is Role.REGULATES and not _LESS.isdisjoint(reading.whole.cues))


def _joint(sides: Sequence[tuple[ObjectReading, ObjectReading, str, str]], facts: Sequence[ObjectFacts]) -> str:
    """Return by what two statements act on something together: a link over the border, or what they agreed to share."""
    good = any(fact.kind == "good" for fact in facts) and not any(fact.kind == "link" for fact in facts)
    for mine, other, _, partner in sides:
        offered = partner in mine.statement.partners or mine.names_other
        role = other.statement.role
        promised = other.names_other and role in (Role.SUPPLIES, Role.NEEDS)
        promised |= role is Role.NEEDS and partner in mine.statement.partners and not _agrees_supply(mine)
        shares = role in _SHARING or (role is Role.BUILDS and not good) or promised
        if mine.statement.role is Role.COOPERATES and offered and shares and not other.elsewhere:
            return "joint"
    roles = {mine.statement.role for mine, _, _, _ in sides}
    linked = any(fact.kind == "link" and fact.crossing and not fact.wide for fact in facts)
    apart = roles & {Role.REPLACES, Role.NEEDS, Role.SUPPLIES} or any(mine.elsewhere for mine, _, _, _ in sides)
    return "one_link" if linked and not apart else ""


def _answer(
    mine: ObjectReading, other: ObjectReading, share: float, traded: bool, buyer: str
) -> tuple[Relation, str] | None:
    """Judge what one side makes against what the other does with it; `share` is the seller's in the buyer's imports."""
    role, words, confirmed, main = other.statement.role, other.whole, share >= CONFIRMED_SHARE, share >= MAIN_SHARE
    does = mine.statement.role
    agreed = does is Role.COOPERATES and buyer in mine.statement.partners and _agrees_supply(mine)
    if agreed and role is Role.NEEDS and traded:
        return Relation.COMPLEMENT, "delivers_agreed"
    makes = does is Role.BUILDS or (does is Role.SUPPLIES and not _sells(mine))
    if makes and traded and main and role in (Role.NEEDS, Role.REPLACES):
        return _DELIVERS if role is Role.NEEDS else _REPLACES
    if not _sells(mine) or role is Role.SUPPLIES:
        return None
    if role is Role.NEEDS:
        return _DELIVERS if confirmed else (Relation.RELATED, "delivers_unconfirmed")
    if traded and role in (Role.BUILDS, Role.REGULATES) and not _LESS.isdisjoint(words.cues):
        return Relation.CONFLICT, "limits_supply"
    promised, exports = mine.names_other, _EXPORT in mine.whole.measures
    if traded and confirmed and role is Role.REPLACES and not promised:
        return _REPLACES
    if traded and main and exports and role is Role.BUILDS and words.measures & _OWN and not promised:
        return Relation.CONFLICT, "own_output"
    if traded and confirmed and role is Role.BUILDS and words.objects & _STOCKS:
        return Relation.COMPLEMENT, "builds_on_supply"
    return Relation.RELATED, "one_object"


def _alike(
    left: ObjectReading, right: ObjectReading, facts: Sequence[ObjectFacts], share: float
) -> tuple[Relation, str]:
    """Judge two statements that do the same with an object, or nothing that the other answers.

    `share` is the larger one that either side has in the other's imports.
    """
    roles = {left.statement.role, right.statement.role}
    kinds = {fact.kind for fact in facts if not fact.wide}
    abroad = "service" in kinds or all(_EXPORT in side.whole.measures for side in (left, right))
    if roles == {Role.SUPPLIES} and kinds & _TRADED and abroad and not (left.elsewhere or right.elsewhere):
        return Relation.CONFLICT, "both_supply"
    if roles == {Role.REPLACES} and kinds & _TRADED:
        return (Relation.CONFLICT, "both_replace") if share >= MAIN_SHARE else (Relation.RELATED, "parallel")
    return Relation.RELATED, "both_build" if roles == {Role.BUILDS} else "one_object"


def _sale(trade: Trade | None, sectors: tuple[str, ...], seller: str, buyer: str) -> Sale | None:
    """Return what the seller sells the buyer in some sectors, None where the world does not have them."""
    if trade is None or not {seller, buyer} <= set(trade.economies):
        return None
    rows = [trade.sectors.index(sector) for sector in sectors if sector in trade.sectors]
    if not rows:
        return None
    a, b = trade.economies.index(seller), trade.economies.index(buyer)
    flows = trade.flows[rows]
    imports = float(flows[:, :, b].sum() - flows[:, b, b].sum())
    value = float(flows[:, a, b].sum())
    return Sale(seller, buyer, value, value / imports if imports > 0 else 0.0, sectors)
