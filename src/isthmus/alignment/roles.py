"""What two statements about one object mean for each other: read off what each side does with it, and off trade.

The rules, in order; the first that applies decides:

1. Both act on one corridor, crossing, procedure or standard, or one cooperates in it and names the other: joint.
2. One supplies what the other needs: a complement where the world's trade confirms it.
3. One supplies what the other replaces, limits or makes more of itself: a conflict.
4. One supplies what the other stores or takes in: a complement where trade confirms it.
5. Both supply one good: a conflict, they seek the same customers. Both replace imports of it: a conflict. One replaces what
   the other builds and sells to it: a conflict. Both need one scarce thing: a conflict.
6. Anything else is one subject: related. So is what is shared of a whole field, unless one supplies what the other needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isthmus.alignment.judgement import Relation
from isthmus.alignment.objects import ObjectFacts, ObjectReading
from isthmus.plans.statement import Role

CONFIRMED_SHARE, MAIN_SHARE = 0.03, 0.10
"""Shares of the buyer's imports from which trade confirms that one side supplies the other, and is a main supplier."""
_LESS = frozenset({"limit", "down", "substitute", "close"})
_OWN = frozenset({"output", "capacity"})
_STOCKS = frozenset({"fuel_reserves", "gas_storage", "grain_reserves", "pipelines", "port_terminals", "nuclear_plants"})
"""Glossary objects that take in what the other side supplies."""
_TRADED = frozenset({"good", "service"})


ROLE_REASONS = {
    "joint": "joint: both act on something they can only have together, or one names the other as its partner",
    "delivers_confirmed": "one supplies what the other seeks, and trade confirms it",
    "delivers_unconfirmed": "one supplies what the other seeks; trade does not confirm it",
    "builds_on_supply": "one supplies what the other stores or takes in, and trade confirms it",
    "replaces_supply": "one replaces by its own what the other supplies",
    "own_output": "one makes more itself of what the other supplies",
    "limits_supply": "one limits what the other supplies",
    "both_supply": "both seek customers for one good or service",
    "both_replace": "both replace imports of one good by own production",
    "both_need_scarce": "both need one scarce thing",
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
    year: int | None = None


@dataclass(frozen=True)
class Sale:
    """What one partner sells the other in the sectors of an object: million USD and share of the buyer's imports there."""

    seller: str
    buyer: str
    value: float
    share: float
    sectors: tuple[str, ...]

    @property
    def confirms(self) -> bool:
        """Whether the seller is one of the buyer's suppliers."""
        return self.share >= CONFIRMED_SHARE

    @property
    def main(self) -> bool:
        """Whether the seller is a main supplier, so that what it makes for itself is sold too."""
        return self.share >= MAIN_SHARE


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
    names: Mapping[str, frozenset[str]],
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
    names
        Names of each partner, to see whether a statement names the other.
    """
    sectors = tuple(dict.fromkeys(sector for fact in facts for sector in fact.sectors))
    sides = ((left, right, partners[0], partners[1]), (right, left, partners[1], partners[0]))
    sales = {seller: _sale(trade, sectors, seller, buyer) for _, _, seller, buyer in sides}
    roles = {left.statement.role, right.statement.role}
    if _joint(left, right, partners, facts, names):
        return RoleJudgement(Relation.SAME, "joint")
    narrow = any(fact.kind in _TRADED and not fact.wide for fact in facts)
    for mine, other, seller, _ in sides:
        if mine.statement.role is Role.SUPPLIES and other.statement.role is not Role.SUPPLIES:
            return _supplied(other, sales[seller], narrow)
    for mine, other, seller, _ in sides:
        sale = sales[seller]
        pair = (mine.statement.role, other.statement.role)
        if pair == (Role.BUILDS, Role.NEEDS) and narrow and sale and sale.main:
            return RoleJudgement(Relation.COMPLEMENT, "delivers_confirmed", sale)
        if pair == (Role.BUILDS, Role.REPLACES) and narrow and sale and sale.main:
            return RoleJudgement(Relation.CONFLICT, "replaces_supply", sale)
    largest = max((sale for sale in sales.values() if sale), key=lambda sale: sale.value, default=None)
    return _alike(roles, narrow, any(fact.scarce for fact in facts), largest)


def _alike(roles: set[Role], traded: bool, scarce: bool, sale: Sale | None) -> RoleJudgement:
    """Judge two statements that do the same with an object, or nothing that the other answers."""
    if roles == {Role.SUPPLIES} and traded:
        return RoleJudgement(Relation.CONFLICT, "both_supply", sale)
    if roles == {Role.REPLACES} and traded:
        return RoleJudgement(Relation.CONFLICT, "both_replace", sale)
    if roles == {Role.NEEDS} and scarce:
        return RoleJudgement(Relation.CONFLICT, "both_need_scarce", sale)
    return RoleJudgement(Relation.RELATED, "both_build" if roles == {Role.BUILDS} else "one_object", sale)


def _supplied(other: ObjectReading, sale: Sale | None, traded: bool) -> RoleJudgement:
    """Judge what one side supplies against what the other does with it."""
    role, words = other.statement.role, other.whole
    confirmed = sale is not None and sale.confirms
    if role is Role.NEEDS and confirmed:
        return RoleJudgement(Relation.COMPLEMENT, "delivers_confirmed", sale)
    if role is Role.NEEDS:
        return RoleJudgement(Relation.RELATED, "delivers_unconfirmed", sale)
    if role is Role.REPLACES and traded and confirmed:
        return RoleJudgement(Relation.CONFLICT, "replaces_supply", sale)
    if role in (Role.BUILDS, Role.REGULATES) and traded and _LESS & set(words.cues):
        return RoleJudgement(Relation.CONFLICT, "limits_supply", sale)
    if role is Role.BUILDS and traded and confirmed and words.measures & _OWN:
        return RoleJudgement(Relation.CONFLICT, "own_output", sale)
    if role is Role.BUILDS and traded and confirmed and words.objects & _STOCKS:
        return RoleJudgement(Relation.COMPLEMENT, "builds_on_supply", sale)
    return RoleJudgement(Relation.RELATED, "one_object", sale)


def _joint(
    left: ObjectReading,
    right: ObjectReading,
    partners: tuple[str, str],
    facts: Sequence[ObjectFacts],
    names: Mapping[str, frozenset[str]],
) -> bool:
    """Say whether both act on something they can only have together, or one cooperates in it and names the other."""
    for mine, other in ((left, partners[1]), (right, partners[0])):
        together = mine.statement.role is Role.COOPERATES
        if together and (set(mine.statement.named_partner) & names[other] or other in mine.statement.partners):
            return True
    roles = {left.statement.role, right.statement.role}
    linked = any(fact.kind == "link" and not fact.wide for fact in facts)
    return linked and not roles & {Role.REPLACES, Role.NEEDS, Role.SUPPLIES}


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
