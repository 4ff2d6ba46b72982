"""A total with the parts that it is made of, told in one sentence (40,000 jobs as follows: in trade 25,000; tourism 15,000)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from isthmus.plans.plan import Target

_PART = re.compile(r"(?:[^\W\d_]{1,3} ){0,2}(?P<name>[^\W\d_][^\d;:]*?)[ –-]+(?P<value>\d[\d,]*)\W*")
"""The name of a part and its number; short words may join it and lead to its name."""
_FEWEST, _NEAR = 3, 0.2
"""So many parts at least, and how far their sum may be from the total, as a share of it."""


def parts_of_total(made: Sequence[Target], text: str) -> list[Target]:
    """Return a target for each part that a statement tells behind the one total it gives; nothing where they do not add up."""
    total = [target for target in made if target.value is not None]
    pieces = [piece.strip() for piece in text.rpartition(": ")[2].split(";")]
    parts = [part for piece in pieces if (part := _PART.fullmatch(piece))]
    if len(total) != 1 or not _FEWEST <= len(parts) == len(pieces):
        return []
    whole, values = total[0], [float(part["value"].replace(",", "")) for part in parts]
    if whole.value is None or abs(sum(values) - whole.value) > _NEAR * whole.value:
        return []
    return [
        replace(whole, value=value, operator="=", indicator=f"{whole.indicator}: {part['name']}")
        for part, value in zip(parts, values, strict=True)
    ]
