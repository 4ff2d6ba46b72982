"""Where a number comes from and how far it can be trusted."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from isthmus.core.draws import unit_draws
from isthmus.core.errors import BadInputError


class Status(StrEnum):
    """How a fact was established; everything but VERIFIED and QUOTED is marked wherever it shows."""

    VERIFIED = "verified"
    QUOTED = "quoted"
    ASSUMED = "assumed"
    UNVERIFIED = "unverified"


class Grade(StrEnum):
    """How a wedge was established."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    EXPERT = "expert"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class Parameter:
    """One entry of the parameter ledger: a number with its range and its source.

    `low` and `high` bound what the literature supports; `value` is the central reading, `unit` its unit. `descriptions`
    holds the description in further languages. `grade` says how the number was established where the status alone does not;
    what is assumed or unverified has no better grade than assumed. Entries with the same word in `together` rest on one
    number and are drawn alike.
    """

    name: str
    description: str
    unit: str
    value: float
    low: float
    high: float
    source: str
    status: Status
    valid_from: int | None = None
    page: str = ""
    address: str = ""
    note: str = ""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    grade: Grade | None = None
    together: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise BadInputError(
                f"parameter {self.name}",
                f"low {self.low}, value {self.value}, high {self.high} are not in order",
                allowed="low <= value <= high",
                remedy="correct the entry in the ledger",
            )
        if not self.source.strip():
            raise BadInputError(
                f"parameter {self.name}",
                "source is empty",
                allowed="a publication, a data set or the word assumed with a reason",
                remedy="name the source",
            )
        if self.grade not in (None, Grade.ASSUMED) and self.status in (Status.ASSUMED, Status.UNVERIFIED):
            raise BadInputError(
                f"parameter {self.name}",
                f"grade is {self.grade} where the status is {self.status}",
                allowed="assumed, or no grade",
                remedy="name the source that was read and its status, or drop the grade",
            )


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What others found for a question near that of a study; `low` and `high` are None where only one end or none was seen."""

    id: str
    authors: str
    year: int
    address: str
    simulated: str
    measure: str
    whom: str
    low: float | None
    high: float | None
    unit: str
    status: Status
    note: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was simulated, and for whom, in further languages, by column and language."""


@dataclass(frozen=True)
class Ledger:
    """All assumed numbers of a study, by name."""

    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Parameter:
        if name not in self.parameters:
            raise BadInputError(
                f"parameter {name}",
                "is used but not in the ledger",
                allowed=", ".join(sorted(self.parameters)),
                remedy="add the entry to the ledger or correct the name",
            )
        return self.parameters[name]

    def central(self) -> dict[str, float]:
        """Return every parameter at its central value."""
        return {name: p.value for name, p in self.parameters.items()}

    def medians(self) -> dict[str, float]:
        """Return every parameter at the median of what is drawn of it (see `draw_table`)."""
        half = np.array([0.5])
        return {name: float(_triangular(half, p)[0]) for name, p in self.parameters.items()}

    def draws(self, count: int, seed: int) -> list[dict[str, float]]:
        """Return `count` draws over all parameters (see `draw_table`), parameter by parameter, in the order of their names."""
        names, table = sorted(self.parameters), self.draw_table(count, seed)
        return [dict(zip(names, map(float, row), strict=True)) for row in table]

    def draw_table(self, count: int, seed: int, given: np.ndarray | None = None) -> np.ndarray:
        """Return `count` draws over all parameters, (draw, parameter in the order of their names).

        A Latin hypercube without correlation between parameters, nor with the columns of `given`, is turned into a triangular
        distribution on low, value (the mode) and high. Entries that rest on one number share a column. Equal arguments give
        equal draws.
        """
        names = sorted(self.parameters)
        if not names:
            return np.zeros((count, 0))
        keys = [self.parameters[name].together or name for name in names]
        column = {key: at for at, key in enumerate(dict.fromkeys(keys))}
        unit = unit_draws(count, len(column), seed, given)
        drawn = zip(names, keys, strict=True)
        return np.stack([_triangular(unit[:, column[key]], self.parameters[name]) for name, key in drawn], axis=1)


@dataclass(frozen=True)
class Repair:
    """One kind of change made to input so that it could be used: counted, measured and always shown."""

    where: str
    what: str
    count: int
    size: float = 0.0
    unit: str = ""


def digest(parts: Iterable[str | bytes]) -> str:
    """Return a SHA-256 over `parts`, each preceded by its length, so that a shifted boundary changes the digest."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        total.update(f"{len(raw)}:".encode())
        total.update(raw)
    return total.hexdigest()


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the 5th and 95th percentile, the product's low and high of a model result."""
    low, high = np.percentile(np.asarray(values, dtype=float), [5, 95])
    return float(low), float(high)


def _triangular(unit: np.ndarray, p: Parameter) -> np.ndarray:
    """Map uniform numbers to the triangular distribution of a parameter."""
    width = p.high - p.low
    if width == 0:
        return np.full_like(unit, p.value)
    mode = (p.value - p.low) / width
    left = p.low + width * np.sqrt(unit * mode)
    right = p.high - width * np.sqrt((1 - unit) * (1 - mode))
    return np.where(unit <= mode, left, right)
