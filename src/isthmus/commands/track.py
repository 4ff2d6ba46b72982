"""Track targets against observations."""

from pathlib import Path
from typing import Any

import click

from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.readers.indicators.observations import Observed, read_observations
from isthmus.readers.study.targets import TRACKED, read_targets
from isthmus.tracking.pace import VERDICTS
from isthmus.tracking.scoreboard import Tracking, track

TABLES = ("status", "ladder", "scoreboard", "unused")


@click.command(name="track")
@click.argument("targets", type=click.Path(path_type=Path))
@click.argument("observations", type=click.Path(path_type=Path))
@click.option("--as-of", required=True, metavar="YYYY-MM-DD", help="Nothing published later is used.")
@OUT
@JSON
@EXCEL
def command(targets: Path, observations: Path, as_of: str, out: Path, as_json: bool, excel: bool) -> None:
    """Judge the TARGETS of plans by OBSERVATIONS: verdict, pace, chance and what would change it.

    TARGETS has the columns of `isthmus plan extract`; OBSERVATIONS is a CSV with indicator, year, value, unit, source, break,
    or SDMX-CSV. Writes status.csv, ladder.csv, scoreboard.csv, unused.csv and track.json.
    """
    with results(out, names=[f"{name}.csv" for name in TABLES]) as place:
        read = read_observations(observations)
        result = track(read_targets(targets, needs=TRACKED), read.points, as_of)
        for name in TABLES:
            write_table(getattr(result, name), place / f"{name}.csv", excel=excel)
        summary = _summary(result, read, as_of)
        write_json(summary, place / "track.json")
    for reason, count in summary["unused_reasons"].items():
        click.echo(f"set aside: {count} observations ({reason}), see unused.csv", err=True)
    answer(summary, as_json, lambda: _sentence(summary["verdicts"], len(result.status), out))


def _summary(result: Tracking, read: Observed, as_of: str) -> dict[str, Any]:
    counts = result.status["verdict"].value_counts()
    return {
        "as_of": as_of,
        "targets": len(result.status),
        "verdicts": {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS},
        "observations": len(read.points),
        "observations_format": read.form,
        "observations_without_value": read.empty,
        "observations_unused": len(result.unused),
        "unused_reasons": {str(k): int(v) for k, v in result.unused["reason"].value_counts().items()},
    }


def _sentence(verdicts: object, targets: int, out: Path) -> str:
    assert isinstance(verdicts, dict)
    counted = ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in verdicts.items() if count)
    return f"{targets} targets: {counted or 'none'}. Tables in {out}."
