"""Open files of tables within limits: found with or without ``.gz``, unpacked up to a size."""

import zlib
from pathlib import Path

from isthmus.core.errors import BadInputError

LARGEST_TABLE_MB = 300
"""Of a table, unpacked."""


def held(path: Path) -> bool:
    """Say whether a table that may be left out is there, plain or gzipped."""
    return path.is_file() or path.with_name(path.name + ".gz").is_file()


def existing(path: Path) -> Path:
    """Return a table's file, or the same name with or without ``.gz``; BadInputError where there is none, or both."""
    if not path.name:
        raise BadInputError(str(path) or "''", "is no file", allowed="an existing CSV, plain or .gz", remedy="name one")
    twin = path.with_suffix("") if path.suffix == ".gz" else path.with_name(path.name + ".gz")
    found = [candidate for candidate in (path, twin) if candidate.is_file()]
    if len(found) == 2:
        names = f"{path.name} and {twin.name}"
        raise BadInputError(
            str(path.parent), f"holds {names}", allowed="one of the two", remedy="remove the one that is out of date"
        )
    if found:
        return found[0]
    problem = "is a directory" if path.is_dir() else "no such file"
    raise BadInputError(str(path), problem, allowed="an existing CSV, plain or .gz", remedy="check the path")


def unpacked(path: Path, largest_mb: int = LARGEST_TABLE_MB) -> bytes:
    """Return the bytes of a file, plain or gzipped, up to a size.

    Raises
    ------
    BadInputError
        When there is more than that, or the gzip is cut off or damaged.
    """
    largest, raw = largest_mb * 1_000_000, b""
    with path.open("rb") as file:
        raw = file.read(largest + 1)
    if raw[:2] == b"\x1f\x8b":
        raw = _inflated(path, raw, largest)
    if len(raw) > largest:
        raise BadInputError(
            path.name,
            f"holds more than {largest_mb} MB",
            allowed=f"at most {largest_mb} MB, unpacked",
            remedy="split the file or leave columns out",
        )
    return raw


def _inflated(path: Path, raw: bytes, largest: int) -> bytes:
    """Unpack gzip, also of several members, until there is more than `largest`."""
    whole = bytearray()
    try:
        while raw and len(whole) <= largest:
            member = zlib.decompressobj(wbits=31)
            whole += member.decompress(raw, largest + 1 - len(whole))
            if len(whole) <= largest and not member.eof:
                raise EOFError("it is cut off")
            raw = member.unused_data.lstrip(b"\0")
    except (zlib.error, EOFError) as error:
        raise BadInputError(
            path.name, f"gzip cannot be read ({error})", allowed="whole gzip", remedy="compress it again"
        ) from error
    return bytes(whole)
