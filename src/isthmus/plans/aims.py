"""Which numbers of a statement its body sets as aims: what a language model that was fitted to marked plans holds likely.

The rules read the number and say whether it is an aim; the model overrules them where it is sure (see the decision *A small
language model that tells aims*).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Protocol

import numpy as np

from isthmus.plans.encoder import Encoder, Floats
from isthmus.plans.quantity import Finding, Reading
from isthmus.plans.unigram import ENDS, OPENS, Vocabulary, pieces_of
from isthmus.plans.units import CURRENCIES

UNLIKELY = "unlikely to be an aim"
"""Reason of a number that the rules took for an aim, and the model does not."""
HARDLY, NEVER, SURELY, _MANY = 0.01, 0.002, 0.9, 12
"""Below the first, what the rules took for an aim is none; below the second, where its list or heading says aims; from the third
on a number is an aim though its words tell a fact, in a statement that has not so many that it is the cells of a table."""
_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?|(?!\w\s)\w+")
BEFORE_SIGNS, BEFORE, LONGEST = 260, 48, 260
"""Letters and pieces of what stands in front that are looked at, and pieces of a statement."""


class Weigh(Protocol):
    """Says how likely each place of a text holds a number that is an aim."""

    def __call__(self, before: str, text: str, places: Sequence[int]) -> list[float | None]:
        """Return a probability for each place; None for one that is not looked at."""


@dataclass(frozen=True)
class AimClassifier:
    """An encoder with a layer over it that tells numbers that are aims from others.

    Attributes
    ----------
    vocabulary
        Number and chance of each piece.
    encoder
        What the pieces mean where they stand.
    weights, bias
        Of the layer: for no aim and for an aim, (width, 2) and (2,).
    """

    vocabulary: Vocabulary
    encoder: Encoder
    weights: Floats
    bias: Floats

    def __call__(self, before: str, text: str, places: Sequence[int]) -> list[float | None]:
        """Return how likely the number at each place of a text is an aim, rounded to thousandths.

        Parameters
        ----------
        before
            What stands in front of the text; its last `BEFORE_SIGNS` letters are looked at.
        text, places
            A statement, and where its numbers begin.
        """
        front = [piece.number for piece in pieces_of(before[-BEFORE_SIGNS:], self.vocabulary)][-BEFORE:]
        own = pieces_of(text, self.vocabulary)[:LONGEST]
        first = len(front) + 2
        pieces = [OPENS, *front, ENDS, *(piece.number for piece in own), ENDS]
        at = [max((n for n, piece in enumerate(own) if piece.start <= place), default=None) for place in places]
        whole = len(own) < LONGEST or not own
        rows = self.encoder(pieces, [0] * first + [1] * (len(own) + 1), [first + (n or 0) for n in at])
        score = rows @ self.weights + self.bias
        likely = 1.0 / (1.0 + np.exp(score[:, 0] - score[:, 1]))
        seen = (n is not None and (whole or place <= own[-1].start) for n, place in zip(at, places, strict=True))
        return [round(float(p), 3) if known else None for p, known in zip(likely, seen, strict=True)]


def likely_aims(reading: Reading, text: str, own: str, before: str, weigh: Weigh) -> dict[int, float]:
    """Return how likely each quantity of a statement is an aim, by its start; none of what is not looked at.

    Parameters
    ----------
    reading, text
        The statement as the rules see it.
    own, before
        The statement as it is written, and the sentences in front of it: without any, nothing is looked at, since the model
        was fitted to sentences of documents.
    """
    places = dict[int, int]()
    for quantity in reading.quantities if before else ():
        if figure := _FIGURE.search(text, quantity.start, quantity.end):
            alone = re.compile(rf"(?<![\d.,A-Za-zА-яЁё]){re.escape(figure[0])}(?!\d|[.,]\d)")
            found = [match.start() for match in alone.finditer(own)]
            if found:  # one of them may be the number of an item or a note: the words around tell
                places[quantity.start] = max(found, key=lambda at: _in_common((text, figure.start()), (own, at)))
    starts = sorted(places)
    weighed = zip(starts, weigh(before, own, [places[start] for start in starts]) if places else [], strict=True)
    return {start: likely for start, likely in weighed if likely is not None}


def _in_common(first: tuple[str, int], second: tuple[str, int]) -> int:
    """Return how many letters around a place of one text are those around a place of another."""
    (text, start), (own, at) = first, second
    sides = (zip(text[start:], own[at:], strict=False), zip(text[:start][::-1], own[:at][::-1], strict=False))
    return sum(len([*takewhile(lambda pair: pair[0] == pair[1], side)]) for side in sides)


def marked(reading: Reading, likely: Mapping[int, float]) -> Reading:
    """Return a statement with the quantities marked that surely are aims; of amounts of money most that look so are spent."""
    asked = reading.quantities if len(reading.quantities) < _MANY else ()
    sure = {q.start for q in asked if likely.get(q.start, 0.0) >= SURELY and q.unit not in CURRENCIES}
    return replace(reading, quantities=tuple(replace(q, sure=q.start in sure) for q in reading.quantities))


def kept(findings: Sequence[Finding], likely: Mapping[int, float], *, listed: bool = False) -> list[Finding]:
    """Return findings without the numbers that the model takes for no aims; `listed` where their list or heading says aims."""
    least = NEVER if listed else HARDLY
    return [f for f in findings if f.value is None or likely.get(f.start, 1.0) >= least]
