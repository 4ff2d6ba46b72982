"""Read a study: a folder with study.toml and the files it names, or the name of a packaged study."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from isthmus.core.content import content_digest
from isthmus.core.errors import BadInputError
from isthmus.core.labels import require_label
from isthmus.core.provenance import Ledger, digest
from isthmus.economy.aggregate import Grouping, Names
from isthmus.economy.baseline import Baseline, WorldTable
from isthmus.economy.calibrate import with_elasticity
from isthmus.levers.lever import Lever
from isthmus.levers.support import Terms, degree_entries, held, terms
from isthmus.plans.document import PlanDocument
from isthmus.plans.statement import PlanStatement
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.readers.alignment.reviews import read_verdicts
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.indicators.observations import read_observations
from isthmus.readers.networks.study import network_digest, study_corridors
from isthmus.readers.programme.agenda import study_agenda
from isthmus.readers.store.digests import tree_digests
from isthmus.readers.study.border import study_borders
from isthmus.readers.study.documents import DocumentEntry, Known, plan_documents
from isthmus.readers.study.estimates import read_estimates
from isthmus.readers.study.keys import DocumentKeys, DrawKeys, StudyFile
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.levers import read_levers
from isthmus.readers.study.outcomes import read_outcomes
from isthmus.readers.study.statements import read_plan_documents, study_statements
from isthmus.readers.study.support import read_costs, read_degrees, read_support
from isthmus.readers.study.targets import read_targets
from isthmus.readers.study.taxonomy import read_taxonomy
from isthmus.readers.toml import read_model
from isthmus.readers.worlds.changes import read_world_trade, read_yearly_totals
from isthmus.readers.worlds.groups import grouped, grouping
from isthmus.readers.worlds.retrodiction import read_trials
from isthmus.readers.worlds.world import checked_baseline, read_world, world_directory, world_settings
from isthmus.study.study import DrawSettings, Prices, Study

_PACKAGED = Path(str(resources.files("isthmus") / "assets" / "studies"))


def packaged_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with the product."""
    return tuple(sorted(path.parent.name for path in _PACKAGED.glob("*/study.toml")))


def study_directory(name_or_dir: str | Path) -> Path:
    """Return the folder of a packaged study by name, or the given folder.

    Raises
    ------
    BadInputError
        If there is no study.toml.
    """
    path = Path(name_or_dir)
    for folder in (path, _PACKAGED / path.name):
        if (folder / "study.toml").is_file():
            return folder
    names = ", ".join(packaged_studies())
    raise BadInputError(
        str(name_or_dir),
        "no study.toml there",
        allowed=f"a folder with study.toml, or one of {names}",
        remedy="check the path",
    )


def load_study(name_or_dir: str | Path, *, full: bool = False, plans: Mapping[str, Path] | None = None) -> Study:
    """Read a study and everything it names.

    Parameters
    ----------
    full
        Take the larger number of draws.
    plans
        Plan documents by code that are read instead of what the study holds of them.

    Raises
    ------
    BadInputError
        For an unknown key or label, years out of order, or any file that cannot be used.
    """
    folder = study_directory(name_or_dir)
    file = read_model(folder / "study.toml", StudyFile)
    files = {
        name: _inside(folder, value, f"files, {name}")
        for name, value in file.files.model_dump().items()
        if isinstance(value, str) and value
    }
    place = _world(folder, file.world.name)
    world = read_world(place)
    rest = world_settings(world_directory(place)).rest
    groups = grouping(file.groups, world, "study.toml, groups", _by_language(file.group_names), rest)
    study = _frame(folder, file, full, grouped(world, groups))
    study = _with_plans(study, folder, file, files, plans or {})
    study = _with_model(study, folder, file, files, groups)
    study = replace(study, borders=study_borders(folder, world, place, file.partners, file.claim, groups))
    if "projects" in files:
        agenda = study_agenda(files["projects"], study, full=full)
        study = replace(study, agenda=agenda, support_left_out=study.support_left_out + agenda.left_out)
    return replace(study, digests=_digests(folder, file, study))


def _by_language(names: Mapping[str, Mapping[Any, str]]) -> dict[str, dict[str, str]]:
    """Return the names of groups by label and language."""
    return {label: {str(language): name for language, name in told.items()} for label, told in names.items()}


def _inside(folder: Path, value: str, key: str) -> Path:
    """Return the path of a file that a study names, which lies in the study's folder whatever links lead there."""
    home, found = Path(os.path.realpath(folder)), Path(os.path.realpath(folder / value))
    if home not in found.parents or "\0" in value:
        raise BadInputError(
            f"study.toml, key {key}",
            f"{value!r} lies outside the study",
            allowed="a file in the study's folder",
            remedy="copy the file into the folder",
        )
    return folder / value


def _frame(folder: Path, file: StudyFile, full: bool, world: WorldTable) -> Study:
    """Return the study with its world, years and settings."""
    baseline = checked_baseline(world)
    _check(file, baseline.economies)
    return Study(
        name=Path(os.path.abspath(folder)).name,
        titles={str(language): title for language, title in file.title.items()},
        partners=file.partners,
        start=file.years.start,
        deadline=file.years.deadline,
        review=file.years.review,
        baseline=with_elasticity(baseline, file.world.elasticity, file.world.services, 1.0),
        trade_balance=file.world.trade_balance,
        draws=_draws(file.draws, full),
        prices=Prices(**file.prices.model_dump()) if file.prices else None,
        trials=read_trials(),
        use_targets=file.targets,
    )


def _draws(keys: DrawKeys, full: bool) -> DrawSettings:
    return DrawSettings(
        count=keys.full if full else keys.count,
        seed=keys.seed,
        closures=tuple(keys.closures) or ("",),
        elasticities=tuple(keys.elasticities) or ("",),
        trade_years=tuple("" if year == "table" else year for year in keys.trade_years) or ("",),
    )


def _with_plans(
    study: Study, folder: Path, file: StudyFile, files: Mapping[str, Path], plans: Mapping[str, Path]
) -> Study:
    """Add what the plans say: targets, documents, what links them, and what was observed."""
    documents = tuple(_documents(folder, file, files, plans, study.economy_names))
    return replace(
        study,
        targets=read_targets(files["targets"], file.partners) if "targets" in files else (),
        documents=documents,
        taxonomy=read_taxonomy(),
        lexicon=read_lexicon() if documents else None,
        statements=study_statements(files, file.partners),
        matcher=load_matcher(glossary=files.get("glossary")),
        verdicts=read_verdicts(files["verdicts"]) if "verdicts" in files else (),
        observations=read_observations(files["observations"]).points if "observations" in files else (),
        as_of=file.tracking.as_of or f"{file.years.start - 1}-12-31",
    )


def _with_model(study: Study, folder: Path, file: StudyFile, files: Mapping[str, Path], groups: Grouping) -> Study:
    """Add what acts on the model: ledger, levers, outcomes, border, and newer trade totals."""
    ledger = read_ledger(files["ledger"]) if "ledger" in files else Ledger()
    co2 = _co2(folder, file.world.name, study.baseline)
    outcomes, energy = (
        read_outcomes(files["outcomes"], file.partners, ledger, study.targets, co2, groups.economies)
        if "outcomes" in files
        else ((), None)
    )
    levers = read_levers(files["levers"], file.partners, ledger, study.targets) if "levers" in files else ()
    asked, left_out = _asked(files, levers, study.statements)
    costs, priced = read_costs(files["costs"], levers) if "costs" in files else ((), {})
    own = [lever for lever in levers if lever.id in asked]
    return replace(
        study,
        estimates=read_estimates(files["estimates"]) if "estimates" in files else (),
        ledger=Ledger({**ledger.parameters, **degree_entries(own, asked), **priced}),
        levers=levers,
        asked=asked,
        support_left_out=left_out,
        costs=costs,
        outcomes=outcomes,
        energy=energy,
        corridors=study_corridors(_network(folder, file), file.partners, study.baseline.sectors),
        totals=tuple(
            read_yearly_totals(_inside(folder, file.world.nowcast, "world, nowcast"), study.baseline.economies)
        )
        if file.world.nowcast
        else (),
        world_trade=read_world_trade() if file.world.nowcast else {},
    )


def _asked(
    files: Mapping[str, Path], levers: Sequence[Lever], statements: Sequence[PlanStatement]
) -> tuple[dict[str, Terms], int]:
    """Return what the plans ask of each lever, and the number of rows of support that rest on no plan."""
    if "support" not in files or not levers:
        return {}, 0
    kinds = read_degrees(files["degrees"]) if "degrees" in files else {}
    kept, left_out = held(read_support(files["support"], levers, kinds), statements)
    return {lever.id: terms(lever, kept) for lever in levers}, left_out


def _documents(
    folder: Path, file: StudyFile, files: Mapping[str, Path], plans: Mapping[str, Path], names: Names
) -> Iterator[PlanDocument]:
    """Read the plan documents that a study names, or those given instead."""
    for entry in file.documents:
        require_label(entry.partner, file.partners, f"study.toml, document {entry.file}")
    entries = [
        DocumentEntry(
            _inside(folder, e.file, "documents, file"), e.partner, e.lang, e.code, e.digest, e.as_of, _period(e)
        )
        for e in file.documents
    ]
    official = read_plan_documents(files["plan_documents"], file.partners) if "plan_documents" in files else {}
    return plan_documents(folder, Known(entries, official, file.partners, names), plans, read_lexicon())


def _period(entry: DocumentKeys) -> tuple[int, int] | None:
    """Return the first and the last year that the study says for a document, None where it says none."""
    if not entry.first and not entry.last:
        return None
    if not 0 < entry.first < entry.last:
        raise BadInputError(
            f"study.toml, document {entry.file}",
            f"runs from {entry.first} to {entry.last}",
            allowed="both years of the plan, the first before the last, or none",
            remedy="correct first and last",
        )
    return entry.first, entry.last


def _world(folder: Path, name: str) -> Path | str:
    """Return the world: a folder beside the study, or a packaged name."""
    return _inside(folder, name, "world, name") if (folder / name).is_dir() else name


def _network(folder: Path, file: StudyFile) -> Path | str:
    """Return the network a study names: a folder beside the study, a packaged name, or "" for none."""
    name = file.corridors.network
    return _inside(folder, name, "corridors, network") if name and (folder / name).is_dir() else name


def _co2(folder: Path, world: str, baseline: Baseline) -> Path | None:
    """Return the table of national CO2 that lies in the world's folder, if there is one for its year."""
    year = baseline.table.year if baseline.table else None
    path = world_directory(_world(folder, world)) / f"co2_{year}.csv"
    return path if path.is_file() else None


def _check(file: StudyFile, economies: tuple[str, ...]) -> None:
    """Check partners and years."""
    for partner in file.partners:
        _check_partner(partner, file, economies)
    if len(economies) <= len(file.partners):
        raise BadInputError(
            "study.toml, world",
            f"has {len(economies)} economies",
            allowed="a world with all partners and at least one third economy, which every result shows",
            remedy="keep the rest of the world in the table",
        )
    years = file.years
    if not years.start < years.deadline <= years.review:
        raise BadInputError(
            "study.toml, years",
            f"start {years.start}, deadline {years.deadline}, review {years.review}",
            allowed="start < deadline <= review",
            remedy="put the years in order",
        )


def _check_partner(partner: str, file: StudyFile, economies: tuple[str, ...]) -> None:
    """Check that a partner stands once and is an economy or a group of the world."""
    home = next((label for label, members in file.groups.items() if partner in members), "")
    if home:
        raise BadInputError(
            "study.toml, partners",
            f"{partner} is a member of the group {home}",
            allowed="partners without an economy in common",
            remedy=f"take {partner} out of the group or out of the partners",
        )
    require_label(partner, economies, "study.toml, partners")
    if file.partners.count(partner) > 1:
        raise BadInputError(
            "study.toml, partners",
            f"{partner} stands twice",
            allowed="two or more different economies or groups",
            remedy="name each partner once",
        )


def _digests(folder: Path, file: StudyFile, study: Study) -> dict[str, str]:
    """Return the digest of everything the study was read from: files of its folder by path, the world, models of alignment."""
    place = world_directory(_world(folder, file.world.name))
    world = digest(f"{name}={value}" for name, value in tree_digests(place).items())
    named = {**tree_digests(folder, place), f"world {study.baseline.name}": world}
    named |= network_digest(_network(folder, file))
    if study.matcher is not None:
        named["models and glossary of alignment"] = content_digest(study.matcher)
    return named | {f"plan {d.code}": content_digest(d.document) for d in study.documents if d.code and not d.digest}
