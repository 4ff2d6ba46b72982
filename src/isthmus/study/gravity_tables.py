"""The rows of the gravity equation behind the border's frontier: it is one for the whole world, whatever pair is looked at."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.study.columns import Year
from isthmus.study.section import key, measure, note

Group = Annotated[str, key("group of sectors")]


@dataclass(frozen=True)
class CoefficientRow:
    """A coefficient of the gravity equation."""

    group: Group
    year: Year
    term: Annotated[str, key("variable")]
    estimate: Annotated[float | None, measure("1", "coefficient")]
    se: Annotated[float | None, measure("1", "standard error, by jackknife over clusters")]
    low: Annotated[float | None, measure("1", "lower end of the 90 % interval")]
    high: Annotated[float | None, measure("1", "upper end of the 90 % interval")]


@dataclass(frozen=True)
class FitRow:
    """A fit of the gravity equation."""

    group: Group
    year: Year
    observations: Annotated[int, measure("observations", "number of observations")]
    clusters: Annotated[int, measure("clusters", "number of clusters")]
    pinned_clusters: Annotated[int, measure("clusters", "clusters without which a coefficient is not identified")]
    converged: Annotated[bool, note("whether the fit converged")]
    residual: Annotated[float, measure("1", "largest residual of the first-order conditions")]
    pseudo_r2: Annotated[float | None, measure("1", "pseudo R squared")]


@dataclass(frozen=True)
class DroppedRow:
    """Observations that the gravity equation left out."""

    group: Group
    year: Year
    reason: Annotated[str, key("why")]
    labels: Annotated[str, note("which, with ;")]
    observations: Annotated[int, measure("observations", "number of observations")]
