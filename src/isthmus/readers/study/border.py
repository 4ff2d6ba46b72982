"""Read everything the border of a pair is computed from: packaged tables, a study's own rows, and what the user gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.border.border import Border, border
from isthmus.border.defaults import Clearance, Condition, PairFacts, Rule, Scale, default_entries, merge
from isthmus.border.itemise import Direction, Entry
from isthmus.border.merge import group_clearance, group_share
from isthmus.border.observed import Geography
from isthmus.border.overhead import Claim
from isthmus.border.pair import BorderInput, StandardsInput
from isthmus.border.standards import Catalogue, Reference, Share
from isthmus.border.wedge import TimeBase
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.aggregate import UNGROUPED, Grouping
from isthmus.economy.baseline import WorldTable
from isthmus.readers.store.digests import file_digests, visible_files
from isthmus.readers.study.catalogues import (
    read_catalogue,
    read_deliverables,
    read_domains,
    read_ics_map,
    read_recognition,
    read_shares,
)
from isthmus.readers.study.claims import read_claims
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.wedges import read_sector_profiles, read_wedge_rows, read_wedges
from isthmus.readers.tables import read_table
from isthmus.readers.worlds.surroundings import read_surroundings
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world, world_directory

_TIME_COST = "time_cost_"
"""What the names of parameters begin with that hold the cost of time of a class of sectors."""


@dataclass(frozen=True)
class BorderFiles:
    """Files that a user gives instead of the packaged ones; None keeps those.

    `deliverables`, `catalogue_a` and `catalogue_b` come together; `study` is a folder with wedges.csv and, where they
    exist, protocols.csv and recognition.csv.
    """

    study: Path | None = None
    wedges: Path | None = None
    sectors: Path | None = None
    deliverables: Path | None = None
    catalogue_a: Path | None = None
    catalogue_b: Path | None = None
    recognition: Path | None = None


def read_border(
    world: WorldTable,
    folder: str | Path,
    partners: tuple[str, str],
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
    files, assets = files or BorderFiles(), border_assets()
    beside = read_surroundings(world_directory(folder), world, groups)
    world, geography = beside.world, beside.geography
    _require_partners(world, partners)
    facts = pair_facts(geography, partners, max(beside.history.years))
    weights = _weights(geography, partners)
    parameters = read_ledger(assets / "ledger.toml")
    classes = [name.removeprefix(_TIME_COST) for name in parameters.parameters if name.startswith(_TIME_COST)]
    profiles = read_sector_profiles(files.sectors or assets / "sectors.csv", classes)
    source = _own_ledger(files)
    listed = read_wedges(source, world.economies, profiles) if source else ()
    entries, notes = _entries(listed, source, assets, facts, partners, weights)
    return BorderInput(
        world=world,
        partners=partners,
        entries=entries,
        profiles=profiles,
        parameters=parameters,
        standards=_standards(files, assets, partners, facts, weights),
        history=beside.history,
        geography=geography,
        estimates=beside.estimates,
        groups=beside.sector_groups,
        claims=tuple(claims),
        base=base,
        elasticity=elasticity,
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


def packaged_study(partners: tuple[str, str]) -> Path | None:
    """Return the packaged study of a pair that has a wedge ledger, if there is one."""
    studies = border_assets().parent / "studies"
    for folder in sorted(studies.iterdir()):
        ledger = folder / "wedges.csv"
        if ledger.is_file() and {e.exporter for e in read_wedges(ledger)} == set(partners):
            return folder
    return None


def pair_facts(geography: Geography | None, partners: tuple[str, str], year: int) -> PairFacts | None:
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


def _require_partners(world: WorldTable, partners: tuple[str, str]) -> None:
    for name in partners:
        if name not in world.economies:
            raise BadInputError(
                "pair",
                f"unknown economy {name!r}",
                allowed=", ".join(world.economies),
                remedy="use a label of the world",
            )
    if partners[0] == partners[1]:
        raise BadInputError(
            "pair", f"{partners[0]} twice", allowed="two different economies", remedy="name the partner"
        )


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
    assets: Path,
    facts: PairFacts | None,
    partners: tuple[str, str],
    weights: Mapping[str, Mapping[str, float]],
) -> tuple[tuple[Entry, ...], list[str]]:
    """Return the wedge ledger of the pair and a note on where it comes from."""
    a, b = partners
    directions = (Direction(a, b), Direction(b, a))
    own = tuple(e for e in listed if any(_is_for(e, d) for d in directions))
    others = len(listed) - len(own)
    left_out = [f"{others} ledger rows are of other pairs and left out"] if others else []
    clearances = _clearances(assets / "economies.csv")
    of_groups = {p: group_clearance(p, clearances, weights[p]) for p in partners if p not in clearances}
    clearances |= {partner: found for partner, found in of_groups.items() if found is not None}
    unknown = [partner for partner in partners if partner not in clearances]
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
        if unknown or row["scale"] not in {"", *Scale}:
            raise BadInputError(
                where,
                f"unknown {', '.join(unknown) or row['scale']}",
                allowed=", ".join([*Condition, *Scale]),
                remedy="correct it",
            )
        scale = Scale(row["scale"]) if row["scale"] else None
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


def _standards(
    files: BorderFiles,
    assets: Path,
    partners: tuple[str, str],
    facts: PairFacts | None,
    members: Mapping[str, Mapping[str, float]],
) -> StandardsInput:
    weights, names = read_ics_map(assets / "ics_isic.csv")
    given = (files.deliverables, files.catalogue_a, files.catalogue_b)
    study = files.study
    domains = study / "protocols.csv" if study and (study / "protocols.csv").is_file() else assets / "protocols.csv"
    recognised = files.recognition or (
        study / "recognition.csv" if study and (study / "recognition.csv").is_file() else None
    )
    recognition = read_recognition(recognised, names) if recognised else ()
    deep = facts is not None and facts.agreement == Condition.DEEP
    level = "conformity_certificates_accepted" if deep else "conformity_full_retest"
    left: Catalogue | Share
    right: Catalogue | Share
    references: tuple[Reference, ...] = ()
    notes: tuple[Repair, ...] = ()
    if all(path is None for path in given):
        left, right = (_share(assets / "adoption_shares.csv", name, deep, members[name]) for name in partners)
    else:
        if files.deliverables is None or files.catalogue_a is None or files.catalogue_b is None:
            raise BadInputError(
                "catalogues",
                "deliverables, catalogue-a and catalogue-b come together",
                allowed="all three or none",
                remedy="give the missing file",
            )
        references, notes = read_deliverables(files.deliverables, names)
        left, right = (
            _with_notes(read_catalogue(path, side, names), notes if number == 0 else ())
            for number, (path, side) in enumerate(((files.catalogue_a, partners[0]), (files.catalogue_b, partners[1])))
        )
    return StandardsInput(weights, names, left, right, read_domains(domains), references, recognition, level)


def _with_notes(catalogue: Catalogue, notes: tuple[Repair, ...]) -> Catalogue:
    return Catalogue(catalogue.side, catalogue.adoptions, (*notes, *catalogue.notes))


def _share(path: Path, economy: str, deep: bool, members: Mapping[str, float]) -> Share:
    """Return the published share of an economy, or the full range; members of deep agreements share many standards."""
    known = read_shares(path)
    if economy in known:
        return known[economy]
    if any(member in known for member in members):
        return group_share(economy, [(known.get(m, known["unknown"]), weight) for m, weight in members.items()])
    if deep:
        return known["deep"]
    unknown = known["unknown"]
    return Share(economy, unknown.low, unknown.high, unknown.source, unknown.status)


def border_digests(folder: str | Path, files: BorderFiles) -> dict[str, str]:
    """Return the digest of every file the border may be computed from, by name."""
    given = [path for path in vars(files).values() if path is not None and path.is_file()]
    own = sorted(files.study.glob("*.csv")) if files.study else []
    packaged = visible_files(border_assets())
    return file_digests([*visible_files(world_directory(folder)), *packaged, *own, *given])


def study_border(
    folder: Path,
    world: WorldTable,
    place: str | Path,
    partners: tuple[str, str],
    claims: Sequence[Mapping[str, Any]],
    groups: Grouping = UNGROUPED,
) -> BorderInput | None:
    """Return what the border of a study is computed from; `world` is the table before groups are merged.

    The study's folder may hold wedges.csv, protocols.csv, recognition.csv and sectors.csv. None is returned where nothing is
    known of the pair: the world has sectors without a row in the sector table, or no geography and no wedge ledger.
    """
    own = folder / "sectors.csv"
    files = BorderFiles(study=folder, sectors=own if own.is_file() else None)
    profiles = read_sector_profiles(files.sectors or border_assets() / "sectors.csv")
    known = (world_directory(place) / "geography.csv").is_file() or (folder / "wedges.csv").is_file()
    if not known or any(sector not in profiles for sector in world.sectors):
        return None
    return read_border(world, place, partners, files, read_claims(claims, "study.toml"), groups=groups)
