"""Isthmus: two economies' development plans, the border between them, and what aligning them is worth.

The public functions are imported when they are first used, so that importing the package is quick::

    import isthmus as im

    world = im.load_world("world-2022")
    result = im.solve(world, im.Scenario().with_trade_cost(world.economies[0], world.economies[1], -10))
    result.real_income_pct
"""

import sys
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import Any

_PUBLIC = {
    "BadInputError": "isthmus.core.errors",
    "Baseline": "isthmus.economy.baseline",
    "Findings": "isthmus.study.station",
    "InfeasibleError": "isthmus.core.errors",
    "LoanTerms": "isthmus.equilibrium.worth",
    "NotConvergedError": "isthmus.core.errors",
    "Outlay": "isthmus.equilibrium.finance",
    "Scenario": "isthmus.equilibrium.scenario",
    "Settings": "isthmus.equilibrium.solve",
    "Shock": "isthmus.equilibrium.scenario",
    "Study": "isthmus.study.study",
    "WorldTable": "isthmus.economy.baseline",
    "BorderFiles": "isthmus.readers.study.border",
    "align": "isthmus.readers.alignment.matcher",
    "border": "isthmus.readers.study.border:measure_border",
    "calibrate": "isthmus.economy.calibrate",
    "compare": "isthmus.study.compare",
    "dataset": "isthmus.study.dataset",
    "extract_document": "isthmus.readers.documents.plans",
    "extract_targets": "isthmus.readers.documents.plans",
    "flow": "isthmus.corridors.flow",
    "gradient": "isthmus.equilibrium.gradient",
    "link_rows": "isthmus.readers.alignment.matcher",
    "load_network": "isthmus.readers.networks.network:read_network",
    "load_study": "isthmus.readers.study.study",
    "load_world": "isthmus.readers.worlds.world:load_baseline",
    "path": "isthmus.equilibrium.path:solve_path",
    "path_worth": "isthmus.equilibrium.worth",
    "pose": "isthmus.equilibrium.solve",
    "read_document": "isthmus.readers.documents.document",
    "read_findings": "isthmus.readers.store.findings",
    "read_ledger": "isthmus.readers.study.ledger",
    "read_levers": "isthmus.readers.study.levers",
    "read_observations": "isthmus.readers.indicators.observations",
    "read_scenario": "isthmus.readers.study.scenario",
    "read_targets": "isthmus.readers.study.targets",
    "read_world": "isthmus.readers.worlds.world",
    "run": "isthmus.execution.workshop:run_here",
    "Budget": "isthmus.programme.project",
    "Candidates": "isthmus.programme.project",
    "gather": "isthmus.programme.project",
    "read_projects": "isthmus.readers.programme.folder:read_folder",
    "schedule": "isthmus.programme.schedule",
    "ScheduleSettings": "isthmus.programme.project:ProgrammeSettings",
    "Goal": "isthmus.study.seek",
    "Span": "isthmus.study.seek",
    "question": "isthmus.study.seek",
    "seek": "isthmus.study.seek:seek_goals",
    "trade_off": "isthmus.study.seek:trade_off_of",
    "solve": "isthmus.equilibrium.solve",
    "track": "isthmus.tracking.scoreboard",
}

__all__ = sorted(_PUBLIC)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - only its module knows what a public name is
    """Import a public name on first use."""
    if name == "__version__":
        return version("isthmus")
    if name not in _PUBLIC:
        raise AttributeError(f"module 'isthmus' has no attribute {name!r}")
    module, _, attribute = _PUBLIC[name].partition(":")
    return getattr(import_module(module), attribute or name)


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """The package, in which a public function keeps its name when the station of that name is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _PUBLIC and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
