"""Which statements of the plans carry a joint measure, to which degree and from when.

A joint measure is worth something as *alignment* only where the plans themselves ask for it. Its support is `both` where
every side's plan has a statement that it carries out, `one` where some side's has, `none` where it lies beyond the plans. An
agreed measure is carried out to the lesser of the degrees that the plans state, from the later of their dates.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from isthmus.levers.lever import Lever

BOTH, ONE, NONE = "both", "one", "none"
SUPPORTS = (BOTH, ONE, NONE)


@dataclass(frozen=True, kw_only=True)
class Support:
    """A plan statement that a joint measure carries out.

    Attributes
    ----------
    lever, partner, statement
        Id of the measure, the side whose plan it is, and the id of the statement or target.
    strength
        How the plan puts it, in the words of the study's table.
    degree
        Name of the ledger entry with the degree that the statement asks for.
    year
        First year of effect that it asks for; None where it names none.
    assumed
        Whether the degree is not in the statement but our reading.
    """

    lever: str
    partner: str
    statement: str
    strength: str
    degree: str
    year: int | None = None
    assumed: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What both plans ask of one joint measure.

    Attributes
    ----------
    support
        One of `SUPPORTS`.
    statements
        Ids by side.
    degrees
        Names of ledger entries by side; a side without a statement is not in it.
    starts
        First year of effect by side, where a statement names one.
    assumed
        Sides whose degree or date is assumed.
    """

    support: str
    statements: Mapping[str, tuple[str, ...]]
    degrees: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, int]
    assumed: tuple[str, ...]


def terms(lever: Lever, supports: Iterable[Support]) -> Terms:
    """Return what the plans ask of a joint measure.

    Several statements of one side ask for the largest of their degrees and the earliest of their dates.
    """
    found: dict[str, list[Support]] = {side: [] for side in lever.partners}
    for support in supports:
        if support.lever == lever.id and support.partner in found:
            found[support.partner].append(support)
    said = {side: rows for side, rows in found.items() if rows}
    years = {side: [row.year for row in rows if row.year is not None] for side, rows in said.items()}
    return Terms(
        support=BOTH if len(said) == len(lever.partners) else ONE if said else NONE,
        statements={side: tuple(row.statement for row in rows) for side, rows in said.items()},
        degrees={side: tuple(row.degree for row in rows) for side, rows in said.items()},
        starts={side: min(listed) for side, listed in years.items() if listed},
        assumed=tuple(
            side
            for side in lever.partners
            if side not in said or not years[side] or all(row.assumed for row in said[side])
        ),
    )


def held(supports: Sequence[Support], statements: Collection[str]) -> tuple[tuple[Support, ...], int]:
    """Return the supports whose statement is in a plan, and the number of those that rest on none and are left out."""
    kept = tuple(support for support in supports if support.statement in statements)
    return kept, len(supports) - len(kept)
