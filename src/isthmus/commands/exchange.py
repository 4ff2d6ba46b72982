"""Write every table of a run as SDMX-CSV and in the IAMC long format, for those who load it elsewhere."""

import os
from datetime import UTC, datetime
from pathlib import Path

from isthmus.commands.results import exported_sections
from isthmus.execution.workers import map_in_workers
from isthmus.execution.workshop import tell
from isthmus.readers.guard import guarded
from isthmus.report.exports import Description, Export, iamc, sdmx_csv
from isthmus.report.structure import Described, structure_message
from isthmus.study.section import Table, declared_tables, tables_of
from isthmus.study.station import Findings

STRUCTURE = "structure.json"
"""The structure message beside the SDMX files."""


def write_exchange(
    findings: Findings, out: Path, scenario: str, processes: int | None = None
) -> dict[str, dict[str, int]]:
    """Write ``exchange/sdmx/NAME.csv`` and ``exchange/iamc/NAME.csv`` for every table and return what was written.

    ``exchange/sdmx/structure.json`` describes the data structures of the SDMX files.
    Empty tables are left out; tables that hold at no time have no IAMC form. Both texts have been read back and compared
    before they are written. `processes` is how many tables are worked on at a time, by default as many as there are cores.
    """
    described: list[Described] = []
    for section in exported_sections(findings).values():
        declared = declared_tables(type(section))
        for name, table in tables_of(section).items():
            if len(table):
                at, safe = declared[name][1].at, Table(table.row, guarded(table.frame))
                about = Description(name, str(getattr(section, at)) if at else "", scenario=scenario)
                described.append(Described(safe, about, declared[name][1].text))
    # first, so that workers inherit the libraries it loads
    message = structure_message(described, datetime.now(UTC)) if described else ""
    texts = map_in_workers(_both, described, processes or min(8, os.cpu_count() or 1), tell)
    written: dict[str, dict[str, int]] = {}
    for one, (sdmx, long) in zip(described, texts, strict=True):
        for form, export in (("sdmx", sdmx), ("iamc", long)):
            if export is not None:
                path = out / "exchange" / form / f"{one.about.name}.csv"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(export.text, encoding="utf-8", errors="backslashreplace")
        written[one.about.name] = {
            "sdmx_values": sdmx.values,
            "iamc_values": long.values if long else 0,
            "iamc_left_out": long.left_out if long else sdmx.values,
        }
    if message:
        (out / "exchange" / "sdmx" / STRUCTURE).write_text(message, encoding="utf-8")
    return written


def _both(one: Described) -> tuple[Export, Export | None]:
    """Return a table in both forms."""
    return sdmx_csv(one.table, one.about), iamc(one.table, one.about)
