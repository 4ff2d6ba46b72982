"""Write every table of a run as SDMX-CSV and in the IAMC long format, for those who load it elsewhere."""

from pathlib import Path
from typing import Any

from isthmus.core.errors import BadInputError
from isthmus.readers.guard import guarded
from isthmus.report.exports import Description, iamc, sdmx_csv
from isthmus.study.station import Findings


def write_exchange(findings: Findings, out: Path, year: int, scenario: str) -> dict[str, Any]:
    """Write ``exchange/sdmx/NAME.csv`` and ``exchange/iamc/NAME.csv`` for every table and return what was written.

    A table whose rows no text tells apart is given its row number as a key. Empty tables are left out. Both texts have been
    read back and compared before they are written.
    """
    written: dict[str, Any] = {}
    every = {name: table for section in findings.values() for name, table in section.tables.items()}
    tables = {name: guarded(table) for name, table in every.items() if len(table)}
    for name, table in tables.items():
        about = Description(name, year, scenario=scenario)
        try:
            texts = sdmx_csv(table, about), iamc(table, about)
        except BadInputError:
            numbered = table.assign(row=[str(i) for i in range(1, len(table) + 1)])
            about = Description(name, year, keys=("row",), scenario=scenario)
            texts = sdmx_csv(numbered, about), iamc(numbered, about)
        for form, export in zip(("sdmx", "iamc"), texts, strict=True):
            path = out / "exchange" / form / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(export.text, encoding="utf-8", errors="backslashreplace")
        written[name] = {
            "sdmx_values": texts[0].values,
            "iamc_values": texts[1].values,
            "iamc_left_out": texts[1].left_out,
        }
    return written
