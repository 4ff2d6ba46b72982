"""Read a study: a folder with study.toml and the files it names, or the name of a packaged study."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field as Key

from isthmus.core.content import content_digest
from isthmus.core.errors import BadInputError
from isthmus.core.labels import positions
from isthmus.core.provenance import Ledger, digest
from isthmus.economy.aggregate import Grouping
from isthmus.economy.baseline import Baseline, WorldTable
from isthmus.economy.calibrate import with_elasticity
from isthmus.levers.lever import Lever
from isthmus.levers.support import Terms, degree_entries, held, terms
from isthmus.plans.document import PlanDocument
from isthmus.plans.statement import PlanStatement
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.readers.alignment.reviews import read_verdicts
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.indicators.observations import read_observations
from isthmus.readers.networks.study import CorridorKeys, network_digest, study_corridors
from isthmus.readers.programme.agenda import study_agenda
from isthmus.readers.store.digests import tree_digests
from isthmus.readers.study.border import study_border
from isthmus.readers.study.estimates import read_estimates
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.levers import read_levers
from isthmus.readers.study.outcomes import read_outcomes
from isthmus.readers.study.statements import read_plan_documents, read_statements
from isthmus.readers.study.support import read_costs, read_support
from isthmus.readers.study.targets import read_targets
from isthmus.readers.study.taxonomy import read_taxonomy
from isthmus.readers.toml import Typed, read_model
from isthmus.readers.worlds.changes import read_world_trade, read_yearly_totals
from isthmus.readers.worlds.groups import grouped, grouping
from isthmus.readers.worlds.retrodiction import read_trials
from isthmus.readers.worlds.world import DEFAULT_WORLD, checked_baseline, read_world, world_directory, world_settings
from isthmus.study.study import DrawSettings, Study

_PACKAGED = Path(str(resources.files("isthmus") / "assets" / "studies"))
Year = Annotated[int, Key(ge=1990, le=2100)]


class YearKeys(Typed):
    """Table [years]: first year of the plans, the year targets are due, a later year results are also shown for."""

    start: Year = Key(default=2026, description="first year of the plans")
    deadline: Year = Key(default=2030, description="year in which targets are due")
    review: Year = Key(default=2036, description="later year for which results are also shown")


class WorldKeys(Typed):
    """Table [world]: which world, which elasticities, which trade-balance closure, newer totals of goods trade."""

    name: str = Key(default=DEFAULT_WORLD, description="packaged world, or a world directory in the study's folder")
    elasticity: str = Key(
        default="", description="column of the world's trade_elasticities.csv; the world's own when empty"
    )
    services: float | None = Key(
        default=None,
        gt=0,
        description="trade elasticity of services instead of the column's; a ledger entry services_elasticity goes before it",
    )
    trade_balance: Literal["fixed", "own_va", "zero"] = Key(default="fixed", description="rule for trade balances")
    nowcast: str = Key(
        default="",
        description="newer totals of goods trade (exporter, importer, year, value, kind, source); results are shown on them too",
    )


class FileKeys(Typed):
    """Table [files]: data files, relative to the study's folder. None of them is needed."""

    targets: str = Key(default="", description="curated targets of both plans (CSV)")
    ledger: str = Key(default="", description="assumed numbers with range and source (TOML)")
    levers: str = Key(default="", description="how the plans act on the model (TOML)")
    statements: str = Key(default="", description="statements of the plans, with or without numbers (CSV)")
    plan_documents: str = Key(default="", description="documents that the statements come from (CSV)")
    support: str = Key(default="", description="which statements carry which lever (CSV)")
    costs: str = Key(default="", description="what levers cost, and who pays (CSV)")
    outcomes: str = Key(default="", description="outcomes the plans want, and energy accounts (TOML)")
    observations: str = Key(default="", description="published values that targets are tracked by (CSV)")
    estimates: str = Key(default="", description="what others found for comparable questions (CSV)")
    projects: str = Key(
        default="",
        description="folder of candidate projects with their costs, effects, budgets and settings (programme.toml)",
    )
    glossary: str = Key(default="", description="terms of the field in each language, for alignment (TOML)")
    verdicts: str = Key(default="", description="an analyst's decisions on links between targets (CSV)")


class TrackingKeys(Typed):
    """Table [tracking]: the date after which no observation is used; the last day before the plans start when empty."""

    as_of: str = Key(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="date as YYYY-MM-DD")


class DocumentKeys(Typed):
    """Table [[documents]]: a plan document, the partner whose plan it is, and its language where it is not plain."""

    file: str = Key(description="document, relative to the study's folder")
    partner: str = Key(description="partner whose plan it is")
    lang: Literal["en", "ru", "zh", ""] = Key(default="", description="its language; recognised when empty")


class DrawKeys(Typed):
    """Table [draws]: quasi-random draws over the ledger."""

    count: int = Key(default=200, ge=20, le=100_000, description="draws of a usual run")
    full: int = Key(default=1000, ge=20, le=100_000, description="draws with --full")
    seed: int = Key(default=1, ge=0, lt=2**63, description="seed; equal seeds give equal draws")
    closures: list[Literal["fixed", "own_va", "zero"]] = Key(
        default=[], description="rules for trade balances among which draws choose; the study's own alone when empty"
    )
    elasticities: list[str] = Key(
        default=[], description="sets of elasticities among which draws choose; the study's own alone when empty"
    )
    trade_years: list[str] = Key(
        default=[],
        description="years of newer trade totals among which draws choose, `table` for the table's own; that alone when empty",
    )


class StudyFile(Typed):
    """A study file."""

    partners: tuple[str, str] = Key(
        description="codes of the two economies, or labels of groups, in the order in which they are shown"
    )
    groups: dict[str, list[str]] = Key(
        default={},
        description='groups of economies that count as one, members by label: UNION = ["AAA", "BBB"]',
    )
    group_names: dict[str, dict[Literal["en", "ru", "zh"], str]] = Key(default={}, description="names by language")
    targets: Literal["curated", "extracted", "merge"] = Key(
        default="curated",
        description="targets the model works with: the curated table, what the documents say, or the documents with curated"
        " targets that they lack",
    )
    title: dict[Literal["en", "ru", "zh"], str] = Key(default={}, description="title of the study by language")
    years: YearKeys = YearKeys()
    world: WorldKeys = WorldKeys()
    files: FileKeys = FileKeys()
    tracking: TrackingKeys = TrackingKeys()
    corridors: CorridorKeys = CorridorKeys()
    draws: DrawKeys = DrawKeys()
    documents: list[DocumentKeys] = Key(default=[])
    claim: list[dict[str, Any]] = Key(
        default=[],
        description="stated overheads to test the border against: name, low, high (fractions), source, definition, address",
    )


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


def load_study(name_or_dir: str | Path, *, full: bool = False) -> Study:
    """Read a study and everything it names.

    Parameters
    ----------
    full
        Take the larger number of draws.

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
    study = _with_plans(study, folder, file, files)
    study = _with_model(study, folder, file, files, groups)
    study = replace(study, border=study_border(folder, world, place, file.partners, file.claim, groups))
    if "projects" in files:
        study = replace(study, agenda=study_agenda(files["projects"], study, full=full))
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
        name=folder.name,
        titles={str(language): title for language, title in file.title.items()},
        partners=file.partners,
        start=file.years.start,
        deadline=file.years.deadline,
        review=file.years.review,
        baseline=with_elasticity(baseline, file.world.elasticity, file.world.services, 1.0),
        trade_balance=file.world.trade_balance,
        draws=_draws(file.draws, full),
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


def _with_plans(study: Study, folder: Path, file: StudyFile, files: Mapping[str, Path]) -> Study:
    """Add what the plans say: targets, documents, what links them, and what was observed."""
    return replace(
        study,
        targets=read_targets(files["targets"], file.partners) if "targets" in files else (),
        documents=tuple(_documents(folder, file)),
        taxonomy=read_taxonomy(),
        lexicon=read_lexicon() if file.documents else None,
        statements=_statements(file, files),
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


def _statements(file: StudyFile, files: Mapping[str, Path]) -> tuple[PlanStatement, ...]:
    """Read what the plans say, with the documents it comes from."""
    needed = ("statements", "plan_documents")
    given = [name for name in (*needed, "support") if name in files]
    if not given:
        return ()
    if not set(needed) <= set(given):
        raise BadInputError(
            "study.toml, files",
            f"names {', '.join(given)} alone",
            allowed=f"{' and '.join(needed)}, with or without support, or none",
            remedy="add the others",
        )
    documents = read_plan_documents(files["plan_documents"], file.partners)
    return read_statements(files["statements"], documents, file.partners)


def _asked(
    files: Mapping[str, Path], levers: Sequence[Lever], statements: Sequence[PlanStatement]
) -> tuple[dict[str, Terms], int]:
    """Return what the plans ask of each lever, and the number of rows of support that rest on no plan."""
    if "support" not in files or not levers:
        return {}, 0
    kept, left_out = held(read_support(files["support"], levers), statements)
    return {lever.id: terms(lever, kept) for lever in levers}, left_out


def _documents(folder: Path, file: StudyFile) -> Iterator[PlanDocument]:
    """Read the plan documents that a study names."""
    for entry in file.documents:
        positions(entry.partner, file.partners, f"study.toml, document {entry.file}")
        yield PlanDocument(entry.partner, read_document(_inside(folder, entry.file, "documents, file")), entry.lang)


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
        positions(partner, economies, "study.toml, partners")
    if file.partners[0] == file.partners[1]:
        raise BadInputError("study.toml, partners", "both are the same", allowed="two economies", remedy="name two")
    if len(economies) < 3:
        raise BadInputError(
            "study.toml, world",
            f"has {len(economies)} economies",
            allowed="a world with both partners and at least one third economy, which every result shows",
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


def _digests(folder: Path, file: StudyFile, study: Study) -> dict[str, str]:
    """Return the digest of everything the study was read from: files of its folder by path, the world, models of alignment."""
    place = world_directory(_world(folder, file.world.name))
    world = digest(f"{name}={value}" for name, value in tree_digests(place).items())
    named = {**tree_digests(folder, place), f"world {study.baseline.name}": world}
    named |= network_digest(_network(folder, file))
    if study.matcher is not None:
        named["models and glossary of alignment"] = content_digest(study.matcher)
    return named
