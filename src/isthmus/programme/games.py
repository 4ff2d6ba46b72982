"""How a gain that parties make together may be shared: Shapley value, nucleolus, membership in the core.

A game is a mapping from each coalition (a frozenset of players) to what it can gain by itself; the empty one gains nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from scipy.optimize import linprog

from isthmus.core.errors import BadInputError, NotConvergedError

Coalition = frozenset[str]
Game = Mapping[Coalition, float]


@dataclass(frozen=True)
class CoreCheck:
    """Whether no coalition does better by itself, the coalition with the largest complaint, and that complaint."""

    stable: bool
    coalition: tuple[str, ...]
    complaint: float


def coalitions(players: Sequence[str]) -> Iterator[Coalition]:
    """Yield every coalition that is not empty, small ones first."""
    for size in range(1, len(players) + 1):
        yield from (frozenset(members) for members in combinations(players, size))


def shapley(players: Sequence[str], game: Game) -> dict[str, float]:
    r"""Return the Shapley value: what each player adds, averaged over the orders of joining (:eq:`programme-shapley`).

    Raises
    ------
    BadInputError
        When the value of a coalition is missing.
    """
    _require_complete(players, game)
    count = len(players)
    share = {}
    for player in players:
        others = [name for name in players if name != player]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for members in combinations(others, size):
                joined = frozenset(members)
                total += weight * (game[joined | {player}] - (game[joined] if joined else 0.0))
        share[player] = total
    return share


def nucleolus(players: Sequence[str], game: Game) -> dict[str, float]:
    r"""Return the nucleolus: complaints of coalitions, largest first, as small as they can be (:eq:`programme-nucleolus`).

    A sequence of linear programmes: the largest complaint is made as small as possible, coalitions whose complaint cannot
    be smaller are held there, and the next largest is treated the same way. Payoffs sum to what all gain together; no player
    gets less than alone where that is possible.

    Raises
    ------
    BadInputError
        When the value of a coalition is missing.
    NotConvergedError
        When a linear programme fails.
    """
    _require_complete(players, game)
    scale = max(max(abs(value) for value in game.values()), 1e-300)
    everyone = frozenset(players)
    open_: list[Coalition] = [one for one in coalitions(players) if one != everyone]
    held: dict[Coalition, float] = {everyone: 0.0}
    payoff = np.full(len(players), game[everyone] / len(players) / scale)
    while open_ and np.linalg.matrix_rank(_rows(players, held)) < len(players):
        least, payoff = _least_complaint(players, game, open_, held, scale)
        fixed = [one for one in open_ if _cannot_fall(players, game, one, open_, held, least, scale)]
        if not fixed:
            raise NotConvergedError("the nucleolus makes no progress", [{"open": len(open_), "held": len(held)}])
        held.update(dict.fromkeys(fixed, least))
        open_ = [one for one in open_ if one not in held]
    if np.linalg.matrix_rank(_rows(players, held)) == len(players):
        sums = np.array([game[one] / scale - complaint for one, complaint in held.items()])
        payoff = np.linalg.lstsq(_rows(players, held), sums, rcond=None)[0]
    return {name: float(value) * scale for name, value in zip(players, payoff, strict=True)}


def core(players: Sequence[str], game: Game, payoff: Mapping[str, float]) -> CoreCheck:
    """Return whether a payoff lies in the core: no coalition gains more by itself than its members get (:eq:`programme-core`)."""
    _require_complete(players, game)
    scale = max(max(abs(value) for value in game.values()), 1e-300)
    complaints = {
        one: game[one] - sum(payoff[name] for name in one) for one in coalitions(players) if len(one) < len(players)
    }
    worst = max(complaints, key=lambda one: complaints[one]) if complaints else frozenset(players)
    largest = complaints.get(worst, 0.0)
    return CoreCheck(largest <= 1e-7 * scale, tuple(name for name in players if name in worst), largest)


def _require_complete(players: Sequence[str], game: Game) -> None:
    missing = [one for one in coalitions(players) if one not in game]
    if missing:
        raise BadInputError(
            "game", f"no value for the coalition {', '.join(sorted(missing[0]))} ({len(missing)} in all)",
            allowed="a value for every coalition", remedy="solve for it",
        )  # fmt: skip


def _row(players: Sequence[str], coalition: Coalition) -> list[float]:
    return [float(name in coalition) for name in players]


def _rows(players: Sequence[str], coalitions_: Mapping[Coalition, float]) -> np.ndarray:
    return np.array([_row(players, one) for one in coalitions_])


def _programme(
    players: Sequence[str], game: Game, open_: Sequence[Coalition], held: Mapping[Coalition, float], scale: float,
    objective: list[float], most: float | None,
) -> np.ndarray:  # fmt: skip
    """Minimise an objective in (payoffs, complaint) while open coalitions complain no more than the complaint."""
    upper = [[*(-value for value in _row(players, one)), -1.0] for one in open_]
    result = linprog(
        objective,
        A_ub=upper, b_ub=[-game[one] / scale for one in open_],
        A_eq=[[*_row(players, one), 0.0] for one in held], b_eq=[game[one] / scale - held[one] for one in held],
        bounds=[(None, None)] * len(players) + [(None, most)], method="highs",
    )  # fmt: skip
    if result.x is None:
        raise NotConvergedError(f"the nucleolus has no solution: {result.message}", [{"status": int(result.status)}])
    found: np.ndarray = result.x
    return found


def _least_complaint(
    players: Sequence[str], game: Game, open_: Sequence[Coalition], held: Mapping[Coalition, float], scale: float
) -> tuple[float, np.ndarray]:
    found = _programme(players, game, open_, held, scale, [0.0] * len(players) + [1.0], None)
    return float(found[-1]), found[:-1]


def _cannot_fall(
    players: Sequence[str], game: Game, one: Coalition, open_: Sequence[Coalition], held: Mapping[Coalition, float],
    least: float, scale: float,
) -> bool:  # fmt: skip
    """Whether a coalition's complaint is the least one in every solution."""
    objective = [*(-value for value in _row(players, one)), 0.0]
    found = _programme(players, game, open_, held, scale, objective, least + 1e-10)
    complaint = game[one] / scale - float(np.dot(_row(players, one), found[:-1]))
    return complaint >= least - 1e-8
