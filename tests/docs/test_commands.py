"""Commands in tutorials and how-to pages work as they stand.

A page is followed from top to bottom in an empty folder: a code block with a caption is written to the file of that name,
a block marked `sh` is run. What a reader is told to fetch is laid out beforehand.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from icio_files import table, write

import isthmus

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs" / "how-to").glob("*.md"), *(ROOT / "docs" / "tutorials").glob("*.md")])
BLOCK = re.compile(r"^```(\{code-block\} )?(\w+)\n(?::caption: (\S+)\n)?(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str, str]]:
    """Return (language, file name, text) of every code block of a page."""
    return [(language, name, text) for _, language, name, text in BLOCK.findall(page.read_text("utf-8"))]


def lay_out(folder: Path) -> None:
    """Put what the pages tell the reader to fetch: an OECD file of 2022, and a table saved by pymrio."""
    write(table(2025, ["DEU", "POL", "ROW"], np.random.default_rng(0)), folder / "2022_SML.csv")
    pymrio = pytest.importorskip("pymrio")
    system = pymrio.load_test()
    system.calc_all()
    system.save_all(folder / "mrio-saved")


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(b[0] == "sh" for b in blocks(page))], ids=lambda page: page.stem
)
def test_page_works_as_written(page: Path, tmp_path: Path) -> None:
    lay_out(tmp_path)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "PYTHONPATH": str(Path(isthmus.__file__).parents[1])}
    ran = 0
    for language, name, text in blocks(page):
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text.lstrip("\n"), encoding="utf-8")
        if language == "sh":
            words = ["sh", "-e", "-c", text]
            done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{text}\n{done.stderr}"
            ran += 1
    assert ran


def test_pages_with_commands_are_found() -> None:
    assert {"bring-your-own-table", "first-run"} <= {
        page.stem for page in PAGES if any(b[0] == "sh" for b in blocks(page))
    }
