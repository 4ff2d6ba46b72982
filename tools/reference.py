"""Write the pages of docs/reference generated from the code: commands, records, files a user writes, tables of a run.

python tools/reference.py           write all pages
python tools/reference.py --check   exit 1 when a page is stale
"""

import importlib.util
import inspect
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

import isthmus
from isthmus.cli import COMMANDS, cli
from isthmus.core.fields import Record, declared_fields
from isthmus.readers.study.keys import StudyFile
from isthmus.study.registry import STATIONS
from isthmus.study.section import columns, declared_facts, declared_tables
from isthmus.study.station import Station

sys.path.insert(0, str(Path(__file__).resolve().parent))
from file_reference import files_page
from python_reference import python_page

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    return {
        "cli.md": cli_page(),
        "data-dictionary.md": dictionary_page(),
        "files.md": files_page(),
        "python.md": python_page(),
        "study-file.md": study_page(),
        "tables.md": tables_page(),
    }


def cli_page() -> str:
    """Describe every command with its arguments and options."""
    parts = [
        "# Command line",
        "Generated from the code. Exit codes: 0 done; 2 bad input, the message names file, row or label, what is"
        " allowed and what to do; 3 not converged or infeasible; 130 interrupted, finished parts of a run are kept."
        " Progress goes to standard error.",
    ]
    for name, (module, short) in COMMANDS.items():
        if importlib.util.find_spec(module) is None:
            continue
        parts += [f"## isthmus {name}", short]
        command = cli.get_command(click.Context(cli), name)
        if command is None:
            raise LookupError(name)
        parts += _command(command, f"isthmus {name}")
    return "\n\n".join(parts) + "\n"


def _command(command: click.Command, path: str) -> list[str]:
    """Describe one command, and those below it."""
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    parts = [f"```text\n{usage}\n```"]
    if command.help:
        parts.append(inspect.cleandoc(command.help))
    rows = [record for item in command.params if (record := item.get_help_record(context)) and record[1]]
    if rows:
        table = [f"| `{option}` | {' '.join(text.split())} |" for option, text in rows]
        parts.append("\n".join(["| option | meaning |", "|---|---|", *table]))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                parts += [f"### {path} {name}", *_command(below, f"{path} {name}")]
    return parts


def dictionary_page() -> str:
    """List every declared array of every record, from the declarations that also check them."""
    parts = ["# Data dictionary", "Generated from the declarations in the code. Dimensions are in storage order."]
    for record in sorted(_records(), key=lambda found: (found.__module__, found.__name__)):
        parts += [f"## {record.__name__}", f"`{record.__module__}`. {(inspect.getdoc(record) or '').splitlines()[0]}"]
        table = ["| field | dimensions | unit | symbol | bounds | description |", "|---|---|---|---|---|---|"]
        for name, field in declared_fields(record).items():
            low, high = ("" if bound is None else f"{bound:g}" for bound in (field.lower, field.upper))
            bounds = f"{low} to {high}".strip() if low or high else ""
            dims = ", ".join(field.dims)
            table.append(f"| {name} | {dims} | {field.unit} | {field.symbol} | {bounds} | {field.description} |")
        parts.append("\n".join(table))
    return "\n\n".join(parts) + "\n"


def study_page() -> str:
    """List every key of study.toml from the models that read it."""
    parts = [
        "# Study file",
        "Generated from the code. A study is a folder with `study.toml`; paths in it are relative to that folder. A key that"
        " is not listed here is an error. Only `partners` is needed; what a study does not give is left out of the report,"
        " which says so.",
        _keys({name: key for name, key in StudyFile.model_fields.items() if not _table(key)}),
    ]
    for name, key in StudyFile.model_fields.items():
        if table := _table(key):
            heading = f"[[{name}]]" if "list" in str(key.annotation) else f"[{name}]"
            text = (inspect.getdoc(table) or "").partition(": ")[2]
            parts += [f"## `{heading}`", text[:1].upper() + text[1:], _keys(table.model_fields)]
    return "\n\n".join(parts) + "\n"


def tables_page(stations: Sequence[Station[Any]] = STATIONS) -> str:
    """List facts and tables of every station, column by column, from the declarations that also check them."""
    parts = [
        "# Tables and facts of a run",
        "Generated from the declarations in the code. A run writes the facts to `findings.json`, every table to"
        " `tables/NAME.csv`, and these descriptions of the columns to `tables/columns.csv`. A dimension tells rows apart, a"
        " measure is a number with a unit (1 for shares and ratios), everything else goes along. Low and high are the 5th and"
        " 95th percentile of the draws.",
    ]
    for station in (station for station in stations if not station.internal):
        facts, tables = declared_facts(station.section), declared_tables(station.section)
        parts.append(f"## {station.name}")
        parts.append(
            "\n".join(
                ["| fact | meaning |", "|---|---|", *(f"| {n} | {told.text} |" for n, (_, told) in facts.items())]
            )
        )
        for name, (row, told) in tables.items():
            cells = [f"| {c.name} | {c.role} | {c.kind} | {c.unit} | {c.help} |" for c in columns(row)]
            head = ["| column | role | kind | unit | meaning |", "|---|---|---|---|---|"]
            parts += [f"### {name}", f"{told.text[:1].upper()}{told.text[1:]}.", "\n".join([*head, *cells])]
    return "\n\n".join(parts) + "\n"


def _table(key: FieldInfo) -> type[BaseModel] | None:
    """Return the model of a key that is a table or a list of tables."""
    for found in (key.annotation, *get_args(key.annotation)):
        if inspect.isclass(found) and issubclass(found, BaseModel):
            return found
    return None


def _keys(keys: dict[str, FieldInfo]) -> str:
    """Return a table of keys with type, default and meaning."""
    rows = []
    for name, key in keys.items():
        if not key.description:
            raise LookupError(f"study file: key {name} has no description")
        default = "needed" if key.is_required() else "" if key.default in ("", None, [], {}) else f"`{key.default}`"
        rows.append(f"| `{name}` | {_kind(key)} | {default} | {key.description} |")
    return "\n".join(["| key | value | default | meaning |", "|---|---|---|---|", *rows])


def _kind(key: FieldInfo) -> str:
    """Say in words what a key may hold."""
    listed = get_args(key.annotation)
    if get_origin(key.annotation) is Literal:
        return ", ".join(f"`{value}`" for value in listed if value)
    origin = get_origin(key.annotation)
    if origin is tuple:
        return f"list of {len(listed)} texts"
    if origin is dict:
        return "table of texts by " + ", ".join(f"`{value}`" for value in get_args(listed[0]))
    if origin is list:
        return "list of tables"
    found = next(kind for kind in (key.annotation, *listed) if kind in _KINDS)
    limits = [
        f"{word} {getattr(bound, name)}" for bound in key.metadata for name, word in _LIMITS if hasattr(bound, name)
    ]
    return ", ".join([_KINDS[found], *limits])


_KINDS: dict[object, str] = {bool: "true or false", int: "whole number", float: "number", str: "text"}
_LIMITS = (("ge", "at least"), ("gt", "above"), ("le", "at most"), ("lt", "below"))


def _records() -> set[type]:
    """Import every module of the package and return its records that declare arrays."""
    for module in pkgutil.walk_packages(isthmus.__path__, "isthmus."):
        importlib.import_module(module.name)
    found: set[type] = set()
    waiting = [Record]
    while waiting:
        below = waiting.pop().__subclasses__()
        found |= set(below)
        waiting += below
    return {record for record in found if declared_fields(record)}


def main(arguments: list[str]) -> int:
    """Write or check the pages; return the exit code."""
    stale = []
    for name, text in pages().items():
        path = PAGES / name
        if "--check" in arguments:
            stale += [] if path.exists() and path.read_text("utf-8") == text else [name]
        else:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/reference/{name} is stale. To do: python tools/reference.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
