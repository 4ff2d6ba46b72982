"""Write the pages of docs/reference that are generated from the code: the command line and the data dictionary.

python tools/reference.py           write both pages
python tools/reference.py --check   exit 1 when a page is stale
"""

import importlib.util
import inspect
import pkgutil
import sys
from pathlib import Path

import click

import isthmus
from isthmus.cli import COMMANDS, cli
from isthmus.core.fields import Record, declared_fields

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    return {"cli.md": cli_page(), "data-dictionary.md": dictionary_page()}


def cli_page() -> str:
    """Describe every command with its arguments and options."""
    parts = [
        "# Command line",
        "Generated from the code. Exit codes: 0 done; 2 bad input, the message names file, row or label, what is"
        " allowed and what to do; 3 not converged or infeasible; 130 interrupted, finished parts are kept. Progress goes to"
        " standard error.",
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
