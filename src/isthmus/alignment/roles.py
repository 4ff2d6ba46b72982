"""What two statements about one object mean for each other: read off what each side does with it, and off trade.

The rules, in order; the first that applies decides:

1. Dates more than ten years apart do not meet: related.
2. One acts on a route that does not run through the other, who wants traffic on corridors of its own: a conflict.
3. Both act on one corridor, crossing, procedure or standard of the border, and neither speaks of another place: joint. So is
   what both signed to do together, or one offers the other, where the other does the same, sets rules for it or asks for it;
   of what is neither good nor procedure, also where the other builds it or promised it to the partner. A procedure that one
   side builds at home, or that is the rule of a group without the other, is its own; two sides that both only regulate at
   home share nothing.
4. One supplies what the other needs: a complement where the world's trade confirms it, or both signed for it.
5. One supplies what the other replaces or limits: a conflict. What was promised to the partner is none, and where either side
   only keeps what there is, nothing collides. One replaces what both signed to supply: a conflict. Who makes itself what it
   also buys may need more of both: related.
6. One supplies what goes through a line, terminal or plant of the other: a complement where trade confirms it. What is put
   into reserves at home may come from home.
7. Both seek customers abroad for one good, or users of one service: a conflict, but guests whom each also sends the other.
   Both replace imports of a good of which one is the other's main supplier: a conflict. One replaces what the other builds up
   and mainly supplies it with: a conflict.
8. Anything else is one subject: related. So is what is shared of a whole field, unless one supplies what the other needs.
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
_INTAKES = frozenset({"pipelines", "port_terminals", "nuclear_plants"})
"""Glossary objects that take in what the other side supplies; reserves may be filled from home."""
_GROWS = frozenset({"up", "build", "export"})
"""Words of a side that builds up what it sells, and does not only try it out."""
_TRADED = frozenset({"good", "service", "visit"})
_SHARING = frozenset({Role.COOPERATES, Role.REGULATES})
_EXPORT, _HOLD = "export", "hold"
_DELIVERS = Relation.COMPLEMENT, "delivers_confirmed"
_REPLACES = Relation.CONFLICT, "replaces_supply"


ROLE_REASONS = {
    "joint_signed": "joint: both signed it, and the other statement carries it out or sets rules for it",
    "joint_named": "joint: each names the other as its partner",
    "joint_offered": "joint: one names the other as its partner, who speaks of it without naming a partner",
    "one_link": "joint: both act on one link over their border",
    "route_around": "one acts on a route around the other, who wants traffic on its own",
    "delivers_confirmed": "one supplies what the other seeks, and trade confirms it",
    "delivers_unconfirmed": "one supplies what the other seeks; trade does not confirm it",
    "delivers_agreed": "both signed for what one of them supplies or seeks",
    "builds_on_supply": "one supplies what goes through lines, terminals or plants of the other, and trade confirms it",
    "replaces_supply": "one replaces by its own what the other supplies",
    "own_output": "one makes itself what its main supplier, the other, exports; neither says how much is left to buy",
    "limits_supply": "one limits what the other supplies",
    "replaces_agreed": "one replaces by its own what both signed to supply",
    "as_before": "one supplies what the other limits or replaces, but one of them only keeps what there is",
    "both_supply": "both seek customers for one good or service",
    "both_host": "both seek guests from abroad, and each sends the other some",
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
    *,
    named: bool = True,
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
    named
        Whether the object of each is what they have in common, and neither only mentions it.
    """
    sectors = tuple(dict.fromkeys(sector for fact in facts for sector in fact.sectors))
    sides = ((left, right, *partners), (right, left, *partners[::-1]))
    sales = [_sale(trade, sectors, seller, buyer) for _, _, seller, buyer in sides]
    narrow = any(fact.kind in _TRADED and not fact.wide for fact in facts)
    if _far_apart(left.statement.year_to, right.statement.year_to):
        return RoleJudgement(Relation.RELATED, "apart_in_time")
    if any(mine.around and _own_route(other, facts) for mine, other, _, _ in sides):
        return RoleJudgement(Relation.CONFLICT, "route_around")
    if rule := _joint(sides, facts, named):
        return RoleJudgement(Relation.SAME, rule)
    for (mine, other, *deal), sale in zip(sides, sales, strict=True):
        if answer := _answer(mine, other, sale.share if sale else 0.0, narrow, deal):
            return RoleJudgement(*answer, sale)
    largest = max(filter(None, sales), key=lambda sale: sale.share, default=None)
    return RoleJudgement(*_alike(left, right, facts, largest.share if largest else 0.0), largest)


def _far_apart(first: int | None, second: int | None) -> bool:
    return first is not None and second is not None and abs(first - second) > FAR_APART


def _sells(reading: ObjectReading) -> bool:
    """Say whether a side offers an object to others: a mere amount of output may be for itself."""
    measures = reading.whole.measures
    return reading.statement.role is Role.SUPPLIES and (_EXPORT in measures or not measures & _OWN)


def _own_route(reading: ObjectReading, facts: Sequence[ObjectFacts]) -> bool:
    """Say whether a side builds or offers corridors of its own."""
    does = reading.statement.role in (Role.BUILDS, Role.SUPPLIES)
    return does and not (reading.elsewhere or reading.around) and any(fact.crossing for fact in facts)


def _agrees_supply(reading: ObjectReading) -> bool:
    """Say whether a statement speaks of supplying or selling an object."""
    return "deliver" in reading.whole.cues or _EXPORT in reading.whole.measures


def _kept(*readings: ObjectReading) -> bool:
    """Say whether a side only keeps what there is."""
    return any(_HOLD in reading.whole.cues and "up" not in reading.whole.cues for reading in readings)


def _joint(
    sides: Sequence[tuple[ObjectReading, ObjectReading, str, str]], facts: Sequence[ObjectFacts], named: bool
) -> str:
    """Return by what two statements act on something together: a link over the border, or what they agreed to share."""
    kinds = {fact.kind for fact in facts}
    linked = bool(kinds & {"link", "procedure"})
    good, homely = "good" in kinds and not linked, "procedure" in kinds

    def away(side: ObjectReading) -> bool:
        return side.inside if homely else side.elsewhere

    for mine, other, _, partner in sides:
        signed, role = partner in mine.statement.partners, other.statement.role
        shares = role in _SHARING or (role is Role.BUILDS and not good and not homely)
        shares |= role is Role.SUPPLIES and (("visit" in kinds) or (other.names_other and not good))
        shares |= role is Role.NEEDS and (other.names_other or (signed and not _agrees_supply(mine)))
        if mine.statement.role is Role.COOPERATES and (signed or mine.names_other) and shares and not away(other):
            return "joint_signed" if signed else "joint_named" if other.names_other else "joint_offered"
    roles = {mine.statement.role for mine, _, _, _ in sides}
    crossing = any(fact.kind in ("link", "procedure") and fact.crossing and not fact.wide for fact in facts)
    apart = roles & {Role.REPLACES, Role.NEEDS, Role.SUPPLIES} or any(away(mine) for mine, _, _, _ in sides)
    at_home = homely and (Role.BUILDS in roles or not any(mine.names_other for mine, _, _, _ in sides))
    return "one_link" if crossing and named and not apart and not at_home else ""


def _answer(
    mine: ObjectReading, other: ObjectReading, share: float, traded: bool, deal: Sequence[str]
) -> tuple[Relation, str] | None:
    """Judge what one side makes against what the other does with it; `share` is the seller's in the buyer's imports.

    `deal` is seller and buyer.
    """
    role, words, confirmed, main = other.statement.role, other.whole, share >= CONFIRMED_SHARE, share >= MAIN_SHARE
    does = mine.statement.role
    if (
        does is Role.SUPPLIES
        and role is Role.COOPERATES
        and mine.names_other
        and set(deal) <= set(other.statement.partners)
    ):
        return Relation.COMPLEMENT, "delivers_agreed"
    signed = does is Role.COOPERATES and deal[1] in mine.statement.partners
    if signed and _agrees_supply(mine) and traded and role in (Role.NEEDS, Role.REPLACES):
        agreed = role is Role.NEEDS
        return (Relation.COMPLEMENT, "delivers_agreed") if agreed else (Relation.CONFLICT, "replaces_agreed")
    makes = does is Role.BUILDS and not _GROWS.isdisjoint(mine.whole.cues)
    if traded and main and role is Role.NEEDS and (makes or does is Role.SUPPLIES):
        return _DELIVERS
    if traded and main and role is Role.REPLACES and makes and not mine.whole.measures & _OWN:
        return _REPLACES
    if not _sells(mine) or role is Role.SUPPLIES:
        return None
    if role is Role.NEEDS:
        return _DELIVERS if confirmed else (Relation.RELATED, "delivers_unconfirmed")
    promised = mine.names_other
    collides: tuple[Relation, str] | None = None
    if traded and role in (Role.BUILDS, Role.REGULATES) and not _LESS.isdisjoint(words.cues):
        collides = Relation.CONFLICT, "limits_supply"
    elif traded and main and role is Role.REPLACES and not promised:
        collides = _REPLACES
    if collides:
        return (Relation.RELATED, "as_before") if _kept(mine, other) else collides
    takes_in = role is Role.BUILDS or (role is Role.COOPERATES and other.names_other)
    if traded and confirmed and takes_in and words.objects & _INTAKES:
        return Relation.COMPLEMENT, "builds_on_supply"
    own = traded and main and _EXPORT in mine.whole.measures and role is Role.BUILDS and words.measures & _OWN
    return Relation.RELATED, "own_output" if own else "one_object"


def _alike(
    left: ObjectReading, right: ObjectReading, facts: Sequence[ObjectFacts], share: float
) -> tuple[Relation, str]:
    """Judge two statements that do the same with an object, or nothing that the other answers.

    `share` is the larger one that either side has in the other's imports.
    """
    roles = {left.statement.role, right.statement.role}
    kinds = {fact.kind for fact in facts if not fact.wide}
    abroad = "service" in kinds or all(_EXPORT in side.whole.measures for side in (left, right))
    if roles == {Role.SUPPLIES} and "visit" in kinds:
        return Relation.RELATED, "both_host"
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
