"""Read a parameter ledger: TOML with one ``[[parameter]]`` for every assumed number."""

from pathlib import Path
from typing import Any

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.readers.toml import read_toml

_TEXT = ("name", "description", "unit", "source", "status", "page", "address", "note")
_NUMBER = ("value", "low", "high")
_REQUIRED = ("name", "description", "unit", "value", "low", "high", "source", "status")
_ALLOWED = (*_TEXT, *_NUMBER, "valid_from")


def read_ledger(path: Path) -> Ledger:
    """Return the ledger of a study.

    Raises
    ------
    BadInputError
        For a missing file, broken TOML, an unknown or missing key, a value of the wrong kind, bounds out of order, an
        empty source, an unknown status or a name that occurs twice.
    """
    parameters: dict[str, Parameter] = {}
    for number, entry in enumerate(read_toml(path).get("parameter", []), start=1):
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


def _parameter(entry: dict[str, Any], where: str) -> Parameter:
    _require_keys(entry, where)
    for name in _TEXT:
        if not isinstance(entry.get(name, ""), str):
            raise BadInputError(
                f"{where}, {name}", f"found {entry[name]!r}", allowed="a text", remedy="put it in quotes"
            )
    for name in _NUMBER:
        if isinstance(entry[name], bool) or not isinstance(entry[name], int | float):
            raise BadInputError(f"{where}, {name}", f"found {entry[name]!r}", allowed="a number", remedy="correct it")
    if entry["status"] not in list(Status):
        raise BadInputError(
            f"{where}, status", f"found {entry['status']!r}", allowed=", ".join(Status), remedy="use one of these"
        )
    fields: dict[str, Any] = {name: entry.get(name, "").strip() for name in _TEXT if name != "status"}
    fields |= {name: float(entry[name]) for name in _NUMBER}
    return Parameter(**fields, status=Status(entry["status"]), valid_from=entry.get("valid_from"))


def _require_keys(entry: dict[str, Any], where: str) -> None:
    missing = [name for name in _REQUIRED if name not in entry]
    unknown = [name for name in entry if name not in _ALLOWED]
    if missing or unknown:
        parts = [f"{', '.join(missing)} missing"] * bool(missing) + [f"{', '.join(unknown)} unknown"] * bool(unknown)
        raise BadInputError(where, "; ".join(parts), allowed=", ".join(_ALLOWED), remedy="add or rename the keys")
