"""How commands answer: whole results or none, tables in full precision, a JSON summary, progress on standard error."""

import errno
import gc
import io
import json
import math
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import click
import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.execution.results import results_file, results_folder
from isthmus.readers.guard import guarded


class _Place(click.Path):
    """A path for results: a name is needed, an empty one is not the folder one stands in."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        if not str(value).strip():
            self.fail("is empty. Allowed: the name of a folder or file. To do: name one.", param, ctx)
        return super().convert(value, param, ctx)


OUT_PLACE = _Place(path_type=Path, file_okay=False)
"""Type of an ``--out`` that is a folder."""
OUT_FILE = _Place(path_type=Path, dir_okay=False)
"""Type of an ``--out`` that is a file."""
KEPT_PLACE = _Place(path_type=Path)
"""Type of a folder of finished work, which a command makes and checks itself."""
OUT = click.option("--out", type=OUT_PLACE, required=True, help="Folder for the results.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print a machine-readable summary to standard output.")
EXCEL = click.option("--excel", is_flag=True, help="Write an .xlsx beside every table.")

_NAMES_OR_FOLDERS = {"world", "directory"}
"""Parameters that hold the name of a packaged world or a folder, which goes first."""
_WRITTEN = {"out", "work"}
"""Parameters that hold a place a command writes to."""


def results(
    out: Path, inputs: Sequence[Path] = (), names: Sequence[str] = (), *, summary: str = "", update: bool = False
) -> AbstractContextManager[Path]:
    """Give a fresh folder for the results of this command; they take the place of `out` when the block ends well.

    Every path on the command line that is no place to write to counts as an input; `inputs` adds others. The summary is the
    JSON that the command writes beside its tables, named after the command where nothing else is said. See `results_folder`.
    """
    given = [] if update else [*_paths_given(), *inputs]
    summary = summary or f"{click.get_current_context().info_name}.json"
    books = [excel_name(name) for name in names if ".csv" in name]
    return results_folder(out, summary, given, [*names, *books], update=update)


def one_result(out: Path, beside: Sequence[str] = (), *, excel: bool = False) -> AbstractContextManager[Path]:
    """Give a fresh folder for a table and those beside it; they are moved to where `out` lies when the block ends well.

    Every other path on the command line counts as an input. See `results_file`.
    """
    books = [excel_name(name) for name in (out.name, *beside)]
    return results_file(out, _paths_given(), [*beside, *(books if excel else ())])


def write_table(frame: pd.DataFrame, path: Path, *, excel: bool = False) -> None:
    """Write a table as UTF-8 CSV (gzipped when the name ends in .gz), and as .xlsx beside it when asked.

    Flags are written true and false, numbers in full double precision, and text that a spreadsheet would take for a formula
    as `guard` describes.
    """
    flags = frame.select_dtypes("bool").columns
    plain = frame.assign(**{name: frame[name].map({True: "true", False: "false"}) for name in flags})
    path.parent.mkdir(parents=True, exist_ok=True)
    compression: Any = {"method": "gzip", "mtime": 0} if path.suffix == ".gz" else None
    guarded(plain).to_csv(path, index=False, lineterminator="\n", compression=compression, errors="backslashreplace")
    if excel:
        path.with_name(excel_name(path.name)).write_bytes(_workbook(plain))


def excel_name(table: str) -> str:
    """Return the name of the .xlsx that stands beside a table."""
    return table.split(".")[0] + ".xlsx"


def write_json(content: Mapping[str, Any], path: Path) -> None:
    """Write JSON readable by people."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json_text(content, indent=1) + "\n", encoding="utf-8", errors="backslashreplace")


def json_text(content: object, indent: int | None = None) -> str:
    """Return JSON as the standard has it: a number that is none becomes null."""
    return json.dumps(_standard(content), ensure_ascii=False, allow_nan=False, indent=indent)


def _standard(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _standard(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_standard(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def answer(summary: Mapping[str, Any], as_json: bool, sentence: Callable[[], str]) -> None:
    """Print the summary as JSON when asked, else one sentence for people."""
    click.echo(json_text(summary) if as_json else sentence())


_NOT_IN_A_SHEET = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def require_fits(frame: pd.DataFrame) -> None:
    """Refuse a table that is larger than a sheet."""
    if len(frame) >= 1_048_576 or len(frame.columns) > 16_384:
        raise BadInputError(
            "--excel",
            f"a table of {len(frame)} rows and {len(frame.columns)} columns does not fit into a sheet",
            allowed="1,048,575 rows and 16,384 columns",
            remedy="leave --excel out and use the CSV",
        )


def sheet_text(cell: object) -> object:
    """Return a cell without characters that a workbook cannot hold."""
    return _NOT_IN_A_SHEET.sub("\N{REPLACEMENT CHARACTER}", cell) if isinstance(cell, str) else cell


@contextmanager
def book_place() -> Iterator[io.BytesIO]:
    """Give a place to write a workbook to.

    The library writes sheets to temporary files first, and hides what the system says when there is no room for them.

    Raises
    ------
    OSError
        When there is no room for temporary files.
    """
    from lxml.etree import SerialisationError

    try:
        yield io.BytesIO()
    except SerialisationError as error:
        told, sys.unraisablehook = sys.unraisablehook, lambda _: None
        # the half-written sheet complains once more, to standard error, when it is given up: let that be now
        traceback.clear_frames(error.__traceback__)
        error.__traceback__ = None
        gc.collect()
        sys.unraisablehook = told
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), tempfile.gettempdir()) from None


def _workbook(frame: pd.DataFrame) -> bytes:
    """Return a table as .xlsx; every text is a text there, whatever it begins with."""
    require_fits(frame)
    texts = frame.select_dtypes(["object", "str"]).columns
    clean = frame.assign(**{name: frame[name].map(sheet_text) for name in texts})
    with book_place() as held:
        with pd.ExcelWriter(held, engine="openpyxl") as book:
            clean.to_excel(book, index=False)
            for row in book.book.active.iter_rows(min_row=1):
                for cell in row:
                    if cell.data_type == "f":
                        cell.data_type, cell.quotePrefix = "s", True
        return held.getvalue()


def _paths_given() -> Iterator[Path]:
    """Yield every path on the command line that is no place to write to."""
    context = click.get_current_context()
    for param in context.command.params:
        if param.name in _WRITTEN or not (isinstance(param.type, click.Path) or param.name in _NAMES_OR_FOLDERS):
            continue
        value = context.params.get(param.name or "")
        for given in value if isinstance(value, tuple) else (value,):
            if given and Path(given).exists():
                yield Path(given)
