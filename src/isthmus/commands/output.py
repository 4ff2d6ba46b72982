"""How commands answer: tables in full precision, a JSON summary, progress on standard error."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import pandas as pd

from isthmus.core.errors import BadInputError

OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the results."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print a machine-readable summary to standard output.")
EXCEL = click.option("--excel", is_flag=True, help="Write an .xlsx beside every table.")


def keep_inputs(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse to write a result over one of the files it is made from.

    Raises
    ------
    BadInputError
        When `out` is an input.
    """
    if any(out.resolve() == path.resolve() for path in inputs):
        raise BadInputError(
            f"--out {out.name}", "is one of the inputs", allowed="another file", remedy="choose another name or folder"
        )


def write_table(frame: pd.DataFrame, path: Path, *, excel: bool = False) -> None:
    """Write a table as UTF-8 CSV (gzipped when the name ends in .gz), and as .xlsx beside it when asked.

    Flags are written true and false, numbers in full double precision; the file appears only when it is complete.
    """
    flags = frame.select_dtypes("bool").columns
    plain = frame.assign(**{name: frame[name].map({True: "true", False: "false"}) for name in flags})
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name("." + path.name)
    compression: Any = {"method": "gzip", "mtime": 0} if path.suffix == ".gz" else None
    plain.to_csv(unfinished, index=False, lineterminator="\n", compression=compression)
    unfinished.replace(path)
    if excel:
        plain.to_excel(path.with_name(excel_name(path.name)), index=False)


def remove_tables(out: Path, tables: Sequence[str], *others: str) -> None:
    """Remove what an earlier call wrote under these names, so that no older result stands beside a failure."""
    for name in [*tables, *(excel_name(table) for table in tables), *others]:
        (out / name).unlink(missing_ok=True)


def excel_name(table: str) -> str:
    """Return the name of the .xlsx that stands beside a table."""
    return table.split(".")[0] + ".xlsx"


def write_json(content: Mapping[str, Any], path: Path) -> None:
    """Write JSON readable by people; the file appears only when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name("." + path.name)
    unfinished.write_text(json_text(content, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(path)


def json_text(content: Any, indent: int | None = None) -> str:
    """Return JSON as the standard has it: a number that is none becomes null."""
    return json.dumps(_standard(content), ensure_ascii=False, allow_nan=False, indent=indent)


def _standard(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _standard(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_standard(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def answer(summary: Mapping[str, Any], as_json: bool, sentence: Callable[[], str]) -> None:
    """Print the summary as JSON when asked, else one sentence for people."""
    click.echo(json_text(summary) if as_json else sentence())
