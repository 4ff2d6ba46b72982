"""Two statements side by side, with what they share and how near they are."""

from dataclasses import dataclass
from itertools import product

from isthmus.alignment.statement import DOWN, UP, ComparableNumber, Statement, comparable, equal

BORDER = "border"
"""The field of border procedures."""
INDICATOR, SUBJECT, FLOW = 0.3, 0.5, 0.01
"""Scores below which two statements are of different indicators, of different subjects, and too far for flows.

Who delivers to whom, and whether an aim is turned round, is read off a shared object and needs less nearness: buyer and
seller use other words."""


@dataclass(frozen=True)
class StatementPair:
    """Two statements with the objects they share and the fields of these; `matched` ones are taken to be of one subject.

    `own` are narrow objects that the indicators of both say themselves.
    """

    left: Statement
    right: Statement
    score: float
    matched: bool
    shared: frozenset[str]
    groups: frozenset[str]
    own: frozenset[str] = frozenset()

    def near(self, apart: float) -> bool:
        """Whether the statements are near enough for what needs some score; a shared object needs less."""
        return self.matched or self.score >= (FLOW if self.shared else apart)

    @property
    def numbers(self) -> list[tuple[ComparableNumber, ComparableNumber]]:
        """Every number of one side with every number of the other."""
        return list(product(self.left.quantities, self.right.quantities))

    @property
    def opposed(self) -> bool:
        """Whether one side wants more and the other less."""
        return {self.left.direction, self.right.direction} == {UP, DOWN}

    @property
    def one_way(self) -> bool:
        """Whether both sides want more, or both want less."""
        return self.left.direction == self.right.direction != ""

    @property
    def shares(self) -> bool:
        """Whether a side speaks of a share of a whole (renewables in consumption)."""
        return any("share" in side.reading.measures for side in (self.left, self.right))

    @property
    def one_measure(self) -> bool:
        """Whether the measures named do not contradict each other."""
        a, b = self.left.reading.measures, self.right.reading.measures
        return not a or not b or bool(a & b)

    @property
    def measures_agree(self) -> bool:
        """Whether both sides name a common measure, or neither names any; no share has a common one with what is none."""
        a, b = self.left.reading.measures, self.right.reading.measures
        return a == b or (bool(a & b) and ("share" in a) == ("share" in b))

    @property
    def other_year(self) -> bool:
        """Whether both sides name years and none of them is common."""
        return bool(self.left.years and self.right.years) and not self.left.years & self.right.years

    @property
    def one_indicator(self) -> bool:
        """Whether object and measure named on both sides do not contradict each other."""
        named = self.left.reading.objects and self.right.reading.objects
        return self.one_measure and (bool(self.shared) or not named or self.score >= 0.8)

    @property
    def one_figure(self) -> bool:
        """Whether both give one number for one year of one object: then a measure named beside it does not part them."""
        alike = ((a, b) for a, b in self.numbers if comparable(a, b) and equal(a, b))
        return bool(self.shared) and any(a.year == b.year is not None for a, b in alike)

    @property
    def procedural(self) -> bool:
        """Whether both sides are about a border procedure and nothing else, or both act on one."""
        acts = all("procedure" in side.reading.cues for side in (self.left, self.right))
        return self.groups == {BORDER} or (acts and BORDER in self.groups)
