"""Two statements side by side, with what they share and how near they are."""

from dataclasses import dataclass

from isthmus.alignment.glossary import Glossary
from isthmus.alignment.judgement import Strictness
from isthmus.alignment.statement import Statement, comparable, equal

BORDER = "border"
"""The field of border procedures."""


@dataclass(frozen=True)
class StatementPair:
    """Two statements with what they share."""

    left: Statement
    right: Statement
    score: float
    shared: frozenset[str]
    glossary: Glossary

    def near(self, limits: Strictness) -> bool:
        """Whether the statements are near enough to be of one indicator; a shared object needs less."""
        return self.score >= (limits.flow if self.shared else limits.indicator)

    @property
    def one_measure(self) -> bool:
        """Whether the measures named do not contradict each other."""
        a, b = self.left.reading.measures, self.right.reading.measures
        return not a or not b or bool(a & b)

    @property
    def counted(self) -> bool:
        """Whether both sides give numbers."""
        return bool(self.left.quantities and self.right.quantities)

    @property
    def other_year(self) -> bool:
        """Whether both sides name years and none of them is common."""
        return bool(self.left.years and self.right.years) and not self.left.years & self.right.years

    @property
    def measures_agree(self) -> bool:
        """Whether both sides name a common measure, or neither names any."""
        a, b = self.left.reading.measures, self.right.reading.measures
        return bool(a & b) or not (a or b)

    @property
    def one_indicator(self) -> bool:
        """Whether object and measure named on both sides do not contradict each other."""
        named = self.left.reading.objects and self.right.reading.objects
        return self.one_measure and (bool(self.shared) or not named or self.score >= 0.8)

    @property
    def one_figure(self) -> bool:
        """Whether both give one number for one year of one object: then a measure named beside it does not part them."""
        figures = ((a, b) for a in self.left.quantities for b in self.right.quantities if comparable(a, b))
        return bool(self.shared) and any(equal(a, b) and a.year == b.year is not None for a, b in figures)

    @property
    def procedural(self) -> bool:
        """Whether both sides are about a border procedure and nothing else, or both act on one."""
        acts = "procedure" in self.left.reading.cues and "procedure" in self.right.reading.cues
        return bool(self.groups) and (self.groups <= {BORDER} or (acts and BORDER in self.groups))

    @property
    def groups(self) -> frozenset[str]:
        """Fields of the shared objects."""
        return frozenset(self.glossary.objects[key].group for key in self.shared)
