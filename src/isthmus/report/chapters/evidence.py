"""What stands behind the numbers: residuals, repairs, assumptions with sources, digests of inputs, limits."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from isthmus.report.assumptions import AssumptionNames
from isthmus.report.belief import by_status, estimates, known_wrong, past, tornado
from isthmus.report.blocks import Annex, Block, Cell, Chapter, Columns, Grid, Paragraph, Part, Points, Tabs
from isthmus.report.locale import NO_BREAK, Translator
from isthmus.report.repaired import input_name, repair_name
from isthmus.report.sureness import needed, needed_third, weights
from isthmus.report.wording import slug_of, with_unit
from isthmus.report.worth import Worth
from isthmus.study.evidence import EvidenceSection, LedgerRow, RepairRow, RetrodictionRow, SolverFacts
from isthmus.study.section import Table
from isthmus.study.station import Findings
from isthmus.study.trade import TradeSection
from isthmus.study.value import ValueSection

LIMITS = ("world", "elasticity", "levers", "money", "politics")
MARKED = {"assumed", "unverified"}
_SIGNS = {"percent": "%"}


def chapter(section: EvidenceSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    value = findings.get(ValueSection)
    worth = Worth(value, findings.get(TradeSection), text) if value is not None else None
    limits = Points(text("evidence.limits_title"), [text.of("evidence.limit", name) for name in LIMITS])
    blocks = _asked(section, value, worth, findings, text)
    blocks.append(Columns([known_wrong(section, worth, text), limits]))
    blocks += _solver(section.solver, text)
    blocks += _retrodiction(section, text)
    blocks += _repairs(section.repairs, text)
    blocks += _ledger(section, AssumptionNames(findings, section.economy_names, text), text)
    blocks += _digests(section.digests, text)
    blocks += _left_out(section.not_applied, text)
    return Chapter(
        name="evidence",
        short=text("evidence.short"),
        title=_title(section, text),
        lead=text("evidence.lead"),
        blocks=blocks,
    )


def _asked(
    section: EvidenceSection, value: ValueSection | None, worth: Worth | None, findings: Findings, text: Translator
) -> list[Block]:
    """Return what moves the answer, and behind tabs what would make it surer, the past, what others found, the sources."""
    drawn = tornado(value, findings, text) if value is not None else None
    asked = {
        "surer": needed(worth, findings, text) if worth is not None else None,
        "surer_third": needed_third(worth, findings, text) if worth is not None else None,
        "past": past(section, text),
        "others": estimates(section, value, text),
        "status": by_status(section, text) if len(section.ledger) else None,
    }
    parts = [Part(text.of("evidence.tab", name), [block]) for name, block in asked.items() if block is not None]
    found: list[Block | None] = [
        drawn,
        Tabs("evidence-asked", text("evidence.asked"), parts) if parts else None,
        weights(worth, text) if worth is not None else None,
    ]
    return [block for block in found if block is not None]


def _title(section: EvidenceSection, text: Translator) -> str:
    count = len(section.ledger)
    assumed = sum(row.status in MARKED for row in section.ledger.rows)
    if not count and section.solver is None:
        return text("evidence.title_none")
    if section.solver is None:
        return text("evidence.title_plain", n=count, assumed=assumed)
    worst = max(section.solver.residuals.values())
    return text("evidence.title", residual=text.scientific(worst), n=count, assumed=assumed)


def _solver(solver: SolverFacts | None, text: Translator) -> list[Block]:
    if solver is None:
        return []
    rows = [[text.of("evidence.equation", name), text.scientific(value)] for name, value in solver.residuals.items()]
    failed = solver.failed_draws
    return [
        Grid(
            title=text("evidence.residuals", tolerance=text.scientific(solver.tolerance)),
            columns=[text("evidence.column.equation"), text("evidence.column.residual")],
            rows=rows,
            numeric=(1,),
            source=text("evidence.solves", n=solver.solves),
        ),
        Paragraph(text("evidence.failed", n=failed), "warning")
        if failed
        else Paragraph(text("evidence.none_failed"), "muted"),
    ]


def _retrodiction(section: EvidenceSection, text: Translator) -> list[Block]:
    """Say how the model would have fared on known changes of the past, misses included."""
    cases = [row for row in section.retrodiction.rows if row.how]
    every = {row.case: row for row in section.retrodiction.rows if not row.how}
    if not cases:
        return []
    words = {
        f"{prefix}{name}": text.percent(value, 0, signed=True)
        for prefix, row in (("", every["all"]), ("entering_", every["entering"]))
        for name, value in (("said", row.said_pct), ("happened", row.happened_pct))
    }
    better = sum(row.model_error < row.benchmark_error for row in cases)
    heads = ("change", "years", "cost_from", "said", "happened", "slope", "error", "benchmark")
    told = text("evidence.past", n=len(cases), better=better, signs=sum(not _missed(row) for row in cases), **words)
    return [
        Annex([Paragraph(told)]),
        Grid(
            title=text("evidence.past_title"),
            columns=[text.of("evidence.column", name) for name in heads],
            rows=[_past(row, section, text) for row in (*cases, *every.values())],
            numeric=(3, 4, 5, 6, 7),
            source=text("evidence.past_source"),
            csv="retrodiction",
        ),
    ]


def _missed(row: RetrodictionRow) -> bool:
    """Say whether trade moved the other way than the model said."""
    return (row.said_pct > 0) != (row.happened_pct > 0)


def _past(row: RetrodictionRow, section: EvidenceSection, text: Translator) -> list[str | Cell]:
    title = section.trial_titles.get(row.case)
    happened = text.percent(row.happened_pct, 0, signed=True)
    return [
        text.named(title, row.case) if title else text.of("evidence.past_kind", row.case),
        text("evidence.years", base=row.base, later=row.later) if row.base else "",
        text.of("evidence.past_cost", row.how) if row.how else "",
        text.percent(row.said_pct, 0, signed=True),
        Cell(happened, tag=text("evidence.missed") if _missed(row) else ""),
        text.number(row.slope, 2),
        text.number(row.model_error, 2),
        text.number(row.benchmark_error, 2),
    ]


def _repairs(repairs: Table[RepairRow], text: Translator) -> list[Block]:
    touched = [row for row in repairs.rows if row.count]
    if not touched:
        return [Paragraph(text("evidence.no_repairs"), tone="muted")]
    rows: list[list[str | Cell]] = [
        [
            input_name(r.where, text),
            repair_name(r.what, text),
            text.number(r.count, 0),
            Cell(f"{text.short(r.size)} {r.unit}".strip(), lang="en"),
        ]
        for r in touched
    ]
    return [
        Grid(
            title=text("evidence.repairs", n=len(rows)),
            columns=[text.of("evidence.column", c) for c in ("where", "what", "count", "size")],
            rows=rows,
            numeric=(2, 3),
            csv="repairs",
            fold=12,
            filters=(0,),
        )
    ]


def _ledger(section: EvidenceSection, names: AssumptionNames, text: Translator) -> list[Block]:
    ledger = section.ledger
    if not ledger.rows:
        return []
    order = sorted(ledger.rows, key=lambda row: (row.status not in MARKED, row.name))
    rows = [_entry(row, names, text) for row in order]
    return [
        Grid(
            title=text("evidence.ledger", n=len(rows)),
            columns=[text.of("evidence.column", c) for c in ("assumption", "central", "range", "source", "status")],
            rows=rows,
            numeric=(1, 2),
            source=text("evidence.ledger_source"),
            csv="ledger",
            fold=12,
            filters=(4,),
        )
    ]


def _entry(row: LedgerRow, names: AssumptionNames, text: Translator) -> list[str | Cell]:
    status, words = text.of("common.status", row.status), names(row.name)
    money = row.unit.startswith("million USD")
    value, low, high = (text.short(text.tabled(n) if money else n) for n in (row.value, row.low, row.high))
    key, count = slug_of(row.unit), Decimal(f"{abs(row.value):.4g}")
    unit = (
        text.of("evidence.unit", key, n=count) if text.has(f"evidence.unit.{key}") else _SIGNS.get(row.unit, row.unit)
    )
    tag = status if row.status in MARKED else ""
    source = ", ".join(part for part in (row.source, row.page.replace(" ", NO_BREAK)) if part)
    return [
        Cell(words, lang="" if words != row.description else "en", tag=tag, title=row.name),
        Cell(with_unit(value, unit, text), lang="" if unit != row.unit else "en"),
        text("common.range", low=low, high=high),
        Cell(source, lang="en"),
        status,
    ]


def _digests(digests: Mapping[str, str], text: Translator) -> list[Block]:
    if not digests:
        return []
    rows: list[list[str | Cell]] = [
        [Cell(name, lang="en"), Cell(value[:16], title=value)] for name, value in sorted(digests.items())
    ]
    columns = [text.of("evidence.column", c) for c in ("input", "digest")]
    return [Grid(title=text("evidence.digests"), columns=columns, rows=rows)]


def _left_out(stations: Sequence[str], text: Translator) -> list[Block]:
    if not stations:
        return []
    names = text.list([text.station(name) for name in stations])
    return [Paragraph(text("evidence.left_out", stations=names), tone="muted")]
