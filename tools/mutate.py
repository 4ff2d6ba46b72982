"""Change a module line by line and see whether its tests notice.

python tools/mutate.py src/isthmus/study/components.py tests/unit/study/test_ensemble.py -k split

Every comparison, arithmetic sign, number and boolean of the functions of a module is changed, one at a time, and the tests
are run on each change. What survives is a missing test, or a change that means nothing; both are printed with their line.
The file is restored whatever happens.
"""

import argparse
import ast
import copy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Lt: ast.GtE, ast.GtE: ast.Lt,
    ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.USub: ast.UAdd, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, what is changed and the changed source of every mutant."""
    tree = ast.parse(source)
    inside = [node for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in function.body]
    places = {id(node): node for part in inside for node in ast.walk(part)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in places:
            for told, change in _changes(node):
                other = copy.deepcopy(tree)
                change(list(ast.walk(other))[number])
                yield getattr(node, "lineno", 0), told, ast.unparse(other)


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    for name in ("op", "ops"):
        found = getattr(node, name, None)
        first = found[0] if isinstance(found, list) and found else found
        swap = SWAPS.get(type(first))
        if swap is not None:
            yield f"{type(first).__name__} to {swap.__name__}", _Swap(name, swap)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield f"{node.value} to {_other(node.value)}", _Number()


class _Swap:
    def __init__(self, name: str, swap: type[ast.AST]) -> None:
        self.name, self.swap = name, swap

    def __call__(self, node: ast.AST) -> None:
        found = getattr(node, self.name)
        setattr(node, self.name, [self.swap(), *found[1:]] if isinstance(found, list) else self.swap())


class _Number:
    def __call__(self, node: ast.Constant) -> None:
        node.value = _other(node.value)


def _other(value: object) -> object:
    return (not value) if isinstance(value, bool) else value + 1  # type: ignore[operator]


def main(arguments: list[str]) -> int:
    """Run the tests on every mutant; return the number that survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module", type=Path)
    parser.add_argument("--most", type=int, default=1000, help="mutants to try, evenly spread over the module")
    parser.add_argument("--seconds", type=int, default=120, help="time after which a run counts as noticed")
    known, tests = parser.parse_known_args(arguments)
    source = known.module.read_text("utf-8")
    every = list(mutants(source))
    chosen = every[:: max(1, -(-len(every) // known.most))]
    lived = []
    try:
        for line, told, changed in chosen:
            known.module.write_text(changed, "utf-8")
            if _passes(tests, known.seconds):
                lived.append((line, told))
                print(f"survived: {known.module}:{line} {told}", flush=True)
    finally:
        known.module.write_text(source, "utf-8")
    print(f"{len(chosen) - len(lived)} of {len(chosen)} mutants noticed ({len(every)} possible)")
    return len(lived)


def _passes(tests: list[str], seconds: int) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(command, capture_output=True, timeout=seconds, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
