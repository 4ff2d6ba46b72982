"""The command line. Commands are imported when they are called, so that ``isthmus --help`` answers at once."""

import errno
import io
import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from isthmus.core.errors import IsthmusError

COMMANDS = {
    "new": ("isthmus.commands.new", "Make a study folder for any pair."),
    "run": ("isthmus.commands.run", "Run a study and write its report."),
    "report": ("isthmus.commands.report", "Write the report of a finished run in another language."),
    "compare": ("isthmus.commands.compare", "Compare the results of runs: inputs and numbers."),
    "solve": ("isthmus.commands.solve", "Solve one scenario in a world."),
    "gradient": ("isthmus.commands.gradient", "Price every barrier: what one percent off it is worth."),
    "seek": ("isthmus.commands.seek", "Find what it takes to reach goals, and what two goals cost each other."),
    "border": ("isthmus.commands.border", "Measure what the border between two economies costs."),
    "corridor": ("isthmus.commands.corridor", "Find how goods and energy get across a network, and what is scarce."),
    "plan": ("isthmus.commands.plan", "Extract the targets of plan documents."),
    "align": ("isthmus.commands.align", "Link the statements of two plans."),
    "schedule": ("isthmus.commands.schedule", "Choose joint projects, start years and payers within budgets."),
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
    """Run the command line; exit codes are 0 done, 2 bad input, 3 not converged or infeasible, 130 interrupted.

    Exit code 1 is a fault of the product, said in one line that names a crash report; 143 an end asked for from outside.
    """
    signal.signal(signal.SIGTERM, _ended)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli.main(prog_name="isthmus", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        _stop(
            "interrupted; no result was changed. What `run` and `seek` had finished is kept: the same command goes on from there",
            130,
        )
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _stop(_system_problem(error), 2)
    except IsthmusError as error:
        _stop(str(error), error.exit_code)
    except MemoryError:
        _stop(
            "the memory of this machine, or its limit for this program, is used up; no result was changed. Allowed: a "
            "smaller input, or more memory. To do: close other programs, raise the limit, or split the input.",
            1,
        )
    except Exception as error:
        from isthmus.execution.crash import report_crash

        place = report_crash(error)
        kept = f"Please send the report {place}" if place else "No report could be written; please send this line"
        _stop(f"stopped by a fault of its own ({type(error).__name__}); no result was changed. {kept}.", 1)


def _system_problem(error: OSError) -> str:
    """Say what the system refused."""
    problem = f"{error.filename or 'file'}: {error.strerror or error}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{problem}; no result was changed. Allowed: room for the results. To do: free some room or name another disk."
    return f"{problem}. Allowed: a path that can be read and written. To do: check the path and its rights."


def _ended(number: int, _: FrameType | None) -> NoReturn:
    """Leave in order when the system asks, so that workers end and nothing half-written stays."""
    sys.exit(128 + number)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"isthmus: {' '.join(message.split())}", err=True)
    sys.exit(code)
