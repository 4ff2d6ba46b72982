"""What a language's grammar of targets consists of; the tables of the lexicon fill it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.plans.numbers import Numerals

Sensed = Sequence[tuple[str, str]]
"""Patterns that are tried one after the other, each with its sense."""


@dataclass(frozen=True, eq=False)
class Grammar:
    """Words of one language as patterns; all match normalised, lower-cased text.

    Attributes
    ----------
    patterns
        The pattern of each class of the table of classes, which says what it stands for; ``grammar.up`` is that of ``up``.
    numerals
        How numbers are written.
    periods
        First and last year of the plan periods that texts call by a number.
    years
        Patterns of years, each with the part it plays.
    units
        Patterns of units, each with its name and the factor of its conversion.
    signs
        Currencies by the pattern of their sign in front of an amount.
    masks
        Digits that are no values: law and chapter numbers (before years are read, or blanked after), or parts of a name.
    ratios
        Denominators of ratio units; a group called n holds the count.
    bounds_before, bounds_after
        Operator by the pattern that ends in front of a quantity or starts behind it.
    relative
        Operator by the pattern of a comparison with another quantity's growth or an average.
    ranks, multiples
        Ranks with their operator; multiples in a word with value and direction.
    spaced
        Whether words are written apart.
    says_aims
        Whether an aim has a word or a year that says so; what has none is a fact.
    half_is_multiple
        Whether a change by half is a multiple.
    """

    lang: str
    patterns: Mapping[str, str]
    numerals: Numerals
    periods: Mapping[str, tuple[int, int]]
    years: Sensed
    units: Sequence[tuple[str, str, float]]
    signs: Sensed
    masks: Sensed
    ratios: Sensed
    bounds_before: Sensed
    bounds_after: Sensed
    relative: Sensed
    ranks: Sensed
    multiples: Sensed
    spaced: bool
    says_aims: bool
    half_is_multiple: bool

    def __post_init__(self) -> None:
        """Make each class of words an attribute."""
        self.__dict__.update(self.patterns)

    def __getattr__(self, name: str) -> str:
        """Say that there is no such class; those of the table are attributes."""
        raise AttributeError(f"the table of classes has no {name}")
