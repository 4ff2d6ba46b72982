"""Write every table of a run as SDMX-CSV and in the IAMC long format, for those who load it elsewhere."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from isthmus.commands.results import exported_sections
from isthmus.readers.guard import guarded
from isthmus.report.exports import Description, iamc, sdmx_csv
from isthmus.report.structure import Described, structure_message
from isthmus.study.section import Table, declared_tables, tables_of
from isthmus.study.station import Findings

STRUCTURE = "structure.json"
"""The structure message beside the SDMX files."""


def exchange_jobs(findings: Findings, out: Path, scenario: str) -> dict[str, Callable[[], dict[str, int]]]:
    """Return by table the work of writing it as ``exchange/sdmx/NAME.csv`` and ``exchange/iamc/NAME.csv``, and of the structure.

    ``exchange/sdmx/structure.json`` describes the data structures of the SDMX files. Each piece may be done beside the others
    and returns what it wrote. Empty tables are left out; tables that hold at no time have no IAMC form. Both texts are read
    back and compared before they are written.
    """
    described: list[Described] = []
    for section in exported_sections(findings).values():
        declared = declared_tables(type(section))
        for name, table in tables_of(section).items():
            if len(table):
                at, safe = declared[name][1].at, Table(table.row, guarded(table.frame))
                about = Description(name, str(getattr(section, at)) if at else "", scenario=scenario)
                described.append(Described(safe, about, declared[name][1].text))
    jobs: dict[str, Callable[[], dict[str, int]]] = {}
    if described:
        jobs[STRUCTURE] = partial(_write_structure, described, out)
    return jobs | {one.about.name: partial(_write_both, one, out) for one in described}


def _write_structure(described: list[Described], out: Path) -> dict[str, int]:
    """Write the structure message of all tables."""
    message = structure_message(described, datetime.now(UTC))
    _write(out / "exchange" / "sdmx" / STRUCTURE, message)
    return {}


def _write_both(one: Described, out: Path) -> dict[str, int]:
    """Write a table in both forms and return what was written."""
    sdmx, long = sdmx_csv(one.table, one.about), iamc(one.table, one.about)
    for form, export in (("sdmx", sdmx), ("iamc", long)):
        if export is not None:
            _write(out / "exchange" / form / f"{one.about.name}.csv", export.text)
    return {
        "sdmx_values": sdmx.values,
        "iamc_values": long.values if long else 0,
        "iamc_left_out": long.left_out if long else sdmx.values,
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="backslashreplace")
