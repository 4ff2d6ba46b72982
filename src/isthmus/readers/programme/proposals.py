"""Read the candidate projects of a study: projects, costs, effects, needs and limits, checked against each other."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.levers.support import IMPLIES, STRENGTHS
from isthmus.programme.project import Limit, Project
from isthmus.programme.proposal import KINDS, CostLine, Evidence, Need, Proposal, ProposedEffect
from isthmus.readers.cells import listed
from isthmus.readers.files import held
from isthmus.readers.tables import ReadTable, read_table
from isthmus.study.section import CellKind

LANGUAGES = ("en", "ru", "zh")
_TEXTS = ("theme", "sides", "sectors", "requires", "excludes", "statements")
_RANGE = ("low", "central", "high")


def read_proposals(folder: Path) -> tuple[tuple[Proposal, ...], tuple[Limit, ...]]:
    """Return the proposals of a folder and the limits of shared resources.

    Raises
    ------
    BadInputError
        For an unknown project, a range out of order, spans that end before they begin, a status or kind that does not
        exist, a fact without address, or an assumption whose source does not say so.
    """
    needed: dict[str, CellKind] = {"id": "text", "title_en": "text"}
    needed |= dict.fromkeys(("build_years", "earliest", "latest"), "whole")
    texts = (*(f"title_{language}" for language in LANGUAGES[1:]), *_TEXTS)
    table = read_table(folder / "projects.csv", needed, dict.fromkeys(texts, "text"), key=["id"])
    ids = list(table.frame["id"])
    costs, effects, needs = _costs(folder, ids), _effects(folder, ids), _needs(folder, ids)
    proposals = []
    for position, row in enumerate(table.frame.to_dict("records")):
        project = Project(
            id=row["id"], name=row["title_en"], build_years=int(row["build_years"]), earliest=int(row["earliest"]),
            latest=int(row["latest"]), requires=listed(row.get("requires")), excludes=listed(row.get("excludes")),
            sides=listed(row.get("sides")),
        )  # fmt: skip
        proposals.append(
            Proposal(
                project=project, titles={code: row.get(f"title_{code}") or row["title_en"] for code in LANGUAGES},
                theme=row.get("theme", ""), sectors=listed(row.get("sectors")), **_statements(table, position, row),
                costs=tuple(costs[row["id"]]), effects=tuple(effects[row["id"]]), needs=tuple(needs[row["id"]]),
            )
        )  # fmt: skip
    return tuple(proposals), _limits(folder)


def _statements(table: ReadTable, position: int, row: dict[Any, Any]) -> dict[str, Any]:
    """Return the statements that carry a project by side, and those that only imply it."""
    found, implying = dict[str, tuple[str, ...]](), set[tuple[str, str]]()
    for one in listed(row.get("statements")):
        partner, _, rest = one.partition(":")
        statement, _, strength = rest.partition(":")
        if not statement or strength not in ("", *STRENGTHS):
            raise _wrong(table, position, "statements", one, f"PARTNER:ID or PARTNER:ID:{IMPLIES}")
        found[partner] = (*found.get(partner, ()), statement)
        if strength == IMPLIES:
            implying.add((partner, statement))
    return {"statements": found, "implying": frozenset(implying)}


def _costs(folder: Path, ids: Sequence[str]) -> dict[str, list[CostLine]]:
    found: dict[str, list[CostLine]] = defaultdict(list)
    for table, position, row in _rows(folder / "costs.csv", ids, "_musd", spans=True, texts=("side", "accessed")):
        if row["low_musd"] < 0:
            raise _wrong(table, position, "low_musd", row["low_musd"], "0 or more")
        found[row["project"]].append(
            CostLine(
                first=int(row["from_offset"]), last=int(row["to_offset"]), side=row.get("side", ""),
                low=row["low_musd"], central=row["central_musd"], high=row["high_musd"],
                evidence=evidence_of(table, position, row),
            )
        )  # fmt: skip
    return found


def _effects(folder: Path, ids: Sequence[str]) -> dict[str, list[ProposedEffect]]:
    texts, needed = ("measure", "unit", "sectors", "exporter", "importer"), ("kind", "target")
    found: dict[str, list[ProposedEffect]] = defaultdict(list)
    for table, position, row in _rows(folder / "effects.csv", ids, "", spans=False, texts=texts, needed=needed):
        if row["kind"] not in KINDS:
            raise _wrong(table, position, "kind", row["kind"], ", ".join(KINDS))
        found[row["project"]].append(
            ProposedEffect(
                kind=row["kind"], target=row["target"], measure=row.get("measure", ""), unit=row.get("unit", ""),
                low=row["low"], central=row["central"], high=row["high"], sectors=listed(row.get("sectors")),
                exporter=listed(row.get("exporter")), importer=listed(row.get("importer")),
                evidence=evidence_of(table, position, row),
            )
        )  # fmt: skip
    return found


def _needs(folder: Path, ids: Sequence[str]) -> dict[str, list[Need]]:
    kinds: dict[str, CellKind] = {
        "project": "text", "resource": "text", "kind": "text", "from_offset": "whole", "to_offset": "whole",
        "amount": "number", "status": "text",
    }  # fmt: skip
    found: dict[str, list[Need]] = defaultdict(list)
    if not held(folder / "needs.csv"):
        return found
    texts: dict[str, CellKind] = {"unit": "text", "note": "text"}
    table = read_table(folder / "needs.csv", kinds, texts, key=["project", "resource", "from_offset"])
    for position, row in enumerate(table.frame.to_dict("records")):
        _require_known(table, position, row["project"], ids)
        if not row["amount"] >= 0:
            raise _wrong(table, position, "amount", row["amount"], "0 or more")
        found[row["project"]].append(
            Need(
                resource=row["resource"], kind=row["kind"], first=int(row["from_offset"]), last=int(row["to_offset"]),
                amount=row["amount"], unit=row.get("unit", ""), status=_status(table, position, row["status"]),
                note=row.get("note", ""),
            )
        )  # fmt: skip
    return found


def _limits(folder: Path) -> tuple[Limit, ...]:
    if not held(folder / "limits.csv"):
        return ()
    kinds: dict[str, CellKind] = {"resource": "text", "year": "whole", "capacity": "number"}
    table = read_table(folder / "limits.csv", kinds, {"source": "text"}, key=["resource", "year"])
    rows = table.frame.to_dict("records")
    return tuple(Limit(resource=row["resource"], year=int(row["year"]), capacity=row["capacity"]) for row in rows)


def _rows(
    path: Path, ids: Sequence[str], ending: str, *, spans: bool, texts: Sequence[str], needed: Sequence[str] = ()
) -> list[tuple[ReadTable, int, dict[Any, Any]]]:
    """Return checked rows of a table with a range."""
    kinds: dict[str, CellKind] = dict.fromkeys(("project", *needed, "source", "status"), "text")
    kinds |= {f"{name}{ending}": "number" for name in _RANGE}
    kinds |= dict.fromkeys(("from_offset", "to_offset"), "whole") if spans else {}
    table = read_table(path, kinds, dict.fromkeys(("address", "note", *texts), "text"))
    checked = []
    for position, row in enumerate(table.frame.to_dict("records")):
        _require_known(table, position, row["project"], ids)
        range_of(table, position, row, ending)
        if spans and not 0 <= row["from_offset"] <= row["to_offset"]:
            found = f"{row['from_offset']:g} to {row['to_offset']:g}"
            raise _wrong(
                table,
                position,
                "from_offset/to_offset",
                found,
                "a span that begins at 0 or later and does not end before",
            )
        checked.append((table, position, row))
    return checked


def range_of(table: ReadTable, position: int, row: dict[Any, Any], ending: str = "") -> tuple[float, float, float]:
    """Return low, central and high of a row, which must be in that order."""
    low, central, high = (float(row[f"{name}{ending}"]) for name in _RANGE)
    if not low <= central <= high:
        names = "/".join(f"{name}{ending}" for name in _RANGE)
        raise _wrong(table, position, names, f"{low}, {central}, {high}", "low <= central <= high")
    return low, central, high


def evidence_of(table: ReadTable, position: int, row: dict[Any, Any]) -> Evidence:
    """Return the evidence of a row.

    Raises
    ------
    BadInputError
        For an unknown status, a fact without address, or no source.
    """
    status, address = _status(table, position, row["status"]), row.get("address", "")
    if status in (Status.VERIFIED, Status.QUOTED) and not address:
        raise _wrong(table, position, "address", "", f"an address, since the status is {status.value}")
    if not row["source"]:
        raise _wrong(table, position, "source", "", "a source, or the word assumed with a reason")
    return Evidence(
        source=row["source"], address=address, accessed=row.get("accessed", ""), status=status, note=row.get("note", "")
    )


def _status(table: ReadTable, position: int, text: str) -> Status:
    if text not in tuple(Status):
        raise _wrong(table, position, "status", text, ", ".join(Status))
    return Status(text)


def _require_known(table: ReadTable, position: int, project: str, ids: Sequence[str]) -> None:
    if project not in ids:
        raise _wrong(table, position, "project", project, "the ids of projects.csv")


def _wrong(table: ReadTable, position: int, column: str, found: object, allowed: str) -> BadInputError:
    where = f"{table.row(position)}, column {column}"
    return BadInputError(where, f"found {found!r}", allowed=allowed, remedy="correct the row")
