"""Errors that say four things: where, what is wrong, what is allowed, what to do."""

from collections.abc import Mapping, Sequence
from typing import Any


class IsthmusError(Exception):
    """Base of every error the product raises on purpose; `exit_code` is what the command line returns."""

    exit_code = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Carry every field from one process to another: errors are made with keywords, which exceptions do not keep."""
        return _as_raised, (type(self), self.args), dict(self.__dict__)


def _as_raised(kind: type[IsthmusError], args: tuple[object, ...]) -> IsthmusError:
    """Return an error as it was raised, without asking its constructor again."""
    error = kind.__new__(kind)
    error.args = args
    return error


class BadInputError(IsthmusError):
    """Input that cannot be used.

    Parameters
    ----------
    where
        File with row, or array with the label of the cell.
    problem
        What was found there.
    allowed
        What would be accepted.
    remedy
        What the user should do next.
    """

    exit_code = 2

    def __init__(self, where: str, problem: str, *, allowed: str, remedy: str) -> None:
        self.where, self.problem, self.allowed, self.remedy = where, problem, allowed, remedy
        super().__init__(f"{where}: {problem}. Allowed: {allowed}. To do: {remedy}.")


class NotConvergedError(IsthmusError):
    """A solver stopped before its residuals were small enough; `trace` holds the residuals of each iteration."""

    exit_code = 3

    def __init__(self, message: str, trace: Sequence[Mapping[str, object]]) -> None:
        self.trace = tuple(dict(step) for step in trace)
        super().__init__(message)


class InfeasibleError(IsthmusError):
    """No solution satisfies the constraints; `detail` names what cannot be met."""

    exit_code = 3

    def __init__(self, message: str, detail: Mapping[str, Any]) -> None:
        self.detail = dict(detail)
        super().__init__(message)
