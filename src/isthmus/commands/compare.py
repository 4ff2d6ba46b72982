"""``isthmus compare``: what changed from run to run, inputs and numbers, as a table and a page."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import pandas as pd

from isthmus.commands.output import EXCEL, JSON, OUT_PLACE, answer, results, write_json, write_table
from isthmus.commands.results import MANIFEST
from isthmus.core.errors import BadInputError
from isthmus.report.locale import LANGUAGES

TABLES = ("inputs.csv", "numbers.csv")
PAGE, PAGE_ROWS = "compare.html", 400


@click.command("compare")
@click.argument("runs", nargs=-1, required=True, metavar="RUN RUN...", type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the page.")
@click.option("--out", type=OUT_PLACE, help="Folder for inputs.csv, numbers.csv and compare.html.")
@EXCEL
@JSON
def command(runs: tuple[Path, ...], lang: str, out: Path | None, excel: bool, as_json: bool) -> None:
    """Compare the results of two or more runs: which inputs and settings differ, and which numbers.

    Numbers of declared tables are matched by the columns that tell their rows apart; the largest differences come first on
    the page, the table has them all.
    """
    from isthmus.readers.store.findings import read_findings
    from isthmus.study.compare import compare, only_in

    named = _names(runs)
    findings = {name: read_findings(path) for name, path in named.items()}
    inputs = compare_inputs({name: _manifest(path) for name, path in named.items()})
    numbers, stations = compare(findings), only_in(findings)
    if out is not None:
        with results(out, names=(*TABLES, PAGE)) as place:
            write_table(inputs, place / TABLES[0], excel=excel)
            write_table(numbers, place / TABLES[1], excel=excel)
            (place / PAGE).write_text(_page(inputs, numbers, list(named), lang), encoding="utf-8")
            write_json({"runs": list(named), "inputs": len(inputs), "numbers": len(numbers)}, place / "compare.json")
    summary = {
        "runs": {name: str(path) for name, path in named.items()},
        "inputs": inputs.to_dict("records"),
        "numbers": len(numbers),
        "by_table": {str(k): int(v) for k, v in numbers.groupby("table", sort=False).size().items()},
        "stations_only_in": {name: list(found) for name, found in stations.items() if found},
    }
    answer(summary, as_json, lambda: _told(inputs, summary, out))


def compare_inputs(manifests: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return every input, setting and version that is not the same in all runs: kind, name, one column a run."""
    flat = {name: _flat(manifest) for name, manifest in manifests.items()}
    keys = list(dict.fromkeys(key for content in flat.values() for key in content))
    rows = [[*key, *(content.get(key, "") for content in flat.values())] for key in keys]
    changed = [row for row in rows if len(set(row[2:])) > 1]
    return pd.DataFrame(changed, columns=["kind", "name", *flat])


def _flat(manifest: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    found = {("study", name): json.dumps(manifest.get(name), ensure_ascii=False) for name in ("study", "partners")}
    for kind, content in (("setting", "settings"), ("input", "inputs"), ("version", "versions")):
        for name, value in dict(manifest.get(content, {})).items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            found[kind, str(name)] = text[:12] if kind == "input" else text
    return found


def _names(runs: Sequence[Path]) -> dict[str, Path]:
    """Return short names of the runs: the last part of their paths, or the whole path where two are alike."""
    if len(runs) < 2:
        raise BadInputError("compare", f"found {len(runs)} run", allowed="two or more", remedy="name another folder")
    short = [path.resolve().name for path in runs]
    names = [str(path) if short.count(name) > 1 else name for path, name in zip(runs, short, strict=True)]
    if len(set(names)) < len(names):
        raise BadInputError("compare", "a run is named twice", allowed="different folders", remedy="name each once")
    return dict(zip(names, runs, strict=True))


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise BadInputError(
            str(folder), f"holds no {MANIFEST}", allowed="the folder of a finished run", remedy="run the study first"
        )
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise BadInputError(
            str(path), "is no JSON", allowed="the file of a finished run", remedy="run the study again"
        ) from error
    if not isinstance(content, dict):
        raise BadInputError(
            str(path), "is no manifest", allowed="the file of a finished run", remedy="run the study again"
        )
    return content


def _told(inputs: pd.DataFrame, summary: Mapping[str, Any], out: Path | None) -> str:
    changed = ", ".join(f"{row['kind']} {row['name']}" for row in inputs.to_dict("records")) or "none"
    tables = ", ".join(f"{name} ({n})" for name, n in summary["by_table"].items()) or "none"
    lines = [f"inputs that differ: {changed}", f"numbers that differ: {summary['numbers']}; by table: {tables}"]
    lines += [f"only in {name}: {', '.join(found)}" for name, found in summary["stations_only_in"].items()]
    return "\n".join([*lines, *([f"page and tables in {out}"] if out else [])])


def _page(inputs: pd.DataFrame, numbers: pd.DataFrame, runs: Sequence[str], lang: str) -> str:
    """Return a page without network: inputs that differ, then numbers, those that differ most by table first."""
    from isthmus.report.blocks import Grid
    from isthmus.report.locale import Translator
    from isthmus.report.shell import environment, style

    text = Translator(lang)
    relative = numbers["spread"] / numbers[list(runs)].astype(float).abs().max(axis=1)
    shown = numbers.assign(relative=relative).sort_values("relative", ascending=False, kind="stable").head(PAGE_ROWS)
    labels = ("table", "row", "column", "unit")
    rows = [
        [
            *(str(r[name]) for name in labels),
            *("–" if pd.isna(r[name]) else text.short(float(r[name])) for name in runs),
        ]
        for r in shown.to_dict("records")
    ]
    grids = [
        Grid(
            text("compare.inputs", n=len(inputs)),
            [text.of("compare.column", "kind"), text.of("compare.column", "name"), *runs],
            [[str(cell) for cell in row] for row in inputs.to_numpy().tolist()],
        ),
        Grid(
            text("compare.numbers", n=len(numbers), shown=len(shown)),
            [*(text.of("compare.column", name) for name in labels), *runs],
            rows,
            numeric=tuple(range(len(labels), len(labels) + len(runs))),
        ),
    ]
    template = environment(text, {}).get_template("compare.html")
    title = text("compare.title", runs=text.list(list(runs)))
    return template.render(title=title, grids=grids, style=style("style.css"))
