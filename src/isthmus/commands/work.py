"""`--work`: a folder in which finished work is kept for every run that names it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from isthmus.commands.output import KEPT_PLACE
from isthmus.core.errors import BadInputError
from isthmus.execution.results import WORK
from isthmus.execution.workshop import VARIABLE

KEPT = click.option(
    "--work",
    type=KEPT_PLACE,
    metavar="FOLDER",
    envvar=VARIABLE,
    show_envvar=True,
    help="Keep finished work here for every run that names the folder, also at the same time.",
)


@contextmanager
def work_folder(work: Path | None, out: Path) -> Iterator[Path]:
    """Give the folder of finished work of a command that keeps none beside its results: the named one, or one for now."""
    if work is not None:
        yield usable(work, out)
        return
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


def usable(work: Path, out: Path) -> Path:
    """Return a named folder of finished work, which is made where there is none.

    Raises
    ------
    BadInputError
        When it lies among the results, which are exchanged as a whole, or cannot be written.
    """
    real, results = Path(os.path.realpath(work)), Path(os.path.realpath(out))
    if results in (real, *real.parents) and real != results / WORK:
        raise BadInputError(
            f"--work {work}",
            f"lies among the results in {out}",
            allowed="a folder outside --out",
            remedy=f"name another folder with --work or {VARIABLE}",
        )
    try:
        work.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=work):
            pass
    except OSError as error:
        raise BadInputError(
            f"--work {work}",
            f"cannot be written ({error.strerror or error})",
            allowed="a folder that can be made and written",
            remedy=f"name another folder with --work or {VARIABLE}, or leave both out",
        ) from error
    return work
