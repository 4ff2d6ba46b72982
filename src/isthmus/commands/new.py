"""``isthmus new``: a study folder for two or more economies of the packaged world, ready to run and to be filled in."""

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isthmus.commands.completion import economies
from isthmus.commands.output import JSON, OUT, answer, results, write_table
from isthmus.commands.period import first_and_last
from isthmus.commands.plan_told import tell_document, tell_extraction, tell_period
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.readers.worlds.world import DEFAULT_WORLD

if TYPE_CHECKING:
    from isthmus.economy.baseline import WorldTable
    from isthmus.plans.plan import Target

LANGUAGES = ("en", "ru", "zh")
PLAIN = ("ledger.toml", "observations.csv")
HORIZON, LATER = 5, 6
"""Years from the first year to the deadline, less one, and from there to the review, where a user says nothing."""


@click.command("new")
@click.argument("partners", nargs=-1, required=True, metavar="A B [C...]", shell_complete=economies)
@click.option(
    "--plans",
    multiple=True,
    metavar="[CODE=]FILE...",
    help="Plan documents (PDF, DOCX, HTML, text); the first is A's, the second B's and so on, unless a code is given.",
)
@click.option("--name", default="", help="Title of the study (default: the partners' names).")
@click.option("--world", default=DEFAULT_WORLD, show_default=True, help="Packaged world, or a world directory.")
@click.option(
    "--period",
    metavar="FIRST-LAST",
    callback=first_and_last,
    help="First and last year of the plans (2021-2025), whatever the documents say; what has no year is due in the last.",
)
@click.option(
    "--start",
    type=click.IntRange(1990, 2100),
    help="First year of the plans (default: that of the documents, else next year).",
)
@click.option(
    "--deadline",
    type=click.IntRange(1990, 2100),
    help="Year targets are due (default: last year of the documents, else four years later).",
)
@OUT
@JSON
def command(
    partners: tuple[str, ...],
    plans: tuple[str, ...],
    name: str,
    world: str,
    period: tuple[int, int] | None,
    start: int | None,
    deadline: int | None,
    out: Path,
    as_json: bool,
) -> None:
    """Make a study folder: plans read, targets in a table to correct, every file commented, what is missing listed.

    Partners are codes or names in English, Russian or Chinese, in any case, or groups written LABEL=CODE,CODE;
    see `isthmus world find`.
    """
    from isthmus.readers.worlds.find import economy_code
    from isthmus.readers.worlds.groups import grouped, grouping, split_groups
    from isthmus.readers.worlds.world import read_world, world_directory, world_settings

    files = tuple(word for word in partners if Path(word.rpartition("=")[2]).is_file())
    partners, plans = tuple(word for word in partners if word not in files), (*plans, *files)
    source, table = world, read_world(world)
    rest = world_settings(world_directory(world)).rest
    named, listed = split_groups(partners)
    groups = grouping(listed, table, "group", rest=rest)
    codes = tuple(words if words in listed else economy_code(words, table, rest) for words in named)
    _require_partners(codes, groups.economies)
    _require_new(out)
    _years(
        period, start, deadline, ()
    )  # what is wrong with them is said before documents are read, which takes a while
    documents = _documents(plans, codes)
    with results(out, list(documents.values()), summary="study.toml") as place:
        targets, runs = _copy_and_extract(documents, place, period)
        years = _years(period, start, deadline, runs.values())
        if Path(world).is_dir():
            world = Path(world).resolve().name
            shutil.copytree(world_directory(source), place / world)
        table, home = grouped(table, groups), groups.economies
        _write(place, table, codes, name, world, years, documents, targets, out.name, home, period)
    missing = _missing(codes, documents, targets)
    summary = {"study": str(out), "partners": list(codes), "targets": len(targets), "years": years, "missing": missing}
    lines = [
        f"{out}: {len(targets)} targets of {_listed(codes)}. Run it with: isthmus run {out} --out RESULTS",
        f"Years of the study: {years[0]} to {years[1]}{_origin(period or (start and deadline), runs)}.",
    ]
    answer(summary, as_json, lambda: "\n".join([*lines, "Still missing:", *(f"- {line}" for line in missing)]))


def _listed(codes: Sequence[str]) -> str:
    """Write codes as a list."""
    return f"{', '.join(codes[:-1])} and {codes[-1]}"


def _require_new(out: Path) -> None:
    """Refuse a folder that holds something."""
    if out.exists() and any(out.iterdir()):
        raise BadInputError(
            f"--out {out.name}", "is there already", allowed="a new or empty folder", remedy="name another folder"
        )


def _years(
    period: tuple[int, int] | None, start: int | None, deadline: int | None, runs: Collection[tuple[int, int]]
) -> tuple[int, int]:
    """Return the first year of the plans and the deadline: as given, else from the first to the last year of the documents.

    BadInputError where they are out of order, or told twice.
    """
    if period and (start or deadline):
        raise BadInputError(
            "--period", "says what --start and --deadline say", allowed="one of both", remedy="leave the others out"
        )
    first = start or min((begin for begin, _ in runs), default=datetime.now(UTC).year + 1)
    ends = [end for _, end in runs if end > first]
    first, last = period or (first, deadline or max(ends, default=first + HORIZON - 1))
    if not first < last:
        raise BadInputError(
            "--period" if period else "--start, --deadline",
            f"{first} to {last}",
            allowed="a deadline after the start",
            remedy="correct a year",
        )
    return first, last


def _origin(given: object, runs: Mapping[str, tuple[int, int]]) -> str:
    """Say where the years of a study come from, and how to set others, unless the user gave them."""
    if given:
        return ""
    found = ", ".join(f"{file} is a plan of {first} to {last}" for file, (first, last) in runs.items())
    return f" ({found or 'no document says when its plan runs'}; --period FIRST-LAST sets others)"


def _require_partners(codes: Sequence[str], home: Mapping[str, str]) -> None:
    """Refuse fewer than two partners, one that stands twice, and one that is in another one's group."""
    inside = [code for code in codes if code in home]
    if inside:
        raise BadInputError(
            f"group {home[inside[0]]}",
            f"holds {inside[0]}, another partner",
            allowed="a group without the other partners",
            remedy="take it out of the group",
        )
    if len(codes) < 2 or len(set(codes)) < len(codes):
        raise BadInputError(
            "partners",
            f"found {', '.join(codes)}",
            allowed="two or more different economies",
            remedy="name each once; an economy inside a group can be split off by a finer table",
        )


def _documents(plans: Sequence[str], codes: Sequence[str]) -> dict[str, Path]:
    """Return the plan document of each partner."""
    found: dict[str, Path] = {}
    for position, given in enumerate(plans):
        code, _, file = given.rpartition("=")
        code = code or (codes[position] if position < len(codes) else "")
        if code not in codes or code in found:
            raise BadInputError(
                f"--plans {given}",
                "belongs to no partner" if code not in codes else f"{code} has a document already",
                allowed=f"one document for each of {', '.join(codes)}",
                remedy="write it as CODE=FILE",
            )
        if not Path(file).is_file():
            raise BadInputError(f"--plans {given}", "no such file", allowed="a plan document", remedy="check the path")
        if Path(file).name in {path.name for path in found.values()}:
            raise BadInputError(
                f"--plans {given}",
                "has the name of the other document",
                allowed="documents with different names, which lie side by side in the study",
                remedy="rename one of them",
            )
        found[code] = Path(file)
    return found


def _copy_and_extract(
    documents: Mapping[str, Path], place: Path, period: tuple[int, int] | None
) -> tuple[list["Target"], dict[str, tuple[int, int]]]:
    """Copy the documents beside the study and read their targets, numbered by partner; say what to be wary of.

    The years in which the plan of a document runs come back by its file, where it says them.
    """
    from isthmus.readers.alignment.matcher import described
    from isthmus.readers.documents.document import read_document
    from isthmus.readers.documents.plans import extract_document

    found, runs = list["Target"](), dict[str, tuple[int, int]]()
    (place / "plans").mkdir(parents=True, exist_ok=True)
    for code, path in documents.items():
        click.echo(f"reading {path.name}", err=True)
        shutil.copyfile(path, place / "plans" / path.name)
        tell_document(document := read_document(path), None)
        extraction = extract_document(document, period=period)
        read = described(extraction.targets)
        tell_extraction(path.name, read, extraction, period=True)
        tell_period(path.name, extraction, period)
        runs |= {path.name: extraction.period} if extraction.period else {}
        found += [
            replace(t, id=f"{code.lower()}_{i:03d}", partner=code, status=Status.UNVERIFIED)
            for i, t in enumerate(read, start=1)
        ]
    return found, runs


def _write(
    place: Path,
    table: "WorldTable",
    codes: Sequence[str],
    name: str,
    world: str,
    years: tuple[int, int],
    documents: Mapping[str, Path],
    targets: Sequence["Target"],
    folder: str,
    home: Mapping[str, str],
    period: tuple[int, int] | None,
) -> None:
    from isthmus.readers.study.targets import targets_frame

    titles = {
        language: " – ".join(table.economy_names.get(language, {}).get(code, code) for code in codes)
        for language in LANGUAGES
    }
    start, deadline = years
    values = {
        "title": _quoted(" ".join((name or titles["en"]).split())),
        "folder": folder,
        "partners": ", ".join(f'"{code}"' for code in codes),
        "other_titles": "" if name else "".join(f'{lang} = "{_quoted(titles[lang])}"\n' for lang in LANGUAGES[1:]),
        "start": start,
        "deadline": deadline,
        "review": deadline + LATER,
        "base": start - 1,
        "first": codes[0],
        "plans": "the two plans" if len(codes) == 2 else "the plans",
        "pairs": "" if len(codes) == 2 else _claimed_pair(codes),
        "groups": _groups(home),
        "world": world,
        "targets_line": 'targets = "targets.csv"' if targets else '# targets = "targets.csv"',
        "documents": "".join(_document(code, path, period) for code, path in documents.items()),
    }
    for file in ("study.toml", "levers.toml"):
        (place / file).write_text(_template(file).format(**values), encoding="utf-8")
    for file in PLAIN:
        (place / file).write_text(_template(file), encoding="utf-8")
    if targets:
        write_table(targets_frame(targets), place / "targets.csv")


def _document(code: str, path: Path, period: tuple[int, int] | None) -> str:
    """Return the lines of study.toml on a document, which runs then read as it was read here."""
    from isthmus.readers.documents.plans import this_year

    told = ("first = {}", "last = {}") if period else ("# first = {}", "# last = {}")
    first, last = (line.format(year) for line, year in zip(told, period or ("YEAR", "YEAR"), strict=True))
    return (
        f'\n[[documents]]\nfile = "plans/{_quoted(path.name)}"\npartner = "{code}"\n'
        f"as_of = {this_year()}   # year in which it is read: without a date of its own it reports earlier years at most\n"
        f"{first}\n{last}   # years in which the plan runs, where the document does not say them\n"
    )


def _claimed_pair(codes: Sequence[str]) -> str:
    """Return the line by which a claim is about one pair alone."""
    return f'# pair = "{codes[0]}-{codes[1]}"           # the pair it is about; every pair without this line\n'


def _groups(home: Mapping[str, str]) -> str:
    """Return the lines of study.toml that say which economies each group holds."""
    lines = []
    for label in dict.fromkeys(home.values()):
        members = ", ".join(f'"{code}"' for code, group in home.items() if group == label)
        lines.append(f'"{_quoted(label)}" = [{members}]\n')
    return "".join(["\n[groups]\n", *lines]) if lines else ""


def _template(file: str) -> str:
    return (resources.files("isthmus") / "assets" / "scaffold" / file).read_text("utf-8")


def _quoted(words: str) -> str:
    """Return words as they may stand inside a basic string of TOML."""
    return words.replace("\\", "\\\\").replace('"', '\\"')


def _missing(codes: Sequence[str], documents: Mapping[str, Path], targets: Sequence["Target"]) -> list[str]:
    """List what the study still lacks, in the order in which it is worth doing."""
    found = [f"a plan document of {code}: --plans {code}=FILE" for code in codes if code not in documents]
    read = {target.partner for target in targets}
    found += [f"targets of {code}: none was found in its document" for code in documents if code not in read]
    if targets:
        found.append("your look at targets.csv: every row beside its passage; correct it or delete the row")
    pairs = "the pair" if len(codes) == 2 else "the pairs"
    found += [
        "levers: how the targets act on the model (levers.toml with ledger.toml); without them no income effects",
        "observations of the targets' indicators (observations.csv); without them nothing is tracked",
        f"wedges of {pairs} (wedges.csv), where better evidence than the general rules is at hand",
    ]
    return found
