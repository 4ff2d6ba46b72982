"""Levers: the arithmetic from each target to its shock, and what each lever alone is worth to whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.provenance import Ledger, Status, percentiles
from isthmus.economy.aggregate import Names
from isthmus.levers.facts import WorldFacts, world_facts
from isthmus.levers.lever import Effect, Lever
from isthmus.levers.shocks import Step, arithmetic
from isthmus.levers.worlds import SILENT
from isthmus.study.blend import CENTRAL_SETTING, Bench, Drawn, central_run, reference, sizes_of
from isthmus.study.border import BorderSection
from isthmus.study.columns import Central, Economy, High, Low, Median
from isthmus.study.columns import Lever as LeverId
from isthmus.study.components import THIRD
from isthmus.study.corridors import CorridorsSection
from isthmus.study.draws import DRAW_FIELDS, central_draw
from isthmus.study.ensemble import EnsembleSection, bench_of, draws_in
from isthmus.study.headline import HEADLINE_FIELDS, headline_world
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.targets import target_names

WEAKEST = (Status.UNVERIFIED, Status.ASSUMED, Status.QUOTED, Status.VERIFIED)


@dataclass(frozen=True)
class SourceFacts:
    """A source of a number of a lever."""

    source: str
    address: str
    status: str


@dataclass(frozen=True)
class LeverFacts:
    """A lever: whose it is, which targets it carries, when it acts, and the weakest status of its numbers."""

    id: str
    titles: Mapping[str, str]
    family: str
    owner: str
    joint: bool
    targets: Mapping[str, tuple[str, ...]]
    start: int
    full: int
    status: str
    elasticities: tuple[SourceFacts, ...]


@dataclass(frozen=True)
class LeverRow:
    """The arithmetic of one effect of a lever."""

    lever: LeverId
    number: Annotated[int, key("number of the effect within the lever")]
    family: Annotated[str, note("kind of lever")]
    owner: Annotated[str, note("partner whose plan it is, or joint")]
    channel: Annotated[str, note("where it enters the model")]
    form: Annotated[str, note("how the target's number becomes a change")]
    economy: Annotated[str, note("economies it acts in, with ;")]
    exporter: Annotated[str, note("exporters whose trade it changes, with ;")]
    importer: Annotated[str, note("importers whose trade it changes, with ;")]
    both_ways: Annotated[bool, note("whether it acts in both directions")]
    sector: Annotated[str, note("sectors it acts in, with ;")]
    input: Annotated[str, note("inputs whose use it changes, with ;")]
    change: Annotated[
        float | None, measure("% (see form and channel)", "change of the target; an overhead for a wedge; days")
    ]
    expected: Annotated[
        float | None, measure("% (see form and channel)", "part of the change expected without the plan")
    ]
    elasticity: Annotated[float | None, measure("1", "published elasticity; removed share for a wedge; cost of a day")]
    driver_pct: Annotated[float | None, measure("%", "effect before it enters the model")]
    shock_kind: Annotated[str, note("what the model receives")]
    shock_pct: Annotated[float, measure("%", "size of it at central values")]
    shock_low_pct: Annotated[float, measure("%", "5th percentile of shock_pct")]
    shock_high_pct: Annotated[float, measure("%", "95th percentile of shock_pct")]
    cells: Annotated[int, measure("cells", "cells of the trade cube a wedge acts in")]
    capped: Annotated[int, measure("cells", "cells in which less stands than the wedge was to work on")]
    start: Annotated[int, note("first year of effect", "year")]
    full: Annotated[int, note("first year of full effect", "year")]
    numbers: Annotated[str, note("ledger entries by role, with ;")]


@dataclass(frozen=True)
class WeightRow:
    """What one lever alone is worth to one economy at the deadline."""

    lever: LeverId
    economy: Economy
    low: Low
    median: Median
    high: High
    central: Central


@dataclass(frozen=True)
class SupportRow:
    """What the plan of one side says of one joint measure, and how that was read."""

    lever: LeverId
    partner: Annotated[str, key("side that has to act")]
    support: Annotated[str, note("plans that carry the measure: both, one or none")]
    strength: Annotated[
        str, note("states: a statement of the side's plan names it; implies: one names its field; empty: none does")
    ]
    statements: Annotated[str, note("statements of the side's plan that it carries out, with ;")]
    secondary: Annotated[str, note("of these, what is known from a secondary source and not the plan's text, with ;")]
    naming: Annotated[str, note("of these, what names another side of the measure, with ;")]
    documents: Annotated[str, note("codes of the documents that these statements stand in, with ;")]
    degree_low: Annotated[float | None, measure("1", "low end of the degree that they ask for; empty without one")]
    degree: Annotated[float | None, measure("1", "central value of the same")]
    degree_high: Annotated[float | None, measure("1", "high end of the same")]
    degree_read: Annotated[bool, note("whether the degree is our reading and not in the statement")]


@dataclass(frozen=True, kw_only=True)
class LeversSection(Section):
    """How the plans act on the model."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    deadline: Annotated[int, Help("year in which targets are due")]
    draws: Annotated[int, Help("draws that were asked for")]
    described: Annotated[tuple[LeverFacts, ...], Help("levers of both plans and of joint measures")]
    target_names: Annotated[Names, Help("names of targets by id and language")]
    levers: Annotated[Table[LeverRow], Help("arithmetic of every lever from its target to its shock", at="deadline")]
    lever_weights: Annotated[Table[WeightRow], Help("effect of each lever alone on real income", at="deadline")]
    measure_support: Annotated[
        Table[SupportRow], Help("what the plan of each side says of each joint measure", at="deadline")
    ]


def compute(study: Study, findings: Findings, work: Work) -> LeversSection:
    """Return the arithmetic of every lever and its effect on real income, each with 5th and 95th percentile."""
    section, central = findings[EnsembleSection], central_draw(study).parameters
    world, _, _ = headline_world(study)
    facts = world_facts(world, standing_costs(findings, study))
    bench, drawn = bench_of(study, section, world, [*study.partners, THIRD]), draws_in(study, section)
    work.progress(0.7)
    return LeversSection(
        partners=study.partners,
        economy_names=study.economy_names,
        deadline=study.deadline,
        draws=drawn.count,
        described=tuple(_described(lever, study.ledger) for lever in study.levers),
        target_names=target_names(study.targets),
        levers=table(LeverRow, _arithmetic(study, central, facts, _scales(bench, drawn))),
        lever_weights=table(WeightRow, _weights(study, bench, drawn)),
        measure_support=table(SupportRow, _supports(study)),
    )


STATION = Station(
    name="levers",
    section=LeversSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("partners", "economy_names", "start", "deadline", "review", "levers", "asked"),
        "statements",
    ),
    needs=(BorderSection, CorridorsSection, EnsembleSection),
    applies=lambda study: bool(study.levers),
    compute=compute,
)


def _scales(bench: Bench, drawn: Drawn) -> dict[tuple[str, int], Array]:
    """Return the size of every effect over that at the reference, (draw,), by lever and position: that of its first part."""
    responses = bench.responses[CENTRAL_SETTING]
    found: dict[tuple[str, int], Array] = {}
    sizes = sizes_of(bench, drawn)
    for part, (lever, effect, _) in enumerate(responses.keys):
        found.setdefault((lever, effect), sizes[:, part])
    return found


def _described(lever: Lever, ledger: Ledger) -> LeverFacts:
    """Return what the report says of a lever besides its numbers; the status is the weakest of the numbers it uses."""
    used = list(dict.fromkeys(name for effect in lever.effects for name in effect.numbers.values()))
    statuses = {ledger[name].status for name in used if name in ledger.parameters}
    cited = dict.fromkeys(
        effect.numbers[role]
        for effect in lever.effects
        for role in ("elasticity", "per_day", "removed", "overhead")
        if effect.numbers.get(role) in ledger.parameters
    )
    return LeverFacts(
        id=lever.id,
        titles=dict(lever.titles),
        family=lever.family,
        owner=lever.owner,
        joint=lever.joint,
        targets={partner: tuple(targets) for partner, targets in lever.targets.items()},
        start=lever.start,
        full=lever.full,
        status=next((str(s) for s in WEAKEST if s in statuses), ""),
        elasticities=tuple(
            SourceFacts(ledger[name].source, ledger[name].address, str(ledger[name].status)) for name in cited
        ),
    )


def _supports(study: Study) -> Iterator[SupportRow]:
    """Yield what the plan of each side says of each joint measure."""
    verified = {one.id for one in study.statements if one.status is Status.VERIFIED}
    named = {one.id: set(one.named_partner) for one in study.statements}
    stands_in = {one.id: one.document.code for one in study.statements}
    called = {code: {code, *study.economy_names.get(code, {}).values()} for code in study.partners}
    for lever in study.levers:
        asked = study.asked.get(lever.id, SILENT)
        for side in lever.partners if lever.joint else ():
            said = asked.statements.get(side, ())
            others = set().union(*(called[code] for code in lever.partners if code != side))
            low, middle, high = asked.degrees.get(side, (None, None, None))
            yield SupportRow(
                lever=lever.id, partner=side, support=asked.support, strength=asked.strengths.get(side, ""),
                statements=";".join(said), secondary=";".join(one for one in said if one not in verified),
                naming=";".join(one for one in said if named.get(one, set()) & others),
                documents=";".join(dict.fromkeys(stands_in[one] for one in said if one in stands_in)),
                degree_low=low, degree=middle, degree_high=high, degree_read=side in asked.assumed,
            )  # fmt: skip


def _arithmetic(
    study: Study,
    central: Mapping[str, float],
    facts: WorldFacts,
    scales: Mapping[tuple[str, int], Array],
) -> list[LeverRow]:
    """Return one row an effect; the two directions of one effect are one row."""
    rows = []
    known = reference(study)
    for lever in study.levers:
        middle, solved = arithmetic(lever, central, facts), arithmetic(lever, known, facts)
        groups: dict[tuple[object, ...], list[int]] = {}
        for k, effect in enumerate(lever.effects):
            groups.setdefault((*_numbers_of(effect), tuple(sorted({effect.exporter, effect.importer}))), []).append(k)
        for number, members in enumerate(groups.values(), start=1):
            scale = scales.get((lever.id, members[0]), np.ones(1))
            ends = percentiles(list(100 * np.expm1(np.log1p(solved[members[0]].shock_pct / 100) * scale)))
            rows.append(_row(lever, number, lever.effects[members[0]], [middle[k] for k in members], ends))
    return rows


def _numbers_of(effect: Effect) -> tuple[object, ...]:
    return (
        effect.channel,
        effect.form,
        effect.sector,
        effect.input,
        effect.economy,
        tuple(sorted(effect.numbers.items())),
    )


def _row(lever: Lever, number: int, effect: Effect, steps: Sequence[Step], ends: tuple[float, float]) -> LeverRow:
    """Return the row of an effect; `steps` are those of its directions."""
    step = steps[0]
    return LeverRow(
        lever=lever.id,
        number=number,
        family=lever.family,
        owner=lever.owner,
        channel=step.channel,
        form=str(effect.form),
        economy=";".join(effect.economy),
        exporter=";".join(effect.exporter),
        importer=";".join(effect.importer),
        both_ways=len(steps) > 1,
        sector=";".join(effect.sector),
        input=";".join(effect.input),
        change=step.change,
        expected=step.expected,
        elasticity=step.elasticity,
        driver_pct=step.driver_pct,
        shock_kind=step.shock_kind,
        shock_pct=step.shock_pct,
        shock_low_pct=ends[0],
        shock_high_pct=ends[1],
        cells=sum(s.cells for s in steps),
        capped=sum(s.capped for s in steps),
        start=lever.start,
        full=lever.full,
        numbers=";".join(f"{role}={name}" for role, name in effect.numbers.items()),
    )


def _weights(study: Study, bench: Bench, drawn: Drawn) -> list[WeightRow]:
    """Return the effect of each lever alone, at full degree, on real income of the partners and third countries, in percent."""
    responses = bench.responses[CENTRAL_SETTING]
    sizes, lever_of = sizes_of(bench, drawn), np.array(responses.lever_of, dtype=int)
    central = sizes_of(bench, central_run(bench))[0]
    rows = []
    for i, lever in enumerate(study.levers):
        parts = np.flatnonzero(lever_of == i)
        middle = 100 * np.expm1(central[parts] @ responses.observed[parts])
        values = 100 * np.expm1(sizes[:, parts] @ responses.observed[parts])
        for k, economy in enumerate((*study.partners, THIRD)):
            low, high = percentiles(list(values[:, k]))
            rows.append(WeightRow(lever.id, economy, low, float(np.median(values[:, k])), high, float(middle[k])))
    return rows
