"""The border of the study: what it costs by cause, in all, beyond geography, and what becomes of stated claims."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from isthmus.border.border import border
from isthmus.border.overhead import BOTH
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.study.labels import names
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study

MEASURED = re.compile(r"wedge_(?P<component>[a-z]+(?:_party)?)_(?P<scope>[a-z_]+)")
SCOPES = {"farm": ("food",), "hightech": ("electronics", "machinery", "vehicles", "pharmaceuticals")}
"""Scopes that a ledger may name besides goods, services and the groups of the sector table: the groups they mean."""


def compute(study: Study, _: Findings, work: Work) -> Section:
    """Measure the border of the study's pair."""
    assert study.border is not None
    result = border(study.border)
    work.progress(1.0)
    world = study.border.world
    facts = {
        **result.facts,
        "names": names(world.economy_names),
        "sectors": names(world.sector_names),
        "world": world.name,
        "world_source": world.source,
    }
    return Section(facts, result.tables)


def refine(study: Study, section: Section) -> Study:
    """Return the study with measured wedges in its ledger, for the stations that follow."""
    return replace(study, ledger=measured_ledger(study.ledger, section)[0])


STATION = Station(
    name="border",
    inputs=("world", "settings", "border"),
    needs=(),
    applies=lambda study: study.border is not None,
    compute=compute,
    refine=refine,
)


def measured_ledger(ledger: Ledger, section: Section) -> tuple[Ledger, tuple[str, ...]]:
    """Return the ledger with measured wedges in the place of its first values, and the names that were replaced.

    A parameter ``wedge_COMPONENT_SCOPE`` takes the part of that component that policy could reach and that uses up
    resources, for both directions together; levers remove shares of that part, and what somebody receives would only
    change hands. A scope the border does not know keeps its entry.
    """
    table = section.tables["group_wedges"]
    both = table[table["direction"] == BOTH]
    found: dict[str, Parameter] = {}
    for name, parameter in ledger.parameters.items():
        match = MEASURED.fullmatch(name)
        three = _measured(both, match["component"], match["scope"]) if match else None
        if three is not None:
            low, value, high = three
            source = f"wedge ledger priced on {section.facts['world']}, see the border; before that: {parameter.source}"
            found[name] = replace(parameter, low=low, value=value, high=high, source=source, status=Status.ASSUMED)
    merged: Mapping[str, Parameter] = {**ledger.parameters, **found}
    return Ledger(merged), tuple(found)


def _measured(table: pd.DataFrame, component: str, scope: str) -> tuple[float, float, float] | None:
    """Return low, central and high of a component in a scope; groups of one scope are averaged plainly."""
    rows = table[(table["component"] == component) & table["scope"].isin(SCOPES.get(scope, (scope,)))]
    if rows.empty:
        return None
    low, run, high = (float(rows[f"burnt_{name}"].mean()) for name in ("low", "central_run", "high"))
    return min(low, run), run, max(high, run)
