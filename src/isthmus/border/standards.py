"""How far two sides' standards and R&D protocols fit each other, and how sure that is.

Per field of the International Classification for Standards (ICS): each side adopts international references to a
degree and in an edition; the technical match is the weighted mean of the product of both adoptions; what is tested again
is the conformity level. Where only national shares of adoption are known there is no point value, only bounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from isthmus.border.spread import range_columns
from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair, Status


class Degree(StrEnum):
    """Degree of correspondence of a national standard with its reference (ISO/IEC Guide 21-1)."""

    IDENTICAL = "identical"
    MODIFIED = "modified"
    NOT_EQUIVALENT = "not_equivalent"


@dataclass(frozen=True)
class Reference:
    """An international document in force: number without year, ICS codes, number of its edition."""

    number: str
    ics: tuple[str, ...]
    edition: int


@dataclass(frozen=True)
class Adoption:
    """One national standard that adopts an international reference.

    Attributes
    ----------
    standard
        The national standard.
    ics
        Its ICS code, "" where the catalogue gives none.
    adopts
        Number of the reference, without year.
    degree
        How far it corresponds.
    edition
        Edition of the reference it adopts; None where the catalogue does not say.
    """

    standard: str
    ics: str
    adopts: str
    degree: Degree
    edition: int | None = None


@dataclass(frozen=True)
class Catalogue:
    """National standards of one side, with what was left out on reading them."""

    side: str
    adoptions: tuple[Adoption, ...]
    notes: tuple[Repair, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """What both sides recognise in one ICS field: conformity level, and references whose standards count as equal."""

    ics: str
    level: str
    references: frozenset[str] = frozenset()
    source: str = ""


@dataclass(frozen=True)
class Share:
    """Share of international standards that a side has adopted, as a range, where no catalogue is known."""

    side: str
    low: float
    high: float
    source: str
    status: Status
    year: int | None = None
    address: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise BadInputError(
                f"adoption share of {self.side}",
                f"range {self.low} to {self.high}",
                allowed="0 to 1 with low <= high",
                remedy="enter fractions, 0.889 for 88.9 %",
            )


@dataclass(frozen=True)
class Compatibility:
    """Compatibility by ICS field.

    Attributes
    ----------
    fields
        ICS fields (two digits).
    technical, conformity, index
        Over the draws (field, 1 + draws), the run at central values first.
    table
        One row a field: references, adopted by each side, low, central and high of match, conformity and index, basis.
    notes
        What was left out of the count.
    """

    fields: tuple[str, ...]
    technical: Array
    conformity: Array
    index: Array
    table: pd.DataFrame
    notes: tuple[Repair, ...] = field(default_factory=tuple)


POINTS, BOUNDS = "catalogues", "bounds"


def overlap_bounds(left: Share, right: Share) -> tuple[float, float]:
    """Return the smallest and largest share that both sides can have adopted: max(0, A+B-1) to min(A, B)."""
    return max(0.0, left.low + right.low - 1.0), min(left.high, right.high)


def index(technical: ArrayLike, conformity: ArrayLike, alpha: ArrayLike) -> Array:
    """Return the compatibility index ``C^alpha K^(1 - alpha)`` (:eq:`compatibility`); all arguments lie in 0 to 1."""
    c, k, a = (np.asarray(x, dtype=float) for x in (technical, conformity, alpha))
    for name, values in (("technical match", c), ("conformity", k), ("alpha", a)):
        wrong = ~((values >= 0) & (values <= 1))
        if wrong.any():
            raise BadInputError(name, f"found {values[wrong].flat[0]}", allowed="0 to 1", remedy="correct it")
    value: Array = c**a * k ** (1.0 - a)
    return value


def from_shares(
    fields: Sequence[str],
    left: Share,
    right: Share,
    recognition: Sequence[Recognition],
    default_level: str,
    drawn: Mapping[str, Array],
) -> Compatibility:
    """Return bounds where only national shares are known; the same in every field but for its recognition.

    Parameters
    ----------
    fields
        ICS fields.
    left, right
        Shares of adoption.
    recognition
        Conformity levels by field; `default_level` elsewhere.
    default_level
        Name of a ``conformity_...`` parameter.
    drawn
        Draws of the parameters ``overlap_position``, ``index_alpha`` and ``conformity_...`` (1 + draws each).
    """
    low, high = overlap_bounds(left, right)
    technical = np.tile(low + (high - low) * drawn["overlap_position"], (len(fields), 1))
    conformity = _conformity(fields, recognition, default_level, drawn)
    table = pd.DataFrame(
        {"ics": fields, "references": 0, "left_adopted": np.nan, "right_adopted": np.nan, "basis": BOUNDS}
    )
    return _compatibility(fields, technical, conformity, drawn, table, (), technical_bounds=(low, high))


def from_catalogues(
    references: Sequence[Reference],
    left: Catalogue,
    right: Catalogue,
    recognition: Sequence[Recognition],
    default_level: str,
    drawn: Mapping[str, Array],
) -> Compatibility:
    """Return points from two catalogues.

    A reference that a side adopts several times counts once, with its best adoption. Adoptions of references that are
    not in force, or not in the list, do not count; they are counted in the notes.

    Parameters
    ----------
    references
        International references in force.
    left, right
        Catalogues of the two sides.
    recognition, default_level
        As in `from_shares`; references recognised directly match fully.
    drawn
        Draws of ``degree_...``, ``edition_decay``, ``index_alpha`` and ``conformity_...``.
    """
    numbers = {r.number: r for r in references}
    fields = tuple(sorted({code[:2] for r in references for code in r.ics}))
    adopted = [_best(catalogue, numbers, drawn) for catalogue in (left, right)]
    direct = frozenset(ref for item in recognition for ref in item.references)
    technical, rows = np.zeros((len(fields), len(drawn["index_alpha"]))), []
    for f, name in enumerate(fields):
        members = [r.number for r in references if any(code[:2] == name for code in r.ics)]
        technical[f] = np.mean([_match(number, adopted, direct, drawn) for number in members], axis=0)
        rows.append((name, len(members), *(sum(number in side for number in members) for side in adopted), POINTS))
    table = pd.DataFrame(rows, columns=["ics", "references", "left_adopted", "right_adopted", "basis"])
    notes = tuple(n for c in (left, right) for n in (*c.notes, *_unknown(c, numbers)))
    conformity = _conformity(fields, recognition, default_level, drawn)
    return _compatibility(fields, technical, conformity, drawn, table, notes)


def sector_mismatch(compatibility: Compatibility, weights: pd.DataFrame, sectors: Sequence[str]) -> Array:
    """Return 1 - index by sector (sector, 1 + draws).

    Parameters
    ----------
    compatibility
        Index by ICS field.
    weights
        ics, sector, weight: which fields matter for a sector and how much.
    sectors
        Sectors wanted; one that no field is mapped to gets the plain mean over all fields.
    """
    position = {name: i for i, name in enumerate(compatibility.fields)}
    known = weights[weights["ics"].isin(position)]
    mismatch = np.tile(1.0 - compatibility.index.mean(axis=0), (len(sectors), 1))
    for s, sector in enumerate(sectors):
        mine = known[known["sector"] == sector]
        if len(mine) and mine["weight"].sum() > 0:
            share = mine["weight"].to_numpy(dtype=float) / mine["weight"].sum()
            mismatch[s] = 1.0 - share @ compatibility.index[[position[name] for name in mine["ics"]]]
    return mismatch


@dataclass(frozen=True)
class Domain:
    """One domain of R&D protocols: how far the two sides fit, 0 to 1, with its evidence."""

    name: str
    low: float
    central: float
    high: float
    grade: str
    source: str
    status: Status
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.central <= self.high <= 1:
            raise BadInputError(
                f"protocol domain {self.name}",
                f"low {self.low}, central {self.central}, high {self.high}",
                allowed="0 to 1 with low <= central <= high",
                remedy="correct the row",
            )


def protocol_index(domains: Sequence[Domain], drawn: Mapping[str, Array]) -> Array:
    """Return the geometric mean over the domains (1 + draws); one domain without any fit brings it to 0."""
    values = np.stack([drawn[f"protocol:{d.name}"] for d in domains])
    with np.errstate(divide="ignore"):
        mean: Array = np.exp(np.log(values).mean(axis=0))
    return mean


def _conformity(
    fields: Sequence[str], recognition: Sequence[Recognition], default_level: str, drawn: Mapping[str, Array]
) -> Array:
    levels = {item.ics: item.level for item in recognition}
    return np.stack([drawn[levels.get(name, levels.get("*", default_level))] for name in fields])


def _compatibility(
    fields: Sequence[str],
    technical: Array,
    conformity: Array,
    drawn: Mapping[str, Array],
    table: pd.DataFrame,
    notes: tuple[Repair, ...],
    technical_bounds: tuple[float, float] | None = None,
) -> Compatibility:
    value = index(technical, conformity, drawn["index_alpha"])
    filled = table.copy()
    for name, array in (("technical", technical), ("conformity", conformity), ("index", value)):
        filled = filled.assign(**range_columns(array, f"{name}_"))
    if technical_bounds is not None:
        filled["technical_low"], filled["technical_high"] = technical_bounds
    return Compatibility(tuple(fields), technical, conformity, value, filled, notes)


def _best(catalogue: Catalogue, numbers: Mapping[str, Reference], drawn: Mapping[str, Array]) -> dict[str, Array]:
    """Return the best adoption of each reference by its central weight, as a weight over the draws."""
    best: dict[str, Array] = {}
    for adoption in catalogue.adoptions:
        reference = numbers.get(adoption.adopts)
        if reference is None:
            continue
        lag = 0 if adoption.edition is None else max(0, reference.edition - adoption.edition)
        weight = drawn[f"degree_{adoption.degree}"] * np.exp(-drawn["edition_decay"] * lag)
        if adoption.adopts not in best or weight[0] > best[adoption.adopts][0]:
            best[adoption.adopts] = weight
    return best


def _match(
    number: str, adopted: Sequence[Mapping[str, Array]], direct: frozenset[str], drawn: Mapping[str, Array]
) -> Array:
    """Return how far both sides' adoptions of one reference match, over the draws."""
    if number in direct:
        return np.ones_like(drawn["index_alpha"])
    if all(number in side for side in adopted):
        return adopted[0][number] * adopted[1][number]
    return np.zeros_like(drawn["index_alpha"])


def _unknown(catalogue: Catalogue, numbers: Mapping[str, Reference]) -> list[Repair]:
    missing = sum(a.adopts not in numbers for a in catalogue.adoptions)
    silent = sum(a.edition is None and a.adopts in numbers for a in catalogue.adoptions)
    notes = []
    if missing:
        notes.append(
            Repair(catalogue.side, "adoptions of documents that are not in force or not listed, not counted", missing)
        )
    if silent:
        notes.append(Repair(catalogue.side, "adoptions without an edition, taken as current", silent))
    return notes
