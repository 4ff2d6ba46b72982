"""What stands behind the numbers: residuals, repairs, assumptions with sources, digests of inputs, limits."""

from collections.abc import Mapping, Sequence

from isthmus.report.assumptions import described
from isthmus.report.belief import by_status, estimates, known_wrong, past, tornado
from isthmus.report.blocks import Block, Cell, Chapter, Grid, Paragraph, Points
from isthmus.report.locale import NO_BREAK, Translator
from isthmus.study.evidence import EvidenceSection, LedgerRow, RepairRow, RetrodictionRow, SolverFacts
from isthmus.study.section import Table
from isthmus.study.station import Findings
from isthmus.study.value import ValueSection

LIMITS = ("world", "elasticity", "levers", "money", "politics")
MARKED = {"assumed", "unverified"}


def chapter(section: EvidenceSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    value = findings.get(ValueSection)
    asked: list[Block | None] = [
        tornado(value, findings, text) if value is not None else None,
        by_status(section, text) if len(section.ledger) else None,
        estimates(section, value, text),
        past(section, text),
        known_wrong(section, value, text),
    ]
    blocks = [block for block in asked if block is not None]
    blocks += _solver(section.solver, text)
    blocks += _retrodiction(section, text)
    blocks += _repairs(section.repairs, text)
    blocks += _ledger(section, text)
    blocks += _digests(section.digests, text)
    blocks += _left_out(section.not_applied, text)
    blocks.append(Points(text("evidence.limits_title"), [text.of("evidence.limit", name) for name in LIMITS]))
    return Chapter(
        name="evidence",
        short=text("evidence.short"),
        title=_title(section, text),
        lead=text("evidence.lead"),
        blocks=blocks,
    )


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
    return [
        Paragraph(
            text("evidence.past", n=len(cases), better=better, signs=sum(not _missed(row) for row in cases), **words)
        ),
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
    if not repairs.rows:
        return [Paragraph(text("evidence.no_repairs"), tone="muted")]
    rows: list[list[str | Cell]] = [
        [
            Cell(r.where, lang="en"),
            Cell(r.what, lang="en"),
            text.number(r.count, 0),
            Cell(f"{text.short(r.size)} {r.unit}".strip(), lang="en"),
        ]
        for r in repairs.rows
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


def _ledger(section: EvidenceSection, text: Translator) -> list[Block]:
    ledger, told = section.ledger, described(section, text)
    if not ledger.rows:
        return []
    order = sorted(ledger.rows, key=lambda row: (row.status not in MARKED, row.name))
    rows = [_entry(row, told, text) for row in order]
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


def _entry(row: LedgerRow, told: Mapping[str, str], text: Translator) -> list[str | Cell]:
    status, words = text.of("common.status", row.status), told[row.name] or row.name
    tag = status if row.status in MARKED else ""
    source = ", ".join(part for part in (row.source, row.page.replace(" ", NO_BREAK)) if part)
    return [
        Cell(words, lang="" if words != row.description else "en", tag=tag, title=row.name),
        Cell(f"{text.short(row.value)} {row.unit}", lang="en"),
        text("common.range", low=text.short(row.low), high=text.short(row.high)),
        Cell(source, lang="en"),
        status,
    ]


def _digests(digests: Mapping[str, str], text: Translator) -> list[Block]:
    if not digests:
        return []
    rows: list[list[str | Cell]] = [[name, Cell(value[:16], title=value)] for name, value in sorted(digests.items())]
    columns = [text.of("evidence.column", c) for c in ("input", "digest")]
    return [Grid(title=text("evidence.digests"), columns=columns, rows=rows)]


def _left_out(stations: Sequence[str], text: Translator) -> list[Block]:
    if not stations:
        return []
    names = text.list([text.station(name) for name in stations])
    return [Paragraph(text("evidence.left_out", stations=names), tone="muted")]
