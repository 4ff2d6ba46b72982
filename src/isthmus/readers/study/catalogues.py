"""Read catalogues of standards: the ISO Open Data deliverables file, and national catalogues that users bring."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.border.standards import Adoption, Catalogue, Degree, Domain, Recognition, Reference, Share
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import Pair, pair_called
from isthmus.core.provenance import Grade, Repair, Status
from isthmus.readers.tables import Column, Columns, Table, read_table, read_text

_DELIVERABLES = (
    "id",
    "deliverableType",
    "supplementType",
    "reference",
    "edition",
    "icsCode",
    "currentStage",
    "replacedBy",
)
_SHARE = Column("number", low=0, high=1, filled=True)
LEVELS = ("full_retest", "reports_accepted", "certificates_accepted", "none_needed")
"""Levels at which two sides recognise each other's assessment of conformity."""
_ICS = re.compile(r"\d{2}(\.\d{3}(\.\d{2})?)?")
_YEAR = re.compile(r":\d{4}(-\d{2})?$")
FIRST_STAGE, WITHDRAWN_STAGE = 6000, 9500
"""Harmonised stage codes: 60.00 publication, 95.00 withdrawal."""


def read_deliverables(path: Path, fields: Iterable[str]) -> tuple[tuple[Reference, ...], tuple[Repair, ...]]:
    """Read the ISO Open Data file ``iso_deliverables_metadata`` as CSV or JSON lines (plain or .gz).

    Kept are base documents in force: stage 60.00 up to, but not including, 95.00, no supplement, not replaced.

    Parameters
    ----------
    path
        The file as ISO publishes it.
    fields
        Known ICS fields (two digits).

    Returns
    -------
    tuple
        References in force, and counts of what was left out.

    Raises
    ------
    BadInputError
        For a missing column, an unknown ICS field, a duplicate id, or replacements that lead in a circle.
    """
    known, seen = set(fields), {}
    rows = list(_deliverables(path))
    for where, row in rows:
        if row["id"] in seen:
            raise BadInputError(where, f"id {row['id']} stands twice", allowed="each id once", remedy="remove one row")
        seen[row["id"]] = row["replacedBy"]
    _require_no_circle(path.name, seen)
    kept: dict[str, Reference] = {}
    left_out = dict.fromkeys(
        ("supplements", "not published or withdrawn", "replaced", "without an ICS code", "older edition"), 0
    )
    for where, row in rows:
        reason = _reason(row)
        if reason:
            left_out[reason] += 1
            continue
        for code in row["icsCode"]:
            _require_ics(code, known, where)
        found = Reference(number_of(row["reference"]), tuple(row["icsCode"]), row["edition"])
        other = kept.get(found.number)
        if other is not None:
            left_out["older edition"] += 1
            found = max(found, other, key=lambda r: r.edition)
        kept[found.number] = found
    notes = tuple(Repair(path.name, f"left out: {reason}", count) for reason, count in left_out.items() if count)
    return tuple(kept.values()), notes


def read_catalogue(path: Path, side: str, fields: Iterable[str]) -> Catalogue:
    """Read a national catalogue: standard, ics, adopts, degree, edition (columns ics and edition may hold empty cells).

    Raises
    ------
    BadInputError
        For an unknown ICS code or degree, a standard adopting the same reference twice, or adoptions that lead in
        a circle.
    """
    columns: Mapping[str, Any] = {
        "standard": "text",
        "ics": "text",
        "adopts": "text",
        "degree": "text",
        "edition": "whole",
    }
    table = read_table(path, columns, key=("standard", "adopts"))
    known, adoptions, empty = set(fields), [], 0
    for position, row in enumerate(table.frame.to_dict("records")):
        where = table.row(position)
        if not row["adopts"]:
            empty += 1
            continue
        if row["ics"]:
            _require_ics(row["ics"], known, where)
        degree = row["degree"].lower().replace(" ", "_")
        if degree not in set(Degree):
            raise BadInputError(
                f"{where}, column degree", f"found {row['degree']!r}", allowed=", ".join(Degree), remedy="choose one"
            )
        edition = None if pd.isna(row["edition"]) else int(row["edition"])
        adoptions.append(Adoption(row["standard"], row["ics"], number_of(row["adopts"]), Degree(degree), edition))
    _require_no_circle(path.name, _links(adoptions))
    notes = (Repair(path.name, "own standards that adopt nothing, not counted", empty),) if empty else ()
    return Catalogue(side, tuple(adoptions), notes)


def read_shares(path: Path) -> dict[str, Share]:
    """Read national shares of adoption: economy, low, high (fractions), source, status, year, address."""
    columns: Mapping[str, Any] = {
        "economy": "text",
        "low": _SHARE,
        "high": _SHARE,
        "source": "text",
        "status": Column(allowed=tuple(Status)),
    }
    table = read_table(path, columns, {"year": "whole", "address": "text"}, key=("economy",))
    shares = {}
    for row in table.frame.to_dict("records"):
        year = row.get("year")
        shares[row["economy"]] = Share(
            row["economy"], row["low"], row["high"], row["source"], Status(row["status"]),
            None if year is None or pd.isna(year) else int(year), row.get("address", ""),
        )  # fmt: skip
    return shares


def read_recognition(
    path: Path, fields: Iterable[str], pair: Pair = ("", ""), partners: Sequence[str] = ()
) -> tuple[Recognition, ...]:
    """Read what the two sides of a pair recognise.

    Columns: ics (field or ``*``), level, references (separated by ``;``), source; and optional pair (A-B of `partners`; every
    pair when empty, and a row for the pair itself goes before one for every pair).
    """
    columns: Columns = {"ics": "text", "level": Column(allowed=LEVELS), "references": "text", "source": "text"}
    table = read_table(path, columns, {"pair": "text"}, key=("ics", "pair"))
    known, items = set(fields), []
    for position, row in enumerate(table.frame.to_dict("records")):
        if row["ics"] != "*":
            _require_ics(row["ics"], known, table.row(position))
    for row in _of_pair(table, "ics", pair, partners):
        numbers = frozenset(number_of(name) for name in row["references"].split(";") if name.strip())
        items.append(Recognition(row["ics"], f"conformity_{row['level']}", numbers, row["source"]))
    return tuple(items)


def read_domains(path: Path, pair: Pair = ("", ""), partners: Sequence[str] = ()) -> tuple[Domain, ...]:
    """Read domains of R&D protocols of a pair.

    Columns: domain, low, central, high (0 to 1), grade, source, status; and optional note and pair (A-B of `partners`; every
    pair when empty, and a row for the pair itself goes before one for every pair).
    """
    columns: Mapping[str, Any] = {
        "domain": "text",
        "grade": Column(allowed=tuple(Grade)),
        "source": "text",
        "status": Column(allowed=tuple(Status)),
        **dict.fromkeys(("low", "central", "high"), _SHARE),
    }
    table = read_table(path, columns, {"note": "text", "pair": "text"}, key=("domain", "pair"))
    return tuple(
        Domain(
            row["domain"],
            row["low"],
            row["central"],
            row["high"],
            row["grade"],
            row["source"],
            Status(row["status"]),
            row.get("note", ""),
        )
        for row in _of_pair(table, "domain", pair, partners)
    )


def _of_pair(table: Table, name: str, pair: Pair, partners: Sequence[str]) -> list[Any]:
    """Return the rows that hold for a pair: those of every pair, each replaced by the pair's own row of the same name."""
    rows: list[Any] = [{"pair": "", **row} for row in table.frame.to_dict("records")]
    about = [
        pair_called(row["pair"], partners, f"{table.row(i)}, column pair") if row["pair"] else None
        for i, row in enumerate(rows)
    ]
    own = {row[name] for row, one in zip(rows, about, strict=True) if one is not None and set(one) == set(pair)}
    return [
        row
        for row, one in zip(rows, about, strict=True)
        if (one is None and row[name] not in own) or (one is not None and set(one) == set(pair))
    ]


def read_ics_map(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read the mapping of ICS fields to sectors: ics, sector, weight, description. Return it and the field names."""
    columns: Mapping[str, Any] = {"ics": "text", "sector": "text", "weight": "number", "description": "text"}
    table: Table = read_table(path, columns, key=("ics", "sector"))
    frame = table.frame
    wrong = ~(frame["weight"] >= 0)
    if wrong.any():
        at = int(wrong.to_numpy().argmax())
        raise BadInputError(
            f"{table.row(at)}, column weight",
            f"found {frame['weight'].iloc[at]}",
            allowed="0 or more",
            remedy="correct it",
        )
    return frame, dict(zip(frame["ics"], frame["description"], strict=True))


def number_of(reference: str) -> str:
    """Return a reference without its year and with single spaces: ``ISO 9001:2015`` gives ``ISO 9001``."""
    return _YEAR.sub("", " ".join(reference.split()).upper())


def _deliverables(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of either layout with lists as lists."""
    text = read_text(path)
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                yield f"{path.name}, line {number}", _from_json(line, f"{path.name}, line {number}")
        return
    table = read_table(path, dict.fromkeys(_DELIVERABLES, "text"), other=None)
    for position, row in enumerate(table.frame.to_dict("records")):
        where = table.row(position)
        yield (
            where,
            _typed(
                {
                    **{str(k): v for k, v in row.items()},
                    "icsCode": _list(row["icsCode"]),
                    "replacedBy": _list(row["replacedBy"]),
                },
                where,
            ),
        )


def _from_json(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInputError(
            where, f"is not JSON ({error})", allowed="one JSON object a line", remedy="correct it"
        ) from error
    missing = [name for name in _DELIVERABLES if not isinstance(row, dict) or name not in row]
    if missing:
        raise BadInputError(where, f"lacks {', '.join(missing)}", allowed=", ".join(_DELIVERABLES), remedy="add them")
    return _typed({**row, "icsCode": row["icsCode"] or [], "replacedBy": row["replacedBy"] or []}, where)


def _typed(row: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the fields that matter, typed; a document without stage or edition counts as not published and first."""
    try:
        return {
            "id": int(row["id"]),
            "reference": str(row["reference"]),
            "supplement": str(row["supplementType"] or ""),
            "edition": int(float(row["edition"] or 1)),
            "stage": int(float(row["currentStage"] or 0)),
            "icsCode": [str(code) for code in row["icsCode"]],
            "replacedBy": [int(float(i)) for i in row["replacedBy"]],
        }
    except (TypeError, ValueError, OverflowError) as error:
        raise BadInputError(
            where, f"a cell cannot be read ({error})", allowed="numbers in id, edition, currentStage, replacedBy",
            remedy="correct the row",
        ) from error  # fmt: skip


def _list(cell: str) -> list[Any]:
    """Read a list as the CSV writes it: empty, ``['03.120.10']`` or ``[62319]``."""
    cell = cell.strip()
    if not cell:
        return []
    if cell.startswith("["):
        try:
            return list(ast.literal_eval(cell))
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            pass
    return [part.strip(" '\"[]") for part in re.split(r"[;,]", cell)]


def _reason(row: Mapping[str, Any]) -> str:
    """Say why a document does not count, or return an empty text."""
    if row["supplement"]:
        return "supplements"
    if not FIRST_STAGE <= row["stage"] < WITHDRAWN_STAGE:
        return "not published or withdrawn"
    if row["replacedBy"]:
        return "replaced"
    return "" if row["icsCode"] else "without an ICS code"


def _require_ics(code: str, known: set[str], where: str) -> None:
    if not _ICS.fullmatch(code) or code[:2] not in known:
        raise BadInputError(
            f"{where}, ICS code",
            f"found {code!r}",
            allowed=f"NN, NN.NNN or NN.NNN.NN with a field of {', '.join(sorted(known))}",
            remedy="correct the code",
        )


def _links(adoptions: Iterable[Adoption]) -> dict[Any, list[Any]]:
    links: dict[Any, list[Any]] = {}
    for adoption in adoptions:
        links.setdefault(number_of(adoption.standard), []).append(adoption.adopts)
    return links


def _require_no_circle(name: str, links: Mapping[Any, list[Any]]) -> None:
    """Raise where following the links comes back to a document already on the way."""
    done: set[Any] = set()
    for start in links:
        way: list[Any] = []
        stack = [(start, 0)]
        while stack:
            node, depth = stack.pop()
            del way[depth:]
            if node in way:
                circle = " > ".join(map(str, [*way[way.index(node) :], node]))
                raise BadInputError(
                    name, f"circular reference {circle}", allowed="chains that end", remedy="break the circle"
                )
            if node in done:
                continue
            way.append(node)
            following = links.get(node, [])
            if following:
                stack.extend((after, depth + 1) for after in following)
            else:
                done.add(node)
        done.add(start)
