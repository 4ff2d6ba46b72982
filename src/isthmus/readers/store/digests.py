"""Digests of input files, so that a result can say what it was made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_digests(paths: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of each file by file name; folders are left out."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()}


def tree_digests(root: Path, but: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder by its path within it, without hidden files and the folder `but`."""
    named = {path.relative_to(root): path for path in root.rglob("*") if path.is_file() and (but not in path.parents)}
    shown = {path.as_posix(): file for path, file in named.items() if not any(p.startswith(".") for p in path.parts)}
    return {name: hashlib.sha256(shown[name].read_bytes()).hexdigest() for name in sorted(shown)}
