"""What the architecture tests look at: every module of the package, parsed once."""

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import isthmus

PACKAGE = Path(isthmus.__file__).parent
STATIONS = (
    *("core", "plans", "alignment", "tracking", "economy", "border", "corridors", "equilibrium", "levers", "talent"),
    *("programme", "stress", "study"),
)
"""Pure packages, in the order of the flow; those that do not exist yet are skipped."""


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def station(self) -> str:
        return self.name.split(".")[1] if "." in self.name else ""


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Return all modules of the package in order of their names."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE.parent).with_suffix("")
        text = path.read_text("utf-8")
        found.append(Module(path, ".".join(inside.parts).removesuffix(".__init__"), text, ast.parse(text)))
    return tuple(found)


def pure() -> tuple[Module, ...]:
    """Return the modules of the stations."""
    return tuple(module for module in modules() if module.station in STATIONS)
