"""The command line. Commands are imported when they are called, so that ``isthmus --help`` answers at once."""

import sys
from importlib import import_module

import click

from isthmus.core.errors import IsthmusError

COMMANDS = {
    "run": ("isthmus.commands.run", "Run a study and write its report."),
    "report": ("isthmus.commands.report", "Write the report of a finished run in another language."),
    "solve": ("isthmus.commands.solve", "Solve one scenario in a world."),
    "border": ("isthmus.commands.border", "Measure what the border between two economies costs."),
    "plan": ("isthmus.commands.plan", "Extract the targets of plan documents."),
    "align": ("isthmus.commands.align", "Link the statements of two plans."),
    "track": ("isthmus.commands.track", "Judge targets by observations: verdict, pace, chance."),
    "world": ("isthmus.commands.world", "Check, import, aggregate or nowcast a world directory."),
    "validate": ("isthmus.commands.validate", "Compare computed numbers with published ones."),
    "explain": ("isthmus.commands.explain", "Explain a term of the glossary."),
}


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own, each with a click command called `command`."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names in the order they are shown."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write names and short texts without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isthmus", prog_name="isthmus")
def cli() -> None:
    """Read two economies' development plans, price the border between them, compute what alignment is worth."""


def main() -> None:
    """Run the command line; exit codes are 0 done, 2 bad input, 3 not converged or infeasible, 130 interrupted."""
    try:
        cli.main(prog_name="isthmus", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _stop("interrupted; finished parts are kept", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OSError as error:
        problem = f"{error.filename or 'file'}: {error.strerror or error}"
        _stop(f"{problem}. Allowed: a path that can be read and written. To do: check the path and its rights.", 2)
    except IsthmusError as error:
        _stop(str(error), error.exit_code)


def _stop(message: str, code: int) -> None:
    click.echo(f"isthmus: {message}", err=True)
    sys.exit(code)
