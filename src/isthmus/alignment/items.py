"""The second tier: pairs of statements about one object, many to many, with what they mean for each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isthmus.alignment.match import Matcher
from isthmus.alignment.objects import (
    ObjectReading,
    ObjectRules,
    common_objects,
    object_score,
    object_signs,
    read_objects,
)
from isthmus.alignment.roles import ROLE_REASONS, RoleJudgement, Trade, judge_roles
from isthmus.plans.statement import PlanStatement, Role, Standing

_ELSEWHERE = 0.9
"""What is left of the score where a statement names groups or regions and not the other partner."""


@dataclass(frozen=True)
class ObjectLink:
    """Two statements about one object; `item` is the glossary object in common, "" where only the words are alike.

    `bilateral` says that one of them names the other partner, or that both partners signed it.
    """

    left: PlanStatement
    right: PlanStatement
    item: str
    score: float
    judgement: RoleJudgement
    bilateral: bool = False

    @property
    def reason(self) -> str:
        """English sentence saying why the relation was given, with the sale that trade shows."""
        said = ROLE_REASONS[self.judgement.rule]
        sale = self.judgement.sale
        if sale is None:
            return said
        return f"{said} ({sale.seller} sold {sale.buyer} {sale.value / 1e3:.1f} bn USD here, {sale.share:.1%} of its imports)"


def link_objects(
    statements: Sequence[PlanStatement],
    partners: tuple[str, str],
    names: Mapping[str, frozenset[str]],
    matcher: Matcher,
    trade: Trade | None = None,
) -> list[ObjectLink]:
    """Return the pairs of statements of two partners about one object, best first.

    Notes
    -----
    Only statements that count are compared. A statement of both partners stands on the side of either and meets the other's
    own statements; two statements of both are not compared. What a partner signed with a third party is its own here.
    """
    rules = matcher.rules
    current = [s for s in statements if s.standing is Standing.CURRENT]
    left, right = (
        read_objects(
            [s for s in current if mine in s.partners and _speaks_to(s, names[other], rules)],
            matcher.glossary, rules.known, names[other], _around(names[other], rules) | _groups(names[other], rules),
            _groups(names[mine], rules),
        )
        for mine, other in (partners, partners[::-1])
    )  # fmt: skip
    if not left or not right:
        return []
    score = object_score(object_signs(left, right, matcher.models, matcher.glossary, rules.known), rules.weights)
    found = [
        _link(left[i], right[j], float(score[i, j]), partners, matcher, trade)
        for i, j in np.argwhere(score >= _least(left, right, partners, rules))
        if not all(signed_by_both(reading.statement, partners) for reading in (left[i], right[j]))
        and left[i].statement.id != right[j].statement.id
    ]
    return sorted(found, key=lambda link: (-link.score, link.left.id, link.right.id))


def signed_by_both(statement: PlanStatement, partners: tuple[str, str]) -> bool:
    """Say whether both partners of a pair signed a statement, whoever else did."""
    return set(partners) <= set(statement.partners)


def _least(
    left: Sequence[ObjectReading], right: Sequence[ObjectReading], partners: tuple[str, str], rules: ObjectRules
) -> NDArray[np.float64]:
    """Return the score each pair needs: less where one side supplies what the other seeks, or both speak of each other."""
    answered = [[{a.statement.role, b.statement.role} == {Role.SUPPLIES, Role.NEEDS} for b in right] for a in left]
    bilateral = [[_bilateral(reading, partners) for reading in side] for side in (left, right)]
    least = np.where(np.logical_and.outer(*bilateral), rules.weights["accept_named"], rules.weights["accept"])
    return np.where(answered, rules.weights["accept_needs"], least)


def _bilateral(reading: ObjectReading, partners: tuple[str, str]) -> bool:
    return reading.names_other or signed_by_both(reading.statement, partners)


def _speaks_to(statement: PlanStatement, other: frozenset[str], rules: ObjectRules) -> bool:
    """Say whether a statement could concern the other partner: it names nobody, or not only other countries and continents."""
    named = set(statement.named_partner)
    return named.isdisjoint(rules.territories) or not named.isdisjoint(other | _around(other, rules))


def _around(names: frozenset[str], rules: ObjectRules) -> frozenset[str]:
    """Return the names of the continents and parts of continents that a partner lies in."""
    return frozenset[str]().union(*(rules.territories.get(name, frozenset()) for name in names))


def _groups(names: frozenset[str], rules: ObjectRules) -> frozenset[str]:
    """Return the names of the groups of states that a partner is a member of."""
    return frozenset[str]().union(*(rules.groups.get(name, frozenset()) for name in names))


def _link(
    left: ObjectReading,
    right: ObjectReading,
    score: float,
    partners: tuple[str, str],
    matcher: Matcher,
    trade: Trade | None,
) -> ObjectLink:
    known = matcher.rules.known
    shared = common_objects(left, right, matcher.glossary)
    place = {key: (-part, known[key].wide) for key, part in shared.items() if key in known}
    best = sorted(
        (key for key in place if place[key] == min(place.values())),
        key=lambda k: (known[k].kind not in ("link", "procedure"), k),
    )
    named = any(shared[key] == 1.0 for key in best)
    judgement = judge_roles(left, right, partners, [known[key] for key in best], trade, named=named)
    weighed = score * _ELSEWHERE ** (left.elsewhere + right.elsewhere)
    bilateral = any(_bilateral(reading, partners) for reading in (left, right))
    return ObjectLink(left.statement, right.statement, best[0] if best else "", weighed, judgement, bilateral)
