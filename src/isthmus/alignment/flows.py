"""Relations read off words: who delivers what the other buys, who replaces it, who limits what the other wants."""

from collections.abc import Callable

from isthmus.alignment.judgement import Judgement, Relation
from isthmus.alignment.pair import StatementPair
from isthmus.alignment.statement import DOWN, UP, Statement

TRADED = frozenset({"energy", "materials", "industry", "agriculture"})
"""Fields whose objects are bought and sold between economies."""

SERVICES = frozenset({"education", "health", "culture", "tourism", "space", "transport", "digital", "labour"})
"""Fields whose services cross borders when a side says so: students, patients, visitors, audiences, crews."""

MADE = TRADED | {"digital", "health", "space"}
"""Fields whose objects a side can make itself instead of importing them."""

FOOD = "agriculture"


def by_meaning(pair: StatementPair) -> Judgement | None:
    """Apply the rules on procedures, rivalry, flows and limits; None when none of them applies."""
    left, right = pair.left.reading.cues, pair.right.reading.cues
    if pair.procedural:
        return None if pair.numbers or pair.other_year else Judgement(Relation.SAME, "procedure")
    made = bool(pair.groups & MADE) or not pair.shared
    if "substitute" in left and "substitute" in right and made and pair.groups != {FOOD}:
        return Judgement(Relation.CONFLICT, "both_replace_imports")
    outward = {"export" in left, "export" in right} == {True} or (
        ("export" in left and "import" in right) or ("import" in left and "export" in right)
    )
    if not pair.groups & TRADED and not (outward and pair.shared):
        return _limit(pair)
    if _exports(pair.left) and _exports(pair.right):
        same_way = DOWN not in (pair.left.direction, pair.right.direction)
        return Judgement(Relation.CONFLICT, "both_export") if same_way else _limit(pair)
    return _flow(pair, _sells, _buys) or _limit(pair)


def trade(pair: StatementPair) -> Judgement | None:
    """Judge a pair of which one side says that it exports what the other says that it imports."""
    if not pair.shared or not pair.groups & (TRADED | SERVICES) or pair.procedural:
        return None
    for seller, buyer in ((pair.left, pair.right), (pair.right, pair.left)):
        ends = DOWN in (seller.direction, seller.scope)
        if ends and _exports(seller) and _imports(buyer) and buyer.direction != DOWN:
            return Judgement(Relation.CONFLICT, "seller_wants_less")
    return _flow(pair, _exports, _imports)


def _flow(
    pair: StatementPair, sells: Callable[[Statement], bool], buys: Callable[[Statement], bool]
) -> Judgement | None:
    """Say whether one side delivers what the other buys, or wants to buy less of it."""
    for seller, buyer in ((pair.left, pair.right), (pair.right, pair.left)):
        if sells(seller) and buys(buyer) and seller.direction != DOWN:
            less = buyer.direction == DOWN or "substitute" in buyer.reading.cues
            return Judgement(*((Relation.CONFLICT, "buyer_wants_less") if less else (Relation.COMPLEMENT, "delivers")))
    return None


def _exports(statement: Statement) -> bool:
    """Say whether a statement speaks of exports and not of imports."""
    return "export" in statement.reading.cues and "import" not in statement.reading.cues


def _imports(statement: Statement) -> bool:
    """Say whether a statement speaks of imports and not of exports; depending less on them is importing less."""
    cues = statement.reading.cues
    depends = "substitute" in cues and "import" in statement.reading.measures
    return ("import" in cues or depends) and "export" not in cues


def _limit(pair: StatementPair) -> Judgement | None:
    """Say whether one side limits or cuts what the other raises: one object, one measure named on both sides."""
    left, right = pair.left, pair.right
    if not pair.shared or not left.reading.measures & right.reading.measures:
        return None
    limited = any("limit" in a.reading.cues and wants(b) for a, b in ((left, right), (right, left)))
    if limited or pair.opposed:
        return Judgement(Relation.CONFLICT, "limit_against_expansion")
    return None


def _sells(statement: Statement) -> bool:
    """Say whether a statement is about delivering its object: it exports, or produces and does not speak of use."""
    cues = statement.reading.cues
    if "import" in cues or ("substitute" in cues and "export" not in cues):
        return False
    return "export" in cues or ("supply" in cues and "demand" not in cues)


def _buys(statement: Statement) -> bool:
    """Say whether a statement is about obtaining its object: it imports, or speaks of use and does not export."""
    cues = statement.reading.cues
    return "export" not in cues and ("import" in cues or "demand" in cues or "use" in statement.reading.measures)


def wants(statement: Statement) -> bool:
    """Say whether a statement wants more of something, or wants it made."""
    less = DOWN in (statement.direction, statement.scope)
    return not less and (UP in (statement.direction, statement.scope) or "build" in statement.reading.cues)
