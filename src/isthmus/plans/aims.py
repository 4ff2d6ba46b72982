"""Which numbers of a statement its body sets as aims, and when these are due: what a fitted language model holds likely.

The rules read the number and say whether it is an aim; the model overrules them where it is sure, and names a year of what
stands in front where nothing else tells one (see the decision *A small language model that tells aims*).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from isthmus.plans.quantity import Finding, Reading
from isthmus.plans.unigram import ENDS, OPENS, Piece, Vocabulary, pieces_of
from isthmus.plans.units import CURRENCIES

Floats = NDArray[np.float32]
UNLIKELY = "unlikely to be an aim"
"""Reason of a number that the rules took for an aim, and the model does not."""
HARDLY, NEVER, SURELY, _MANY = 0.01, 0.002, 0.9, 12
"""Below the first, what the rules took for an aim is none; below the second, where its list or heading says aims; from the third
on a number is an aim though its words tell a fact, in a statement that has not so many that it is the cells of a table."""
_SURELY_DUE = 0.9
"""From here on a number is due in the year that the model names."""
BY_WORDS = "due in the year that a language model takes from its sentence or those in front"
"""Note of a target whose year nothing but the model tells."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:(\s*[-–/]\s*)((?:19|20)?\d\d))?(?!\d)")
_LONGEST_SPAN, _TWO = 15, 2
"""Years of a span whose last one is in two digits right behind its dash; behind a space it is the next one (1982- 83)."""
_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?|(?!\w\s)\w+")
BEFORE_SIGNS, BEFORE, LONGEST = 260, 48, 260
"""Letters and pieces of what stands in front that are looked at, and pieces of a statement."""


@dataclass(frozen=True)
class Weighed:
    """How likely a number is an aim, and the year that it surely is due in; None where the model knows none."""

    likely: float
    due: int | None = None


class Weigh(Protocol):
    """Says how likely each place of a text holds a number that is an aim."""

    def __call__(self, before: str, text: str, places: Sequence[int]) -> list[Weighed | None]:
        """Return what each place holds; None for one that is not looked at."""


class AimNetwork(Protocol):
    """A language model with layers over it that tell numbers that are aims from others, and the years of these."""

    def __call__(
        self, pieces: Sequence[int], segments: Sequence[int], numbers: Sequence[int], named: Sequence[int], /
    ) -> tuple[Floats, Floats]:
        """Return how likely each number is an aim, (numbers,), and the share of each year in when it is due, (numbers, named).

        Parameters
        ----------
        pieces, segments
            Pieces of what is looked at, by number, and whether each belongs to what stands in front (0) or to the statement (1).
        numbers, named
            Which pieces begin numbers, and which begin years; the first of these, that of the whole text, stands for no year.
        """


@dataclass(frozen=True)
class AimClassifier:
    """A network and the pieces that it knows: number and chance of each."""

    vocabulary: Vocabulary
    network: AimNetwork

    def __call__(self, before: str, text: str, places: Sequence[int]) -> list[Weighed | None]:
        """Return how likely the number at each place of a text is an aim, rounded to thousandths, and when it is due.

        Parameters
        ----------
        before
            What stands in front of the text; its last `BEFORE_SIGNS` letters are looked at.
        text, places
            A statement, and where its numbers begin.
        """
        before = before[-BEFORE_SIGNS:]
        front, own = pieces_of(before, self.vocabulary)[-BEFORE:], pieces_of(text, self.vocabulary)[:LONGEST]
        first = len(front) + 2
        pieces = [OPENS, *(piece.number for piece in front), ENDS, *(piece.number for piece in own), ENDS]
        at = [piece_at(own, place) for place in places]
        years = [*years_of(before, front, 1), *years_of(text, own, first)]
        segments = [0] * first + [1] * (len(own) + 1)
        likely, shares = self.network(
            pieces, segments, [first + n for n in at if n is not None], [0, *(n for n, _ in years)]
        )
        told = iter(zip(likely, shares, strict=True))
        return [None if n is None else _weighed(*next(told), [year for _, year in years]) for n in at]


def _weighed(likely: float, shares: Floats, years: Sequence[int]) -> Weighed:
    return Weighed(round(float(likely), 3), _surely_due(shares, years))


def piece_at(pieces: Sequence[Piece], place: int) -> int | None:
    """Return which piece holds a place of a text, None where none does, or where what follows may have been cut off."""
    at = max((n for n, piece in enumerate(pieces) if piece.start <= place), default=None)
    return None if at == LONGEST - 1 and pieces[at].start < place else at


def named_years(text: str) -> list[tuple[int, int, int]]:
    """Return where a text names years, from and to, and which, the last one of a span (2025-26, 2021-2025)."""
    return [(*m.span(), _last_of(m)) for m in _YEAR.finditer(text)]


def _last_of(span: "re.Match[str]") -> int:
    first, dash, last = int(span[1]), span[2], span[3]
    if not last:
        return first
    end = int(last) if len(last) > _TWO else first // 100 * 100 + int(last) + 100 * (int(last) <= first % 100)
    glued = not dash.strip("-–/") and not re.match(r"[-%]", span.string[span.end() :])
    return end if end == first + 1 or (glued and first < end <= first + _LONGEST_SPAN) or len(last) > _TWO else first


def years_of(text: str, pieces: Sequence[Piece], first: int) -> list[tuple[int, int]]:
    """Return the piece of each year that a text names, counted from `first`, and the year."""
    named = ((piece_at(pieces, place), year) for place, _, year in named_years(text))
    return [(first + at, year) for at, year in named if at is not None]


def _surely_due(shares: Floats, years: Sequence[int]) -> int | None:
    """Return the year in which a number almost surely is due, by thousandths; the first share is that of no year."""
    fits = Counter[int]()
    for year, share in zip(years, shares[1:], strict=True):
        fits[year] += float(share)  # type: ignore[assignment]
    year, best = max(fits.items(), key=lambda entry: entry[1], default=(0, 0.0))
    return year if round(best, 3) >= _SURELY_DUE else None


def likely_aims(reading: Reading, text: str, own: str, before: str, weigh: Weigh) -> dict[int, Weighed]:
    """Return how likely each quantity of a statement is an aim, by its start; none of what is not looked at.

    Parameters
    ----------
    reading, text
        The statement as the rules see it.
    own, before
        The statement as it is written, and the sentences in front of it: without any, nothing is looked at, since the model
        was fitted to sentences of documents.
    """
    places, opening = dict[int, int](), set[int]()
    for quantity in reading.quantities if before else ():
        if figure := _FIGURE.search(text, quantity.start, quantity.end):
            alone = re.compile(rf"(?<![\d.,A-Za-zА-яЁё]){re.escape(figure[0])}(?!\d|[.,]\d)")
            found = [match.start() for match in alone.finditer(own)]
            if found:  # one of them may be the number of an item or a note: the words around tell
                at = max(found, key=lambda at: _in_common((text, figure.start()), (own, at)))
                places[quantity.start] = at
                opening |= {quantity.start} if quantity.known and not at else set()
    starts = sorted(places)
    weighed = zip(starts, weigh(before, own, [places[start] for start in starts]) if places else [], strict=True)
    told = {start: found for start, found in weighed if found is not None}
    return {
        start: own
        for start, own in told.items()
        if own.likely >= HARDLY or start not in opening  # to the model a number in front of all is that of an item
    }


def _in_common(first: tuple[str, int], second: tuple[str, int]) -> int:
    """Return how many letters around a place of one text are those around a place of another."""
    (text, start), (own, at) = first, second
    sides = (zip(text[start:], own[at:], strict=False), zip(text[:start][::-1], own[:at][::-1], strict=False))
    return sum(len([*takewhile(lambda pair: pair[0] == pair[1], side)]) for side in sides)


def marked(reading: Reading, weighed: Mapping[int, Weighed]) -> Reading:
    """Return a statement with the quantities marked that surely are aims; of amounts of money most that look so are spent."""
    asked = reading.quantities if len(reading.quantities) < _MANY else ()
    known = (q for q in asked if q.start in weighed and q.unit not in CURRENCIES)
    sure = {q.start for q in known if weighed[q.start].likely >= SURELY}
    return replace(reading, quantities=tuple(replace(q, sure=q.start in sure) for q in reading.quantities))


def kept(findings: Sequence[Finding], weighed: Mapping[int, Weighed], *, listed: bool = False) -> list[Finding]:
    """Return findings without the numbers that the model takes for no aims; `listed` where their list or heading says aims.

    Of a statement with so many that it is a list of names and values all stay.
    """
    if len(findings) >= _MANY:
        return list(findings)
    least = NEVER if listed else HARDLY
    return [f for f in findings if f.value is None or f.start not in weighed or weighed[f.start].likely >= least]
