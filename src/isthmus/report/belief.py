"""Can it be believed: what moves the answer, what others found, how the model did on the past, what stands behind it."""

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from isthmus.report.assumptions import AssumptionNames
from isthmus.report.blocks import Cell, Figure, Grid, Points
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.locale import Translator, decimals
from isthmus.report.shell import asset
from isthmus.report.worth import Worth
from isthmus.study.evidence import EstimateRow, EvidenceSection
from isthmus.study.station import Findings
from isthmus.study.value import ValueSection

SHOWN, FOLD = 5, 8
BILLIONS = "billion USD a year"
STATUSES = ("verified", "quoted", "assumed", "unverified")
CASES, SCORES = "published/retrodiction.toml", "published/retrodiction_scores.csv"


def tornado(value: ValueSection, findings: Findings, text: Translator) -> Figure | None:
    """Draw how far the numbers that matter most, each moved alone between its ends, move each partner's gain."""
    worth, names = Worth(value, None, text), AssumptionNames(findings, value.economy_names, text)
    middle = {p: worth.alignment(p, net=True).central for p in worth.partners}
    rows = [
        {"parameter": r.parameter, "economy": r.economy, "low": min(ends), "central": 0.0, "high": max(ends)}
        for r in value.assumptions.rows
        if middle.get(r.economy)
        for ends in [[100 * (end / middle[r.economy] - 1) for end in (r.at_low_pct, r.at_high_pct)]]
    ]
    if not rows:
        return None
    every = pd.DataFrame(rows)
    swing = (every["high"] - every["low"]).groupby(every["parameter"]).max().sort_values(ascending=False)
    frame = every[every["parameter"].isin(swing.index[:SHOWN])].copy()
    order = {name: k for k, name in enumerate(swing.index)}
    frame = frame.sort_values("parameter", key=lambda column: column.map(order), kind="stable")
    frame = frame.assign(row=frame["parameter"].map(names), series=[worth.name(code) for code in frame["economy"]])
    first = frame[frame["parameter"] == swing.index[0]].sort_values("high").iloc[-1]
    drawing = intervals(
        frame, {worth.name(p): role for p, role in zip(worth.partners, "ab", strict=True)}, Scale("", 0)
    )
    heads = {n: text.of("evidence.column", n) for n in ("row", "series", "low", "high")}
    return Figure(
        name="evidence-tornado",
        title=text(
            "evidence.tornado",
            number=first["row"],
            name=first["series"],
            ends=text.percent_range(first["low"], first["high"], 0, signed=True),
        ),
        alt=text("evidence.tornado_alt", n=min(SHOWN, len(swing))),
        option=drawing.option,
        twin=frame[["row", "series", "low", "high"]].rename(columns=heads),
        source=text("evidence.tornado_source", shown=min(SHOWN, len(swing)), n=len(swing), year=value.deadline),
        height=drawing.height,
    )


def by_status(section: EvidenceSection, text: Translator) -> Grid:
    """Count the numbers of the ledger by how they were established."""
    count = {status: sum(row.status == status for row in section.ledger.rows) for status in STATUSES}
    return Grid(
        text("evidence.status_title", n=count["verified"], all=len(section.ledger)),
        [text.of("evidence.column", c) for c in ("status", "numbers", "means")],
        [[text.of("common.status", s), text.number(count[s], 0), text.of("evidence.means", s)] for s in STATUSES],
        numeric=(1,),
        opened=True,
    )


def estimates(section: EvidenceSection, value: ValueSection | None, text: Translator) -> Grid | None:
    """Set what others found for agreements and works beside what this run says."""
    if not section.estimates.rows:
        return None
    rows: list[list[str | Cell]] = []
    if value is not None:
        worth = Worth(value, None, text)
        for code in worth.partners:
            effect = worth.alignment(code, net=False)
            told = [text("evidence.here"), text("evidence.here_what"), worth.name(code), effect.both(text)]
            rows.append([Cell(told[0], tone="mark"), *told[1:]])
    rows += [_estimate(row, text) for row in section.estimates.rows if row.low is not None]
    return Grid(
        text("evidence.estimates", n=len(rows)),
        [text.of("evidence.column", c) for c in ("study", "simulated", "whom", "result")],
        rows,
        source=text("evidence.estimates_source"),
        csv="estimates",
        opened=True,
        fold=FOLD,
    )


def _estimate(row: EstimateRow, text: Translator) -> list[str | Cell]:
    low, high = row.low, row.high if row.high is not None else row.low
    assert low is not None
    assert high is not None
    digits = min(2, decimals(low, high))
    if row.unit == "%":
        ends = text.percent(low, digits) if low == high else text.percent_range(low, high, digits)
    elif row.unit == BILLIONS:
        ends = text("evidence.a_year", value=text.million_usd(1000 * high, signed=False))
    else:
        ends = f"{text.range(low, high, digits)} {row.unit}"
    tag = text.of("common.status", row.status) if row.status not in ("verified", "quoted") else ""
    return [
        Cell(f"{row.authors}, {row.year}", lang="en", tag=tag, title=row.address),
        Cell(row.simulated, lang="en"),
        Cell(row.whom, lang="en"),
        ends,
    ]


@dataclass(frozen=True)
class Score:
    """How the model did on one change of the past: growth of the changed trade beyond a rule without a model, as logs."""

    case: str
    said: float
    happened: float
    error: float
    plain_error: float


def scores() -> list[Score]:
    """Return the scores of every past case, in the order of the list of cases."""
    rows = csv.DictReader(asset(SCORES).splitlines())
    known = {case["id"] for case in tomllib.loads(asset(CASES))["case"]}
    return [
        Score(r["case"], *(float(r[c]) for c in ("said", "happened", "model_error", "benchmark_error")))
        for r in rows
        if r["case"] in known
    ]


def past(text: Translator) -> Figure:
    """Draw what the model would have said of changes of the past beside what happened."""
    found, titles = scores(), {case["id"]: case["titles"] for case in tomllib.loads(asset(CASES))["case"]}
    said, happened = text.of("evidence.past", "said"), text.of("evidence.past", "happened")
    rows = [
        {
            "row": text.named(titles[s.case], s.case),
            "series": name,
            **dict.fromkeys(("low", "central", "high"), 100 * v),
        }
        for s in found
        for name, v in ((said, s.said), (happened, s.happened))
    ]
    frame = pd.DataFrame(rows)
    drawing = intervals(frame, {said: "joint", happened: "ink"}, Scale("", 0))
    right, worse = sum(s.said * s.happened > 0 for s in found), sum(s.error > s.plain_error for s in found)
    heads = {"row": text.of("evidence.column", "case"), "series": text.of("evidence.column", "what_of")}
    return Figure(
        name="evidence-past",
        title=text("evidence.past_title", right=right, n=len(found), worse=worse),
        alt=text("evidence.past_alt"),
        option=drawing.option,
        twin=frame[["row", "series", "central"]].rename(
            columns=heads | {"central": text.of("evidence.column", "points")}
        ),
        source=text("evidence.past_source"),
        height=drawing.height,
    )


def known_wrong(section: EvidenceSection, value: ValueSection | None, text: Translator) -> Points:
    """List what is known to be wrong or missing in the numbers, with its size."""
    found = scores()
    items: list[str] = []
    if found:
        model, plain = (
            sum(errors) / len(found) for errors in zip(*((s.error, s.plain_error) for s in found), strict=True)
        )
        items.append(text("evidence.wrong.past", model=text.number(model, 2), plain=text.number(plain, 2)))
    if value is not None and value.linear_error.rows:
        worst = max(abs(row.linear_pct - row.exact_pct) for row in value.linear_error.rows)
        items.append(text("evidence.wrong.draws", error=text.number(worst, decimals(worst))))
    unverified = sum(row.status == "unverified" for row in section.ledger.rows)
    if unverified:
        items.append(text("evidence.wrong.unverified", n=unverified))
    return Points(text("evidence.wrong_title"), [*items, *_always(text)])


def _always(text: Translator) -> Sequence[str]:
    return [text("evidence.wrong.lag"), text("evidence.wrong.cost")]
