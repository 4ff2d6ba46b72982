"""What is built from the tree holds everything the product needs at run time, and nothing of the tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDORED = ROOT / "src" / "isthmus" / "assets" / "vendor"


@pytest.mark.slow
def test_wheel_holds_assets_and_vendored_files(tmp_path: Path) -> None:
    assert (VENDORED / "record.json").exists(), "scripts and map are not there: run make setup"
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        built = set(archive.namelist())
    package = ROOT / "src" / "isthmus"
    files = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    missing = {f"isthmus/{path.relative_to(package).as_posix()}" for path in files} - built
    assert missing == set()
    assert any(name.endswith("licenses/LICENSE") for name in built)
    assert [name for name in built if name.startswith(("tests/", "docs/", "tools/"))] == []
