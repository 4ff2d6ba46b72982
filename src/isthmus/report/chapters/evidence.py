"""What stands behind the numbers: residuals, repairs, assumptions with sources, digests of inputs, limits."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Grid, Paragraph, Points
from isthmus.report.embed import records
from isthmus.report.locale import NO_BREAK, Translator
from isthmus.study.station import Facts, Findings

LIMITS = ("world", "elasticity", "levers", "money", "politics")
MARKED = {"assumed", "unverified"}


def chapter(findings: Findings, text: Translator) -> Chapter | None:
    """Write the chapter; None when the findings carry no evidence.

    The section ``evidence`` has facts ``solver`` (tolerance, residuals by equation block, solves),
    ``digests`` (input: SHA-256), ``digest`` (of all), ``not_applied`` (stations), ``study`` and ``world``; and tables
    ``ledger`` (the fields of `Parameter`) and ``repairs`` (the fields of `Repair`).
    """
    if "evidence" not in findings:
        return None
    facts, tables = findings["evidence"].facts, findings["evidence"].tables
    ledger, repairs = tables.get("ledger"), tables.get("repairs")
    failed = int(findings["value"].facts.get("failed_draws", 0)) if "value" in findings else 0
    blocks: list[Block] = []
    blocks += _solver(facts, failed, text)
    blocks += _repairs(repairs, text)
    blocks += _ledger(ledger, text)
    blocks += _digests(facts.get("digests", {}), text)
    blocks += _left_out(facts.get("not_applied", []), text)
    blocks.append(Points(text("evidence.limits_title"), [text.of("evidence.limit", name) for name in LIMITS]))
    return Chapter(
        name="evidence",
        short=text("evidence.short"),
        title=_title(facts, ledger, text),
        lead=text("evidence.lead"),
        blocks=blocks,
    )


def _title(facts: Facts, ledger: pd.DataFrame | None, text: Translator) -> str:
    count = 0 if ledger is None else len(ledger)
    assumed = 0 if ledger is None else int(ledger["status"].isin(MARKED).sum())
    residuals = facts.get("solver", {}).get("residuals", {})
    if not residuals:
        return text("evidence.title_plain", n=count, assumed=assumed)
    return text("evidence.title", residual=text.scientific(max(residuals.values())), n=count, assumed=assumed)


def _solver(facts: Facts, failed: int, text: Translator) -> list[Block]:
    solver = facts.get("solver")
    if not solver:
        return []
    rows = [[text.of("evidence.equation", name), text.scientific(value)] for name, value in solver["residuals"].items()]
    return [
        Grid(
            title=text("evidence.residuals", tolerance=text.scientific(solver["tolerance"])),
            columns=[text("evidence.column.equation"), text("evidence.column.residual")],
            rows=rows,
            numeric=(1,),
            source=text("evidence.solves", n=int(solver["solves"])),
        ),
        Paragraph(text("evidence.failed", n=failed), "warning")
        if failed
        else Paragraph(text("evidence.none_failed"), "muted"),
    ]


def _repairs(repairs: pd.DataFrame | None, text: Translator) -> list[Block]:
    if repairs is None or repairs.empty:
        return [Paragraph(text("evidence.no_repairs"), tone="muted")]
    rows: list[list[str | Cell]] = [
        [
            Cell(str(r["where"]), lang="en"),
            Cell(str(r["what"]), lang="en"),
            text.number(r["count"], 0),
            Cell(f"{text.short(float(r['size']))} {r['unit']}".strip(), lang="en"),
        ]
        for r in records(repairs)
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


def _ledger(ledger: pd.DataFrame | None, text: Translator) -> list[Block]:
    if ledger is None or ledger.empty:
        return []
    order = ledger.assign(marked=ledger["status"].isin(MARKED)).sort_values(["marked", "name"], ascending=[False, True])
    rows = [_entry(row, text) for row in records(order)]
    return [
        Grid(
            title=text("evidence.ledger", n=len(rows)),
            columns=[text.of("evidence.column", c) for c in ("assumption", "central", "range", "source")],
            rows=rows,
            numeric=(1, 2),
            source=text("evidence.ledger_source"),
            csv="ledger",
            fold=6,
        )
    ]


def _entry(row: Mapping[str, Any], text: Translator) -> list[str | Cell]:
    status = str(row["status"])
    tag = text.of("common.status", status) if status in MARKED else ""
    source = ", ".join(
        part
        for part in (str(row["source"]), str(row.get("page") or "").replace(" ", NO_BREAK))
        if part and part != "nan"
    )
    return [
        Cell(str(row["description"]) or str(row["name"]), lang="en", tag=tag, title=str(row["name"])),
        Cell(f"{text.short(float(row['value']))} {row['unit']}", lang="en"),
        text("common.range", low=text.short(float(row["low"])), high=text.short(float(row["high"]))),
        Cell(source, lang="en"),
    ]


def _digests(digests: Mapping[str, str], text: Translator) -> list[Block]:
    if not digests:
        return []
    rows: list[list[str | Cell]] = [[name, Cell(value[:16], title=value)] for name, value in sorted(digests.items())]
    columns = [text.of("evidence.column", c) for c in ("input", "digest")]
    return [Grid(title=text("evidence.digests"), columns=columns, rows=rows)]


def _left_out(stations: list[str], text: Translator) -> list[Block]:
    if not stations:
        return []
    names = text.list([text.of("evidence.station", name) for name in stations])
    return [Paragraph(text("evidence.left_out", stations=names), tone="muted")]
