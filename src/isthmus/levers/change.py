"""From a target to its driver: the change, the part of it that is not trend, and the elasticity it works through.

Numbers may be single values or arrays over draws; every function keeps their shape.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.levers.lever import Effect, Form, Lever
from isthmus.plans.plan import Target

Number = float | Array
"""A value, or values over draws."""

LEAST = 1e-9
"""Smallest driver: a change of the whole that takes place in a part may use the part up, not more."""


def target_values(targets: Sequence[Target]) -> dict[str, float]:
    """Return the numbers of targets under the names that levers use: ``target.ID`` and ``target.ID.base``."""
    values: dict[str, float] = {}
    for target in targets:
        if target.value is not None:
            values[f"target.{target.id}"] = target.value
        if target.base_value is not None:
            values[f"target.{target.id}.base"] = target.base_value
    return values


def numbers(lever: Lever, effect: Effect, parameters: Mapping[str, Number]) -> dict[str, Number]:
    """Return the effect's numbers by role, and `years`, the length of its change.

    Raises
    ------
    BadInputError
        If a number is neither in the ledger nor a target's.
    """
    found = {role: number(lever, parameters, name) for role, name in effect.numbers.items()}
    return {**found, "years": float(lever.full - lever.base_year)}


def number(lever: Lever, parameters: Mapping[str, Number], name: str) -> Number:
    """Return a number by name; BadInputError where there is none."""
    if name not in parameters:
        raise BadInputError(
            f"lever {lever.id}",
            f"number {name!r} is neither in the ledger nor a target's",
            allowed="a name of the ledger, target.ID or target.ID.base",
            remedy="add the entry to the ledger or correct the name",
        )
    return parameters[name]


def change(form: Form, n: Mapping[str, Number], where: str) -> Number:
    """Return the target's change as a ratio of new to old.

    Raises
    ------
    BadInputError
        If it is not positive.
    """
    target, base = n["target"], n.get("base")
    nothing = 0.0 if base is None else base
    match form:
        case Form.RATIO:
            ratio = target if base is None else target / base
        case Form.PERCENT:
            ratio = (1 + target / 100) / (1 + nothing / 100)
        case Form.GROWTH:
            ratio = (1 + target / 100) ** n["years"]
        case Form.DIFFERENCE:
            ratio = np.exp(target - nothing)
        case Form.REMAINDER:
            ratio = (100 - target) / (100 - nothing)
    if not np.all(np.asarray(ratio) > 0):
        raise BadInputError(
            where,
            f"the change of its target is {np.min(ratio):g}",
            allowed="a positive ratio of new to old",
            remedy="check target, base and measure",
        )
    return ratio


def driver(form: Form, n: Mapping[str, Number], where: str, degree: float = 1.0) -> Number:
    """Return the effect of the excess over the trend, before it enters the model (:eq:`lever-driver`).

    Roles: `scope` is the part of the change that this effect can claim, `concentration` the share of the whole in which
    a change of the whole takes place, `trend` the yearly growth that both paths share.
    """
    claimed = n["additional"] * n.get("scope", 1.0)
    ratio = change(form, n, where)
    excess = ratio ** (claimed * degree)
    if "depreciation" in n:
        years = n["years"]
        growth = (ratio ** (1 - claimed)) ** (1 / years) * (1 + n.get("trend", 0.0))
        excess = stock_ratio(growth, excess ** (1 / years), int(np.max(years)), n["depreciation"], n["past_growth"])
    excess = 1 - (1 - excess) / n.get("concentration", 1.0)
    return np.maximum(excess, LEAST) ** n.get("elasticity", 1.0)


def stock_ratio(growth: Number, extra: Number, years: int, depreciation: Number, past_growth: Number) -> Number:
    """Return the ratio of two stocks after `years` of spending with and without an extra growth factor.

    Perpetual inventory K(t+1) = (1 - depreciation) K(t) + S(t) (:eq:`lever-stock`), from the balanced stock
    S(0) / (depreciation + past_growth). Both paths grow by the factor `growth` a year; the first also by `extra`.
    """
    with_plan = without = 1.0 / (depreciation + past_growth)
    for t in range(1, years + 1):
        with_plan = (1 - depreciation) * with_plan + (growth * extra) ** t
        without = (1 - depreciation) * without + growth**t
    return with_plan / without
