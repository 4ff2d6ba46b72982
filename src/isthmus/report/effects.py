"""The computed effects of the plans, looked up by economy, component and year for the chapters that speak of them."""

from dataclasses import dataclass
from math import floor, log10

from isthmus.report.locale import NO_BREAK, Translator, decimals
from isthmus.study.value import ValueSection

THIRD = "third"
"""Code of the income-weighted group of all third countries."""

MORE_DIGITS = 1
"""Decimals that an end close to zero may add to those of its whole range; nearer to zero they are its own alone."""
MOST_DIGITS = 9
"""Decimals of an end at most."""


@dataclass(frozen=True)
class ToldEffect:
    """A change of real income in percent with its 5th and 95th percentile."""

    low: float
    central: float
    high: float

    @property
    def has_zero(self) -> bool:
        """Whether zero lies within the range."""
        return self.low <= 0 <= self.high

    def sign(self) -> int:
        """Return 1 or -1 when the whole range lies on one side of zero, else 0."""
        return 0 if self.has_zero else 1 if self.low > 0 else -1

    def digits(self, *values: float) -> int:
        """Return the decimals to write values with: a few more where a range on one side of zero would end at a zero."""
        least = decimals(*values)
        if not self.sign():
            return least
        nearest = min(abs(self.low), abs(self.high))
        enough = (n for n in range(least, least + MORE_DIGITS + 1) if round(nearest, n) != 0)
        return next(enough, least)

    def end_digits(self, *values: float) -> tuple[int, int]:
        """Return the decimals of each end: those of `digits`, and for an end next to zero those of its first figure."""
        digits = self.digits(*values)
        near = [self.sign() and round(end, digits) == 0 for end in (self.low, self.high)]
        first, last = (
            min(MOST_DIGITS, -floor(log10(abs(end)))) if close else digits
            for end, close in zip((self.low, self.high), near, strict=True)
        )
        return first, last

    def ends(self, text: Translator) -> str:
        """Write the range with signs."""
        return text.percent_range(self.low, self.high, self.end_digits(self.low, self.high), signed=True)

    def middle(self, text: Translator, more: int = 0) -> str:
        """Write the central value with its sign, where asked with `more` decimals than its range needs."""
        return self._middle(text, self.digits(self.low, self.high, self.central) + more)

    def row(self, text: Translator, term: str, more: int = 0) -> tuple[str, str, str]:
        """Write a card's row: term, central value with `more` decimals, range."""
        digits = self.end_digits(self.low, self.high, self.central)
        return term, self.middle(text, more), text.range(self.low, self.high, digits, signed=True)

    def both(self, text: Translator) -> str:
        """Write the central value followed by its range."""
        values = self.low, self.high, self.central
        inner = text.range(self.low, self.high, self.end_digits(*values), signed=True).replace(" ", NO_BREAK)
        return text("common.with_range", central=self._middle(text, self.digits(*values)), range=inner)

    def _middle(self, text: Translator, digits: int) -> str:
        """Write the central value, with one decimal more where it would read 0: a range around zero is no finding of zero."""
        close = self.central != 0 and round(self.central, digits) == 0
        return text("common.percent", value=text.number(self.central, digits + 1 if close else digits, signed=True))


class ToldEffects:
    """Effects of the section ``value`` with the names of economies in one language."""

    def __init__(self, section: ValueSection, text: Translator) -> None:
        self.partners, self.deadline, self.review = section.partners, section.deadline, section.review
        self._names = section.economy_names
        self._text = text
        self._rows = {
            (row.economy, row.component, row.year): ToldEffect(row.low, row.median, row.high)
            for row in section.effects.rows
        }

    def __call__(self, economy: str, component: str, year: int | None = None) -> ToldEffect | None:
        """Return an effect, of the deadline's year unless another is named; None where it was not computed."""
        return self._rows.get((economy, component, self.deadline if year is None else year))

    def name(self, code: str) -> str:
        """Return the name of an economy or of third countries together."""
        if code == THIRD:
            return self._text("common.third")
        return self._text.named(self._names.get(code, {}), code)

    def third_countries(self, component: str) -> dict[str, ToldEffect]:
        """Return the effect on each single third country, largest gain first."""
        known = {
            code: effect
            for (code, name, year), effect in self._rows.items()
            if name == component and year == self.deadline and code not in (*self.partners, THIRD)
        }
        return dict(sorted(known.items(), key=lambda item: -item[1].central))
