"""The second tier: pairs of statements about one object, many to many, with what they mean for each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

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
from isthmus.alignment.similarity import Vectors
from isthmus.plans.statement import PlanStatement, Role, Standing

_ELSEWHERE = 0.9
"""What is left of the score where a statement names groups or regions and not the other partner."""


@dataclass(frozen=True)
class ObjectLink:
    """Two statements about one object; `item` is the glossary object in common, "" where only the words are alike."""

    left: PlanStatement
    right: PlanStatement
    item: str
    score: float
    judgement: RoleJudgement

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
    sides = [
        read_objects([s for s in current if p in s.partners and _speaks_to(s, names[q], rules)], matcher.glossary)
        for p, q in (partners, partners[::-1])
    ]
    if not sides[0] or not sides[1]:
        return []
    signs = object_signs(sides[0], sides[1], matcher.models, matcher.glossary, rules.known)
    score = object_score(signs, rules.weights)
    found = [
        _link(sides[0][i], sides[1][j], float(score[i, j]), partners, names, matcher, trade)
        for i, j in zip(*np.nonzero(score >= _least(sides, rules)), strict=True)
        if not all(signed_by_both(sides[k][n].statement, partners) for k, n in ((0, i), (1, j)))
        and sides[0][i].statement.id != sides[1][j].statement.id
    ]
    return sorted(found, key=lambda link: (-link.score, link.left.id, link.right.id))


def signed_by_both(statement: PlanStatement, partners: tuple[str, str]) -> bool:
    """Say whether both partners of a pair signed a statement, whoever else did."""
    return set(partners) <= set(statement.partners)


def _least(sides: Sequence[Sequence[ObjectReading]], rules: ObjectRules) -> Vectors:
    """Return the score each pair needs: less where one side supplies what the other seeks, which is a sign in itself."""
    supplies, needs = (
        [np.array([r.statement.role is role for r in side]) for side in sides] for role in (Role.SUPPLIES, Role.NEEDS)
    )
    answered = (supplies[0][:, None] & needs[1][None, :]) | (needs[0][:, None] & supplies[1][None, :])
    least: Vectors = np.where(answered, rules.weights.accept_needs, rules.weights.accept).astype(np.float32)
    return least


def _speaks_to(statement: PlanStatement, other: frozenset[str], rules: ObjectRules) -> bool:
    """Say whether a statement could concern the other partner: it names nobody, or not only other countries."""
    named = set(statement.named_partner)
    return not named & rules.territories or bool(named & other)


def _link(
    left: ObjectReading,
    right: ObjectReading,
    score: float,
    partners: tuple[str, str],
    names: Mapping[str, frozenset[str]],
    matcher: Matcher,
    trade: Trade | None,
) -> ObjectLink:
    known = matcher.rules.known
    shared = common_objects(left, right, matcher.glossary, known)
    ranked = sorted((key for key in shared if key in known), key=lambda key: (-shared[key], known[key].wide, key))
    best = [key for key in ranked if shared[key] == shared[ranked[0]]]
    narrow = [key for key in best if not known[key].wide] or best
    judgement = judge_roles(left, right, partners, [known[key] for key in narrow], trade, names)
    elsewhere = [
        bool(s.named_partner) and not set(s.named_partner) & names[other]
        for s, other in ((left.statement, partners[1]), (right.statement, partners[0]))
    ]
    weighed = score * _ELSEWHERE ** sum(elsewhere)
    return ObjectLink(left.statement, right.statement, narrow[0] if narrow else "", weighed, judgement)
