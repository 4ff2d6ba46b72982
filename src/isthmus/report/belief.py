"""Can it be believed: what moves the answer, what others found, how the model did on the past, what stands behind it."""

from collections.abc import Mapping

import pandas as pd

from isthmus.economy.aggregate import Names
from isthmus.levers.support import BOTH
from isthmus.report.assumptions import AssumptionNames
from isthmus.report.blocks import Cell, Figure, Grid, Points
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sided
from isthmus.report.sureness import LISTED
from isthmus.report.worth import Worth
from isthmus.study.evidence import EstimateRow, EvidenceSection
from isthmus.study.station import Findings
from isthmus.study.trade import TradeSection
from isthmus.study.value import ValueSection

FOLD = 6
BILLIONS = "billion USD a year"
STATUSES = ("verified", "quoted", "assumed", "unverified")


def tornado(value: ValueSection, findings: Findings, text: Translator) -> Figure | None:
    """Draw how far the numbers that matter most, each moved alone between its ends, move each partner's gain."""
    worth = Worth(value, findings.get(TradeSection), text)
    names = AssumptionNames(findings, value.economy_names, text)
    every = pd.DataFrame(_moved(value))
    if every.empty:
        return None
    order = {one.parameter: k for k, one in enumerate(worth.movers(LISTED))}
    frame = every[every["parameter"].isin(order)]
    frame = frame.sort_values("parameter", key=lambda column: column.map(order), kind="stable")
    frame = frame.assign(row=frame["parameter"].map(names), series=[worth.name(code) for code in frame["economy"]])
    first = frame[frame["parameter"] == next(iter(order))].sort_values("high").iloc[-1]
    drawing = intervals(frame, sided([worth.name(p) for p in worth.partners]), Scale("", 0))
    heads = {n: text.of("evidence.column", n) for n in ("row", "series", "low", "high")}
    return Figure(
        name="evidence-tornado",
        title=text(
            "evidence.tornado",
            number=names.quoted(first["parameter"]),
            name=first["series"],
            ends=text.percent_range(first["low"], first["high"], 0, signed=True),
        ),
        alt=text("evidence.tornado_alt", n=len(order)),
        option=drawing.option,
        twin=frame[["row", "series", "low", "high"]].rename(columns=heads),
        source=text("evidence.tornado_source", shown=len(order), n=every["parameter"].nunique(), year=value.deadline),
        height=drawing.height,
    )


def _moved(value: ValueSection) -> list[dict[str, str | float]]:
    """Return how far each number, moved alone, moves each partner's gain, in percent of its central value."""
    middle = {
        row.economy: row.central
        for row in value.value.rows
        if (row.component, row.support, row.net, row.channel, row.year) == ("total", BOTH, True, "all", value.deadline)
    }
    return [
        {
            "parameter": r.parameter,
            "economy": r.economy,
            "low": min(*ends, 0.0),
            "central": 0.0,
            "high": max(*ends, 0.0),
        }
        for r in value.assumptions.rows
        if r.economy in value.partners and middle.get(r.economy)
        for ends in [[100 * (end / middle[r.economy] - 1) for end in (r.at_low_pct, r.at_high_pct)]]
    ]


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
    rows += [_estimate(row, section.estimate_words, text) for row in section.estimates.rows if row.low is not None]
    return Grid(
        text("evidence.estimates", n=len(rows)),
        [text.of("evidence.column", c) for c in ("study", "simulated", "whom", "result")],
        rows,
        source=text("evidence.estimates_source"),
        csv="estimates",
        opened=True,
        fold=FOLD,
    )


def _estimate(row: EstimateRow, words: Names, text: Translator) -> list[str | Cell]:
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
        *(_told(words.get(f"{row.id}.{name}", {}), getattr(row, name), text) for name in ("simulated", "whom")),
        ends,
    ]


def _told(known: Mapping[str, str], otherwise: str, text: Translator) -> Cell:
    """Return words in the language of the page, else as the file has them."""
    return Cell(known.get(text.language, otherwise), lang="" if text.language in known else "en")


def past(section: EvidenceSection, text: Translator) -> Figure | None:
    """Draw what the model would have said of changes of the past beside what happened."""
    found = [row for row in section.retrodiction.rows if row.how]
    if not found:
        return None
    said, happened = text.of("evidence.past_of", "said"), text.of("evidence.past_of", "happened")
    rows = [
        {
            "row": text.named(section.trial_titles.get(row.case, {}), row.case),
            "series": name,
            **dict.fromkeys(("low", "central", "high"), value),
        }
        for row in found
        for name, value in ((said, row.said_pct), (happened, row.happened_pct))
    ]
    frame = pd.DataFrame(rows)
    drawing = intervals(frame, {said: "joint", happened: "ink"}, Scale("", 0))
    right = sum(row.said_pct * row.happened_pct > 0 for row in found)
    worse = sum(row.model_error > row.benchmark_error for row in found)
    heads = {"row": "case", "series": "what_of", "central": "points"}
    return Figure(
        name="evidence-past",
        title=text("evidence.trial_title", right=right, n=len(found), worse=worse),
        alt=text("evidence.trial_alt", n=len(found)),
        option=drawing.option,
        twin=frame[list(heads)].rename(columns={c: text.of("evidence.column", head) for c, head in heads.items()}),
        source=text("evidence.trial_source"),
        height=drawing.height,
    )


def known_wrong(section: EvidenceSection, worth: Worth | None, text: Translator) -> Points:
    """List what is known to be wrong or missing in the numbers, with its size."""
    items: list[str] = []
    for row in section.retrodiction.rows:
        if not row.how and not row.kind:
            errors = {"model": text.number(row.model_error, 2), "plain": text.number(row.benchmark_error, 2)}
            items.append(text("evidence.wrong.past", **errors))
    if worth is not None and worth.section.linear_error.rows:
        worst = max(abs(row.linear_pct - row.exact_pct) for row in worth.section.linear_error.rows)
        items.append(text("evidence.wrong.draws", error=text.number(worst, decimals(worst))))
    unverified = sum(row.status == "unverified" for row in section.ledger.rows)
    if unverified:
        items.append(text("evidence.wrong.unverified", n=unverified))
    return Points(text("evidence.wrong_title"), [*items, text("evidence.wrong.lag"), *_unknown_costs(worth, text)])


def _unknown_costs(worth: Worth | None, text: Translator) -> list[str]:
    """Say of which measures no cost is known: of some that both plans support, or of others alone."""
    if worth is None or worth.every_cost_known():
        return []
    return [text("evidence.wrong.cost_alone" if worth.all_costs_known() else "evidence.wrong.cost")]
