"""A quantity found in a statement, and a statement taken apart into its quantities and years, and what it says by one of them."""

from dataclasses import dataclass

from isthmus.plans.dates import Year
from isthmus.plans.grammar import Grammar
from isthmus.plans.plan import Kind


@dataclass(frozen=True)
class Quantity:
    """A quantity in a statement: span (sign and unit included), value, unit and what it is.

    `form` is digits, words, fraction, rank or multiple; `bound` is set for the two ends of a range; `operator` where
    the quantity itself implies one or words right behind it give one; `ratio` is the denominator of a ratio unit;
    `direction` that of a multiple in a word; `signed` and `plus` tell a minus and a plus in front; `told`
    why its clause is no aim of the plan (see `voice.judged`), `sure` that it is one whatever its clause tells (`aims.marked`).
    """

    start: int
    end: int
    value: float
    unit: str
    form: str
    known: bool
    bound: str = ""
    operator: str = ""
    ratio: str = ""
    direction: str = ""
    signed: bool = False
    scale: float = 1.0
    plus: bool = False
    told: str = ""
    sure: bool = False


@dataclass(frozen=True)
class Reading:
    """A statement taken apart: quantities and years in order; `text` has years and masked digits blanked, `source` not.

    `grammar` has the words of its language. Figures of a year up to `reported_to` that no word of the future introduces are
    reports.
    """

    quantities: tuple[Quantity, ...]
    years: tuple[Year, ...]
    text: str
    source: str
    grammar: Grammar
    reported_to: int = 0

    @property
    def steps(self) -> bool:
        """Whether it has two years, a past and a coming one (in 2020 it was 42, in 2035 it will be 68)."""
        return [year.year <= self.reported_to for year in self.years] == [True, False]


@dataclass(frozen=True)
class Finding:
    """What a statement says by one quantity; `window` is the span of text that names the indicator."""

    kind: Kind
    operator: str
    value: float | None
    unit: str
    direction: str
    year: int | None
    base_year: int | None
    base_value: float | None
    start: int
    end: int
    window: tuple[int, int]


def way_from_start(finding: Finding) -> str:
    """Return where an amount goes from its start value, whatever its words say (bring it to 40 from 83), else what they say.

    A strict bound on the other side of it (below 1 from 0.7) tells of no way.
    """
    value, base = finding.value, finding.base_value
    if finding.kind not in (Kind.LEVEL, Kind.CUMULATIVE) or value is None or base is None:
        return finding.direction
    way = "up" if value > base else "down" if value < base else ""
    return "" if way == {"<": "up", ">": "down"}.get(finding.operator) else way
