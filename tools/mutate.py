"""Change a module in one place at a time and see whether its tests notice; write the figures into docs/evidence/tests.md.

    python tools/mutate.py                          every module of tools/mutation.toml; the page is written anew
    python tools/mutate.py equilibrium/welfare      those modules alone; their rows of the page are written anew

Comparisons, signs, numbers, booleans, smaller and larger, any and all, and the texts by which something is looked up are
changed, in functions and in constants of the module, one at a time. The order is shuffled with a fixed seed, so that a module
that is cut off by its ceiling was tried in an unbiased sample. What survives is a missing test, or a change that means
nothing: those are listed in mutation.toml with the reason, by the text of the line and the change.

No file is touched: each change runs in a process of its own, forked after the libraries are loaded, in which the import of
the module yields the changed source. Needs a system that can fork (Linux, macOS).
"""

import argparse
import ast
import contextlib
import copy
import importlib
import io
import os
import random
import re
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
PAGE = ROOT / "docs" / "evidence" / "tests.md"
LOADED = ("numpy", "pandas", "xarray", "pyarrow", "scipy.optimize", "scipy.sparse", "scipy.stats", "pytest", "highspy")
"""Libraries loaded once, before the processes part."""
FLAGS = ("-x", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header")
NOTICED, LIVED, LATE = "noticed", "lived", "late"
START, END = "<!-- figures -->\n", "<!-- end of figures -->\n"

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.MatMult: ast.Mult, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And, ast.USub: ast.UAdd, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One change: where it stands, what it is, and how it is made in a fresh tree."""

    line: int
    told: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is run for one module. `most` changes are tried, each for `seconds`, or four times what the module itself takes."""

    module: str
    tests: tuple[str, ...]
    most: int = 200
    seconds: int = 30
    same: tuple[tuple[str, str, str], ...] = ()
    """Changes that mean nothing: text of the line, change, reason."""

    @property
    def path(self) -> Path:
        """File of the module."""
        return SOURCE / "isthmus" / f"{self.module}.py"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every change of a module."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        node._number = number  # type: ignore[attr-defined]
    texts = _labels(tree)
    for node in _places(tree):
        for told, change in (*_changes(node), *_other_label(node, texts)):
            other = copy.deepcopy(tree)
            change(next(n for n in ast.walk(other) if n._number == node._number))  # type: ignore[attr-defined]
            yield Mutant(getattr(node, "lineno", 0), told, ast.unparse(other))


def _places(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what may be changed: bodies and defaults of functions, values of constants; no annotations or decorators."""
    for top in tree.body:
        if isinstance(top, ast.Assign | ast.AnnAssign) and top.value is not None:
            yield from ast.walk(top.value)
    seen: set[int] = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for part in (*function.args.defaults, *(d for d in function.args.kw_defaults if d), *function.body):
                for node in _without_annotations(part):
                    if id(node) not in seen:
                        seen.add(id(node))
                        yield node


def _without_annotations(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, child in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list"):
            for one in child if isinstance(child, list) else [child]:
                if isinstance(one, ast.AST):
                    yield from _without_annotations(one)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    for name in ("op", "ops"):
        found = getattr(node, name, None)
        for place, one in enumerate(found if isinstance(found, list) else [found]):
            swap = SWAPS.get(type(one))
            if swap is not None:
                yield f"{type(one).__name__} to {swap.__name__}", _Swap(name, place, swap)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield f"{node.value} to {_other(node.value)}", _value
    named = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if named in NAMES:
        yield f"{named} to {NAMES[named]}", _rename


def _labels(tree: ast.Module) -> dict[int, list[str]]:
    """Return the texts that a function looks things up by, for each of its look-ups."""
    found: dict[int, list[str]] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            nodes = [node for node in ast.walk(function) if isinstance(node, ast.Subscript) and _label(node)]
            texts = sorted({_label(node) for node in nodes})
            found.update((id(node), texts) for node in nodes if len(texts) > 1)
    return found


def _label(node: ast.Subscript) -> str:
    return node.slice.value if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) else ""


def _other_label(node: ast.AST, texts: dict[int, list[str]]) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    if isinstance(node, ast.Subscript) and id(node) in texts:
        known = texts[id(node)]
        other = known[(known.index(_label(node)) + 1) % len(known)]
        yield f"{_label(node)!r} to {other!r}", _Relabel(other)


@dataclass(frozen=True)
class _Relabel:
    other: str

    def __call__(self, node: ast.AST) -> None:
        assert isinstance(node, ast.Subscript)
        node.slice = ast.Constant(self.other)


@dataclass(frozen=True)
class _Swap:
    name: str
    place: int
    swap: type[ast.AST]

    def __call__(self, node: ast.AST) -> None:
        found = getattr(node, self.name)
        if isinstance(found, list):
            found[self.place] = self.swap()
        else:
            setattr(node, self.name, self.swap())


def _value(node: ast.AST) -> None:
    assert isinstance(node, ast.Constant)
    node.value = _other(node.value)


def _rename(node: ast.AST) -> None:
    name = "attr" if isinstance(node, ast.Attribute) else "id"
    setattr(node, name, NAMES[getattr(node, name)])


def _other(value: object) -> bool | int | float:
    assert isinstance(value, int | float)
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) or value == 0 else value * 2


class Changed(SourceFileLoader):
    """Yields the changed source of one module."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        """Compile the changed source; nothing is cached."""
        return compile(self.source, self.path, "exec", dont_inherit=True)


class Finder:
    """Finds the changed module before the one on disk."""

    def __init__(self, plan: Plan, source: str) -> None:
        self.name, self.path, self.source = f"isthmus.{plan.module.replace('/', '.')}", str(plan.path), source

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Answer for the changed module alone."""
        if name != self.name:
            return None
        return spec_from_file_location(name, self.path, loader=Changed(name, self.path, self.source))


def run(plan: Plan, source: str) -> str:
    """Run the tests on a changed source in a process of its own; say how it ended."""
    child = os.fork()
    if child == 0:
        _in_child(plan, source)
    end = time.monotonic() + plan.seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return LIVED if os.waitstatus_to_exitcode(status) == 0 else NOTICED
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return LATE


def load() -> None:
    """Load libraries, and the plugins of pytest by a run of an empty test: four fifths of the time of a quick test."""
    for name in LOADED:
        importlib.import_module(name)
    import pytest

    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder) / "test_nothing.py"
        test.write_text("def test_nothing():\n    pass\n", "utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main([*FLAGS, "-c", str(ROOT / "pyproject.toml"), str(test)])


def _in_child(plan: Plan, source: str) -> None:
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2)[: 1 if os.environ.get("MUTATE_SHOW") else 3]:
        os.dup2(nothing, stream)
    code = 1
    try:
        import pytest

        sys.meta_path.insert(0, Finder(plan, source))
        os.chdir(ROOT)
        code = int(pytest.main([*FLAGS, *plan.tests]))
    except BaseException as error:  # told before the process ends without unwinding
        print(f"mutate: {error!r}", flush=True)
    finally:
        sys.stdout.flush()
        os._exit(code)


def try_module(plan: Plan) -> str:
    """Try the changes of one module; return its row of the page."""
    source, begun = plan.path.read_text("utf-8"), time.monotonic()
    if run(replace(plan, seconds=10 * plan.seconds), source) != LIVED:
        raise SystemExit(f"mutate: the tests of {plan.module} do not pass as the module stands")
    # a change that takes four times as long as the module itself does not end: so on a busy machine too
    plan = replace(plan, seconds=max(plan.seconds, int(4 * (time.monotonic() - begun)) + 1))
    every = list(mutants(source))
    random.Random(plan.module).shuffle(every)
    lines = source.splitlines()
    counted: Counter[str] = Counter()
    lived: list[str] = []
    start = time.monotonic()
    for one in every[: plan.most]:
        text = lines[one.line - 1].strip()
        if any(part in text and told == one.told for part, told, _ in plan.same):
            counted["same"] += 1
            continue
        ended = run(plan, one.source)
        counted[ended] += 1
        if ended == LIVED:
            lived.append(f"`{text}`: {one.told}")
            print(f"{plan.path.relative_to(ROOT)}:{one.line} {one.told}: {text}", flush=True)
    tried = counted[NOTICED] + counted[LATE] + counted[LIVED]
    print(f"{plan.module}: {tried - counted[LIVED]} of {tried} in {time.monotonic() - start:.0f} s", flush=True)
    tests = ", ".join(f"`{part.removeprefix('tests/')}`" for part in plan.tests if part.startswith("tests/"))
    cells = (f"`{plan.module}.py`", tests, len(every), tried, counted[NOTICED] + counted[LATE], counted["same"])
    told = "; ".join(sorted(lived)).replace("|", "\\|") or "none"
    return f"| {' | '.join(map(str, cells))} | {told} |"


def plans() -> dict[str, Plan]:
    """Return the plans of mutation.toml by module."""
    with (ROOT / "tools" / "mutation.toml").open("rb") as file:
        entries = tomllib.load(file)["module"]
    found = {}
    for entry in entries:
        same = tuple(tuple(part) for part in entry.pop("same", ()))
        plan = Plan(module=entry.pop("name"), tests=tuple(entry.pop("tests")), same=same, **entry)
        found[plan.module] = plan
    return found


def written(page: str, rows: Sequence[str]) -> str:
    """Return the page with rows put in, in place of those of the same module."""
    before, rest = page.split(START)
    table, after = rest.split(END)
    kept = {_module(row): row for row in table.splitlines()[2:]}
    kept.update((_module(row), row) for row in rows)
    return (
        before + START + "\n".join([*table.splitlines()[:2], *(kept[key] for key in sorted(kept))]) + "\n" + END + after
    )


def _module(row: str) -> str:
    return re.split(r"`", row)[1]


def main(arguments: list[str]) -> int:
    """Try the modules; return 1 where a change survived."""
    known = plans()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"one of {', '.join(known)}")
    parser.add_argument("--most", type=int, help="changes to try, instead of what mutation.toml says")
    parser.add_argument("--dry", action="store_true", help="leave the page as it is")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.modules if name not in known]
    if unknown:
        parser.error(f"{unknown[0]} is not in tools/mutation.toml; add it with its tests")
    # one process at a time does the work: threads of libraries would wait for each other, and do not survive a fork
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1")
    sys.path[:0] = [str(SOURCE), str(ROOT)]
    load()
    rows = []
    for name in chosen.modules or known:
        plan = known[name]
        rows.append(try_module(plan if chosen.most is None else replace(plan, most=chosen.most)))
        if not chosen.dry:
            PAGE.write_text(written(PAGE.read_text("utf-8"), rows[-1:]), "utf-8")
    return int(any(not row.endswith("| none |") for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
