"""Digests of input files, so that a result can say what it was made from."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path


def file_digests(paths: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of each file by file name, with its folder where two share a name; folders are left out."""
    files = list(dict.fromkeys(path for path in paths if path.is_file()))
    often = Counter(path.name for path in files)
    return {
        _shown(Path(path.name) if often[path.name] == 1 else Path(path.parent.name, path.name)): _digest(path)
        for path in files
    }


def visible_files(folder: Path) -> list[Path]:
    """Return the files of a folder in the order of their names; hidden ones (locks, results under way) are none of it."""
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def tree_digests(root: Path, but: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder by its path within it, without hidden files and the folder `but`."""
    named = {path.relative_to(root): path for path in root.rglob("*") if path.is_file() and but not in path.parents}
    shown = {_shown(path): file for path, file in named.items() if not any(p.startswith(".") for p in path.parts)}
    return {name: _digest(shown[name]) for name in sorted(shown)}


def _digest(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            total.update(part)
    return total.hexdigest()


def _shown(path: Path) -> str:
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
