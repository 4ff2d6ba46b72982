"""One word, one thing: no two public classes or type aliases share a name, and no two columns of tables."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest
from source import modules

COLUMN = {"key", "measure", "note"}
"""Calls that make an alias a column of a table: it holds a heading and cells, not a type, and is named like the heading."""


def declared(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield kind (thing or column) and name of every public class, type alias and declared column of a module."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield "thing", node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if not isinstance(target, ast.Name) or isinstance(node.value, ast.Constant):
                continue
            if target.id[0].isupper() and not target.id.isupper():
                calls = {ast.unparse(part.func) for part in ast.walk(node.value) if isinstance(part, ast.Call)}
                yield "column" if calls & COLUMN else "thing", target.id


def shared(trees: Mapping[str, ast.Module]) -> dict[tuple[str, str], list[str]]:
    """Return what is declared more than once, by kind and name, with the modules."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for where, tree in trees.items():
        for both in declared(tree):
            found[both].append(where)
    return {both: places for both, places in found.items() if len(places) > 1}


def test_no_name_is_declared_twice() -> None:
    assert shared({module.name: module.tree for module in modules()}) == {}


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("class Measure: ...", "class Measure: ...", {"thing"}),
        ("class Verdict: ...", "Verdict = Literal['met', 'missed']", {"thing"}),
        ("Array = NDArray[float]", "Array: TypeAlias = ndarray", {"thing"}),
        ("Item = TypeVar('Item')", "Item = TypeVar('Item')", {"thing"}),
        ("World = Annotated[str, key('a')]", "World = Annotated[str, note('b')]", {"column"}),
        ("World = Annotated[str, key('a')]", "class World: ...", set()),
        ("class _Own: ...", "class _Own: ...", set()),
        ("LIMIT = 3", "LIMIT = 4", set()),
        ("Million = 'million USD'", "Million = 'million USD'", set()),
    ],
)
def test_a_second_declaration_is_found(first: str, second: str, kinds: set[str]) -> None:
    found = shared({"one": ast.parse(first), "two": ast.parse(second)})
    assert {kind for kind, _ in found} == kinds
