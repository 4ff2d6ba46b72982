"""Read TOML, and turn what is wrong with it into messages that name the key."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from isthmus.core.errors import BadInputError


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; BadInputError when it is missing or broken, with the line."""
    if not path.is_file():
        raise BadInputError(str(path), "no such file", allowed="an existing TOML file", remedy="check the path")
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(
            path.name, f"not valid TOML: {error}", allowed="TOML in UTF-8", remedy="correct that line"
        ) from error


def validation_error(where: str, error: ValidationError) -> BadInputError:
    """Turn the first problem pydantic found into a message with the key, and count the others."""
    problems = error.errors(include_url=False)
    first = problems[0]
    key = ".".join(str(part) for part in first["loc"])
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    allowed = "only keys of the documented format" if first["type"] == "extra_forbidden" else first["msg"]
    found = (
        f"unknown key, value {first['input']!r}" if first["type"] == "extra_forbidden" else f"found {first['input']!r}"
    )
    return BadInputError(f"{where}, key {key}", found + more, allowed=allowed, remedy="correct or remove the key")
