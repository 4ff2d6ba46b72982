"""Merge economies and sectors of a world; totals, tariff revenue and identities stay what they were."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import CELL, FLOW, WorldTable

Names = Mapping[str, Mapping[str, str]]
"""Names by label and language."""


@dataclasses.dataclass(frozen=True)
class Grouping:
    """Which labels are merged into which; labels that are not listed stay on their own.

    Attributes
    ----------
    economies, sectors
        Group by label.
    economy_names, sector_names
        Names of groups by language (``""`` is the plain name) and group.
    """

    economies: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sectors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    economy_names: Names = dataclasses.field(default_factory=dict)
    sector_names: Names = dataclasses.field(default_factory=dict)


UNGROUPED = Grouping()
"""The grouping that merges nothing."""


def aggregate(table: WorldTable, grouping: Grouping) -> WorldTable:
    """Merge economies and sectors of a world table.

    Values are added. A group's tariff is the one that leaves revenue unchanged, the mean weighted by flows; what its members
    trade among each other becomes its own sales and keeps its tariffs in the same way (:eq:`aggregate-tariff`). A merged
    sector's elasticity is the mean weighted by trade between different economies.

    Parameters
    ----------
    table
        The world as read.
    grouping
        What is merged into what.

    Raises
    ------
    BadInputError
        For a label that the world does not have, or a group of sectors that mixes goods and services.
    """
    economies, where_n = _groups(table.economies, grouping.economies, "economy")
    sectors, where_s = _groups(table.sectors, grouping.sectors, "sector")
    goods = _goods(table, sectors, where_s)
    P, Q = _membership(where_n, len(economies)), _membership(where_s, len(sectors))
    flows = _merge(table.flows.values, Q, P, P)
    revenue = _merge(table.flows.values * table.tariff_rate.values, Q, P, P)
    axes = dataclasses.replace(table.axes, economies=tuple(economies), sectors=tuple(sectors), goods=goods)
    use = _merge(table.intermediate_use.values, P, Q, Q)
    merged = (
        Repair("economies", "merged into groups", len(table.economies) - len(economies)),
        Repair("sectors", "merged into groups", len(table.sectors) - len(sectors)),
    )
    return dataclasses.replace(
        table,
        flows=axes.array(flows, FLOW),
        intermediate_use=axes.array(use, ("economy", "input", "industry")),
        final_demand=axes.array(Q @ table.final_demand.values @ P.T, CELL),
        value_added=axes.array(Q @ table.value_added.values @ P.T, CELL),
        tariff_rate=axes.array(_rates(table, flows, revenue, Q, P), FLOW),
        elasticities=axes.array(_elasticities(table, Q), ("set", "sector")),
        goods=goods,
        economy_names=_names(table.economy_names, table.economies, economies, where_n, grouping.economy_names),
        sector_names=_names(table.sector_names, table.sectors, sectors, where_s, grouping.sector_names),
        members=_members(table, economies, where_n),
        notes=(*table.notes, *(repair for repair in merged if repair.count)),
    )


def _groups(labels: Sequence[str], groups: Mapping[str, str], what: str) -> tuple[list[str], list[int]]:
    """Return the new labels in order of first appearance and the position of each old label among them."""
    unknown = [label for label in groups if label not in labels]
    if unknown:
        raise BadInputError(
            f"map, {what} {unknown[0]}",
            f"is not in the world ({len(unknown)} such)",
            allowed=", ".join(labels),
            remedy="correct the label in the map",
        )
    joined = [groups.get(label, label) for label in labels]
    new = list(dict.fromkeys(joined))
    position = {label: i for i, label in enumerate(new)}
    return new, [position[label] for label in joined]


def _goods(table: WorldTable, sectors: list[str], where: list[int]) -> tuple[str, ...]:
    """Return the merged sectors that are goods; a mixed group is an error."""
    kinds: dict[str, set[bool]] = {label: set() for label in sectors}
    for label, at in zip(table.sectors, where, strict=True):
        kinds[sectors[at]].add(label in table.goods)
    mixed = [label for label, kind in kinds.items() if len(kind) > 1]
    if mixed:
        members = [label for label, at in zip(table.sectors, where, strict=True) if sectors[at] == mixed[0]]
        raise BadInputError(
            f"map, sector {mixed[0]}",
            f"mixes goods and services ({', '.join(members)})",
            allowed="groups of goods or groups of services",
            remedy="give goods and services groups of their own",
        )
    return tuple(label for label, kind in kinds.items() if kind == {True})


def _membership(where: list[int], count: int) -> Array:
    matrix = np.zeros((count, len(where)))
    matrix[where, np.arange(len(where))] = 1.0
    return matrix


def _merge(values: Array, first: Array, second: Array, third: Array) -> Array:
    """Add up a cube along its three dimensions."""
    merged: Array = np.einsum("ax,xyz->ayz", first, second @ values @ third.T, optimize=True)
    return merged


def _rates(table: WorldTable, flows: Array, revenue: Array, Q: Array, P: Array) -> Array:
    """Return rates that leave revenue unchanged; the plain mean where nothing flows."""
    size = Q.sum(axis=1)[:, None, None] * P.sum(axis=1)[None, :, None] * P.sum(axis=1)[None, None, :]
    plain = _merge(table.tariff_rate.values, Q, P, P) / size
    rates: Array = np.where(flows > 0, revenue / np.where(flows > 0, flows, 1.0), plain)
    return rates


def _elasticities(table: WorldTable, Q: Array) -> Array:
    """Return elasticities weighted by trade between different economies; the plain mean where there is none."""
    flows = table.flows.values
    trade = flows.sum(axis=(1, 2)) - np.einsum("jnn->j", flows)
    weight = Q * trade
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, Q)
    weight = weight / weight.sum(axis=1, keepdims=True)
    means: Array = table.elasticities.values @ weight.T
    return means


def _names(
    names: Names, old: Sequence[str], new: list[str], where: list[int], given: Names
) -> dict[str, dict[str, str]]:
    """Keep the names of labels that stand alone; a group has its given name, else its plain name, else its label."""
    alone = {new[at]: label for label, at in zip(old, where, strict=True) if where.count(at) == 1}
    languages = {"": {}, **names}
    found: dict[str, dict[str, str]] = {}
    for language in languages:
        found[language] = {}
        for label in new:
            kept = names.get(language, {}).get(alone.get(label, ""), "")
            plain = given.get("", {}).get(label, "")
            found[language][label] = given.get(language, {}).get(label, "") or kept or plain or label
    return found


def _members(table: WorldTable, economies: list[str], where: list[int]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = dict.fromkeys(economies, ())
    for label, at in zip(table.economies, where, strict=True):
        found[economies[at]] += table.members.get(label, (label,))
    return found
