"""Digests of input files, so that a result can say what it was made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_digests(paths: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of each file by file name; folders are left out."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()}
