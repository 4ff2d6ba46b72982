"""Read a parameter ledger: TOML with one ``[[parameter]]`` for every assumed number."""

from pathlib import Path
from typing import Any

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Grade, Ledger, Parameter, Status
from isthmus.readers.toml import read_toml

_TEXT = ("name", "description", "unit", "source", "status", "page", "address", "note")
_NUMBER = ("value", "low", "high")
REQUIRED_KEYS = ("name", "description", "unit", "value", "low", "high", "source", "status")
_MOST = 1e30
"""Largest number of a ledger; what lies above is a slip of the pen."""
KEYS = (*_TEXT, *_NUMBER, "valid_from", "descriptions", "grade")


def read_ledger(path: Path) -> Ledger:
    """Return the ledger of a study.

    Raises
    ------
    BadInputError
        For a missing file, broken TOML, an unknown or missing key, a value of the wrong kind, bounds out of order, an
        empty source, an unknown status or a name that occurs twice.
    """
    parameters: dict[str, Parameter] = {}
    for number, entry in enumerate(_entries(path), start=1):
        parameter = _parameter(entry, f"{path.name}, entry {number} ({entry.get('name', 'without name')})")
        if parameter.name in parameters:
            raise BadInputError(
                f"{path.name}, entry {number}",
                f"the name {parameter.name!r} occurs twice",
                allowed="each name once",
                remedy="rename or remove one of the entries",
            )
        parameters[parameter.name] = parameter
    return Ledger(parameters)


def _entries(path: Path) -> list[dict[str, Any]]:
    """Return the tables [[parameter]]; anything else in the file is an error."""
    content = read_toml(path)
    entries = content.pop("parameter", [])
    unknown = next(iter(content), None)
    if unknown is not None or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInputError(
            f"{path.name}, key {unknown or 'parameter'}",
            "is no list of parameters",
            allowed="tables [[parameter]]",
            remedy="write every assumed number as one [[parameter]]",
        )
    return entries


def _parameter(entry: dict[str, Any], where: str) -> Parameter:
    _require_keys(entry, where)
    for name in _TEXT:
        if not isinstance(entry.get(name, ""), str):
            raise BadInputError(
                f"{where}, {name}", f"found {entry[name]!r}", allowed="a text", remedy="put it in quotes"
            )
    for name in _NUMBER:
        number = entry[name]
        if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) <= _MOST:
            raise BadInputError(
                f"{where}, {name}", f"found {number!r}", allowed="a number that is finite", remedy="correct it"
            )
    since = entry.get("valid_from")
    if since is not None and (isinstance(since, bool) or not isinstance(since, int) or not 1900 <= since <= 2300):
        raise BadInputError(
            f"{where}, valid_from", f"found {since!r}", allowed="a year from 1900 to 2300", remedy="correct it"
        )
    if entry["status"] not in list(Status):
        raise BadInputError(
            f"{where}, status", f"found {entry['status']!r}", allowed=", ".join(Status), remedy="use one of these"
        )
    fields: dict[str, Any] = {name: entry.get(name, "").strip() for name in _TEXT if name != "status"}
    fields |= {name: float(entry[name]) for name in _NUMBER}
    grade, told = grade_in(entry.get("grade", ""), f"{where}, grade"), _descriptions(entry, where)
    try:
        return Parameter(
            **fields, status=Status(entry["status"]), valid_from=entry.get("valid_from"), descriptions=told, grade=grade
        )
    except BadInputError as error:
        raise BadInputError(where, error.problem, allowed=error.allowed, remedy=error.remedy) from error


def grade_in(cell: object, where: str) -> Grade | None:
    """Return the grade in a cell, None where it is empty.

    Raises
    ------
    BadInputError
        For a word that is no grade.
    """
    if cell == "":
        return None
    if cell not in list(Grade):
        raise BadInputError(where, f"found {cell!r}", allowed=", ".join(Grade), remedy="use one of these, or none")
    return Grade(str(cell))


def _descriptions(entry: dict[str, Any], where: str) -> dict[str, str]:
    """Return the description in further languages: a table from codes of languages to texts."""
    told = entry.get("descriptions", {})
    if not isinstance(told, dict) or not all(isinstance(words, str) and words.strip() for words in told.values()):
        raise BadInputError(
            f"{where}, descriptions",
            f"found {told!r}",
            allowed='a table of texts by language, for example { ru = "…", zh = "…" }',
            remedy="write a text in quotes for every language named",
        )
    return {str(language): words.strip() for language, words in told.items()}


def _require_keys(entry: dict[str, Any], where: str) -> None:
    missing = [name for name in REQUIRED_KEYS if name not in entry]
    unknown = [name for name in entry if name not in KEYS]
    if missing or unknown:
        parts = [f"{', '.join(missing)} missing"] * bool(missing) + [f"{', '.join(unknown)} unknown"] * bool(unknown)
        raise BadInputError(where, "; ".join(parts), allowed=", ".join(KEYS), remedy="add or rename the keys")
