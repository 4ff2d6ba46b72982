"""Relations read off words: who delivers what the other buys, who replaces it, who limits what the other wants."""

from collections.abc import Callable

from isthmus.alignment.judgement import Judgement, Relation
from isthmus.alignment.pair import StatementPair
from isthmus.alignment.statement import DOWN, UP, Statement

TRADED = frozenset({"energy", "materials", "industry", "agriculture"})
"""Fields whose objects are bought and sold between economies."""

MADE = TRADED | {"digital", "health", "space"}
"""Fields whose objects a side can make itself instead of importing them."""

SOLD = MADE | {"transport", "tourism", "education", "culture"}
"""Fields whose goods and services find customers abroad: for investment, trade as such or laws nobody competes there."""

FOOD = "agriculture"


def by_meaning(pair: StatementPair) -> Judgement | None:
    """Apply the rules on procedures, rivalry and flows; None when none of them applies."""
    left, right = pair.left.reading.cues, pair.right.reading.cues
    if pair.procedural:
        return None if pair.numbers or pair.other_year else Judgement(Relation.SAME, "procedure")
    made = bool(pair.groups & MADE) or not pair.shared
    if made and any(map(_displaces, (pair.left, pair.right), (pair.right, pair.left))):
        return Judgement(Relation.CONFLICT, "buyer_wants_less")
    if "substitute" in left and "substitute" in right and made and pair.groups != {FOOD}:
        return Judgement(Relation.CONFLICT, "both_replace_imports")
    if _exports(pair.left) and _exports(pair.right) and pair.groups & SOLD:
        both = DOWN not in (pair.left.direction, pair.right.direction)
        return Judgement(Relation.CONFLICT, "both_export") if both else None
    if not pair.groups & TRADED:
        return None
    return _flow(pair, _exports, _buys) or (None if pair.shares else _flow(pair, _sells, _obtains))


def trade(pair: StatementPair) -> Judgement | None:
    """Judge a pair of which one side says that it exports what the other says that it imports."""
    return _flow(pair, _exports, _imports) if pair.shared and not pair.procedural else None


def _flow(
    pair: StatementPair, sells: Callable[[Statement], bool], buys: Callable[[Statement], bool]
) -> Judgement | None:
    """Say whether one side delivers what the other buys, or wants to buy less of it."""
    for seller, buyer in ((pair.left, pair.right), (pair.right, pair.left)):
        if sells(seller) and buys(buyer) and seller.direction != DOWN:
            less = buyer.direction == DOWN or not {"substitute", "close"}.isdisjoint(buyer.reading.cues)
            return Judgement(*((Relation.CONFLICT, "buyer_wants_less") if less else (Relation.COMPLEMENT, "delivers")))
    return None


def _exports(statement: Statement) -> bool:
    """Say whether a statement speaks of exports and not of imports."""
    return "export" in statement.reading.cues and "import" not in statement.reading.cues


def _displaces(buyer: Statement, seller: Statement) -> bool:
    """Say whether one side puts its own in the place of what the other sells abroad, and no less of, and sells none itself."""
    sold = _exports(seller) and seller.direction != DOWN
    return "substitute" in buyer.reading.cues and not _exports(buyer) and sold


def _imports(statement: Statement) -> bool:
    """Say whether a statement speaks of imports and not of exports; depending less on them is importing less."""
    cues = statement.reading.cues
    depends = "substitute" in cues and "import" in statement.reading.measures
    return ("import" in cues or depends) and "export" not in cues


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


def _obtains(statement: Statement) -> bool:
    """Say whether a statement is about obtaining its object and not about making it as well."""
    makes = "supply" in statement.reading.cues and "output" in statement.reading.measures
    return _buys(statement) and not makes


def ends(one: Statement, other: Statement) -> bool:
    """Say whether one side limits, closes or ends what the other wants more of, or wants made.

    What it ends behind a first aim (build one market and remove barriers) is something else than what it wants.
    """
    less = DOWN in (other.direction, other.scope) or "limit" in other.acts
    wanted = UP in (other.direction, other.scope) or not {"build", "import"}.isdisjoint(other.acts)
    cues = one.acts
    stops = [cues[cue] for cue in ("limit", "close") if cue in cues]
    wants = [cues[cue] for cue in ("build", "open", "up") if cue in cues]
    return bool(stops) and min(stops) <= min([*wants, *stops]) and wanted and not less
