"""Read everything the border of a pair is computed from: packaged tables, a study's own rows, and what the user gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.border.border import Border, border
from isthmus.border.defaults import Clearance, Condition, PairFacts, Rule, ShareScale, default_entries, merge
from isthmus.border.itemise import Direction, Entry, SectorProfile
from isthmus.border.merge import group_clearance
from isthmus.border.observed import Geography
from isthmus.border.overhead import Claim
from isthmus.border.pair import BorderInput
from isthmus.border.wedge import TimeBase
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import Pair, directions_of, pair_label, pairs_of
from isthmus.core.provenance import Ledger, Parameter
from isthmus.economy.aggregate import UNGROUPED, Grouping
from isthmus.economy.baseline import WorldTable
from isthmus.readers.store.digests import file_digests, visible_files
from isthmus.readers.study.claims import read_claims
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.standards import StandardsFiles, read_standards
from isthmus.readers.study.wedges import read_sector_profiles, read_wedge_rows, read_wedges
from isthmus.readers.tables import read_table
from isthmus.readers.worlds.surroundings import Surroundings, read_surroundings
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world, world_directory

_TIME_COST, _SERVICES = "time_cost_", "services_elasticity"
"""What the names of parameters begin with that hold the cost of time of a class of sectors."""


@dataclass(frozen=True)
class BorderFiles:
    """Files that a user gives instead of the packaged ones; None keeps those.

    `deliverables`, `catalogue_a` and `catalogue_b` come together; `catalogues` holds those of further partners by label.
    `study` is a folder with wedges.csv and, where they exist, protocols.csv and recognition.csv; `studies` holds such folders
    of single pairs by their label A-B, which go before it.
    """

    study: Path | None = None
    wedges: Path | None = None
    sectors: Path | None = None
    deliverables: Path | None = None
    catalogue_a: Path | None = None
    catalogue_b: Path | None = None
    recognition: Path | None = None
    catalogues: Mapping[str, Path] = field(default_factory=dict)
    studies: Mapping[str, Path] = field(default_factory=dict)


def read_border(
    world: WorldTable,
    folder: str | Path,
    partners: Pair,
    files: BorderFiles | None = None,
    claims: Sequence[Claim] = (),
    base: TimeBase = TimeBase.BORDER,
    elasticity: str = "",
    groups: Grouping = UNGROUPED,
) -> BorderInput:
    """Read what the border of a pair is computed from.

    Parameters
    ----------
    world
        The world as read, before groups are merged.
    folder
        Name or directory of that world: its history, geography and agreements lie there.
    partners
        Labels of the two partners.
    files
        What stands in for packaged tables.
    claims, base, elasticity
        As in `BorderInput`.
    groups
        Economies that are merged into groups; a partner may be such a group.

    Raises
    ------
    BadInputError
        For unknown partners and everything that is wrong in a file.
    """
    return read_borders(world, folder, partners, files, claims, base, elasticity, groups)[0]


def read_borders(
    world: WorldTable,
    folder: str | Path,
    partners: Sequence[str],
    files: BorderFiles | None = None,
    claims: Sequence[Claim] = (),
    base: TimeBase = TimeBase.BORDER,
    elasticity: str = "",
    groups: Grouping = UNGROUPED,
) -> tuple[BorderInput, ...]:
    """Read what the border of every pair of partners is computed from, what pairs share once.

    Parameters
    ----------
    world, folder, files, base, elasticity, groups
        As in `read_border`.
    partners
        Labels of two or more partners.
    claims
        Stated overheads; one without a pair is tested on every pair.

    Returns
    -------
    tuple
        One for each unordered pair, in the order in which partners are named (`pairs_of`).

    Raises
    ------
    BadInputError
        For unknown partners and everything that is wrong in a file.
    """
    files, assets = files or BorderFiles(), border_assets()
    beside = read_surroundings(world_directory(folder), world, groups)
    _require_partners(beside.world, partners)
    known = read_ledger(assets / "ledger.toml")
    parameters = Ledger({name: entry for name, entry in known.parameters.items() if name != _SERVICES})
    classes = [name.removeprefix(_TIME_COST) for name in parameters.parameters if name.startswith(_TIME_COST)]
    profiles = read_sector_profiles(files.sectors or assets / "sectors.csv", classes)
    shared = _Shared(beside, tuple(partners), files, profiles, parameters, known[_SERVICES])
    return tuple(
        replace(
            _of_pair(shared, pair),
            claims=tuple(claim for claim in claims if claim.pair in (None, pair)),
            base=base,
            elasticity=elasticity,
        )
        for pair in pairs_of(partners)
    )


@dataclass(frozen=True)
class _Shared:
    """What the borders of all pairs of partners are read from."""

    beside: Surroundings
    partners: tuple[str, ...]
    files: BorderFiles
    profiles: Mapping[str, SectorProfile]
    parameters: Ledger
    services: Parameter


def _of_pair(shared: _Shared, pair: Pair) -> BorderInput:
    """Return what the border of one pair is computed from."""
    assets, beside = border_assets(), shared.beside
    own = shared.files.studies.get(pair_label(pair))
    files = replace(shared.files, study=own) if own else shared.files
    source = _own_ledger(files)
    listed = read_wedges(source, beside.world.economies, shared.profiles) if source else ()
    facts = pair_facts(beside.geography, pair, max(beside.history.years))
    weights = _weights(beside.geography, pair)
    entries, notes = _entries(listed, source, facts, pair, shared.partners, weights)
    sides = zip(shared.partners, (files.catalogue_a, files.catalogue_b), strict=False)
    standards = StandardsFiles(
        assets=assets,
        study=files.study,
        deliverables=files.deliverables,
        catalogues={side: path for side, path in sides if path is not None} | dict(files.catalogues),
        recognition=files.recognition,
    )
    return BorderInput(
        world=beside.world,
        partners=pair,
        entries=entries,
        profiles=shared.profiles,
        parameters=shared.parameters,
        standards=read_standards(standards, pair, shared.partners, facts, weights),
        services_theta=(shared.services.low, shared.services.value, shared.services.high),
        history=beside.history,
        geography=beside.geography,
        estimates=beside.estimates,
        groups=beside.sector_groups,
        notes=(*notes, beside.note),
    )


def measure_border(
    a: str,
    b: str,
    world: str | Path = DEFAULT_WORLD,
    files: BorderFiles | None = None,
    claims: Sequence[Claim] = (),
    base: TimeBase = TimeBase.BORDER,
    elasticity: str = "",
) -> Border:
    """Measure the border of two economies of a packaged world or a world directory (`im.border`).

    Parameters
    ----------
    a, b
        Labels of the two economies.
    world
        Name of a packaged world, or a directory.
    files
        What stands in for packaged tables; without it a packaged study of the pair is used where there is one.
    claims
        Stated overheads to test.
    base, elasticity
        As in `BorderInput`.

    Returns
    -------
    Border
        Pandas tables by name (``wedges``, ``overhead``, ``head_ries``, ``compatibility`` and others) and facts.
    """
    given = files or BorderFiles(study=packaged_study((a, b)))
    return border(read_border(read_world(world), world, (a, b), given, claims, base, elasticity))


def border_assets() -> Path:
    """Return the folder of the station's packaged tables."""
    return Path(str(resources.files("isthmus"))) / "assets" / "border"


def packaged_study(partners: Pair) -> Path | None:
    """Return the packaged study of a pair that has a wedge ledger, if there is one."""
    studies = border_assets().parent / "studies"
    for folder in sorted(studies.iterdir()):
        ledger = folder / "wedges.csv"
        if ledger.is_file() and {e.exporter for e in read_wedges(ledger)} == set(partners):
            return folder
    return None


def pair_facts(geography: Geography | None, partners: Pair, year: int) -> PairFacts | None:
    """Return what geography and agreements say of a pair, None where the geography does not know it."""
    if geography is None or any(p not in geography.economies for p in partners):
        return None
    rows, (a, b) = geography.pairs.to_dict("records"), partners
    at: dict[tuple[str, str], Any] = {(r["exporter"], r["importer"]): r for r in rows}
    domestic = (at[a, a]["distance_km"] + at[b, b]["distance_km"]) / 2
    links = geography.agreements
    mine = links[
        (links["year"] == year) & (links["exporter"] == a) & (links["importer"] == b) & (links["share"] >= 0.5)
    ]
    agreement = Condition.DEEP if mine["deep"].any() else Condition.OTHER if len(mine) else Condition.NONE
    row = at[a, b]
    extra = max(0.0, float(row["distance_km"] - domestic))
    return PairFacts(extra, float(row["contiguity"]), float(row["common_language"]), agreement)


def _require_partners(world: WorldTable, partners: Sequence[str]) -> None:
    for name in partners:
        if name not in world.economies:
            raise BadInputError(
                "pair",
                f"unknown economy {name!r}",
                allowed=", ".join(world.economies),
                remedy="use a label of the world",
            )
    twice = [name for name in partners if partners.count(name) > 1]
    if twice:
        raise BadInputError("pair", f"{twice[0]} twice", allowed="two different economies", remedy="name the partner")


def _own_ledger(files: BorderFiles) -> Path | None:
    """Return the wedge ledger that is given, or the study's."""
    given = files.wedges or (files.study / "wedges.csv" if files.study else None)
    return given if given and (files.wedges or given.is_file()) else None


def _weights(geography: Geography | None, partners: Sequence[str]) -> dict[str, Mapping[str, float]]:
    """Return the members of each partner by share of population; an economy is its own only member."""
    known = geography.members if geography else {}
    return {partner: known.get(partner, {partner: 1.0}) for partner in partners}


def _entries(
    listed: Sequence[Entry],
    source: Path | None,
    facts: PairFacts | None,
    pair: Pair,
    partners: Sequence[str],
    weights: Mapping[str, Mapping[str, float]],
) -> tuple[tuple[Entry, ...], list[str]]:
    """Return the wedge ledger of the pair and a note on where it comes from."""
    (a, b), assets = pair, border_assets()
    directions = (Direction(a, b), Direction(b, a))
    own = tuple(e for e in listed if any(_is_for(e, d) for d in directions))
    others = sum(not any(_is_for(e, Direction(*way)) for way in directions_of(partners)) for e in listed)
    left_out = [f"{others} ledger rows are of other pairs and left out"] if others else []
    clearances = _clearances(assets / "economies.csv")
    of_groups = {p: group_clearance(p, clearances, weights[p]) for p in pair if p not in clearances}
    clearances |= {partner: found for partner, found in of_groups.items() if found is not None}
    unknown = [partner for partner in pair if partner not in clearances]
    if facts is None or (own and unknown):
        lacking = "the pair has no geography" if facts is None else f"clearance of {', '.join(unknown)} is not known"
        if not own:
            raise BadInputError(
                f"pair {a} {b}",
                "no geography, so no default wedges",
                allowed="economies of geography.csv, or a wedge ledger (wedges.csv of a study, --wedges)",
                remedy="choose another pair or give a ledger",
            )
        return own, [f"{len(own)} rows from {source.name if source else ''}; no defaults, because {lacking}", *left_out]
    defaults = default_entries(_rules(assets / "defaults.csv"), facts, clearances, directions)
    merged = merge(defaults, own)
    notes = [f"{len(own)} ledger rows of the pair, {len(merged) - len(own)} rows from general rules"]
    notes += left_out
    if facts.agreement != Condition.NONE:
        notes.append(f"agreement of the pair: {facts.agreement}")
    return merged, notes


def _is_for(entry: Entry, direction: Direction) -> bool:
    return entry.exporter in ("*", direction.exporter) and entry.importer in ("*", direction.importer)


def _rules(path: Path) -> tuple[Rule, ...]:
    rules = []
    for where, row, entry in read_wedge_rows(path, pair=False):
        when = [name for name in str(row["when"]).split(";") if name]
        unknown = [name for name in when if name not in set(Condition)]
        if unknown or row["scale"] not in {"", *ShareScale}:
            raise BadInputError(
                where,
                f"unknown {', '.join(unknown) or row['scale']}",
                allowed=", ".join([*Condition, *ShareScale]),
                remedy="correct it",
            )
        scale = ShareScale(row["scale"]) if row["scale"] else None
        rules.append(Rule(entry, frozenset(Condition(name) for name in when), scale))
    return tuple(rules)


def _clearances(path: Path) -> dict[str, Clearance]:
    numbers = (
        "export_hours",
        "export_usd",
        "export_documents_usd",
        "import_hours",
        "import_usd",
        "import_documents_usd",
    )
    columns: Mapping[str, Any] = {
        "economy": "text",
        "source": "text",
        **dict.fromkeys((*numbers, "gauge_mm"), "number"),
    }
    frame: pd.DataFrame = read_table(path, columns, key=("economy",)).frame
    return {
        row["economy"]: Clearance(
            row["economy"],
            row["export_hours"],
            row["export_usd"] + row["export_documents_usd"],
            row["import_hours"],
            row["import_usd"] + row["import_documents_usd"],
            row["source"],
            None if pd.isna(row["gauge_mm"]) else row["gauge_mm"],
        )
        for row in frame.to_dict("records")
    }


def border_digests(folder: str | Path, files: BorderFiles) -> dict[str, str]:
    """Return the digest of every file the border may be computed from, by name."""
    named = [path for path in vars(files).values() if isinstance(path, Path)] + list(files.catalogues.values())
    given = [path for path in named if path.is_file()]
    folders = [folder for folder in (files.study, *files.studies.values()) if folder]
    own = [path for folder in folders for path in sorted(folder.glob("*.csv"))]
    packaged = visible_files(border_assets())
    return file_digests([*visible_files(world_directory(folder)), *packaged, *own, *given])


def study_borders(
    folder: Path,
    world: WorldTable,
    place: str | Path,
    partners: Sequence[str],
    claims: Sequence[Mapping[str, Any]],
    groups: Grouping = UNGROUPED,
) -> tuple[BorderInput, ...]:
    """Return what the border of each pair of a study is computed from; `world` is the table before groups are merged.

    The study's folder may hold wedges.csv, protocols.csv, recognition.csv and sectors.csv. Nothing is returned where nothing is
    known of the pairs: the world has sectors without a row in the sector table, or no geography and no wedge ledger.
    """
    own = folder / "sectors.csv"
    files = BorderFiles(study=folder, sectors=own if own.is_file() else None)
    profiles = read_sector_profiles(files.sectors or border_assets() / "sectors.csv")
    known = (world_directory(place) / "geography.csv").is_file() or (folder / "wedges.csv").is_file()
    stated = read_claims(claims, "study.toml", partners)
    if not known or any(sector not in profiles for sector in world.sectors):
        return ()
    return read_borders(world, place, partners, files, stated, groups=groups)
