"""Read TOML into typed records, and turn what is wrong with it into messages that name the key and what it may hold."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from isthmus.core.errors import BadInputError

LARGEST_TOML_MB = 10


class Typed(BaseModel):
    """Base of every record read from TOML: unknown keys, numbers in quotes, flags for numbers, inf and nan are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


FileModel = TypeVar("FileModel", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; BadInputError when it is missing or broken, with the line."""
    if not path.is_file():
        raise BadInputError(str(path), "no such file", allowed="an existing TOML file", remedy="check the path")
    if path.stat().st_size > LARGEST_TOML_MB * 1_000_000:
        raise BadInputError(
            path.name, "is too large for settings", allowed=f"at most {LARGEST_TOML_MB} MB", remedy="put tables in CSV"
        )
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except RecursionError as error:
        raise BadInputError(
            path.name, "is nested too deep", allowed="at most some hundred levels", remedy="correct the file"
        ) from error
    except ValueError as error:  # TOML that is broken, bytes that are not UTF-8, numbers of thousands of digits
        raise BadInputError(
            path.name, f"not valid TOML: {_short(str(error))}", allowed="TOML in UTF-8", remedy="correct that line"
        ) from error


def read_model(path: Path, model: type[FileModel]) -> FileModel:
    """Read a TOML file as a record; BadInputError names the first key that is wrong, and what it may hold."""
    return as_model(read_toml(path), model, path.name)


def as_model(content: Mapping[str, Any], model: type[FileModel], where: str) -> FileModel:
    """Return the content of a TOML file as a record; see `read_model`."""
    try:
        return model.model_validate_json(json.dumps(content, default=str))
    except ValidationError as error:
        raise validation_error(where, error, model) from error
    except (ValueError, RecursionError) as error:
        raise BadInputError(
            where, f"cannot be used ({_short(str(error))})", allowed="plain settings", remedy="correct the file"
        ) from error


def validation_error(where: str, error: ValidationError, model: type[BaseModel] | None = None) -> BadInputError:
    """Turn the first problem pydantic found into a message with the key, and count the others."""
    problems = error.errors(include_url=False)
    first = problems[0]
    key = ".".join(str(part) for part in first["loc"] if part not in _UNION_PARTS and "[" not in str(part))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    found = f"found {_short(repr(first['input']))}"
    allowed, remedy = _allowed(dict(first)), "correct the value"
    if first["type"] == "extra_forbidden":
        found, remedy = f"unknown key, value {_short(repr(first['input']))}", "correct or remove the key"
        allowed = _keys(model, first["loc"][:-1])
    elif first["type"] == "missing":
        found, remedy = "is missing", "add the key"
        allowed = f"a file with {_keys(model, first['loc'][:-1])}"
    return BadInputError(f"{where}, key {key}" if key else where, found + more, allowed=allowed, remedy=remedy)


@contextmanager
def well_formed(where: str) -> Iterator[None]:
    """Turn what goes wrong while records are made of TOML that no model describes into bad input."""
    try:
        yield
    except (TypeError, AttributeError, KeyError, IndexError, ValueError, OverflowError, RecursionError) as error:
        raise BadInputError(
            where,
            f"holds a value of another kind than its key takes ({type(error).__name__}: {_short(str(error))})",
            allowed="texts, numbers, lists and tables as the packaged file of this kind has them",
            remedy="compare with the packaged file and correct the value",
        ) from error


_UNION_PARTS = ("str", "int", "float", "bool")
"""What pydantic adds to a place where several kinds are allowed."""
_WORDS = {
    "float_type": "a number without quotes",
    "float_parsing": "a number without quotes",
    "finite_number": "a finite number",
    "int_type": "a whole number without quotes",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of usual size",
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a table of keys",
    "model_type": "a table of keys",
    "greater_than": "numbers greater than {gt:g}",
    "greater_than_equal": "numbers of at least {ge:g}",
    "less_than": "numbers less than {lt:g}",
    "less_than_equal": "numbers of at most {le:g}",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
    "string_pattern_mismatch": "a text of the form {pattern}",
}


def _allowed(problem: Mapping[str, Any]) -> str:
    """Say in words what a key may hold."""
    words = _WORDS.get(problem["type"])
    return words.format(**problem.get("ctx", {})) if words else str(problem["msg"]).removeprefix("Value error, ")


def _keys(model: type[BaseModel] | None, place: tuple[int | str, ...]) -> str:
    """List the keys of the record at a place in a file."""
    for part in place:
        if model is None:
            break
        field = next((f for name, f in model.model_fields.items() if part in (name, f.alias)), None)
        if field is not None:
            model = _record_in(field.annotation)
    return ", ".join(f.alias or name for name, f in model.model_fields.items()) if model else "the documented keys"


def _record_in(annotation: object) -> type[BaseModel] | None:
    """Return the record that a declared type holds, alone or in a list, a table or beside None."""
    if isinstance(annotation, type) and not get_origin(annotation):
        return annotation if issubclass(annotation, BaseModel) else None
    if get_origin(annotation) in (list, tuple, dict, Union, UnionType):
        return next(filter(None, map(_record_in, get_args(annotation))), None)
    return None


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
