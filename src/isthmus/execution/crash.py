"""The report of a crash: what a maintainer needs, in one text file that a user can read before sending it."""

import os
import platform
import sys
import tempfile
import time
import traceback
from importlib import metadata
from pathlib import Path

_PACKAGES = ("isthmus", "numpy", "scipy", "pandas", "pyarrow", "xarray", "pydantic", "lxml", "pypdfium2", "python-docx")
_LONGEST = 100_000


def report_crash(error: BaseException) -> Path | None:
    """Write a report of an unexpected error and return where it lies, or None where nothing can be written.

    It lies in the folder for temporary files and holds the call as typed, versions, and the traceback; no input file is
    copied, though the message of an error may quote a cell.
    """
    name = f"isthmus-crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    for folder in (Path(tempfile.gettempdir()), Path.cwd()):
        try:
            (folder / name).write_text(_text(error), "utf-8", "backslashreplace")
        except OSError:
            continue
        return folder / name
    return None


def _text(error: BaseException) -> str:
    trace = "".join(traceback.format_exception(error))
    cut = trace if len(trace) <= _LONGEST else f"{trace[: _LONGEST // 2]}\n[...]\n{trace[-_LONGEST // 2 :]}"
    lines = [
        "Isthmus stopped by a fault of its own. Please look through this report before you send it: it holds the call as",
        "you typed it, and the message of the error may quote a cell of an input.",
        "",
        f"call:     {' '.join(sys.argv)}",
        f"system:   {platform.platform()}, Python {platform.python_version()}",
        f"versions: {', '.join(f'{name} {_version(name)}' for name in _PACKAGES)}",
        "",
        cut,
    ]
    return "\n".join(lines)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
