"""Solve one linear program with HiGHS's simplex, warm from an earlier basis where there is one."""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import NotConvergedError
from isthmus.corridors.program import Program, Values

_MOST_ITERATIONS = 2_000_000


class _Quiet(highspy.Highs):
    """HiGHS that is silent from the start: its own constructor greets on standard output before it can be told."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


@dataclass(frozen=True)
class Optimum:
    """Solution in the program's own units: columns, what one more unit on the right of each row costs, the basis."""

    columns: Array
    row_price: Array
    objective: float
    iterations: int
    basis: Any


@dataclass(frozen=True)
class ProblemScale:
    """What costs and quantities are divided by, so that the solver's absolute tolerances are relative ones."""

    cost: float
    quantity: float


@dataclass(frozen=True)
class Engine:
    """A solver that holds the program of one family."""

    highs: Any
    scale: ProblemScale


def engine(program: Program, values: Values) -> Engine:
    """Load the program into a new solver."""
    needs = np.abs(values.row_lower[: program.balance.shape[1]])
    costs = values.cost[: program.starts[2]]
    scale = ProblemScale(
        float(np.median(costs[costs > 0])) if (costs > 0).any() else 1.0,
        float(needs.max(initial=0.0)) / 100 or 1.0,
    )
    highs = _Quiet()
    for option, value in (("solver", "simplex"), ("threads", 1), ("parallel", "off")):
        highs.setOptionValue(option, value)
    highs.setOptionValue("simplex_iteration_limit", _MOST_ITERATIONS)
    matrix, (rows, columns) = program.matrix, program.matrix.shape
    highs.passModel(
        columns, rows, matrix.nnz, int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), 0.0,
        values.cost / scale.cost, np.zeros(columns), values.upper / scale.quantity, values.row_lower / scale.quantity,
        values.row_upper / scale.quantity, matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data,
        np.zeros(columns, dtype=np.int32),
    )  # fmt: skip
    return Engine(highs, scale)


def revalue(engine: Engine, values: Values) -> None:
    """Give the loaded program other costs and bounds; the basis stays."""
    highs, scale = engine.highs, engine.scale
    columns, rows = np.arange(len(values.cost), dtype=np.int32), np.arange(len(values.row_lower), dtype=np.int32)
    highs.changeColsCost(len(columns), columns, values.cost / scale.cost)
    highs.changeColsBounds(len(columns), columns, np.zeros(len(columns)), values.upper / scale.quantity)
    lower, upper = values.row_lower / scale.quantity, values.row_upper / scale.quantity
    highs.changeRowsBounds(len(rows), rows, lower, upper)


def optimum(engine: Engine, basis: object = None) -> Optimum | None:
    """Solve the loaded program, from `basis` if given; None when nothing satisfies it.

    Raises
    ------
    NotConvergedError
        When the solver stops for another reason.
    """
    highs, scale = engine.highs, engine.scale
    if basis is not None:
        highs.setBasis(basis)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
        name = highs.modelStatusToString(status)
        raise NotConvergedError(f"the corridor program stopped: {name}", [{"status": name}])
    solution, info = highs.getSolution(), highs.getInfo()
    return Optimum(
        np.array(solution.col_value) * scale.quantity,
        np.array(solution.row_dual) * scale.cost,
        float(info.objective_function_value) * scale.cost * scale.quantity,
        int(info.simplex_iteration_count),
        highs.getBasis(),
    )
