"""`isthmus seek`: what it takes to reach goals of a study, and what two goals cost each other."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

from isthmus.commands.completion import studies
from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.commands.work import KEPT, work_folder
from isthmus.core.errors import BadInputError, InfeasibleError
from isthmus.execution.workshop import LocalWorkshop, bar
from isthmus.levers.facts import BorderCosts
from isthmus.readers.study.study import load_study, study_directory
from isthmus.study import border, corridors, network, pace
from isthmus.study.run import run
from isthmus.study.seek import Curve, Goal, Question, Sought, Span, placed, question, seek_goals, trade_off_of
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station
from isthmus.study.study import Study

TABLES = ("levers.csv", "goals.csv", "tried.csv", "curve.csv", "curve_levers.csv")
MEASURING: tuple[Station[Any], ...] = (network.STATION, border.STATION, pace.STATION, corridors.STATION)
"""What a run measures before levers act: the border, observed pace, and what ways can carry."""
_GOAL = re.compile(r"^(?P<name>[^=@]+)(=(?P<value>[-+0-9.eE]+)\s*(?P<unit>[^@]*))?(@(?P<year>\d{4}))?$")
_LEVER = re.compile(r"^(?P<name>[^=]+)(=(?P<low>[0-9.]+):(?P<high>[0-9.]+))?$")


@click.command("seek")
@click.argument("study_name", metavar="STUDY", shell_complete=studies)
@click.option(
    "--goal",
    "goals",
    multiple=True,
    metavar="NAME[=VALUE[ UNIT]][@YEAR]",
    help="An outcome of the study in the unit of its target, income:CODE or gdp:CODE in percent; without a value the plan's own.",
)
@click.option(
    "--lever",
    "levers",
    multiple=True,
    metavar="ID[=LOW:HIGH]",
    help="A lever that may be moved, between degrees 0 to 1; default: all joint levers.",
)
@click.option("--each", is_flag=True, help="Move every lever by itself also for one goal.")
@click.option(
    "--others",
    type=click.Choice(["agreed", "none"]),
    default="agreed",
    show_default=True,
    help="What all other levers do.",
)
@click.option("--trade-off", "pair", metavar="FIRST,SECOND", help="Curve of what two outcomes cost each other.")
@click.option("--points", type=int, default=11, show_default=True, help="Points of the curve.")
@OUT
@KEPT
@EXCEL
@JSON
def command(
    study_name: str,
    goals: tuple[str, ...],
    levers: tuple[str, ...],
    each: bool,
    others: str,
    pair: str | None,
    points: int,
    out: Path,
    work: Path | None,
    excel: bool,
    as_json: bool,
) -> None:
    """Find the degrees of levers at which goals are met, or what two goals cost each other.

    Writes levers.csv, goals.csv and tried.csv, or curve.csv and curve_levers.csv, and seek.json.
    """
    asked_goals, spans = [_goal(text) for text in goals], [_span(text) for text in levers]
    if not asked_goals and not pair:
        raise BadInputError("--goal", "no goal is named", allowed="--goal or --trade-off", remedy="name one")
    study = load_study(study_name)
    checked = question(study, BorderCosts(), spans, others=others == "agreed")
    names = [Goal(name=name.strip()) for name in pair.split(",")] if pair else []
    for goal in (*asked_goals, *names):
        placed(checked, goal)
    with work_folder(work, out) as kept:
        study, findings = _measured(study, kept)
    asked = question(study, standing_costs(findings, study), spans, others=others == "agreed")
    with results(out, [study_directory(study_name)], names=TABLES) as place:
        summary: dict[str, Any] = {"command": "seek", "study": study.name, "digests": dict(study.digests)}
        if asked_goals:
            summary |= _seek(asked, asked_goals, place, summary, each=each, excel=excel)
        if pair:
            summary |= _curve(asked, pair, points, place, excel=excel)
        write_json(summary, place / "seek.json")
    answer(summary, as_json, lambda: f"{summary['sentence']}; tables in {out}")


def _measured(study: Study, kept: Path) -> tuple[Study, Findings]:
    """Return the study as its border, ways and the observed pace of its targets make it, and what was found on the way."""
    findings = run(study, LocalWorkshop(kept, bar, shared=True), MEASURING)
    for station in MEASURING:
        section = findings.sections.get(station.name)
        if station.refine is not None and section is not None:
            study = station.refine(study, section)
    return study, findings


def _seek(
    asked: Question, goals: Sequence[Goal], place: Path, summary: dict[str, Any], *, each: bool, excel: bool
) -> dict[str, Any]:
    """Write the tables of a search; where the goals are out of reach, seek.json alone says why."""
    try:
        sought = seek_goals(asked, goals, each=each)
    except InfeasibleError as error:
        tried = {"levers": [span.lever for span in asked.spans], **error.detail}
        write_json({**summary, "found": False, "error": str(error), **tried}, place / "seek.json")
        raise
    write_table(_levers(sought), place / "levers.csv", excel=excel)
    write_table(_goals(sought), place / "goals.csv", excel=excel)
    write_table(_tried(sought), place / "tried.csv", excel=excel)
    degrees = dict(zip((span.lever for span in sought.spans), sought.degrees, strict=True))
    listed = ", ".join(f"{name} {degree:.3f}" for name, degree in degrees.items())
    return {
        "found": True,
        "degrees": degrees,
        "evaluations": len(sought.found.tried),
        "sentence": f"met with {listed}",
    }


def _curve(asked: Question, pair: str, points: int, place: Path, *, excel: bool) -> dict[str, Any]:
    names = [name.strip() for name in pair.split(",")]
    if len(names) != 2:
        raise BadInputError("--trade-off", f"found {pair!r}", allowed="FIRST,SECOND", remedy="name two outcomes")
    curve = trade_off_of(asked, Goal(name=names[0]), Goal(name=names[1]), points)
    write_table(_points(curve), place / "curve.csv", excel=excel)
    write_table(_curve_levers(curve), place / "curve_levers.csv", excel=excel)
    (first, second), ends = (goal.name for goal in curve.goals), curve.exact_pct[[0, -1]]
    said = f"{first} from {ends[0, 0]:+.3g} to {ends[1, 0]:+.3g} % moves {second} from {ends[0, 1]:+.3g} to {ends[1, 1]:+.3g} %"
    return {"trade_off": list(names), "points": points, "sentence": said}


def _levers(sought: Sought) -> pd.DataFrame:
    rows = zip(sought.spans, sought.degrees, strict=True)
    return pd.DataFrame(
        [{"lever": span.lever, "degree": degree, "low": span.low, "high": span.high} for span, degree in rows]
    )


def _goals(sought: Sought) -> pd.DataFrame:
    reached = sought.found.outcomes
    return pd.DataFrame(
        [
            {
                "goal": goal.name,
                "year": goal.year,
                "unit": goal.unit,
                "value": goal.value,
                "wanted_pct": wanted,
                "reached_pct": value,
                "at_low_pct": low,
            }
            for goal, wanted, value, low in zip(sought.goals, sought.wanted_pct, reached, sought.low_pct, strict=True)
        ]
    )


def _tried(sought: Sought) -> pd.DataFrame:
    """Return every trial: the degrees of the levers, or the one share at which all stand between their ends, and the effects."""
    names = [span.lever for span in sought.spans]
    rows = []
    for degrees, values in sought.found.tried:
        moved = degrees if len(degrees) == len(names) > 1 else np.resize(degrees, len(names))
        rows.append(
            dict(zip(names, moved, strict=True))
            | {f"{g.name}_pct": v for g, v in zip(sought.goals, values, strict=True)}
        )
    return pd.DataFrame(rows)


def _points(curve: Curve) -> pd.DataFrame:
    frame = pd.DataFrame({"point": range(1, len(curve.degrees) + 1)})
    for position, goal in enumerate(curve.goals):
        frame[f"{goal.name}_pct"] = curve.exact_pct[:, position]
        frame[f"{goal.name}_linear_pct"] = curve.linear_pct[:, position]
    return frame


def _curve_levers(curve: Curve) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"point": point + 1, "lever": span.lever, "degree": curve.degrees[point, position]}
            for point in range(len(curve.degrees))
            for position, span in enumerate(curve.spans)
        ]
    )


def _goal(text: str) -> Goal:
    """Read NAME[=VALUE[ UNIT]][@YEAR]."""
    found = _GOAL.match(text.strip())
    try:
        value = float(found["value"]) if found and found["value"] else None
    except ValueError:
        found = None
    if found is None:
        raise BadInputError(
            "--goal", f"found {text!r}", allowed="NAME[=VALUE[ UNIT]][@YEAR]", remedy="write income:CODE=0.5@2030"
        )
    return Goal(
        name=found["name"].strip(), value=value, year=int(found["year"] or 0), unit=(found["unit"] or "").strip()
    )


def _span(text: str) -> Span:
    """Read ID[=LOW:HIGH]."""
    found = _LEVER.match(text.strip())
    if found is None:
        raise BadInputError("--lever", f"found {text!r}", allowed="ID[=LOW:HIGH]", remedy="write ID=0:1")
    if found["low"] is None:
        return Span(lever=found["name"])
    try:
        return Span(lever=found["name"], low=float(found["low"]), high=float(found["high"]))
    except ValueError as error:
        raise BadInputError("--lever", f"found {text!r}", allowed="ID[=LOW:HIGH]", remedy="write ID=0:1") from error
