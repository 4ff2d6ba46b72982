"""What the value of alignment rests on: joint measures one by one, grades of evidence, and assumptions that move it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from isthmus.core.provenance import Ledger
from isthmus.levers.components import ALL, TOTAL, ComponentKey, calibrated
from isthmus.levers.cost import unknown_costs
from isthmus.levers.grades import AT_STAKE, GRADES, ROLES, WEAKEST, grades
from isthmus.levers.lever import Lever
from isthmus.levers.support import BOTH
from isthmus.study.blend import EVERY, Bench, effects_of, ends_of
from isthmus.study.columns import Central, High, Low, Median, Partner
from isthmus.study.columns import Lever as LeverKey
from isthmus.study.components import THIRD
from isthmus.study.ensemble import EnsembleSection
from isthmus.study.jobs import QUICK
from isthmus.study.runs import FOUR, YearRun, cost_split, linear_split
from isthmus.study.section import key, measure, note
from isthmus.study.stakes import Stake
from isthmus.study.study import Study

RESULTS: Mapping[str, ComponentKey] = {"alignment": (TOTAL, BOTH), "all": (TOTAL, ALL)}
"""Results whose evidence is weighed: joint measures that both plans support, and all levers."""


KINDS = ("degree", "cost", "wedge", "removed", "additional", "elasticity", "share", "size", "pace", "model")
"""What a number of the ledger is: how far a plan goes, what a measure costs, a cost that stands at the border, the share of it
that a measure removes, the part of a target that is no trend, a published elasticity, a share, a size, how fast each side
goes without an agreement, or a number of the model itself."""

Bearer = Annotated[str, key("partner, or `third` for all other economies together, weighted by income")]

_BY_ROLE = {
    "overhead": "wedge",
    "removed": "removed",
    "additional": "additional",
    "elasticity": "elasticity",
    "per_day": "elasticity",
    "scope": "share",
    "concentration": "share",
    "net_saving": "share",
    "target": "size",
    "base": "size",
    "days": "size",
    "trend": "size",
    "past_growth": "size",
}


@dataclass(frozen=True)
class RankingRow:
    """What one joint measure is worth to one partner: what would be lost without it, all other measures agreed."""

    lever: LeverKey
    economy: Partner
    support: Annotated[str, note("plans that ask for it: both, one or none")]
    low: Low
    median: Median
    high: High
    central: Central
    cost_pct: Annotated[float, measure("%", "known cost to the partner at the deadline, in percent of real income")]
    cost_known: Annotated[bool, note("whether all of the partner's cost is known")]
    grade: Annotated[str, note("weakest grade of the numbers it rests on")]


@dataclass(frozen=True)
class EvidenceWeightRow:
    """Share of a result by grade of the numbers it rests on."""

    economy: Bearer
    result: Annotated[str, key("alignment (joint measures that both plans support) or all levers")]
    role: Annotated[
        str, key("what the numbers are for: cost_at_stake, strength, additional, degree; or the weakest of all")
    ]
    grade: Annotated[str, key("measured, estimated, expert or assumed; none where a lever has no such number")]
    share_pct: Annotated[float, measure("%", "share of the sum of absolute effects of levers")]


@dataclass(frozen=True)
class AssumptionRow:
    """The net value of alignment with one number of the ledger at its ends."""

    parameter: Annotated[str, key("entry of the ledger")]
    economy: Bearer
    rank: Annotated[int, note("1 for the number that moves the result of this economy most")]
    status: Annotated[str, note("verified, quoted, assumed or unverified")]
    kind: Annotated[str, note("what the number is: " + ", ".join(KINDS))]
    at_low_pct: Annotated[float, measure("%", "net value of alignment with the number at its low end")]
    at_high_pct: Annotated[float, measure("%", "net value of alignment with the number at its high end")]
    swing_pct: Annotated[float, measure("%", "distance between the two")]


def ranking_rows(
    run: YearRun, section: EnsembleSection, study: Study, known: Mapping[str, Stake]
) -> Iterator[RankingRow]:
    """Yield what every joint measure is worth to every partner: exact without it, with the range of its response."""
    data, unknown = section.data, unknown_costs(study.levers, study.costs)
    for position, lever in enumerate(study.levers):
        if not lever.joint:
            continue
        for partner in study.partners:
            at = run.labels.index(partner)
            drawn = 100 * np.expm1(run.effects.quick[:, position, :, at].sum(axis=1))
            linear = 100 * np.expm1(run.central.quick[:, position, :, at].sum(axis=1))
            whole = float(data["real_income_pct"].sel(branch=EVERY, world=QUICK, year=run.year, economy=partner))
            exact = whole - float(data["without_pct"].sel(joint=lever.id, economy=partner))
            moved = calibrated(drawn[:, None], linear, np.array([exact]))
            low, median, high = (float(x) for x in np.quantile(moved, FOUR))
            cost = float(run.central.quick_cost[0, position, :, at].sum())
            grade = grades(lever, study.ledger, known[lever.id].weakest).get(WEAKEST, "")
            yield RankingRow(
                lever=lever.id,
                economy=partner,
                support=run.bench.support[lever.id],
                low=low,
                median=median,
                high=high,
                central=exact,
                cost_pct=cost,
                cost_known=(lever.id, partner) not in unknown,
                grade=str(grade),
            )


def evidence_rows(run: YearRun, study: Study, known: Mapping[str, Stake]) -> Iterator[EvidenceWeightRow]:
    """Yield the share of results by grade, levers weighed by the size of their effect at central values.

    A lever on the border counts with the shares of the costs that it works on, each with the grade that stands in its cell.
    """
    found = {lever.id: evidence_shares(lever, study.ledger, known[lever.id]) for lever in study.levers}
    for label in (*study.partners, THIRD):
        sizes = np.abs(run.central.quick[0, :, :, run.labels.index(label)].sum(axis=1))
        for result, (_, support) in RESULTS.items():
            chosen = [
                support == ALL or (lever.joint and run.bench.support[lever.id] == support) for lever in study.levers
            ]
            total = float(sizes[chosen].sum())
            for role in (*ROLES, WEAKEST):
                shares = dict.fromkeys([*map(str, GRADES), "none"], 0.0)
                for lever, size, mine in zip(study.levers, sizes, chosen, strict=True):
                    for grade, part in found[lever.id][role].items():
                        shares[grade] += float(size) * part if mine else 0.0
                for grade, share in shares.items():
                    yield EvidenceWeightRow(label, result, role, grade, 100 * share / total if total else 0.0)


def evidence_shares(lever: Lever, ledger: Ledger, stake: Stake) -> dict[str, dict[str, float]]:
    """Return the share of a lever by role of its numbers and grade, `none` where it has no number of that role.

    The weakest of all is taken cell by cell: the weaker of the grade that stands there and of all other numbers.
    """
    one = grades(lever, ledger, stake.weakest)
    found = {role: {str(one.get(role, "none")): 1.0} for role in (*ROLES, WEAKEST)}
    if stake.shares:
        others = [grade for role, grade in one.items() if role not in (AT_STAKE, WEAKEST)]
        rest = max(others, key=GRADES.index, default=GRADES[0])
        found[AT_STAKE] = {str(grade): share for grade, share in stake.shares.items()}
        found[WEAKEST] = {}
        for grade, share in stake.shares.items():
            worse = str(max(grade, rest, key=GRADES.index))
            found[WEAKEST][worse] = found[WEAKEST].get(worse, 0.0) + share
    return found


def assumption_rows(bench: Bench, section: EnsembleSection, study: Study) -> Iterator[AssumptionRow]:
    """Yield the net value of alignment with one number after the other at its ends, as sums of responses.

    Third economies together stand beside the partners; the bench observes them.
    """
    entries = [entry for entry in study.ledger.parameters.values() if entry.low < entry.high]
    labels, kinds = [*study.partners, THIRD], _kinds(study)
    effects = effects_of(bench, ends_of(entries, study.ledger), study.deadline, labels)
    net = (
        linear_split(bench, effects, labels)[EVERY][TOTAL, BOTH]
        - cost_split(bench, effects, labels)[EVERY][TOTAL, BOTH]
    )
    for position, label in enumerate(labels):
        ends = net[:, position].reshape(-1, 2)
        order = np.argsort(-np.abs(ends[:, 1] - ends[:, 0]), kind="stable")
        for rank, index in enumerate(order, start=1):
            low, high = map(float, ends[index])
            entry = entries[index]
            kind = kinds.get(entry.name, _named(entry.name))
            yield AssumptionRow(entry.name, label, rank, str(entry.status), kind, low, high, abs(high - low))


def _kinds(study: Study) -> dict[str, str]:
    """Return what the numbers are that levers name, by the role they have there."""
    found: dict[str, str] = {}
    for lever in study.levers:
        for effect in lever.effects:
            found |= {name: _BY_ROLE[role] for role, name in effect.numbers.items() if role in _BY_ROLE}
        found |= dict.fromkeys((*lever.alone.values(), lever.lag), "pace")
    return found


def _named(name: str) -> str:
    """Return what a number is that no lever names: degrees and costs stand under names of their own."""
    kind = name.partition(".")[0]
    return kind if kind in ("degree", "cost") else "model"
