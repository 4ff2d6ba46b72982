"""What stands behind the numbers: residuals, repairs, assumptions with their sources, digests of every input."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated

from isthmus.core.provenance import Estimate, Parameter, digest
from isthmus.economy.aggregate import Names
from isthmus.equilibrium.retrodiction import Trial
from isthmus.levers.grades import grade_of
from isthmus.study.columns import Address, Grade, Note, Source, Status
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.value import ValueSection

TOLERANCE = 1e-10


@dataclass(frozen=True)
class SolverFacts:
    """Residuals of the central run by equation block, equilibria solved, and draws that failed."""

    tolerance: float
    residuals: Mapping[str, float]
    solves: int
    failed_draws: int
    chance_correlation: float


@dataclass(frozen=True)
class LedgerRow:
    """An assumed number."""

    name: Annotated[str, key("name")]
    description: Annotated[str, note("what it means")]
    unit: Annotated[str, note("its unit")]
    value: Annotated[float, measure("see column unit", "central value")]
    low: Annotated[float, measure("see column unit", "low end")]
    high: Annotated[float, measure("see column unit", "high end")]
    source: Source
    status: Status
    valid_from: Annotated[int | None, note("year from which it holds", "year")]
    page: Annotated[str, note("page of the source")]
    address: Address
    note: Note
    grade: Grade


@dataclass(frozen=True)
class RepairRow:
    """A change made to input so that it could be used."""

    where: Annotated[str, key("where")]
    what: Annotated[str, key("what was done")]
    count: Annotated[int, measure("cells", "how often")]
    size: Annotated[float, measure("see column unit", "how much in all")]
    unit: Annotated[str, note("unit of size")]


@dataclass(frozen=True)
class EstimateRow:
    """What others found for a question near that of the study."""

    id: Annotated[str, key("entry")]
    authors: Annotated[str, note("authors")]
    year: Annotated[int, note("year of publication")]
    simulated: Annotated[str, note("what was simulated")]
    measure: Annotated[str, note("what was measured")]
    whom: Annotated[str, note("whose it is")]
    low: Annotated[float | None, measure("see column unit", "low end, or the number itself")]
    high: Annotated[float | None, measure("see column unit", "high end, or the number itself")]
    unit: Annotated[str, note("its unit")]
    status: Status
    address: Address
    note: Note


@dataclass(frozen=True)
class RetrodictionRow:
    """A known change of the past: what the model said of trade beyond the benchmark, and what happened."""

    case: Annotated[str, key("case, kind of change, or `all`")]
    kind: Annotated[str, note("deepening, entering or rupture; empty for all together")]
    how: Annotated[str, note("where the cost came from: agreement, observed or tariff; empty for several cases")]
    base: Annotated[int | None, note("year that was solved", "year")]
    later: Annotated[int | None, note("year that was predicted", "year")]
    flows: Annotated[int, measure("flows", "flows that were compared")]
    said_pct: Annotated[float, measure("%", "growth beyond the benchmark that the model said")]
    happened_pct: Annotated[float, measure("%", "growth beyond the benchmark that happened")]
    correlation: Annotated[float, measure("1", "of what happened with what was said, over flows")]
    slope: Annotated[float, measure("1", "of what happened on what was said; 1 is the right size")]
    model_error: Annotated[float, measure("1", "weighted mean absolute error of logs, with the model")]
    benchmark_error: Annotated[float, measure("1", "the same without it: trade grows with both sides' totals")]


@dataclass(frozen=True, kw_only=True)
class EvidenceSection(Section):
    """What the results rest on."""

    study: Annotated[str, Help("name of the study")]
    titles: Annotated[Mapping[str, str], Help("title of the study by language")]
    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    start: Annotated[int, Help("first year of the plans")]
    deadline: Annotated[int, Help("year in which targets are due")]
    world: Annotated[str, Help("name of the world")]
    world_year: Annotated[int | None, Help("year of the world's table")]
    world_source: Annotated[str, Help("source of the world")]
    digests: Annotated[Mapping[str, str], Help("SHA-256 of every input by name")]
    digest: Annotated[str, Help("SHA-256 over all inputs")]
    not_applied: Annotated[tuple[str, ...], Help("stations that the study has nothing for")]
    solver: Annotated[SolverFacts | None, Help("how well the equations were solved")]
    ledger: Annotated[Table[LedgerRow], Help("assumed numbers with range, source and status")]
    descriptions: Annotated[Names, Help("descriptions of assumed numbers by language, by their name")]
    repairs: Annotated[Table[RepairRow], Help("changes made to input so that it could be used")]
    estimate_words: Annotated[Names, Help("what others simulated and for whom by language, by id and column")]
    estimates: Annotated[Table[EstimateRow], Help("what others found for questions near that of the study")]
    trial_titles: Annotated[Names, Help("titles of the changes of the past by case and language")]
    retrodiction: Annotated[
        Table[RetrodictionRow],
        Help("what the model would have said of known changes of the past, on the packaged world"),
    ]


def compute(study: Study, findings: Findings, _: Work) -> EvidenceSection:
    """Collect the provenance of a run from the study and the earlier sections."""
    world, balance, value = study.baseline.table, study.baseline.balance, findings.get(ValueSection)
    return EvidenceSection(
        study=study.name,
        titles=study.titles,
        partners=study.partners,
        economy_names=study.economy_names,
        start=study.start,
        deadline=study.deadline,
        world=study.baseline.name,
        world_year=world.year if world else None,
        world_source=world.source if world else "",
        digests=study.digests,
        digest=digest(f"{name}={value}" for name, value in sorted(study.digests.items())),
        not_applied=findings.skipped,
        solver=None if value is None else _solver(value),
        ledger=table(LedgerRow, (_ledger_row(p) for p in study.ledger.parameters.values())),
        descriptions={name: p.descriptions for name, p in study.ledger.parameters.items() if p.descriptions},
        repairs=table(RepairRow, (RepairRow(**asdict(r)) for r in balance.repairs) if balance else ()),
        estimates=table(EstimateRow, map(_estimate, study.estimates)),
        estimate_words={
            f"{e.id}.{name}": dict(told) for e in study.estimates for name, told in e.words.items() if told
        },
        trial_titles={trial.id: trial.titles for trial in study.trials if trial.titles},
        retrodiction=table(RetrodictionRow, map(_trial, study.trials)),
    )


STATION = Station(
    name="evidence",
    section=EvidenceSection,
    reads=(
        "name",
        "titles",
        "partners",
        "economy_names",
        "start",
        "deadline",
        "baseline",
        "ledger",
        "digests",
        "estimates",
        "trials",
    ),
    needs=(ValueSection,),
    applies=lambda _: True,
    compute=compute,
)


UNTOLD = ("descriptions", "together")
"""Fields of an entry that its row does not have."""


def _ledger_row(parameter: Parameter) -> LedgerRow:
    told = {name: value for name, value in asdict(parameter).items() if name not in UNTOLD}
    return LedgerRow(**(told | {"grade": str(grade_of(parameter, {}))}))


def _estimate(estimate: Estimate) -> EstimateRow:
    return EstimateRow(**{name: value for name, value in asdict(estimate).items() if name != "words"})


def _trial(trial: Trial) -> RetrodictionRow:
    score = trial.score
    return RetrodictionRow(
        case=trial.id,
        kind=trial.kind,
        how=trial.how,
        base=trial.base or None,
        later=trial.later or None,
        flows=score.flows,
        said_pct=100 * score.said,
        happened_pct=100 * score.happened,
        correlation=score.correlation,
        slope=score.slope,
        model_error=score.model_error,
        benchmark_error=score.benchmark_error,
    )


def _solver(value: ValueSection) -> SolverFacts:
    return SolverFacts(
        tolerance=TOLERANCE,
        residuals=value.residuals,
        solves=value.solves,
        failed_draws=len(value.failed_draws),
        chance_correlation=value.chance_correlation,
    )
