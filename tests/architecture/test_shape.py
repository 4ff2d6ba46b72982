"""Modules stay small, private names stay private, records stay frozen, packages say what they are for."""

import ast
from collections.abc import Iterator

import pytest
from source import PACKAGE, Module, modules, pure

MOST_LINES, MOST_BODY = 400, 40
LONG_MODULES = {
    "isthmus.tracking.scoreboard": (410, "section of the study with its table; to be divided when it grows"),
}
"""Modules above the ceiling: the size they may have, and the reason."""
LONG_FUNCTIONS = {
    "isthmus.equilibrium.scenario:resolve": (46, "one loop over shocks that fills nine arrays"),
    "isthmus.readers.study.levers:_lever": (42, "builds one record, a line a field"),
    "isthmus.readers.study.study:load_study": (52, "builds one record, a line a field"),
    "isthmus.readers.study.targets:_target": (52, "builds one record, a line a field"),
    "isthmus.readers.worlds.world:read_world": (52, "builds one record, a line a field"),
}
"""Functions above the ceiling as module:function: the size they may have, and the reason."""


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Yield (module:function, lines of the body without docstring) for every function."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield f"{module.name}:{node.name}", length


def test_modules_keep_below_the_ceiling() -> None:
    sizes = {module.name: len(module.text.splitlines()) for module in modules()}
    above = {name: size for name, size in sizes.items() if size > LONG_MODULES.get(name, (MOST_LINES, ""))[0]}
    assert above == {}


def test_functions_keep_below_the_ceiling() -> None:
    sizes = {name: size for module in modules() for name, size in functions(module)}
    above = {name: size for name, size in sizes.items() if size > LONG_FUNCTIONS.get(name, (MOST_BODY, ""))[0]}
    assert above == {}


def test_every_exception_exists_and_has_a_reason() -> None:
    present = {module.name for module in modules()} | {name for module in modules() for name, _ in functions(module)}
    exceptions = LONG_MODULES | LONG_FUNCTIONS
    assert set(exceptions) - present == set()
    assert all(reason.strip() for _, reason in exceptions.values())


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_private_names_stay_in_their_module(module: Module) -> None:
    borrowed, own = [], set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("isthmus"):
            own |= {alias.asname or alias.name for alias in node.names}
            borrowed += [
                f"{node.module}.{a.name}" for a in node.names if a.name.startswith("_") and a.name != "__version__"
            ]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in own:
            private = node.attr.startswith("_") and not node.attr.startswith("__")
            borrowed += [f"{node.value.id}.{node.attr}"] if private else []
    assert borrowed == []


def test_no_package_is_a_drawer_for_leftovers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
    found = {module.name for module in modules() if drawers & set(module.name.split("."))}
    assert found == set()


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_module_says_what_it_is_for(module: Module) -> None:
    assert ast.get_docstring(module.tree)


@pytest.mark.parametrize("module", pure(), ids=lambda module: module.name)
def test_records_are_frozen(module: Module) -> None:
    thawed = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            marks = [mark for mark in node.decorator_list if "dataclass" in ast.unparse(mark)]
            thawed += [node.name for mark in marks if "frozen=True" not in ast.unparse(mark)]
    assert thawed == []


def test_assets_hold_no_code() -> None:
    assert list((PACKAGE / "assets").rglob("*.py")) == []
