"""Nothing leans on what it should not: private members of others, wordings of errors, unpickled files, things nothing uses."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import grimp
import pytest
from source import modules

ROOT = Path(__file__).resolve().parents[2]
OWN = {"self", "cls"}
DOCUMENTED = {"_asdict", "_replace", "_fields", "_exit", "_element", "_p", "_tbl"}
"""Members that documentation offers in spite of their names: of named tuples, of `os`, and the XML behind python-docx."""
UNPICKLING = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}

WORDINGS = {"isthmus.readers.documents.pdf": "the PDF library tells a password in words where it gives no number"}
"""Modules that read the words of an error, with the reason."""

FOR_OTHERS = {
    "isthmus.corridors.network:with_demand": "for Python users: another supply and demand on a network",
    "isthmus.equilibrium.gradient:tangent_of": "the derivative forwards, which holds the one backwards in tests",
    "isthmus.equilibrium.seek:outcomes_of": "for Python users: what levers do in one scenario, to seek with",
    "isthmus.report.structure:check_against_structure": "holds exported files against their structure in tests",
}
"""Public things that nothing in the package, the tools or the benchmarks uses, with the reason."""


def private_members(tree: ast.AST) -> Iterator[str]:
    """Yield private members of anything but oneself; what the module itself declares private is its own."""
    declared = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    declared |= {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.match(r"_[^_]", node.attr) and node.attr not in declared | DOCUMENTED:
            owner = ast.unparse(node.value)
            if owner not in OWN and not owner.startswith("super("):
                yield f"{owner}.{node.attr}"


def wordings(tree: ast.AST) -> Iterator[str]:
    """Yield comparisons with the words of an error that was caught."""
    for handler in (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name):
        for node in ast.walk(handler):
            if isinstance(node, ast.Compare):
                text = ast.unparse(node)
                if re.search(rf"\bstr\({handler.name}\)|\b{handler.name}\.(args|problem|message)\b", text):
                    yield text


def unpickled(tree: ast.AST) -> Iterator[str]:
    """Yield imports and calls that run what a file says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            yield from (name for name in named if name.split(".")[0] in UNPICKLING)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr == "read_pickle":
                yield ast.unparse(node.func)
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            allowed = given.get("allow_pickle")
            if allowed is not None and not (isinstance(allowed, ast.Constant) and allowed.value is False):
                yield ast.unparse(node)


def used(trees: Mapping[str, ast.AST]) -> Counter[str]:
    """Count where names are used: read, taken of something, or named in a text (a registry, a list of commands)."""
    words: Counter[str] = Counter()
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                words[node.id] += 1
            elif isinstance(node, ast.Attribute):
                words[node.attr] += 1
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
                words.update(re.findall(r"\w+", node.value))
    return words


def declared(tree: ast.Module) -> Iterator[str]:
    """Yield functions, classes and constants of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("__"):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and not target.id.startswith("__"):
                yield target.id


def test_nothing_reads_private_members_of_others() -> None:
    found = {module.name: sorted(set(private_members(module.tree))) for module in modules()}
    assert {name: members for name, members in found.items() if members} == {}


def test_nothing_depends_on_the_words_of_an_error() -> None:
    found = {module.name: list(wordings(module.tree)) for module in modules()}
    assert {name for name, texts in found.items() if texts} == set(WORDINGS)


def test_no_file_is_unpickled() -> None:
    found = {module.name: list(unpickled(module.tree)) for module in modules()}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_everything_declared_is_used() -> None:
    others = {str(p): ast.parse(p.read_text("utf-8")) for d in ("tools", "benchmarks") for p in (ROOT / d).glob("*.py")}
    words = used({**{module.name: module.tree for module in modules()}, **others})
    dead = {f"{module.name}:{name}" for module in modules() for name in declared(module.tree) if not words[name]}
    assert dead == set(FOR_OTHERS)


def test_no_two_modules_need_each_other() -> None:
    graph = grimp.build_graph("isthmus", cache_dir=None)
    left = {name: set(graph.find_modules_directly_imported_by(name)) for name in graph.modules}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in free}
    assert sorted(left) == []


@pytest.mark.parametrize(
    ("search", "line"),
    [
        (private_members, "fit._Y_hat_response"),
        (wordings, "try:\n    f()\nexcept OSError as error:\n    x = 'no such' in str(error)"),
        (wordings, "try:\n    f()\nexcept OSError as e:\n    x = e.args[0] == 'gone'"),
        (unpickled, "pd.read_pickle(path)"),
        (unpickled, "np.load(path, allow_pickle=True)"),
        (unpickled, "from pickle import load"),
        (unpickled, "import joblib"),
    ],
)
def test_the_searches_find(search, line: str) -> None:  # type: ignore[no-untyped-def]
    assert list(search(ast.parse(line)))


def test_the_search_for_what_is_not_used_finds() -> None:
    trees = {"one": ast.parse("def f(): ...\nLIMIT = 3\nclass Store: ..."), "two": ast.parse("print(f, 'one:Store')")}
    assert [name for name in declared(trees["one"]) if not used(trees)[name]] == ["LIMIT"]
