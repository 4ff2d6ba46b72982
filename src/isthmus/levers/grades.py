"""How far the numbers that a lever rests on are established, by what they are for."""

from collections.abc import Mapping, Sequence

from isthmus.core.provenance import Grade, Ledger, Parameter, Status
from isthmus.levers.additional import OBSERVED
from isthmus.levers.lever import Lever
from isthmus.levers.support import degree_name

GRADES = (Grade.MEASURED, Grade.ESTIMATED, Grade.EXPERT, Grade.ASSUMED)
"""From the strongest to the weakest."""

AT_STAKE = "cost_at_stake"

ROLES: Mapping[str, tuple[str, ...]] = {
    AT_STAKE: ("overhead", "per_day"),
    "strength": (
        "removed",
        "days",
        "elasticity",
        "scope",
        "concentration",
        "net_saving",
        "depreciation",
        "past_growth",
        "trend",
    ),
    "additional": ("additional",),
    "degree": (),
}
"""Roles of numbers by what they are for; ``degree`` holds what plans ask for. Each side's own pace and the years lost without an
agreement share a result out over its steps but do not move it, so they are in none."""

WEAKEST = "weakest"
"""The weakest number of a lever, whatever it is for."""


def grade_of(entry: Parameter, border: Mapping[str, Grade]) -> Grade:
    """Return how an entry of the ledger was established: its own grade, else what its source and status say.

    Parameters
    ----------
    border
        Grade by component of the border, for entries that the border measured (``wedge_COMPONENT_…``).
    """
    if entry.grade is not None:
        return entry.grade
    parts = entry.name.split("_")
    if parts[0] == "wedge" and len(parts) > 2 and parts[1] in border:
        return border[parts[1]]
    if entry.source.startswith(OBSERVED) and entry.status is Status.VERIFIED:
        return Grade.MEASURED
    return Grade.ESTIMATED if entry.status in (Status.VERIFIED, Status.QUOTED) else Grade.ASSUMED


def grades(lever: Lever, ledger: Ledger, border: Mapping[str, Grade]) -> dict[str, Grade]:
    """Return the weakest grade of a lever's numbers by what they are for, and over all of them; without numbers no entry."""
    names: dict[str, list[str]] = {role: [] for role in ROLES}
    for effect in lever.effects:
        for role, kinds in ROLES.items():
            names[role] += [effect.numbers[kind] for kind in kinds if kind in effect.numbers]
    names["degree"] += [degree_name(lever.id, side) for side in lever.partners]
    found = {
        role: _weakest([ledger.parameters[n] for n in listed if n in ledger.parameters], border)
        for role, listed in names.items()
    }
    known = {role: grade for role, grade in found.items() if grade is not None}
    return known | ({WEAKEST: max(known.values(), key=GRADES.index)} if known else {})


def _weakest(entries: Sequence[Parameter], border: Mapping[str, Grade]) -> Grade | None:
    return max((grade_of(entry, border) for entry in entries), key=GRADES.index, default=None)
