"""Write SHA256SUMS for a folder of packaged data, or check the one that is there.

    python tools/digests.py FOLDER          write
    python tools/digests.py --check FOLDER  compare; exit 1 names every difference

The format is that of `sha256sum`, so the file can be checked without this project.
"""

import hashlib
import sys
from pathlib import Path

NAME = "SHA256SUMS"


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder` by relative path, the list itself left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def recorded(folder: Path) -> dict[str, str]:
    """Return the digests written in the folder's list."""
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line)
    return {name: digest for digest, name in pairs}


def main(arguments: list[str]) -> int:
    """Write or check the list; return the exit code."""
    check = "--check" in arguments
    folder = Path(next(item for item in arguments if not item.startswith("-")))
    found = digests(folder)
    if not check:
        (folder / NAME).write_text("".join(f"{digest}  {name}\n" for name, digest in found.items()), encoding="utf-8")
        return 0
    listed = recorded(folder)
    wrong = sorted(name for name in found | listed if found.get(name) != listed.get(name))
    for name in wrong:
        print(f"{folder / name}: differs from {NAME}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
