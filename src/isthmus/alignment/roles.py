"""What two statements about one object mean for each other: read off what each side does with it, and off trade.

The rules, in order; the first that applies decides:

1. Both act on one corridor, crossing, procedure or standard; or both signed to cooperate, or one offers it to the other,
   who does not make the good itself; and the other speaks of nobody else: joint.
2. One supplies what the other needs: a complement where the world's trade confirms it.
3. One supplies what the other replaces, limits or makes more of itself: a conflict.
4. One supplies what the other stores or takes in: a complement where trade confirms it.
5. Both supply one good: a conflict, they seek the same customers. Both replace imports of it: a conflict. One replaces what
   the other builds and sells to it: a conflict.
6. Anything else is one subject: related. So is what is shared of a whole field, unless one supplies what the other needs.
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
_LESS = frozenset({"limit", "down", "substitute", "close"})
_OWN = frozenset({"output", "capacity"})
_STOCKS = frozenset({"fuel_reserves", "gas_storage", "grain_reserves", "pipelines", "port_terminals", "nuclear_plants"})
"""Glossary objects that take in what the other side supplies."""
_TRADED = frozenset({"good", "service"})
_DELIVERS = Relation.COMPLEMENT, "delivers_confirmed"
_REPLACES = Relation.CONFLICT, "replaces_supply"


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
    roles = {left.statement.role, right.statement.role}
    linked = any(fact.kind == "link" and not fact.wide for fact in facts)
    narrow = any(fact.kind in _TRADED and not fact.wide for fact in facts)
    made = {Role.BUILDS, Role.REPLACES} if narrow else set()
    together = any(
        mine.statement.role is Role.COOPERATES
        and (partner in mine.statement.partners or (mine.names_other and other.statement.role not in made))
        and not other.elsewhere
        for mine, other, _, partner in sides
    )
    if together or (linked and not roles & {Role.REPLACES, Role.NEEDS, Role.SUPPLIES}):
        return RoleJudgement(Relation.SAME, "joint")
    for (mine, other, _, _), sale in zip(sides, sales, strict=True):
        if answer := _answer(mine.statement.role, other, sale.share if sale else 0.0, narrow):
            return RoleJudgement(*answer, sale)
    largest = max(filter(None, sales), key=lambda sale: sale.value, default=None)
    return RoleJudgement(*_alike(roles, narrow), largest)


def _answer(mine: Role, other: ObjectReading, share: float, traded: bool) -> tuple[Relation, str] | None:
    """Judge what one side makes against what the other does with it; `share` is the seller's in the buyer's imports."""
    role, words, confirmed = other.statement.role, other.whole, share >= CONFIRMED_SHARE
    if mine is Role.BUILDS and traded and share >= MAIN_SHARE and role in (Role.NEEDS, Role.REPLACES):
        return _DELIVERS if role is Role.NEEDS else _REPLACES
    if mine is not Role.SUPPLIES or role is Role.SUPPLIES:
        return None
    if role is Role.NEEDS:
        return _DELIVERS if confirmed else (Relation.RELATED, "delivers_unconfirmed")
    if traded and role in (Role.BUILDS, Role.REGULATES) and not _LESS.isdisjoint(words.cues):
        return Relation.CONFLICT, "limits_supply"
    if traded and confirmed and role is Role.REPLACES:
        return _REPLACES
    if traded and confirmed and role is Role.BUILDS and words.measures & _OWN:
        return Relation.CONFLICT, "own_output"
    if traded and confirmed and role is Role.BUILDS and words.objects & _STOCKS:
        return Relation.COMPLEMENT, "builds_on_supply"
    return Relation.RELATED, "one_object"


def _alike(roles: set[Role], traded: bool) -> tuple[Relation, str]:
    """Judge two statements that do the same with an object, or nothing that the other answers."""
    if roles == {Role.SUPPLIES} and traded:
        return Relation.CONFLICT, "both_supply"
    if roles == {Role.REPLACES} and traded:
        return Relation.CONFLICT, "both_replace"
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
