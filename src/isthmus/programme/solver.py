"""Solve a model with HiGHS: a gap to stop at, a time limit, a start, and a way to be stopped from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from isthmus.programme.model import ProgrammeModel

Stop = Callable[[], bool]
"""Asked from time to time; true ends the search with the best solution found so far."""
Tell = Callable[[str], None]
"""Told what is being searched for."""
OPTIMAL = "optimal"
"""How a search ended that came within its gap."""


class _Quiet(highspy.Highs):
    """The solver without its banner, which it would print to standard output when callbacks are enabled."""

    def enableCallbacks(self) -> None:  # noqa: N802 (the solver's own name)
        """Silence the solver first."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, eq=False)
class Answer:
    """Best values found (None if none), their objective, what no solution can exceed, and how the search ended."""

    values: np.ndarray | None
    objective: float
    bound: float
    status: str
    seconds: float

    @property
    def infeasible(self) -> bool:
        """Whether it was shown that there is no solution."""
        return self.status == "infeasible"


def never() -> bool:
    """Do not stop."""
    return False


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Limits:
    """When to stop: relative or absolute distance to the bound, seconds, nodes of the tree, or a word from outside."""

    gap: float = 0.0
    absolute_gap: float = 1e-9
    seconds: float = np.inf
    nodes: int | None = None
    stop: Stop | None = None


def solve_model(
    model: ProgrammeModel, limits: Limits, *, start: np.ndarray | None = None, fixed: Mapping[int, float] | None = None
) -> Answer:
    """Maximise a model.

    Parameters
    ----------
    start
        Values from which the search may begin; they need not satisfy every constraint.
    fixed
        Columns held at a value. Where all whole-number columns are fixed, what is solved is a linear programme.
    """
    highs = _Quiet()  # type: ignore[no-untyped-call]
    for name, value in _options(limits).items():
        highs.setOptionValue(name, value)
    highs.passModel(_highs_model(model, fixed or {}))
    if start is not None:
        guess = highspy.HighsSolution()
        guess.col_value = [float(value) for value in start]
        highs.setSolution(guess)
    if limits.stop is not None:
        _listen(highs, limits.stop)
    highs.run()
    return _answer(highs, model)


def linear_solver(model: ProgrammeModel) -> highspy.Highs:
    """Return a solver that holds a model, whole numbers lifted; bounds may be changed and the model solved again."""
    highs = _Quiet()  # type: ignore[no-untyped-call]
    for name, value in _options(Limits()).items():
        highs.setOptionValue(name, value)
    highs.passModel(_highs_model(replace(model, integer=np.zeros_like(model.integer)), {}))
    return highs


def _options(limits: Limits) -> dict[str, Any]:
    """Return the solver's options; restarts and one search for first solutions are off, which halves these models' time."""
    options = {
        "output_flag": False,
        "random_seed": 1,
        "threads": 1,
        "parallel": "off",
        "mip_heuristic_effort": 0.2,
        "mip_allow_restart": False,
        "mip_heuristic_run_rens": False,
        "mip_rel_gap": limits.gap,
        "mip_abs_gap": limits.absolute_gap,
        "primal_feasibility_tolerance": 1e-9,
        "dual_feasibility_tolerance": 1e-9,
        "mip_feasibility_tolerance": 1e-9,
    }
    if limits.nodes is not None:
        options["mip_max_nodes"] = limits.nodes
    return options | ({"time_limit": max(limits.seconds, 0.01)} if np.isfinite(limits.seconds) else {})


def _highs_model(model: ProgrammeModel, fixed: Mapping[int, float]) -> highspy.HighsLp:
    """Hand a model over as arrays."""
    lower, upper, whole = model.lower.copy(), model.upper.copy(), model.integer.copy()
    for column, value in fixed.items():
        lower[column] = upper[column] = value
        whole[column] = False
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.columns), len(model.rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.objective, lower, upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = model.matrix.indptr, model.matrix.indices
    lp.a_matrix_.value_ = model.matrix.data
    if whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(one)] for one in whole]
    return lp


def _listen(highs: highspy.Highs, stop: Stop) -> None:
    """Let the search be stopped from outside."""

    def ask(event: highspy.HighsCallbackEvent) -> None:
        if stop():
            event.interrupt()

    highs.cbMipInterrupt.subscribe(ask)
    highs.cbSimplexInterrupt.subscribe(ask)


def _answer(highs: highspy.Highs, model: ProgrammeModel) -> Answer:
    info, status = highs.getInfo(), highs.getModelStatus()
    words = {
        highspy.HighsModelStatus.kOptimal: OPTIMAL,
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kTimeLimit: "time limit",
        highspy.HighsModelStatus.kInterrupt: "interrupted",
        highspy.HighsModelStatus.kSolutionLimit: "node limit",
    }
    found = info.primal_solution_status == 2 and np.isfinite(info.objective_function_value)
    values = np.array(highs.getSolution().col_value) if found else None
    linear = not any(kind == highspy.HighsVarType.kInteger for kind in highs.getLp().integrality_)
    if linear:
        bound = info.objective_function_value if status == highspy.HighsModelStatus.kOptimal else np.inf
    else:
        bound = info.mip_dual_bound
    return Answer(
        values=values,
        objective=float(info.objective_function_value) if found else -np.inf,
        bound=float(bound) if np.isfinite(bound) and abs(bound) < 1e30 else np.inf,
        status=words.get(status, str(status).rsplit(".", 1)[-1]),
        seconds=float(highs.getRunTime()),
    )
