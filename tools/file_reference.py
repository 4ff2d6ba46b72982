"""The reference of every file a user writes: names, kinds and bounds as the readers ask for them, meanings from files.toml.

The examples in docs/examples/files are read by the product's own readers while everything that they ask of a table or a
TOML file is written down. A column or key without a meaning, and a meaning without a column, are errors.
"""

import pkgutil
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

from pydantic import BaseModel

import isthmus.readers
from isthmus.border.itemise import Unit
from isthmus.border.wedge import Component
from isthmus.corridors.network import Kind as ArcKind
from isthmus.levers.channels import OPTIONAL, REQUIRED, RULES
from isthmus.levers.lever import Channel, Form
from isthmus.levers.outcomes import Measure
from isthmus.plans.plan import Kind as TargetKind
from isthmus.plans.statement import DocumentKind, Role
from isthmus.programme.project import FLOORS
from isthmus.readers.indicators.observations import read_observations
from isthmus.readers.networks.network import read_network
from isthmus.readers.networks.observed import read_mix
from isthmus.readers.networks.observed import read_observations as read_known_volumes
from isthmus.readers.programme.agenda import read_agenda
from isthmus.readers.programme.folder import read_folder
from isthmus.readers.study import ledger, levers, scenario
from isthmus.readers.study.border import border_assets
from isthmus.readers.study.catalogues import read_domains, read_ics_map, read_recognition
from isthmus.readers.study.estimates import read_estimates
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.levers import read_levers
from isthmus.readers.study.outcomes import read_outcomes
from isthmus.readers.study.scenario import read_scenario
from isthmus.readers.study.statements import read_plan_documents, read_statements
from isthmus.readers.study.targets import read_targets
from isthmus.readers.study.wedges import read_sector_profiles, read_wedges
from isthmus.readers.tables import Column, read_table
from isthmus.readers.toml import as_model, read_model
from isthmus.readers.worlds.geography import read_geography, read_sector_groups
from isthmus.readers.worlds.world import load_baseline

ROOT = Path(__file__).resolve().parent
EXAMPLES = ROOT.parent / "docs" / "examples" / "files"
SIZES = ("minimal", "full")
TIME_CLASSES = ("bulk", "standard", "sensitive", "none")
PARTNERS = ("AAA", "BBB")
WORDS: Mapping[str, Sequence[str]] = {
    "arc_kinds": tuple(ArcKind),
    "channels": tuple(Channel),
    "components": tuple(Component),
    "document_kinds": tuple(DocumentKind),
    "families": levers.FAMILIES,
    "floors": FLOORS,
    "forms": tuple(Form),
    "kinds": tuple(TargetKind),
    "measures": tuple(Measure),
    "roles": tuple(Role),
    "units": tuple(Unit),
}
"""Words that a cell may hold, by their name in files.toml."""


@dataclass(frozen=True)
class Entry:
    """A column or key: its name, what it holds, and whether it is needed."""

    name: str
    kind: str
    needed: bool


def files_page() -> str:
    """Describe every file with its columns or keys and a minimal and a full example."""
    asked = declarations()
    parts = [
        "# Files you write",
        "Generated from the readers. Tables are CSV in UTF-8 with commas, or with semicolons and decimal commas; order of"
        " columns does not matter, and other columns are ignored. A key that is not listed is an"
        " error. The file `study.toml`, which names the others, has [a page of its own](study-file.md). Every example below"
        " is read by the tests; together they are two small studies, `docs/examples/files/minimal` and `full`.",
    ]
    listed = tomllib.loads((ROOT / "files.toml").read_text("utf-8"))
    for file in listed["file"]:
        parts += _file(file, listed["words"], asked)
    return "\n\n".join(parts) + "\n"


def declarations() -> dict[str, dict[str, list[Entry]]]:
    """Return what the readers ask for: by file, then by table of the file (one without name for CSV and plain keys)."""
    asked: dict[str, dict[str, list[Entry]]] = {}

    def table(path: Path, required: Mapping[str, Any], optional: Any = None, **rest: Any) -> Any:
        found = [*(_entry(n, kind, True) for n, kind in required.items())]
        found += [_entry(n, kind, False) for n, kind in (optional or {}).items()]
        asked.setdefault(_place(path), {})[""] = found
        return read_table(path, required, optional, **rest)

    def model(path: Path, record: type[BaseModel]) -> Any:
        asked[_place(path)] = _tables(record)
        return read_model(path, record)

    def content(given: Any, record: type[BaseModel], where: str) -> Any:
        asked[where] = _tables(record)
        return as_model(given, record, where)

    with ExitStack() as stack:
        for name, double in (("read_table", table), ("read_model", model), ("as_model", content)):
            for module in _readers():
                if getattr(module, name, None) in (read_table, read_model, as_model):
                    stack.enter_context(patch.object(module, name, double))
        read_examples("full")
    asked["ledger.toml"] = {"": _keys(ledger.KEYS, ledger.REQUIRED_KEYS)}
    place = {"exporter", "importer", "economy", "component", "input", "adopts"}
    asked["levers.toml"] = {
        "[[lever]]": _keys(sorted(levers.LEVER_KEYS), levers.LEVER_KEYS - levers.LEVER_OPTIONAL),
        "[[lever.effect]]": [
            Entry(n, "", n in ("channel", "numbers")) if n not in place else Entry(n, "by channel", False)
            for n in sorted(levers.EFFECT_KEYS)
        ],
    }
    return asked


def read_examples(size: str) -> None:
    """Read every example of a size; BadInputError where one cannot be used."""
    folder = EXAMPLES / size
    baseline = load_baseline(folder / "world")
    if (folder / "world" / "geography.csv").is_file():
        read_geography(folder / "world", (2022,))
        read_sector_groups(folder / "world", baseline.sectors, ["G"])
    targets, assumed = read_targets(folder / "targets.csv", PARTNERS), read_ledger(folder / "ledger.toml")
    read_observations(folder / "observations.csv")
    read_estimates(folder / "estimates.csv")
    read_levers(folder / "levers.toml", PARTNERS, assumed, targets)
    read_outcomes(folder / "outcomes.toml", PARTNERS, assumed, targets)
    read_scenario(folder / "scenario.toml")
    profiles = read_sector_profiles(folder / "sectors.csv", TIME_CLASSES)
    read_wedges(folder / "wedges.csv", PARTNERS, profiles)
    read_domains(folder / "protocols.csv", PARTNERS, PARTNERS)
    read_recognition(folder / "recognition.csv", read_ics_map(border_assets() / "ics_isic.csv")[1], PARTNERS, PARTNERS)
    documents = read_plan_documents(folder / "plan_documents.csv", PARTNERS)
    read_statements(folder / "statements.csv", documents, PARTNERS, targets={t.id: t.partner for t in targets})
    read_network(folder / "network")
    read_mix(folder / "network")
    read_known_volumes(folder / "network")
    read_folder(folder / "programme")
    read_agenda(folder / "projects", 2026)


def _file(
    file: Mapping[str, Any], common: Mapping[str, str], asked: Mapping[str, Mapping[str, list[Entry]]]
) -> list[str]:
    """Return the section of one file."""
    name, words = file["name"], {n: text.format(**_lists()) for n, text in {**common, **file["words"]}.items()}
    tables = asked[name]
    known = {entry.name for entries in tables.values() for entry in entries}
    lacking, idle = sorted(known - set(words)), sorted(set(file["words"]) - known)
    if lacking or idle:
        raise LookupError(f"tools/files.toml, {name}: no meaning for {lacking}; meaning without a column {idle}")
    parts = [f"## {name}", file["text"]]
    for heading, entries in tables.items():
        rows = [f"| `{e.name}` | {'yes' if e.needed else ''} | {e.kind} | {words[e.name]} |" for e in entries]
        what = "key" if name.endswith(".toml") else "column"
        parts += [f"### `{heading}`"] if heading else []
        parts.append("\n".join([f"| {what} | needed | holds | meaning |", "|---|---|---|---|", *rows]))
    parts += _more(name)
    for size in SIZES:
        path = EXAMPLES / size / name
        if path.is_file():
            language = "toml" if name.endswith(".toml") else "text"
            parts += [f"{size.capitalize()} example:", f"```{language}\n{path.read_text('utf-8').strip()}\n```"]
    return parts


def _more(name: str) -> list[str]:
    """Return what depends on the kind of an entry: roles of numbers by channel, keys of a shock by kind."""
    if name == "levers.toml":
        rows = [
            f"| `{c}` | {_quoted(sorted(REQUIRED[c]))} | {_quoted(sorted(RULES[c].optional - OPTIONAL))} |"
            for c in Channel
        ]
        return [
            "\n".join(
                ["| channel | roles that `numbers` must name | its own that it may name |", "|---|---|---|", *rows]
            ),
            f"Every channel may name besides: {_quoted(sorted(OPTIONAL))}.",
        ]
    if name == "scenario.toml":
        rows = [f"| `{kind}` | {_quoted(sorted(keys))} |" for kind, keys in scenario.FIELDS.items()]
        return [
            "\n".join(["| kind of shock | keys it takes besides `start`, `end`, `phase_years` |", "|---|---|", *rows])
        ]
    return []


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _lists() -> dict[str, str]:
    return {name: ", ".join(words) for name, words in WORDS.items()}


def _readers() -> Iterator[Any]:
    for found in pkgutil.walk_packages(isthmus.readers.__path__, "isthmus.readers."):
        yield import_module(found.name)


def _place(path: Path) -> str:
    """Return a file as files.toml names it."""
    return path.relative_to(EXAMPLES / "full").as_posix() if EXAMPLES in path.parents else path.name


def _keys(names: Sequence[str], needed: Any) -> list[Entry]:
    return [Entry(name, "", name in needed) for name in names]


def _entry(name: str, kind: Any, needed: bool) -> Entry:
    if not isinstance(kind, Column):
        return Entry(name, str(kind), needed)
    bounds = [
        f"one of {', '.join(kind.allowed)}" if kind.allowed else "",
        f"above {kind.above:g}" if kind.above > -1e300 else "",
        f"at least {kind.low:g}" if kind.low > -1e300 else "",
        f"at most {kind.high:g}" if kind.high < 1e300 else "",
        "never empty" if kind.filled else "",
    ]
    return Entry(name, ", ".join([kind.kind, *filter(None, bounds)]), needed)


def _tables(record: type[BaseModel], heading: str = "") -> dict[str, list[Entry]]:
    """Return the keys of a TOML record, and of the tables in it."""
    found: dict[str, list[Entry]] = {heading: []}
    for name, key in record.model_fields.items():
        inner = next((c for c in _classes(key.annotation) if issubclass(c, BaseModel)), None)
        label = key.alias or name
        found[heading].append(Entry(label, _held(key.annotation) if inner is None else "table", key.is_required()))
        if inner is not None:
            path = ".".join(filter(None, [heading.strip("[]"), label]))
            listed = "list" in str(key.annotation)
            found |= _tables(inner, f"[[{path}]]" if listed else f"[{path}]")
    return found


def _classes(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _classes(part)


_HELD: Mapping[type, str] = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def _held(annotation: Any) -> str:
    shown: Callable[[Any], str] = str
    if "dict" in shown(annotation):
        return "table"
    kinds = [_HELD[c] for c in _classes(annotation) if c in _HELD]
    word = kinds[0] if kinds else "text"
    return f"list of {word}s" if shown(annotation).startswith("list") else word
