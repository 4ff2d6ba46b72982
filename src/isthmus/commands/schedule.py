"""`isthmus schedule`: which projects of a folder, when, and paid by whom."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

import click
import pandas as pd

from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.core.errors import BadInputError, InfeasibleError, NotConvergedError
from isthmus.programme.constraints import write_constraints
from isthmus.programme.first import adding_order, latest_useful_start, regret, rejected, value_for_money
from isthmus.programme.frontier import frontier
from isthmus.programme.model import finish, lp_text
from isthmus.programme.objectives import total_gain
from isthmus.programme.schedule import OBJECTIVES, Risk, Schedule, schedule
from isthmus.programme.sharing import sharing_rules
from isthmus.programme.tables import budget_table, contribution_table, gain_table, spending_table, start_table
from isthmus.programme.terms import terms
from isthmus.readers.programme.folder import FILES, Folder, read_folder
from isthmus.readers.store.digests import file_digests

TABLES: dict[str, Callable[[Schedule], pd.DataFrame]] = {
    "schedule": start_table,
    "contributions": contribution_table,
    "gains": gain_table,
    "budget_use": budget_table,
    "spending": spending_table,
}
EXTRA = ("sharing", "frontier", "value_for_money", "latest_useful_start", "adding_order", "regret", "rejected")
NAMES = [*(f"{name}.csv" for name in (*TABLES, *EXTRA)), "model.lp"]


@dataclass(frozen=True)
class _Asked:
    """What is to be written beside the programme."""

    points: int | None
    sharing: bool
    first: bool
    lp: bool
    excel: bool


@click.command("schedule")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--objective",
    type=click.Choice(OBJECTIVES),
    default="sum",
    show_default=True,
    help="Sum of gains; worst gain above what each can do alone; product of these; mean and tail of scenarios.",
)
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds; instead of schedule.toml's.")
@click.option(
    "--gap", type=click.FloatRange(min=0), help="Distance to the bound at which to stop; instead of schedule.toml's."
)
@click.option(
    "--frontier", "points", type=click.IntRange(2), help="Also write N points of the frontier of two partners' gains."
)
@click.option("--sharing", is_flag=True, help="Also set rules for sharing the cost side by side.")
@click.option(
    "--first", is_flag=True, help="Also say which projects matter most: value, order, regret, latest start, left out."
)
@click.option("--lp", is_flag=True, help="Also write the model of the sum of gains, without floors, as model.lp.")
@OUT
@EXCEL
@JSON
def command(
    folder: Path, objective: str, time_limit: float | None, gap: float | None, points: int | None, sharing: bool,
    first: bool, lp: bool, out: Path, excel: bool, as_json: bool,
) -> None:  # fmt: skip
    """Choose projects of FOLDER, their start years and who pays, and write schedule, contributions and gains.

    FOLDER holds projects.csv, costs.csv, benefits.csv, budgets.csv, schedule.toml and, as needed, synergies.csv, limits.csv,
    needs.csv, scenarios.csv. Ctrl-C ends the search with the best programme found so far.
    """
    with results(out, names=NAMES) as place:
        read = _changed(read_folder(folder), time_limit, gap)
        for note in read.notes:
            click.echo(f"note: {note}", err=True)
        summary: dict[str, object] = {
            "command": "schedule",
            "objective_name": objective,
            "settings": {**vars(read.settings), "carry_over": read.budget.carry_over},
            "notes": list(read.notes),
            "digests": file_digests(folder / name for name in FILES),
        }
        try:
            result, interrupted = _choose(read, objective, place, _Asked(points, sharing, first, lp, excel))
        except (InfeasibleError, NotConvergedError) as error:
            detail = error.detail if isinstance(error, InfeasibleError) else {"trace": list(error.trace)}
            write_json({**summary, "feasible": False, "error": str(error), **detail}, place / "schedule.json")
            raise
        summary |= _facts(result, interrupted)
        write_json(summary, place / "schedule.json")
    answer(summary, as_json, lambda: _sentence(result, out))
    if interrupted:
        click.echo("isthmus: interrupted; the best programme found was written", err=True)
        raise SystemExit(130)


def _choose(read: Folder, objective: str, place: Path, asked: _Asked) -> tuple[Schedule, bool]:
    """Search, write the tables, and return the programme and whether the search was interrupted."""
    risk = _risk(read, objective)
    with _until_interrupted() as stop:
        result = schedule(
            read.candidates, read.budget, read.settings, objective=objective, risk=risk, stop=stop,
            tell=lambda aim: click.echo(f"searching: {aim}", err=True),
        )  # fmt: skip
        tables = {name: make(result) for name, make in TABLES.items()} | _extra(result, asked, stop)
        interrupted = stop()
    if asked.lp:
        (place / "model.lp").write_text(_lp(read), encoding="utf-8")
    for name, frame in tables.items():
        write_table(frame, place / f"{name}.csv", excel=asked.excel)
    return result, interrupted


@contextmanager
def _until_interrupted() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C into a word to stop the search; a second one ends the program."""
    heard: list[int] = []

    def hear(number: int, _: FrameType | None) -> None:
        heard.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: bool(heard)
    finally:
        signal.signal(signal.SIGINT, before)


def _changed(read: Folder, time_limit: float | None, gap: float | None) -> Folder:
    """Let options stand in for what the settings file says."""
    settings = read.settings
    settings = settings if time_limit is None else replace(settings, time_limit_s=time_limit)
    return replace(read, settings=settings if gap is None else replace(settings, gap=gap))


def _risk(read: Folder, objective: str) -> Risk | None:
    if objective == "tail" and read.risk is None:
        raise BadInputError(
            "scenarios.csv", "no such file, but --objective tail needs it",
            allowed="a table with scenario, project, partner, factor", remedy="add the file or choose another objective",
        )  # fmt: skip
    return read.risk if objective == "tail" else None


def _extra(result: Schedule, asked: _Asked, stop: Callable[[], bool]) -> dict[str, pd.DataFrame]:
    """Return the tables that were asked for."""
    tables = {}
    if asked.points:
        tables["frontier"] = frontier(result, asked.points, stop=stop)
    if asked.sharing:
        tables["sharing"] = sharing_rules(result)
    if asked.first:
        tables["value_for_money"] = value_for_money(result.candidates, result.budget, result.settings)
        tables["latest_useful_start"] = latest_useful_start(result)
        tables["adding_order"] = adding_order(result, stop=stop)
        tables["regret"] = regret(result, stop=stop)
        tables["rejected"] = rejected(result, stop=stop)
    return tables


def _lp(read: Folder) -> str:
    case = terms(read.candidates, read.budget, read.settings)
    draft, layout = write_constraints(case, range(len(case.partners)))
    return lp_text(finish(draft, total_gain(layout)))


def _facts(result: Schedule, interrupted: bool) -> dict[str, object]:
    """Return the summary of a programme."""
    gains = dict(zip(result.partners, result.valued.gain.tolist(), strict=True))
    return {
        "feasible": True,
        "status": "interrupted" if interrupted else result.status,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "price_of_fairness": result.price_of_fairness,
        "largest_sum": result.largest_sum,
        "gain": sum(gains.values()),
        "gains": gains,
        "disagreement_bound": dict(zip(result.partners, result.disagreement_bound.tolist(), strict=True)),
        "projects": len(result.start),
        "seconds": result.seconds,
    }


def _sentence(result: Schedule, out: Path) -> str:
    gains = ", ".join(
        f"{name} {gain:.6g} (alone {alone:.6g})"
        for name, gain, alone in zip(result.partners, result.valued.gain, result.disagreement, strict=True)
    )
    chosen = f"{len(result.start)} of {len(result.candidates.projects)} projects"
    measure = {
        "sum": "sum of gains",
        "maxmin": "worst gain above disagreement",
        "nash": "geometric mean of gains above disagreement",
    }
    name = measure.get(result.objective_name, "mean and tail of gains")
    return (
        f"{chosen}; {name} {result.objective:.6g}, at most {result.bound:.6g} (gap {100 * result.gap:.2g} %); gains: {gains}; "
        f"price of fairness {100 * result.price_of_fairness:.2g} %. Tables in {out}."
    )
