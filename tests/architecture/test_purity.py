"""Stations compute and do nothing else; import-linter holds the imports, this holds the calls."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from source import STATIONS, Module, pure

ROOT = Path(__file__).resolve().parents[2]
BARE = {"open", "print", "input", "exec", "eval", "breakpoint"}
FILE_METHODS = {
    *("to_csv", "to_excel", "to_parquet", "to_pickle", "to_feather", "to_hdf", "to_sql", "to_netcdf", "to_zarr"),
    *("read_text", "read_bytes", "write_text", "write_bytes", "tofile", "fromfile"),
    *("savetxt", "loadtxt", "genfromtxt", "save", "savez", "load", "memmap", "open_dataset", "load_dataset"),
}
GLOBAL_RANDOM = {"seed", "rand", "randn", "randint", "random", "normal", "uniform", "choice", "shuffle", "permutation"}


def impure(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, call) for everything a station may not do."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            listed = [alias.name for alias in node.names]
            if "random" in listed and isinstance(node, ast.Import):
                yield node.lineno, "import random"
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in BARE:
            yield node.lineno, node.func.id
        if isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, ast.unparse(node.func.value)
            if name in FILE_METHODS or (owner in {"pd", "pandas"} and name.startswith("read_")):
                yield node.lineno, f"{owner}.{name}"
            if owner in {"np.random", "numpy.random"} and name in GLOBAL_RANDOM:
                yield node.lineno, f"{owner}.{name}"


@pytest.mark.parametrize("module", pure(), ids=lambda module: module.name)
def test_station_touches_no_file_screen_or_global_randomness(module: Module) -> None:
    assert list(impure(module.tree)) == []


@pytest.mark.parametrize(
    "line",
    [
        "open('x')",
        "pd.read_csv(p)",
        "frame.to_csv(p)",
        "np.random.seed(1)",
        "print(1)",
        "path.read_text()",
        "import random",
    ],
)
def test_the_search_finds_impure_calls(line: str) -> None:
    assert list(impure(ast.parse(line)))


def test_every_station_is_held_by_the_purity_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    held = {name for contract in contracts if contract["type"] == "forbidden" for name in contract["source_modules"]}
    present = {f"isthmus.{module.station}" for module in pure()}
    assert present - held == set(), "add these to source_modules of the purity contract in pyproject.toml"


def test_every_package_has_its_place_in_the_flow() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")["layers"]
    placed = {name.strip(" ()") for layer in layers for part in layer.split("|") for name in part.split(":")}
    assert set(STATIONS) <= placed
    packages = {path.name for path in (ROOT / "src" / "isthmus").iterdir() if (path / "__init__.py").exists()}
    assert packages <= placed


def test_import_contracts_hold() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(script), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
